//! `daybook read`: reports to the contacts that they tell of, and to who said what.

use std::io::Write;
use std::path::PathBuf;
use std::thread::available_parallelism;

use daybook::{Reader, pipeline};
use daybook_export::json::{self, Section};

use crate::arguments::{Output, Read};
use crate::failure::{Failure, Outcome};
use crate::inputs::{self, Input};
use crate::{harmless, show, terminal};

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
        let is_wanted = |input: &Input| !arguments.screen || reader.concerns(&input.report);
        input.map(|input| is_wanted(&input).then(|| printed(&reader, &input, arguments, width)))
    };
    let (output, format) = (terminal::output(), arguments.format);
    let mut page = Page { output, format, printed: 0, passed_over: 0, outcome: Outcome::Well };
    pipeline::in_order(inputs::each(&files, &given), threads, work, |result| page.add(result))?;
    page.close()
}

fn printed(reader: &Reader, input: &Input, arguments: &Read, width: usize) -> Printed {
    let report = &input.report;
    let reading = if arguments.explain { reader.explain(report) } else { reader.read(report) };
    let only = arguments.only.map(Section::from);
    let text = match arguments.format {
        Output::Text => show::report(report, &reading, input.first_line, width, only),
        Output::Json => harmless::json(&json::indented(report, &reading, only)),
        Output::Jsonl => harmless::json(&json::line(report, &reading, only)),
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
                self.outcome = Outcome::Lacking;
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
            terminal::note(&format!("{id}: {}", show::UNDATED));
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
