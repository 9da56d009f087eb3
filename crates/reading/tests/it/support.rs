//! The reader that all tests share, and what must hold of every reading.

use std::sync::OnceLock;

use daybook_gazetteer::Gazetteer;
use daybook_language::{Language, Model};
use daybook_reading::Reader;
use daybook_record::{Doubt, Party, Reading, Report, Sourced, Span};

/// A reader with the built-in rules, loaded once.
pub fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| {
        let language = Language::of(Model::default()).expect("the built-in model loads");
        let gazetteer = Gazetteer::builtin().expect("the built-in tables are sound");
        Reader::new(language, gazetteer, &[]).expect("the built-in rules compile")
    })
}

/// Spans lie in the text, numbers lead somewhere, outer statements come first.
pub fn holds_together(report: &Report, reading: &Reading) {
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
