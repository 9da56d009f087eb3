//! `daybook add` is killed again and again; the book stays whole, and in the end it is as if nothing had happened.
#![allow(clippy::disallowed_methods, reason = "these tests run the program on files, and kill it")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use daybook::{Access, Book, Gazetteer, Trust};

/// How often the program is killed.
const KILLS: usize = 50;

/// All that a book holds.
const TABLES: [&str; 12] = [
    "SELECT id, arrived, name, url, title, text, published, publisher, side, agency, wording, superseded_by
        FROM reports ORDER BY id",
    "SELECT * FROM accounts ORDER BY id",
    "SELECT * FROM account_parties ORDER BY account, present, position",
    "SELECT * FROM account_sources ORDER BY account, field, position",
    "SELECT * FROM account_pairs ORDER BY pair, account",
    "SELECT * FROM statements ORDER BY report, number",
    "SELECT * FROM statement_speakers ORDER BY report, statement, relayed, position",
    "SELECT * FROM statement_sources ORDER BY report, statement, field, position",
    "SELECT * FROM entries ORDER BY id",
    "SELECT * FROM entry_parties ORDER BY party, day, entry",
    "SELECT * FROM entry_pairs ORDER BY pair, day, entry",
    "SELECT * FROM joins ORDER BY account, other",
];

/// The same with ids in the place of numbers, which tell the order of arrival.
const TABLES_BY_ID: [&str; 11] = [
    "SELECT a.id, r.id, a.number, a.kind, a.status, a.certainty, a.date, a.first_day, a.last_day, a.time, a.zone,
        a.duration, a.duration_approximate, a.place, a.place_side, a.first_or_last, a.aggregate, a.count, a.domestic,
        a.words, a.rules, a.confidence, e.id FROM accounts a JOIN reports r ON r.arrived = a.report
        LEFT JOIN entries e ON e.account = a.entry ORDER BY a.id",
    "SELECT a.id, t.present, t.position, t.name, t.office, t.country, t.type, t.wikidata, t.role, t.identity, t.side
        FROM account_parties t LEFT JOIN accounts a ON a.arrived = t.account ORDER BY 1, 2, 3",
    "SELECT a.id, t.field, t.position, t.value, t.spans, t.inferred
        FROM account_sources t LEFT JOIN accounts a ON a.arrived = t.account ORDER BY 1, 2, 3",
    "SELECT t.pair, a.id, t.first_day, t.last_day
        FROM account_pairs t LEFT JOIN accounts a ON a.arrived = t.account ORDER BY 1, 2",
    "SELECT r.id, t.number, t.content, t.spans, t.cue, t.source, t.quotes, t.act, t.polarity, t.addressee, t.place,
        t.date, t.within FROM statements t LEFT JOIN reports r ON r.arrived = t.report ORDER BY 1, 2",
    "SELECT r.id, t.statement, t.relayed, t.position, t.name, t.office, t.country, t.type, t.wikidata, t.identity, t.side
        FROM statement_speakers t LEFT JOIN reports r ON r.arrived = t.report ORDER BY 1, 2, 3, 4",
    "SELECT r.id, t.statement, t.field, t.position, t.value, t.spans, t.inferred
        FROM statement_sources t LEFT JOIN reports r ON r.arrived = t.report ORDER BY 1, 2, 3, 4",
    "SELECT id, kind, status, certainty, date, first_day, last_day, day, time, duration, place, parties, topics,
        disputed, sides, standing, sources, accounts, aggregate, domestic, withdrawn, confidence FROM entries ORDER BY id",
    "SELECT t.party, t.day, e.id FROM entry_parties t LEFT JOIN entries e ON e.account = t.entry ORDER BY 1, 2, 3",
    "SELECT t.pair, t.day, e.id FROM entry_pairs t LEFT JOIN entries e ON e.account = t.entry ORDER BY 1, 2, 3",
    "SELECT e.id, a.id, b.id, t.why FROM joins t LEFT JOIN entries e ON e.account = t.entry
        LEFT JOIN accounts a ON a.arrived = t.account LEFT JOIN accounts b ON b.arrived = t.other ORDER BY 2, 3",
];

#[test]
fn a_program_that_is_killed_loses_nothing_and_ends_where_it_would_have() {
    let folder = scratch("kills");
    let sources = sources(&folder, 2000);
    let whole = folder.join("whole.db");
    let start = Instant::now();
    assert!(finish(add(&whole, &sources, 2)).0, "the program ends well");
    let wanted = tables(&whole, &TABLES);
    assert_eq!(wanted[0].len(), 2000);
    kill_again_and_again(&folder, &sources, start.elapsed(), &wanted);
}

/// Kills runs over the whole of the time that one takes, beginning with a new book where one was finished.
fn kill_again_and_again(folder: &Path, sources: &[PathBuf], time: Duration, wanted: &[Vec<String>]) {
    let mut chance = 11_u64;
    let (mut kills, mut round, mut had) = (0, 0, BTreeSet::new());
    while kills < KILLS {
        let book = folder.join(format!("killed-{round}.db"));
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = f64::from(u32::try_from(chance >> 33).expect("31 bits")) / f64::from(1_u32 << 31);
        let mut child = add(&book, sources, 2);
        std::thread::sleep(time.mul_f64(share * 6.0 / KILLS as f64));
        child.kill().expect("it is killed");
        let (ended, told) = finish(child);
        let has = check_whole(&book);
        assert!(has.is_superset(&had) && has.len() >= had.len() + told, "{told} of {} were told", has.len());
        had = has;
        if ended {
            assert!(tables(&book, &TABLES) == wanted, "the book differs from one that nobody killed");
            (round, had) = (round + 1, BTreeSet::new());
        } else {
            kills += 1;
        }
    }
    let book = folder.join(format!("killed-{round}.db"));
    assert!(finish(add(&book, sources, 2)).0, "the program ends well");
    assert_same(&tables(&book, &TABLES), wanted);
}

#[test]
fn neither_the_order_of_sources_nor_the_number_of_threads_matters() {
    let folder = scratch("orders");
    let mut sources = sources(&folder, 400);
    let (one, other) = (folder.join("one.db"), folder.join("other.db"));
    assert!(finish(add(&one, &sources, 1)).0);
    sources.reverse();
    assert!(finish(add(&other, &sources, 4)).0);
    assert_same(&tables(&one, &TABLES_BY_ID), &tables(&other, &TABLES_BY_ID));
}

fn assert_same(one: &[Vec<String>], other: &[Vec<String>]) {
    for (one, other) in one.iter().zip(other) {
        assert_eq!(one.iter().zip(other).find(|(a, b)| a != b), None);
        assert_eq!(one.len(), other.len());
    }
}

fn add(book: &Path, sources: &[PathBuf], threads: usize) -> Child {
    Command::new(env!("CARGO_BIN_EXE_daybook"))
        .args(["add", "--threads", &threads.to_string(), "--book"])
        .arg(book)
        .args(sources)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program")
}

/// Whether a run has ended by itself, and how many reports it has told to be added.
fn finish(mut child: Child) -> (bool, usize) {
    let mut messages = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut messages).expect("UTF-8");
    let status = child.wait().expect("an end");
    assert!(status.code().is_none_or(|code| code == 0), "{messages}");
    let told = messages.lines().filter_map(|line| line.strip_prefix("daybook: note: ")?.split(' ').next());
    (status.success(), told.filter_map(|number| number.parse().ok()).next_back().unwrap_or(0))
}

/// Checks that the book is sound, and that each of its reports is there with all that was read in it, settled; gives
/// the reports' ids.
fn check_whole(book: &Path) -> BTreeSet<String> {
    if !book.exists() {
        return BTreeSet::new();
    }
    let [soundness, ids, unsettled, empty] = rows(
        book,
        [
            "PRAGMA integrity_check",
            "SELECT id FROM reports",
            "SELECT a.id FROM accounts a LEFT JOIN entries e ON e.account = a.entry WHERE e.id IS NULL",
            // Each of our reports tells of a contact.
            "SELECT id FROM reports WHERE arrived NOT IN (SELECT report FROM accounts)",
        ],
    );
    assert_eq!(soundness, ["[Text(\"ok\")]"]);
    assert_eq!((unsettled, empty), (vec![], vec![]));
    ids.into_iter().collect()
}

fn tables(book: &Path, questions: &[&str]) -> Vec<Vec<String>> {
    questions.iter().flat_map(|question| rows(book, [question])).collect()
}

fn rows<const N: usize>(book: &Path, questions: [&str; N]) -> [Vec<String>; N] {
    let gazetteer = Gazetteer::builtin().expect("tables");
    let place = book.display().to_string();
    // A process that was killed early may have left a file without tables, which opening for writing mends.
    let mut book = Book::open(&place, Access::Create, gazetteer, Trust::default()).expect("a book");
    questions.map(|sql| {
        let rows = book.database().query(sql, &[]).expect("it is read");
        rows.iter().map(|row| format!("{:?}", row.values())).collect()
    })
}

/// Reports as JSON Lines, as the same in gzip, and as a folder of texts.
fn sources(folder: &Path, count: usize) -> Vec<PathBuf> {
    let lines = folder.join("reports.jsonl");
    let packed = folder.join("reports.jsonl.gz");
    let texts = folder.join("texts");
    let json = |from: usize, to: usize| (from..to).map(|n| report(n).to_string() + "\n").collect::<String>();
    std::fs::write(&lines, json(0, count / 2)).expect("a file");
    let file = std::fs::File::create(&packed).expect("a file");
    let mut gzip = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    gzip.write_all(json(count / 2, count * 9 / 10).as_bytes()).expect("it is written");
    gzip.finish().expect("it is written");
    std::fs::create_dir(&texts).expect("a folder");
    for number in count * 9 / 10..count {
        std::fs::write(texts.join(format!("{number:05}.txt")), text_file(&report(number))).expect("a file");
    }
    vec![lines, packed, texts]
}

fn text_file(report: &serde_json::Value) -> String {
    let mut file = "---\n".to_string();
    for key in ["title", "published", "publisher", "url"] {
        writeln!(file, "{key}: {}", report[key].as_str().expect("a text")).expect("a string never fails");
    }
    file + "---\n" + report["text"].as_str().expect("a text")
}

/// Who was in office all through the year of which the reports tell.
const LEADERS: [(&str, &str, &str); 10] = [
    ("Russian President", "Vladimir Putin", "Moscow"),
    ("U.S. President", "Barack Obama", "Washington"),
    ("German Chancellor", "Angela Merkel", "Berlin"),
    ("French President", "François Hollande", "Paris"),
    ("British Prime Minister", "David Cameron", "London"),
    ("Italian Prime Minister", "Matteo Renzi", "Rome"),
    ("Turkish President", "Recep Tayyip Erdoğan", "Ankara"),
    ("Ukrainian President", "Petro Poroshenko", "Kyiv"),
    ("Indian Prime Minister", "Narendra Modi", "New Delhi"),
    ("Japanese Prime Minister", "Shinzo Abe", "Tokyo"),
];

/// A report: two of one contact by two publishers; of every tenth contact, the second is a later version of the first.
fn report(number: usize) -> serde_json::Value {
    let (contact, second) = (number / 2, number % 2);
    let (one, step) = (contact % 10, 1 + contact / 10 % 9);
    let [(office, name, town), (other_office, other_name, _)] = [LEADERS[one], LEADERS[(one + step) % 10]];
    let day = jiff::civil::date(2015, 1, 5)
        + jiff::Span::new().days(i64::try_from(contact * 7 % 340).expect("small"));
    let version = contact % 10 == 3;
    let published = day + jiff::Span::new().days(i64::from(version && second == 1));
    let weekday = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        [usize::try_from(day.weekday().to_monday_zero_offset()).expect("small")];
    let told = match contact % 3 {
        0 => format!("{office} {name} spoke by telephone with {other_office} {other_name} on {weekday}."),
        1 => format!("{office} {name} met {other_office} {other_name} in {town} on {weekday}."),
        _ => {
            format!("{other_office} {other_name} visited {town} on {weekday} for talks with {office} {name}.")
        }
    };
    let publisher = if version { 0 } else { second };
    let name_of_publisher = ["The Potomac Ledger", "The Neva Courier"][publisher];
    serde_json::json!({
        "id": format!("report {number}"),
        "title": format!("Contact {contact}, told {} time", ["the first", "another"][second]),
        "published": published.to_string(),
        "publisher": name_of_publisher,
        "url": format!("https://example.org/{publisher}/{contact}"),
        "text": format!("{told} {}", ["They discussed trade.", "They agreed to stay in touch."][second]),
    })
}

/// An empty folder for one test.
fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a scratch folder");
    folder
}
