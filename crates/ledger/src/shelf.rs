//! The accounts of a book as settling looks them up, and the decisions that people have made.

use std::collections::{BTreeMap, BTreeSet};

use daybook_record::{ClockTime, Edtf};
use jiff::ToSpan;

use crate::error::Error;
use crate::identity::Identity;
use crate::neighbourhood::Lookup;
use crate::settle::{Decisions, REACH};
use crate::store::{Database, Value, parse_reason, values};
use crate::traits::{Days, Taker, Traits};

/// The longest time between the first and the last day of an account that is looked for by its days.
const LONGEST: i32 = 60;

/// The accounts of a book.
pub(crate) struct Shelf<'a>(pub(crate) &'a mut Database);

pub(crate) fn keys<'i>(ids: impl IntoIterator<Item = &'i String>) -> Vec<Value> {
    ids.into_iter().map(Value::from).collect()
}

impl Lookup for Shelf<'_> {
    fn traits(&mut self, ids: &BTreeSet<String>) -> Result<Vec<Traits>, Error> {
        traits(self.0, &keys(ids))
    }

    fn near(&mut self, accounts: &[&Traits]) -> Result<BTreeSet<String>, Error> {
        let mut asked = BTreeSet::new();
        for traits in accounts {
            if let Some((first, last)) = traits.days.dates() {
                asked.extend(traits.pairs().into_iter().map(|pair| (pair, first, last)));
            }
        }
        let mut found = BTreeSet::new();
        let sql = "SELECT a.id FROM account_pairs p JOIN accounts a ON a.arrived = p.account
            WHERE p.pair = ?1 AND p.first_day >= ?2 AND p.first_day <= ?3 AND p.last_day >= ?4";
        for (pair, first, last) in asked {
            let from = first.saturating_sub((LONGEST + REACH).days());
            let values =
                values![pair, from, last.saturating_add(REACH.days()), first.saturating_sub(REACH.days())];
            self.0.each(sql, &values, |row| {
                found.insert(row.text(0)?.to_string());
                Ok(())
            })?;
        }
        Ok(found)
    }

    fn companions(&mut self, ids: &BTreeSet<String>) -> Result<BTreeSet<String>, Error> {
        let mut found = BTreeSet::new();
        let sql = "SELECT b.id FROM accounts a JOIN accounts b ON b.entry = a.entry WHERE a.id IN (?*)";
        self.0.each_of(sql, &keys(ids), |row| {
            found.insert(row.text(0)?.to_string());
            Ok(())
        })?;
        Ok(found)
    }
}

/// What settling looks at of the accounts of those ids.
pub(crate) fn traits(book: &mut Database, ids: &[Value]) -> Result<Vec<Traits>, Error> {
    let mut takers = takers(book, ids)?;
    let mut found = Vec::new();
    let sql = "SELECT a.id, r.id, r.publisher, r.side, r.published, a.kind, a.status, a.date,
            (SELECT s.inferred FROM account_sources s WHERE s.account = a.arrived AND s.field = 'date' AND s.position = 0),
            a.time, a.zone, a.place, a.aggregate
        FROM accounts a JOIN reports r ON r.arrived = a.report WHERE a.id IN (?*)";
    book.each_of(sql, ids, |row| {
        let id = row.text(0)?.to_string();
        let (kind, status, published) = (row.parsed(5)?, row.parsed(6)?, row.optional_parsed(4)?);
        let date: Option<Edtf> = row.optional_parsed(7)?;
        let told = date.and_then(|d| d.first().zip(d.last()));
        let inferred =
            row.optional_text(8)?.map(parse_reason).transpose()?.is_some_and(|why| why.is_publication_day());
        found.push(Traits {
            report: row.text(1)?.to_string(),
            publisher: row.optional_string(2)?,
            side: row.optional_string(3)?,
            published,
            kind,
            status,
            takers: takers.remove(&id).unwrap_or_default(),
            days: Days::of(told, inferred, kind, status, published),
            time: row.optional_text(9)?.and_then(|time| clock(time, row.optional_string(10).ok()?)),
            place: row.optional_string(11)?,
            aggregate: row.yes(12)?,
            id,
        });
        Ok(())
    })?;
    Ok(found)
}

fn takers(book: &mut Database, ids: &[Value]) -> Result<BTreeMap<String, Vec<Taker>>, Error> {
    let mut takers: BTreeMap<String, Vec<Taker>> = BTreeMap::new();
    let sql = "SELECT a.id, p.identity, p.side, p.type, p.name, p.role
        FROM accounts a JOIN account_parties p ON p.account = a.arrived
        WHERE p.present = 0 AND a.id IN (?*) ORDER BY p.account, p.position";
    book.each_of(sql, ids, |row| {
        let identity = Identity { who: row.text(1)?.to_string(), side: row.optional_string(2)? };
        let taker =
            Taker { identity, kind: row.parsed(3)?, name: row.optional_string(4)?, role: row.parsed(5)? };
        takers.entry(row.text(0)?.to_string()).or_default().push(taker);
        Ok(())
    })?;
    Ok(takers)
}

fn clock(time: &str, zone: Option<String>) -> Option<ClockTime> {
    let (hour, minute) = time.split_once(':')?;
    Some(ClockTime { hour: hour.parse().ok()?, minute: minute.parse().ok()?, zone })
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
