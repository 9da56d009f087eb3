//! Finds whom a name means as a user writes it: by the tables of who is who, and by those in the book.

use daybook_gazetteer::{Gazetteer, Person, Rank};
use jiff::civil::Date;

use crate::candidate::{Candidate, UnresolvedName};
use crate::error::Error;
use crate::identity::name_key;

/// Where those who take part in a book's entries are looked up, each by its key: an identity or a side.
pub(crate) trait PartyIndex {
    /// Whether somebody, or a side, takes part in an entry.
    fn takes_part(&mut self, party: &str) -> Result<bool, Error>;
    /// The persons and offices whose key holds these letters, a few of them, in order.
    fn containing(&mut self, letters: &str) -> Result<Vec<String>, Error>;
    /// The parties whose key begins so, in order.
    fn beginning(&mut self, letters: &str, limit: usize) -> Result<Vec<String>, Error>;
    /// The name of a party as the first of the reports that name it writes it.
    fn name_as_told(&mut self, party: &str) -> Result<Option<String>, Error>;
}

/// All whom a name may mean, those first who are likelier: people in office on the day, states and bodies, others in the book.
pub(crate) fn candidates(
    index: &mut impl PartyIndex,
    gazetteer: &Gazetteer,
    name: &str,
    on: Option<Date>,
) -> Result<Vec<Candidate>, Error> {
    let mut found = Vec::new();
    if let Some(code) = side(gazetteer, name) {
        found.push(Candidate {
            party: code.to_string(),
            name: side_name(gazetteer, code),
            described: "state or body".into(),
        });
    }
    for person in gazetteer.person_named(name, on) {
        found.extend(candidates_for(index, gazetteer, person, on)?);
    }
    if found.is_empty() {
        found = named_in_book_only(index, name)?;
    }
    let mut seen = Vec::new();
    found.retain(|c| {
        !seen.contains(&c.party) && {
            seen.push(c.party.clone());
            true
        }
    });
    Ok(found)
}

/// The one whom a name means, or all whom it may.
///
/// Of several bearers of a name it is the one who has contacts in the book; of several of these the one in office on
/// the day; husbands and wives of heads of state only where they are named in full.
pub(crate) fn likely_candidates(
    index: &mut impl PartyIndex,
    gazetteer: &Gazetteer,
    name: &str,
    on: Option<Date>,
) -> Result<Vec<Candidate>, Error> {
    // What is asked back as a candidate may be given instead of the name.
    if index.takes_part(name)? {
        return Ok(vec![Candidate {
            party: name.to_string(),
            name: name.to_string(),
            described: "as given".into(),
        }]);
    }
    let all = candidates(index, gazetteer, name, on)?;
    let mut present = Vec::new();
    for candidate in &all {
        if index.takes_part(&candidate.party)? {
            present.push(candidate.clone());
        }
    }
    if present.len() <= 1 {
        return Ok(if present.is_empty() { all } else { present });
    }
    let is_likely = |c: &Candidate| !is_spouse(gazetteer, c);
    let mut likely: Vec<Candidate> = present.iter().filter(|c| is_likely(c)).cloned().collect();
    if likely.is_empty() {
        likely = present;
    }
    let in_office: Vec<Candidate> =
        likely.iter().filter(|c| on.is_some_and(|day| holds_office(gazetteer, c, day))).cloned().collect();
    Ok(if in_office.len() == 1 { in_office } else { likely })
}

fn side<'a>(gazetteer: &'a Gazetteer, name: &'a str) -> Option<&'a str> {
    let is_code = gazetteer.state(name).is_some() || gazetteer.body(name).is_some();
    if is_code { Some(name) } else { gazetteer.state_of(name) }
}

/// The usual name of a state or body.
pub(crate) fn side_name(gazetteer: &Gazetteer, code: &str) -> String {
    let state = gazetteer.state(code).map(|s| s.name());
    state.or_else(|| gazetteer.body(code).map(|b| b.name())).unwrap_or(code).to_string()
}

/// A person of the tables as the book knows them: by number, or by name with the country of an office.
fn candidates_for(
    index: &mut impl PartyIndex,
    gazetteer: &Gazetteer,
    person: &Person,
    on: Option<Date>,
) -> Result<Vec<Candidate>, Error> {
    let described = describe_office(gazetteer, person, on);
    let candidate =
        |party: String| Candidate { party, name: person.name().to_string(), described: described.clone() };
    if let Some(id) = person.wikidata() {
        return Ok(vec![candidate(id.to_string())]);
    }
    let mut parties: Vec<String> = person
        .holdings()
        .iter()
        .map(|holding| format!("{}@{}", name_key(person.name()), holding.country().unwrap_or("")))
        .collect();
    parties.sort();
    parties.dedup();
    let mut found = Vec::new();
    for party in &parties {
        if index.takes_part(party)? {
            found.push(candidate(party.clone()));
        }
    }
    if found.is_empty() {
        found.extend(parties.into_iter().next().map(candidate));
    }
    Ok(found)
}

fn describe_office(gazetteer: &Gazetteer, person: &Person, on: Option<Date>) -> String {
    let words = |holding: &daybook_gazetteer::Holding| {
        let place =
            holding.country().map_or(String::new(), |code| format!(", {}", side_name(gazetteer, code)));
        let years = match (holding.from(), holding.to()) {
            (Some(from), Some(to)) => format!(" {}–{}", from.year(), to.year()),
            (Some(from), None) => format!(" since {}", from.year()),
            (None, Some(to)) => format!(" until {}", to.year()),
            (None, None) => String::new(),
        };
        format!("{}{place}{years}", holding.office().display())
    };
    let holding = gazetteer.office_of(person, on).or_else(|| gazetteer.former_office_of(person, on));
    holding.or_else(|| person.holdings().last()).map_or("no office known".into(), words)
}

fn is_spouse(gazetteer: &Gazetteer, candidate: &Candidate) -> bool {
    let of = |person: &&Person| person.name() == candidate.name;
    let spouse = |person: &Person| person.holdings().iter().all(|h| h.office().rank() == Rank::Spouse);
    gazetteer.persons().iter().find(of).is_some_and(spouse)
}

fn holds_office(gazetteer: &Gazetteer, candidate: &Candidate, day: Date) -> bool {
    let same =
        |person: &&Person| person.wikidata() == Some(&candidate.party) || person.name() == candidate.name;
    gazetteer
        .persons()
        .iter()
        .find(same)
        .is_some_and(|person| gazetteer.office_of(person, Some(day)).is_some())
}

/// Those in the book whose name holds all words of the one asked for.
fn named_in_book_only(index: &mut impl PartyIndex, name: &str) -> Result<Vec<Candidate>, Error> {
    let folded = name_key(name);
    let words: Vec<&str> = folded.split('-').filter(|word| !word.is_empty()).collect();
    let Some(longest) = words.iter().max_by_key(|word| word.len()) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for party in index.containing(longest)? {
        let Some((name, country)) = party.split_once('@') else { continue };
        let name_words: Vec<&str> = name.split('-').collect();
        if words.iter().all(|word| name_words.contains(word)) {
            let name = name.replace('-', " ");
            found.push(Candidate { described: country.to_string(), party: party.clone(), name });
        }
    }
    Ok(found)
}

/// The name of somebody, of an office, or of a side.
pub(crate) fn name_of(
    index: &mut impl PartyIndex,
    gazetteer: &Gazetteer,
    party: &str,
) -> Result<String, Error> {
    if let Some(person) = gazetteer.persons().iter().find(|person| person.wikidata() == Some(party)) {
        return Ok(person.name().to_string());
    }
    let Some((key, country)) = party.split_once('@') else {
        return Ok(side_name(gazetteer, party));
    };
    if let Some(office) = key.strip_prefix("office:") {
        let office = gazetteer.office(office).map_or(office, |office| office.display());
        return Ok(if country.is_empty() {
            office.to_string()
        } else {
            format!("{office} ({})", side_name(gazetteer, country))
        });
    }
    let told = index.name_as_told(party)?;
    Ok(told.unwrap_or_else(|| key.replace('-', " ")))
}

/// Those with contacts in the book of whose names a word begins so; `beginning` may hold several words.
pub(crate) fn suggest(
    index: &mut impl PartyIndex,
    gazetteer: &Gazetteer,
    beginning: &str,
    limit: usize,
) -> Result<Vec<Candidate>, Error> {
    let sought = name_key(beginning);
    if sought.is_empty() {
        return Ok(Vec::new());
    }
    let fits = |name: &str| format!("-{}", name_key(name)).contains(&format!("-{sought}"));
    let mut found = Vec::new();
    let codes = gazetteer.states().iter().map(|s| (s.code(), s.name()));
    for (code, name) in codes.chain(gazetteer.bodies().iter().map(|b| (b.code(), b.name()))) {
        if found.len() < limit && (fits(name) || name_key(code) == sought) && index.takes_part(code)? {
            found.push(Candidate {
                party: code.to_string(),
                name: name.to_string(),
                described: "state or body".into(),
            });
        }
    }
    for person in gazetteer.persons().iter().filter(|person| fits(person.name())) {
        for candidate in candidates_for(index, gazetteer, person, None)? {
            if found.len() < limit && index.takes_part(&candidate.party)? {
                found.push(candidate);
            }
        }
    }
    for party in index.beginning(&sought, limit)? {
        let Some((name, country)) = party.split_once('@').filter(|_| found.len() < limit) else { continue };
        if !found.iter().any(|known| known.party == party) {
            let described = side_name(gazetteer, country);
            let name = name.replace('-', " ");
            found.push(Candidate { party: party.clone(), name, described });
        }
    }
    Ok(found)
}

/// The one party that a name means; else why there is not one.
pub(crate) fn resolve(
    index: &mut impl PartyIndex,
    gazetteer: &Gazetteer,
    name: &str,
    on: Option<Date>,
) -> Result<String, Error> {
    let mut found = likely_candidates(index, gazetteer, name, on)?;
    match found.len() {
        1 => Ok(found.remove(0).party),
        0 => {
            let nearest = nearest(index, gazetteer, name)?;
            Err(Error::unresolved(UnresolvedName::Unknown { name: name.to_string(), nearest }))
        }
        _ => Err(Error::unresolved(UnresolvedName::Ambiguous { name: name.to_string(), candidates: found })),
    }
}

/// So many names that are spelled nearly as the one asked for are given.
const NEAREST: usize = 3;
/// No name is longer, in bytes of its key; edit distances cost the product of the lengths.
const LONGEST_NAME: usize = 64;

/// Those of the book whose names are spelled nearly as this one, the nearest first.
fn nearest(index: &mut impl PartyIndex, gazetteer: &Gazetteer, name: &str) -> Result<Vec<Candidate>, Error> {
    let sought = name_key(name);
    if sought.is_empty() || sought.len() > LONGEST_NAME {
        return Ok(Vec::new());
    }
    let mut near: Vec<(usize, String)> = Vec::new();
    let codes = gazetteer.states().iter().map(|s| (s.code(), s.name()));
    for (code, name) in codes.chain(gazetteer.bodies().iter().map(|b| (b.code(), b.name()))) {
        near.extend(edits(&sought, &name_key(name)).map(|edits| (edits, code.to_string())));
    }
    for person in gazetteer.persons() {
        if let Some(edits) = edits(&sought, &name_key(person.name())) {
            near.extend(
                candidates_for(index, gazetteer, person, None)?.into_iter().map(|c| (edits, c.party)),
            );
        }
    }
    // Those whom only the book knows are looked for by their first letter, which is rarely wrong.
    for party in index.beginning(&sought[..1], MOST_SCANNED)? {
        let edits = party.split_once('@').and_then(|(key, _)| edits(&sought, key));
        near.extend(edits.map(|edits| (edits, party)));
    }
    near.sort();
    let mut found: Vec<Candidate> = Vec::new();
    for (_, party) in near {
        let is_new = found.iter().all(|known| known.party != party);
        if found.len() < NEAREST && is_new && index.takes_part(&party)? {
            let name = name_of(index, gazetteer, &party)?;
            found.push(Candidate { party, name, described: "spelled nearly so".into() });
        }
    }
    Ok(found)
}

/// So many parties of the book with the same first letter are compared.
const MOST_SCANNED: usize = 5000;

/// How many letters of a name, or of its last word, are wrong; none where it is another name. Both are keys as [`name_key`]
/// makes them.
fn edits(sought: &str, name: &str) -> Option<usize> {
    let last = name.rsplit('-').next().unwrap_or(name);
    let whole_or_last = [name, last].into_iter().filter(|known| known.len() <= LONGEST_NAME);
    let edits = whole_or_last.map(|known| (strsim::damerau_levenshtein(sought, known), known.len()));
    edits.filter(|(edits, length)| *edits <= length / 4).map(|(edits, _)| edits).min()
}
