//! Writes entries, and the rows by which they are found.

use std::collections::{BTreeMap, BTreeSet};

use daybook_record::Entry;

use super::account_store::keys;
use super::database::Database;
use super::load_entries::{AT_ONCE, of_groups};
use super::value::{Value, values};
use crate::entry::assemble::joins;
use crate::entry::keys::{contact_pairs, parties_in_words, party_keys, sort_day};
use crate::entry::trust::Trust;
use crate::error::Error;
use crate::settle::grouping::Decisions;
use crate::settle::neighbourhood::Resettled;

/// Writes the entries of what was settled anew, in place of those that its accounts were in. Groups that are as they
/// were, and in which no account changed, are left as they are. Gives the ids of the entries written.
pub(crate) fn write(
    book: &mut Database,
    settled: &Resettled,
    changed: &BTreeSet<String>,
    decisions: &Decisions,
    trust: &Trust,
) -> Result<Vec<String>, Error> {
    let numbers = numbers(book, settled)?;
    let current = current_entries(book, settled)?;
    let is_new = |group: &&Vec<String>| {
        group.iter().any(|id| changed.contains(id))
            || !current.get(&numbers[&group[0]]).is_some_and(|members| members.iter().eq(group.iter()))
    };
    let groups: Vec<Vec<String>> = settled.groups.iter().filter(is_new).cloned().collect();
    delete(book, &groups, &current)?;
    let joins = joins(settled, &groups, decisions);
    for part in groups.chunks(AT_ONCE) {
        let entries = of_groups(book, part, trust, &joins)?;
        write_rows(book, &entries, &numbers)?;
        for group in part {
            for id in group {
                let values = values![numbers[&group[0]], numbers[id]];
                book.execute("UPDATE accounts SET entry = ?1 WHERE arrived = ?2", &values)?;
            }
        }
    }
    let rows = joins.iter().flat_map(|(entry, list)| {
        let numbers = &numbers;
        list.iter()
            .map(move |(one, other, why)| values![numbers[entry], numbers[one], numbers[other], why].to_vec())
    });
    book.insert_many("joins", &["entry", "account", "other", "why"], rows)?;
    Ok(groups.into_iter().map(|group| group[0].clone()).collect())
}

/// Deletes all entries, and forgets which accounts are in which.
pub(crate) fn delete_all(book: &mut Database) -> Result<(), Error> {
    for table in ["entries", "entry_parties", "entry_pairs", "joins"] {
        book.execute(&format!("DELETE FROM {table}"), &[])?;
    }
    book.execute("UPDATE accounts SET entry = NULL", &[]).map(|_| ())
}

/// Accounts that are in no entry, of those that arrived after that one, in order of arrival, so many at most: their ids,
/// and the number of the last.
pub(crate) fn unsettled(
    book: &mut Database,
    after: i64,
    limit: usize,
) -> Result<Option<(i64, BTreeSet<String>)>, Error> {
    // `+` keeps the planner from looking for what is not settled, and sorting all of it each time.
    let sql =
        "SELECT arrived, id FROM accounts WHERE arrived > ?1 AND +entry IS NULL ORDER BY arrived LIMIT ?2";
    let rows = book.query(sql, &values![after, limit])?;
    let Some(last) = rows.last() else { return Ok(None) };
    let ids = rows.iter().map(|row| Ok(row.text(1)?.to_string())).collect::<Result<_, Error>>()?;
    Ok(Some((last.integer(0)?, ids)))
}

/// Deletes the entries in which accounts of these groups are now.
fn delete(book: &mut Database, groups: &[Vec<String>], current: &EntryMembers) -> Result<(), Error> {
    let of: BTreeMap<&String, i64> =
        current.iter().flat_map(|(entry, members)| members.iter().map(move |m| (m, *entry))).collect();
    let old: BTreeSet<i64> = groups.iter().flatten().filter_map(|id| of.get(id).copied()).collect();
    for rows in
        ["entries WHERE account", "entry_parties WHERE entry", "entry_pairs WHERE entry", "joins WHERE entry"]
    {
        for entry in &old {
            book.execute(&format!("DELETE FROM {rows} = ?1"), &values![*entry])?;
        }
    }
    Ok(())
}

/// The number of each account, by its id.
type AccountNumbers = BTreeMap<String, i64>;

fn numbers(book: &mut Database, settled: &Resettled) -> Result<AccountNumbers, Error> {
    let ids: Vec<Value> = keys(settled.groups.iter().flatten());
    let mut numbers = AccountNumbers::new();
    book.each_of("SELECT id, arrived FROM accounts WHERE id IN (?*)", &ids, |row| {
        numbers.insert(row.text(0)?.to_string(), row.integer(1)?);
        Ok(())
    })?;
    Ok(numbers)
}

/// The ids of the accounts of entries, by the number of the account whose id each entry has.
type EntryMembers = BTreeMap<i64, BTreeSet<String>>;

/// The entries in which the accounts of these groups are now.
fn current_entries(book: &mut Database, settled: &Resettled) -> Result<EntryMembers, Error> {
    let ids: Vec<Value> = keys(settled.groups.iter().flatten());
    let mut current = EntryMembers::new();
    let sql = "SELECT b.entry, b.id FROM accounts a JOIN accounts b ON b.entry = a.entry WHERE a.id IN (?*)";
    book.each_of(sql, &ids, |row| {
        current.entry(row.integer(0)?).or_default().insert(row.text(1)?.to_string());
        Ok(())
    })?;
    Ok(current)
}

const COLUMNS: [&str; 23] = [
    "account",
    "id",
    "kind",
    "status",
    "certainty",
    "date",
    "first_day",
    "last_day",
    "day",
    "time",
    "duration",
    "place",
    "parties",
    "topics",
    "disputed",
    "sides",
    "standing",
    "sources",
    "accounts",
    "aggregate",
    "domestic",
    "withdrawn",
    "confidence",
];

fn write_rows(book: &mut Database, entries: &[Entry], numbers: &AccountNumbers) -> Result<(), Error> {
    book.insert_many("entries", &COLUMNS, entries.iter().map(|entry| row(entry, numbers[&entry.id])))?;
    let mut parties = BTreeSet::new();
    let mut pairs = BTreeSet::new();
    for entry in entries {
        let (day, number) = (sort_day(entry), numbers[&entry.id]);
        parties.extend(party_keys(entry).into_iter().map(|name| (name, day.clone(), number)));
        pairs.extend(contact_pairs(entry).into_iter().map(|pair| (pair, day.clone(), number)));
    }
    let rows = |set: BTreeSet<(String, String, i64)>| {
        set.into_iter().map(|(key, day, entry)| values![key, day, entry].to_vec())
    };
    book.insert_many("entry_parties", &["party", "day", "entry"], rows(parties))?;
    book.insert_many("entry_pairs", &["pair", "day", "entry"], rows(pairs))
}

fn row(entry: &Entry, number: i64) -> Vec<Value> {
    let date = entry.date.as_ref().map(|d| &d.value);
    let mut sides: Vec<&str> = entry.readouts.iter().map(|r| r.side.as_str()).collect();
    sides.dedup();
    let topics: Vec<&str> = entry.topics.iter().map(|t| t.value.as_str()).collect();
    values![
        number,
        &entry.id,
        entry.kind.value.to_string(),
        entry.status.value.to_string(),
        entry.certainty.value.to_string(),
        date,
        date.and_then(|d| d.first()),
        date.and_then(|d| d.last()),
        sort_day(entry),
        entry.time.as_ref().map(|t| t.value.to_string()),
        entry.duration.as_ref().map(|d| d.value.iso.clone()),
        entry.place.as_ref().map(|p| p.value.clone()),
        parties_in_words(entry),
        topics.join("; "),
        entry.disputed().join(" "),
        sides.join(" "),
        entry.credibility.standing.to_string(),
        entry.credibility.sources,
        entry.accounts.len(),
        entry.aggregate,
        entry.domestic,
        entry.withdrawn,
        entry.confidence,
    ]
    .to_vec()
}
