//! Finds the time phrases of a text: every pattern that can begin at a token is tried there, and the longest match counts.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use crate::build;
use crate::lexicon::{Lexicon, Text};
use crate::meaning::{Anchor, Meaning, Part, Which};
use crate::pattern::{Action, Match, Pattern, Test};
use crate::phrase::Phrase;
use crate::shapes::Shape;
use crate::tense;
use crate::token::tokens;

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let read = Tables::read(include_str!("../data/words.tsv"), include_str!("../data/patterns.txt"));
    read.expect("the tables are part of the program, and a test reads them")
});

/// The time phrases of `text`, in order, none overlapping another.
///
/// ```
/// let text = "He may call again on Sunday, after the march.";
/// let words: Vec<&str> = daybook_calendar::find(text).iter().map(|p| &text[p.start..p.end]).collect();
/// assert_eq!(words, ["Sunday"]);
/// ```
pub fn find(text: &str) -> Vec<Phrase> {
    let tokens = tokens(text);
    let over = Text { tokens: &tokens, lexicon: &TABLES.lexicon };
    let (mut phrases, mut quarter, mut at) = (Vec::new(), None, 0);
    while at < tokens.len() {
        let Some((end, action, meaning)) = TABLES.best(&over, at) else {
            at += 1;
            continue;
        };
        if let Some(meaning) = meaning {
            let tense = tense::guess(&TABLES.lexicon, &tokens, at, end);
            let ahead = tense::is_ahead(&TABLES.lexicon, &tokens, at, end);
            let (start, end) = (tokens[at].start, tokens[end - 1].end);
            let meaning = in_quarter(meaning, action, &mut quarter);
            phrases.extend(meaning.map(|meaning| Phrase { start, end, meaning, tense, ahead }));
        }
        at = end;
    }
    phrases
}

/// In a text that speaks of a quarter, "the quarter" and "the period" are that one, and "a year earlier" the same quarter of
/// the year before; in another text "the period" is no time that anybody could tell.
fn in_quarter(meaning: Meaning, action: &Action, quarter: &mut Option<Meaning>) -> Option<Meaning> {
    if let Meaning::Calendar(Part::Quarter(_), which) = &meaning {
        if !matches!(which, Which::Shifted(_, -1)) {
            *quarter = Some(meaning.clone());
        }
        return Some(meaning);
    }
    let told = match quarter {
        Some(Meaning::Calendar(part, which)) => Some((*part, *which)),
        _ => None,
    };
    match (action.name, told) {
        ("same-quarter", Some((part, which))) if action.arguments[0] == "before" => {
            Some(year_before(part, which))
        }
        ("same-quarter", Some(_)) => quarter.clone(),
        ("same-quarter", None) if action.arguments[0] == "period" => None,
        ("yearly", Some((part, which))) => Some(year_before(part, which)),
        _ => Some(meaning),
    }
}

fn year_before(part: Part, which: Which) -> Meaning {
    let which = match which {
        Which::Year(year) => Which::Year(year.saturating_sub(1)),
        _ => Which::Shifted(Anchor::Published, -1),
    };
    Meaning::Calendar(part, which)
}

/// The tables, read.
struct Tables {
    lexicon: Lexicon,
    patterns: Vec<Pattern>,
    by_word: HashMap<String, Vec<usize>>,
    by_class: HashMap<&'static str, Vec<usize>>,
    by_shape: Vec<(Shape, Vec<usize>)>,
}

impl Tables {
    fn read(words: &'static str, patterns: &'static str) -> Result<Tables, String> {
        let lexicon = Lexicon::read(words)?;
        let patterns = read_patterns(patterns, &lexicon)?;
        let mut tables = Tables {
            lexicon,
            patterns,
            by_word: HashMap::new(),
            by_class: HashMap::new(),
            by_shape: Vec::new(),
        };
        let mut shapes: BTreeMap<&'static str, (Shape, Vec<usize>)> = BTreeMap::new();
        for (number, pattern) in tables.patterns.iter().enumerate() {
            for beginning in pattern.beginnings() {
                match beginning {
                    Test::Word(word) => tables.by_word.entry(word.clone()).or_default().push(number),
                    Test::Listed(class) => tables.by_class.entry(class).or_default().push(number),
                    Test::Shaped(class, shape) => {
                        shapes.entry(class).or_insert((*shape, Vec::new())).1.push(number)
                    }
                }
            }
        }
        tables.by_shape = shapes.into_values().collect();
        Ok(tables)
    }

    /// The longest match at token `at`: the token after it, and its meaning, if it has one.
    fn best(&self, text: &Text<'_>, at: usize) -> Option<(usize, &Action, Option<Meaning>)> {
        let mut matches: Vec<(usize, Match)> = self
            .candidates(text, at)
            .into_iter()
            .filter_map(|number| Some((number, self.patterns[number].run(text, at)?)))
            .collect();
        matches.sort_by_key(|(number, (end, _))| (std::cmp::Reverse(*end), *number));
        matches.into_iter().find_map(|(number, (end, slots))| {
            let action = &self.patterns[number].action;
            let meaning = build::build(action, &slots);
            (meaning.is_some() || action.name == "none").then_some((end, action, meaning))
        })
    }

    /// The patterns that can begin at token `at`, in order.
    fn candidates(&self, text: &Text<'_>, at: usize) -> Vec<usize> {
        let mut found = self.by_word.get(&text.tokens[at].word).cloned().unwrap_or_default();
        for (shape, numbers) in &self.by_shape {
            if shape(text, at).is_some() {
                found.extend(numbers);
            }
        }
        for class in self.lexicon.classes(text.tokens, at) {
            found.extend(self.by_class.get(class).into_iter().flatten());
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Compiles the lines of `patterns.txt`; the named pieces are filled in first.
fn read_patterns(table: &'static str, lexicon: &Lexicon) -> Result<Vec<Pattern>, String> {
    let (mut patterns, mut pieces): (Vec<Pattern>, Vec<(String, String)>) = (Vec::new(), Vec::new());
    for (number, line) in table.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        let fault = |what: String| format!("patterns.txt:{}: {what}", number + 1);
        let filled = pieces.iter().fold(line.to_string(), |line, (name, piece)| line.replace(name, piece));
        if let Some((pattern, action)) = filled.split_once("=>") {
            let action = read_action(line).ok_or_else(|| fault(format!("`{action}` is no known action")))?;
            patterns.push(Pattern::compile(pattern, action, lexicon).map_err(fault)?);
            continue;
        }
        let (name, piece) = filled.split_once(" = ").ok_or_else(|| fault("`=>` is missing".to_string()))?;
        pieces.push((name.to_string(), format!("({})", piece.trim())));
    }
    Ok(patterns)
}

fn read_action(line: &'static str) -> Option<Action> {
    let mut words = line.split_once("=>")?.1.split_whitespace();
    let action = Action { name: words.next()?, arguments: words.collect() };
    build::known(&action).then_some(action)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_read() {
        assert_eq!(
            Tables::read(include_str!("../data/words.tsv"), include_str!("../data/patterns.txt")).err(),
            None
        );
    }

    #[test]
    fn a_fault_in_a_table_is_named_with_its_line() {
        let check = |pattern: &'static str, fault: &str| {
            let error = Tables::read("MONTH\t1\tjanuary\n", pattern).err();
            assert_eq!(error.as_deref(), Some(fault));
        };
        check("MONTH => dat", "patterns.txt:1: ` dat` is no known action");
        check("# months\n[MONTH => date", "patterns.txt:2: `]` is missing before ``");
        check("MONAT => date", "patterns.txt:1: no words belong to the class `MONAT`");
        check("MONTH", "patterns.txt:1: `=>` is missing");
    }
}
