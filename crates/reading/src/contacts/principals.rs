//! Tells principals in contact from a body that meets with itself, and those who only come along.

use daybook_gazetteer::Rank;
use daybook_record::{Kind, PartyKind};

use crate::contacts::occasion::Occasion;
use crate::parties::cast::{Cast, Entity, Id};
use crate::words::lexicon::TitleWords;

/// Whether those told of are principals apart from each other: not a leader with their own staff, nor at home on a visit.
pub(crate) fn meet(cast: &Cast<'_>, occasion: &Occasion, titles: &TitleWords) -> bool {
    let among_themselves = is_own_staff(cast, occasion, titles) || is_served(cast, occasion);
    let at_home = occasion.kind == Kind::Visit && is_at_home(cast, occasion);
    !among_themselves && !at_home
}

/// A president or prime minister with their own ministers and advisers is a body with itself.
fn is_own_staff(cast: &Cast<'_>, occasion: &Occasion, titles: &TitleWords) -> bool {
    let members: Vec<&Entity<'_>> = occasion.members().map(|id| &cast.entities[id]).collect();
    let Some(land) = members.first().and_then(|e| e.countries.first()) else { return false };
    let ours = members.iter().all(|e| e.countries.first() == Some(land) && e.kind == PartyKind::Person);
    let leads = |e: &&&Entity<'_>| matches!(e.rank, Some(Rank::HeadOfState | Rank::HeadOfGovernment));
    ours && members.iter().filter(leads).count() == 1
        && members.iter().all(|e| leads(&e) || is_staff(e, titles))
}

/// A politician with an aide of the same country, or with one of no country told.
fn is_served(cast: &Cast<'_>, occasion: &Occasion) -> bool {
    let members: Vec<&Entity<'_>> = occasion.members().map(|id| &cast.entities[id]).collect();
    let lands: Vec<&String> = members.iter().filter_map(|e| e.countries.first()).collect();
    members.len() == 2
        && members.iter().all(|e| e.kind == PartyKind::Person)
        && lands.iter().all(|land| *land == lands[0])
        && members.iter().filter(|e| is_aide(e)).count() == 1
}

/// Those who work for one politician, whoever that is.
fn is_aide(entity: &Entity<'_>) -> bool {
    let office = entity.office.as_deref().unwrap_or_default().to_lowercase();
    ["aide", "chief of staff"].iter().any(|word| office.ends_with(word))
}

/// Ministers and officials who serve at the pleasure of whoever leads the government.
fn is_staff(entity: &Entity<'_>, titles: &TitleWords) -> bool {
    let office = entity.office.as_deref().unwrap_or_default().to_lowercase();
    matches!(entity.rank, Some(Rank::Minister | Rank::Official))
        && !titles.own_standing.iter().any(|word| office.contains(word))
}

/// "Visited Ankara" of a Turkish minister is no contact.
fn is_at_home(cast: &Cast<'_>, occasion: &Occasion) -> bool {
    let country = |id: Id| cast.entities[id].countries.first();
    let hosts_faceless = occasion.recipients().all(|id| cast.entities[id].kind != PartyKind::Person);
    hosts_faceless
        && occasion.recipients().next().is_some()
        && occasion
            .initiators()
            .all(|g| country(g).is_some() && occasion.recipients().all(|h| country(h) == country(g)))
}

/// Those of some people who are husbands and wives of a principal beside them.
pub(crate) fn spouses(cast: &Cast<'_>, people: impl Iterator<Item = Id>) -> Vec<Id> {
    let people: Vec<Id> = people.collect();
    let is_spouse = |id: Id| {
        let entity = &cast.entities[id];
        entity.rank == Some(Rank::Spouse)
            || entity.office.as_deref().is_some_and(|o| o.eq_ignore_ascii_case("first lady"))
    };
    let beside = |id: Id| people.iter().any(|&m| m != id && !is_spouse(m) && cast.same_land(m, id));
    people.iter().copied().filter(|&id| is_spouse(id) && beside(id)).collect()
}
