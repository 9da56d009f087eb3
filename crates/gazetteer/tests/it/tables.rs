//! The tables agree with themselves: codes exist, terms do not overlap, every row tells its source.

#![expect(clippy::disallowed_methods, reason = "the tables are checked as the files that they are")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use daybook_gazetteer::{Entry, Gazetteer, Holding, Person, Rank, StateKind};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../gazetteer")
}

/// Every table of the folder and of `holders/`: its name and its rows as maps from column to cell.
fn tables() -> Vec<(String, Vec<BTreeMap<String, String>>)> {
    let mut tables = Vec::new();
    for folder in [folder(), folder().join("holders")] {
        for file in fs::read_dir(folder).expect("the tables are there") {
            let path = file.expect("a folder lists its files").path();
            if path.extension().is_some_and(|e| e == "csv") {
                let mut reader = csv::Reader::from_path(&path).expect("a table can be read");
                let rows =
                    reader.deserialize().map(|row| row.expect("a row has the cells of its header")).collect();
                tables.push((path.display().to_string(), rows));
            }
        }
    }
    assert!(tables.len() > 10, "the tables were not found");
    tables
}

#[test]
fn every_row_has_a_source_that_is_explained() {
    let explained = fs::read_to_string(folder().join("SOURCES.md")).expect("SOURCES.md is there");
    let without_source = ["spellings.csv", "honorifics.csv"];
    for (name, rows) in tables() {
        if without_source.iter().any(|table| name.ends_with(table)) {
            continue;
        }
        for row in rows {
            let key = row.get("source").cloned().unwrap_or_default();
            assert!(
                !key.is_empty() && explained.contains(&format!("| `{key}` |")),
                "{name}: no source in {row:?}"
            );
        }
    }
}

#[test]
fn every_holder_has_a_known_office_country_and_seat() {
    let gazetteer = Gazetteer::builtin().expect("the tables load");
    let offices: BTreeSet<&str> = gazetteer.offices().map(|office| office.id()).collect();
    for (name, rows) in tables().into_iter().filter(|(name, _)| name.contains("holders")) {
        for row in rows {
            assert!(offices.contains(row["office"].as_str()), "{name}: unknown office in {row:?}");
            let code = row["country"].as_str();
            assert!(
                gazetteer.state(code).is_some() || gazetteer.body(code).is_some(),
                "{name}: unknown country in {row:?}"
            );
            assert!(["one", "many"].contains(&row["seat"].as_str()), "{name}: unknown seat in {row:?}");
            assert!(!row["from"].is_empty(), "{name}: no beginning in {row:?}");
        }
    }
}

#[test]
fn a_seat_for_one_has_one_holder_at_a_time() {
    let gazetteer = Gazetteer::builtin().expect("the tables load");
    let mut seats: BTreeMap<(&str, &str), Vec<(&Holding, &Person)>> = BTreeMap::new();
    for person in gazetteer.persons() {
        for term in person.holdings().iter().filter(|term| !term.is_shared()) {
            seats.entry((term.country().unwrap_or(""), term.office().id())).or_default().push((term, person));
        }
    }
    let mut wrong = Vec::new();
    for (seat, mut terms) in seats {
        terms.sort_by_key(|(term, _)| (term.from(), term.to().is_none(), term.to()));
        for pair in terms.windows(2) {
            let ((earlier, who), (later, next)) = (pair[0], pair[1]);
            if earlier.to().is_none() || earlier.to() > later.from() {
                wrong.push(format!("{seat:?}: {} {earlier:?} and {} {later:?}", who.name(), next.name()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} overlaps:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_leading_office_of_a_state_is_an_office() {
    let gazetteer = Gazetteer::builtin().expect("the tables load");
    for (_, rows) in tables().into_iter().filter(|(name, _)| name.ends_with("states.csv")) {
        for row in rows {
            for part in row["leader"].split(';').filter(|part| !part.is_empty()) {
                let id = part.split('@').next().unwrap_or(part);
                assert!(gazetteer.offices().any(|office| office.id() == id), "unknown office in {row:?}");
            }
        }
    }
}

#[test]
fn a_name_of_a_state_names_no_other() {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    // Both Congos are "Congo" to their neighbours, and "Congolese", "Dominican" and "Guinean" belong to two states each.
    let meant = ["congolese", "dominican", "dominicans"];
    for (_, rows) in tables().into_iter().filter(|(name, _)| name.ends_with("states.csv")) {
        for row in rows {
            let cells = [&row["name"], &row["official"], &row["aliases"], &row["demonyms"]];
            for name in cells.into_iter().flat_map(|cell| cell.split(';')).filter(|name| !name.is_empty()) {
                let name = name.to_lowercase();
                if let Some(other) = names.insert(name.clone(), row["code"].clone()) {
                    assert!(
                        other == row["code"] || meant.contains(&name.as_str()),
                        "{name}: {other} and {}",
                        row["code"]
                    );
                }
            }
        }
    }
}

#[test]
fn every_member_of_the_united_nations_has_a_leader() {
    let gazetteer = Gazetteer::builtin().expect("the tables load");
    let top = |term: &Holding| matches!(term.office().rank(), Rank::HeadOfState | Rank::HeadOfGovernment);
    let led: BTreeSet<&str> = gazetteer
        .persons()
        .iter()
        .flat_map(Person::holdings)
        .filter(|term| top(term))
        .filter_map(Holding::country)
        .collect();
    let members: Vec<&str> =
        gazetteer.states().iter().filter(|s| s.kind() == StateKind::Member).map(|s| s.code()).collect();
    assert_eq!(members.len(), 193);
    let without: Vec<&&str> = members.iter().filter(|code| !led.contains(**code)).collect();
    assert!(without.is_empty(), "no head of state or government: {without:?}");
}

#[test]
fn a_name_of_several_words_names_one() {
    let gazetteer = Gazetteer::builtin().expect("the tables load");
    // These bore one name or title; the date tells who is meant.
    let meant = ["George Bush", "King Abdullah", "Amina Mohamed", "Amina J. Mohammed"];
    let mut wrong = Vec::new();
    for (_, rows) in tables() {
        for row in rows {
            let cells =
                ["person", "name", "aliases", "names"].into_iter().filter_map(|column| row.get(column));
            for name in cells.flat_map(|cell| cell.split(';')).filter(|name| name.contains(' ')) {
                let words: Vec<&str> = name.split(' ').collect();
                let mut whole: Vec<_> =
                    gazetteer.at(&words).into_iter().filter(|h| h.words == words.len()).collect();
                whole.dedup();
                if whole.len() > 1 && !meant.contains(&name) {
                    wrong.push(format!(
                        "{name}: {:?}",
                        whole.iter().map(|hit| told(hit.entry)).collect::<Vec<_>>()
                    ));
                }
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn told(entry: Entry<'_>) -> String {
    match entry {
        Entry::State(state) | Entry::Capital(state) | Entry::Demonym(state) => state.code().to_owned(),
        Entry::Body(body) => body.name().to_owned(),
        Entry::Metonym(metonym) => metonym.name().to_owned(),
        Entry::Institution(institution) => institution.name().to_owned(),
        Entry::Office(office) => office.id().to_owned(),
        Entry::Person(person) => person.name().to_owned(),
    }
}
