//! Leads the names of states and bodies to one entity each.

use daybook_record::PartyKind;

use crate::parties::cast::{Entity, Id};
use crate::parties::mention::Mention;
use crate::parties::resolve::resolver::Resolver;

impl<'g> Resolver<'_, 'g> {
    pub(super) fn state(&mut self, mention: &Mention<'_>, code: &str, name: &str, capital: bool) -> Id {
        let same = |e: &Entity<'_>| {
            e.kind == PartyKind::State && e.name.as_deref() == Some(name) && e.place == capital
        };
        if let Some(id) = self.cast.entities.iter().position(same) {
            return id;
        }
        self.add_faceless(mention, PartyKind::State, code, name, capital)
    }

    pub(super) fn states(&mut self, mention: &Mention<'_>, codes: &[String]) -> Vec<Id> {
        let gazetteer = self.gazetteer;
        let states = codes.iter().filter_map(|code| gazetteer.state(code));
        states.map(|state| self.state(mention, state.code(), state.name(), false)).collect()
    }

    pub(super) fn body(&mut self, mention: &Mention<'_>, code: &str, name: &str) -> Id {
        let same =
            |e: &Entity<'_>| e.kind == PartyKind::Body && e.countries.first().is_some_and(|c| c == code);
        if let Some(id) = self.cast.entities.iter().position(same) {
            return id;
        }
        self.add_faceless(mention, PartyKind::Body, code, name, false)
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
            in_office: None,
            office_told: None,
            principal: true,
            plural: false,
            place,
            rank: None,
            female: None,
            first: self.span(mention),
        });
        self.cast.entities.len() - 1
    }
}
