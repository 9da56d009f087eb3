//! The JSON of evidence: spans as ranges of code points, and on whose word a value stands.

use std::borrow::Cow;

use daybook_record::{Evidence, Part, Reading, Report, Sourced, Span, Statement};
use serde::Serialize;

use crate::code_points::CodePoints;
use crate::reasons;

pub(crate) type Range = [usize; 2];

/// The words that say a value, and on whose word it stands.
#[derive(Serialize)]
pub(crate) struct Words<'a> {
    spans: Vec<Range>,
    title_spans: Vec<Range>,
    inferred: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    according_to: Vec<&'a str>,
}

/// Where the words of one report stand, in code points, and who is said to have said them.
pub(crate) struct Places<'a> {
    title: CodePoints<'a>,
    text: CodePoints<'a>,
    reading: &'a Reading,
}

impl<'a> Places<'a> {
    pub(crate) fn of(report: &'a Report, reading: &'a Reading) -> Places<'a> {
        let [title, text] = [Part::Title, Part::Text].map(|part| CodePoints::of(report.part(part)));
        Places { title, text, reading }
    }

    pub(crate) fn range(&self, span: Span) -> Range {
        let points = if span.part == Part::Title { &self.title } else { &self.text };
        [points.at(span.start), points.at(span.end)]
    }

    /// The spans in the text, and those in the title.
    pub(crate) fn both(&self, spans: &[Span]) -> (Vec<Range>, Vec<Range>) {
        let within = |part| spans.iter().filter(|s| s.part == part).map(|&s| self.range(s)).collect();
        (within(Part::Text), within(Part::Title))
    }

    pub(crate) fn words(&self, evidence: &'a Evidence) -> Words<'a> {
        let (spans, title_spans) = self.both(&evidence.spans);
        let according_to = names(&self.reading.on_whose_word(evidence));
        Words {
            spans,
            title_spans,
            inferred: evidence.inferred.as_ref().map(reasons::inferred),
            according_to,
        }
    }

    pub(crate) fn one<T>(&self, value: &'a Option<Sourced<T>>) -> Option<Words<'a>> {
        value.as_ref().map(|value| self.words(&value.evidence))
    }

    pub(crate) fn each<T>(&self, values: &'a [Sourced<T>]) -> Vec<Words<'a>> {
        values.iter().map(|value| self.words(&value.evidence)).collect()
    }
}

/// Who made the statements, each once; none for a statement whose speaker is not known.
fn names<'a>(statements: &[&'a Statement]) -> Vec<&'a str> {
    let mut found = Vec::new();
    for speaker in statements.iter().flat_map(|statement| &statement.speakers) {
        let name = speaker.value.name.as_deref().or(speaker.value.office.as_deref());
        found.extend(name.filter(|name| !found.contains(name)));
    }
    found
}
