//! Settling component by component gives what settling all at once gives.

use std::collections::BTreeSet;

use super::*;
use crate::settle::grouping::{JoinedPair, MAX_DAYS_APART};
use crate::settle::neighbourhood::tests::account;
use proptest::prelude::*;
use proptest::strategy::ValueTree;

/// So many days are one block here, which is less than some accounts reach over.
const BLOCK: i32 = 5;

/// The accounts of each pair of sides and time, by their places, each in every time that it or a plan of it reaches into.
fn blocks(accounts: &[Features]) -> BTreeMap<(String, i32), Vec<usize>> {
    let mut blocks: BTreeMap<(String, i32), Vec<usize>> = BTreeMap::new();
    for (at, features) in accounts.iter().enumerate() {
        let Some((first, last)) = features.days.range() else { continue };
        for pair in features.pairs() {
            for time in first.div_euclid(BLOCK)..=(last + MAX_DAYS_APART).div_euclid(BLOCK) {
                blocks.entry((pair.clone(), time)).or_default().push(at);
            }
        }
    }
    blocks
}

/// The components of accounts that the links of all blocks make, by places.
fn components(accounts: &[Features]) -> BTreeSet<Vec<usize>> {
    let mut groups = UnionFind::of(accounts.len());
    for places in blocks(accounts).values() {
        let block: Vec<Features> = places.iter().map(|&at| accounts[at].clone()).collect();
        let links = likeness_links(&block);
        assert!(links.len() < block.len(), "a block has more links than it needs");
        links.into_iter().for_each(|(one, first)| groups.unite(places[one], places[first]));
    }
    let mut components: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    (0..accounts.len()).for_each(|at| components.entry(groups.root(at)).or_default().push(at));
    components.into_values().collect()
}

type SettledGroups = (BTreeSet<Vec<String>>, BTreeSet<(String, String, u32)>);

/// What settling gives, by ids.
fn settled(accounts: &[Features]) -> SettledGroups {
    let Settlement { groups, joins } = settle(accounts, &Decisions::default());
    let id = |at: &usize| accounts[*at].id.clone();
    let join = |j: &JoinedPair| (id(&j.a).min(id(&j.b)), id(&j.a).max(id(&j.b)), j.hundredths);
    (groups.iter().map(|group| group.iter().map(id).collect()).collect(), joins.iter().map(join).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn component_by_component_is_all_at_once(accounts in prop::collection::vec(account(), 1..48)) {
        let mut accounts = accounts;
        accounts.sort_by(|a, b| a.id.cmp(&b.id));
        accounts.dedup_by(|a, b| a.id == b.id);
        let mut found = SettledGroups::default();
        for component in components(&accounts) {
            let part: Vec<Features> = component.iter().map(|&at| accounts[at].clone()).collect();
            let (groups, joins) = settled(&part);
            found.0.extend(groups);
            found.1.extend(joins);
        }
        prop_assert_eq!(found, settled(&accounts));
    }
}

#[test]
fn accounts_that_nothing_connects_have_no_links() {
    assert_eq!(likeness_links(&[]), vec![]);
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let one = account().new_tree(&mut runner).expect("an account").current();
    let unknown = Features { days: ContactDays::Unknown, ..one };
    assert_eq!(
        likeness_links(&[
            unknown.clone(),
            Features { id: "other".into(), report: "other".into(), ..unknown }
        ]),
        vec![]
    );
}
