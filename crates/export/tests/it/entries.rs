//! Each format's output for entries that exercise every field, held against what it should be. After a change that is
//! meant, `UPDATE_EXPECT=1 cargo test -p daybook-export --test it entries` writes the files in `golden/` anew.

use std::io;

use bytes::Bytes;
use daybook_export::{entries_csv, entries_jsonl, entries_parquet, ftm, graphml, ical, plover, schema};
use daybook_record::{ClockTime, Entry, Kind, Role, Status};
use expect_test::{ExpectFile, expect_file};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::{Value, json};

use crate::fixture;

type Writer = fn(&mut Vec<u8>, &[Entry]) -> io::Result<()>;

/// The formats that are text.
const TEXTS: [(&str, Writer); 6] = [
    ("jsonl", |out, entries| entries_jsonl::write(out, entries)),
    ("csv", |out, entries| entries_csv::write(out, entries)),
    ("ics", |out, entries| ical::write(out, entries)),
    ("plover.jsonl", |out, entries| plover::write(out, entries)),
    ("ftm.jsonl", |out, entries| ftm::write(out, entries)),
    ("graphml", |out, entries| graphml::write(out, entries)),
];

fn written(writer: Writer, entries: &[Entry]) -> Vec<u8> {
    let mut out = Vec::new();
    writer(&mut out, entries).expect("a vector takes everything");
    out
}

fn text(name: &str, entries: &[Entry]) -> String {
    let (_, writer) = TEXTS.iter().find(|(known, _)| *known == name).expect("a format");
    String::from_utf8(written(*writer, entries)).expect("UTF-8")
}

/// Line ends stand in the files as they are read: carriage returns are shown.
fn check(name: &str, expected: ExpectFile) {
    expected.assert_eq(&text(name, &fixture::all()).replace("\r\n", "␍\n"));
}

#[test]
fn every_format_writes_what_it_should() {
    check("jsonl", expect_file!["../golden/entries.jsonl"]);
    check("csv", expect_file!["../golden/entries.csv"]);
    check("ics", expect_file!["../golden/entries.ics"]);
    check("plover.jsonl", expect_file!["../golden/entries.plover.jsonl"]);
    check("ftm.jsonl", expect_file!["../golden/entries.ftm.jsonl"]);
    check("graphml", expect_file!["../golden/entries.graphml"]);
}

/// What the schema says against the lines of JSON.
fn complaints(schema: &str, lines: &[Value]) -> Vec<String> {
    let schema: Value = serde_json::from_str(schema).expect("JSON");
    jsonschema::meta::validate(&schema).expect("a JSON Schema");
    let validator = jsonschema::validator_for(&schema).expect("a JSON Schema");
    let of = |line| validator.iter_errors(line).map(|error| format!("{}: {error}", error.instance_path()));
    lines.iter().flat_map(of).collect()
}

fn lines(name: &str) -> Vec<Value> {
    text(name, &fixture::all()).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn json_holds_to_its_schemas() {
    assert_eq!(complaints(schema::ENTRY, &lines("jsonl")), Vec::<String>::new());
    assert_eq!(complaints(schema::PLOVER, &lines("plover.jsonl")), Vec::<String>::new());
}

#[test]
fn the_schemas_refuse_what_is_amiss() {
    for (schema, name, pointer, wrong) in [
        (schema::ENTRY, "jsonl", "/kind", json!("chat")),
        (schema::ENTRY, "jsonl", "/parties/0/role", json!(null)),
        (schema::ENTRY, "jsonl", "/confidence", json!(1.5)),
        (schema::ENTRY, "jsonl", "/when/edtf", json!("yesterday")),
        (schema::ENTRY, "jsonl", "/versions/time/0", json!("17:05")),
        (schema::ENTRY, "jsonl", "/accounts", json!([])),
        (schema::ENTRY, "jsonl", "/accounts/0/report/published", json!("July")),
        (schema::ENTRY, "jsonl", "/disputed/0", json!("words")),
        (schema::PLOVER, "plover.jsonl", "/event/0", json!("MEET")),
        (schema::PLOVER, "plover.jsonl", "/mode/0", json!("meet")),
        (schema::PLOVER, "plover.jsonl", "/context", json!(["future"])),
        (schema::PLOVER, "plover.jsonl", "/actor", json!([])),
        (schema::PLOVER, "plover.jsonl", "/actor/0/sector", json!("GVT")),
        (schema::PLOVER, "plover.jsonl", "/cameo", json!("036")),
        (schema::PLOVER, "plover.jsonl", "/date", json!("2013-07")),
    ] {
        let mut spoilt = lines(name);
        *spoilt[0].pointer_mut(pointer).expect(pointer) = wrong;
        assert_ne!(complaints(schema, &spoilt[..1]), Vec::<String>::new(), "{pointer}");
    }
}

#[test]
fn parquet_holds_the_cells_of_the_csv() {
    let bytes = written(|out, entries| entries_parquet::write(out, entries), &fixture::all());
    let reader = SerializedFileReader::new(Bytes::from(bytes)).expect("Parquet");
    let rows = reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row"));
    let table = text("csv", &fixture::all());
    let mut table = csv::Reader::from_reader(table.as_bytes());
    let header = table.headers().expect("a header").clone();
    let mut cells = table.records().map(|record| record.expect("a record"));
    for row in rows {
        let record = cells.next().expect("as many rows");
        for ((number, (name, field)), cell) in row.get_column_iter().enumerate().zip(&record) {
            assert_eq!(
                (name.as_str(), as_cell(field)),
                (&header[number], cell.trim_start_matches('\'').into())
            );
        }
    }
    assert!(cells.next().is_none());
}

fn as_cell(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The events' lines that begin so.
fn calendar_lines(entry: Entry, beginning: &str) -> Vec<String> {
    let calendar = text("ics", &[entry]).replace("\r\n ", "");
    calendar.lines().filter(|line| line.starts_with(beginning)).map(str::to_string).collect()
}

#[test]
fn an_event_lies_where_the_entry_says() {
    let check = |date: &str, time: Option<(i8, i8, Option<&str>)>, expected: &[&str]| {
        let mut entry = fixture::call();
        let mut day = entry.date.clone().expect("the call has a date");
        day.value = date.parse().expect("a date");
        let with = |(hour, minute, zone): (i8, i8, Option<&str>)| {
            let mut settled = entry.time.clone().expect("the call has a time");
            settled.value = ClockTime { hour, minute, zone: zone.map(str::to_string) };
            settled
        };
        (entry.time, entry.date) = (time.map(with), Some(day));
        assert_eq!(calendar_lines(entry, "DTSTART"), expected, "{date} {time:?}");
    };
    check("2017-01-28", Some((17, 5, Some("America/New_York"))), &["DTSTART:20170128T220500Z"]);
    check("2017-07-28", Some((17, 5, Some("America/New_York"))), &["DTSTART:20170728T210500Z"]);
    check("2017-01-01", Some((3, 0, Some("Asia/Tokyo"))), &["DTSTART:20161231T180000Z"]);
    check("2017-01-28", Some((17, 5, None)), &["DTSTART:20170128T170500"]);
    check("2017-01-28", Some((17, 5, Some("Nowhere/Never"))), &["DTSTART:20170128T170500"]);
    check("2017-01-28", Some((99, -1, None)), &["DTSTART;VALUE=DATE:20170128"]);
    check("2017-01-28", None, &["DTSTART;VALUE=DATE:20170128"]);
    check("2017-01", None, &["DTSTART;VALUE=DATE:20170101"]);
    check("2017-01-28~", None, &["DTSTART;VALUE=DATE:20170128"]);
    check("2017-01-01/2017-01-31", None, &["DTSTART;VALUE=DATE:20170101"]);
    check("2017-01-01/2017-02-01", None, &[]);
    check("2017-01-31/2017-01-01", None, &[]);
    check("2017-21", None, &[]);
    check("2017", None, &[]);
    check("../2017-01-28", None, &[]);
}

#[test]
fn entries_can_be_handed_over_one_by_one() {
    for (name, writer) in TEXTS {
        let whole = written(writer, &fixture::all());
        assert_eq!(whole, written(writer, &fixture::all()), "{name}: the same entries, the same bytes");
    }
    let mut owned = Vec::new();
    entries_csv::write(&mut owned, fixture::all()).expect("a vector takes everything");
    assert_eq!(owned, text("csv", &fixture::all()).into_bytes());
}

#[test]
fn every_kind_and_status_is_coded() {
    use Kind::{Call, Gathering, Letter, Meeting, Message, Unspecified, VideoCall, Visit};
    use Status::{Cancelled, Declined, Denied, Held, NotHeld, Postponed, Proposed, Scheduled, UnderWay};
    for kind in [Call, VideoCall, Meeting, Visit, Gathering, Letter, Message, Unspecified] {
        for status in [Held, UnderWay, Scheduled, Proposed, Postponed, Cancelled, Declined, Denied, NotHeld] {
            let mut entry = fixture::call();
            (entry.kind.value, entry.status.value) = (kind, status);
            for (name, schema) in [("plover.jsonl", schema::PLOVER), ("jsonl", schema::ENTRY)] {
                let written = text(name, std::slice::from_ref(&entry));
                let lines: Vec<Value> =
                    written.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
                assert_eq!(lines.len(), 1);
                assert_eq!(complaints(schema, &lines), Vec::<String>::new(), "{kind} {status}");
            }
        }
    }
}

#[test]
fn who_acts_on_whom_follows_from_the_roles() {
    use Role::{Initiator, Participant, Recipient};
    let check = |roles: &[Role], expected: &[(&str, &str)]| {
        let mut entry = fixture::call();
        let someone = entry.parties[0].clone();
        let members = roles.iter().zip(["A", "B", "C"]).map(|(&role, name)| {
            let mut member = someone.clone();
            (member.role, member.party.name, member.identity) = (role, Some(name.into()), name.into());
            member
        });
        entry.parties = members.collect();
        let written = text("plover.jsonl", &[entry]);
        let events: Vec<Value> =
            written.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let names = |side: &Value| -> String {
            side.as_array().into_iter().flatten().filter_map(|one| one["entity_text"].as_str()).collect()
        };
        let found: Vec<_> = events.iter().map(|e| (names(&e["actor"]), names(&e["recipient"]))).collect();
        let expected: Vec<_> = expected.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
        assert_eq!(found, expected, "{roles:?}");
    };
    check(&[], &[]);
    check(&[Initiator], &[("A", "")]);
    check(&[Initiator, Recipient], &[("A", "B")]);
    check(&[Recipient, Initiator], &[("B", "A")]);
    check(&[Participant, Participant], &[("A", "B"), ("B", "A")]);
    check(&[Initiator, Initiator, Recipient], &[("A", "C"), ("B", "C")]);
    check(&[Initiator, Participant, Participant], &[("A", "B"), ("A", "C"), ("B", "C"), ("C", "B")]);
    check(&[Initiator, Initiator], &[("AB", "")]);
}
