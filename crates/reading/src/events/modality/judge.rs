//! What judging how things stand works with.

use daybook_record::{Certainty, Status};

use crate::syntax::document::Line;
use crate::words::lexicon::{FunctionWords, Statuses};

/// What the syntax around an event tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Modality {
    pub status: Status,
    pub certainty: Certainty,
    /// The token that decided.
    pub by: usize,
    /// Whether it is only supposed ("if they met") and nobody proposes it.
    pub hypothetical: bool,
    /// Whether the words leave open if it has happened: an event noun with nothing that says so.
    pub open: bool,
}

pub(super) struct Judge<'d> {
    pub(super) line: &'d Line<'d>,
    pub(super) words: &'d Statuses,
    pub(super) function_words: &'d FunctionWords,
}

impl Judge<'_> {
    pub(super) fn plain(&self, status: Status, by: usize) -> Modality {
        Modality { status, certainty: Certainty::Certain, by, hypothetical: false, open: false }
    }

    pub(super) fn possible(&self, status: Status, by: usize) -> Modality {
        Modality { certainty: Certainty::Possible, ..self.plain(status, by) }
    }

    /// "Are discussing a visit": not one that has been.
    pub(super) fn is_indefinite(&self, noun: usize) -> bool {
        self.line.dependents(noun, &["det"]).any(|d| matches!(self.line.lemma(d), "a" | "an"))
    }

    pub(super) fn negated(&self, verb: usize) -> bool {
        let line = self.line;
        let negator = |c: usize| self.function_words.negators.contains(&line.form(c).to_lowercase());
        let nobody = |d: usize| self.function_words.negating_subjects.contains(&line.form(d).to_lowercase());
        line.dependents(verb, &["advmod", "cc", "aux", "det", "mark"]).any(negator)
            || line
                .dependents(verb, &["nsubj"])
                .any(|s| line.dependents(s, &["det", "cc"]).chain([s]).any(nobody))
    }
}
