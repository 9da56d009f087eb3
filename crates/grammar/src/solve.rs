//! Tries a rule at a token that may be its trigger: gives the match, or the line that found nothing.

use crate::Rule;
use crate::pattern::{Clause, Pattern, Purpose, Quantity, Way};
use crate::site::Site;

/// A rule that fits at a token of a sentence.
#[derive(Debug, Clone)]
pub struct Match<'g> {
    /// The rule.
    pub rule: &'g Rule,
    /// The tokens of each capture, by slot.
    bound: Vec<Vec<usize>>,
}

impl<'g> Match<'g> {
    /// The trigger's token, as an index into the sentence.
    pub fn trigger(&self) -> usize {
        self.bound.first().and_then(|tokens| tokens.first()).copied().unwrap_or_default()
    }

    /// The first token of a capture; nothing if it took none or the rule has no such capture.
    pub fn get(&self, capture: &str) -> Option<usize> {
        self.all(capture).first().copied()
    }

    /// The tokens of a capture in text order.
    pub fn all(&self, capture: &str) -> &[usize] {
        let slot = self.rule.pattern.captures.iter().position(|name| name == capture);
        slot.and_then(|slot| self.bound.get(slot)).map_or(&[], Vec::as_slice)
    }

    /// Which line of the rule took which tokens, in the order of the lines; captures without a token are left out.
    pub fn why(&self) -> Vec<Binding<'_>> {
        let pattern = &self.rule.pattern;
        let first = (0, pattern.trigger.line, pattern.trigger.source.as_str());
        let others = pattern.clauses.iter().filter_map(|clause| match clause.purpose {
            Purpose::Capture { slot, .. } => Some((slot, clause.line, clause.source.as_str())),
            _ => None,
        });
        std::iter::once(first)
            .chain(others)
            .filter_map(|(slot, line, source)| {
                let (capture, tokens) = (pattern.captures.get(slot)?, self.bound.get(slot)?);
                (!tokens.is_empty()).then_some(Binding { line, source, capture, tokens })
            })
            .collect()
    }
}

/// What one line of a rule took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding<'m> {
    /// Line of the rule's file, from 1.
    pub line: usize,
    /// The line itself.
    pub source: &'m str,
    /// The capture it fills.
    pub capture: &'m str,
    /// The tokens it took, in text order.
    pub tokens: &'m [usize],
}

/// Tries a rule at a token whose trigger test holds; else the first clause that could not be met.
pub(crate) fn solve<'g>(rule: &'g Rule, site: &Site<'_>, token: usize) -> Result<Match<'g>, &'g Clause> {
    let pattern = &rule.pattern;
    let mut bound = Bound { tokens: vec![Vec::new(); pattern.captures.len()], share: pattern.share };
    bound.set(0, vec![token]);
    for clause in &pattern.clauses {
        if !bound.meet(clause, site) {
            return Err(clause);
        }
    }
    Ok(Match { rule, bound: bound.tokens })
}

/// Whether a token is fit to trigger a rule.
pub(crate) fn triggers(pattern: &Pattern, site: &Site<'_>, token: usize) -> bool {
    pattern.trigger.tests.iter().any(|test| site.holds(test, token))
}

/// What the clauses so far have taken.
struct Bound {
    tokens: Vec<Vec<usize>>,
    share: bool,
}

impl Bound {
    fn meet(&mut self, clause: &Clause, site: &Site<'_>) -> bool {
        let Purpose::Capture { slot, quantity } = clause.purpose else {
            let exists = clause.ways.iter().any(|way| !site.ends(self.of(way.anchor), &way.path).is_empty());
            return exists == (clause.purpose == Purpose::Need);
        };
        let taken = match quantity {
            Quantity::One | Quantity::Optional => self.nearest(clause, site).into_iter().collect(),
            Quantity::Any | Quantity::Several => self.union(clause, site),
        };
        let met = !taken.is_empty() || matches!(quantity, Quantity::Optional | Quantity::Any);
        self.set(slot, taken);
        met
    }

    /// The nearest fit of the first alternative that has one; of two equally near the left one.
    fn nearest(&self, clause: &Clause, site: &Site<'_>) -> Option<usize> {
        clause.ways.iter().find_map(|way| {
            let near = |token: &usize| self.of(way.anchor).iter().map(|a| a.abs_diff(*token)).min();
            self.free(way, site).into_iter().min_by_key(near)
        })
    }

    fn union(&self, clause: &Clause, site: &Site<'_>) -> Vec<usize> {
        let mut all: Vec<usize> = clause.ways.iter().flat_map(|way| self.free(way, site)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The ends of a way that no capture has taken, in text order.
    fn free(&self, way: &Way, site: &Site<'_>) -> Vec<usize> {
        let mut ends = site.ends(self.of(way.anchor), &way.path);
        ends.retain(|token| self.share || !self.tokens.iter().any(|taken| taken.contains(token)));
        ends
    }

    fn of(&self, slot: usize) -> &[usize] {
        self.tokens.get(slot).map_or(&[], Vec::as_slice)
    }

    fn set(&mut self, slot: usize, taken: Vec<usize>) {
        if let Some(tokens) = self.tokens.get_mut(slot) {
            *tokens = taken;
        }
    }
}
