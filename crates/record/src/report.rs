//! One published text.

use jiff::civil::Date;

use crate::{Part, Span};

/// One published text: article, release, readout. Text and title are kept exactly as they came.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// What the source calls it: an identifier, a file name, an address.
    pub id: String,
    /// The headline, where there is one.
    pub title: Option<String>,
    /// The body.
    pub text: String,
    /// The day of publication.
    pub published: Option<Date>,
    /// Who published it, as the source says.
    pub publisher: Option<String>,
    /// Its address, never fetched.
    pub url: Option<String>,
}

impl Report {
    /// The words at `span`; empty where the span does not lie in this report.
    ///
    /// ```
    /// use daybook_record::{Report, Span};
    /// let report = Report { text: "Lavrov phoned Fidan.".into(), ..Report::default() };
    /// assert_eq!(report.words(Span::text(0, 6)), "Lavrov");
    /// ```
    pub fn words(&self, span: Span) -> &str {
        self.part(span.part).get(span.start..span.end).unwrap_or("")
    }

    /// The whole of one part; the title is empty where there is none.
    pub fn part(&self, part: Part) -> &str {
        match part {
            Part::Title => self.title.as_deref().unwrap_or(""),
            Part::Text => &self.text,
        }
    }
}
