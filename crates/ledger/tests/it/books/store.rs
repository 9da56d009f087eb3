//! The database under the book: opening, refusing, writing, asking, on SQLite and on PostgreSQL.
#![allow(clippy::disallowed_methods, reason = "these tests write files")]

use std::fs;
use std::time::Duration;

use crate::support::{at_both, fresh_file, fresh_schema, on_both, run_on_server};
use daybook_ledger::{Access, Column, Database, Error, Holds, Place, Value};

const LIMIT: Duration = Duration::from_secs(5);

fn text(text: &str) -> Value {
    Value::from(text)
}

fn refusal(place: &Place, access: Access) -> Error {
    Database::open(place, access).expect_err("it is refused")
}

fn add_feed(book: &mut Database, url: &str, etag: Option<&str>) -> Result<u64, Error> {
    let sql = "INSERT INTO feeds (url, etag, failures, not_before) VALUES (?1, ?2, ?3, ?3)";
    book.execute(sql, &[text(url), Value::from(etag), Value::Integer(0)])
}

fn feeds(book: &mut Database) -> Vec<String> {
    let rows = book.query("SELECT url FROM feeds ORDER BY url", &[]).expect("feeds are listed");
    rows.iter().map(|row| row.text(0).expect("a url").to_string()).collect()
}

#[test]
fn what_was_written_is_there_when_the_book_is_opened_again() {
    at_both(|place| {
        let mut book = Database::open(place, Access::Create).expect("a book is made");
        add_feed(&mut book, "a", Some("x")).expect("a feed is added");
        drop(book);
        for access in [Access::Create, Access::Existing, Access::ReadOnly] {
            let mut book = Database::open(place, access).expect("it is opened again");
            assert_eq!(feeds(&mut book), ["a"]);
        }
    });
}

#[test]
fn a_missing_book_is_made_only_if_that_was_asked_for() {
    at_both(|place| {
        for access in [Access::Existing, Access::ReadOnly] {
            let error = refusal(place, access);
            assert!(error.is_missing(), "{error}");
            assert!(error.to_string().starts_with(&place.to_string()), "{error}");
        }
    });
}

#[test]
fn a_foreign_file_is_refused_and_left_as_it_is() {
    let other = fresh_file();
    let sqlite = rusqlite::Connection::open(&other).expect("a file is made");
    sqlite.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE accounts (id)").expect("a table is made");
    drop(sqlite);
    let prose = fresh_file();
    fs::write(&prose, "Lavrov phoned Fidan. ".repeat(100)).expect("a file is written");
    for file in [other, prose] {
        let before = fs::read(&file).expect("it can be read");
        for access in [Access::Create, Access::Existing, Access::ReadOnly] {
            let error = refusal(&Place::File(file.clone()), access);
            assert!(error.is_foreign(), "{error}");
        }
        assert!(before == fs::read(&file).expect("it can be read"), "{} was changed", file.display());
    }
}

#[test]
fn a_foreign_schema_is_refused() {
    for table in ["accounts", "daybook_book"] {
        let uri = fresh_schema();
        run_on_server(&uri, &format!("CREATE TABLE {table} (number INTEGER)"));
        let error = refusal(&Place::Server(uri), Access::Create);
        assert!(error.is_foreign(), "{error}");
    }
}

#[test]
fn tables_of_others_may_stand_beside_a_book_on_a_server() {
    let uri = fresh_schema();
    run_on_server(&uri, "CREATE TABLE wishes (number INTEGER)");
    Database::open(&Place::Server(uri), Access::Create).expect("they have other names");
}

#[test]
fn a_newer_book_is_refused_and_an_older_one_brought_up_to_date() {
    let set = |place: &Place, version: i64| match place {
        Place::File(path) => {
            let sqlite = rusqlite::Connection::open(path).expect("it is a file");
            sqlite.pragma_update(None, "user_version", version).expect("a version can be set");
        }
        Place::Server(uri) => run_on_server(uri, &format!("UPDATE daybook_book SET version = {version}")),
    };
    at_both(|place| {
        Database::open(place, Access::Create).expect("a book is made");
        set(place, 99);
        for access in [Access::Create, Access::ReadOnly] {
            let error = refusal(place, access);
            assert!(error.is_newer(), "{error}");
        }
        set(place, 0);
        assert!(refusal(place, Access::ReadOnly).is_older());
    });
}

#[test]
fn a_server_that_is_not_there_or_wants_encryption_is_told() {
    let check = |uri: &str, part: &str| {
        let error = refusal(&Place::parse(uri), Access::Create);
        assert!(error.is_unreachable() && error.to_string().contains(part), "{error}");
        assert!(!error.to_string().contains("secret"), "{error}");
    };
    check("postgres:///x?host=/nowhere&user=me&password=secret", "no connection");
    check("postgres://me:secret@localhost/x?sslmode=require", "sslmode=require");
    check("postgres://me:secret@localhost/x?host=", "no connection");
}

#[test]
fn work_that_fails_leaves_nothing_behind() {
    on_both(|book| {
        let done = book.transaction(|book| {
            add_feed(book, "a", None)?;
            book.transaction(|book| add_feed(book, "b", None))?;
            add_feed(book, "a", None)
        });
        assert!(done.is_err());
        assert!(feeds(book).is_empty());
        book.transaction(|book| add_feed(book, "c", None)).expect("the book goes on");
        assert_eq!(feeds(book), ["c"]);
    });
}

#[test]
fn values_come_back_as_they_went_in() {
    let odd = ["", " ", "\\N", "\\.", "a\tb\nc\rd\\e", "'\"?1$1", "é漢🕊", "x".repeat(100_000).leak()];
    on_both(|book| {
        let rows = odd.iter().map(|url| vec![text(url), Value::Null, Value::Integer(i64::MIN), 7_i64.into()]);
        let columns = ["url", "etag", "failures", "not_before"];
        book.transaction(|book| book.insert_many("feeds", &columns, rows)).expect("rows are written");
        for url in odd {
            let sql = "SELECT url, etag, failures, not_before, '?1' FROM feeds WHERE url = ?1";
            let found = book.query(sql, &[text(url)]).expect("it is found");
            assert_eq!(found.len(), 1, "{url:?}");
            assert_eq!(found[0].text(0).ok(), Some(url));
            assert_eq!(found[0].optional_text(1).ok(), Some(None));
            assert_eq!((found[0].integer(2).ok(), found[0].size(3).ok()), (Some(i64::MIN), Some(7)));
            assert_eq!(found[0].text(4).ok(), Some("?1"));
            assert!(found[0].text(1).is_err_and(|error| error.is_damaged()));
        }
    });
}

#[test]
fn text_is_sorted_by_its_bytes() {
    on_both(|book| {
        for url in ["b", "é", "Z", "a b", "ab", "_"] {
            add_feed(book, url, None).expect("a feed is added");
        }
        assert_eq!(feeds(book), ["Z", "_", "a b", "ab", "b", "é"]);
    });
}

#[test]
fn many_values_are_asked_for_at_once() {
    on_both(|book| {
        let names: Vec<Value> = (0..1500).map(|i| Value::Text(format!("{i:04}"))).collect();
        let rows = names.iter().map(|name| vec![name.clone(), 0_i64.into(), 0_i64.into()]);
        book.insert_many("feeds", &["url", "failures", "not_before"], rows).expect("rows are written");
        for count in [0, 1, 7, 64, 513, 1500] {
            let mut found = Vec::new();
            let sql = "SELECT url FROM feeds WHERE url IN (?*) ORDER BY url";
            book.each_of(sql, &names[..count], |row| {
                found.push(row.values()[0].clone());
                Ok(())
            })
            .expect("it is answered");
            assert_eq!(found, names[..count]);
        }
    });
}

#[test]
fn users_questions_are_answered_in_text() {
    on_both(|book| {
        add_feed(book, "a", Some("x")).expect("a feed is added");
        add_feed(book, "b", None).expect("a feed is added");
        let book = &mut Database::open(book.place(), Access::ReadOnly).expect("it is opened for reading");
        let mut rows = Vec::new();
        let columns = book
            .select("SELECT url, etag, failures FROM feeds ORDER BY url;", LIMIT, |_, row| {
                rows.push(row.iter().map(|v| v.clone().unwrap_or("-".into())).collect::<Vec<_>>().join(" "));
                Ok(())
            })
            .expect("it is answered");
        let column = |name: &str, holds| Column { name: name.to_string(), holds };
        let texts = [column("url", Holds::Text), column("etag", Holds::Text)];
        assert_eq!(columns[..2], texts);
        assert_eq!(columns[2..], [column("failures", Holds::Whole)]);
        assert_eq!(rows, ["a x 0", "b - 0"]);
        let none = book.select("SELECT url FROM feeds WHERE url = 'z'", LIMIT, |_, _| Ok(()));
        assert_eq!(none.expect("it is answered"), [column("url", Holds::Text)]);
        let mean = book.select("SELECT avg(failures) AS mean FROM feeds", LIMIT, |_, _| Ok(()));
        assert_eq!(mean.expect("it is answered"), [column("mean", Holds::Number)]);
        let mut many = 0;
        let sql =
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) SELECT i FROM n";
        book.select(sql, LIMIT, |_, _| {
            many += 1;
            Ok(())
        })
        .expect("it is answered");
        assert_eq!(many, 2500);
    });
}

#[test]
fn users_questions_can_not_write() {
    on_both(|book| {
        add_feed(book, "a", None).expect("a feed is added");
        for access in [Access::Create, Access::ReadOnly] {
            let mut book = Database::open(book.place(), access).expect("it is opened");
            for sql in [
                "DELETE FROM feeds",
                "DROP TABLE feeds",
                "SELECT 1; DELETE FROM feeds",
                "SELECT 1; COMMIT; DELETE FROM feeds",
                "VACUUM INTO 'copy.db'",
                "WITH gone AS (DELETE FROM feeds RETURNING url) SELECT * FROM gone",
                "SELECT nothing FROM feeds",
                "SELEC",
                "",
            ] {
                let done = book.select(sql, LIMIT, |_, _| Ok(()));
                assert!(done.as_ref().is_err_and(Error::is_refused), "{sql}: {done:?}");
            }
            assert_eq!(feeds(&mut book), ["a"]);
        }
        let mut reader = Database::open(book.place(), Access::ReadOnly).expect("it is opened");
        assert!(add_feed(&mut reader, "b", None).is_err());
    });
}

#[test]
fn users_questions_end_in_time() {
    on_both(|book| {
        let sql = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
        let error = book.select(sql, Duration::from_millis(100), |_, _| Ok(())).expect_err("it never ends");
        assert!(error.is_too_slow(), "{error}");
        assert!(feeds(book).is_empty());
    });
}

#[test]
fn one_writes_at_a_time_and_all_may_read() {
    on_both(|book| {
        let mut other = Database::open(book.place(), Access::Existing).expect("it is opened");
        let mut reader = Database::open(book.place(), Access::ReadOnly).expect("it is opened");
        match book.place() {
            Place::File(_) => other.query("PRAGMA busy_timeout = 50", &[]).map(|_| ()),
            Place::Server(_) => other.execute("SET lock_timeout = 50", &[]).map(|_| ()),
        }
        .expect("patience can be set");
        book.transaction(|book| {
            add_feed(book, "a", None)?;
            assert!(feeds(&mut reader).is_empty());
            let error = other.transaction(|book| add_feed(book, "b", None)).expect_err("it is busy");
            assert!(error.is_busy(), "{error}");
            Ok(())
        })
        .expect("the first writes on");
        other.transaction(|book| add_feed(book, "b", None)).expect("it is free again");
        assert_eq!(feeds(&mut reader), ["a", "b"]);
    });
}

#[test]
fn a_reader_sees_one_moment() {
    on_both(|book| {
        let mut reader = Database::open(book.place(), Access::ReadOnly).expect("it is opened");
        reader
            .transaction(|reader| {
                assert!(feeds(reader).is_empty());
                add_feed(book, "a", None)?;
                assert!(feeds(reader).is_empty());
                Ok(())
            })
            .expect("it is read");
        assert_eq!(feeds(&mut reader), ["a"]);
    });
}

#[test]
fn reports_are_found_by_their_words() {
    let reports = [
        ("1", Some("Leaders discuss grain"), "The ministers met in Ankara."),
        ("2", None, "They discussed the delivery of grain at a meeting of ministers."),
        ("3", Some("Weather"), "It rained in Ankara\u{0}."),
    ];
    on_both(|book| {
        for (id, title, body) in reports {
            let sql = "INSERT INTO reports (id, arrived, name, title, text, wording) VALUES (?1, ?2, ?1, ?3, ?4, '')";
            let arrived = Value::Integer(id.parse().expect("a number"));
            book.execute(sql, &[text(id), arrived, Value::from(title), text(body)]).expect("it is added");
        }
        let mut check = |words: &str, ids: &[&str]| {
            let sql = format!("SELECT r.id FROM reports r WHERE {} ORDER BY r.id", book.saying("r", "?1"));
            let rows = book.query(&sql, &[Database::sought(words)]).expect("it is searched");
            let found: Vec<_> = rows.iter().map(|row| row.text(0).expect("an id")).collect();
            assert_eq!(found, ids, "{words}");
        };
        check("grain", &["1", "2"]);
        check("discuss minister", &["1", "2"]);
        check("\"delivery of grain\"", &["2"]);
        check("ANKARA -rained", &["3"]);
        check("Ankara NEAR( *", &[]);
        check("", &[]);
    });
}

#[test]
fn all_text_of_a_server_is_compared_by_its_bytes() {
    let place = Place::Server(fresh_schema());
    let mut book = Database::open(&place, Access::Create).expect("a book is made");
    let sql = "SELECT table_name || '.' || column_name FROM information_schema.columns
        WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'
        AND table_name NOT IN ('account_values', 'contacts')";
    assert_eq!(book.query(sql, &[]).expect("it is answered"), []);
}
