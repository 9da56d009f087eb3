//! `daybook read`: reads reports and prints the contacts and statements found in them.

use std::io::Write;
use std::path::PathBuf;
use std::thread::available_parallelism;

use clap::{Args, ValueEnum};
use daybook::{Reader, pipeline};
use daybook_export::json::{self, Section};

use crate::failure::{Failure, Outcome};
use crate::inputs::{self, Input};
use crate::options::confidence::ConfidenceOptions;
use crate::options::input::InputOptions;
use crate::options::reader::ReaderOptions;
use crate::output::reading;
use crate::{sanitize, terminal};

const EXAMPLES: &str = "\
Examples:
  daybook read article.txt
      An article saved as text. It may begin with a block of lines
      `---`, `title: …`, `published: 2022-03-11`, `publisher: …`, `---`.
  daybook read --published 2022-03-11 article.txt
      The day to which \"on Saturday\" and \"last month\" are told.
  daybook read page.html
      A saved page: its main text, with the date, title and publisher it declares.
  daybook read --format jsonl archive.jsonl > contacts.jsonl
      Many reports, one JSON object a line with `text` and, if known, `id`,
      `title`, `published`, `publisher`, `url`; one record a line comes out.
  daybook read --only statements article.txt
      Who is said to have said what, and nothing else.
  curl -s https://example.org/news | daybook read -
      From a pipe.

Exit codes:
  0  all inputs were read
  1  some input could not be read; standard error says which and why, the others were read
  2  wrong usage: arguments, a holders table or rules that can't be used

Environment:
  NO_COLOR=1 prints without colour, CLICOLOR_FORCE=1 with colour into a pipe;
  COLUMNS is the width of lines where the output is no terminal.";

#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Read {
    /// The files to read; - or nothing for standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    known: InputOptions,
    /// How to print what is told
    #[arg(long, value_enum, default_value_t = Output::Text)]
    format: Output,
    /// Print one part of what is told alone; in JSON beside the report
    #[arg(long, value_enum, value_name = "PART")]
    only: Option<Only>,
    /// Say of each contact why it is so: the rules that fired and what they took, whom the words mean, how days were
    /// counted, and what was inferred
    #[arg(long)]
    explain: bool,
    /// Look at each report first, and read and print only those that may tell of a contact
    #[arg(long)]
    screen: bool,
    #[command(flatten)]
    sure: ConfidenceOptions,
    /// A table of office holders to add to the built-in ones: CSV with the same columns, or Popolo JSON
    #[arg(long, value_name = "FILE")]
    who: Vec<PathBuf>,
    #[command(flatten)]
    with: ReaderOptions,
    /// How many reports to read at once; as many as there are processors if left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// For people
    Text,
    /// One indented JSON array
    Json,
    /// One JSON object a line for each report
    Jsonl,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Only {
    /// The contacts, without the statements that bear on them
    Contacts,
    /// What somebody is said to have said, thought or wanted, and what is doubted of it
    Statements,
    /// The time phrases
    Times,
}

impl From<Only> for Section {
    fn from(only: Only) -> Section {
        match only {
            Only::Contacts => Section::Contacts,
            Only::Statements => Section::Statements,
            Only::Times => Section::Times,
        }
    }
}

/// One report as it is to be printed.
struct Printed {
    text: String,
    /// The report's name, where it has no date to resolve times by.
    undated: Option<String>,
}

pub(crate) fn run(arguments: &Read) -> Result<Outcome, Failure> {
    let files = inputs::named_or_standard(&arguments.files)?;
    let table = |path: &PathBuf| Ok((inputs::name(path), inputs::whole(path)?));
    let tables = arguments.who.iter().map(table).collect::<Result<Vec<_>, _>>().map_err(Failure::Usage)?;
    let reader = arguments.with.reader(&tables)?;
    let given = arguments.known.given();
    let threads =
        arguments.threads.map_or_else(|| available_parallelism().map_or(1, usize::from), usize::from);
    let width = terminal::width();
    let work = |input: Result<Input, String>| {
        let is_wanted = |input: &Input| !arguments.screen || reader.may_contain_contact(&input.report);
        input.map(|input| is_wanted(&input).then(|| printed(&reader, &input, arguments, width)))
    };
    let (output, format) = (terminal::output(), arguments.format);
    let mut page = Page { output, format, printed: 0, passed_over: 0, outcome: Outcome::Success };
    pipeline::in_order(inputs::each(&files, &given), threads, work, |result| page.add(result))?;
    page.close()
}

fn printed(reader: &Reader, input: &Input, arguments: &Read, width: usize) -> Printed {
    let report = &input.report;
    let reading = if arguments.explain { reader.explain(report) } else { reader.read(report) };
    let reading = arguments.sure.kept(reading);
    let only = arguments.only.map(Section::from);
    let text = match arguments.format {
        Output::Text => reading::report(report, &reading, input.first_line, width, only),
        Output::Json => sanitize::json(&json::indented(report, &reading, only)),
        Output::Jsonl => sanitize::json(&json::line(report, &reading, only)),
    };
    Printed { text, undated: report.published.is_none().then(|| report.id.clone()) }
}

/// What is printed, report after report.
struct Page<W> {
    output: W,
    format: Output,
    printed: usize,
    /// How many reports were of no concern.
    passed_over: usize,
    outcome: Outcome,
}

impl<W: Write> Page<W> {
    fn add(&mut self, result: Result<Option<Printed>, String>) -> Result<(), Failure> {
        match result {
            Ok(Some(printed)) => self.print(printed),
            Ok(None) => {
                self.passed_over += 1;
                Ok(())
            }
            Err(message) => {
                self.outcome = Outcome::Incomplete;
                self.output.flush()?;
                terminal::complain(&message);
                Ok(())
            }
        }
    }

    fn print(&mut self, printed: Printed) -> Result<(), Failure> {
        let before = match (self.format, self.printed) {
            (Output::Json, 0) => "[\n",
            (Output::Json, _) => ",\n",
            (Output::Text, 1..) => "\n",
            _ => "",
        };
        let after = if self.format == Output::Json { "" } else { "\n" };
        write!(self.output, "{before}{}{after}", printed.text)?;
        // Whoever follows a long run sees each report as it is read.
        self.output.flush()?;
        self.printed += 1;
        // The text itself says so in the format for people.
        if let Some(id) = printed.undated.filter(|_| self.format != Output::Text) {
            terminal::note(&format!("{id}: {}", reading::UNDATED));
        }
        Ok(())
    }

    fn close(mut self) -> Result<Outcome, Failure> {
        match (self.format, self.printed) {
            (Output::Json, 0) => writeln!(self.output, "[]")?,
            (Output::Json, _) => writeln!(self.output, "\n]")?,
            _ => {}
        }
        self.output.flush()?;
        if self.passed_over > 0 {
            let reports = if self.passed_over == 1 { "report" } else { "reports" };
            terminal::note(&format!(
                "{} {reports} passed over, which seem to tell of no contact",
                self.passed_over
            ));
        }
        Ok(self.outcome)
    }
}
