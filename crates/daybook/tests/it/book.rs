//! Reports of our own in a book: what settles into one entry, what stays apart, and what entries say.
#![allow(clippy::disallowed_methods, reason = "a book is a file")]

use std::path::PathBuf;
use std::sync::OnceLock;

use daybook::{
    Access, Book, Confidence, Entry, Filter, Kind, Query, Reader, Report, Status, Trust, UnresolvedName,
};

fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| Reader::new().expect("the built-in parts are sound"))
}

/// A report in a line: day, publisher (`-` for none), text.
fn report(line: &str) -> Report {
    let mut parts = line.splitn(3, '|').map(str::trim);
    let (day, publisher, text) = (parts.next(), parts.next(), parts.next());
    let publisher = publisher.filter(|p| *p != "-").map(str::to_string);
    Report {
        id: line.to_string(),
        published: day.and_then(|day| day.parse().ok()),
        publisher,
        text: text.unwrap_or_default().to_string(),
        ..Report::default()
    }
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("book-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

fn open(name: &str, trust: &str) -> Book {
    let trust = Trust::read("trust.toml", trust).expect("trust is well written");
    let place = folder(name).join("book.db").display().to_string();
    Book::open(&place, Access::Create, reader().gazetteer().clone(), trust).expect("a book can be made")
}

fn book_with(name: &str, trust: &str, lines: &[&str]) -> Book {
    let mut book = open(name, trust);
    for line in lines {
        let report = report(line);
        let reading = reader().read(&report);
        book.add(vec![(report, reading)]).expect("reports can be added");
    }
    book
}

fn all(book: &mut Book) -> Vec<Entry> {
    book.list(&Query { earliest_first: true, ..Query::default() }).expect("the book can be read")
}

/// Each entry in a line: date, kind, status, number of accounts.
fn lines(entries: &[Entry]) -> Vec<String> {
    let line = |e: &Entry| {
        let date = e.date.as_ref().map_or("-".to_string(), |d| d.value.to_string());
        format!("{date} {} {} {}", e.kind.value, e.status.value, e.accounts.len())
    };
    entries.iter().map(line).collect()
}

fn check(name: &str, reports: &[&str], expected: &[&str]) -> Vec<Entry> {
    let entries = all(&mut book_with(name, "", reports));
    assert_eq!(lines(&entries), expected, "{name}");
    entries
}

const WASHINGTON: &str = "2014-03-01 | White House | President Obama spoke for 90 minutes this afternoon with President Putin of Russia about the situation in Ukraine.";
const MOSCOW: &str = "2014-03-02 | Kremlin | On the night of March 2, Vladimir Putin had a telephone conversation with US President Barack Obama.";

#[test]
fn a_midnight_between_two_capitals_parts_no_call() {
    let entries = check("midnight", &[WASHINGTON, MOSCOW], &["2014-03-01 call held 2"]);
    let sides: Vec<&str> = entries[0].readouts.iter().map(|r| r.side.as_str()).collect();
    assert_eq!(sides, ["RUS", "USA"]);
    assert_eq!(entries[0].credibility.standing.to_string(), "both_sides");
    assert_eq!(entries[0].joined.len(), 1);
}

#[test]
fn calls_of_one_side_on_two_days_are_two() {
    check(
        "days",
        &[
            "2014-03-01 | White House | President Obama spoke by phone with Chancellor Merkel today.",
            "2014-03-02 | White House | President Obama spoke by phone with Chancellor Merkel today.",
        ],
        &["2014-03-01 call held 1", "2014-03-02 call held 1"],
    );
}

#[test]
fn two_contacts_of_a_pair_on_one_day_stay_two() {
    check(
        "twice",
        &[
            "2015-02-06 | - | Angela Merkel phoned Barack Obama on Friday morning. French President Francois Hollande met Merkel in Moscow on Friday.",
            "2015-02-06 | - | Angela Merkel met Francois Hollande in Moscow on Friday.",
            "2015-02-06 | - | On Friday Angela Merkel wrote a letter to Francois Hollande.",
        ],
        &["2015-02-06 call held 1", "2015-02-06 meeting held 2", "2015-02-06 letter held 1"],
    );
}

#[test]
fn a_plan_is_the_same_contact_as_what_came_of_it() {
    let reports = [
        "2019-05-02 | - | British Prime Minister Theresa May will visit Berlin on May 9 for talks with Chancellor Angela Merkel.",
        "2019-05-09 | - | British Prime Minister Theresa May visited Berlin on Thursday and held talks with Chancellor Angela Merkel.",
    ];
    let entries = check("plan", &reports, &["2019-05-09 visit held 2"]);
    let steps: Vec<String> = entries[0]
        .history
        .iter()
        .map(|s| format!("{} {}", s.known.map_or("-".into(), |d| d.to_string()), s.status))
        .collect();
    assert_eq!(steps, ["2019-05-02 scheduled", "2019-05-09 held"]);
}

#[test]
fn what_was_known_by_a_day_is_told_of_that_day() {
    let mut book = book_with(
        "as-of",
        "",
        &[
            "2019-05-02 | - | British Prime Minister Theresa May will visit Berlin on May 9 for talks with Chancellor Angela Merkel.",
            "2019-05-09 | - | British Prime Minister Theresa May visited Berlin on Thursday and held talks with Chancellor Angela Merkel.",
        ],
    );
    let mut known = |day: &str| {
        let query = Query { as_of: Some(day.parse().expect("a day")), ..Query::default() };
        lines(&book.list(&query).expect("the book can be read"))
    };
    assert_eq!(known("2019-05-01"), Vec::<String>::new());
    assert_eq!(known("2019-05-03"), ["2019-05-09 visit scheduled 1"]);
    assert_eq!(known("2019-05-09"), ["2019-05-09 visit held 2"]);
}

#[test]
fn a_later_version_of_a_report_replaces_what_the_first_said() {
    let mut book = open("versions", "");
    for (day, text) in [
        ("2019-05-09", "Theresa May phoned Angela Merkel on Thursday for 20 minutes."),
        ("2019-05-10", "Theresa May phoned Angela Merkel on Thursday for 40 minutes."),
    ] {
        let url = Some("https://paper.example/a".to_string());
        let report = Report { url, published: day.parse().ok(), text: text.into(), ..Report::default() };
        let reading = reader().read(&report);
        book.add(vec![(report, reading)]).expect("reports can be added");
    }
    let entries = all(&mut book);
    assert_eq!(entries.len(), 1);
    let duration = entries[0].duration.as_ref().expect("a duration is told");
    assert_eq!((duration.value.iso.as_str(), duration.disputed), ("PT40M", false));
    assert_eq!(entries[0].credibility.sources, 1);
    assert_eq!(book.size().expect("the book can be read").reports, 2);
}

#[test]
fn versions_stand_beside_each_other_and_trust_decides_between_them() {
    let reports = [
        "2019-05-10 | The Daily Example | Theresa May phoned Angela Merkel on Thursday for 20 minutes.",
        "2019-05-10 | The Example Post | Theresa May spoke with Angela Merkel by phone on Thursday for 40 minutes about fishing.",
    ];
    let duration = |trust: &str, name: &str| {
        let entries = all(&mut book_with(name, trust, &reports));
        let told = entries[0].duration.clone().expect("a duration is told");
        (told.value.iso, told.others.len(), told.disputed)
    };
    let weigh = |publisher: &str| format!("[weights]\n\"{publisher}\" = 3\n");
    assert_eq!(duration(&weigh("The Daily Example"), "trust-a"), ("PT20M".into(), 1, true));
    assert_eq!(duration(&weigh("The Example Post"), "trust-b"), ("PT40M".into(), 1, true));
}

#[test]
fn one_agency_s_copy_counts_once() {
    let entries = check(
        "agency",
        &[
            "2019-05-10 | The Daily Example | BERLIN (Reuters) - Theresa May phoned Angela Merkel on Thursday.",
            "2019-05-10 | The Example Post | BERLIN (Reuters) - Theresa May phoned Angela Merkel on Thursday.",
            "2019-05-10 | The Example Herald | Theresa May talked to Angela Merkel by telephone on Thursday.",
        ],
        &["2019-05-09 call held 3"],
    );
    assert_eq!(entries[0].credibility.sources, 2);
    assert_eq!(entries[0].credibility.standing.to_string(), "several");
}

#[test]
fn what_a_person_decides_holds_and_can_be_taken_back() {
    let mut book = book_with("decide", "", &[WASHINGTON, MOSCOW]);
    let entry = all(&mut book).remove(0);
    let away = vec![entry.accounts[1].id.clone()];
    let number = book.split(&entry.id, &away, Some("A. Reader"), Some("two calls")).expect("it can be split");
    assert_eq!(all(&mut book).len(), 2);
    book.settle_anew().expect("it can be settled anew");
    assert_eq!(all(&mut book).len(), 2);
    book.undo(number, None, None).expect("it can be undone");
    assert_eq!(all(&mut book), std::slice::from_ref(&entry));
    assert!(book.undo(number, None, None).expect_err("once is enough").is_usage());
    let number = book.split(&entry.id, &away, None, None).expect("it can be split again");
    let two = all(&mut book);
    let merged = book.merge(&two[0].id, &two[1].id, None, None).expect("it can be merged");
    assert_eq!(all(&mut book).len(), 1);
    book.undo(merged, None, None).expect("it can be undone");
    assert_eq!(all(&mut book).len(), 2);
    book.undo(number, None, None).expect("it can be undone");
    assert_eq!(all(&mut book), [entry]);
}

#[test]
fn names_are_understood_as_in_a_text() {
    let mut book = book_with("names", "", &[WASHINGTON, MOSCOW]);
    for (name, party) in [
        ("Obama", "Q76"),
        ("President Putin", "Q7747"),
        ("the Kremlin", "RUS"),
        ("Russia", "RUS"),
        ("USA", "USA"),
    ] {
        let found = book.candidates(name, None).expect("the book can be read");
        assert_eq!(found.iter().map(|c| c.party.as_str()).collect::<Vec<_>>(), [party], "{name}");
    }
    assert!(book.candidates("Nobody Known", None).expect("the book can be read").is_empty());
    let bush = book.candidates("Bush", None).expect("the book can be read");
    assert!(bush.len() > 1, "{bush:?}");
}

#[test]
fn a_name_that_means_nobody_or_several_is_refused_with_candidates() {
    let mut book = book_with("unresolved", "", &[WASHINGTON, MOSCOW]);
    assert_eq!(book.party("Obama", None).expect("one bears the name"), "Q76");
    let refused = |book: &mut Book, name: &str| {
        let error = book.party(name, None).expect_err("the name means no one party");
        assert!(error.is_usage());
        error.unresolved_name().expect("a name is what is wrong").clone()
    };
    let UnresolvedName::Unknown { nearest, .. } = refused(&mut book, "Barak Obamma") else {
        panic!("nobody is called so")
    };
    assert_eq!(nearest.iter().map(|c| c.party.as_str()).collect::<Vec<_>>(), ["Q76"]);
    let UnresolvedName::Unknown { nearest, .. } = refused(&mut book, "Nobody Known") else {
        panic!("nobody is called so")
    };
    assert_eq!(nearest, []);
    let UnresolvedName::Ambiguous { candidates, .. } = refused(&mut book, "Bush") else {
        panic!("several bear the name")
    };
    assert!(candidates.iter().any(|c| c.name == "George W. Bush"), "{candidates:?}");
}

#[test]
fn every_condition_of_a_filter_narrows() {
    let mut book = book_with("filter", "", &[WASHINGTON, MOSCOW]);
    let count = |book: &mut Book, filter: Filter| {
        let query = book.query(&filter).expect("its names are known");
        book.list(&query).expect("the book can be read").len()
    };
    let none = Filter::default;
    let day = |text: &str| text.parse().ok();
    assert_eq!(count(&mut book, none()), 1);
    let kept = [
        Filter { names: vec!["Obama".into(), "the Kremlin".into()], ..none() },
        Filter { kinds: vec![Kind::Meeting, Kind::Call], ..none() },
        Filter { statuses: vec![Status::Held], ..none() },
        Filter { side: Some("Russia".into()), ..none() },
        // The two tell of two days.
        Filter { disputed: true, ..none() },
        Filter { min_confidence: Some(Confidence::of(0.0)), ..none() },
        Filter { withdrawn: true, earliest_first: true, limit: Some(5), ..none() },
    ];
    for filter in kept {
        assert_eq!(count(&mut book, filter.clone()), 1, "{filter:?}");
    }
    let dropped = [
        Filter { names: vec!["Obama".into(), "Germany".into()], ..none() },
        Filter { kinds: vec![Kind::Letter], ..none() },
        Filter { statuses: vec![Status::Cancelled], ..none() },
        Filter { since: day("2030-01-01"), ..none() },
        Filter { until: day("1990-01-01"), ..none() },
        Filter { as_of: day("1990-01-01"), ..none() },
        Filter { place: Some("Atlantis".into()), ..none() },
        Filter { topic: Some("zoology".into()), ..none() },
        Filter { text: Some("zoology".into()), ..none() },
        Filter { side: Some("Germany".into()), ..none() },
        Filter { limit: Some(0), ..none() },
    ];
    for filter in dropped {
        assert_eq!(count(&mut book, filter.clone()), 0, "{filter:?}");
    }
    let all = book.query(&none()).and_then(|query| book.list(&query)).expect("the book can be read");
    let disputed = all.iter().filter(|entry| !entry.disputed().is_empty()).count();
    assert_eq!(count(&mut book, Filter { disputed: true, ..none() }), disputed);
}

#[test]
fn the_two_sides_are_laid_beside_each_other() {
    let mut book = book_with(
        "compare",
        "",
        &[
            "2021-08-23 | German government | Chancellor Angela Merkel spoke by telephone with President Vladimir Putin today. They discussed the evacuation of civilians from Kabul. The Chancellor demanded the release of Alexei Navalny.",
            "2021-08-23 | Kremlin | Vladimir Putin had a telephone conversation with Federal Chancellor Angela Merkel. The evacuation of civilians from Kabul was considered. It was agreed to continue contacts.",
        ],
    );
    let entry = all(&mut book).remove(0);
    let comparison = book.compare(&entry).expect("the book can be read");
    let said = |agreement: &str| -> Vec<bool> {
        let of = comparison
            .points
            .iter()
            .filter(|p| serde_json::to_value(p.agreement).expect("JSON") == agreement);
        of.map(|p| p.words.iter().flatten().any(|w| w.contains("Kabul"))).collect()
    };
    assert_eq!(said("both"), [true]);
    assert!(said("one_only").iter().all(|kabul| !kabul));
    assert!(comparison.points.iter().any(|p| p.words[0].iter().any(|w| w.contains("Navalny"))));
}

#[test]
fn every_way_to_ask_gives_what_looking_at_all_gives() {
    let mut book = book_with(
        "ask",
        "",
        &[
            WASHINGTON,
            MOSCOW,
            "2019-05-09 | - | Theresa May visited Berlin on Thursday and held talks with Angela Merkel.",
            "2019-05-10 | - | Barack Obama wrote to Angela Merkel on Thursday.",
        ],
    );
    let far = "2031-01-01".parse().ok();
    for query in [
        Query::default(),
        Query { parties: vec!["Q567".into()], ..Query::default() },
        Query { parties: vec!["RUS".into(), "USA".into()], ..Query::default() },
        Query { parties: vec!["Q7747".into(), "Q76".into(), "USA".into()], ..Query::default() },
        Query { kinds: vec![daybook::Kind::Call, daybook::Kind::Visit], ..Query::default() },
        Query { since: "2019-01-01".parse().ok(), ..Query::default() },
        Query { until: "2019-01-01".parse().ok(), limit: Some(1), ..Query::default() },
        Query { side: Some("RUS".into()), ..Query::default() },
        Query { text: Some("telephone conversation".into()), ..Query::default() },
        Query { place: Some("berlin".into()), ..Query::default() },
        Query { disputed: true, ..Query::default() },
        Query { earliest_first: true, limit: Some(2), ..Query::default() },
    ] {
        let now = book.list(&query).expect("the book can be read");
        let then = book.list(&Query { as_of: far, ..query.clone() }).expect("the book can be read");
        assert_eq!(now, then, "{query:?}");
    }
}
