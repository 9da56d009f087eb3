//! Finds the subject that the clause of a cue has or shares with the clause above, where the model marks no source.

use daybook_language::Upos;

use super::attributed::{Attributed, Words};
use crate::syntax::document::{Document, Line};
use crate::words::lexicon::FunctionWords;

/// So many clauses up a shared subject is looked for.
const REACH: usize = 6;

/// The words of whoever says what an attribution tells, by the syntax alone.
pub(crate) fn of(document: &Document<'_>, one: &Attributed, function_words: &FunctionWords) -> Option<Words> {
    let cue = one.cue.as_ref()?;
    let line = &document.lines[cue.line];
    // "Reportedly", "allegedly": nobody says so.
    if line.upos(cue.head(document)) == Upos::Adv {
        return None;
    }
    let free = |t: usize| {
        !cue.tokens.contains(&t) && one.content.iter().all(|w| w.line != cue.line || !w.tokens.contains(&t))
    };
    let verbal = cue.tokens.clone().any(|t| line.upos(t) == Upos::Verb);
    let subject = match cue.head(document) {
        noun if line.upos(noun) == Upos::Noun && !verbal => owner(line, noun).filter(|&t| free(t)),
        verb => above(line, line.clause(verb), &free),
    }?;
    let expletive = function_words.expletives.contains(line.lemma(subject));
    (!expletive).then(|| Words { line: cue.line, tokens: closely(line, subject, &free) })
}

/// The subject at a verb or at one above with which it shares it; in a passive clause whoever does it.
fn above(line: &Line<'_>, verb: usize, free: &dyn Fn(usize) -> bool) -> Option<usize> {
    let mut at = verb;
    for _ in 0..REACH {
        if line.dependents(at, &["aux"]).any(|a| line.token(a).relation == "aux:pass") {
            return line.dependents(at, &["obl"]).find(|&o| line.marker(o) == "by" && free(o));
        }
        if let Some(subject) = line.dependents(at, &["nsubj"]).next() {
            return Some(subject).filter(|&s| free(s));
        }
        let up = line.head(at).filter(|&up| free(up) || line.upos(up) == Upos::Verb)?;
        match line.relation(at) {
            "conj" | "advcl" | "xcomp" | "parataxis" if line.upos(up) != Upos::Noun => at = up,
            // "Muddied the water by tweeting that".
            "obl" if line.token(at).xpos == "VBG" && line.upos(up) == Upos::Verb => at = up,
            "acl" if free(up) => return Some(up),
            _ => return None,
        }
    }
    None
}

/// "The minister's announcement", "the announcement by the ministry": whose words a noun names.
fn owner(line: &Line<'_>, noun: usize) -> Option<usize> {
    let own = |&t: &usize| {
        line.token(t).relation == "nmod:poss"
            || line.relation(t) == "nmod" && matches!(line.marker(t).as_str(), "by" | "from")
    };
    line.children(noun).iter().copied().find(own)
}

/// A noun with what belongs to it on its left.
fn closely(line: &Line<'_>, noun: usize, free: &dyn Fn(usize) -> bool) -> std::ops::Range<usize> {
    let left = line.subtree(noun).start..noun;
    let start = left.rev().take_while(|&t| free(t) && line.ancestors(t).any(|a| a == noun)).last();
    let flat = line.dependents(noun, &["flat"]).max().unwrap_or(noun);
    start.unwrap_or(noun)..flat + 1
}
