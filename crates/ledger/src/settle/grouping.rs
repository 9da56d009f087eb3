//! Groups accounts so that each group is of one contact.
//!
//! 1. Accounts that tell their day are joined greedily, the likest two first, as long as nothing in either group speaks
//!    against anything in the other (complete linkage over exclusions, single linkage over reasons).
//! 2. Those that tell only about when are joined likewise among themselves.
//! 3. A group of the second kind goes to the one group of the first that it can be of; where there are several, it
//!    stays alone: a guess would be wrong as often as right.
//!
//! The outcome depends on the accounts and decisions alone, not on their order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::settle::features::Features;
use crate::settle::likeness::{Likeness, likeness};

/// Accounts whose days are so far apart may be of one contact: a plan slips by so much.
pub const MAX_DAYS_APART: i32 = 3;

/// Two accounts are joined from so many hundredths on.
pub const MIN_JOIN_SCORE: u32 = 45;

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
pub struct JoinedPair {
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
    pub joins: Vec<JoinedPair>,
}

/// Puts accounts together that are of one contact.
pub fn settle(accounts: &[Features], decisions: &Decisions) -> Settlement {
    let mut order: Vec<usize> = (0..accounts.len()).collect();
    order.sort_by(|&a, &b| accounts[a].id.cmp(&accounts[b].id));
    let roots = UnionFind::of(accounts.len());
    let mut builder =
        GroupBuilder { accounts, decisions, roots, against: BTreeMap::new(), joins: Vec::new() };
    let alike = builder.alike(&order);
    let told = |at: usize| accounts[at].days.is_told();
    builder.join_decided();
    builder.join_likest(alike.iter().filter(|pair| told(pair.a) && told(pair.b)));
    builder.join_likest(alike.iter().filter(|pair| !told(pair.a) && !told(pair.b)));
    builder.attach_vague(alike.iter().filter(|pair| told(pair.a) != told(pair.b)));
    builder.into_settlement(&order)
}

/// The accounts of each pair of sides as their first and last day and their place.
fn blocks(accounts: &[Features]) -> BTreeMap<String, Vec<(i32, i32, usize)>> {
    let mut blocks: BTreeMap<String, Vec<(i32, i32, usize)>> = BTreeMap::new();
    for (at, features) in accounts.iter().enumerate() {
        let Some((first, last)) = features.days.range() else { continue };
        for pair in features.pairs() {
            blocks.entry(pair).or_default().push((first, last, at));
        }
    }
    blocks.values_mut().for_each(|block| block.sort_unstable());
    blocks
}

/// Runs a function over the pairs of a block, which is sorted by first day, whose days are at most [`MAX_DAYS_APART`] apart.
pub(crate) fn sweep_near_pairs(block: &[(i32, i32, usize)], mut pair: impl FnMut(usize, usize)) {
    for (at, (_, last, one)) in block.iter().enumerate() {
        for (_, _, other) in
            block[at + 1..].iter().take_while(|(first, _, _)| *first <= last + MAX_DAYS_APART)
        {
            pair(*one, *other);
        }
    }
}

/// Whether two accounts, looked at alone, are so alike that they are joined unless something in their groups forbids it.
pub(crate) fn is_alike(one: &Features, other: &Features) -> bool {
    matches!(likeness(one, other), Likeness::For(hundredths) if hundredths >= MIN_JOIN_SCORE)
}

struct GroupBuilder<'a> {
    accounts: &'a [Features],
    decisions: &'a Decisions,
    roots: UnionFind,
    /// For the root of a group, the roots of those that were found to be of another contact: whatever joins them later,
    /// they stay so.
    against: BTreeMap<usize, BTreeSet<usize>>,
    joins: Vec<JoinedPair>,
}

impl GroupBuilder<'_> {
    /// Pairs that share a pair of sides and may share a day, and are alike enough: the likest first, then by their ids.
    fn alike(&self, order: &[usize]) -> Vec<JoinedPair> {
        let mut ranks = vec![0; order.len()];
        order.iter().enumerate().for_each(|(rank, &at)| ranks[at] = rank);
        let mut pairs = Vec::new();
        for block in blocks(self.accounts).values() {
            sweep_near_pairs(block, |one, other| {
                let (a, b) = if ranks[one] <= ranks[other] { (one, other) } else { (other, one) };
                match self.verdict(a, b) {
                    Likeness::For(hundredths) if hundredths >= MIN_JOIN_SCORE => {
                        pairs.push(JoinedPair { a, b, hundredths })
                    }
                    _ => {}
                }
            });
        }
        pairs.sort_unstable_by_key(|pair| (Reverse(pair.hundredths), ranks[pair.a], ranks[pair.b]));
        pairs.dedup();
        pairs
    }

    /// Joins what people have decided to be one.
    fn join_decided(&mut self) {
        let places: BTreeMap<&str, usize> =
            self.accounts.iter().enumerate().map(|(at, features)| (features.id.as_str(), at)).collect();
        for (one, other) in &self.decisions.merged {
            if let (Some(&a), Some(&b)) = (places.get(one.as_str()), places.get(other.as_str())) {
                self.unite(a, b, 0);
            }
        }
    }

    /// Joins the likest pairs first.
    fn join_likest<'p>(&mut self, pairs: impl Iterator<Item = &'p JoinedPair>) {
        for &JoinedPair { a, b, hundredths } in pairs {
            if self.roots.root(a) != self.roots.root(b) && self.is_possible(a, b) {
                self.unite(a, b, hundredths);
            }
        }
    }

    /// Gives each group that tells only about when to the one group with a day that it can be of. Of several that
    /// exclude each other and can only be of the same one, the likest goes there.
    fn attach_vague<'p>(&mut self, pairs: impl Iterator<Item = &'p JoinedPair> + Clone) {
        let mut homes: BTreeMap<usize, BTreeMap<usize, &JoinedPair>> = BTreeMap::new();
        for pair in pairs.clone() {
            let (vague, told) =
                if self.accounts[pair.a].days.is_told() { (pair.b, pair.a) } else { (pair.a, pair.b) };
            let (group, home) = (self.roots.root(vague), self.roots.root(told));
            let is_known = homes.get(&group).is_some_and(|known| known.contains_key(&home));
            if !is_known && self.is_vague(vague) && self.is_possible(vague, told) {
                homes.entry(group).or_default().insert(home, pair);
            }
        }
        let alone = |home: &BTreeMap<usize, _>| home.len() == 1;
        let sure: BTreeSet<&JoinedPair> =
            homes.into_values().filter(alone).flat_map(BTreeMap::into_values).collect();
        for pair in pairs.filter(|pair| sure.contains(pair)) {
            if self.is_possible(pair.a, pair.b) {
                self.unite(pair.a, pair.b, pair.hundredths);
            }
        }
    }

    /// Whether no account of the group tells its day; one may where people have decided so.
    fn is_vague(&self, at: usize) -> bool {
        self.roots.members(at).iter().all(|&member| !self.accounts[member].days.is_told())
    }

    /// Whether nothing in the group of the one speaks against anything in the group of the other.
    fn is_possible(&mut self, a: usize, b: usize) -> bool {
        let (one, other) = (self.roots.root(a), self.roots.root(b));
        if self.against.get(&one).is_some_and(|groups| groups.contains(&other)) {
            return false;
        }
        let (ours, theirs) = (self.roots.members(a), self.roots.members(b));
        let possible = ours.iter().all(|&x| theirs.iter().all(|&y| self.verdict(x, y) != Likeness::Against));
        if !possible {
            self.exclude(one, other);
        }
        possible
    }

    fn exclude(&mut self, one: usize, other: usize) {
        self.against.entry(one).or_default().insert(other);
        self.against.entry(other).or_default().insert(one);
    }

    fn verdict(&self, a: usize, b: usize) -> Likeness {
        let (one, other) = (&self.accounts[a], &self.accounts[b]);
        let key = if one.id <= other.id { (&one.id, &other.id) } else { (&other.id, &one.id) };
        let is_split = !self.decisions.split.is_empty()
            && self.decisions.split.contains(&(key.0.clone(), key.1.clone()));
        if is_split { Likeness::Against } else { likeness(one, other) }
    }

    fn unite(&mut self, a: usize, b: usize, hundredths: u32) {
        let roots = [self.roots.root(a), self.roots.root(b)];
        self.roots.unite(a, b);
        let root = self.roots.root(a);
        for gone in roots.into_iter().filter(|&old| old != root) {
            for other in self.against.remove(&gone).unwrap_or_default() {
                self.exclude(root, other);
            }
        }
        self.joins.push(JoinedPair { a, b, hundredths });
    }

    fn into_settlement(self, order: &[usize]) -> Settlement {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &at in order {
            groups.entry(self.roots.root(at)).or_default().push(at);
        }
        let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
        groups.sort_by(|x, y| self.accounts[x[0]].id.cmp(&self.accounts[y[0]].id));
        Settlement { groups, joins: self.joins }
    }
}

/// Groups that only grow.
pub(crate) struct UnionFind {
    root: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl UnionFind {
    pub(crate) fn of(count: usize) -> UnionFind {
        UnionFind { root: (0..count).collect(), members: (0..count).map(|at| vec![at]).collect() }
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
