//! Analyses text: sentences, tokens, tags, dependencies and names; offsets are never lost. Knows no diplomacy.
//!
//! ```
//! # fn main() -> Result<(), daybook_language::Error> {
//! let language = daybook_language::Language::load()?;
//! let analysis = language.analyse("Maria Weber phoned him on Friday.");
//! let sentence = &analysis.sentences[0];
//! let verb = &sentence.tokens[sentence.root().expect("a sentence with words has a root")];
//! assert_eq!((analysis.form(verb), verb.lemma.as_str()), ("phoned", "phone"));
//! # Ok(())
//! # }
//! ```

mod analysis;
pub mod conllu;
mod error;
mod frame;
mod language;
mod lemma;
mod network;
mod segment;
#[doc(hidden)]
pub mod stages;
mod tree;

pub use analysis::{Analysis, Attribution, AttributionRole, Event, Name, NameKind, Sentence, Token, Upos};
pub use error::Error;
pub use frame::{Frame, FrameLabels, FramePart, TokenPlace};
pub use language::{Language, ReadReport};
pub use network::{Model, at_work};
pub use tree::Tree;
