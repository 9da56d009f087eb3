//! Prints an entry for people: its values with their accounts, its versions, history and statements.

use std::fmt::Display;

use anstyle::Style;
use daybook::{Agreement, Comparison, Entry, Filed, Member, Role, Settled, TiedStatement};
use daybook_export::labels::name_or_office;
use textwrap::Options;

use crate::sanitize;

const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const LABEL: usize = 11;
/// So many statements are printed for people; JSON has them all.
const STATEMENTS: usize = 12;
/// The longest words of a statement that are printed.
const LONGEST: usize = 220;

/// Who took part, in words: those who called, wrote or travelled first.
pub(crate) fn parties(entry: &Entry) -> String {
    let (from, to): (Vec<&Member>, Vec<&Member>) =
        entry.parties.iter().partition(|m| m.role == Role::Initiator);
    let names = |members: &[&Member]| {
        members.iter().map(|m| name_or_office(&m.party)).collect::<Vec<_>>().join(" – ")
    };
    match from.is_empty() || to.is_empty() {
        true => names(&entry.parties.iter().collect::<Vec<_>>()),
        false => format!("{} → {}", names(&from), names(&to)),
    }
}

/// An entry, with the statements that bear on it.
pub(crate) fn entry(entry: &Entry, tied: &[TiedStatement], width: usize) -> String {
    let page = Page { width };
    let date = entry.date.as_ref().map_or("no date".into(), |d| d.value.to_string());
    let mut lines = vec![page.wrapped(
        "",
        &format!(
            "{BOLD}{} · {} · {}{BOLD:#} · {date} · {}",
            entry.kind.value,
            sanitize::line(&parties(entry)),
            entry.status.value,
            entry.id
        ),
    )];
    lines.extend(people(&page, entry));
    lines.extend(values(&page, entry));
    lines.push(page.row(
        "standing",
        &format!("{}, {} independent sources", entry.credibility.standing, entry.credibility.sources),
    ));
    lines.extend(entry.readouts.iter().map(|readout| {
        let day = readout.published.map_or("no date".into(), |day| day.to_string());
        page.row("readout", &format!("{} {day} [{}]", readout.side, readout.account + 1))
    }));
    lines.extend(
        entry
            .withheld_by
            .iter()
            .map(|side| page.row("withheld by", &format!("{} {}", side.value, refer(&side.accounts)))),
    );
    lines.extend(history(&page, entry));
    lines.push("Accounts".into());
    lines.extend(entry.accounts.iter().enumerate().map(|(at, filed)| account(&page, at, filed)));
    lines.extend(entry.joined.iter().map(|join| {
        page.row("joined", &format!("[{}] [{}] {}", join.accounts.0 + 1, join.accounts.1 + 1, join.why))
    }));
    lines.extend(statements(&page, tied));
    lines.join("\n")
}

fn people(page: &Page, entry: &Entry) -> Vec<String> {
    let row = |label: &str, member: &Member| {
        let party = &member.party;
        let office =
            [party.office.as_deref(), party.country.as_deref()].into_iter().flatten().collect::<Vec<_>>();
        let role =
            if member.role == Role::Participant { String::new() } else { format!(", {}", member.role) };
        page.row(
            label,
            &format!(
                "{} ({}){role} {}",
                name_or_office(&member.party),
                office.join(", "),
                refer(&member.accounts)
            ),
        )
    };
    let parties = entry.parties.iter().map(|m| row("party", m));
    parties.chain(entry.present.iter().map(|m| row("present", m))).collect()
}

fn values(page: &Page, entry: &Entry) -> Vec<String> {
    let mut rows = vec![value(page, "kind", &entry.kind), value(page, "status", &entry.status)];
    rows.push(value(page, "certainty", &entry.certainty));
    rows.push(page.row("confidence", &format!("{:.2}", entry.confidence.share())));
    rows.extend(entry.date.as_ref().map(|v| value(page, "date", v)));
    rows.extend(entry.time.as_ref().map(|v| value(page, "time", v)));
    if let Some(duration) = &entry.duration {
        let words = |d: &daybook::Length| format!("{}{}", if d.approximate { "about " } else { "" }, d.iso);
        rows.push(told(page, "duration", duration, words));
    }
    rows.extend(entry.place.as_ref().map(|v| value(page, "place", v)));
    rows.extend(
        entry.topics.iter().map(|t| page.row("topic", &format!("{} {}", t.value, refer(&t.accounts)))),
    );
    rows
}

fn value<T: Display>(page: &Page, label: &str, settled: &Settled<T>) -> String {
    told(page, label, settled, T::to_string)
}

/// A value, who tells it, why it was chosen, and below it the other versions.
fn told<T>(page: &Page, label: &str, settled: &Settled<T>, words: impl Fn(&T) -> String) -> String {
    let why = settled.why.as_ref().map_or(String::new(), |why| format!(" – {why}"));
    let disputed = if settled.disputed { " (disputed)" } else { "" };
    let value = format!("{}{disputed} {}{why}", words(&settled.value), refer(&settled.accounts));
    let mut rows = vec![page.row(label, &value)];
    let other =
        |v: &daybook::Version<T>| page.row("or", &format!("{} {}", words(&v.value), refer(&v.accounts)));
    rows.extend(settled.others.iter().map(other));
    rows.join("\n")
}

fn history(page: &Page, entry: &Entry) -> Vec<String> {
    if entry.history.len() < 2 {
        return Vec::new();
    }
    let step = |step: &daybook::Step| {
        let known = step.known.map_or("at a time not known".into(), |day| day.to_string());
        let date = step.date.as_ref().map_or(String::new(), |date| format!(" for {date}"));
        page.row("history", &format!("{known}: {}{date} [{}]", step.status, step.account + 1))
    };
    entry.history.iter().map(step).collect()
}

fn account(page: &Page, at: usize, filed: &Filed) -> String {
    let report = &filed.report;
    let day = report.published.map(|day| day.to_string());
    let parts = [
        report.publisher.clone(),
        day,
        report.title.clone(),
        report.url.clone().or(Some(report.name.clone())),
    ];
    let source = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let replaced = if report.superseded_by.is_some() { " (replaced by a later version)" } else { "" };
    let words = shortened(&filed.words);
    let head =
        page.row(&format!("[{}]", at + 1), &format!("{source}{replaced} {FAINT}{}{FAINT:#}", filed.id));
    let confidence = format!("confidence {:.2}", filed.account.confidence.share());
    format!("{head}\n{}", page.row("", &format!("“{words}” {FAINT}{confidence}{FAINT:#}")))
}

fn statements(page: &Page, tied: &[TiedStatement]) -> Vec<String> {
    let outer: Vec<&TiedStatement> = tied.iter().filter(|t| t.statement.within.is_none()).collect();
    if outer.is_empty() {
        return Vec::new();
    }
    let mut rows = vec!["Statements".to_string()];
    rows.extend(outer.iter().take(STATEMENTS).map(|tied| {
        let speakers: Vec<&str> = tied
            .statement
            .speakers
            .iter()
            .filter_map(|s| {
                s.value.name.as_deref().or(s.value.office.as_deref()).or(s.value.country.as_deref())
            })
            .collect();
        let who = if speakers.is_empty() { "somebody".to_string() } else { speakers.join(", ") };
        let words: Vec<&str> = tied.statement.content.iter().map(|&span| tied.report.words(span)).collect();
        page.row(&format!("[{}]", tied.account + 1), &format!("{who}: {}", shortened(&words.join(" … "))))
    }));
    if outer.len() > STATEMENTS {
        rows.push(
            page.row("", &format!("and {} more; --format json has them all", outer.len() - STATEMENTS)),
        );
    }
    rows
}

fn shortened(words: &str) -> String {
    let line = sanitize::line(words);
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// Accounts by number, as references.
fn refer(accounts: &[usize]) -> String {
    accounts.iter().map(|at| format!("[{}]", at + 1)).collect::<Vec<_>>().join("")
}

/// Two sides' accounts beside each other, with their words.
pub(crate) fn comparison(entry: &Entry, comparison: &Comparison, width: usize) -> String {
    let page = Page { width };
    let mut lines = vec![page.wrapped(
        "",
        &format!(
            "{BOLD}{} · {}{BOLD:#} · accounts of {}",
            entry.kind.value,
            sanitize::line(&parties(entry)),
            sides(comparison)
        ),
    )];
    for &at in comparison.sides.iter().flat_map(|side| &side.accounts) {
        lines.extend(entry.accounts.get(at).map(|filed| account(&page, at, filed)));
    }
    lines.extend(compared(&page, comparison));
    lines.join("\n")
}

/// Where two sides' accounts agree and differ.
pub(crate) fn differences(comparison: &Comparison, width: usize) -> String {
    let heading = format!("{BOLD}The accounts of {}{BOLD:#}", sides(comparison));
    [vec![heading], compared(&Page { width }, comparison)].concat().join("\n")
}

fn sides(comparison: &Comparison) -> String {
    let sides: Vec<&str> = comparison.sides.iter().map(|s| s.side.as_str()).collect();
    if sides.is_empty() { "no side".to_string() } else { sides.join(" and ") }
}

fn compared(page: &Page, comparison: &Comparison) -> Vec<String> {
    let sides: Vec<&str> = comparison.sides.iter().map(|s| s.side.as_str()).collect();
    let mut lines = Vec::new();
    for (agreement, heading) in [
        (Agreement::Conflict, "Told differently"),
        (Agreement::Both, "Told by both"),
        (Agreement::OneOnly, "Told by one only"),
    ] {
        let mut rows = Vec::new();
        for value in comparison.values.iter().filter(|v| v.agreement == agreement) {
            let told = value.told.iter().zip(&sides);
            let told = told.filter_map(|(told, side)| Some(format!("{side}: {}", told.as_ref()?)));
            rows.push(page.row(value.field, &told.collect::<Vec<_>>().join("; ")));
        }
        for point in comparison.points.iter().filter(|p| p.agreement == agreement) {
            for (words, side) in point.words.iter().zip(&sides) {
                rows.extend(words.iter().map(|words| page.row(side, &format!("“{}”", shortened(words)))));
            }
        }
        if !rows.is_empty() {
            lines.push(heading.to_string());
            lines.extend(rows);
        }
    }
    lines
}

/// Lines of a width.
struct Page {
    width: usize,
}

impl Page {
    fn row(&self, label: &str, text: &str) -> String {
        let text = text.lines().map(|line| line.trim_end()).collect::<Vec<_>>().join(" ");
        let label = format!("{:>LABEL$}", sanitize::line(label));
        let indent = " ".repeat(LABEL + 2);
        let options = Options::new(self.width).subsequent_indent(&indent);
        textwrap::fill(&format!("{FAINT}{label}{FAINT:#}  {}", clean(&text)), options)
    }

    fn wrapped(&self, indent: &str, text: &str) -> String {
        textwrap::fill(text, Options::new(self.width).subsequent_indent(indent))
    }
}

/// Text from outside without what a terminal obeys; our own styles stay.
fn clean(text: &str) -> String {
    let (faint, reset) = (FAINT.to_string(), format!("{FAINT:#}"));
    let parts: Vec<String> = text
        .split(&faint)
        .map(|part| part.split(&reset).map(sanitize::line).collect::<Vec<_>>().join(&reset))
        .collect();
    parts.join(&format!(" {faint}"))
}
