//! Finds statements inside statements: "she said that the minister had promised to come".
//!
//! The model marks the outermost alone; what stands within its content is found by the syntax.

use std::ops::Range;

use daybook_language::Upos;

use super::attributed::{Attributed, Words};
use crate::syntax::document::{Document, Line};
use crate::words::lexicon::Speech;

/// The statements within the contents of others, each with the number of the one that holds it.
pub(crate) fn find(
    document: &Document<'_>,
    outer: &[Attributed],
    speech: &Speech,
) -> Vec<(Attributed, usize)> {
    let mut found = Vec::new();
    for (number, one) in outer.iter().enumerate() {
        for words in &one.content {
            let inside = Inside { line: &document.lines[words.line], number: words.line, one };
            let inner = words
                .tokens
                .clone()
                .filter_map(|token| inside.clause(token, speech).or_else(|| inside.according(token, words)));
            found.extend(inner.map(|inner| (inner, number)));
        }
    }
    found
}

/// A line of an attribution's content.
struct Inside<'s> {
    line: &'s Line<'s>,
    number: usize,
    one: &'s Attributed,
}

impl Inside<'_> {
    fn holds(&self, tokens: &Range<usize>) -> bool {
        let within =
            |t: usize| self.one.content.iter().any(|w| w.line == self.number && w.tokens.contains(&t));
        !tokens.is_empty() && within(tokens.start) && within(tokens.end - 1)
    }

    fn words(&self, tokens: Range<usize>) -> Words {
        Words { line: self.number, tokens }
    }

    /// What a verb of saying or thinking attributes: its clause to its subject.
    fn clause(&self, verb: usize, speech: &Speech) -> Option<Attributed> {
        let (line, lemma) = (self.line, self.line.lemma(verb));
        let speaks = speech.said.contains(lemma) || speech.thought.contains(lemma);
        if line.upos(verb) != Upos::Verb || !speaks {
            return None;
        }
        let subject = line.dependents(verb, &["nsubj"]).find(|&s| line.token(s).relation == "nsubj")?;
        // "I think": the speaker of the whole speaks on.
        if speech.own_subjects.contains(&line.lemma(subject).to_lowercase()) {
            return None;
        }
        let clause = line.dependents(verb, &["ccomp"]).find(|&c| c > verb)?;
        let (source, content) = (closely(line, subject), trimmed(line, line.subtree(clause)));
        if !self.holds(&source) || !self.holds(&content) || content.start <= verb {
            return None;
        }
        let before = line.dependents(verb, &["aux", "advmod"]).filter(|&a| a > subject && a < verb).min();
        Some(Attributed {
            content: vec![self.words(content)],
            cue: Some(self.words(before.unwrap_or(verb)..verb + 1)),
            source: Some(self.words(source)),
            shared: false,
        })
    }

    /// "According to officials": what stands behind it in the content, or before it where nothing does.
    fn according(&self, token: usize, words: &Words) -> Option<Attributed> {
        let line = self.line;
        let source =
            line.head(token).filter(|_| line.lemma(token) == "accord" && line.relation(token) == "case")?;
        let (tokens, phrase) = (closely(line, source), line.subtree(source));
        let behind = trimmed(line, phrase.end..words.tokens.end);
        let content = if behind.is_empty() { trimmed(line, words.tokens.start..token) } else { behind };
        (self.holds(&tokens) && tokens.start > token && !content.is_empty()).then(|| Attributed {
            content: vec![self.words(content)],
            cue: Some(self.words(token..tokens.start)),
            source: Some(self.words(tokens)),
            shared: false,
        })
    }
}

/// A noun and what belongs to it without clauses and what stands between commas.
fn closely(line: &Line<'_>, noun: usize) -> Range<usize> {
    let whole = line.subtree(noun);
    let case = line.dependents(noun, &["case"]).flat_map(|c| line.subtree(c)).filter(|&c| c < noun).max();
    let start = case.map_or(whole.start, |c| c + 1);
    let stop = |&t: &usize| line.upos(t) == Upos::Punct || line.upos(t) == Upos::Verb;
    start..(noun + 1..whole.end).find(stop).unwrap_or(whole.end)
}

/// A run of tokens without the commas and stops around it.
fn trimmed(line: &Line<'_>, tokens: Range<usize>) -> Range<usize> {
    let word = |&t: &usize| !matches!(line.form(t), "," | "." | ";" | ":" | "–" | "—" | "-");
    let start = tokens.clone().find(word).unwrap_or(tokens.end);
    let end = (start..tokens.end).rev().find(word).map_or(start, |t| t + 1);
    start..end
}
