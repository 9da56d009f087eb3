//! Reads written days: strictly where a user writes them, widely where a page does.

use jiff::civil::Date;
use jiff::fmt::{rfc2822, strtime};

use crate::error::{Error, Kind};

/// The day written as `YYYY-MM-DD`, alone or at the head of a timestamp (`2017-01-28T17:05:00Z`): the day as written,
/// not moved to another zone.
///
/// # Errors
/// Anything else, with the text and the form that is wanted.
///
/// ```
/// assert_eq!(daybook_intake::day("2017-01-28T23:05:00-05:00")?.to_string(), "2017-01-28");
/// assert!(daybook_intake::day("2017-13-01").is_err());
/// # Ok::<(), daybook_intake::Error>(())
/// ```
pub fn day(text: &str) -> Result<Date, Error> {
    let text = text.trim();
    iso(text).ok_or_else(|| Error::new(Kind::Malformed, format!("{text:?} is not a date; write YYYY-MM-DD")))
}

/// The day in any form that pages are seen to use; `None` for what is none of them.
pub(crate) fn day_of_page(text: &str) -> Option<Date> {
    let text = text.trim();
    iso(text)
        .or_else(|| rfc2822::parse(text).ok().map(|zoned| zoned.date()))
        .or_else(|| written(text))
        .or_else(|| written(&day_alone(text)))
}

fn written(text: &str) -> Option<Date> {
    let in_form = |form: &&str| strtime::parse(form, text).ok()?.to_date().ok();
    ["%Y%m%d", "%Y/%m/%d", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y"].iter().find_map(in_form)
}

/// The three words of a day, without the weekday before them and the time behind.
fn day_alone(text: &str) -> String {
    let is_weekday = |word: &&str| word.ends_with(',') && word.chars().all(|c| c.is_alphabetic() || c == ',');
    let words = text.split_whitespace().skip_while(is_weekday);
    words.take(3).collect::<Vec<_>>().join(" ")
}

fn iso(text: &str) -> Option<Date> {
    let (day, rest) = text.split_at_checked(10)?;
    let mut parts = day.split('-');
    let mut number = |width: usize| {
        parts
            .next()
            .filter(|part| part.len() == width && part.bytes().all(|b| b.is_ascii_digit()))?
            .parse::<i16>()
            .ok()
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let is_time = rest.is_empty()
        || rest.starts_with(['T', 't', ' ']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    if !is_time {
        return None;
    }
    Date::new(year, month as i8, day as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_taken_as_written() {
        for text in ["2013-06-03", " 2013-06-03 ", "2013-06-03T23:59:59+14:00", "2013-06-03 08:00"] {
            assert_eq!(day(text).expect(text).to_string(), "2013-06-03");
        }
    }

    #[test]
    fn what_is_no_day_is_refused_with_the_form_wanted() {
        for text in [
            "",
            "2013-13-01",
            "2013-02-30",
            "3 June 2013",
            "2013-06-031",
            "2013-06-03x",
            "2013-6-3",
            "+013-06-03",
            "２０１３-06-03",
        ] {
            let error = day(text).expect_err(text).to_string();
            assert_eq!(error, format!("{:?} is not a date; write YYYY-MM-DD", text.trim()));
        }
    }

    #[test]
    fn pages_write_days_in_many_ways() {
        for text in [
            "Mon, 03 Jun 2013 12:00:00 GMT",
            "20130603",
            "2013/06/03",
            "June 3, 2013",
            "Jun 3, 2013",
            "3 June 2013",
            "3 Jun 2013",
            "Tue, 3 Jun 2013 12:00:00 XST",
            "Monday, 3 June 2013 08:00",
            "June 3, 2013 8:00 am",
        ] {
            assert_eq!(day_of_page(text).expect(text).to_string(), "2013-06-03");
        }
        assert_eq!(day_of_page("yesterday"), None);
    }
}
