//! Files and rooms of every crate: no circle anywhere, and rooms import only those below them.
#![allow(clippy::disallowed_methods, reason = "this test reads the checkout")]

use std::fs;
use std::path::{Path, PathBuf};

use daybook_architecture::{File, Graph, files, imports};

#[test]
fn no_files_import_each_other_in_a_circle() {
    let found: Vec<String> =
        crates().iter().flat_map(|name| circles(name, |file| file.name.clone())).collect();
    assert!(found.is_empty(), "files that import each other in a circle:\n{}", found.join("\n"));
}

#[test]
fn no_rooms_import_each_other_in_a_circle() {
    let found: Vec<String> = crates().iter().flat_map(|name| circles(name, room)).collect();
    assert!(found.is_empty(), "rooms that import each other in a circle:\n{}", found.join("\n"));
}

#[test]
fn rooms_import_only_those_below_them() {
    for (name, rooms) in listed() {
        let graph = graph(&name, room);
        let place = |room: &str| rooms.iter().position(|listed| listed == room);
        for from in &rooms {
            let upwards: Vec<&str> =
                graph.of(from).filter(|to| place(to) < place(from) && place(to).is_some()).collect();
            assert!(
                upwards.is_empty(),
                "{name}: `{from}` imports {upwards:?}, which ARCHITECTURE.md lists above it"
            );
        }
    }
}

#[test]
fn every_folder_of_a_crate_is_a_listed_room() {
    let listed = listed();
    for name in crates() {
        let known = listed.iter().find(|(of, _)| *of == name).map_or(&[][..], |(_, rooms)| rooms);
        let folders = fs::read_dir(root().join("crates").join(&name).join("src")).expect("src is readable");
        let folders = folders.map(|entry| entry.expect("it has a name").path()).filter(|path| path.is_dir());
        for folder in folders.filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())) {
            assert!(known.contains(&folder), "ARCHITECTURE.md lists no room `{folder}` of `{name}`");
        }
    }
}

#[test]
fn every_listed_room_exists() {
    for (name, rooms) in listed() {
        let src = root().join("crates").join(&name).join("src");
        for room in rooms {
            let exists = src.join(&room).is_dir() || src.join(format!("{room}.rs")).is_file();
            assert!(exists, "ARCHITECTURE.md lists a room `{room}` of `{name}` that is not there");
        }
    }
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

/// The crates whose rooms ARCHITECTURE.md lists ("### `name`"), each with its rooms (the words in bold of its list), from the top.
fn listed() -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is readable");
    let rooms = text.split("\n## Rooms\n").nth(1).expect("ARCHITECTURE.md has a section on rooms");
    let of_crate = |section: &str| {
        let name = section.split('`').next().unwrap_or_default().to_string();
        let lines = section.lines().filter(|line| line.starts_with("- **`"));
        let bold =
            lines.flat_map(|line| line.split("**`").skip(1).filter_map(|word| word.split("`**").next()));
        (name, bold.map(str::to_string).collect())
    };
    rooms.split("\n### `").skip(1).map(of_crate).collect()
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
