//! Any bytes as a feed: reports with text, or errors that can be shown; and no fewer for a program that fetches feeds.
#![no_main]

use daybook_intake::{Format, Given, feed, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let given = Given { format: Some(Format::Feed), ..Given::default() };
    let mut read_whole = 0;
    for report in read("fuzz", data, &given) {
        match report {
            Ok(report) => {
                assert!(!report.text.trim().is_empty() && !report.id.is_empty());
                read_whole += 1;
            }
            Err(error) => assert!(error.to_string().starts_with("fuzz")),
        }
    }
    if let Ok(reports) = feed(data) {
        assert!(reports.len() >= read_whole);
    }
});
