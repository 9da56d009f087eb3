//! The files of this folder to cases.
#![allow(
    clippy::disallowed_methods,
    reason = "cases are read from the checkout, so that a new one needs no build"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use daybook_record::Report;
use serde::Deserialize;

/// How many words of its text the name of a case has.
const WORDS: usize = 8;

/// A report of our own, and what a careful reader would write down of it. What is `None` is not checked.
pub struct Case {
    /// Folder, file and first words of the text: `status/plan/obama-s-meeting-with-netanyahu-is-set-for`.
    pub name: String,
    pub report: Report,
    pub contacts: Option<Vec<String>>,
    pub statements: Option<Vec<String>>,
    pub claims: Option<Vec<String>>,
    /// On whose word contacts and their lengths stand: "call: Ada Berg", "call length: the Fjordposten".
    pub word: Option<Vec<String>>,
    /// Words and what the report tells of them: "met: fact".
    pub events: Option<Vec<String>>,
    /// Why its reading is still wrong.
    pub known: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// For cases that say no day of their own.
    published: Option<String>,
    #[serde(default)]
    case: Vec<Written>,
    /// Texts that tell of no contact.
    #[serde(default)]
    none: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    published: Option<String>,
    title: Option<String>,
    text: String,
    contacts: Option<Vec<String>>,
    statements: Option<Vec<String>>,
    claims: Option<Vec<String>>,
    word: Option<Vec<String>>,
    events: Option<Vec<String>>,
    known: Option<String>,
}

/// All cases, by name.
pub fn all() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<Case> = files(&folder).iter().flat_map(|file| read(&folder, file)).collect();
    cases.sort_by(|one, other| one.name.cmp(&other.name));
    let mut names = BTreeSet::new();
    for case in &cases {
        assert!(
            names.insert(&case.name),
            "two cases are named {}: let their texts begin otherwise",
            case.name
        );
    }
    cases
}

/// The TOML files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder of cases can be listed");
    let paths = entries.map(|entry| entry.expect("a file of cases can be listed").path());
    paths
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .filter(|path| is_toml(path))
        .collect()
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
}

fn read(folder: &Path, path: &Path) -> Vec<Case> {
    let text = fs::read_to_string(path).expect("a file of cases can be read");
    let file: File = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let none =
        file.none.into_iter().map(|text| Written { text, contacts: Some(vec![]), ..Written::default() });
    let written: Vec<Written> = file.case.into_iter().chain(none).collect();
    let class = path.with_extension("");
    let class = class.strip_prefix(folder).expect("it lies below the folder").display().to_string();
    written.into_iter().map(|case| made(&class.replace('\\', "/"), file.published.as_deref(), case)).collect()
}

fn made(class: &str, published: Option<&str>, written: Written) -> Case {
    let published = written.published.as_deref().or(published);
    let published = published.unwrap_or_else(|| panic!("{class}: no day of publication: {}", written.text));
    let day = published.parse().unwrap_or_else(|_| panic!("{class}: no day: {published}"));
    Case {
        name: format!("{class}/{}", slug(&written.text)),
        report: Report {
            id: "case".into(),
            title: written.title,
            text: written.text,
            published: Some(day),
            ..Report::default()
        },
        contacts: written.contacts,
        statements: written.statements,
        claims: written.claims,
        word: written.word,
        events: written.events,
        known: written.known,
    }
}

/// "Obama's meeting with Netanyahu is set": `obama-s-meeting-with-netanyahu-is-set`.
fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(WORDS).map(str::to_lowercase).collect::<Vec<_>>().join("-")
}
