//! Finds the runs of words that the gazetteer knows.

use daybook_gazetteer::{Entry, Gazetteer};
use daybook_language::{NameKind, Upos};

use crate::parties::mention::{Known, capitalised, within};
use crate::syntax::document::Line;

/// The longest known names, from left to right; where one run of words may name several, what the model sees decides.
pub(crate) fn known_names<'g>(line: &Line<'_>, gazetteer: &'g Gazetteer) -> Vec<Known<'g>> {
    let forms: Vec<&str> = (0..line.len()).map(|i| line.form(i)).collect();
    let plural = |i: usize| line.token(i).xpos == "NNS";
    let singular: Vec<&str> =
        (0..line.len()).map(|i| if plural(i) { line.lemma(i) } else { line.form(i) }).collect();
    let (mut known, mut at) = (Vec::new(), 0);
    while at < forms.len() {
        if let Some(entry) = shared_name(&forms[at..], gazetteer) {
            known.push(Known { tokens: at..at + 1, entry });
            at += 2;
            continue;
        }
        let mut hits = gazetteer.at(&forms[at..]);
        if hits.is_empty() {
            // Offices are listed in the singular: "presidents", "defense ministers".
            hits = gazetteer.at(&singular[at..]);
            hits.retain(|hit| matches!(hit.entry, Entry::Office(_)));
        }
        let best = hits
            .iter()
            .filter(|hit| is_plausible(line, at, hit.words, &hit.entry))
            .min_by_key(|hit| (std::cmp::Reverse(hit.words), entry_preference(line, at, &hit.entry)));
        match best {
            Some(hit) => {
                known.push(Known { tokens: at..at + hit.words, entry: hit.entry });
                at += hit.words.max(1);
            }
            None => at += 1,
        }
    }
    known
}

/// "North and South Korea": the first of two states whose names end with one word told once.
fn shared_name<'g>(forms: &[&str], gazetteer: &'g Gazetteer) -> Option<Entry<'g>> {
    let [first, "and" | "or", second, last, ..] = forms else { return None };
    let state = |words: &[&str]| {
        let whole = |entry: &Entry<'_>| matches!(entry, Entry::State(_) | Entry::Demonym(_));
        gazetteer.at(words).into_iter().find(|hit| hit.words == 2 && whole(&hit.entry)).map(|hit| hit.entry)
    };
    state(&[second, last]).and_then(|_| state(&[first, last]))
}

/// A bare surname must look like a name where it stands; "May" and "bush" mostly do not.
fn is_plausible(line: &Line<'_>, at: usize, words: usize, entry: &Entry<'_>) -> bool {
    match entry {
        Entry::Person(_) if words == 1 => {
            let part_of = |n: &daybook_language::Name| {
                n.kind == NameKind::Place && n.tokens.len() > 1 && n.tokens.contains(&at)
            };
            capitalised(line.form(at))
                && line.upos(at) == Upos::Propn
                && !within(line, at, NameKind::Date)
                && !line.sentence.names.iter().any(part_of)
        }
        Entry::Office(_) => line.upos(at + words - 1) != Upos::Verb,
        _ => true,
    }
}

/// Of several entries under one run of words the one that comes first.
fn entry_preference(line: &Line<'_>, at: usize, entry: &Entry<'_>) -> u8 {
    let person = within(line, at, NameKind::Person);
    match entry {
        Entry::Person(_) if person => 0,
        Entry::State(_) => 1,
        Entry::Body(_) => 2,
        Entry::Metonym(_) => 3,
        Entry::Office(_) => 4,
        Entry::Institution(_) => 5,
        Entry::Capital(_) => 6,
        Entry::Demonym(_) => 7,
        Entry::Person(_) => 8,
    }
}
