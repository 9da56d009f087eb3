//! Turns each match of a contact rule into a telling: who, how, when, where, and how things stand, as one sentence has it.

use std::collections::BTreeSet;

use daybook_calendar::TimexKind;
use daybook_grammar::Match;
use daybook_language::Upos;
use daybook_record::{Edtf, Kind, PartyKind};

use crate::events::details::{
    before_or_after, count, day_of, definite, evidence, first_or_last, found_tokens, many_sided,
};
use crate::events::modality::speaking::{self};
use crate::events::modality::{self, Modality};
use crate::events::reject;
use crate::events::telling::{Exchange, Scene, Telling};
use crate::parties::cast::Id;
use crate::parties::mention::What;
use crate::syntax::document::{At, Line};
use crate::times::phrases::{self};

/// The parties that a capture leads to.
#[derive(Debug, Default)]
struct CapturedSide {
    ids: Vec<Id>,
    group: bool,
    pair: Vec<Id>,
}

impl Scene<'_, '_> {
    /// The telling of a match; `None` where it tells of no contact.
    pub fn telling(&self, line: usize, found: &Match<'_>) -> Option<Telling> {
        let here = &self.document.lines[line];
        let trigger = found.trigger();
        let at = At { line, token: trigger };
        let kind = Kind::named(&found.rule.yields)?;
        let companions = self.companions(here, found);
        let side = |names: &[&str]| {
            let captured = names.iter().flat_map(|n| found.all(n).to_vec());
            let along = if names.contains(&"one") { companions.as_slice() } else { &[] };
            let apart = captured.filter(|t| along.contains(t) || !companions.contains(t));
            self.side(line, apart.chain(along.iter().copied()))
        };
        let (mut one, mut other) = (side(&["initiator", "one", "all"]), side(&["recipient", "other"]));
        let host = side(&["host"]);
        other.ids.extend(host.ids.into_iter().filter(|id| !one.ids.contains(id)));
        one.ids.retain(|id| !other.ids.contains(id) || found.get("recipient").is_none());
        other.ids.retain(|id| !one.ids.contains(id));
        let directed = found.rule.with.get("direction").is_some_and(|d| d == "told");
        let together = kind == Kind::Gathering
            || other.ids.is_empty()
            || self.joined(here, trigger)
            || self.one_sitting(here, trigger, kind);
        let standing = self.standing(here, trigger, found);
        let mut telling = Telling {
            at,
            rule: found.rule.name.clone(),
            kind,
            exchange: found.rule.with.get("exchange").and_then(|exchange| Exchange::named(exchange)),
            directed,
            together,
            group: one.group || other.group,
            nominal: here.upos(trigger) != Upos::Verb,
            next: self.comes_next(here, trigger),
            clause: here.clause(trigger),
            apart_from: before_or_after(here, trigger, self.lexicon),
            pair: if one.pair.is_empty() { other.pair } else { one.pair },
            definite: definite(here, trigger, self.lexicon),
            several: self.several(here, trigger),
            count: count(here, trigger, self.lexicon),
            standing,
            said: speaking::speaking_verbs(here, trigger, self.lexicon),
            date: None,
            time: None,
            length: None,
            place: self.place(line, trigger),
            topics: self.topics(line, trigger),
            first_or_last: first_or_last(here, trigger, self.lexicon),
            evidence: evidence(here, trigger, &found_tokens(found)),
            one: one.ids,
            other: other.ids,
            joined: None,
        };
        if telling.kind == Kind::Meeting && self.is_gathering(here, &telling) {
            telling.kind = Kind::Gathering;
        }
        // What is discussed has months and years of its own.
        let days_only = found.rule.with.get("dates").is_some_and(|d| d == "days");
        self.date(here, &mut telling, days_only);
        self.recent(here, &mut telling);
        if telling.standing.hypothetical { None } else { reject::sift(self, telling) }
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

    pub(super) fn standing(&self, line: &Line<'_>, trigger: usize, found: &Match<'_>) -> Modality {
        let mut standing = modality::of_event(line, trigger, self.lexicon);
        if let Some(told) = found.rule.with.get("status").and_then(|status| status.parse().ok()) {
            standing = Modality { status: told, open: false, ..standing };
        }
        standing
    }

    /// The entities at the captured tokens and at those joined to them by "and".
    fn side(&self, line: usize, tokens: impl Iterator<Item = usize>) -> CapturedSide {
        let mut side = CapturedSide::default();
        let mut seen = BTreeSet::new();
        let mut stack: Vec<usize> = tokens.collect();
        stack.reverse();
        while let Some(token) = stack.pop() {
            if !seen.insert(token) {
                continue;
            }
            let here = &self.document.lines[line];
            let meant = self.cast.at(At { line, token });
            let mention = self.cast.mention_at(At { line, token });
            let group = mention.is_some_and(|m| match &self.cast.mentions[m].what {
                What::Group => true,
                What::Pronoun => meant.is_empty(),
                _ => false,
            });
            side.group |= group;
            side.pair.extend(mention.and_then(|m| self.cast.pairs.get(&m)).into_iter().flatten());
            let principals: Vec<Id> = meant
                .iter()
                .copied()
                .filter(|&id| self.cast.entities[id].principal && !side.ids.contains(&id))
                .collect();
            side.ids.extend(principals);
            let mut joined: Vec<usize> = here.dependents(token, &["conj"]).collect();
            joined.retain(|&other| !self.same_bearer(line, token, other));
            joined.extend(
                here.dependents(token, &["appos"])
                    .filter(|&a| self.another(At { line, token }, At { line, token: a })),
            );
            joined.reverse();
            stack.extend(joined);
        }
        side
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
    pub(super) fn another(&self, first: At, second: At) -> bool {
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
    pub(super) fn joined(&self, line: &Line<'_>, trigger: usize) -> bool {
        let mut near = line.dependents(trigger, &["amod", "compound", "advmod"]);
        near.any(|c| self.lexicon.events.joint.contains(&line.form(c).to_lowercase()))
            || many_sided(line, trigger, self.lexicon)
    }

    /// A summit of three or more, three-way talks: of several by design.
    fn is_gathering(&self, line: &Line<'_>, telling: &Telling) -> bool {
        let trigger = telling.at.token;
        telling.one.len() + telling.other.len() > 2
            && telling.together
            && (line.lemma(trigger) == "summit" || many_sided(line, trigger, self.lexicon))
    }

    /// "Held a call with A and B": what is told in the singular is one occasion, and so is a readout that tells of it
    /// by a verb, unless they are said to have been apart.
    fn one_sitting(&self, line: &Line<'_>, trigger: usize, kind: Kind) -> bool {
        let spoken = matches!(kind, Kind::Call | Kind::VideoCall | Kind::Meeting | Kind::Unspecified);
        let verb = self.official && line.upos(trigger) == Upos::Verb;
        let article = |&c: &usize| matches!(line.form(c).to_lowercase().as_str(), "a" | "an");
        let single =
            line.token(trigger).xpos == "NN" && line.dependents(trigger, &["det"]).any(|c| article(&c));
        let near = line.children(trigger).iter().chain(line.children(line.clause(trigger)));
        let apart =
            near.copied().any(|c| self.lexicon.events.separate.contains(&line.form(c).to_lowercase()));
        spoken && (verb || single) && !apart
    }

    /// "Then met", "later spoke": on the day of what was told before.
    fn comes_next(&self, line: &Line<'_>, trigger: usize) -> bool {
        let verb = line.clause(trigger);
        let mut adverbs = line.dependents(verb, &["advmod"]).chain(line.dependents(trigger, &["advmod"]));
        adverbs.any(|a| self.lexicon.statuses.next.contains(&line.form(a).to_lowercase()))
    }

    pub(super) fn several(&self, line: &Line<'_>, trigger: usize) -> bool {
        let verb = line.clause(trigger);
        let near = line.children(trigger).iter().chain(if verb == trigger {
            [].iter()
        } else {
            line.children(verb).iter()
        });
        let plural =
            line.token(trigger).xpos == "NNS" && line.dependents(trigger, &["nummod"]).next().is_some();
        plural || near.copied().any(|c| self.lexicon.events.several.contains(&line.form(c).to_lowercase()))
    }

    /// "His recent visit" was this year or so.
    fn recent(&self, line: &Line<'_>, telling: &mut Telling) {
        let trigger = telling.at.token;
        let word = line.dependents(trigger, &["amod"]).find(|&a| line.form(a).eq_ignore_ascii_case("recent"));
        if let (Some(word), Some(day), None) = (word, self.document.report.published, &telling.date) {
            telling.date = Some((Edtf::Year(day.year()).about(), line.span(word..word + 1)));
        }
    }

    pub(super) fn date(&self, line: &Line<'_>, telling: &mut Telling, days_only: bool) {
        for timed in phrases::of_event(line, telling.at.line, telling.at.token, self.timed, self.lexicon) {
            let resolved = &timed.resolved;
            if let (TimexKind::Duration, Some(length)) = (resolved.kind, &resolved.length) {
                telling.length.get_or_insert((length.clone(), timed.span));
            }
            if !phrases::dates(timed) {
                continue;
            }
            let edtf = resolved.edtf.clone().or_else(|| day_of(resolved));
            if let Some(edtf) = &edtf.filter(|e| !days_only || e.width() <= 7) {
                let better = telling.date.as_ref().is_none_or(|(old, _)| {
                    matches!(old, Edtf::Approximate(_)) || edtf.width() < old.width() && edtf.overlaps(old)
                });
                if better {
                    telling.date = Some((edtf.clone(), timed.span));
                }
            }
            if let Some(time) = &resolved.time {
                telling.time.get_or_insert((time.clone(), timed.span));
            }
        }
    }
}
