//! Classes that are known by their shape and not by a list: numbers, years, dates in figures, clock times.

use crate::lexicon::{Text, Value};
use crate::numeral;
use crate::token::Token;

/// Finds a class at a token: the token after it, and its value.
pub(crate) type Shape = fn(&Text<'_>, usize) -> Option<(usize, Value)>;

const SHAPES: [(&str, Shape); 14] = [
    ("NUM", amount),
    ("COUNT", count),
    ("DAY", day),
    ("YEAR", year),
    ("LONEYEAR", lone_year),
    ("SHORTYEAR", short_year),
    ("DECADE", decade),
    ("FULLDATE", full_date),
    ("CLOCK", clock),
    ("DOTCLOCK", dotted_clock),
    ("CLOCKFOUR", four_digit_clock),
    ("HOUR", hour),
    ("CAPITAL", capital),
    ("LETTER", letter),
];

/// The class of that name, if it is known by its shape.
pub(crate) fn find(class: &str) -> Option<(&'static str, Shape)> {
    SHAPES.iter().find(|(name, _)| *name == class).copied()
}

fn amount(text: &Text<'_>, at: usize) -> Option<(usize, Value)> {
    let (next, hundredths) = numeral::amount(text, at)?;
    Some((next, Value::Amount(Some(hundredths))))
}

/// A whole number of two digits at most: `3 to 5`.
fn count(text: &Text<'_>, at: usize) -> Option<(usize, Value)> {
    let (next, hundredths) = numeral::amount(text, at)?;
    (hundredths % 100 == 0).then_some((next, Value::Amount(Some(hundredths))))
}

/// A day of a month: `28`, `10th`, `eighth`.
fn day(text: &Text<'_>, at: usize) -> Option<(usize, Value)> {
    if let Some((next, Value::Number(day))) = text.lexicon.matches("ORDINAL", text.tokens, at) {
        return Some((next, Value::Number(day)));
    }
    let day = figures(text.tokens, at, 1..=2).filter(|d| (1..=31).contains(d))?;
    let tail = text.tokens.get(at + 1).filter(|t| t.glued).map_or("", |t| t.word.as_str());
    match tail {
        "st" | "nd" | "rd" | "th" => Some((at + 2, Value::Number(day))),
        "%" | "/" | "'" => None,
        ":" if text.tokens.get(at + 2).is_some_and(|t| t.glued && t.number) => None,
        tail if tail.starts_with(char::is_alphabetic) => None,
        _ => Some((at + 1, Value::Number(day))),
    }
}

/// A year of four figures, or one that is spelled out: `nineteen ninety-six`.
fn year(text: &Text<'_>, at: usize) -> Option<(usize, Value)> {
    if let Some((next, year)) = spelled_year(text, at) {
        return Some((next, Value::Number(year)));
    }
    let year = figures(text.tokens, at, 4..=4).filter(|y| (1000..=2199).contains(y))?;
    let tail = text.tokens.get(at + 1).filter(|t| t.glued).map_or("", |t| t.word.as_str());
    let counted = tail == "%" || tail == "/" || tail.starts_with(char::is_alphabetic);
    (!counted).then_some((at + 1, Value::Number(year)))
}

fn spelled_year(text: &Text<'_>, at: usize) -> Option<(usize, i32)> {
    if !matches!(text.tokens.get(at)?.word.as_str(), "eighteen" | "nineteen" | "twenty") {
        return None;
    }
    let hundreds = if text.tokens[at].word == "twenty" { 20 } else { numeral::below_hundred(text, at)?.1 };
    let (next, rest) = numeral::below_hundred(text, at + 1).filter(|(_, rest)| *rest >= 10)?;
    Some((next, hundreds * 100 + rest))
}

/// A year that stands by itself, and so must look like one: of our time, no sum, no count of things.
fn lone_year(text: &Text<'_>, at: usize) -> Option<(usize, Value)> {
    let (next, value) = year(text, at)?;
    let Value::Number(year) = value else { return None };
    let told = before(text, at, 1, "YEARCUE");
    let counted = text.tokens.get(next).is_some_and(|t| plural(t) || COUNTED.contains(&t.word.as_str()));
    let ours = (1700..=2070).contains(&year) && (!counted || (told && year % 1000 != 0));
    let long_ago = told && !counted && year % 100 != 0;
    ((ours || long_ago) && !part_of_figure(text, at)).then_some((next, value))
}

/// Whether the token so many before `at` is of `class`.
fn before(text: &Text<'_>, at: usize, back: usize, class: &str) -> bool {
    let token = at.checked_sub(back).and_then(|b| text.tokens.get(b));
    token.is_some_and(|t| text.lexicon.matches(class, std::slice::from_ref(t), 0).is_some())
}

/// Whether it belongs to a sum, a number of a thing or a score; `mid-1996` and `post-1959` do not.
fn part_of_figure(text: &Text<'_>, at: usize) -> bool {
    let Some(sign) = at.checked_sub(1).and_then(|b| text.tokens.get(b)) else { return false };
    let hyphen = sign.glued && sign.word == "-" && text.tokens[at].glued && !before(text, at, 2, "YEARCUE");
    let named = before(text, at, 1, "NOTYEAR") || (sign.word == "." && before(text, at, 2, "NOTYEAR"));
    named || hyphen || matches!(sign.word.as_str(), "$" | "£" | "€" | "#" | "%" | "/" | "+")
}

fn plural(token: &Token) -> bool {
    let word = token.word.as_str();
    !token.apart && !token.capital && word.len() > 3 && word.ends_with('s') && !word.ends_with("ss")
}

const COUNTED: [&str; 8] = ["people", "men", "women", "children", "troops", "percent", "miles", "million"];

/// `98`: the last two figures of a year.
fn short_year(text: &Text<'_>, at: usize) -> Option<(usize, Value)> {
    let year = figures(text.tokens, at, 2..=2)?;
    let counted = text.tokens.get(at + 1).is_some_and(|t| t.glued && t.word.starts_with(char::is_alphabetic));
    (!counted).then_some((at + 1, Value::Number(year)))
}

/// A year that may be written with two figures: 69 to 99 are of the 20th century, as POSIX has it.
pub(crate) fn full_year(short: i32) -> i32 {
    match short {
        100.. => short,
        69.. => 1900 + short,
        _ => 2000 + short,
    }
}

/// `1990s`, `'80s`, `nineties`: the first year of the decade.
fn decade(text: &Text<'_>, at: usize) -> Option<(usize, Value)> {
    if let Some((next, Value::Number(decade))) = text.lexicon.matches("NINETIES", text.tokens, at) {
        return Some((next, Value::Number(decade)));
    }
    let quoted = usize::from(text.tokens.get(at)?.word == "'");
    let start = figures(text.tokens, at + quoted, 2..=4).filter(|y| y % 10 == 0)?;
    let possessive = usize::from(text.tokens.get(at + quoted + 1)?.word == "'");
    let ending = text.tokens.get(at + quoted + 1 + possessive)?;
    let year = if start < 100 { 1900 + start } else { start };
    let the = at
        .checked_sub(1)
        .is_some_and(|before| matches!(text.tokens[before].word.as_str(), "the" | "late" | "early" | "mid"));
    let fits = ending.glued
        && ending.word == "s"
        && (1500..=2090).contains(&year)
        && (start >= 100 || quoted == 1 || the);
    fits.then_some((at + quoted + possessive + 2, Value::Number(year)))
}

/// `2017-02-10`, `2/10/2017`, `10.2.2017`, `02-28-98`, `19980227`.
fn full_date(text: &Text<'_>, at: usize) -> Option<(usize, Value)> {
    let (next, value) = figures_of_date(text, at)?;
    // In an address of the web or the name of a file it dates nothing.
    let token_after = text.tokens.get(next).filter(|t| t.glued).map_or("", |t| t.word.as_str());
    let in_name =
        |word: &str| word == "/" || word == "_" || word.starts_with(char::is_alphanumeric) && word != "t";
    let glued_before = text.tokens[at].glued && at > 0 && in_name(&text.tokens[at - 1].word);
    (!glued_before && !in_name(token_after)).then_some((next, value))
}

fn figures_of_date(text: &Text<'_>, at: usize) -> Option<(usize, Value)> {
    if let Some(whole) = figures(text.tokens, at, 8..=8) {
        let (year, month, day) = (whole / 10000, whole / 100 % 100, whole % 100);
        return ((1900..2100).contains(&year) && real(month, day))
            .then_some((at + 1, Value::Date(year, month, day)));
    }
    let sign = text.tokens.get(at + 1).filter(|t| t.glued).map(|t| t.word.as_str())?;
    let glued = text.tokens.get(at..at + 5)?.iter().skip(1).all(|t| t.glued);
    if !glued || !matches!(sign, "-" | "/" | ".") || text.tokens[at + 3].word != sign {
        return None;
    }
    let part = |i: usize| figures(text.tokens, at + i, 1..=4);
    let (first, second, third) = (part(0)?, part(2)?, part(4)?);
    let (year, month, day) = match (sign, first) {
        (_, 1000..) => (first, second, third),
        (".", _) if third < 1000 => return None,
        (".", _) => (third, second, first),
        (_, 13..=31) => (full_year(third), second, first),
        _ => (full_year(third), first, second),
    };
    ((1000..2200).contains(&year) && real(month, day)).then_some((at + 5, Value::Date(year, month, day)))
}

fn real(month: i32, day: i32) -> bool {
    (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// `5:05`, `20:00`.
fn clock(text: &Text<'_>, at: usize) -> Option<(usize, Value)> {
    let hour = figures(text.tokens, at, 1..=2).filter(|h| *h <= 24)?;
    let glued =
        text.tokens.get(at + 1)?.glued && text.tokens.get(at + 2)?.glued && text.tokens[at + 1].word == ":";
    let minute = figures(text.tokens, at + 2, 2..=2).filter(|m| glued && *m < 60)?;
    Some((at + 3, Value::Clock(hour, minute)))
}

/// `10.30`, where something after it says that it is a time.
fn dotted_clock(text: &Text<'_>, at: usize) -> Option<(usize, Value)> {
    let (hour, minute) = text.tokens.get(at).filter(|t| t.number)?.word.split_once('.')?;
    let (hour, minute) = (hour.parse().ok().filter(|h| *h <= 24)?, minute.parse().ok().filter(|m| *m < 60)?);
    (text.tokens[at].word.ends_with(|c: char| c.is_ascii_digit()) && text.tokens[at].word.len() >= 4)
        .then_some((at + 1, Value::Clock(hour, minute)))
}

/// `1430`, where a zone after it says that it is a time.
fn four_digit_clock(text: &Text<'_>, at: usize) -> Option<(usize, Value)> {
    let whole = figures(text.tokens, at, 4..=4)?;
    (whole / 100 <= 24 && whole % 100 < 60).then_some((at + 1, Value::Clock(whole / 100, whole % 100)))
}

/// `5`, `five`: an hour, where something after it says so.
fn hour(text: &Text<'_>, at: usize) -> Option<(usize, Value)> {
    let (next, hour) = match figures(text.tokens, at, 1..=2) {
        Some(hour) => (at + 1, hour),
        None if text.tokens.get(at)?.word.len() < 3 => return None,
        None => numeral::below_hundred(text, at)?,
    };
    (1..=24).contains(&hour).then_some((next, Value::Clock(hour, 0)))
}

fn capital(text: &Text<'_>, at: usize) -> Option<(usize, Value)> {
    text.tokens.get(at).filter(|t| t.capital).map(|_| (at + 1, Value::Text("")))
}

/// A word or a number, no sign.
fn letter(text: &Text<'_>, at: usize) -> Option<(usize, Value)> {
    let token = text.tokens.get(at).filter(|t| t.word.starts_with(char::is_alphanumeric) && !t.apart)?;
    (!token.glued).then_some((at + 1, Value::Text("")))
}

/// The number in plain figures at token `at`, if it is so many figures long.
fn figures(tokens: &[Token], at: usize, long: std::ops::RangeInclusive<usize>) -> Option<i32> {
    let token = tokens.get(at).filter(|t| t.number && long.contains(&t.word.len()))?;
    token.word.parse().ok()
}
