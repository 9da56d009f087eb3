//! Opens a book of contacts: takes in reports with what was read in them, and answers with entries.

mod decisions;
mod overview;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use daybook_gazetteer::Gazetteer;
use daybook_record::{Entry, Reading, Report, Statement, Status};
use jiff::civil::Date;

use crate::ask::filter::Filter;
use crate::ask::names;
use crate::ask::query::{Query, matches};
use crate::candidate::Candidate;
use crate::entry::compare::{Comparison, TiedStatement, compare};
use crate::entry::trust::Trust;
use crate::error::Error;
use crate::filing::{Filing, prepare_filing, report_id};
use crate::settle::neighbourhood::Neighbourhood;
use crate::store::account_store::AccountStore;
use crate::store::decisions::decisions;
use crate::store::{self, Access, Column, Database, Place, entries, filing, find, load_entries};

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
        let known = filing::known_reports(&mut self.database, &ids)?;
        Ok(ids.iter().map(|id| known.contains(id)).collect())
    }

    /// Adds reports with what was read in them, and settles what they touch: all of it or nothing.
    ///
    /// # Errors
    /// Where the book can't be written.
    pub fn add(&mut self, reports: Vec<(Report, Reading)>) -> Result<Added, Error> {
        let prepared: Vec<Filing> = reports
            .into_iter()
            .map(|(report, reading)| prepare_filing(report, reading, &self.gazetteer, &self.trust))
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
            changed.extend(filing::accounts_of_reports(book, &outcome.superseded)?);
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
            entries::delete_all(book)?;
            let mut last = 0;
            while let Some((next, accounts)) = entries::unsettled(book, last, SETTLED_AT_ONCE)? {
                settle_again(book, &accounts, trust)?;
                last = next;
            }
            Ok(())
        })
    }

    /// How much the book holds.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn size(&mut self) -> Result<Size, Error> {
        let mut count = |table| load_entries::count_rows(&mut self.database, table);
        Ok(Size { reports: count("reports")?, accounts: count("accounts")?, entries: count("entries")? })
    }

    /// The entries that a query asks for, the latest first.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn list(&mut self, query: &Query) -> Result<Vec<Entry>, Error> {
        match query.as_of {
            None => {
                let ids = find::entry_ids(&mut self.database, query)?;
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
            None => Ok(find::entry_ids(&mut self.database, &all)?.len()),
            Some(_) => Ok(self.list(&all)?.len()),
        }
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
        let members = load_entries::members(&mut self.database, &entry)?;
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
        let found = load_entries::entries_beginning(&mut self.database, id)?;
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
        load_entries::entries_of_ids(&mut self.database, ids, &self.trust)
    }

    /// What was published by a day, settled as if nothing else had been, and what a query asks of it.
    fn list_as_of(&mut self, query: &Query, day: Date) -> Result<Vec<Entry>, Error> {
        let saying = match &query.text {
            Some(words) => Some(find::reports_saying(&mut self.database, words)?),
            None => None,
        };
        let trust = &self.trust;
        let mut entries = self.database.transaction(|book| load_entries::entries_as_of(book, day, trust))?;
        entries.retain(|entry| matches(query, entry, saying.as_ref()));
        query.order(&mut entries);
        if let Some(after) = &query.after {
            entries.drain(..query.passed(&entries, after));
        }
        entries.truncate(query.limit.unwrap_or(usize::MAX));
        Ok(entries)
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
    pub fn statements(&mut self, entry: &Entry) -> Result<Vec<TiedStatement>, Error> {
        let mut tied = Vec::new();
        for (at, filed) in entry.accounts.iter().enumerate() {
            let Some(report) = store::report(&mut self.database, &filed.report.id)? else { continue };
            let bears = |s: &Statement| s.contacts.iter().any(|tie| tie.value.account == filed.number);
            let statements = store::statements(&mut self.database, &filed.report.id)?;
            let found = statements.into_iter().filter(bears);
            tied.extend(found.map(|statement| TiedStatement {
                account: at,
                statement,
                report: report.clone(),
            }));
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

    /// Whom a name means ("Merkel", "President Xi", "the Kremlin", "USA"): one, or all of those whom it may mean, the
    /// likelier first; none where nobody is known by it. On a day, who was in office goes before others.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn candidates(&mut self, name: &str, on: Option<Date>) -> Result<Vec<Candidate>, Error> {
        names::likely_candidates(&mut self.database, &self.gazetteer, name, on)
    }

    /// The one party that a name means, by which entries are found.
    ///
    /// # Errors
    /// Where it means nobody or several, which [`Error::unresolved_name`] tells; where the book can't be read.
    pub fn party(&mut self, name: &str, on: Option<Date>) -> Result<String, Error> {
        names::resolve(&mut self.database, &self.gazetteer, name, on)
    }

    /// The query that a filter means, with names understood as the book knows them on the last day asked for.
    ///
    /// # Errors
    /// As [`Book::party`], for any of the names.
    pub fn query(&mut self, filter: &Filter) -> Result<Query, Error> {
        filter.query(&mut self.database, &self.gazetteer)
    }

    /// All who bear a name, whether the book knows of contacts of theirs or not.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn bearers_of(&mut self, name: &str, on: Option<Date>) -> Result<Vec<Candidate>, Error> {
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

/// So many accounts are settled at a time where all are settled anew.
const SETTLED_AT_ONCE: usize = 2000;

/// Of so many of the latest entries of two, one is surely dated and told singly.
const RECENT: usize = 50;

/// Settles accounts that are new, or of which something has changed. Gives the entries that were made or changed.
fn settle_again(
    book: &mut Database,
    changed: &BTreeSet<String>,
    trust: &Trust,
) -> Result<Vec<String>, Error> {
    if changed.is_empty() {
        return Ok(Vec::new());
    }
    let decisions = decisions(book)?;
    let settled = Neighbourhood::new(&mut AccountStore(book), &decisions).resettle(changed)?;
    entries::write(book, &settled, changed, &decisions, trust)
}
