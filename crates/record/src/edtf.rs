//! Dates as exact as they are told: the part of EDTF (ISO 8601-2:2019) that news needs.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::Error;

/// A date or interval as exact as it was told.
///
/// ```
/// use daybook_record::Edtf;
/// let november: Edtf = "2016-11".parse()?;
/// assert_eq!(november.first().unwrap().to_string(), "2016-11-01");
/// assert_eq!(november.last().unwrap().to_string(), "2016-11-30");
/// assert!("2016-11-09".parse::<Edtf>()?.overlaps(&november));
/// assert_eq!("2018~".parse::<Edtf>()?.to_string(), "2018~");
/// # Ok::<(), daybook_record::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edtf {
    /// `2017-01-28`
    Day(Date),
    /// `2017-01`: year, month 1 to 12
    Month(i16, i8),
    /// `2017-21`: year, 21 spring, 22 summer, 23 autumn, 24 winter (which begins in December of that year)
    Season(i16, i8),
    /// `2017`
    Year(i16),
    /// `201X`: the decade's first year
    Decade(i16),
    /// `2017-01-28/2017-02-02`; an end that is not known is open (`..`)
    Interval(Option<Box<Edtf>>, Option<Box<Edtf>>),
    /// `2017~`
    Approximate(Box<Edtf>),
}

impl Edtf {
    /// The interval from one day to another; the day itself where both are the same.
    pub fn between(from: Date, to: Date) -> Edtf {
        if from == to {
            return Edtf::Day(from);
        }
        Edtf::Interval(Some(Box::new(Edtf::Day(from))), Some(Box::new(Edtf::Day(to))))
    }

    /// The same, told as approximate.
    pub fn about(self) -> Edtf {
        match self {
            Edtf::Approximate(_) => self,
            other => Edtf::Approximate(Box::new(other)),
        }
    }

    /// The first day it can mean; `None` where that end is open.
    pub fn first(&self) -> Option<Date> {
        match self {
            Edtf::Day(day) => Some(*day),
            Edtf::Month(year, month) => Date::new(*year, *month, 1).ok(),
            Edtf::Season(year, season) => Date::new(*year, season_start(*season), 1).ok(),
            Edtf::Year(year) | Edtf::Decade(year) => Date::new(*year, 1, 1).ok(),
            Edtf::Interval(from, _) => from.as_ref()?.first(),
            Edtf::Approximate(inner) => inner.first(),
        }
    }

    /// The last day it can mean; `None` where that end is open.
    pub fn last(&self) -> Option<Date> {
        match self {
            Edtf::Day(day) => Some(*day),
            Edtf::Month(..) => Some(self.first()?.last_of_month()),
            Edtf::Season(..) => Some(self.first()?.checked_add(2.months()).ok()?.last_of_month()),
            Edtf::Year(year) => Date::new(*year, 12, 31).ok(),
            Edtf::Decade(year) => Date::new(year.checked_add(9)?, 12, 31).ok(),
            Edtf::Interval(_, to) => to.as_ref()?.last(),
            Edtf::Approximate(inner) => inner.last(),
        }
    }

    /// Whether one day can be meant by both.
    pub fn overlaps(&self, other: &Edtf) -> bool {
        let (from, to) = (self.first().unwrap_or(Date::MIN), self.last().unwrap_or(Date::MAX));
        let (other_from, other_to) = (other.first().unwrap_or(Date::MIN), other.last().unwrap_or(Date::MAX));
        from <= other_to && other_from <= to
    }

    /// The day, where exactly one is meant and not approximately.
    pub fn day(&self) -> Option<Date> {
        match self {
            Edtf::Day(day) => Some(*day),
            _ => None,
        }
    }

    /// How many days it may span; the largest number where an end is open. Smaller is more exact.
    pub fn width(&self) -> i32 {
        match (self.first(), self.last()) {
            (Some(from), Some(to)) => from.until(to).map_or(i32::MAX, |span| span.get_days()),
            _ => i32::MAX,
        }
    }
}

fn season_start(season: i8) -> i8 {
    match season {
        21 => 3,
        22 => 6,
        23 => 9,
        _ => 12,
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |e: &Option<Box<Edtf>>| e.as_ref().map_or("..".to_string(), |e| e.to_string());
        match self {
            Edtf::Day(day) => write!(f, "{day}"),
            Edtf::Month(year, part) | Edtf::Season(year, part) => write!(f, "{year:04}-{part:02}"),
            Edtf::Year(year) => write!(f, "{year:04}"),
            Edtf::Decade(year) => write!(f, "{:03}X", year / 10),
            Edtf::Interval(from, to) => write!(f, "{}/{}", end(from), end(to)),
            Edtf::Approximate(inner) => write!(f, "{inner}~"),
        }
    }
}

impl FromStr for Edtf {
    type Err = Error;

    fn from_str(text: &str) -> Result<Edtf, Error> {
        read(text).ok_or_else(|| {
            Error::new(text, "an EDTF date such as 2017-01-28, 2016-11, 2018~ or 2018-03-30/2018-04-02")
        })
    }
}

fn read(text: &str) -> Option<Edtf> {
    if let Some((from, to)) = text.split_once('/') {
        let end = |part: &str| match part {
            "" | ".." => Some(None),
            part => read(part).map(|e| Some(Box::new(e))),
        };
        return Some(Edtf::Interval(end(from)?, end(to)?));
    }
    if let Some(inner) = text.strip_suffix('~') {
        return read(inner).map(Edtf::about);
    }
    if let Some(decade) = text.strip_suffix('X').filter(|d| digits(d, 3)) {
        return Some(Edtf::Decade(decade.parse::<i16>().ok()? * 10));
    }
    let mut parts = text.splitn(3, '-');
    let year = parts.next().filter(|y| digits(y, 4))?.parse().ok()?;
    let Some(month) = parts.next() else { return Some(Edtf::Year(year)) };
    let month: i8 = Some(month).filter(|m| digits(m, 2))?.parse().ok()?;
    match (month, parts.next()) {
        (1..=12, None) => Some(Edtf::Month(year, month)),
        (21..=24, None) => Some(Edtf::Season(year, month)),
        (1..=12, Some(day)) if digits(day, 2) => {
            Date::new(year, month, day.parse().ok()?).ok().map(Edtf::Day)
        }
        _ => None,
    }
}

fn digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_digit())
}

impl serde::Serialize for Edtf {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Edtf {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Edtf, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        for text in [
            "2017-01-28",
            "2016-11",
            "2017",
            "201X",
            "2018-03-30/2018-04-02",
            "../2018-04",
            "2018~",
            "2017-24",
        ] {
            assert_eq!(text.parse::<Edtf>().map(|e| e.to_string()), Ok(text.to_string()));
        }
    }

    #[test]
    fn what_is_no_date_is_refused_with_the_text() {
        for text in ["", "soon", "2017-13", "2017-02-30", "17", "2017-1-2", "2017-01-28-01", "+017-01"] {
            let error = text.parse::<Edtf>().expect_err(text).to_string();
            assert!(error.starts_with(&format!("{text:?} is not an EDTF date")), "{error}");
        }
    }

    #[test]
    fn a_winter_reaches_into_the_next_year() {
        let winter: Edtf = "2016-24".parse().expect("a season");
        assert_eq!(winter.last().map(|d| d.to_string()), Some("2017-02-28".to_string()));
    }
}
