//! A sentence as rules see it: tests of its tokens, walks along its tree.

use std::cell::OnceCell;

use daybook_language::{Analysis, Sentence, Token};

use crate::pattern::{Hop, Path, Relations, Repeat, Step, Test, fold};
use crate::subject;

/// A sentence with the classes of its tokens.
pub(crate) struct Site<'a> {
    pub text: &'a Analysis,
    pub sentence: &'a Sentence,
    classes: &'a [u64],
    /// Heads with their dependents, sorted; made when first asked for, since most sentences hold no trigger.
    edges: OnceCell<Vec<(usize, usize)>>,
}

impl<'a> Site<'a> {
    /// A sentence of a text; of a token's classes, bit i tells the i-th, and tokens past the slice have none.
    pub fn new(text: &'a Analysis, sentence: &'a Sentence, classes: &'a [u64]) -> Site<'a> {
        Site { text, sentence, classes, edges: OnceCell::new() }
    }

    /// Whether a test holds of a token.
    pub fn holds(&self, test: &Test, token: usize) -> bool {
        let Some(it) = self.sentence.tokens.get(token) else { return false };
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
                self.dependents(token).any(|(_, d)| is(d, "det") && among(self.text.form(d), words))
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
        let dependents = |token: usize| self.dependents(token).map(|(d, _)| d).collect::<Vec<_>>();
        let fits = |t: &usize| self.holds(test, *t) && last.is_none_or(|test| self.holds(test, *t));
        let first = |&token: &usize| {
            let known = token < self.sentence.tokens.len();
            let subjects =
                if known { subject::subjects(self.sentence, &dependents, token) } else { Vec::new() };
            subjects.into_iter().find(fits)
        };
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
        let mut seen = vec![false; self.sentence.tokens.len()];
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
        let count = self.sentence.tokens.len();
        match hop {
            Hop::Down(relations) => {
                let fit = self.dependents(token).filter(|(_, it)| relations.holds(it.relation));
                reached.extend(fit.map(|(dependent, _)| dependent));
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
        let it = self.sentence.tokens.get(token)?;
        it.head.filter(|head| *head < self.sentence.tokens.len() && relations.holds(it.relation))
    }

    /// The dependents of a token in text order.
    fn dependents(&self, head: usize) -> impl Iterator<Item = (usize, &Token)> {
        let edges = self.edges.get_or_init(|| edges(self.sentence));
        let first = edges.partition_point(|edge| edge.0 < head);
        edges[first..]
            .iter()
            .take_while(move |edge| edge.0 == head)
            .filter_map(|edge| Some((edge.1, self.sentence.tokens.get(edge.1)?)))
    }

    /// Whether a token is marked by one of the phrases. The words before a marker may belong to the phrase, since
    /// "together" in "together with her" is now a part of the marker, now an adverb.
    fn case(&self, token: usize, phrases: &[Vec<String>]) -> bool {
        self.dependents(token).filter(|(_, it)| is(it, "case")).any(|(marker, _)| {
            let end = self.end_of_fixed(marker);
            phrases.iter().any(|phrase| phrase.len() >= end - marker && self.words_end_at(end, phrase))
        })
    }

    /// One past the last word of a fixed expression that begins with this token.
    fn end_of_fixed(&self, first: usize) -> usize {
        let words = self.dependents(first).filter(|(_, it)| is(it, "fixed"));
        words.map(|(word, _)| word + 1).fold(first + 1, usize::max)
    }

    fn words_end_at(&self, end: usize, words: &[String]) -> bool {
        let Some(start) = end.checked_sub(words.len()) else { return false };
        let Some(tokens) = self.sentence.tokens.get(start..end) else { return false };
        tokens.iter().zip(words).all(|(token, word)| same(self.text.form(token), word))
    }
}

fn edges(sentence: &Sentence) -> Vec<(usize, usize)> {
    let dependents = sentence.tokens.iter().enumerate();
    let mut edges: Vec<(usize, usize)> = dependents.filter_map(|(i, token)| Some((token.head?, i))).collect();
    edges.sort_unstable();
    edges
}

fn is(token: &Token, relation: &str) -> bool {
    token.relation.split(':').next() == Some(relation)
}

fn among(word: &str, folded: &[String]) -> bool {
    folded.iter().any(|other| same(word, other))
}

fn same(word: &str, folded: &str) -> bool {
    word == folded || word.eq_ignore_ascii_case(folded) || (!word.is_ascii() && fold(word).eq(folded.chars()))
}
