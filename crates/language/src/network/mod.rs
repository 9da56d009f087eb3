//! Runs the network over sentences of wordpieces, and decodes what it answers into tags, trees, names and attributions.

mod attributions;
mod decode;
mod encoder;
mod frames;
mod scores;
mod spanning_tree;
mod tag_order;
mod threads;
mod wordpiece;

pub(crate) use decode::{Decoded, TagOrders, decode, names, upos_of};
pub use encoder::Model;
pub(crate) use encoder::{Answers, Encoder, LONGEST};
pub(crate) use frames::{FrameReader, FrameWeights, Lower, MAX_KEPT};
pub(crate) use scores::argmax;
pub(crate) use tag_order::TagOrder;
pub use threads::at_work;
pub(crate) use wordpiece::{Framed, WordPieces};
