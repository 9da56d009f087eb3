//! Finds where a sentence speaks of a possible party: by name, by office, by country, by a word for a group, by a pronoun.

use std::ops::Range;

use daybook_gazetteer::{Entry, Gazetteer, Office};
use daybook_language::{NameKind, Upos};

use crate::document::Line;
use crate::lexicon::Nominals;

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
struct Known<'g> {
    tokens: Range<usize>,
    entry: Entry<'g>,
}

/// What the finder works with on one line.
struct Finder<'d, 'g> {
    line: &'d Line<'d>,
    number: usize,
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
    let mut finder = Finder { line, number, nominals, known, found: Vec::new() };
    finder.persons();
    finder.groups_and_pronouns();
    finder.offices();
    finder.agents();
    finder.places();
    let mut found = finder.found;
    found.sort_by_key(|m| (m.tokens.start, std::cmp::Reverse(m.tokens.end)));
    found
}

fn capitalised(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}

/// The longest known names, from left to right; where one run of words may name several, what the model sees decides.
fn known<'g>(line: &Line<'_>, gazetteer: &'g Gazetteer) -> Vec<Known<'g>> {
    let forms: Vec<&str> = (0..line.len()).map(|i| line.form(i)).collect();
    let (mut known, mut at) = (Vec::new(), 0);
    while at < forms.len() {
        let mut hits = gazetteer.at(&forms[at..]);
        if hits.is_empty() && line.token(at).xpos == "NNS" {
            // Offices are listed in the singular.
            hits = gazetteer.at(&[line.lemma(at)]);
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

fn within(line: &Line<'_>, at: usize, kind: NameKind) -> bool {
    line.sentence.names.iter().any(|name| name.kind == kind && name.tokens.contains(&at))
}

impl<'g> Finder<'_, 'g> {
    fn add(&mut self, tokens: Range<usize>, what: What<'g>) {
        let outside = |&t: &usize| self.line.head(t).is_none_or(|head| !tokens.contains(&head));
        let heads = tokens.clone().filter(outside).filter(|&t| self.line.upos(t) != Upos::Punct).collect();
        self.found.push(Mention { line: self.number, tokens, heads, what });
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

    fn office_in(&self, tokens: Range<usize>) -> Option<&'g Office> {
        self.known.iter().filter(|k| tokens.start <= k.tokens.start && k.tokens.end <= tokens.end).find_map(
            |k| match k.entry {
                Entry::Office(office) => Some(office),
                _ => None,
            },
        )
    }

    fn persons(&mut self) {
        for name in self.name_ranges() {
            let before = self.title_before(&name);
            let start = before.start;
            let mut title = self.title(before.clone());
            let mut tokens = start..name.end;
            self.title_after(&name, &mut title, &mut tokens);
            if title.office.is_none() {
                self.apposed(&name, &mut title, &mut tokens);
            }
            title.definite = true;
            self.add(tokens, What::Person { name, title });
        }
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
        merged
    }

    /// A name's run without titles before it and without what belongs to no name; none where nothing is left.
    fn trimmed(&self, mut range: Range<usize>) -> Option<Range<usize>> {
        let foreign = |at: usize| match self.known_at(at).map(|k| k.entry) {
            Some(Entry::Office(_)) => true,
            Some(Entry::Person(_)) | None => {
                self.nominals.honorifics.contains(&self.line.form(at).to_lowercase())
            }
            Some(_) => self.line.relation(at) != "flat",
        };
        while range.start < range.end
            && (foreign(range.start) || !self.line.form(range.start).chars().any(char::is_alphabetic))
        {
            range.start += 1;
        }
        // "Naftali Bennett of Israel": the country is no part of the name.
        if let Some(of) = (range.start + 1..range.end).find(|&t| matches!(self.line.form(t), "of" | "from")) {
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
        self.extended(range)
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
        let lone_word = range.len() == 1
            && self.known_at(range.start).is_some_and(|k| !matches!(k.entry, Entry::Person(_)));
        (!range.is_empty() && capitalised(self.line.form(range.start)) && !lone_word).then_some(range)
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

    /// The words before a name that tell an office: "Russian President", "President of the French Republic".
    fn title_before(&self, name: &Range<usize>) -> Range<usize> {
        let line = self.line;
        let (mut start, mut at) = (name.start, name.start);
        let mut joined = false;
        while at > 0 {
            let word = line.form(at - 1);
            let lower = word.to_lowercase();
            let known = self.known_at(at - 1);
            let title = match known.map(|k| k.entry) {
                Some(Entry::Person(_)) => break,
                Some(_) => true,
                None => {
                    (capitalised(word)
                        && matches!(line.upos(at - 1), Upos::Propn | Upos::Noun | Upos::Adj | Upos::X))
                        || self.nominals.title_words.contains(&lower)
                        || self.nominals.honorifics.contains(&lower)
                }
            };
            let link = matches!(
                lower.as_str(),
                "(" | ")" | "of" | "for" | "to" | "the" | "and" | "," | "'s" | "’s" | "-" | "&"
            );
            if self.taken(at - 1) || !(title || link) {
                break;
            }
            at = known.map_or(at - 1, |k| k.tokens.start);
            // A comma or "and" joins two names as often as the parts of a title; it is passed only inside "Minister of X and Y".
            joined |= matches!(lower.as_str(), "," | "and");
            let office = self.office_in(at..at + known.map_or(1, |k| k.tokens.len())).is_some()
                || capitalised(word) && known.is_none() && self.nominals.functions.contains(&lower);
            if office
                && joined
                && !line.words(at..name.start).contains(" of ")
                && !line.words(at..name.start).contains(" for ")
            {
                break;
            }
            let honorific = self.nominals.honorifics.contains(&lower);
            let begins = title && (office || start < name.start && !joined || honorific);
            if begins && (office || self.tells_office(start..name.start) || honorific) {
                start = at;
            }
            if name.start - at > 16 {
                break;
            }
        }
        start..name.start
    }

    /// Whether title words tell an office, one of the gazetteer's or one told by its last noun.
    fn tells_office(&self, tokens: Range<usize>) -> bool {
        self.office_in(tokens.clone()).is_some()
            || tokens.into_iter().any(|t| self.nominals.functions.contains(&self.line.form(t).to_lowercase()))
    }

    /// What a run of title words tells.
    fn title(&self, words: Range<usize>) -> Title<'g> {
        let office = self.known.iter().find_map(|k| match k.entry {
            Entry::Office(office) if words.start <= k.tokens.start && k.tokens.end <= words.end => {
                Some((k.tokens.clone(), office))
            }
            _ => None,
        });
        let mut title = Title { countries: self.countries_in(words.clone()), ..Title::default() };
        title.former = words
            .clone()
            .any(|i| matches!(self.line.form(i).to_lowercase().as_str(), "former" | "ex" | "then"));
        if let Some((tokens, office)) = office {
            let start = (words.start..tokens.start)
                .rev()
                .take_while(|&i| {
                    self.country_at(i).is_none()
                        && self.line.form(i).chars().all(|c| c.is_alphanumeric() || c == '-')
                })
                .last();
            title.words = Some(self.line.words(start.unwrap_or(tokens.start)..words.end));
            title.office = Some(office);
        } else if let Some(noun) =
            words.clone().find(|&t| self.nominals.functions.contains(&self.line.form(t).to_lowercase()))
        {
            let start = (words.start..=noun).rev().take_while(|&i| self.country_at(i).is_none()).last();
            title.words = Some(self.line.words(start.unwrap_or(noun)..words.end));
        }
        title
    }

    fn countries_in(&self, words: Range<usize>) -> Vec<String> {
        let inside = self.known.iter().filter(|k| words.start <= k.tokens.start && k.tokens.end <= words.end);
        let mut codes: Vec<String> = inside.filter_map(Self::country_of).map(str::to_string).collect();
        codes.dedup();
        codes
    }

    /// What follows a name and tells an office: ", the German chancellor,", "of France".
    fn title_after(&self, name: &Range<usize>, title: &mut Title<'g>, tokens: &mut Range<usize>) {
        let line = self.line;
        if name.end + 1 < line.len() && matches!(line.form(name.end), "of" | "from") {
            let at = name.end + 1 + usize::from(line.form(name.end + 1) == "the");
            if let Some(known) = self
                .known_at(at)
                .filter(|k| Self::country_of(k).is_some() && !matches!(k.entry, Entry::Demonym(_)))
            {
                title.countries.extend(Self::country_of(known).map(str::to_string));
                tokens.end = known.tokens.end;
            }
        }
        let comma = |at: usize| at < line.len() && matches!(line.form(at), "," | "(" | "–" | "—");
        if !comma(tokens.end) || title.office.is_some() {
            return;
        }
        let start = tokens.end + 1;
        let stop = (start..line.len().min(start + 16))
            .find(|&i| comma(i) || line.form(i) == ")" || matches!(line.upos(i), Upos::Verb | Upos::Aux))
            .unwrap_or(line.len().min(start + 16));
        let closed = stop >= line.len() || !matches!(line.upos(stop), Upos::Verb | Upos::Aux);
        let first = (start..stop).find(|&i| line.upos(i) != Upos::Det);
        let apposed = (start..stop)
            .any(|i| line.relation(i) == "appos" && line.head(i).is_some_and(|h| name.contains(&h)));
        let (Some(first), true) = (first, closed || apposed) else { return };
        let named = (first..stop).any(|i| {
            within(line, i, NameKind::Person)
                || matches!(self.known_at(i).map(|k| k.entry), Some(Entry::Person(_)))
        });
        let after = self.title(first..stop);
        let outsider = (first..stop).any(|i| self.nominals.outsiders.contains(line.lemma(i)));
        if !named && (after.office.is_some() || outsider) {
            let countries = std::mem::take(&mut title.countries);
            *title = Title { words: after.words.or(Some(line.words(first..stop))), ..after };
            title.countries.extend(countries);
        }
    }

    /// "Its leader, Kim Jong Un": the noun that a name explains tells the office.
    fn apposed(&self, name: &Range<usize>, title: &mut Title<'g>, tokens: &mut Range<usize>) {
        let line = self.line;
        let Some(head) = name.clone().find(|&t| line.relation(t) == "appos") else { return };
        let Some(noun) =
            line.head(head).filter(|&n| n < name.start && name.start - n <= 3 && line.upos(n) != Upos::Verb)
        else {
            return;
        };
        let lemma = line.lemma(noun).to_lowercase();
        let office = self
            .known_at(noun)
            .and_then(|k| if let Entry::Office(office) = k.entry { Some(office) } else { None });
        let listed = self.nominals.agents.contains(&lemma) || self.nominals.counterparts.contains(&lemma);
        if (office.is_some() || listed) && !self.taken(noun) {
            let words = self.known_at(noun).map_or(noun..noun + 1, |k| k.tokens.clone());
            *title = Title { words: Some(line.words(words.clone())), office, ..self.nominal(noun) };
            title.plural = false;
            tokens.start = self.nominal_range(noun, &words).start;
        }
    }

    fn groups_and_pronouns(&mut self) {
        for at in 0..self.line.len() {
            if self.taken(at) {
                continue;
            }
            if self.is_group(at) {
                self.add(at..at + 1, What::Group);
            } else if self.line.upos(at) == Upos::Pron && personal(&self.line.form(at).to_lowercase()) {
                self.add(at..at + 1, What::Pronoun);
            }
        }
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
            "amod" | "compound" => !matches!(word(c).as_str(), "foreign" | "prime" | "respective" | "defense" | "defence"),
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
            let title = Title {
                words: Some(self.line.words(tokens.clone())),
                office: Some(office),
                ..self.nominal(head)
            };
            let range = self.nominal_range(head, &tokens);
            self.add(range, What::Office(title));
        }
    }

    /// Country, number and definiteness of a noun, from its modifiers.
    fn nominal(&self, head: usize) -> Title<'g> {
        let line = self.line;
        let top = line
            .ancestors(head)
            .find(|&t| !matches!(line.relation(t), "flat" | "compound" | "fixed"))
            .unwrap_or(head);
        let mut title = Title::default();
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
            title.countries.extend(self.country_at(child).map(str::to_string));
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
                Entry::State(state) => What::State { code: state.code().into(), name: words, capital: false },
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

fn personal(form: &str) -> bool {
    matches!(
        form,
        "he" | "him"
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
