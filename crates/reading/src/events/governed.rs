//! How things stand with a contact by the word that governs it: "postponed the talks", "refused to meet", "a cancelled visit".
//! What the model learnt of these words is little, since reports of contacts that came to nothing are few.

use std::collections::BTreeSet;

use daybook_record::Status;

use crate::events::telling::Scene;
use crate::syntax::document::{At, Line};
use crate::words::lexicon::Lexicon;

impl Scene<'_, '_> {
    /// The status that the word tells which governs a trigger.
    pub(super) fn governed(&self, at: At) -> Option<Status> {
        let line = &self.document.lines[at.line];
        let own = line.dependents(at.token, &["amod"]).find_map(|a| undone(line, a, self.lexicon));
        own.or_else(|| undone(line, governor(line, at.token)?, self.lexicon))
    }
}

/// The word of which a contact is the object, or what somebody is to do.
fn governor(line: &Line<'_>, trigger: usize) -> Option<usize> {
    let is_object = matches!(line.token(trigger).relation, "obj" | "nsubj:pass" | "xcomp");
    line.head(trigger).filter(|_| is_object)
}

/// What a word tells by which a contact comes to nothing, or not yet to anything.
fn undone(line: &Line<'_>, word: usize, lexicon: &Lexicon) -> Option<Status> {
    let lemma = line.with_particle(word);
    let statuses = &lexicon.statuses;
    let told = |words: &BTreeSet<String>| words.contains(&lemma);
    if is_negated(line, word, lexicon) {
        return None;
    }
    [
        (told(&statuses.cancelled), Status::Cancelled),
        (told(&statuses.postponed), Status::Postponed),
        (told(&statuses.declined), Status::Declined),
        (told(&statuses.denied), Status::Denied),
    ]
    .into_iter()
    .find_map(|(told, status)| told.then_some(status))
}

fn is_negated(line: &Line<'_>, word: usize, lexicon: &Lexicon) -> bool {
    let negators = &lexicon.function_words.negators;
    line.dependents(word, &["advmod", "aux"]).any(|c| negators.contains(&line.form(c).to_lowercase()))
}
