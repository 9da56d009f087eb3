//! The JSON of parties.

use daybook_record::{Participation, Party, PartyKind, Role, Sourced};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct Person<'a> {
    name: Option<&'a str>,
    office: Option<&'a str>,
    country: Option<&'a str>,
    #[serde(rename = "type")]
    kind: PartyKind,
    wikidata: Option<&'a str>,
}

#[derive(Serialize)]
pub(crate) struct Member<'a> {
    #[serde(flatten)]
    person: Person<'a>,
    role: Role,
}

pub(crate) fn member(participation: &Participation) -> Member<'_> {
    Member { person: person(&participation.party), role: participation.role }
}

pub(crate) fn people(list: &[Sourced<Party>]) -> Vec<Person<'_>> {
    list.iter().map(|p| person(&p.value)).collect()
}

pub(crate) fn person(party: &Party) -> Person<'_> {
    Person {
        name: party.name.as_deref(),
        office: party.office.as_deref(),
        country: party.country.as_deref(),
        kind: party.kind,
        wikidata: party.wikidata.as_deref(),
    }
}
