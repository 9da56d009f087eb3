//! A stretch of the calendar, and how TIMEX3 and EDTF write it.

use daybook_record::Edtf;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::holiday;
use crate::meaning::{Part, Unit};

/// A stretch of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum When {
    Day(Date),
    /// By its Monday.
    Week(Date),
    /// By its Saturday.
    Weekend(Date),
    Month(i16, i8),
    Season(i16, i8),
    Quarter(i16, i8),
    Half(i16, i8),
    Year(i16),
    Decade(i16),
    /// By its first year.
    Century(i16),
    Range(Box<When>, Box<When>),
}

impl When {
    /// The turn of `part` in `year`; `None` where that year has none, or the part comes round weekly.
    pub(crate) fn of_year(part: Part, year: i16) -> Option<When> {
        Some(match part {
            Part::Year => When::Year(year),
            Part::Month(month) => When::Month(year, month),
            Part::Day(month, day) => When::Day(Date::new(year, month, day).ok()?),
            Part::Season(season) => When::Season(year, season),
            Part::Quarter(quarter) => When::Quarter(year, quarter),
            Part::Half(half) => When::Half(year, half),
            Part::Holiday(rule) => When::Day(holiday::day(rule, year)?),
            Part::Weekday(_) | Part::Weekend => return None,
        })
    }

    /// The `unit` that `day` lies in.
    pub(crate) fn around(day: Date, unit: Unit) -> Option<When> {
        let monday = || day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok();
        Some(match unit {
            Unit::Day | Unit::Hour | Unit::Minute | Unit::Second => When::Day(day),
            Unit::Week => When::Week(monday()?),
            Unit::Weekend => When::Weekend(monday()?.checked_add(5.days()).ok()?),
            Unit::Month => When::Month(day.year(), day.month()),
            Unit::Quarter => When::Quarter(day.year(), (day.month() + 2) / 3),
            Unit::Year => When::Year(day.year()),
            Unit::Decade => When::Decade(day.year() - day.year().rem_euclid(10)),
            Unit::Century => When::Century(day.year() - (day.year() - 1).rem_euclid(100)),
            Unit::Millennium => return None,
        })
    }

    /// As TIMEX3 writes it.
    pub(crate) fn timex(&self) -> String {
        match self {
            When::Day(day) => day.to_string(),
            When::Week(monday) | When::Weekend(monday) => {
                let week = monday.iso_week_date();
                let end = if matches!(self, When::Weekend(_)) { "-WE" } else { "" };
                format!("{:04}-W{:02}{end}", week.year(), week.week())
            }
            When::Month(year, month) => format!("{year:04}-{month:02}"),
            When::Season(year, season) => format!("{year:04}-{}", season_letters(*season)),
            When::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            When::Half(year, half) => format!("{year:04}-H{half}"),
            When::Year(year) => format!("{year:04}"),
            When::Decade(year) => format!("{:03}", year / 10),
            When::Century(year) => format!("{:02}", year / 100),
            When::Range(from, to) => format!("{}/{}", from.timex(), to.timex()),
        }
    }

    /// As EDTF writes it.
    pub(crate) fn edtf(&self) -> Edtf {
        let interval = |from, to| Edtf::Interval(Some(Box::new(from)), Some(Box::new(to)));
        match self {
            When::Day(day) => Edtf::Day(*day),
            When::Week(_) | When::Weekend(_) => Edtf::between(self.first(), self.last()),
            When::Month(year, month) => Edtf::Month(*year, *month),
            When::Season(year, season) => Edtf::Season(*year, *season),
            When::Quarter(year, q) => interval(Edtf::Month(*year, q * 3 - 2), Edtf::Month(*year, q * 3)),
            When::Half(year, h) => interval(Edtf::Month(*year, h * 6 - 5), Edtf::Month(*year, h * 6)),
            When::Year(year) => Edtf::Year(*year),
            When::Decade(year) => Edtf::Decade(*year),
            When::Century(year) => interval(Edtf::Year(*year), Edtf::Year(year.saturating_add(99))),
            When::Range(from, to) => interval(from.edtf(), to.edtf()),
        }
    }

    /// Its first day.
    pub(crate) fn first(&self) -> Date {
        match self {
            When::Day(day) | When::Week(day) | When::Weekend(day) => *day,
            When::Range(from, _) => from.first(),
            other => other.edtf().first().unwrap_or(Date::MIN),
        }
    }

    /// Its last day.
    pub(crate) fn last(&self) -> Date {
        let later = |day: &Date, days: i32| day.checked_add(days.days()).unwrap_or(Date::MAX);
        match self {
            When::Week(monday) => later(monday, 6),
            When::Weekend(saturday) => later(saturday, 1),
            When::Range(_, to) => to.last(),
            other => other.edtf().last().unwrap_or(Date::MAX),
        }
    }

    /// Whether all of it can be written down with years of four figures.
    pub(crate) fn writable(&self) -> bool {
        self.first() >= date(0, 1, 1)
    }
}

fn season_letters(season: i8) -> &'static str {
    match season {
        21 => "SP",
        22 => "SU",
        23 => "FA",
        _ => "WI",
    }
}
