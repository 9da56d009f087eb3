//! Text to sentences, tokens, tags, dependencies and names; offsets are never lost. Knows no diplomacy.

mod analysis;

pub use analysis::{Analysis, Name, NameKind, Sentence, Token, Upos};
