//! A match block after parsing: clauses, paths and tests, every name resolved.

use daybook_language::Upos;

/// What a rule's match block says.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    /// Capture names; a slot is an index of this list, and slot 0 is the trigger's.
    pub captures: Vec<String>,
    /// The trigger's line.
    pub trigger: Trigger,
    /// The other lines in order.
    pub clauses: Vec<Clause>,
    /// Whether two captures may take one token.
    pub share: bool,
}

impl Pattern {
    /// The line on which a capture is first made.
    pub fn line_of(&self, slot: usize) -> usize {
        let makes =
            |clause: &&Clause| matches!(clause.purpose, Purpose::Capture { slot: made, .. } if made == slot);
        self.clauses.iter().find(makes).map_or(self.trigger.line, |clause| clause.line)
    }
}

/// The first line.
#[derive(Debug, Clone)]
pub(crate) struct Trigger {
    pub line: usize,
    pub source: String,
    /// One of these must hold.
    pub tests: Vec<Test>,
}

/// A line after the first.
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    pub line: usize,
    pub source: String,
    pub purpose: Purpose,
    pub ways: Vec<Way>,
}

/// What a clause is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Capture { slot: usize, quantity: Quantity },
    Not,
    Need,
}

/// How many tokens a capture takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantity {
    One,
    Optional,
    Any,
    Several,
}

/// One alternative of a clause: from an earlier capture along a path to tokens that pass a test.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    pub anchor: usize,
    pub path: Path,
}

/// Steps, and what must hold at their end.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    pub steps: Vec<Step>,
    pub test: Test,
}

/// A step of a path.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub hop: Hop,
    pub repeat: Repeat,
    /// What must hold of the tokens it reaches.
    pub test: Test,
}

/// From one token to others.
#[derive(Debug, Clone)]
pub(crate) enum Hop {
    /// To dependents.
    Down(Relations),
    /// To the head.
    Up(Relations),
    /// To tokens so many places later.
    Right { least: usize, most: usize },
    /// To tokens so many places earlier.
    Left { least: usize, most: usize },
    /// To every token.
    Sentence,
    /// To whoever does what the token tells.
    Subject,
}

/// How often a step is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    Once,
    Optional,
    Star,
    Plus,
}

/// A set of dependency relations; no names stand for all.
#[derive(Debug, Clone)]
pub(crate) struct Relations {
    pub names: Vec<String>,
    /// Whether subtypes are left out.
    pub exact: bool,
}

impl Relations {
    /// All relations.
    pub fn any() -> Relations {
        Relations { names: Vec::new(), exact: false }
    }

    /// Whether a token's relation is one of these, or a subtype of one unless exactness was asked for.
    pub fn holds(&self, relation: &str) -> bool {
        self.names.is_empty()
            || self.names.iter().any(|name| match relation.strip_prefix(name.as_str()) {
                Some("") => true,
                Some(rest) => !self.exact && rest.starts_with(':'),
                None => false,
            })
    }
}

/// What may be asked of a token. Words other than `Form`'s are kept as [`comparable`] makes them.
#[derive(Debug, Clone)]
pub(crate) enum Test {
    Any,
    All(Vec<Test>),
    Either(Vec<Test>),
    Not(Box<Test>),
    Lemma(Vec<String>),
    Word(Vec<String>),
    Form(Vec<String>),
    Xpos(Vec<String>),
    Upos(Upos),
    Class(u32),
    Relation(Relations),
    /// Case markers, each as its words.
    Case(Vec<Vec<String>>),
    Determiner(Vec<String>),
    Has(Box<Path>),
}

/// The tags of the Universal Dependencies as rules write them.
pub(crate) const UPOS: [(&str, Upos); 17] = [
    ("ADJ", Upos::Adj),
    ("ADP", Upos::Adp),
    ("ADV", Upos::Adv),
    ("AUX", Upos::Aux),
    ("CCONJ", Upos::Cconj),
    ("DET", Upos::Det),
    ("INTJ", Upos::Intj),
    ("NOUN", Upos::Noun),
    ("NUM", Upos::Num),
    ("PART", Upos::Part),
    ("PRON", Upos::Pron),
    ("PROPN", Upos::Propn),
    ("PUNCT", Upos::Punct),
    ("SCONJ", Upos::Sconj),
    ("SYM", Upos::Sym),
    ("VERB", Upos::Verb),
    ("X", Upos::X),
];

/// The letters of a word as comparisons see it: in lower case, and with one apostrophe for all.
pub(crate) fn comparable(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().flat_map(char::to_lowercase).map(|c| if matches!(c, '’' | 'ʼ') { '\'' } else { c })
}
