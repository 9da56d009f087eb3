//! Any bytes as text or JSON Lines, in any encoding: reports with text, or errors that can be shown.
#![no_main]

use daybook_intake::{Encoding, Format, Given, read};
use libfuzzer_sys::fuzz_target;

const ENCODINGS: [&str; 6] = ["utf-8", "windows-1252", "utf-16le", "shift_jis", "gb18030", "iso-2022-jp"];

fuzz_target!(|data: &[u8]| {
    let Some((&choice, bytes)) = data.split_first() else { return };
    let encoding: Option<Encoding> = ENCODINGS.get(usize::from(choice & 7)).and_then(|name| name.parse().ok());
    let format = [None, Some(Format::Text), Some(Format::JsonLines)][usize::from(choice >> 3) % 3];
    // Pages have a target of their own.
    let format = format.or_else(|| bytes.starts_with(b"<").then_some(Format::Text));
    for report in read("fuzz", bytes, &Given { encoding, format, ..Given::default() }) {
        match report {
            Ok(report) => assert!(!report.text.trim().is_empty() && !report.id.is_empty()),
            Err(error) => assert!(error.to_string().starts_with("fuzz")),
        }
    }
});
