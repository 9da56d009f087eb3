//! Turns the sources of a crate into the graph of its files: which file imports which.
//!
//! An import is a `use` of, or a path to, something that another file of the crate defines. Names that a file merely passes
//! on (`pub use`) are followed to where they are defined, and passing on is no import. Unit tests are left out.

mod graph;
mod imports;
mod modules;

pub use graph::Graph;
pub use imports::imports;
pub use modules::{File, files};
