//! Turns Popolo JSON (<https://www.popoloproject.com/specs/>) into rows of a holders table.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::{Error, Kind};

/// The code of the state that a name names.
type StateOf<'g> = &'g dyn Fn(&str) -> Option<&'g str>;

#[derive(Deserialize)]
struct Popolo {
    persons: Vec<Person>,
    #[serde(default)]
    organizations: Vec<Organization>,
    #[serde(default)]
    posts: Vec<Post>,
    #[serde(default)]
    areas: Vec<Area>,
    #[serde(default)]
    memberships: Vec<Membership>,
}

#[derive(Deserialize)]
struct Person {
    id: String,
    name: String,
    family_name: Option<String>,
    #[serde(default)]
    other_names: Vec<OtherName>,
    #[serde(default)]
    identifiers: Vec<Identifier>,
}

#[derive(Deserialize)]
struct OtherName {
    name: String,
}

#[derive(Deserialize)]
struct Identifier {
    scheme: Option<String>,
    identifier: String,
}

#[derive(Deserialize)]
struct Organization {
    id: String,
    name: String,
    area_id: Option<String>,
}

#[derive(Deserialize)]
struct Post {
    id: String,
    label: String,
    organization_id: Option<String>,
    area_id: Option<String>,
}

#[derive(Deserialize)]
struct Area {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct Membership {
    person_id: String,
    organization_id: Option<String>,
    post_id: Option<String>,
    area_id: Option<String>,
    role: Option<String>,
    start_date: Option<String>,
    end_date: Option<String>,
}

/// Turns the memberships of a Popolo document into a holders table, a row each.
///
/// The office is the role, else the label of the post; the country is the first of the membership's area, the post's
/// area, the organisation's area and the organisation itself that names one. A membership without office or person
/// tells nothing and is left out.
///
/// `state_of` gives the code of a state by its name; `file` stands in messages.
pub(crate) fn to_csv(file: &str, text: &str, state_of: StateOf<'_>) -> Result<String, Error> {
    let popolo: Popolo = serde_json::from_str(text).map_err(|e| {
        let line = u64::try_from(e.line()).unwrap_or(0);
        let remedy = "give an object with `persons` and `memberships` as the Popolo specification has them";
        Error::new(file, line, Kind::Syntax, format!("this is not Popolo JSON: {e}"), remedy)
    })?;
    let mut out = csv::Writer::from_writer(Vec::new());
    let header = ["person", "aliases", "surname", "wikidata", "office", "country", "from", "to", "seat"];
    let rows = rows(&popolo, state_of);
    let broken =
        |e: csv::Error| Error::new(file, 0, Kind::Syntax, e.to_string(), "check the document's names");
    out.write_record(header).map_err(broken)?;
    for row in rows {
        out.write_record(row).map_err(broken)?;
    }
    let bytes = out.into_inner().unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn rows(popolo: &Popolo, state_of: StateOf<'_>) -> Vec<[String; 9]> {
    let persons: BTreeMap<&str, &Person> = popolo.persons.iter().map(|p| (p.id.as_str(), p)).collect();
    let posts: BTreeMap<&str, &Post> = popolo.posts.iter().map(|p| (p.id.as_str(), p)).collect();
    let mut rows = Vec::new();
    for membership in &popolo.memberships {
        let post = membership.post_id.as_deref().and_then(|id| posts.get(id).copied());
        let office = membership.role.as_deref().or(post.map(|post| post.label.as_str()));
        let (Some(person), Some(office)) = (persons.get(membership.person_id.as_str()), office) else {
            continue;
        };
        let country = country(popolo, membership, post, state_of).unwrap_or_default();
        rows.push(row(person, office, country, membership));
    }
    rows
}

fn row(person: &Person, office: &str, country: &str, membership: &Membership) -> [String; 9] {
    let aliases: Vec<&str> = person.other_names.iter().map(|other| other.name.as_str()).collect();
    let wikidata = person.identifiers.iter().find(|id| id.scheme.as_deref() == Some("wikidata"));
    // A date may carry a time of day after it; the day is what counts.
    let day = |date: &Option<String>| date.as_deref().unwrap_or("").chars().take(10).collect::<String>();
    [
        person.name.clone(),
        aliases.join(";"),
        person.family_name.clone().unwrap_or_default(),
        wikidata.map(|id| id.identifier.clone()).unwrap_or_default(),
        office.to_owned(),
        country.to_owned(),
        day(&membership.start_date),
        day(&membership.end_date),
        "many".to_owned(),
    ]
}

fn country<'g>(
    popolo: &Popolo,
    membership: &Membership,
    post: Option<&Post>,
    state_of: StateOf<'g>,
) -> Option<&'g str> {
    let organization_id =
        membership.organization_id.as_deref().or(post.and_then(|p| p.organization_id.as_deref()));
    let organization = popolo.organizations.iter().find(|o| Some(o.id.as_str()) == organization_id);
    let areas = [
        membership.area_id.as_deref(),
        post.and_then(|post| post.area_id.as_deref()),
        organization.and_then(|organization| organization.area_id.as_deref()),
    ];
    let area_name = |id: &str| popolo.areas.iter().find(|area| area.id == id).map(|area| area.name.as_str());
    let names = areas.into_iter().flatten().filter_map(area_name);
    names.chain(organization.map(|o| o.name.as_str())).find_map(state_of)
}
