//! Decodes parts of attributions, each linked to its cue, and words that tell events.

use std::ops::Range;

use super::encoder::{AnswerColumns, Answers};
use super::scores::dot;
use super::tag_order::TagOrder;
use crate::analysis::{Attribution, AttributionRole, Event};

impl Attribution {
    /// The same part behind so many tokens and so many parts.
    pub(crate) fn shifted(&self, tokens: usize, parts: usize) -> Attribution {
        let Range { start, end } = self.tokens;
        Attribution {
            tokens: start + tokens..end + tokens,
            role: self.role,
            cue: self.cue.map(|cue| cue + parts),
        }
    }
}

/// The parts of attributions in a sentence of `words` words.
pub(crate) fn parts(
    answers: &Answers,
    columns: &AnswerColumns,
    words: usize,
    order: &TagOrder,
) -> Vec<Attribution> {
    let scores: Vec<&[f32]> = (1..=words).map(|row| answers.get(row, &columns.attribution)).collect();
    let part = |(tokens, kind)| Some(Attribution { tokens, role: role_of(kind)?, cue: None });
    let mut parts: Vec<Attribution> = order.runs(&order.best(&scores)).into_iter().filter_map(part).collect();
    let links: Vec<Option<(usize, f32)>> =
        (0..parts.len()).map(|i| link(answers, columns, &parts, i)).collect();
    for (i, link) in links.iter().enumerate() {
        let Some((cue, score)) = *link else { continue };
        // A cue has one source: of several the likeliest.
        let rival = |j: usize| {
            parts[j].role == AttributionRole::Source
                && links[j].is_some_and(|(c, s)| c == cue && (s > score || s == score && j < i))
        };
        if parts[i].role == AttributionRole::Content || !(0..parts.len()).any(rival) {
            parts[i].cue = Some(cue);
        }
    }
    parts
}

fn role_of(label: &str) -> Option<AttributionRole> {
    match label {
        "Source" => Some(AttributionRole::Source),
        "Cue" => Some(AttributionRole::Cue),
        "Content" => Some(AttributionRole::Content),
        _ => None,
    }
}

/// The cue of a source or content with its score, by the mean over the part's words; `None` where it stands elsewhere.
fn link(answers: &Answers, columns: &AnswerColumns, parts: &[Attribution], i: usize) -> Option<(usize, f32)> {
    if parts[i].role == AttributionRole::Cue {
        return None;
    }
    let score = |row: usize| {
        let head = answers.get(row, &columns.link_head);
        let rows = parts[i].tokens.clone().map(|token| token + 1);
        rows.map(|dependent| dot(answers.get(dependent, &columns.link_dep), head)).sum::<f32>()
    };
    let mut best = (None, score(0));
    for (cue, part) in parts.iter().enumerate().filter(|(_, p)| p.role == AttributionRole::Cue) {
        let here = score(part.tokens.start + 1);
        if here > best.1 {
            best = (Some(cue), here);
        }
    }
    best.0.map(|cue| (cue, best.1 / parts[i].tokens.len() as f32))
}

/// The least score, as the logarithm of the odds, with which a word is kept as one that may tell an event.
const MIN_EVENT_SCORE: f32 = -4.0;

/// The words that may tell events: the first column says how likely a word does, the second how factual the event is.
pub(crate) fn events(answers: &Answers, columns: &AnswerColumns, words: usize) -> Vec<Event> {
    let event = |token: usize| match answers.get(token + 1, &columns.event) {
        [score, factuality, ..] if *score > MIN_EVENT_SCORE => {
            Some(Event { token, likely: *score > 0.0, factuality: *factuality })
        }
        _ => None,
    };
    (0..words).filter_map(event).collect()
}
