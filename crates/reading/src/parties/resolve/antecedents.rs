//! Finds whom an office means that is told by what stands elsewhere: its holder, a counterpart, a successor.

use daybook_gazetteer::{Person, Rank};
use daybook_record::{Part, PartyKind};

use crate::parties::cast::{Entity, Id, LEADER};
use crate::parties::mention::{Mention, Title, What};
use crate::parties::resolve::resolver::Resolver;

impl<'g> Resolver<'_, 'g> {
    /// "Her Turkish counterpart": whoever holds the office that she holds, there.
    pub(super) fn opposite(
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
    pub(super) fn nation_before(&self, mention: &Mention<'_>, owner: usize) -> Option<usize> {
        let line = &self.document.lines[mention.line];
        let nation = self.lexicon.nominals.own_state.contains(line.lemma(owner));
        let state = |m: &usize| {
            let other = &self.cast.mentions[*m];
            matches!(other.what, What::State { .. })
                && (other.line, other.tokens.start) < (mention.line, mention.tokens.start)
                && mention.line - other.line <= 1
        };
        (0..self.cast.mentions.len()).rev().find(|m| nation && state(m))
    }

    /// "The ministry": the last institution named that ends with the word.
    pub(super) fn institution_before(&self, word: &str) -> Option<Id> {
        let named = |e: &Entity<'_>| {
            let name = e.name.as_deref().unwrap_or_default().to_lowercase();
            e.kind != PartyKind::Person && name.split(' ').count() > 1 && name.ends_with(word)
        };
        self.cast.entities.iter().rposition(named)
    }

    /// "His successor", "her predecessor": one of the same country who is elected to the office, or who held it.
    pub(super) fn before_or_after(&self, title: &Title<'_>) -> Option<Id> {
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

    /// The person named before (or, failing that, after) who holds the office that a mention tells.
    pub(super) fn antecedent(
        &self,
        number: usize,
        title: &Title<'g>,
        means: &[Option<Vec<Id>>],
    ) -> Option<Id> {
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
        let find = |numbers: &mut dyn Iterator<Item = usize>| {
            let numbers: Vec<usize> = numbers.collect();
            ways.iter().find_map(|holds| {
                let fits = |id: &Id| {
                    let entity = &self.cast.entities[*id];
                    entity.kind == PartyKind::Person
                        && entity.name.is_some()
                        && of_country(entity)
                        && holds(entity)
                };
                let named = |&m: &usize| means[m].as_deref().and_then(|ids| ids.iter().copied().find(fits));
                numbers.iter().find_map(named)
            })
        };
        // Whoever is called so before comes before a holder who is named only later.
        find(&mut (0..number).rev().filter(same_part))
            .or_else(|| find(&mut (number + 1..means.len()).filter(|_| ahead)))
    }

    fn has_office(&self, entity: &Entity<'_>, title: &Title<'g>) -> bool {
        let Some(office) = title.office else { return false };
        let held = entity.person.and_then(|p| self.gazetteer.office_of(p, self.published()));
        let leads =
            office.id() == LEADER && held.is_some_and(|h| h.office().rank() <= Rank::HeadOfGovernment);
        leads || is_told(entity, title, office) || held.is_some_and(|h| h.office().is_like(office))
    }
}

/// Whether the words told of somebody's office hold those of a title: "Federal Chancellor of Germany" for "the Chancellor".
fn is_told(entity: &Entity<'_>, title: &Title<'_>, office: &daybook_gazetteer::Office) -> bool {
    entity.office.as_deref().is_some_and(|words| {
        let (words, short) = (words.to_lowercase(), office.display().to_lowercase());
        let holds = |w: &str| words.contains(&w.to_lowercase()) && !words.contains("vice");
        title.words.as_deref().is_some_and(holds) || words == short
    })
}
