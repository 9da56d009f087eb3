//! Reads what the words before and behind a name tell of its bearer's office.

use std::ops::Range;

use daybook_gazetteer::Entry;
use daybook_language::Upos;

use crate::parties::find::finder::{MentionFinder, country_of};
use crate::parties::find::title_runs::TitleRuns;
use crate::parties::mention::{Known, Title};

impl<'g> MentionFinder<'_, 'g> {
    /// What a run of title words tells; of several offices the first counts.
    pub(super) fn title_of_words(&self, words: Range<usize>) -> Title<'g> {
        let line = self.line;
        let office = self.known.iter().find_map(|k| match k.entry {
            Entry::Office(office) if words.start <= k.tokens.start && k.tokens.end <= words.end => {
                Some((k.tokens.clone(), office))
            }
            _ => None,
        });
        let function =
            words.clone().find(|&t| self.nominals.functions.contains(&line.form(t).to_lowercase()));
        let lower = |t: usize| line.form(t).to_lowercase();
        let mut title = Title { countries: self.countries_in(words.clone()), ..Title::default() };
        title.former = words.clone().any(|t| self.titles.former.contains(&lower(t)));
        title.office = office.as_ref().map(|(_, office)| *office);
        let core = match (office, function) {
            (Some((tokens, _)), Some(noun)) if noun < tokens.start => noun..noun + 1,
            (Some((tokens, _)), _) => tokens,
            (None, Some(noun)) => noun..noun + 1,
            (None, None) => return title,
        };
        let own = |t: &usize| {
            self.country_at(*t).is_none() && line.form(*t).chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let start = (words.start..core.start).rev().take_while(own).last().unwrap_or(core.start);
        let address = |t: &usize| self.nominals.honorifics.contains(&lower(*t));
        let end = (core.end..words.end).rev().find(|t| !address(t)).map_or(core.end, |t| t + 1);
        title.words = Some(line.words(start..end));
        title
    }

    /// The countries and bodies that title words serve; not those that the office only deals with ("Envoy to Yemen").
    fn countries_in(&self, words: Range<usize>) -> Vec<String> {
        let dealt_with = |k: &&Known<'g>| {
            let before = (words.start..k.tokens.start).rev().find(|&t| self.line.upos(t) != Upos::Det);
            matches!(k.entry, Entry::State(_) | Entry::Body(_) | Entry::Capital(_))
                && before.is_some_and(|t| self.function_words.deals_with.contains(self.line.form(t)))
        };
        let inside = self.known.iter().filter(|k| words.start <= k.tokens.start && k.tokens.end <= words.end);
        let served = inside.filter(|k| !dealt_with(k));
        let mut codes: Vec<String> = served
            .filter_map(|k| country_of(k).or_else(|| self.country_within(k)))
            .map(str::to_string)
            .collect();
        codes.dedup();
        codes
    }

    /// The body that an office's own name tells: "President of the European Commission".
    fn country_within(&self, known: &Known<'g>) -> Option<&'g str> {
        let forms: Vec<&str> = known.tokens.clone().map(|t| self.line.form(t)).collect();
        let inside = (0..forms.len()).flat_map(|i| self.gazetteer.at(&forms[i..]));
        inside.filter(|hit| hit.words < forms.len()).find_map(|hit| match hit.entry {
            Entry::Body(body) => Some(body.code()),
            _ => None,
        })
    }

    /// "Emmanuel Macron of France": the country behind a name.
    pub(super) fn home_after(&self, title: &mut Title<'g>, tokens: &mut Range<usize>) {
        let line = self.line;
        if tokens.end + 1 >= line.len() || !matches!(line.form(tokens.end), "of" | "from") {
            return;
        }
        let at = tokens.end + 1 + usize::from(line.form(tokens.end + 1) == "the");
        let home = self.known_at(at).filter(|k| !matches!(k.entry, Entry::Demonym(_)));
        if let Some((known, code)) = home.and_then(|k| Some((k, country_of(k)?))) {
            title.countries.insert(0, code.to_string());
            tokens.end = known.tokens.end;
        }
    }

    /// What follows a name and tells an office: ", the German chancellor,".
    pub(super) fn title_after(
        &self,
        titles: &TitleRuns<'_, '_, 'g>,
        title: &mut Title<'g>,
        tokens: &mut Range<usize>,
    ) {
        let line = self.line;
        let parts = |at: usize| at < line.len() && matches!(line.form(at), "," | "(" | "–" | "—");
        if !parts(tokens.end) || title.office.is_some() && !title.countries.is_empty() {
            return;
        }
        let Some(run) = titles.behind(tokens.end + 1) else {
            return self.outsider_after(tokens.end + 1, title);
        };
        let verb = run.end < line.len() && matches!(line.upos(run.end), Upos::Verb | Upos::Aux);
        let apposed = run
            .clone()
            .any(|t| line.relation(t) == "appos" && line.head(t).is_some_and(|h| tokens.contains(&h)));
        if verb && !apposed {
            return;
        }
        let (countries, exalted) = (std::mem::take(&mut title.countries), title.exalted);
        *title = Title { exalted, ..self.title_of_words(run.clone()) };
        title.countries.extend(countries);
        tokens.end = run.end;
    }

    /// ", a journalist with the Times": whoever is called so is no principal.
    fn outsider_after(&self, start: usize, title: &mut Title<'g>) {
        let line = self.line;
        let ends = |&t: &usize| {
            matches!(line.form(t), "," | "(" | ")" | "–" | "—")
                || matches!(line.upos(t), Upos::Verb | Upos::Aux)
        };
        let limit = line.len().min(start + 16);
        let stop = (start..limit).find(ends).unwrap_or(limit);
        if title.office.is_none() && (start..stop).any(|t| self.nominals.outsiders.contains(line.lemma(t))) {
            title.words = Some(line.words(start..stop));
        }
    }

    /// "Its leader, Kim Jong Un": the noun that a name explains tells the office.
    pub(super) fn title_in_apposition(
        &self,
        name: &Range<usize>,
        lowest: usize,
        title: &mut Title<'g>,
        tokens: &mut Range<usize>,
    ) {
        let line = self.line;
        let Some(head) = name.clone().find(|&t| line.relation(t) == "appos") else { return };
        let Some(noun) = line
            .head(head)
            .filter(|&n| n < name.start && self.is_beside(n, name.start) && line.upos(n) != Upos::Verb)
        else {
            return;
        };
        let lemma = line.lemma(noun).to_lowercase();
        let office = self
            .known_at(noun)
            .and_then(|k| if let Entry::Office(office) = k.entry { Some(office) } else { None });
        let listed = self.nominals.agents.contains(&lemma) || self.nominals.counterparts.contains(&lemma);
        if (office.is_some() || listed) && noun >= lowest {
            let words = self.known_at(noun).map_or(noun..noun + 1, |k| k.tokens.clone());
            *title = Title { words: Some(line.words(words.clone())), office, ..self.title_of_noun(noun) };
            title.plural = false;
            tokens.start = self.range_of_noun(noun, &words).start.max(lowest);
        }
    }

    /// Whether nothing stands between a noun and a place behind it but what the noun goes to: "ambassador to Rome, Ada Doe".
    fn is_beside(&self, noun: usize, place: usize) -> bool {
        let to = |t: usize| self.line.head(t) == Some(noun) && self.line.marker(t) == "to";
        place - noun <= 3 || place - noun <= 5 && (noun + 1..place).any(to)
    }
}
