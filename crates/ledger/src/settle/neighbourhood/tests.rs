//! Settling account by account, in any order, gives what settling all at once gives.

use super::*;
use crate::identity::Identity;
use crate::settle::features::{ContactDays, Participant};
use daybook_record::{Kind, PartyKind, Role, Status};
use proptest::prelude::*;

/// Accounts in memory, found as the book finds them.
#[derive(Default)]
struct MemoryAccounts(BTreeMap<String, Features>, BTreeMap<String, Vec<String>>);

impl Lookup for MemoryAccounts {
    fn features(&mut self, ids: &BTreeSet<String>) -> Result<Vec<Features>, Error> {
        Ok(ids.iter().filter_map(|id| self.0.get(id).cloned()).collect())
    }

    fn near(&mut self, accounts: &[&Features]) -> Result<BTreeSet<String>, Error> {
        let near = |one: &Features, other: &Features| {
            let days = one.days.range().zip(other.days.range());
            days.is_some_and(|((a, b), (c, d))| a <= d + MAX_DAYS_APART && c <= b + MAX_DAYS_APART)
                && one.pairs().iter().any(|pair| other.pairs().contains(pair))
        };
        let found = self.0.values().filter(|other| accounts.iter().any(|one| near(one, other)));
        Ok(found.map(|other| other.id.clone()).collect())
    }

    fn companions(&mut self, ids: &BTreeSet<String>) -> Result<BTreeSet<String>, Error> {
        Ok(ids.iter().filter_map(|id| self.1.get(id)).flatten().cloned().collect())
    }
}

fn participant(who: &str, side: &str) -> Participant {
    let kind = if who == side { PartyKind::State } else { PartyKind::Person };
    let identity = Identity { who: who.into(), side: Some(side.into()) };
    Participant { identity, kind, name: None, role: Role::Participant }
}

/// A few people of a few countries, close together in time, so that all that settling can do happens.
pub(crate) fn account() -> impl Strategy<Value = Features> {
    let people = prop::sample::subsequence(
        vec![("Q1", "AAA"), ("Q2", "AAA"), ("AAA", "AAA"), ("Q3", "BBB"), ("BBB", "BBB"), ("Q4", "CCC")],
        2..4,
    );
    let kind = prop::sample::select(vec![
        Kind::Call,
        Kind::VideoCall,
        Kind::Meeting,
        Kind::Visit,
        Kind::Unspecified,
    ]);
    let days = prop_oneof![
        3 => (0..12i32, 0..3i32, any::<bool>()).prop_map(|(first, length, inferred)| ContactDays::Told { first, last: first + length, inferred: inferred && length == 0 }),
        2 => (0..12i32, 3..9i32).prop_map(|(first, length)| ContactDays::Within { first, last: first + length }),
        1 => Just(ContactDays::Unknown),
    ];
    let side = prop::sample::select(vec![None, Some("USA"), Some("RUS"), Some("JPN")]);
    (people, kind, days, side, 0..40u32, any::<u32>()).prop_map(|(people, kind, days, side, report, id)| {
        Features {
            id: format!("{id:08x}"),
            report: format!("r{report}"),
            publisher: side.map(str::to_string),
            side: side.map(str::to_string),
            published: None,
            kind,
            status: if id % 3 == 0 { Status::Scheduled } else { Status::Held },
            participants: people.into_iter().map(|(who, side)| participant(who, side)).collect(),
            days,
            time: None,
            place: None,
            aggregate: false,
        }
    })
}

fn groups_of(settlement: &Settlement, accounts: &[Features]) -> BTreeSet<Vec<String>> {
    settlement.groups.iter().map(|g| g.iter().map(|&at| accounts[at].id.clone()).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn one_by_one_is_all_at_once(accounts in prop::collection::vec(account(), 1..36), decide in any::<[prop::sample::Index; 4]>()) {
        let mut accounts = accounts;
        accounts.sort_by(|a, b| a.id.cmp(&b.id));
        accounts.dedup_by(|a, b| a.id == b.id);
        let pair = |x: &prop::sample::Index, y: &prop::sample::Index| {
            let (a, b) = (&accounts[x.index(accounts.len())].id, &accounts[y.index(accounts.len())].id);
            (a.min(b).clone(), a.max(b).clone())
        };
        let mut decisions = Decisions::default();
        let (merged, split) = (pair(&decide[0], &decide[1]), pair(&decide[2], &decide[3]));
        if merged.0 != merged.1 { decisions.merged.insert(merged); }
        if split.0 != split.1 && !decisions.merged.contains(&split) { decisions.split.insert(split); }
        let wanted = groups_of(&settle(&accounts, &decisions), &accounts);
        let mut reversed = accounts.clone();
        reversed.reverse();
        prop_assert_eq!(&groups_of(&settle(&reversed, &decisions), &reversed), &wanted);
        let mut store = MemoryAccounts::default();
        // The order of arrival has nothing to do with the order of ids.
        accounts.sort_by_key(|a| (a.report.clone(), a.days.range(), a.id.clone()));
        for account in &accounts {
            let id = account.id.clone();
            store.0.insert(id.clone(), account.clone());
            let now = Neighbourhood::new(&mut store, &decisions).resettle(&BTreeSet::from([id])).expect("a store never fails");
            for group in now.groups {
                group.iter().for_each(|id| { store.1.insert(id.clone(), group.clone()); });
            }
        }
        let found: BTreeSet<Vec<String>> = store.1.values().cloned().collect();
        prop_assert_eq!(found, wanted);
    }
}
