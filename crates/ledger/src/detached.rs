//! Accounts away from any book to entries: what a program needs that spreads settling over many machines.
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
use crate::filing::{FiledAccount, Filing, prepare};
use crate::settle::features::{Days, Taker, Traits};
use crate::settle::grouping::{Decisions, Forest, Settlement, is_alike, settle, sweep};
use crate::settle::neighbourhood::Resettled;

/// An account with all that settling and its entry take of it and of its report; it can be written down as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loose {
    account: Identified,
    /// What [`Source`] leaves out where it is written down.
    wording: String,
}

/// A report without its text, and its accounts in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loosened {
    /// The report; which one replaced it is not known yet.
    pub report: Source,
    /// Its accounts.
    pub accounts: Vec<Loose>,
}

impl Loosened {
    /// A report and what was read in it, as [`Book::add`](crate::Book::add) would file it.
    pub fn of(report: Report, reading: Reading, gazetteer: &Gazetteer, trust: &Trust) -> Loosened {
        let Filing { id, report, side, agency, wording, reading, accounts, .. } =
            prepare(report, reading, gazetteer, trust);
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
        let loose = |(number, (account, beside)): (usize, (_, FiledAccount))| {
            let FiledAccount { id, words, parties, present, place_side, .. } = beside;
            let filed = Filed { id, report: report.clone(), number, words, account };
            Loose { account: Identified { filed, parties, present, place_side }, wording: wording.clone() }
        };
        let accounts = reading.accounts.into_iter().zip(accounts).enumerate().map(loose).collect();
        Loosened { report, accounts }
    }
}

impl Loose {
    /// The account as it would stand in a book.
    pub fn filed(&self) -> &Filed {
        &self.account.filed
    }

    /// What settling looks at.
    pub fn traits(&self) -> Traits {
        let Identified { filed: Filed { id, report, account, .. }, parties, .. } = &self.account;
        let principals = account.parties.iter().zip(parties);
        Traits {
            id: id.clone(),
            report: report.id.clone(),
            publisher: report.publisher.clone(),
            side: report.side.clone(),
            published: report.published,
            kind: account.kind.value,
            status: account.status.value,
            takers: principals.map(|(p, whom)| Taker::new(&p.party, p.role, whom.clone())).collect(),
            days: Days::of_account(account, report.published),
            time: account.time.as_ref().map(|time| time.value.clone()),
            place: account.place.as_ref().map(|place| place.value.clone()),
            aggregate: account.aggregate,
        }
    }

    /// The same account of a report that another one replaced, by its id.
    #[must_use]
    pub fn superseded(mut self, by: Option<String>) -> Loose {
        self.account.filed.report.superseded_by = by;
        self
    }
}

/// Which accounts chains of likeness connect, of accounts that share a pair of sides: each that is like another, and the
/// one with the smallest id that a chain leads to, by their places. There are fewer such pairs than accounts, however many
/// are alike.
pub fn links(accounts: &[Traits]) -> Vec<(usize, usize)> {
    let days = |(at, traits): (usize, &Traits)| traits.days.range().map(|(first, last)| (first, last, at));
    let mut block: Vec<(i32, i32, usize)> = accounts.iter().enumerate().filter_map(days).collect();
    block.sort_unstable();
    let mut forest = Forest::of(accounts.len());
    sweep(&block, |one, other| {
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
pub fn entries_of(accounts: Vec<Loose>, trust: &Trust) -> Vec<Entry> {
    let decisions = Decisions::default();
    let known: BTreeMap<String, Traits> =
        accounts.iter().map(|loose| (loose.filed().id.clone(), loose.traits())).collect();
    let mut identified: BTreeMap<String, Identified> = accounts.into_iter().map(whole).collect();
    let places: Vec<Traits> = known.values().cloned().collect();
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
fn whole(loose: Loose) -> (String, Identified) {
    let Loose { mut account, wording } = loose;
    account.filed.report.wording = wording;
    (account.filed.id.clone(), account)
}

#[cfg(test)]
mod tests;
