//! The analysis of texts from outside.

mod analyse;
