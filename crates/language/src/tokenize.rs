//! A stretch of text to tokens, cut as the English treebanks of Universal Dependencies cut it; every byte that is not
//! white space is in exactly one token.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use regex::Regex;

use crate::table::{Classes, classes};

/// Words that end in a full stop of their own, by what follows them.
pub(crate) static ABBREVIATIONS: &str = include_str!("../data/abbreviations.txt");

/// Knows which stops, hyphens and apostrophes belong to words.
pub(crate) struct Tokenizer {
    token: Regex,
    words: Classes,
    joined: BTreeMap<&'static str, usize>,
    /// Abbreviations whose stop is always theirs.
    always: BTreeSet<&'static str>,
    /// Abbreviations whose stop is theirs where a number follows.
    numbered: BTreeSet<&'static str>,
}

impl Tokenizer {
    pub fn new() -> Tokenizer {
        let token = Regex::new(include_str!("../data/tokens.regex")).expect("the embedded pattern is tested");
        let words = classes(include_str!("../data/tokens.txt"));
        let joined = words.get("joined").into_iter().flatten();
        let joined = joined.filter_map(|w| w.split_once(':')).filter_map(|(w, n)| Some((w, n.parse().ok()?))).collect();
        let mut abbreviations = classes(ABBREVIATIONS);
        let numbered = abbreviations.remove("number").unwrap_or_default();
        let always = ["never", "starter", "capital"].iter().filter_map(|class| abbreviations.get(class)).flatten();
        Tokenizer { token, words, joined, always: always.copied().collect(), numbered }
    }

    /// The tokens of a stretch of the text, as byte ranges of the text.
    pub fn tokens(&self, text: &str, stretch: Range<usize>) -> Vec<Range<usize>> {
        let mut tokens = Vec::new();
        let Some(part) = text.get(stretch.clone()) else { return tokens };
        let mut at = 0;
        while let Some(skipped) = part[at..].find(|c| !blank(c)) {
            let start = at + skipped;
            let end = part[start..].find(blank).map_or(part.len(), |length| start + length);
            self.chunk(part, start..end, stretch.start, &mut tokens);
            at = end;
        }
        tokens
    }

    /// Cuts a chunk without white space.
    fn chunk(&self, part: &str, chunk: Range<usize>, base: usize, tokens: &mut Vec<Range<usize>>) {
        let mut at = chunk.start;
        while at < chunk.end {
            let found = self.token.find_at(&part[..chunk.end], at);
            let mut word = found.map_or(at..chunk.end, |m| m.range());
            if word.start > at {
                // The pattern takes every character but a line break, and a chunk has none.
                word = at..word.start;
            }
            word.end = self.extended(part, word.clone(), chunk.end);
            at = word.end;
            self.cut(part, word, base, tokens);
        }
    }

    /// The end of a word with the hyphenated rest and the stop that belong to it.
    fn extended(&self, part: &str, word: Range<usize>, limit: usize) -> usize {
        let mut end = word.end;
        let mut last = word.start;
        while part[end..limit].starts_with('-') && self.is("prefix", &part[last..end]) {
            let Some(rest) = self.token.find_at(&part[..limit], end + 1) else { break };
            if rest.start() != end + 1 || !rest.as_str().starts_with(char::is_alphanumeric) {
                break;
            }
            (last, end) = (rest.start(), rest.end());
        }
        let stop = part[end..limit].starts_with('.') && !part[end..limit].starts_with("..");
        if stop && self.owns_stop(&part[word.start..end], &part[end + 1..]) { end + 1 } else { end }
    }

    /// Whether the stop between a word and what follows is the word's own.
    fn owns_stop(&self, word: &str, after: &str) -> bool {
        let next = after.chars().find(|&c| !blank(c));
        let mut letters = word.chars();
        if let (Some(initial), None) = (letters.next(), letters.next())
            && initial.is_uppercase()
        {
            return initial != 'I' && next.is_some_and(char::is_uppercase);
        }
        let number = next.is_some_and(char::is_numeric);
        self.always.contains(word) || number && self.numbered.contains(word)
    }

    /// Cuts clitics and units off a word.
    fn cut(&self, part: &str, word: Range<usize>, base: usize, tokens: &mut Vec<Range<usize>>) {
        let mut start = word.start;
        while let Some(length) = self.first_of(&part[start..word.end]) {
            tokens.push(base + start..base + start + length);
            start += length;
        }
        tokens.push(base + start..base + word.end);
    }

    /// The length of the first of several words written as one.
    fn first_of(&self, word: &str) -> Option<usize> {
        let plain = word.to_lowercase().replace('’', "'");
        if let Some(&length) = self.joined.get(plain.as_str()) {
            return Some(length).filter(|&n| word.is_char_boundary(n));
        }
        if plain.starts_with(|c: char| c.is_ascii_digit()) {
            let digits = plain.trim_end_matches(|c: char| c.is_alphabetic());
            return self.is("unit", &plain[digits.len()..]).then_some(digits.len());
        }
        if self.is("whole", &plain) {
            return None;
        }
        let at = word.rfind(['\'', '’']).filter(|&at| at > 0)?;
        let after = word[at..].chars().next().map_or(1, char::len_utf8);
        if plain.ends_with("n't") {
            return Some(at - 1).filter(|&n| n > 0);
        }
        self.is("clitic", &word[at + after..]).then_some(at)
    }

    fn is(&self, class: &str, word: &str) -> bool {
        self.words.get(class).is_some_and(|words| words.contains(word.to_lowercase().as_str()))
    }
}

/// Whether a character separates tokens: white space, controls, and marks without width.
pub(crate) fn blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{200e}' | '\u{200f}')
}
