//! Prints a reading for people: one block for each contact, its values with the words that say so; then the rest.

use std::fmt::{Display, Write};

use anstyle::{AnsiColor, Style};
use daybook_export::json::Section;
use daybook_export::reasons;
use daybook_record::{
    Account, Certainty, Confidence, Dating, Evidence, Length, Part, Participation, Party, Reading, Report,
    Role, Sourced, Span, Status, TimePhrase,
};
use jiff::fmt::friendly::{Designator, Spacing, SpanPrinter};
use textwrap::{Options, WrapAlgorithm};

use crate::sanitize;

/// What is said of a report without a date.
pub(crate) const UNDATED: &str = "no day of publication is known, so that days such as \"Saturday\" stay unresolved; give it with --published";

/// So many reasons for an inferred date of publication are printed; JSON has them all.
const REASONS: usize = 6;

const NAME: Style = Style::new().bold();
pub(crate) const FAINT: Style = Style::new().dimmed();
const LABEL_WIDTH: usize = 9;

/// A space at which no line is broken; the texts themselves have none left.
const UNBROKEN: char = '\u{a0}';

/// Up to so many phrases that tell of a contact are quoted, each of so many characters.
const QUOTES: usize = 3;
pub(crate) const LONGEST_QUOTE: usize = 200;

/// The page of one report, without an end of its last line; `only` leaves out all but one section of it.
pub(crate) fn report(
    report: &Report,
    reading: &Reading,
    first_line: usize,
    width: usize,
    only: Option<Section>,
) -> String {
    let page = Page { report, reading, lines: Lines::of(&report.text, first_line), width };
    let mut blocks = vec![page.heading()];
    blocks.extend(reading.dating.as_ref().map(|dating| page.dating(dating)));
    blocks.extend(page.sections(only));
    if report.published.is_none() {
        blocks.push(page.wrapped("", "", &format!("Note: {UNDATED}.")));
    }
    blocks.join("\n\n")
}

pub(crate) struct Page<'a> {
    report: &'a Report,
    pub(crate) reading: &'a Reading,
    lines: Lines<'a>,
    width: usize,
}

impl Page<'_> {
    /// Contacts with their statements and then what bears on none, or one section alone.
    fn sections(&self, only: Option<Section>) -> Vec<String> {
        let contacts = |statements| or_none(self.contacts(statements), "contact");
        let claims = || listed("Claims", self.claims());
        match only {
            None => [contacts(true), listed("Statements", self.untied()), claims()].concat(),
            Some(Section::Contacts) => contacts(false),
            Some(Section::Statements) => {
                or_none([listed("Statements", self.statements()), claims()].concat(), "statement")
            }
            Some(Section::Times) => or_none(listed("Times", self.times()), "time"),
        }
    }

    /// A block for each contact, with or without the statements that bear on it.
    fn contacts(&self, statements: bool) -> Vec<String> {
        let block = |(number, account)| {
            let said = if statements { self.tied(number) } else { Vec::new() };
            self.block(number, account, said)
        };
        self.reading.accounts.iter().enumerate().map(block).collect()
    }

    fn times(&self) -> Vec<String> {
        let row = |phrase: &TimePhrase| {
            let value = sanitize::line(phrase.value.as_deref().unwrap_or("not resolved"));
            let why = phrase.inferred.as_ref().map(reasons::inferred);
            let why = why.map_or(String::new(), |why| format!(" – {why}"));
            self.row(phrase.kind, &format!("{value} {}{why}", self.quote(phrase.span)))
        };
        self.reading.times.iter().map(row).collect()
    }

    fn heading(&self) -> String {
        let report = self.report;
        let title = report.title.as_ref().map(|title| format!("{NAME}{}{NAME:#}", sanitize::line(title)));
        let published = report.published.map(|day| day.to_string());
        let publisher = report.publisher.as_deref().map(sanitize::line);
        let parts = [Some(sanitize::line(&report.id)), title, publisher, published];
        self.wrapped("", "", &parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    }

    /// When a report without a date was published, and why.
    fn dating(&self, dating: &Dating) -> String {
        let (first, last) = (dating.interval.first(), dating.interval.last());
        let when = match (first, last) {
            (Some(first), Some(last)) => format!("between {first} and {last}"),
            (Some(first), None) => format!("on or after {first}"),
            (None, Some(last)) => format!("on or before {last}"),
            (None, None) => "at a time that is not known".to_string(),
        };
        let reason = |label: &str, why: &Evidence| {
            let quote = why.spans.first().map_or(String::new(), |&span| self.quote(span));
            self.row(
                label,
                &format!("{quote} {}", why.inferred.as_ref().map(reasons::inferred).unwrap_or_default()),
            )
        };
        let mut rows = vec![self.wrapped("", "   ", &format!("Published: {when} (inferred)"))];
        rows.extend(dating.reasons.iter().take(REASONS).map(|why| reason("because", why)));
        rows.extend(dating.set_aside.iter().take(REASONS).map(|why| reason("against", why)));
        rows.join("\n")
    }

    fn block(&self, number: usize, account: &Account, said: Vec<String>) -> String {
        let own = &account.according_to;
        let mut rows = vec![self.what(number + 1, account), self.row("", &parties(&account.parties))];
        let mut add = |label: &str, value: String| {
            if !value.is_empty() {
                rows.push(self.row(label, &value));
            }
        };
        add("when", self.each(own, &account.date, plain));
        add("at", self.each(own, &account.time, plain));
        add("for", self.each(own, &account.duration, length));
        add("where", self.each(own, &account.place, plain));
        add("present", self.each(own, &account.present, party));
        add("said by", self.each(own, &account.according_to, plain));
        add("about", self.each(own, &account.topics, plain));
        for (done, sides) in
            [("released", &account.readout.released_by), ("withheld", &account.readout.withheld_by)]
        {
            if !sides.is_empty() {
                add("readout", format!("{done} by {}", self.each(own, sides, plain)));
            }
        }
        add("count", self.each(own, &account.count, plain));
        add("remark", self.each(own, &account.first_or_last, plain));
        let quotes = account.evidence.iter().take(QUOTES).map(|&span| self.quote(span));
        rows.extend(quotes.map(|quote| self.row("", &quote)));
        rows.extend(said);
        rows.extend(account.explanation.iter().flat_map(|explanation| self.why(explanation)));
        rows.join("\n")
    }

    fn what(&self, number: usize, account: &Account) -> String {
        let style = status_style(account.status.value);
        let kind = words(account.kind.value);
        let mut told = format!("{NAME}{kind}{NAME:#} · {style}{}{style:#}", words(account.status.value));
        if account.certainty.value != Certainty::Certain {
            let _ = write!(told, " · {}", words(account.certainty.value));
        }
        for (holds, remark) in
            [(account.aggregate, "several occasions"), (account.domestic, "within one country")]
        {
            if holds {
                let _ = write!(told, " · {remark}");
            }
        }
        let _ = write!(told, " · {}", confidence(account.confidence));
        let indent = format!("{number:<3}");
        self.wrapped(&indent, "   ", &told)
    }

    pub(crate) fn row(&self, label: &str, value: &str) -> String {
        let (first, rest) = if label.is_empty() {
            ("   ".to_string(), "   ".to_string())
        } else if self.width < 60 {
            (format!("   {FAINT}{label}{FAINT:#} "), " ".repeat(5))
        } else {
            (format!("   {FAINT}{label:<LABEL_WIDTH$}{FAINT:#}"), " ".repeat(3 + LABEL_WIDTH))
        };
        self.wrapped(&first, &rest, value)
    }

    pub(crate) fn wrapped(&self, first: &str, rest: &str, text: &str) -> String {
        let options = Options::new(self.width).initial_indent(first).subsequent_indent(rest);
        textwrap::fill(text, options.wrap_algorithm(WrapAlgorithm::FirstFit)).replace(UNBROKEN, " ")
    }

    /// Values side by side, each with the words that say it, unless they are its own, where these stand, and on whose word
    /// other than `own`.
    pub(crate) fn each<'v, T: 'v>(
        &self,
        own: &[Sourced<String>],
        values: impl IntoIterator<Item = &'v Sourced<T>>,
        show: impl Fn(&T) -> String,
    ) -> String {
        let one = |value: &Sourced<T>| {
            let shown = sanitize::line(&show(&value.value));
            let Some(&span) = value.evidence.spans.first() else { return shown };
            let (words, place) = (self.words(span), self.place(span));
            let same = words.contains(shown.split(" (").next().unwrap_or(&shown)) || shown.contains(&words);
            let quote = if same { String::new() } else { format!("“{}” ", shortened(&words)) };
            let says = self.says(&value.evidence, own);
            format!("{shown} {FAINT}{quote}[{place}]{FAINT:#}{says}")
        };
        values.into_iter().map(one).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn quote(&self, span: Span) -> String {
        format!("“{}” {FAINT}[{}]{FAINT:#}", shortened(&self.words(span)), self.place(span))
    }

    pub(crate) fn words(&self, span: Span) -> String {
        sanitize::line(self.report.words(span))
    }

    pub(crate) fn place(&self, span: Span) -> String {
        match span.part {
            Part::Title => "title".to_string(),
            Part::Text => self.lines.place(span.start),
        }
    }
}

/// A heading with rows below it; nothing where there are none.
fn listed(heading: &str, rows: Vec<String>) -> Vec<String> {
    if rows.is_empty() {
        return rows;
    }
    vec![format!("{NAME}{heading}{NAME:#}\n{}", rows.join("\n"))]
}

fn or_none(blocks: Vec<String>, what: &str) -> Vec<String> {
    if blocks.is_empty() { vec![format!("No {what} is told of.")] } else { blocks }
}

fn parties(parties: &[Participation]) -> String {
    let of = |role: Role| {
        parties.iter().filter(move |p| p.role == role).map(|p| named(&p.party)).collect::<Vec<_>>()
    };
    let (from, to, with) = (of(Role::Initiator), of(Role::Recipient), of(Role::Participant));
    let directed =
        [from.join(", "), to.join(", ")].into_iter().filter(|side| !side.is_empty()).collect::<Vec<_>>();
    let directed = match (from.is_empty(), directed.as_slice()) {
        (true, [to]) => format!("→ {to}"),
        (false, [from]) => format!("{from} →"),
        (_, sides) => sides.join(" → "),
    };
    let with = with.join(" – ");
    [directed, with].into_iter().filter(|side| !side.is_empty()).collect::<Vec<_>>().join(" – ")
}

pub(crate) fn named(who: &Party) -> String {
    let shown = sanitize::line(&party(who));
    let (name, rest) = shown.split_at(shown.find(" (").unwrap_or(shown.len()));
    format!("{NAME}{name}{NAME:#}{rest}")
}

/// Name, office and country: `Olaf Scholz (Chancellor, DEU)`; the office alone where no name is told.
pub(crate) fn party(party: &Party) -> String {
    let name = party.name.as_deref().or(party.office.as_deref()).unwrap_or("not named");
    let office = party.office.as_deref().filter(|_| party.name.is_some());
    let rest: Vec<&str> = office.into_iter().chain(party.country.as_deref()).collect();
    if rest.is_empty() { name.to_string() } else { format!("{name} ({})", rest.join(", ")) }
}

/// `PT1H30M` as "1 hour 30 minutes".
fn length(length: &Length) -> String {
    let about = if length.approximate { "about " } else { "" };
    let words =
        SpanPrinter::new().designator(Designator::Verbose).spacing(Spacing::BetweenUnitsAndDesignators);
    let span: Option<jiff::Span> = length.iso.parse().ok();
    format!("{about}{}", span.map_or_else(|| length.iso.clone(), |span| words.span_to_string(&span)))
}

pub(crate) fn plain(value: &impl Display) -> String {
    value.to_string()
}

/// `confidence 0.87`.
fn confidence(confidence: Confidence) -> String {
    format!("confidence{UNBROKEN}{:.2}", confidence.share())
}

/// A value as it is written in JSON, in words: `under_way` is "under way".
fn words(value: impl Display) -> String {
    value.to_string().replace('_', " ")
}

fn status_style(status: Status) -> Style {
    let colour = match status {
        Status::Held | Status::UnderWay => AnsiColor::Green,
        Status::Scheduled | Status::Proposed | Status::Postponed => AnsiColor::Yellow,
        Status::Cancelled | Status::Declined | Status::Denied | Status::NotHeld => AnsiColor::Red,
    };
    colour.on_default()
}

pub(crate) fn shortened(quote: &str) -> String {
    match quote.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("{}…", &quote[..end]),
        None => quote.to_string(),
    }
}

/// Where the lines of a text begin.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    first: usize,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str, first: usize) -> Lines<'a> {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Lines { text, starts, first }
    }

    /// Line and column of a byte, as editors count them.
    fn place(&self, offset: usize) -> String {
        let index = self.starts.partition_point(|&start| start <= offset).saturating_sub(1);
        let column = self.text.get(self.starts[index]..offset).map_or(0, |before| before.chars().count()) + 1;
        format!("line{UNBROKEN}{},{UNBROKEN}col{UNBROKEN}{column}", self.first + index)
    }
}
