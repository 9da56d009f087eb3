//! How things stand with an event, how surely, and on whose word: from the words that govern it.

use daybook_language::Upos;
use daybook_record::{Certainty, Status};

use crate::syntax::document::Line;
use crate::words::lexicon::{Lexicon, Statuses};

/// What the syntax around an event tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    pub status: Status,
    pub certainty: Certainty,
    /// The token that decided.
    pub by: usize,
    /// Whether it is only supposed ("if they met") and nobody proposes it.
    pub hypothetical: bool,
    /// Whether the words leave open if it has happened: an event noun with nothing that says so.
    pub open: bool,
}

/// The token of the speaking verb above an event, and of its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Said {
    pub verb: usize,
    pub source: Option<usize>,
}

/// Factuality from which on a deed counts as done: below it lies less than "possibly" on the scale of -3 to 3.
const FACT: f32 = 1.0;

/// Factuality down to which a deed is merely unsaid; below it the report says that it was not done.
const DENIED: f32 = -0.75;

struct Judge<'d> {
    line: &'d Line<'d>,
    words: &'d Statuses,
}

/// How things stand with the event at a token of a line.
pub(crate) fn of_event(line: &Line<'_>, event: usize, lexicon: &Lexicon) -> Standing {
    let judge = Judge { line, words: &lexicon.statuses };
    let mut standing = if line.upos(event) == Upos::Verb { judge.verb(event, 0) } else { judge.noun(event) };
    judge.colour(event, &mut standing);
    judge.check(event, &mut standing);
    standing.hypothetical |= judge.is_unaccepted(event) || judge.is_asked();
    standing
}

/// The speaking verbs above an event, the nearest first.
pub(crate) fn said(line: &Line<'_>, event: usize, lexicon: &Lexicon) -> Vec<Said> {
    let words = &lexicon.statuses;
    let path: Vec<usize> = line.ancestors(event).collect();
    let mut found = Vec::new();
    for pair in path.windows(2) {
        let (below, verb) = (pair[0], pair[1]);
        let speaks = words.say.contains(line.lemma(verb))
            && line.upos(verb) == Upos::Verb
            && matches!(line.relation(below), "ccomp" | "xcomp" | "parataxis" | "obj");
        if speaks && !(line.relation(below) == "obj" && verb == path[1] && below == event) {
            found.push(Said {
                verb,
                source: line.dependents(verb, &["nsubj"]).next().or_else(|| stray(line, below, verb)),
            });
        }
    }
    for &at in &path {
        for part in line.dependents(at, &["parataxis"]).filter(|&p| words.say.contains(line.lemma(p))) {
            found.push(Said { verb: part, source: line.dependents(part, &["nsubj"]).next() });
        }
        for source in line.dependents(at, &["obl", "nmod"]).filter(|&s| line.case(s).starts_with("according"))
        {
            found.push(Said { verb: source, source: Some(source) });
        }
    }
    found
}

/// ", a diplomat in Ankara said": who speaks, where the parser has hung them on what is said.
fn stray(line: &Line<'_>, told: usize, verb: usize) -> Option<usize> {
    line.dependents(told, &["nsubj", "obj", "appos"])
        .find(|&s| told < s && s < verb && line.subtree(s).end == verb)
}

/// The adverbs and adjectives near an event, which may lower the certainty.
pub(crate) fn colours(line: &Line<'_>, event: usize) -> Vec<usize> {
    let above = line.ancestors(event).take(4);
    let sources = line
        .ancestors(event)
        .skip(1)
        .take(3)
        .flat_map(|a| line.dependents(a, &["nsubj"]).collect::<Vec<_>>());
    let near = above.chain(sources);
    near.flat_map(|a| line.dependents(a, &["advmod", "amod"]).collect::<Vec<_>>()).collect()
}

impl Judge<'_> {
    fn plain(&self, status: Status, by: usize) -> Standing {
        Standing { status, certainty: Certainty::Certain, by, hypothetical: false, open: false }
    }

    fn possible(&self, status: Status, by: usize) -> Standing {
        Standing { certainty: Certainty::Possible, ..self.plain(status, by) }
    }

    /// By what a noun's adjectives say, and else by the verb that governs it.
    fn noun(&self, event: usize) -> Standing {
        if let Some(standing) = self.adjectives(event) {
            // "The scheduled call" names the call by what was known of it before; it does not say that it is still to come.
            let known =
                self.line.dependents(event, &["det"]).any(|d| self.line.form(d).eq_ignore_ascii_case("the"));
            return Standing { open: known && standing.status == Status::Scheduled, ..standing };
        }
        let denied =
            self.line.dependents(event, &["det"]).any(|d| self.line.form(d).eq_ignore_ascii_case("no"));
        let mut at = event;
        for _ in 0..6 {
            let Some(up) = self.line.head(at) else { break };
            let relation = self.line.relation(at);
            if self.line.upos(up) == Upos::Verb || self.line.dependents(up, &["cop"]).next().is_some() {
                let standing = self.under_verb(event, at, up, relation);
                return if denied { Standing { status: Status::NotHeld, ..standing } } else { standing };
            }
            if let Some(standing) = self.under_noun(up) {
                return standing;
            }
            at = up;
        }
        Standing { open: true, ..self.plain(Status::Held, event) }
    }

    fn adjectives(&self, event: usize) -> Option<Standing> {
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
    fn under_noun(&self, noun: usize) -> Option<Standing> {
        let lemma = self.line.lemma(noun);
        let stem = |verbs: &std::collections::BTreeSet<String>, nouns: &[&str]| {
            verbs.contains(lemma) && self.line.upos(noun) == Upos::Noun || nouns.contains(&lemma)
        };
        if stem(
            &Default::default(),
            &["plan", "preparation", "arrangement", "agreement", "agenda", "schedule"],
        ) {
            return Some(self.plain(Status::Scheduled, noun));
        }
        if stem(
            &Default::default(),
            &[
                "proposal",
                "invitation",
                "offer",
                "request",
                "possibility",
                "prospect",
                "hope",
                "chance",
                "idea",
                "interest",
                "call",
            ],
        ) {
            return Some(self.answered(noun));
        }
        if stem(&Default::default(), &["cancellation", "collapse"]) {
            return Some(self.plain(Status::Cancelled, noun));
        }
        stem(&Default::default(), &["postponement", "delay"]).then(|| self.plain(Status::Postponed, noun))
    }

    /// "Rejected a proposal for talks", "accepted the invitation": what became of what was proposed.
    fn answered(&self, noun: usize) -> Standing {
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

    fn under_verb(&self, event: usize, below: usize, verb: usize, relation: &str) -> Standing {
        if relation == "nsubj" && self.words.ruled_out.contains(self.line.lemma(verb)) {
            return Standing { hypothetical: true, ..self.plain(Status::Proposed, verb) };
        }
        let lemma = self.line.with_particle(verb);
        let object = matches!(relation, "obj" | "nsubj" | "obl" | "xcomp" | "iobj" | "root" | "nmod");
        let direct = matches!(relation, "obj" | "nsubj");
        let decides = direct || relation == "obl" && matches!(self.line.case(below).as_str(), "to" | "for");
        let mooted = relation == "obj" && lemma == "discuss" && self.is_indefinite(below);
        if mooted {
            return self.plain(Status::Proposed, verb);
        }
        if let Some(standing) = self.governed(verb, &lemma).filter(|_| decides) {
            return standing;
        }
        let case = self.line.case(below);
        let own = self.verb(verb, 0);
        if object && matches!(case.as_str(), "before" | "ahead of" | "prior to" | "until" | "pending") {
            // What comes before a planned thing says nothing of the thing itself but that it is still to come, or was then.
            let status = if own.status == Status::Held { Status::Held } else { Status::Scheduled };
            return Standing { open: true, ..self.plain(status, below) };
        }
        if matches!(case.as_str(), "after" | "during" | "following" | "since")
            && own.status != Status::Scheduled
        {
            return self.plain(Status::Held, below);
        }
        let carries = direct
            || self.words.hold.contains(&lemma)
            || matches!(case.as_str(), "for" | "in" | "at" | "on" | "during" | "to" | "with" | "");
        // "Was not based on their talks" says nothing against the talks.
        let beside = !direct && (event != below || case == "on");
        if carries && !(own.status == Status::NotHeld && beside) {
            return Standing { open: own.open || !direct && own.status == Status::Held, ..own };
        }
        Standing { open: true, ..self.plain(Status::Held, event) }
    }

    /// What a verb says of the event that is its object or subject: "cancelled the call", "the call was postponed".
    fn governed(&self, verb: usize, lemma: &str) -> Option<Standing> {
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

    /// "Are discussing a visit": not one that has been.
    fn is_indefinite(&self, noun: usize) -> bool {
        self.line.dependents(noun, &["det"]).any(|d| matches!(self.line.lemma(d), "a" | "an"))
    }

    fn negated(&self, verb: usize) -> bool {
        let line = self.line;
        line.dependents(verb, &["advmod", "cc", "aux", "det", "mark"]).any(|c| {
            matches!(
                line.form(c).to_lowercase().as_str(),
                "not" | "n't" | "n’t" | "never" | "neither" | "without" | "cannot"
            )
        }) || line.dependents(verb, &["nsubj"]).any(|s| {
            line.dependents(s, &["det", "cc"])
                .chain([s])
                .any(|d| matches!(line.form(d).to_lowercase().as_str(), "no" | "neither" | "nobody" | "none"))
        })
    }

    /// By the verb's own tense, auxiliaries and negation, and by what it is the complement of.
    fn verb(&self, verb: usize, depth: usize) -> Standing {
        let line = self.line;
        let auxiliaries: Vec<(usize, String)> =
            line.dependents(verb, &["aux", "cop"]).map(|a| (a, line.lemma(a).to_lowercase())).collect();
        let aux =
            |names: &[&str]| auxiliaries.iter().find(|(_, l)| names.contains(&l.as_str())).map(|(a, _)| *a);
        if let Some(by) = self.disputed(verb) {
            return self.plain(Status::Denied, by);
        }
        let ahead = aux(&["will", "shall", "'ll", "wo", "’ll", "would"]);
        if self.negated(verb) {
            // What somebody can't do, nobody expected of them.
            let can = |form: &str| matches!(form, "ca" | "can" | "cannot");
            let unable = auxiliaries.iter().any(|&(a, _)| can(&line.form(a).to_lowercase()));
            let absent = Standing { hypothetical: unable, ..self.plain(Status::NotHeld, verb) };
            // "Will not meet him" is a refusal, "did not meet him" is none.
            return ahead.map_or(absent, |by| self.plain(Status::Declined, by));
        }
        if let Some(standing) = self.supposed(verb) {
            return standing;
        }
        if let Some(by) = ahead {
            let conditional =
                Standing { open: line.lemma(by) == "would", ..self.plain(Status::Scheduled, by) };
            return self.condition(verb).map_or(conditional, |on| self.plain(Status::Proposed, on));
        }
        let so_that = line.dependents(verb, &["mark"]).any(|m| line.form(m).eq_ignore_ascii_case("so"));
        if let Some(above) = line.head(verb).filter(|&up| so_that && depth < 5 && line.upos(up) == Upos::Verb)
        {
            return self.verb(above, depth + 1);
        }
        if let Some(by) = aux(&["may", "might", "could", "can"]) {
            // Nobody proposes what somebody merely can do.
            let hypothetical = line.lemma(by).eq_ignore_ascii_case("can");
            return Standing { hypothetical, ..self.possible(Status::Proposed, by) };
        }
        if let Some(by) = aux(&["should", "must", "ought"]) {
            return self.plain(Status::Proposed, by);
        }
        let to = line.dependents(verb, &["mark"]).any(|m| line.form(m).eq_ignore_ascii_case("to"));
        let finite = line.token(verb).xpos;
        let below = depth < 5 && (to || matches!(finite, "VB" | "VBG")) && aux(&["be", "have"]).is_none();
        if let Some(standing) = below.then(|| self.complement(verb, to, depth)).flatten() {
            return standing;
        }
        if to {
            // A headline's infinitive, alone in its sentence, was still to come when the text below it may already know more.
            let headline = line.head(verb).is_none() && auxiliaries.is_empty();
            return Standing { open: headline, ..self.plain(Status::Scheduled, verb) };
        }
        if matches!(finite, "VB" | "VBZ" | "VBP") && self.is_wished(verb) {
            return Standing { open: true, ..self.plain(Status::Proposed, verb) };
        }
        let progressive = finite == "VBG" && aux(&["be"]).is_some();
        if progressive && !auxiliaries.iter().any(|&(a, _)| line.token(a).xpos == "VBD") {
            return Standing { open: true, ..self.plain(Status::UnderWay, verb) };
        }
        Standing {
            open: matches!(finite, "VBZ" | "VBP") && aux(&["have"]).is_none(),
            ..self.plain(Status::Held, verb)
        }
    }

    /// "Was willing to negotiate with them", "opened the door to talks": by the word right above.
    fn is_unaccepted(&self, event: usize) -> bool {
        let line = self.line;
        let carried = |&at: &usize| {
            line.upos(at) != Upos::Verb || !self.words.hold.contains(line.lemma(at)) || at == event
        };
        let above = line.ancestors(event).skip(1).find(carried);
        let adjective = |up: usize| line.upos(up) == Upos::Adj || line.upos(up) == Upos::Noun;
        above.is_some_and(|up| adjective(up) && self.words.unaccepted.contains(line.lemma(up)))
    }

    /// A question tells of nothing.
    fn is_asked(&self) -> bool {
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
    fn disputed(&self, verb: usize) -> Option<usize> {
        let up = self.line.head(verb).filter(|_| self.line.relation(verb) == "ccomp")?;
        (self.words.denied.contains(self.line.lemma(up)) && !self.negated(up)).then_some(up)
    }

    /// "Would meet him if the ceasefire held": the "if" of a clause below.
    fn condition(&self, verb: usize) -> Option<usize> {
        let line = self.line;
        let marks = line
            .dependents(verb, &["advcl"])
            .flat_map(|clause| line.dependents(clause, &["mark"]).collect::<Vec<_>>());
        marks
            .into_iter()
            .find(|&m| matches!(line.form(m).to_lowercase().as_str(), "if" | "unless" | "provided"))
    }

    fn supposed(&self, verb: usize) -> Option<Standing> {
        let line = self.line;
        let mark = line
            .dependents(verb, &["mark"])
            .find(|&m| matches!(line.form(m).to_lowercase().as_str(), "if" | "whether" | "unless"))?;
        Some(Standing {
            hypothetical: line.form(mark).to_lowercase() != "whether",
            ..self.possible(Status::Proposed, mark)
        })
    }

    /// "Agreed to meet", "refused to take his call", "after meeting", "came to meet".
    fn complement(&self, verb: usize, to: bool, depth: usize) -> Option<Standing> {
        let line = self.line;
        let up = line.head(verb)?;
        let relation = line.relation(verb);
        let mark = line
            .dependents(verb, &["mark"])
            .map(|m| line.form(m).to_lowercase())
            .find(|m| m != "to")
            .unwrap_or_default();
        match mark.as_str() {
            "after" | "since" | "following" | "by" | "while" | "when" => {
                return Some(self.plain(Status::Held, verb));
            }
            "before" | "prior" => return Some(Standing { open: true, ..self.plain(Status::Held, verb) }),
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

    /// How things stand with the object of a verb: "made a trip", "is considering a trip".
    fn undertaken(&self, noun: usize, depth: usize) -> Standing {
        let verb = self.line.head(noun).filter(|_| self.line.relation(noun) == "obj");
        verb.map_or(self.plain(Status::Held, noun), |verb| {
            self.governed(verb, &self.line.with_particle(verb)).unwrap_or_else(|| self.verb(verb, depth + 1))
        })
    }

    /// What the governing word makes of an infinitive or gerund below it.
    fn governor_of_infinitive(&self, up: usize, below: usize) -> Option<Standing> {
        let (line, words) = (self.line, self.words);
        let lemma = self.line.with_particle(up);
        let form = line.form(up).to_lowercase();
        let has = |list: &std::collections::BTreeSet<String>| list.contains(&lemma) || list.contains(&form);
        let yet = line
            .dependents(up, &["advmod"])
            .chain(line.dependents(below, &["advmod"]))
            .chain([up])
            .any(|a| words.not_yet.contains(&line.form(a).to_lowercase()));
        if yet && matches!(lemma.as_str(), "have" | "be" | "yet") {
            return Some(self.plain(Status::NotHeld, up));
        }
        if line.upos(up) == Upos::Adj && words.unaccepted.contains(&form) {
            return Some(Standing { hypothetical: true, ..self.plain(Status::Proposed, up) });
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
    fn through(&self, up: usize, above: Standing, to: bool) -> Standing {
        let be_to = to && self.line.lemma(up) == "be";
        if be_to {
            self.plain(Status::Scheduled, up)
        } else if to && self.is_headline(up) {
            Standing { open: true, ..self.plain(Status::Scheduled, up) }
        } else {
            above
        }
    }

    /// "Minister to visit Paris": a name with an infinitive and no verb above, but for "the first minister to visit".
    fn is_headline(&self, up: usize) -> bool {
        let line = self.line;
        let ranked = line.dependents(up, &["amod"]).any(|a| {
            matches!(line.form(a).to_lowercase().as_str(), "first" | "last" | "only" | "latest" | "second")
        });
        line.head(up).is_none() && matches!(line.upos(up), Upos::Propn | Upos::Noun) && !ranked
    }

    /// "Was prevented from meeting him": what no word here speaks against is held only if the model sees a fact in it, too.
    fn check(&self, event: usize, standing: &mut Standing) {
        let seen = self.line.sentence.told().find(|e| e.token == event).map(|e| e.factuality);
        let Some(seen) = seen.filter(|_| standing.status == Status::Held) else { return };
        if seen <= DENIED {
            *standing = self.plain(Status::NotHeld, event);
        }
        standing.hypothetical |= DENIED < seen && seen < FACT;
    }

    /// Adverbs and adjectives that lower the certainty.
    fn colour(&self, event: usize, standing: &mut Standing) {
        let line = self.line;
        for at in colours(line, event) {
            let word = line.form(at).to_lowercase();
            if self.words.unverified.contains(&word) {
                standing.certainty = Certainty::Unverified;
            } else if self.words.reported.contains(&word) && standing.certainty == Certainty::Certain {
                standing.certainty = Certainty::Reported;
            } else if self.words.possible.contains(&word) && standing.certainty == Certainty::Certain {
                standing.certainty = Certainty::Possible;
            }
        }
    }
}
