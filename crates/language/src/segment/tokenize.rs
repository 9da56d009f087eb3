//! Cuts a stretch of text into tokens as the English treebanks of Universal Dependencies cut it; every byte that is not
//! white space is in exactly one token.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use regex::Regex;

use super::word_classes::{Classes, classes};

/// Words that end in a full stop of their own, by what follows them.
pub(crate) static ABBREVIATIONS: &str = include_str!("../../data/abbreviations.txt");

/// Knows which stops, hyphens and apostrophes belong to words.
pub(crate) struct Tokenizer {
    token: Regex,
    words: Classes,
    joined: BTreeMap<&'static str, usize>,
    /// Abbreviations whose stop is always theirs.
    always: BTreeSet<&'static str>,
    /// Abbreviations whose stop is theirs where a number follows.
    numbered: BTreeSet<&'static str>,
}

impl Tokenizer {
    pub fn new() -> Tokenizer {
        let token =
            Regex::new(include_str!("../../data/tokens.regex")).expect("the embedded pattern is tested");
        let words = classes(include_str!("../../data/tokens.txt"));
        let joined = words.get("joined").into_iter().flatten();
        let joined = joined
            .filter_map(|w| w.split_once(':'))
            .filter_map(|(w, n)| Some((w, n.parse().ok()?)))
            .collect();
        let mut abbreviations = classes(ABBREVIATIONS);
        let numbered = abbreviations.remove("number").unwrap_or_default();
        let always =
            ["never", "starter", "capital"].iter().filter_map(|class| abbreviations.get(class)).flatten();
        Tokenizer { token, words, joined, always: always.copied().collect(), numbered }
    }

    /// The tokens of a stretch of the text, as byte ranges of the text.
    pub fn tokens(&self, text: &str, stretch: Range<usize>) -> Vec<Range<usize>> {
        let mut tokens = Vec::new();
        let Some(part) = text.get(stretch.clone()) else { return tokens };
        let mut at = 0;
        while let Some(skipped) = part[at..].find(|c| !blank(c)) {
            let start = at + skipped;
            let end = part[start..].find(blank).map_or(part.len(), |length| start + length);
            self.chunk(part, start..end, stretch.start, &mut tokens);
            at = end;
        }
        tokens
    }

    /// Cuts a chunk without white space.
    fn chunk(&self, part: &str, chunk: Range<usize>, base: usize, tokens: &mut Vec<Range<usize>>) {
        let mut at = chunk.start;
        while at < chunk.end {
            let found = self.token.find_at(&part[..chunk.end], at);
            let mut word = found.map_or(at..chunk.end, |m| m.range());
            if word.start > at {
                // The pattern takes every character but a line break, and a chunk has none.
                word = at..word.start;
            }
            word.end = self.extended(part, word.clone(), chunk.end);
            at = word.end;
            self.cut(part, word, base, tokens);
        }
    }

    /// The end of a word with the hyphenated rest and the stop that belong to it.
    fn extended(&self, part: &str, word: Range<usize>, limit: usize) -> usize {
        let mut end = word.end;
        let mut last = word.start;
        while part[end..limit].starts_with('-') && self.is("prefix", &part[last..end]) {
            let Some(rest) = self.token.find_at(&part[..limit], end + 1) else { break };
            if rest.start() != end + 1 || !rest.as_str().starts_with(char::is_alphanumeric) {
                break;
            }
            (last, end) = (rest.start(), rest.end());
        }
        let stop = part[end..limit].starts_with('.') && !part[end..limit].starts_with("..");
        if stop && self.owns_stop(&part[word.start..end], &part[end + 1..]) { end + 1 } else { end }
    }

    /// Whether the stop between a word and what follows is the word's own.
    fn owns_stop(&self, word: &str, after: &str) -> bool {
        let next = after.chars().find(|&c| !blank(c));
        let mut letters = word.chars();
        if let (Some(initial), None) = (letters.next(), letters.next())
            && initial.is_uppercase()
        {
            return initial != 'I' && next.is_some_and(char::is_uppercase);
        }
        let number = next.is_some_and(char::is_numeric);
        self.always.contains(word) || number && self.numbered.contains(word)
    }

    /// Cuts clitics and units off a word.
    fn cut(&self, part: &str, word: Range<usize>, base: usize, tokens: &mut Vec<Range<usize>>) {
        let mut start = word.start;
        while let Some(length) = self.first_of(&part[start..word.end]) {
            tokens.push(base + start..base + start + length);
            start += length;
        }
        tokens.push(base + start..base + word.end);
    }

    /// The length of the first of several words written as one.
    fn first_of(&self, word: &str) -> Option<usize> {
        let plain = word.to_lowercase().replace('’', "'");
        if let Some(&length) = self.joined.get(plain.as_str()) {
            return Some(length).filter(|&n| word.is_char_boundary(n));
        }
        if plain.starts_with(|c: char| c.is_ascii_digit()) {
            let digits = plain.trim_end_matches(|c: char| c.is_alphabetic());
            return self.is("unit", &plain[digits.len()..]).then_some(digits.len());
        }
        if self.is("whole", &plain) {
            return None;
        }
        let at = word.rfind(['\'', '’']).filter(|&at| at > 0)?;
        let after = word[at..].chars().next().map_or(1, char::len_utf8);
        if plain.ends_with("n't") {
            return Some(at - 1).filter(|&n| n > 0);
        }
        self.is("clitic", &word[at + after..]).then_some(at)
    }

    fn is(&self, class: &str, word: &str) -> bool {
        self.words.get(class).is_some_and(|words| words.contains(word.to_lowercase().as_str()))
    }
}

/// Whether a character separates tokens: white space, controls, and marks without width.
pub(crate) fn blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{200e}' | '\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens are shown with spaces between.
    fn check(text: &str, shown: &str) {
        let tokens = Tokenizer::new().tokens(text, 0..text.len());
        let words: Vec<&str> = tokens.into_iter().map(|r| &text[r]).collect();
        assert_eq!(words.join(" "), shown);
    }

    #[test]
    fn clitics() {
        check("She didn't, couldn’t and won't.", "She did n't , could n’t and wo n't .");
        check(
            "Weber's aides' notes; they'll, I’m, we've",
            "Weber 's aides ' notes ; they 'll , I ’m , we 've",
        );
        check(
            "They cannot be the U.S.'s at five o'clock in the '90s",
            "They can not be the U.S. 's at five o'clock in the '90s",
        );
    }

    #[test]
    fn hyphens_and_dashes() {
        check("a 30-minute face-to-face e-mail", "a 30 - minute face - to - face e-mail");
        check(
            "ex-president, pre-war, mid-1990s, U.S.-backed",
            "ex-president , pre-war , mid-1990s , U.S. - backed",
        );
        check("in 1998-2004—or later--maybe", "in 1998 - 2004 — or later -- maybe");
    }

    #[test]
    fn stops() {
        check(
            "Mr. J. Weber met Gen. Stone at 5 p.m. on Jan. 3.",
            "Mr. J. Weber met Gen. Stone at 5 p.m. on Jan. 3 .",
        );
        check("He said no. No. 10 agreed.", "He said no . No. 10 agreed .");
        check("They met today.Tomorrow they rest", "They met today . Tomorrow they rest");
        check("Well... yes… no?! Wait.", "Well ... yes … no ?! Wait .");
        check("It was plan B. Nobody knew plan C.", "It was plan B. Nobody knew plan C .");
    }

    #[test]
    fn numbers_and_money() {
        check("$5.2m, US$30, €10bn, 50% at 5:05pm", "$ 5.2 m , US$ 30 , € 10 bn , 50 % at 5:05 pm");
        check("on 10/02/2017 or 2017-02-10, 1/2, 2,000.50", "on 10/02/2017 or 2017-02-10 , 1/2 , 2,000.50");
        check("the 21st, G20, 202-555-0101", "the 21st , G20 , 202-555-0101");
    }

    #[test]
    fn quotes_and_brackets() {
        check("“Yes,” (he) said: ‘no’.", "“ Yes , ” ( he ) said : ‘ no ’ .");
        check("\"Why?\" she asked", "\" Why ? \" she asked");
    }

    #[test]
    fn addresses() {
        check(
            "See https://example.org/a-b?c=d, www.example.com.",
            "See https://example.org/a-b?c=d , www.example.com .",
        );
        check("write to press.office@example.gov!", "write to press.office@example.gov !");
        check("@weber #summit and/or AT&T", "@weber #summit and / or AT&T");
    }

    #[test]
    fn nothing_is_lost() {
        let odd = [
            "",
            " \n\t ",
            "\u{200b}\u{feff}",
            "e\u{301}\u{301}\u{301}",
            "👩‍👩‍👧🇺🇦",
            "...’’’’n't'n't’s",
            "n't",
            "-e-e-e-",
            "\u{0}a\u{7f}b",
            "’",
            "can’t’ve",
            "İn't",
        ];
        let long =
            ["(".repeat(4000), "a-".repeat(3000), "'s".repeat(3000), "北".repeat(3000), "U.".repeat(2000)];
        for text in odd.into_iter().chain(long.iter().map(String::as_str)) {
            let tokens = Tokenizer::new().tokens(text, 0..text.len());
            let joined: String = tokens.iter().map(|r| &text[r.clone()]).collect();
            let letters: String = text.chars().filter(|&c| !blank(c)).collect();
            assert_eq!(joined, letters);
            assert!(tokens.iter().all(|r| !r.is_empty()) && tokens.is_sorted_by(|a, b| a.end <= b.start));
        }
    }
}
