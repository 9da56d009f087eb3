//! Accounts to the groups that are of one contact each.
//!
//! 1. Accounts that tell their day are joined greedily, the likest two first, as long as nothing in either group speaks
//!    against anything in the other (complete linkage over exclusions, single linkage over reasons).
//! 2. Those that tell only about when are joined likewise among themselves.
//! 3. A group of the second kind goes to the one group of the first that it can be of; where there are several, it
//!    stays alone: a guess would be wrong as often as right.
//!
//! The outcome depends on the accounts and decisions alone, not on their order.

use std::collections::{BTreeMap, BTreeSet};

use crate::likeness::{Likeness, likeness};
use crate::traits::Traits;

/// Accounts whose days are so far apart may be of one contact: a plan slips by so much.
pub const REACH: i32 = 3;

/// Two accounts are joined from so many hundredths on.
pub const ENOUGH: u32 = 45;

/// What people have decided of pairs of accounts, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Of one contact, whatever their likeness.
    pub merged: BTreeSet<(String, String)>,
    /// Not of one contact, whatever their likeness.
    pub split: BTreeSet<(String, String)>,
}

/// Two accounts that were joined, by their places in what was settled, and by how many hundredths; 0 for a decision.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Joined {
    /// The one.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// How like they are.
    pub hundredths: u32,
}

/// The groups, each by the places of its accounts in `accounts`, and what joined them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settlement {
    /// Each account's group: the place of its first account by id.
    pub groups: Vec<Vec<usize>>,
    /// Why.
    pub joins: Vec<Joined>,
}

/// Puts accounts together that are of one contact.
pub fn settle(accounts: &[Traits], decisions: &Decisions) -> Settlement {
    let mut order: Vec<usize> = (0..accounts.len()).collect();
    order.sort_by(|&a, &b| accounts[a].id.cmp(&accounts[b].id));
    let mut work = Work { accounts, decisions, forest: Forest::of(accounts.len()), joins: Vec::new() };
    let pairs = candidates(accounts, &order);
    work.decide();
    work.join(pairs.iter().filter(|(a, b)| accounts[*a].days.is_told() && accounts[*b].days.is_told()));
    work.join(pairs.iter().filter(|(a, b)| !accounts[*a].days.is_told() && !accounts[*b].days.is_told()));
    work.attach(pairs.iter().filter(|(a, b)| accounts[*a].days.is_told() != accounts[*b].days.is_told()));
    work.finish(&order)
}

/// Pairs of places of accounts that share a pair of sides and may share a day; each pair in the order of the ids.
fn candidates(accounts: &[Traits], order: &[usize]) -> Vec<(usize, usize)> {
    let mut blocks: BTreeMap<String, Vec<(i32, i32, usize)>> = BTreeMap::new();
    for &at in order {
        let Some((first, last)) = accounts[at].days.range() else { continue };
        for pair in accounts[at].pairs() {
            blocks.entry(pair).or_default().push((first, last, at));
        }
    }
    let mut pairs = BTreeSet::new();
    for block in blocks.values_mut() {
        block.sort_unstable();
        sweep(block, |one, other| {
            pairs.insert((one.min(other), one.max(other)));
        });
    }
    let ordered = |(a, b): (usize, usize)| if accounts[a].id <= accounts[b].id { (a, b) } else { (b, a) };
    pairs.into_iter().map(ordered).collect()
}

/// Runs a function over the pairs of a block, which is sorted by first day, whose days are at most [`REACH`] apart.
pub(crate) fn sweep(block: &[(i32, i32, usize)], mut pair: impl FnMut(usize, usize)) {
    for (at, (_, last, one)) in block.iter().enumerate() {
        for (_, _, other) in block[at + 1..].iter().take_while(|(first, _, _)| *first <= last + REACH) {
            pair(*one, *other);
        }
    }
}

/// Whether two accounts, looked at alone, are so alike that they are joined unless something in their groups forbids it.
pub(crate) fn is_alike(one: &Traits, other: &Traits) -> bool {
    matches!(likeness(one, other), Likeness::For(hundredths) if hundredths >= ENOUGH)
}

struct Work<'a> {
    accounts: &'a [Traits],
    decisions: &'a Decisions,
    forest: Forest,
    joins: Vec<Joined>,
}

impl Work<'_> {
    /// Joins what people have decided to be one.
    fn decide(&mut self) {
        let places: BTreeMap<&str, usize> =
            self.accounts.iter().enumerate().map(|(at, traits)| (traits.id.as_str(), at)).collect();
        for (one, other) in &self.decisions.merged {
            if let (Some(&a), Some(&b)) = (places.get(one.as_str()), places.get(other.as_str())) {
                self.unite(a, b, 0);
            }
        }
    }

    /// Joins the likest pairs first.
    fn join<'p>(&mut self, pairs: impl Iterator<Item = &'p (usize, usize)>) {
        for (hundredths, a, b) in self.ranked(pairs) {
            if self.forest.root(a) != self.forest.root(b) && self.is_possible(a, b) {
                self.unite(a, b, hundredths);
            }
        }
    }

    /// Pairs that are alike enough, the likest first, then by their ids.
    fn ranked<'p>(&self, pairs: impl Iterator<Item = &'p (usize, usize)>) -> Vec<(u32, usize, usize)> {
        let alike = |&(a, b): &(usize, usize)| match self.verdict(a, b) {
            Likeness::For(hundredths) if hundredths >= ENOUGH => Some((hundredths, a, b)),
            _ => None,
        };
        let mut ranked: Vec<_> = pairs.filter_map(alike).collect();
        ranked.sort_by(|x, y| {
            let ids = |&(_, a, b): &(u32, usize, usize)| (&self.accounts[a].id, &self.accounts[b].id);
            y.0.cmp(&x.0).then_with(|| ids(x).cmp(&ids(y)))
        });
        ranked
    }

    /// Gives each group that tells only about when to the one group with a day that it can be of. Of several that
    /// exclude each other and can only be of the same one, the likest goes there.
    fn attach<'p>(&mut self, pairs: impl Iterator<Item = &'p (usize, usize)>) {
        let mut homes: BTreeMap<usize, BTreeMap<usize, (u32, usize, usize)>> = BTreeMap::new();
        let ranked = self.ranked(pairs);
        for &(hundredths, a, b) in &ranked {
            let (vague, told) = if self.accounts[a].days.is_told() { (b, a) } else { (a, b) };
            if self.is_vague(vague) && self.is_possible(vague, told) {
                let home = homes.entry(self.forest.root(vague)).or_default();
                home.entry(self.forest.root(told)).or_insert((hundredths, a, b));
            }
        }
        let alone = |home: &BTreeMap<usize, _>| home.len() == 1;
        let sure = homes.into_values().filter(alone).flat_map(BTreeMap::into_values).collect::<BTreeSet<_>>();
        for (hundredths, a, b) in ranked.into_iter().filter(|pair| sure.contains(pair)) {
            if self.is_possible(a, b) {
                self.unite(a, b, hundredths);
            }
        }
    }

    /// Whether no account of the group tells its day; one may where people have decided so.
    fn is_vague(&self, at: usize) -> bool {
        self.forest.members(at).iter().all(|&member| !self.accounts[member].days.is_told())
    }

    /// Whether nothing in the group of the one speaks against anything in the group of the other.
    fn is_possible(&self, a: usize, b: usize) -> bool {
        let (ours, theirs) = (self.forest.members(a), self.forest.members(b));
        ours.iter().all(|&x| theirs.iter().all(|&y| self.verdict(x, y) != Likeness::Against))
    }

    fn verdict(&self, a: usize, b: usize) -> Likeness {
        let (one, other) = (&self.accounts[a], &self.accounts[b]);
        let key = if one.id <= other.id { (&one.id, &other.id) } else { (&other.id, &one.id) };
        let is_split = !self.decisions.split.is_empty()
            && self.decisions.split.contains(&(key.0.clone(), key.1.clone()));
        if is_split { Likeness::Against } else { likeness(one, other) }
    }

    fn unite(&mut self, a: usize, b: usize, hundredths: u32) {
        self.forest.unite(a, b);
        self.joins.push(Joined { a, b, hundredths });
    }

    fn finish(self, order: &[usize]) -> Settlement {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &at in order {
            groups.entry(self.forest.root(at)).or_default().push(at);
        }
        let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
        groups.sort_by(|x, y| self.accounts[x[0]].id.cmp(&self.accounts[y[0]].id));
        Settlement { groups, joins: self.joins }
    }
}

/// Groups that only grow.
pub(crate) struct Forest {
    root: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl Forest {
    pub(crate) fn of(count: usize) -> Forest {
        Forest { root: (0..count).collect(), members: (0..count).map(|at| vec![at]).collect() }
    }

    pub(crate) fn root(&self, at: usize) -> usize {
        self.root[at]
    }

    fn members(&self, at: usize) -> &[usize] {
        &self.members[self.root[at]]
    }

    pub(crate) fn unite(&mut self, a: usize, b: usize) {
        let (large, small) = (self.root[a], self.root[b]);
        if large == small {
            return;
        }
        let (large, small) = if self.members[large].len() >= self.members[small].len() {
            (large, small)
        } else {
            (small, large)
        };
        let moved = std::mem::take(&mut self.members[small]);
        moved.iter().for_each(|&at| self.root[at] = large);
        self.members[large].extend(moved);
    }
}
