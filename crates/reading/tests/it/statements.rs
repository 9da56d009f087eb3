//! Short reports of our own, each about one way of telling who said what, against the statements that a careful reader would
//! write down.

use std::collections::BTreeMap;

use daybook_reading::Reader;
use daybook_record::{
    Account, Act, Claim, Doubt, Evidence, Party, Polarity, Reading, Report, Sourced, Span, Statement,
};

use crate::reader;

const CASES: &str = include_str!("../cases/statements.toml");
const MISSING: &str = "-";

#[derive(serde::Deserialize)]
struct Case {
    class: String,
    /// A Monday where none is given.
    published: Option<String>,
    title: Option<String>,
    text: String,
    statements: Option<Vec<String>>,
    claims: Option<Vec<String>>,
    /// On whose word contacts and their lengths stand: "call: Ada Berg", "call length: the Fjordposten".
    word: Option<Vec<String>>,
    /// Words and what the report tells of them: "met: fact".
    events: Option<Vec<String>>,
    /// Why its reading is still wrong.
    known: Option<String>,
}

/// Every case is read rightly but for those that say why they are not; and those must still be wrong, so that no excuse outlives
/// its reason.
#[test]
fn statements_are_read_as_a_careful_reader_would() {
    let reader = reader();
    let cases = cases();
    let faults: Vec<String> = cases.iter().filter_map(|case| fault(reader, case)).collect();
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), cases.len(), faults.join("\n"));
}

/// Spans lie in the text, numbers lead somewhere, outer statements come first.
#[test]
fn statements_hold_together() {
    let reader = reader();
    for report in cases().iter().map(report) {
        holds_together(&report, &reader.read(&report));
    }
}

/// Nothing is carried over from one report to the next.
#[test]
fn a_report_is_read_the_same_whatever_was_read_before() {
    let (used, cases) = (reader(), cases());
    let reports: Vec<Report> = cases.iter().map(report).collect();
    let first: Vec<Reading> = reports.iter().map(|report| used.read(report)).collect();
    for (report, reading) in reports.iter().zip(&first).rev() {
        assert_eq!(&used.read(report), reading, "{}", report.text);
    }
}

/// No text brings the reader down, and its statements still hold together.
#[test]
fn odd_quotation_marks_do_no_harm() {
    let reader = reader();
    let texts = [
        String::new(),
        "”".into(),
        "“".into(),
        "\"'\"'\"".into(),
        "“”“”“”".into(),
        "“I never, Berg said. “We “never” did, ”she said”".into(),
        "Berg said: “We went. She left. They came.\n\nLund told reporters: ”No.".into(),
        "said said said said. According to. “Told told”".into(),
        "“One. Two.”\n\n“Three.”\n\n“Four. Five.”".into(),
        "“".repeat(10_000),
        "\" ".repeat(10_000),
        "“Yes.” ".repeat(2_000),
        "Berg said “no” and ".repeat(500),
        "Lund said that ".repeat(300),
        "«Да», сказала Берг. „Nein“, sagte Lund. 「はい」".into(),
    ];
    for text in texts {
        let report = Report { text, ..Report::default() };
        holds_together(&report, &reader.read(&report));
    }
}

fn cases() -> Vec<Case> {
    let mut file: BTreeMap<String, Vec<Case>> = toml::from_str(CASES).expect("the cases are TOML");
    file.remove("case").expect("there are cases")
}

fn report(case: &Case) -> Report {
    let published = case.published.as_deref().unwrap_or("2024-03-04");
    Report {
        id: "case".into(),
        title: case.title.clone(),
        text: case.text.clone(),
        published: Some(published.parse().expect("a date")),
        ..Report::default()
    }
}

/// What is not as the case says; `None` where all is.
fn fault(reader: &Reader, case: &Case) -> Option<String> {
    let report = report(case);
    let reading = reader.read(&report);
    let found = |lines: Vec<String>, wanted: &Option<Vec<String>>| {
        let wanted = wanted.as_ref().filter(|wanted| **wanted != lines)?;
        let list = |lines: &[String]| lines.join("\n            ");
        Some(format!("\n    wanted  {}\n    found   {}", list(wanted), list(&lines)))
    };
    let faults = [
        found(reading.statements.iter().map(|s| told(&report, &reading, s)).collect(), &case.statements),
        found(reading.claims.iter().map(|c| doubted(&report, c)).collect(), &case.claims),
        found(reading.accounts.iter().flat_map(|a| on_word(&reading, a)).collect(), &case.word),
        found(events(&report, &reading, case), &case.events),
    ];
    let faults: String = faults.into_iter().flatten().collect();
    match (faults.is_empty(), &case.known) {
        (false, None) => Some(format!("{}: {}{faults}", case.class, case.text)),
        (true, Some(known)) => Some(format!("{}: {}\n    is right now: {known}", case.class, case.text)),
        _ => None,
    }
}

/// A statement as a case writes it: "said | Ada Berg | to reporters | in Vienna | 2024-03-01 | “We are ready”".
fn told(report: &Report, reading: &Reading, statement: &Statement) -> String {
    let text = |prefix: &str, value: &Sourced<String>| format!("{prefix} {}", value.value);
    let mut fields = vec![act(statement), parties(&statement.speakers)];
    if !statement.relayed_by.is_empty() {
        fields.push(format!("by way of {}", parties(&statement.relayed_by)));
    }
    fields.extend(statement.addressee.iter().map(|a| text("to", a)));
    fields.extend(statement.occasions.iter().map(|o| text("with", o)));
    fields.extend(statement.place.iter().map(|p| text("in", p)));
    fields.extend(statement.date.iter().map(|date| date.value.to_string()));
    fields.extend(statement.contacts.iter().map(|tie| {
        let account = &reading.accounts[tie.value.account];
        format!("{} {}", tie.value.bearing, account.kind.value)
    }));
    fields.extend(statement.within.map(|outer| format!("within {}", outer + 1)));
    fields.push(words(report, &statement.content));
    fields.join(" | ")
}

fn act(statement: &Statement) -> String {
    match (statement.act.value, statement.polarity.value) {
        (Act::Said, Polarity::Affirmed) => "said".into(),
        (Act::Said, polarity) => polarity.to_string(),
        (act, Polarity::Affirmed) => act.to_string(),
        (act, polarity) => format!("{act}, {polarity}"),
    }
}

/// A claim as a case writes it: "unverified | published by X | alleged by Y | denied by Z | the words".
fn doubted(report: &Report, claim: &Claim) -> String {
    let mut fields = vec![claim.doubt.value.to_string()];
    let roles =
        [("published", &claim.published_by), ("alleged", &claim.alleged_by), ("denied", &claim.denied_by)];
    for (role, who) in roles.into_iter().filter(|(_, who)| !who.is_empty()) {
        fields.push(format!("{role} by {}", parties(who)));
    }
    fields.push(words(report, &claim.content));
    fields.join(" | ")
}

/// The contact and its length, each with the speakers on whose word it stands.
fn on_word(reading: &Reading, account: &Account) -> Vec<String> {
    let line = |what: String, evidence: &Evidence| {
        let innermost = reading.on_whose_word(evidence).first().map(|s| parties(&s.speakers));
        format!("{what}: {}", innermost.unwrap_or_else(|| "the report".into()))
    };
    let kind = account.kind.value;
    let length = account.duration.iter().map(|d| line(format!("{kind} length"), &d.evidence));
    std::iter::once(line(kind.to_string(), &account.kind.evidence)).chain(length).collect()
}

/// For each event that the case names, the word and what the report tells of it.
fn events(report: &Report, reading: &Reading, case: &Case) -> Vec<String> {
    let wanted = case.events.iter().flatten().map(|line| line.split(':').next().unwrap_or(""));
    let found = |word: &str| {
        let event = reading.events.iter().find(|event| report.words(event.span) == word);
        let told = event.map_or("no event", |event| match event.factuality.value() {
            value if value < -1.0 => "negated",
            value if value < 1.7 => "open",
            _ => "fact",
        });
        format!("{word}: {told}")
    };
    wanted.map(found).collect()
}

/// "Ada Berg & Tove Lund"; by function in brackets where no name is told.
fn parties(of: &[Sourced<Party>]) -> String {
    let name = |s: &Sourced<Party>| {
        let office = || s.value.office.as_ref().map(|office| format!("[{office}]"));
        s.value.name.clone().or_else(office).unwrap_or_else(|| MISSING.into())
    };
    let names: Vec<String> = of.iter().map(name).collect();
    if names.is_empty() { MISSING.into() } else { names.join(" & ") }
}

/// The words without "that" before them and stops behind them, which are no part of what is said.
fn words(report: &Report, content: &[Span]) -> String {
    let plain = |span: &Span| {
        let words = report.words(*span).split_whitespace().collect::<Vec<_>>().join(" ");
        let stop = |c: char| matches!(c, ',' | '.' | ';' | ':') || c.is_whitespace();
        let words = words.trim_matches(stop).trim_start_matches("that ");
        ["”", "\""].into_iter().fold(words.to_string(), |words, mark| {
            words.strip_suffix(mark).map(|w| format!("{}{mark}", w.trim_end_matches(stop))).unwrap_or(words)
        })
    };
    content.iter().map(plain).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" … ")
}

fn holds_together(report: &Report, reading: &Reading) {
    let text = &report.text;
    for (number, statement) in reading.statements.iter().enumerate() {
        let own = statement.content.iter().chain(&statement.cue).chain(&statement.source);
        let own = own.chain(&statement.quotes).chain(spans(&statement.speakers));
        assert!(own.clone().all(|span| lies_within(report, *span)), "{text}: {statement:?}");
        assert!(statement.content.iter().all(|c| statement.covers(*c)), "{text}");
        assert!(statement.quotes.iter().all(|q| statement.content.iter().any(|c| c.overlaps(*q))), "{text}");
        assert!(statement.quoted() != statement.quotes.is_empty(), "{text}");
        assert!(statement.contacts.iter().all(|t| t.value.account < reading.accounts.len()), "{text}");
        assert!(statement.within.is_none_or(|outer| outer < number), "{text}: {statement:?}");
    }
    for claim in &reading.claims {
        assert!(!claim.content.is_empty(), "{text}");
        assert!(claim.content.iter().all(|span| lies_within(report, *span)), "{text}: {claim:?}");
        assert!(claim.statements.iter().all(|s| *s < reading.statements.len()), "{text}");
        assert!(claim.doubt.value != Doubt::Denied || !claim.denied_by.is_empty(), "{text}: {claim:?}");
    }
    assert!(reading.events.iter().all(|event| lies_within(report, event.span)), "{text}");
}

fn spans(of: &[Sourced<Party>]) -> impl Iterator<Item = &Span> + Clone {
    of.iter().flat_map(|s| &s.evidence.spans)
}

/// Whether a span holds words of its part, from one character boundary to another.
fn lies_within(report: &Report, span: Span) -> bool {
    report.part(span.part).get(span.start..span.end).is_some_and(|words| !words.is_empty())
}
