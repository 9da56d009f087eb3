//! Mentions: the places where a report speaks of a possible party, and what it tells of them there.

use std::ops::Range;

use daybook_gazetteer::{Entry, Office};
use daybook_language::NameKind;

use crate::syntax::document::Line;

/// A place where the text speaks of a possible party.
#[derive(Debug, Clone)]
pub(crate) struct Mention<'g> {
    /// Number of the line.
    pub line: usize,
    /// All its words, title included.
    pub tokens: Range<usize>,
    /// The tokens by which the syntax reaches it.
    pub heads: Vec<usize>,
    /// What it is.
    pub what: What<'g>,
}

/// What a mention is.
#[derive(Debug, Clone)]
pub(crate) enum What<'g> {
    /// A person by name.
    Person { name: Range<usize>, title: Title<'g> },
    /// A person or people by office or function: "the Turkish foreign minister", "Syrian diplomats".
    Office(Title<'g>),
    /// A state, or what stands for it.
    State { code: String, name: String, capital: bool },
    /// Several states under one word, by their codes: "the two Koreas".
    States(Vec<String>),
    /// An international body or movement.
    Body { code: String, name: String },
    /// Whom only the model takes for a party: "separatist rebels".
    Told,
    /// "The two leaders", "both".
    Group,
    /// A personal or possessive pronoun.
    Pronoun,
}

/// What is told of somebody's office.
#[derive(Debug, Clone, Default)]
pub(crate) struct Title<'g> {
    /// The office's words, without the country before it.
    pub words: Option<String>,
    /// The office, where the gazetteer knows it.
    pub office: Option<&'g Office>,
    /// The countries or bodies in which it is held.
    pub countries: Vec<String>,
    /// Whether it is held no more.
    pub former: bool,
    /// Whether addressed as only heads of state, royals and envoys are: "Her Majesty", "His Excellency".
    pub exalted: bool,
    /// Whether several people are meant.
    pub plural: bool,
    /// "Her counterpart": an office like that of the other party.
    pub counterpart: bool,
    /// Told with "the", "his" or as a name: somebody certain.
    pub definite: bool,
    /// The token of whoever they work for: "Mr. Moon's envoys".
    pub owner: Option<usize>,
}

/// A run of tokens that the gazetteer knows.
pub(crate) struct Known<'g> {
    pub tokens: Range<usize>,
    pub entry: Entry<'g>,
}

/// Whether a word begins with a capital.
pub(crate) fn capitalised(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}

/// Whether the model sees a token within a name of a kind.
pub(crate) fn within(line: &Line<'_>, at: usize, kind: NameKind) -> bool {
    line.sentence.names.iter().any(|name| name.kind == kind && name.tokens.contains(&at))
}
