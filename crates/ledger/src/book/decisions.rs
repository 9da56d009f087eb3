//! Merges and splits entries as people decide, and undoes it.

use std::collections::BTreeSet;

use super::{Book, settle_again};
use crate::entry::trust::Trust;
use crate::error::Error;
use crate::settle::neighbourhood::Lookup;
use crate::store::account_store::AccountStore;
use crate::store::decisions::{self, Grounds};
use crate::store::{Database, load_entries};

impl Book {
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
        let accounts = [
            load_entries::members(&mut self.database, &one.1)?,
            load_entries::members(&mut self.database, &other.1)?,
        ];
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
        let members = load_entries::members(&mut self.database, &entry)?;
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
            let changed = decisions::accounts_decided(book, number)?;
            if changed.is_empty() {
                return Err(Error::usage(format!(
                    "there is no decision {number}; `daybook sql \"SELECT * FROM decisions\"` lists them"
                )));
            }
            if decisions::is_undone(book, number)? {
                return Err(Error::usage(format!("the decision {number} is undone already")));
            }
            decisions::write_undoing(book, number, Grounds { by, why })?;
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
            let number = decisions::write_decision(book, verdict, &pairs, Grounds { by, why })?;
            let changed = pairs.into_iter().flat_map(|(one, other)| [one, other]).collect();
            settle_with_companions(book, changed, trust)?;
            Ok(number)
        })
    }
}

/// Settles accounts with all that were in one entry with them: what was together may fall apart.
fn settle_with_companions(
    book: &mut Database,
    mut changed: BTreeSet<String>,
    trust: &Trust,
) -> Result<(), Error> {
    changed.extend(AccountStore(book).companions(&changed)?);
    settle_again(book, &changed, trust).map(|_| ())
}
