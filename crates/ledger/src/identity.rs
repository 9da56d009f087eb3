//! Identifies the person, office or country that the words for a party mean, so that one person has one key under any name.

use daybook_gazetteer::Gazetteer;
use daybook_record::{Party, PartyKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Whom the words for a party mean, and for which side the party stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Identity {
    /// A Wikidata id; a folded name with its country (`jane-doe@GBR`); an office with its country
    /// (`office:mayor@GBR`); a country or body (`GBR`); or [`NOBODY`].
    pub who: String,
    /// The code of the country or body, where one is known.
    pub side: Option<String>,
}

/// Who is meant by "counterparts" or "senior officials": nobody who could be told from others.
pub const NOBODY: &str = "?";

impl Identity {
    /// Whether the words mean somebody who can be told from others.
    pub fn is_known(&self) -> bool {
        self.who != NOBODY
    }
}

/// Whom a party's words mean on the day of the contact.
///
/// ```
/// use daybook_gazetteer::Gazetteer;
/// use daybook_ledger::identify;
/// use daybook_record::{Party, PartyKind};
///
/// let gazetteer = Gazetteer::builtin()?;
/// let party = |name: Option<&str>, office: Option<&str>| Party {
///     name: name.map(str::to_string),
///     office: office.map(str::to_string),
///     country: Some("DEU".into()),
///     kind: PartyKind::Person,
///     wikidata: None,
/// };
/// let day = Some(jiff::civil::date(2015, 3, 1));
/// let by_name = identify(&gazetteer, &party(Some("Merkel"), None), day);
/// let by_office = identify(&gazetteer, &party(None, Some("Chancellor")), day);
/// assert_eq!(by_name, by_office);
/// assert_eq!(by_name.who, "Q567");
/// # Ok::<(), daybook_gazetteer::Error>(())
/// ```
pub fn identify(gazetteer: &Gazetteer, party: &Party, on: Option<Date>) -> Identity {
    let side = party.country.clone();
    let who = match party.kind {
        PartyKind::Person => person(gazetteer, party, on),
        _ => side.clone().or_else(|| party.name.as_deref().map(name_key)).unwrap_or_else(|| NOBODY.into()),
    };
    Identity { who, side }
}

fn person(gazetteer: &Gazetteer, party: &Party, on: Option<Date>) -> String {
    if let Some(id) = &party.wikidata {
        return id.clone();
    }
    match (&party.name, &party.office) {
        (Some(name), _) => named(gazetteer, name, party.country.as_deref(), on),
        (None, Some(office)) => in_office(gazetteer, office, party.country.as_deref(), on),
        (None, None) => NOBODY.into(),
    }
}

/// The one bearer of the name in that country whom the tables know; else the name itself.
fn named(gazetteer: &Gazetteer, name: &str, country: Option<&str>, on: Option<Date>) -> String {
    let of_country = |person: &&daybook_gazetteer::Person| {
        country.is_none_or(|code| person.holdings().iter().any(|h| h.country() == Some(code)))
    };
    let known = gazetteer.person_named(name, on).into_iter().find(of_country);
    let by_name = |name: &str| format!("{}@{}", name_key(name), country.unwrap_or(""));
    known.map_or_else(|| by_name(name), |p| p.wikidata().map_or_else(|| by_name(p.name()), str::to_string))
}

/// Who held the office in that country on that day; else the office itself.
fn in_office(gazetteer: &Gazetteer, office: &str, country: Option<&str>, on: Option<Date>) -> String {
    let Some(country) = country else { return NOBODY.into() };
    let holder = on.and_then(|day| gazetteer.holder(office, country, day));
    let by_name = |p: &daybook_gazetteer::Person| format!("{}@{country}", name_key(p.name()));
    holder.map_or_else(
        || format!("office:{}@{country}", name_key(office)),
        |p| p.wikidata().map_or_else(|| by_name(p), str::to_string),
    )
}

/// A name in plain small letters, its words joined by hyphens.
pub fn name_key(name: &str) -> String {
    let plain = deunicode::deunicode(name).to_lowercase();
    let words: Vec<&str> =
        plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.join("-")
}
