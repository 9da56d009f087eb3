//! ARCHITECTURE.md and DESIGN.md held against the code: who depends on whom, and which crates know no diplomacy.
#![allow(clippy::disallowed_methods, reason = "this test reads the checkout and asks Cargo about it")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Folders of `crates/` by name, each with those that it depends on.
type Edges = BTreeMap<String, BTreeSet<String>>;

#[test]
fn every_crate_has_a_row_and_every_row_a_crate() {
    let rows: BTreeSet<_> = table().into_iter().map(|(name, _)| name).collect();
    let crates: BTreeSet<_> = edges().into_keys().collect();
    assert_eq!(rows, crates, "left: rows of the table in ARCHITECTURE.md; right: folders of crates/");
}

#[test]
fn a_crate_depends_on_nothing_but_what_its_row_allows() {
    let allowed: Edges = table().into_iter().collect();
    for (name, found) in edges() {
        let extra: Vec<_> = found.difference(&allowed[&name]).collect();
        assert!(
            extra.is_empty(),
            "crates/{name} depends on {extra:?}, which its row in ARCHITECTURE.md forbids"
        );
    }
}

#[test]
fn the_rows_follow_the_way_of_the_data() {
    let mut above = BTreeSet::new();
    for (name, allowed) in table() {
        let later: Vec<_> = allowed.difference(&above).collect();
        assert!(later.is_empty(), "{name} may depend on {later:?}, which stands below it or nowhere");
        above.insert(name);
    }
}

#[test]
fn every_dependency_has_its_reason_in_design_md() {
    let text = fs::read_to_string(root().join("DESIGN.md")).expect("DESIGN.md is readable");
    let section = text.split("\n## Dependencies\n").nth(1).expect("DESIGN.md has a section on dependencies");
    let reasons: BTreeSet<_> =
        section.lines().filter_map(|line| line.strip_prefix("| ")).flat_map(named).collect();
    assert_eq!(reasons, foreign(), "left: rows of the table in DESIGN.md; right: what the manifests name");
}

#[test]
fn language_and_grammar_hold_no_word_of_diplomacy() {
    for folder in ["language", "grammar"] {
        for file in files_below(&root().join("crates").join(folder).join("src")) {
            let text = fs::read_to_string(&file).unwrap_or_default();
            let found = words_of_diplomacy(&text);
            assert!(
                found.is_empty(),
                "{}: {found:?}; such words belong in rules/ or gazetteer/",
                file.display()
            );
        }
    }
}

#[test]
fn words_of_diplomacy_are_found_in_code_and_not_in_comments_or_tests() {
    let check = |text: &str, found: &[&str]| assert_eq!(words_of_diplomacy(text), found, "{text:?}");
    check("let title = \"Prime Minister\";", &["minister"]);
    check("Embassies\nsummits", &["embass", "summit"]);
    check("//! Knows no diplomacy.\nlet word = \"administer\"; // the president", &[]);
    check("fn f() {}\n#[cfg(test)]\nmod tests { const TEXT: &str = \"a treaty\"; }", &[]);
}

/// The words in the text's code, comments and unit tests left out, that begin like a word of diplomacy.
fn words_of_diplomacy(text: &str) -> Vec<&'static str> {
    const STEMS: &str =
        "ambassador bilateral chancellor diploma embass kremlin minister president summit treaty";
    let code = text.split("#[cfg(test)]").next().unwrap_or_default().to_lowercase();
    let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
    let words: Vec<_> = lines.flat_map(|line| line.split(|c: char| !c.is_alphabetic())).collect();
    STEMS.split(' ').filter(|stem| words.iter().any(|word| word.starts_with(stem))).collect()
}

/// The table of ARCHITECTURE.md in its order: rows of the form "| `name` | … | `a` `b` |".
fn table() -> Vec<(String, BTreeSet<String>)> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is readable");
    let below_head = text.lines().skip_while(|line| !line.ends_with("| may depend on |")).skip(2);
    below_head.map_while(row).collect()
}

fn row(line: &str) -> Option<(String, BTreeSet<String>)> {
    let cells: Vec<_> = line.strip_prefix("| `")?.strip_suffix(" |")?.split(" | ").collect();
    let name = cells.first()?.trim_end_matches('`').to_string();
    Some((name, named(cells.last()?).into_iter().collect()))
}

/// The names that a row's first cell gives in backticks.
fn named(row: &str) -> Vec<String> {
    let cell = row.split(" | ").next().unwrap_or_default();
    cell.split('`').skip(1).step_by(2).map(str::to_string).collect()
}

/// All crates of others that a manifest of ours names, those of tests and build scripts too.
fn foreign() -> BTreeSet<String> {
    let metadata = cargo_metadata();
    let packages = metadata["packages"].as_array().expect("cargo metadata lists packages");
    let dependencies = packages.iter().filter_map(|package| package["dependencies"].as_array()).flatten();
    let foreign = dependencies.filter(|dependency| dependency["path"].is_null());
    foreign.filter_map(|dependency| Some(dependency["name"].as_str()?.to_string())).collect()
}

/// What the manifests say; dependencies of tests alone are left out.
fn edges() -> Edges {
    let metadata = cargo_metadata();
    let packages = metadata["packages"].as_array().expect("cargo metadata lists packages");
    let folder = |name: &str| packages.iter().find(|p| p["name"] == name).map(folder_of);
    let built = |dependency: &&Value| dependency["kind"] != "dev";
    let of = |package: &Value| {
        let all =
            package["dependencies"].as_array().expect("a package lists dependencies").iter().filter(built);
        all.filter_map(|d| folder(d["name"].as_str()?)).collect()
    };
    packages.iter().map(|package| (folder_of(package), of(package))).collect()
}

fn folder_of(package: &Value) -> String {
    let manifest = Path::new(package["manifest_path"].as_str().unwrap_or_default());
    let folder = manifest.parent().and_then(Path::file_name).unwrap_or_default();
    folder.to_string_lossy().into_owned()
}

fn cargo_metadata() -> Value {
    let arguments = ["metadata", "--no-deps", "--offline", "--format-version", "1"];
    let output =
        Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().expect("cargo runs");
    serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON")
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).expect("the folder is readable").map(|entry| entry.expect("it has a name"));
    let mut found: Vec<_> = entries
        .flat_map(|entry| if entry.path().is_dir() { files_below(&entry.path()) } else { vec![entry.path()] })
        .collect();
    found.sort();
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
