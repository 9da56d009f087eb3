//! Any text for time phrases, against any day: phrases on character boundaries, in order, with dates that read back.
#![no_main]

use daybook_calendar::{Context, find};
use daybook_record::Edtf;
use jiff::civil::Date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (i16, u8, u8, &str)| {
    let (year, month, day, text) = input;
    let published = Date::new(year, (month % 13) as i8, (day % 32) as i8).ok();
    let mut last = 0;
    for phrase in find(text) {
        assert!(text.get(phrase.start..phrase.end).is_some_and(|words| !words.is_empty()) && last <= phrase.start);
        last = phrase.end;
        let found = phrase.resolve(&Context { published, ..Context::default() });
        if let Some(edtf) = found.edtf {
            assert!(edtf.to_string().parse::<Edtf>().is_ok(), "{edtf}");
        }
    }
});
