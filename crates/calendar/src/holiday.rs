//! Computes on which day of a year a holiday falls, by its rule.
//!
//! A rule is a fixed day (`12-25`), the first such weekday on or after a day (`thu 11-22`), or so many days from Easter
//! (`easter-2`, `orthodox+0`). Easter is reckoned after J. Meeus, Astronomical Algorithms (1991), chapter 8.

use jiff::ToSpan;
use jiff::civil::Date;

/// The day of `year` that `rule` names.
pub(crate) fn day(rule: &str, year: i16) -> Option<Date> {
    if let Some(offset) = rule.strip_prefix("easter") {
        return easter(year)?.checked_add(offset.parse::<i32>().ok()?.days()).ok();
    }
    if let Some(offset) = rule.strip_prefix("orthodox") {
        return orthodox_easter(year)?.checked_add(offset.parse::<i32>().ok()?.days()).ok();
    }
    match rule.split_once(' ') {
        Some((weekday, from)) => {
            let from = fixed(from, year)?;
            let days = (weekday_number(weekday)? - from.weekday().to_monday_one_offset()).rem_euclid(7);
            from.checked_add(days.days()).ok()
        }
        None => fixed(rule, year),
    }
}

fn fixed(rule: &str, year: i16) -> Option<Date> {
    let (month, day) = rule.split_once('-')?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

fn weekday_number(name: &str) -> Option<i8> {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    names.iter().position(|n| *n == name).and_then(|n| i8::try_from(n + 1).ok())
}

fn easter(year: i16) -> Option<Date> {
    let year32 = i32::from(year);
    let (a, b, c) = (year32.rem_euclid(19), year32.div_euclid(100), year32.rem_euclid(100));
    let f = (b + 8) / 25;
    let h = (19 * a + b - b / 4 - (b - f + 1) / 3 + 15).rem_euclid(30);
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    month_and_day(year, h + l - 7 * m + 114)
}

/// Easter by the Julian reckoning, told in the Gregorian calendar (13 days apart from 1900 to 2099).
fn orthodox_easter(year: i16) -> Option<Date> {
    let year32 = i32::from(year);
    let (a, b, c) = (year32.rem_euclid(4), year32.rem_euclid(7), year32.rem_euclid(19));
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34).rem_euclid(7);
    month_and_day(year, d + e + 114)?.checked_add(13.days()).ok()
}

fn month_and_day(year: i16, sum: i32) -> Option<Date> {
    Date::new(year, i8::try_from(sum / 31).ok()?, i8::try_from(sum % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn rules_give_the_days_of_the_calendar() {
        let check = |rule: &str, day: &str| {
            let year = day[..4].parse().expect("a year");
            assert_eq!(super::day(rule, year).map(|d| d.to_string()).as_deref(), Some(day), "{rule}");
        };
        check("12-25", "2016-12-25");
        check("thu 11-22", "2017-11-23");
        check("tue 11-02", "2016-11-08");
        check("easter+0", "2017-04-16");
        check("easter-2", "2024-03-29");
        check("orthodox+0", "2024-05-05");
        check("orthodox+0", "2022-04-24");
        assert_eq!(super::day("no such rule", 2017), None);
    }
}
