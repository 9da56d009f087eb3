//! Decodes the network's answers on a sentence into tags, one tree with one root, attributions, events and names.

use std::ops::Range;

use super::attributions;
use super::encoder::{AnswerColumns, Answers};
use super::scores::{argmax, dot};
use super::spanning_tree;
use super::tag_order::TagOrder;
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
pub(crate) struct TagOrders {
    pub names: TagOrder,
    pub attributions: TagOrder,
}

/// Reads the answers on a sentence of `words` words.
pub(crate) fn decode(
    answers: &Answers,
    columns: &AnswerColumns,
    words: usize,
    orders: &TagOrders,
) -> Decoded {
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

/// How well each row would do as the head of each word: the biaffine score of Dozat and Manning (2017),
/// whose bilinear form is already part of the dependents' columns.
fn arcs(answers: &Answers, columns: &AnswerColumns, words: usize) -> spanning_tree::Scores {
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

/// The names that a sequence of tags tells of.
pub(crate) fn names(order: &TagOrder, tags: &[usize]) -> Vec<Name> {
    let named = |(tokens, label)| Some(Name { tokens, kind: kind_of(label)? });
    order.runs(tags).into_iter().filter_map(named).collect()
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
