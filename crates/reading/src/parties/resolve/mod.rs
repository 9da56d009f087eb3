//! Leads mentions to whom they mean: names in their shorter forms, offices, groups and pronouns to one entity each.

mod antecedents;
mod leads;
mod names;
mod offices;
mod persons;
mod pronouns;
pub(crate) mod resolver;
mod states;

use daybook_gazetteer::Gazetteer;
use daybook_record::PartyKind;

use crate::parties::cast::{Cast, Entity, Id, official_side};
use crate::parties::mention::{Mention, What};
use crate::parties::resolve::resolver::Resolver;
use crate::syntax::document::{At, Document};
use crate::words::lexicon::Lexicon;

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
    leads::keep(&mut cast);
    cast
}

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

    /// The entity of a mention that names it; `None` for one that does not.
    pub(super) fn named(
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

    /// Whom a mention without a name means, given the others.
    pub(super) fn unnamed(&mut self, number: usize, means: &[Option<Vec<Id>>]) -> Vec<Id> {
        let mention = self.cast.mentions[number].clone();
        match &mention.what {
            What::Office(title) => self.office(number, &mention, title, means),
            What::Pronoun => self.pronoun(number, &mention, means),
            _ => Vec::new(),
        }
    }
}
