//! An attribution as its words stand in the text: cue, source and content.

use std::ops::Range;

use daybook_language::Upos;

use crate::syntax::document::{At, Document};

/// Words of one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    pub line: usize,
    pub tokens: Range<usize>,
}

/// An attribution as its words stand in the text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attributed {
    pub content: Vec<Words>,
    pub cue: Option<Words>,
    pub source: Option<Words>,
    /// Whether the source is the subject that the cue's clause shares with another.
    pub shared: bool,
}

impl Attributed {
    /// Whether a subject stands between the source and the cue, so that the source must be of another clause.
    pub fn is_nearer(&self, subject: &Words) -> bool {
        let (Some(source), Some(cue)) = (&self.source, &self.cue) else { return false };
        source.line == subject.line
            && source.tokens.end <= subject.tokens.start
            && subject.tokens.end <= cue.tokens.start
    }

    /// The line in which its last word stands.
    pub fn last(&self) -> usize {
        self.content.iter().chain(&self.cue).chain(&self.source).map(|w| w.line).max().unwrap_or(0)
    }

    /// Where its cue or content begins, which tells apart those that share their first words.
    pub fn second(&self) -> Option<At> {
        let parts = self.cue.iter().chain(&self.content);
        parts.map(|w| At { line: w.line, token: w.tokens.start }).min()
    }

    /// Where its first word stands.
    pub fn first(&self) -> At {
        let parts = self.content.iter().chain(&self.cue).chain(&self.source);
        let first = parts.map(|w| At { line: w.line, token: w.tokens.start }).min();
        first.unwrap_or(At { line: 0, token: 0 })
    }
}

impl Words {
    /// The token by which the syntax reaches them: the one whose head stands outside, a noun or verb rather than another.
    pub fn head(&self, document: &Document<'_>) -> usize {
        let line = &document.lines[self.line];
        let outside = |&t: &usize| line.head(t).is_none_or(|head| !self.tokens.contains(&head));
        let content = |&t: &usize| {
            !matches!(
                line.upos(t),
                Upos::Punct | Upos::Det | Upos::Adp | Upos::Aux | Upos::Part | Upos::Sconj
            )
        };
        let tops = || self.tokens.clone().filter(outside);
        tops().find(content).or_else(|| tops().next()).unwrap_or(self.tokens.start)
    }
}
