//! Opens an input: takes packing off it, looks ahead in it, bounds its size, and decodes its bytes into text.

mod ahead;
mod bounds;
mod encoding;
mod packed;

pub(crate) use ahead::Ahead;
pub(crate) use bounds::{read_bounded, too_large};
pub use encoding::Encoding;
pub(crate) use packed::{Stream, Unpacked, content, unpack};
