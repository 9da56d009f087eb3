//! The book at a glance: entries in brief, how many there are of what, who contacts whom.

use std::collections::BTreeMap;

use daybook_record::{Certainty, Entry, Kind, Standing, Status};
use jiff::civil::Date;
use serde::Serialize;

use crate::ask::names::{Candidate, name_of, suggested};
use crate::ask::query::{Query, sql};
use crate::book::Book;
use crate::error::Error;
use crate::store::entries::{day, in_words};
use crate::store::{Row, Value, values};

/// An entry in brief: what a list shows of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// The entry's id.
    pub id: String,
    /// The day by which it is sorted: its first, or else the day on which it became known; empty where neither is known.
    pub day: String,
    /// The date, as exact as it is known (EDTF).
    pub date: Option<String>,
    /// The time of the day, `HH:MM`, with the zone if it is told.
    pub time: Option<String>,
    /// How long it took (ISO 8601).
    pub duration: Option<String>,
    /// How the parties were in contact.
    pub kind: Kind,
    /// How things stand.
    pub status: Status,
    /// How surely.
    pub certainty: Certainty,
    /// The principals, for people to read.
    pub parties: String,
    /// Where, as told.
    pub place: Option<String>,
    /// What it was about.
    pub topics: String,
    /// The fields on which accounts contradict each other.
    pub disputed: Vec<String>,
    /// The sides that have given their own account.
    pub sides: Vec<String>,
    /// How well it is confirmed.
    pub standing: Standing,
    /// By how many independent sources.
    pub sources: usize,
    /// In how many accounts it is told.
    pub accounts: usize,
}

impl Brief {
    const COLUMNS: &'static str =
        "e.id, e.day, e.date, e.time, e.duration, e.kind, e.status, e.certainty, e.parties,
        e.place, e.topics, e.disputed, e.sides, e.standing, e.sources, e.accounts";

    fn read(row: &Row) -> Result<Brief, Error> {
        let words = |text: &str| text.split_whitespace().map(str::to_string).collect();
        Ok(Brief {
            id: row.text(0)?.to_string(),
            day: row.text(1)?.to_string(),
            date: row.optional_string(2)?,
            time: row.optional_string(3)?,
            duration: row.optional_string(4)?,
            kind: row.parsed(5)?,
            status: row.parsed(6)?,
            certainty: row.parsed(7)?,
            parties: row.text(8)?.to_string(),
            place: row.optional_string(9)?,
            topics: row.text(10)?.to_string(),
            disputed: words(row.text(11)?),
            sides: words(row.text(12)?),
            standing: row.parsed(13)?,
            sources: row.size(14)?,
            accounts: row.size(15)?,
        })
    }

    /// What a list shows of an entry.
    pub fn of(entry: &Entry) -> Brief {
        let mut sides: Vec<String> = entry.readouts.iter().map(|readout| readout.side.clone()).collect();
        sides.dedup();
        let topics: Vec<&str> = entry.topics.iter().map(|topic| topic.value.as_str()).collect();
        Brief {
            id: entry.id.clone(),
            day: day(entry),
            date: entry.date.as_ref().map(|date| date.value.to_string()),
            time: entry.time.as_ref().map(|time| time.value.to_string()),
            duration: entry.duration.as_ref().map(|duration| duration.value.iso.clone()),
            kind: entry.kind.value,
            status: entry.status.value,
            certainty: entry.certainty.value,
            parties: in_words(entry),
            place: entry.place.as_ref().map(|place| place.value.clone()),
            topics: topics.join("; "),
            disputed: entry.disputed().into_iter().map(str::to_string).collect(),
            sides,
            standing: entry.credibility.standing,
            sources: entry.credibility.sources,
            accounts: entry.accounts.len(),
        }
    }
}

/// By what entries are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The year of the day by which they are sorted.
    Year,
    /// Its month.
    Month,
    /// How the parties were in contact.
    Kind,
    /// How things stand.
    Status,
}

impl By {
    fn column(self) -> &'static str {
        match self {
            By::Year => "substr(e.day, 1, 4)",
            By::Month => "substr(e.day, 1, 7)",
            By::Kind => "e.kind",
            By::Status => "e.status",
        }
    }

    fn key(self, brief: &Brief) -> String {
        match self {
            By::Year => brief.day.chars().take(4).collect(),
            By::Month => brief.day.chars().take(7).collect(),
            By::Kind => brief.kind.to_string(),
            By::Status => brief.status.to_string(),
        }
    }
}

/// Between whom contacts are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// Persons, and offices whose holder is not known.
    Persons,
    /// Countries and bodies.
    Sides,
}

impl Among {
    fn has(self, party: &str) -> bool {
        (self == Among::Sides) == is_side(party)
    }
}

/// Whether this is a country or a body, and not a person or an office.
pub fn is_side(party: &str) -> bool {
    let number = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
    !party.contains('@') && !party.strip_prefix('Q').is_some_and(number)
}

/// Two who were in contact, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// One of the two: an identity or a side.
    pub one: String,
    /// The other.
    pub other: String,
    /// In how many entries.
    pub entries: usize,
}

impl Book {
    /// The entries that a query asks for, in brief, the latest first unless it says otherwise.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn briefs(&mut self, query: &Query) -> Result<Vec<Brief>, Error> {
        if query.as_of.is_some() {
            return Ok(self.list(query)?.iter().map(Brief::of).collect());
        }
        let (sql, values) = sql(query, self.database(), Brief::COLUMNS);
        self.database().query(&sql, &values)?.iter().map(Brief::read).collect()
    }

    /// How many of the entries that a query asks for there are of each kind, year and so on; in alphabetical order.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn tally(&mut self, query: &Query, by: By) -> Result<BTreeMap<String, usize>, Error> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        if query.as_of.is_some() {
            for brief in self.briefs(query)? {
                *counts.entry(by.key(&brief)).or_default() += 1;
            }
            return Ok(counts);
        }
        let all = Query { limit: None, after: None, ..query.clone() };
        let (sql, values) = sql(&all, self.database(), by.column());
        self.database().each(&sql, &values, |row| {
            *counts.entry(row.text(0)?.to_string()).or_default() += 1;
            Ok(())
        })?;
        Ok(counts)
    }

    /// With whom somebody, or a country or body, was in contact, and how often; the most frequent first.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn partners(
        &mut self,
        party: &str,
        among: Among,
        since: Option<Date>,
        until: Option<Date>,
        limit: usize,
    ) -> Result<Vec<(String, usize)>, Error> {
        let mut found = Vec::new();
        let sql = "SELECT b.party, count(*) FROM entry_parties a JOIN entries e ON e.account = a.entry
            JOIN entry_parties b ON b.entry = a.entry
            WHERE a.party = ?1 AND b.party <> a.party AND a.day >= ?2 AND a.day <= ?3 AND e.withdrawn = 0
            GROUP BY b.party ORDER BY count(*) DESC, b.party";
        self.database().each(sql, &values![party, from(since), to(until)], |row| {
            if found.len() < limit && among.has(row.text(0)?) {
                found.push((row.text(0)?.to_string(), row.size(1)?));
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// Who was in contact with whom in a time, and how often; the most frequent first.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn network(
        &mut self,
        among: Among,
        since: Option<Date>,
        until: Option<Date>,
        limit: usize,
    ) -> Result<Vec<Link>, Error> {
        let mut links = Vec::new();
        let sql = "SELECT p.pair, count(*) FROM entries e JOIN entry_pairs p ON p.entry = e.account
            WHERE e.day >= ?1 AND e.day <= ?2 AND e.withdrawn = 0
            GROUP BY p.pair ORDER BY count(*) DESC, p.pair";
        self.database().each(sql, &values![from(since), to(until)], |row| {
            let pair = row.text(0)?.split_once(' ');
            let pair = pair.filter(|(one, other)| links.len() < limit && among.has(one) && among.has(other));
            if let Some((one, other)) = pair {
                links.push(Link { one: one.into(), other: other.into(), entries: row.size(1)? });
            }
            Ok(())
        })?;
        Ok(links)
    }

    /// The ids of the entries whose accounts arrived last, the last first.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn newest(&mut self, limit: usize) -> Result<Vec<String>, Error> {
        // An entry may have several of the last accounts.
        let sql = "SELECT e.id FROM accounts a JOIN entries e ON e.account = a.entry ORDER BY a.arrived DESC LIMIT ?1";
        let mut ids: Vec<String> = Vec::new();
        for row in self.database().query(sql, &values![limit.saturating_mul(8)])? {
            let id = row.text(0)?;
            if ids.len() < limit && !ids.iter().any(|known| known == id) {
                ids.push(id.to_string());
            }
        }
        Ok(ids)
    }

    /// The accounts of a report, in the order of its text, each with the id of its entry.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn told_in(&mut self, report: &str) -> Result<Vec<(daybook_record::Filed, String)>, Error> {
        let sql = "SELECT a.id, e.id FROM reports r JOIN accounts a ON a.report = r.arrived
            JOIN entries e ON e.account = a.entry WHERE r.id = ?1 ORDER BY a.number";
        let rows = self.database().query(sql, &values![report])?;
        let pairs: Vec<(String, String)> = rows
            .iter()
            .map(|row| Ok((row.text(0)?.to_string(), row.text(1)?.to_string())))
            .collect::<Result<_, Error>>()?;
        let ids: Vec<String> = pairs.iter().map(|(id, _)| id.clone()).collect();
        let accounts = crate::store::accounts(self.database(), &ids)?;
        Ok(accounts.into_iter().zip(pairs).map(|(filed, (_, entry))| (filed, entry)).collect())
    }

    /// The name of somebody, of an office, or of a country or body, as the book and its tables have it.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn name_of(&mut self, party: &str) -> Result<String, Error> {
        let (database, gazetteer) = self.parts();
        name_of(database, gazetteer, party)
    }

    /// Whether somebody, or a country or body, takes part in an entry of the book.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn knows(&mut self, party: &str) -> Result<bool, Error> {
        crate::ask::names::is_in(self.database(), party)
    }

    /// Those with contacts in the book whose name begins so, or has a word that does.
    ///
    /// # Errors
    /// Where the book can't be read.
    pub fn suggested(&mut self, beginning: &str, limit: usize) -> Result<Vec<Candidate>, Error> {
        let (database, gazetteer) = self.parts();
        suggested(database, gazetteer, beginning, limit)
    }
}

/// The first day of a time, as days are compared in the tables.
fn from(since: Option<Date>) -> Value {
    since.map_or(Value::from(""), Value::from)
}

/// The last; `9` sorts after all years.
fn to(until: Option<Date>) -> Value {
    until.map_or(Value::from("9999-99"), Value::from)
}

impl Book {
    /// Answers several questions from one state of the book, whatever is written to it meanwhile.
    ///
    /// # Errors
    /// As the work; where the book can't be read.
    pub fn at_once<T>(&mut self, work: impl FnOnce(&mut Book) -> Result<T, Error>) -> Result<T, Error> {
        self.database().hold()?;
        let done = work(self);
        self.database().release()?;
        done
    }
}
