//! Reading from outside: reports of our own, and what is read of them.

mod dating;
mod explanations;
mod manual;
mod negatives;
mod phenomena;
mod readings;
mod screen;
mod statements;

use std::sync::OnceLock;

use daybook_gazetteer::Gazetteer;
use daybook_language::{Language, Model};
use daybook_reading::Reader;

/// The reader that all tests share.
fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| reader_with(&[]))
}

/// A reader that knows rules of one's own too.
fn reader_with(rules: &[(String, String)]) -> Reader {
    let language = Language::of(Model::default()).expect("the built-in model loads");
    let gazetteer = Gazetteer::builtin().expect("the built-in tables are sound");
    Reader::new(language, gazetteer, rules).expect("the rules are sound")
}
