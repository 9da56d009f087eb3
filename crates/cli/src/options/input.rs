//! What is known of the input files before they are read.

use clap::{Args, ValueEnum};
use daybook_intake::{Encoding, Format, Given};
use jiff::civil::Date;

/// What is known of the inputs; it goes before what they say of themselves.
#[derive(Args)]
pub(crate) struct InputOptions {
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

impl InputOptions {
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
