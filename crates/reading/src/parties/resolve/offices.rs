//! Leads people told by office, function or group to whom they mean: somebody named, or somebody of that office.

use std::collections::BTreeMap;

use daybook_gazetteer::Rank;
use daybook_language::Upos;
use daybook_record::PartyKind;

use crate::parties::cast::{Entity, Id, LEADER};
use crate::parties::mention::{Mention, Title, What};
use crate::parties::resolve::resolver::Resolver;

impl<'g> Resolver<'_, 'g> {
    pub(super) fn office(
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
    pub(super) fn owned(
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

    /// "The company's president": an office of something that is neither a country nor a party.
    pub(super) fn is_unpolitical(&self, mention: &Mention<'_>, title: &Title<'_>) -> bool {
        let line = &self.document.lines[mention.line];
        title.owner.filter(|_| title.countries.is_empty() && !title.counterpart).is_some_and(|owner| {
            line.upos(owner) == Upos::Noun
                && line.token(owner).relation == "nmod:poss"
                && !self.lexicon.nominals.lands.contains(line.lemma(owner))
                && !self.cast.mentions.iter().any(|m| m.line == mention.line && m.heads.contains(&owner))
        })
    }

    /// The country that most of the report's known people serve.
    pub(super) fn home(&self) -> Option<String> {
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
                    in_office: person.and_then(|p| self.gazetteer.office_of(p, self.published())),
                    office_told: None,
                    principal,
                    plural,
                    place: false,
                    rank: title.office.filter(|_| !title.former).map(|o| o.rank()),
                    female: None,
                    first,
                });
                self.cast.entities.len() - 1
            }));
        }
        ids
    }
}

/// Whether a country has one holder of an office at a time.
fn has_one_holder(title: &Title<'_>) -> bool {
    let words = title.words.as_deref().unwrap_or_default().to_lowercase();
    title.office.is_some_and(|o| o.rank() <= Rank::HeadOfGovernment)
        || words == "leaders"
        || words.ends_with("foreign ministers")
}
