//! A book of a few reports to books of any size with accounts like theirs, and to how long these take to make and to ask.
//!
//! Usage: scale SEEDS BOOK ACCOUNTS
//!   SEEDS is a book that `daybook add` has made; BOOK a file that is made anew. Prints one row of the table of
//!   bench/ledger.md. `bench/scale` calls this.
//!
//! A copy of the seeds is moved by a year; after forty years, copies get other people and countries, so that about as
//! many contacts of any two countries fall into a year as there are in the seeds.
#![allow(clippy::disallowed_methods, reason = "a measurement takes arguments, files and a clock")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Write;
use std::time::{Duration, Instant};

use daybook_gazetteer::Gazetteer;
use daybook_ledger::{Access, Book, Database, Place, Query, Trust, accounts, report, statements};
use daybook_record::{Edtf, Kind, Party, Reading, Report};
use jiff::ToSpan;
use jiff::civil::Date;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// So many years the copies are spread over.
const YEARS: i32 = 40;
/// A copy is so many days later than the one before it, so that weekdays stay what they are.
const YEAR: i32 = 364;
/// So many reports are added at once, as `daybook add` does.
const AT_ONCE: usize = 64;
/// The median of so many questions is told.
const QUESTIONS: usize = 50;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [seeds, place, wanted] = &arguments[..] else {
        return Err("usage: scale SEEDS BOOK ACCOUNTS".into());
    };
    let seeds = Seeds::read(seeds)?;
    for ending in ["", "-wal", "-shm"] {
        std::fs::remove_file(format!("{place}{ending}")).ok();
    }
    let mut book = Book::open(place, Access::Create, Gazetteer::builtin()?, seeds.trust()?)?;
    let adding = fill(&mut book, &seeds, wanted.parse()?)?;
    let start = Instant::now();
    book.settle_anew()?;
    let settling = start.elapsed();
    let size = book.size()?;
    let questions = questions(book.database())?;
    let figures = [
        size.accounts.to_string(),
        size.entries.to_string(),
        seconds(adding),
        format!("{:.2}", adding.as_secs_f64() * 1000.0 / size.accounts as f64),
        seconds(settling),
        (std::fs::metadata(place)?.len() / 1_000_000).to_string(),
        peak_memory()?,
    ];
    let row =
        figures.into_iter().chain(answering(&mut book, place, &questions)?).collect::<Vec<_>>().join(" | ");
    writeln!(std::io::stdout(), "| {row} |")?;
    Ok(())
}

/// Adds copies of the seeds until the book holds so many accounts; tells how long adding took, copying not counted.
fn fill(book: &mut Book, seeds: &Seeds, wanted: usize) -> Outcome<Duration> {
    let (mut taken, mut added, mut told) = (Duration::ZERO, 0, 0);
    let mut copies = (0..).flat_map(|copy| seeds.reports.iter().map(move |read| seeds.copy(read, copy)));
    while added < wanted {
        let reports: Vec<_> = copies.by_ref().take(AT_ONCE).collect();
        let start = Instant::now();
        added += book.add(reports)?.accounts;
        taken += start.elapsed();
        if added * 20 / wanted > told {
            told = added * 20 / wanted;
            writeln!(std::io::stderr(), "{added} accounts, {} s, {} MB", seconds(taken), peak_memory()?)?;
        }
    }
    Ok(taken)
}

/// Reports with what was read in them, from which others are made.
struct Seeds {
    reports: Vec<(Report, Reading, Option<String>)>,
    /// All countries and bodies.
    codes: Vec<String>,
}

impl Seeds {
    fn read(place: &str) -> Outcome<Seeds> {
        let mut book = Database::open(&Place::parse(place), Access::ReadOnly)?;
        let mut reports = Vec::new();
        for row in book.query("SELECT id, side FROM reports WHERE published IS NOT NULL ORDER BY id", &[])? {
            reports.push(read(&mut book, row.text(0)?, row.optional_string(1)?)?);
        }
        let sql = "SELECT country FROM account_parties WHERE country IS NOT NULL UNION
            SELECT side FROM reports WHERE side IS NOT NULL ORDER BY 1";
        let codes: Vec<String> =
            book.query(sql, &[])?.iter().map(|row| Ok(row.text(0)?.to_string())).collect::<Outcome<_>>()?;
        if reports.is_empty() {
            return Err("the seeds have no report with a date".into());
        }
        Ok(Seeds { reports, codes })
    }

    /// Hosts by which the sides of copies are known.
    fn trust(&self) -> Outcome<Trust> {
        let side = |code: &String| format!("\"{}.example.org\" = \"{code}\"\n", code.to_lowercase());
        Ok(Trust::read("trust", &format!("[sides]\n{}", self.codes.iter().map(side).collect::<String>()))?)
    }

    /// A report as if it were of another time, and once all times are taken of other people and countries.
    fn copy(
        &self,
        (report, reading, side): &(Report, Reading, Option<String>),
        number: i32,
    ) -> (Report, Reading) {
        let (shift, world) = (number % YEARS * YEAR, number / YEARS);
        let mut report = report.clone();
        let host = side.as_ref().map(|side| self.code(side, world)).unwrap_or("www".into()).to_lowercase();
        report.url = Some(format!("https://{host}.example.org/{number}/{}", report.id));
        report.publisher = report.publisher.map(|publisher| format!("{publisher} {world}"));
        report.published = report.published.map(|day| moved(day, shift));
        let mut reading = reading.clone();
        for account in &mut reading.accounts {
            account.parties.iter_mut().for_each(|p| self.rename(&mut p.party, world));
            account.present.iter_mut().for_each(|p| self.rename(&mut p.value, world));
            account.date.iter_mut().for_each(|date| date.value = later(&date.value, shift));
        }
        for statement in &mut reading.statements {
            let speakers = statement.speakers.iter_mut().chain(&mut statement.relayed_by);
            speakers.for_each(|p| self.rename(&mut p.value, world));
            statement.date.iter_mut().for_each(|date| date.value = later(&date.value, shift));
        }
        (report, reading)
    }

    /// Another country for each country, the same one for the same one.
    fn code(&self, code: &str, world: i32) -> String {
        let Ok(place) = self.codes.binary_search_by(|known| known.as_str().cmp(code)) else {
            return code.into();
        };
        self.codes[(place + world.unsigned_abs() as usize) % self.codes.len()].clone()
    }

    fn rename(&self, party: &mut Party, world: i32) {
        if world > 0 {
            party.country = party.country.as_ref().map(|code| self.code(code, world));
            party.wikidata = party.wikidata.as_ref().map(|id| format!("{id}{world:04}"));
            party.name = party.name.as_ref().map(|name| format!("{name}{}", letters(world)));
        }
    }
}

/// A number in letters, of which names are made.
fn letters(number: i32) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

fn read(book: &mut Database, id: &str, side: Option<String>) -> Outcome<(Report, Reading, Option<String>)> {
    let found = report(book, id)?.ok_or("a report is missing")?;
    let sql = "SELECT a.id FROM accounts a JOIN reports r ON r.arrived = a.report WHERE r.id = ?1 ORDER BY a.number";
    let ids: Vec<String> = book
        .query(sql, &[id.into()])?
        .iter()
        .map(|row| Ok(row.text(0)?.to_string()))
        .collect::<Outcome<_>>()?;
    let accounts = accounts(book, &ids)?.into_iter().map(|filed| filed.account).collect();
    Ok((found, Reading { accounts, statements: statements(book, id)?, ..Reading::default() }, side))
}

fn moved(day: Date, shift: i32) -> Date {
    day.saturating_add(shift.days())
}

/// A date as vague as it was, so many days later.
fn later(date: &Edtf, shift: i32) -> Edtf {
    let end = |end: &Option<Box<Edtf>>| end.as_ref().map(|end| Box::new(later(end, shift)));
    let middle = |within: i32| date.first().map(|day| moved(day, shift + within));
    match date {
        Edtf::Day(day) => Edtf::Day(moved(*day, shift)),
        Edtf::Month(..) => middle(14).map_or(date.clone(), |day| Edtf::Month(day.year(), day.month())),
        Edtf::Season(_, season) => middle(45).map_or(date.clone(), |day| Edtf::Season(day.year(), *season)),
        Edtf::Year(_) => middle(180).map_or(date.clone(), |day| Edtf::Year(day.year())),
        Edtf::Decade(_) => date.clone(),
        Edtf::Interval(from, to) => Edtf::Interval(end(from), end(to)),
        Edtf::Approximate(inner) => Edtf::Approximate(Box::new(later(inner, shift))),
    }
}

/// What is asked: who, with whom, how and when.
struct Question {
    one: String,
    other: String,
    kind: Kind,
    since: Date,
}

/// Questions on pairs of people all over the book.
fn questions(book: &mut Database) -> Outcome<Vec<Question>> {
    let mut pairs: BTreeMap<String, (String, String)> = BTreeMap::new();
    let sql = "SELECT e.id, e.day, p.pair FROM entries e JOIN entry_pairs p ON p.entry = e.account
        WHERE e.id >= ?1 AND e.day <> '' ORDER BY e.id, p.pair LIMIT 1";
    for number in 0..u64::try_from(QUESTIONS)? * 4 {
        let from = format!("{:016x}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        for row in book.query(sql, &[from.into()])? {
            pairs.insert(row.text(2)?.to_string(), (row.text(0)?.to_string(), row.text(1)?.to_string()));
        }
    }
    let kinds = [Kind::Call, Kind::Meeting, Kind::Visit];
    let question = |(number, (pair, (_, day))): (usize, (String, (String, String)))| {
        let (one, other) = pair.split_once(' ').ok_or("a pair is of two")?;
        let (one, other) = (one.to_string(), other.to_string());
        Ok(Question { one, other, kind: kinds[number % kinds.len()], since: day.parse()? })
    };
    pairs.into_iter().take(QUESTIONS).enumerate().map(question).collect()
}

/// Milliseconds for a list and for the last contact of two, each beside the same question in SQL.
fn answering(book: &mut Book, place: &str, questions: &[Question]) -> Outcome<Vec<String>> {
    let sql = rusqlite::Connection::open(place)?;
    let list = |q: &Question| Query {
        parties: vec![q.one.clone()],
        since: Some(q.since),
        kinds: vec![q.kind],
        limit: Some(50),
        ..Query::default()
    };
    let last = |q: &Question| Query {
        parties: vec![q.one.clone(), q.other.clone()],
        limit: Some(1),
        ..Query::default()
    };
    let plain_list = "SELECT e.* FROM entries e JOIN entry_parties p ON p.entry = e.account
        WHERE p.party = ?1 AND e.day >= ?2 AND e.kind = ?3 AND e.withdrawn = 0 ORDER BY e.day DESC, e.id LIMIT 50";
    let plain_last = "SELECT e.* FROM entries e
        JOIN entry_parties a ON a.entry = e.account JOIN entry_parties b ON b.entry = e.account
        WHERE a.party = ?1 AND b.party = ?2 AND e.withdrawn = 0 ORDER BY e.day DESC, e.id LIMIT 1";
    let newest = |_: &Question| Query { limit: Some(50), ..Query::default() };
    let plain_newest = "SELECT * FROM entries WHERE withdrawn = 0 ORDER BY day DESC, id LIMIT 50";
    Ok(vec![
        median(questions, |q| Ok(book.list(&newest(q))?.len()))?,
        median(questions, |_| rows(&sql, plain_newest, &[]))?,
        median(questions, |q| Ok(book.list(&list(q))?.len()))?,
        median(questions, |q| rows(&sql, plain_list, &[&q.one, &q.since.to_string(), &q.kind.to_string()]))?,
        median(questions, |q| Ok(book.list(&last(q))?.len()))?,
        median(questions, |q| rows(&sql, plain_last, &[&q.one, &q.other]))?,
    ])
}

/// How many rows an answer has; all its values are taken.
fn rows(connection: &rusqlite::Connection, sql: &str, values: &[&str]) -> Outcome<usize> {
    let mut statement = connection.prepare_cached(sql)?;
    let columns = statement.column_count();
    let mut found = statement.query(rusqlite::params_from_iter(values))?;
    let mut count = 0;
    let mut seen = BTreeSet::new();
    while let Some(row) = found.next()? {
        count += 1;
        for column in 0..columns {
            seen.insert(format!("{:?}", row.get_ref(column)?));
        }
    }
    Ok(count)
}

/// The median time of the work for each question, and the longest, in milliseconds.
fn median(questions: &[Question], mut work: impl FnMut(&Question) -> Outcome<usize>) -> Outcome<String> {
    let mut times = Vec::new();
    for question in questions {
        let start = Instant::now();
        work(question)?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let milliseconds = |time: Option<&Duration>| time.map_or(0.0, Duration::as_secs_f64) * 1000.0;
    Ok(format!("{:.2} ({:.1})", milliseconds(times.get(times.len() / 2)), milliseconds(times.last())))
}

fn seconds(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64())
}

/// The most memory that this process has had so far, in megabytes.
fn peak_memory() -> Outcome<String> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    let kilobytes: u64 = line.split_whitespace().next().unwrap_or("0").parse()?;
    Ok((kilobytes / 1000).to_string())
}
