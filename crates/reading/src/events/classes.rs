//! The classes of tokens that contact rules may ask for.

use daybook_language::NameKind;

use crate::parties::cast::Cast;
use crate::parties::mention::What;
use crate::syntax::document::{At, Document};
use crate::times::phrases::Timed;
use crate::words::lexicon::FunctionWords;

/// The classes, in the order of their bits.
pub(crate) const CLASSES: [&str; 8] = ["PARTY", "PERSON", "STATE", "BODY", "GROUP", "NAMED", "TIME", "PLACE"];

const PARTY: u64 = 1;
const PERSON: u64 = 1 << 1;
const STATE: u64 = 1 << 2;
const BODY: u64 = 1 << 3;
const GROUP: u64 = 1 << 4;
const NAMED: u64 = 1 << 5;
const TIME: u64 = 1 << 6;
const PLACE: u64 = 1 << 7;

/// For each line the classes of its tokens, a bit each.
pub(crate) fn of(
    document: &Document<'_>,
    cast: &Cast<'_>,
    timed: &[Timed],
    function_words: &FunctionWords,
) -> Vec<Vec<u64>> {
    let mut classes: Vec<Vec<u64>> = document.lines.iter().map(|line| vec![0; line.len()]).collect();
    for (number, mention) in cast.mentions.iter().enumerate() {
        for &head in &mention.heads {
            classes[mention.line][head] |=
                of_mention(document, cast, number, At { line: mention.line, token: head }, function_words);
        }
    }
    for (number, line) in document.lines.iter().enumerate() {
        for name in line.sentence.names.iter().filter(|n| n.kind == NameKind::Place) {
            name.tokens.clone().for_each(|t| classes[number][t] |= PLACE);
        }
    }
    for phrase in timed {
        phrase.tokens.clone().for_each(|t| classes[phrase.line][t] |= TIME);
    }
    classes
}

fn of_mention(
    document: &Document<'_>,
    cast: &Cast<'_>,
    number: usize,
    at: At,
    function_words: &FunctionWords,
) -> u64 {
    let classes = apart_from_titles(document, cast, number, at, function_words);
    // Whoever is only part of somebody's title ("President of Russia") is no party by that.
    if titular(cast, number) { classes & !PARTY } else { classes }
}

fn apart_from_titles(
    document: &Document<'_>,
    cast: &Cast<'_>,
    number: usize,
    at: At,
    function_words: &FunctionWords,
) -> u64 {
    let meant: Vec<_> = cast.means[number].iter().map(|&id| &cast.entities[id]).collect();
    let principal = meant.iter().any(|e| e.principal);
    match &cast.mentions[number].what {
        What::Group => PARTY | GROUP,
        What::Pronoun if meant.is_empty() => PARTY | GROUP,
        What::Pronoun | What::Office(_) => {
            if principal {
                PARTY | PERSON
            } else {
                0
            }
        }
        What::Person { .. } => NAMED | PERSON | if principal { PARTY } else { 0 },
        What::Body { .. } | What::Told => PARTY | BODY | PLACE,
        What::States(_) => STATE | PLACE | PARTY | GROUP,
        What::State { .. } if meant.iter().all(|e| e.place) => {
            STATE | PLACE | if acts(document, at, function_words) { PARTY } else { 0 }
        }
        What::State { .. } => {
            let located = function_words.located.contains(&document.lines[at.line].marker(at.token));
            STATE | PLACE | if located { 0 } else { PARTY }
        }
    }
}

/// A capital stands for the government where it does something or something is done with it.
fn acts(document: &Document<'_>, at: At, function_words: &FunctionWords) -> bool {
    let line = &document.lines[at.line];
    matches!(line.relation(at.token), "nsubj" | "conj") && line.marker(at.token).is_empty()
        || function_words.party_to.contains(&line.marker(at.token))
}

fn titular(cast: &Cast<'_>, number: usize) -> bool {
    let mention = &cast.mentions[number];
    let inner = |other: &crate::parties::mention::Mention<'_>| {
        other.line == mention.line
            && other.tokens.len() > mention.tokens.len()
            && other.tokens.start <= mention.tokens.start
            && mention.tokens.end <= other.tokens.end
    };
    cast.mentions.iter().any(inner)
}
