//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use daybook::Reader;
use daybook_export::json::Section;
use daybook_intake::{Encoding, Format, Given};
use jiff::civil::Date;

use crate::failure::Failure;
use crate::inputs;

const READ_EXAMPLES: &str = "\
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

/// Reads news and official readouts into a book of who in politics was in contact with whom: calls, meetings, visits,
/// letters; when, for how long, who sat in; and for every value, which words say so.
#[derive(Parser)]
#[command(name = "daybook", version, about, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Read reports and print the contacts and statements they tell of
    ///
    /// Reads articles, releases and readouts as plain text, HTML or JSON Lines (told apart by their content) and prints
    /// the contacts that each tells of, with the words that say so and where they stand, and who is said to have said what.
    #[command(after_long_help = READ_EXAMPLES)]
    Read(Read),
    /// Add reports to a book: files, folders, feeds, archives, tables
    Add(crate::book::add::Add),
    /// Poll feeds, and add what is new to a book
    Watch(crate::book::watch::Watch),
    /// List the contacts in a book
    List(crate::book::questions::List),
    /// Show one contact: every value with who tells it, other versions, history, accounts
    Show(crate::book::questions::Show),
    /// Show the last contact of two that was held, how it is known, and where the sides differ
    Last(crate::book::questions::Last),
    /// List what is coming
    Agenda(crate::book::questions::Agenda),
    /// Count contacts by pair, month, kind
    Stats(crate::book::questions::Stats),
    /// Look up whom a name means, and their latest contacts
    Who(crate::book::questions::Who),
    /// Lay the sides' own accounts of a contact beside each other
    Compare(crate::book::questions::Compare),
    /// Decide that two entries are of one contact
    Merge(crate::book::decide::Merge),
    /// Decide that accounts of an entry are of another contact
    Split(crate::book::decide::Split),
    /// Take back a decision
    Undo(crate::book::decide::Undo),
    /// Ask a book in SQL
    Sql(crate::book::questions::Sql),
    /// Write contacts for other programs: JSON Lines, CSV, Parquet, iCalendar, PLOVER, FollowTheMoney, GraphML
    Export(crate::book::export::Export),
    /// Show a book in a browser, and give it to programs over HTTP
    Serve(crate::book::serve::Serve),
    /// Give a book to an assistant, by the Model Context Protocol
    Mcp(crate::book::mcp::Mcp),
    /// Print a text's sentences, tags, dependencies and names as CoNLL-U
    Parse(Parse),
    /// Work with rules
    Rules {
        #[command(subcommand)]
        command: RulesCommand,
    },
    /// Print completions for a shell
    ///
    /// For instance: daybook completions bash > ~/.local/share/bash-completion/completions/daybook
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print a page of the manual, for man
    ///
    /// For instance: daybook man > daybook.1; daybook man read > daybook-read.1
    Man {
        /// The command that the page is about; the program itself if left out
        command: Option<String>,
    },
}

#[derive(Args)]
pub(crate) struct Read {
    /// The files to read; - or nothing for standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) known: Known,
    /// How to print what is told
    #[arg(long, value_enum, default_value_t = Output::Text)]
    pub(crate) format: Output,
    /// Print one part of what is told alone; in JSON beside the report
    #[arg(long, value_enum, value_name = "PART")]
    pub(crate) only: Option<Only>,
    /// Say of each contact why it is so: the rules that fired and what they took, whom the words mean, how days were
    /// counted, and what was inferred
    #[arg(long)]
    pub(crate) explain: bool,
    /// Look at each report first, and read and print only those that may tell of a contact
    #[arg(long)]
    pub(crate) screen: bool,
    /// A table of office holders to add to the built-in ones: CSV with the same columns, or Popolo JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) who: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) with: ReadWith,
    /// How many reports to read at once; as many as there are processors if left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

/// What is known of the inputs; it goes before what they say of themselves.
#[derive(Args)]
pub(crate) struct Known {
    /// The day of publication, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = daybook_intake::day)]
    published: Option<Date>,
    /// The headline
    #[arg(long)]
    title: Option<String>,
    /// Who published it
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// What the files are; told by their content if left out
    #[arg(long, value_enum)]
    input: Option<Input>,
    /// The encoding of the files, such as windows-1252; told by a byte order mark or a page's declaration, or else
    /// UTF-8, if left out
    #[arg(long, value_name = "NAME")]
    encoding: Option<Encoding>,
}

impl Known {
    pub(crate) fn given(&self) -> Given {
        Given {
            title: self.title.clone(),
            published: self.published,
            publisher: self.publisher.clone(),
            format: self.input.map(Format::from),
            encoding: self.encoding,
        }
    }
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

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Input {
    /// Plain text, with or without a block of title, date and publisher before it
    Text,
    /// A page
    Html,
    /// One JSON object a line
    Jsonl,
    /// Markdown
    Markdown,
    /// JSON objects in an array, or one after another
    Json,
    /// A table of text with a header, by commas, semicolons or tabs
    Csv,
    /// A Parquet file
    Parquet,
    /// RSS, Atom or JSON Feed
    Feed,
    /// A web archive
    Warc,
}

impl From<Input> for Format {
    fn from(input: Input) -> Format {
        match input {
            Input::Text => Format::Text,
            Input::Html => Format::Html,
            Input::Jsonl => Format::JsonLines,
            Input::Markdown => Format::Markdown,
            Input::Json => Format::Json,
            Input::Csv => Format::Csv,
            Input::Parquet => Format::Parquet,
            Input::Feed => Format::Feed,
            Input::Warc => Format::Warc,
        }
    }
}

#[derive(Args)]
pub(crate) struct Parse {
    /// The file to parse; - or nothing for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// The file is CoNLL-U: keep its sentences and tokens, and annotate them anew
    #[arg(long)]
    pub(crate) conllu: bool,
    /// Which model reads the sentences
    #[arg(long, value_enum, default_value_t = Model::Full)]
    pub(crate) model: Model,
}

/// With what reports are read.
#[derive(Args)]
pub(crate) struct ReadWith {
    /// A folder of rules (.toml) to add to the built-in ones
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Which model reads the sentences
    #[arg(long, value_enum, default_value_t = Model::Full)]
    model: Model,
}

impl ReadWith {
    /// A reader that also knows these tables of office holders, each by file name and text.
    pub(crate) fn reader(&self, who: &[(String, String)]) -> Result<Reader, Failure> {
        let rules = self.rules.as_deref().map(inputs::rule_files).transpose().map_err(Failure::Usage)?;
        Reader::with_model(self.model.into(), who, &rules.unwrap_or_default()).map_err(Failure::usage)
    }
}

/// The models that come with the program.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Model {
    /// Of six layers
    Full,
    /// Of three layers, which learnt from the full one: a good deal faster, and less sure of who said what
    Small,
}

impl From<Model> for daybook::Model {
    fn from(model: Model) -> daybook::Model {
        match model {
            Model::Full => daybook::Model::Full,
            Model::Small => daybook::Model::Small,
        }
    }
}

#[derive(Subcommand)]
pub(crate) enum RulesCommand {
    /// Compile rules and try their examples
    ///
    /// Every rule says what it finds and what it leaves alone; each is tried. The exit code is 1 where one does not
    /// hold, 2 where a rule can't be compiled.
    Check {
        /// A folder of rules (.toml) to check with the built-in ones; these alone if left out
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}
