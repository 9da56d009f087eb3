//! A report to whether it may tell of a contact: a look over its bytes, before anything costly is read.
//!
//! One automaton (Aho and Corasick 1975) finds the words that trigger rules of contacts, and the names of offices, bodies,
//! leaders and states. A passage, which is about a sentence, weighs as much as its weightiest word of a rule, the names beside
//! it, and how dense names stand in the whole report: a logistic regression, fitted to what reading finds (`data/en/screen.toml`).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use aho_corasick::{AhoCorasick, BuildError, MatchKind};
use daybook_gazetteer::{Entry, Gazetteer};
use daybook_grammar::{Asked, Grammar, Rule};
use daybook_language::Language;
use daybook_record::Kind;
use serde::Serialize;

use crate::screen::text::{Folded, folded};
use crate::words::screen_weights::{Named, Weights};

/// What a word or name in a passage is a sign of; of two that one word could be, it is the lesser.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// A form of this word, by which a rule may be triggered.
    Telling(String),
    /// Somebody who may take part.
    Named(Named),
}

/// A stretch of a text, about a sentence, and what was found in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Its bytes in the text.
    pub bytes: Range<usize>,
    /// How many words it has.
    pub words: usize,
    /// What was found, in order.
    pub signs: Vec<Sign>,
}

/// What a look at a report comes to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Concern {
    /// None.
    None,
    /// These passages of title and text may tell of a contact.
    Passages {
        title: Vec<Range<usize>>,
        text: Vec<Range<usize>>,
        /// Whether they weigh so much that a rule of contacts need only match, whoever takes part.
        is_likely: bool,
    },
    /// A passage does tell of a contact, as good as surely.
    Sure,
}

/// Finds the signs of contacts in texts.
pub(crate) struct Screen {
    automaton: AhoCorasick,
    /// What each pattern of the automaton is a sign of.
    signs: Vec<Sign>,
}

impl Screen {
    /// A screen for these rules and names; none where a rule may be triggered by any word, so that nothing can be passed over.
    pub(crate) fn new(
        grammar: &Grammar,
        gazetteer: &Gazetteer,
        language: &Language,
        own_words: &BTreeSet<String>,
    ) -> Option<Result<Screen, BuildError>> {
        let of_contacts = |rule: &Rule| Kind::named(&rule.yields).is_some();
        let asked = grammar.vocabulary(of_contacts)?.into_iter();
        let telling = asked.flat_map(|asked| {
            let (word, forms) = match asked {
                Asked::Lemma(lemma) => (lemma, language.forms(lemma)),
                Asked::Word(word) => (word, BTreeSet::from([word.to_owned()])),
            };
            forms.into_iter().map(|form| (form, Sign::Telling(word.to_owned())))
        });
        let speakers = own_words.iter().map(|word| (word.clone(), Sign::Named(Named::Speaker)));
        let names = gazetteer.names().flat_map(|(name, entry)| named(name, entry));
        let mut patterns: Vec<(String, Sign)> = telling
            .chain(names)
            .chain(speakers)
            .map(|(words, sign)| (format!(" {}", folded(&words)), sign))
            .collect();
        patterns.sort();
        patterns.dedup_by(|later, earlier| later.0 == earlier.0);
        let (patterns, signs): (Vec<String>, Vec<Sign>) = patterns.into_iter().unzip();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns);
        Some(automaton.map(|automaton| Screen { automaton, signs }))
    }

    /// Whether a report with this title and text may tell of a contact, and where.
    pub(crate) fn look(&self, title: &str, text: &str, weights: &Weights) -> Concern {
        let (title, text) = (self.passages(title), self.passages(text));
        let both = || title.iter().chain(&text);
        let names = both().flat_map(|passage| &passage.signs).filter(|sign| is_proper(sign)).count();
        let words: usize = both().map(|passage| passage.words).sum();
        let density = at_most(&weights.density, 100 * names / words.max(1));
        let weigh = |passages: &[Passage]| -> Vec<(f32, Range<usize>)> {
            let weighed = |at| Some((weights.of(before(passages, at), &passages[at])? + density, at));
            let bytes =
                |at: usize| before(passages, at).unwrap_or(&passages[at]).bytes.start..passages[at].bytes.end;
            (0..passages.len()).filter_map(weighed).map(|(weight, at)| (weight, bytes(at))).collect()
        };
        let (title, text) = (weigh(&title), weigh(&text));
        let heaviest = title.iter().chain(&text).map(|(weight, _)| *weight).fold(f32::NEG_INFINITY, f32::max);
        if heaviest >= weights.accept_unread {
            return Concern::Sure;
        }
        let worth = |weighed: Vec<(f32, Range<usize>)>| -> Vec<Range<usize>> {
            weighed
                .into_iter()
                .filter(|(weight, _)| *weight >= weights.min_score)
                .map(|(_, bytes)| bytes)
                .collect()
        };
        let is_likely = heaviest >= weights.rule_suffices;
        match (worth(title), worth(text)) {
            (title, text) if title.is_empty() && text.is_empty() => Concern::None,
            (title, text) => Concern::Passages { title, text, is_likely },
        }
    }

    /// The passages of a text, in order, each with what was found in it.
    pub(crate) fn passages(&self, text: &str) -> Vec<Passage> {
        let folded = Folded::new(text);
        let mut hits = self.automaton.find_iter(&folded.bytes).peekable();
        let mut passages = Vec::new();
        for stretch in folded.passages() {
            let mut signs = Vec::new();
            while let Some(hit) = hits.next_if(|hit| hit.start() < stretch.end) {
                if folded.is_word_end(hit.end()) {
                    let has_capital = folded.is_capital(hit.start() + 1);
                    signs.extend(self.signs[hit.pattern()].written(has_capital, hit.len() - 1));
                }
            }
            let words = folded.words(&stretch);
            passages.push(Passage { bytes: folded.in_text(stretch), words, signs });
        }
        passages
    }
}

impl Sign {
    /// What it is as it is written, with so many letters; names that are not written as names are none.
    fn written(&self, has_capital: bool, length: usize) -> Option<Sign> {
        let Sign::Named(named) = self else { return Some(self.clone()) };
        let small = match named {
            _ if has_capital => *named,
            Named::Speaker => Named::Speaker,
            // "pm" in small letters is an hour.
            _ if length < 3 => return None,
            Named::Principal => Named::SmallPrincipal,
            Named::Institution => Named::SmallInstitution,
            Named::Official => Named::SmallOfficial,
            _ => return None,
        };
        Some(Sign::Named(small))
    }
}

impl Weights {
    /// What a passage weighs, with the names of the one before it if that is to be read with it; nothing where no rule can be
    /// triggered.
    fn of(&self, before: Option<&Passage>, passage: &Passage) -> Option<f32> {
        let telling = passage.signs.iter().filter_map(|sign| match sign {
            Sign::Telling(word) => Some(self.telling.get(word).or_else(|| self.telling.get("*")).copied()),
            Sign::Named(_) => None,
        });
        let heaviest = telling.map(Option::unwrap_or_default).reduce(f32::max);
        let mut counts: BTreeMap<Named, usize> = BTreeMap::new();
        for sign in before.into_iter().chain([passage]).flat_map(|passage| &passage.signs) {
            if let Sign::Named(named) = sign {
                *counts.entry(*named).or_default() += 1;
            }
        }
        let named = |(named, &count): (&Named, &usize)| {
            self.named.get(named).map_or(0.0, |weights| at_most(weights, count - 1))
        };
        let names = at_most(&self.names, counts.values().sum());
        heaviest.map(|heaviest| heaviest + counts.iter().map(named).sum::<f32>() + names)
    }
}

/// The weight of so many, or of the most that there is one for.
fn at_most(weights: &[f32], count: usize) -> f32 {
    weights.get(count).or(weights.last()).copied().unwrap_or(0.0)
}

/// The passage before one that names fewer than the two of a contact: "he" is named there.
fn before(passages: &[Passage], at: usize) -> Option<&Passage> {
    let names = passages[at].signs.iter().filter(|sign| is_proper(sign)).count();
    passages.get(at.checked_sub(1)?).filter(|_| names < 2)
}

/// Whether somebody is named who may be elsewhere in the report, too.
fn is_proper(sign: &Sign) -> bool {
    use Named::{SmallInstitution, SmallOfficial, SmallPrincipal, Speaker};
    match sign {
        Sign::Named(named) => !matches!(named, Speaker | SmallPrincipal | SmallInstitution | SmallOfficial),
        Sign::Telling(_) => false,
    }
}

/// A name as it may stand in a text, and what it is a sign of.
fn named(name: &str, entry: Entry<'_>) -> Vec<(String, Sign)> {
    let named = match entry {
        Entry::State(_) | Entry::Capital(_) | Entry::Demonym(_) => Named::State,
        Entry::Person(_) if !name.contains(' ') => Named::Surname,
        Entry::Person(_) => Named::Person,
        Entry::Office(office) if office.is_principal() => Named::Principal,
        Entry::Office(_) => Named::Official,
        Entry::Institution(_) => Named::Institution,
        Entry::Body(_) | Entry::Metonym(_) => Named::Body,
    };
    let sign = Sign::Named(named);
    let plural =
        matches!(entry, Entry::Office(_) | Entry::Institution(_)).then(|| (format!("{name}s"), sign.clone()));
    std::iter::once((name.to_owned(), sign)).chain(plural).collect()
}
