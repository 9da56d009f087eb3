//! Reads `data/words.tsv`: which words belong to which class, and what each is worth.

use std::collections::{BTreeSet, HashMap};

use crate::token::{Token, tokens};

/// What a class finds in the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// A plain number: a month, a day, a year.
    Number(i32),
    /// A quantity in hundredths, `None` for "several".
    Amount(Option<i32>),
    /// A written-out date: year, month, day.
    Date(i32, i32, i32),
    /// An hour and a minute.
    Clock(i32, i32),
    /// What the table says.
    Text(&'static str),
}

/// A text as patterns run over it.
pub(crate) struct Text<'a> {
    pub tokens: &'a [Token],
    pub lexicon: &'a Lexicon,
}

/// One line's form of words: `last`, `the end of`, `new year's eve`.
#[derive(Debug)]
struct Form {
    class: &'static str,
    words: Vec<String>,
    value: Value,
    capital: bool,
}

/// The words of the classes, by their first word.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    forms: HashMap<String, Vec<Form>>,
    classes: BTreeSet<&'static str>,
}

impl Lexicon {
    /// Reads lines of class, value and forms, parted by tabs; forms are parted by `;`, and `^` marks one that needs a capital.
    pub(crate) fn read(table: &'static str) -> Result<Lexicon, String> {
        let mut lexicon = Lexicon::default();
        for (number, line) in table.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut columns = line.splitn(3, '\t');
            let (Some(class), Some(value), Some(forms)) = (columns.next(), columns.next(), columns.next())
            else {
                return Err(format!("words.tsv:{}: three columns are wanted, parted by tabs", number + 1));
            };
            forms.split(';').for_each(|form| lexicon.add(class, value, form));
        }
        Ok(lexicon)
    }

    fn add(&mut self, class: &'static str, value: &'static str, form: &str) {
        let words: Vec<String> = tokens(form.trim_start_matches('^')).into_iter().map(|t| t.word).collect();
        let value = value.parse().map_or(Value::Text(value), Value::Number);
        let Some(first) = words.first().cloned() else { return };
        let forms = self.forms.entry(first).or_default();
        // The longest stand first, so that the first that fits is the longest.
        let place = forms.partition_point(|f| f.words.len() >= words.len());
        forms.insert(place, Form { class, words, value, capital: form.starts_with('^') });
        self.classes.insert(class);
    }

    /// The class of that name, if any form belongs to it.
    pub(crate) fn class(&self, name: &str) -> Option<&'static str> {
        self.classes.get(name).copied()
    }

    /// The classes that have a form at token `at`.
    pub(crate) fn classes(&self, tokens: &[Token], at: usize) -> impl Iterator<Item = &'static str> {
        let forms = tokens.get(at).and_then(|t| self.forms.get(&t.word)).map_or(&[][..], Vec::as_slice);
        forms.iter().filter(move |f| f.stands(&tokens[at..])).map(|f| f.class)
    }

    /// The longest form of `class` at token `at`: the token after it and its value.
    pub(crate) fn matches(&self, class: &str, tokens: &[Token], at: usize) -> Option<(usize, Value)> {
        let forms = self.forms.get(&tokens.get(at)?.word)?;
        let form = forms.iter().find(|f| f.class == class && f.stands(&tokens[at..]))?;
        Some((at + form.words.len(), form.value.clone()))
    }
}

impl Form {
    fn stands(&self, tokens: &[Token]) -> bool {
        let same = |(i, word): (usize, &String)| {
            tokens.get(i).is_some_and(|t| t.word == *word && (i == 0 || !t.apart))
        };
        (!self.capital || tokens.first().is_some_and(|t| t.capital))
            && self.words.iter().enumerate().all(same)
    }
}
