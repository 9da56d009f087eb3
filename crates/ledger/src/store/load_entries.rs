//! Reads accounts from the tables and puts them together into entries.

use std::collections::{BTreeMap, BTreeSet};

use daybook_record::{Entry, Filed};
use jiff::civil::Date;

use super::account_store::{features, keys};
use super::database::Database;
use super::decisions::decisions;
use super::recall::accounts;
use super::value::{Row, values};
use crate::entry::assemble::{Joins, assemble, joins};
use crate::entry::identified::Identified;
use crate::entry::trust::Trust;
use crate::error::Error;
use crate::identity::Identity;
use crate::settle::features::Features;
use crate::settle::grouping::{Decisions, settle};
use crate::settle::neighbourhood::Resettled;

/// So many entries are put together at a time.
pub(super) const AT_ONCE: usize = 200;

/// Accounts with whom their words mean, in the order of the ids.
pub(crate) fn identified(book: &mut Database, ids: &[String]) -> Result<Vec<Identified>, Error> {
    let mut people: BTreeMap<(String, bool), Vec<Identity>> = BTreeMap::new();
    let sql = "SELECT a.id, p.present, p.identity, p.side
        FROM accounts a JOIN account_parties p ON p.account = a.arrived WHERE a.id IN (?*)
        ORDER BY p.account, p.present, p.position";
    book.each_of(sql, &keys(ids), |row| {
        let identity = Identity { who: row.text(2)?.to_string(), side: row.optional_string(3)? };
        people.entry((row.text(0)?.to_string(), row.yes(1)?)).or_default().push(identity);
        Ok(())
    })?;
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    let sql = "SELECT id, place_side FROM accounts WHERE place_side IS NOT NULL AND id IN (?*)";
    book.each_of(sql, &keys(ids), |row| {
        places.insert(row.text(0)?.to_string(), row.text(1)?.to_string());
        Ok(())
    })?;
    let filed = accounts(book, ids)?;
    let mut of = |id: &str, present| people.remove(&(id.to_string(), present)).unwrap_or_default();
    let with = filed.into_iter().map(|filed| {
        let (parties, present) = (of(&filed.id, false), of(&filed.id, true));
        let place_side = places.remove(&filed.id);
        Identified { filed, parties, present, place_side }
    });
    Ok(with.collect())
}

/// The entries of groups of accounts, each told by the ids of its accounts in order.
pub(crate) fn of_groups(
    book: &mut Database,
    groups: &[Vec<String>],
    trust: &Trust,
    joins: &Joins,
) -> Result<Vec<Entry>, Error> {
    of_groups_without(book, groups, trust, joins, &BTreeSet::new())
}

/// The same, as if those later reports had replaced none.
fn of_groups_without(
    book: &mut Database,
    groups: &[Vec<String>],
    trust: &Trust,
    joins: &Joins,
    later: &BTreeSet<String>,
) -> Result<Vec<Entry>, Error> {
    let ids: Vec<String> = groups.iter().flatten().cloned().collect();
    let mut accounts = identified(book, &ids)?.into_iter();
    let mut entries = Vec::new();
    for group in groups {
        let mut members: Vec<Identified> = accounts.by_ref().take(group.len()).collect();
        for member in &mut members {
            let report = &mut member.filed.report;
            report.superseded_by = report.superseded_by.take().filter(|next| !later.contains(next));
        }
        entries.push(assemble(group, &members, trust, joins));
    }
    Ok(entries)
}

/// The entries of what was settled, without a word written: as they were before those later reports were published, by
/// which some of the reports were replaced since.
pub(crate) fn entries_known_then(
    book: &mut Database,
    settled: &Resettled,
    decisions: &Decisions,
    trust: &Trust,
    later: &BTreeSet<String>,
) -> Result<Vec<Entry>, Error> {
    let joins = joins(settled, &settled.groups, decisions);
    let mut found = Vec::new();
    for part in settled.groups.chunks(AT_ONCE) {
        found.extend(of_groups_without(book, part, trust, &joins, later)?);
    }
    Ok(found)
}

/// The entries of those ids, in their order.
pub(crate) fn entries_of_ids(
    book: &mut Database,
    ids: &[String],
    trust: &Trust,
) -> Result<Vec<Entry>, Error> {
    let mut members: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let sql = "SELECT e.id, a.id FROM entries e JOIN accounts a ON a.entry = e.account WHERE e.id IN (?*)";
    book.each_of(sql, &keys(ids), |row| {
        members.entry(row.text(0)?.to_string()).or_default().push(row.text(1)?.to_string());
        Ok(())
    })?;
    members.values_mut().for_each(|list| list.sort_unstable());
    let mut joins = Joins::new();
    let sql = "SELECT e.id, a.id, b.id, j.why FROM entries e JOIN joins j ON j.entry = e.account
        JOIN accounts a ON a.arrived = j.account JOIN accounts b ON b.arrived = j.other WHERE e.id IN (?*)";
    book.each_of(sql, &keys(ids), |row| {
        let join = (row.text(1)?.to_string(), row.text(2)?.to_string(), row.text(3)?.to_string());
        joins.entry(row.text(0)?.to_string()).or_default().push(join);
        Ok(())
    })?;
    joins.values_mut().for_each(|list| list.sort_unstable());
    let groups: Vec<Vec<String>> = ids.iter().filter_map(|id| members.remove(id)).collect();
    of_groups(book, &groups, trust, &joins)
}

/// The ids of an entry's accounts, in order.
pub(crate) fn members(book: &mut Database, entry: &str) -> Result<Vec<String>, Error> {
    let sql =
        "SELECT a.id FROM entries e JOIN accounts a ON a.entry = e.account WHERE e.id = ?1 ORDER BY a.id";
    texts(&book.query(sql, &values![entry])?)
}

/// The entries with an account whose id begins so, a few of them: by the id of each, the first such account. The id of an
/// account that is in no entry stands under the empty id.
pub(crate) fn entries_beginning(
    book: &mut Database,
    beginning: &str,
) -> Result<BTreeMap<String, String>, Error> {
    let sql = "SELECT a.id, e.id FROM accounts a LEFT JOIN entries e ON e.account = a.entry
        WHERE a.id >= ?1 AND a.id < ?2 ORDER BY a.id LIMIT 9";
    let mut found = BTreeMap::new();
    for row in &book.query(sql, &values![beginning, format!("{beginning}g")])? {
        let account = row.text(0)?.to_string();
        found.entry(row.optional_string(1)?.unwrap_or_default()).or_insert(account);
    }
    Ok(found)
}

/// All entries of what was published by a day, settled as if nothing else had been.
pub(crate) fn entries_as_of(book: &mut Database, day: Date, trust: &Trust) -> Result<Vec<Entry>, Error> {
    let sql = "SELECT a.id FROM accounts a JOIN reports r ON r.arrived = a.report WHERE r.published <= ?1";
    let ids = texts(&book.query(sql, &values![day])?)?;
    let sql = "SELECT id FROM reports WHERE published > ?1 OR published IS NULL";
    let later: BTreeSet<String> = texts(&book.query(sql, &values![day])?)?.into_iter().collect();
    let decisions: Decisions = decisions(book)?;
    let known: Vec<Features> = features(book, &keys(&ids))?;
    let settlement = settle(&known, &decisions);
    let id = |&at: &usize| known[at].id.clone();
    let groups: Vec<Vec<String>> = settlement.groups.iter().map(|g| g.iter().map(id).collect()).collect();
    let joins = settlement.joins.iter().map(|j| (id(&j.a), id(&j.b), j.hundredths)).collect();
    let known = known.into_iter().map(|features| (features.id.clone(), features)).collect();
    let settled = Resettled { groups, joins, known };
    entries_known_then(book, &settled, &decisions, trust, &later)
}

/// The ids of the entries whose accounts arrived last, the last first.
pub(crate) fn newest_entries(book: &mut Database, limit: usize) -> Result<Vec<String>, Error> {
    // An entry may have several of the last accounts.
    let sql =
        "SELECT e.id FROM accounts a JOIN entries e ON e.account = a.entry ORDER BY a.arrived DESC LIMIT ?1";
    let mut ids: Vec<String> = Vec::new();
    for id in texts(&book.query(sql, &values![limit.saturating_mul(8)])?)? {
        if ids.len() < limit && !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// The accounts of a report, in the order of its text, each with the id of its entry.
pub(crate) fn accounts_told_in(book: &mut Database, report: &str) -> Result<Vec<(Filed, String)>, Error> {
    let sql = "SELECT a.id, e.id FROM reports r JOIN accounts a ON a.report = r.arrived
        JOIN entries e ON e.account = a.entry WHERE r.id = ?1 ORDER BY a.number";
    let rows = book.query(sql, &values![report])?;
    let entries: Vec<String> =
        rows.iter().map(|row| Ok(row.text(1)?.to_string())).collect::<Result<_, Error>>()?;
    let filed = accounts(book, &texts(&rows)?)?;
    Ok(filed.into_iter().zip(entries).collect())
}

/// How many rows a table has.
pub(crate) fn count_rows(book: &mut Database, table: &str) -> Result<usize, Error> {
    let rows = book.query(&format!("SELECT count(*) FROM {table}"), &[])?;
    rows.first().map_or(Ok(0), |row| row.size(0))
}

/// The texts of rows of one column.
fn texts(rows: &[Row]) -> Result<Vec<String>, Error> {
    rows.iter().map(|row| Ok(row.text(0)?.to_string())).collect()
}
