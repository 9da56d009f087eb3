//! Persons, the names that news give them, and what they held from when to when.

use std::sync::Arc;

use jiff::civil::Date;

use crate::error::{Error, Kind};
use crate::office::Office;
use crate::table::Row;

/// A person who holds or held office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    key: String,
    name: String,
    wikidata: Option<String>,
    holdings: Vec<Holding>,
}

/// An office held by a person in one country or body, over one time.
///
/// Both days belong to the term. Where only a month or a year is known, the term is the part of it that is sure:
/// a term "from 2014 to 2017" runs here from the last day of 2014 to the first of 2017.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    pub(crate) office: Arc<Office>,
    pub(crate) country: Option<String>,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
    pub(crate) earliest: Option<Date>,
    pub(crate) latest: Option<Date>,
    pub(crate) many: bool,
}

impl Person {
    pub(crate) fn new(key: &str, wikidata: Option<String>) -> Person {
        // A qualifier in brackets tells two people of one name apart in the table; it is no part of the name.
        let name = key.split(" (").next().unwrap_or(key);
        Person { key: key.to_owned(), name: name.to_owned(), wikidata, holdings: Vec::new() }
    }

    /// The usual English name, given name and surname in the order of the person's country.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The Wikidata item, as in "Q567".
    pub fn wikidata(&self) -> Option<&str> {
        self.wikidata.as_deref()
    }

    /// What the person held, the earliest first.
    pub fn holdings(&self) -> &[Holding] {
        &self.holdings
    }

    /// What tells the person from all others in the tables.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    pub(crate) fn add(&mut self, holding: Holding, wikidata: Option<String>) {
        if self.wikidata.is_none() {
            self.wikidata = wikidata;
        }
        let at = self.holdings.partition_point(|h| h.from <= holding.from);
        self.holdings.insert(at, holding);
    }
}

impl Holding {
    /// The office.
    pub fn office(&self) -> &Office {
        &self.office
    }

    /// The code of the country or body in which it is held; none where the table tells none.
    pub fn country(&self) -> Option<&str> {
        self.country.as_deref()
    }

    /// The first day on which the office was surely held; none where the beginning is not known.
    pub fn from(&self) -> Option<Date> {
        self.from
    }

    /// The last day on which the office was surely held; none where it was held still when the table was made.
    pub fn to(&self) -> Option<Date> {
        self.to
    }

    /// The first day on which the office may have been held; other than [`Holding::from`] where only a month or year is known.
    pub fn earliest(&self) -> Option<Date> {
        self.earliest
    }

    /// The last day on which the office may have been held; other than [`Holding::to`] where only a month or year is known.
    pub fn latest(&self) -> Option<Date> {
        self.latest
    }

    /// Whether several people hold the office at once, as several are special envoys.
    pub fn is_shared(&self) -> bool {
        self.many
    }

    /// Whether the office was held on that day.
    pub fn covers(&self, day: Date) -> bool {
        self.days_from(day) == 0
    }

    /// Days from `day` to the nearest day of the term; 0 within it.
    pub(crate) fn days_from(&self, day: Date) -> i64 {
        let early = self.from.map_or(0, |from| days(day, from));
        let late = self.to.map_or(0, |to| days(to, day));
        early.max(late).max(0)
    }
}

fn days(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// The days surely within a term: the last of the period in which it began, the first of that in which it ended.
pub(crate) fn term(row: Row<'_>) -> Result<(Option<Date>, Option<Date>), Error> {
    let from = period(row, "from")?.map(|(_, last)| last);
    let to = period(row, "to")?.map(|(first, _)| first);
    match (from, to) {
        (Some(a), Some(b)) if a > b => surest_day(row, a, b),
        _ => Ok((from, to)),
    }
}

/// The days within which a term lies: the first of the period in which it began, the last of that in which it ended.
pub(crate) fn bounds(row: Row<'_>) -> Result<(Option<Date>, Option<Date>), Error> {
    let from = period(row, "from")?.map(|(first, _)| first);
    let to = period(row, "to")?.map(|(_, last)| last);
    Ok((from, to))
}

/// A term told in months or years only may be shorter than they are: then one day of it stands for it.
fn surest_day(row: Row<'_>, from: Date, to: Date) -> Result<(Option<Date>, Option<Date>), Error> {
    let imprecise = row.get("from").len() < 10 || row.get("to").len() < 10;
    if imprecise && row.get("from").get(..4) <= row.get("to").get(..4) {
        return Ok(if row.get("from").len() >= 10 { (Some(from), Some(from)) } else { (Some(to), Some(to)) });
    }
    let wrong = format!("the term ends on {to}, before it begins on {from}");
    Err(row.error(Kind::Date, wrong, "write the earlier date under `from`"))
}

/// First and last day of a date cell: `2017-01-20`, `2017-01`, `2017`; none where it is empty.
fn period(row: Row<'_>, column: &str) -> Result<Option<(Date, Date)>, Error> {
    let cell = row.get(column);
    if cell.is_empty() {
        return Ok(None);
    }
    parse_period(cell).map(Some).ok_or_else(|| {
        let wrong = format!("`{cell}` under `{column}` is no date");
        row.error(Kind::Date, wrong, "write the date as 2017-01-20, 2017-01 or 2017, or leave the cell empty")
    })
}

pub(crate) fn parse_period(cell: &str) -> Option<(Date, Date)> {
    if !cell.is_ascii() {
        return None;
    }
    let first: Date = match cell.len() {
        10 => return cell.parse().ok().map(|day| (day, day)),
        7 => format!("{cell}-01").parse().ok()?,
        4 => format!("{cell}-01-01").parse().ok()?,
        _ => return None,
    };
    let last = if cell.len() == 7 { first.last_of_month() } else { first.last_of_year() };
    Some((first, last))
}

/// The names under which a person is found, besides those that the table lists.
///
/// `surname` is the table's, empty for the last word of the name, "-" for a person who is not called by one.
pub(crate) fn derived_names(name: &str, surname: &str) -> Vec<String> {
    let mut names = vec![name.to_owned()];
    let words: Vec<&str> = name.split_whitespace().collect();
    let surname = match surname {
        "" => last_word(&words).to_owned(),
        given => given.to_owned(),
    };
    if surname.is_empty() || surname == "-" {
        return with_articles(names);
    }
    let given: Vec<&str> =
        words.iter().copied().filter(|word| !surname.split(' ').any(|s| s == *word)).collect();
    names.push(surname.clone());
    if !given.is_empty() {
        names.push(format!("{surname} {}", given.join(" ")));
        names.push(format!("{} {surname}", given[0]));
    }
    with_articles(names)
}

/// The last word that can be a surname: not a numeral as kings bear it, not an initial.
fn last_word<'a>(words: &[&'a str]) -> &'a str {
    match words.last() {
        Some(last) if words.len() > 1 && last.chars().any(char::is_lowercase) => last,
        _ => "",
    }
}

/// "al-Assad" is also written "Assad" and "el-Assad"; so are all names with the Arabic article.
fn with_articles(names: Vec<String>) -> Vec<String> {
    let mut all = Vec::new();
    for name in names {
        if all.contains(&name) {
            continue;
        }
        if !name.split([' ', '-']).any(|word| matches!(word, "al" | "el" | "Al" | "El")) {
            all.push(name);
            continue;
        }
        let spaced =
            name.replace("al-", "al ").replace("el-", "el ").replace("Al-", "al ").replace("El-", "el ");
        let is_article = |word: &&str| matches!(word.to_lowercase().as_str(), "al" | "el");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        if words.len() > 1 && words.iter().any(is_article) {
            let bare: Vec<&str> = words.iter().copied().filter(|word| !is_article(word)).collect();
            all.push(bare.join(" "));
            all.push(swap_article(&words, "al"));
            all.push(swap_article(&words, "el"));
        }
        all.push(name);
    }
    all
}

fn swap_article(words: &[&str], article: &str) -> String {
    let swapped: Vec<&str> = words
        .iter()
        .map(|word| if matches!(*word, "al" | "el" | "Al" | "El") { article } else { word })
        .collect();
    swapped.join(" ")
}
