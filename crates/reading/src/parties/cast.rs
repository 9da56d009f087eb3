//! The cast of a report: everybody it speaks of, and whom each of its mentions means.

use std::collections::BTreeMap;

use daybook_gazetteer::{Gazetteer, Holding, Person, Rank};
use daybook_record::{Party, PartyKind, Report, Span};

use crate::parties::mention::{Mention, What};
use crate::syntax::document::At;

/// Number of an entity in [`Cast`].
pub(crate) type Id = usize;

/// The office of which "the German leader" speaks, whatever it is called there.
pub(crate) const LEADER: &str = "supreme-leader";

/// Somebody or something that a report speaks of.
#[derive(Debug, Clone)]
pub(crate) struct Entity<'g> {
    pub name: Option<String>,
    pub office: Option<String>,
    pub countries: Vec<String>,
    pub kind: PartyKind,
    pub person: Option<&'g Person>,
    /// The office that the gazetteer has the person hold at the time of the report.
    pub in_office: Option<&'g Holding>,
    /// The first mention that tells the office.
    pub office_told: Option<usize>,
    /// Whether it can be a party to a contact.
    pub principal: bool,
    /// Whether several people are meant.
    pub plural: bool,
    /// Whether a capital or country word that may be a mere place.
    pub place: bool,
    /// How high the office is that it holds at the time of the report.
    pub rank: Option<Rank>,
    pub female: Option<bool>,
    /// Where it is first spoken of.
    pub first: Span,
}

impl<'g> Entity<'g> {
    /// Somebody or something of which nothing is known but where it is first spoken of.
    pub fn unknown(kind: PartyKind, first: Span) -> Entity<'g> {
        Entity {
            name: None,
            office: None,
            countries: Vec::new(),
            kind,
            person: None,
            in_office: None,
            office_told: None,
            principal: true,
            plural: false,
            place: false,
            rank: None,
            female: None,
            first,
        }
    }
}

/// How a mention was led to an entity.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lead<'g> {
    /// By its own words: a name, a state, a group.
    Words,
    /// By the office that it tells, which the gazetteer has the entity hold.
    Holder(&'g Holding),
    /// By an office that the report tells of the entity.
    Office,
    /// By another mention of the same entity, that of this number.
    Pronoun(usize),
    /// By who speaks where the pronoun stands.
    Speaker,
}

/// Everybody a report speaks of, and who each mention means.
#[derive(Debug, Default)]
pub(crate) struct Cast<'g> {
    pub entities: Vec<Entity<'g>>,
    pub mentions: Vec<Mention<'g>>,
    /// For each mention the entities that it means: none where nobody is known, several for groups and shared offices.
    pub means: Vec<Vec<Id>>,
    /// For each of `means`, how the mention was led there.
    pub leads: Vec<Vec<Lead<'g>>>,
    /// Whom a mention such as "the two leaders" means, by the text before it alone.
    pub pairs: BTreeMap<usize, Vec<Id>>,
    pub(super) by_head: BTreeMap<At, usize>,
}

impl<'g> Cast<'g> {
    /// The mention that syntax reaches at a token.
    pub fn mention_at(&self, at: At) -> Option<usize> {
        self.by_head.get(&at).copied()
    }

    /// Whether a mention is reached by a word: by its heads, or a person by a word of the name.
    pub fn is_reached(&self, mention: usize, at: At) -> bool {
        let Mention { line, heads, what, .. } = &self.mentions[mention];
        let by_name = matches!(what, What::Person { name, .. } if name.contains(&at.token));
        *line == at.line && (heads.contains(&at.token) || by_name)
    }

    /// The entities meant at a token.
    pub fn at(&self, at: At) -> &[Id] {
        self.mention_at(at).map_or(&[], |m| &self.means[m])
    }

    /// The entity as a party.
    pub fn party(&self, id: Id) -> Party {
        let entity = &self.entities[id];
        // "World leaders" are called so; nobody holds that office.
        let is_crowd = entity.plural && entity.name.is_none() && entity.countries.is_empty();
        let (name, office) = if is_crowd { (&entity.office, &None) } else { (&entity.name, &entity.office) };
        Party {
            name: name.clone(),
            office: office.clone(),
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

/// The state or body whose official publisher a report is of.
pub(crate) fn official_side<'g>(gazetteer: &'g Gazetteer, report: &Report) -> Option<&'g str> {
    gazetteer.official_side(report.publisher.as_deref(), report.url.as_deref())
}
