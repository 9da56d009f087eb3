//! Leads the words for a source to whom they mean: a person, state or body, a document, or somebody told by function alone.

use std::ops::Range;

use daybook_language::{NameKind, Upos};
use daybook_record::{Inferred, Party, PartyKind, Sourced};

use super::attributed::{Attributed, Words};
use super::manner::term;
use crate::events::telling::Scene;
use crate::parties::cast::Id;
use crate::parties::mention::What;
use crate::syntax::document::{At, Line};
use crate::words::lexicon::FunctionWords;

/// So many sentences back a quotation without a source goes on from whoever spoke last.
const REACH: usize = 3;

/// Finds speakers.
pub(crate) struct Speakers<'s, 'd, 'g> {
    pub scene: &'s Scene<'d, 'g>,
}

impl Speakers<'_, '_, '_> {
    /// For each attribution its speakers.
    pub fn of(&self, attributed: &[Attributed]) -> Vec<Vec<Sourced<Party>>> {
        let mut speakers: Vec<Vec<Sourced<Party>>> = Vec::with_capacity(attributed.len());
        for (number, one) in attributed.iter().enumerate() {
            let own = match (&one.source, &one.cue) {
                (Some(source), _) => self.of_source(source, one, &attributed[..number], &speakers),
                (None, Some(cue)) => self.of_subject(cue, one),
                (None, None) => self.goes_on(one, &attributed[..number], &speakers),
            };
            speakers.push(own);
        }
        speakers
    }

    fn of_source(
        &self,
        source: &Words,
        one: &Attributed,
        before: &[Attributed],
        known: &[Vec<Sourced<Party>>],
    ) -> Vec<Sourced<Party>> {
        let line = &self.scene.document.lines[source.line];
        let head = source.head(self.scene.document);
        let joined = line.dependents(head, &["conj"]).filter(|t| source.tokens.contains(t));
        let tops: Vec<usize> = std::iter::once(head).chain(joined).collect();
        let mut found: Vec<Sourced<Party>> = Vec::new();
        for top in tops {
            for party in self.at(source, top) {
                if found.iter().all(|f| f.value != party.value) {
                    found.push(party);
                }
            }
        }
        if found.is_empty() && line.upos(head) == Upos::Pron {
            let plural = self.plural_before(source.line, line.form(head));
            let pronoun = line.form(head);
            let why = Inferred::PronounForSpeaker;
            return plural.unwrap_or_else(|| self.last_speaker(one, before, known, pronoun, why));
        }
        for party in found.iter_mut().filter(|_| one.shared) {
            party.evidence.inferred.get_or_insert(Inferred::SharedSubject);
        }
        found
    }

    /// "The minister appeared confident": where the model counts the subject to the content, it speaks all the same.
    fn of_subject(&self, cue: &Words, one: &Attributed) -> Vec<Sourced<Party>> {
        let line = &self.scene.document.lines[cue.line];
        let subject = line.dependents(line.clause(cue.head(self.scene.document)), &["nsubj"]).next();
        let within = |s: &usize| one.content.iter().any(|w| w.line == cue.line && w.tokens.contains(s));
        let Some(subject) = subject.filter(within).filter(|_| self.thinks(line, cue)) else {
            return Vec::new();
        };
        let source = Words { line: cue.line, tokens: line.subtree(subject) };
        let mut found = self.at(&source, subject);
        // "His words appear to reassure them": a thing thinks nothing.
        found.retain(|party| party.value.name.is_some() && party.value.kind != PartyKind::Document);
        for party in &mut found {
            party.evidence.inferred.get_or_insert(Inferred::SubjectOfClause);
        }
        found
    }

    /// Whether a cue is told of its subject, and not of what somebody else thinks of that.
    fn thinks(&self, line: &Line<'_>, cue: &Words) -> bool {
        let passive = |t: usize| line.dependents(t, &["aux"]).any(|a| line.token(a).relation == "aux:pass");
        !cue.tokens.clone().any(passive)
    }

    /// Whom the source means at one of its nouns.
    pub fn at(&self, source: &Words, top: usize) -> Vec<Sourced<Party>> {
        let line = &self.scene.document.lines[source.line];
        let top = antecedent(line, top, &self.scene.lexicon.function_words).unwrap_or(top);
        if self.scene.lexicon.speech.documents.contains(line.lemma(top))
            && let Some(owner) = self.owner(line, source.line, top)
        {
            return owner;
        }
        let here = At { line: source.line, token: top };
        let ids = self.scene.cast.at(here);
        // "Diplomats", whom only the model takes for a party, speak as what they are called, like all others without a name.
        let mention = self.scene.cast.mention_at(here).map(|m| &self.scene.cast.mentions[m].what);
        let is_called = matches!(mention, Some(What::Told)) && line.upos(top) == Upos::Noun;
        if !ids.is_empty() && !is_called {
            return self.parties(ids, source, top);
        }
        if let Some(named) = self.person_within(source, top).or_else(|| self.name_at(source, top)) {
            return vec![named];
        }
        if matches!(line.upos(top), Upos::Pron | Upos::Det) {
            Vec::new()
        } else {
            vec![self.described(line, top)]
        }
    }

    fn parties(&self, ids: &[Id], source: &Words, top: usize) -> Vec<Sourced<Party>> {
        let line = &self.scene.document.lines[source.line];
        let words = line.span(top..top + 1);
        let pronoun = line.upos(top) == Upos::Pron;
        let party = |&id: &Id| {
            let (party, first) = (self.scene.cast.party(id), self.scene.cast.entities[id].first);
            if pronoun {
                Sourced::inferred(party, vec![first, words], Inferred::PronounForSpokenOf)
            } else {
                Sourced::stated(party, words)
            }
        };
        ids.iter().map(party).collect()
    }

    /// "A Kremlin statement", "the minister's letter", "a report by the ministry": whose document it is.
    fn owner(&self, line: &Line<'_>, number: usize, top: usize) -> Option<Vec<Sourced<Party>>> {
        let from = |&t: &usize| {
            matches!(line.token(t).relation, "nmod:poss" | "compound")
                || line.relation(t) == "nmod"
                    && self.scene.lexicon.function_words.document_of.contains(&line.marker(t))
        };
        let owners = line.children(top).iter().copied().filter(from);
        let source = Words { line: number, tokens: line.subtree(top) };
        let known = |t: usize| !self.scene.cast.at(At { line: number, token: t }).is_empty();
        let owner = owners.into_iter().find(|&t| known(t) || self.name_at(&source, t).is_some())?;
        Some(self.at(&source, owner)).filter(|found| !found.is_empty())
    }

    /// A person named inside the source: "Maria Weber, a spokeswoman for the ministry".
    fn person_within(&self, source: &Words, top: usize) -> Option<Sourced<Party>> {
        let line = &self.scene.document.lines[source.line];
        let cast = &self.scene.cast;
        let of_top = |&m: &usize| {
            let mention = &cast.mentions[m];
            matches!(mention.what, What::Person { .. })
                && mention.line == source.line
                && mention.tokens.start >= source.tokens.start
                && mention.tokens.end <= source.tokens.end
                && (mention.tokens.contains(&top)
                    || mention.heads.iter().any(|&h| {
                        line.head(h) == Some(top)
                            && matches!(line.relation(h), "appos" | "flat" | "compound" | "nmod")
                            && line.marker(h).is_empty()
                    }))
        };
        let number = (0..cast.mentions.len()).find(of_top)?;
        let &id = cast.means[number].first()?;
        Some(Sourced::stated(cast.party(id), line.span(cast.mentions[number].tokens.clone())))
    }

    /// A name that is no party to contacts: a newspaper, a company, a think tank.
    fn name_at(&self, source: &Words, top: usize) -> Option<Sourced<Party>> {
        let line = &self.scene.document.lines[source.line];
        let beside = line
            .dependents(top, &["appos", "flat", "compound", "nmod"])
            .filter(|&t| line.marker(t).is_empty());
        let mut places = std::iter::once(top).chain(beside);
        let name = places.find_map(|t| line.sentence.names.iter().find(|n| n.tokens.contains(&t)))?;
        let kind = match name.kind {
            NameKind::Person => PartyKind::Person,
            NameKind::Organisation | NameKind::Place | NameKind::Event => PartyKind::Body,
            _ => return None,
        };
        // "The president" may be tagged as a name, but is none.
        let capital = |t: usize| line.form(t).chars().next().is_some_and(char::is_uppercase);
        let tokens = match name.kind {
            NameKind::Person => without_titles(line, name.tokens.clone()),
            NameKind::Organisation => without_article(line, name.tokens.clone()),
            _ => name.tokens.clone(),
        };
        if !tokens.clone().any(capital) {
            return None;
        }
        let party = Party {
            name: Some(line.words(tokens.clone())),
            office: None,
            country: None,
            kind,
            wikidata: None,
        };
        Some(Sourced::stated(party, line.span(tokens)))
    }

    /// "A senior official", "critics", "the documents": told by function or kind alone.
    fn described(&self, line: &Line<'_>, top: usize) -> Sourced<Party> {
        let (words, span) = term(line, top);
        let lemma = line.lemma(top);
        let document = self.scene.lexicon.speech.documents.contains(lemma);
        let kind = if document { PartyKind::Document } else { PartyKind::Person };
        // "The website Nordlicht": a name that no table knows stands behind the kind of thing that it is.
        let name = line.dependents(top, &["appos"]).chain(right_behind(line, top));
        let name = name.into_iter().find(|&t| line.upos(t) == Upos::Propn);
        if let Some(name) = name.filter(|_| !document) {
            let (words, span) = term(line, name);
            let party = Party {
                name: Some(words),
                office: None,
                country: None,
                kind: PartyKind::Body,
                wikidata: None,
            };
            return Sourced::stated(party, span);
        }
        let capital = line.upos(top) == Upos::Propn;
        let (name, office) = if document || capital { (Some(words), None) } else { (None, Some(words)) };
        let kind = if capital && !document { PartyKind::Body } else { kind };
        Sourced::stated(Party { name, office, country: None, kind, wikidata: None }, span)
    }

    /// A quotation that nobody is said to have spoken: whoever spoke last goes on.
    fn goes_on(
        &self,
        one: &Attributed,
        before: &[Attributed],
        known: &[Vec<Sourced<Party>>],
    ) -> Vec<Sourced<Party>> {
        let quoted = one.content.iter().any(|words| {
            let line = &self.scene.document.lines[words.line];
            words.tokens.clone().any(|t| line.token(t).quoted)
        });
        if !quoted {
            return Vec::new();
        }
        self.last_speaker(one, before, known, "", Inferred::SpeakerGoesOn)
    }

    /// "The ministers met. They said": the several who are the subject of the sentence before.
    fn plural_before(&self, number: usize, pronoun: &str) -> Option<Vec<Sourced<Party>>> {
        let before = number.checked_sub(1).filter(|_| pronoun.eq_ignore_ascii_case("they"))?;
        let (line, here) = (&self.scene.document.lines[before], &self.scene.document.lines[number]);
        let root = (0..line.len()).find(|&t| line.head(t).is_none()).filter(|_| line.part == here.part)?;
        let subject = line.dependents(root, &["nsubj"]).find(|&s| line.token(s).xpos == "NNS")?;
        let source = Words { line: before, tokens: line.subtree(subject) };
        let mut found = self.at(&source, subject);
        for party in &mut found {
            party.evidence.inferred = Some(Inferred::PronounForSeveral);
        }
        Some(found).filter(|found| !found.is_empty())
    }

    /// Whether a pronoun may stand for some speakers, by number and sex as far as they are known.
    fn may_mean(&self, pronoun: &str, speakers: &[Sourced<Party>]) -> bool {
        let person = |s: &Sourced<Party>| s.value.kind == PartyKind::Person;
        let woman = |s: &Sourced<Party>| {
            let first = s.value.name.as_deref().and_then(|name| name.split_once(' '))?.0;
            self.scene.lexicon.female.contains(first).then_some(true).or(s
                .value
                .wikidata
                .as_ref()
                .map(|_| false))
        };
        let many =
            |s: &Sourced<Party>| !person(s) || s.value.office.as_deref().is_some_and(|o| o.ends_with('s'));
        match (pronoun.to_lowercase().as_str(), speakers) {
            ("he", [one]) => person(one) && woman(one) != Some(true),
            ("she", [one]) => person(one) && woman(one) != Some(false),
            ("he" | "she", _) => false,
            ("they", [one]) => many(one),
            ("it", _) => !speakers.iter().any(person),
            _ => true,
        }
    }

    fn last_speaker(
        &self,
        one: &Attributed,
        before: &[Attributed],
        known: &[Vec<Sourced<Party>>],
        pronoun: &str,
        why: Inferred,
    ) -> Vec<Sourced<Party>> {
        let at = one.first().line;
        let lines = &self.scene.document.lines;
        let near = |a: &Attributed| {
            let last = a.content.last().map_or(0, |words| words.line);
            lines[last].part == lines[at].part && at.saturating_sub(last) <= REACH
        };
        let may_be = |speakers: &[Sourced<Party>]| !speakers.is_empty() && self.may_mean(pronoun, speakers);
        let latest = before.iter().zip(known).rev().find(|(a, speakers)| near(a) && may_be(speakers));
        let again = |speaker: &Sourced<Party>| {
            Sourced::inferred(speaker.value.clone(), speaker.evidence.spans.clone(), why.clone())
        };
        latest.map_or(Vec::new(), |(_, speakers)| speakers.iter().map(again).collect())
    }
}

/// "The newspaper Nordlicht": a name right behind a noun that plays the same part in the clause.
fn right_behind(line: &Line<'_>, noun: usize) -> Option<usize> {
    let next = Some(noun + 1).filter(|&t| t < line.len() && line.upos(noun) == Upos::Noun)?;
    (line.head(next) == line.head(noun) && line.relation(next) == line.relation(noun)).then_some(next)
}

/// A person's name without the titles before it: "Maria Weber" of "Sen. Maria Weber".
fn without_titles(line: &Line<'_>, name: Range<usize>) -> Range<usize> {
    let title = |t: &usize| line.form(*t).ends_with('.') && line.form(*t).chars().count() > 2;
    let last = name.end.saturating_sub(1);
    let start = (name.start..last).rev().find(title).map_or(name.start, |t| t + 1);
    start..name.end
}

/// "Washington Post" of "The Washington Post".
fn without_article(line: &Line<'_>, name: Range<usize>) -> Range<usize> {
    let article = name.len() > 1 && line.upos(name.start) == Upos::Det;
    name.start + usize::from(article)..name.end
}

/// "The documents, which claimed": the noun that a relative pronoun stands for.
fn antecedent(line: &Line<'_>, pronoun: usize, function_words: &FunctionWords) -> Option<usize> {
    let relative = line.upos(pronoun) == Upos::Pron && function_words.relatives.contains(line.lemma(pronoun));
    let clause = line.ancestors(pronoun).find(|&a| relative && line.token(a).relation == "acl:relcl")?;
    line.head(clause)
}
