//! Turns each frame into the tellings of contacts: who, how, when, where, and how things stand, as one place has it.

use std::collections::BTreeSet;

use daybook_calendar::TimexKind;
use daybook_grammar::Match;
use daybook_language::{Frame, FramePart};
use daybook_record::{Certainty, Edtf, Kind, PartyKind, Role, Span, Status};
use jiff::civil::Date;

use crate::events::details::{before_or_after, count, day_of, evidence, first_or_last, many_sided};
use crate::events::labels::PartLabel;
use crate::events::sides::ToldSides;
use crate::events::telling::{Exchange, Scene, Telling, ToldParty, ToldPlace};
use crate::parties::cast::{Id, Lead};
use crate::syntax::document::{At, Line};
use crate::times::phrases::{self, Timed};

/// How surely a word must tell of a contact by itself.
pub(crate) const MIN_TOLD: f32 = 0.6;
/// How surely it must where a rule of the program's own matches there too.
const MIN_TOLD_WITH_RULE: f32 = 0.2;
/// How surely a word must tell of several contacts, where no syntax that a rule matches says so.
const SEVERAL: f32 = 0.2;
/// How much the kind of a rule that matches weighs beside what the model tells of kinds.
const KIND_BY_RULE: f32 = 0.8;
/// From here on a word rather plays a part than not.
pub(super) const LIKELY: f32 = 0.5;

impl Scene<'_, '_> {
    /// The tellings of the words at which the model or a rule sees a contact, in the order of the text.
    pub fn tellings(&self, matches: &[(usize, Match<'_>)]) -> Vec<Telling> {
        let mut tellings = Vec::new();
        for (number, frame) in self.frames.iter().enumerate() {
            let at = At { line: frame.trigger.sentence, token: frame.trigger.token };
            let rule = best_match(matches, at);
            if self.tells(frame, rule) {
                tellings.extend(self.split(self.telling(at, Some((number, frame)), rule), frame, rule));
            }
        }
        // What stands beyond the part of a long report that frames are read of is told by rules alone.
        let framed =
            |at: At| self.frames.iter().any(|f| f.trigger.sentence == at.line && f.trigger.token == at.token);
        let mut beyond: Vec<At> =
            matches.iter().map(|(line, m)| At { line: *line, token: m.trigger() }).collect();
        beyond.retain(|&at| !framed(at));
        beyond.dedup();
        for at in beyond {
            let rule = best_match(matches, at);
            if rule.is_some_and(|m| Kind::named(&m.rule.yields).is_some()) {
                tellings.push(self.telling(at, None, rule));
            }
        }
        tellings.sort_by_key(|t| t.at);
        self.suppose(&mut tellings);
        tellings
    }

    /// What an official account opens with and gives no day for is of the day of its publication.
    fn suppose(&self, tellings: &mut [Telling]) {
        let (Some(day), Some(first)) = (self.document.report.published, tellings.first().map(|t| t.at.line))
        else {
            return;
        };
        let opens = |t: &&mut Telling| t.at.line == first && t.date.is_none() && t.status() == Status::Held;
        for telling in tellings.iter_mut().filter(opens).filter(|_| self.official) {
            telling.supposed = Some(day);
        }
    }

    /// Whether a frame tells of a contact: by the model, or by a rule that the model does not speak against. What a user's own
    /// rule finds, and what the model knows no contacts of, is the rule's alone.
    fn tells(&self, frame: &Frame, rule: Option<&Match<'_>>) -> bool {
        let least = match rule {
            Some(m)
                if !is_built_in(m) || Kind::named(&m.rule.yields).is_some_and(|k| !self.labels.knows(k)) =>
            {
                0.0
            }
            Some(_) => MIN_TOLD_WITH_RULE,
            None => MIN_TOLD,
        };
        frame.probability >= least
    }

    fn telling(&self, at: At, frame: Option<(usize, &Frame)>, rule: Option<&Match<'_>>) -> Telling {
        let here = &self.document.lines[at.line];
        let parts = frame.map_or(&[][..], |(_, f)| &f.parts);
        let parties = self.told_parties(at, frame.map(|(_, f)| f), rule);
        let told = rule.and_then(|m| Kind::named(&m.rule.yields));
        let group = self.is_group(at.line, parts);
        let status = rule.and_then(|m| m.rule.with.get("status")?.parse::<Status>().ok());
        let governed = self.governed(at);
        let tokens: Vec<usize> = self.tokens(at.line, parts, PartLabel::Party);
        let mut telling = Telling {
            at,
            rule: rule.map(|m| m.rule.name.clone()),
            frame: frame.map(|(number, _)| number),
            sure: frame.map_or(LIKELY, |(_, f)| f.probability),
            kinds: match (frame, told) {
                (Some((_, f)), told) if told.is_none_or(|k| self.labels.knows(k)) => {
                    // What an official account means by "spoke" is inferred from the whole.
                    let told = told.filter(|&kind| !self.official || kind != Kind::Unspecified);
                    with_voice(self.labels.kinds(f), told, KIND_BY_RULE)
                }
                (_, told) => vec![(told.unwrap_or(Kind::Unspecified), 1.0)],
            },
            statuses: match (status, frame) {
                (Some(status), _) => vec![(status, 1.0)],
                (None, Some((_, f))) => with_voice(self.labels.statuses(f), governed, 1.0),
                (None, None) => vec![(Status::Held, 1.0)],
            },
            certainties: frame.map_or(vec![(Certainty::Certain, 1.0)], |(_, f)| self.labels.certainties(f)),
            aggregate: frame.map_or(0.0, |(_, f)| self.labels.aggregate(f)),
            elsewhere: self.elsewhere(at.line, parts, &parties),
            parties,
            group,
            pair: self.pair(at.line, parts),
            apart_from: before_or_after(here, at.token, self.lexicon),
            clause: here.clause(at.token),
            is_split: false,
            exchange: rule.and_then(|m| Exchange::named(m.rule.with.get("exchange")?)),
            present: self.present(at.line, parts),
            count: count(here, at.token, self.lexicon),
            date: None,
            supposed: None,
            time: None,
            length: None,
            place: self.place(at.line, parts),
            topics: self.topics(at.line, at.token),
            first_or_last: first_or_last(here, at.token, self.lexicon),
            status_words: self
                .runs(at.line, parts, PartLabel::Status)
                .first()
                .map(|run| here.span(run.clone())),
            sources: self.sources(at.line, parts),
            evidence: evidence(here, at.token, &tokens),
            joined: None,
        };
        if many_sided(here, at.token, self.lexicon) {
            telling.kinds = vec![(Kind::Gathering, 1.0)];
        }
        self.date(here, parts, &mut telling);
        telling
    }

    /// The parties of a telling: as the model has them, or in news the two sides that a rule captures.
    fn told_parties(&self, at: At, frame: Option<&Frame>, rule: Option<&Match<'_>>) -> Vec<ToldParty> {
        let mut parties = self.parties(at.line, frame.map_or(&[][..], |f| &f.parts));
        let Some(sides) = rule.map(|m| self.sides(at.line, m)) else { return parties };
        // What the model is sure to be a contact is told of by whom it names; a rule's captures stand in for it alone.
        let by_rule = rule.is_some_and(|m| !is_built_in(m)) || frame.is_none_or(|f| f.probability < MIN_TOLD);
        if !self.official && sides.are_whole() {
            return self.parties_of(at, &sides, &parties);
        }
        if parties.len() < 2 && by_rule {
            let mut others = self.parties_of(at, &sides, &parties);
            others.retain(|o| parties.iter().all(|p| p.id != o.id));
            parties.extend(others);
        } else {
            add_roles(&sides, &mut parties);
        }
        parties
    }

    /// One telling for each contact that a trigger tells of: "spoke to A, B and C" is three contacts of whoever spoke.
    fn split(&self, telling: Telling, frame: &Frame, rule: Option<&Match<'_>>) -> Vec<Telling> {
        if telling.parties.len() < 3 {
            return vec![telling];
        }
        if let Some(stops) = self.stops(&telling) {
            return stops;
        }
        let sides = rule.map(|m| self.sides(telling.at.line, m)).filter(ToldSides::are_whole);
        let by_syntax = sides.as_ref().filter(|_| !self.official);
        let is_one = by_syntax.is_some_and(|sides| sides.together || sides.other.len() < 2);
        if is_one || sides.as_ref().is_some_and(|sides| sides.is_joint) {
            return vec![telling];
        }
        let is_apart = self.told_apart(&self.document.lines[telling.at.line], telling.at.token);
        if by_syntax.is_none() && !is_apart && self.labels.several(frame) < SEVERAL {
            return vec![telling];
        }
        let hubs = sides.map_or_else(|| self.hubs(telling.at.line, frame), |sides| sides.one);
        let is_hub = |party: &ToldParty| hubs.contains(&party.id);
        let some = telling.parties.iter().any(is_hub) && !telling.parties.iter().all(is_hub);
        let first = telling.parties[0].id;
        let is_hub = |party: &ToldParty| if some { is_hub(party) } else { party.id == first };
        let (hubs, others): (Vec<ToldParty>, Vec<ToldParty>) =
            telling.parties.iter().cloned().partition(is_hub);
        let single = |other: ToldParty| Telling {
            parties: hubs.iter().cloned().chain([other]).collect(),
            is_split: true,
            ..telling.clone()
        };
        others.into_iter().map(single).collect()
    }

    /// Who was in contact with each of several others, as the model has it.
    fn hubs(&self, line: usize, frame: &Frame) -> Vec<Id> {
        let hubs = self.tokens(line, &frame.parts, PartLabel::Hub);
        hubs.into_iter().flat_map(|token| self.cast.at(At { line, token })).copied().collect()
    }

    /// The parties of both sides that the syntax names, with what the model says of their roles.
    fn parties_of(&self, at: At, sides: &ToldSides, told: &[ToldParty]) -> Vec<ToldParty> {
        let trigger = self.document.lines[at.line].span(at.token..at.token + 1);
        let party = |id: Id, role: Role| {
            let known = told.iter().find(|p| p.id == id || self.cast.same_side(p.id, id));
            let span = known.map(|p| p.span).or_else(|| self.span_of(at.line, id)).unwrap_or(trigger);
            let by_name = self.is_by_name(at.line, id);
            let mut roles = known.map_or(Vec::new(), |p| p.roles.clone());
            if sides.directed || roles.is_empty() {
                roles.push((if sides.directed { role } else { Role::Participant }, 1.0));
            }
            ToldParty { id, sure: known.map_or(LIKELY, |p| p.sure), roles, span, by_name }
        };
        let one = sides.one.iter().map(|&id| party(id, Role::Initiator));
        one.chain(sides.other.iter().map(|&id| party(id, Role::Recipient))).collect()
    }

    /// Whether a line tells an entity by words of its own.
    pub(super) fn is_by_name(&self, line: usize, id: Id) -> bool {
        let here = self.cast.mentions.iter().enumerate().filter(|(_, m)| m.line == line);
        let mut leads = here.flat_map(|(m, _)| self.cast.means[m].iter().zip(&self.cast.leads[m]));
        leads.any(|(&meant, lead)| meant == id && matches!(lead, Lead::Words))
    }

    /// Where a line first speaks of an entity.
    fn span_of(&self, line: usize, id: Id) -> Option<Span> {
        let mut here = self.cast.mentions.iter().zip(&self.cast.means).filter(|(m, _)| m.line == line);
        let mention = here.find(|(_, means)| means.contains(&id))?.0;
        Some(self.document.lines[line].span(mention.tokens.clone()))
    }

    /// One visit for each state that somebody travels to, whatever the model takes them for together.
    fn stops(&self, telling: &Telling) -> Option<Vec<Telling>> {
        let is_state = |party: &&ToldParty| self.cast.entities[party.id].kind == PartyKind::State;
        let lands: BTreeSet<&String> = telling
            .parties
            .iter()
            .filter(is_state)
            .filter_map(|party| self.cast.entities[party.id].countries.first())
            .collect();
        let guests: Vec<ToldParty> = telling.parties.iter().filter(|p| !is_state(p)).cloned().collect();
        if telling.kind() != Kind::Visit || guests.is_empty() || lands.len() < 2 {
            return None;
        }
        let stop = |state: &ToldParty| {
            let land = self.cast.entities[state.id].countries.first();
            let elsewhere = |place: &ToldPlace| place.country.is_some() && place.country.as_ref() != land;
            Telling {
                parties: guests.iter().cloned().chain([state.clone()]).collect(),
                is_split: true,
                place: telling.place.clone().filter(|place| !elsewhere(place)),
                ..telling.clone()
            }
        };
        Some(telling.parties.iter().filter(is_state).map(stop).collect())
    }

    /// Day, time of day and length from the words that the model takes for them.
    fn date(&self, line: &Line<'_>, parts: &[FramePart], telling: &mut Telling) {
        let number = telling.at.line;
        let within = |timed: &&Timed, label: PartLabel| {
            let tokens = self.tokens(number, parts, label);
            timed.line == number && tokens.iter().any(|t| timed.tokens.contains(t))
        };
        for timed in self.timed.iter().filter(|t| within(t, PartLabel::Duration)) {
            if let (TimexKind::Duration, Some(length)) = (timed.resolved.kind, &timed.resolved.length) {
                telling.length.get_or_insert((length.clone(), timed.span));
            }
        }
        let mut told: Vec<&Timed> = self.timed.iter().filter(|t| within(t, PartLabel::Time)).collect();
        if told.is_empty() {
            let run = self.best_run(number, parts, PartLabel::Time);
            let latest = self.document.latest.filter(|_| telling.status() == Status::Held);
            let meant = |t: &&Timed| {
                let ahead = t.resolved.edtf.as_ref().and_then(Edtf::first);
                let known =
                    run.as_ref().is_some_and(|run| run.clone().any(|token| t.tokens.contains(&token)));
                // What was held was not held on a day to come.
                t.line == number && known && ahead.zip(latest).is_none_or(|(day, latest)| day <= latest)
            };
            told.extend(self.timed.iter().find(meant));
        }
        for timed in &told {
            let resolved = &timed.resolved;
            if let Some(time) = &resolved.time {
                telling.time.get_or_insert((time.clone(), timed.span));
            }
            let of_status = timed.of_status(telling.status()).cloned();
            let Some(edtf) = of_status.or_else(|| day_of(resolved)).filter(|_| phrases::dates(timed)) else {
                continue;
            };
            let better = telling.date.as_ref().is_none_or(|(old, _)| {
                matches!(old, Edtf::Approximate(_)) || edtf.width() < old.width() && edtf.overlaps(old)
            });
            if better {
                telling.date = Some((edtf, timed.span));
            }
        }
        self.several_days(&told, telling);
        self.recent(line, telling);
    }

    /// "On May 6 and May 7", "from Tuesday until Thursday": several days told of one stay or conference are all of its days.
    fn several_days(&self, told: &[&Timed], telling: &mut Telling) {
        const LONGEST: i32 = 14;
        let days: Vec<(Date, Span)> =
            told.iter().filter_map(|t| Some((t.of_status(telling.status())?.day()?, t.span))).collect();
        let (Some(first), Some(last)) = (days.iter().min_by_key(|d| d.0), days.iter().max_by_key(|d| d.0))
        else {
            return;
        };
        let stay = Edtf::between(first.0, last.0);
        let lasts = matches!(telling.kind(), Kind::Visit | Kind::Gathering);
        if lasts && first.0 < last.0 && stay.width() <= LONGEST && !telling.is_split {
            telling.date = Some((stay, first.1));
        }
    }

    /// "His recent visit", "recently met": that was this year or so.
    fn recent(&self, line: &Line<'_>, telling: &mut Telling) {
        let trigger = telling.at.token;
        let recent = |w: &str| w.eq_ignore_ascii_case("recent") || w.eq_ignore_ascii_case("recently");
        let word = line.dependents(trigger, &["amod", "advmod"]).find(|&a| recent(line.form(a)));
        if let (Some(word), Some(day), None) = (word, self.document.report.published, &telling.date) {
            telling.date = Some((Edtf::Year(day.year()).about(), line.span(word..word + 1)));
        }
    }
}

/// What the model tells, and so much for a value that a rule or the word that governs the trigger tells beside it.
fn with_voice<T: PartialEq>(mut told: Vec<(T, f32)>, value: Option<T>, weight: f32) -> Vec<(T, f32)> {
    if let Some(value) = value {
        match told.iter_mut().find(|(known, _)| *known == value) {
            Some((_, sure)) => *sure += weight,
            None => told.push((value, weight)),
        }
    }
    told
}

/// Where the syntax tells who began a contact, that has as much to say as the model.
fn add_roles(sides: &ToldSides, parties: &mut [ToldParty]) {
    for party in parties.iter_mut().filter(|_| sides.directed) {
        if sides.one.contains(&party.id) {
            party.roles.push((Role::Initiator, 1.0));
        } else if sides.other.contains(&party.id) {
            party.roles.push((Role::Recipient, 1.0));
        }
    }
}

/// Whether a rule is one of the program's own.
fn is_built_in(found: &Match<'_>) -> bool {
    found.rule.file.starts_with("rules/")
}

/// Of several rules of contacts that match at a trigger, a user's own before the program's, then the one that captures more.
fn best_match<'m, 'g>(matches: &'m [(usize, Match<'g>)], at: At) -> Option<&'m Match<'g>> {
    let here = matches.iter().filter(|(line, m)| *line == at.line && m.trigger() == at.token).map(|(_, m)| m);
    let of_contact = here.filter(|m| Kind::named(&m.rule.yields).is_some());
    let captured = |m: &Match<'_>| m.rule.captures().iter().map(|name| m.all(name).len()).sum::<usize>();
    of_contact.reduce(|best, m| {
        let rank = |m: &Match<'_>| (!is_built_in(m), captured(m));
        if rank(m) > rank(best) { m } else { best }
    })
}
