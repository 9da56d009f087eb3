//! `daybook stats`: counts contacts by pair, time, kind or status.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};
use daybook::{Access, Entry};

use crate::failure::{Failure, Outcome};
use crate::options::book::BookOptions;
use crate::options::filter::Filter;
use crate::output::table::{self, Format};

#[derive(Args)]
pub(crate) struct Stats {
    #[command(flatten)]
    at: BookOptions,
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

pub(crate) fn run(arguments: &Stats) -> Result<Outcome, Failure> {
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
    Ok(Outcome::Success)
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
