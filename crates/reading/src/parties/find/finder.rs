//! What the finder of mentions works with on one line, and what all its parts ask of it.

use std::ops::Range;

use daybook_gazetteer::{Entry, Gazetteer};
use daybook_language::Upos;

use crate::parties::mention::{Known, Mention, What};
use crate::syntax::document::Line;
use crate::words::lexicon::{FunctionWords, Nominals, TitleWords};

/// What the finder works with on one line.
pub(super) struct MentionFinder<'d, 'g> {
    pub(super) line: &'d Line<'d>,
    pub(super) number: usize,
    pub(super) gazetteer: &'g Gazetteer,
    pub(super) nominals: &'d Nominals,
    pub(super) function_words: &'d FunctionWords,
    pub(super) titles: &'d TitleWords,
    pub(super) known: Vec<Known<'g>>,
    pub(super) found: Vec<Mention<'g>>,
}

impl<'g> MentionFinder<'_, 'g> {
    pub(super) fn add_mention(&mut self, tokens: Range<usize>, what: What<'g>) {
        let outside = |&t: &usize| self.line.head(t).is_none_or(|head| !tokens.contains(&head));
        let mut heads: Vec<usize> =
            tokens.clone().filter(outside).filter(|&t| self.line.upos(t) != Upos::Punct).collect();
        if matches!(&what, What::Office(title) if title.plural) {
            heads.extend(heads.clone().into_iter().filter_map(|head| self.collective(head)));
        }
        self.found.push(Mention { line: self.number, tokens, heads, what });
    }

    /// "A group of senators": the noun that only says how many there are.
    fn collective(&self, head: usize) -> Option<usize> {
        let up = self
            .line
            .head(head)
            .filter(|_| self.line.relation(head) == "nmod" && self.line.marker(head) == "of")?;
        self.nominals.collectives.contains(self.line.lemma(up)).then_some(up)
    }

    pub(super) fn is_taken(&self, at: usize) -> bool {
        self.found.iter().any(|mention| mention.tokens.contains(&at))
    }

    pub(super) fn known_at(&self, at: usize) -> Option<&Known<'g>> {
        self.known.iter().find(|known| known.tokens.contains(&at))
    }

    pub(super) fn country_at(&self, at: usize) -> Option<&'g str> {
        self.known_at(at).and_then(country_of)
    }
}

/// The country or body that a known run of words stands for.
pub(crate) fn country_of<'g>(known: &Known<'g>) -> Option<&'g str> {
    match known.entry {
        Entry::State(state) | Entry::Capital(state) | Entry::Demonym(state) => Some(state.code()),
        Entry::Body(body) => Some(body.code()),
        Entry::Metonym(metonym) => Some(metonym.code()),
        _ => None,
    }
}
