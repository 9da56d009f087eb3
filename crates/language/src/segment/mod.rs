//! Cuts a text into paragraphs, sentences and tokens, and finds what stands in quotation marks.

mod quotations;
mod sentences;
mod tokenize;
mod word_classes;

pub(crate) use quotations::quoted;
pub(crate) use sentences::{Splitter, paragraphs};
pub(crate) use tokenize::Tokenizer;
