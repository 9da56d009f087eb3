//! Says why an account is as it is, from what it was made of: matches, mentions, time phrases and standings.
//!
//! Nothing here decides anything; it is asked only when somebody wants to know.

use std::collections::BTreeSet;

use daybook_calendar::Tense;
use daybook_gazetteer::Gazetteer;
use daybook_grammar::Match;
use daybook_language::Upos;
use daybook_record::{
    About, Account, Capture, Certainty, Evidence, Explanation, Finding, Kind, Reason, Span, Status,
};

use crate::contacts::occasion::Occasion;
use crate::contacts::remarks;
use crate::events::details::evidence;
use crate::events::modality;
use crate::events::telling::{Scene, Telling};
use crate::parties::cast::Id;
use crate::parties::mention::{Title, What};
use crate::syntax::document::{At, Line};
use crate::times::phrases;

/// What explanations are drawn from.
pub(crate) struct Explainer<'a, 'd, 'g> {
    pub scene: &'a Scene<'d, 'g>,
    pub gazetteer: &'a Gazetteer,
    pub matches: &'a [(usize, Match<'a>)],
    pub occasions: &'a [Occasion],
}

impl Explainer<'_, '_, '_> {
    /// Why the account of the occasion of that number is as it is.
    pub fn explanation(&self, number: usize, account: &Account) -> Explanation {
        let occasion = &self.occasions[number];
        let mut reasons: Vec<Reason> = self.kind(occasion, account).into_iter().collect();
        reasons.extend(self.parties(occasion));
        reasons.extend(self.unnamed(occasion, &reasons));
        reasons.extend(self.offices(occasion));
        reasons.extend(self.date(account));
        reasons.push(self.status(occasion, account));
        reasons.push(self.certainty(occasion, account));
        reasons.extend(inferred(account));
        Explanation { findings: self.findings(number, occasion), reasons }
    }

    fn line(&self, number: usize) -> &Line<'_> {
        &self.scene.document.lines[number]
    }

    /// The tellings that were put together, then the remarks on the contact.
    fn findings(&self, number: usize, occasion: &Occasion) -> Vec<Finding> {
        let tellings = occasion.tellings.iter().enumerate().filter_map(|(i, telling)| {
            let joined = (i > 0).then(|| self.joined(&occasion.tellings[..i], telling));
            Some(self.finding(telling.at.line, self.fired(telling)?, telling.evidence, joined))
        });
        let remarks = self.matches.iter().filter(|(line, found)| {
            remarks::is_remark(&found.rule.yields)
                && remarks::occasion_of(self.scene, self.occasions, *line, found) == Some(number)
        });
        let remarks = remarks.map(|(line, found)| {
            let tokens: Vec<usize> = found.why().iter().flat_map(|b| b.tokens.to_vec()).collect();
            let words = evidence(self.line(*line), found.trigger(), &tokens);
            self.finding(*line, found, words, Some("a remark on the contact told before".to_string()))
        });
        tellings.chain(remarks).collect()
    }

    /// The match that a telling was made of.
    fn fired(&self, telling: &Telling) -> Option<&Match<'_>> {
        let fits = |(line, found): &&(usize, Match<'_>)| {
            *line == telling.at.line && found.trigger() == telling.at.token && found.rule.name == telling.rule
        };
        self.matches.iter().find(fits).map(|(_, found)| found)
    }

    fn finding(&self, line: usize, found: &Match<'_>, words: Span, joined: Option<String>) -> Finding {
        let captures = found.why().into_iter().map(|binding| Capture {
            name: binding.capture.to_string(),
            pattern: binding.source.to_string(),
            words: binding.tokens.iter().map(|&token| self.words_at(At { line, token })).collect(),
        });
        Finding {
            rule: found.rule.name.clone(),
            yields: found.rule.yields.clone(),
            file: found.rule.file.clone(),
            line: found.rule.line,
            words,
            captures: captures.collect(),
            joined,
        }
    }

    /// The words of the mention at a token, or the token alone.
    fn words_at(&self, at: At) -> Span {
        let mention = self.scene.cast.mention_at(at).map(|m| self.scene.cast.mentions[m].tokens.clone());
        self.line(at.line).span(mention.unwrap_or(at.token..at.token + 1))
    }

    /// Why a telling is of the contact that others told before it.
    fn joined(&self, before: &[Telling], telling: &Telling) -> String {
        let named: Vec<Id> = telling.one.iter().chain(&telling.other).copied().collect();
        let members = || before.iter().flat_map(|t| t.one.iter().chain(&t.other));
        let known = named.iter().all(|&n| members().any(|&m| self.scene.cast.same_side(m, n)));
        let parties = match (telling.group, named.len(), known) {
            (true, ..) => "its words mean the parties of a contact told before",
            (_, 0, _) => "it names no party, and this is the latest contact that fits",
            (_, 1, true) => "it names one party, and this is the latest contact of it that fits",
            (.., true) => "the same parties",
            _ => "talks during a visit are part of it",
        };
        let dated = before.iter().find_map(|t| t.date.as_ref());
        let time = match (dated, &telling.date) {
            (Some((a, _)), Some((b, _))) if a.overlaps(b) => "dates that agree",
            _ => "no date against it",
        };
        format!("{parties}; {time}")
    }

    /// The telling that tells the kind of contact.
    fn kind(&self, occasion: &Occasion, account: &Account) -> Option<Reason> {
        let value = account.kind.value;
        let telling = occasion.tellings.iter().find(|t| t.kind == value)?;
        let words = vec![self.line(telling.at.line).span(telling.at.token..telling.at.token + 1)];
        let why = format!("told so by the rule {}", telling.rule);
        Some(Reason { about: About::Kind, value: plain(value), words, why })
    }

    /// Whom the words mean that the rules took for the parties.
    fn parties(&self, occasion: &Occasion) -> Vec<Reason> {
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        let mut reasons = Vec::new();
        for telling in &occasion.tellings {
            let tokens =
                self.fired(telling).map_or_else(Vec::new, |found| self.reached(telling.at.line, found));
            for token in tokens {
                let at = At { line: telling.at.line, token };
                let Some(mention) = self.scene.cast.mention_at(at).filter(|m| seen.insert(*m)) else {
                    continue;
                };
                let meant = self.scene.cast.means[mention].iter().copied();
                let members = meant.filter(|id| occasion.members().any(|m| m == *id));
                reasons.extend(members.map(|id| self.party(mention, id)));
            }
        }
        reasons
    }

    /// The parties that no telling of the contact names itself.
    fn unnamed(&self, occasion: &Occasion, explained: &[Reason]) -> Vec<Reason> {
        let why = match occasion.kind {
            Kind::Visit => "who receives at the place of the visit",
            _ => "a party to the contact told before",
        };
        let ids = occasion.members().filter(|&id| {
            let name = self.name(id);
            explained.iter().all(|r| r.about != About::Party || r.value != name)
        });
        let reason = |id: Id| Reason {
            about: About::Party,
            value: self.name(id),
            words: vec![self.scene.cast.entities[id].first],
            why: why.to_string(),
        };
        ids.map(reason).collect()
    }

    /// The tokens that a match took, and those joined to them.
    fn reached(&self, line: usize, found: &Match<'_>) -> Vec<usize> {
        let mut tokens: Vec<usize> = found.why().iter().flat_map(|b| b.tokens.to_vec()).collect();
        let mut at = 0;
        while let Some(&token) = tokens.get(at) {
            let joined = self.line(line).dependents(token, &["conj", "appos"]);
            let more: Vec<usize> = joined.filter(|t| !tokens.contains(t)).collect();
            tokens.extend(more);
            at += 1;
        }
        tokens
    }

    fn party(&self, mention: usize, id: Id) -> Reason {
        let told = &self.scene.cast.mentions[mention];
        let line = self.line(told.line);
        let mut words = vec![line.span(told.tokens.clone())];
        let (why, from) = match &told.what {
            What::Person { name, .. } => self.by_name(&line.words(name.clone()), id),
            What::Office(title) => self.by_office(title, id),
            What::State { name, .. } if *name == line.words(told.tokens.clone()) => {
                ("by name".to_string(), None)
            }
            What::State { name, .. } => (format!("it stands for {name}"), None),
            What::States(_) | What::Body { .. } => ("by name".to_string(), None),
            What::Group => ("it means the parties spoken of".to_string(), None),
            What::Pronoun => self.by_pronoun(mention, id),
        };
        words.extend(from);
        Reason { about: About::Party, value: self.name(id), words, why }
    }

    /// What an entity is called: by name, or by office and country.
    fn name(&self, id: Id) -> String {
        let entity = &self.scene.cast.entities[id];
        entity.name.clone().or(entity.office.clone()).unwrap_or_else(|| entity.countries.join(", "))
    }

    fn by_name(&self, words: &str, id: Id) -> (String, Option<Span>) {
        let entity = &self.scene.cast.entities[id];
        let full = entity.name.as_deref().unwrap_or(words);
        let known = entity.person.map_or(String::new(), |person| {
            let number = person.wikidata().map_or(String::new(), |id| format!(", {id}"));
            format!("; in the gazetteer as {}{number}", person.name())
        });
        if full == words {
            (format!("by name{known}"), None)
        } else {
            (format!("a form of the name {full}{known}"), self.named(full, id))
        }
    }

    /// Where somebody is told by that name.
    fn named(&self, full: &str, id: Id) -> Option<Span> {
        let cast = self.scene.cast;
        let numbers = (0..cast.mentions.len()).filter(|&m| cast.means[m].contains(&id));
        numbers
            .filter_map(|m| {
                let mention = &cast.mentions[m];
                let What::Person { name, .. } = &mention.what else { return None };
                let line = self.line(mention.line);
                (line.words(name.clone()) == full).then(|| line.span(name.clone()))
            })
            .next()
    }

    fn by_office(&self, title: &Title<'_>, id: Id) -> (String, Option<Span>) {
        let entity = &self.scene.cast.entities[id];
        let day = self.scene.document.as_of;
        let held = entity.person.and_then(|person| self.gazetteer.office_of(person, day));
        let like = held.filter(|h| title.office.is_some_and(|o| o.is_like(h.office())));
        match (like, day, &entity.name) {
            (Some(held), Some(day), Some(_)) => {
                (format!("{} on {day} by the gazetteer", held.office().display()), Some(entity.first))
            }
            (_, _, Some(_)) => ("whoever is told in this office".to_string(), Some(entity.first)),
            (Some(_), Some(day), None) => {
                let holder = entity.person.map_or("", |p| p.name());
                (format!("told by office; {holder} on {day} by the gazetteer"), None)
            }
            _ => ("told by office alone".to_string(), None),
        }
    }

    /// The nearest words before a pronoun that tell whom it means, or else the nearest behind.
    fn by_pronoun(&self, mention: usize, id: Id) -> (String, Option<Span>) {
        let cast = self.scene.cast;
        let tells =
            |&m: &usize| cast.means[m].contains(&id) && !matches!(cast.mentions[m].what, What::Pronoun);
        let before = (0..mention).rev().find(tells);
        let Some(other) = before.or_else(|| (mention + 1..cast.mentions.len()).find(tells)) else {
            return ("whoever speaks there".to_string(), None);
        };
        let (here, there) = (&cast.mentions[mention], &cast.mentions[other]);
        let line = self.line(there.line);
        let subject = there.heads.first().is_some_and(|&h| line.relation(h) == "nsubj");
        let who = if subject { "the subject" } else { "a person" };
        let place = match (before.is_some(), here.line.abs_diff(there.line)) {
            (false, _) => "behind it".to_string(),
            (_, 0) => "before it".to_string(),
            (_, 1) => "of the sentence before".to_string(),
            (_, n) => format!("{n} sentences before"),
        };
        (format!("{who} {place}"), Some(line.span(there.tokens.clone())))
    }

    /// Where the offices of the parties come from.
    fn offices(&self, occasion: &Occasion) -> Vec<Reason> {
        let mut ids: Vec<Id> = occasion.members().collect();
        ids.dedup();
        ids.into_iter().filter_map(|id| self.office(id)).collect()
    }

    fn office(&self, id: Id) -> Option<Reason> {
        let cast = self.scene.cast;
        let entity = &cast.entities[id];
        let (office, _) = (entity.office.as_ref()?, entity.name.as_ref()?);
        let told = (0..cast.mentions.len()).filter(|&m| cast.means[m].contains(&id)).find(|&m| {
            matches!(&cast.mentions[m].what, What::Person { title, .. } | What::Office(title) if title.words.as_ref() == Some(office))
        });
        let day = self.scene.document.as_of;
        let held = entity.person.and_then(|person| self.gazetteer.office_of(person, day));
        let (words, why) = match (told, held) {
            (Some(m), _) => {
                let mention = &cast.mentions[m];
                (self.line(mention.line).span(mention.tokens.clone()), "told so".to_string())
            }
            (None, Some(held)) => {
                let from = held.from().map_or(String::new(), |from| format!(" since {from}"));
                (entity.first, format!("held{from} by the gazetteer"))
            }
            (None, None) => return None,
        };
        Some(Reason {
            about: About::Office,
            value: format!("{}: {office}", self.name(id)),
            words: vec![words],
            why,
        })
    }

    /// How the words that date the contact were resolved.
    fn date(&self, account: &Account) -> Option<Reason> {
        let date = account.date.as_ref().filter(|d| d.evidence.inferred.is_none())?;
        let words = *date.evidence.spans.first()?;
        let number = self.scene.timed.iter().position(|t| t.span == words)?;
        let timed = &self.scene.timed[number];
        let alone = phrases::find_on(self.scene.document, self.scene.lexicon, None);
        let tense =
            timed.tokens.clone().next().map(|t| phrases::tense(self.line(timed.line), t, self.scene.lexicon));
        let tense = match tense {
            Some(Tense::Past) => ", in the past tense",
            Some(Tense::Future) => ", as still to come",
            _ => "",
        };
        let why = match self.scene.document.report.published {
            _ if alone.get(number).is_some_and(|t| t.resolved == timed.resolved) => {
                "told in full".to_string()
            }
            _ if timed.chained => "counted from the day last spoken of".to_string(),
            Some(day) => format!("counted from the day of publication, {day}{tense}"),
            None => "told in full".to_string(),
        };
        Some(Reason { about: About::Date, value: date.value.to_string(), words: vec![words], why })
    }

    /// What decided how things stand.
    fn status(&self, occasion: &Occasion, account: &Account) -> Reason {
        let words = account.status.evidence.spans.clone();
        let value = account.status.value;
        let decided = occasion.tellings.iter().find(|t| {
            let line = self.line(t.at.line);
            Some(&line.span(t.standing.by..t.standing.by + 1)) == words.first()
        });
        let mut why = decided.map_or(String::new(), |t| {
            self.decided(self.line(t.at.line), t.standing.by, t.standing.status).to_string()
        });
        let told = decided.map(|t| t.standing.status);
        if let Some(told) = told.filter(|told| *told != value) {
            why = format!("{why}, by itself {}; {}", plain(told), self.overruled(account, told));
        }
        Reason { about: About::Status, value: plain(value), words, why }
    }

    /// What makes the status another than its words say.
    fn overruled(&self, account: &Account, told: Status) -> &'static str {
        let date = account.date.as_ref().map(|d| &d.value);
        let report = self.scene.document;
        let (first, last) = (date.and_then(|d| d.first()), date.and_then(|d| d.last()));
        match (first.zip(report.latest), last.zip(report.earliest)) {
            (Some((first, latest)), _) if first > latest => "the date is still to come",
            (_, Some((last, earliest))) if last < earliest => "the date is over",
            _ if told == Status::Scheduled && account.status.value == Status::Proposed => {
                "one side means to, and no date is told"
            }
            _ if account.status.value == Status::Held => "another sentence tells that it took place",
            _ => "its date may still be to come",
        }
    }

    /// What the deciding word is.
    fn decided(&self, line: &Line<'_>, by: usize, status: Status) -> &'static str {
        let words = &self.scene.lexicon.statuses;
        let (lemma, form) = (line.lemma(by).to_lowercase(), line.form(by).to_lowercase());
        let (lists, why): (&[&BTreeSet<String>], &str) = match status {
            Status::Cancelled => (&[&words.cancelled, &words.dropped], "a word for what is called off"),
            Status::Postponed => (&[&words.postponed, &words.put_off], "a word for what is put off"),
            Status::Declined => (&[&words.declined], "a word for refusing"),
            Status::Denied => (&[&words.denied], "a word for denying"),
            Status::NotHeld => (&[&words.failed, &words.not_yet], "a word for what did not come about"),
            Status::Proposed => {
                (&[&words.proposed, &words.mooted, &words.expected], "a word for what is wanted")
            }
            Status::Scheduled => (
                &[&words.scheduled, &words.coming, &words.ahead, &words.expected],
                "a word for what is to come",
            ),
            Status::UnderWay => (&[&words.under_way], "a word for what is going on"),
            Status::Held => (&[], ""),
        };
        let listed = lists.iter().any(|list| list.contains(&lemma) || list.contains(&form));
        if listed { why } else { grammatical(line, by, status) }
    }

    /// On what the certainty rests.
    fn certainty(&self, occasion: &Occasion, account: &Account) -> Reason {
        let words = &self.scene.lexicon.statuses;
        let (list, otherwise) = match account.certainty.value {
            Certainty::Certain => (
                None,
                if account.according_to.is_empty() {
                    "the report's own voice"
                } else {
                    "the report's own voice, or the word of a party to it"
                },
            ),
            Certainty::Reported => (Some(&words.reported), "on the word of somebody who is no party to it"),
            Certainty::Possible => (Some(&words.possible), "told as possible or expected"),
            Certainty::Unverified => (Some(&words.unverified), "told as not confirmed"),
        };
        let coloured = list.and_then(|list| {
            occasion.tellings.iter().find_map(|t| {
                let line = self.line(t.at.line);
                let near = modality::hedges(line, t.at.token).into_iter();
                near.filter(|&c| list.contains(&line.form(c).to_lowercase()))
                    .map(|c| line.span(c..c + 1))
                    .next()
            })
        });
        let sources = account.according_to.iter().filter_map(|s| s.evidence.spans.first().copied());
        let spans = coloured.map_or_else(|| sources.collect::<Vec<_>>(), |span| vec![span]);
        let why = if coloured.is_some() { "a word for it" } else { otherwise };
        Reason {
            about: About::Certainty,
            value: plain(account.certainty.value),
            words: if spans.is_empty() { account.certainty.evidence.spans.clone() } else { spans },
            why: why.to_string(),
        }
    }
}

/// What tense and negation say where no listed word does.
fn grammatical(line: &Line<'_>, by: usize, status: Status) -> &'static str {
    match (status, line.lemma(by), line.upos(by), line.token(by).xpos) {
        (Status::NotHeld, ..) => "negated",
        (_, "will" | "shall" | "would", ..) => "the future tense",
        (_, "may" | "might" | "could" | "can" | "should" | "must" | "ought", ..) => {
            "an auxiliary for what is not sure"
        }
        (Status::Scheduled | Status::Proposed, ..) => "an infinitive or noun for what is to come",
        (Status::UnderWay, ..) => "the progressive",
        (_, _, Upos::Verb, "VBD" | "VBN") => "the past tense",
        (_, _, Upos::Verb, _) => "a verb that nothing denies",
        _ => "a noun that nothing denies",
    }
}

/// A value as it is written in JSON, in words.
fn plain(value: impl ToString) -> String {
    value.to_string().replace('_', " ")
}

/// The values that no words state.
fn inferred(account: &Account) -> Vec<Reason> {
    let reason = |about, value: String, evidence: &Evidence| {
        let why = evidence.inferred.clone()?;
        Some(Reason { about, value, words: evidence.spans.clone(), why: format!("inferred: {why}") })
    };
    let kind = reason(About::Kind, plain(account.kind.value), &account.kind.evidence);
    let date = account.date.as_ref().and_then(|d| reason(About::Date, d.value.to_string(), &d.evidence));
    let place = account.place.as_ref().and_then(|p| reason(About::Place, p.value.clone(), &p.evidence));
    [kind, date, place].into_iter().flatten().collect()
}
