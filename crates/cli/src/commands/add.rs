//! `daybook add`: reads sources and adds their reports to a book.

use std::path::PathBuf;
use std::sync::Mutex;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use clap::Args;
use daybook::{Access, Book, Reader, Reading, Report, pipeline};

use crate::failure::{Failure, Outcome};
use crate::options::book::BookOptions;
use crate::options::confidence::ConfidenceOptions;
use crate::options::input::InputOptions;
use crate::options::reader::ReaderOptions;
use crate::output::progress::Progress;
use crate::sources::{self, Sources};
use crate::{inputs, output, terminal};

/// So many reports are written at once, so that a writing disk is not waited for with each.
const AT_ONCE: usize = 64;
/// What was read is written after so long at the latest, so that a run that is stopped loses no more.
const AT_LATEST: Duration = Duration::from_secs(2);
/// So many failures are named at the end; the others are counted.
const NAMED: usize = 100;

const EXAMPLES: &str = "\
Examples:
  daybook add --book contacts.db articles/ readouts.jsonl feed.xml
      Files and folders of any form: text, Markdown, HTML, JSON Lines, CSV, Parquet, RSS,
      Atom, WARC; gzipped or not.
  daybook add --book contacts.db 'crawl/2022-*.warc.gz'
      A pattern.
  daybook add --book postgres://localhost/contacts archive/
      A book in PostgreSQL.
  daybook add --dry-run archive/
      What would be added, without reading it.

What is in the book already, word for word, is passed over: a run that was stopped is finished by the same
command. A changed text of the same address is a new version; the old one is kept.

Exit codes:
  0  all sources were read
  1  some could not be read; standard error says which and why, the others were added
  2  wrong usage, or a book that can't be opened";

#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Add {
    /// Files, folders or patterns; - for standard input; nothing only brings the book up to date
    #[arg(value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    #[command(flatten)]
    at: BookOptions,
    #[command(flatten)]
    known: InputOptions,
    /// Say what would be added, and add nothing
    #[arg(long)]
    dry_run: bool,
    /// Look at each report first, and read and keep only those that may tell of a contact
    #[arg(long)]
    screen: bool,
    #[command(flatten)]
    sure: ConfidenceOptions,
    #[command(flatten)]
    with: ReaderOptions,
    /// How many reports to read at once; as many as there are processors if left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

/// A report on its way into the book.
enum Read {
    New(Box<(Report, Reading)>),
    Known,
    PassedOver,
    Failed(String),
}

pub(crate) fn run(arguments: &Add) -> Result<Outcome, Failure> {
    let (files, missing) = sources::files(&arguments.sources, &arguments.at.book);
    let sources = Sources::of(files);
    if arguments.dry_run {
        return dry_run(arguments, &sources, missing);
    }
    let reader = arguments.with.reader(&arguments.at.tables()?)?;
    let mut book = arguments.at.open_with(Access::Create, reader.gazetteer().clone())?;
    // Who reads asks by a connection of its own what is known, so that reading never waits for writing.
    let asked = Mutex::new(arguments.at.open_with(Access::ReadOnly, reader.gazetteer().clone())?);
    let threads =
        arguments.threads.map_or_else(|| available_parallelism().map_or(1, usize::from), usize::from);
    let mut adding = Adding::new(&mut book, Progress::new(&sources), missing);
    let given = arguments.known.given();
    let work = |input: Result<inputs::Input, String>| match input {
        Ok(input) => read(&reader, &asked, input.report, arguments),
        Err(message) => Read::Failed(message),
    };
    pipeline::in_order(sources.reports(&given), threads, work, |read| adding.take(read))?;
    adding.close()
}

fn read(reader: &Reader, asked: &Mutex<Book>, report: Report, arguments: &Add) -> Read {
    let known = asked.lock().map(|mut book| book.has(&[&report]));
    match known {
        Ok(Ok(known)) if known == [true] => Read::Known,
        _ if arguments.screen && !reader.may_contain_contact(&report) => Read::PassedOver,
        // Where asking fails, writing will say why.
        _ => {
            let reading = arguments.sure.kept(reader.read(&report));
            Read::New(Box::new((report, reading)))
        }
    }
}

/// What is added, and what became of it so far.
struct Adding<'a> {
    book: &'a mut Book,
    waiting: Vec<(Report, Reading)>,
    since: Instant,
    progress: Progress,
    tally: Tally,
}

#[derive(Default)]
struct Tally {
    added: usize,
    known: usize,
    passed_over: usize,
    versions: usize,
    accounts: usize,
    failures: Vec<String>,
    failed: usize,
}

impl<'a> Adding<'a> {
    fn new(book: &'a mut Book, progress: Progress, failures: Vec<String>) -> Adding<'a> {
        let tally = Tally { failed: failures.len(), failures, ..Tally::default() };
        Adding { book, waiting: Vec::new(), since: Instant::now(), progress, tally }
    }

    fn take(&mut self, read: Read) -> Result<(), Failure> {
        match read {
            Read::New(report) => self.waiting.push(*report),
            Read::Known => self.tally.known += 1,
            Read::PassedOver => self.tally.passed_over += 1,
            Read::Failed(message) => self.tally.fail(message),
        }
        if self.waiting.len() >= AT_ONCE || !self.waiting.is_empty() && self.since.elapsed() >= AT_LATEST {
            self.write()?;
        }
        self.progress.show(self.tally.added, self.tally.known, self.tally.failed);
        Ok(())
    }

    /// Writes what waits; only after this is it told as done.
    fn write(&mut self) -> Result<(), Failure> {
        let added = self.book.add(std::mem::take(&mut self.waiting)).map_err(Failure::usage)?;
        let new = added.new.iter().filter(|new| **new).count();
        self.tally.added += new;
        self.tally.known += added.new.len() - new;
        self.tally.versions += added.versions;
        self.tally.accounts += added.accounts;
        self.since = Instant::now();
        Ok(())
    }

    fn close(mut self) -> Result<Outcome, Failure> {
        self.write()?;
        self.progress.finish(self.tally.added, self.tally.known, self.tally.failed);
        self.tally.complain();
        let size = self.book.size().map_err(Failure::usage)?;
        let Tally { added, known, passed_over, versions, accounts, failed, .. } = self.tally;
        let versions =
            if versions == 0 { String::new() } else { format!(" ({versions} replace an earlier version)") };
        let passed_over =
            if passed_over == 0 { String::new() } else { format!(", {passed_over} passed over") };
        output::print(&format!(
            "{added} reports added{versions} with {accounts} accounts, {known} known already{passed_over}, {failed} failed\n\
             the book holds {} reports, {} accounts, {} entries\n",
            size.reports, size.accounts, size.entries
        ))?;
        Ok(if failed == 0 { Outcome::Success } else { Outcome::Incomplete })
    }
}

impl Tally {
    fn fail(&mut self, message: String) {
        self.failed += 1;
        if self.failures.len() < NAMED {
            self.failures.push(message);
        }
    }

    fn complain(&self) {
        self.failures.iter().for_each(|message| terminal::complain(message));
        if self.failed > self.failures.len() {
            terminal::complain(&format!("and {} more", self.failed - self.failures.len()));
        }
    }
}

/// Says of each report whether it would be added.
fn dry_run(arguments: &Add, sources: &Sources, missing: Vec<String>) -> Result<Outcome, Failure> {
    let mut book = arguments.at.existing()?;
    let mut tally = Tally { failed: missing.len(), failures: missing, ..Tally::default() };
    for input in sources.reports(&arguments.known.given()) {
        match input.map(|input| input.report) {
            Err(message) => tally.fail(message),
            Ok(report) => {
                let known = book.as_mut().map_or(Ok(vec![false]), |book| book.has(&[&report]));
                if known.map_err(Failure::usage)? == [true] {
                    tally.known += 1;
                } else {
                    tally.added += 1;
                    let day = report.published.map_or("no date".to_string(), |day| day.to_string());
                    let title = report.title.as_deref().unwrap_or("");
                    output::print(&format!("{day}  {}  {title}", report.id))?;
                }
            }
        }
    }
    tally.complain();
    output::print(&format!(
        "{} reports would be added, {} are known already, {} failed\n",
        tally.added, tally.known, tally.failed
    ))?;
    Ok(if tally.failed == 0 { Outcome::Success } else { Outcome::Incomplete })
}
