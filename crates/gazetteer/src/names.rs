//! Looks up names by the pieces of their words.

use crate::spelling::{Case, Piece, Spellings};

/// What a name names: a place in one of the gazetteer's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    State(usize),
    Capital(usize),
    Demonym(usize),
    Body(usize),
    Metonym(usize),
    Institution(usize),
    Office(usize),
    Person(usize),
}

/// One name: its pieces with blanks between, its target, and the case that each piece asks for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    key: String,
    target: Target,
    cases: Vec<Case>,
}

/// All names in the order of their keys.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    sorted: Vec<Name>,
    /// By the first two letters of keys, where the names with these begin among the sorted ones.
    starts: Vec<usize>,
}

impl Names {
    /// Adds a name. An office is written in any case; every other name asks for the capitals that it has.
    pub(crate) fn add(&mut self, spellings: &Spellings, name: &str, target: Target) {
        let pieces = spellings.pieces(name);
        if pieces.is_empty() {
            return;
        }
        let any_case = matches!(target, Target::Office(_) | Target::Institution(_));
        let cases = pieces.iter().map(|piece| if any_case { Case::Lower } else { asked(piece) }).collect();
        self.sorted.push(Name { key: key_of(&pieces), target, cases });
    }

    /// Puts the names in order; to be called after the last `add`.
    pub(crate) fn settle(&mut self) {
        self.sorted.sort_unstable();
        self.sorted.dedup();
        self.starts = vec![0; 1 << 16];
        for name in &self.sorted {
            self.starts[first_two(&name.key)] += 1;
        }
        let mut before = 0;
        for start in &mut self.starts {
            (*start, before) = (before, before + *start);
        }
    }

    /// The targets whose name is exactly these pieces, in order, each once; and whether some name begins with these pieces, the
    /// last of which may be the beginning of a longer one.
    pub(crate) fn look_up(&self, pieces: &[Piece]) -> (Vec<Target>, bool) {
        let key = key_of(pieces);
        let first = first_two(&key);
        let start = self.starts.get(first).copied().unwrap_or_default();
        let end = self.starts.get(first + 1).copied().unwrap_or(self.sorted.len());
        let from = start + self.sorted[start..end].partition_point(|name| name.key < key);
        let equal = self.sorted[from..].iter().take_while(|name| name.key == key);
        let mut targets: Vec<Target> =
            equal.filter(|name| allows(&name.cases, pieces)).map(|name| name.target).collect();
        targets.dedup();
        (targets, self.sorted.get(from).is_some_and(|name| name.key.starts_with(&key)))
    }

    /// All names in the order of their keys: the key, and what it names.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, Target)> {
        self.sorted.iter().map(|name| (name.key.as_str(), name.target))
    }

    /// How many names there are.
    pub(crate) fn len(&self) -> usize {
        self.sorted.len()
    }
}

/// The first two bytes of a key, in the order of keys.
fn first_two(key: &str) -> usize {
    let byte = |at| usize::from(key.as_bytes().get(at).copied().unwrap_or_default());
    byte(0) << 8 | byte(1)
}

/// A single letter asks for no more than a capital: "W." stands for a word.
fn asked(piece: &Piece) -> Case {
    if piece.text.len() == 1 { piece.case.min(Case::Capital) } else { piece.case }
}

fn allows(asked: &[Case], pieces: &[Piece]) -> bool {
    asked.iter().zip(pieces).all(|(asked, piece)| piece.case >= *asked)
}

fn key_of(pieces: &[Piece]) -> String {
    let mut key = String::with_capacity(pieces.iter().map(|piece| piece.text.len() + 1).sum());
    for piece in pieces {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&piece.text);
    }
    key
}
