//! The verbs of saying above an event: on whose word it is told.

use daybook_language::Upos;

use crate::syntax::document::Line;
use crate::words::lexicon::Lexicon;

/// The token of the speaking verb above an event, and of its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SpeakingVerb {
    pub verb: usize,
    pub source: Option<usize>,
}

/// The speaking verbs above an event, the nearest first.
pub(crate) fn speaking_verbs(line: &Line<'_>, event: usize, lexicon: &Lexicon) -> Vec<SpeakingVerb> {
    let words = &lexicon.statuses;
    let path: Vec<usize> = line.ancestors(event).collect();
    let mut found = Vec::new();
    for pair in path.windows(2) {
        let (below, verb) = (pair[0], pair[1]);
        let speaks = words.say.contains(line.lemma(verb))
            && line.upos(verb) == Upos::Verb
            && matches!(line.relation(below), "ccomp" | "xcomp" | "parataxis" | "obj");
        if speaks && !(line.relation(below) == "obj" && verb == path[1] && below == event) {
            found.push(SpeakingVerb {
                verb,
                source: line.dependents(verb, &["nsubj"]).next().or_else(|| stray(line, below, verb)),
            });
        }
    }
    for &at in &path {
        for part in line.dependents(at, &["parataxis"]).filter(|&p| words.say.contains(line.lemma(p))) {
            found.push(SpeakingVerb { verb: part, source: line.dependents(part, &["nsubj"]).next() });
        }
        for source in
            line.dependents(at, &["obl", "nmod"]).filter(|&s| line.marker(s).starts_with("according"))
        {
            found.push(SpeakingVerb { verb: source, source: Some(source) });
        }
    }
    found
}

/// ", a diplomat in Ankara said": who speaks, where the parser has hung them on what is said.
fn stray(line: &Line<'_>, told: usize, verb: usize) -> Option<usize> {
    line.dependents(told, &["nsubj", "obj", "appos"])
        .find(|&s| told < s && s < verb && line.subtree(s).end == verb)
}
