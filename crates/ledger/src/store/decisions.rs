//! Reads and writes what people have decided on pairs of accounts.

use std::collections::BTreeSet;

use super::database::Database;
use super::value::{Value, values};
use crate::error::Error;
use crate::settle::grouping::Decisions;

/// Who decided, and why, where that is told.
#[derive(Clone, Copy)]
pub(crate) struct Grounds<'a> {
    pub(crate) by: Option<&'a str>,
    pub(crate) why: Option<&'a str>,
}

const DECISION: [&str; 8] =
    ["number", "position", "verdict", "account", "other", "undoes", "decided_by", "why"];

/// Writes down that pairs of accounts are of one contact (`merge`) or of two (`split`). Gives the number of the decision.
pub(crate) fn write_decision(
    book: &mut Database,
    verdict: &str,
    pairs: &[(String, String)],
    grounds: Grounds,
) -> Result<u32, Error> {
    let number = next_number(book)?;
    let Grounds { by, why } = grounds;
    let row = |(position, (one, other)): (usize, &(String, String))| {
        values![number, position, verdict, one, other, Value::Null, by, why].to_vec()
    };
    book.insert_many("decisions", &DECISION, pairs.iter().enumerate().map(row))?;
    Ok(number)
}

/// Marks a decision as undone.
pub(crate) fn write_undoing(book: &mut Database, number: u32, grounds: Grounds) -> Result<(), Error> {
    let Grounds { by, why } = grounds;
    let row = values![next_number(book)?, 0_u32, "undo", Value::Null, Value::Null, number, by, why];
    book.insert_many("decisions", &DECISION, [row.to_vec()])
}

/// The accounts that a decision is about; none where there is no such decision.
pub(crate) fn accounts_decided(book: &mut Database, number: u32) -> Result<BTreeSet<String>, Error> {
    let sql = "SELECT account, other FROM decisions WHERE number = ?1 AND undoes IS NULL ORDER BY position";
    let mut accounts = BTreeSet::new();
    for row in book.query(sql, &values![number])? {
        accounts.extend([row.text(0)?.to_string(), row.text(1)?.to_string()]);
    }
    Ok(accounts)
}

/// Whether a decision is undone.
pub(crate) fn is_undone(book: &mut Database, number: u32) -> Result<bool, Error> {
    Ok(!book.query("SELECT 1 FROM decisions WHERE undoes = ?1", &values![number])?.is_empty())
}

fn next_number(book: &mut Database) -> Result<u32, Error> {
    let rows = book.query("SELECT coalesce(max(number), 0) + 1 FROM decisions", &[])?;
    let next = rows.first().map_or(Ok(1), |row| row.integer(0))?;
    u32::try_from(next).map_err(|_| Error::damaged("the book holds too many decisions"))
}

/// What people have decided and not undone; a later decision on two accounts goes before an earlier one.
pub(crate) fn decisions(book: &mut Database) -> Result<Decisions, Error> {
    let mut undone = BTreeSet::new();
    book.each("SELECT undoes FROM decisions WHERE undoes IS NOT NULL", &[], |row| {
        undone.insert(row.integer(0)?);
        Ok(())
    })?;
    let mut decisions = Decisions::default();
    let sql = "SELECT number, verdict, account, other FROM decisions WHERE undoes IS NULL ORDER BY number, position";
    book.each(sql, &[], |row| {
        if undone.contains(&row.integer(0)?) {
            return Ok(());
        }
        let (one, other) = (row.text(2)?.to_string(), row.text(3)?.to_string());
        let pair = if one <= other { (one, other) } else { (other, one) };
        let (to, from) = match row.text(1)? {
            "merge" => (&mut decisions.merged, &mut decisions.split),
            _ => (&mut decisions.split, &mut decisions.merged),
        };
        from.remove(&pair);
        to.insert(pair);
        Ok(())
    })?;
    Ok(decisions)
}
