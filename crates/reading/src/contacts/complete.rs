//! Finds the sides that the tellings of an occasion leave unsaid: "the two sides met", "his trip".

use daybook_record::{Kind, PartyKind, Role, Span};

use crate::contacts::occasion::{Occasion, weighed};
use crate::events::telling::{Telling, ToldParty, likeliest};
use crate::parties::cast::{Cast, Id};

/// So many lines back those may be told who are meant.
const REACH: usize = 6;
/// So many lines from a visit its destination may be told.
const REACH_OF_VISIT: usize = 2;

/// Adds to tellings that name fewer than two parties whom they mean: the parties of a contact told before whom "the two sides" or
/// one of them by name call to mind, or the state that a visit goes to.
pub(crate) fn complete<'o>(
    tellings: &mut [Telling],
    told: impl Iterator<Item = &'o Occasion>,
    cast: &Cast<'_>,
) {
    let first = tellings[0].at.line;
    let named: Vec<Id> = tellings.iter().flat_map(Telling::ids).collect();
    let kind = likeliest(&weighed(tellings, |t| &t.kinds)).unwrap_or(Kind::Unspecified);
    let found = if kind == Kind::Visit {
        destination(tellings, &named, cast).into_iter().collect()
    } else {
        Vec::new()
    };
    let found = if found.is_empty() { spoken_of(tellings, &named, told, first) } else { found };
    let found = if found.is_empty() && named.is_empty() { joined_before(tellings, cast) } else { found };
    for (id, span, role) in found {
        tellings[0].parties.push(ToldParty { id, sure: 0.5, roles: vec![(role, 1.0)], span, by_name: false });
    }
}

/// The parties of the contact told last before, all of whom a group means, or of which one is named.
fn spoken_of<'o>(
    tellings: &[Telling],
    named: &[Id],
    told: impl Iterator<Item = &'o Occasion>,
    first: usize,
) -> Vec<(Id, Span, Role)> {
    let group = tellings.iter().any(|t| t.group);
    let last = |o: &Occasion| o.tellings.iter().map(|t| t.at.line).filter(|&l| l <= first).max();
    let near = |o: &&Occasion| last(o).is_some_and(|line| first - line <= REACH) && o.parties.len() == 2;
    let fits =
        |o: &&Occasion| named.iter().all(|n| o.members().any(|m| m == *n)) && (group || !named.is_empty());
    let Some(occasion) = told.filter(|o| near(o) && fits(o)).max_by_key(|o| last(o)) else {
        return Vec::new();
    };
    let span = |id: Id| {
        let spans = occasion.tellings.iter().flat_map(|t| &t.parties).find(|p| p.id == id).map(|p| p.span);
        spans.unwrap_or(occasion.tellings[0].evidence)
    };
    let missing = occasion.members().filter(|m| !named.contains(m));
    missing.map(|id| (id, span(id), Role::Participant)).collect()
}

/// "A and B are old rivals. The two met": those joined by "and" before.
fn joined_before(tellings: &[Telling], cast: &Cast<'_>) -> Vec<(Id, Span, Role)> {
    let pair = tellings.iter().map(|t| &t.pair).find(|pair| !pair.is_empty());
    let party = |&id: &Id| (id, cast.entities[id].first, Role::Participant);
    pair.into_iter().flatten().map(party).collect()
}

/// The state named nearest to the tellings of a visit that is not the guest's own.
fn destination(tellings: &[Telling], named: &[Id], cast: &Cast<'_>) -> Option<(Id, Span, Role)> {
    let guest = *named.first()?;
    let own = |id: Id| cast.same_land(guest, id);
    let mut best: Option<((usize, usize), Id)> = None;
    for (mention, means) in cast.mentions.iter().zip(&cast.means) {
        let Some(&state) = means.iter().find(|&&id| cast.entities[id].kind == PartyKind::State && !own(id))
        else {
            continue;
        };
        for telling in tellings.iter() {
            let lines = telling.at.line.abs_diff(mention.line);
            let words = if lines == 0 {
                telling.at.token.abs_diff(mention.tokens.start)
            } else {
                mention.tokens.start
            };
            let far = (lines, words);
            if lines <= REACH_OF_VISIT && best.is_none_or(|(nearest, _)| far < nearest) {
                best = Some((far, state));
            }
        }
    }
    best.map(|(_, id)| (id, cast.entities[id].first, Role::Recipient))
}
