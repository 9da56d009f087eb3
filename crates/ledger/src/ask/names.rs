//! A name as a user writes it to whom it means: as in a text, by the tables of who is who and by those in the book.

use daybook_gazetteer::{Gazetteer, Person, Rank};
use jiff::civil::Date;

use crate::error::Error;
use crate::identity::fold;
use crate::store::{Database, values};

/// Somebody, or a side, whom a name may mean.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// By this the entries are found: an identity or a side.
    pub party: String,
    /// The name.
    pub name: String,
    /// What office is held or was, or what else there is to tell.
    pub described: String,
}

/// All whom a name may mean, those first who are likelier: people in office on the day, states and bodies, others in the book.
pub(crate) fn candidates(
    book: &mut Database,
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
        found.extend(known_by(book, gazetteer, person, on)?);
    }
    if found.is_empty() {
        found = in_book_alone(book, name)?;
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
pub(crate) fn whom(
    book: &mut Database,
    gazetteer: &Gazetteer,
    name: &str,
    on: Option<Date>,
) -> Result<Vec<Candidate>, Error> {
    // What is asked back as a candidate may be given instead of the name.
    if is_in(book, name)? {
        return Ok(vec![Candidate {
            party: name.to_string(),
            name: name.to_string(),
            described: "as given".into(),
        }]);
    }
    let all = candidates(book, gazetteer, name, on)?;
    let mut present = Vec::new();
    for candidate in &all {
        if is_in(book, &candidate.party)? {
            present.push(candidate.clone());
        }
    }
    if present.len() <= 1 {
        return Ok(if present.is_empty() { all } else { present });
    }
    let spouses = |c: &Candidate| !is_spouse(gazetteer, c);
    let mut likely: Vec<Candidate> = present.iter().filter(|c| spouses(c)).cloned().collect();
    if likely.is_empty() {
        likely = present;
    }
    let in_office: Vec<Candidate> =
        likely.iter().filter(|c| on.is_some_and(|day| holds(gazetteer, c, day))).cloned().collect();
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
fn known_by(
    book: &mut Database,
    gazetteer: &Gazetteer,
    person: &Person,
    on: Option<Date>,
) -> Result<Vec<Candidate>, Error> {
    let described = describe(gazetteer, person, on);
    let candidate =
        |party: String| Candidate { party, name: person.name().to_string(), described: described.clone() };
    if let Some(id) = person.wikidata() {
        return Ok(vec![candidate(id.to_string())]);
    }
    let mut parties: Vec<String> = person
        .holdings()
        .iter()
        .map(|holding| format!("{}@{}", fold(person.name()), holding.country().unwrap_or("")))
        .collect();
    parties.sort();
    parties.dedup();
    let mut found = Vec::new();
    for party in &parties {
        if is_in(book, party)? {
            found.push(candidate(party.clone()));
        }
    }
    if found.is_empty() {
        found.extend(parties.into_iter().next().map(candidate));
    }
    Ok(found)
}

fn describe(gazetteer: &Gazetteer, person: &Person, on: Option<Date>) -> String {
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

fn holds(gazetteer: &Gazetteer, candidate: &Candidate, day: Date) -> bool {
    let same =
        |person: &&Person| person.wikidata() == Some(&candidate.party) || person.name() == candidate.name;
    gazetteer
        .persons()
        .iter()
        .find(same)
        .is_some_and(|person| gazetteer.office_of(person, Some(day)).is_some())
}

/// Whether somebody, or a side, takes part in an entry.
pub(crate) fn is_in(book: &mut Database, party: &str) -> Result<bool, Error> {
    Ok(!book.query("SELECT 1 FROM entry_parties WHERE party = ?1 LIMIT 1", &values![party])?.is_empty())
}

/// Those in the book whose name holds all words of the one asked for.
fn in_book_alone(book: &mut Database, name: &str) -> Result<Vec<Candidate>, Error> {
    let folded = fold(name);
    let words: Vec<&str> = folded.split('-').filter(|word| !word.is_empty()).collect();
    let Some(longest) = words.iter().max_by_key(|word| word.len()) else { return Ok(Vec::new()) };
    let sql = "SELECT DISTINCT party FROM entry_parties WHERE lower(party) LIKE ?1 ORDER BY party LIMIT 200";
    let mut found = Vec::new();
    for row in book.query(sql, &values![format!("%{longest}%@%")])? {
        let party = row.text(0)?.to_string();
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
pub(crate) fn name_of(book: &mut Database, gazetteer: &Gazetteer, party: &str) -> Result<String, Error> {
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
    // As the first of the reports that name them writes it.
    let sql = "SELECT p.name FROM entry_parties e JOIN accounts a ON a.entry = e.entry
        JOIN account_parties p ON p.account = a.arrived
        WHERE e.party = ?1 AND p.identity = ?1 AND p.name IS NOT NULL ORDER BY a.arrived LIMIT 1";
    let rows = book.query(sql, &values![party])?;
    let told = rows.first().map(|row| row.text(0).map(str::to_string)).transpose()?;
    Ok(told.unwrap_or_else(|| key.replace('-', " ")))
}

/// Those with contacts in the book of whose names a word begins so; `beginning` may hold several words.
pub(crate) fn suggested(
    book: &mut Database,
    gazetteer: &Gazetteer,
    beginning: &str,
    limit: usize,
) -> Result<Vec<Candidate>, Error> {
    let sought = fold(beginning);
    if sought.is_empty() {
        return Ok(Vec::new());
    }
    let fits = |name: &str| format!("-{}", fold(name)).contains(&format!("-{sought}"));
    let mut found = Vec::new();
    let codes = gazetteer.states().iter().map(|s| (s.code(), s.name()));
    for (code, name) in codes.chain(gazetteer.bodies().iter().map(|b| (b.code(), b.name()))) {
        if found.len() < limit && (fits(name) || fold(code) == sought) && is_in(book, code)? {
            found.push(Candidate {
                party: code.to_string(),
                name: name.to_string(),
                described: "state or body".into(),
            });
        }
    }
    for person in gazetteer.persons().iter().filter(|person| fits(person.name())) {
        for candidate in known_by(book, gazetteer, person, None)? {
            if found.len() < limit && is_in(book, &candidate.party)? {
                found.push(candidate);
            }
        }
    }
    let sql =
        "SELECT DISTINCT party FROM entry_parties WHERE party >= ?1 AND party < ?2 ORDER BY party LIMIT ?3";
    for row in book.query(sql, &values![&sought, format!("{sought}~"), limit])? {
        let party = row.text(0)?;
        let Some((name, country)) = party.split_once('@').filter(|_| found.len() < limit) else { continue };
        if !found.iter().any(|known| known.party == party) {
            let described = side_name(gazetteer, country);
            found.push(Candidate { party: party.to_string(), name: name.replace('-', " "), described });
        }
    }
    Ok(found)
}
