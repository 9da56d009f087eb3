//! What is exported, read with the programs of others that it is meant for (`validate.py`).
#![allow(
    clippy::disallowed_methods,
    reason = "these tests write files and start the programs that read them"
)]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use daybook_export::{entries_csv, entries_jsonl, entries_parquet, ftm, graphml, ical, plover};
use daybook_record::Entry;

use crate::fixture;

const REMEDY: &str = "the formats are checked with Python packages of others, which are installed into \
    target/validators: this needs python3 (3.11 or newer, with venv; on Debian `apt install python3-venv`) and, the \
    first time, access to PyPI";

#[test]
fn others_read_what_is_written() {
    validate("all", &fixture::all());
}

#[test]
fn others_read_a_book_without_entries() {
    validate("none", &[]);
}

#[test]
fn the_documentation_shows_what_is_written() {
    let folder = write_all("documentation", &fixture::all());
    run("documentation.py", &[&tests().join("../../../docs/export.md"), &folder]);
}

fn validate(name: &str, entries: &[Entry]) {
    run("validate.py", &[&write_all(name, entries)]);
}

fn run(script: &str, arguments: &[&Path]) {
    let output = Command::new(python()).arg(tests().join(script)).args(arguments).output().expect(REMEDY);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The entries in every format, in a folder of their own.
fn write_all(name: &str, entries: &[Entry]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("formats-{name}"));
    fs::create_dir_all(&folder).expect("a folder for tests");
    let file =
        |ending: &str| File::create(folder.join(format!("entries.{ending}"))).expect("a file for tests");
    let written = [
        entries_jsonl::write(file("jsonl"), entries),
        entries_csv::write(file("csv"), entries),
        entries_parquet::write(file("parquet"), entries),
        ical::write(file("ics"), entries),
        ftm::write(file("ftm.jsonl"), entries),
        plover::write(file("plover.jsonl"), entries),
        graphml::write(file("graphml"), entries),
    ];
    written.into_iter().for_each(|result| result.expect("a file takes everything"));
    folder
}

/// The Python that has the packages; makes its environment where it is not there yet.
fn python() -> PathBuf {
    let output = Command::new("python3").arg(tests().join("make_validators.py")).output().expect(REMEDY);
    assert!(output.status.success(), "{REMEDY}\n{}", String::from_utf8_lossy(&output.stderr));
    PathBuf::from(String::from_utf8_lossy(&output.stdout).trim())
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}
