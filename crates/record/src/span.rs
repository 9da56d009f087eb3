//! Where in a report words stand, and values tied to them.

use serde::{Deserialize, Serialize};

use crate::Inferred;

/// The part of a report that a span points into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The report's title.
    Title,
    /// The report's text.
    Text,
}

/// A stretch of a report, `[start, end)` in bytes of its part, always on character boundaries.
///
/// ```
/// use daybook_record::{Part, Span};
/// let span = Span::text(0, 5);
/// assert_eq!(span.part, Part::Text);
/// assert!(span.covers(Span::text(1, 3)));
/// assert_eq!(span.join(Span::text(7, 9)), Span::text(0, 9));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Which part of the report.
    pub part: Part,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span of the report's text.
    pub fn text(start: usize, end: usize) -> Span {
        Span { part: Part::Text, start, end }
    }

    /// Whether `other` lies within this span.
    pub fn covers(self, other: Span) -> bool {
        self.part == other.part && self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.part == other.part && self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both; `self` where they lie in different parts.
    pub fn join(self, other: Span) -> Span {
        if self.part != other.part {
            return self;
        }
        Span { part: self.part, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// The words that say something, or, where nothing says it outright, from what it was inferred.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Evidence {
    /// The words, best first.
    pub spans: Vec<Span>,
    /// Why the value follows from them, where they do not state it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inferred: Option<Inferred>,
}

impl Evidence {
    /// Words that state the value.
    pub fn stated(span: Span) -> Evidence {
        Evidence { spans: vec![span], inferred: None }
    }

    /// Words from which the value follows, and why.
    pub fn inferred(spans: impl Into<Vec<Span>>, why: Inferred) -> Evidence {
        Evidence { spans: spans.into(), inferred: Some(why) }
    }
}

/// A value, and the words that say so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// The words that say so.
    pub evidence: Evidence,
}

impl<T> Sourced<T> {
    /// A value that the words at `span` state.
    pub fn stated(value: T, span: Span) -> Sourced<T> {
        Sourced { value, evidence: Evidence::stated(span) }
    }

    /// A value that follows from the words at `spans`, and why.
    pub fn inferred(value: T, spans: impl Into<Vec<Span>>, why: Inferred) -> Sourced<T> {
        Sourced { value, evidence: Evidence::inferred(spans, why) }
    }
}
