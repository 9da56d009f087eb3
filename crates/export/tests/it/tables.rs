//! The tables in `data/` held against the gazetteer, whose codes they must all know.
#![allow(clippy::disallowed_methods, reason = "this test reads tables from the checkout")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn first_cells(table: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(table);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().skip(1).filter_map(|line| line.split(',').next()).map(str::to_string).collect()
}

#[test]
fn followthemoney_knows_every_state() {
    let missing = &first_cells("gazetteer/states.csv") - &first_cells("crates/export/data/ftm_countries.csv");
    assert!(missing.is_empty(), "crates/export/data/ftm_countries.csv lacks {missing:?}");
}

#[test]
fn plover_knows_every_body() {
    let states = first_cells("gazetteer/states.csv");
    let known = &first_cells("crates/export/data/plover_entities.csv") | &states;
    let missing = &first_cells("gazetteer/bodies.csv") - &known;
    assert!(missing.is_empty(), "crates/export/data/plover_entities.csv lacks {missing:?}");
}
