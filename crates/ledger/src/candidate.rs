//! Whom a name may mean, and why a name could not be resolved.

use std::fmt;

/// Somebody, or a side, whom a name may mean.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// By this the entries are found: an identity or a side.
    pub party: String,
    /// The name.
    pub name: String,
    /// What office is held or was, or what else there is to tell.
    pub described: String,
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}, {})", self.party, self.name, self.described)
    }
}

/// Why a name does not mean one party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnresolvedName {
    /// It may mean several.
    Ambiguous {
        /// The name as given.
        name: String,
        /// Whom it may mean, the likelier first; each may be asked for by its [`Candidate::party`].
        candidates: Vec<Candidate>,
    },
    /// Nobody is known by it.
    Unknown {
        /// The name as given.
        name: String,
        /// Those of the book whose names are spelled nearly so, the nearest first; mostly none.
        nearest: Vec<Candidate>,
    },
}

impl UnresolvedName {
    /// The question whether a name that is spelled nearly so was meant, after a semicolon; empty where there is none.
    pub fn did_you_mean(&self) -> String {
        match self {
            UnresolvedName::Unknown { nearest, .. } if !nearest.is_empty() => {
                let names: Vec<&str> = nearest.iter().map(|candidate| candidate.name.as_str()).collect();
                format!("; did you mean {}?", names.join(" or "))
            }
            _ => String::new(),
        }
    }
}

impl fmt::Display for UnresolvedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnresolvedName::Unknown { name, .. } => {
                write!(f, "nobody is known as {name:?}{}", self.did_you_mean())
            }
            UnresolvedName::Ambiguous { name, candidates } => {
                let several: Vec<String> = candidates.iter().map(Candidate::to_string).collect();
                write!(f, "{name:?} may be several; ask with one of: {}", several.join("; "))
            }
        }
    }
}
