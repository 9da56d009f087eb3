//! A reading to a page for people: one block for each contact, its values with the words that say so.

use std::fmt::{Display, Write};

use anstyle::{AnsiColor, Style};
use daybook_record::{
    Account, Certainty, Dating, Evidence, Length, Part, Participation, Party, Reading, Report, Role, Sourced,
    Span, Status,
};
use jiff::fmt::friendly::{Designator, Spacing, SpanPrinter};
use textwrap::{Options, WrapAlgorithm};

use crate::harmless;

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
const LONGEST_QUOTE: usize = 200;

/// The page of one report, without an end of its last line.
pub(crate) fn report(report: &Report, reading: &Reading, first_line: usize, width: usize) -> String {
    let page = Page { report, lines: Lines::of(&report.text, first_line), width };
    let mut blocks = vec![page.heading()];
    blocks.extend(reading.dating.as_ref().map(|dating| page.dating(dating)));
    blocks.extend(reading.accounts.iter().enumerate().map(|(index, account)| page.block(index + 1, account)));
    if reading.accounts.is_empty() {
        blocks.push("No contact is told of.".to_string());
    }
    if report.published.is_none() {
        blocks.push(page.wrapped("", "", &format!("Note: {UNDATED}.")));
    }
    blocks.join("\n\n")
}

pub(crate) struct Page<'a> {
    report: &'a Report,
    lines: Lines<'a>,
    width: usize,
}

impl Page<'_> {
    fn heading(&self) -> String {
        let report = self.report;
        let title = report.title.as_ref().map(|title| format!("{NAME}{}{NAME:#}", harmless::line(title)));
        let published = report.published.map(|day| day.to_string());
        let publisher = report.publisher.as_deref().map(harmless::line);
        let parts = [Some(harmless::line(&report.id)), title, publisher, published];
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
            self.row(label, &format!("{quote} {}", why.inferred.as_deref().unwrap_or_default()))
        };
        let mut rows = vec![self.wrapped("", "   ", &format!("Published: {when} (inferred)"))];
        rows.extend(dating.reasons.iter().take(REASONS).map(|why| reason("because", why)));
        rows.extend(dating.set_aside.iter().take(REASONS).map(|why| reason("against", why)));
        rows.join("\n")
    }

    fn block(&self, number: usize, account: &Account) -> String {
        let mut rows = vec![self.what(number, account), self.row("", &parties(&account.parties))];
        let mut add = |label: &str, value: String| {
            if !value.is_empty() {
                rows.push(self.row(label, &value));
            }
        };
        add("when", self.each(&account.date, plain));
        add("at", self.each(&account.time, plain));
        add("for", self.each(&account.duration, length));
        add("where", self.each(&account.place, plain));
        add("present", self.each(&account.present, party));
        add("said by", self.each(&account.according_to, plain));
        add("about", self.each(&account.topics, plain));
        for (done, sides) in
            [("released", &account.readout.released_by), ("withheld", &account.readout.withheld_by)]
        {
            if !sides.is_empty() {
                add("readout", format!("{done} by {}", self.each(sides, plain)));
            }
        }
        add("count", self.each(&account.count, plain));
        add("remark", self.each(&account.first_or_last, plain));
        let quotes = account.evidence.iter().take(QUOTES).map(|&span| self.quote(span));
        rows.extend(quotes.map(|quote| self.row("", &quote)));
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

    fn wrapped(&self, first: &str, rest: &str, text: &str) -> String {
        let options = Options::new(self.width).initial_indent(first).subsequent_indent(rest);
        textwrap::fill(text, options.wrap_algorithm(WrapAlgorithm::FirstFit)).replace(UNBROKEN, " ")
    }

    /// Values side by side, each with the words that say it, unless they are its own, and where these stand.
    fn each<'v, T: 'v>(
        &self,
        values: impl IntoIterator<Item = &'v Sourced<T>>,
        show: impl Fn(&T) -> String,
    ) -> String {
        let one = |value: &Sourced<T>| {
            let shown = harmless::line(&show(&value.value));
            let Some(&span) = value.evidence.spans.first() else { return shown };
            let (words, place) = (self.words(span), self.place(span));
            let own = words.contains(shown.split(" (").next().unwrap_or(&shown)) || shown.contains(&words);
            let quote = if own { String::new() } else { format!("“{}” ", shortened(&words)) };
            format!("{shown} {FAINT}{quote}[{place}]{FAINT:#}")
        };
        values.into_iter().map(one).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn quote(&self, span: Span) -> String {
        format!("“{}” {FAINT}[{}]{FAINT:#}", shortened(&self.words(span)), self.place(span))
    }

    fn words(&self, span: Span) -> String {
        harmless::line(self.report.words(span))
    }

    fn place(&self, span: Span) -> String {
        match span.part {
            Part::Title => "title".to_string(),
            Part::Text => self.lines.place(span.start),
        }
    }
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

fn named(who: &Party) -> String {
    let shown = harmless::line(&party(who));
    let (name, rest) = shown.split_at(shown.find(" (").unwrap_or(shown.len()));
    format!("{NAME}{name}{NAME:#}{rest}")
}

/// Name, office and country: `Olaf Scholz (Chancellor, DEU)`; the office alone where no name is told.
fn party(party: &Party) -> String {
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

fn plain(value: &impl Display) -> String {
    value.to_string()
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

fn shortened(quote: &str) -> String {
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
