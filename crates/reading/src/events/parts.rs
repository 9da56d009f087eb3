//! Whom and what the words mean that the model takes for parts of a contact: parties, places, sources.

use std::collections::BTreeSet;
use std::ops::Range;

use daybook_language::{Frame, FramePart, Upos};
use daybook_record::{PartyKind, Role, Span};

use crate::events::details::phrase;
use crate::events::from_frame::LIKELY;
use crate::events::labels::{PartLabel, SchemaLabels};
use crate::events::telling::{Scene, ToldParty, ToldPlace};
use crate::parties::cast::Id;
use crate::parties::mention::What;
use crate::syntax::document::At;
use crate::times::phrases;

/// A party that only other sentences name has to be surer, since it fills a side that nobody told.
const LIKELY_ELSEWHERE: f32 = 0.4;

impl Scene<'_, '_> {
    /// The runs of words of a line that play a part.
    pub(super) fn runs(&self, line: usize, parts: &[FramePart], label: PartLabel) -> Vec<Range<usize>> {
        runs(self.labels, line, parts, label)
    }

    /// The first run of words that rather plays a part than not; where there is none, the likeliest other words.
    pub(super) fn best_run(
        &self,
        line: usize,
        parts: &[FramePart],
        label: PartLabel,
    ) -> Option<Range<usize>> {
        let first = self.runs(line, parts, label).into_iter().next();
        first.or_else(|| {
            let own = |p: &&FramePart| self.labels.is(p, label) && p.place.sentence == line;
            let some: BTreeSet<usize> = parts.iter().filter(own).map(|p| p.place.token).collect();
            let best =
                parts.iter().filter(own).max_by(|a, b| a.probability.total_cmp(&b.probability))?.place.token;
            let start = (0..=best).rev().take_while(|t| some.contains(t)).last().unwrap_or(best);
            let end = (best..).take_while(|t| some.contains(t)).count() + best;
            Some(start..end)
        })
    }

    /// The runs of words that play a part in a frame, by the name of the part: its line, its tokens, and how surely.
    pub fn runs_by_part(&self, frame: &Frame) -> Vec<(&'static str, usize, Range<usize>, f32)> {
        let line = frame.trigger.sentence;
        let mut found = Vec::new();
        for (label, name) in PartLabel::NAMED {
            let of_run = |run: &Range<usize>| {
                let own = |p: &&FramePart| {
                    self.labels.is(p, label) && run.contains(&p.place.token) && p.place.sentence == line
                };
                mean(frame.parts.iter().filter(own).map(|p| p.probability))
            };
            found.extend(
                self.runs(line, &frame.parts, label)
                    .into_iter()
                    .map(|run| (name, line, run.clone(), of_run(&run))),
            );
        }
        found
    }

    pub(super) fn tokens(&self, line: usize, parts: &[FramePart], label: PartLabel) -> Vec<usize> {
        tokens(self.labels, line, parts, label)
    }

    /// The entities that the words of parties stand for; where these are fewer than two, those of the likeliest other words.
    pub(super) fn parties(&self, line: usize, parts: &[FramePart]) -> Vec<ToldParty> {
        let mut found = Vec::new();
        for run in self.runs(line, parts, PartLabel::Party) {
            self.add_parties(line, parts, &run, &mut found);
        }
        let mut others: Vec<&FramePart> = parts
            .iter()
            .filter(|p| {
                self.labels.is(p, PartLabel::Party) && p.place.sentence == line && p.probability < LIKELY
            })
            .collect();
        others.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        for other in others {
            let token = other.place.token;
            if found.len() < 2 && !self.is_group(line, parts) {
                self.add_parties(line, parts, &(token..token + 1), &mut found);
            }
        }
        if found.len() > 2 {
            self.drop_described(line, &mut found);
        }
        found
    }

    /// "Her envoy", "negotiators of both movements", "the minister, Jane Doe": words that only say more of another party are none.
    fn drop_described(&self, line: usize, parties: &mut Vec<ToldParty>) {
        let here = &self.document.lines[line];
        let tokens: Vec<Range<usize>> = parties.iter().map(|p| here.tokens_at(p.span)).collect();
        let is_named = |at: usize| {
            let entity = &self.cast.entities[parties[at].id];
            entity.kind == PartyKind::Person && entity.name.is_some()
        };
        let mut dropped: BTreeSet<usize> = BTreeSet::new();
        for at in (0..parties.len()).filter(|&at| !tokens[at].is_empty()) {
            let head = phrases::head_of(here, &tokens[at]);
            let Some(above) = here.head(head) else { continue };
            let Some(other) = (0..parties.len()).find(|&o| o != at && tokens[o].contains(&above)) else {
                continue;
            };
            match here.relation(head) {
                "nmod"
                    if here.token(head).relation == "nmod:poss"
                        || !is_named(at)
                            && !matches!(here.marker(head).as_str(), "with" | "and" | "along with") =>
                {
                    dropped.insert(at);
                }
                "appos" | "flat" | "compound" if !is_named(at) => {
                    dropped.insert(at);
                }
                "appos" | "flat" if !is_named(other) => {
                    dropped.insert(other);
                }
                _ => {}
            }
        }
        if parties.len() - dropped.len() > 1 {
            let mut number = 0..;
            parties.retain(|_| number.next().is_none_or(|at| !dropped.contains(&at)));
        }
    }

    fn add_parties(&self, line: usize, parts: &[FramePart], run: &Range<usize>, found: &mut Vec<ToldParty>) {
        let of_run = |p: &&FramePart| {
            self.labels.is(p, PartLabel::Party) && run.contains(&p.place.token) && p.place.sentence == line
        };
        let of_run: Vec<&FramePart> = parts.iter().filter(of_run).collect();
        for (id, span) in self.entities(line, run) {
            if found.iter().all(|p| p.id != id) {
                let sure = mean(of_run.iter().map(|p| p.probability));
                found.push(ToldParty {
                    id,
                    sure,
                    roles: self.roles(&of_run),
                    span,
                    by_name: self.is_by_name(line, id),
                });
            }
        }
    }

    fn roles(&self, parts: &[&FramePart]) -> Vec<(Role, f32)> {
        let mut roles: Vec<(Role, f32)> = Vec::new();
        for (role, sure) in parts.iter().flat_map(|p| self.labels.roles(p)) {
            match roles.iter_mut().find(|(known, _)| *known == role) {
                Some((_, sum)) => *sum += sure / parts.len() as f32,
                None => roles.push((role, sure / parts.len() as f32)),
            }
        }
        roles
    }

    /// Whom the mentions that a run of words touches mean; of mentions within each other the one that the run reaches.
    pub(super) fn entities(&self, line: usize, run: &Range<usize>) -> Vec<(Id, Span)> {
        let here = &self.document.lines[line];
        let touched: Vec<usize> = (0..self.cast.mentions.len())
            .filter(|&m| run.clone().any(|token| self.cast.is_reached(m, At { line, token })))
            .collect();
        let nested = |&m: &usize| {
            let inner = &self.cast.mentions[m].tokens;
            touched.iter().any(|&o| {
                let outer = &self.cast.mentions[o].tokens;
                o != m && outer.start <= inner.start && inner.end <= outer.end && outer.len() > inner.len()
            })
        };
        let kept = touched.iter().filter(|m| !nested(m));
        kept.flat_map(|&m| {
            let span = here.span(self.cast.mentions[m].tokens.clone());
            self.cast.means[m].iter().map(move |&id| (id, span))
        })
        .collect()
    }

    /// The two named last before a word for all parties.
    pub(super) fn pair(&self, line: usize, parts: &[FramePart]) -> Vec<Id> {
        let tokens = self.tokens(line, parts, PartLabel::Party);
        let mentions = tokens.into_iter().filter_map(|token| self.cast.mention_at(At { line, token }));
        mentions.into_iter().find_map(|m| self.cast.pairs.get(&m)).cloned().unwrap_or_default()
    }

    /// "They", "the two leaders": words for all parties, whoever they are.
    pub(super) fn is_group(&self, line: usize, parts: &[FramePart]) -> bool {
        self.tokens(line, parts, PartLabel::Party).iter().any(|&token| {
            let mention = self.cast.mention_at(At { line, token });
            mention.is_some_and(|m| match self.cast.mentions[m].what {
                What::Group => true,
                What::Pronoun => self.cast.means[m].is_empty(),
                _ => false,
            })
        })
    }

    pub(super) fn elsewhere(&self, line: usize, parts: &[FramePart], named: &[ToldParty]) -> Vec<ToldParty> {
        let mut found: Vec<ToldParty> = Vec::new();
        for part in parts
            .iter()
            .filter(|p| self.labels.is(p, PartLabel::Elsewhere) && p.probability >= LIKELY_ELSEWHERE)
        {
            let token = part.place.token;
            if part.place.sentence == line {
                continue;
            }
            for (id, span) in self.entities(part.place.sentence, &(token..token + 1)) {
                if named.iter().any(|p| p.id == id) {
                    continue;
                }
                match found.iter_mut().find(|p| p.id == id) {
                    Some(known) => known.sure = known.sure.max(part.probability),
                    None => found.push(ToldParty {
                        id,
                        sure: part.probability,
                        roles: vec![(Role::Participant, 1.0)],
                        span,
                        by_name: true,
                    }),
                }
            }
        }
        found
    }

    pub(super) fn present(&self, line: usize, parts: &[FramePart]) -> Vec<(Id, Span)> {
        self.runs(line, parts, PartLabel::Present).iter().flat_map(|run| self.entities(line, run)).collect()
    }

    /// The words of a place, without what leads them in.
    pub(super) fn place(&self, line: usize, parts: &[FramePart]) -> Option<ToldPlace> {
        let here = &self.document.lines[line];
        let mut run = self.best_run(line, parts, PartLabel::Place)?;
        while run.len() > 1 && matches!(here.upos(run.start), Upos::Adp | Upos::Punct) {
            run.start += 1;
        }
        while run.len() > 1 && matches!(here.upos(run.end - 1), Upos::Adp | Upos::Punct | Upos::Det) {
            run.end -= 1;
        }
        if !run.clone().any(|t| matches!(here.upos(t), Upos::Noun | Upos::Propn | Upos::Num)) {
            return None;
        }
        let state = |t: usize| {
            let mention = &self.cast.mentions[self.cast.mention_at(At { line, token: t })?];
            match &mention.what {
                What::State { code, capital, .. } => {
                    Some((code.clone(), !capital && mention.tokens.len() + 1 >= run.len()))
                }
                _ => None,
            }
        };
        let state = run.clone().find_map(state);
        Some(ToldPlace {
            words: here.words(run.clone()),
            span: here.span(run.clone()),
            is_state: state.as_ref().is_some_and(|(_, whole)| *whole),
            country: state.map(|(code, _)| code),
        })
    }

    pub(super) fn sources(&self, line: usize, parts: &[FramePart]) -> Vec<(Option<Id>, String, Span)> {
        let here = &self.document.lines[line];
        let mut found = Vec::new();
        for run in self.runs(line, parts, PartLabel::Source) {
            let meant = self.entities(line, &run);
            match meant.first() {
                Some(&(id, span)) => {
                    let entity = &self.cast.entities[id];
                    let name = entity
                        .name
                        .clone()
                        .or(entity.office.clone())
                        .unwrap_or_else(|| here.words(run.clone()));
                    found.push((Some(id), name, span));
                }
                None if run.clone().all(|t| here.upos(t) == Upos::Pron) => {}
                None => {
                    let head = run
                        .clone()
                        .find(|&t| here.head(t).is_none_or(|h| !run.contains(&h)))
                        .unwrap_or(run.start);
                    let (words, span) = phrase(here, head);
                    found.push((None, words, span));
                }
            }
        }
        found
    }
}

/// The runs of words that stand for parties, each with its line and how surely it does.
pub(crate) fn party_runs(frames: &[Frame], labels: &SchemaLabels) -> Vec<(usize, Range<usize>, f32)> {
    let told = frames.iter().filter(|f| f.probability >= LIKELY);
    let of_frame = |f: &Frame| {
        let line = f.trigger.sentence;
        let sure = |run: &Range<usize>| {
            let own = |p: &&FramePart| {
                labels.is(p, PartLabel::Party) && run.contains(&p.place.token) && p.place.sentence == line
            };
            mean(f.parts.iter().filter(own).map(|p| p.probability))
        };
        let found = runs(labels, line, &f.parts, PartLabel::Party).into_iter();
        found.map(|run| (line, run.clone(), sure(&run))).collect::<Vec<_>>()
    };
    told.flat_map(of_frame).collect()
}

/// The runs of words of a line that play a part.
fn runs(labels: &SchemaLabels, line: usize, parts: &[FramePart], label: PartLabel) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for token in tokens(labels, line, parts, label) {
        match runs.last_mut() {
            Some(run) if run.end == token => run.end = token + 1,
            _ => runs.push(token..token + 1),
        }
    }
    runs
}

fn tokens(labels: &SchemaLabels, line: usize, parts: &[FramePart], label: PartLabel) -> Vec<usize> {
    let likely = |p: &&FramePart| labels.is(p, label) && p.probability >= LIKELY && p.place.sentence == line;
    parts.iter().filter(likely).map(|p| p.place.token).collect()
}

fn mean(values: impl Iterator<Item = f32>) -> f32 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}
