//! The documents held against the program: every command in them is run, what they show is what it prints,
//! and every link leads somewhere.
//!
//! A fenced `sh` block is one script. Where a `text` or `json` block follows it, that is what the script prints;
//! `UPDATE_EXPECT=1` writes what it prints now into the document.
#![allow(clippy::disallowed_methods, reason = "this test reads the checkout and runs the program")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A fenced block: its language, its lines, and the number of its first one in the document.
struct Block<'a> {
    language: &'a str,
    first: usize,
    lines: Vec<&'a str>,
}

impl Block<'_> {
    fn text(&self) -> String {
        self.lines.iter().map(|line| format!("{line}\n")).collect()
    }

    fn builds(&self) -> bool {
        self.lines.iter().any(|line| line.starts_with("cargo "))
    }
}

#[test]
fn commands_run_and_print_what_is_shown() {
    for document in documents() {
        check(&document, &scratch(), |script| !script.builds());
    }
}

/// Builds the program as a newcomer does: minutes the first time.
#[test]
#[ignore = "makes a release build; ./test runs it"]
fn commands_that_build_the_program_run_and_print_what_is_shown() {
    for document in documents() {
        check(&document, &root(), |script| script.builds());
    }
}

#[test]
fn links_lead_somewhere() {
    for document in documents() {
        let text = read(&document);
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
        for target in targets.filter(|target| !target.is_empty() && !target.contains("://")) {
            let path = document.parent().expect("a file has a folder").join(target);
            assert!(path.exists(), "{} links to {target}, which is not there", document.display());
        }
    }
}

#[test]
fn the_readme_has_the_two_commands_and_shows_what_comes_out() {
    let text = read(&root().join("README.md"));
    let scripts: Vec<_> =
        blocks(&text).into_iter().filter(|b| b.language == "sh").flat_map(|b| b.lines).collect();
    for command in ["cargo run --release -- read examples/oval-office-call.txt", "./test"] {
        assert!(scripts.contains(&command), "README.md does not show `{command}`");
    }
    assert!(blocks(&text).windows(2).any(|pair| shows(&pair[0], &pair[1])), "README.md shows no output");
}

/// Runs the document's chosen scripts in a folder and compares what they print with what is shown.
fn check(document: &Path, folder: &Path, chosen: impl Fn(&Block) -> bool) {
    let text = read(document);
    let blocks = blocks(&text);
    let mut updated: Vec<(&Block, String)> = Vec::new();
    for (at, script) in blocks.iter().enumerate().filter(|(_, b)| b.language == "sh" && chosen(b)) {
        let printed = run(script, folder, document);
        let shown = blocks.get(at + 1).filter(|block| shows(script, block));
        let Some(shown) = shown else { continue };
        if env::var_os("UPDATE_EXPECT").is_some() {
            updated.push((shown, printed));
        } else {
            assert_eq!(
                shown.text(),
                printed,
                "{}: UPDATE_EXPECT=1 accepts what is printed now",
                place(document, script)
            );
        }
    }
    if env::var_os("UPDATE_EXPECT").is_some() {
        let mut lines: Vec<&str> = text.lines().collect();
        // From the last one on, so that those before it keep their places.
        for (shown, printed) in updated.iter().rev() {
            lines.splice(shown.first..shown.first + shown.lines.len(), printed.lines());
        }
        fs::write(document, lines.join("\n") + "\n").expect("the document is writable");
    }
}

/// Whether a block stands right below a script and so shows what it prints.
fn shows(script: &Block, block: &Block) -> bool {
    let right_below = block.first <= script.first + script.lines.len() + 3;
    script.language == "sh" && matches!(block.language, "text" | "json") && right_below
}

/// What the script prints; it must end well and print something.
fn run(script: &Block, folder: &Path, document: &Path) -> String {
    // `./test` is what runs this test, so running it here would never end.
    let lines: Vec<_> = script.lines.iter().copied().filter(|line| *line != "./test").collect();
    if lines.is_empty() {
        return String::new();
    }
    let program = Path::new(env!("CARGO_BIN_EXE_daybook")).parent().expect("a program has a folder");
    let path = format!("{}:{}", program.display(), env::var("PATH").unwrap_or_default());
    let mut shell = Command::new("sh");
    shell.args(["-eu", "-c", &lines.join("\n")]).current_dir(folder).env("PATH", path);
    let output = shell.output().expect("sh runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {}\n{errors}", place(document, script), output.status);
    assert!(!output.stdout.is_empty(), "{}: prints nothing\n{errors}", place(document, script));
    String::from_utf8(output.stdout).expect("the program prints UTF-8")
}

fn place(document: &Path, block: &Block) -> String {
    format!("{}:{}", document.display(), block.first + 1)
}

/// The fenced blocks of a document in their order.
fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some(language) = line.strip_prefix("```") else { continue };
        let body = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        found.push(Block { language, first: number + 1, lines: body });
    }
    found
}

/// The README and everything in `docs/`.
fn documents() -> Vec<PathBuf> {
    let docs = fs::read_dir(root().join("docs")).expect("docs/ is readable");
    let mut found: Vec<_> = docs.map(|entry| entry.expect("an entry has a name").path()).collect();
    found.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    found.push(root().join("README.md"));
    found.sort();
    found
}

/// A fresh folder with a copy of the examples, where a script may write what it likes.
fn scratch() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("documents");
    // A folder left by an earlier run must not lend this one its files.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("examples")).expect("the scratch folder can be made");
    for example in fs::read_dir(root().join("examples")).expect("examples/ is readable") {
        let example = example.expect("an entry has a name");
        fs::copy(example.path(), folder.join("examples").join(example.file_name()))
            .expect("an example is copied");
    }
    folder
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
