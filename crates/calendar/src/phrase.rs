//! A time phrase as found, and what it means on a given day.

use daybook_record::{ClockTime, Edtf, Length};
use jiff::civil::Date;

use crate::meaning::Meaning;

/// The tense of the clause that a phrase stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tense {
    /// "They met on Saturday."
    Past,
    /// "They meet every Saturday."
    Present,
    /// "They will meet on Saturday."
    Future,
    /// Nobody knows; the words near the phrase are asked instead.
    #[default]
    Unknown,
}

/// What a phrase is understood against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Context {
    /// The day on which the report was published.
    pub published: Option<Date>,
    /// The day last spoken of, for "the day before" and "two days later".
    pub previous: Option<Date>,
    /// The tense of the clause; [`Tense::Unknown`] leaves it to the words near the phrase.
    pub tense: Tense,
}

/// The TIMEX3 type of a phrase (TimeML 1.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimexKind {
    /// A day or something longer: "Friday", "last month".
    Date,
    /// Something shorter than a day: "noon", "Friday night".
    Time,
    /// How long: "around 30 minutes".
    Duration,
    /// How often: "every day".
    Set,
}

impl TimexKind {
    /// The type as TimeML writes it.
    ///
    /// ```
    /// assert_eq!(daybook_calendar::TimexKind::Duration.as_str(), "DURATION");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            TimexKind::Date => "DATE",
            TimexKind::Time => "TIME",
            TimexKind::Duration => "DURATION",
            TimexKind::Set => "SET",
        }
    }
}

/// What a phrase means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The TIMEX3 type.
    pub kind: TimexKind,
    /// The TIMEX3 value; `None` where the context doesn't tell.
    pub value: Option<String>,
    /// The day, month, year or interval that the phrase itself tells; `None` for a length, a set, or a time of day alone.
    pub edtf: Option<Edtf>,
    /// The time of day, for phrases that tell it by the clock.
    pub time: Option<ClockTime>,
    /// How long, for durations that are told in numbers.
    pub length: Option<Length>,
}

/// A time phrase: where it stands and what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// The byte at which it begins.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    pub(crate) meaning: Meaning,
    pub(crate) tense: Tense,
    /// Whether the word before it says that it lies ahead, whatever the clause's tense: "has until Friday".
    pub(crate) ahead: bool,
}

impl Phrase {
    /// What the phrase means in `context`.
    ///
    /// ```
    /// use daybook_calendar::{Context, find};
    /// let published = Some("2017-01-28".parse()?);
    /// let phrases = find("They spoke on Thursday for an hour and a half.");
    /// let day = phrases[0].resolve(&Context { published, ..Context::default() });
    /// assert_eq!(day.value.as_deref(), Some("2017-01-26"));
    /// let length = phrases[1].resolve(&Context::default());
    /// assert_eq!(length.value.as_deref(), Some("PT1H30M"));
    /// # Ok::<(), jiff::Error>(())
    /// ```
    pub fn resolve(&self, context: &Context) -> Resolved {
        let own = self.ahead || context.tense == Tense::Unknown;
        let tense = if own { self.tense } else { context.tense };
        self.meaning.resolve(&Context { tense, ..*context })
    }

    /// Whether the phrase counts from the day last spoken of: "the day before", "two days later", "at noon" without a day.
    ///
    /// ```
    /// let phrases = daybook_calendar::find("On Monday they met; two days later they spoke.");
    /// assert!(!phrases[0].is_relative_to_previous());
    /// assert!(phrases[1].is_relative_to_previous());
    /// ```
    pub fn is_relative_to_previous(&self) -> bool {
        self.meaning.asks_previous()
    }

    /// Month and day, where the phrase tells both and no year: 2 and 10 for "February 10" and "Friday, February 10".
    ///
    /// ```
    /// let phrases = daybook_calendar::find("They met on May 3, 2011, and will meet on February 10 or in March.");
    /// assert_eq!(phrases.iter().map(|p| p.yearless_day()).collect::<Vec<_>>(), [None, Some((2, 10)), None]);
    /// ```
    pub fn yearless_day(&self) -> Option<(i8, i8)> {
        self.meaning.yearless_day()
    }
}
