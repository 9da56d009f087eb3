//! Classes of words from a data file: each line is a class and its words, `#` begins a comment.

use std::collections::{BTreeMap, BTreeSet};

/// The words of each class, by class.
pub(crate) type Classes = BTreeMap<&'static str, BTreeSet<&'static str>>;

/// Reads a file of classes; a class on several lines has the words of all.
pub(crate) fn classes(text: &'static str) -> Classes {
    let mut classes = Classes::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        if let Some(class) = words.next() {
            classes.entry(class).or_default().extend(words);
        }
    }
    classes
}
