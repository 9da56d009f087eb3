//! Whatever the text: no panic, spans on character boundaries, no overlap, the same answer twice, time in line with length.

use std::time::{Duration, Instant};

use daybook_calendar::{Context, Tense, find};
use jiff::civil::Date;
use proptest::prelude::*;

fn holds(text: &str, published: Option<Date>) {
    let phrases = find(text);
    let mut end = 0;
    for phrase in &phrases {
        assert!(phrase.start >= end && phrase.end > phrase.start, "{text:?}");
        assert!(text.get(phrase.start..phrase.end).is_some(), "{text:?}");
        end = phrase.end;
        for tense in [Tense::Past, Tense::Future, Tense::Unknown] {
            phrase.resolve(&Context { published, previous: published, tense });
        }
    }
    assert_eq!(phrases, find(text));
}

proptest! {
    #[test]
    fn any_characters(text in "\\PC{0,200}") {
        holds(&text, Some(Date::constant(2017, 1, 28)));
    }

    #[test]
    fn any_row_of_the_words_of_time(words in proptest::collection::vec(word(), 0..40), year in -9999i16..=9999) {
        let published = Date::new(year, 12, 31).ok();
        holds(&words.join(" "), published);
        holds(&words.concat(), published);
    }
}

const WORDS: &str = "last next the of a half past to and - , . ' s ( : / May March February 29 31 2017 99999999999999 1,700 0 24 \
    5:05 10.30 p.m. EST noon Friday night week years decade century million hundred several ago later before every quarter \
    third fiscal 1990s nineties Easter summer from between yesterday now é ½";

fn word() -> impl Strategy<Value = String> {
    let words: Vec<&str> = WORDS.split_whitespace().chain(["\n\n"]).collect();
    prop_oneof![proptest::sample::select(words).prop_map(str::to_string), "[0-9]{1,12}", "\\PC"]
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the test is about time taken")]
fn a_text_ten_times_as_long_takes_about_ten_times_as_long() {
    let time = |times: usize| {
        let text = "from the end of last May 5 to the 10 or so years and a half ago , ".repeat(times);
        let start = Instant::now();
        assert!(!find(&text).is_empty());
        start.elapsed()
    };
    time(10);
    let (short, long) = (time(200), time(2000));
    assert!(long < short * 60 + Duration::from_millis(200), "{short:?} became {long:?}");
}
