//! Finds the accounts that may settle differently when some accounts change, and settles them again.
//!
//! Settling joins accounts that tell their day (*told*) among themselves, then those that don't (*vague*), and then
//! gives a vague group to a told one where it can be of no other. So what an account can change reaches no farther than:
//! its own group; the vague groups beside it; the told groups beside those; and the vague groups that compete for them.
//! These are gathered here, and to judge the last, the told groups beside them.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Error;
use crate::settle::features::Features;
use crate::settle::grouping::{Decisions, MAX_DAYS_APART, Settlement, is_alike, settle};

/// Where accounts are looked up.
pub(crate) trait Lookup {
    /// The accounts of those ids.
    fn features(&mut self, ids: &BTreeSet<String>) -> Result<Vec<Features>, Error>;
    /// The ids of all accounts that share a pair of sides with one of these and have days at most [`MAX_DAYS_APART`] apart.
    fn near(&mut self, accounts: &[&Features]) -> Result<BTreeSet<String>, Error>;
    /// The ids of all accounts that are in one entry with one of these, as they were settled last.
    fn companions(&mut self, ids: &BTreeSet<String>) -> Result<BTreeSet<String>, Error>;
}

/// Accounts that were gathered, and which of them can settle otherwise than before.
pub(crate) struct Neighbourhood<'a, L> {
    lookup: &'a mut L,
    decisions: &'a Decisions,
    known: BTreeMap<String, Features>,
    /// The accounts near each account that was asked for.
    beside: BTreeMap<String, BTreeSet<String>>,
}

/// Groups as they are now, by the ids of their accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resettled {
    /// The ids of each group, in order.
    pub(crate) groups: Vec<Vec<String>>,
    /// Two accounts that were joined, and by how many hundredths.
    pub(crate) joins: Vec<(String, String, u32)>,
    /// What is known of the accounts.
    pub(crate) known: BTreeMap<String, Features>,
}

impl<'a, L: Lookup> Neighbourhood<'a, L> {
    pub(crate) fn new(lookup: &'a mut L, decisions: &'a Decisions) -> Neighbourhood<'a, L> {
        Neighbourhood { lookup, decisions, known: BTreeMap::new(), beside: BTreeMap::new() }
    }

    /// The groups that the changed accounts and all that depend on them form now.
    pub(crate) fn resettle(mut self, changed: &BTreeSet<String>) -> Result<Resettled, Error> {
        self.learn(changed)?;
        let own = self.closure(changed, None)?;
        let (mut told, mut vague) = self.parted(&own);
        let mut beside = self.alike(&told, false)?;
        beside.extend(vague.iter().cloned());
        // Decisions may lead from a home to accounts that are vague again; without any, this is done once.
        let homes = loop {
            let affected = self.closure(&beside, Some(false))?;
            let mut homes = self.alike(&affected, true)?;
            homes.extend(told.iter().chain(&affected).cloned());
            let homes = self.closure(&homes, Some(true))?;
            (told, vague) = self.parted(&homes);
            if vague.is_subset(&affected) {
                break homes;
            }
            beside = vague;
        };
        let competing = self.alike(&homes, false)?;
        let competing = self.closure(&competing, Some(false))?;
        let others = self.alike(&competing, true)?;
        let others = self.closure(&others, Some(true))?;
        let all: BTreeSet<String> = [&homes, &competing, &others].into_iter().flatten().cloned().collect();
        self.settled(&all, &homes)
    }

    /// The groups in which one of `sure` is, and those of accounts that were in one entry with them until now.
    fn settled(self, all: &BTreeSet<String>, sure: &BTreeSet<String>) -> Result<Resettled, Error> {
        let accounts: Vec<Features> = all.iter().filter_map(|id| self.known.get(id).cloned()).collect();
        let Settlement { groups, joins } = settle(&accounts, self.decisions);
        let id = |&at: &usize| accounts[at].id.clone();
        let groups: Vec<Vec<String>> = groups.iter().map(|group| group.iter().map(id).collect()).collect();
        let with = |wanted: &BTreeSet<String>| {
            groups.iter().filter(|g| g.iter().any(|id| wanted.contains(id))).flatten().cloned().collect()
        };
        let mut written: BTreeSet<String> = with(sure);
        // Who was given to a group, and lost its place there to one that is liker, stands alone again.
        let displaced = self.lookup.companions(&written)?;
        written.extend(with(&displaced));
        let groups = groups.into_iter().filter(|group| written.contains(&group[0])).collect();
        let joins = joins.iter().map(|j| (id(&j.a), id(&j.b), j.hundredths)).collect();
        Ok(Resettled { groups, joins, known: self.known })
    }

    fn learn(&mut self, ids: &BTreeSet<String>) -> Result<(), Error> {
        let new: BTreeSet<String> = ids.iter().filter(|id| !self.known.contains_key(*id)).cloned().collect();
        if !new.is_empty() {
            let found = self.lookup.features(&new)?;
            self.known.extend(found.into_iter().map(|features| (features.id.clone(), features)));
        }
        Ok(())
    }

    /// Looks up what is near to each of these, where that is not known yet.
    fn look_around(&mut self, ids: &BTreeSet<String>) -> Result<(), Error> {
        let new: Vec<String> = ids
            .iter()
            .filter(|id| self.known.contains_key(*id) && !self.beside.contains_key(*id))
            .cloned()
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        let found = self.lookup.near(&new.iter().map(|id| &self.known[id]).collect::<Vec<_>>())?;
        self.learn(&found)?;
        let by_pair = self.by_pair(&found);
        let beside: Vec<_> = new.into_iter().map(|id| (self.near(&id, &by_pair), id)).collect();
        self.beside.extend(beside.into_iter().map(|(near, id)| (id, near)));
        Ok(())
    }

    /// The accounts that bring each pair of sides together.
    fn by_pair(&self, ids: &BTreeSet<String>) -> BTreeMap<String, Vec<&Features>> {
        let mut by_pair: BTreeMap<String, Vec<&Features>> = BTreeMap::new();
        for features in ids.iter().filter_map(|id| self.known.get(id)) {
            for pair in features.pairs() {
                by_pair.entry(pair).or_default().push(features);
            }
        }
        by_pair
    }

    /// The accounts that share a pair of sides with this one, and have days at most [`MAX_DAYS_APART`] apart.
    fn near(&self, id: &str, by_pair: &BTreeMap<String, Vec<&Features>>) -> BTreeSet<String> {
        let one = &self.known[id];
        let overlap = |other: &&&Features| {
            let near = one.days.range().zip(other.days.range());
            near.is_some_and(|((a, b), (c, d))| a <= d + MAX_DAYS_APART && c <= b + MAX_DAYS_APART)
                && other.id != id
        };
        let pairs = one.pairs();
        let others = pairs.iter().filter_map(|pair| by_pair.get(pair)).flatten();
        others.filter(overlap).map(|other| other.id.clone()).collect()
    }

    /// The accounts, told or vague, that one of these is like.
    fn alike(&mut self, ids: &BTreeSet<String>, told: bool) -> Result<BTreeSet<String>, Error> {
        self.look_around(ids)?;
        let mut found = BTreeSet::new();
        for id in ids {
            let one = &self.known[id];
            let fits = |other: &&String| {
                let other = &self.known[*other];
                other.days.is_told() == told && is_alike(one, other)
            };
            found.extend(self.beside[id].iter().filter(fits).cloned());
        }
        Ok(found)
    }

    /// These accounts, and all that chains of likeness or of decisions lead to from them: told ones to told ones, vague
    /// ones to vague ones, decisions anywhere. Only chains of one kind are followed if that is given, until a decision
    /// leads away from it.
    fn closure(&mut self, ids: &BTreeSet<String>, mut told: Option<bool>) -> Result<BTreeSet<String>, Error> {
        self.learn(ids)?;
        let mut reached: BTreeSet<String> =
            ids.iter().filter(|id| self.known.contains_key(*id)).cloned().collect();
        let mut open = reached.clone();
        while !open.is_empty() {
            let (of_told, of_vague) = self.parted(&open);
            let mut next = self.decided(&open);
            self.learn(&next)?;
            next.retain(|id| self.known.contains_key(id));
            told = told.filter(|_| next.is_empty());
            if told != Some(false) {
                next.extend(self.alike(&of_told, true)?);
            }
            if told != Some(true) {
                next.extend(self.alike(&of_vague, false)?);
            }
            open = next.difference(&reached).cloned().collect();
            reached.extend(open.iter().cloned());
        }
        Ok(reached)
    }

    /// The accounts that somebody decided to be of one contact with these.
    fn decided(&self, ids: &BTreeSet<String>) -> BTreeSet<String> {
        let partner = |(a, b): &(String, String)| match (ids.contains(a), ids.contains(b)) {
            (true, false) => Some(b.clone()),
            (false, true) => Some(a.clone()),
            _ => None,
        };
        self.decisions.merged.iter().filter_map(partner).collect()
    }

    /// Those that tell their day, and those that don't.
    fn parted(&self, ids: &BTreeSet<String>) -> (BTreeSet<String>, BTreeSet<String>) {
        ids.iter().cloned().partition(|id| self.known[id].days.is_told())
    }
}

#[cfg(test)]
pub(crate) mod tests;
