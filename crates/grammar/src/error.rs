//! What is wrong with rule files: every problem with its place and the likely remedy.

use std::fmt;

/// Why rule files could not be compiled: all problems found, in the order of the files and their lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    pub(crate) problems: Vec<Problem>,
}

impl Error {
    /// Every problem; never empty.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether a file is not TOML, or a match line can't be parsed.
    pub fn is_syntax(&self) -> bool {
        self.problems.iter().any(|p| p.kind == Kind::Syntax)
    }

    /// Whether a key, capture, class, relation, test or list is named that does not exist.
    pub fn is_unknown_name(&self) -> bool {
        self.problems.iter().any(|p| p.kind == Kind::UnknownName)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.problems.iter().enumerate() {
            let end = if i == 0 { "" } else { "\n" };
            write!(f, "{end}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// One thing wrong with a rule file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file's name as the caller gave it.
    pub file: String,
    /// Line of the file, from 1.
    pub line: usize,
    /// The rule's name, where the problem lies in a rule that has one.
    pub rule: Option<String>,
    /// What is wrong, and the likely remedy.
    pub what: String,
    pub(crate) kind: Kind,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if let Some(rule) = &self.rule {
            write!(f, "rule `{rule}`: ")?;
        }
        f.write_str(&self.what)
    }
}

/// What sort of problem it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Syntax,
    UnknownName,
    Unsound,
}

/// A problem whose place is not yet known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub kind: Kind,
    pub what: String,
}

impl Fault {
    /// What can't be parsed.
    pub fn syntax(what: impl Into<String>) -> Fault {
        Fault { kind: Kind::Syntax, what: what.into() }
    }

    /// What can be parsed and yet makes no sense.
    pub fn unsound(what: impl Into<String>) -> Fault {
        Fault { kind: Kind::Unsound, what: what.into() }
    }

    /// A name nothing bears; the nearest name that something bears is offered, else all are listed.
    pub fn unknown<'a>(what: &str, found: &str, known: impl Iterator<Item = &'a str>) -> Fault {
        let known: Vec<&str> = known.collect();
        let remedy = match nearest(found, &known) {
            Some(name) => format!("did you mean `{name}`?"),
            None if known.is_empty() => "there is none to name here".to_string(),
            None => format!("known: {}", known.join(", ")),
        };
        Fault { kind: Kind::UnknownName, what: format!("unknown {what} `{found}`; {remedy}") }
    }
}

/// The known name fewest edits away, if at most a third of its letters (and one at least) would change.
fn nearest<'a>(found: &str, known: &[&'a str]) -> Option<&'a str> {
    // Distances cost the product of the lengths, and no name is that long.
    if found.len() > 64 {
        return None;
    }
    known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(found, name), *name))
        .filter(|(edits, name)| *edits <= (name.chars().count() / 3).max(1))
        .min()
        .map(|(_, name)| name)
}
