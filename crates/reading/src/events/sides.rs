//! The sides of a contact as the syntax has them that a rule matches: who, who began it, and whether all were together.

use std::collections::BTreeSet;

use daybook_grammar::Match;
use daybook_record::{Kind, PartyKind};

use crate::events::details::many_sided;
use crate::events::telling::Scene;
use crate::parties::cast::Id;
use crate::parties::mention::What;
use crate::syntax::document::{At, Line};

/// The sides of a contact.
#[derive(Debug, Clone)]
pub(crate) struct ToldSides {
    /// Initiators where `directed`, else the side named first.
    pub one: Vec<Id>,
    /// Recipients where `directed`, else the other side.
    pub other: Vec<Id>,
    /// Whether the words tell who called, wrote or travelled.
    pub directed: bool,
    /// Whether all are in one contact, and not each of `other` in one of their own.
    pub together: bool,
    /// Whether words say that they were: "together", "three-way".
    pub is_joint: bool,
}

impl ToldSides {
    /// Whether both are named, or several who were together.
    pub fn are_whole(&self) -> bool {
        !self.one.is_empty() && !self.other.is_empty() || self.together && self.one.len() > 1
    }
}

impl Scene<'_, '_> {
    /// The sides that a match of a rule of contacts captures.
    pub fn sides(&self, line: usize, found: &Match<'_>) -> ToldSides {
        let here = &self.document.lines[line];
        let trigger = found.trigger();
        let kind = Kind::named(&found.rule.yields).unwrap_or(Kind::Unspecified);
        let companions = self.companions(here, found);
        let side = |names: &[&str]| {
            let captured = names.iter().flat_map(|n| found.all(n).to_vec());
            let along = if names.contains(&"one") { companions.as_slice() } else { &[] };
            let apart = captured.filter(|t| along.contains(t) || !companions.contains(t));
            self.joined_at(line, apart.chain(along.iter().copied()))
        };
        let mut one = side(&["initiator", "one", "all"]);
        let mut other = side(&["recipient", "other"]);
        other.extend(side(&["host"]).into_iter().filter(|id| !one.contains(id)));
        one.retain(|id| !other.contains(id) || found.get("recipient").is_none());
        other.retain(|id| !one.contains(id));
        let is_joint = self.joined(here, trigger);
        let together =
            kind == Kind::Gathering || other.is_empty() || is_joint || self.one_sitting(here, trigger, kind);
        ToldSides {
            one,
            other,
            together,
            is_joint,
            directed: found.rule.with.get("direction").is_some_and(|d| d == "told"),
        }
    }

    /// "He, along with her, met them": those who come along, told before the verb.
    fn companions(&self, line: &Line<'_>, found: &Match<'_>) -> Vec<usize> {
        let along = |&t: &usize| {
            let mut words = line.dependents(t, &["case", "advmod"]).map(|c| line.form(c).to_lowercase());
            t < found.trigger() && words.any(|w| w == "along" || w == "together")
        };
        let subjects = found.all("one").iter().chain(found.all("initiator"));
        let below = subjects.flat_map(|&s| line.dependents(s, &["nmod"]).collect::<Vec<_>>());
        found.all("other").iter().copied().chain(below).filter(along).collect()
    }

    /// The principals at the captured tokens and at those joined to them by "and".
    fn joined_at(&self, line: usize, tokens: impl Iterator<Item = usize>) -> Vec<Id> {
        let here = &self.document.lines[line];
        let mut ids: Vec<Id> = Vec::new();
        let mut seen = BTreeSet::new();
        let mut stack: Vec<usize> = tokens.collect();
        stack.reverse();
        while let Some(token) = stack.pop() {
            if !seen.insert(token) {
                continue;
            }
            let at = At { line, token };
            for &id in self.cast.at(at).iter().filter(|&&id| self.cast.entities[id].principal) {
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
            let joined = here.dependents(token, &["conj"]).filter(|&o| !self.same_bearer(line, token, o));
            let beside =
                here.dependents(token, &["appos"]).filter(|&a| self.another(at, At { line, token: a }));
            let mut next: Vec<usize> = joined.chain(beside).collect();
            next.reverse();
            stack.extend(next);
        }
        ids
    }

    /// "The president and head of the department": a second office without an article of its own has the same bearer.
    fn same_bearer(&self, line: usize, first: usize, second: usize) -> bool {
        let here = &self.document.lines[line];
        let what = |token| self.cast.mention_at(At { line, token }).map(|m| &self.cast.mentions[m].what);
        let article = |token: usize| here.dependents(token, &["det"]).next().is_some();
        let bare = match what(second) {
            Some(What::Office(title)) => !title.plural && !title.counterpart && title.countries.is_empty(),
            _ => false,
        };
        let titled = matches!(what(first), Some(What::Office(_) | What::Person { .. }));
        bare && titled && article(first) && !article(second)
    }

    /// Whether an apposition is a second person and not a description of the first.
    fn another(&self, first: At, second: At) -> bool {
        let named = |at: At| {
            self.cast
                .at(at)
                .first()
                .filter(|&&id| {
                    self.cast.entities[id].kind == PartyKind::Person && self.cast.entities[id].name.is_some()
                })
                .copied()
        };
        matches!((named(first), named(second)), (Some(a), Some(b)) if a != b)
    }

    /// "A trilateral meeting", "a conference call", "spoke together", "hosted them for three-way talks": all on one occasion.
    fn joined(&self, line: &Line<'_>, trigger: usize) -> bool {
        let mut near = line.dependents(trigger, &["amod", "compound", "advmod"]);
        near.any(|c| self.lexicon.events.joint.contains(&line.form(c).to_lowercase()))
            || many_sided(line, trigger, self.lexicon)
    }

    /// "Held a call with A and B": what is told in the singular is one occasion, unless they are said to have been apart.
    fn one_sitting(&self, line: &Line<'_>, trigger: usize, kind: Kind) -> bool {
        let spoken = matches!(kind, Kind::Call | Kind::VideoCall | Kind::Meeting | Kind::Unspecified);
        let article = |&c: &usize| matches!(line.form(c).to_lowercase().as_str(), "a" | "an");
        let single =
            line.token(trigger).xpos == "NN" && line.dependents(trigger, &["det"]).any(|c| article(&c));
        spoken && single && !self.told_apart(line, trigger)
    }

    /// "Spoke separately with A and B".
    pub(super) fn told_apart(&self, line: &Line<'_>, trigger: usize) -> bool {
        let mut near = line.children(trigger).iter().chain(line.children(line.clause(trigger)));
        near.any(|&c| self.lexicon.events.separate.contains(&line.form(c).to_lowercase()))
    }
}
