//! The network's answers on a sentence to tags, one tree with one root, relations, and names.

use std::ops::Range;

use super::attributions;
use super::encoder::{Answers, Columns};
use super::spanning_tree;
use crate::analysis::{Attribution, Event, Name, NameKind, Upos};

/// What the answers say of a sentence, before relations.
pub(crate) struct Decoded {
    /// Index of each word's best part of speech, in the order of the model's labels.
    pub upos: Vec<usize>,
    /// Index of each word's best Penn tag.
    pub xpos: Vec<usize>,
    /// Row of each word's head: 0 is the root, `i + 1` word `i`.
    pub heads: Vec<usize>,
    /// Index of each word's name tag.
    pub names: Vec<usize>,
    /// The parts of attributions.
    pub attributions: Vec<Attribution>,
    /// The words that tell events.
    pub events: Vec<Event>,
}

/// Which tag may follow which, by head.
pub(crate) struct Orders {
    pub names: Follows,
    pub attributions: Follows,
}

/// Reads the answers on a sentence of `words` words.
pub(crate) fn decode(answers: &Answers, columns: &Columns, words: usize, orders: &Orders) -> Decoded {
    let best = |columns: &Range<usize>| (1..=words).map(|row| argmax(answers.get(row, columns))).collect();
    let scores =
        |columns: &Range<usize>| (1..=words).map(|row| answers.get(row, columns)).collect::<Vec<_>>();
    Decoded {
        upos: best(&columns.upos),
        xpos: best(&columns.xpos),
        heads: spanning_tree::heads(arcs(answers, columns, words)),
        names: orders.names.best(&scores(&columns.name)),
        attributions: attributions::parts(answers, columns, words, &orders.attributions),
        events: attributions::events(answers, columns, words),
    }
}

/// The index of the largest value; the first where several are.
pub(crate) fn argmax(values: &[f32]) -> usize {
    let mut best = 0;
    for (i, value) in values.iter().enumerate() {
        if *value > values[best] {
            best = i;
        }
    }
    best
}

/// How well each row would do as the head of each word: the biaffine score of Dozat and Manning (2017),
/// whose bilinear form is already part of the dependents' columns.
fn arcs(answers: &Answers, columns: &Columns, words: usize) -> spanning_tree::Scores {
    let mut scores = spanning_tree::Scores::new(words);
    for head in 0..=words {
        let (own, bias) = (answers.get(head, &columns.arc_head), answers.get(head, &columns.arc_bias)[0]);
        for dependent in 1..=words {
            let score = dot(answers.get(dependent, &columns.arc_dep), own) + bias;
            scores.set(head, dependent, f64::from(score));
        }
    }
    scores
}

/// The dot product, summed in lanes so that it can be computed side by side, always in the same order.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    const LANES: usize = 16;
    let mut lanes = [0.0f32; LANES];
    let (a, b) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f32 = a.remainder().iter().zip(b.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a.zip(b) {
        for lane in 0..LANES {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            lanes[lane] += lanes[lane + half];
        }
        half /= 2;
    }
    lanes[0] + rest
}

/// Which name tag may follow which: `I-X` only `B-X` and `I-X`.
pub(crate) struct Follows {
    /// By tag: the tag that opens its kind, or `None` for `O` and those that open.
    opener: Vec<Option<usize>>,
    labels: Vec<&'static str>,
}

impl Follows {
    pub fn new(labels: &[&'static str]) -> Follows {
        let opener = labels.iter().map(|label| {
            let kind = label.strip_prefix("I-")?;
            labels.iter().position(|l| l.strip_prefix("B-") == Some(kind))
        });
        Follows { opener: opener.collect(), labels: labels.to_vec() }
    }

    fn allows(&self, before: Option<usize>, tag: usize) -> bool {
        let Some(opener) = self.opener[tag] else { return true };
        before.is_some_and(|b| b == tag || b == opener)
    }

    /// The allowed sequence of tags with the largest sum of scores (Viterbi).
    pub fn best(&self, scores: &[&[f32]]) -> Vec<usize> {
        let mut came: Vec<Vec<usize>> = Vec::new();
        let mut sums: Vec<f32> = Vec::new();
        for row in scores {
            let from = |tag: usize| self.predecessor(&sums, tag);
            let steps: Vec<(usize, f32)> = (0..row.len()).map(from).collect();
            sums = steps.iter().zip(*row).map(|((_, sum), score)| sum + score).collect();
            came.push(steps.into_iter().map(|(before, _)| before).collect());
        }
        let Some(_) = came.first() else { return Vec::new() };
        let mut tags = vec![argmax(&sums)];
        for steps in came[1..].iter().rev() {
            tags.push(steps[tags[tags.len() - 1]]);
        }
        tags.reverse();
        tags
    }

    fn predecessor(&self, sums: &[f32], tag: usize) -> (usize, f32) {
        if sums.is_empty() {
            return (0, if self.allows(None, tag) { 0.0 } else { f32::NEG_INFINITY });
        }
        let scored = |b: usize| if self.allows(Some(b), tag) { sums[b] } else { f32::NEG_INFINITY };
        let scores: Vec<f32> = (0..sums.len()).map(scored).collect();
        let before = argmax(&scores);
        (before, scores[before])
    }

    /// The runs that a sequence of tags tells of, each with its kind.
    pub fn runs(&self, tags: &[usize]) -> Vec<(Range<usize>, &'static str)> {
        let mut runs: Vec<(Range<usize>, &'static str)> = Vec::new();
        for (i, &tag) in tags.iter().enumerate() {
            match self.labels[tag].split_once('-') {
                Some(("B", kind)) => runs.push((i..i + 1, kind)),
                Some((_, kind)) => match runs.last_mut() {
                    Some((run, same)) if run.end == i && *same == kind => run.end = i + 1,
                    _ => {}
                },
                None => {}
            }
        }
        runs
    }

    /// The names that a sequence of tags tells of.
    pub fn names(&self, tags: &[usize]) -> Vec<Name> {
        let named = |(tokens, kind)| Some(Name { tokens, kind: kind_of(kind)? });
        self.runs(tags).into_iter().filter_map(named).collect()
    }
}

fn kind_of(label: &str) -> Option<NameKind> {
    Some(match label {
        "PER" => NameKind::Person,
        "ORG" => NameKind::Organisation,
        "LOC" => NameKind::Place,
        "NORP" => NameKind::Nationality,
        "DATE" => NameKind::Date,
        "TIME" => NameKind::Time,
        "EVENT" => NameKind::Event,
        _ => return None,
    })
}

/// A part of speech by its name in the standard.
pub(crate) fn upos_of(label: &str) -> Upos {
    Upos::ALL.into_iter().find(|u| u.as_str() == label).unwrap_or(Upos::X)
}
