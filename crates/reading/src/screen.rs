//! A report's text to the passages that may tell of a contact: a look over its bytes, before anything costly is read.
//!
//! One automaton (Aho and Corasick 1975) finds the words that trigger rules of contacts, and the names of offices, bodies,
//! leaders and states. Of a text that names somebody who can take part by more than a surname, a passage, which is about a
//! sentence, may tell of a contact where it has a word of a rule, and, with the passage before it, two names of any kind.

use std::ops::Range;

use aho_corasick::{AhoCorasick, BuildError, MatchKind};
use daybook_gazetteer::{Entry, Gazetteer};
use daybook_grammar::{Asked, Grammar, Rule};
use daybook_language::Language;

use crate::tellings;

/// Who speaks of contacts of their own.
const SPEAKERS: [&str; 5] = ["i", "my", "we", "our", "us"];

/// What a word or name that was found is a sign of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    /// A rule could be triggered.
    Telling,
    /// Somebody may take part: an office, a body, a leader's full name.
    Actor { capital: bool },
    /// A state, its people or capital, a lesser office, a surname, or who speaks: they may also be something else.
    Hint { capital: bool },
}

/// Finds the passages of texts that may tell of a contact.
pub(crate) struct Screen {
    automaton: AhoCorasick,
    /// What each pattern of the automaton is a sign of.
    signs: Vec<Sign>,
}

/// What was found in a passage.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    telling: bool,
    actors: usize,
    hints: usize,
}

impl Screen {
    /// A screen for these rules and names; none where a rule may be triggered by any word, so that nothing can be passed over.
    pub(crate) fn new(
        grammar: &Grammar,
        gazetteer: &Gazetteer,
        language: &Language,
    ) -> Option<Result<Screen, BuildError>> {
        let of_contacts = |rule: &Rule| tellings::kind(&rule.yields).is_some();
        let asked = grammar.vocabulary(of_contacts)?.into_iter();
        let forms = asked.flat_map(|asked| match asked {
            Asked::Lemma(lemma) => language.forms(lemma).into_iter().collect(),
            Asked::Word(word) => vec![word.to_owned()],
        });
        let telling = forms.map(|form| (form, Sign::Telling));
        let speakers = SPEAKERS.map(|word| (word.to_owned(), Sign::Hint { capital: false }));
        let names = gazetteer.names().flat_map(|(name, entry, capital)| signs(name, entry, capital));
        let mut patterns: Vec<(String, Sign)> = telling
            .chain(names)
            .chain(speakers)
            .map(|(words, sign)| (format!(" {}", folded(&words)), sign))
            .collect();
        // The first of equal patterns is found: a word of a rule before an actor, an actor before a hint.
        patterns.sort();
        patterns.dedup_by(|later, earlier| later.0 == earlier.0);
        let (patterns, signs): (Vec<String>, Vec<Sign>) = patterns.into_iter().unzip();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns);
        Some(automaton.map(|automaton| Screen { automaton, signs }))
    }

    /// The passages of a text, in bytes, that may tell of a contact, in order.
    pub(crate) fn passages(&self, text: &str) -> Vec<Range<usize>> {
        let folded = Folded::new(text);
        let mut passages: Vec<Range<usize>> = Vec::new();
        let mut matches = self.automaton.find_iter(&folded.bytes).peekable();
        let (mut before, mut is_anybody_there) = (Found::default(), false);
        for passage in folded.passages() {
            let mut found = Found::default();
            while let Some(hit) = matches.next_if(|hit| hit.start() < passage.end) {
                if folded.is_word_end(hit.end()) {
                    found.add(self.signs[hit.pattern()], folded.is_capital(hit.start() + 1));
                }
            }
            if found.may_tell(before) {
                passages.push(folded.at[passage.start]..folded.at[passage.end]);
            }
            is_anybody_there |= found.actors > 0;
            before = found;
        }
        if is_anybody_there { passages } else { Vec::new() }
    }
}

impl Found {
    fn add(&mut self, sign: Sign, has_capital: bool) {
        match sign {
            Sign::Telling => self.telling = true,
            Sign::Actor { capital } if has_capital || !capital => self.actors += 1,
            Sign::Hint { capital } if has_capital || !capital => self.hints += 1,
            _ => {}
        }
    }

    fn may_tell(self, before: Found) -> bool {
        self.telling && self.actors + self.hints + before.actors + before.hints > 1
    }
}

/// A name as it may stand in a text, and what it is a sign of.
fn signs(name: &str, entry: Entry<'_>, capital: bool) -> Vec<(String, Sign)> {
    // "pm" in small letters is an hour.
    let capital = capital || name.len() < 3;
    let sign = match entry {
        Entry::State(_) | Entry::Capital(_) | Entry::Demonym(_) => Sign::Hint { capital },
        Entry::Person(_) if !name.contains(' ') => Sign::Hint { capital },
        // Officials, aides and spokesmen are in every paper; those who act are named beside them.
        Entry::Office(office) if !office.is_principal() => Sign::Hint { capital },
        _ => Sign::Actor { capital },
    };
    let plural =
        matches!(entry, Entry::Office(_) | Entry::Institution(_)).then(|| (format!("{name}s"), sign));
    std::iter::once((name.to_owned(), sign)).chain(plural).collect()
}

/// A text as the automaton reads it: words of lower-case letters and digits without accents, each after a blank.
struct Folded {
    bytes: Vec<u8>,
    /// Where in the text each byte comes from, and the text's length.
    at: Vec<usize>,
    capitals: Vec<bool>,
    /// Where passages end.
    ends: Vec<usize>,
}

impl Folded {
    fn new(text: &str) -> Folded {
        let room = text.len() + text.len() / 8;
        let mut folded = Folded {
            bytes: Vec::with_capacity(room),
            at: Vec::with_capacity(room),
            capitals: Vec::with_capacity(room),
            ends: Vec::new(),
        };
        folded.push(0, b' ', false);
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|&(_, next)| next);
            folded.add(at, c, next);
        }
        folded.push(text.len(), b' ', false);
        folded.ends.push(folded.bytes.len() - 1);
        folded
    }

    fn add(&mut self, at: usize, c: char, next: Option<char>) {
        match c {
            'a'..='z' | '0'..='9' => self.push(at, c as u8, false),
            'A'..='Z' => self.push(at, c.to_ascii_lowercase() as u8, true),
            // The end of a word of some length ends a passage; "Mr." and "U.S." do not.
            '.' | '!' | '?' if next.is_none_or(char::is_whitespace) && self.word_length() > 3 => self.end(at),
            '\n' => self.end(at),
            // What is owned stands apart from its owner.
            '\'' | '’' if next == Some('s') => self.blank(at),
            '.' | '\'' | '’' => {}
            _ if c.is_ascii() => self.blank(at),
            _ => self.foreign(at, c),
        }
    }

    fn foreign(&mut self, at: usize, c: char) {
        match deunicode::deunicode_char(c) {
            Some(plain) if c.is_alphanumeric() => {
                for letter in plain.bytes().filter(u8::is_ascii_alphanumeric) {
                    self.push(at, letter.to_ascii_lowercase(), c.is_uppercase());
                }
            }
            _ => self.blank(at),
        }
    }

    fn push(&mut self, at: usize, byte: u8, capital: bool) {
        self.bytes.push(byte);
        self.at.push(at);
        self.capitals.push(capital);
    }

    fn blank(&mut self, at: usize) {
        if self.bytes.last() != Some(&b' ') {
            self.push(at, b' ', false);
        }
    }

    fn end(&mut self, at: usize) {
        self.blank(at);
        let end = self.bytes.len() - 1;
        if self.ends.last().is_none_or(|last| *last < end) {
            self.ends.push(end);
        }
    }

    /// How many letters the word that was added last has so far.
    fn word_length(&self) -> usize {
        self.bytes.iter().rev().take_while(|byte| **byte != b' ').take(4).count()
    }

    fn passages(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(self.ends.iter().copied()).map(|(start, end)| start..end)
    }

    fn is_word_end(&self, at: usize) -> bool {
        self.bytes.get(at).is_none_or(|byte| *byte == b' ')
    }

    fn is_capital(&self, at: usize) -> bool {
        self.capitals.get(at).copied().unwrap_or(false)
    }
}

/// Words as [`Folded`] has them.
fn folded(words: &str) -> String {
    let folded = Folded::new(words);
    String::from_utf8_lossy(&folded.bytes).trim().to_owned()
}
