//! Finds people who are told by office or function alone.

use std::ops::Range;

use daybook_gazetteer::{Entry, Office};
use daybook_language::Upos;

use crate::parties::find::finder::{MentionFinder, country_of};
use crate::parties::mention::{Known, Title, What, capitalised};

impl<'g> MentionFinder<'_, 'g> {
    pub(super) fn offices(&mut self) {
        let offices: Vec<(Range<usize>, &'g Office)> = self
            .known
            .iter()
            .filter_map(|k| match k.entry {
                Entry::Office(office) => Some((k.tokens.clone(), office)),
                _ => None,
            })
            .collect();
        for (tokens, office) in offices {
            if self.is_taken(tokens.start) || self.is_taken(tokens.end - 1) {
                continue;
            }
            let head = tokens
                .clone()
                .rev()
                .find(|&t| matches!(self.line.upos(t), Upos::Noun | Upos::Propn))
                .unwrap_or(tokens.end - 1);
            if self.is_unpolitical(head) {
                continue;
            }
            let mut title = Title {
                words: Some(self.line.words(tokens.clone())),
                office: Some(office),
                ..self.title_of_noun(head)
            };
            let mut range = self.range_of_noun(head, &tokens);
            if let Some(known) = self.body_before(range.start).filter(|_| title.countries.is_empty()) {
                title.countries.extend(country_of(known).map(str::to_string));
                range.start = known.tokens.start;
            }
            self.add_mention(range, What::Office(title));
        }
    }

    /// The state or body right before a token, its short form in brackets passed over: "the African Union (AU) envoys".
    fn body_before(&self, at: usize) -> Option<&Known<'g>> {
        let bracketed = at > 3 && self.line.form(at - 1) == ")" && self.line.form(at - 3) == "(";
        let end = if bracketed { at - 3 } else { at };
        let place = |k: &&Known<'g>| matches!(k.entry, Entry::State(_) | Entry::Body(_) | Entry::Demonym(_));
        self.known.iter().filter(place).find(|k| k.tokens.end == end)
    }

    /// Country, number and definiteness of a noun, from its modifiers.
    pub(super) fn title_of_noun(&self, head: usize) -> Title<'g> {
        let line = self.line;
        let top = line
            .ancestors(head)
            .find(|&t| !matches!(line.relation(t), "flat" | "compound" | "fixed"))
            .unwrap_or(head);
        let mut title = Title::default();
        // An ambassador to Rome is not Italy's where it is told whose.
        let mut toward = Vec::new();
        let subtree: Vec<usize> = line.children(head).iter().chain(line.children(top)).copied().collect();
        for child in subtree {
            let relation = line.relation(child);
            let belongs = matches!(relation, "amod" | "compound" | "det" | "flat")
                || relation == "nmod"
                    && (line.token(child).relation == "nmod:poss"
                        || self.function_words.office_of.contains(&line.marker(child)));
            if !belongs {
                continue;
            }
            let countries = if line.marker(child) == "to" { &mut toward } else { &mut title.countries };
            countries.extend(self.country_at(child).map(str::to_string));
            // "Officials from the Saudi government".
            if relation == "nmod" && child != head && self.nominals.governments.contains(line.lemma(child)) {
                let lands = line.children(child).iter().filter_map(|&c| self.country_at(c));
                title.countries.extend(lands.map(str::to_string));
            }
            title.countries.extend(self.plural_state_at(child).into_iter().flatten().cloned());
            for other in line.dependents(child, &["conj"]).filter(|_| relation == "nmod") {
                title.countries.extend(self.country_at(other).map(str::to_string));
            }
            if line.token(child).relation == "nmod:poss" || relation == "nmod" && line.marker(child) == "to" {
                title.owner.get_or_insert(child);
            }
            let word = line.form(child).to_lowercase();
            title.definite |= self.function_words.definite_office.contains(&word)
                || line.token(child).relation == "nmod:poss";
            title.former |= self.titles.former.contains(&word);
        }
        if title.countries.is_empty() {
            title.countries = toward;
        }
        let mut seen = std::collections::BTreeSet::new();
        title.countries.retain(|code| seen.insert(code.clone()));
        title.plural = line.token(head).xpos.ends_with('S');
        title.definite |= capitalised(line.form(head));
        title
    }

    /// A nominal with the country words right before it.
    pub(super) fn range_of_noun(&self, head: usize, tokens: &Range<usize>) -> Range<usize> {
        let mut start = tokens.start.min(head);
        while start > 0
            && !self.is_taken(start - 1)
            && matches!(self.line.relation(start - 1), "amod" | "compound" | "flat")
            && self.line.upos(start - 1) != Upos::Punct
        {
            start -= 1;
        }
        start..tokens.end.max(head + 1)
    }

    /// "Syrian diplomats", "the U.S. delegation", "the Nigerian government", "his Chinese counterpart".
    pub(super) fn agents(&mut self) {
        for at in 0..self.line.len() {
            let lemma = self.line.lemma(at).to_lowercase();
            let counterpart = self.nominals.counterparts.contains(&lemma);
            let (agent, government) =
                (self.nominals.agents.contains(&lemma), self.nominals.governments.contains(&lemma));
            if self.is_taken(at) || !(agent || government || counterpart) || self.is_unpolitical(at) {
                continue;
            }
            let mut title = self.title_of_noun(at);
            let range = self.range_of_noun(at, &(at..at + 1));
            if government {
                // "The ministry": one that the report has named before.
                if title.countries.is_empty() && title.definite && title.owner.is_none() {
                    title.words = Some(lemma.clone());
                    self.add_mention(range.clone(), What::Office(title.clone()));
                }
                if let Some(code) = title.countries.first() {
                    let what = What::State {
                        code: code.clone(),
                        name: self.line.words(range.clone()),
                        capital: false,
                    };
                    self.add_mention(range, what);
                }
            } else if counterpart
                || !title.countries.is_empty()
                || title.owner.is_some()
                || title.plural && self.nominals.leaders.contains(&lemma)
            {
                title.counterpart = counterpart;
                title.words = Some(if title.countries.is_empty() {
                    self.line.words(range.clone())
                } else {
                    self.line.form(at).to_string()
                });
                self.add_mention(range, What::Office(title));
            }
        }
    }

    /// "Business leaders", "church officials": they lead or serve nothing political.
    pub(super) fn is_unpolitical(&self, noun: usize) -> bool {
        let of = |&c: &usize| {
            matches!(self.line.relation(c), "amod" | "compound")
                && self.nominals.unpolitical.contains(&self.line.form(c).to_lowercase())
        };
        self.line.children(noun).iter().any(of)
    }
}
