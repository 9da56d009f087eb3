//! How things stand with an event that a verb tells: by its tense, auxiliaries and negation, by what it is the complement of.

use std::collections::BTreeSet;

use daybook_language::Upos;
use daybook_record::Status;

use crate::events::modality::judge::{Judge, Modality};

impl Judge<'_> {
    /// By the verb's own tense, auxiliaries and negation, and by what it is the complement of.
    pub(super) fn verb(&self, verb: usize, depth: usize) -> Modality {
        let line = self.line;
        let auxiliaries: Vec<(usize, String)> =
            line.dependents(verb, &["aux", "cop"]).map(|a| (a, line.lemma(a).to_lowercase())).collect();
        let aux =
            |list: &BTreeSet<String>| auxiliaries.iter().find(|(_, l)| list.contains(l)).map(|(a, _)| *a);
        let has = |lemma: &str| auxiliaries.iter().any(|(_, l)| l == lemma);
        if let Some(by) = self.disputed(verb) {
            return self.plain(Status::Denied, by);
        }
        let ahead = aux(&self.function_words.future_auxiliaries);
        if self.negated(verb) {
            // What somebody can't do, nobody expected of them.
            let can = |a: usize| self.function_words.can_forms.contains(&line.form(a).to_lowercase());
            let unable = auxiliaries.iter().any(|&(a, _)| can(a));
            let absent = Modality { hypothetical: unable, ..self.plain(Status::NotHeld, verb) };
            // "Will not meet him" is a refusal, "did not meet him" is none.
            return ahead.map_or(absent, |by| self.plain(Status::Declined, by));
        }
        if let Some(standing) = self.supposed(verb) {
            return standing;
        }
        if let Some(by) = ahead {
            let conditional =
                Modality { open: line.lemma(by) == "would", ..self.plain(Status::Scheduled, by) };
            return self.condition(verb).map_or(conditional, |on| self.plain(Status::Proposed, on));
        }
        let so_that = line.dependents(verb, &["mark"]).any(|m| line.form(m).eq_ignore_ascii_case("so"));
        if let Some(above) = line.head(verb).filter(|&up| so_that && depth < 5 && line.upos(up) == Upos::Verb)
        {
            return self.verb(above, depth + 1);
        }
        if let Some(by) = aux(&self.function_words.possible_auxiliaries) {
            // Nobody proposes what somebody merely can do.
            let hypothetical = line.lemma(by).eq_ignore_ascii_case("can");
            return Modality { hypothetical, ..self.possible(Status::Proposed, by) };
        }
        if let Some(by) = aux(&self.function_words.obliging_auxiliaries) {
            return self.plain(Status::Proposed, by);
        }
        let to = line.dependents(verb, &["mark"]).any(|m| line.form(m).eq_ignore_ascii_case("to"));
        let finite = line.token(verb).xpos;
        let below = depth < 5 && (to || matches!(finite, "VB" | "VBG")) && !has("be") && !has("have");
        if let Some(standing) = below.then(|| self.complement(verb, to, depth)).flatten() {
            return standing;
        }
        if to {
            // A headline's infinitive, alone in its sentence, was still to come when the text below it may already know more.
            let headline = line.head(verb).is_none() && auxiliaries.is_empty();
            return Modality { open: headline, ..self.plain(Status::Scheduled, verb) };
        }
        if matches!(finite, "VB" | "VBZ" | "VBP") && self.is_wished(verb) {
            return Modality { open: true, ..self.plain(Status::Proposed, verb) };
        }
        let progressive = finite == "VBG" && has("be");
        if progressive && !auxiliaries.iter().any(|&(a, _)| line.token(a).xpos == "VBD") {
            return Modality { open: true, ..self.plain(Status::UnderWay, verb) };
        }
        Modality { open: matches!(finite, "VBZ" | "VBP") && !has("have"), ..self.plain(Status::Held, verb) }
    }

    /// "Was willing to negotiate with them", "opened the door to talks": by the word right above.
    pub(super) fn is_unaccepted(&self, event: usize) -> bool {
        let line = self.line;
        let carried = |&at: &usize| {
            line.upos(at) != Upos::Verb || !self.words.hold.contains(line.lemma(at)) || at == event
        };
        let above = line.ancestors(event).skip(1).find(carried);
        let adjective = |up: usize| line.upos(up) == Upos::Adj || line.upos(up) == Upos::Noun;
        above.is_some_and(|up| adjective(up) && self.words.unaccepted.contains(line.lemma(up)))
    }

    /// A question tells of nothing.
    pub(super) fn is_asked(&self) -> bool {
        let ending =
            (0..self.line.len()).rev().find(|&t| !matches!(self.line.form(t), "\"" | "”" | "'" | "’" | ")"));
        ending.is_some_and(|t| self.line.form(t).ends_with('?'))
    }

    /// "To ensure that she meets him": told in the present behind a verb of wishing.
    fn is_wished(&self, verb: usize) -> bool {
        let above = self.line.head(verb).filter(|_| self.line.relation(verb) == "ccomp");
        above.is_some_and(|up| self.words.wished.contains(self.line.lemma(up)))
    }

    /// "Denied that she had met him": the verb of denying right above.
    pub(super) fn disputed(&self, verb: usize) -> Option<usize> {
        let up = self.line.head(verb).filter(|_| self.line.relation(verb) == "ccomp")?;
        (self.words.denied.contains(self.line.lemma(up)) && !self.negated(up)).then_some(up)
    }

    /// "Would meet him if the ceasefire held": the "if" of a clause below.
    fn condition(&self, verb: usize) -> Option<usize> {
        let line = self.line;
        let marks = line
            .dependents(verb, &["advcl"])
            .flat_map(|clause| line.dependents(clause, &["mark"]).collect::<Vec<_>>());
        marks.into_iter().find(|&m| self.function_words.conditions.contains(&line.form(m).to_lowercase()))
    }

    pub(super) fn supposed(&self, verb: usize) -> Option<Modality> {
        let line = self.line;
        let mark = line
            .dependents(verb, &["mark"])
            .find(|&m| self.function_words.suppositions.contains(&line.form(m).to_lowercase()))?;
        Some(Modality {
            hypothetical: line.form(mark).to_lowercase() != "whether",
            ..self.possible(Status::Proposed, mark)
        })
    }

    /// "Agreed to meet", "refused to take his call", "after meeting", "came to meet".
    pub(super) fn complement(&self, verb: usize, to: bool, depth: usize) -> Option<Modality> {
        let line = self.line;
        let up = line.head(verb)?;
        let relation = line.relation(verb);
        let mark = line
            .dependents(verb, &["mark"])
            .map(|m| line.form(m).to_lowercase())
            .find(|m| m != "to")
            .unwrap_or_default();
        match mark.as_str() {
            mark if self.function_words.done_when.contains(mark) => {
                return Some(self.plain(Status::Held, verb));
            }
            "before" | "prior" => return Some(Modality { open: true, ..self.plain(Status::Held, verb) }),
            "without" => return Some(self.plain(Status::NotHeld, verb)),
            _ => {}
        }
        if !matches!(relation, "xcomp" | "ccomp" | "advcl" | "acl" | "conj" | "csubj" | "obl" | "parataxis") {
            return None;
        }
        let governor = self.governor_of_infinitive(up, verb);
        let above = match line.upos(up) {
            Upos::Verb => self.verb(up, depth + 1),
            // "Is considering a trip to meet him": the meeting stands as the trip does.
            Upos::Noun if to && relation == "acl" => self.undertaken(up, depth),
            _ => self.plain(Status::Held, up),
        };
        let Some(standing) = governor else {
            return (relation != "ccomp" || !to).then(|| self.through(up, above, to));
        };
        Some(if self.negated(up) && standing.status == Status::Scheduled {
            self.plain(Status::NotHeld, up)
        } else {
            standing
        })
    }

    /// What the governing word makes of an infinitive or gerund below it.
    fn governor_of_infinitive(&self, up: usize, below: usize) -> Option<Modality> {
        let (line, words) = (self.line, self.words);
        let lemma = self.line.with_particle(up);
        let form = line.form(up).to_lowercase();
        let has = |list: &std::collections::BTreeSet<String>| list.contains(&lemma) || list.contains(&form);
        let yet = line
            .dependents(up, &["advmod"])
            .chain(line.dependents(below, &["advmod"]))
            .chain([up])
            .any(|a| words.not_yet.contains(&line.form(a).to_lowercase()));
        if yet && self.function_words.yet_to.contains(&lemma) {
            return Some(self.plain(Status::NotHeld, up));
        }
        if line.upos(up) == Upos::Adj && words.unaccepted.contains(&form) {
            return Some(Modality { hypothetical: true, ..self.plain(Status::Proposed, up) });
        }
        let status = if has(&words.declined) {
            Status::Declined
        } else if has(&words.denied) {
            Status::Denied
        } else if has(&words.failed) {
            Status::NotHeld
        } else if has(&words.cancelled) {
            Status::Cancelled
        } else if has(&words.postponed) {
            Status::Postponed
        } else if has(&words.expected) {
            return Some(self.possible(Status::Scheduled, up));
        } else if has(&words.scheduled) {
            Status::Scheduled
        } else if has(&words.proposed) && !words.hold.contains(&lemma) {
            Status::Proposed
        } else {
            return None;
        };
        Some(self.plain(status, up))
    }

    /// A purpose or continuation shares the standing of its verb: "will travel to meet", "came to meet".
    pub(super) fn through(&self, up: usize, above: Modality, to: bool) -> Modality {
        let be_to = to && self.line.lemma(up) == "be";
        if be_to {
            self.plain(Status::Scheduled, up)
        } else if to && self.is_headline(up) {
            Modality { open: true, ..self.plain(Status::Scheduled, up) }
        } else {
            above
        }
    }

    /// "Minister to visit Paris": a name with an infinitive and no verb above, but for "the first minister to visit".
    fn is_headline(&self, up: usize) -> bool {
        let line = self.line;
        let ranked =
            line.dependents(up, &["amod"]).any(|a| self.words.ranks.contains(&line.form(a).to_lowercase()));
        line.head(up).is_none() && matches!(line.upos(up), Upos::Propn | Upos::Noun) && !ranked
    }
}
