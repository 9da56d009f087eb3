//! Looks up who takes part in the entries of a book, and counts who with whom.

use jiff::civil::Date;

use super::database::Database;
use super::value::{Row, Value, values};
use crate::ask::names::PartyIndex;
use crate::ask::overview::{Among, Link};
use crate::error::Error;

impl PartyIndex for Database {
    fn takes_part(&mut self, party: &str) -> Result<bool, Error> {
        Ok(!self.query("SELECT 1 FROM entry_parties WHERE party = ?1 LIMIT 1", &values![party])?.is_empty())
    }

    fn containing(&mut self, letters: &str) -> Result<Vec<String>, Error> {
        let sql =
            "SELECT DISTINCT party FROM entry_parties WHERE lower(party) LIKE ?1 ORDER BY party LIMIT 200";
        parties(&self.query(sql, &values![format!("%{letters}%@%")])?)
    }

    fn beginning(&mut self, letters: &str, limit: usize) -> Result<Vec<String>, Error> {
        let sql = "SELECT DISTINCT party FROM entry_parties WHERE party >= ?1 AND party < ?2 ORDER BY party LIMIT ?3";
        parties(&self.query(sql, &values![letters, format!("{letters}~"), limit])?)
    }

    fn name_as_told(&mut self, party: &str) -> Result<Option<String>, Error> {
        let sql = "SELECT p.name FROM entry_parties e JOIN accounts a ON a.entry = e.entry
            JOIN account_parties p ON p.account = a.arrived
            WHERE e.party = ?1 AND p.identity = ?1 AND p.name IS NOT NULL ORDER BY a.arrived LIMIT 1";
        let rows = self.query(sql, &values![party])?;
        rows.first().map(|row| row.text(0).map(str::to_string)).transpose()
    }
}

fn parties(rows: &[Row]) -> Result<Vec<String>, Error> {
    rows.iter().map(|row| Ok(row.text(0)?.to_string())).collect()
}

/// With whom somebody, or a country or body, was in contact, and how often; the most frequent first.
pub(crate) fn partners(
    book: &mut Database,
    party: &str,
    among: Among,
    (since, until): (Option<Date>, Option<Date>),
    limit: usize,
) -> Result<Vec<(String, usize)>, Error> {
    let mut found = Vec::new();
    let sql = "SELECT b.party, count(*) FROM entry_parties a JOIN entries e ON e.account = a.entry
        JOIN entry_parties b ON b.entry = a.entry
        WHERE a.party = ?1 AND b.party <> a.party AND a.day >= ?2 AND a.day <= ?3 AND e.withdrawn = 0
        GROUP BY b.party ORDER BY count(*) DESC, b.party";
    book.each(sql, &values![party, first_day(since), last_day(until)], |row| {
        if found.len() < limit && among.has(row.text(0)?) {
            found.push((row.text(0)?.to_string(), row.size(1)?));
        }
        Ok(())
    })?;
    Ok(found)
}

/// Who was in contact with whom in a time, and how often; the most frequent first.
pub(crate) fn network(
    book: &mut Database,
    among: Among,
    (since, until): (Option<Date>, Option<Date>),
    limit: usize,
) -> Result<Vec<Link>, Error> {
    let mut links = Vec::new();
    let sql = "SELECT p.pair, count(*) FROM entries e JOIN entry_pairs p ON p.entry = e.account
        WHERE e.day >= ?1 AND e.day <= ?2 AND e.withdrawn = 0
        GROUP BY p.pair ORDER BY count(*) DESC, p.pair";
    book.each(sql, &values![first_day(since), last_day(until)], |row| {
        let pair = row.text(0)?.split_once(' ');
        let pair = pair.filter(|(one, other)| links.len() < limit && among.has(one) && among.has(other));
        if let Some((one, other)) = pair {
            links.push(Link { one: one.into(), other: other.into(), entries: row.size(1)? });
        }
        Ok(())
    })?;
    Ok(links)
}

/// The first day of a time, as days are compared in the tables.
fn first_day(since: Option<Date>) -> Value {
    since.map_or(Value::from(""), Value::from)
}

/// The last; `9` sorts after all years.
fn last_day(until: Option<Date>) -> Value {
    until.map_or(Value::from("9999-99"), Value::from)
}
