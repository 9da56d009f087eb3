//! Writes entries as iCalendar (RFC 5545): an event for each that has a day, or at most 31 days in a row.
//!
//! What is told more vaguely is left out: an event of a year says nothing in a calendar. Nothing in the output depends on
//! the day on which it is written; an event is stamped with the day of the latest report on it.

use std::borrow::Borrow;
use std::io::{self, Write};

use daybook_record::{Certainty, ClockTime, Entry, Source, Status};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::clock::{Clock, local, seconds};
use crate::labels::{is_link, kind, party_in_full, reports, title};
use crate::plain::{one_line, plain};

/// Octets of a line, its end not counted (RFC 5545, 3.1).
const WIDTH: usize = 75;

/// Days between the first and the last day of an event, at most.
const SPAN: i32 = 30;

/// Writes the entries; an error is one of `out`.
pub fn write<E: Borrow<Entry>>(
    mut out: impl Write + Send,
    entries: impl IntoIterator<Item = E>,
) -> io::Result<()> {
    let clock = Clock::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Daybook//Daybook//EN", "METHOD:PUBLISH"] {
        write_line(&mut out, line)?;
    }
    for entry in entries {
        for line in event(entry.borrow(), &clock) {
            write_line(&mut out, &line)?;
        }
    }
    write_line(&mut out, "END:VCALENDAR")?;
    out.flush()
}

/// The lines of an entry's event; none for an entry that is told too vaguely.
fn event(entry: &Entry, clock: &Clock) -> Vec<String> {
    let Some((first, last)) = days(entry) else { return Vec::new() };
    let stamp = reports(entry).iter().filter_map(|report| report.published).max().unwrap_or(first);
    let mut lines = vec![
        "BEGIN:VEVENT".to_string(),
        format!("UID:{}@daybook", escaped(&one_line(&entry.id))),
        format!("DTSTAMP:{}T000000Z", basic(stamp)),
    ];
    lines.extend(when(entry, first, last, clock));
    lines.push(format!("SUMMARY:{}", escaped(&title(entry))));
    lines.push(format!("DESCRIPTION:{}", escaped(&description(entry))));
    lines.extend(entry.place.iter().map(|place| format!("LOCATION:{}", escaped(&one_line(&place.value)))));
    lines.push(format!("STATUS:{}", status(entry)));
    lines.push("TRANSP:TRANSPARENT".to_string());
    lines.push(format!("CATEGORIES:{}", categories(entry)));
    lines.extend(link(entry).map(|url| format!("URL:{url}")));
    lines.push("END:VEVENT".to_string());
    lines
}

/// The first and the last day that are meant.
fn days(entry: &Entry) -> Option<(Date, Date)> {
    let date = &entry.date.as_ref()?.value;
    let (first, last) = (date.first()?, date.last()?);
    (0..=SPAN).contains(&first.until(last).ok()?.get_days()).then_some((first, last))
}

/// A moment in UTC where the zone is told, a local time where it is not, else whole days. The end is exclusive.
fn when(entry: &Entry, first: Date, last: Date, clock: &Clock) -> Vec<String> {
    let day = entry.date.as_ref().and_then(|date| date.value.day());
    let told = entry.time.as_ref().map(|time| &time.value);
    if let Some(start) = day.zip(told).and_then(|(day, time)| start(day, time, clock)) {
        let length = entry.duration.as_ref().and_then(|duration| seconds(&duration.value.iso));
        let lasts = length.map(|seconds| format!("DURATION:PT{seconds}S"));
        return std::iter::once(format!("DTSTART:{start}")).chain(lasts).collect();
    }
    let end = last.tomorrow().unwrap_or(last);
    vec![format!("DTSTART;VALUE=DATE:{}", basic(first)), format!("DTEND;VALUE=DATE:{}", basic(end))]
}

fn start(day: Date, time: &ClockTime, clock: &Clock) -> Option<String> {
    match clock.moment(day, time) {
        Some(moment) => Some(format!("{}Z", moment_of(moment.with_time_zone(TimeZone::UTC).datetime()))),
        None => local(day, time).map(moment_of),
    }
}

fn moment_of(at: DateTime) -> String {
    format!("{}T{:02}{:02}{:02}", basic(at.date()), at.hour(), at.minute(), at.second())
}

fn basic(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn status(entry: &Entry) -> &'static str {
    let sure = matches!(entry.certainty.value, Certainty::Certain | Certainty::Reported);
    match entry.status.value {
        Status::Cancelled | Status::Declined | Status::Denied | Status::NotHeld => "CANCELLED",
        Status::Proposed | Status::Postponed => "TENTATIVE",
        Status::Held | Status::UnderWay | Status::Scheduled if sure && !entry.withdrawn => "CONFIRMED",
        Status::Held | Status::UnderWay | Status::Scheduled => "TENTATIVE",
    }
}

fn categories(entry: &Entry) -> String {
    let mut found = vec![escaped(kind(entry.kind.value))];
    for country in entry.parties.iter().filter_map(|member| member.party.country.as_deref()) {
        let country = escaped(&one_line(country));
        if !found.contains(&country) {
            found.push(country);
        }
    }
    found.join(",")
}

fn link(entry: &Entry) -> Option<&str> {
    reports(entry).into_iter().filter_map(|report| report.url.as_deref()).find(|url| is_link(url))
}

fn description(entry: &Entry) -> String {
    let standing = entry.credibility.standing.to_string();
    let mut lines = vec![one_line(&format!(
        "{} ({}, {})",
        spaced(&entry.status.value.to_string()),
        entry.certainty.value,
        spaced(&standing)
    ))];
    lines.extend(
        entry.parties.iter().map(|member| format!("{}: {}", member.role, party_in_full(&member.party))),
    );
    lines.extend(entry.present.iter().map(|member| format!("present: {}", party_in_full(&member.party))));
    lines.extend(entry.date.iter().map(|date| format!("date as told: {}", date.value)));
    lines.extend(entry.time.iter().map(|time| one_line(&format!("time as told: {}", time.value))));
    lines
        .extend(entry.duration.iter().map(|duration| one_line(&format!("duration: {}", duration.value.iso))));
    lines.extend(entry.topics.iter().map(|topic| one_line(&format!("about: {}", topic.value))));
    if entry.withdrawn {
        lines.push("withdrawn by its publishers".to_string());
    }
    let disputed = entry.disputed();
    if !disputed.is_empty() {
        lines.push(format!("accounts disagree on: {}", disputed.join(", ")));
    }
    lines.extend(entry.accounts.iter().map(|account| source(&account.report, &account.words)));
    lines.join("\n")
}

fn spaced(word: &str) -> String {
    word.replace('_', " ")
}

/// Such as "source: The Ledger, 2017-01-28: Kim phones Fidan <https://…> – “phoned on Saturday”".
fn source(report: &Source, words: &str) -> String {
    let published = report.published.map(|day| day.to_string());
    let of = [report.publisher.clone(), published];
    let of: Vec<String> = of.into_iter().flatten().collect();
    let mut line = format!("source: {}", if of.is_empty() { report.name.clone() } else { of.join(", ") });
    line.extend(report.title.iter().map(|title| format!(": {title}")));
    line.extend(report.url.iter().filter(|url| is_link(url)).map(|url| format!(" <{url}>")));
    if !words.is_empty() {
        line += &format!(" – “{words}”");
    }
    one_line(&line)
}

/// Text as a property's value (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let text = plain(text).replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    text.replace('\n', "\\n")
}

/// A content line, folded between characters so that no line is longer than [`WIDTH`] octets.
fn write_line(out: &mut impl Write, line: &str) -> io::Result<()> {
    let mut left = line;
    let mut width = WIDTH;
    while left.len() > width {
        let (head, tail) = left.split_at(left.floor_char_boundary(width));
        out.write_all(head.as_bytes())?;
        out.write_all(b"\r\n ")?;
        left = tail;
        // The space at the beginning counts.
        width = WIDTH - 1;
    }
    out.write_all(left.as_bytes())?;
    out.write_all(b"\r\n")
}
