//! Cuts a text into paragraphs, and a paragraph's tokens into sentences, by rule.

use std::ops::Range;

use super::tokenize::{ABBREVIATIONS, blank};
use super::word_classes::{Classes, classes};

/// Lines of a text that was broken to a width are at most this long, in characters.
const WIDEST: usize = 120;
/// The least width that a text is broken to.
const NARROWEST: usize = 40;

/// The paragraphs of a text. A blank line parts them, and so does a single line break unless it only breaks a line.
pub(crate) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let lines = lines(text);
    let width = width(text, &lines);
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (i, line) in lines.iter().enumerate() {
        if text[line.clone()].chars().all(blank) {
            open = false;
            continue;
        }
        match paragraphs.last_mut() {
            Some(paragraph) if open && goes_on(text, &lines[i - 1], line, width) => paragraph.end = line.end,
            _ => paragraphs.push(line.clone()),
        }
        open = true;
    }
    paragraphs
}

/// The lines of a text without their breaks.
fn lines(text: &str) -> Vec<Range<usize>> {
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, found) in text.match_indices(breaks) {
        // A carriage return before a line feed is one break with it.
        if !text[at..].starts_with("\r\n") {
            lines.push(start..at);
            start = at + found.len();
        }
    }
    lines.push(start..text.len());
    lines
}

/// The width that a text's lines were broken to, where most breaks show that the next word had no room.
fn width(text: &str, lines: &[Range<usize>]) -> Option<usize> {
    let widest = lines.iter().map(|l| text[l.clone()].chars().count()).max()?;
    if !(NARROWEST..=WIDEST).contains(&widest) {
        return None;
    }
    let inner = |pair: &&[Range<usize>]| pair.iter().all(|l| !text[l.clone()].chars().all(blank));
    let breaks: Vec<&[Range<usize>]> = lines.windows(2).filter(inner).collect();
    let full = breaks.iter().filter(|pair| no_room(text, &pair[0], &pair[1], widest)).count();
    (breaks.len() >= 3 && full * 10 >= breaks.len() * 6).then_some(widest)
}

/// Whether the next line's first word would not have fitted on a line.
fn no_room(text: &str, line: &Range<usize>, next: &Range<usize>, width: usize) -> bool {
    let first = text[next.clone()].split_whitespace().next().map_or(0, |word| word.chars().count());
    text[line.clone()].trim_end().chars().count() + 1 + first > width
}

/// Whether a line break does not end its paragraph.
fn goes_on(text: &str, line: &Range<usize>, next: &Range<usize>, width: Option<usize>) -> bool {
    let (line_text, next_text) = (text[line.clone()].trim_end(), text[next.clone()].trim_start());
    if width.is_some_and(|width| no_room(text, line, next, width)) {
        return !next_text.starts_with(['•', '*', '·', '▪', '–', '—']);
    }
    let ended = line_text.ends_with(['.', '!', '?', ':', ';', '"', '”']);
    !ended && line_text.chars().count() >= NARROWEST && next_text.starts_with(char::is_lowercase)
}

/// Knows after which stops a sentence goes on.
pub(crate) struct Splitter {
    words: Classes,
}

/// What a token is to the end of a sentence.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Stop {
    /// A full stop.
    Full,
    /// A question or exclamation mark.
    Mark,
    /// Three dots.
    Dots,
    /// A word that ends in a stop of its own.
    Word,
}

impl Splitter {
    pub fn new() -> Splitter {
        Splitter { words: classes(ABBREVIATIONS) }
    }

    /// The sentences of a paragraph, as ranges of its tokens.
    pub fn sentences(&self, text: &str, tokens: &[Range<usize>]) -> Vec<Range<usize>> {
        let mut sentences = Vec::new();
        let mut start = dateline(text, tokens);
        if start > 0 {
            sentences.push(0..start);
        }
        let mut i = start;
        while i < tokens.len() {
            let end = match stop(&text[tokens[i].clone()]) {
                Some(stop) => self.end(text, tokens, start, i, stop),
                None => None,
            };
            if let Some(end) = end {
                sentences.push(start..end);
                start = end;
            }
            i = end.unwrap_or(i + 1);
        }
        if start < tokens.len() {
            sentences.push(start..tokens.len());
        }
        sentences
    }

    /// One past the last token of the sentence that a stop at `i` ends; `None` where it goes on.
    fn end(&self, text: &str, tokens: &[Range<usize>], start: usize, i: usize, stop: Stop) -> Option<usize> {
        let mut end = i + 1;
        while end < tokens.len() && closes(text, tokens, end) {
            end += 1;
        }
        let quoted = end > i + 1;
        end += note(text, tokens, end);
        if end == tokens.len() {
            return Some(end);
        }
        let next = (end..tokens.len()).map(|k| &text[tokens[k].clone()]).find(|t| !opens(t)).unwrap_or("");
        let numbered = i == start + 1 && text[tokens[start].clone()].chars().all(char::is_numeric);
        // After a plain stop and a space, even a small letter begins a sentence: some write no other.
        let small = !quoted
            && attached(tokens, i)
            && !attached(tokens, i + 1)
            && next.starts_with(char::is_alphabetic);
        let ends = match stop {
            Stop::Word => self.ends_after(&text[tokens[i].clone()], next),
            Stop::Full => (begins(next) || small) && !numbered,
            Stop::Mark => (begins(next) || small) && !(quoted && self.spoken(text, &tokens[end..])),
            Stop::Dots => begins(next) && (quoted || !attached(tokens, end) || attached(tokens, i)),
        };
        ends.then_some(end)
    }

    /// Whether a sentence ends after an abbreviation when `next` follows.
    fn ends_after(&self, abbreviation: &str, next: &str) -> bool {
        let word = abbreviation.trim_end_matches('.');
        if self.is("never", word) || self.is("number", word) || !begins(next) {
            return false;
        }
        if self.is("capital", word) {
            return next.starts_with(char::is_uppercase) && !self.is("zone", next);
        }
        self.is("begins", next)
    }

    /// Whether one of the next words tells who spoke.
    fn spoken(&self, text: &str, tokens: &[Range<usize>]) -> bool {
        let words = tokens.iter().take(5).map(|t| &text[t.clone()]);
        words.take_while(|w| w.starts_with(char::is_alphanumeric)).any(|w| self.is("speech", w))
    }

    fn is(&self, class: &str, word: &str) -> bool {
        self.words.get(class).is_some_and(|words| words.contains(word))
    }
}

/// The most tokens that a dateline has.
const DATELINE: usize = 14;

/// How many tokens of a paragraph are its dateline, `MOSCOW (AP) —`, which is no part of the sentence after it.
fn dateline(text: &str, tokens: &[Range<usize>]) -> usize {
    let word = |i: usize| &text[tokens[i].clone()];
    let dash = |i: &usize| {
        matches!(word(*i), "—" | "–" | "-" | "--" | "―")
            && !(attached(tokens, *i) && attached(tokens, *i + 1))
    };
    let Some(end) = (1..tokens.len().min(DATELINE)).find(dash) else { return 0 };
    let capital = word(0).chars().count() > 2 && word(0).chars().all(char::is_uppercase);
    let agency = word(0).starts_with(char::is_uppercase) && word(end - 1) == ")";
    let placed = (0..end)
        .all(|i| !word(i).starts_with(char::is_lowercase) && stop(word(i)).is_none_or(|s| s == Stop::Word));
    let told = (end + 1..tokens.len()).filter(|&i| word(i).starts_with(char::is_lowercase)).count() > 1;
    if (capital || agency) && placed && told { end + 1 } else { 0 }
}

fn stop(token: &str) -> Option<Stop> {
    match token {
        "." | "。" => Some(Stop::Full),
        _ if token.chars().all(|c| matches!(c, '!' | '?')) => Some(Stop::Mark),
        _ if token.starts_with('…') || token.starts_with("..") => Some(Stop::Dots),
        _ if token.ends_with('.') => Some(Stop::Word),
        _ => None,
    }
}

/// Whether a token belongs to the sentence before it: a closing quote or bracket, or one more stop.
fn closes(text: &str, tokens: &[Range<usize>], i: usize) -> bool {
    match &text[tokens[i].clone()] {
        "”" | "’" | "’’" | ")" | "]" | "»" | "''" | "." | "!" | "?" => true,
        "\"" | "'" => attached(tokens, i) && (i + 1 == tokens.len() || !attached(tokens, i + 1)),
        _ => false,
    }
}

/// How many tokens the mark of a note, `[17]`, has here.
fn note(text: &str, tokens: &[Range<usize>], i: usize) -> usize {
    let Some([open, number, close]) = tokens.get(i..i + 3) else { return 0 };
    let numeric = text[number.clone()].chars().all(char::is_numeric);
    if &text[open.clone()] == "[" && numeric && &text[close.clone()] == "]" { 3 } else { 0 }
}

fn attached(tokens: &[Range<usize>], i: usize) -> bool {
    i > 0 && i < tokens.len() && tokens[i - 1].end == tokens[i].start
}

fn opens(token: &str) -> bool {
    matches!(
        token,
        "\"" | "'" | "“" | "‘" | "``" | "(" | "[" | "«" | "-" | "–" | "—" | "--" | "•" | "*" | "…" | "..."
    )
}

/// Whether a sentence may begin with a token.
fn begins(token: &str) -> bool {
    token.starts_with(|c: char| !c.is_lowercase() && !matches!(c, ',' | ';' | ':' | ')' | '%'))
}

#[cfg(test)]
mod tests {
    use super::super::tokenize::Tokenizer;
    use super::*;

    /// Sentences are shown with `|` between, paragraphs with `||`.
    fn check(text: &str, shown: &str) {
        let (tokenizer, splitter) = (Tokenizer::new(), Splitter::new());
        let mut found = Vec::new();
        for paragraph in paragraphs(text) {
            let tokens = tokenizer.tokens(text, paragraph);
            let of = |r: Range<usize>| text[tokens[r.start].start..tokens[r.end - 1].end].replace('\n', " ");
            let sentences: Vec<String> = splitter.sentences(text, &tokens).into_iter().map(of).collect();
            found.push(sentences.join(" | "));
        }
        assert_eq!(found.join(" || "), shown);
    }

    #[test]
    fn abbreviations() {
        check("Mr. J. K. Weber met Gen. Stone. They spoke.", "Mr. J. K. Weber met Gen. Stone. | They spoke.");
        check(
            "The U.S. President called at 5 p.m. Eastern time.",
            "The U.S. President called at 5 p.m. Eastern time.",
        );
        check("They left the U.S. The talks go on.", "They left the U.S. | The talks go on.");
        check("It began at 9 a.m. Ministers were late.", "It began at 9 a.m. | Ministers were late.");
        check(
            "Acme Inc. Chairman Weber said no. No. 10 agreed.",
            "Acme Inc. Chairman Weber said no. | No. 10 agreed.",
        );
        check("1. Visit Vienna. 2. Rest.", "1. Visit Vienna. | 2. Rest.");
    }

    #[test]
    fn quotes() {
        check("“We met. We agreed.” He left.", "“We met. | We agreed.” | He left.");
        check("\"We met.\" \"When?\" \"Today.\"", "\"We met.\" | \"When?\" | \"Today.\"");
        check(
            "“Will they come?” Weber asked on Friday. Nobody knew.",
            "“Will they come?” Weber asked on Friday. | Nobody knew.",
        );
        check("They agreed. (Nobody signed.) They left.", "They agreed. | (Nobody signed.) | They left.");
        check("They met in May.[12] Then they left.", "They met in May.[12] | Then they left.");
    }

    #[test]
    fn dots_and_marks() {
        check(
            "There were contacts on the call… Let us wait.",
            "There were contacts on the call… | Let us wait.",
        );
        check("He ... well, he left. Really?! Yes!", "He ... well, he left. | Really?! | Yes!");
        check("They met today.Tomorrow they rest.", "They met today. | Tomorrow they rest.");
        check("we met. then we left.", "we met. | then we left.");
    }

    #[test]
    fn headlines_and_lists() {
        check(
            "Leaders Hold Talks\nBy Maria Weber\n\nVIENNA (AP) — They met in town.",
            "Leaders Hold Talks || By Maria Weber || VIENNA (AP) — | They met in town.",
        );
        check(
            "They agreed on:\n• trade\n• a visit\nNothing else",
            "They agreed on: || • trade || • a visit || Nothing else",
        );
    }

    #[test]
    fn datelines() {
        check(
            "NEW YORK, Jan. 3 (Reuters) - The ministers met.",
            "NEW YORK, Jan. 3 (Reuters) - | The ministers met.",
        );
        check("Vienna (AP) – They met in town.", "Vienna (AP) – | They met in town.");
        check("US–EU TALKS OPEN", "US–EU TALKS OPEN");
        check("NATO-backed troops left the town.", "NATO-backed troops left the town.");
    }

    #[test]
    fn broken_lines() {
        let text = "The two ministers met on Tuesday in the old\ntown hall of the capital, where they spoke\nabout trade and about the visit which their\npresidents plan for the spring. Nothing was\nsigned.\nThey will meet again.";
        check(
            text,
            "The two ministers met on Tuesday in the old town hall of the capital, where they spoke about trade and about the visit which their presidents plan for the spring. | Nothing was signed. || They will meet again.",
        );
    }

    #[test]
    fn any_text() {
        for text in ["", "\n\n\r\n", ".", "...\n...", "\u{2028}a\u{2029}", "?\"'\"'", "[1]", "a.[2][3]"] {
            let tokens = Tokenizer::new().tokens(text, 0..text.len());
            let sentences = Splitter::new().sentences(text, &tokens);
            assert_eq!(sentences.iter().map(ExactSizeIterator::len).sum::<usize>(), tokens.len());
        }
    }
}
