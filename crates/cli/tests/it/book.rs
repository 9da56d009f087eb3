//! The commands that work on a book, run as a user runs them.
#![allow(clippy::disallowed_methods, reason = "this test runs the program on files of its own")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("book-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

fn daybook(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_daybook"));
    command.current_dir(folder).args(arguments).env("DAYBOOK_BOOK", "book.db").env("COLUMNS", "100");
    command.output().expect("the program runs")
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder with a book of the two sides' example.
fn with_book(name: &str) -> PathBuf {
    let folder = folder(name);
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/two-sides.jsonl");
    std::fs::copy(example, folder.join("reports.jsonl")).expect("the example is there");
    let added = daybook(&folder, &["add", "reports.jsonl"]);
    assert!(added.status.success(), "{}", said(&added));
    folder
}

#[test]
fn adding_twice_adds_nothing() {
    let folder = with_book("twice");
    let dump = || daybook(&folder, &["export", "jsonl"]).stdout;
    let before = dump();
    let again = daybook(&folder, &["add", "."]);
    assert!(
        printed(&again).starts_with("0 reports added with 0 accounts, 6 known already, 0 failed"),
        "{}",
        printed(&again)
    );
    assert_eq!(dump(), before);
    assert!(!before.is_empty());
}

#[test]
fn what_seems_to_tell_of_no_contact_is_passed_over_if_wanted() {
    let folder = folder("screen");
    let contact = "Chancellor Angela Merkel phoned President Vladimir Putin on Friday.";
    std::fs::write(folder.join("a.txt"), contact).expect("a file can be written");
    std::fs::write(folder.join("b.txt"), "The river rose on Friday.").expect("a file can be written");
    let added = daybook(&folder, &["add", "--screen", "."]);
    let expected = "1 reports added with 1 accounts, 0 known already, 1 passed over, 0 failed";
    assert!(printed(&added).starts_with(expected), "{}", printed(&added));
    let read = daybook(&folder, &["read", "--screen", "--format", "jsonl", "a.txt", "b.txt"]);
    assert_eq!(printed(&read).lines().count(), 1);
    assert!(said(&read).contains("1 report passed over"), "{}", said(&read));
    let whole = daybook(&folder, &["read", "--format", "jsonl", "a.txt"]);
    assert_eq!(printed(&read), printed(&whole), "what is of concern is read as it is without a look");
}

/// The confidence of each entry, or of each contact of each record, that the program prints as JSON Lines.
fn confidences(folder: &Path, arguments: &[&str]) -> Vec<f64> {
    let lines = printed(&daybook(folder, arguments));
    let values = lines.lines().flat_map(|line| {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        value["contacts"].as_array().cloned().unwrap_or_else(|| vec![value])
    });
    values.map(|value| value["confidence"].as_f64().expect("a number")).collect()
}

#[test]
fn contacts_of_less_than_a_confidence_are_left_out() {
    let folder = with_book("confidence");
    for command in ["read --format jsonl reports.jsonl", "list --format jsonl", "export jsonl"] {
        let arguments: Vec<&str> = command.split(' ').collect();
        let mut wanted = confidences(&folder, &arguments);
        let least = wanted.iter().copied().fold(0.0, f64::max);
        wanted.retain(|confidence| *confidence >= least);
        let flag = format!("--min-confidence={least}");
        let narrowed = [&arguments[..], &[&flag]].concat();
        assert_eq!(confidences(&folder, &narrowed), wanted, "{command}");
        if arguments[0] == "read" {
            let added = printed(&daybook(&folder, &["add", "--book", "sure.db", &flag, "reports.jsonl"]));
            let expected = format!(" with {} accounts, 0 known already", wanted.len());
            assert!(added.contains(&expected), "{added}");
        }
    }
    for command in ["read", "add", "watch", "list", "export", "stats"] {
        let refused = daybook(&folder, &[command, "--min-confidence", "1.5"]);
        assert_eq!(refused.status.code(), Some(2), "{command}");
        assert!(said(&refused).contains("is not a number between 0 and 1"), "{}", said(&refused));
    }
}

#[test]
fn a_dry_run_says_what_would_be_added_and_adds_nothing() {
    let folder = folder("dry");
    std::fs::write(folder.join("a.txt"), "Lavrov phoned Fidan on Friday.").expect("a file can be written");
    let dry = daybook(&folder, &["add", "--dry-run", "."]);
    assert!(printed(&dry).contains("1 reports would be added"), "{}", printed(&dry));
    assert!(!folder.join("book.db").exists());
}

#[test]
fn what_can_not_be_read_is_named_and_the_rest_added() {
    let folder = folder("hostile");
    let put =
        |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).expect("a file can be written");
    put("1-good.txt", b"---\npublished: 2023-09-01\n---\nSergey Lavrov phoned Hakan Fidan on Friday.");
    put("2-bytes.txt", b"caf\xe9");
    put("3-empty.txt", b"");
    put("4-table.csv", b"title,published,url\nA call,2023-09-01,https://a.example\n");
    put("5-cut.gz", &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2]);
    put(
        "6-archive.warc",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999\r\n\r\nHTTP/1.1 200 OK\r\n",
    );
    put("7-deep.html", format!("<html><body>{}deep", "<div>".repeat(100_000)).as_bytes());
    put(
        "8-good.jsonl",
        b"{\"text\": \"Lavrov met Fidan in Ankara on Monday.\", \"published\": \"2023-09-05\"}\nnot json\n",
    );
    let added = daybook(&folder, &["add", ".", "no-such-file.txt"]);
    assert_eq!(added.status.code(), Some(1));
    for name in [
        "2-bytes.txt",
        "3-empty.txt",
        "4-table.csv",
        "5-cut.gz",
        "6-archive.warc",
        "8-good.jsonl:2",
        "no-such-file.txt",
    ] {
        assert!(said(&added).contains(name), "{name} is not named in\n{}", said(&added));
    }
    let listed = printed(&daybook(&folder, &["list"]));
    assert!(listed.contains("2023-09-01") && listed.contains("2023-09-04"), "{listed}");
}

#[test]
fn a_file_that_is_no_book_is_refused_and_left_alone() {
    let folder = folder("foreign");
    std::fs::write(folder.join("book.db"), "my notes").expect("a file can be written");
    std::fs::write(folder.join("a.txt"), "Lavrov phoned Fidan.").expect("a file can be written");
    for arguments in [vec!["add", "a.txt"], vec!["list"], vec!["sql", "SELECT 1"]] {
        let refused = daybook(&folder, &arguments);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(said(&refused).contains("book.db"), "{}", said(&refused));
    }
    assert_eq!(std::fs::read(folder.join("book.db")).expect("it is there"), b"my notes");
}

#[test]
fn asking_where_there_is_no_book_says_how_to_make_one() {
    let folder = folder("missing");
    let asked = daybook(&folder, &["last", "Merkel", "Putin"]);
    assert_eq!(asked.status.code(), Some(2));
    assert!(said(&asked).contains("daybook add"), "{}", said(&asked));
    assert!(!folder.join("book.db").exists());
}

#[test]
fn the_last_contact_comes_with_both_readouts_and_where_they_differ() {
    let folder = with_book("last");
    let last = printed(&daybook(&folder, &["last", "Merkel", "the Kremlin", "--before", "2021-12-31"]));
    for words in [
        "2021-08-23",
        "readout  DEU 2021-08-23",
        "readout  RUS 2021-08-24",
        "Told differently",
        "Told by both",
        "Navalny",
    ] {
        assert!(last.contains(words), "{words} is not in\n{last}");
    }
    let before = daybook(&folder, &["last", "Merkel", "Putin", "--before", "2021-08-01"]);
    assert_eq!(before.status.code(), Some(1));
}

#[test]
fn sql_only_reads() {
    let folder = with_book("sql");
    let answer = daybook(&folder, &["sql", "--format", "csv", "SELECT count(*) AS reports FROM reports"]);
    assert_eq!(printed(&answer), "reports\n6\n");
    for statement in ["DELETE FROM reports", "UPDATE entries SET kind = 'x'", "DROP TABLE reports", "SELEC 1"]
    {
        assert_eq!(daybook(&folder, &["sql", statement]).status.code(), Some(2), "{statement}");
    }
    let answer =
        daybook(&folder, &["sql", "--format", "jsonl", "SELECT count(*) AS n, NULL AS empty FROM reports"]);
    assert_eq!(printed(&answer), "{\"empty\":null,\"n\":\"6\"}\n");
}

#[test]
fn a_name_of_several_is_asked_back() {
    let folder = folder("names");
    let mut file = std::fs::File::create(folder.join("a.jsonl")).expect("a file can be made");
    for (day, text) in [
        ("1991-03-01", "President George H. W. Bush phoned President Mikhail Gorbachev on Friday."),
        ("2003-03-01", "President George W. Bush phoned President Vladimir Putin on Friday."),
    ] {
        writeln!(file, "{{\"published\": \"{day}\", \"text\": \"{text}\"}}").expect("it can be written");
    }
    assert!(daybook(&folder, &["add", "a.jsonl"]).status.success());
    let asked = daybook(&folder, &["list", "--with", "Bush"]);
    assert_eq!(asked.status.code(), Some(2));
    assert!(said(&asked).contains("Q207") && said(&asked).contains("Q23505"), "{}", said(&asked));
    let told = printed(&daybook(&folder, &["list", "--with", "Q207"]));
    assert!(told.contains("2003") && !told.contains("1991"), "{told}");
    let then = printed(&daybook(&folder, &["list", "--with", "Bush", "--until", "1992-01-01"]));
    assert!(then.contains("1991"), "{then}");
}

#[test]
fn every_format_is_written() {
    let folder = with_book("export");
    for (format, words) in [
        ("jsonl", "\"standing\":\"both_sides\""),
        ("csv", "Angela Merkel"),
        ("ical", "BEGIN:VEVENT"),
        ("plover", "CONSULT"),
        ("ftm", "\"schema\""),
        ("graphml", "<graphml"),
    ] {
        let written = printed(&daybook(&folder, &["export", format]));
        assert!(written.contains(words), "{format}: {words} is not in\n{written}");
    }
    assert!(daybook(&folder, &["export", "parquet", "--output", "a.parquet"]).status.success());
    assert!(std::fs::read(folder.join("a.parquet")).expect("it is there").starts_with(b"PAR1"));
    // What a table holds is read back as reports are: the columns are known.
    assert!(!folder.join("a.part").exists());
}
