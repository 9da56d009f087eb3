//! Leads pronouns to whom they mean: a person spoken of before or right behind, the speaker of a quotation, two joined by "and".

use std::collections::BTreeMap;

use daybook_language::Upos;
use daybook_record::{Part, PartyKind};

use crate::parties::cast::Id;
use crate::parties::mention::{Mention, What};
use crate::parties::resolve::resolver::Resolver;

/// How many sentences back a pronoun may reach.
const REACH: usize = 3;

/// For each mention the entities that it means, as far as they are known.
type Means = [Option<Vec<Id>>];

impl<'g> Resolver<'_, 'g> {
    /// Whom a pronoun means; nobody where that can't be told, or where it may mean all parties of the contact spoken of.
    pub(super) fn pronoun(&self, number: usize, mention: &Mention<'g>, means: &Means) -> Vec<Id> {
        let form = self.document.lines[mention.line].form(mention.tokens.start).to_lowercase();
        let function_words = &self.lexicon.function_words;
        match form.as_str() {
            form if function_words.speaker_pronouns.contains(form) => {
                self.speaker(mention, means).into_iter().collect()
            }
            form if function_words.unresolved_pronouns.contains(form) => Vec::new(),
            form if function_words.plural_pronouns.contains(form) => {
                self.joined_before(number, mention, means)
            }
            "its" => self.state_before(number, mention, means).into_iter().collect(),
            "former" | "latter" => self.of_pair(number, mention, means, form == "latter"),
            _ => {
                let female = function_words.female_pronouns.contains(&form);
                let ahead = self.subject_ahead(mention, means, female);
                let before =
                    || self.spoken_of_before(number, mention, means, |id| self.is_of_sex(id, female));
                // A first name that no list has may be a woman's all the same.
                let unlisted = || {
                    let stranger = |id: Id| self.cast.entities[id].person.is_none();
                    self.spoken_of_before(number, mention, means, stranger).filter(|_| form == "she")
                };
                ahead.or_else(before).or_else(unlisted).into_iter().collect()
            }
        }
    }

    /// The one person that a mention means.
    fn person_at(&self, number: usize, means: &Means) -> Option<Id> {
        match means[number].as_deref() {
            Some([id]) => {
                let entity = &self.cast.entities[*id];
                (entity.kind == PartyKind::Person && !entity.plural).then_some(*id)
            }
            _ => None,
        }
    }

    fn is_of_sex(&self, id: Id, female: bool) -> bool {
        self.cast.entities[id].female.is_none_or(|f| f == female)
    }

    fn mention_with_head(&self, line: usize, token: usize) -> Option<usize> {
        let here = |m: &Mention<'_>| m.line == line && m.heads.contains(&token);
        let within = |m: &Mention<'_>| m.line == line && m.tokens.contains(&token);
        self.cast.mentions.iter().position(here).or_else(|| self.cast.mentions.iter().position(within))
    }

    /// "During her visit, Merkel said": the subject right behind a clause or phrase that opens the sentence.
    fn subject_ahead(&self, pronoun: &Mention<'_>, means: &Means, female: bool) -> Option<Id> {
        let line = &self.document.lines[pronoun.line];
        let token = *pronoun.heads.first()?;
        let opening = line.ancestors(token).find(|&a| matches!(line.relation(a), "obl" | "advcl"))?;
        let verb = line.head(opening).filter(|&verb| opening < verb)?;
        let subject = line.dependents(verb, &["nsubj"]).find(|&s| s > token)?;
        let number = self.mention_with_head(pronoun.line, subject)?;
        let named = matches!(self.cast.mentions[number].what, What::Person { .. });
        self.person_at(number, means).filter(|&id| named && self.is_of_sex(id, female))
    }

    /// The likeliest person before: a subject rather than another, near rather than far.
    fn spoken_of_before(
        &self,
        number: usize,
        mention: &Mention<'g>,
        means: &Means,
        may_be: impl Fn(Id) -> bool,
    ) -> Option<Id> {
        let line = &self.document.lines[mention.line];
        let beside: Vec<Id> = (0..self.cast.mentions.len())
            .filter(|&m| m != number && self.same_clause_argument(mention, &self.cast.mentions[m]))
            .filter_map(|m| self.person_at(m, means))
            .collect();
        let mut best: Option<(i64, Id)> = None;
        for m in (0..number).rev() {
            let other = &self.cast.mentions[m];
            let back = mention.line - other.line;
            if back > REACH || self.document.lines[other.line].part != line.part {
                break;
            }
            let Some(id) = self.person_at(m, means) else { continue };
            if !may_be(id) || beside.contains(&id) {
                continue;
            }
            // A name that is surely a woman's or a man's outweighs one that may be either's.
            let sure = if self.cast.entities[id].female.is_some() { 40 } else { 0 };
            // "Max came late," he said: whom somebody quoted speaks of is hardly himself.
            let quoted = |m: &Mention<'_>| self.document.lines[m.line].token(m.tokens.start).quoted;
            let hardly = if quoted(other) && !quoted(mention) { 150 } else { 0 };
            let score = self.salience(other, back) + sure - hardly;
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, id));
            }
        }
        best.map(|(_, id)| id)
    }

    /// "He met Trump": a pronoun and a name that hang on one verb are two people.
    fn same_clause_argument(&self, pronoun: &Mention<'_>, other: &Mention<'_>) -> bool {
        let line = &self.document.lines[pronoun.line];
        let (Some(&a), Some(&b)) = (pronoun.heads.first(), other.heads.first()) else { return false };
        pronoun.line == other.line
            && line.head(a).is_some()
            && line.head(a) == line.head(b)
            && line.token(a).relation != "nmod:poss"
    }

    fn salience(&self, other: &Mention<'_>, back: usize) -> i64 {
        let line = &self.document.lines[other.line];
        let role = other.heads.first().map_or("", |&h| line.relation(h));
        let subject = if role == "nsubj" { 3 } else { 0 };
        let place = i64::try_from(other.tokens.start.min(60)).unwrap_or(0);
        let near = if back == 0 { 30 + place } else { 30 - place / 2 };
        subject * 40 + near - 60 * i64::try_from(back).unwrap_or(0)
    }

    /// "Ada and Max said that they": the persons joined as the subject before.
    fn joined_before(&self, number: usize, mention: &Mention<'g>, means: &Means) -> Vec<Id> {
        for m in (0..number).rev() {
            let other = &self.cast.mentions[m];
            let line = &self.document.lines[other.line];
            if mention.line - other.line > 1 || line.part != self.document.lines[mention.line].part {
                break;
            }
            let Some(&head) = other.heads.first().filter(|&&h| line.relation(h) == "nsubj") else { continue };
            let heads: Vec<usize> = std::iter::once(head).chain(line.dependents(head, &["conj"])).collect();
            let named =
                |&h: &usize| self.mention_with_head(other.line, h).and_then(|m| self.person_at(m, means));
            let persons: Vec<Id> = heads.iter().filter_map(named).collect();
            if heads.len() > 1 {
                return if persons.len() == heads.len() { persons } else { Vec::new() };
            }
        }
        Vec::new()
    }

    /// For each mention such as "the two leaders" the two who are joined by "and" before it.
    pub(super) fn pairs(&self, means: &Means) -> BTreeMap<usize, Vec<Id>> {
        let groups = self.cast.mentions.iter().enumerate().filter(|(_, m)| matches!(m.what, What::Group));
        let pairs = groups.map(|(number, mention)| (number, self.pair_before(number, mention, means)));
        pairs.filter(|(_, pair)| pair.len() == 2).collect()
    }

    /// The two persons, or for "the two countries" states, last joined by "and" in this sentence or the one before.
    fn pair_before(&self, number: usize, mention: &Mention<'g>, means: &Means) -> Vec<Id> {
        let here = &self.document.lines[mention.line];
        let states = mention.heads.iter().any(|&h| self.lexicon.nominals.lands.contains(here.lemma(h)));
        let wanted = if states { PartyKind::State } else { PartyKind::Person };
        let near = |m: &usize| {
            let line = self.cast.mentions[*m].line;
            mention.line - line <= 1 && self.document.lines[line].part == here.part
        };
        let joined = |m: usize| {
            let other = &self.cast.mentions[m];
            let line = &self.document.lines[other.line];
            let &head = other.heads.first()?;
            let heads: Vec<usize> = std::iter::once(head).chain(line.dependents(head, &["conj"])).collect();
            let one = |&h: &usize| self.only_one(self.mention_with_head(other.line, h)?, means);
            let ids: Vec<Id> = heads.iter().filter_map(one).collect();
            let fits = |&id: &Id| self.cast.entities[id].kind == wanted && self.cast.entities[id].principal;
            (ids.len() == heads.len() && ids.len() > 1 && ids.iter().all(fits)).then_some(ids)
        };
        (0..number).rev().take_while(near).find_map(joined).unwrap_or_default()
    }

    /// "France said its minister would": the state or body that is the subject before in the same sentence.
    fn state_before(&self, number: usize, mention: &Mention<'g>, means: &Means) -> Option<Id> {
        let line = &self.document.lines[mention.line];
        let subject = |m: &usize| {
            let other = &self.cast.mentions[*m];
            other.line == mention.line && other.heads.iter().any(|&h| line.relation(h) == "nsubj")
        };
        let last = (0..number).rev().find(subject)?;
        let faceless = |&id: &Id| self.cast.entities[id].kind != PartyKind::Person;
        self.only_one(last, means).filter(faceless)
    }

    fn only_one(&self, number: usize, means: &Means) -> Option<Id> {
        match means[number].as_deref() {
            Some([id]) => Some(*id),
            _ => None,
        }
    }

    /// "The former", "the latter": the first and the second of the two joined before.
    fn of_pair(&self, number: usize, mention: &Mention<'g>, means: &Means, second: bool) -> Vec<Id> {
        self.pair_before(number, mention, means).get(usize::from(second)).copied().into_iter().collect()
    }

    /// Who says "I": the subject of the speaking verb in the sentence or one beside it, or whoever the title says speaks.
    fn speaker(&self, mention: &Mention<'_>, means: &Means) -> Option<Id> {
        let number = mention.line;
        let part = self.document.lines[number].part;
        let near = [Some(number), number.checked_sub(1), Some(number + 1), number.checked_sub(2)];
        let same_part = |&n: &usize| self.document.lines.get(n).is_some_and(|l| l.part == part);
        let beside = near.into_iter().flatten().filter(same_part).find_map(|n| self.who_speaks(n, means));
        beside.or_else(|| self.speaker_of_all(means)).or_else(|| self.author(mention, means))
    }

    /// Who speaks in the first person outside of quotations: whom the publisher's name tells, or the first person in the head of
    /// an official text.
    fn author(&self, mention: &Mention<'_>, means: &Means) -> Option<Id> {
        const HEAD: usize = 6;
        let quoted = self.document.lines[mention.line].token(mention.tokens.start).quoted;
        let publisher = self.document.report.publisher.as_deref().filter(|_| !quoted)?.to_lowercase();
        let words: Vec<&str> = publisher.split(|c: char| !c.is_alphabetic()).collect();
        let persons = || {
            let named = |m: &usize| matches!(self.cast.mentions[*m].what, What::Person { .. });
            (0..self.cast.mentions.len()).filter(named).filter_map(|m| Some((m, self.person_at(m, means)?)))
        };
        let published = |&(_, id): &(usize, Id)| {
            let name = self.cast.entities[id].name.as_deref().unwrap_or_default().to_lowercase();
            name.split(' ').next_back().is_some_and(|last| words.contains(&last))
        };
        let heads = |&(m, _): &(usize, Id)| self.own.is_some() && self.cast.mentions[m].line < HEAD;
        persons().find(published).or_else(|| persons().find(heads)).map(|(_, id)| id)
    }

    /// The subject of the sentence's highest speaking verb; a "he" there means nobody spoken of in the sentence itself.
    fn who_speaks(&self, number: usize, means: &Means) -> Option<Id> {
        let line = &self.document.lines[number];
        // "They told me" is what the one who was told says.
        let to_speaker = |verb: usize| {
            let mut objects = line.dependents(verb, &["obj", "iobj"]);
            objects.any(|o| matches!(line.form(o).to_lowercase().as_str(), "me" | "us"))
        };
        let says = |t: usize| line.upos(t) == Upos::Verb && self.lexicon.statuses.say.contains(line.lemma(t));
        let speaks = |&t: &usize| says(t) && !to_speaker(t);
        let mut verbs: Vec<usize> = (0..line.len()).filter(speaks).collect();
        verbs.sort_by_key(|&verb| (line.ancestors(verb).count(), verb));
        let subjects = verbs.into_iter().flat_map(|verb| line.dependents(verb, &["nsubj"]));
        let mentions = subjects.filter_map(|s| self.mention_with_head(number, s));
        mentions.filter_map(|m| self.person_at(m, means).or_else(|| self.speaker_before(m, means))).next()
    }

    fn speaker_before(&self, number: usize, means: &Means) -> Option<Id> {
        let mention = &self.cast.mentions[number];
        let form = self.document.lines[mention.line].form(mention.tokens.start).to_lowercase();
        let female = match (&mention.what, form.as_str()) {
            (What::Pronoun, "he") => false,
            (What::Pronoun, "she") => true,
            _ => return None,
        };
        let first = self.cast.mentions[..number].partition_point(|m| m.line < mention.line);
        self.spoken_of_before(first, mention, means, |id| self.is_of_sex(id, female))
    }

    /// The only person in a title such as "Remarks by the President".
    fn speaker_of_all(&self, means: &Means) -> Option<Id> {
        let titled = |m: &usize| {
            let line = &self.document.lines[self.cast.mentions[*m].line];
            line.part == Part::Title
                && (0..line.len()).any(|t| self.lexicon.nominals.speeches.contains(line.lemma(t)))
        };
        (0..self.cast.mentions.len()).filter(titled).find_map(|m| self.person_at(m, means))
    }
}
