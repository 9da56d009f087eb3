//! Reads runs of words as titles: from a token on, the words that tell an office, with whom and what it serves.
//!
//! A title is modifiers, an office, and what stands behind it: "Deputy Head of the Office of the President of Ukraine",
//! "Minister for Maritime Affairs and Investment", "Spokesperson and Chief Adviser to the President of Turkey". Parsers
//! tear such runs apart as often as not, so they are read here by their words.

use std::ops::Range;

use daybook_gazetteer::Entry;
use daybook_language::{NameKind, Upos};

use crate::parties::mention::{Known, capitalised, within};
use crate::syntax::document::Line;
use crate::words::lexicon::{FunctionWords, Nominals};

/// Reads the titles of one line.
pub(super) struct TitleRuns<'f, 'd, 'g> {
    pub line: &'f Line<'d>,
    pub known: &'f [Known<'g>],
    pub nominals: &'f Nominals,
    pub function_words: &'f FunctionWords,
    /// The runs of tokens that are names of persons, in order.
    pub names: &'f [Range<usize>],
}

/// No title has more words than this.
const LONGEST: usize = 26;

impl TitleRuns<'_, '_, '_> {
    /// The run before a name that tells the office of its bearer, forms of address included; empty where there is none.
    /// It does not begin before `lowest`.
    pub fn before(&self, name: &Range<usize>, lowest: usize) -> Range<usize> {
        let lowest = lowest.max(name.start.saturating_sub(LONGEST));
        let reaches = |start: usize| {
            !self.is_whereabouts(start)
                && self
                    .phrase(start, true)
                    .is_some_and(|end| end <= name.start && (end..name.start).all(|t| self.is_honorific(t)))
        };
        let start = (lowest..name.start).find(|&start| reaches(start));
        let addressed = || {
            (lowest..name.start)
                .rev()
                .take_while(|&t| self.is_honorific(t) && capitalised(self.line.form(t)))
                .last()
        };
        start.or_else(addressed).unwrap_or(name.start)..name.start
    }

    /// "The Minister of Trade of Norway, Jane Doe, said": the run of titles set off by a comma before a name.
    pub fn before_comma(&self, name: &Range<usize>, lowest: usize) -> Option<Range<usize>> {
        let comma = name.start.checked_sub(1).filter(|&t| self.line.form(t) == ",")?;
        let closed = name.end >= self.line.len() || matches!(self.line.form(name.end), "," | "." | ")" | ";");
        let lowest = lowest.max(comma.saturating_sub(LONGEST));
        let begins = |start: usize| start == 0 || self.line.upos(start - 1) == Upos::Det;
        let reaches = |start: &usize| begins(*start) && self.chain(*start, comma) == Some(comma);
        (lowest..comma).filter(|_| closed).find(reaches).map(|start| start..comma)
    }

    /// The end of titles joined by "and", each with the short form of its institution in brackets.
    fn chain(&self, start: usize, stop: usize) -> Option<usize> {
        let mut end = self.bracketed(self.phrase(start, false)?);
        while end < stop && self.word(end) == "and" {
            let second = end + 1;
            let lower = self.nominals.functions.contains(&self.word(second)).then_some(second + 1);
            let office = self.phrase(second, false).or(lower)?;
            end = self.bracketed(self.complement(office, false).unwrap_or(office));
        }
        Some(end)
    }

    fn bracketed(&self, at: usize) -> usize {
        if self.word(at) == "(" && self.word(at + 2) == ")" { at + 3 } else { at }
    }

    /// "Received in the Kremlin President Doe": the place belongs to what stands before.
    fn is_whereabouts(&self, start: usize) -> bool {
        let before = (0..start).rev().find(|&t| self.line.upos(t) != Upos::Det);
        let place = matches!(
            self.known_from(start).map(|k| k.entry),
            Some(Entry::State(_) | Entry::Capital(_) | Entry::Metonym(_))
        );
        place && before.is_some_and(|t| self.function_words.whereabouts.contains(&self.word(t)))
    }

    /// The run that stands as a title from a token on, an article or pronoun before it left out; none where a name
    /// follows it, to which it then belongs.
    pub fn behind(&self, start: usize) -> Option<Range<usize>> {
        let start = self.past(start, |t| {
            self.line.upos(t) == Upos::Det || self.function_words.title_owners.contains(&self.word(t))
        });
        let end = self.phrase(start, false)?;
        let next = self.past(end, |t| self.is_honorific(t));
        self.names.iter().all(|n| n.start != next).then_some(start..end)
    }

    /// Where the title of somebody can begin who is named in another's title: behind the last "to" or "of".
    pub fn behind_link(&self, from: usize, name: &Range<usize>) -> usize {
        (from..name.start)
            .rev()
            .find(|&t| self.function_words.office_links.contains(&self.word(t)))
            .map_or(from, |t| t + 1)
    }

    fn word(&self, at: usize) -> String {
        if at < self.line.len() { self.line.form(at).to_lowercase() } else { String::new() }
    }

    /// The first token from `at` on of which something does not hold.
    fn past(&self, mut at: usize, holds: impl Fn(usize) -> bool) -> usize {
        while at < self.line.len() && holds(at) {
            at += 1;
        }
        at
    }

    fn is_honorific(&self, at: usize) -> bool {
        at < self.line.len()
            && (self.nominals.honorifics.contains(&self.word(at)) || self.line.form(at) == ".")
    }

    fn known_from(&self, at: usize) -> Option<&Known<'_>> {
        self.known.iter().find(|k| k.tokens.start == at)
    }

    fn name_from(&self, at: usize) -> Option<&Range<usize>> {
        self.names.iter().find(|n| n.start == at)
    }

    fn in_name(&self, at: usize) -> bool {
        self.names.iter().any(|n| n.contains(&at))
    }

    /// The end of the title that begins at a token. Before a name ("leading") it holds no other person.
    fn phrase(&self, start: usize, leading: bool) -> Option<usize> {
        let mut at = self.office(self.institution(start))?;
        // "The foreign ministers of France and Italy" are not the one who is named next.
        if leading && self.line.token(at - 1).xpos.ends_with('S') {
            return Some(at);
        }
        let settled = leading && start > 0 && self.line.upos(start - 1) == Upos::Det;
        loop {
            let joined = || self.joined(start, at, leading).filter(|_| !settled);
            match self.office(self.modifiers(at)).or_else(|| self.complement(at, leading)).or_else(joined) {
                Some(next) => at = next,
                None => return Some(self.past(at, |t| self.is_suffix(t))),
            }
        }
    }

    /// "Adviser-designate", "President elect", "Speaker-to-be".
    fn is_suffix(&self, at: usize) -> bool {
        matches!(self.word(at).as_str(), "elect" | "designate")
            || self.line.form(at) == "-" && matches!(self.word(at + 1).as_str(), "elect" | "designate")
            || self.is_to_be(at)
    }

    /// "Speaker-to-be".
    fn is_to_be(&self, at: usize) -> bool {
        let begins =
            |start: usize| ["-", "to", "-", "be"].iter().enumerate().all(|(i, w)| self.word(start + i) == *w);
        (at.saturating_sub(3)..=at).any(begins)
    }

    /// The end of an office's noun at a token: one that the gazetteer lists, or a word for a function in capitals.
    fn office(&self, at: usize) -> Option<usize> {
        if at >= self.line.len() || self.in_name(at) {
            return None;
        }
        if let Some(Known { tokens, entry: Entry::Office(_) }) = self.known_from(at) {
            return Some(tokens.end);
        }
        let function = self.nominals.functions.contains(&self.word(at));
        (function && capitalised(self.line.form(at))).then_some(at + 1)
    }

    /// Past the name of an institution before an office: "High Council for Reconciliation", "Foreign Affairs and Defence".
    fn institution(&self, start: usize) -> usize {
        let mut at = self.modifiers(start);
        while self.function_words.title_joins.contains(&self.word(at)) && at > start {
            let place =
                self.known.iter().any(|k| k.tokens.end == at && !matches!(k.entry, Entry::Institution(_)));
            let next = self.modifiers(at + 1);
            if place || next == at + 1 {
                break;
            }
            at = next;
        }
        at
    }

    /// Past the words that stand before an office or belong to the name of an institution.
    fn modifiers(&self, mut at: usize) -> usize {
        while let Some(next) = self.modifier(at).filter(|_| self.office(at).is_none()) {
            at = next;
        }
        at
    }

    fn modifier(&self, at: usize) -> Option<usize> {
        let line = self.line;
        if at >= line.len() || self.in_name(at) {
            return None;
        }
        if let Some(known) = self.known_from(at).filter(|k| !matches!(k.entry, Entry::Person(_))) {
            return Some(known.tokens.end);
        }
        if let Some(end) = self.short_form(at) {
            return Some(end);
        }
        let form = line.form(at);
        let part = matches!(form, "'s" | "’s" | "’" | "-" | "&");
        // The first word of a sentence has a capital whatever it is.
        let first = at == 0 && !matches!(line.relation(at), "compound" | "amod" | "flat" | "nmod");
        let named = capitalised(form)
            && !first
            && matches!(line.upos(at), Upos::Propn | Upos::Noun | Upos::Adj | Upos::X | Upos::Verb)
            && !within(line, at, NameKind::Date);
        (part && at > 0 || named || self.nominals.title_words.contains(&self.word(at))).then_some(at + 1)
    }

    /// "Republic of Korea (ROK)": a short form in brackets.
    fn short_form(&self, at: usize) -> Option<usize> {
        let short =
            at > 0 && at + 2 < self.line.len() && self.line.form(at) == "(" && self.line.form(at + 2) == ")";
        (short && capitalised(self.line.form(at + 1))).then_some(at + 3)
    }

    /// "of the Office of the President", "to Prime Minister Jane Doe", "for Peace and Security".
    fn complement(&self, at: usize, leading: bool) -> Option<usize> {
        if !self.function_words.office_links.contains(&self.word(at)) {
            return None;
        }
        let start = self.past(at + 1, |t| self.function_words.complement_articles.contains(&self.word(t)));
        let mut end = self.noun(start, leading).filter(|&end| end > start)?;
        while let Some(more) = self.listed(end) {
            end = more;
        }
        Some(end)
    }

    /// The name of an institution or field, or another office with or without its holder.
    fn noun(&self, start: usize, leading: bool) -> Option<usize> {
        let mut at = self.modifiers(start);
        loop {
            let person = self.name_from(self.past(at, |t| self.is_honorific(t)));
            if let Some(name) = person.filter(|_| !leading) {
                return Some(name.end);
            }
            match self.office(at) {
                Some(next) => at = self.modifiers(next),
                None => return (at > start).then_some(at),
            }
        }
    }

    /// "… and Investment", ", Trade and Industry": further fields behind the first.
    fn listed(&self, at: usize) -> Option<usize> {
        let word = self.word(at);
        let end = self.modifiers(at + 1);
        let field = end > at + 1 && self.office(end).is_none();
        let goes_on = word == "," && matches!(self.word(end).as_str(), "," | "and" | "&");
        let last = matches!(word.as_str(), "and" | "&");
        (field && (goes_on || last)).then_some(end)
    }

    /// "… and Chief Adviser to the President": a second office of the same person.
    fn joined(&self, start: usize, at: usize, leading: bool) -> Option<usize> {
        if !matches!(self.word(at).as_str(), "and" | "&") || !capitalised(self.line.form(start)) {
            return None;
        }
        let second = at + 1;
        let end = self.phrase(second, leading)?;
        let next = self.past(end, |t| self.is_honorific(t));
        let others = !leading && self.name_from(next).is_some();
        (capitalised(self.line.form(second)) && !others).then_some(end)
    }
}
