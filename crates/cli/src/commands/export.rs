//! `daybook export`: writes entries of a book to a file for other programs.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use daybook::{Access, Entry};
use daybook_export::{entries_csv, entries_jsonl, entries_parquet, ftm, graphml, ical, plover};

use crate::failure::{Failure, Outcome};
use crate::options::book::BookOptions;
use crate::options::filter::Filter;

#[derive(Args)]
pub(crate) struct Export {
    /// What to write
    #[arg(value_enum)]
    format: Form,
    /// Where to write it; standard output if left out
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    at: BookOptions,
    #[command(flatten)]
    filter: Filter,
}

/// What entries can be written as; docs/export.md describes each.
#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// JSON Lines, every value with its versions
    Jsonl,
    /// Comma-separated values, one row an entry
    Csv,
    /// The same columns as Parquet
    Parquet,
    /// A calendar
    Ical,
    /// PLOVER records with CAMEO codes beside
    Plover,
    /// FollowTheMoney entities
    Ftm,
    /// A network of who contacts whom
    Graphml,
}

pub(crate) fn run(arguments: &Export) -> Result<Outcome, Failure> {
    let mut book = arguments.at.open(Access::ReadOnly)?;
    let query = arguments.filter.query(&mut book)?;
    let entries = book.list(&query).map_err(Failure::usage)?;
    match &arguments.output {
        None => write(&mut BufWriter::new(io::stdout()), arguments.format, &entries)?,
        Some(path) => {
            // A file that is there already stays until the new one is whole.
            let beside = path.with_extension("part");
            let wrong = |error: io::Error| Failure::Usage(format!("{}: {error}", path.display()));
            let mut file = BufWriter::new(File::create(&beside).map_err(wrong)?);
            write(&mut file, arguments.format, &entries).map_err(wrong)?;
            std::fs::rename(&beside, path).map_err(wrong)?;
        }
    }
    Ok(Outcome::Success)
}

fn write(out: &mut (impl Write + Send), form: Form, entries: &[Entry]) -> io::Result<()> {
    match form {
        Form::Jsonl => entries_jsonl::write(&mut *out, entries),
        Form::Csv => entries_csv::write(&mut *out, entries),
        Form::Parquet => entries_parquet::write(&mut *out, entries),
        Form::Ical => ical::write(&mut *out, entries),
        Form::Plover => plover::write(&mut *out, entries),
        Form::Ftm => ftm::write(&mut *out, entries),
        Form::Graphml => graphml::write(&mut *out, entries),
    }?;
    out.flush()
}
