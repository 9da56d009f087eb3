//! Reads the tables, and a user's own, into a gazetteer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Gazetteer;
use crate::error::{Error, Kind};
use crate::names::{Names, Target};
use crate::office::Office;
use crate::person::{self, Holding, Person};
use crate::place::{Body, Institution, Metonym, State, some};
use crate::popolo;
use crate::publishers::Publishers;
use crate::spelling::Spellings;
use crate::table::{Row, Table};

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

impl Gazetteer {
    /// The tables that come with Daybook.
    ///
    /// # Errors
    /// Only when a table that was built in is broken, which the tests of this crate rule out.
    pub fn builtin() -> Result<Gazetteer, Error> {
        let table = |name: &str| {
            let text = TABLES.iter().find(|(file, _)| *file == name).map_or("", |(_, text)| *text);
            Table::read(name, text)
        };
        let mut gazetteer = Gazetteer::empty(Spellings::read(&table("spellings.csv")?)?);
        gazetteer.add_states(&table("states.csv")?)?;
        gazetteer.add_bodies(&table("bodies.csv")?)?;
        gazetteer.add_metonyms(&table("metonyms.csv")?)?;
        gazetteer.add_institutions(&table("institutions.csv")?)?;
        gazetteer.add_offices(&table("offices.csv")?)?;
        gazetteer.honorifics = column(&table("honorifics.csv")?, "honorific")?;
        gazetteer.lone = column(&table("lone.csv")?, "word")?;
        gazetteer.publishers =
            Publishers::read(&table("hosts.csv")?, &table("domains.csv")?, &table("official_words.csv")?)?;
        let mut loading = Loading::of(&gazetteer);
        for (name, text) in HOLDERS {
            gazetteer.add_holders(&Table::read(name, text)?, &mut loading)?;
        }
        gazetteer.names.settle();
        Ok(gazetteer)
    }

    /// Adds a user's own table of who held what: CSV with the columns of `gazetteer/holders/*.csv`, of which `person`
    /// and `office` must be there, or [Popolo](https://www.popoloproject.com/specs/) JSON with `persons` and
    /// `memberships`. `name` stands in messages. A person whose name the tables have already gets the terms added.
    ///
    /// # Errors
    /// When the text is neither, a date is none, or a country is not known; the error names file, line and remedy.
    ///
    /// ```
    /// # use daybook_gazetteer::Gazetteer;
    /// # use jiff::civil::date;
    /// let own = "person,office,country,from,to\nAda Example,Mayor of Sampleton,GBR,2019-05-02,\n";
    /// let gazetteer = Gazetteer::builtin()?.with_table("own.csv", own)?;
    /// let ada = gazetteer.person_named("Ada Example", None)[0];
    /// assert_eq!(gazetteer.office_of(ada, Some(date(2020, 1, 1))).expect("held").office().display(), "Mayor of Sampleton");
    /// # Ok::<(), daybook_gazetteer::Error>(())
    /// ```
    pub fn with_table(mut self, name: &str, text: &str) -> Result<Gazetteer, Error> {
        let text = text.trim_start_matches('\u{feff}');
        let csv;
        let text = if text.trim_start().starts_with(['{', '[']) {
            csv = popolo::to_csv(name, text, &|place| self.state_of(place))?;
            &csv
        } else {
            text
        };
        let table = Table::read(name, text)?;
        let mut loading = Loading::of(&self);
        self.add_holders(&table, &mut loading)?;
        self.names.settle();
        Ok(self)
    }
}

/// What was seen of persons, offices and codes while holders are added.
struct Loading {
    persons: BTreeMap<String, usize>,
    offices: BTreeMap<String, usize>,
    codes: BTreeSet<String>,
}

impl Loading {
    fn of(gazetteer: &Gazetteer) -> Loading {
        let persons = gazetteer.persons.iter().enumerate().map(|(i, p)| (p.key().to_owned(), i)).collect();
        let offices = gazetteer.offices.iter().enumerate().map(|(i, o)| (o.id().to_owned(), i)).collect();
        let states = gazetteer.states.iter().map(|state| state.code().to_owned());
        let codes = states.chain(gazetteer.bodies.iter().map(|body| body.code().to_owned())).collect();
        Loading { persons, offices, codes }
    }
}

impl Gazetteer {
    fn empty(spellings: Spellings) -> Gazetteer {
        Gazetteer {
            states: Vec::new(),
            bodies: Vec::new(),
            metonyms: Vec::new(),
            institutions: Vec::new(),
            offices: Vec::new(),
            persons: Vec::new(),
            honorifics: Vec::new(),
            lone: Vec::new(),
            publishers: Publishers::default(),
            spellings,
            names: Names::default(),
        }
    }

    fn add_states(&mut self, table: &Table) -> Result<(), Error> {
        for row in table.rows() {
            let at = self.states.len();
            self.states.push(State::read(row)?);
            self.name(row, &["name", "official", "aliases"], Target::State(at));
            self.name(row, &["capital"], Target::Capital(at));
            self.name(row, &["demonyms"], Target::Demonym(at));
        }
        Ok(())
    }

    fn add_bodies(&mut self, table: &Table) -> Result<(), Error> {
        for row in table.rows() {
            self.bodies.push(Body::read(row)?);
            self.name(row, &["name", "aliases"], Target::Body(self.bodies.len() - 1));
        }
        Ok(())
    }

    fn add_metonyms(&mut self, table: &Table) -> Result<(), Error> {
        for row in table.rows() {
            self.metonyms.push(Metonym::read(row)?);
            self.name(row, &["name", "aliases"], Target::Metonym(self.metonyms.len() - 1));
        }
        Ok(())
    }

    fn add_institutions(&mut self, table: &Table) -> Result<(), Error> {
        for row in table.rows() {
            self.institutions.push(Institution::read(row)?);
            self.name(row, &["name", "aliases"], Target::Institution(self.institutions.len() - 1));
        }
        Ok(())
    }

    fn add_offices(&mut self, table: &Table) -> Result<(), Error> {
        for row in table.rows() {
            self.offices.push(Arc::new(Office::read(row)?));
            self.name(row, &["display", "names"], Target::Office(self.offices.len() - 1));
        }
        Ok(())
    }

    fn add_holders(&mut self, table: &Table, loading: &mut Loading) -> Result<(), Error> {
        for row in table.rows() {
            let key = row.need("person")?;
            let holding = self.holding(row, loading)?;
            let at = *loading.persons.entry(key.to_owned()).or_insert(self.persons.len());
            if at == self.persons.len() {
                self.persons.push(Person::new(key, None));
            }
            self.persons[at].add(holding, some(row.get("wikidata")));
            self.name_person(row, at);
        }
        Ok(())
    }

    fn name_person(&mut self, row: Row<'_>, at: usize) {
        let is_first = self.persons[at].holdings().len() == 1;
        if is_first || !row.get("surname").is_empty() {
            let names = person::derived_names(self.persons[at].name(), row.get("surname"));
            // A surname that is first of all a common word is found only with a given name beside it.
            for name in
                names.iter().filter(|name| !self.lone.iter().any(|word| word.eq_ignore_ascii_case(name)))
            {
                self.names.add(&self.spellings, name, Target::Person(at));
            }
        }
        self.name(row, &["aliases"], Target::Person(at));
    }

    fn holding(&mut self, row: Row<'_>, loading: &mut Loading) -> Result<Holding, Error> {
        let (from, to) = person::term(row)?;
        let (earliest, latest) = person::bounds(row)?;
        let office = self.office_for(row.need("office")?, loading);
        Ok(Holding {
            office,
            country: self.country(row, loading)?,
            from,
            to,
            earliest,
            latest,
            many: row.get("seat") == "many",
        })
    }

    /// The office of an id or a name; one that no table lists becomes an office of its own.
    fn office_for(&mut self, title: &str, loading: &mut Loading) -> Arc<Office> {
        let known = loading.offices.get(title).copied();
        if let Some(office) = known.map(|at| &self.offices[at]) {
            return Arc::clone(office);
        }
        let office = Arc::new(self.office(title).cloned().unwrap_or_else(|| Office::unlisted(title)));
        if !loading.offices.contains_key(office.id()) {
            loading.offices.insert(office.id().to_owned(), self.offices.len());
            self.names.add(&self.spellings, title, Target::Office(self.offices.len()));
            self.offices.push(Arc::clone(&office));
        }
        office
    }

    fn country(&self, row: Row<'_>, loading: &Loading) -> Result<Option<String>, Error> {
        let cell = row.get("country");
        if cell.is_empty() {
            return Ok(None);
        }
        let code = if loading.codes.contains(cell) { Some(cell) } else { self.state_of(cell) };
        code.map(|code| Some(code.to_owned())).ok_or_else(|| {
            row.error(
                Kind::Unknown,
                format!("`{cell}` is no country or body that is known"),
                "write the three letters of ISO 3166-1, a code of bodies.csv, or leave the cell empty",
            )
        })
    }

    fn name(&mut self, row: Row<'_>, columns: &[&str], target: Target) {
        for column in columns {
            for name in row.list(column) {
                self.names.add(&self.spellings, name, target);
            }
        }
    }
}

/// The cells of one column, each of which must be filled.
fn column(table: &Table, name: &str) -> Result<Vec<String>, Error> {
    table.rows().map(|row| row.need(name).map(str::to_owned)).collect()
}
