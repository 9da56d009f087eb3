//! Any text as a rule file: a grammar, or an error that names the file.
#![no_main]

use daybook_grammar::Grammar;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let files = [("fuzz.toml".to_string(), text.to_string())];
    if let Err(error) = Grammar::compile(&files, &["PARTY", "PLACE"]) {
        assert!(error.to_string().contains("fuzz.toml"), "{error}");
    }
});
