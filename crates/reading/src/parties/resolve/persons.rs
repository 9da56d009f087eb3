//! Leads the names of persons to one entity each, and keeps what each mention tells of them.

use std::collections::BTreeSet;
use std::ops::Range;

use daybook_gazetteer::{Person, Rank};
use daybook_record::PartyKind;
use jiff::civil::Date;

use crate::parties::cast::{Entity, Id};
use crate::parties::mention::{Mention, Title};
use crate::parties::resolve::names::{agrees, is_part, repeats, shorter_form};
use crate::parties::resolve::resolver::Resolver;

impl<'g> Resolver<'_, 'g> {
    pub(super) fn person(&mut self, mention: &Mention<'g>, name: &Range<usize>, title: &Title<'g>) -> Id {
        let line = &self.document.lines[mention.line];
        let words = line.words(name.clone());
        let known = self.known_person(&words, title);
        let id = self.same_person(&words, known, title).unwrap_or_else(|| {
            let first = self.span(mention);
            self.cast.entities.push(Entity {
                person: known,
                principal: false,
                ..Entity::unknown(PartyKind::Person, first)
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
            best.holdings().iter().any(|h| self.published().is_none_or(|day| is_near(h.from(), h.to(), day)));
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
                h.office().is_principal() && published.is_some_and(|day| is_near(h.from(), h.to(), day))
            })
        };
        entity.principal |= entity.person.is_some_and(coming);
        let in_office = entity.person.and_then(|p| gazetteer.office_of(p, published));
        entity.in_office = in_office;
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
        let mut spouse = named.filter(|&t| self.lexicon.titles.spouse_nouns.contains(line.lemma(t)));
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
        let told = |marks: &BTreeSet<String>| before.iter().any(|w| marks.contains(w.trim_end_matches('.')));
        let titles = &self.lexicon.titles;
        let entity = &mut self.cast.entities[id];
        let full = entity.name.clone().unwrap_or_default();
        let first = |name: &str| name.split(' ').next().is_some_and(|w| self.lexicon.female.contains(w));
        if told(&titles.female_titles) {
            entity.female = Some(true);
        } else if told(&titles.male_titles) {
            entity.female = Some(false);
        } else if entity.female.is_none() && (full.contains(' ') || words.contains(' ')) {
            entity.female = Some(first(&full) || entity.person.is_some_and(|p| first(p.name())));
        }
    }
}

/// Whether a term comes within two years of a day.
fn is_near(from: Option<Date>, to: Option<Date>, day: Date) -> bool {
    let close = |a: Date, b: Date| a <= b || a.since(b).map_or(0, |s| s.get_days()) <= 730;
    from.is_none_or(|from| close(from, day)) && to.is_none_or(|to| close(day, to))
}
