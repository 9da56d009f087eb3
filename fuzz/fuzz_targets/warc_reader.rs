//! Any bytes as a web archive, as it is or packed: reports with text, or errors that can be shown.
#![no_main]

use daybook_intake::{Format, Given, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let given = Given { format: Some(Format::Warc), ..Given::default() };
    for report in read("fuzz", data, &given) {
        match report {
            Ok(report) => assert!(!report.text.trim().is_empty() && !report.id.is_empty()),
            Err(error) => assert!(error.to_string().starts_with("fuzz")),
        }
    }
});
