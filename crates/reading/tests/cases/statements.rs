//! The statements, claims and events of a reading as cases write them.

use daybook_record::{
    Account, Act, Claim, Evidence, Party, Polarity, Reading, Report, Sourced, Span, Statement,
};

use crate::case::Case;

const MISSING: &str = "-";

/// What is not as the case says.
pub fn faults(case: &Case, reading: &Reading) -> impl Iterator<Item = String> {
    let report = &case.report;
    let named = case.events.as_deref().unwrap_or_default();
    let faults = [
        fault(&case.statements, reading.statements.iter().map(|s| told(report, reading, s)).collect()),
        fault(&case.claims, reading.claims.iter().map(|c| doubted(report, c)).collect()),
        fault(&case.word, reading.accounts.iter().flat_map(|a| on_word(reading, a)).collect()),
        fault(&case.events, events(report, reading, named)),
    ];
    faults.into_iter().flatten()
}

fn fault(wanted: &Option<Vec<String>>, found: Vec<String>) -> Option<String> {
    let wanted = wanted.as_ref().filter(|wanted| **wanted != found)?;
    let list = |lines: &[String]| lines.join("\n            ");
    Some(format!("    wanted  {}\n    found   {}", list(wanted), list(&found)))
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
fn events(report: &Report, reading: &Reading, wanted: &[String]) -> Vec<String> {
    let wanted = wanted.iter().map(|line| line.split(':').next().unwrap_or(""));
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
