//! Gives the keys by which an entry is found, sorted and listed.

use std::collections::BTreeSet;

use daybook_record::{Entry, Member};

use crate::identity::NOBODY;

/// Every party of a gathering is found by every other, up to so many of them.
const MOST_PARTIES: usize = 40;

/// Two parties as they are found in `entry_pairs`.
pub(crate) fn pair_key(one: &str, other: &str) -> String {
    if one <= other { format!("{one} {other}") } else { format!("{other} {one}") }
}

/// What an entry's parties are found by: whom they mean, and the sides for which they stand.
pub(crate) fn party_keys(entry: &Entry) -> BTreeSet<String> {
    keys_of_parties(entry).into_iter().flatten().map(str::to_string).collect()
}

/// The same for each party.
fn keys_of_parties(entry: &Entry) -> Vec<BTreeSet<&str>> {
    let known = entry.parties.iter().take(MOST_PARTIES).filter(|m| m.identity != NOBODY);
    known
        .map(|m| [Some(m.identity.as_str()), m.party.country.as_deref()].into_iter().flatten().collect())
        .collect()
}

/// Any two who took part, as they are found in `entry_pairs`. Nobody meets the country whose part they take, but for
/// somebody else who takes it.
pub fn contact_pairs(entry: &Entry) -> BTreeSet<String> {
    let parties = keys_of_parties(entry);
    let mut pairs = BTreeSet::new();
    for (at, one) in parties.iter().enumerate() {
        for other in parties[at + 1..].iter().flatten() {
            pairs.extend(one.iter().filter(|name| *name != other).map(|name| pair_key(name, other)));
        }
    }
    pairs
}

/// The day by which an entry is sorted: its first, or else the day on which it became known.
pub(crate) fn sort_day(entry: &Entry) -> String {
    let told = entry.date.as_ref().and_then(|d| d.value.first());
    let known = || entry.accounts.iter().filter_map(|a| a.report.published).min();
    told.or_else(known).map_or(String::new(), |day| day.to_string())
}

/// The parties for people to read.
pub(crate) fn parties_in_words(entry: &Entry) -> String {
    let words = |m: &Member| {
        let party = &m.party;
        let office = || match (&party.office, &party.country) {
            (Some(office), Some(country)) => format!("{office} ({country})"),
            (Some(office), None) => office.clone(),
            (None, country) => country.clone().unwrap_or_else(|| "somebody".into()),
        };
        party.name.clone().unwrap_or_else(office)
    };
    entry.parties.iter().map(words).collect::<Vec<_>>().join(" – ")
}
