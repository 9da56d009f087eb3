//! The word lists of the language, read once.

pub(crate) mod lexicon;
pub(crate) mod screen_weights;
pub(crate) mod sign_weights;
