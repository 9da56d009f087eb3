//! Looks up accounts of a book for settling.

use std::collections::{BTreeMap, BTreeSet};

use daybook_record::{ClockTime, Edtf};
use jiff::ToSpan;

use crate::error::Error;
use crate::identity::Identity;
use crate::settle::features::{ContactDays, Features, Participant};
use crate::settle::grouping::MAX_DAYS_APART;
use crate::settle::neighbourhood::Lookup;
use crate::store::database::Database;
use crate::store::evidence::parse_reason;
use crate::store::value::{Value, values};

/// The longest time between the first and the last day of an account that is looked for by its days.
const LONGEST_SPAN: i32 = 60;

/// The accounts of a book.
pub(crate) struct AccountStore<'a>(pub(crate) &'a mut Database);

pub(crate) fn keys<'i>(ids: impl IntoIterator<Item = &'i String>) -> Vec<Value> {
    ids.into_iter().map(Value::from).collect()
}

impl Lookup for AccountStore<'_> {
    fn features(&mut self, ids: &BTreeSet<String>) -> Result<Vec<Features>, Error> {
        features(self.0, &keys(ids))
    }

    fn near(&mut self, accounts: &[&Features]) -> Result<BTreeSet<String>, Error> {
        let mut asked = BTreeSet::new();
        for features in accounts {
            if let Some((first, last)) = features.days.dates() {
                asked.extend(features.pairs().into_iter().map(|pair| (pair, first, last)));
            }
        }
        let mut found = BTreeSet::new();
        let sql = "SELECT a.id FROM account_pairs p JOIN accounts a ON a.arrived = p.account
            WHERE p.pair = ?1 AND p.first_day >= ?2 AND p.first_day <= ?3 AND p.last_day >= ?4";
        for (pair, first, last) in asked {
            let from = first.saturating_sub((LONGEST_SPAN + MAX_DAYS_APART).days());
            let values = values![
                pair,
                from,
                last.saturating_add(MAX_DAYS_APART.days()),
                first.saturating_sub(MAX_DAYS_APART.days())
            ];
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
pub(crate) fn features(book: &mut Database, ids: &[Value]) -> Result<Vec<Features>, Error> {
    let mut participants = participants(book, ids)?;
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
        found.push(Features {
            report: row.text(1)?.to_string(),
            publisher: row.optional_string(2)?,
            side: row.optional_string(3)?,
            published,
            kind,
            status,
            participants: participants.remove(&id).unwrap_or_default(),
            days: ContactDays::of(told, inferred, kind, status, published),
            time: row.optional_text(9)?.and_then(|time| clock(time, row.optional_string(10).ok()?)),
            place: row.optional_string(11)?,
            aggregate: row.yes(12)?,
            id,
        });
        Ok(())
    })?;
    Ok(found)
}

fn participants(book: &mut Database, ids: &[Value]) -> Result<BTreeMap<String, Vec<Participant>>, Error> {
    let mut participants: BTreeMap<String, Vec<Participant>> = BTreeMap::new();
    let sql = "SELECT a.id, p.identity, p.side, p.type, p.name, p.role
        FROM accounts a JOIN account_parties p ON p.account = a.arrived
        WHERE p.present = 0 AND a.id IN (?*) ORDER BY p.account, p.position";
    book.each_of(sql, ids, |row| {
        let identity = Identity { who: row.text(1)?.to_string(), side: row.optional_string(2)? };
        let participant = Participant {
            identity,
            kind: row.parsed(3)?,
            name: row.optional_string(4)?,
            role: row.parsed(5)?,
        };
        participants.entry(row.text(0)?.to_string()).or_default().push(participant);
        Ok(())
    })?;
    Ok(participants)
}

fn clock(time: &str, zone: Option<String>) -> Option<ClockTime> {
    let (hour, minute) = time.split_once(':')?;
    Some(ClockTime { hour: hour.parse().ok()?, minute: minute.parse().ok()?, zone })
}
