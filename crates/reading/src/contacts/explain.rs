//! Gathers why an account is as it is: the reasons kept with its tellings, its parties and its time phrases.
//!
//! Nothing here decides anything; it is asked only when somebody wants to know.

use std::collections::BTreeSet;

use daybook_grammar::Match;
use daybook_language::Upos;
use daybook_record::{
    About, Account, Capture, Certainty, CertaintyCue, Decided, Evidence, Explanation, Finding, Grouping,
    Kind, KnownPerson, Overruling, Reason, Span, Status, StatusCue,
};

use crate::contacts::occasion::Occasion;
use crate::events::details::evidence;
use crate::events::modality;
use crate::events::telling::{Scene, Telling};
use crate::parties::cast::{Id, Lead};
use crate::parties::mention::What;
use crate::syntax::document::{At, Line};
use crate::words::lexicon::FunctionWords;

/// What explanations are drawn from.
pub(crate) struct Explainer<'a, 'd, 'g> {
    pub scene: &'a Scene<'d, 'g>,
    pub matches: &'a [(usize, Match<'a>)],
    pub occasion: &'a Occasion,
    /// The matches that remark on it, by their number.
    pub remarks: &'a [usize],
}

impl Explainer<'_, '_, '_> {
    /// Why the account of the occasion is as it is.
    pub fn explanation(&self, account: &Account) -> Explanation {
        let occasion = self.occasion;
        let mut reasons: Vec<Decided> = self.kind(occasion, account).into_iter().collect();
        reasons.extend(self.parties(occasion));
        reasons.extend(self.unnamed(occasion, &reasons));
        reasons.extend(self.offices(occasion));
        reasons.extend(self.date(account));
        reasons.push(self.status(occasion, account));
        reasons.push(self.certainty(occasion, account));
        reasons.extend(inferred(account));
        Explanation { findings: self.findings(occasion), reasons }
    }

    fn line(&self, number: usize) -> &Line<'_> {
        &self.scene.document.lines[number]
    }

    /// The tellings that were put together, then the remarks on the contact.
    fn findings(&self, occasion: &Occasion) -> Vec<Finding> {
        let tellings = occasion.tellings.iter().filter_map(|telling| {
            Some(self.finding(telling.at.line, self.fired(telling)?, telling.evidence, telling.joined))
        });
        let remarks = self.remarks.iter().map(|&number| {
            let (line, found) = &self.matches[number];
            let tokens: Vec<usize> = found.why().iter().flat_map(|b| b.tokens.to_vec()).collect();
            let words = evidence(self.line(*line), found.trigger(), &tokens);
            self.finding(*line, found, words, Some(Grouping::Remark))
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

    fn finding(&self, line: usize, found: &Match<'_>, words: Span, joined: Option<Grouping>) -> Finding {
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

    /// The telling that tells the kind of contact.
    fn kind(&self, occasion: &Occasion, account: &Account) -> Option<Decided> {
        let value = account.kind.value;
        let telling = occasion.tellings.iter().find(|t| t.kind == value)?;
        let words = vec![self.line(telling.at.line).span(telling.at.token..telling.at.token + 1)];
        let because = Reason::Rule(telling.rule.clone());
        Some(Decided { about: About::Kind, value: plain(value), words, because })
    }

    /// Whom the words mean that the rules took for the parties.
    fn parties(&self, occasion: &Occasion) -> Vec<Decided> {
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
                let meant = self.scene.cast.means[mention].iter().zip(&self.scene.cast.leads[mention]);
                let members = meant.filter(|(id, _)| occasion.members().any(|m| m == **id));
                reasons.extend(members.map(|(&id, &lead)| self.party(mention, id, lead)));
            }
        }
        reasons
    }

    /// The parties that no telling of the contact names itself.
    fn unnamed(&self, occasion: &Occasion, explained: &[Decided]) -> Vec<Decided> {
        let because = match occasion.kind {
            Kind::Visit => Reason::ReceivesVisit,
            _ => Reason::PartyToldBefore,
        };
        let ids = occasion.members().filter(|&id| {
            let name = self.name(id);
            explained.iter().all(|r| r.about != About::Party || r.value != name)
        });
        let decided = |id: Id| Decided {
            about: About::Party,
            value: self.name(id),
            words: vec![self.scene.cast.entities[id].first],
            because: because.clone(),
        };
        ids.map(decided).collect()
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

    fn party(&self, mention: usize, id: Id, lead: Lead<'_>) -> Decided {
        let told = &self.scene.cast.mentions[mention];
        let line = self.line(told.line);
        let mut words = vec![line.span(told.tokens.clone())];
        let (because, from) = match lead {
            Lead::Words => self.by_words(mention, id),
            Lead::Holder(_) | Lead::Office => self.by_office(lead, id),
            Lead::Pronoun(other) => self.by_pronoun(mention, other),
            Lead::Speaker => (Reason::Speaker, None),
        };
        words.extend(from);
        Decided { about: About::Party, value: self.name(id), words, because }
    }

    fn by_words(&self, mention: usize, id: Id) -> (Reason, Option<Span>) {
        let told = &self.scene.cast.mentions[mention];
        let line = self.line(told.line);
        match &told.what {
            What::Person { name, .. } => self.by_name(&line.words(name.clone()), id),
            What::State { name, .. } if *name != line.words(told.tokens.clone()) => {
                (Reason::StandsFor(name.clone()), None)
            }
            What::Group => (Reason::PartiesSpokenOf, None),
            _ => (Reason::Name(None), None),
        }
    }

    /// What an entity is called: by name, or by office and country.
    fn name(&self, id: Id) -> String {
        let entity = &self.scene.cast.entities[id];
        entity.name.clone().or(entity.office.clone()).unwrap_or_else(|| entity.countries.join(", "))
    }

    fn by_name(&self, words: &str, id: Id) -> (Reason, Option<Span>) {
        let entity = &self.scene.cast.entities[id];
        let full = entity.name.as_deref().unwrap_or(words);
        let known = entity.person.map(|person| KnownPerson {
            name: person.name().to_string(),
            wikidata: person.wikidata().map(str::to_string),
        });
        if full == words {
            (Reason::Name(known), None)
        } else {
            (Reason::NameForm(full.to_string(), known), self.named(full, id))
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

    fn by_office(&self, lead: Lead<'_>, id: Id) -> (Reason, Option<Span>) {
        let entity = &self.scene.cast.entities[id];
        let held = match lead {
            Lead::Holder(held) => self.scene.document.as_of.map(|day| (held, day)),
            _ => None,
        };
        match (held, &entity.name) {
            (Some((held, on)), Some(_)) => {
                let office = held.office().display().to_string();
                (Reason::OfficeHolder { office, on }, Some(entity.first))
            }
            (None, Some(_)) => (Reason::ToldInOffice, Some(entity.first)),
            (held, None) => {
                let name = entity.person.map_or("", |p| p.name()).to_string();
                (Reason::OfficeAlone { holder: held.map(|(_, on)| (name, on)) }, None)
            }
        }
    }

    fn by_pronoun(&self, pronoun: usize, other: usize) -> (Reason, Option<Span>) {
        let cast = self.scene.cast;
        let (here, there) = (&cast.mentions[pronoun], &cast.mentions[other]);
        let line = self.line(there.line);
        let is_subject = there.heads.first().is_some_and(|&h| line.relation(h) == "nsubj");
        let sentences_before = (other < pronoun).then(|| here.line.abs_diff(there.line));
        (Reason::SpokenOf { is_subject, sentences_before }, Some(line.span(there.tokens.clone())))
    }

    /// Where the offices of the parties come from.
    fn offices(&self, occasion: &Occasion) -> Vec<Decided> {
        let mut ids: Vec<Id> = occasion.members().collect();
        ids.dedup();
        ids.into_iter().filter_map(|id| self.office(id)).collect()
    }

    fn office(&self, id: Id) -> Option<Decided> {
        let cast = self.scene.cast;
        let entity = &cast.entities[id];
        let (office, _) = (entity.office.as_ref()?, entity.name.as_ref()?);
        let (words, because) = match (entity.office_told, entity.in_office) {
            (Some(told), _) => {
                let mention = &cast.mentions[told];
                (self.line(mention.line).span(mention.tokens.clone()), Reason::OfficeTold)
            }
            (None, Some(held)) => (entity.first, Reason::OfficeHeld(held.from())),
            (None, None) => return None,
        };
        let value = format!("{}: {office}", self.name(id));
        Some(Decided { about: About::Office, value, words: vec![words], because })
    }

    /// How the words that date the contact were resolved.
    fn date(&self, account: &Account) -> Option<Decided> {
        let date = account.date.as_ref().filter(|d| d.evidence.inferred.is_none())?;
        let words = *date.evidence.spans.first()?;
        let because = self.scene.timed.iter().find(|t| t.span == words)?.because.clone();
        Some(Decided { about: About::Date, value: date.value.to_string(), words: vec![words], because })
    }

    /// What decided how things stand.
    fn status(&self, occasion: &Occasion, account: &Account) -> Decided {
        let words = account.status.evidence.spans.clone();
        let value = account.status.value;
        let decided = occasion.tellings.iter().find(|t| {
            let line = self.line(t.at.line);
            Some(&line.span(t.standing.by..t.standing.by + 1)) == words.first()
        });
        let cue = decided.map(|t| self.decided(self.line(t.at.line), t.standing.by, t.standing.status));
        let told = decided.map(|t| t.standing.status).filter(|told| *told != value);
        let because =
            Reason::Status { cue, overruled: told.map(|told| (told, self.overruled(account, told))) };
        Decided { about: About::Status, value: plain(value), words, because }
    }

    /// What makes the status another than its words say.
    fn overruled(&self, account: &Account, told: Status) -> Overruling {
        let date = account.date.as_ref().map(|d| &d.value);
        let report = self.scene.document;
        let (first, last) = (date.and_then(|d| d.first()), date.and_then(|d| d.last()));
        match (first.zip(report.latest), last.zip(report.earliest)) {
            (Some((first, latest)), _) if first > latest => Overruling::DateAhead,
            (_, Some((last, earliest))) if last < earliest => Overruling::DateOver,
            _ if told == Status::Scheduled && account.status.value == Status::Proposed => {
                Overruling::OneSideMeansTo
            }
            _ if account.status.value == Status::Held => Overruling::ToldAsHeld,
            _ => Overruling::DatePossiblyAhead,
        }
    }

    /// What the deciding word is.
    fn decided(&self, line: &Line<'_>, by: usize, status: Status) -> StatusCue {
        let words = &self.scene.lexicon.statuses;
        let (lemma, form) = (line.lemma(by).to_lowercase(), line.form(by).to_lowercase());
        let (lists, cue): (&[&BTreeSet<String>], StatusCue) = match status {
            Status::Cancelled => (&[&words.cancelled, &words.dropped], StatusCue::CallingOff),
            Status::Postponed => (&[&words.postponed, &words.put_off], StatusCue::PuttingOff),
            Status::Declined => (&[&words.declined], StatusCue::Refusing),
            Status::Denied => (&[&words.denied], StatusCue::Denying),
            Status::NotHeld => (&[&words.failed, &words.not_yet], StatusCue::Failing),
            Status::Proposed => (&[&words.proposed, &words.mooted, &words.expected], StatusCue::Wanting),
            Status::Scheduled => {
                (&[&words.scheduled, &words.coming, &words.ahead, &words.expected], StatusCue::Coming)
            }
            Status::UnderWay => (&[&words.under_way], StatusCue::GoingOn),
            Status::Held => (&[], StatusCue::PlainVerb),
        };
        let listed = lists.iter().any(|list| list.contains(&lemma) || list.contains(&form));
        if listed { cue } else { grammatical(line, by, status, &self.scene.lexicon.function_words) }
    }

    /// On what the certainty rests.
    fn certainty(&self, occasion: &Occasion, account: &Account) -> Decided {
        let words = &self.scene.lexicon.statuses;
        let (list, otherwise) = match account.certainty.value {
            Certainty::Certain => (
                None,
                if account.according_to.is_empty() {
                    CertaintyCue::OwnVoice
                } else {
                    CertaintyCue::OwnVoiceOrParty
                },
            ),
            Certainty::Reported => (Some(&words.reported), CertaintyCue::ThirdParty),
            Certainty::Possible => (Some(&words.possible), CertaintyCue::Possible),
            Certainty::Unverified => (Some(&words.unverified), CertaintyCue::NotConfirmed),
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
        let cue = if coloured.is_some() { CertaintyCue::Word } else { otherwise };
        Decided {
            about: About::Certainty,
            value: plain(account.certainty.value),
            words: if spans.is_empty() { account.certainty.evidence.spans.clone() } else { spans },
            because: Reason::Certainty(cue),
        }
    }
}

/// What tense and negation say where no listed word does.
fn grammatical(line: &Line<'_>, by: usize, status: Status, function_words: &FunctionWords) -> StatusCue {
    match (status, line.lemma(by), line.upos(by), line.token(by).xpos) {
        (Status::NotHeld, ..) => StatusCue::Negation,
        (_, lemma, ..) if function_words.explained_future_auxiliaries.contains(lemma) => {
            StatusCue::FutureTense
        }
        (_, lemma, ..)
            if function_words.possible_auxiliaries.contains(lemma)
                || function_words.obliging_auxiliaries.contains(lemma) =>
        {
            StatusCue::UnsureAuxiliary
        }
        (Status::Scheduled | Status::Proposed, ..) => StatusCue::Unfinished,
        (Status::UnderWay, ..) => StatusCue::Progressive,
        (_, _, Upos::Verb, "VBD" | "VBN") => StatusCue::PastTense,
        (_, _, Upos::Verb, _) => StatusCue::PlainVerb,
        _ => StatusCue::PlainNoun,
    }
}

/// A value as it is written in JSON, in words.
fn plain(value: impl ToString) -> String {
    value.to_string().replace('_', " ")
}

/// The values that no words state.
fn inferred(account: &Account) -> Vec<Decided> {
    let decided = |about, value: String, evidence: &Evidence| {
        let because = Reason::Inferred(evidence.inferred.clone()?);
        Some(Decided { about, value, words: evidence.spans.clone(), because })
    };
    let kind = decided(About::Kind, plain(account.kind.value), &account.kind.evidence);
    let date = account.date.as_ref().and_then(|d| decided(About::Date, d.value.to_string(), &d.evidence));
    let place = account.place.as_ref().and_then(|p| decided(About::Place, p.value.clone(), &p.evidence));
    [kind, date, place].into_iter().flatten().collect()
}
