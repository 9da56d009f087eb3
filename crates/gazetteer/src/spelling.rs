//! Cuts printed words into pieces that are equal when they spell one name: without case, accents, apostrophes,
//! full stops and hyphens, and in one transliteration.

use std::borrow::Cow;

use crate::error::Error;
use crate::table::Table;

/// How a piece is cased, from the least to the most demanding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Case {
    /// No capital at its beginning.
    Lower,
    /// A capital at its beginning.
    Capital,
    /// Capitals only.
    Upper,
}

/// A part of a word as names are compared by, and how it was cased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) case: Case,
}

/// The spellings that count as one: whole words, and endings of words.
#[derive(Debug, Clone)]
pub(crate) struct Spellings {
    words: Vec<(String, String)>,
    endings: Vec<(String, String)>,
}

impl Spellings {
    /// Reads `spellings.csv`: a variant, its standard, and whether it is a `word` or an `ending`.
    pub(crate) fn read(table: &Table) -> Result<Spellings, Error> {
        let (mut words, mut endings) = (Vec::new(), Vec::new());
        for row in table.rows() {
            let pair = (row.need("variant")?.to_owned(), row.need("standard")?.to_owned());
            if row.get("where") == "ending" { endings.push(pair) } else { words.push(pair) }
        }
        words.sort();
        Ok(Spellings { words, endings })
    }

    /// The pieces of one word; a hyphenated word has several, a punctuation mark none.
    pub(crate) fn pieces(&self, word: &str) -> Vec<Piece> {
        let plain =
            if word.is_ascii() { Cow::Borrowed(word) } else { Cow::Owned(deunicode::deunicode(word)) };
        let parts = plain.split(|c: char| c == '-' || c == '/' || c == '_' || c.is_whitespace());
        parts.filter_map(|part| self.piece(part)).collect()
    }

    fn piece(&self, part: &str) -> Option<Piece> {
        let letters = || part.bytes().filter(u8::is_ascii_alphanumeric);
        let first = letters().next()?;
        let case = match (first.is_ascii_uppercase(), letters().any(|c| c.is_ascii_lowercase())) {
            (false, true) => Case::Lower,
            (true, true) => Case::Capital,
            (_, false) => Case::Upper,
        };
        let mut text = String::with_capacity(part.len());
        text.extend(letters().map(|c| char::from(c.to_ascii_lowercase())));
        Some(Piece { text: self.standard(text), case })
    }

    fn standard(&self, word: String) -> String {
        if let Ok(at) = self.words.binary_search_by(|(variant, _)| variant.as_str().cmp(&word)) {
            return self.words[at].1.clone();
        }
        let ending =
            self.endings.iter().find_map(|(variant, standard)| Some((word.strip_suffix(variant)?, standard)));
        match ending {
            // A short stem would make words equal that are not: the ending must be that of a longer name.
            Some((stem, standard)) if stem.len() >= 3 => format!("{stem}{standard}"),
            _ => word,
        }
    }
}
