//! Finds the rules that a token could trigger, by its lemma, form or part of speech, so that the others cost nothing.

use std::collections::{BTreeMap, BTreeSet};

use daybook_language::{Token, Upos};

use crate::Rule;
use crate::pattern::{Test, comparable};

/// Rules by what their trigger asks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    lemmas: BTreeMap<String, BTreeSet<usize>>,
    words: BTreeMap<String, BTreeSet<usize>>,
    upos: BTreeMap<Upos, BTreeSet<usize>>,
    others: BTreeSet<usize>,
}

/// What a trigger asks for, as comparisons see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked<'a> {
    /// A token with this lemma.
    Lemma(&'a str),
    /// A token of this form.
    Word(&'a str),
}

impl Index {
    /// Files every rule under each thing that its trigger could be known by.
    pub fn new(rules: &[Rule]) -> Index {
        let mut index = Index::default();
        for (number, rule) in rules.iter().enumerate() {
            for test in &rule.pattern.trigger.tests {
                index.file(&Key::of(test), number);
            }
        }
        index
    }

    /// Replaces `rules` by the numbers of those that the token could trigger, rising; `scratch` is working space.
    pub fn candidates(&self, token: &Token, form: &str, scratch: &mut String, rules: &mut Vec<usize>) {
        rules.clear();
        rules.extend(&self.others);
        set_comparable(scratch, &token.lemma);
        rules.extend(self.lemmas.get(scratch).into_iter().flatten());
        if !self.words.is_empty() {
            set_comparable(scratch, form);
            rules.extend(self.words.get(scratch).into_iter().flatten());
        }
        rules.extend(self.upos.get(&token.upos).into_iter().flatten());
        rules.sort_unstable();
        rules.dedup();
    }

    /// The lemmas and the words that the triggers of some rules ask for, as comparisons see it; none where one of them asks for neither.
    pub fn vocabulary(&self, wanted: &BTreeSet<usize>) -> Option<Vec<Asked<'_>>> {
        let meets = |rules: &BTreeSet<usize>| !rules.is_disjoint(wanted);
        if meets(&self.others) || self.upos.values().any(meets) {
            return None;
        }
        let lemmas =
            self.lemmas.iter().filter(|(_, rules)| meets(rules)).map(|(lemma, _)| Asked::Lemma(lemma));
        let words = self.words.iter().filter(|(_, rules)| meets(rules)).map(|(word, _)| Asked::Word(word));
        Some(lemmas.chain(words).collect())
    }

    fn file(&mut self, key: &Key, rule: usize) {
        match key {
            Key::Lemmas(words) => words.iter().for_each(|word| add(&mut self.lemmas, word.clone(), rule)),
            Key::Words(words) => words.iter().for_each(|word| add(&mut self.words, word.clone(), rule)),
            Key::Upos(tags) => tags.iter().for_each(|tag| add(&mut self.upos, *tag, rule)),
            Key::Other => {
                self.others.insert(rule);
            }
        }
    }
}

/// What a token must have for a test to hold of it; ordered from the most telling to the least.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Lemmas(Vec<String>),
    Words(Vec<String>),
    Upos(Vec<Upos>),
    Other,
}

impl Key {
    fn of(test: &Test) -> Key {
        match test {
            Test::Lemma(words) => Key::Lemmas(words.clone()),
            Test::Word(words) => Key::Words(words.clone()),
            Test::Form(words) => Key::Words(words.iter().map(|word| comparable(word).collect()).collect()),
            Test::Upos(upos) => Key::Upos(vec![*upos]),
            Test::All(tests) => tests.iter().map(Key::of).min().unwrap_or(Key::Other),
            Test::Either(tests) => tests.iter().map(Key::of).reduce(Key::join).unwrap_or(Key::Other),
            _ => Key::Other,
        }
    }

    /// What a token must have if one of two tests holds; known only where both ask for the same sort of thing.
    fn join(self, other: Key) -> Key {
        match (self, other) {
            (Key::Lemmas(a), Key::Lemmas(b)) => Key::Lemmas([a, b].concat()),
            (Key::Words(a), Key::Words(b)) => Key::Words([a, b].concat()),
            (Key::Upos(a), Key::Upos(b)) => Key::Upos([a, b].concat()),
            _ => Key::Other,
        }
    }
}

fn add<K: Ord>(map: &mut BTreeMap<K, BTreeSet<usize>>, key: K, rule: usize) {
    map.entry(key).or_default().insert(rule);
}

fn set_comparable(scratch: &mut String, word: &str) {
    scratch.clear();
    scratch.extend(comparable(word));
}
