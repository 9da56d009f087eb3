//! Why an account is as it is: the rules that fired, what they took, and how words became values.

use std::fmt;

use serde::Serialize;

use crate::Span;

/// Why an account is as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Explanation {
    /// What the rules found of the contact: the tellings that were put together, then remarks on it.
    pub findings: Vec<Finding>,
    /// How words became values.
    pub reasons: Vec<Reason>,
}

/// A rule that fired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name.
    pub rule: String,
    /// What it tells: a kind of contact, or what it remarks on one.
    pub yields: String,
    /// The file that the rule stands in.
    pub file: String,
    /// The line of the file at which the rule begins, from 1.
    pub line: usize,
    /// The words in which it fired.
    pub words: Span,
    /// What each line of the rule took.
    pub captures: Vec<Capture>,
    /// Why it is of this contact, where it is not the first telling of it.
    pub joined: Option<String>,
}

/// What a line of a rule took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// What the rule calls it.
    pub name: String,
    /// The line of the rule.
    pub pattern: String,
    /// The words taken, in the order of the text.
    pub words: Vec<Span>,
}

/// How some words became a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What the value is of.
    pub about: About,
    /// The value.
    pub value: String,
    /// The words, those that are explained first.
    pub words: Vec<Span>,
    /// Why they mean it.
    pub why: String,
}

/// What a reason is given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// Who is meant.
    Party,
    /// The office of a party.
    Office,
    /// When.
    Date,
    /// How things stand.
    Status,
    /// How surely.
    Certainty,
    /// How the parties were in contact.
    Kind,
    /// Where.
    Place,
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}
