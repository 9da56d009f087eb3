//! Counts the independent sources of a contact, and says how well it is confirmed.

use daybook_record::{Certainty, Credibility, Filed, Standing};

use crate::entry::identified::Identified;
use crate::fingerprints::is_copy;

/// Counts independent sources: reports of one publisher, of one agency's copy, or of the same wording are one.
pub(crate) fn credibility(accounts: &[Identified], current: &[usize], sides: &[&str]) -> Credibility {
    let mut sources: Vec<Vec<&Filed>> = Vec::new();
    for filed in current.iter().map(|&at| &accounts[at].filed) {
        let (same, other): (Vec<_>, Vec<_>) =
            sources.into_iter().partition(|source| source.iter().any(|s| is_same_source(s, filed)));
        sources = other;
        sources.push(same.into_iter().flatten().chain([filed]).collect());
    }
    let is_side = |source: &&Vec<&Filed>| source.iter().any(|f| own_side(f, sides).is_some());
    let mut told_by: Vec<&str> = sources.iter().flatten().filter_map(|f| own_side(f, sides)).collect();
    told_by.sort_unstable();
    told_by.dedup();
    let others = sources.iter().filter(|source| !is_side(source)).count();
    let certain = current.iter().any(|&at| accounts[at].filed.account.certainty.value == Certainty::Certain);
    let standing = match (told_by.len(), others) {
        (2.., _) => Standing::BothSides,
        (1, 1..) => Standing::SideAndOthers,
        (1, 0) => Standing::OneSide,
        _ if !certain => Standing::Unconfirmed,
        (_, 2..) => Standing::Several,
        _ => Standing::Single,
    };
    Credibility { standing, sources: sources.len() }
}

/// The side whose own word of its contact this is, announcements included.
fn own_side<'a>(filed: &'a Filed, sides: &[&str]) -> Option<&'a str> {
    filed.report.side.as_deref().filter(|side| sides.contains(side))
}

fn is_same_source(one: &Filed, other: &Filed) -> bool {
    let shared = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
    let (one, other) = (&one.report, &other.report);
    one.id == other.id
        || shared(&one.publisher, &other.publisher)
        || shared(&one.side, &other.side)
        || shared(&one.agency, &other.agency)
        || is_copy(&one.wording, &other.wording)
}
