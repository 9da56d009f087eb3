//! Finds where a sentence speaks of a possible party: by name, by office, by country, by a word for a group, by a pronoun.

use std::ops::Range;

use daybook_gazetteer::{Entry, Gazetteer, Office};
use daybook_language::{NameKind, Upos};

use crate::parties::titles::Titles;
use crate::syntax::document::Line;
use crate::words::lexicon::Nominals;

/// A place where the text speaks of a possible party.
#[derive(Debug, Clone)]
pub(crate) struct Mention<'g> {
    /// Number of the line.
    pub line: usize,
    /// All its words, title included.
    pub tokens: Range<usize>,
    /// The tokens by which the syntax reaches it.
    pub heads: Vec<usize>,
    /// What it is.
    pub what: What<'g>,
}

/// What a mention is.
#[derive(Debug, Clone)]
pub(crate) enum What<'g> {
    /// A person by name.
    Person { name: Range<usize>, title: Title<'g> },
    /// A person or people by office or function: "the Turkish foreign minister", "Syrian diplomats".
    Office(Title<'g>),
    /// A state, or what stands for it.
    State { code: String, name: String, capital: bool },
    /// Several states under one word, by their codes: "the two Koreas".
    States(Vec<String>),
    /// An international body or movement.
    Body { code: String, name: String },
    /// "The two leaders", "both".
    Group,
    /// A personal or possessive pronoun.
    Pronoun,
}

/// What is told of somebody's office.
#[derive(Debug, Clone, Default)]
pub(crate) struct Title<'g> {
    /// The office's words, without the country before it.
    pub words: Option<String>,
    /// The office, where the gazetteer knows it.
    pub office: Option<&'g Office>,
    /// The countries or bodies in which it is held.
    pub countries: Vec<String>,
    /// Whether it is held no more.
    pub former: bool,
    /// Whether addressed as only heads of state, royals and envoys are: "Her Majesty", "His Excellency".
    pub exalted: bool,
    /// Whether several people are meant.
    pub plural: bool,
    /// "Her counterpart": an office like that of the other party.
    pub counterpart: bool,
    /// Told with "the", "his" or as a name: somebody certain.
    pub definite: bool,
    /// The token of whoever they work for: "Mr. Moon's envoys".
    pub owner: Option<usize>,
}

/// A run of tokens that the gazetteer knows.
pub(crate) struct Known<'g> {
    pub tokens: Range<usize>,
    pub entry: Entry<'g>,
}

/// What the finder works with on one line.
struct Finder<'d, 'g> {
    line: &'d Line<'d>,
    number: usize,
    gazetteer: &'g Gazetteer,
    nominals: &'d Nominals,
    known: Vec<Known<'g>>,
    found: Vec<Mention<'g>>,
}

/// The mentions of a line, in order; they may lie within each other ("the president of France").
pub(crate) fn find<'g>(
    line: &Line<'_>,
    number: usize,
    gazetteer: &'g Gazetteer,
    nominals: &Nominals,
) -> Vec<Mention<'g>> {
    let known = known(line, gazetteer);
    let mut finder = Finder { line, number, gazetteer, nominals, known, found: Vec::new() };
    finder.persons();
    finder.groups_and_pronouns();
    finder.offices();
    finder.agents();
    finder.places();
    finder.plural_states();
    let mut found = finder.found;
    found.sort_by_key(|m| (m.tokens.start, std::cmp::Reverse(m.tokens.end)));
    found
}

pub(crate) fn capitalised(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}

/// The longest known names, from left to right; where one run of words may name several, what the model sees decides.
fn known<'g>(line: &Line<'_>, gazetteer: &'g Gazetteer) -> Vec<Known<'g>> {
    let forms: Vec<&str> = (0..line.len()).map(|i| line.form(i)).collect();
    let plural = |i: usize| line.token(i).xpos == "NNS";
    let singular: Vec<&str> =
        (0..line.len()).map(|i| if plural(i) { line.lemma(i) } else { line.form(i) }).collect();
    let (mut known, mut at) = (Vec::new(), 0);
    while at < forms.len() {
        if let Some(entry) = shared_name(&forms[at..], gazetteer) {
            known.push(Known { tokens: at..at + 1, entry });
            at += 2;
            continue;
        }
        let mut hits = gazetteer.at(&forms[at..]);
        if hits.is_empty() {
            // Offices are listed in the singular: "presidents", "defense ministers".
            hits = gazetteer.at(&singular[at..]);
            hits.retain(|hit| matches!(hit.entry, Entry::Office(_)));
        }
        let best = hits
            .iter()
            .filter(|hit| plausible(line, at, hit.words, &hit.entry))
            .min_by_key(|hit| (std::cmp::Reverse(hit.words), preference(line, at, &hit.entry)));
        match best {
            Some(hit) => {
                known.push(Known { tokens: at..at + hit.words, entry: hit.entry });
                at += hit.words.max(1);
            }
            None => at += 1,
        }
    }
    known
}

/// "North and South Korea": the first of two states whose names end with one word told once.
fn shared_name<'g>(forms: &[&str], gazetteer: &'g Gazetteer) -> Option<Entry<'g>> {
    let [first, "and" | "or", second, last, ..] = forms else { return None };
    let state = |words: &[&str]| {
        let whole = |entry: &Entry<'_>| matches!(entry, Entry::State(_) | Entry::Demonym(_));
        gazetteer.at(words).into_iter().find(|hit| hit.words == 2 && whole(&hit.entry)).map(|hit| hit.entry)
    };
    state(&[second, last]).and_then(|_| state(&[first, last]))
}

/// A bare surname must look like a name where it stands; "May" and "bush" mostly do not.
fn plausible(line: &Line<'_>, at: usize, words: usize, entry: &Entry<'_>) -> bool {
    match entry {
        Entry::Person(_) if words == 1 => {
            let part_of = |n: &daybook_language::Name| {
                n.kind == NameKind::Place && n.tokens.len() > 1 && n.tokens.contains(&at)
            };
            capitalised(line.form(at))
                && line.upos(at) == Upos::Propn
                && !within(line, at, NameKind::Date)
                && !line.sentence.names.iter().any(part_of)
        }
        Entry::Office(_) => line.upos(at + words - 1) != Upos::Verb,
        _ => true,
    }
}

fn preference(line: &Line<'_>, at: usize, entry: &Entry<'_>) -> u8 {
    let person = within(line, at, NameKind::Person);
    match entry {
        Entry::Person(_) if person => 0,
        Entry::State(_) => 1,
        Entry::Body(_) => 2,
        Entry::Metonym(_) => 3,
        Entry::Office(_) => 4,
        Entry::Institution(_) => 5,
        Entry::Capital(_) => 6,
        Entry::Demonym(_) => 7,
        Entry::Person(_) => 8,
    }
}

pub(crate) fn within(line: &Line<'_>, at: usize, kind: NameKind) -> bool {
    line.sentence.names.iter().any(|name| name.kind == kind && name.tokens.contains(&at))
}

impl<'g> Finder<'_, 'g> {
    fn add(&mut self, tokens: Range<usize>, what: What<'g>) {
        let outside = |&t: &usize| self.line.head(t).is_none_or(|head| !tokens.contains(&head));
        let mut heads: Vec<usize> =
            tokens.clone().filter(outside).filter(|&t| self.line.upos(t) != Upos::Punct).collect();
        if matches!(&what, What::Office(title) if title.plural) {
            heads.extend(heads.clone().into_iter().filter_map(|head| self.collective(head)));
        }
        self.found.push(Mention { line: self.number, tokens, heads, what });
    }

    /// "A group of senators": the noun that only says how many there are.
    fn collective(&self, head: usize) -> Option<usize> {
        let up = self
            .line
            .head(head)
            .filter(|_| self.line.relation(head) == "nmod" && self.line.case(head) == "of")?;
        self.nominals.collectives.contains(self.line.lemma(up)).then_some(up)
    }

    fn taken(&self, at: usize) -> bool {
        self.found.iter().any(|mention| mention.tokens.contains(&at))
    }

    fn known_at(&self, at: usize) -> Option<&Known<'g>> {
        self.known.iter().find(|known| known.tokens.contains(&at))
    }

    /// The country or body that a known run of words stands for.
    fn country_of(known: &Known<'g>) -> Option<&'g str> {
        match known.entry {
            Entry::State(state) | Entry::Capital(state) | Entry::Demonym(state) => Some(state.code()),
            Entry::Body(body) => Some(body.code()),
            Entry::Metonym(metonym) => Some(metonym.code()),
            _ => None,
        }
    }

    fn country_at(&self, at: usize) -> Option<&'g str> {
        self.known_at(at).and_then(Self::country_of)
    }

    fn persons(&mut self) {
        let names = self.name_ranges();
        self.uncrown(&names);
        let titles = Titles { line: self.line, known: &self.known, nominals: self.nominals, names: &names };
        let mut persons: Vec<(Range<usize>, What<'g>)> = Vec::new();
        for (number, name) in names.iter().enumerate() {
            // Somebody named in another's title ("Adviser to Prime Minister Jane Doe") has a title there, too.
            let before = persons.last().map_or(0, |(tokens, _)| tokens.end);
            let lowest =
                if before <= name.start { before } else { titles.behind_link(names[number - 1].end, name) };
            persons.push(self.person(&titles, name, lowest));
        }
        for (tokens, what) in persons {
            self.add(tokens, what);
        }
    }

    /// "King Salman" is known as a whole; where the name has turned out longer, the crown is an office by itself.
    fn uncrown(&mut self, names: &[Range<usize>]) {
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
    fn person(
        &self,
        titles: &Titles<'_, '_, 'g>,
        name: &Range<usize>,
        lowest: usize,
    ) -> (Range<usize>, What<'g>) {
        let mut before = titles.before(name, lowest);
        // "The President's adviser Jane Doe": whoever is named before lends the country.
        let owned = matches!(self.line.form(before.start), "'s" | "’s" | "’") && before.len() > 1;
        before.start += usize::from(owned);
        let mut title = self.title(before.clone());
        title.exalted = before.clone().any(|t| exalted(self.line.form(t)));
        title.owner = owned.then(|| before.start.saturating_sub(2));
        let mut tokens = before.start..name.end;
        self.home_after(&mut title, &mut tokens);
        self.title_after(titles, &mut title, &mut tokens);
        if let Some(run) = titles.before_comma(&(before.start..name.end), lowest) {
            tokens.start = run.start;
            if title.office.is_none() {
                title = self.title(run);
            }
        }
        if title.office.is_none() {
            self.apposed(name, lowest, &mut title, &mut tokens);
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
            seen.chain(listed).chain(titled).filter_map(|r| self.trimmed(r)).collect();
        ranges.sort_by_key(|r| (r.start, r.end));
        let mut merged: Vec<Range<usize>> = Vec::new();
        for range in ranges {
            match merged.last_mut() {
                Some(last) if range.start < last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        // Two finds may together begin with a title that neither had by itself.
        let merged: Vec<Range<usize>> = merged.into_iter().filter_map(|r| self.trimmed(r)).collect();
        let alone = |i: usize| !self.runs_on(&merged, i);
        (0..merged.len()).filter(|&i| alone(i)).map(|i| merged[i].clone()).collect()
    }

    /// Whether another name follows at once, so that this one must belong to a title: "Homeland Security Jane Doe".
    fn runs_on(&self, names: &[Range<usize>], number: usize) -> bool {
        let name = &names[number];
        let Some(next) = names.get(number + 1) else { return false };
        let addressed = |t: usize| self.nominals.honorifics.contains(&self.line.form(t).to_lowercase());
        let listed = self.known.iter().any(|k| {
            matches!(k.entry, Entry::Person(_)) && k.tokens.start < name.end && name.start < k.tokens.end
        });
        // "Secretary for Public Works Secretary Jane Doe": what follows "for" goes on as a title.
        let linked = name.start > 0 && matches!(self.line.form(name.start - 1), "for" | "of" | "and");
        let titled = |t: usize| linked && self.is_office_word(t);
        !listed && next.start < self.line.len() && (name.end..next.start).all(|t| addressed(t) || titled(t))
    }

    /// A name's run without titles before it and without what belongs to no name; none where nothing is left.
    fn trimmed(&self, mut range: Range<usize>) -> Option<Range<usize>> {
        let letters = |at: usize| self.line.form(at).chars().any(char::is_alphabetic);
        if let Some(inner) = self.person_at_end_of(&range) {
            range.start = inner;
        }
        while range.start < range.end && (self.is_foreign(&range) || !letters(range.start)) {
            range.start += 1;
        }
        // "Naftali Bennett of Israel": the country is no part of the name.
        if let Some(of) =
            (range.start + 1..range.end).find(|&t| matches!(self.line.form(t), "of" | "from" | "for"))
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
        self.extended(range).filter(|r| !self.ends_in_office(r))
    }

    /// Where a known full name begins behind words of a title that were taken for more of it: "for Climate John Kerry".
    fn person_at_end_of(&self, range: &Range<usize>) -> Option<usize> {
        let linked =
            range.start > 0 && matches!(self.line.form(range.start - 1), "for" | "of" | "on" | "and");
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

    fn extended(&self, mut range: Range<usize>) -> Option<Range<usize>> {
        let flat = |at: usize, range: &Range<usize>| {
            at < self.line.len()
                && self.line.relation(at) == "flat"
                && self.line.upos(at) == Upos::Propn
                && self.line.head(at).is_some_and(|h| range.contains(&h))
        };
        while flat(range.end, &range) {
            range.end += 1;
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
        const PARTICLES: [&str; 10] = ["bin", "bint", "ibn", "al", "von", "van", "der", "de", "da", "dos"];
        range.len() > 1 && PARTICLES.contains(&self.line.form(range.end - 1))
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
        close && small && !part.ends_with("ed") && !matches!(part, "led" | "era" | "style" | "like" | "run")
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
            || end < line.len()
                && matches!(line.form(end), "-" | "al" | "bin" | "ben" | "de" | "van")
                && named(end + 1)
        {
            end += 1;
        }
        Some(first..end)
    }

    /// What a run of title words tells; of several offices the first counts.
    fn title(&self, words: Range<usize>) -> Title<'g> {
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
        title.former = words.clone().any(|t| matches!(lower(t).as_str(), "former" | "ex" | "then"));
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
                && before.is_some_and(|t| matches!(self.line.form(t), "to" | "on" | "for" | "in" | "with"))
        };
        let inside = self.known.iter().filter(|k| words.start <= k.tokens.start && k.tokens.end <= words.end);
        let served = inside.filter(|k| !dealt_with(k));
        let mut codes: Vec<String> = served
            .filter_map(|k| Self::country_of(k).or_else(|| self.country_within(k)))
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
    fn home_after(&self, title: &mut Title<'g>, tokens: &mut Range<usize>) {
        let line = self.line;
        if tokens.end + 1 >= line.len() || !matches!(line.form(tokens.end), "of" | "from") {
            return;
        }
        let at = tokens.end + 1 + usize::from(line.form(tokens.end + 1) == "the");
        let home = self.known_at(at).filter(|k| !matches!(k.entry, Entry::Demonym(_)));
        if let Some((known, code)) = home.and_then(|k| Some((k, Self::country_of(k)?))) {
            title.countries.insert(0, code.to_string());
            tokens.end = known.tokens.end;
        }
    }

    /// What follows a name and tells an office: ", the German chancellor,".
    fn title_after(&self, titles: &Titles<'_, '_, 'g>, title: &mut Title<'g>, tokens: &mut Range<usize>) {
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
        *title = Title { exalted, ..self.title(run.clone()) };
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
    fn apposed(&self, name: &Range<usize>, lowest: usize, title: &mut Title<'g>, tokens: &mut Range<usize>) {
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
            *title = Title { words: Some(line.words(words.clone())), office, ..self.nominal(noun) };
            title.plural = false;
            tokens.start = self.nominal_range(noun, &words).start.max(lowest);
        }
    }

    /// Whether nothing stands between a noun and a place behind it but what the noun goes to: "ambassador to Rome, Ada Doe".
    fn is_beside(&self, noun: usize, place: usize) -> bool {
        let to = |t: usize| self.line.head(t) == Some(noun) && self.line.case(t) == "to";
        place - noun <= 3 || place - noun <= 5 && (noun + 1..place).any(to)
    }

    fn groups_and_pronouns(&mut self) {
        for at in 0..self.line.len() {
            if self.taken(at) {
                continue;
            }
            if self.is_group(at) {
                self.add(at..at + 1, What::Group);
            } else if self.line.upos(at) == Upos::Pron && personal(&self.line.form(at).to_lowercase())
                || self.is_one_of_two(at)
            {
                self.add(at..at + 1, What::Pronoun);
            }
        }
    }

    /// "The former", "the latter": an adjective that stands for a person.
    fn is_one_of_two(&self, at: usize) -> bool {
        let line = self.line;
        matches!(line.form(at), "former" | "latter")
            && matches!(line.relation(at), "nsubj" | "obj" | "obl" | "nmod")
            && line.dependents(at, &["det"]).any(|d| line.form(d).eq_ignore_ascii_case("the"))
    }

    /// Whether a token stands for the parties spoken of: "the two", "both leaders", "the pair".
    fn is_group(&self, at: usize) -> bool {
        let line = self.line;
        let form = line.form(at).to_lowercase();
        let word = |i: usize| line.form(i).to_lowercase();
        let determined =
            line.children(at).iter().any(|&c| matches!(word(c).as_str(), "the" | "both" | "these" | "all"));
        let noun = self.nominals.groups.contains(line.lemma(at)) && line.token(at).xpos.ends_with('S');
        // "The eight congressional leaders" are people of their own.
        let described = line.children(at).iter().any(|&c| match line.relation(c) {
            "amod" | "compound" => {
                !matches!(word(c).as_str(), "foreign" | "prime" | "respective" | "defense" | "defence")
            }
            "nummod" => !matches!(word(c).as_str(), "two" | "three" | "2" | "3"),
            _ => self.country_at(c).is_some(),
        });
        if (noun && determined && !described) || (form == "pair" || form == "duo") && determined {
            return true;
        }
        let subject = matches!(line.relation(at), "nsubj" | "obj" | "obl" | "nmod");
        (form == "two" && determined || form == "both") && subject
    }

    fn offices(&mut self) {
        let offices: Vec<(Range<usize>, &'g Office)> = self
            .known
            .iter()
            .filter_map(|k| match k.entry {
                Entry::Office(office) => Some((k.tokens.clone(), office)),
                _ => None,
            })
            .collect();
        for (tokens, office) in offices {
            if self.taken(tokens.start) || self.taken(tokens.end - 1) {
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
                ..self.nominal(head)
            };
            let mut range = self.nominal_range(head, &tokens);
            if let Some(known) = self.body_before(range.start).filter(|_| title.countries.is_empty()) {
                title.countries.extend(Self::country_of(known).map(str::to_string));
                range.start = known.tokens.start;
            }
            self.add(range, What::Office(title));
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
    fn nominal(&self, head: usize) -> Title<'g> {
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
                        || matches!(line.case(child).as_str(), "of" | "from" | "to"));
            if !belongs {
                continue;
            }
            let countries = if line.case(child) == "to" { &mut toward } else { &mut title.countries };
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
            if line.token(child).relation == "nmod:poss" || relation == "nmod" && line.case(child) == "to" {
                title.owner.get_or_insert(child);
            }
            let word = line.form(child).to_lowercase();
            title.definite |= matches!(word.as_str(), "the" | "his" | "her" | "their" | "its")
                || line.token(child).relation == "nmod:poss";
            title.former |= matches!(word.as_str(), "former" | "ex" | "then");
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
    fn nominal_range(&self, head: usize, tokens: &Range<usize>) -> Range<usize> {
        let mut start = tokens.start.min(head);
        while start > 0
            && !self.taken(start - 1)
            && matches!(self.line.relation(start - 1), "amod" | "compound" | "flat")
            && self.line.upos(start - 1) != Upos::Punct
        {
            start -= 1;
        }
        start..tokens.end.max(head + 1)
    }

    /// "Syrian diplomats", "the U.S. delegation", "the Nigerian government", "his Chinese counterpart".
    fn agents(&mut self) {
        for at in 0..self.line.len() {
            let lemma = self.line.lemma(at).to_lowercase();
            let counterpart = self.nominals.counterparts.contains(&lemma);
            let (agent, government) =
                (self.nominals.agents.contains(&lemma), self.nominals.governments.contains(&lemma));
            if self.taken(at) || !(agent || government || counterpart) || self.is_unpolitical(at) {
                continue;
            }
            let mut title = self.nominal(at);
            let range = self.nominal_range(at, &(at..at + 1));
            if government {
                // "The ministry": one that the report has named before.
                if title.countries.is_empty() && title.definite && title.owner.is_none() {
                    title.words = Some(lemma.clone());
                    self.add(range.clone(), What::Office(title.clone()));
                }
                if let Some(code) = title.countries.first() {
                    let what = What::State {
                        code: code.clone(),
                        name: self.line.words(range.clone()),
                        capital: false,
                    };
                    self.add(range, what);
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
                self.add(range, What::Office(title));
            }
        }
    }

    /// "Business leaders", "church officials": they lead or serve nothing political.
    fn is_unpolitical(&self, noun: usize) -> bool {
        let of = |&c: &usize| {
            matches!(self.line.relation(c), "amod" | "compound")
                && self.nominals.unpolitical.contains(&self.line.form(c).to_lowercase())
        };
        self.line.children(noun).iter().any(of)
    }

    fn places(&mut self) {
        let known: Vec<(Range<usize>, Entry<'g>)> =
            self.known.iter().map(|k| (k.tokens.clone(), k.entry)).collect();
        for (tokens, entry) in known {
            if self.found.iter().any(|m| m.tokens.start <= tokens.start && tokens.end <= m.tokens.end) {
                continue;
            }
            let words = self.line.words(tokens.clone());
            let what = match entry {
                Entry::State(state) => {
                    // "North", of "North and South Korea", is no name by itself.
                    let cut = tokens.len() == 1 && state.name().starts_with(&format!("{words} "));
                    let name = if cut && self.joins(tokens.start) { state.name().into() } else { words };
                    What::State { code: state.code().into(), name, capital: false }
                }
                Entry::Capital(state) => {
                    What::State { code: state.code().into(), name: state.name().into(), capital: true }
                }
                Entry::Metonym(metonym) => {
                    What::State { code: metonym.code().into(), name: metonym.name().into(), capital: false }
                }
                Entry::Body(body) => What::Body { code: body.code().into(), name: words },
                Entry::Demonym(state) if self.people(&tokens) => {
                    What::State { code: state.code().into(), name: state.name().into(), capital: false }
                }
                Entry::Institution(_) => match self.institution(&tokens) {
                    Some(what) => what,
                    None => continue,
                },
                _ => continue,
            };
            self.add(tokens, what);
        }
    }

    /// Whether a word is one of two before a noun that they share: "North and South Korea".
    fn joins(&self, at: usize) -> bool {
        let next = at + 2;
        let longer = |k: &Known<'_>| k.tokens.start == next && k.tokens.len() == 2;
        self.known.iter().any(longer) && self.line.form(at + 1).eq_ignore_ascii_case("and")
    }

    fn plural_state_at(&self, at: usize) -> Option<&Vec<String>> {
        let form = self.line.form(at);
        self.nominals.plural_states.get(&form.to_lowercase()).filter(|_| capitalised(form))
    }

    fn plural_states(&mut self) {
        for at in 0..self.line.len() {
            if let Some(codes) = self.plural_state_at(at).filter(|_| !self.taken(at)).cloned() {
                self.add(at..at + 1, What::States(codes));
            }
        }
    }

    /// Whether a demonym stands for the people or government itself: "the Israelis".
    fn people(&self, tokens: &Range<usize>) -> bool {
        let last = tokens.end - 1;
        matches!(self.line.upos(last), Upos::Noun | Upos::Propn) && self.line.token(last).xpos.ends_with('S')
    }

    fn institution(&self, tokens: &Range<usize>) -> Option<What<'g>> {
        let head = tokens.clone().find(|&t| self.line.head(t).is_none_or(|h| !tokens.contains(&h)))?;
        let code = self.nominal(head).countries.first()?.clone();
        Some(What::State { code, name: self.line.words(tokens.clone()), capital: false })
    }
}

/// Whether a form of address tells a principal.
fn exalted(form: &str) -> bool {
    matches!(form.to_lowercase().as_str(), "majesty" | "highness" | "excellency" | "h.e.")
}

fn personal(form: &str) -> bool {
    matches!(
        form,
        "its"
            | "he"
            | "him"
            | "his"
            | "she"
            | "her"
            | "hers"
            | "they"
            | "them"
            | "their"
            | "himself"
            | "herself"
            | "i"
            | "me"
            | "my"
            | "myself"
    )
}
