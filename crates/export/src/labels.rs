//! Words for kinds, parties and entries, for formats that other programs show to people.

use daybook_record::{Entry, Kind, Member, Party, Source, Status};

use crate::plain::one_line;

/// What a contact of the kind is called at the head of a line.
pub(crate) fn kind(kind: Kind) -> &'static str {
    &kind.class().label
}

/// The party's name; its office and country where it has none.
pub(crate) fn party(party: &Party) -> String {
    let of = |office: &String| match &party.country {
        Some(country) => format!("{office} of {country}"),
        None => office.clone(),
    };
    let name = party.name.clone().or_else(|| party.office.as_ref().map(of));
    one_line(&name.or_else(|| party.country.clone()).unwrap_or_else(|| "unknown party".into()))
}

/// The party's name; without one, its office and country: "Chancellor (DEU)".
pub fn name_or_office(party: &Party) -> String {
    let office = || match (&party.office, &party.country) {
        (Some(office), Some(country)) => format!("{office} ({country})"),
        (Some(office), None) => office.clone(),
        (None, country) => country.clone().unwrap_or_else(|| "somebody".into()),
    };
    party.name.clone().unwrap_or_else(office)
}

/// The party's name, with office and country where they say more.
pub(crate) fn party_in_full(who: &Party) -> String {
    let more: Vec<&str> = match who.name {
        Some(_) => [&who.office, &who.country].into_iter().flatten().map(String::as_str).collect(),
        None => Vec::new(),
    };
    let name = party(who);
    if more.is_empty() { name } else { format!("{name} ({})", one_line(&more.join(", "))) }
}

/// Such as "Call: François Hollande – Dilma Rousseff", initiators first.
pub(crate) fn title(entry: &Entry) -> String {
    let mut members: Vec<&Member> = entry.parties.iter().collect();
    members.sort_by_key(|member| member.role);
    let names: Vec<String> = members.iter().map(|member| party(&member.party)).collect();
    let kind = kind(entry.kind.value);
    if names.is_empty() { kind.to_string() } else { format!("{kind}: {}", names.join(" – ")) }
}

/// Whether the contact is one that took place: held or under way, in a report that stands.
pub(crate) fn took_place(entry: &Entry) -> bool {
    matches!(entry.status.value, Status::Held | Status::UnderWay) && !entry.withdrawn
}

/// The reports that the entry rests on, each once, in the order of its accounts.
pub(crate) fn reports(entry: &Entry) -> Vec<&Source> {
    let mut found: Vec<&Source> = Vec::new();
    for account in &entry.accounts {
        if !found.iter().any(|report| report.id == account.report.id) {
            found.push(&account.report);
        }
    }
    found
}

/// Whether an address can stand as a link: one of the web, without anything that an address can't hold.
pub(crate) fn is_link(url: &str) -> bool {
    let web =
        ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme) && url.len() > scheme.len());
    web && url.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>\"{}|\\^`".contains(c))
}
