//! Tries a rule on its own examples and says what went wrong.

use std::fmt;
use std::ops::Range;

use daybook_language::{Analysis, Sentence, Tree};

use crate::pattern::{Clause, Purpose};
use crate::site::Site;
use crate::solve::{Match, solve, triggers};
use crate::{Find, Rule};

/// An example that did not turn out as its rule says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The rule's file.
    pub file: String,
    /// Line of the example, from 1.
    pub line: usize,
    /// The rule's name.
    pub rule: String,
    /// The example's text.
    pub example: String,
    /// What happened instead.
    pub what: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure { file, line, rule, example, what } = self;
        write!(f, "{file}:{line}: rule `{rule}`: {what}, in \"{example}\"")
    }
}

/// An analysed text and, for each sentence, the classes of its tokens as bits.
pub type Classified = (Analysis, Vec<Vec<u64>>);

/// Tries a rule on its examples.
pub(crate) fn check(rule: &Rule, analyse: &mut dyn FnMut(&str) -> Classified) -> Vec<Failure> {
    let mut failures = Vec::new();
    for find in &rule.finds {
        let (analysis, classes) = analyse(&find.text);
        let what = unfound(find, &Outcome::of(rule, &analysis, &classes), rule);
        failures.extend(what.map(|what| failure(rule, find.line, &find.text, what)));
    }
    for ignore in &rule.ignores {
        let (analysis, classes) = analyse(&ignore.text);
        let outcome = Outcome::of(rule, &analysis, &classes);
        let what = outcome.matches.first().map(|fit| format!("matches: {}", fit.told(rule)));
        failures.extend(what.map(|what| failure(rule, ignore.line, &ignore.text, what)));
    }
    failures
}

fn failure(rule: &Rule, line: usize, example: &str, what: String) -> Failure {
    Failure { file: rule.file.clone(), line, rule: rule.name.clone(), example: example.to_string(), what }
}

/// All that a rule did in a text.
struct Outcome<'a> {
    matches: Vec<Fit<'a>>,
    /// Triggers with the clause each failed at.
    misses: Vec<(&'a str, &'a Clause)>,
}

/// A match in its sentence.
struct Fit<'a> {
    text: &'a Analysis,
    sentence: &'a Sentence,
    found: Match<'a>,
}

impl<'a> Outcome<'a> {
    fn of(rule: &'a Rule, text: &'a Analysis, classes: &[Vec<u64>]) -> Outcome<'a> {
        let mut outcome = Outcome { matches: Vec::new(), misses: Vec::new() };
        for (number, sentence) in text.sentences.iter().enumerate() {
            let tree = Tree::new(sentence);
            let site = Site::new(text, &tree, classes.get(number).map_or(&[], Vec::as_slice));
            for (token, it) in sentence.tokens.iter().enumerate() {
                if !triggers(&rule.pattern, &site, token) {
                    continue;
                }
                match solve(rule, &site, token) {
                    Ok(found) => outcome.matches.push(Fit { text, sentence, found }),
                    Err(clause) => outcome.misses.push((text.form(it), clause)),
                }
            }
        }
        outcome
    }
}

impl Fit<'_> {
    /// How it differs from what an example expects.
    fn difference(&self, find: &Find) -> Option<String> {
        let wrong = find.captures.iter().find(|(capture, words)| !self.agrees(capture, words, &find.text))?;
        let (capture, words) = wrong;
        Some(format!(
            "`{capture}` is {}, not {}",
            self.forms(capture),
            quoted(words.iter().map(String::as_str))
        ))
    }

    /// Whether every expected phrase holds a token of the capture, and every token lies in an expected phrase.
    fn agrees(&self, capture: &str, expected: &[String], text: &str) -> bool {
        let tokens = self.found.all(capture).iter().filter_map(|token| self.sentence.tokens.get(*token));
        let spans: Vec<Range<usize>> = tokens.map(|token| token.start..token.end).collect();
        expected.iter().all(|words| spans.iter().any(|span| within(span, words, text)))
            && spans.iter().all(|span| expected.iter().any(|words| within(span, words, text)))
    }

    fn forms(&self, capture: &str) -> String {
        let tokens = self.found.all(capture).iter().filter_map(|token| self.sentence.tokens.get(*token));
        quoted(tokens.map(|token| self.text.form(token)))
    }

    fn told(&self, rule: &Rule) -> String {
        let captures = rule.captures().iter().filter(|capture| self.found.get(capture).is_some());
        captures.map(|capture| format!("{capture} = {}", self.forms(capture))).collect::<Vec<_>>().join(", ")
    }
}

/// Why an example was not found as it says.
fn unfound(find: &Find, outcome: &Outcome<'_>, rule: &Rule) -> Option<String> {
    let differences: Option<Vec<String>> = outcome.matches.iter().map(|fit| fit.difference(find)).collect();
    // One match that does not differ is enough.
    if let Some(difference) = differences?.into_iter().next() {
        return Some(difference);
    }
    let furthest = outcome.misses.iter().max_by_key(|(_, clause)| clause.line);
    let trigger = &rule.pattern.trigger;
    Some(match furthest {
        Some((word, clause)) => format!("`{word}` triggers it, but line {} {}", clause.line, failing(clause)),
        None => format!("no word passes line {} `{}`", trigger.line, trigger.source),
    })
}

fn failing(clause: &Clause) -> String {
    let why = if clause.purpose == Purpose::Not { "forbids it" } else { "finds nothing" };
    format!("`{}` {why}", clause.source)
}

/// Whether a span lies in an occurrence of some words in a text.
fn within(span: &Range<usize>, words: &str, text: &str) -> bool {
    let occurrences = text.match_indices(words);
    occurrences.into_iter().any(|(start, _)| start <= span.start && span.end <= start + words.len())
}

fn quoted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    if words.is_empty() { "nothing".to_string() } else { words.join(", ") }
}
