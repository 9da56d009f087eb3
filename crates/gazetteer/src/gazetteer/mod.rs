//! Answers whom a name may mean, and who held which office, on a date.

mod loading;
mod official;

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::civil::Date;

use crate::names::{Names, Target};
use crate::office::{Office, Rank};
use crate::person::{Holding, Person};
use crate::place::{Body, Institution, Metonym, State};
use crate::publishers::Publishers;
use crate::spelling::{Piece, Spellings};

/// Who is who: states, bodies, offices, and who held which office from when to when.
///
/// ```
/// use daybook_gazetteer::Gazetteer;
/// use jiff::civil::date;
///
/// let gazetteer = Gazetteer::builtin()?;
/// let before = gazetteer.holder("President", "USA", date(2017, 1, 19)).expect("the table has a president");
/// let after = gazetteer.holder("President", "USA", date(2017, 1, 21)).expect("the table has a president");
/// assert_eq!((before.name(), after.name()), ("Barack Obama", "Donald Trump"));
/// # Ok::<(), daybook_gazetteer::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Gazetteer {
    states: Vec<State>,
    bodies: Vec<Body>,
    metonyms: Vec<Metonym>,
    institutions: Vec<Institution>,
    offices: Vec<Arc<Office>>,
    persons: Vec<Person>,
    honorifics: Vec<String>,
    lone: Vec<String>,
    publishers: Publishers,
    spellings: Spellings,
    names: Names,
}

/// What a name may name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Entry<'a> {
    /// A state or territory by its name.
    State(&'a State),
    /// A state by its capital: as a place, or as a word for the government.
    Capital(&'a State),
    /// A state by the adjective or the people: "French", "Russians".
    Demonym(&'a State),
    /// An international body or a movement.
    Body(&'a Body),
    /// A building, street or department that stands for a state or body.
    Metonym(&'a Metonym),
    /// An organ that every state has: "Foreign Ministry".
    Institution(&'a Institution),
    /// An office without its holder.
    Office(&'a Office),
    /// A person by full name, alias or surname.
    Person(&'a Person),
}

/// A name found: how many of the words it takes, and what it may name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit<'a> {
    /// The number of words, at least 1.
    pub words: usize,
    /// What they may name.
    pub entry: Entry<'a>,
}

/// No known name has more words than this.
const LONGEST: usize = 12;

impl Gazetteer {
    /// All known names that begin at the first word, the longest first.
    ///
    /// `words` are the tokens of the text from one place on ("U.S.", "Meir", "Ben", "-", "Shabbat"). Case, accents,
    /// apostrophes, hyphens and transliterations are folded, and initials between the names of a person passed over;
    /// but a name with a capital is never found in a word without one, so that "may" and "turkey" name nobody, and
    /// "US" is not found in "us". A surname names everybody who bears it.
    ///
    /// ```
    /// # use daybook_gazetteer::{Entry, Gazetteer};
    /// let gazetteer = Gazetteer::builtin()?;
    /// let hits = gazetteer.at(&["Volodymyr", "Zelenskiy", "said"]);
    /// assert!(matches!(hits[0].entry, Entry::Person(person) if person.wikidata() == Some("Q3874799")));
    /// assert_eq!(hits[0].words, 2);
    /// # Ok::<(), daybook_gazetteer::Error>(())
    /// ```
    pub fn at(&self, words: &[&str]) -> Vec<Hit<'_>> {
        let mut hits = self.found(words);
        hits.sort_by_key(|&(words, target)| (Reverse(words), target));
        hits.dedup();
        hits.into_iter().map(|(words, target)| Hit { words, entry: self.entry(target) }).collect()
    }

    /// Persons whom a name may mean, the likeliest first: "Merkel", "Mr. Putin", "President Xi", "Volodymyr Zelensky".
    ///
    /// With a date, those in office on that day come first, by rank and then by how often their country is news;
    /// after them the others by how near the day is to a term of theirs. Without a date rank and country decide.
    /// An ambiguous name yields all who bear it; an unknown one nobody.
    ///
    /// ```
    /// # use daybook_gazetteer::Gazetteer;
    /// # use jiff::civil::date;
    /// let gazetteer = Gazetteer::builtin()?;
    /// let bush = |day| gazetteer.person_named("President Bush", Some(day))[0].name();
    /// assert_eq!(bush(date(1991, 3, 1)), "George H. W. Bush");
    /// assert_eq!(bush(date(2003, 3, 1)), "George W. Bush");
    /// # Ok::<(), daybook_gazetteer::Error>(())
    /// ```
    pub fn person_named(&self, name: &str, on: Option<Date>) -> Vec<&Person> {
        let words: Vec<&str> =
            name.split_whitespace().map(bare_word).filter(|word| !word.is_empty()).collect();
        let mut rest = words.as_slice();
        loop {
            let mut found = self.persons_called(rest);
            if !found.is_empty() {
                found.sort_by_key(|&at| (self.likeliness(&self.persons[at], on), at));
                return found.into_iter().map(|at| &self.persons[at]).collect();
            }
            match self.title_length(rest) {
                0 => return Vec::new(),
                title => rest = &rest[title..],
            }
        }
    }

    /// Who held the office in a country or body on that day; `office` is any of its names, or its id.
    ///
    /// An office that goes by another name there is found too: the "Foreign Minister" of the USA is the Secretary of
    /// State. On a day on which one follows another it is the one who follows. None where the table has nobody, or
    /// several people share the office.
    pub fn holder(&self, office: &str, country: &str, on: Date) -> Option<&Person> {
        let office = self.office(office)?;
        let terms: Vec<_> = self
            .terms(office, country)
            .into_iter()
            .filter(|(_, term)| term.covers(on) && !term.many)
            .collect();
        let exact = terms.iter().rev().find(|(_, term)| term.office.id() == office.id());
        exact.or(terms.last()).map(|(person, _)| *person)
    }

    /// Everybody who held an office in a country or body, in the order of their terms.
    pub fn holders(&self, office: &str, country: &str) -> Vec<(&Person, &Holding)> {
        self.office(office).map_or_else(Vec::new, |office| self.terms(office, country))
    }

    /// Who led the state on that day: the president where the president governs, the prime minister where the
    /// parliament does; "the German leader" is the Chancellor.
    pub fn leader(&self, country: &str, on: Date) -> Option<&Person> {
        let state = self.state(country)?;
        let mut office = "";
        for part in state.leader().split(';') {
            let (id, since) = part.split_once('@').unwrap_or((part, ""));
            if since.is_empty() || since.parse().is_ok_and(|since: Date| since <= on) {
                office = id;
            }
        }
        self.holder(office, country, on)
    }

    /// The highest office that the person held on that day; without a date, the highest held still.
    /// None for one who is not in office, whatever was held before.
    pub fn office_of<'a>(&self, person: &'a Person, on: Option<Date>) -> Option<&'a Holding> {
        let held =
            person.holdings().iter().filter(|term| on.map_or(term.to.is_none(), |day| term.covers(day)));
        held.min_by_key(|term| (term.office.rank(), Reverse(term.from)))
    }

    /// The highest office that the person had left by that day; without a date, of all that were left.
    pub fn former_office_of<'a>(&self, person: &'a Person, on: Option<Date>) -> Option<&'a Holding> {
        let over = |term: &&Holding| term.to.is_some_and(|to| on.is_none_or(|day| to < day));
        person.holdings().iter().filter(over).min_by_key(|term| (term.office.rank(), Reverse(term.to)))
    }

    /// The code of the state or body that the words name: by name, official name, adjective, capital or metonym.
    ///
    /// ```
    /// # use daybook_gazetteer::Gazetteer;
    /// let gazetteer = Gazetteer::builtin()?;
    /// assert_eq!(gazetteer.state_of("the Kremlin"), Some("RUS"));
    /// assert_eq!(gazetteer.state_of("Russian Federation"), Some("RUS"));
    /// assert_eq!(gazetteer.state_of("British"), Some("GBR"));
    /// assert_eq!(gazetteer.state_of("Atlantis"), None);
    /// # Ok::<(), daybook_gazetteer::Error>(())
    /// ```
    pub fn state_of(&self, words: &str) -> Option<&str> {
        let words = words.trim();
        let bare = words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words);
        let code = |target| match target {
            Target::State(i) | Target::Capital(i) | Target::Demonym(i) => Some(self.states[i].code()),
            Target::Body(i) => Some(self.bodies[i].code()),
            Target::Metonym(i) => Some(self.metonyms[i].code()),
            _ => None,
        };
        self.exactly(words).into_iter().chain(self.exactly(bare)).find_map(code)
    }

    /// The state or territory of a code.
    pub fn state(&self, code: &str) -> Option<&State> {
        self.states.iter().find(|state| state.code() == code)
    }

    /// The body of a code; not an organ of it.
    pub fn body(&self, code: &str) -> Option<&Body> {
        self.bodies.iter().find(|body| body.code() == code)
    }

    /// The office of an id or of any of its names.
    pub fn office(&self, name: &str) -> Option<&Office> {
        let by_id = self.offices.iter().find(|office| office.id() == name);
        by_id.map(Arc::as_ref).or_else(|| {
            self.exactly(name).into_iter().find_map(|target| match target {
                Target::Office(i) => Some(self.offices[i].as_ref()),
                _ => None,
            })
        })
    }

    /// All states and territories, in the order of the table.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// All bodies and their organs, in the order of the table.
    pub fn bodies(&self) -> &[Body] {
        &self.bodies
    }

    /// All offices, in the order of the table.
    pub fn offices(&self) -> impl Iterator<Item = &Office> {
        self.offices.iter().map(Arc::as_ref)
    }

    /// All persons, in the order of the tables.
    pub fn persons(&self) -> &[Person] {
        &self.persons
    }

    /// All names as they are looked up: lower case without accents, with blanks between the words; and what each may name. A
    /// name that names several things comes once for each.
    ///
    /// ```
    /// # use daybook_gazetteer::{Entry, Gazetteer};
    /// let gazetteer = Gazetteer::builtin()?;
    /// let is_there = |(name, entry)| name == "angela merkel" && matches!(entry, Entry::Person(_));
    /// assert!(gazetteer.names().any(is_there));
    /// # Ok::<(), daybook_gazetteer::Error>(())
    /// ```
    pub fn names(&self) -> impl Iterator<Item = (&str, Entry<'_>)> {
        self.names.iter().map(|(name, target)| (name, self.entry(target)))
    }

    /// How many different names are known.
    pub fn name_count(&self) -> usize {
        self.names.len()
    }
}

/// Looking up.
impl Gazetteer {
    /// The names that begin at the first word: how many words each takes, and its target.
    fn found(&self, words: &[&str]) -> Vec<(usize, Target)> {
        let mut hits = Vec::new();
        self.walk(words, false, &mut hits);
        if words.iter().take(LONGEST).skip(1).any(|word| is_initial(word)) {
            let mut loose = Vec::new();
            self.walk(words, true, &mut loose);
            // An initial tells two people apart where one of them is known by it.
            let exact =
                |length| hits.iter().any(|&(l, target)| l == length && matches!(target, Target::Person(_)));
            loose.retain(|&(length, _)| !exact(length));
            hits.extend(loose);
        }
        hits
    }

    /// Adds the names that begin at the first word to `hits`; of persons alone, if initials are passed over.
    fn walk(&self, words: &[&str], pass_initials: bool, hits: &mut Vec<(usize, Target)>) {
        let mut pieces: Vec<Piece> = Vec::new();
        for (at, word) in words.iter().take(LONGEST).enumerate() {
            let more = self.spellings.pieces(word);
            if more.is_empty() && at == 0 {
                return;
            }
            if more.is_empty() || (pass_initials && at > 0 && is_initial(word)) {
                continue;
            }
            match pieces.last_mut() {
                // A genitive that stands as a word of its own belongs to the word before: "People", "'s".
                Some(last) if word.starts_with(['\'', '’']) => {
                    last.text.extend(more.iter().map(|p| p.text.as_str()))
                }
                _ => pieces.extend(more),
            }
            let (found, is_begun) = self.names.look_up(&pieces);
            let wanted = found.into_iter().filter(|t| !pass_initials || matches!(t, Target::Person(_)));
            hits.extend(wanted.map(|target| (at + 1, target)));
            if !is_begun {
                return;
            }
        }
    }

    fn entry(&self, target: Target) -> Entry<'_> {
        match target {
            Target::State(i) => Entry::State(&self.states[i]),
            Target::Capital(i) => Entry::Capital(&self.states[i]),
            Target::Demonym(i) => Entry::Demonym(&self.states[i]),
            Target::Body(i) => Entry::Body(&self.bodies[i]),
            Target::Metonym(i) => Entry::Metonym(&self.metonyms[i]),
            Target::Institution(i) => Entry::Institution(&self.institutions[i]),
            Target::Office(i) => Entry::Office(&self.offices[i]),
            Target::Person(i) => Entry::Person(&self.persons[i]),
        }
    }

    fn exactly(&self, name: &str) -> Vec<Target> {
        self.names.look_up(&self.spellings.pieces(name)).0
    }

    /// The places of the persons whose whole name the words are.
    fn persons_called(&self, words: &[&str]) -> Vec<usize> {
        let mut hits = self.found(words);
        hits.sort();
        hits.dedup();
        let whole = hits.into_iter().filter(|(length, _)| *length == words.len());
        whole.filter_map(|(_, target)| if let Target::Person(i) = target { Some(i) } else { None }).collect()
    }

    /// How many of the first words are an honorific, an adjective of nation, or an office.
    fn title_length(&self, words: &[&str]) -> usize {
        let Some(first) = words.first() else { return 0 };
        if self.honorifics.iter().any(|h| h.eq_ignore_ascii_case(first)) {
            return 1;
        }
        let is_title =
            |entry| matches!(entry, Entry::Office(_) | Entry::Demonym(_) | Entry::State(_) | Entry::Body(_));
        self.at(words).into_iter().find(|hit| is_title(hit.entry)).map_or(0, |hit| hit.words)
    }

    /// Sorts the likeliest bearer of a name first.
    fn likeliness(
        &self,
        person: &Person,
        on: Option<Date>,
    ) -> (i64, Rank, Reverse<u8>, Reverse<Option<Date>>) {
        let rate = |term: &Holding| {
            let weight = term.country().and_then(|code| self.state(code)).map_or(0, State::weight);
            let days = on.map_or(0, |day| term.days_from(day));
            (days, term.office.rank(), Reverse(weight), Reverse(term.from))
        };
        let none = (i64::MAX, Rank::Spouse, Reverse(0), Reverse(None));
        person.holdings().iter().map(rate).min().unwrap_or(none)
    }

    /// The terms in an office or in one like it, in order.
    fn terms(&self, office: &Office, country: &str) -> Vec<(&Person, &Holding)> {
        let mut terms = Vec::new();
        for person in &self.persons {
            let fits = |term: &&Holding| term.office.is_like(office) && term.country() == Some(country);
            terms.extend(person.holdings().iter().filter(fits).map(|term| (person, term)));
        }
        terms.sort_by_key(|(_, term)| (term.from, term.to));
        terms
    }
}

/// "J." and "W": a letter that stands for a name.
fn is_initial(word: &str) -> bool {
    let mut letters = word.trim_end_matches('.').chars();
    matches!((letters.next(), letters.next()), (Some(letter), None) if letter.is_uppercase())
}

/// A word without the marks around it, and without the genitive.
fn bare_word(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}
