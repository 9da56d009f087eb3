//! `daybook serve` and `daybook mcp`, used with programs of others: a real browser, a tester of APIs, an assistant's client.
#![allow(clippy::disallowed_methods, reason = "these tests start programs on files")]

use std::path::{Path, PathBuf};
use std::process::Command;

const REMEDY: &str = "the pages are looked at with Python packages of others, which are installed into target/browsing: \
    this needs python3 (3.11 or newer, with venv), Chromium as `chromium` in the PATH (on Debian `apt install chromium`) and, \
    the first time, access to PyPI";

#[test]
fn pages_are_whole_and_usable_in_a_browser() {
    run("pages");
}

#[test]
fn the_api_does_what_its_description_says() {
    run("api");
}

#[test]
fn an_assistant_calls_every_tool() {
    run("assistants");
}

fn run(name: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("web-{name}"));
    let output = Command::new(python())
        .arg(tests().join(format!("{name}.py")))
        .arg(env!("CARGO_BIN_EXE_daybook"))
        .arg(folder)
        .output()
        .expect(REMEDY);
    let told = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", told(&output.stdout), told(&output.stderr));
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/web")
}

fn python() -> PathBuf {
    let make = tests().join("../../../export/tests/make_validators.py");
    let output = Command::new("python3")
        .arg(make)
        .arg("browsing")
        .arg(tests().join("requirements.txt"))
        .output()
        .expect(REMEDY);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}\n{REMEDY}");
    PathBuf::from(String::from_utf8_lossy(&output.stdout).trim())
}
