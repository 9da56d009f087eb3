//! Short reports of our own that look like contacts and are none: headings name the classes, each other line is a report.

use daybook_reading::Reader;
use daybook_record::Report;

use crate::reader;

const LINES: &str = include_str!("../cases/negatives.txt");

/// How many may be taken for a contact; what only a world cup's timetable would tell is beyond a reader of one sentence.
const FORGIVEN: usize = 2;

#[test]
fn what_only_looks_like_a_contact_is_left_alone() {
    let reader = reader();
    let texts: Vec<&str> = LINES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let taken: Vec<String> = texts.iter().filter_map(|text| taken_for(reader, text)).collect();
    assert!(texts.len() >= 100, "only {} reports", texts.len());
    assert!(taken.len() <= FORGIVEN, "{} taken for contacts:\n{}", taken.len(), taken.join("\n"));
}

/// The text and what it was taken for; `None` where it is rightly left alone.
fn taken_for(reader: &Reader, text: &str) -> Option<String> {
    let report = Report { text: text.into(), published: "2019-06-14".parse().ok(), ..Report::default() };
    let reading = reader.read(&report);
    let account = reading.accounts.first()?;
    Some(format!("{text} [{} by {}]", account.kind.value, account.rules.join(", ")))
}
