//! What a report says that tells when it was published: who holds which office, on which weekday a day falls, what is
//! over and what is still to come.

use std::collections::BTreeSet;

use daybook_calendar::Tense;
use daybook_gazetteer::{Gazetteer, Holding, Person, Rank};
use daybook_language::Upos;
use daybook_record::{Edtf, Inferred, Part, Span};
use jiff::civil::{Date, Weekday};

use crate::dating::interval::{Clue, Days, Stretch, joined, shifted};
use crate::parties::cast::{Cast, LEADER};
use crate::parties::mention::{Mention, Title, What};
use crate::syntax::document::{At, Document, Line};
use crate::times::phrases::{self, Timed};
use crate::words::lexicon::{Lexicon, TitleWords};

/// What can't be otherwise but by an error: nobody is told as a president before taking office.
const SURE: i64 = 20;
/// A weekday beside a date, or a dateline: one of a few years.
const TOLD: i64 = 5;
/// What is told of a day without its year is mostly near.
const LIKELY: i64 = 2;

/// A day of the year that is told without its year lies no further off than this, in days.
const REACH: i32 = 240;
/// Ministers and officials are told by a new office some days before they are sworn in, and by an old one for some time.
const BEFORE: i32 = 10;
const AFTER: i32 = 30;
/// A dateline is at most so many days old.
const FRESH: i32 = 2;

/// The clues of a report, those of each kind in the order of the text.
pub(crate) fn gather(
    document: &Document<'_>,
    cast: &Cast<'_>,
    timed: &[Timed],
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
) -> Vec<Clue> {
    let finder = Finder { document, cast, gazetteer, lexicon };
    let mut clues = finder.offices();
    clues.extend(finder.beginnings());
    clues.extend(timed.iter().filter_map(|t| finder.day(t)));
    clues
}

struct Finder<'d, 'g> {
    document: &'d Document<'d>,
    cast: &'d Cast<'g>,
    gazetteer: &'g Gazetteer,
    lexicon: &'d Lexicon,
}

/// How somebody is told in an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// "President Obama".
    Now,
    /// "Former President Obama".
    Formerly,
    /// "Then-President Obama", of whom it is not told whether he still is.
    Then,
    /// "The Obama administration".
    ByGovernment,
}

/// Somebody in an office, as often as it is told.
struct Tenure<'g> {
    name: String,
    told: Told,
    office: String,
    terms: Vec<&'g Holding>,
    bearers: Vec<&'g Person>,
    spans: Vec<Span>,
}

impl<'g> Finder<'_, 'g> {
    /// The clues that lie in the offices in which people are told.
    fn offices(&self) -> Vec<Clue> {
        let mut tenures: Vec<Tenure<'g>> = Vec::new();
        for (number, mention) in self.cast.mentions.iter().enumerate() {
            let of_title = self.tenure(number, mention);
            let of_government = self.government(number, mention);
            for tenure in of_title.into_iter().chain(of_government) {
                let same = |t: &&mut Tenure<'_>| {
                    t.told == tenure.told && t.name == tenure.name && t.office == tenure.office
                };
                match tenures.iter_mut().find(same) {
                    Some(known) => known.spans.extend(tenure.spans),
                    None => tenures.push(tenure),
                }
            }
        }
        tenures.iter().flat_map(|tenure| self.of_tenure(tenure)).collect()
    }

    /// The office that a mention of a person tells, with the terms in which somebody of that name held it.
    fn tenure(&self, number: usize, mention: &Mention<'g>) -> Option<Tenure<'g>> {
        let What::Person { title, .. } = &mention.what else { return None };
        let office = title.office.filter(|o| !self.lexicon.titles.often_held.contains(o.id()))?;
        let told = self.told(mention, title)?;
        let like = |h: &&Holding| {
            let leads = office.id() == LEADER && h.office().rank() <= Rank::HeadOfGovernment;
            let there = title.countries.is_empty()
                || h.country().is_some_and(|c| title.countries.iter().any(|t| t == c));
            (leads || h.office().is_like(office)) && there
        };
        self.held(number, mention, told, office.display(), like)
    }

    /// "The Trump administration": whoever leads the government that a noun after a name speaks of.
    fn government(&self, number: usize, mention: &Mention<'g>) -> Option<Tenure<'g>> {
        let What::Person { title, .. } = &mention.what else { return None };
        let line = &self.document.lines[mention.line];
        let head = *mention.heads.first()?;
        let noun = line.head(head).filter(|&n| self.lexicon.titles.governments.contains(line.lemma(n)))?;
        let other = line.dependents(noun, &["amod", "det"]).any(|d| {
            let word = line.form(d).to_lowercase();
            line.upos(d) == Upos::Adj || self.lexicon.function_words.unspecific.contains(&word)
        });
        let belongs = matches!(line.relation(head), "compound" | "nmod" | "flat");
        if other || title.former || !belongs {
            return None;
        }
        let leads = |h: &&Holding| h.office().rank() <= Rank::HeadOfGovernment;
        self.held(number, mention, Told::ByGovernment, line.form(noun), leads)
    }

    fn held(
        &self,
        number: usize,
        mention: &Mention<'g>,
        told: Told,
        office: &str,
        fits: impl Fn(&&Holding) -> bool,
    ) -> Option<Tenure<'g>> {
        let line = &self.document.lines[mention.line];
        let What::Person { name, .. } = &mention.what else { return None };
        let entity = self.cast.means.get(number)?.first().map(|&id| &self.cast.entities[id]);
        let name = entity.and_then(|e| e.name.clone()).unwrap_or_else(|| line.words(name.clone()));
        if self.is_part_of_another(&name) {
            return None;
        }
        let called = self.gazetteer.person_named(&name, None);
        let bearers: Vec<&Person> =
            called.into_iter().filter(|p| p.holdings().iter().any(|h| fits(&h))).collect();
        let terms: Vec<&Holding> = bearers.iter().flat_map(|p| p.holdings()).filter(|h| fits(h)).collect();
        let spans = vec![line.span(mention.tokens.clone())];
        (!terms.is_empty()).then_some(Tenure {
            name,
            told,
            office: office.to_string(),
            terms,
            bearers,
            spans,
        })
    }

    /// Whether a bare surname is a word of somebody else's name in the report, as which it may be meant.
    fn is_part_of_another(&self, name: &str) -> bool {
        let has = |full: &str| full.contains(' ') && full.split([' ', '-']).any(|word| word == name);
        self.cast.entities.iter().any(|e| {
            e.name.as_deref() != Some(name)
                && (e.name.as_deref().is_some_and(has) || e.person.is_some_and(|p| has(p.name())))
        })
    }

    /// How a title tells its office; `None` where its words say that it is not, or not yet, held.
    fn told(&self, mention: &Mention<'_>, title: &Title<'_>) -> Option<Told> {
        let line = &self.document.lines[mention.line];
        let near = mention.tokens.start.saturating_sub(1)..(mention.tokens.end + 2).min(line.len());
        let words: Vec<String> = near.map(|t| line.form(t).to_lowercase()).collect();
        let office = title.office.map_or("", |o| o.id());
        let says = |mark: &String| words.iter().any(|w| w.split('-').any(|part| part == mark));
        let titles = &self.lexicon.titles;
        if titles.not_held.iter().any(|mark| says(mark) && !office.contains(mark)) {
            return None;
        }
        Some(match title.former {
            _ if titles.held_then.iter().any(says) => Told::Then,
            true => Told::Formerly,
            false => Told::Now,
        })
    }

    /// The clues that somebody's being told in an office gives: when it is, and that it is not before.
    fn of_tenure(&self, tenure: &Tenure<'g>) -> Vec<Clue> {
        let plain = joined(tenure.terms.iter().map(|h| ends(h)).collect());
        let terms = joined(tenure.terms.iter().filter_map(|h| self.term(h, &tenure.bearers)).collect());
        let (Some(&(begin, _)), Some(&(not_before, _))) = (plain.first(), terms.first()) else {
            return Vec::new();
        };
        let (name, office) = (|| tenure.name.clone(), || tenure.office.clone());
        let took_office = Inferred::TookOffice { name: name(), office: office(), on: begin };
        let clue =
            |days, weight, why| Clue { days: Days::Fixed(days), weight, spans: tenure.spans.clone(), why };
        let often = 1 + i64::try_from(tenure.spans.len().min(3)).unwrap_or(0);
        match tenure.told {
            Told::Now => {
                let held = Inferred::HeldOffice { name: name(), office: office(), terms: intervals(&plain) };
                vec![clue(terms, often, held), clue(vec![(not_before, Date::MAX)], SURE, took_office)]
            }
            Told::ByGovernment => {
                vec![clue(terms, 1, Inferred::LedGovernment { name: name(), terms: intervals(&plain) })]
            }
            Told::Then => vec![clue(vec![(begin, Date::MAX)], SURE, took_office)],
            Told::Formerly => {
                let left = Inferred::LeftOffice { name: name(), office: office(), terms: intervals(&plain) };
                let end = plain.iter().map(|t| t.1).min().filter(|end| *end < Date::MAX);
                let after = end.map(|end| clue(vec![(end, Date::MAX)], SURE, left.clone()));
                after.into_iter().chain([clue(gaps(&plain), 1, left)]).collect()
            }
        }
    }

    /// The days of a term; the one on which another follows is that other's.
    fn term(&self, held: &Holding, bearers: &[&Person]) -> Option<Stretch> {
        let (from, to) = ends(held);
        let follower = held.country().and_then(|c| self.gazetteer.holder(held.office().id(), c, to));
        let followed =
            !held.is_shared() && follower.is_some_and(|f| bearers.iter().all(|b| !std::ptr::eq(*b, f)));
        let to = if followed && from < to { shifted(to, -1) } else { to };
        let leads = held.office().rank() <= Rank::HeadOfGovernment || held.office().id().ends_with("-elect");
        let (from, to) = if leads { (from, to) } else { (widened(from, -BEFORE), widened(to, AFTER)) };
        (from <= to).then_some((from, to))
    }

    /// "Since Trump took office", "after Macron's inauguration".
    fn beginnings(&self) -> Vec<Clue> {
        let lines = 0..self.document.lines.len();
        let tokens =
            lines.flat_map(|line| (0..self.document.lines[line].len()).map(move |token| At { line, token }));
        tokens.filter_map(|at| self.beginning(at)).collect()
    }

    fn beginning(&self, at: At) -> Option<Clue> {
        let line = &self.document.lines[at.line];
        let who = if line.upos(at.token) == Upos::Verb {
            let begins = takes_office(line, at.token, &self.lexicon.titles) && self.is_done(line, at.token);
            line.dependents(at.token, &["nsubj"]).next().filter(|_| begins)?
        } else {
            let told = line.lemma(at.token) == "inauguration"
                && self.lexicon.function_words.term_begins.contains(&line.marker(at.token));
            line.children(at.token)
                .iter()
                .copied()
                .find(|&c| told && line.token(c).relation == "nmod:poss")?
        };
        let id = *self.cast.at(At { token: who, ..at }).first()?;
        let person = self.cast.entities[id].person?;
        let highest = person.holdings().iter().min_by_key(|h| (h.office().rank(), h.earliest()))?;
        let from = highest.earliest()?;
        let why = Inferred::TookOffice {
            name: person.name().to_string(),
            office: highest.office().display().to_string(),
            on: from,
        };
        let spans = vec![line.span(who.min(at.token)..who.max(at.token) + 1)];
        Some(Clue { days: Days::Fixed(vec![(from, Date::MAX)]), weight: SURE, spans, why })
    }

    /// What a time phrase tells of the day of publication.
    fn day(&self, timed: &Timed) -> Option<Clue> {
        let line = &self.document.lines[timed.line];
        if timed.tokens.is_empty() || !phrases::dates(timed) {
            return None;
        }
        let look = if self.is_dateline(line, timed) { Look::Today } else { self.look(line, timed) };
        let (days, weight, why) = match timed.yearless {
            Some((month, day)) => yearly(month, day, weekday(line, timed), look)?,
            None => fixed(timed.resolved.edtf.as_ref()?, look)?,
        };
        Some(Clue { days, weight, spans: vec![timed.span], why })
    }

    /// Whether a phrase stands at the head of the text: alone in its sentence, or after a place and before a dash.
    fn is_dateline(&self, line: &Line<'_>, timed: &Timed) -> bool {
        let first = self.document.lines.iter().position(|l| l.part == Part::Text) == Some(timed.line);
        let before = |t| {
            matches!(line.upos(t), Upos::Propn | Upos::Punct) || line.form(t).chars().all(char::is_uppercase)
        };
        let next = timed.tokens.end;
        let marked = next >= line.len() || matches!(line.form(next), "-" | "–" | "—" | "--" | "(" | "/");
        first
            && timed.span.part == Part::Text
            && timed.tokens.start <= 8
            && (0..timed.tokens.start).all(before)
            && marked
    }

    /// On which side of the day of publication a phrase lies, where the verb that it belongs to tells.
    fn look(&self, line: &Line<'_>, timed: &Timed) -> Look {
        let top = phrases::head_of(line, &timed.tokens);
        let verb = line.clause(top);
        let own = line.head(top) == Some(verb) && matches!(line.relation(top), "obl" | "advmod" | "nmod");
        let marker = line.marker(top);
        let led_by = |list: &BTreeSet<String>| marker.is_empty() || list.contains(&marker);
        let function_words = &self.lexicon.function_words;
        if own && led_by(&function_words.time_to_come) && self.is_ahead(line, verb) {
            Look::Ahead
        } else if own && led_by(&function_words.time_past) && self.is_done(line, verb) {
            Look::Past
        } else {
            Look::Unknown
        }
    }

    /// Whether a verb tells what has happened, and nothing of what was to come.
    fn is_done(&self, line: &Line<'_>, verb: usize) -> bool {
        let words = &self.lexicon.statuses;
        let plans = [&words.scheduled, &words.expected, &words.proposed, &words.postponed, &words.cancelled];
        line.upos(verb) == Upos::Verb
            && plans.iter().all(|list| !list.contains(line.lemma(verb)))
            && phrases::tense(line, verb, self.lexicon) == Tense::Past
            && !self.is_negated(line, verb)
    }

    fn is_negated(&self, line: &Line<'_>, verb: usize) -> bool {
        let negators = &self.lexicon.function_words.negators;
        line.dependents(verb, &["advmod", "aux"]).any(|c| negators.contains(&line.form(c).to_lowercase()))
    }

    /// Whether a verb tells what is to come on the day of the report: "will visit", "is to visit", "is scheduled to visit",
    /// but not "was to visit".
    fn is_ahead(&self, line: &Line<'_>, verb: usize) -> bool {
        let (mut at, mut infinitive) = (verb, false);
        for _ in 0..4 {
            let auxiliaries: Vec<usize> = line.dependents(at, &["aux", "cop"]).collect();
            if auxiliaries.iter().any(|&a| matches!(line.lemma(a), "will" | "shall")) {
                return true;
            }
            infinitive |= line.dependents(at, &["mark"]).any(|m| line.form(m) == "to");
            let finite = auxiliaries.iter().copied().chain([at]).map(|t| line.token(t).xpos);
            let modal = finite.clone().any(|x| x == "MD");
            let (past, present) =
                (finite.clone().any(|x| x == "VBD"), finite.clone().any(|x| matches!(x, "VBZ" | "VBP")));
            if modal || past || present {
                let plans = self.lexicon.statuses.ahead.contains(line.lemma(at));
                return present && (infinitive || plans) && !past && !modal;
            }
            match line.head(at).filter(|_| matches!(line.relation(at), "xcomp" | "ccomp" | "conj")) {
                Some(up) => at = up,
                None => return false,
            }
        }
        false
    }
}

/// On which side of the day of publication something lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Past,
    Ahead,
    Today,
    Unknown,
}

/// What a day told without its year says.
fn yearly(month: i8, day: i8, weekday: Option<Weekday>, look: Look) -> Option<(Days, i64, Inferred)> {
    let (before, after, weight, why) = match (look, weekday) {
        (Look::Today, _) => (0, FRESH, TOLD, Inferred::Dateline),
        (Look::Ahead, None) => (REACH, 0, LIKELY, Inferred::YearlessAhead),
        (Look::Past, None) => (0, REACH, LIKELY, Inferred::YearlessOver),
        (Look::Ahead, _) => (REACH, 0, TOLD, Inferred::WeekdayAhead),
        (Look::Past, _) => (0, REACH, TOLD, Inferred::WeekdayOver),
        (Look::Unknown, Some(_)) => (REACH, REACH, TOLD, Inferred::WeekdayOfYear),
        (Look::Unknown, None) => return None,
    };
    Some((Days::Yearly { month, day, weekday, before, after }, weight, why))
}

/// What a date with its year says.
fn fixed(edtf: &Edtf, look: Look) -> Option<(Days, i64, Inferred)> {
    let (first, last) = (edtf.first()?, edtf.last()?);
    let (stretch, why) = match (look, edtf) {
        (Look::Past, _) => ((first, Date::MAX), Inferred::DateOver),
        (Look::Ahead, Edtf::Day(_) | Edtf::Interval(..)) => ((Date::MIN, first), Inferred::DateAhead),
        (Look::Ahead, _) => ((Date::MIN, last), Inferred::DateNotOver),
        (Look::Today, Edtf::Day(day)) => ((*day, shifted(*day, FRESH)), Inferred::Dateline),
        _ => return None,
    };
    // A month or a year is told as over or to come by many words that no list has.
    let weight = if matches!(edtf, Edtf::Day(_) | Edtf::Interval(..)) { SURE } else { LIKELY };
    Some((Days::Fixed(vec![stretch]), weight, why))
}

/// "Takes office", "assumes the presidency", "is sworn in", "is inaugurated".
fn takes_office(line: &Line<'_>, verb: usize, titles: &TitleWords) -> bool {
    match line.lemma(verb) {
        lemma if titles.taking_office.contains(lemma) => {
            line.dependents(verb, &["obj"]).any(|o| titles.offices_taken.contains(line.lemma(o)))
        }
        "swear" => line.children(verb).iter().any(|&c| line.form(c) == "in"),
        "inaugurate" => line.token(verb).xpos == "VBN",
        _ => false,
    }
}

/// The weekday within a phrase: "Saturday, January 28".
fn weekday(line: &Line<'_>, timed: &Timed) -> Option<Weekday> {
    const DAYS: [(&str, Weekday); 7] = [
        ("mon", Weekday::Monday),
        ("tue", Weekday::Tuesday),
        ("wed", Weekday::Wednesday),
        ("thu", Weekday::Thursday),
        ("fri", Weekday::Friday),
        ("sat", Weekday::Saturday),
        ("sun", Weekday::Sunday),
    ];
    let named = |t: usize| {
        let word = line.form(t).to_lowercase();
        DAYS.iter().find(|(start, _)| word.starts_with(start)).map(|(_, day)| *day)
    };
    timed.tokens.clone().find_map(named)
}

/// The days after the first of some stretches that lie in none of them.
fn gaps(stretches: &[Stretch]) -> Vec<Stretch> {
    let starts = stretches.iter().skip(1).map(|s| shifted(s.0, -1)).chain([Date::MAX]);
    let gaps = stretches.iter().zip(starts).map(|(s, next)| (shifted(s.1, 1), next));
    gaps.filter(|(from, to)| from <= to).collect()
}

/// The days within which a term lies.
fn ends(held: &Holding) -> Stretch {
    (held.earliest().unwrap_or(Date::MIN), held.latest().unwrap_or(Date::MAX))
}

/// The day so many days later; an end that is open stays so.
fn widened(day: Date, days: i32) -> Date {
    if day == Date::MIN || day == Date::MAX { day } else { shifted(day, days) }
}

/// Terms as intervals, open where an end is not known.
fn intervals(terms: &[Stretch]) -> Vec<Edtf> {
    let end = |day: Date, open: Date| (day != open).then(|| Box::new(Edtf::Day(day)));
    terms.iter().map(|&(from, to)| Edtf::Interval(end(from, Date::MIN), end(to, Date::MAX))).collect()
}
