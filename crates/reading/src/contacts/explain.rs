//! Gathers why an account is as it is: the reasons kept with its tellings, its parties and its time phrases.
//!
//! Nothing here decides anything; it is asked only when somebody wants to know.

use std::collections::BTreeSet;

use daybook_grammar::Match;
use daybook_record::{
    About, Account, Capture, Confidence, ConfidenceSign, Decided, Evidence, Explanation, Finding, FiredRule,
    Grouping, Kind, KnownPerson, Overruling, Reason, Span, Status,
};

use crate::contacts::confidence;
use crate::contacts::occasion::{Occasion, weighed};
use crate::events::details::evidence;
use crate::events::telling::{Scene, Telling, likeliest};
use crate::parties::cast::{Id, Lead};
use crate::parties::mention::What;
use crate::syntax::document::{At, Line};

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
        let sign = |(name, value): (&'static str, f32)| ConfidenceSign {
            name,
            thousandths: (value * 1000.0).round() as i32,
        };
        let signs = confidence::signs(self.scene.cast, occasion).into_iter().map(sign).collect();
        Explanation { findings: self.findings(occasion), reasons, signs }
    }

    fn line(&self, number: usize) -> &Line<'_> {
        &self.scene.document.lines[number]
    }

    /// The tellings that were put together, then the remarks on the contact.
    fn findings(&self, occasion: &Occasion) -> Vec<Finding> {
        let tellings = occasion.tellings.iter().map(|telling| self.told(telling));
        let remarks = self.remarks.iter().map(|&number| {
            let (line, found) = &self.matches[number];
            let tokens: Vec<usize> = found.why().iter().flat_map(|b| b.tokens.to_vec()).collect();
            Finding {
                rule: Some(fired(found)),
                probability: None,
                yields: found.rule.yields.clone(),
                words: evidence(self.line(*line), found.trigger(), &tokens),
                captures: self.taken(*line, found),
                joined: Some(Grouping::Remark),
            }
        });
        tellings.chain(remarks).collect()
    }

    fn told(&self, telling: &Telling) -> Finding {
        let rule = self.fired(telling);
        let mut captures = self.parts(telling);
        captures.extend(rule.into_iter().flat_map(|found| self.taken(telling.at.line, found)));
        Finding {
            rule: rule.map(fired),
            probability: telling.frame.map(|_| Confidence::of(telling.sure)),
            yields: telling.kind().to_string(),
            words: telling.evidence,
            captures,
            joined: telling.joined,
        }
    }

    /// The match that a telling was made of.
    fn fired(&self, telling: &Telling) -> Option<&Match<'_>> {
        let fits = |(line, found): &&(usize, Match<'_>)| {
            *line == telling.at.line
                && found.trigger() == telling.at.token
                && Some(&found.rule.name) == telling.rule.as_ref()
        };
        self.matches.iter().find(fits).map(|(_, found)| found)
    }

    /// Which words the lines of a rule took.
    fn taken(&self, line: usize, found: &Match<'_>) -> Vec<Capture> {
        let capture = |binding: daybook_grammar::Binding<'_>| Capture {
            name: binding.capture.to_string(),
            pattern: Some(binding.source.to_string()),
            probability: None,
            words: binding.tokens.iter().map(|&token| self.words_at(At { line, token })).collect(),
        };
        found.why().into_iter().map(capture).collect()
    }

    /// Which words the model takes for which part of a telling.
    fn parts(&self, telling: &Telling) -> Vec<Capture> {
        let Some(frame) = telling.frame.and_then(|number| self.scene.frames.get(number)) else {
            return Vec::new();
        };
        self.scene
            .runs_by_part(frame)
            .into_iter()
            .map(|(name, line, run, sure)| Capture {
                name: name.to_string(),
                pattern: None,
                probability: Some(Confidence::of(sure)),
                words: vec![self.line(line).span(run)],
            })
            .collect()
    }

    /// The words of the mention at a token, or the token alone.
    fn words_at(&self, at: At) -> Span {
        let mention = self.scene.cast.mention_at(at).map(|m| self.scene.cast.mentions[m].tokens.clone());
        self.line(at.line).span(mention.unwrap_or(at.token..at.token + 1))
    }

    /// How surely the tellings together tell the kind of contact.
    fn kind(&self, occasion: &Occasion, account: &Account) -> Option<Decided> {
        let value = account.kind.value;
        let because =
            match occasion.tellings.iter().find_map(|t| t.frame.is_none().then_some(t.rule.as_ref()?)) {
                Some(rule) => Reason::Rule(rule.clone()),
                None => Reason::Read(share(&weighed(&occasion.tellings, |t| &t.kinds), value)?),
            };
        let telling = occasion.tellings.iter().find(|t| t.kind() == value)?;
        let words = vec![self.line(telling.at.line).span(telling.at.token..telling.at.token + 1)];
        Some(Decided { about: About::Kind, value: plain(value), words, because })
    }

    /// Whom the words mean that were taken for the parties.
    fn parties(&self, occasion: &Occasion) -> Vec<Decided> {
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        let mut reasons = Vec::new();
        for telling in &occasion.tellings {
            for party in &telling.parties {
                let line = telling.at.line;
                let names = |m: &usize| {
                    let mention = &self.scene.cast.mentions[*m];
                    mention.line == line && self.line(line).span(mention.tokens.clone()) == party.span
                };
                let Some(mention) =
                    (0..self.scene.cast.mentions.len()).find(names).filter(|m| seen.insert(*m))
                else {
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
        let weighed = weighed(&occasion.tellings, |t| &t.statuses);
        let (value, told) = (account.status.value, likeliest(&weighed).unwrap_or(account.status.value));
        let because = if told == value {
            Reason::Read(share(&weighed, value).unwrap_or_default())
        } else if value == Status::Scheduled {
            Reason::Overruled { told, by: Overruling::DateAhead }
        } else {
            Reason::Overruled { told, by: Overruling::DateOver }
        };
        let words = account.status.evidence.spans.clone();
        Decided { about: About::Status, value: plain(value), words, because }
    }

    /// On what the certainty rests.
    fn certainty(&self, occasion: &Occasion, account: &Account) -> Decided {
        let weighed = weighed(&occasion.tellings, |t| &t.certainties);
        let value = account.certainty.value;
        Decided {
            about: About::Certainty,
            value: plain(value),
            words: account.certainty.evidence.spans.clone(),
            because: Reason::Read(share(&weighed, value).unwrap_or_default()),
        }
    }
}

/// A rule as an explanation names it.
fn fired(found: &Match<'_>) -> FiredRule {
    FiredRule { name: found.rule.name.clone(), file: found.rule.file.clone(), line: found.rule.line }
}

/// The share of a value among all.
fn share<T: PartialEq + Copy>(weighed: &[(T, f32)], value: T) -> Option<Confidence> {
    let whole: f32 = weighed.iter().map(|(_, sure)| sure).sum();
    let own = weighed.iter().find(|(known, _)| *known == value)?.1;
    Some(Confidence::of(own / whole))
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
