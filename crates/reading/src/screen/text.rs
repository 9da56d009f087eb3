//! A text as the screen's automaton reads it: plain words in small letters, and where each stands in the text.

use std::ops::Range;

/// A text as the automaton reads it: words of lower-case letters and digits without accents, each after a blank.
pub(crate) struct Folded {
    pub(crate) bytes: Vec<u8>,
    /// Where in the text each byte comes from, and the text's length.
    at: Vec<usize>,
    capitals: Vec<bool>,
    /// Where passages end.
    ends: Vec<usize>,
}

impl Folded {
    pub(crate) fn new(text: &str) -> Folded {
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

    /// The stretches of its bytes that are passages, in order; each begins with the blank before its first word.
    pub(crate) fn passages(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(self.ends.iter().copied()).map(|(start, end)| start..end)
    }

    /// How many words a passage has.
    pub(crate) fn words(&self, passage: &Range<usize>) -> usize {
        self.bytes[passage.clone()].iter().filter(|byte| **byte == b' ').count()
    }

    /// Where a passage stands in the text, from its first word on.
    pub(crate) fn in_text(&self, passage: Range<usize>) -> Range<usize> {
        self.at[passage.start + 1]..self.at[passage.end]
    }

    pub(crate) fn is_word_end(&self, at: usize) -> bool {
        self.bytes.get(at).is_none_or(|byte| *byte == b' ')
    }

    pub(crate) fn is_capital(&self, at: usize) -> bool {
        self.capitals.get(at).copied().unwrap_or(false)
    }
}

/// Words as [`Folded`] has them.
pub(crate) fn folded(words: &str) -> String {
    let folded = Folded::new(words);
    String::from_utf8_lossy(&folded.bytes).trim().to_owned()
}
