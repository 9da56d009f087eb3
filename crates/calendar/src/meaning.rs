//! What a phrase means before it is known on which day it was said.

/// The day that a phrase counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// The day of publication: "a week ago".
    Published,
    /// The day last spoken of: "a week later".
    Previous,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

/// A part of the calendar that comes round, or doesn't.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The year itself.
    Year,
    /// 1 to 12.
    Month(i8),
    /// Month and day.
    Day(i8, i8),
    /// As EDTF numbers them: 21 spring to 24 winter.
    Season(i8),
    /// 1 to 4.
    Quarter(i8),
    /// 1 or 2.
    Half(i8),
    /// Monday 1 to Sunday 7.
    Weekday(i8),
    /// Saturday and Sunday.
    Weekend,
    /// By its rule in `data/words.tsv`.
    Holiday(&'static str),
}

/// Which year, or which of those that come round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// The year is told.
    Year(i16),
    /// So many years after that of the anchor: "July last year".
    Shifted(Anchor, i32),
    /// The last (-1), this (0) or the next (1): "next Tuesday".
    Turn(Anchor, i32),
    /// Nothing but the tense tells.
    Untold,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Time {
    /// By the clock, with the zone's IANA name, empty if none is told.
    Clock(i8, i8, &'static str),
    /// As TIMEX3 calls the parts of the day: `MO`, `AF`, `EV`, `NI`, ….
    Part(&'static str),
}

/// What a phrase says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A day, month, season, … of the calendar.
    Calendar(Part, Which),
    /// So many units from a day, as exact as the unit: "two weeks ago".
    Shift { anchor: Anchor, count: i32, unit: Unit },
    /// The decade or century that begins in this year.
    Span(i16, Unit),
    /// The week or weekend that a date lies in.
    Within(Unit, Box<Meaning>),
    /// From one to the other.
    Range(Box<Meaning>, Box<Meaning>),
    /// A time of day, of a day that may be told.
    Timed(Option<Box<Meaning>>, Time),
    /// How long: hundredths of the unit, `None` for "several".
    Length { hundredths: Option<i32>, unit: Unit, approximate: bool },
    /// How often, as TIMEX3 writes it.
    Set(String),
    /// `PAST_REF`, `PRESENT_REF` or `FUTURE_REF`, or a value that is complete as it is.
    Reference(&'static str),
    /// "recently": the year, more or less.
    Lately,
}

impl Meaning {
    /// Whether it counts from the day last spoken of.
    pub(crate) fn asks_previous(&self) -> bool {
        match self {
            Meaning::Calendar(_, Which::Shifted(anchor, _) | Which::Turn(anchor, _)) => {
                *anchor == Anchor::Previous
            }
            Meaning::Shift { anchor, .. } => *anchor == Anchor::Previous,
            Meaning::Range(from, to) => from.asks_previous() || to.asks_previous(),
            Meaning::Within(_, day) => day.asks_previous(),
            Meaning::Timed(day, _) => day.as_ref().is_none_or(|d| d.asks_previous()),
            _ => false,
        }
    }
}

impl Meaning {
    /// Month and day of a date that is told without its year.
    pub(crate) fn yearless_day(&self) -> Option<(i8, i8)> {
        match self {
            Meaning::Calendar(Part::Day(month, day), Which::Untold) => Some((*month, *day)),
            Meaning::Timed(day, _) => day.as_ref()?.yearless_day(),
            _ => None,
        }
    }
}

impl Unit {
    /// The unit that the lexicon writes like this.
    pub(crate) fn read(text: &str) -> Option<Unit> {
        let names = [
            ("second", Unit::Second),
            ("minute", Unit::Minute),
            ("hour", Unit::Hour),
            ("day", Unit::Day),
            ("weekend", Unit::Weekend),
            ("week", Unit::Week),
            ("month", Unit::Month),
            ("quarter", Unit::Quarter),
            ("year", Unit::Year),
            ("decade", Unit::Decade),
            ("century", Unit::Century),
            ("millennium", Unit::Millennium),
        ];
        names.into_iter().find(|(name, _)| *name == text).map(|(_, unit)| unit)
    }

    /// How ISO 8601 writes a length in it: prefix, letter, and how many of the letter's unit it is.
    fn letters(self) -> (&'static str, &'static str, i32) {
        match self {
            Unit::Second => ("PT", "S", 1),
            Unit::Minute => ("PT", "M", 1),
            Unit::Hour => ("PT", "H", 1),
            Unit::Day => ("P", "D", 1),
            Unit::Weekend => ("P", "D", 2),
            Unit::Week => ("P", "W", 1),
            Unit::Month => ("P", "M", 1),
            Unit::Quarter => ("P", "Q", 1),
            Unit::Year => ("P", "Y", 1),
            Unit::Decade => ("P", "Y", 10),
            Unit::Century => ("P", "Y", 100),
            Unit::Millennium => ("P", "Y", 1000),
        }
    }

    /// The smaller unit that a fraction is told in, and how many make one.
    fn smaller(self) -> Option<(&'static str, i32)> {
        match self {
            Unit::Minute => Some(("S", 60)),
            Unit::Hour => Some(("M", 60)),
            Unit::Day => Some(("T12H", 0)),
            Unit::Year => Some(("M", 12)),
            _ => None,
        }
    }

    /// A length in ISO 8601, with `X` for "several".
    pub(crate) fn length(self, hundredths: Option<i32>) -> String {
        let (prefix, letter, times) = self.letters();
        let Some(hundredths) = hundredths else { return format!("{prefix}X{letter}") };
        let hundredths = hundredths.saturating_mul(times);
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        let whole_part = if whole > 0 { format!("{whole}{letter}") } else { String::new() };
        match self.smaller() {
            _ if rest == 0 => format!("{prefix}{whole}{letter}"),
            Some(("T12H", _)) if rest == 50 => format!("P{whole_part}T12H"),
            Some((small, each)) if each > 0 => {
                format!("{prefix}{whole_part}{}{small}", (rest * each + 50) / 100)
            }
            _ => format!("{prefix}{}{letter}", format!("{whole}.{rest:02}").trim_end_matches('0')),
        }
    }
}
