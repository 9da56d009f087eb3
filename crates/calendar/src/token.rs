//! Cuts a text into words, numbers and signs with their places, in the one spelling by which they are looked up.

/// A word, a number or a sign.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    pub start: usize,
    pub end: usize,
    /// In lower case, with plain apostrophes and hyphens.
    pub word: String,
    /// Whether it begins with a digit.
    pub number: bool,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether nothing stands between it and the token before.
    pub glued: bool,
    /// Whether an empty line stands between it and the token before, so that no phrase runs over it.
    pub apart: bool,
}

/// The tokens of `text`, in order.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let before = found.last().map_or(0, |t| t.end);
        let end = at + length(&text[at..], first, after_point(&found, at));
        found.push(token(text, before, at, end, first));
        at = end;
    }
    found
}

fn token(text: &str, before: usize, start: usize, end: usize, first: char) -> Token {
    Token {
        start,
        end,
        word: plain(&text[start..end]),
        number: first.is_ascii_digit(),
        capital: first.is_uppercase(),
        glued: start > 0 && before == start,
        apart: text[before..start].matches('\n').count() > 1,
    }
}

/// Whether a number and a point stand right before byte `at`, as in `10.2.2017`.
fn after_point(found: &[Token], at: usize) -> bool {
    matches!(found, [.., number, point] if number.number && point.word == "." && point.glued && point.end == at)
}

fn length(rest: &str, first: char, after_point: bool) -> usize {
    if first.is_ascii_digit() {
        return if after_point {
            rest.bytes().take_while(u8::is_ascii_digit).count()
        } else {
            number_length(rest.as_bytes())
        };
    }
    if first.is_alphabetic() {
        return rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    }
    first.len_utf8()
}

/// The length of `12`, `1,700` or `2.5`; `2.10.2017` and `10,1990` are several numbers.
fn number_length(bytes: &[u8]) -> usize {
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = digits(0);
    while end <= 15 && bytes.get(end) == Some(&b',') && digits(end + 1) == 3 {
        end += 4;
    }
    let fraction = if bytes.get(end) == Some(&b'.') { digits(end + 1) } else { 0 };
    let another = end + 1 + fraction;
    let dotted = bytes.get(another) == Some(&b'.') && bytes.get(another + 1).is_some_and(u8::is_ascii_digit);
    if fraction == 0 || dotted { end } else { another }
}

/// A word in lower case; of the marks that are written in several ways, the plain one.
fn plain(word: &str) -> String {
    match word {
        "’" | "‘" | "ʼ" | "`" => "'".to_string(),
        "–" | "‐" | "‑" | "‒" | "−" => "-".to_string(),
        word => word.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_signs_are_told_apart() {
        let words = |text: &str| tokens(text).into_iter().map(|t| t.word).collect::<Vec<_>>();
        assert_eq!(words("Feb. 10,1990: 1,700 men"), ["feb", ".", "10", ",", "1990", ":", "1,700", "men"]);
        assert_eq!(words("2.10.2017, 2.5 hours"), ["2", ".", "10", ".", "2017", ",", "2.5", "hours"]);
        assert_eq!(words("the year’s 28–30"), ["the", "year", "'", "s", "28", "-", "30"]);
    }
}
