//! Files and rooms of every crate: no circle anywhere, and rooms import only those below them.
#![allow(clippy::disallowed_methods, reason = "this test reads the checkout")]

use std::fs;
use std::path::{Path, PathBuf};

use daybook_architecture::{File, Graph, files, imports};

#[test]
#[ignore = "circles are being opened"]
fn no_files_import_each_other_in_a_circle() {
    let found: Vec<String> =
        crates().iter().flat_map(|name| circles(name, |file| file.name.clone())).collect();
    assert!(found.is_empty(), "files that import each other in a circle:\n{}", found.join("\n"));
}

#[test]
#[ignore = "circles are being opened"]
fn no_rooms_import_each_other_in_a_circle() {
    let found: Vec<String> = crates().iter().flat_map(|name| circles(name, room)).collect();
    assert!(found.is_empty(), "rooms that import each other in a circle:\n{}", found.join("\n"));
}

#[test]
fn a_circle_is_seen() {
    let file = |name: &str, module: &[&str], text: &str| File {
        name: name.to_string(),
        module: module.iter().map(ToString::to_string).collect(),
        text: text.to_string(),
    };
    let files = [
        file("a.rs", &["a"], "use crate::Three; fn f() {}"),
        file(
            "b.rs",
            &["b"],
            "pub struct Two; fn f() { crate::a::f() }\n#[cfg(test)]\nmod tests { use crate::c; }",
        ),
        file("c.rs", &["c"], "use super::b::Two; pub struct Three(Two);"),
        file("lib.rs", &[], "mod a; mod b; mod c; pub use c::Three;"),
    ];
    let numbers: Vec<Vec<usize>> =
        imports(&files).into_iter().map(|found| found.into_iter().collect()).collect();
    assert_eq!(numbers, [vec![2], vec![0], vec![1], vec![]]);
}

/// The circles among the files of a crate, each file known by what `named` makes of it.
fn circles(name: &str, named: impl Fn(&File) -> String) -> Vec<String> {
    let graph = graph(name, named);
    graph.circles().into_iter().map(|circle| format!("{name}: {}", circle.join(" "))).collect()
}

fn graph(name: &str, named: impl Fn(&File) -> String) -> Graph {
    let files = files(&root().join("crates").join(name).join("src")).expect("the sources are readable");
    let mut graph = Graph::default();
    for (file, imported) in files.iter().zip(imports(&files)) {
        imported.into_iter().for_each(|other| graph.add(&named(file), &named(&files[other])));
    }
    graph
}

/// The folder of `src` in which a file stands, or the file itself.
fn room(file: &File) -> String {
    file.name.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_string()
}

fn crates() -> Vec<String> {
    let entries = fs::read_dir(root().join("crates")).expect("crates/ is readable");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("it has a name").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
