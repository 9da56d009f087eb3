//! Finds the best sequence of tags in which every run is opened before it goes on.

use std::ops::Range;

use super::scores::argmax;

/// Which tag of a head may follow which: `I-X` only `B-X` and `I-X`.
pub(crate) struct TagOrder {
    /// By tag: the tag that opens its kind, or `None` for `O` and those that open.
    opener: Vec<Option<usize>>,
    labels: Vec<&'static str>,
}

impl TagOrder {
    pub fn new(labels: &[&'static str]) -> TagOrder {
        let opener = labels.iter().map(|label| {
            let kind = label.strip_prefix("I-")?;
            labels.iter().position(|l| l.strip_prefix("B-") == Some(kind))
        });
        TagOrder { opener: opener.collect(), labels: labels.to_vec() }
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
}
