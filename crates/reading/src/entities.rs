//! Leads mentions to whom they mean: names in their shorter forms, offices, groups and pronouns to one entity each.

use std::collections::BTreeMap;
use std::ops::Range;

use daybook_gazetteer::{Entry, Gazetteer, Person, Rank};
use daybook_language::Upos;
use daybook_record::{Part, Party, PartyKind, Report, Span};
use jiff::civil::Date;

use crate::document::{At, Document};
use crate::lexicon::Lexicon;
use crate::mentions::{Mention, Title, What};

/// Number of an entity in [`Cast`].
pub(crate) type Id = usize;

/// Somebody or something that a report speaks of.
#[derive(Debug, Clone)]
pub(crate) struct Entity<'g> {
    pub name: Option<String>,
    pub office: Option<String>,
    pub countries: Vec<String>,
    pub kind: PartyKind,
    pub person: Option<&'g Person>,
    /// Whether it can be a party to a contact.
    pub principal: bool,
    /// Whether several people are meant.
    pub plural: bool,
    /// Whether a capital or country word that may be a mere place.
    pub place: bool,
    /// Whether a house that stands for whoever governs from it: "the White House".
    pub house: bool,
    /// How high the office is that it holds at the time of the report.
    pub rank: Option<Rank>,
    pub female: Option<bool>,
    /// Where it is first spoken of.
    pub first: Span,
}

/// Everybody a report speaks of, and who each mention means.
#[derive(Debug, Default)]
pub(crate) struct Cast<'g> {
    pub entities: Vec<Entity<'g>>,
    pub mentions: Vec<Mention<'g>>,
    /// For each mention the entities that it means: none where nobody is known, several for groups and shared offices.
    pub means: Vec<Vec<Id>>,
    /// Whom a mention such as "the two leaders" means, by the text before it alone.
    pub pairs: BTreeMap<usize, Vec<Id>>,
    by_head: BTreeMap<At, usize>,
}

impl<'g> Cast<'g> {
    /// The mention that syntax reaches at a token.
    pub fn mention_at(&self, at: At) -> Option<usize> {
        self.by_head.get(&at).copied()
    }

    /// The entities meant at a token.
    pub fn at(&self, at: At) -> &[Id] {
        self.mention_at(at).map_or(&[], |m| &self.means[m])
    }

    /// The entity as a party.
    pub fn party(&self, id: Id) -> Party {
        let entity = &self.entities[id];
        Party {
            name: entity.name.clone(),
            office: entity.office.clone(),
            country: entity.countries.first().cloned(),
            kind: entity.kind,
            wikidata: entity.person.and_then(|p| p.wikidata()).map(str::to_string),
        }
    }

    /// Whether one is the country that the other leads.
    pub fn stands_for(&self, a: Id, b: Id) -> bool {
        let leads =
            |id: Id| matches!(self.entities[id].rank, Some(Rank::HeadOfState | Rank::HeadOfGovernment));
        let state = |id: Id| self.entities[id].kind == PartyKind::State;
        self.same_land(a, b) && (leads(a) && state(b) || state(a) && leads(b))
    }

    /// Whether two entities belong to one country.
    pub fn same_land(&self, a: Id, b: Id) -> bool {
        let land = |id: Id| self.entities[id].countries.first();
        land(a).is_some() && land(a) == land(b)
    }

    /// Whether two entities may be the same side: one and the same, or both no persons of one country.
    pub fn same_side(&self, a: Id, b: Id) -> bool {
        let (x, y) = (&self.entities[a], &self.entities[b]);
        let faceless = |e: &Entity<'_>| e.kind != PartyKind::Person || e.name.is_none();
        a == b
            || faceless(x)
                && faceless(y)
                && !x.countries.is_empty()
                && x.countries.first() == y.countries.first()
    }
}

/// The state of resolving one report's mentions in order.
pub(crate) struct Resolver<'d, 'g> {
    pub document: &'d Document<'d>,
    gazetteer: &'g Gazetteer,
    pub lexicon: &'d Lexicon,
    own: Option<String>,
    pub cast: Cast<'g>,
}

/// Resolves the mentions of a report, which come in the order of its lines.
pub(crate) fn resolve<'g>(
    document: &Document<'_>,
    mentions: Vec<Mention<'g>>,
    gazetteer: &'g Gazetteer,
    lexicon: &Lexicon,
) -> Cast<'g> {
    let own = official_side(gazetteer, document.report).map(str::to_string);
    let mut resolver = Resolver { document, gazetteer, lexicon, own, cast: Cast::default() };
    // Names first: an office or pronoun may stand before the name that it means.
    let mut means: Vec<Option<Vec<Id>>> = Vec::new();
    for mention in &mentions {
        let named = resolver.named(mention, &mentions, &means);
        means.push(named);
    }
    resolver.cast.mentions = mentions;
    for number in 0..resolver.cast.mentions.len() {
        if means[number].is_none() {
            means[number] = Some(resolver.unnamed(number, &means));
        }
    }
    resolver.serve_own();
    let pairs = resolver.pairs(&means);
    let mut cast = resolver.cast;
    cast.pairs = pairs;
    cast.means = means.into_iter().map(Option::unwrap_or_default).collect();
    for (number, mention) in cast.mentions.iter().enumerate() {
        for &head in &mention.heads {
            cast.by_head.entry(At { line: mention.line, token: head }).or_insert(number);
        }
    }
    cast
}

/// The state or body whose official publisher a report is of.
pub(crate) fn official_side<'g>(gazetteer: &'g Gazetteer, report: &Report) -> Option<&'g str> {
    gazetteer.official_side(report.publisher.as_deref(), report.url.as_deref())
}

/// The office of which "the German leader" speaks, whatever it is called there.
pub(crate) const LEADER: &str = "supreme-leader";

impl<'g> Resolver<'_, 'g> {
    /// In an official account somebody with an office and no country told serves the account's own state.
    fn serve_own(&mut self) {
        let Some(own) = self.own.clone() else { return };
        let titled = |e: &&mut Entity<'_>| {
            e.kind == PartyKind::Person
                && e.principal
                && e.name.is_some()
                && e.office.is_some()
                && e.countries.is_empty()
        };
        for entity in self.cast.entities.iter_mut().filter(titled) {
            entity.countries.push(own.clone());
        }
    }

    fn published(&self) -> Option<Date> {
        self.document.as_of
    }

    fn span(&self, mention: &Mention<'_>) -> Span {
        self.document.lines[mention.line].span(mention.tokens.clone())
    }

    /// The entity of a mention that names it; `None` for one that does not.
    fn named(
        &mut self,
        mention: &Mention<'g>,
        mentions: &[Mention<'g>],
        means: &[Option<Vec<Id>>],
    ) -> Option<Vec<Id>> {
        match &mention.what {
            What::Person { name, title } => {
                let owned = self.owned(mention, title, mentions, means);
                Some(vec![self.person(mention, name, owned.as_ref().unwrap_or(title))])
            }
            What::State { code, name, capital } => Some(vec![self.state(mention, code, name, *capital)]),
            What::States(codes) => Some(self.states(mention, codes)),
            What::Body { code, name } => Some(vec![self.body(mention, code, name)]),
            _ => None,
        }
    }

    fn person(&mut self, mention: &Mention<'g>, name: &Range<usize>, title: &Title<'g>) -> Id {
        let line = &self.document.lines[mention.line];
        let words = line.words(name.clone());
        let known = self.known_person(&words, title);
        let id = self.same_person(&words, known, title).unwrap_or_else(|| {
            self.cast.entities.push(Entity {
                name: None,
                office: None,
                countries: Vec::new(),
                kind: PartyKind::Person,
                person: known,
                principal: false,
                plural: false,
                place: false,
                house: false,
                rank: None,
                female: None,
                first: self.span(mention),
            });
            self.cast.entities.len() - 1
        });
        self.learn(id, &words, title, known);
        self.learn_gender(id, mention, &words);
        self.learn_spouse(id, mention);
        id
    }

    /// Whom the gazetteer knows by the name; a bare surname only of somebody in or near office, or with a fitting title.
    fn known_person(&self, words: &str, title: &Title<'g>) -> Option<&'g Person> {
        let candidates = self.gazetteer.person_named(words, self.published());
        let fits = |p: &&'g Person| {
            title.countries.is_empty()
                || p.holdings()
                    .iter()
                    .any(|h| h.country().is_none_or(|c| title.countries.iter().any(|t| t == c)))
        };
        let best = candidates.into_iter().find(fits)?;
        let bare = !words.contains(' ');
        let near =
            best.holdings().iter().any(|h| self.published().is_none_or(|day| near(h.from(), h.to(), day)));
        (!bare || near || title.former).then_some(best)
    }

    fn same_person(&self, words: &str, known: Option<&Person>, title: &Title<'_>) -> Option<Id> {
        let same = |entity: &Entity<'_>| match (entity.person, known) {
            (Some(a), Some(b)) if std::ptr::eq(a, b) => true,
            (Some(_), Some(_)) if words.contains(' ') => false,
            _ => {
                let office = title.office.is_some_and(|o| entity.rank == Some(o.rank()));
                entity.kind == PartyKind::Person
                    && entity
                        .name
                        .as_deref()
                        .is_some_and(|name| shorter_form(name, words) || office && is_part(words, name))
            }
        };
        let clash = |entity: &Entity<'_>| {
            !title.countries.is_empty()
                && !entity.countries.is_empty()
                && !entity.countries.iter().any(|c| title.countries.contains(c))
        };
        self.cast.entities.iter().position(|e| same(e) && !clash(e))
    }

    /// Takes over what a mention tells of a person: the fuller name, the office, the country.
    fn learn(&mut self, id: Id, words: &str, title: &Title<'g>, known: Option<&'g Person>) {
        let published = self.published();
        let outsider = title.words.as_deref().is_some_and(|w| self.is_outsider(w, title));
        let gazetteer = self.gazetteer;
        let entity = &mut self.cast.entities[id];
        let fuller = |name: &str| name.split(' ').count() < words.split(' ').count() && !repeats(words);
        if entity.name.as_deref().is_none_or(fuller) {
            entity.name = Some(words.to_string());
        }
        entity.person = entity
            .person
            .or(known.filter(|p| words.contains(' ') || agrees(entity.name.as_deref(), p.name())));
        if entity.office.is_none() && !title.former {
            entity.office = title.words.clone();
        }
        for code in &title.countries {
            if !entity.countries.contains(code) {
                entity.countries.push(code.clone());
            }
        }
        let held = entity.person.and_then(|p| {
            gazetteer
                .office_of(p, published)
                .or_else(|| gazetteer.former_office_of(p, published))
                .or(p.holdings().first())
        });
        if let Some(held) = held {
            if entity.countries.is_empty() {
                entity.countries.extend(held.country().map(str::to_string));
            }
            entity.principal |= held.office().is_principal();
        }
        // Whoever is about to take office is a principal already.
        let coming = |p: &Person| {
            p.holdings().iter().any(|h| {
                h.office().is_principal() && published.is_some_and(|day| near(h.from(), h.to(), day))
            })
        };
        entity.principal |= entity.person.is_some_and(coming);
        let in_office = entity.person.and_then(|p| gazetteer.office_of(p, published));
        let told = title.office.filter(|_| !title.former);
        entity.rank = entity.rank.or(in_office.map(|h| h.office().rank())).or(told.map(|o| o.rank()));
        if let (None, Some(held)) = (&entity.office, in_office) {
            entity.office = Some(held.office().display().to_string());
        }
        entity.principal |= title.office.is_some_and(|o| o.is_principal())
            || (title.words.is_some() || title.exalted) && !outsider && !title.countries.is_empty();
        entity.principal &= !(outsider && held.is_none());
    }

    /// "His wife, Ada": the spouse of whoever the report speaks of.
    fn learn_spouse(&mut self, id: Id, mention: &Mention<'_>) {
        let line = &self.document.lines[mention.line];
        let Some(&head) = mention.heads.first() else { return };
        let noun = line.head(head).filter(|_| line.relation(head) == "appos").unwrap_or(head);
        let named = mention.tokens.clone().chain([noun]);
        let mut spouse = named.filter(|&t| matches!(line.lemma(t), "wife" | "husband" | "spouse"));
        let word =
            spouse.find(|&t| line.dependents(t, &["nmod"]).any(|o| line.token(o).relation == "nmod:poss"));
        if word.is_some() {
            let entity = &mut self.cast.entities[id];
            entity.principal = true;
            entity.rank.get_or_insert(Rank::Spouse);
        }
    }

    /// Whether the words of a title make its bearer no principal: "a journalist", "the president of the Carter Foundation".
    fn is_outsider(&self, words: &str, title: &Title<'_>) -> bool {
        let nominals = &self.lexicon.nominals;
        let words = words.to_lowercase();
        let concern = |of: &str| of.split_whitespace().any(|word| nominals.concerns.contains(word));
        words.split_whitespace().any(|word| nominals.outsiders.contains(word.trim_end_matches('s')))
            || title.countries.is_empty() && words.split_once(" of ").is_some_and(|(_, of)| concern(of))
    }

    fn learn_gender(&mut self, id: Id, mention: &Mention<'_>, words: &str) {
        let line = &self.document.lines[mention.line];
        let before: Vec<String> = mention.tokens.clone().map(|t| line.form(t).to_lowercase()).collect();
        let told = |marks: &[&str]| before.iter().any(|w| marks.contains(&w.trim_end_matches('.')));
        let entity = &mut self.cast.entities[id];
        let full = entity.name.clone().unwrap_or_default();
        let first = |name: &str| name.split(' ').next().is_some_and(|w| self.lexicon.female.contains(w));
        if told(&[
            "mrs",
            "ms",
            "lady",
            "queen",
            "princess",
            "chairwoman",
            "spokeswoman",
            "congresswoman",
            "madam",
        ]) {
            entity.female = Some(true);
        } else if told(&["mr", "king", "prince", "sir", "lord", "chairman", "congressman"]) {
            entity.female = Some(false);
        } else if entity.female.is_none() && (full.contains(' ') || words.contains(' ')) {
            entity.female = Some(first(&full) || entity.person.is_some_and(|p| first(p.name())));
        }
    }

    fn state(&mut self, mention: &Mention<'_>, code: &str, name: &str, capital: bool) -> Id {
        let same = |e: &Entity<'_>| {
            e.kind == PartyKind::State && e.name.as_deref() == Some(name) && e.place == capital
        };
        if let Some(id) = self.cast.entities.iter().position(same) {
            return id;
        }
        self.add_faceless(mention, PartyKind::State, code, name, capital)
    }

    fn states(&mut self, mention: &Mention<'_>, codes: &[String]) -> Vec<Id> {
        let gazetteer = self.gazetteer;
        let states = codes.iter().filter_map(|code| gazetteer.state(code));
        states.map(|state| self.state(mention, state.code(), state.name(), false)).collect()
    }

    fn body(&mut self, mention: &Mention<'_>, code: &str, name: &str) -> Id {
        let same =
            |e: &Entity<'_>| e.kind == PartyKind::Body && e.countries.first().is_some_and(|c| c == code);
        if let Some(id) = self.cast.entities.iter().position(same) {
            return id;
        }
        self.add_faceless(mention, PartyKind::Body, code, name, false)
    }

    fn is_house(&self, name: &str) -> bool {
        let words: Vec<&str> = name.split(' ').collect();
        self.gazetteer.at(&words).iter().any(|hit| matches!(hit.entry, Entry::Metonym(_)))
    }

    fn add_faceless(
        &mut self,
        mention: &Mention<'_>,
        kind: PartyKind,
        code: &str,
        name: &str,
        place: bool,
    ) -> Id {
        self.cast.entities.push(Entity {
            name: Some(name.to_string()),
            office: None,
            countries: vec![code.to_string()],
            kind,
            person: None,
            principal: true,
            plural: false,
            place,
            house: kind == PartyKind::State && self.is_house(name),
            rank: None,
            female: None,
            first: self.span(mention),
        });
        self.cast.entities.len() - 1
    }

    /// Whom a mention without a name means, given the others.
    fn unnamed(&mut self, number: usize, means: &[Option<Vec<Id>>]) -> Vec<Id> {
        let mention = self.cast.mentions[number].clone();
        match &mention.what {
            What::Office(title) => self.office(number, &mention, title, means),
            What::Pronoun => self.pronoun(number, &mention, means),
            _ => Vec::new(),
        }
    }

    fn office(
        &mut self,
        number: usize,
        mention: &Mention<'g>,
        title: &Title<'g>,
        means: &[Option<Vec<Id>>],
    ) -> Vec<Id> {
        let owned = self.owned(mention, title, &self.cast.mentions, means);
        let title = owned.as_ref().unwrap_or(title);
        if let Some(id) = self.before_or_after(title) {
            return vec![id];
        }
        let words = title.words.as_deref().unwrap_or_default();
        if title.countries.is_empty() && self.lexicon.nominals.governments.contains(words) {
            return self.institution_before(words).into_iter().collect();
        }
        if self.is_unpolitical(mention, title) {
            return Vec::new();
        }
        if title.countries.len() > 1 && title.plural && has_one_holder(title) {
            // "U.S. and North Korean leaders" have one office each.
            let each = |code: &String| Title {
                countries: vec![code.clone()],
                plural: false,
                words: title.words.as_deref().map(|w| w.trim_end_matches('s').to_string()),
                ..title.clone()
            };
            let of = |title: Title<'g>| match self.antecedent(number, &title, means) {
                Some(id) => vec![id],
                None => self.strangers(mention, &title),
            };
            return title.countries.iter().map(each).collect::<Vec<_>>().into_iter().flat_map(of).collect();
        }
        let opposite = self.opposite(mention, title, means);
        let title = opposite.as_ref().unwrap_or(title);
        let anybody = title.office.is_some_and(|o| o.id() == LEADER) && self.is_indefinite(mention);
        if anybody || title.counterpart || title.countries.len() > 1 || title.plural {
            return self.strangers(mention, title);
        }
        if let Some(id) = self.antecedent(number, title, means) {
            return vec![id];
        }
        let leads =
            title.office.is_some_and(|o| matches!(o.rank(), Rank::HeadOfState | Rank::HeadOfGovernment));
        if title.countries.is_empty() && title.definite {
            let country = self.own.clone().filter(|_| title.office.is_some());
            let home = country.or_else(|| leads.then(|| self.home()).flatten());
            return home.map_or_else(Vec::new, |home| {
                self.strangers(mention, &Title { countries: vec![home], ..title.clone() })
            });
        }
        if title.countries.is_empty() { Vec::new() } else { self.strangers(mention, title) }
    }

    /// The title with the country of whoever its bearer works for: "Mr. Moon's envoys" are South Korea's.
    fn owned(
        &self,
        mention: &Mention<'g>,
        title: &Title<'g>,
        mentions: &[Mention<'g>],
        means: &[Option<Vec<Id>>],
    ) -> Option<Title<'g>> {
        let owner = title.owner.filter(|_| title.countries.is_empty() && !title.counterpart)?;
        let person = matches!(mention.what, What::Person { .. });
        let of_owner = |m: &usize| {
            let other = &mentions[*m];
            let there = other.heads.contains(&owner) || person && other.tokens.end == owner + 1;
            other.line == mention.line && there
        };
        let number = (0..means.len()).find(of_owner).or_else(|| self.nation_before(mention, owner))?;
        let id = *means[number].as_deref()?.first()?;
        let countries = self.cast.entities[id].countries.iter().take(1).cloned().collect();
        Some(Title { countries, ..title.clone() })
    }

    /// "Her Turkish counterpart": whoever holds the office that she holds, there.
    fn opposite(
        &self,
        mention: &Mention<'g>,
        title: &Title<'g>,
        means: &[Option<Vec<Id>>],
    ) -> Option<Title<'g>> {
        let owner =
            title.owner.filter(|_| title.counterpart && !title.plural && !title.countries.is_empty())?;
        let of_owner = |m: &usize| {
            let other = &self.cast.mentions[*m];
            other.line == mention.line && other.heads.contains(&owner)
        };
        let number = (0..means.len()).find(of_owner)?;
        let entity = &self.cast.entities[*means[number].as_deref()?.first()?];
        let held =
            entity.person.and_then(|p| self.gazetteer.office_of(p, self.published())).map(|h| h.office());
        let told = || entity.office.as_deref().and_then(|words| self.gazetteer.office(words));
        let office = held.or_else(told).filter(|o| o.is_principal())?;
        // What is a secretary of state here is a foreign minister there.
        let there = self.gazetteer.holders(office.id(), &title.countries[0]);
        let office = there.last().map_or(office, |(_, held)| held.office());
        Some(Title { words: Some(office.display().to_string()), office: Some(office), ..title.clone() })
    }

    /// "The nation's leader": of the state spoken of last.
    fn nation_before(&self, mention: &Mention<'_>, owner: usize) -> Option<usize> {
        let line = &self.document.lines[mention.line];
        let nation = matches!(line.lemma(owner), "nation" | "country" | "state");
        let state = |m: &usize| {
            let other = &self.cast.mentions[*m];
            matches!(other.what, What::State { .. })
                && (other.line, other.tokens.start) < (mention.line, mention.tokens.start)
                && mention.line - other.line <= 1
        };
        (0..self.cast.mentions.len()).rev().find(|m| nation && state(m))
    }

    /// "The ministry": the last institution named that ends with the word.
    fn institution_before(&self, word: &str) -> Option<Id> {
        let named = |e: &Entity<'_>| {
            let name = e.name.as_deref().unwrap_or_default().to_lowercase();
            e.kind != PartyKind::Person && name.split(' ').count() > 1 && name.ends_with(word)
        };
        self.cast.entities.iter().rposition(named)
    }

    /// "His successor", "her predecessor": one of the same country who is elected to the office, or who held it.
    fn before_or_after(&self, title: &Title<'_>) -> Option<Id> {
        let words = title.words.as_deref()?.to_lowercase();
        let after = words.ends_with("successor");
        if !after && !words.ends_with("predecessor") {
            return None;
        }
        let published = self.published();
        let fits = |e: &Entity<'_>| {
            let elected = e.office.as_deref().is_some_and(|o| o.to_lowercase().contains("elect"));
            let left = e.person.is_some_and(|p| {
                self.gazetteer.office_of(p, published).is_none()
                    && self
                        .gazetteer
                        .former_office_of(p, published)
                        .is_some_and(|h| h.office().rank() <= Rank::HeadOfGovernment)
            });
            let land = e.countries.first().is_some_and(|c| title.countries.contains(c));
            e.kind == PartyKind::Person && e.name.is_some() && land && if after { elected } else { left }
        };
        self.cast.entities.iter().position(fits)
    }

    /// "The company's president": an office of something that is neither a country nor a party.
    fn is_unpolitical(&self, mention: &Mention<'_>, title: &Title<'_>) -> bool {
        let line = &self.document.lines[mention.line];
        title.owner.filter(|_| title.countries.is_empty() && !title.counterpart).is_some_and(|owner| {
            line.upos(owner) == Upos::Noun
                && line.token(owner).relation == "nmod:poss"
                && !self.lexicon.nominals.lands.contains(line.lemma(owner))
                && !self.cast.mentions.iter().any(|m| m.line == mention.line && m.heads.contains(&owner))
        })
    }

    /// The country that most of the report's known people serve.
    fn home(&self) -> Option<String> {
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for entity in self.cast.entities.iter().filter(|e| e.kind == PartyKind::Person) {
            if let Some(code) = entity.countries.first() {
                *count.entry(code).or_default() += 1;
            }
        }
        count
            .into_iter()
            .max_by_key(|&(code, n)| (n, std::cmp::Reverse(code)))
            .map(|(code, _)| code.to_string())
    }

    /// New entities for people told by their office alone, one for each country.
    fn strangers(&mut self, mention: &Mention<'_>, title: &Title<'g>) -> Vec<Id> {
        let countries: Vec<Vec<String>> = match title.countries.len() {
            0 => vec![Vec::new()],
            _ => title.countries.iter().map(|c| vec![c.clone()]).collect(),
        };
        let first = self.span(mention);
        let leaders = title.plural && title.countries.is_empty() && !title.counterpart;
        // "A U.S. leader" is nobody in particular.
        let nobody = title.office.is_some_and(|o| o.id() == LEADER) && self.is_indefinite(mention);
        let principal = !nobody
            && title.office.is_none_or(|o| o.is_principal())
            && (!title.countries.is_empty() || title.counterpart || leaders);
        // "The foreign ministers of France and Germany" are one each.
        let one_each = title.office.is_some() && title.plural && countries.len() > 1;
        let singular = |words: &str| words.strip_suffix('s').unwrap_or(words).to_string();
        let words = if one_each { title.words.as_deref().map(singular) } else { title.words.clone() };
        let plural = title.plural && !one_each;
        let mut ids = Vec::new();
        for countries in countries {
            let person = self.holder(title, countries.first().map(String::as_str));
            let same = |e: &Entity<'_>| match person {
                Some(p) => e.person.is_some_and(|q| std::ptr::eq(p, q)),
                None => {
                    e.name.is_none() && e.office == words && e.countries == countries && !title.counterpart
                }
            };
            let known = self.cast.entities.iter().position(same);
            ids.push(known.unwrap_or_else(|| {
                self.cast.entities.push(Entity {
                    name: None,
                    office: words.clone(),
                    countries,
                    kind: PartyKind::Person,
                    person,
                    principal,
                    plural,
                    place: false,
                    house: false,
                    rank: title.office.filter(|_| !title.former).map(|o| o.rank()),
                    female: None,
                    first,
                });
                self.cast.entities.len() - 1
            }));
        }
        ids
    }

    fn is_indefinite(&self, mention: &Mention<'_>) -> bool {
        let line = &self.document.lines[mention.line];
        let article =
            |d: usize| matches!(line.form(d).to_lowercase().as_str(), "a" | "an" | "any" | "no" | "another");
        mention.heads.iter().any(|&h| line.dependents(h, &["det"]).any(article))
    }

    /// Who holds the office on the day of publication, where one person does.
    fn holder(&self, title: &Title<'g>, country: Option<&str>) -> Option<&'g Person> {
        let (office, day) = (title.office.filter(|_| !title.former && !title.plural)?, self.published()?);
        if office.id() == LEADER {
            self.gazetteer.leader(country?, day)
        } else {
            self.gazetteer.holder(office.id(), country?, day)
        }
    }

    /// The person named before (or, failing that, after) who holds the office that a mention tells.
    fn antecedent(&self, number: usize, title: &Title<'g>, means: &[Option<Vec<Id>>]) -> Option<Id> {
        let holder = self.holder(
            title,
            title.countries.first().or(self.own.as_ref().filter(|_| title.definite)).map(String::as_str),
        );
        let of_country = |entity: &Entity<'_>| {
            title.countries.is_empty() || title.countries.iter().any(|c| entity.countries.contains(c))
        };
        // Norway's prime minister holds an office like a chancellor's, but is not called so.
        let holds_it = |p: &&Person| {
            let office = self.gazetteer.office_of(p, self.published()).map(|h| h.office().id());
            title.office.is_some_and(|o| o.id() == LEADER || Some(o.id()) == office)
        };
        let exact = holder.filter(holds_it);
        let is_holder = |e: &Entity<'_>| exact.is_some_and(|h| e.person.is_some_and(|p| std::ptr::eq(h, p)));
        let is_called = |e: &Entity<'_>| {
            let alike = |(a, b): (&String, &String)| a.eq_ignore_ascii_case(b);
            e.office.as_ref().zip(title.words.as_ref()).is_some_and(alike)
        };
        let is_told = |e: &Entity<'_>| title.office.is_some_and(|office| is_told(e, title, office));
        let is_like = |e: &Entity<'_>| self.has_office(e, title);
        // "The Prime Minister" beside a chancellor is whoever is called so.
        let ways: [&dyn Fn(&Entity<'_>) -> bool; 4] = [&is_holder, &is_called, &is_told, &is_like];
        let ahead = holder.is_some() || self.part(number) == Part::Title;
        let same_part = |m: &usize| self.part(*m) == self.part(number) || self.part(*m) == Part::Title;
        ways.iter().find_map(|holds| {
            let fits = |id: &Id| {
                let entity = &self.cast.entities[*id];
                entity.kind == PartyKind::Person
                    && entity.name.is_some()
                    && of_country(entity)
                    && holds(entity)
            };
            let named = |m: usize| means[m].as_deref().and_then(|ids| ids.iter().copied().find(fits));
            let before = (0..number).rev().filter(same_part).find_map(named);
            before.or_else(|| (number + 1..means.len()).filter(|_| ahead).find_map(named))
        })
    }

    fn part(&self, mention: usize) -> Part {
        self.document.lines[self.cast.mentions[mention].line].part
    }

    fn has_office(&self, entity: &Entity<'_>, title: &Title<'g>) -> bool {
        let Some(office) = title.office else { return false };
        let held = entity.person.and_then(|p| self.gazetteer.office_of(p, self.published()));
        let leads =
            office.id() == LEADER && held.is_some_and(|h| h.office().rank() <= Rank::HeadOfGovernment);
        leads || is_told(entity, title, office) || held.is_some_and(|h| h.office().is_like(office))
    }
}

/// "Jane Doe Doe Jane": a name and its caption run together.
fn repeats(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    words.iter().enumerate().any(|(i, word)| word.len() > 3 && words[..i].contains(word))
}

/// Whether the words told of somebody's office hold those of a title: "Federal Chancellor of Germany" for "the Chancellor".
fn is_told(entity: &Entity<'_>, title: &Title<'_>, office: &daybook_gazetteer::Office) -> bool {
    entity.office.as_deref().is_some_and(|words| {
        let (words, short) = (words.to_lowercase(), office.display().to_lowercase());
        let holds = |w: &str| words.contains(&w.to_lowercase()) && !words.contains("vice");
        title.words.as_deref().is_some_and(holds) || words == short
    })
}

/// Whether a country has one holder of an office at a time.
fn has_one_holder(title: &Title<'_>) -> bool {
    let words = title.words.as_deref().unwrap_or_default().to_lowercase();
    title.office.is_some_and(|o| o.rank() <= Rank::HeadOfGovernment)
        || words == "leaders"
        || words.ends_with("foreign ministers")
}

/// Whether a term comes within two years of a day.
fn near(from: Option<Date>, to: Option<Date>, day: Date) -> bool {
    let close = |a: Date, b: Date| a <= b || a.since(b).map_or(0, |s| s.get_days()) <= 730;
    from.is_none_or(|from| close(from, day)) && to.is_none_or(|to| close(day, to))
}

/// The words of a name as they are compared: without initials, accents and case.
fn folded(name: &str) -> Vec<String> {
    let words = name.split([' ', '-']).filter(|w| w.len() > 1 && !w.ends_with('.'));
    words.map(|w| deunicode::deunicode(w).to_lowercase()).collect()
}

/// "President Piñera" for Sebastián Piñera Echenique: all words of the one stand in the other.
fn is_part(short: &str, long: &str) -> bool {
    let (short, long) = (folded(short), folded(long));
    !short.is_empty() && short.iter().all(|w| long.contains(w))
}

/// Whether a name can be that of a known person: "Andrea Mitchell" is no Keith Mitchell.
fn agrees(name: Option<&str>, known: &str) -> bool {
    let letter = |name: &str| name.chars().next().map(|c| c.to_lowercase().to_string());
    let first = |name: Option<&str>| name.filter(|n| n.contains(' ')).and_then(letter);
    match (first(name), letter(known)) {
        (Some(a), Some(b)) => a == b || !known.contains(' '),
        _ => true,
    }
}

/// Whether one name is a shorter form of the other: the same last word, and no first names that differ.
fn shorter_form(a: &str, b: &str) -> bool {
    let (a, b) = (folded(a), folded(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.is_empty() {
        return false;
    }
    short.iter().all(|w| long.contains(w))
        && (short.last() == long.last() || short.len() > 1 || short.first() == long.first())
}
