//! A book: reports and what was read in them go in, entries come out.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use daybook_gazetteer::Gazetteer;
use daybook_record::{Entry, Reading, Report, Statement, Status};
use jiff::civil::Date;

use crate::ask::names::{self, Candidate};
use crate::ask::query::{Query, matches, sql};
use crate::entry::compare::{Comparison, compare};
use crate::entry::trust::Trust;
use crate::error::Error;
use crate::filing::{prepare, report_id};
use crate::settle::features::Traits;
use crate::settle::grouping::{Decisions, settle};
use crate::settle::neighbourhood::{Lookup, Neighbourhood, Resettled};
use crate::store::account_store::{self, Shelf, keys};
use crate::store::entries;
use crate::store::{self, Access, Column, Database, Filing, Place, Value, values};

/// A sourced book of contacts, in a SQLite file or in PostgreSQL.
///
/// ```
/// use daybook_gazetteer::Gazetteer;
/// use daybook_ledger::{Access, Book, Query, Trust};
///
/// # let folder = std::env::temp_dir().join(format!("daybook-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("book.db").display().to_string();
/// let mut book = Book::open(&path, Access::Create, Gazetteer::builtin()?, Trust::default())?;
/// assert_eq!(book.list(&Query::default())?.len(), 0);
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Book {
    database: Database,
    gazetteer: Gazetteer,
    trust: Trust,
}

/// What adding reports has done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Added {
    /// For each report, in order, whether it was new.
    pub new: Vec<bool>,
    /// How many accounts the new ones have.
    pub accounts: usize,
    /// The ids of the entries that were made or changed.
    pub entries: Vec<String>,
    /// How many of the new reports replace an earlier version of the same address.
    pub versions: usize,
}

/// What a book holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Reports, all versions.
    pub reports: usize,
    /// Accounts.
    pub accounts: usize,
    /// Entries.
    pub entries: usize,
}

/// A statement that bears on an entry, with the account of the entry that it is tied to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tied {
    /// The account's number in [`Entry::accounts`].
    pub account: usize,
    /// The statement.
    pub statement: Statement,
    /// The report that it stands in.
    pub report: Report,
}

impl Book {
    /// Opens a book: a file's path, or `postgres://…`.
    ///
    /// # Errors
    /// As [`Database::open`].
    pub fn open(place: &str, access: Access, gazetteer: Gazetteer, trust: Trust) -> Result<Book, Error> {
        Ok(Book { database: Database::open(&Place::parse(place), access)?, gazetteer, trust })
    }

    /// The tables beneath.
    pub fn database(&mut self) -> &mut Database {
        &mut self.database
    }

    /// The tables beneath, and who is who.
    pub(crate) fn parts(&mut self) -> (&mut Database, &Gazetteer) {
        (&mut self.database, &self.gazetteer)
    }

    /// Who is who, by which names are understood.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Which of these reports the book has already, word for word.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn has(&mut self, reports: &[&Report]) -> Result<Vec<bool>, Error> {
        let ids: Vec<String> = reports.iter().map(|report| report_id(report)).collect();
        let mut known = BTreeSet::new();
        self.database.each_of("SELECT id FROM reports WHERE id IN (?*)", &keys(&ids), |row| {
            known.insert(row.text(0)?.to_string());
            Ok(())
        })?;
        Ok(ids.iter().map(|id| known.contains(id)).collect())
    }

    /// Adds reports with what was read in them, and settles what they touch: all of it or nothing.
    ///
    /// # Errors
    /// Where the book can't be written.
    pub fn add(&mut self, reports: Vec<(Report, Reading)>) -> Result<Added, Error> {
        let prepared: Vec<Filing> = reports
            .into_iter()
            .map(|(report, reading)| prepare(report, reading, &self.gazetteer, &self.trust))
            .collect();
        let trust = &self.trust;
        self.database.transaction(|book| {
            let outcome = store::file(book, &prepared)?;
            let fresh =
                || prepared.iter().zip(&outcome.added).filter(|(_, new)| **new).map(|(filing, _)| filing);
            let mut changed: BTreeSet<String> =
                fresh().flat_map(|filing| &filing.accounts).map(|account| account.id.clone()).collect();
            let accounts = changed.len();
            let versions = outcome.superseded.len();
            changed.extend(accounts_of(book, &outcome.superseded)?);
            let entries = settle_again(book, &changed, trust)?;
            Ok(Added { new: outcome.added, accounts, entries, versions })
        })
    }

    /// Throws away all that was computed, and settles every account anew: the outcome is the same as before, unless
    /// the program has changed.
    ///
    /// # Errors
    /// Where the book can't be written.
    pub fn settle_anew(&mut self) -> Result<(), Error> {
        let trust = &self.trust;
        self.database.transaction(|book| {
            for table in ["entries", "entry_parties", "entry_pairs", "joins"] {
                book.execute(&format!("DELETE FROM {table}"), &[])?;
            }
            book.execute("UPDATE accounts SET entry = NULL", &[])?;
            // `+` keeps the planner from looking for what is not settled, and sorting all of it each time.
            let sql = "SELECT arrived, id FROM accounts WHERE arrived > ?1 AND +entry IS NULL
                ORDER BY arrived LIMIT 2000";
            let mut last = 0_i64;
            loop {
                let rows = book.query(sql, &values![last])?;
                let Some(row) = rows.last() else { return Ok(()) };
                last = row.integer(0)?;
                let open: BTreeSet<String> =
                    rows.iter().map(|row| Ok(row.text(1)?.to_string())).collect::<Result<_, Error>>()?;
                settle_again(book, &open, trust)?;
            }
        })
    }

    /// How much the book holds.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn size(&mut self) -> Result<Size, Error> {
        let mut count = |table: &str| -> Result<usize, Error> {
            let rows = self.database.query(&format!("SELECT count(*) FROM {table}"), &[])?;
            rows.first().map_or(Ok(0), |row| row.size(0))
        };
        Ok(Size { reports: count("reports")?, accounts: count("accounts")?, entries: count("entries")? })
    }

    /// The entries that a query asks for, the latest first.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn list(&mut self, query: &Query) -> Result<Vec<Entry>, Error> {
        match query.as_of {
            None => {
                let ids = self.found(query)?;
                self.entries(&ids)
            }
            Some(day) => self.list_as_of(query, day),
        }
    }

    /// The last contact of two that was held, of those that are dated and told singly; `before` a day, `as_of` what was
    /// published by another.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn last_held(
        &mut self,
        parties: &[String; 2],
        before: Option<Date>,
        as_of: Option<Date>,
    ) -> Result<Option<Entry>, Error> {
        let query = Query {
            parties: parties.to_vec(),
            statuses: vec![Status::Held, Status::UnderWay],
            until: before.and_then(|day| day.yesterday().ok()),
            as_of,
            limit: Some(RECENT),
            ..Query::default()
        };
        Ok(self.list(&query)?.into_iter().find(|entry| !entry.aggregate && entry.date.is_some()))
    }

    /// How many entries a query asks for, whatever its limit.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn count(&mut self, query: &Query) -> Result<usize, Error> {
        let all = Query { limit: None, ..query.clone() };
        match query.as_of {
            None => Ok(self.found(&all)?.len()),
            Some(_) => Ok(self.list(&all)?.len()),
        }
    }

    /// The ids of the entries that a query asks for.
    fn found(&mut self, query: &Query) -> Result<Vec<String>, Error> {
        let (sql, values) = sql(query, &self.database, "e.id");
        let rows = self.database.query(&sql, &values)?;
        rows.iter().map(|row| Ok(row.text(0)?.to_string())).collect()
    }

    /// The entry of an id: its own, that of any account of it, or the beginning of one that no other has.
    ///
    /// # Errors
    /// Where there is none, or several; the message names them.
    pub fn entry(&mut self, id: &str) -> Result<Entry, Error> {
        let entry = self.resolve(id)?.1;
        self.entries(std::slice::from_ref(&entry))?
            .into_iter()
            .next()
            .ok_or_else(|| Error::damaged(format!("the entry {entry} has no accounts; settle the book anew")))
    }

    /// The entry of an id as it was known on a day.
    ///
    /// # Errors
    /// As [`Book::entry`], and where nothing of it was known by then.
    pub fn entry_as_of(&mut self, id: &str, day: Date) -> Result<Entry, Error> {
        let (account, entry) = self.resolve(id)?;
        let then = self.list(&Query { as_of: Some(day), withdrawn: true, ..Query::default() })?;
        let has = |id: &str| then.iter().find(|e| e.accounts.iter().any(|a| a.id == id));
        // The account whose id the entry has may be one that was published later.
        let members = self.members(&entry)?;
        has(&account).or_else(|| members.iter().find_map(|id| has(id))).cloned().ok_or_else(|| {
            Error::usage(format!("nothing was known of {id} on {day}; leave --as-of away to see it"))
        })
    }

    /// The account and the entry that an id or its beginning means.
    fn resolve(&mut self, id: &str) -> Result<(String, String), Error> {
        let wrong =
            |why: &str| Err(Error::usage(format!("{id:?} {why}; `daybook list` gives the ids of entries")));
        if id.len() < 4 || !id.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase()) {
            return wrong("is no id of an entry, nor four or more characters of its beginning");
        }
        let sql = "SELECT a.id, e.id FROM accounts a LEFT JOIN entries e ON e.account = a.entry
            WHERE a.id >= ?1 AND a.id < ?2 ORDER BY a.id LIMIT 9";
        let rows = self.database.query(sql, &values![id, format!("{id}g")])?;
        let mut found = BTreeMap::new();
        for row in &rows {
            let account = row.text(0)?.to_string();
            found.entry(row.optional_string(1)?.unwrap_or_default()).or_insert(account);
        }
        match found.len() {
            0 => wrong("is in no entry of the book"),
            1 => Ok(found.into_iter().map(|(entry, account)| (account, entry)).next().unwrap_or_default()),
            _ => {
                let ids: Vec<&str> = found.keys().map(String::as_str).collect();
                wrong(&format!("is the beginning of several: {}", ids.join(", ")))
            }
        }
    }

    /// The entries of those ids, in their order.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn entries(&mut self, ids: &[String]) -> Result<Vec<Entry>, Error> {
        let mut members: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let sql =
            "SELECT e.id, a.id FROM entries e JOIN accounts a ON a.entry = e.account WHERE e.id IN (?*)";
        self.database.each_of(sql, &keys(ids), |row| {
            members.entry(row.text(0)?.to_string()).or_default().push(row.text(1)?.to_string());
            Ok(())
        })?;
        members.values_mut().for_each(|list| list.sort_unstable());
        let mut joins = entries::Joins::new();
        let sql = "SELECT e.id, a.id, b.id, j.why FROM entries e JOIN joins j ON j.entry = e.account
            JOIN accounts a ON a.arrived = j.account JOIN accounts b ON b.arrived = j.other WHERE e.id IN (?*)";
        self.database.each_of(sql, &keys(ids), |row| {
            let join = (row.text(1)?.to_string(), row.text(2)?.to_string(), row.text(3)?.to_string());
            joins.entry(row.text(0)?.to_string()).or_default().push(join);
            Ok(())
        })?;
        joins.values_mut().for_each(|list| list.sort_unstable());
        let groups: Vec<Vec<String>> = ids.iter().filter_map(|id| members.remove(id)).collect();
        entries::of_groups(&mut self.database, &groups, &self.trust, &joins)
    }

    /// What was published by a day, settled as if nothing else had been, and what a query asks of it.
    fn list_as_of(&mut self, query: &Query, day: Date) -> Result<Vec<Entry>, Error> {
        let saying = match &query.text {
            Some(words) => Some(self.reports_saying(words)?),
            None => None,
        };
        let trust = &self.trust;
        let mut entries = self.database.transaction(|book| as_of(book, day, trust))?;
        entries.retain(|entry| matches(query, entry, saying.as_ref()));
        query.order(&mut entries);
        if let Some(after) = &query.after {
            entries.drain(..query.passed(&entries, after));
        }
        entries.truncate(query.limit.unwrap_or(usize::MAX));
        Ok(entries)
    }

    fn reports_saying(&mut self, words: &str) -> Result<BTreeSet<String>, Error> {
        let sql = format!("SELECT r.id FROM reports r WHERE {}", self.database.saying("r", "?1"));
        let rows = self.database.query(&sql, &[Database::sought(words)])?;
        rows.iter().map(|row| Ok(row.text(0)?.to_string())).collect()
    }

    /// The text and other parts of a report.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn report(&mut self, id: &str) -> Result<Option<Report>, Error> {
        store::report(&mut self.database, id)
    }

    /// The statements that bear on an entry, in the order of its accounts and their texts.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn statements(&mut self, entry: &Entry) -> Result<Vec<Tied>, Error> {
        let mut tied = Vec::new();
        for (at, filed) in entry.accounts.iter().enumerate() {
            let Some(report) = store::report(&mut self.database, &filed.report.id)? else { continue };
            let bears = |s: &Statement| s.contacts.iter().any(|tie| tie.value.account == filed.number);
            let statements = store::statements(&mut self.database, &filed.report.id)?;
            let found = statements.into_iter().filter(bears);
            tied.extend(found.map(|statement| Tied { account: at, statement, report: report.clone() }));
        }
        Ok(tied)
    }

    /// The statements of a report, in the order of its text.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn statements_of(&mut self, report: &str) -> Result<Vec<Statement>, Error> {
        store::statements(&mut self.database, report)
    }

    /// The sides' own accounts of an entry beside each other.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn compare(&mut self, entry: &Entry) -> Result<Comparison, Error> {
        let tied = self.statements(entry)?;
        let mut reports = BTreeMap::new();
        for readout in &entry.readouts {
            let id = entry.accounts.get(readout.account).map(|filed| filed.report.id.clone());
            let report = id.map(|id| self.report(&id)).transpose()?.flatten();
            reports.extend(report.map(|report| (readout.account, report)));
        }
        Ok(compare(entry, &tied, &reports))
    }

    /// Decides that two entries are of one contact. Gives the number of the decision, by which it can be undone.
    ///
    /// # Errors
    /// Where one of them is not there, both are one already, or the book can't be written.
    pub fn merge(
        &mut self,
        one: &str,
        other: &str,
        by: Option<&str>,
        why: Option<&str>,
    ) -> Result<u32, Error> {
        let (one, other) = (self.resolve(one)?, self.resolve(other)?);
        if one.1 == other.1 {
            return Err(Error::usage(format!("both are in the entry {} already", one.1)));
        }
        let accounts = [self.members(&one.1)?, self.members(&other.1)?];
        self.decide("merge", vec![(accounts[0][0].clone(), accounts[1][0].clone())], by, why)
    }

    /// Decides that accounts are of another contact than the rest of their entry. Gives the number of the decision.
    ///
    /// # Errors
    /// Where an account is not in the entry, none or all of them are named, or the book can't be written.
    pub fn split(
        &mut self,
        entry: &str,
        accounts: &[String],
        by: Option<&str>,
        why: Option<&str>,
    ) -> Result<u32, Error> {
        let entry = self.resolve(entry)?.1;
        let members = self.members(&entry)?;
        let mut away = BTreeSet::new();
        for id in accounts {
            let fits: Vec<&String> =
                members.iter().filter(|member| member.starts_with(id.as_str())).collect();
            match fits[..] {
                [one] => away.insert(one.clone()),
                _ => {
                    return Err(Error::usage(format!(
                        "{id:?} is not one account of the entry {entry}; its accounts are {}",
                        members.join(", ")
                    )));
                }
            };
        }
        if away.is_empty() || away.len() == members.len() {
            return Err(Error::usage(format!(
                "name some of the accounts of {entry}, not all: {}",
                members.join(", ")
            )));
        }
        let stay: Vec<&String> = members.iter().filter(|id| !away.contains(*id)).collect();
        let pairs =
            away.iter().flat_map(|one| stay.iter().map(|other| (one.clone(), (*other).clone()))).collect();
        self.decide("split", pairs, by, why)
    }

    /// Takes a decision back. It stays in the book, marked as undone.
    ///
    /// # Errors
    /// Where there is no such decision, or it is undone already.
    pub fn undo(&mut self, number: u32, by: Option<&str>, why: Option<&str>) -> Result<(), Error> {
        let trust = &self.trust;
        self.database.transaction(|book| {
            let sql =
                "SELECT account, other FROM decisions WHERE number = ?1 AND undoes IS NULL ORDER BY position";
            let mut changed = BTreeSet::new();
            for row in book.query(sql, &values![number])? {
                changed.extend([row.text(0)?.to_string(), row.text(1)?.to_string()]);
            }
            if changed.is_empty() {
                return Err(Error::usage(format!(
                    "there is no decision {number}; `daybook sql \"SELECT * FROM decisions\"` lists them"
                )));
            }
            if !book.query("SELECT 1 FROM decisions WHERE undoes = ?1", &values![number])?.is_empty() {
                return Err(Error::usage(format!("the decision {number} is undone already")));
            }
            let row = values![next_number(book)?, 0_u32, "undo", Value::Null, Value::Null, number, by, why];
            book.insert_many("decisions", &DECISION, [row.to_vec()])?;
            settle_with_companions(book, changed, trust)
        })
    }

    fn decide(
        &mut self,
        verdict: &str,
        pairs: Vec<(String, String)>,
        by: Option<&str>,
        why: Option<&str>,
    ) -> Result<u32, Error> {
        let trust = &self.trust;
        self.database.transaction(|book| {
            let number = next_number(book)?;
            let row = |(position, (one, other)): (usize, &(String, String))| {
                values![number, position, verdict, one, other, Value::Null, by, why].to_vec()
            };
            book.insert_many("decisions", &DECISION, pairs.iter().enumerate().map(row))?;
            let changed = pairs.into_iter().flat_map(|(one, other)| [one, other]).collect();
            settle_with_companions(book, changed, trust)?;
            Ok(number)
        })
    }

    /// The ids of an entry's accounts, in order.
    fn members(&mut self, entry: &str) -> Result<Vec<String>, Error> {
        let sql =
            "SELECT a.id FROM entries e JOIN accounts a ON a.entry = e.account WHERE e.id = ?1 ORDER BY a.id";
        let rows = self.database.query(sql, &values![entry])?;
        rows.iter().map(|row| Ok(row.text(0)?.to_string())).collect()
    }

    /// Whom a name means ("Merkel", "President Xi", "the Kremlin", "USA"): one, or all of those whom it may mean, the
    /// likelier first; none where nobody is known by it. On a day, who was in office goes before others.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn whom(&mut self, name: &str, on: Option<Date>) -> Result<Vec<Candidate>, Error> {
        names::whom(&mut self.database, &self.gazetteer, name, on)
    }

    /// All who bear a name, whether the book knows of contacts of theirs or not.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn bearers(&mut self, name: &str, on: Option<Date>) -> Result<Vec<Candidate>, Error> {
        names::candidates(&mut self.database, &self.gazetteer, name, on)
    }

    /// Answers a question in SQL that only reads, within a time; see [`Database::select`].
    ///
    /// # Errors
    /// Where the SQL has a mistake, would write, or takes too long.
    pub fn select(
        &mut self,
        sql: &str,
        limit: Duration,
        work: impl FnMut(&[String], &[Option<String>]) -> Result<(), Error>,
    ) -> Result<Vec<Column>, Error> {
        self.database.select(sql, limit, work)
    }
}

/// Of so many of the latest entries of two, one is surely dated and told singly.
const RECENT: usize = 50;

const DECISION: [&str; 8] =
    ["number", "position", "verdict", "account", "other", "undoes", "decided_by", "why"];

fn next_number(book: &mut Database) -> Result<u32, Error> {
    let rows = book.query("SELECT coalesce(max(number), 0) + 1 FROM decisions", &[])?;
    let next = rows.first().map_or(Ok(1), |row| row.integer(0))?;
    u32::try_from(next).map_err(|_| Error::damaged("the book holds too many decisions"))
}

/// Settles accounts with all that were in one entry with them: what was together may fall apart.
fn settle_with_companions(
    book: &mut Database,
    mut changed: BTreeSet<String>,
    trust: &Trust,
) -> Result<(), Error> {
    changed.extend(Shelf(book).companions(&changed)?);
    settle_again(book, &changed, trust).map(|_| ())
}

/// Settles accounts that are new, or of which something has changed. Gives the entries that were made or changed.
fn settle_again(
    book: &mut Database,
    changed: &BTreeSet<String>,
    trust: &Trust,
) -> Result<Vec<String>, Error> {
    if changed.is_empty() {
        return Ok(Vec::new());
    }
    let decisions = account_store::decisions(book)?;
    let settled = Neighbourhood::new(&mut Shelf(book), &decisions).resettle(changed)?;
    entries::write(book, &settled, changed, &decisions, trust)
}

/// The accounts of reports.
fn accounts_of(book: &mut Database, reports: &[String]) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    let sql = "SELECT a.id FROM reports r JOIN accounts a ON a.report = r.arrived WHERE r.id IN (?*)";
    book.each_of(sql, &keys(reports), |row| {
        found.push(row.text(0)?.to_string());
        Ok(())
    })?;
    Ok(found)
}

/// All entries of what was published by a day, settled as if nothing else had been.
fn as_of(book: &mut Database, day: Date, trust: &Trust) -> Result<Vec<Entry>, Error> {
    let sql = "SELECT a.id FROM accounts a JOIN reports r ON r.arrived = a.report WHERE r.published <= ?1";
    let rows = book.query(sql, &values![day])?;
    let ids: Vec<String> =
        rows.iter().map(|row| Ok(row.text(0)?.to_string())).collect::<Result<_, Error>>()?;
    let later: BTreeSet<String> = {
        let sql = "SELECT id FROM reports WHERE published > ?1 OR published IS NULL";
        let rows = book.query(sql, &values![day])?;
        rows.iter().map(|row| Ok(row.text(0)?.to_string())).collect::<Result<_, Error>>()?
    };
    let decisions: Decisions = account_store::decisions(book)?;
    let known: Vec<Traits> = account_store::traits(book, &keys(&ids))?;
    let settlement = settle(&known, &decisions);
    let id = |&at: &usize| known[at].id.clone();
    let groups: Vec<Vec<String>> = settlement.groups.iter().map(|g| g.iter().map(id).collect()).collect();
    let joins = settlement.joins.iter().map(|j| (id(&j.a), id(&j.b), j.hundredths)).collect();
    let known = known.into_iter().map(|traits| (traits.id.clone(), traits)).collect();
    let settled = Resettled { groups, joins, known };
    entries::then(book, &settled, &decisions, trust, &later)
}
