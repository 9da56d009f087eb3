//! Reads numbers in digits and words, in hundredths: `2.5`, `5 1/2`, `twenty-four`, `a dozen`, `two and a half`.

use crate::lexicon::{Text, Value};

/// The number at token `at`, with the token after it.
pub(crate) fn amount(text: &Text<'_>, at: usize) -> Option<(usize, i32)> {
    let (next, whole) = digits(text, at).or_else(|| words(text, at))?;
    half(text, next).map_or(Some((next, whole)), |(after, more)| Some((after, whole.checked_add(more)?)))
}

/// A whole number written in words: `twenty-four`, `two thousand`.
pub(crate) fn words(text: &Text<'_>, at: usize) -> Option<(usize, i32)> {
    let (mut next, mut total) = below_hundred(text, at)?;
    while let Some((after, times)) = number(text, "TIMES", next) {
        total = total.checked_mul(times)?;
        next = after;
        if let Some((after, more)) =
            below_hundred(text, skip(text, next, "and")).filter(|(_, more)| *more > 1)
        {
            (next, total) = (after, total.checked_add(more)?);
        }
    }
    Some((next, total.checked_mul(100)?))
}

/// A number below a hundred in words; no hundredths.
pub(crate) fn below_hundred(text: &Text<'_>, at: usize) -> Option<(usize, i32)> {
    if let Some((next, tens)) = number(text, "TENS", at) {
        let more = number(text, "SMALL", skip(text, next, "-")).filter(|(_, more)| *more < 10 && *more > 0);
        return Some(more.map_or((next, tens), |(after, more)| (after, tens + more)));
    }
    number(text, "SMALL", at)
}

fn digits(text: &Text<'_>, at: usize) -> Option<(usize, i32)> {
    let token = text.tokens.get(at).filter(|t| t.number)?;
    let plain = token.word.replace(',', "");
    let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
    let rest: String = rest.chars().chain("00".chars()).take(2).collect();
    let hundredths = whole.parse::<i32>().ok()?.checked_mul(100)?.checked_add(rest.parse().ok()?)?;
    Some(scaled(text, at + 1, hundredths))
}

/// `10 million` is a number of its own.
fn scaled(text: &Text<'_>, at: usize, hundredths: i32) -> (usize, i32) {
    match number(text, "TIMES", at) {
        Some((next, times)) => hundredths.checked_mul(times).map_or((at, hundredths), |all| (next, all)),
        None => (at, hundredths),
    }
}

/// `1/2`, `½`, `and a half`, `-and-a-half`.
fn half(text: &Text<'_>, at: usize) -> Option<(usize, i32)> {
    number(text, "HALF", at).filter(|_| !text.tokens[at].apart)
}

fn skip(text: &Text<'_>, at: usize, word: &str) -> usize {
    at + usize::from(text.tokens.get(at).is_some_and(|t| t.word == word))
}

fn number(text: &Text<'_>, class: &str, at: usize) -> Option<(usize, i32)> {
    match text.lexicon.matches(class, text.tokens, at)? {
        (next, Value::Number(number)) => Some((next, number)),
        _ => None,
    }
}
