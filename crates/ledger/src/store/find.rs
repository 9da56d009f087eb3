//! Finds the entries that a query asks for: the query as SQL, and what is read from the rows.

use std::collections::{BTreeMap, BTreeSet};

use daybook_record::{Kind, Status};

use super::database::Database;
use super::value::{Row, Value};
use crate::ask::overview::{Brief, By};
use crate::ask::query::Query;
use crate::entry::keys::pair_key;
use crate::error::Error;

/// The ids of the entries that a query asks for, in order.
pub(crate) fn entry_ids(book: &mut Database, query: &Query) -> Result<Vec<String>, Error> {
    let (sql, values) = sql(query, book, "e.id");
    let rows = book.query(&sql, &values)?;
    rows.iter().map(|row| Ok(row.text(0)?.to_string())).collect()
}

/// The entries that a query asks for, in brief.
pub(crate) fn briefs(book: &mut Database, query: &Query) -> Result<Vec<Brief>, Error> {
    let (sql, values) = sql(query, book, BRIEF);
    book.query(&sql, &values)?.iter().map(brief).collect()
}

/// How many of the entries that a query asks for there are of each kind, year and so on.
pub(crate) fn tally(book: &mut Database, query: &Query, by: By) -> Result<BTreeMap<String, usize>, Error> {
    let column = match by {
        By::Year => "substr(e.day, 1, 4)",
        By::Month => "substr(e.day, 1, 7)",
        By::Kind => "e.kind",
        By::Status => "e.status",
    };
    let (sql, values) = sql(query, book, column);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    book.each(&sql, &values, |row| {
        *counts.entry(row.text(0)?.to_string()).or_default() += 1;
        Ok(())
    })?;
    Ok(counts)
}

/// The ids of the reports in which words stand.
pub(crate) fn reports_saying(book: &mut Database, words: &str) -> Result<BTreeSet<String>, Error> {
    let sql = format!("SELECT r.id FROM reports r WHERE {}", book.saying("r", "?1"));
    let rows = book.query(&sql, &[Database::sought(words)])?;
    rows.iter().map(|row| Ok(row.text(0)?.to_string())).collect()
}

const BRIEF: &str = "e.id, e.day, e.date, e.time, e.duration, e.kind, e.status, e.certainty, e.parties,
    e.place, e.topics, e.disputed, e.sides, e.standing, e.sources, e.accounts, e.confidence";

fn brief(row: &Row) -> Result<Brief, Error> {
    let words = |text: &str| text.split_whitespace().map(str::to_string).collect();
    Ok(Brief {
        id: row.text(0)?.to_string(),
        day: row.text(1)?.to_string(),
        date: row.optional_string(2)?,
        time: row.optional_string(3)?,
        duration: row.optional_string(4)?,
        kind: row.parsed(5)?,
        status: row.parsed(6)?,
        certainty: row.parsed(7)?,
        parties: row.text(8)?.to_string(),
        place: row.optional_string(9)?,
        topics: row.text(10)?.to_string(),
        disputed: words(row.text(11)?),
        sides: words(row.text(12)?),
        standing: row.parsed(13)?,
        sources: row.size(14)?,
        accounts: row.size(15)?,
        confidence: row.confidence(16)?,
    })
}

/// The query as SQL that gives those columns of `entries`, which goes by `e`.
fn sql(query: &Query, book: &Database, columns: &str) -> (String, Vec<Value>) {
    let mut asked = Conditions::default();
    let (from, by) = match &query.parties[..] {
        [] => ("entries e", "e.day"),
        [_] => ("entry_parties p JOIN entries e ON e.account = p.entry", "p.day"),
        _ => ("entry_pairs p JOIN entries e ON e.account = p.entry", "p.day"),
    };
    match &query.parties[..] {
        [] => {}
        [one] => asked.add("p.party = ?", one),
        [one, other, rest @ ..] => {
            asked.add("p.pair = ?", pair_key(one, other));
            for third in rest {
                asked.add(
                    "EXISTS (SELECT 1 FROM entry_parties t WHERE t.entry = e.account AND t.party = ?)",
                    third,
                );
            }
        }
    }
    asked.one_of("e.kind", query.kinds.iter().map(Kind::to_string));
    asked.one_of("e.status", query.statuses.iter().map(Status::to_string));
    for (condition, day) in [(">= ?", query.since), ("<= ?", query.until)] {
        day.into_iter().for_each(|day| asked.add(&format!("{by} {condition}"), day));
    }
    for (column, words) in [("e.place", &query.place), ("e.topics", &query.topic)] {
        words.iter().for_each(|words| asked.add(&format!("lower({column}) LIKE ? ESCAPE '\\'"), like(words)));
    }
    query.side.iter().for_each(|side| {
        asked.add("' ' || lower(e.sides) || ' ' LIKE ?", format!("% {} %", side.to_lowercase()))
    });
    if query.disputed {
        asked.plain("e.disputed <> ''");
    }
    query.min_confidence.into_iter().for_each(|min| asked.add("e.confidence >= ?", min));
    if !query.withdrawn {
        asked.plain("e.withdrawn = 0");
    }
    if let Some(words) = &query.text {
        let saying = book.saying("r", "?");
        let reports =
            format!("SELECT a.entry FROM accounts a JOIN reports r ON r.arrived = a.report WHERE {saying}");
        asked.values.push(Database::sought(words));
        let number = asked.values.len();
        asked.conditions.push(format!("e.account IN ({})", reports.replace('?', &format!("?{number}"))));
    }
    if let Some((day, id)) = &query.after {
        // The first condition is one for an index, the second tells those of that day apart.
        let (on, beyond) = if query.earliest_first { (">=", ">") } else { ("<=", "<") };
        asked.add(&format!("{by} {on} ?"), day);
        asked.values.extend([Value::from(day), Value::from(id)]);
        let id = asked.values.len();
        asked.plain(&format!("({by} {beyond} ?{} OR e.id > ?{id})", id - 1));
    }
    let conditions =
        if asked.conditions.is_empty() { "1 = 1".into() } else { asked.conditions.join(" AND ") };
    let order = if query.earliest_first { "ASC" } else { "DESC" };
    let limit = query.limit.map_or(String::new(), |limit| format!(" LIMIT {limit}"));
    (
        format!("SELECT {columns} FROM {from} WHERE {conditions} ORDER BY {by} {order}, e.id{limit}"),
        asked.values,
    )
}

/// Words as a pattern for LIKE: anywhere, in any case, taken as they are.
fn like(words: &str) -> String {
    let escaped = words.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

/// Conditions and their values.
#[derive(Default)]
struct Conditions {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    /// A condition in which `?` stands for a value.
    fn add(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        self.conditions.push(condition.replace('?', &format!("?{}", self.values.len())));
    }

    fn plain(&mut self, condition: &str) {
        self.conditions.push(condition.to_string());
    }

    fn one_of(&mut self, column: &str, values: impl Iterator<Item = String>) {
        let places: Vec<String> = values
            .map(|value| {
                self.values.push(value.into());
                format!("?{}", self.values.len())
            })
            .collect();
        if !places.is_empty() {
            self.conditions.push(format!("{column} IN ({})", places.join(", ")));
        }
    }
}
