//! Turns rows of reports into rows of accounts, and those into rows of entries, a batch at a time, for the workers of a cluster.
//!
//! What runs where stands in `crates/python/daybook/spark.py`.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema};
use daybook::{
    Brief, Confidence, DetachedAccount, DetachedReport, Entry, Features, Reading, Report, Source, Trust,
};
use daybook_export::{entries_jsonl, json};
use pyo3::prelude::*;
use serde::{Deserialize, Serialize};

use crate::errors;
use crate::reader::{Reader, least_confidence};
use crate::report::{Fields, ORDER};
use crate::table::Table;
use crate::tables::batch;

/// A report as a row of the frame, its values in the order of [`ORDER`].
type Row = [Option<String>; ORDER.len()];

/// A file of trust, by name and text.
type TrustFile = Option<(String, String)>;

/// What is wrong with a report on which reading has panicked.
const FAULT: &str = "internal error in Daybook; please report it";

/// A row of the frame of accounts; its columns are told in `spark.py`.
#[derive(Serialize, Default)]
struct AccountRow {
    report: Option<String>,
    name: Option<String>,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    url: Option<String>,
    problem: Option<String>,
    number: Option<usize>,
    id: Option<String>,
    kind: Option<String>,
    status: Option<String>,
    certainty: Option<String>,
    confidence: Option<f64>,
    date: Option<String>,
    first_day: Option<i32>,
    last_day: Option<i32>,
    pairs: Vec<String>,
    words: Option<String>,
    contact: Option<String>,
    statements: Option<String>,
    traits: Option<String>,
    account: Option<String>,
}

/// A row of the frame of entries.
#[derive(Serialize)]
struct EntryRow {
    id: String,
    day: Option<String>,
    date: Option<String>,
    kind: String,
    status: String,
    certainty: String,
    confidence: f64,
    parties: String,
    pairs: Vec<String>,
    standing: String,
    sources: usize,
    accounts: usize,
    disputed: Vec<String>,
    withdrawn: bool,
    entry: String,
}

/// The columns of [`AccountRow`].
fn account_schema() -> Schema {
    use DataType::{Date32, Float64, Int32, Utf8};
    let texts = |names: &[&str]| names.iter().map(|name| Field::new(*name, Utf8, true)).collect::<Vec<_>>();
    let mut fields = texts(&["report", "name", "title", "publisher"]);
    fields.push(Field::new("published", Date32, true));
    fields.extend(texts(&["url", "problem"]));
    fields.push(Field::new("number", Int32, true));
    fields.extend(texts(&["id", "kind", "status", "certainty"]));
    fields.extend([
        Field::new("confidence", Float64, true),
        Field::new("date", Utf8, true),
        Field::new("first_day", Date32, true),
        Field::new("last_day", Date32, true),
        list("pairs"),
    ]);
    fields.extend(texts(&["words", "contact", "statements", "traits", "account"]));
    Schema::new(fields)
}

/// The columns of [`EntryRow`].
fn entry_schema() -> Schema {
    use DataType::{Boolean, Date32, Float64, Int32, Utf8};
    let text = |name| Field::new(name, Utf8, true);
    Schema::new(vec![
        text("id"),
        Field::new("day", Date32, true),
        text("date"),
        text("kind"),
        text("status"),
        text("certainty"),
        Field::new("confidence", Float64, true),
        text("parties"),
        list("pairs"),
        text("standing"),
        Field::new("sources", Int32, true),
        Field::new("accounts", Int32, true),
        list("disputed"),
        Field::new("withdrawn", Boolean, true),
        text("entry"),
    ])
}

fn list(name: &str) -> Field {
    Field::new(name, DataType::new_list(DataType::Utf8, true), true)
}

/// The rows of accounts of reports: one for each account; one without for a report that tells of no contact; one with what
/// is wrong for a row that can't be read.
#[pyfunction]
pub(crate) fn spark_accounts(
    py: Python<'_>,
    reader: &Reader,
    reports: Vec<Row>,
    trust: TrustFile,
    screen: bool,
    min_confidence: Option<f64>,
) -> PyResult<Table> {
    let (trust, min) = (trust_of(trust)?, least_confidence(min_confidence)?);
    let rows = |row: Row| {
        let fields = fields_of(row);
        let told = |report| told(&reader.0, report, &trust, screen, min);
        report_of(fields.clone())
            // One report in millions must not end a job of days.
            .and_then(|report| catch_unwind(AssertUnwindSafe(|| told(report))).map_err(|_| FAULT.to_string()))
            .unwrap_or_else(|problem| vec![refused(fields, problem)])
    };
    let rows = py.detach(|| reports.into_iter().flat_map(rows).collect::<Vec<_>>());
    table(account_schema(), &rows)
}

/// The report of a row, or what is wrong with it.
fn report_of(fields: Fields) -> Result<Report, String> {
    if fields.text.is_none() {
        return Err("text is null; a report needs its text".into());
    }
    fields.check().map_err(|error| error.to_string())
}

fn fields_of(row: Row) -> Fields {
    let mut fields = Fields::default();
    for (value, (field, _)) in row.into_iter().zip(ORDER) {
        *fields.get_mut(field) = value;
    }
    fields
}

/// The row of a report that can't be read; its text stays where it was.
fn refused(fields: Fields, problem: String) -> AccountRow {
    let Fields { title, publisher, url, id: name, .. } = fields;
    AccountRow { name, title, publisher, url, problem: Some(problem), ..AccountRow::default() }
}

/// The rows of a report's accounts that have a confidence or a higher one; if it is to `screen` reports, one that seems to tell of
/// no contact is not read.
fn told(
    reader: &daybook::Reader,
    report: Report,
    trust: &Trust,
    screen: bool,
    min: Confidence,
) -> Vec<AccountRow> {
    let is_wanted = !screen || reader.may_contain_contact(&report);
    let reading = if is_wanted { reader.read(&report).keep_confident(min) } else { Reading::default() };
    let contacts = json::contacts(&report, &reading);
    let DetachedReport { report, accounts } = DetachedReport::of(report, reading, reader.gazetteer(), trust);
    if accounts.is_empty() {
        return vec![of_report(report)];
    }
    let row = |(account, (contact, statements)): (DetachedAccount, (String, String))| AccountRow {
        contact: Some(contact),
        statements: Some(statements),
        ..of_account(&account)
    };
    accounts.into_iter().zip(contacts).map(row).collect()
}

/// What a row tells of its report.
fn of_report(report: Source) -> AccountRow {
    AccountRow {
        report: Some(report.id),
        name: Some(report.name),
        title: report.title,
        publisher: report.publisher,
        published: report.published.map(|day| day.to_string()),
        url: report.url,
        ..AccountRow::default()
    }
}

/// What a row tells of its account, but for its record.
fn of_account(detached: &DetachedAccount) -> AccountRow {
    let (filed, features) = (detached.filed(), detached.features());
    let (first_day, last_day) = features.days.range().unzip();
    let account = &filed.account;
    AccountRow {
        number: Some(filed.number),
        id: Some(filed.id.clone()),
        kind: Some(account.kind.value.to_string()),
        status: Some(account.status.value.to_string()),
        certainty: Some(account.certainty.value.to_string()),
        confidence: Some(account.confidence.share()),
        date: account.date.as_ref().map(|date| date.value.to_string()),
        first_day,
        last_day,
        pairs: if account.aggregate { Vec::new() } else { features.pairs() },
        words: Some(filed.words.clone()),
        traits: Some(written(&features)),
        account: Some(written(detached)),
        ..of_report(filed.report.clone())
    }
}

fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts, numbers and lists of them are always JSON")
}

/// Which accounts chains of likeness connect within each block: an account's id, and the smallest of its chain.
#[pyfunction]
pub(crate) fn spark_links(
    py: Python<'_>,
    blocks: Vec<String>,
    traits: Vec<String>,
) -> PyResult<(Vec<String>, Vec<String>)> {
    let linked = py.detach(|| {
        let mut members: BTreeMap<String, Vec<Features>> = BTreeMap::new();
        for (block, traits) in blocks.into_iter().zip(&traits) {
            members.entry(block).or_default().push(read_back(traits)?);
        }
        let id = |block: &[Features], at: usize| block[at].id.clone();
        let linked = |block: &Vec<Features>| {
            let links = daybook::likeness_links(block).into_iter();
            links.map(|(one, first)| (id(block, one), id(block, first))).collect::<Vec<_>>()
        };
        Ok(members.values().flat_map(linked).unzip())
    });
    linked.map_err(|error: serde_json::Error| of_other_version(&error))
}

/// The rows of entries of accounts; beside each account stands the report that replaced its own, if one did.
#[pyfunction]
pub(crate) fn spark_entries(
    py: Python<'_>,
    accounts: Vec<String>,
    superseded_by: Vec<Option<String>>,
    trust: TrustFile,
) -> PyResult<Table> {
    let trust = trust_of(trust)?;
    let rows = py.detach(|| {
        let detached =
            |(account, by): (&String, _)| Ok(read_back::<DetachedAccount>(account)?.superseded(by));
        let accounts = accounts.iter().zip(superseded_by).map(detached).collect::<Result<Vec<_>, _>>()?;
        Ok(daybook::settle_detached(accounts, &trust).iter().map(of_entry).collect::<Vec<_>>())
    });
    table(entry_schema(), &rows.map_err(|error: serde_json::Error| of_other_version(&error))?)
}

fn of_entry(entry: &Entry) -> EntryRow {
    let brief = Brief::of(entry);
    let mut line = Vec::new();
    entries_jsonl::write(&mut line, [entry]).expect("memory can be written to");
    EntryRow {
        id: brief.id,
        day: Some(brief.day).filter(|day| !day.is_empty()),
        date: brief.date,
        kind: brief.kind.to_string(),
        status: brief.status.to_string(),
        certainty: brief.certainty.to_string(),
        confidence: brief.confidence.share(),
        parties: brief.parties,
        pairs: daybook::contact_pairs(entry).into_iter().collect(),
        standing: brief.standing.to_string(),
        sources: brief.sources,
        accounts: brief.accounts,
        disputed: brief.disputed,
        withdrawn: entry.withdrawn,
        entry: String::from_utf8_lossy(&line).trim_end().to_string(),
    }
}

fn read_back<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, serde_json::Error> {
    serde_json::from_str(json)
}

fn of_other_version(error: &serde_json::Error) -> PyErr {
    errors::other(format!(
        "an account can't be read back: {error}; read the reports again with this version of Daybook"
    ))
}

fn trust_of(file: TrustFile) -> PyResult<Trust> {
    let Some((name, text)) = file else { return Ok(Trust::default()) };
    Trust::read(&name, &text).map_err(errors::load)
}

fn table(schema: Schema, rows: &[impl Serialize]) -> PyResult<Table> {
    let schema = Arc::new(schema);
    let batch = batch(&schema, rows).map_err(errors::other)?;
    Ok(Table::of(schema, batch))
}
