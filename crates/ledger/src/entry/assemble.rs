//! Puts groups of accounts together into entries, with why their accounts were joined.

use std::collections::BTreeMap;

use daybook_record::{Entry, Join};

use crate::entry::identified::Identified;
use crate::entry::trust::Trust;
use crate::entry::values::entry;
use crate::settle::features::Features;
use crate::settle::grouping::Decisions;
use crate::settle::neighbourhood::Resettled;
use crate::settle::reasons::reasons;

/// For each group, the two accounts of each join and why, as `(account, other, why)`.
pub(crate) type Joins = BTreeMap<String, Vec<(String, String, String)>>;

pub(crate) fn joins(settled: &Resettled, groups: &[Vec<String>], decisions: &Decisions) -> Joins {
    let of: BTreeMap<&String, &String> =
        groups.iter().flat_map(|group| group.iter().map(move |id| (id, &group[0]))).collect();
    let mut joins = Joins::new();
    for (a, b, _) in &settled.joins {
        let Some(entry) = of.get(a) else { continue };
        let (one, other) = if a <= b { (a, b) } else { (b, a) };
        let why = why(&settled.known, decisions, one, other);
        joins.entry((*entry).clone()).or_default().push((one.clone(), other.clone(), why));
    }
    joins.values_mut().for_each(|list| list.sort_unstable());
    joins
}

/// Why two accounts are held to be of one contact.
pub(crate) fn why(
    known: &BTreeMap<String, Features>,
    decisions: &Decisions,
    one: &str,
    other: &str,
) -> String {
    if decisions.merged.contains(&(one.to_string(), other.to_string())) {
        return "somebody decided so".into();
    }
    known.get(one).zip(known.get(other)).map_or(String::new(), |(a, b)| reasons(a, b))
}

/// The entry of a group of accounts, told by their ids in order.
pub(crate) fn assemble(group: &[String], members: &[Identified], trust: &Trust, joins: &Joins) -> Entry {
    let place = |id: &str| group.iter().position(|member| member == id).unwrap_or(0);
    let joined = joins
        .get(&group[0])
        .into_iter()
        .flatten()
        .map(|(one, other, why)| Join { accounts: (place(one), place(other)), why: why.clone() });
    entry(members, joined.collect(), trust)
}
