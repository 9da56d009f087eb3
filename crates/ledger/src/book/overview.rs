//! Lists entries in brief, counts them, and counts who contacts whom.

use std::collections::BTreeMap;

use daybook_record::Filed;
use jiff::civil::Date;

use super::Book;
use crate::ask::names::{self, PartyIndex};
use crate::ask::overview::{Among, Brief, By, Link};
use crate::ask::query::Query;
use crate::candidate::Candidate;
use crate::error::Error;
use crate::store::{find, load_entries, parties};

impl Book {
    /// The entries that a query asks for, in brief, the latest first unless it says otherwise.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn briefs(&mut self, query: &Query) -> Result<Vec<Brief>, Error> {
        if query.as_of.is_some() {
            return Ok(self.list(query)?.iter().map(Brief::of).collect());
        }
        find::briefs(self.database(), query)
    }

    /// How many of the entries that a query asks for there are of each kind, year and so on; in alphabetical order.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn tally(&mut self, query: &Query, by: By) -> Result<BTreeMap<String, usize>, Error> {
        if query.as_of.is_some() {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for brief in self.briefs(query)? {
                *counts.entry(by.key(&brief)).or_default() += 1;
            }
            return Ok(counts);
        }
        find::tally(self.database(), &Query { limit: None, after: None, ..query.clone() }, by)
    }

    /// With whom somebody, or a country or body, was in contact, and how often; the most frequent first.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn partners(
        &mut self,
        party: &str,
        among: Among,
        since: Option<Date>,
        until: Option<Date>,
        limit: usize,
    ) -> Result<Vec<(String, usize)>, Error> {
        parties::partners(self.database(), party, among, (since, until), limit)
    }

    /// Who was in contact with whom in a time, and how often; the most frequent first.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn network(
        &mut self,
        among: Among,
        since: Option<Date>,
        until: Option<Date>,
        limit: usize,
    ) -> Result<Vec<Link>, Error> {
        parties::network(self.database(), among, (since, until), limit)
    }

    /// The ids of the entries whose accounts arrived last, the last first.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn newest_entries(&mut self, limit: usize) -> Result<Vec<String>, Error> {
        load_entries::newest_entries(self.database(), limit)
    }

    /// The accounts of a report, in the order of its text, each with the id of its entry.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn accounts_in_report(&mut self, report: &str) -> Result<Vec<(Filed, String)>, Error> {
        load_entries::accounts_told_in(self.database(), report)
    }

    /// The name of somebody, of an office, or of a country or body, as the book and its tables have it.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn name_of(&mut self, party: &str) -> Result<String, Error> {
        let (database, gazetteer) = self.parts();
        names::name_of(database, gazetteer, party)
    }

    /// Whether somebody, or a country or body, takes part in an entry of the book.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn has_party(&mut self, party: &str) -> Result<bool, Error> {
        self.database().takes_part(party)
    }

    /// Those with contacts in the book whose name begins so, or has a word that does.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn suggest_parties(&mut self, beginning: &str, limit: usize) -> Result<Vec<Candidate>, Error> {
        let (database, gazetteer) = self.parts();
        names::suggest(database, gazetteer, beginning, limit)
    }

    /// Answers several questions from one state of the book, whatever is written to it meanwhile.
    ///
    /// # Errors
    /// As the work; where the book can't be read.
    pub fn with_snapshot<T>(&mut self, work: impl FnOnce(&mut Book) -> Result<T, Error>) -> Result<T, Error> {
        self.database().begin_snapshot()?;
        let done = work(self);
        self.database().end_snapshot()?;
        done
    }
}
