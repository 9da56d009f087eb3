//! Highlights what was read in a text: where marks overlap, the innermost is shown.

use daybook::{Account, Part, Report, Span, Statement};
use daybook_export::reasons;

use crate::escape::escape;
use crate::labels;

/// What is marked, by the class that its mark has.
pub(crate) const KEY: [(&str, &str); 5] = [
    ("m-party", "party"),
    ("m-time", "time"),
    ("m-value", "other value"),
    ("m-contact", "contact"),
    ("m-said", "statement"),
];

/// A part of the text that is shown as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Where.
    pub(crate) span: Span,
    /// As what, one of [`KEY`].
    pub(crate) class: &'static str,
    /// The id, on the same page, of what tells more.
    pub(crate) target: String,
    /// As what it was read and why, in words.
    pub(crate) note: String,
}

/// A value of a contact, as the page tells it beside the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// Its id on the page.
    pub(crate) id: String,
    /// What it is a value of.
    pub(crate) field: &'static str,
    /// The value in words.
    pub(crate) value: String,
    /// Why, where no words state it or a rule is known.
    pub(crate) why: Option<String>,
    spans: Vec<Span>,
}

/// The values of a contact, numbered as the page does.
pub(crate) fn values(number: usize, account: &Account) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    let mut add = |field: &'static str, value: String, evidence: &daybook::Evidence| {
        let id = format!("c{number}v{}", told.len() + 1);
        let why = evidence.inferred.as_ref().map(|why| format!("inferred: {}", reasons::inferred(why)));
        told.push(Told { id, field, value, why, spans: evidence.spans.clone() });
    };
    for party in &account.parties {
        add("party", labels::party(&party.party), &party.evidence);
    }
    for party in &account.present {
        add("in the room", labels::party(&party.value), &party.evidence);
    }
    add("kind", labels::kind(account.kind.value), &account.kind.evidence);
    add("status", labels::status(account.status.value), &account.status.evidence);
    add("certainty", account.certainty.value.to_string(), &account.certainty.evidence);
    if let Some(date) = &account.date {
        add("date", date.value.to_string(), &date.evidence);
    }
    if let Some(time) = &account.time {
        add("time", time.value.to_string(), &time.evidence);
    }
    if let Some(duration) = &account.duration {
        add("duration", labels::duration(&duration.value.iso), &duration.evidence);
    }
    if let Some(place) = &account.place {
        add("place", place.value.clone(), &place.evidence);
    }
    if let Some(which) = &account.first_or_last {
        add("which", which.value.clone(), &which.evidence);
    }
    for (field, list) in [
        ("topic", &account.topics),
        ("according to", &account.according_to),
        ("account from", &account.readout.released_by),
        ("no account from", &account.readout.withheld_by),
    ] {
        list.iter().for_each(|value| add(field, value.value.clone(), &value.evidence));
    }
    told
}

/// The marks of a contact with its values.
pub(crate) fn of_contact(number: usize, account: &Account, values: &[Told]) -> Vec<Mark> {
    let class = |field: &str| match field {
        "party" | "in the room" => "m-party",
        "date" | "time" | "duration" => "m-time",
        _ => "m-value",
    };
    let rules = if account.rules.is_empty() {
        String::new()
    } else {
        format!("; rules {}", account.rules.join(", "))
    };
    let whole = account.evidence.iter().map(|span| Mark {
        span: *span,
        class: "m-contact",
        target: format!("c{number}"),
        note: format!("contact {number}: {}{rules}", labels::kind(account.kind.value)),
    });
    let parts = values.iter().flat_map(|told| {
        let why = told.why.as_ref().map_or(String::new(), |why| format!(", {why}"));
        let note = format!("contact {number}, {}: {}{why}", told.field, told.value);
        told.spans.iter().map(move |span| Mark {
            span: *span,
            class: class(told.field),
            target: told.id.clone(),
            note: note.clone(),
        })
    });
    whole.chain(parts).collect()
}

/// The marks of a statement.
pub(crate) fn of_statement(number: usize, statement: &Statement, who: Option<&str>) -> Vec<Mark> {
    let who = who.unwrap_or("somebody");
    let mark = |span: &Span| Mark {
        span: *span,
        class: "m-said",
        target: format!("s{number}"),
        note: format!("statement {number}, by {who}"),
    };
    statement.content.iter().map(mark).collect()
}

/// One part of a report as HTML, with its marks as links; text from outside is escaped.
pub(crate) fn html(report: &Report, part: Part, marks: &[Mark]) -> String {
    let text = report.part(part);
    let marks: Vec<&Mark> = marks
        .iter()
        .filter(|mark| {
            mark.span.part == part
                && text.get(mark.span.start..mark.span.end).is_some_and(|words| !words.is_empty())
        })
        .collect();
    let mut cuts: Vec<usize> = marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).collect();
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::with_capacity(text.len() * 2);
    for two in cuts.windows(2) {
        let (start, end) = (two[0], two[1]);
        let words = escape(&text[start..end]);
        let around: Vec<&&Mark> =
            marks.iter().filter(|mark| mark.span.start <= start && end <= mark.span.end).collect();
        let inner = around.iter().min_by_key(|mark| (mark.span.end - mark.span.start, order(mark.class)));
        match inner {
            None => out.push_str(&words),
            Some(mark) => {
                let within =
                    if around.iter().any(|mark| mark.class == "m-said") { " within-said" } else { "" };
                out.push_str(&format!(
                    "<a class=\"mark {}{within}\" href=\"#{}\" title=\"{}\">{words}</a>",
                    mark.class,
                    escape(&mark.target),
                    escape(&mark.note)
                ));
            }
        }
    }
    out
}

/// Of two marks of the same words, parties and times go before others.
fn order(class: &str) -> usize {
    KEY.iter().position(|(known, _)| *known == class).unwrap_or(KEY.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, class: &'static str) -> Mark {
        Mark { span: Span::text(start, end), class, target: "c1".into(), note: "a \"note\"".into() }
    }

    #[test]
    fn the_innermost_mark_is_shown_and_text_is_escaped() {
        let report = Report { text: "A <b> met B.".into(), ..Report::default() };
        let marks = [mark(0, 12, "m-contact"), mark(2, 5, "m-party")];
        let shown = html(&report, Part::Text, &marks);
        assert_eq!(
            shown,
            "<a class=\"mark m-contact\" href=\"#c1\" title=\"a &quot;note&quot;\">A </a>\
             <a class=\"mark m-party\" href=\"#c1\" title=\"a &quot;note&quot;\">&lt;b&gt;</a>\
             <a class=\"mark m-contact\" href=\"#c1\" title=\"a &quot;note&quot;\"> met B.</a>"
        );
    }

    #[test]
    fn marks_that_fit_no_text_are_left_out() {
        let report = Report { text: "é".into(), ..Report::default() };
        let marks = [mark(1, 2, "m-party"), mark(0, 9, "m-party"), mark(0, 0, "m-party")];
        assert_eq!(html(&report, Part::Text, &marks), "é");
    }
}
