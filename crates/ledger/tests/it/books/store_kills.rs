//! A process that files reports is killed again and again; the book stays whole and keeps all that was reported as done.
#![allow(clippy::disallowed_methods, reason = "this test starts and kills processes")]

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::support::{at_both, fresh_file};
use daybook_ledger::{Access, Database, FiledAccount, Filing, Identity, Place, accounts, file, report};
use daybook_record::{
    Account, Certainty, Confidence, Kind, Participation, Party, PartyKind, Reading, Readout, Report, Role,
    Sourced, Span, Status,
};

const BOOK: &str = "DAYBOOK_TEST_KILLED_BOOK";
const FIRST: &str = "DAYBOOK_TEST_FIRST_REPORT";

/// How many reports are filed at once.
const BATCH: usize = 3;

#[test]
fn a_killed_process_loses_nothing_that_it_reported_as_done() {
    at_both(|place| {
        drop(Database::open(place, Access::Create).expect("a book is made"));
        let mut moment = 7_u64;
        let mut done = 0;
        for _ in 0..20 {
            moment = moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let reported = killed_after(place, done, Duration::from_millis(5 + (moment >> 33) % 120));
            done = check_whole(place, reported.unwrap_or(done));
        }
        assert!(done > 20 * BATCH, "only {done} reports were filed: nothing was tried");
    });
}

#[test]
fn a_full_disk_loses_nothing_that_was_reported_as_done() {
    let place = Place::File(fresh_file());
    let mut book = Database::open(&place, Access::Create).expect("a book is made");
    // SQLite is told that no more pages can be had, which is what it finds out from a full disk.
    book.query("PRAGMA max_page_count = 300", &[]).expect("it is limited");
    let mut done = 0;
    let error = loop {
        match file(&mut book, &(done..done + BATCH).map(filing).collect::<Vec<_>>()) {
            Ok(_) => done += BATCH,
            Err(error) => break error,
        }
    };
    assert!(error.is_full(), "{error}");
    assert_eq!(check_whole(&place, done), done);
    book.query("PRAGMA max_page_count = 3000", &[]).expect("there is room again");
    file(&mut book, &(done..done + BATCH).map(filing).collect::<Vec<_>>()).expect("it goes on");
    assert_eq!(check_whole(&place, done), done + BATCH);
}

/// Lets a process file reports from a number on, kills it after a while, and gives the first number that it did not
/// report as done; `None` where it reported nothing.
fn killed_after(place: &Place, first: usize, time: Duration) -> Option<usize> {
    let address = match place {
        Place::File(path) => path.display().to_string(),
        Place::Server(uri) => uri.clone(),
    };
    let mut child = Command::new(std::env::current_exe().expect("this test has a file"))
        .args(["--exact", "books::store_kills::files_until_it_is_killed", "--ignored", "--nocapture"])
        .env(BOOK, address)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let lines = BufReader::new(child.stdout.take().expect("it is a pipe")).lines();
    let mut numbers = lines.filter_map(|line| line.ok()?.strip_prefix("done to ")?.parse().ok());
    let start = numbers.next();
    std::thread::sleep(time);
    child.kill().expect("it is killed");
    child.wait().expect("it has ended");
    numbers.last().or(start)
}

#[test]
#[ignore = "the other test starts this in a process of its own, and kills it"]
fn files_until_it_is_killed() {
    let place = Place::parse(&std::env::var(BOOK).expect("the book is named"));
    let first: usize = std::env::var(FIRST).expect("a number is given").parse().expect("it is a number");
    let mut book = Database::open(&place, Access::Existing).expect("it is opened");
    for first in (first..).step_by(BATCH) {
        let filings: Vec<Filing> = (first..first + BATCH).map(filing).collect();
        file(&mut book, &filings).expect("it is filed");
        writeln!(std::io::stdout(), "\ndone to {}", first + BATCH).expect("it is told");
    }
}

/// Checks that the book is sound and has each report wholly, at least those below `reported`; gives how many it has.
fn check_whole(place: &Place, reported: usize) -> usize {
    let mut book = Database::open(place, Access::Existing).expect("it is opened");
    if let Place::File(_) = place {
        let told = book.query("PRAGMA integrity_check", &[]).expect("it is checked");
        assert_eq!(told[0].text(0).ok(), Some("ok"));
    }
    let count = |book: &mut Database, table: &str| {
        let rows = book.query(&format!("SELECT count(*) FROM {table}"), &[]).expect("it is counted");
        rows[0].size(0).expect("a number")
    };
    let found = count(&mut book, "reports");
    assert!(found >= reported, "{reported} reports were done, {found} are there");
    assert_eq!(found % BATCH, 0, "reports filed at once are there at once");
    assert_eq!(count(&mut book, "account_parties"), found);
    for number in found.saturating_sub(4 * BATCH)..found {
        let filing = filing(number);
        assert_eq!(report(&mut book, &filing.id).expect("it is read"), Some(filing.report));
        let filed = accounts(&mut book, &[filing.accounts[0].id.clone()]).expect("they are read");
        assert_eq!(filed[0].account, filing.reading.accounts[0]);
        let sql = format!("SELECT count(*) FROM reports r WHERE {}", book.saying("r", "?1"));
        let rows = book.query(&sql, &[Database::sought(&format!("number{number}"))]).expect("it is sought");
        assert_eq!(rows[0].size(0).ok(), Some(1));
    }
    found
}

/// A report with one account, different for each number.
fn filing(number: usize) -> Filing {
    let span = Span::text(0, 5);
    let party = Party {
        name: Some("Orlov".into()),
        office: None,
        country: Some("RUS".into()),
        kind: PartyKind::Person,
        wikidata: None,
    };
    let account = Account {
        kind: Sourced::stated(Kind::Call, span),
        parties: vec![Participation {
            party,
            role: Role::Initiator,
            evidence: daybook_record::Evidence::stated(span),
        }],
        present: vec![],
        date: None,
        time: None,
        duration: None,
        status: Sourced::stated(Status::Held, span),
        certainty: Sourced::stated(Certainty::Certain, span),
        according_to: vec![],
        place: None,
        topics: vec![Sourced::stated(format!("topic {number}"), span)],
        readout: Readout::default(),
        first_or_last: None,
        aggregate: false,
        count: None,
        domestic: false,
        confidence: Confidence::FULL,
        evidence: vec![span],
        rules: vec![],
        explanation: None,
    };
    let text = format!("Orlov rang Kaya, call number{number}. {}", "They spoke of grain. ".repeat(50));
    Filing {
        id: format!("{number:08}"),
        report: Report { id: format!("report {number}"), text, ..Report::default() },
        address: None,
        side: None,
        agency: None,
        wording: String::new(),
        reading: Reading { accounts: vec![account], ..Reading::default() },
        accounts: vec![FiledAccount {
            id: format!("{number:08}-0"),
            parties: vec![Identity { who: "orlov".into(), side: Some("RUS".into()) }],
            ..FiledAccount::default()
        }],
        statements: vec![],
    }
}
