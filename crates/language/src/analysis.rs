//! An analysed text: its sentences, tokens and names; offsets are bytes of the text.

use std::ops::Range;

/// An analysed text.
#[derive(Debug, Clone, Default)]
pub struct Analysis {
    /// The text itself.
    pub text: String,
    /// Its sentences in order; every token belongs to one.
    pub sentences: Vec<Sentence>,
}

impl Analysis {
    /// The words of a token as they stand in the text.
    pub fn form(&self, token: &Token) -> &str {
        self.text.get(token.start..token.end).unwrap_or("")
    }

    /// The words of a run of a sentence's tokens as they stand in the text.
    pub fn words(&self, sentence: &Sentence, tokens: Range<usize>) -> &str {
        match sentence.tokens.get(tokens) {
            Some([first, .., last]) => self.text.get(first.start..last.end).unwrap_or(""),
            Some([only]) => self.form(only),
            _ => "",
        }
    }
}

/// One sentence, headline, byline or list item.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Number of the paragraph it stands in, from 0.
    pub paragraph: usize,
    /// Its tokens in order.
    pub tokens: Vec<Token>,
    /// Its names in order; they do not overlap.
    pub names: Vec<Name>,
    /// Its parts of attributions in order; they do not overlap.
    pub attributions: Vec<Attribution>,
    /// Its words that tell events or may do so, in order.
    pub events: Vec<Event>,
}

impl Sentence {
    /// The words that tell events.
    pub fn told(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(|event| event.likely)
    }

    /// The index of the sentence's root; `None` where there are no tokens.
    pub fn root(&self) -> Option<usize> {
        self.tokens.iter().position(|t| t.head.is_none())
    }
}

/// A part of an attribution: a run of tokens that names who says something, that says that they say it, or what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Which tokens of the sentence.
    pub tokens: Range<usize>,
    /// Which part it is.
    pub role: AttributionRole,
    /// For a source or content, the index of its cue among the sentence's parts; `None` where the cue stands elsewhere.
    pub cue: Option<usize>,
}

/// The parts of an attribution (Newell et al. 2018, PolNeAR).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttributionRole {
    /// Who: "the minister".
    Source,
    /// The words that attribute: "said", "according to".
    Cue,
    /// What is attributed.
    Content,
}

/// A word that tells an event, or may do so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event {
    /// Index of the token.
    pub token: usize,
    /// Whether it rather does than not.
    pub likely: bool,
    /// How far it is a fact, from -3 (certainly not) over 0 (nothing is said) to 3 (certainly).
    pub factuality: f32,
}

/// One syntactic word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Dictionary form, lower case except for proper nouns.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag: `VBD`, `NNP`, …
    pub xpos: &'static str,
    /// Index of its head in the sentence; `None` for the root.
    pub head: Option<usize>,
    /// Universal dependency relation to its head, with subtype: `nsubj:pass`; `root` for the root.
    pub relation: &'static str,
    /// Whether it stands in quotation marks, or is one.
    pub quoted: bool,
}

impl Token {
    /// The relation to its head without subtype: `nsubj` for `nsubj:pass`.
    pub fn base_relation(&self) -> &'static str {
        self.relation.split_once(':').map_or(self.relation, |(base, _)| base)
    }
}

/// Universal part-of-speech tags (universaldependencies.org/u/pos).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the standard's own")]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

impl Upos {
    /// Every tag, in the order of the alphabet.
    pub const ALL: [Upos; 17] = [
        Upos::Adj,
        Upos::Adp,
        Upos::Adv,
        Upos::Aux,
        Upos::Cconj,
        Upos::Det,
        Upos::Intj,
        Upos::Noun,
        Upos::Num,
        Upos::Part,
        Upos::Pron,
        Upos::Propn,
        Upos::Punct,
        Upos::Sconj,
        Upos::Sym,
        Upos::Verb,
        Upos::X,
    ];

    /// The tag as the standard writes it.
    ///
    /// ```
    /// assert_eq!(daybook_language::Upos::Propn.as_str(), "PROPN");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Upos::Adj => "ADJ",
            Upos::Adp => "ADP",
            Upos::Adv => "ADV",
            Upos::Aux => "AUX",
            Upos::Cconj => "CCONJ",
            Upos::Det => "DET",
            Upos::Intj => "INTJ",
            Upos::Noun => "NOUN",
            Upos::Num => "NUM",
            Upos::Part => "PART",
            Upos::Pron => "PRON",
            Upos::Propn => "PROPN",
            Upos::Punct => "PUNCT",
            Upos::Sconj => "SCONJ",
            Upos::Sym => "SYM",
            Upos::Verb => "VERB",
            Upos::X => "X",
        }
    }
}

/// A name: a run of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Which tokens of the sentence.
    pub tokens: Range<usize>,
    /// What it names.
    pub kind: NameKind,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place or geo-political unit.
    Place,
    /// A nationality or the like ("German", "Europeans").
    Nationality,
    /// A date.
    Date,
    /// A time of day.
    Time,
    /// A named event.
    Event,
}
