//! Takes parties into the cast that only the model sees: "separatist rebels", "the High Negotiations Committee".

use std::ops::Range;

use daybook_gazetteer::Gazetteer;
use daybook_language::Upos;
use daybook_record::PartyKind;

use crate::parties::cast::{Cast, Entity, Id, Lead};
use crate::parties::find::{country_of, known_names};
use crate::parties::mention::{Known, Mention, What};
use crate::syntax::document::{At, Document, Line};
use crate::words::lexicon::Lexicon;

/// Words that the model takes for a party.
pub(crate) struct ToldWords<'r> {
    pub line: usize,
    pub run: &'r Range<usize>,
    /// How surely they stand for one.
    pub sure: f32,
}

/// A single person or thing without a name has to be so surely a party: "the firm", "the head".
const SURELY: f32 = 0.75;

impl Cast<'_> {
    /// Takes in whoever a run of words names that stand for a party, where no mention is reached by their heads: by these
    /// words, and of the country or body that stands among them.
    pub fn admit(
        &mut self,
        document: &Document<'_>,
        told: &ToldWords<'_>,
        gazetteer: &Gazetteer,
        lexicon: &Lexicon,
    ) {
        let &ToldWords { line, run, sure } = told;
        let here = &document.lines[line];
        for head in heads(here, run) {
            if here.token(head).xpos == "NN" && sure < SURELY {
                continue;
            }
            // "Joe Doe, Jr.": no second person.
            let ends_name = lexicon.titles.name_endings.contains(&here.form(head).to_lowercase());
            if ends_name || self.is_led(line, head) {
                continue;
            }
            if let Some(mention) = self.named_around(here, line, head) {
                self.by_head.insert(At { line, token: head }, mention);
                continue;
            }
            // "The country": the state spoken of last.
            if lexicon.nominals.own_state.contains(here.lemma(head)) && here.token(head).xpos != "NNS" {
                if let Some(state) = self.state_before(At { line, token: head }) {
                    self.lead(line, head, head..head + 1, state);
                }
                continue;
            }
            if let Some((person, tokens)) = self.surname(here, run, head) {
                self.lead(line, head, tokens, person);
                continue;
            }
            let told = match here.upos(head) {
                Upos::Noun | Upos::Propn => self.by_name(here, run, head, gazetteer),
                Upos::Adj if !self.is_named_by(here, line, head) => by_nationality(here, head, gazetteer),
                _ => None,
            };
            let Some((entity, tokens)) = told else { continue };
            let same = |e: &Entity<'_>| {
                e.name == entity.name
                    && (e.name.is_some() || e.office == entity.office && e.countries == entity.countries)
            };
            let id = self.entities.iter().position(same).unwrap_or_else(|| {
                self.entities.push(entity);
                self.entities.len() - 1
            });
            self.lead(line, head, tokens, id);
        }
    }

    /// The person named before whose name ends with the words: "van Doe" for Jane van Doe.
    fn surname(&self, here: &Line<'_>, run: &Range<usize>, head: usize) -> Option<(Id, Range<usize>)> {
        let tokens = phrase(here, run, head);
        let ending = format!(" {}", here.words(tokens.clone()));
        let ends = |e: &Entity<'_>| e.name.as_deref().is_some_and(|name| name.ends_with(&ending));
        let person = |e: &Entity<'_>| e.kind == PartyKind::Person && ends(e);
        let named = self.entities.iter().position(person).filter(|_| here.upos(head) == Upos::Propn)?;
        Some((named, tokens))
    }

    /// The person of whose name or title before it a word is, though the syntax does not lead from the word to the name:
    /// "Foreign Minister Jane van Doe".
    fn named_around(&self, here: &Line<'_>, line: usize, head: usize) -> Option<usize> {
        let mut here_named =
            self.mentions.iter().enumerate().filter(|(_, m)| m.line == line && m.tokens.contains(&head));
        let around = here_named.find(|(number, m)| {
            let What::Person { name, .. } = &m.what else { return false };
            let above = || name.clone().any(|t| here.ancestors(t).any(|a| a == head));
            !self.means[*number].is_empty() && (name.contains(&head) || above())
        });
        around.map(|(number, _)| number)
    }

    /// The state spoken of last before a word.
    fn state_before(&self, at: At) -> Option<Id> {
        let states = self.mentions.iter().zip(&self.means).filter_map(|(m, means)| {
            let place = At { line: m.line, token: m.tokens.start };
            let state = means.iter().copied().find(|&id| self.entities[id].kind == PartyKind::State);
            state.filter(|_| place < at && at.line - m.line <= 4).map(|id| (place, id))
        });
        states.max_by_key(|(place, _)| *place).map(|(_, id)| id)
    }

    /// Whether a mention with that head means somebody already.
    fn is_led(&self, line: usize, head: usize) -> bool {
        (0..self.mentions.len()).any(|m| {
            let is_word = matches!(self.mentions[m].what, What::Group | What::Pronoun);
            self.is_reached(m, At { line, token: head }) && (is_word || !self.means[m].is_empty())
        })
    }

    /// Whether the noun that an adjective belongs to is, or belongs to, a mention of somebody: "Russian President Putin".
    fn is_named_by(&self, here: &Line<'_>, line: usize, adjective: usize) -> bool {
        let noun = here.head(adjective);
        self.mentions.iter().zip(&self.means).any(|(m, means)| {
            m.line == line
                && !means.is_empty()
                && (m.tokens.contains(&adjective) || noun.is_some_and(|noun| m.tokens.contains(&noun)))
        })
    }

    fn lead(&mut self, line: usize, head: usize, tokens: Range<usize>, id: Id) {
        self.by_head.insert(At { line, token: head }, self.mentions.len());
        self.mentions.push(Mention { line, tokens, heads: vec![head], what: What::Told });
        self.means.push(vec![id]);
        self.leads.push(vec![Lead::Words]);
    }

    /// Whom the words of a phrase name: "the opposition" the one named so before, else somebody by these words.
    fn by_name(
        &self,
        here: &Line<'_>,
        run: &Range<usize>,
        head: usize,
        gazetteer: &Gazetteer,
    ) -> Option<(Entity<'static>, Range<usize>)> {
        let tokens = phrase(here, run, head);
        let name = here.words(tokens.clone());
        let definite = here
            .children(head)
            .iter()
            .any(|&d| here.form(d).eq_ignore_ascii_case("the") || here.token(d).relation == "nmod:poss");
        let word = name.to_lowercase();
        let named_before = |e: &&Entity<'_>| {
            let known = e.name.as_deref().unwrap_or_default().to_lowercase();
            e.kind != PartyKind::Person && known.len() > word.len() && known.ends_with(&word)
        };
        let before = self.entities.iter().rev().find(named_before).filter(|_| definite && tokens.len() == 1);
        let known = known_names(here, gazetteer);
        let within = |k: &&Known<'_>| tokens.start <= k.tokens.start && k.tokens.end <= tokens.end;
        let country = known.iter().filter(within).find_map(|k| country_of(k).map(str::to_string));
        let (name, countries) = match before {
            Some(before) => (before.name.clone(), before.countries.clone()),
            None => (Some(name), country.into_iter().collect()),
        };
        let plural = here.token(head).xpos == "NNS";
        let first = here.span(tokens.clone());
        Some((Entity { name, countries, plural, ..Entity::unknown(PartyKind::Body, first) }, tokens))
    }
}

/// "American and Cuban officials": the office that the noun tells, of the nationality.
fn by_nationality(
    here: &Line<'_>,
    head: usize,
    gazetteer: &Gazetteer,
) -> Option<(Entity<'static>, Range<usize>)> {
    let known = known_names(here, gazetteer).into_iter().find(|k| k.tokens.contains(&head))?;
    let country = country_of(&known)?.to_string();
    let noun = here.ancestors(head).skip(1).find(|&t| matches!(here.upos(t), Upos::Noun | Upos::Propn));
    let first = here.span(head..head + 1);
    let office = noun.map(|noun| here.form(noun).to_string());
    let plural = noun.is_some_and(|noun| here.token(noun).xpos == "NNS");
    let entity =
        Entity { office, countries: vec![country], plural, ..Entity::unknown(PartyKind::Person, first) };
    Some((entity, head..head + 1))
}

/// The heads of the phrases in a run of words: those that hang on words outside it, and those joined to them.
fn heads(line: &Line<'_>, run: &Range<usize>) -> Vec<usize> {
    let outside = |t: usize| line.head(t).is_none_or(|head| !run.contains(&head));
    run.clone().filter(|&t| outside(t) || line.relation(t) == "conj").collect()
}

/// The words of a run that hang on a head, without what leads them in.
fn phrase(line: &Line<'_>, run: &Range<usize>, head: usize) -> Range<usize> {
    let others = heads(line, run);
    let own = |t: usize| line.ancestors(t).find(|a| others.contains(a)) == Some(head);
    let mut start = run.clone().find(|&t| own(t)).unwrap_or(head);
    let end = run.clone().rev().find(|&t| own(t)).map_or(head + 1, |t| t + 1);
    while start < head
        && matches!(line.upos(start), Upos::Det | Upos::Adp | Upos::Cconj | Upos::Punct | Upos::Pron)
    {
        start += 1;
    }
    start..end.max(head + 1)
}
