//! Finds the persons of a line by their names.

use std::ops::Range;

use daybook_gazetteer::Entry;
use daybook_language::{NameKind, Upos};

use crate::parties::find::finder::MentionFinder;
use crate::parties::find::title_runs::TitleRuns;
use crate::parties::mention::{Known, What, capitalised};

impl<'g> MentionFinder<'_, 'g> {
    pub(super) fn persons(&mut self) {
        let names = self.name_ranges();
        self.split_royal_title(&names);
        let titles = TitleRuns {
            line: self.line,
            known: &self.known,
            nominals: self.nominals,
            function_words: self.function_words,
            names: &names,
        };
        let mut persons: Vec<(Range<usize>, What<'g>)> = Vec::new();
        for (number, name) in names.iter().enumerate() {
            // Somebody named in another's title ("Adviser to Prime Minister Jane Doe") has a title there, too.
            let before = persons.last().map_or(0, |(tokens, _)| tokens.end);
            let lowest =
                if before <= name.start { before } else { titles.behind_link(names[number - 1].end, name) };
            persons.push(self.person_with_title(&titles, name, lowest));
        }
        for (tokens, what) in persons {
            self.add_mention(tokens, what);
        }
    }

    /// "King Salman" is known as a whole; where the name has turned out longer, the crown is an office by itself.
    fn split_royal_title(&mut self, names: &[Range<usize>]) {
        let (line, gazetteer) = (self.line, self.gazetteer);
        for known in &mut self.known {
            let inside = |n: &&Range<usize>| known.tokens.start < n.start && n.start < known.tokens.end;
            let Some(name) = names.iter().find(inside) else { continue };
            let crown: Vec<&str> = (known.tokens.start..name.start).map(|t| line.form(t)).collect();
            let office = gazetteer.at(&crown).into_iter().find(|hit| matches!(hit.entry, Entry::Office(_)));
            if let Some(hit) = office {
                *known =
                    Known { tokens: known.tokens.start..known.tokens.start + hit.words, entry: hit.entry };
            }
        }
    }

    /// A name with the title before or behind it, which does not begin before `lowest`.
    fn person_with_title(
        &self,
        titles: &TitleRuns<'_, '_, 'g>,
        name: &Range<usize>,
        lowest: usize,
    ) -> (Range<usize>, What<'g>) {
        let mut before = titles.before(name, lowest);
        // "The President's adviser Jane Doe": whoever is named before lends the country.
        let owned = matches!(self.line.form(before.start), "'s" | "’s" | "’") && before.len() > 1;
        before.start += usize::from(owned);
        let mut title = self.title_of_words(before.clone());
        title.exalted =
            before.clone().any(|t| self.titles.exalted.contains(&self.line.form(t).to_lowercase()));
        title.owner = owned.then(|| before.start.saturating_sub(2));
        let mut tokens = before.start..name.end;
        self.home_after(&mut title, &mut tokens);
        self.title_after(titles, &mut title, &mut tokens);
        if let Some(run) = titles.before_comma(&(before.start..name.end), lowest) {
            tokens.start = run.start;
            if title.office.is_none() {
                title = self.title_of_words(run);
            }
        }
        if title.office.is_none() {
            self.title_in_apposition(name, lowest, &mut title, &mut tokens);
        }
        title.definite = true;
        (tokens, What::Person { name: name.clone(), title })
    }

    /// Runs of tokens that are names of persons: as the model sees them, as the gazetteer knows them, and whatever
    /// proper noun follows an office.
    fn name_ranges(&self) -> Vec<Range<usize>> {
        let line = self.line;
        let seen =
            line.sentence.names.iter().filter(|n| n.kind == NameKind::Person).map(|n| n.tokens.clone());
        let listed =
            self.known.iter().filter(|k| matches!(k.entry, Entry::Person(_))).map(|k| k.tokens.clone());
        let titled = self
            .known
            .iter()
            .filter(|k| matches!(k.entry, Entry::Office(_)))
            .filter_map(|k| self.name_after(k.tokens.end));
        let mut ranges: Vec<Range<usize>> =
            seen.chain(listed).chain(titled).filter_map(|r| self.without_titles(r)).collect();
        ranges.sort_by_key(|r| (r.start, r.end));
        let mut merged: Vec<Range<usize>> = Vec::new();
        for range in ranges {
            match merged.last_mut() {
                Some(last) if range.start < last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        // Two finds may together begin with a title that neither had by itself.
        let merged: Vec<Range<usize>> = merged.into_iter().filter_map(|r| self.without_titles(r)).collect();
        let alone = |i: usize| !self.belongs_to_title(&merged, i);
        (0..merged.len()).filter(|&i| alone(i)).map(|i| merged[i].clone()).collect()
    }

    /// Whether another name follows at once, so that this one must belong to a title: "Homeland Security Jane Doe".
    fn belongs_to_title(&self, names: &[Range<usize>], number: usize) -> bool {
        let name = &names[number];
        let Some(next) = names.get(number + 1) else { return false };
        let addressed = |t: usize| self.nominals.honorifics.contains(&self.line.form(t).to_lowercase());
        let listed = self.known.iter().any(|k| {
            matches!(k.entry, Entry::Person(_)) && k.tokens.start < name.end && name.start < k.tokens.end
        });
        // "Secretary for Public Works Secretary Jane Doe": what follows "for" goes on as a title.
        let linked =
            name.start > 0 && self.function_words.title_joins.contains(self.line.form(name.start - 1));
        let titled = |t: usize| linked && self.is_office_word(t);
        !listed && next.start < self.line.len() && (name.end..next.start).all(|t| addressed(t) || titled(t))
    }

    /// A name's run without titles before it and without what belongs to no name; none where nothing is left.
    pub(super) fn without_titles(&self, mut range: Range<usize>) -> Option<Range<usize>> {
        let letters = |at: usize| self.line.form(at).chars().any(char::is_alphabetic);
        if let Some(inner) = self.person_at_end_of(&range) {
            range.start = inner;
        }
        while range.start < range.end && (self.is_foreign(&range) || !letters(range.start)) {
            range.start += 1;
        }
        // "Naftali Bennett of Israel": the country is no part of the name.
        if let Some(of) =
            (range.start + 1..range.end).find(|&t| self.function_words.ends_name.contains(self.line.form(t)))
        {
            range.end = of;
        }
        let trails = |at: usize| {
            self.line.upos(at) == Upos::Adp
                && self.line.form(at).chars().all(char::is_lowercase)
                && self.line.relation(at) == "case"
        };
        while range.end > range.start
            && (trails(range.end - 1) || !self.line.form(range.end - 1).chars().any(char::is_alphanumeric))
        {
            range.end -= 1;
        }
        while range.end > range.start + 1 && matches!(self.line.form(range.end - 1), "'s" | "’s" | "s") {
            range.end -= 1;
        }
        // "Coordinating Minister", "Head": the model takes offices for names.
        let ends_name = |t: usize| self.titles.name_endings.contains(&self.line.form(t).to_lowercase());
        self.with_rest_of_name(range).filter(|r| !self.ends_in_office(r) && !r.clone().all(ends_name))
    }

    /// Where a known full name begins behind words of a title that were taken for more of it: "for Climate John Kerry".
    fn person_at_end_of(&self, range: &Range<usize>) -> Option<usize> {
        let linked =
            range.start > 0 && self.function_words.title_ends.contains(self.line.form(range.start - 1));
        let words = |k: &Known<'g>| k.tokens.clone().filter(|&t| capitalised(self.line.form(t))).count();
        let full = |k: &&Known<'g>| matches!(k.entry, Entry::Person(_)) && words(k) > 1;
        let inner = self.known.iter().filter(full).filter(|k| k.tokens.end == range.end);
        inner.map(|k| k.tokens.start).find(|&start| linked && start > range.start)
    }

    /// Whether the first word of a name's run is none of the name: a title, a country, a form of address.
    fn is_foreign(&self, range: &Range<usize>) -> bool {
        let at = range.start;
        let addressed = || self.nominals.honorifics.contains(&self.line.form(at).to_lowercase());
        match self.known_at(at) {
            Some(Known { entry: Entry::Office(_), .. }) => true,
            // "King Salman bin Abdulaziz": more of a name than is known begins with the crown all the same.
            Some(Known { entry: Entry::Person(_), tokens }) => {
                addressed() || tokens.end < range.end && self.is_office_word(at)
            }
            Some(_) => self.line.relation(at) != "flat",
            None => addressed() || self.is_office_word(at),
        }
    }

    fn ends_in_office(&self, range: &Range<usize>) -> bool {
        let last = range.end - 1;
        let listed = matches!(self.known_at(last), Some(Known { entry: Entry::Office(_), .. }));
        self.nominals.functions.contains(&self.line.form(last).to_lowercase())
            || listed && (range.len() == 1 || self.line.form(last).len() > 4)
    }

    /// Whether a word by itself tells an office or function.
    fn is_office_word(&self, at: usize) -> bool {
        let form = self.line.form(at);
        let listed =
            || self.gazetteer.at(&[form]).iter().any(|h| h.words == 1 && matches!(h.entry, Entry::Office(_)));
        self.nominals.functions.contains(&form.to_lowercase()) || listed()
    }

    fn with_rest_of_name(&self, mut range: Range<usize>) -> Option<Range<usize>> {
        let flat = |at: usize, range: &Range<usize>| {
            at < self.line.len()
                && self.line.relation(at) == "flat"
                && self.line.upos(at) == Upos::Propn
                && self.line.head(at).is_some_and(|h| range.contains(&h))
        };
        while flat(range.end, &range) {
            range.end += 1;
        }
        // "Jane bint Said": what stands before a particle belongs to the name, too.
        while range.start > 1
            && self.titles.open_particles.contains(self.line.form(range.start - 1))
            && self.line.upos(range.start - 2) == Upos::Propn
            && self.known_at(range.start - 2).is_none()
            && capitalised(self.line.form(range.start - 2))
        {
            range.start -= 2;
        }
        if self.goes_on_by_hyphen(range.end) {
            range.end += 2;
        }
        // "Omar bin Said": behind a particle the name goes on, whatever the parser makes of it.
        while self.is_open(&range) && range.end < self.line.len() && capitalised(self.line.form(range.end)) {
            range.end += 1;
            while flat(range.end, &range) {
                range.end += 1;
            }
        }
        let lone_word = range.len() == 1
            && self.known_at(range.start).is_some_and(|k| !matches!(k.entry, Entry::Person(_)));
        (!range.is_empty() && capitalised(self.line.form(range.start)) && !lone_word).then_some(range)
    }

    /// Whether a name ends in a particle, so that more of it must follow.
    fn is_open(&self, range: &Range<usize>) -> bool {
        range.len() > 1 && self.titles.open_particles.contains(self.line.form(range.end - 1))
    }

    /// "Moon Jae-in": a given name with a small second part, and not "Trump-backed".
    fn goes_on_by_hyphen(&self, at: usize) -> bool {
        let line = self.line;
        if at == 0 || at + 1 >= line.len() || line.form(at) != "-" {
            return false;
        }
        let close = line.token(at - 1).end == line.token(at + 1).start - 1;
        let part = line.form(at + 1);
        let small = part.chars().all(char::is_lowercase) && part.len() <= 6;
        close && small && !part.ends_with("ed") && !self.titles.hyphenated.contains(part)
    }

    fn name_after(&self, start: usize) -> Option<Range<usize>> {
        let line = self.line;
        let named = |at: usize| {
            at < line.len()
                && line.upos(at) == Upos::Propn
                && capitalised(line.form(at))
                && self.known_at(at).is_none_or(|k| matches!(k.entry, Entry::Person(_)))
        };
        let first =
            if start < line.len() && self.nominals.honorifics.contains(&line.form(start).to_lowercase()) {
                start + 1
            } else {
                start
            };
        if !named(first) || first == 0 || !capitalised(line.form(start - 1)) {
            return None;
        }
        let mut end = first + 1;
        while named(end)
            || end < line.len() && self.titles.inner_particles.contains(line.form(end)) && named(end + 1)
        {
            end += 1;
        }
        Some(first..end)
    }
}
