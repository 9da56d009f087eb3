//! How things stand with an event that a noun tells: by its adjectives, by the nouns and verbs above it.

use daybook_language::Upos;
use daybook_record::Status;

use crate::events::modality::judge::{Judge, Modality};

impl Judge<'_> {
    /// By what a noun's adjectives say, and else by the verb that governs it.
    pub(super) fn noun(&self, event: usize) -> Modality {
        if let Some(standing) = self.adjectives(event) {
            // "The scheduled call" names the call by what was known of it before; it does not say that it is still to come.
            let known =
                self.line.dependents(event, &["det"]).any(|d| self.line.form(d).eq_ignore_ascii_case("the"));
            return Modality { open: known && standing.status == Status::Scheduled, ..standing };
        }
        let denied =
            self.line.dependents(event, &["det"]).any(|d| self.line.form(d).eq_ignore_ascii_case("no"));
        let mut at = event;
        for _ in 0..6 {
            let Some(up) = self.line.head(at) else { break };
            let relation = self.line.relation(at);
            if self.line.upos(up) == Upos::Verb || self.line.dependents(up, &["cop"]).next().is_some() {
                let standing = self.under_verb(event, at, up, relation);
                return if denied { Modality { status: Status::NotHeld, ..standing } } else { standing };
            }
            if let Some(standing) = self.under_noun(up) {
                return standing;
            }
            at = up;
        }
        Modality { open: true, ..self.plain(Status::Held, event) }
    }

    pub(super) fn adjectives(&self, event: usize) -> Option<Modality> {
        let line = self.line;
        for child in line.dependents(event, &["amod", "compound"]) {
            let word = line.form(child).to_lowercase();
            let has = |list: &std::collections::BTreeSet<String>| list.contains(&word);
            if has(&self.words.dropped) {
                return Some(self.plain(Status::Cancelled, child));
            }
            if has(&self.words.put_off) {
                return Some(self.plain(Status::Postponed, child));
            }
            if has(&self.words.mooted) {
                return Some(self.plain(Status::Proposed, child));
            }
            if has(&self.words.coming) {
                return Some(self.plain(Status::Scheduled, child));
            }
            if has(&self.words.under_way) {
                return Some(self.plain(Status::UnderWay, child));
            }
            if has(&self.words.past) {
                return Some(self.plain(Status::Held, child));
            }
        }
        None
    }

    /// "Plans for a meeting", "a request for talks", "the cancellation of the summit".
    fn under_noun(&self, noun: usize) -> Option<Modality> {
        let lemma = self.line.lemma(noun);
        if self.words.planned_nouns.contains(lemma) {
            return Some(self.plain(Status::Scheduled, noun));
        }
        if self.words.proposed_nouns.contains(lemma) {
            return Some(self.answered(noun));
        }
        if self.words.cancelled_nouns.contains(lemma) {
            return Some(self.plain(Status::Cancelled, noun));
        }
        self.words.postponed_nouns.contains(lemma).then(|| self.plain(Status::Postponed, noun))
    }

    /// "Rejected a proposal for talks", "accepted the invitation": what became of what was proposed.
    fn answered(&self, noun: usize) -> Modality {
        let line = self.line;
        let verb = line.head(noun).filter(|_| matches!(line.relation(noun), "obj" | "nsubj"));
        let Some(verb) = verb.filter(|&v| !self.negated(v)) else {
            return self.plain(Status::Proposed, noun);
        };
        let lemma = self.line.with_particle(verb);
        if self.words.declined.contains(&lemma) {
            self.plain(Status::Declined, verb)
        } else if lemma == "accept" {
            self.plain(Status::Scheduled, verb)
        } else {
            self.plain(Status::Proposed, noun)
        }
    }

    fn under_verb(&self, event: usize, below: usize, verb: usize, relation: &str) -> Modality {
        if relation == "nsubj" && self.words.ruled_out.contains(self.line.lemma(verb)) {
            return Modality { hypothetical: true, ..self.plain(Status::Proposed, verb) };
        }
        let lemma = self.line.with_particle(verb);
        let object = matches!(relation, "obj" | "nsubj" | "obl" | "xcomp" | "iobj" | "root" | "nmod");
        let direct = matches!(relation, "obj" | "nsubj");
        let decides = direct || relation == "obl" && matches!(self.line.marker(below).as_str(), "to" | "for");
        let mooted = relation == "obj" && lemma == "discuss" && self.is_indefinite(below);
        if mooted {
            return self.plain(Status::Proposed, verb);
        }
        if let Some(standing) = self.governed(verb, &lemma).filter(|_| decides) {
            return standing;
        }
        let case = self.line.marker(below);
        let own = self.verb(verb, 0);
        if object && self.function_words.still_before.contains(&case) {
            // What comes before a planned thing says nothing of the thing itself but that it is still to come, or was then.
            let status = if own.status == Status::Held { Status::Held } else { Status::Scheduled };
            return Modality { open: true, ..self.plain(status, below) };
        }
        if self.function_words.already_after.contains(&case) && own.status != Status::Scheduled {
            return self.plain(Status::Held, below);
        }
        let carries = direct
            || self.words.hold.contains(&lemma)
            || case.is_empty()
            || self.function_words.stands_as_verb.contains(&case);
        // "Was not based on their talks" says nothing against the talks.
        let beside = !direct && (event != below || case == "on");
        if carries && !(own.status == Status::NotHeld && beside) {
            return Modality { open: own.open || !direct && own.status == Status::Held, ..own };
        }
        Modality { open: true, ..self.plain(Status::Held, event) }
    }

    /// What a verb says of the event that is its object or subject: "cancelled the call", "the call was postponed".
    fn governed(&self, verb: usize, lemma: &str) -> Option<Modality> {
        let words = self.words;
        let negated = self.negated(verb);
        let ahead =
            self.line.dependents(verb, &["aux"]).any(|a| matches!(self.line.lemma(a), "will" | "would"));
        if words.hold.contains(lemma) {
            return None;
        }
        let status = if words.cancelled.contains(lemma) {
            Status::Cancelled
        } else if words.postponed.contains(lemma) {
            Status::Postponed
        } else if words.declined.contains(lemma) {
            Status::Declined
        } else if words.denied.contains(lemma) {
            Status::Denied
        } else if words.scheduled.contains(lemma) {
            Status::Scheduled
        } else if words.expected.contains(lemma) {
            return Some(self.possible(Status::Scheduled, verb));
        } else if words.proposed.contains(lemma) {
            Status::Proposed
        } else {
            return None;
        };
        match status {
            Status::Scheduled | Status::Proposed if negated => Some(self.plain(Status::NotHeld, verb)),
            Status::Cancelled | Status::Postponed | Status::Declined if negated || ahead => {
                Some(self.plain(Status::Scheduled, verb))
            }
            _ => Some(self.plain(status, verb)),
        }
    }

    /// How things stand with the object of a verb: "made a trip", "is considering a trip".
    pub(super) fn undertaken(&self, noun: usize, depth: usize) -> Modality {
        let verb = self.line.head(noun).filter(|_| self.line.relation(noun) == "obj");
        verb.map_or(self.plain(Status::Held, noun), |verb| {
            self.governed(verb, &self.line.with_particle(verb)).unwrap_or_else(|| self.verb(verb, depth + 1))
        })
    }
}
