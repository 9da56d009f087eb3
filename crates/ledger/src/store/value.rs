//! Values and rows as both databases know them: null, whole numbers, text.

use std::fmt::Display;
use std::str::FromStr;

use daybook_record::{Confidence, Edtf};
use jiff::civil::Date;

use crate::Error;

/// A value of a column.
///
/// PostgreSQL can't hold the character U+0000 in text: there U+001A stands for it, which is as long.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number; yes and no are 1 and 0.
    Integer(i64),
    /// Text.
    Text(String),
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_string())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::Text(text.clone())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Integer(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Value {
        Value::Integer(number.into())
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Value {
        Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Value {
        Value::Integer(yes.into())
    }
}

impl From<Confidence> for Value {
    fn from(confidence: Confidence) -> Value {
        Value::Integer(confidence.thousandths().into())
    }
}

impl From<Date> for Value {
    fn from(day: Date) -> Value {
        Value::Text(day.to_string())
    }
}

impl From<&Edtf> for Value {
    fn from(date: &Edtf) -> Value {
        Value::Text(date.to_string())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

impl From<&Option<String>> for Value {
    fn from(text: &Option<String>) -> Value {
        text.as_ref().into()
    }
}

/// A column of the answer to a user's own question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// As the question names it.
    pub name: String,
    /// What all its values are; text where it has none.
    pub holds: Holds,
}

/// What the values of a column are, where they are anything; each can also be written as those after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holds {
    /// Whole numbers of up to 64 bits.
    Whole,
    /// Numbers, whole ones among them.
    Number,
    /// Anything.
    Text,
}

/// One row of an answer; columns are counted from 0.
///
/// All getters fail where the column is not of that kind: then somebody else has written to the book.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    pub(super) values: Vec<Value>,
}

impl Row {
    /// All values, in the order of the columns.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// The text of a column that is never null.
    pub fn text(&self, column: usize) -> Result<&str, Error> {
        self.optional_text(column)?.ok_or_else(|| self.wrong(column, "text"))
    }

    /// The text of a column.
    pub fn optional_text(&self, column: usize) -> Result<Option<&str>, Error> {
        match self.values.get(column) {
            Some(Value::Null) => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            _ => Err(self.wrong(column, "text")),
        }
    }

    /// The text of a column as an owned string.
    pub fn optional_string(&self, column: usize) -> Result<Option<String>, Error> {
        Ok(self.optional_text(column)?.map(str::to_string))
    }

    /// The number of a column that is never null.
    pub fn integer(&self, column: usize) -> Result<i64, Error> {
        self.optional_integer(column)?.ok_or_else(|| self.wrong(column, "a number"))
    }

    /// The number of a column.
    pub fn optional_integer(&self, column: usize) -> Result<Option<i64>, Error> {
        match self.values.get(column) {
            Some(Value::Null) => Ok(None),
            Some(Value::Integer(number)) => Ok(Some(*number)),
            _ => Err(self.wrong(column, "a number")),
        }
    }

    /// The number of a column that counts or numbers things.
    pub fn size(&self, column: usize) -> Result<usize, Error> {
        usize::try_from(self.integer(column)?).map_err(|_| self.wrong(column, "a number of 0 or more"))
    }

    /// Whether a column holds 1, for yes.
    pub fn yes(&self, column: usize) -> Result<bool, Error> {
        Ok(self.integer(column)? != 0)
    }

    /// The confidence that a column holds in thousandths.
    pub fn confidence(&self, column: usize) -> Result<Confidence, Error> {
        let thousandths = u16::try_from(self.integer(column)?);
        thousandths
            .map(Confidence::from_thousandths)
            .map_err(|_| self.wrong(column, "a number of thousandths"))
    }

    /// What the text of a column stands for: a day, a kind, …
    pub fn parsed<T: FromStr<Err: Display>>(&self, column: usize) -> Result<T, Error> {
        parse(self.text(column)?)
    }

    /// What the text of a column stands for; `None` where it is null.
    pub fn optional_parsed<T: FromStr<Err: Display>>(&self, column: usize) -> Result<Option<T>, Error> {
        self.optional_text(column)?.map(parse).transpose()
    }

    fn wrong(&self, column: usize, wanted: &str) -> Error {
        Error::damaged(format!("column {column} of an answer is {:?}, not {wanted}", self.values.get(column)))
    }
}

/// What a text of the book stands for.
pub(super) fn parse<T: FromStr<Err: Display>>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|error| Error::damaged(format!("{error}; somebody else has written to the book")))
}

/// The values of a statement: `values![id, day, 3]`.
macro_rules! values {
    ($($value:expr),* $(,)?) => { [$($crate::store::Value::from($value)),*] };
}
pub(crate) use values;
