//! A report as analysed sentences with trees that hold what is true of all trees.

pub(crate) mod document;
pub(crate) mod straighten;
