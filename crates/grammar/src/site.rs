//! Answers what rules ask of a sentence: whether a test holds of a token, and where a path leads.

use daybook_language::{Analysis, Token, Tree};

use crate::pattern::{Hop, Path, Relations, Repeat, Step, Test, comparable};
use crate::subject;

/// A sentence with the classes of its tokens.
pub(crate) struct Site<'a> {
    text: &'a Analysis,
    tree: &'a Tree<'a>,
    classes: &'a [u64],
}

impl<'a> Site<'a> {
    /// A sentence of a text; of a token's classes, bit i tells the i-th, and tokens past the slice have none.
    pub fn new(text: &'a Analysis, tree: &'a Tree<'a>, classes: &'a [u64]) -> Site<'a> {
        Site { text, tree, classes }
    }

    /// Whether a test holds of a token.
    pub fn holds(&self, test: &Test, token: usize) -> bool {
        let Some(it) = self.tree.tokens().get(token) else { return false };
        match test {
            Test::Any => true,
            Test::All(tests) => tests.iter().all(|test| self.holds(test, token)),
            Test::Either(tests) => tests.iter().any(|test| self.holds(test, token)),
            Test::Not(test) => !self.holds(test, token),
            Test::Lemma(words) => among(&it.lemma, words),
            Test::Word(words) => among(self.text.form(it), words),
            Test::Form(words) => words.iter().any(|word| word == self.text.form(it)),
            Test::Xpos(tags) => tags.iter().any(|tag| tag == it.xpos),
            Test::Upos(upos) => it.upos == *upos,
            Test::Class(class) => self.classes.get(token).is_some_and(|bits| bits >> class & 1 == 1),
            Test::Relation(relations) => relations.holds(it.relation),
            Test::Case(phrases) => self.case(token, phrases),
            Test::Determiner(words) => {
                self.tree.dependents(token, &["det"]).any(|d| among(self.form(d), words))
            }
            Test::Has(path) => !self.ends(&[token], path).is_empty(),
        }
    }

    /// Where a path leads from some tokens: those at its end that pass its test, in text order.
    pub fn ends(&self, from: &[usize], path: &Path) -> Vec<usize> {
        let mut here = from.to_vec();
        for (number, step) in path.steps.iter().enumerate() {
            let last = number + 1 == path.steps.len();
            here = match step.hop {
                Hop::Subject => self.subjects(&here, &step.test, last.then_some(&path.test)),
                _ => self.step(&here, step),
            };
        }
        here.retain(|token| self.holds(&path.test, *token));
        here
    }

    /// For each token the first of its possible subjects that passes the tests.
    fn subjects(&self, from: &[usize], test: &Test, last: Option<&Test>) -> Vec<usize> {
        let fits = |t: &usize| self.holds(test, *t) && last.is_none_or(|test| self.holds(test, *t));
        let first = |&token: &usize| subject::subjects(self.tree, token).into_iter().find(fits);
        let mut reached: Vec<usize> = from.iter().filter_map(first).collect();
        reached.sort_unstable();
        reached.dedup();
        reached
    }

    fn step(&self, from: &[usize], step: &Step) -> Vec<usize> {
        let mut reached = match step.repeat {
            Repeat::Once | Repeat::Optional => self.hops(from, &step.hop),
            Repeat::Star | Repeat::Plus => self.closure(from, &step.hop),
        };
        if matches!(step.repeat, Repeat::Optional | Repeat::Star) {
            reached.extend_from_slice(from);
        }
        reached.sort_unstable();
        reached.dedup();
        reached.retain(|token| self.holds(&step.test, *token));
        reached
    }

    fn hops(&self, from: &[usize], hop: &Hop) -> Vec<usize> {
        let mut reached = Vec::new();
        for token in from {
            self.hop(*token, hop, &mut reached);
        }
        reached
    }

    /// All that one or more hops reach; each token is left once, so that even a tree with a ring in it ends.
    fn closure(&self, from: &[usize], hop: &Hop) -> Vec<usize> {
        let mut seen = vec![false; self.tree.tokens().len()];
        let mut reached = Vec::new();
        let mut frontier = from.to_vec();
        while let Some(token) = frontier.pop() {
            let known = reached.len();
            self.hop(token, hop, &mut reached);
            let fresh = reached.split_off(known);
            for token in fresh {
                if !std::mem::replace(&mut seen[token], true) {
                    reached.push(token);
                    frontier.push(token);
                }
            }
        }
        reached
    }

    /// Appends the tokens one hop away; all of them are tokens of the sentence.
    fn hop(&self, token: usize, hop: &Hop, reached: &mut Vec<usize>) {
        let count = self.tree.tokens().len();
        match hop {
            Hop::Down(relations) => {
                let children = self.tree.children(token).iter().copied();
                reached.extend(children.filter(|&child| relations.holds(self.token(child).relation)));
            }
            Hop::Up(relations) => reached.extend(self.head(token, relations)),
            Hop::Right { least, most } => reached.extend(token + least..(token + most + 1).min(count)),
            Hop::Left { least, most } => {
                reached.extend(token.saturating_sub(*most)..(token + 1).saturating_sub(*least));
            }
            Hop::Sentence => reached.extend(0..count),
            Hop::Subject => reached.extend(self.subjects(&[token], &Test::Any, None)),
        }
    }

    fn head(&self, token: usize, relations: &Relations) -> Option<usize> {
        self.tree.head(token).filter(|_| relations.holds(self.token(token).relation))
    }

    fn token(&self, token: usize) -> &'a Token {
        &self.tree.tokens()[token]
    }

    fn form(&self, token: usize) -> &'a str {
        self.text.form(self.token(token))
    }

    /// Whether a token is marked by one of the phrases. The words before a marker may belong to the phrase, since
    /// "together" in "together with her" is now a part of the marker, now an adverb.
    fn case(&self, token: usize, phrases: &[Vec<String>]) -> bool {
        self.tree.dependents(token, &["case"]).any(|marker| {
            let end = self.end_of_fixed(marker);
            phrases.iter().any(|phrase| phrase.len() >= end - marker && self.words_end_at(end, phrase))
        })
    }

    /// One past the last word of a fixed expression that begins with this token.
    fn end_of_fixed(&self, first: usize) -> usize {
        self.tree.dependents(first, &["fixed"]).map(|word| word + 1).fold(first + 1, usize::max)
    }

    fn words_end_at(&self, end: usize, words: &[String]) -> bool {
        let Some(start) = end.checked_sub(words.len()) else { return false };
        let Some(tokens) = self.tree.tokens().get(start..end) else { return false };
        tokens.iter().zip(words).all(|(token, word)| same(self.text.form(token), word))
    }
}

fn among(word: &str, words: &[String]) -> bool {
    words.iter().any(|other| same(word, other))
}

/// Whether a word is another, given as comparisons see it; only words that are not ASCII take the slow way.
fn same(word: &str, other: &str) -> bool {
    word == other
        || word.eq_ignore_ascii_case(other)
        || (!word.is_ascii() && comparable(word).eq(other.chars()))
}
