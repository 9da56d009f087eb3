//! Cuts words into wordpieces of the base model's vocabulary, each with the letter case of its word and whether that is quoted.
//!
//! `training/encode.py` does the same for training; `training/check.py` compares the two.

use std::collections::HashMap;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::error::Error;

/// A chunk of more characters than this is one unknown piece.
const LONGEST: usize = 100;
/// A word of more pieces than this keeps its first ones: only the first speaks for the word.
const MOST: usize = 64;

/// Added to the letter case of a word in quotation marks.
const QUOTED: i32 = 5;

/// Wordpieces, framed for the encoder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Framed {
    /// Ids of the pieces, from the opening frame piece to the closing one.
    pub pieces: Vec<i32>,
    /// Letter case of each piece's word; in quotation marks, that plus [`QUOTED`].
    pub cases: Vec<i32>,
    /// Index of each word's first piece.
    pub firsts: Vec<usize>,
}

/// The base model's vocabulary.
pub(crate) struct WordPieces {
    ids: HashMap<&'static str, i32>,
    letters: Regex,
    marks: Regex,
    chunks: Regex,
    unknown: i32,
    open: i32,
    close: i32,
}

impl WordPieces {
    /// Reads a vocabulary of one piece a line.
    pub fn load(vocabulary: &'static str) -> Result<WordPieces, Error> {
        let ids: HashMap<_, _> = vocabulary.lines().zip(0..).collect();
        let special = |piece: &str| {
            let missing = || Error::model("vocab.txt", format_args!("piece {piece} is missing"));
            ids.get(piece).copied().ok_or_else(missing)
        };
        let (unknown, open, close) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        let letters = Regex::new(r"\p{L}+").expect("a constant pattern");
        let marks = Regex::new(r"\p{Mn}").expect("a constant pattern");
        // Runs of letters and digits, and every other character by itself, as BERT cuts words.
        let chunks = Regex::new(r"[\p{L}\p{N}]+|(?s:.)").expect("a constant pattern");
        Ok(WordPieces { ids, letters, marks, chunks, unknown, open, close })
    }

    /// The pieces of a word; never none.
    pub fn pieces(&self, word: &str) -> Vec<i32> {
        let plain = self.normalise(word);
        let mut found = Vec::new();
        for chunk in self.chunks.find_iter(&plain) {
            self.cut(chunk.as_str(), &mut found);
            if found.len() >= MOST {
                break;
            }
        }
        found.truncate(MOST);
        if found.is_empty() {
            found.push(self.unknown);
        }
        found
    }

    /// Frames words, each with whether it is quoted, for the encoder in runs of at most `most` pieces each; every word
    /// is in one run.
    pub fn frame<'a>(&self, words: impl Iterator<Item = (&'a str, bool)>, most: usize) -> Vec<Framed> {
        let mut runs = vec![self.open()];
        for (word, quoted) in words {
            let case = self.case_of(word) + if quoted { QUOTED } else { 0 };
            let pieces = self.pieces(word);
            let mut run = runs.len() - 1;
            if runs[run].pieces.len() + pieces.len() >= most && !runs[run].firsts.is_empty() {
                runs.push(self.open());
                run += 1;
            }
            let run = &mut runs[run];
            run.firsts.push(run.pieces.len());
            run.cases.extend(std::iter::repeat_n(case, pieces.len()));
            run.pieces.extend(pieces);
        }
        for run in &mut runs {
            run.pieces.push(self.close);
            run.cases.push(0);
        }
        runs
    }

    /// Lower case without accents, as the vocabulary wants it; curly quotes and dashes become plain.
    fn normalise(&self, word: &str) -> String {
        let mut plain = String::with_capacity(word.len());
        for c in word.chars() {
            match c {
                '’' | '‘' => plain.push('\''),
                '“' | '”' => plain.push('"'),
                '–' | '—' => plain.push('-'),
                '…' => plain.push_str("..."),
                _ => plain.push(c),
            }
        }
        let lower = plain.to_lowercase();
        if lower.is_ascii() {
            return lower;
        }
        self.marks.replace_all(&lower.nfd().collect::<String>(), "").into_owned()
    }

    /// The letter case of a word: 0 no letters, 1 lower, 2 title, 3 upper, 4 mixed.
    fn case_of(&self, word: &str) -> i32 {
        let mut letters = self.letters.find_iter(word).flat_map(|m| m.as_str().chars());
        let Some(first) = letters.next() else { return 0 };
        let others: Vec<bool> = letters.map(char::is_uppercase).collect();
        let (some, all) = (others.contains(&true), !others.contains(&false));
        match (first.is_uppercase(), some, all) {
            (false, false, _) => 1,
            (true, false, _) => 2,
            (true, true, true) => 3,
            _ => 4,
        }
    }

    fn open(&self) -> Framed {
        Framed { pieces: vec![self.open], cases: vec![0], firsts: Vec::new() }
    }

    /// The longest known pieces from the left; one unknown piece where some part is unknown.
    fn cut(&self, chunk: &str, found: &mut Vec<i32>) {
        let before = found.len();
        let mut rest = chunk;
        if chunk.chars().count() > LONGEST {
            found.push(self.unknown);
            return;
        }
        while !rest.is_empty() {
            let Some((id, length)) = self.longest(rest, found.len() > before) else {
                found.truncate(before);
                found.push(self.unknown);
                return;
            };
            found.push(id);
            rest = &rest[length..];
        }
    }

    fn longest(&self, rest: &str, inside: bool) -> Option<(i32, usize)> {
        let prefixed = if inside { format!("##{rest}") } else { rest.to_owned() };
        let prefix = prefixed.len() - rest.len();
        let ends = rest.char_indices().rev().map(|(at, c)| at + c.len_utf8());
        ends.filter_map(|end| Some((*self.ids.get(&prefixed[..prefix + end])?, end))).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_training() {
        let pieces =
            WordPieces::load(include_str!("../../../../models/vocab.txt")).expect("the vocabulary loads");
        for line in include_str!("../../data/pieces.tsv").lines() {
            let mut cells = line.split('\t');
            let (word, case) = (cells.next().expect("a word"), cells.next().expect("a case"));
            let ids: Vec<String> = pieces.pieces(word).iter().map(i32::to_string).collect();
            assert_eq!(cells.next(), Some(ids.join(" ").as_str()), "{word}");
            assert_eq!(case, pieces.case_of(word).to_string(), "{word}");
        }
    }

    #[test]
    fn frames_long_sentences_in_runs() {
        let pieces =
            WordPieces::load(include_str!("../../../../models/vocab.txt")).expect("the vocabulary loads");
        let long = "-".repeat(5000);
        let words: Vec<&str> = std::iter::repeat_n("ministers", 700).chain([long.as_str()]).collect();
        let runs = pieces.frame(words.iter().map(|&w| (w, false)), 480);
        assert_eq!(runs.iter().map(|r| r.firsts.len()).sum::<usize>(), 701);
        assert!(runs.iter().all(|r| r.pieces.len() <= 480 && r.pieces.len() == r.cases.len()));
    }

    #[test]
    fn wants_a_whole_vocabulary() {
        let error = WordPieces::load("[UNK]\n[CLS]\n").err().expect("a piece is missing");
        assert!(error.is_model() && error.to_string().contains("[SEP]"), "{error}");
    }
}
