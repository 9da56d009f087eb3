//! Reports without a date: when they were published, as far as their words tell.

use daybook_record::{Dating, Edtf, Inferred, Reading, Report};
use proptest::prelude::*;

use crate::support::reader;

fn read(text: &str) -> Reading {
    reader().read(&Report { text: text.into(), ..Report::default() })
}

fn dating(text: &str) -> Option<Dating> {
    read(text).dating
}

#[track_caller]
fn check(text: &str, interval: &str) {
    let found = dating(text).map_or("nothing".to_string(), |d| d.interval.to_string());
    assert_eq!(found, interval, "in {text:?}");
}

#[test]
fn offices_bound_a_report() {
    check(
        "British Prime Minister Margaret Thatcher received President Ronald Reagan.",
        "1981-01-20/1989-01-19",
    );
    check(
        "French President Emmanuel Macron phoned German Chancellor Angela Merkel and Italian Prime Minister Mario Draghi.",
        "2021-02-13/2021-12-07",
    );
    check(
        "South African President Nelson Mandela spoke with President Bill Clinton.",
        "1994-05-10/1999-06-13",
    );
    check("President-elect Barack Obama called Prime Minister Gordon Brown.", "2008-11-05/2009-01-20");
}

#[test]
fn an_office_that_is_held_still_leaves_the_end_open() {
    check("Russian President Vladimir Putin made a statement.", "1999-12-31/..");
}

#[test]
fn ministers_are_told_so_some_days_before_and_after() {
    check("Foreign Minister Guido Westerwelle flew to Cairo.", "2009-10-18/2014-01-15");
}

#[test]
fn who_held_an_office_is_later_than_who_holds_it() {
    check("Former President Jimmy Carter praised President George W. Bush.", "2001-01-20/2009-01-19");
    check(
        "Then-President Bill Clinton visited Hanoi, as President Barack Obama recalled.",
        "2009-01-20/2017-01-19",
    );
    let told =
        dating("President Donald Trump ended what President Barack Obama had begun.").expect("a dating");
    assert_eq!(told.interval.to_string(), "2017-01-20/..");
    let against = told.set_aside[0].inferred.clone();
    assert_eq!(against, Some(held_office("Barack Obama", &["2009-01-20/2017-01-20"])));
}

#[test]
fn who_does_not_hold_an_office_yet_tells_nothing_of_it() {
    check("Presidential candidate Emmanuel Macron toured the north.", "nothing");
    check("Secretary of State nominee Rex Tillerson met senators.", "nothing");
}

#[test]
fn the_taking_of_an_office_is_over() {
    check("Since Emmanuel Macron took office, the unions have been on strike.", "2017-05-14/..");
}

#[test]
fn days_without_a_year_narrow_an_interval() {
    let major = "Prime Minister John Major spoke. He will visit Paris on Thursday, July 13.";
    check(major, "1994-11-15/1995-07-13");
    let talks = "President François Hollande met President Donald Trump. ";
    check(&format!("{talks}The two will meet again on February 20."), "2017-01-20/2017-02-20");
    check(&format!("{talks}On March 3 they spoke by phone."), "2017-03-03/2017-05-13");
    check(&format!("{talks}The two were scheduled to meet again on February 20."), "2017-01-20/2017-05-13");
}

#[test]
fn dates_with_a_year_are_not_after_what_is_told_as_over() {
    check("The treaty was signed in Moscow on May 26, 1972.", "1972-05-26/..");
    check("The ministers will meet in Oslo on 3 June 1992.", "../1992-06-03");
    check(
        "President George Bush spoke. The wall fell on November 9, 1989. The leaders will meet on May 30, 1990.",
        "1989-11-09/1990-05-30",
    );
}

#[test]
fn a_dateline_is_of_the_day_or_the_day_before() {
    check("VIENNA, May 4 - President Joe Biden and Chancellor Olaf Scholz spoke.", "2022-05-04/2024-05-06");
    check("Vienna, 4 May 2022 - The delegations met.", "2022-05-04/2022-05-06");
}

#[test]
fn what_tells_nothing_leaves_nothing() {
    for text in ["", "They met on Friday.", "The ministers met on February 10.", "President Nobody spoke."] {
        check(text, "nothing");
    }
}

#[test]
fn a_report_with_a_date_is_not_dated() {
    let published = "1999-01-01".parse().ok();
    let report = Report { text: "President Donald Trump spoke.".into(), published, ..Report::default() };
    assert_eq!(reader().read(&report).dating, None);
}

#[test]
fn every_reason_has_its_words() {
    let text =
        "President François Hollande met President Donald Trump. The two will meet again on February 20.";
    let told = dating(text).expect("a dating");
    let reasons = told.reasons.into_iter().map(|reason| {
        let words: Vec<&str> = reason.spans.iter().map(|s| &text[s.start..s.end]).collect();
        (words.join(", "), reason.inferred.expect("a reason has its why"))
    });
    let trump = held_office("Donald Trump", &["2017-01-20/2021-01-20", "2025-01-20/.."]);
    let hollande = held_office("François Hollande", &["2012-05-15/2017-05-14"]);
    assert_eq!(
        reasons.collect::<Vec<_>>(),
        [
            ("President Donald Trump".to_string(), trump),
            ("February 20".to_string(), Inferred::YearlessAhead),
            ("President François Hollande".to_string(), hollande),
        ]
    );
}

/// Somebody was president at those times.
fn held_office(name: &str, terms: &[&str]) -> Inferred {
    let terms: Vec<Edtf> = terms.iter().map(|term| term.parse().expect("an interval")).collect();
    Inferred::HeldOffice { name: name.into(), office: "President".into(), terms }
}

/// The value of each time phrase, and the date of the first contact.
fn times(text: &str) -> (Vec<Option<String>>, Option<String>) {
    let reading = read(text);
    let date = reading.accounts.first().and_then(|a| a.date.as_ref());
    assert!(date.is_none_or(|d| d.evidence.inferred.is_some()), "{date:?}");
    assert!(reading.times.iter().all(|t| t.value.is_some() == t.inferred.is_some()));
    (reading.times.into_iter().map(|t| t.value).collect(), date.map(|d| d.value.to_string()))
}

#[test]
fn a_time_means_what_it_means_on_every_day_of_the_interval() {
    let talks = "President François Hollande phoned President Donald Trump";
    let ahead = "They will meet on February 20.";
    let value = |value: &str| Some(value.to_string());
    assert_eq!(
        times(&format!("{talks} in November. {ahead}")),
        (vec![value("2016-11"), value("2017-02-20")], value("2016-11"))
    );
    assert_eq!(
        times(&format!("{talks} on Saturday. {ahead}")),
        (vec![None, value("2017-02-20")], value("2017-01-14/2017-02-18"))
    );
    assert_eq!(times(&format!("{talks} on Saturday.")), (vec![None], None));
}

#[test]
fn what_comes_after_the_interval_is_still_to_come() {
    let text = "President François Hollande received President Donald Trump. Hollande visits Washington on February 20. \
        They are to meet on February 18.";
    let reading = read(text);
    let visit = reading
        .accounts
        .iter()
        .find(|a| a.date.as_ref().is_some_and(|d| d.value.to_string() == "2017-02-20"));
    assert_eq!(
        visit.map(|a| a.status.value),
        Some(daybook_record::Status::Scheduled),
        "{:#?}",
        reading.dating
    );
}

#[test]
fn offices_are_those_of_a_narrow_interval() {
    let text = "President François Hollande will receive Theresa May. President-elect Donald Trump was told.";
    let reading = read(text);
    assert_eq!(reading.dating.map(|d| d.interval.to_string()).as_deref(), Some("2016-11-09/2017-01-20"));
    let office = reading.accounts[0].parties[1].party.office.as_deref();
    assert_eq!(office, Some("Prime Minister"));
}

/// Pieces that give clues, so that random texts contradict themselves.
fn pieces() -> impl Strategy<Value = String> {
    let words = [
        "President Donald Trump ",
        "former President Obama ",
        "Chancellor Merkel ",
        "President-elect ",
        "took office ",
        "will visit Paris on ",
        "met on ",
        "February 29",
        "Friday, May 4 ",
        "January 1, 2017 ",
        "0001-01-01 ",
        "December 31, 9999 ",
        "in November ",
        ". ",
        "MOSCOW, ",
        " - ",
        "“",
    ];
    prop::collection::vec(
        prop_oneof![6 => prop::sample::select(words.to_vec()).prop_map(String::from), 1 => ".{0,6}"],
        0..30,
    )
    .prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_text_is_dated_or_not(text in pieces()) {
        if let Some(told) = dating(&text) {
            prop_assert!(told.interval.first().is_some() || told.interval.last().is_some());
            prop_assert!(told.interval.first() <= told.interval.last() || told.interval.last().is_none());
            prop_assert!(!told.reasons.is_empty());
            for span in told.reasons.iter().chain(&told.set_aside).flat_map(|r| &r.spans) {
                prop_assert!(text.get(span.start..span.end).is_some());
            }
        }
    }
}
