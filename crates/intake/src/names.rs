//! The names under which tables and JSON objects hold the parts of a report.

use daybook_record::Report;
use jiff::civil::Date;

use crate::date::{day, day_of_page};
use crate::error::Error;

/// A part of a report, as a column or a key holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The body.
    Text,
    /// The headline.
    Title,
    /// The day of publication.
    Published,
    /// Who published it.
    Publisher,
    /// Its address.
    Url,
    /// What the source calls it.
    Id,
}

/// What each part may be called, from the name that counts most to the one that counts least.
pub(crate) const NAMES: [(Field, &[&str]); 6] = [
    (Field::Text, &["text", "body", "content", "article", "article_text", "full_text"]),
    (Field::Title, &["title", "headline"]),
    (
        Field::Published,
        &[
            "published",
            "published_at",
            "publishedat",
            "date_published",
            "pubdate",
            "publication_date",
            "date",
        ],
    ),
    (Field::Publisher, &["publisher", "source", "outlet", "site_name"]),
    (Field::Url, &["url", "link"]),
    (Field::Id, &["id", "guid"]),
];

/// The names of one part.
pub(crate) fn names(field: Field) -> &'static [&'static str] {
    NAMES.iter().find(|(known, _)| *known == field).map_or(&[], |(_, names)| names)
}

/// The report whose parts `value` gives; an empty text where it gives none.
///
/// # Errors
/// Where the day of publication is written in no known form, and where `value` fails.
///
/// ```
/// use daybook_intake::names::{Field, report};
/// let parts = |field| Ok(match field {
///     Field::Text => Some("The two spoke.".to_string()),
///     Field::Published => Some("June 3, 2013".to_string()),
///     _ => None,
/// });
/// assert_eq!(report(parts)?.published, Some("2013-06-03".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn report(mut value: impl FnMut(Field) -> Result<Option<String>, Error>) -> Result<Report, Error> {
    Ok(Report {
        id: value(Field::Id)?.unwrap_or_default(),
        title: value(Field::Title)?,
        text: value(Field::Text)?.unwrap_or_default(),
        published: value(Field::Published)?.as_deref().map(written_day).transpose()?,
        publisher: value(Field::Publisher)?,
        url: value(Field::Url)?,
    })
}

/// The day in any form that is seen in pages and feeds.
fn written_day(text: &str) -> Result<Date, Error> {
    day_of_page(text).map_or_else(|| day(text), Ok)
}

/// Where in a row the parts of a report stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns([Option<usize>; 6]);

impl Columns {
    /// The columns that `header` names, however their names are spaced and in whichever case.
    pub fn of<T: AsRef<str>>(header: &[T]) -> Columns {
        let header: Vec<String> = header.iter().map(|name| plain(name.as_ref())).collect();
        let place = |names: &[&str]| names.iter().find_map(|name| header.iter().position(|own| own == name));
        Columns(NAMES.map(|(_, names)| place(names)))
    }

    /// Where `field` stands.
    pub fn place(&self, field: Field) -> Option<usize> {
        NAMES.iter().position(|(known, _)| *known == field).and_then(|at| self.0[at])
    }

    /// How many parts of a report there are.
    pub(crate) fn known(&self) -> usize {
        self.0.iter().flatten().count()
    }

    /// What is wrong with a header that has no column of text.
    pub fn lacking_text<T: AsRef<str>>(header: &[T]) -> String {
        const SHOWN: usize = 20;
        let mut found: Vec<String> =
            header.iter().take(SHOWN).map(|name| format!("{:?}", name.as_ref())).collect();
        if header.len() > SHOWN {
            found.push("…".into());
        }
        format!(
            "no column holds the text of reports; there are {}; call one {}",
            found.join(", "),
            names(Field::Text).join(", ")
        )
    }
}

fn plain(name: &str) -> String {
    name.trim_start_matches('\u{feff}').trim().to_lowercase().replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_any_of_their_names() {
        let columns = Columns::of(&["Source", " Headline ", "content", "Body", "x", "Date-Published"]);
        let place = |field| columns.place(field);
        assert_eq!(place(Field::Text), Some(3));
        assert_eq!(place(Field::Title), Some(1));
        assert_eq!(place(Field::Publisher), Some(0));
        assert_eq!(place(Field::Published), Some(5));
        assert_eq!(place(Field::Id), None);
        assert_eq!(columns.known(), 4);
    }
}
