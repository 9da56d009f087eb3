//! Questions to a book: `list`, `show`, `last`, `agenda`, `stats`, `who`, `sql`, `compare`.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use clap::{Args, ValueEnum};
use daybook::{Access, Book, Entry, Query, Status};
use jiff::ToSpan;
use jiff::civil::Date;

use super::filter::{Filter, line, whom};
use super::table::{self, Format};
use super::{At, page};
use crate::failure::{Failure, Outcome};
use crate::terminal;

/// A terminal gets so many entries where no number is given.
const SCREENFUL: usize = 50;

#[derive(Args)]
pub(crate) struct List {
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    filter: Filter,
    /// How to print the entries; jsonl, json and csv have all their values
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// So many at most; on a terminal 50 if left out, else all
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// The earliest first
    #[arg(long)]
    earliest_first: bool,
}

pub(crate) fn list(arguments: &List) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::ReadOnly)?;
    let screenful = terminal::is_read_by_a_person().then_some(SCREENFUL);
    let limit = arguments.limit.or(screenful);
    let query = arguments.filter.query(&mut book)?;
    // One more than is shown tells whether there are more, without counting them all.
    let asked = limit.map(|limit| limit.saturating_add(1));
    let query = Query { limit: asked, earliest_first: arguments.earliest_first, ..query };
    let mut entries = book.list(&query).map_err(Failure::usage)?;
    let more = limit.is_some_and(|limit| entries.len() > limit);
    entries.truncate(limit.unwrap_or(usize::MAX));
    table::entries(&entries, arguments.format)?;
    if more {
        terminal::note("there are more; --limit N shows them");
    }
    Ok(Outcome::Well)
}

#[derive(Args)]
pub(crate) struct Show {
    /// The id of an entry or account, or at least four characters of its beginning
    id: String,
    #[command(flatten)]
    at: At,
    /// As it was known on this day
    #[arg(long, value_name = "DATE", value_parser = daybook_intake::day)]
    as_of: Option<Date>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(crate) fn show(arguments: &Show) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::ReadOnly)?;
    let entry = match arguments.as_of {
        Some(day) => book.entry_as_of(&arguments.id, day),
        None => book.entry(&arguments.id),
    };
    let entry = entry.map_err(Failure::usage)?;
    print_entry(&mut book, &entry, arguments.format)?;
    Ok(Outcome::Well)
}

fn print_entry(book: &mut Book, entry: &Entry, format: Format) -> Result<(), Failure> {
    if format != Format::Table {
        return table::entries(std::slice::from_ref(entry), format);
    }
    let tied = book.statements(entry).map_err(Failure::usage)?;
    super::print_styled(&page::entry(entry, &tied, terminal::width()))
}

#[derive(Args)]
pub(crate) struct Last {
    /// One of the two: a person, an office's holder, a country, a body
    a: String,
    /// The other
    b: String,
    #[command(flatten)]
    at: At,
    /// Before this day
    #[arg(long, value_name = "DATE", value_parser = daybook_intake::day)]
    before: Option<Date>,
    /// From what was published by this day
    #[arg(long, value_name = "DATE", value_parser = daybook_intake::day)]
    as_of: Option<Date>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(crate) fn last(arguments: &Last) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::ReadOnly)?;
    let on = arguments.before.and_then(|day| day.yesterday().ok()).or(arguments.as_of);
    let parties = [whom(&mut book, &arguments.a, on)?, whom(&mut book, &arguments.b, on)?];
    let found = book.last_held(&parties, arguments.before, arguments.as_of).map_err(Failure::usage)?;
    let Some(entry) = found else {
        terminal::note("the book has no contact of theirs that was held by then");
        return Ok(Outcome::Lacking);
    };
    print_entry(&mut book, &entry, arguments.format)?;
    let sides = entry.readouts.iter().map(|readout| &readout.side).collect::<BTreeSet<_>>().len();
    if arguments.format == Format::Table && sides > 1 {
        let comparison = book.compare(&entry).map_err(Failure::usage)?;
        super::print_styled(&format!("\n{}", page::differences(&comparison, terminal::width())))?;
    }
    Ok(Outcome::Well)
}

#[derive(Args)]
pub(crate) struct Compare {
    /// The id of an entry, or at least four characters of its beginning
    id: String,
    #[command(flatten)]
    at: At,
    /// How to print it: for people, or as JSON
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(crate) fn compare(arguments: &Compare) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::ReadOnly)?;
    let entry = book.entry(&arguments.id).map_err(Failure::usage)?;
    let comparison = book.compare(&entry).map_err(Failure::usage)?;
    match arguments.format {
        Format::Table => super::print_styled(&page::comparison(&entry, &comparison, terminal::width()))?,
        format => {
            let value = serde_json::to_value(&comparison).map_err(Failure::usage)?;
            table::values(&[value], format)?;
        }
    }
    Ok(Outcome::Well)
}

#[derive(Args)]
pub(crate) struct Agenda {
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    filter: Filter,
    /// From this day on; today if left out
    #[arg(long, value_name = "DATE", value_parser = daybook_intake::day)]
    from: Option<Date>,
    /// For so many days
    #[arg(long, value_name = "N", default_value_t = 31)]
    days: u16,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(crate) fn agenda(arguments: &Agenda) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::ReadOnly)?;
    let from = arguments.from.or(arguments.filter.as_of()).unwrap_or_else(|| jiff::Zoned::now().date());
    let query = arguments.filter.query(&mut book)?;
    let statuses = if query.statuses.is_empty() { Status::COMING.to_vec() } else { query.statuses.clone() };
    let until = Some(from.saturating_add(i32::from(arguments.days).days()));
    let query = Query { statuses, since: Some(from), until, earliest_first: true, ..query };
    let entries = book.list(&query).map_err(Failure::usage)?;
    let dated: Vec<Entry> = entries.into_iter().filter(|entry| entry.date.is_some()).collect();
    table::entries(&dated, arguments.format)?;
    Ok(Outcome::Well)
}

#[derive(Args)]
pub(crate) struct Stats {
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    filter: Filter,
    /// By what to count
    #[arg(long, value_enum, default_value_t = By::Month)]
    by: By,
    /// So many rows at most: the largest of pairs, the latest of times
    #[arg(long, value_name = "N", default_value_t = 30)]
    limit: usize,
    /// How to print the numbers
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// By what entries are counted.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    /// By pairs of countries and bodies
    Pair,
    /// By pairs of persons
    Persons,
    Month,
    Year,
    Kind,
    Status,
}

/// The longest bar, in columns.
const BAR: usize = 40;

pub(crate) fn stats(arguments: &Stats) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::ReadOnly)?;
    let query = arguments.filter.query(&mut book)?;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for entry in book.list(&query).map_err(Failure::usage)? {
        keys(&entry, arguments.by).into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
    }
    let mut rows: Vec<(String, usize)> = counts.into_iter().collect();
    if matches!(arguments.by, By::Month | By::Year) {
        rows.drain(..rows.len().saturating_sub(arguments.limit));
    } else {
        rows.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        rows.truncate(arguments.limit);
    }
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(1);
    let cells = |(key, count): &(String, usize)| vec![key.clone(), count.to_string()];
    match arguments.format {
        Format::Table => {
            let bar = |(key, count): &(String, usize)| {
                vec![key.clone(), count.to_string(), "█".repeat((count * BAR).div_ceil(most))]
            };
            table::table(&["by", "entries", ""], &rows.iter().map(bar).collect::<Vec<_>>())?;
        }
        Format::Csv => table::csv(&["by", "entries"], &rows.iter().map(cells).collect::<Vec<_>>())?,
        format => {
            let value = |(key, count): &(String, usize)| serde_json::json!({"by": key, "entries": count});
            table::values(&rows.iter().map(value).collect::<Vec<_>>(), format)?;
        }
    }
    Ok(Outcome::Well)
}

/// What an entry is counted under.
fn keys(entry: &Entry, by: By) -> Vec<String> {
    let day = entry.date.as_ref().and_then(|d| d.value.first());
    let names = |sides: bool| {
        let of = |m: &daybook::Member| if sides { m.party.country.clone() } else { m.party.name.clone() };
        let mut names: Vec<String> = entry.parties.iter().filter_map(of).collect();
        names.sort();
        names.dedup();
        let pairs = names
            .iter()
            .enumerate()
            .flat_map(|(at, one)| names[at + 1..].iter().map(move |other| format!("{one} – {other}")));
        pairs.collect()
    };
    match by {
        By::Pair => names(true),
        By::Persons => names(false),
        By::Month => day.map(|day| day.strftime("%Y-%m").to_string()).into_iter().collect(),
        By::Year => day.map(|day| day.year().to_string()).into_iter().collect(),
        By::Kind => vec![entry.kind.value.to_string()],
        By::Status => vec![entry.status.value.to_string()],
    }
}

#[derive(Args)]
pub(crate) struct Who {
    /// A name: "Merkel", "President Xi", "the Kremlin"
    name: String,
    #[command(flatten)]
    at: At,
    /// On this day
    #[arg(long, value_name = "DATE", value_parser = daybook_intake::day)]
    on: Option<Date>,
}

/// So many contacts of each bearer of a name are counted out.
const CONTACTS: usize = 5;

pub(crate) fn who(arguments: &Who) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::ReadOnly)?;
    let found = book.bearers_of(&arguments.name, arguments.on).map_err(Failure::usage)?;
    if found.is_empty() {
        terminal::note(&format!("nobody is known as {:?}", arguments.name));
        return Ok(Outcome::Lacking);
    }
    for candidate in found {
        super::print(line(&candidate).trim_start())?;
        let query = Query {
            parties: vec![candidate.party],
            limit: Some(CONTACTS),
            until: arguments.on,
            ..Query::default()
        };
        let count = book.count(&query).map_err(Failure::usage)?;
        for entry in book.list(&query).map_err(Failure::usage)? {
            let date = entry.date.as_ref().map_or("no date".into(), |d| d.value.to_string());
            super::print(&format!(
                "    {date}  {} {}  {}  {}",
                entry.status.value,
                entry.kind.value,
                page::parties(&entry),
                entry.id
            ))?;
        }
        if count > CONTACTS {
            super::print(&format!("    and {} more", count - CONTACTS))?;
        }
    }
    Ok(Outcome::Well)
}

#[derive(Args)]
pub(crate) struct Sql {
    /// One statement that only reads; docs/book.md describes the tables
    statement: String,
    #[command(flatten)]
    at: At,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    timeout: u32,
}

pub(crate) fn sql(arguments: &Sql) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::ReadOnly)?;
    let mut rows: Vec<Vec<Option<String>>> = Vec::new();
    let limit = Duration::from_secs(arguments.timeout.into());
    let columns = book.select(&arguments.statement, limit, |_, row| {
        rows.push(row.to_vec());
        Ok(())
    });
    let columns = columns.map_err(Failure::usage)?;
    let header: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let texts = || {
        rows.iter()
            .map(|row| row.iter().map(|cell| cell.clone().unwrap_or_default()).collect())
            .collect::<Vec<_>>()
    };
    match arguments.format {
        Format::Table => table::table(&header, &texts())?,
        Format::Csv => table::csv(&header, &texts())?,
        format => table::objects(&header, &rows, format)?,
    }
    Ok(Outcome::Well)
}
