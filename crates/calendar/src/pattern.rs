//! Compiles the lines of `data/patterns.txt` into small programs, and runs one at a place of the text.
//!
//! A line is `pattern => action arguments`, or `{name} = pattern`, which is put in wherever `{name}` stands later. In a pattern
//! a word in small letters is itself, one in CAPITALS a class of the lexicon or of `shapes`; `[x]` may be
//! missing, `(x|y)` is either, `<x` must stand before the phrase and `<!x` must not, `>x` must
//! stand next without being taken and `!x` must not, `~` wants the
//! next token glued to the last. The longest match counts; of equally long ones the earlier line.

use crate::lexicon::{Lexicon, Text, Value};
use crate::shapes::{self, Shape};
use crate::token::tokens;

/// What a class of the pattern caught.
pub(crate) type Slot = (&'static str, Value);

/// What to make of a match, and with which arguments.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Action {
    pub name: &'static str,
    pub arguments: Vec<&'static str>,
}

/// What a token, or a few of them, may be tested for.
#[derive(Debug, Clone)]
pub(crate) enum Test {
    /// This very word.
    Word(String),
    /// A class that the lexicon lists.
    Listed(&'static str),
    /// A class that is known by its shape.
    Shaped(&'static str, Shape),
}

#[derive(Debug, Clone)]
enum Step {
    Take(Test),
    Behind { test: Test, wanted: bool },
    Here { test: Test, wanted: bool },
    Glued,
    Fork(usize, usize),
    Jump(usize),
    Done,
}

/// One line of the table, compiled.
#[derive(Debug)]
pub(crate) struct Pattern {
    steps: Vec<Step>,
    pub action: Action,
}

/// A match: the token after it and what was caught.
pub(crate) type Match = (usize, Vec<Slot>);

impl Pattern {
    /// Compiles one pattern whose `{names}` are filled in.
    pub(crate) fn compile(pattern: &str, action: Action, lexicon: &Lexicon) -> Result<Pattern, String> {
        let mut reader = Reader { rest: pattern.trim(), steps: Vec::new(), lexicon };
        reader.alternatives(0)?;
        if !reader.rest.is_empty() {
            return Err(format!("`{}` is left over; is a bracket missing?", reader.rest));
        }
        reader.steps.push(Step::Done);
        Ok(Pattern { steps: reader.steps, action })
    }

    /// The words and classes that a match can begin with.
    pub(crate) fn beginnings(&self) -> Vec<&Test> {
        let (mut found, mut open) = (Vec::new(), vec![0]);
        while let Some(at) = open.pop() {
            match &self.steps[at] {
                Step::Take(test) => found.push(test),
                Step::Fork(one, other) => open.extend([*one, *other]),
                Step::Jump(to) => open.push(*to),
                Step::Done => {}
                Step::Behind { .. } | Step::Here { .. } | Step::Glued => open.push(at + 1),
            }
        }
        found
    }

    /// The longest match that begins at token `at`.
    pub(crate) fn run(&self, text: &Text<'_>, at: usize) -> Option<Match> {
        let mut run = Run { text, start: at, steps: &self.steps, slots: Vec::new(), best: None };
        run.walk(0, at);
        run.best
    }
}

struct Run<'a> {
    text: &'a Text<'a>,
    start: usize,
    steps: &'a [Step],
    slots: Vec<Slot>,
    best: Option<Match>,
}

impl Run<'_> {
    fn walk(&mut self, step: usize, at: usize) {
        match &self.steps[step] {
            Step::Take(test) => self.take(test, step, at),
            Step::Behind { test, wanted } if self.behind(test) == *wanted => self.walk(step + 1, at),
            Step::Here { test, wanted } if self.test(test, at).is_some() == *wanted => {
                self.walk(step + 1, at)
            }
            Step::Glued if self.text.tokens.get(at).is_some_and(|t| t.glued) => self.walk(step + 1, at),
            Step::Behind { .. } | Step::Here { .. } | Step::Glued => {}
            Step::Fork(one, other) => {
                self.walk(*one, at);
                self.walk(*other, at);
            }
            Step::Jump(to) => self.walk(*to, at),
            Step::Done => {
                if self.best.as_ref().is_none_or(|(end, _)| at > *end) {
                    self.best = Some((at, self.slots.clone()));
                }
            }
        }
    }

    fn take(&mut self, test: &Test, step: usize, at: usize) {
        let apart = at > self.start && self.text.tokens.get(at).is_some_and(|t| t.apart);
        let Some((next, slot)) = self.test(test, at).filter(|_| !apart) else { return };
        let before = self.slots.len();
        self.slots.extend(slot);
        self.walk(step + 1, next);
        self.slots.truncate(before);
    }

    fn test(&self, test: &Test, at: usize) -> Option<(usize, Option<Slot>)> {
        match test {
            Test::Word(word) => self.text.tokens.get(at).filter(|t| t.word == *word).map(|_| (at + 1, None)),
            Test::Shaped(class, shape) => {
                shape(self.text, at).map(|(next, value)| (next, Some((*class, value))))
            }
            Test::Listed(class) => {
                let (next, value) = self.text.lexicon.matches(class, self.text.tokens, at)?;
                Some((next, Some((*class, value))))
            }
        }
    }

    fn behind(&self, test: &Test) -> bool {
        let here = self.text.tokens.get(self.start).is_some_and(|t| t.apart);
        !here && self.start > 0 && self.test(test, self.start - 1).is_some_and(|(next, _)| next == self.start)
    }
}

/// Reads a pattern from left to right into steps.
struct Reader<'a> {
    rest: &'a str,
    steps: Vec<Step>,
    lexicon: &'a Lexicon,
}

impl<'a> Reader<'a> {
    fn alternatives(&mut self, depth: usize) -> Result<(), String> {
        let start = self.steps.len();
        self.sequence(depth)?;
        let Some(rest) = self.rest.strip_prefix('|') else { return Ok(()) };
        self.rest = rest.trim_start();
        // The first alternative moves down by the fork that now stands before it.
        let first: Vec<Step> = self.steps.drain(start..).map(moved).collect();
        let jump = start + 1 + first.len();
        self.steps.push(Step::Fork(start + 1, jump + 1));
        self.steps.extend(first);
        self.steps.push(Step::Jump(0));
        self.alternatives(depth)?;
        self.steps[jump] = Step::Jump(self.steps.len());
        Ok(())
    }

    fn sequence(&mut self, depth: usize) -> Result<(), String> {
        while let Some(first) = self.rest.chars().next() {
            match first {
                '[' | '(' => self.group(first, depth)?,
                ']' | ')' | '|' if depth > 0 || first == '|' => return Ok(()),
                '~' => {
                    self.steps.push(Step::Glued);
                    self.skip("~");
                }
                _ => self.single()?,
            }
        }
        Ok(())
    }

    fn group(&mut self, open: char, depth: usize) -> Result<(), String> {
        let (optional, close) = if open == '[' { (true, "]") } else { (false, ")") };
        self.rest = self.rest[1..].trim_start();
        let fork = self.steps.len();
        if optional {
            self.steps.push(Step::Fork(fork + 1, 0));
        }
        self.alternatives(depth + 1)?;
        if !self.rest.starts_with(close) {
            return Err(format!("`{close}` is missing before `{}`", self.rest));
        }
        self.skip(close);
        if optional {
            self.steps[fork] = Step::Fork(fork + 1, self.steps.len());
        }
        Ok(())
    }

    fn single(&mut self) -> Result<(), String> {
        let end = self.rest.find([' ', '[', ']', '(', ')', '|']).unwrap_or(self.rest.len());
        let whole = &self.rest[..end];
        self.skip(whole);
        let (mark, name) = ["<!", "<", "!", ">"]
            .into_iter()
            .find_map(|m| Some((m, whole.strip_prefix(m)?)))
            .unwrap_or(("", whole));
        for test in self.tests(name)? {
            self.steps.push(match mark {
                "<" => Step::Behind { test, wanted: true },
                "<!" => Step::Behind { test, wanted: false },
                "!" => Step::Here { test, wanted: false },
                ">" => Step::Here { test, wanted: true },
                _ => Step::Take(test),
            });
        }
        Ok(())
    }

    /// A class by itself, or the tokens of a word such as `o'clock`.
    fn tests(&self, name: &'a str) -> Result<Vec<Test>, String> {
        if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
            return Ok(tokens(name).into_iter().map(|t| Test::Word(t.word)).collect());
        }
        let shaped = shapes::find(name).map(|(class, shape)| Test::Shaped(class, shape));
        let test = shaped.or_else(|| self.lexicon.class(name).map(Test::Listed));
        test.map(|t| vec![t]).ok_or_else(|| format!("no words belong to the class `{name}`"))
    }

    fn skip(&mut self, read: &str) {
        self.rest = self.rest[read.len()..].trim_start();
    }
}

fn moved(step: Step) -> Step {
    match step {
        Step::Fork(one, other) => Step::Fork(one + 1, other + 1),
        Step::Jump(to) => Step::Jump(to + 1),
        other => other,
    }
}
