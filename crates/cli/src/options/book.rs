//! Which book a command works on, and how it is opened.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use daybook::{Access, Book, Gazetteer, Trust};

use crate::failure::Failure;
use crate::inputs;

/// Which book a command works on, and how it weighs publishers.
#[derive(Args)]
pub(crate) struct BookOptions {
    /// The book: a SQLite file, or postgres://… for one in PostgreSQL
    #[arg(long, value_name = "PLACE", env = "DAYBOOK_BOOK", default_value = "daybook.db")]
    pub(crate) book: String,
    /// Publishers who weigh more or less than others, and whose they are (TOML)
    #[arg(long, value_name = "FILE")]
    pub(crate) trust: Option<PathBuf>,
    /// A table of office holders to add to the built-in ones: CSV with the same columns, or Popolo JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) who: Vec<PathBuf>,
}

impl BookOptions {
    /// Opens the book, knowing the built-in and the user's own tables of who is who.
    pub(crate) fn open(&self, access: Access) -> Result<Book, Failure> {
        self.open_with(access, self.gazetteer()?)
    }

    /// Opens the book with tables that are loaded already.
    pub(crate) fn open_with(&self, access: Access, gazetteer: Gazetteer) -> Result<Book, Failure> {
        Book::open(&self.book, access, gazetteer, self.trust()?).map_err(Failure::usage)
    }

    /// How further connections to the book are opened.
    pub(crate) fn opener(&self, gazetteer: &Gazetteer) -> Result<daybook_web::Open, Failure> {
        let (book, gazetteer, trust) = (self.book.clone(), gazetteer.clone(), self.trust()?);
        Ok(Arc::new(move |access| Book::open(&book, access, gazetteer.clone(), trust.clone())))
    }

    fn gazetteer(&self) -> Result<Gazetteer, Failure> {
        let mut gazetteer = Gazetteer::builtin().map_err(Failure::usage)?;
        for (name, text) in self.tables()? {
            gazetteer = gazetteer.with_table(&name, &text).map_err(Failure::usage)?;
        }
        Ok(gazetteer)
    }

    /// The user's own tables, each with its name.
    pub(crate) fn tables(&self) -> Result<Vec<(String, String)>, Failure> {
        let table = |path: &PathBuf| Ok((inputs::name(path), inputs::whole(path)?));
        self.who.iter().map(table).collect::<Result<_, _>>().map_err(Failure::Usage)
    }

    /// Opens the book for reading, if there is one.
    pub(crate) fn existing(&self) -> Result<Option<Book>, Failure> {
        match Book::open(&self.book, Access::ReadOnly, self.gazetteer()?, self.trust()?) {
            Ok(book) => Ok(Some(book)),
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(Failure::usage(error)),
        }
    }

    fn trust(&self) -> Result<Trust, Failure> {
        let Some(path) = &self.trust else { return Ok(Trust::default()) };
        let text = inputs::whole(path).map_err(Failure::Usage)?;
        Trust::read(&inputs::name(path), &text).map_err(Failure::usage)
    }
}
