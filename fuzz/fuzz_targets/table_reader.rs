//! Any bytes as a table, as JSON of any layout, as Markdown or as what they seem to be: reports with text, or errors
//! that can be shown.
#![no_main]

use daybook_intake::{Format, Given, read};
use libfuzzer_sys::fuzz_target;

const FORMATS: [Option<Format>; 4] = [Some(Format::Csv), Some(Format::Json), Some(Format::Markdown), None];

fuzz_target!(|data: &[u8]| {
    let Some((&choice, bytes)) = data.split_first() else { return };
    // The panics that the reader of Parquet holds off would end the fuzzer.
    if bytes.starts_with(b"PAR1") {
        return;
    }
    let given = Given { format: FORMATS[usize::from(choice) % FORMATS.len()], ..Given::default() };
    for report in read("fuzz", bytes, &given) {
        match report {
            Ok(report) => assert!(!report.text.trim().is_empty() && !report.id.is_empty()),
            Err(error) => assert!(error.to_string().starts_with("fuzz")),
        }
    }
});
