//! Puts together who took part, as the accounts of one contact tell it.

use daybook_record::{Evidence, Member, Party, PartyKind, Role};

use crate::entry::identified::Identified;
use crate::entry::trust::{Rank, Trust};
use crate::identity::Identity;
use crate::settle::likeness::is_written_alike;

/// One account's word for somebody.
struct PartyMention<'a> {
    identity: &'a Identity,
    party: &'a Party,
    role: Role,
    at: usize,
    rank: Rank<'a>,
}

/// The principals: each once, in the fullest form, those whom the most trusted account names first.
///
/// A side that some accounts name alone ("Russia") is left out where others name who stood for it.
pub(crate) fn parties(
    accounts: &[Identified],
    current: &[usize],
    sides: &[&str],
    trust: &Trust,
) -> Vec<Member> {
    let mut mentions = Vec::new();
    for &at in current {
        let filed = &accounts[at].filed;
        for (told, identity) in filed.account.parties.iter().zip(&accounts[at].parties) {
            let rank = trust.rank(filed, &told.evidence, sides);
            mentions.push(PartyMention { identity, party: &told.party, role: told.role, at, rank });
        }
    }
    // The evidence of each party has its own rank; the order within an account is kept.
    mentions.sort_by_key(|m| (trust.rank(&accounts[m.at].filed, &Evidence::default(), sides), m.at));
    let groups = grouped(mentions);
    let is_named = |side: &str| {
        groups
            .iter()
            .any(|g| g[0].identity.side.as_deref() == Some(side) && g[0].party.kind == PartyKind::Person)
    };
    let stands_for_itself = |group: &&Vec<PartyMention<'_>>| {
        let first = &group[0];
        let somebody = first.party.kind == PartyKind::Person && first.identity.is_known();
        somebody || !first.identity.side.as_deref().is_some_and(is_named)
    };
    let kept: Vec<Member> = groups.iter().filter(stands_for_itself).map(|group| member(group)).collect();
    if kept.is_empty() { groups.iter().map(|group| member(group)).collect() } else { kept }
}

/// Others who were there, without those who are principals.
pub(crate) fn present(accounts: &[Identified], current: &[usize], parties: &[Member]) -> Vec<Member> {
    let mut found: Vec<Member> = Vec::new();
    for &at in current {
        let people = accounts[at].filed.account.present.iter().zip(&accounts[at].present);
        for (told, identity) in people.filter(|(_, i)| parties.iter().all(|p| p.identity != i.who)) {
            match found.iter_mut().find(|m| is_same(&m.identity, &identity.who) && identity.is_known()) {
                Some(member) => member.accounts.push(at),
                None => found.push(Member {
                    party: told.value.clone(),
                    identity: identity.who.clone(),
                    role: Role::Participant,
                    accounts: vec![at],
                }),
            }
        }
    }
    found.iter_mut().for_each(|member| member.accounts.dedup());
    found
}

/// The mentions of each, in the order of the first of each.
fn grouped(mentions: Vec<PartyMention<'_>>) -> Vec<Vec<PartyMention<'_>>> {
    let mut groups: Vec<Vec<PartyMention<'_>>> = Vec::new();
    for mention in mentions {
        let same = |group: &&mut Vec<PartyMention<'_>>| {
            group[0].identity.is_known() && is_same(&group[0].identity.who, &mention.identity.who)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(mention),
            None => groups.push(vec![mention]),
        }
    }
    groups
}

fn is_same(one: &str, other: &str) -> bool {
    one == other || is_written_alike(one, other)
}

fn member(group: &[PartyMention<'_>]) -> Member {
    let words =
        |m: &&PartyMention<'_>| m.party.name.as_ref().map_or(0, |name| name.split_whitespace().count());
    // Of names with as many words the first stays.
    let mut fullest = &group[0];
    for mention in group {
        if words(&mention) > words(&fullest) {
            fullest = mention;
        }
    }
    let mut party = fullest.party.clone();
    party.office = group.iter().find_map(|m| m.party.office.clone());
    party.country = group.iter().find_map(|m| m.party.country.clone());
    party.wikidata = group.iter().find_map(|m| m.party.wikidata.clone());
    let mut by_trust: Vec<&PartyMention<'_>> = group.iter().collect();
    by_trust.sort_by_key(|m| (m.role == Role::Participant, m.rank));
    let mut accounts: Vec<usize> = group.iter().map(|m| m.at).collect();
    accounts.dedup();
    Member { party, identity: group[0].identity.who.clone(), role: by_trust[0].role, accounts }
}
