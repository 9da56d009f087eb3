//! Settles accounts without a book, for programs that spread settling over many machines.
//!
//! Settling joins accounts over pairs that are alike, and looks at nothing but the two groups that it joins and, for a
//! group that tells only about when, at the groups that one of its accounts is like. So no account changes anything for
//! another that no chain of likeness leads to: where all accounts of a chain are in one place, each place can be settled
//! alone, and all of them together hold the entries of one book.

use std::collections::BTreeMap;

use daybook_gazetteer::Gazetteer;
use daybook_record::{Entry, Filed, Reading, Report, Source};
use serde::{Deserialize, Serialize};

use crate::entry::assemble::{assemble, joins};
use crate::entry::identified::Identified;
use crate::entry::trust::Trust;
use crate::filing::{FiledAccount, Filing, prepare_filing};
use crate::settle::features::{ContactDays, Features, Participant};
use crate::settle::grouping::{Decisions, Settlement, UnionFind, is_alike, settle, sweep_near_pairs};
use crate::settle::neighbourhood::Resettled;

/// An account with all that settling and its entry take of it and of its report; it can be written down as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetachedAccount {
    account: Identified,
    /// What [`Source`] leaves out where it is written down.
    wording: String,
}

/// A report without its text, and its accounts in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetachedReport {
    /// The report; which one replaced it is not known yet.
    pub report: Source,
    /// Its accounts.
    pub accounts: Vec<DetachedAccount>,
}

impl DetachedReport {
    /// A report and what was read in it, as [`Book::add`](crate::Book::add) would file it.
    pub fn of(report: Report, reading: Reading, gazetteer: &Gazetteer, trust: &Trust) -> DetachedReport {
        let Filing { id, report, side, agency, wording, reading, accounts, .. } =
            prepare_filing(report, reading, gazetteer, trust);
        let Report { id: name, title, published, publisher, url, .. } = report;
        let report = Source {
            id,
            name,
            title,
            publisher,
            published,
            url,
            side,
            agency,
            wording: wording.clone(),
            superseded_by: None,
        };
        let detached = |(number, (account, beside)): (usize, (_, FiledAccount))| {
            let FiledAccount { id, words, parties, present, place_side, .. } = beside;
            let filed = Filed { id, report: report.clone(), number, words, account };
            DetachedAccount {
                account: Identified { filed, parties, present, place_side },
                wording: wording.clone(),
            }
        };
        let accounts = reading.accounts.into_iter().zip(accounts).enumerate().map(detached).collect();
        DetachedReport { report, accounts }
    }
}

impl DetachedAccount {
    /// The account as it would stand in a book.
    pub fn filed(&self) -> &Filed {
        &self.account.filed
    }

    /// What settling looks at.
    pub fn features(&self) -> Features {
        let Identified { filed: Filed { id, report, account, .. }, parties, .. } = &self.account;
        let principals = account.parties.iter().zip(parties);
        Features {
            id: id.clone(),
            report: report.id.clone(),
            publisher: report.publisher.clone(),
            side: report.side.clone(),
            published: report.published,
            kind: account.kind.value,
            status: account.status.value,
            participants: principals
                .map(|(p, whom)| Participant::new(&p.party, p.role, whom.clone()))
                .collect(),
            days: ContactDays::of_account(account, report.published),
            time: account.time.as_ref().map(|time| time.value.clone()),
            place: account.place.as_ref().map(|place| place.value.clone()),
            aggregate: account.aggregate,
        }
    }

    /// The same account of a report that another one replaced, by its id.
    #[must_use]
    pub fn superseded(mut self, by: Option<String>) -> DetachedAccount {
        self.account.filed.report.superseded_by = by;
        self
    }
}

/// Which accounts chains of likeness connect, of accounts that share a pair of sides: each that is like another, and the
/// one with the smallest id that a chain leads to, by their places. There are fewer such pairs than accounts, however many
/// are alike.
pub fn likeness_links(accounts: &[Features]) -> Vec<(usize, usize)> {
    let days =
        |(at, features): (usize, &Features)| features.days.range().map(|(first, last)| (first, last, at));
    let mut block: Vec<(i32, i32, usize)> = accounts.iter().enumerate().filter_map(days).collect();
    block.sort_unstable();
    let mut forest = UnionFind::of(accounts.len());
    sweep_near_pairs(&block, |one, other| {
        if forest.root(one) != forest.root(other) && is_alike(&accounts[one], &accounts[other]) {
            forest.unite(one, other);
        }
    });
    let mut firsts: BTreeMap<usize, usize> = BTreeMap::new();
    let mut order: Vec<usize> = (0..accounts.len()).collect();
    order.sort_by(|&a, &b| accounts[a].id.cmp(&accounts[b].id));
    let first = |at: usize| (at, *firsts.entry(forest.root(at)).or_insert(at));
    order.into_iter().map(first).filter(|(at, first)| at != first).collect()
}

/// The entries of accounts, in the order of their ids; of two accounts with one id the later counts. Nobody has decided
/// anything of them.
pub fn settle_detached(accounts: Vec<DetachedAccount>, trust: &Trust) -> Vec<Entry> {
    let decisions = Decisions::default();
    let known: BTreeMap<String, Features> =
        accounts.iter().map(|detached| (detached.filed().id.clone(), detached.features())).collect();
    let mut identified: BTreeMap<String, Identified> = accounts.into_iter().map(whole).collect();
    let places: Vec<Features> = known.values().cloned().collect();
    let Settlement { groups, joins: pairs } = settle(&places, &decisions);
    let id = |&at: &usize| places[at].id.clone();
    let groups: Vec<Vec<String>> = groups.iter().map(|group| group.iter().map(id).collect()).collect();
    let pairs = pairs.iter().map(|join| (id(&join.a), id(&join.b), join.hundredths)).collect();
    let settled = Resettled { groups, joins: pairs, known };
    let joins = joins(&settled, &settled.groups, &decisions);
    let entry = |group: &Vec<String>| {
        let members: Vec<Identified> = group.iter().filter_map(|id| identified.remove(id)).collect();
        assemble(group, &members, trust, &joins)
    };
    settled.groups.iter().map(entry).collect()
}

/// An account by its id, with the fingerprints of its report's wording where they belong.
fn whole(detached: DetachedAccount) -> (String, Identified) {
    let DetachedAccount { mut account, wording } = detached;
    account.filed.report.wording = wording;
    (account.filed.id.clone(), account)
}

#[cfg(test)]
mod tests;
