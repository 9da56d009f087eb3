//! The time phrases of a report, resolved, and which of them date a given event.

use std::ops::Range;

use daybook_calendar::{Context, Phrase, Resolved, Tense, TimexKind};
use daybook_language::Upos;
use daybook_record::{ClauseTense, Edtf, Inferred, Part, Reason, Span, Status, TimePhrase};
use jiff::civil::Date;

use crate::syntax::document::{Document, Line};
use crate::words::lexicon::Lexicon;

/// A time phrase where it stands in a document.
#[derive(Debug, Clone)]
pub(crate) struct Timed {
    pub line: usize,
    pub tokens: Range<usize>,
    pub span: Span,
    pub resolved: Resolved,
    /// Month and day, where both are told without a year.
    pub yearless: Option<(i8, i8)>,
    /// From which day it was counted.
    pub because: Reason,
    /// Why it resolves so, where the day of publication is only inferred.
    pub inferred: Option<Inferred>,
    /// What it means of something past and of something still to come.
    pub behind: Option<Edtf>,
    pub ahead: Option<Edtf>,
}

impl Timed {
    /// What it means of a contact with that status: "on Monday" is the last Monday of one that was held, the next of one to come.
    pub fn of_status(&self, status: Status) -> Option<&Edtf> {
        let by_status = match status {
            Status::Held => self.behind.as_ref(),
            Status::Scheduled | Status::Proposed => self.ahead.as_ref(),
            _ => None,
        };
        let told = self.resolved.edtf.as_ref();
        by_status.filter(|_| self.inferred.is_none() && told.is_some()).or(told)
    }
}

/// The time phrases of title and text, in order, resolved against the day of publication.
pub(crate) fn find(document: &Document<'_>, lexicon: &Lexicon) -> Vec<Timed> {
    find_on(document, lexicon, document.report.published)
}

pub(crate) fn find_on(document: &Document<'_>, lexicon: &Lexicon, published: Option<Date>) -> Vec<Timed> {
    let of_part = |part| find_in(document, part, lexicon, published);
    [Part::Title, Part::Text].into_iter().flat_map(of_part).collect()
}

/// The widest interval of publication, in days, in which a phrase that does not mean one date is given as an interval.
const NARROW: i32 = 45;

/// Resolves the time phrases of a report that was published from `first` to `last`: what means the same on both days is
/// so resolved, since resolving goes along with the day; in a narrow interval the others get all that they may mean.
pub(crate) fn suppose(
    document: &Document<'_>,
    lexicon: &Lexicon,
    timed: &mut [Timed],
    first: Date,
    last: Date,
) {
    let narrow = first.until(last).is_ok_and(|span| span.get_days() <= NARROW);
    let on = |day| find_on(document, lexicon, Some(day)).into_iter();
    let readings = on(first).zip(on(last));
    for (timed, (early, late)) in timed.iter_mut().zip(readings) {
        if early.resolved == timed.resolved {
            continue;
        }
        if early.resolved == late.resolved {
            timed.resolved = early.resolved;
            timed.inferred = Some(Inferred::OnAnyPublicationDay);
        } else if let (true, Some(edtf)) = (narrow, stretch(&early, &late)) {
            timed.resolved.edtf = Some(edtf);
            timed.inferred = Some(Inferred::WithinOnAnyPublicationDay);
        }
    }
}

/// All that a phrase may mean between an early and a late reading of it.
fn stretch(early: &Timed, late: &Timed) -> Option<Edtf> {
    let (early, late) = (early.resolved.edtf.as_ref()?, late.resolved.edtf.as_ref()?);
    Some(Edtf::between(early.first()?, late.last()?)).filter(|_| early.first() <= late.last())
}

fn find_in(document: &Document<'_>, part: Part, lexicon: &Lexicon, published: Option<Date>) -> Vec<Timed> {
    let mut previous = None;
    let mut previous_in_full = None;
    let mut line = document.lines.iter().position(|l| l.part == part).unwrap_or(document.lines.len());
    let mut timed = Vec::new();
    for phrase in daybook_calendar::find(document.report.part(part)) {
        while document.lines.get(line).is_some_and(|l| l.part == part && l.sentence.end <= phrase.start) {
            line += 1;
        }
        let Some(here) = document.lines.get(line).filter(|l| l.part == part) else { break };
        let tokens = covered(here, &phrase);
        let context = Context {
            published,
            previous,
            tense: tokens.first().map_or(Tense::Unknown, |&t| tense(here, t, lexicon)),
        };
        let resolve = |context: &Context| resolve_phrase(&phrase, context, document.report.published);
        let resolved = resolve(&context);
        previous = resolved.edtf.as_ref().and_then(Edtf::day).or(previous);
        // What it means by itself tells whether any other day was needed.
        let in_full = resolve(&Context { published: None, previous: previous_in_full, ..context });
        previous_in_full = in_full.edtf.as_ref().and_then(Edtf::day).or(previous_in_full);
        let by_tense = |tense| resolve(&Context { tense, ..context }).edtf;
        let (behind, ahead) = either(by_tense(Tense::Past), by_tense(Tense::Future));
        let because = counted_from(&phrase, &context, in_full == resolved);
        let tokens = tokens.first().copied().unwrap_or(0)..tokens.last().map_or(0, |t| t + 1);
        timed.push(Timed {
            line,
            tokens,
            span: Span { part, start: phrase.start, end: phrase.end },
            resolved,
            yearless: phrase.yearless_day(),
            because,
            inferred: None,
            behind,
            ahead,
        });
    }
    timed
}

/// The two dates that a weekday or a day without a year may mean; none where other words tell which.
fn either(behind: Option<Edtf>, ahead: Option<Edtf>) -> (Option<Edtf>, Option<Edtf>) {
    let first = |edtf: &Option<Edtf>| edtf.as_ref().and_then(Edtf::first);
    let days = first(&behind).zip(first(&ahead)).and_then(|(a, b)| a.until(b).ok()).map(|s| s.get_days());
    if matches!(days, Some(7 | 365 | 366)) { (behind, ahead) } else { (None, None) }
}

/// What a phrase means, without dates too far from the report to be of its contacts.
fn resolve_phrase(phrase: &Phrase, context: &Context, published: Option<Date>) -> Resolved {
    let resolved = today(phrase, context).unwrap_or_else(|| phrase.resolve(context));
    let edtf = resolved.edtf.filter(|date| !is_far(date, published));
    Resolved { edtf, ..resolved }
}

/// From which day a phrase was counted, if from any.
fn counted_from(phrase: &Phrase, context: &Context, is_in_full: bool) -> Reason {
    let Some(published) = context.published.filter(|_| !is_in_full) else { return Reason::DateInFull };
    if phrase.is_relative_to_previous() {
        return Reason::DateFromDaySpokenOf;
    }
    let tense = match context.tense {
        Tense::Past => Some(ClauseTense::Past),
        Tense::Future => Some(ClauseTense::Future),
        _ => None,
    };
    Reason::DateFromPublication { published, tense }
}

/// "Will leave on Tuesday", told on a Tuesday, means the same day, as news has it.
fn today(phrase: &Phrase, context: &Context) -> Option<Resolved> {
    let today = phrase.resolve(&Context { tense: Tense::Past, ..*context });
    let value = today.value.as_deref().filter(|_| context.tense != Tense::Past)?;
    let day: jiff::civil::Date = value.get(..10)?.parse().ok()?;
    (Some(day) == context.published).then_some(today)
}

/// A year more than a lifetime from the report dates no contact of it: "Ministry of Trade, 1204 Geneva".
fn is_far(date: &Edtf, published: Option<Date>) -> bool {
    const LIFETIME: i16 = 120;
    let years = date.first().zip(published).map(|(day, published)| day.year() - published.year());
    years.is_some_and(|years| years.abs() > LIFETIME)
}

fn covered(line: &Line<'_>, phrase: &Phrase) -> Vec<usize> {
    (0..line.len())
        .filter(|&t| line.token(t).start < phrase.end && phrase.start < line.token(t).end)
        .collect()
}

/// The time phrases of the report's text as the record wants them.
pub(crate) fn phrases(timed: &[Timed]) -> Vec<TimePhrase> {
    let of_text = timed.iter().filter(|t| t.span.part == Part::Text);
    of_text
        .map(|t| TimePhrase {
            span: t.span,
            kind: t.resolved.kind.as_str(),
            value: t.resolved.value.clone(),
            inferred: t.inferred.clone().filter(|_| t.resolved.value.is_some()),
        })
        .collect()
}

/// The tense of the clause in which a token stands.
pub(crate) fn tense(line: &Line<'_>, token: usize, lexicon: &Lexicon) -> Tense {
    if follows_past(line, token, lexicon) {
        return Tense::Past;
    }
    let mut verb = line.clause(token);
    if is_still_ahead(line, token, verb, lexicon) {
        return Tense::Future;
    }
    for _ in 0..4 {
        let auxiliaries: Vec<&str> = line.dependents(verb, &["aux", "cop"]).map(|a| line.lemma(a)).collect();
        if auxiliaries.iter().any(|a| lexicon.function_words.sets_times_ahead.contains(*a)) {
            return Tense::Future;
        }
        let marked = line
            .dependents(verb, &["aux", "cop"])
            .find(|&a| matches!(line.token(a).xpos, "VBD" | "VBZ" | "VBP"));
        match marked.map_or(line.token(verb).xpos, |a| line.token(a).xpos) {
            "VBD" => return Tense::Past,
            "VBZ" | "VBP" if auxiliaries.contains(&"have") => return Tense::Past,
            // "Is scheduled for Friday", "plans talks on Friday".
            "VBZ" | "VBP" if lexicon.statuses.ahead.contains(line.lemma(verb)) => return Tense::Future,
            "VB" if line.dependents(verb, &["mark"]).any(|m| line.form(m) == "to") => {
                return infinitive(line, verb, lexicon);
            }
            "VBZ" | "VBP" => return Tense::Unknown,
            _ => {}
        }
        match line.head(verb) {
            Some(up) if matches!(line.relation(verb), "xcomp" | "advcl" | "acl" | "conj" | "ccomp") => {
                verb = line.clause(up)
            }
            _ => return Tense::Unknown,
        }
    }
    Tense::Unknown
}

/// "Postponed from Friday until Monday", "cancelled a call that was set for Friday": what is undone was still to come.
fn is_still_ahead(line: &Line<'_>, token: usize, verb: usize, lexicon: &Lexicon) -> bool {
    let time = line.ancestors(token).take_while(|&a| a != verb).last().unwrap_or(token);
    let moved = is_put_to(line, time, lexicon) || line.marker(time) == "from";
    let set = lexicon.statuses.ahead.contains(line.lemma(verb)) && line.relation(verb) == "acl";
    let undone = || line.ancestors(verb).skip(1).take(3).any(|up| undoes(line, up, lexicon));
    moved && (undoes(line, verb, lexicon) || set && undone())
}

/// "Said Friday it would meet", "the order issued on Thursday", "since Thursday's ruling": the word right before tells.
fn follows_past(line: &Line<'_>, token: usize, lexicon: &Lexicon) -> bool {
    let before = (0..token).rev().find(|&t| line.form(t) != "on");
    let Some(before) = before else { return false };
    let planned = lexicon.statuses.ahead.contains(line.lemma(before));
    let over = |a: usize| matches!(line.token(a).xpos, "VBD" | "VBN") || line.lemma(a) == "have";
    match line.token(before).xpos {
        "VBD" => !planned,
        "VBN" => !planned && line.dependents(before, &["aux"]).all(over),
        "IN" => lexicon.function_words.time_is_over.contains(line.form(before)),
        _ => false,
    }
}

/// "Plans to meet", "is to meet" look ahead; "came to meet" and "declined to meet" do as their own verbs do.
fn infinitive(line: &Line<'_>, verb: usize, lexicon: &Lexicon) -> Tense {
    let Some(up) = line.head(verb) else { return Tense::Future };
    let told = line.upos(up) == Upos::Verb && line.token(up).xpos == "VBD";
    let motion = line.relation(verb) == "advcl";
    let words = &lexicon.statuses;
    let over = words.declined.contains(line.lemma(up)) || words.failed.contains(line.lemma(up));
    if told && (motion || over) { Tense::Past } else { Tense::Future }
}

/// Which time phrases of a line tell when the event at a token takes place.
pub(crate) fn of_event<'t>(
    line: &Line<'_>,
    number: usize,
    event: usize,
    timed: &'t [Timed],
    lexicon: &Lexicon,
) -> Vec<&'t Timed> {
    let mut here: Vec<&Timed> = timed.iter().filter(|t| t.line == number && !t.tokens.is_empty()).collect();
    here.retain(|t| !of_topic(line, event, &t.tokens, lexicon));
    here.sort_by_key(|t| (distance(line, head_of(line, &t.tokens), event), t.tokens.start));
    let verb = line.clause(event);
    // "In November, when he called": the clause explains the date.
    let explained = line
        .ancestors(event)
        .skip(1)
        .take_while(|&a| line.upos(a) != Upos::Verb)
        .find_map(|a| here.iter().find(|t| t.tokens.contains(&a)));
    if let Some(explained) = explained {
        return vec![explained];
    }
    // "The talks set for Tuesday were postponed until Friday": when it is now to be.
    let moved = |t: &&&Timed| is_of_moving(line, event, head_of(line, &t.tokens), lexicon);
    if let Some(moved) = here.iter().find(moved) {
        return vec![moved];
    }
    let own = |t: &&&Timed| {
        let top = head_of(line, &t.tokens);
        line.ancestors(top).skip(1).any(|a| a == event) && !embedded(line, top, event, lexicon)
    };
    let within: Vec<&Timed> = here.iter().filter(own).copied().collect();
    if !within.is_empty() {
        return within;
    }
    let clause = |t: &&&Timed| {
        let top = head_of(line, &t.tokens);
        line.ancestors(top).any(|a| a == verb)
            && !embedded(line, top, verb, lexicon)
            && !is_of_undoing(line, event, top, lexicon)
    };
    let beside: Vec<&Timed> = here.iter().filter(clause).copied().collect();
    // "Answered questions about the call on Friday" dates the answer, not the call.
    let direct = event == verb || line.head(event) == Some(verb);
    if !beside.is_empty() && !direct {
        return Vec::new();
    }
    if !beside.is_empty() {
        return beside;
    }
    // A purpose or a complement shares the time of the verb that it hangs on: "will travel on Friday to meet her".
    let above = line.head(verb).filter(|_| matches!(line.relation(verb), "advcl" | "xcomp" | "acl" | "conj"));
    // Who leaves on Tuesday in order to meet her meets her some time after.
    let departs = |up: &usize| !matches!(line.lemma(*up), "leave" | "depart");
    let Some(above) = above.map(|up| line.clause(up)).filter(departs) else { return Vec::new() };
    here.into_iter().filter(|t| line.clause(head_of(line, &t.tokens)) == above).collect()
}

/// Whether another verb stands between a token and the event above it.
fn embedded(line: &Line<'_>, token: usize, event: usize, lexicon: &Lexicon) -> bool {
    let mut between = line.ancestors(token).skip(1).take_while(|&a| a != event);
    between.any(|a| {
        let set = lexicon.events.takes_place.contains(line.lemma(a))
            || lexicon.statuses.ahead.contains(line.lemma(a));
        let happening = set && line.token(a).relation.starts_with("acl");
        line.upos(a) == Upos::Verb && !happening
            // "Since the founding of the partnership in 2015", "following his visit last year": the time of another thing.
            || line.upos(a) == Upos::Noun && lexicon.function_words.other_times.contains(&line.marker(a))
            || line.upos(event) == Upos::Verb && is_topic(line, a, lexicon)
    })
}

/// "Cancelled on Thursday the call set for Friday": the day on which a contact is undone, not its own.
fn is_of_undoing(line: &Line<'_>, event: usize, time: usize, lexicon: &Lexicon) -> bool {
    let Some(verb) = line.head(event).filter(|_| matches!(line.relation(event), "obj" | "nsubj" | "obl"))
    else {
        return false;
    };
    undoes(line, verb, lexicon) && line.head(time) == Some(verb) && !is_put_to(line, time, lexicon)
}

/// "Until Friday" at the verb by which a contact is put off.
fn is_of_moving(line: &Line<'_>, event: usize, time: usize, lexicon: &Lexicon) -> bool {
    let verb = line.head(event).filter(|_| matches!(line.relation(event), "obj" | "nsubj"));
    let put_off = |verb: usize| lexicon.statuses.postponed.contains(&line.with_particle(verb));
    verb.is_some_and(|verb| put_off(verb) && line.head(time) == Some(verb) && is_put_to(line, time, lexicon))
}

/// "Called off", "postponed".
fn undoes(line: &Line<'_>, verb: usize, lexicon: &Lexicon) -> bool {
    let lemma = line.with_particle(verb);
    lexicon.statuses.cancelled.contains(&lemma) || lexicon.statuses.postponed.contains(&lemma)
}

/// "Until March", "for Friday": when it is now to be.
fn is_put_to(line: &Line<'_>, time: usize, lexicon: &Lexicon) -> bool {
    lexicon.function_words.put_to.contains(&line.marker(time))
}

/// "Told her of his talk with them on Monday": the day is that of the talk told of.
fn of_topic(line: &Line<'_>, event: usize, phrase: &Range<usize>, lexicon: &Lexicon) -> bool {
    let about = |t: usize| lexicon.function_words.told_of.contains(&line.marker(t));
    let told = line.upos(event) == Upos::Verb && event < phrase.start;
    told && (event + 1..phrase.start).any(|t| lexicon.noun_kind(line.lemma(t)).is_some() && about(t))
}

/// What is discussed or told of has times of its own: "discussed the summit in June", "briefed him on the talks in May".
fn is_topic(line: &Line<'_>, noun: usize, lexicon: &Lexicon) -> bool {
    let about = lexicon.function_words.topics.contains(&line.marker(noun))
        || line.marker(noun) == "of" && line.relation(noun) == "obl";
    line.upos(noun) == Upos::Noun
        && (line.relation(noun) == "obj" || about && !lexicon.events.beside.contains(line.lemma(noun)))
}

/// Steps in the tree between a token and an event: to it where it stands above, else to the root.
fn distance(line: &Line<'_>, token: usize, event: usize) -> usize {
    line.ancestors(token).take_while(|&a| a != event).count()
}

pub(crate) fn head_of(line: &Line<'_>, tokens: &Range<usize>) -> usize {
    tokens.clone().find(|&t| line.head(t).is_none_or(|h| !tokens.contains(&h))).unwrap_or(tokens.start)
}

/// Whether a phrase tells a date or time of day (and not a length or a habit).
pub(crate) fn dates(timed: &Timed) -> bool {
    matches!(timed.resolved.kind, TimexKind::Date | TimexKind::Time)
}
