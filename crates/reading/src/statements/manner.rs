//! How something was said: whether said, thought or wanted, affirmed, denied or left unsaid; to whom, in what form, where, when.

use daybook_language::{NameKind, Upos};
use daybook_record::{Act, Edtf, Inferred, Party, PartyKind, Polarity, Sourced, Span};

use super::attributed::{Attributed, Words};
use crate::events::telling::Scene;
use crate::syntax::document::{At, Line};
use crate::times::phrases;

/// How a statement was made.
#[derive(Debug, Clone)]
pub(crate) struct Manner {
    pub act: Sourced<Act>,
    pub polarity: Sourced<Polarity>,
    pub addressee: Option<Sourced<String>>,
    pub occasions: Vec<Sourced<String>>,
    pub place: Option<Sourced<String>>,
    pub date: Option<Sourced<Edtf>>,
}

/// Reads manners off cues.
pub(crate) struct Manners<'s, 'd, 'g> {
    pub scene: &'s Scene<'d, 'g>,
}

impl Manners<'_, '_, '_> {
    /// How each attribution was made: as its own sentence tells, or the one before if the same speakers go on there.
    pub fn of(&self, attributed: &[Attributed], speakers: &[Vec<Sourced<Party>>]) -> Vec<Manner> {
        let mut manners: Vec<Manner> = Vec::with_capacity(attributed.len());
        for (number, one) in attributed.iter().enumerate() {
            let mut manner = self.told(one, attributed);
            // "Told him": nobody is told by himself, so the pronoun was led to the wrong one.
            let own = |to: &Sourced<String>| {
                speakers[number].iter().any(|s| s.value.name.as_ref() == Some(&to.value))
            };
            manner.addressee = manner.addressee.filter(|to| !own(to));
            let before = number.checked_sub(1).filter(|&b| self.goes_on(&attributed[b], one));
            let same = |a: &[Sourced<Party>], b: &[Sourced<Party>]| {
                !a.is_empty() && a.iter().map(|p| &p.value).eq(b.iter().map(|p| &p.value))
            };
            if let Some(before) = before.filter(|&b| same(&speakers[b], &speakers[number])) {
                manner.take_over(&manners[before]);
            }
            manners.push(manner);
        }
        manners
    }

    /// Whether an attribution stands in the sentence of another or right behind it in its paragraph, both said.
    fn goes_on(&self, before: &Attributed, one: &Attributed) -> bool {
        let (Some(first), Some(second)) = (&before.cue, &one.cue) else { return false };
        let (a, b) = (&self.scene.document.lines[first.line], &self.scene.document.lines[second.line]);
        let said = |line, cue| self.act(line, cue) == Act::Said;
        a.part == b.part
            && a.sentence.paragraph == b.sentence.paragraph
            && one.first().line.saturating_sub(before.last()) <= 1
            && said(a, first)
            && said(b, second)
    }

    /// How an attribution was made, as its own sentence tells.
    fn told(&self, one: &Attributed, attributed: &[Attributed]) -> Manner {
        let Some(cue) = &one.cue else { return self.bare(one) };
        let line = &self.scene.document.lines[cue.line];
        let verb = self.verb(line, cue);
        let outside = |t: &usize| {
            let within = |words: &Words| words.line == cue.line && words.tokens.contains(t);
            !attributed.iter().any(|other| other.content.iter().any(within))
        };
        // "Speaking after the summit, she said": what is told of the speaking is told of what was said.
        let speaking = line
            .dependents(verb, &["advcl"])
            .filter(|&t| self.scene.lexicon.speech.speaking.contains(line.lemma(t)));
        let verbs = std::iter::once(verb).chain(speaking);
        let around: Vec<usize> = verbs.flat_map(|v| line.children(v)).copied().filter(outside).collect();
        let words = line.span(cue.tokens.clone());
        Manner {
            act: Sourced::stated(self.act(line, cue), words),
            polarity: Sourced::stated(self.polarity(line, cue, one.source.as_ref()), words),
            addressee: self.addressee(line, cue, &around),
            occasions: self.occasions(line, cue, &around),
            place: self.place(line, one, verb, &around),
            date: self.date(one, cue, verb, attributed),
        }
    }

    /// A quotation without a cue was said.
    fn bare(&self, one: &Attributed) -> Manner {
        let first = one.content.first();
        let span = first.map_or(Span::text(0, 0), |words| {
            self.scene.document.lines[words.line].span(words.tokens.clone())
        });
        let why = Inferred::NoVerbOfSaying;
        Manner {
            act: Sourced::inferred(Act::Said, [span], why.clone()),
            polarity: Sourced::inferred(Polarity::Affirmed, [span], why),
            addressee: None,
            occasions: Vec::new(),
            place: None,
            date: None,
        }
    }

    /// The head of what is told beside the cue: its verb, what carries it ("made the statement"), or a noun alone.
    fn verb(&self, line: &Line<'_>, cue: &Words) -> usize {
        let head = cue.head(self.scene.document);
        let verbal = cue.tokens.clone().any(|t| line.upos(t) == Upos::Verb);
        let alone = line.upos(head) == Upos::Verb || line.upos(head) == Upos::Noun && !verbal;
        if alone { head } else { line.clause(head) }
    }

    fn act(&self, line: &Line<'_>, cue: &Words) -> Act {
        let any = |list: &std::collections::BTreeSet<String>| {
            cue.tokens.clone().any(|t| line.upos(t) != Upos::Aux && list.contains(line.lemma(t)))
        };
        let head = line.lemma(cue.head(self.scene.document)).to_string();
        if self.scene.lexicon.speech.said.contains(&head) {
            Act::Said
        } else if self.scene.lexicon.speech.wanted.contains(&head) {
            Act::Wanted
        } else if self.scene.lexicon.speech.thought.contains(&head) {
            Act::Thought
        } else if any(&self.scene.lexicon.speech.said) {
            Act::Said
        } else if any(&self.scene.lexicon.speech.wanted) {
            Act::Wanted
        } else if any(&self.scene.lexicon.speech.thought) {
            Act::Thought
        } else {
            Act::Said
        }
    }

    fn polarity(&self, line: &Line<'_>, cue: &Words, source: Option<&Words>) -> Polarity {
        let lemma = |list: &std::collections::BTreeSet<String>| {
            cue.tokens.clone().find(|&t| list.contains(line.lemma(t)))
        };
        let head = cue.head(self.scene.document);
        let function_words = &self.scene.lexicon.function_words;
        let negated = cue.tokens.clone().chain(line.children(head).iter().copied()).any(|t| {
            line.relation(t) == "advmod" && function_words.negating_adverbs.contains(line.lemma(t))
                || function_words.negating_cues.contains(&line.form(t).to_lowercase())
                    && cue.tokens.contains(&t)
        });
        let negated = negated || source.is_some_and(|source| is_neither(line, source));
        let comments = |t: usize| self.scene.lexicon.speech.comment.contains(line.lemma(t));
        let declines = lemma(&self.scene.lexicon.speech.declined).is_some_and(|verb| {
            cue.tokens.clone().any(|t| t > verb && comments(t))
                || line.dependents(verb, &["xcomp", "obj"]).any(comments)
        });
        match lemma(&self.scene.lexicon.speech.denied) {
            Some(_) if negated => Polarity::Declined,
            Some(_) => Polarity::Denied,
            None if declines || negated && self.act(line, cue) == Act::Said => Polarity::Declined,
            None if negated => Polarity::Denied,
            None => Polarity::Affirmed,
        }
    }

    /// "Told reporters", "said to a crowd", "in remarks to lawmakers".
    fn addressee(&self, line: &Line<'_>, cue: &Words, around: &[usize]) -> Option<Sourced<String>> {
        let tells = cue.tokens.clone().any(|t| self.scene.lexicon.speech.tells.contains(line.lemma(t)));
        let told = |&t: &usize| {
            tells
                && line.upos(t) != Upos::Verb
                && matches!(line.relation(t), "obj" | "iobj")
                && !self.scene.lexicon.speech.occasions.contains(line.lemma(t))
        };
        let to = |&t: &usize| {
            line.relation(t) == "obl" && line.marker(t) == "to"
                || matches!(line.relation(t), "nmod" | "obl")
                    && matches!(line.marker(t).as_str(), "to" | "with")
                    && self.scene.lexicon.speech.listeners.contains(line.lemma(t))
        };
        let below = nominals(line, around);
        let found = around.iter().copied().find(told).or_else(|| below.into_iter().find(to))?;
        let known = self.scene.cast.at(At { line: cue.line, token: found }).first();
        let name = known.and_then(|&id| self.scene.cast.entities[id].name.clone());
        let (words, span) = term(line, found);
        (line.upos(found) != Upos::Pron || name.is_some())
            .then(|| Sourced::stated(name.unwrap_or(words), span))
    }

    /// "In a statement", "on Twitter", "after a meeting", "following the announcement".
    fn occasions(&self, line: &Line<'_>, cue: &Words, around: &[usize]) -> Vec<Sourced<String>> {
        let tells = cue.tokens.clone().any(|t| self.scene.lexicon.speech.tells.contains(line.lemma(t)));
        let function_words = &self.scene.lexicon.function_words;
        let of = |&t: &usize| {
            let case = line.marker(t);
            let form = self.scene.lexicon.speech.occasions.contains(&line.lemma(t).to_lowercase());
            let following = line.lemma(t) == "follow" && line.relation(t) == "advcl";
            match (line.relation(t), case.as_str()) {
                ("obl", case) if form && function_words.statement_forms.contains(case) => Some(term(line, t)),
                // "Told a news conference".
                ("obj" | "iobj", _) if form && tells => Some(term(line, t)),
                ("obl" | "advcl", order)
                    if line.upos(t) == Upos::Noun && function_words.statement_order.contains(order) =>
                {
                    Some(event(line, t, &case))
                }
                _ if following => {
                    line.dependents(t, &["obj"]).next().map(|noun| event(line, noun, "following"))
                }
                _ => None,
            }
        };
        around.iter().filter_map(of).map(|(words, span)| Sourced::stated(words, span)).collect()
    }

    /// "Told reporters in Moscow": a place below the verb or what hangs on it, not in a clause of its own.
    fn place(
        &self,
        line: &Line<'_>,
        one: &Attributed,
        verb: usize,
        around: &[usize],
    ) -> Option<Sourced<String>> {
        let cue = one.cue.as_ref().filter(|cue| self.act(line, cue) == Act::Said)?;
        // "A statement from the ministry": whoever says it is no place.
        let spoken =
            |t: usize| one.source.as_ref().is_some_and(|s| s.line == cue.line && s.tokens.contains(&t));
        let located = |&t: &usize| {
            !(spoken(t) && line.marker(t) == "from")
                && matches!(line.relation(t), "obl" | "nmod")
                && self.scene.lexicon.function_words.statement_places.contains(&line.marker(t))
        };
        let place = |t: usize| {
            let names = &line.sentence.names;
            let name = names.iter().find(|n| n.tokens.contains(&t) && n.kind == NameKind::Place);
            name.map(|n| (line.words(n.tokens.clone()), line.span(n.tokens.clone())))
        };
        let known = |t: usize| {
            let ids = self.scene.cast.at(At { line: cue.line, token: t });
            let state = ids.first().map(|&id| &self.scene.cast.entities[id])?;
            (state.kind == PartyKind::State).then(|| term(line, t))
        };
        let near = nominals(line, around).into_iter().filter(|&t| {
            line.head(t) == Some(verb) || line.head(t).is_some_and(|up| line.head(up) == Some(verb))
        });
        let found = near.filter(located).find_map(|t| place(t).or_else(|| known(t)));
        found.map(|(words, span)| Sourced::stated(words, span))
    }

    /// When it was said: a phrase of its own sentence that stands in nobody's clause or quotation.
    fn date(
        &self,
        one: &Attributed,
        cue: &Words,
        verb: usize,
        attributed: &[Attributed],
    ) -> Option<Sourced<Edtf>> {
        let scene = self.scene;
        let line = &scene.document.lines[cue.line];
        // "Answered questions about the call on Friday": a content without a verb has no time of its own.
        let verbal = |t: usize| line.upos(t) == Upos::Verb && line.relation(t) != "amod";
        let clausal = |w: &Words| w.tokens.clone().any(|t| verbal(t) || line.token(t).quoted);
        let contents = attributed.iter().flat_map(|a| &a.content).filter(|w| w.line == cue.line);
        let clauses: Vec<&Words> = contents.filter(|w| clausal(w)).collect();
        let own = |t: &&phrases::Timed| {
            let narrow = t.resolved.edtf.as_ref().is_some_and(|date| date.width() <= MONTH);
            let within = |w: &&Words| t.tokens.clone().any(|token| w.tokens.contains(&token));
            narrow && phrases::dates(t) && !clauses.iter().any(within)
        };
        let told = phrases::of_event(line, cue.line, verb, scene.timed, scene.lexicon);
        let in_own = |t: &&phrases::Timed| {
            let within =
                |w: &Words| w.line == t.line && t.tokens.clone().all(|token| w.tokens.contains(&token));
            t.line == cue.line && !t.tokens.is_empty() && one.content.iter().any(within)
        };
        let timed = told.into_iter().chain(scene.timed.iter().filter(in_own)).find(own)?;
        timed.resolved.edtf.clone().map(|date| Sourced::stated(date, timed.span))
    }
}

impl Manner {
    /// What the same speakers were told of right before holds on, where nothing else is told.
    fn take_over(&mut self, before: &Manner) {
        self.addressee = self.addressee.take().or_else(|| again(before.addressee.as_ref()));
        self.place = self.place.take().or_else(|| again(before.place.as_ref()));
        self.date = self.date.take().or_else(|| again(before.date.as_ref()));
        if self.occasions.is_empty() {
            self.occasions = before.occasions.iter().filter_map(|o| again(Some(o))).collect();
        }
    }
}

fn again<T: Clone>(told: Option<&Sourced<T>>) -> Option<Sourced<T>> {
    let why = Inferred::SpeakerGoesOnInParagraph;
    told.map(|told| Sourced::inferred(told.value.clone(), told.evidence.spans.clone(), why))
}

/// What is told of as a statement's date is no wider than this, in days.
const MONTH: i32 = 31;

/// "Neither the ministry nor the embassy": whether a source denies by its own form.
fn is_neither(line: &Line<'_>, source: &Words) -> bool {
    let from = source.tokens.start.saturating_sub(1);
    (from..source.tokens.end).any(|t| line.form(t).eq_ignore_ascii_case("neither"))
}

/// "After the announcement of new tariffs": a noun with what it is of.
fn event(line: &Line<'_>, noun: usize, case: &str) -> (String, Span) {
    let (words, span) = term(line, noun);
    let of = line.dependents(noun, &["nmod"]).find(|&o| o > noun && line.marker(o) == "of");
    match of.map(|of| term(line, of)) {
        Some((of, end)) => (format!("{case} {words} of {of}"), span.join(end)),
        None => (format!("{case} {words}"), span),
    }
}

/// The nouns and names among some tokens and right below these.
fn nominals(line: &Line<'_>, around: &[usize]) -> Vec<usize> {
    let noun = |t: &usize| matches!(line.upos(*t), Upos::Noun | Upos::Propn | Upos::Pron);
    let own: Vec<usize> = around.iter().copied().filter(noun).collect();
    let below = own.iter().flat_map(|&t| line.children(t)).copied().filter(noun);
    own.iter().copied().chain(below).collect()
}

/// A noun with what stands close before it and the words of its name: "a long interview", "reporters".
pub(crate) fn term(line: &Line<'_>, noun: usize) -> (String, Span) {
    let close = |&t: &usize| {
        matches!(line.relation(t), "amod" | "compound" | "nummod" | "flat")
            || line.token(t).relation == "nmod:poss"
    };
    let name = line.sentence.names.iter().find(|n| n.tokens.contains(&noun)).map(|n| n.tokens.clone());
    let parts = line.children(noun).iter().copied().filter(close).flat_map(|t| line.subtree(t));
    let parts: Vec<usize> = parts.chain(name.into_iter().flatten()).chain([noun]).collect();
    let (first, last) =
        (parts.iter().copied().min().unwrap_or(noun), parts.iter().copied().max().unwrap_or(noun));
    let article = first.checked_sub(1).filter(|&t| line.upos(t) == Upos::Det && line.relation(t) == "det");
    let range = article.unwrap_or(first)..last + 1;
    (line.words(range.clone()), line.span(range))
}
