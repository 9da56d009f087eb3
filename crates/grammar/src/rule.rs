//! A rule as its file tells it: what it yields, its examples, where it stands.

use std::collections::BTreeMap;

use crate::pattern::Pattern;

/// A compiled rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its name; no other rule of the grammar has it.
    pub name: String,
    /// What a match of it tells; a free word for whoever reads the match.
    pub yields: String,
    /// What it is about, in a sentence.
    pub about: Option<String>,
    /// Free attributes for whoever reads the match.
    pub with: BTreeMap<String, String>,
    /// Texts in which it must match.
    pub finds: Vec<Find>,
    /// Texts in which it must not match.
    pub ignores: Vec<Ignore>,
    /// The name of the file it stands in.
    pub file: String,
    /// Line of the file at which it begins, from 1.
    pub line: usize,
    pub(crate) pattern: Pattern,
}

impl Rule {
    /// The names of its captures in the order of its lines; the trigger's is the first.
    pub fn captures(&self) -> &[String] {
        &self.pattern.captures
    }
}

/// An example that the rule must find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Find {
    /// The example.
    pub text: String,
    /// For captures by name, the words that their tokens must lie in; an empty list asks for no token.
    pub captures: BTreeMap<String, Vec<String>>,
    /// Line of the file, from 1.
    pub line: usize,
}

/// An example that the rule must leave alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignore {
    /// The example.
    pub text: String,
    /// Line of the file, from 1.
    pub line: usize,
}
