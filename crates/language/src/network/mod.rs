//! Runs the network over sentences of wordpieces, and decodes what it answers into tags, trees, names and attributions.

mod attributions;
mod decode;
mod encoder;
mod spanning_tree;
mod threads;
mod wordpiece;

pub(crate) use decode::{Decoded, Follows, Orders, argmax, decode, upos_of};
pub use encoder::Model;
pub(crate) use encoder::{Answers, Encoder, LONGEST};
pub use threads::at_work;
pub(crate) use wordpiece::{Framed, WordPieces};
