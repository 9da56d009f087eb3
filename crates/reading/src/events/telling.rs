//! Turns each match of a contact rule into a telling: who, how, when, where, and how things stand, as one sentence has it.

use std::collections::BTreeSet;
use std::ops::Range;

use daybook_calendar::TimexKind;
use daybook_grammar::Match;
use daybook_language::Upos;
use daybook_record::{ClockTime, Edtf, Grouping, Kind, Length, PartyKind, Span};

use crate::events::modality::{self, Said, Standing};
use crate::events::reject;
use crate::parties::cast::{Cast, Id};
use crate::parties::mention::What;
use crate::syntax::document::{At, Document, Line};
use crate::times::phrases::{self, Timed};
use crate::words::lexicon::Lexicon;

/// One sentence's telling of a contact.
#[derive(Debug, Clone)]
pub(crate) struct Telling {
    pub at: At,
    pub rule: String,
    pub kind: Kind,
    /// What an official publisher means by it, where the kind is left open.
    pub exchange: Option<Exchange>,
    /// Initiators where `directed`, else the side named first.
    pub one: Vec<Id>,
    /// Recipients where `directed`, else the other side.
    pub other: Vec<Id>,
    /// Whether the words tell who called, wrote or travelled.
    pub directed: bool,
    /// Whether all are in one contact, and not each of `other` in one of their own.
    pub together: bool,
    /// Whether a word such as "they" or "the two" stands for the parties.
    pub group: bool,
    /// The verb of its clause.
    pub clause: usize,
    /// The verbs before or after which it is told to be: "spoke before the summit" tells of two occasions.
    pub apart_from: Vec<usize>,
    /// Whether a noun tells it.
    pub nominal: bool,
    /// Whether it is told as what came next: "then met".
    pub next: bool,
    /// Whom "the two" means if no contact told before has fitting parties: those joined by "and" in the text before.
    pub pair: Vec<Id>,
    /// Whether it is spoken of as known: "the call", "their meeting".
    pub definite: bool,
    /// Several occasions told as one, and how many if told.
    pub several: bool,
    pub count: Option<(u32, Span)>,
    pub standing: Standing,
    pub said: Vec<Said>,
    pub date: Option<(Edtf, Span)>,
    pub time: Option<(ClockTime, Span)>,
    pub length: Option<(Length, Span)>,
    pub place: Option<(String, Span)>,
    pub topics: Vec<(String, Span)>,
    pub first_or_last: Option<(String, Span)>,
    pub evidence: Span,
    /// Why it is of the contact that others told before it; `None` for the first of a contact.
    pub joined: Option<Grouping>,
}

/// What an official publisher means by words that leave open how two were in contact (the schema's attribute `exchange`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exchange {
    Spoken,
    Conversation,
    InTouch,
}

impl Exchange {
    fn named(name: &str) -> Option<Exchange> {
        Some(match name {
            "spoken" => Exchange::Spoken,
            "conversation" => Exchange::Conversation,
            "in_touch" => Exchange::InTouch,
            _ => return None,
        })
    }
}

impl Telling {
    /// Whether it names both sides, or several who were together.
    pub fn is_whole(&self) -> bool {
        !self.one.is_empty() && !self.other.is_empty() || self.together && self.one.len() > 1
    }
}

/// What the maker of tellings looks things up in.
pub(crate) struct Scene<'d, 'g> {
    pub document: &'d Document<'d>,
    pub cast: &'d Cast<'g>,
    pub timed: &'d [Timed],
    pub lexicon: &'d Lexicon,
    /// Whether a side's own office publishes the report.
    pub official: bool,
}

/// The parties that a capture leads to.
#[derive(Debug, Default)]
struct Side {
    ids: Vec<Id>,
    group: bool,
    pair: Vec<Id>,
}

impl Scene<'_, '_> {
    /// The telling of a match; `None` where it tells of no contact.
    pub fn telling(&self, line: usize, found: &Match<'_>) -> Option<Telling> {
        let here = &self.document.lines[line];
        let trigger = found.trigger();
        let at = At { line, token: trigger };
        let kind = Kind::named(&found.rule.yields)?;
        let companions = self.companions(here, found);
        let side = |names: &[&str]| {
            let captured = names.iter().flat_map(|n| found.all(n).to_vec());
            let along = if names.contains(&"one") { companions.as_slice() } else { &[] };
            let apart = captured.filter(|t| along.contains(t) || !companions.contains(t));
            self.side(line, apart.chain(along.iter().copied()))
        };
        let (mut one, mut other) = (side(&["initiator", "one", "all"]), side(&["recipient", "other"]));
        let host = side(&["host"]);
        other.ids.extend(host.ids.into_iter().filter(|id| !one.ids.contains(id)));
        one.ids.retain(|id| !other.ids.contains(id) || found.get("recipient").is_none());
        other.ids.retain(|id| !one.ids.contains(id));
        let directed = found.rule.with.get("direction").is_some_and(|d| d == "told");
        let together = kind == Kind::Gathering
            || other.ids.is_empty()
            || self.joined(here, trigger)
            || self.one_sitting(here, trigger, kind);
        let standing = self.standing(here, trigger, found);
        let mut telling = Telling {
            at,
            rule: found.rule.name.clone(),
            kind,
            exchange: found.rule.with.get("exchange").and_then(|exchange| Exchange::named(exchange)),
            directed,
            together,
            group: one.group || other.group,
            nominal: here.upos(trigger) != Upos::Verb,
            next: self.comes_next(here, trigger),
            clause: here.clause(trigger),
            apart_from: before_or_after(here, trigger),
            pair: if one.pair.is_empty() { other.pair } else { one.pair },
            definite: definite(here, trigger),
            several: self.several(here, trigger),
            count: count(here, trigger),
            standing,
            said: modality::said(here, trigger, self.lexicon),
            date: None,
            time: None,
            length: None,
            place: self.place(line, trigger),
            topics: self.topics(line, trigger),
            first_or_last: first_or_last(here, trigger),
            evidence: evidence(here, trigger, &found_tokens(found)),
            one: one.ids,
            other: other.ids,
            joined: None,
        };
        if telling.kind == Kind::Meeting && self.is_gathering(here, &telling) {
            telling.kind = Kind::Gathering;
        }
        // What is discussed has months and years of its own.
        let days_only = found.rule.with.get("dates").is_some_and(|d| d == "days");
        self.date(here, &mut telling, days_only);
        self.recent(here, &mut telling);
        if telling.standing.hypothetical { None } else { reject::sift(self, telling) }
    }

    /// "He, along with her, met them": those who come along, told before the verb.
    fn companions(&self, line: &Line<'_>, found: &Match<'_>) -> Vec<usize> {
        let along = |&t: &usize| {
            let mut words = line.dependents(t, &["case", "advmod"]).map(|c| line.form(c).to_lowercase());
            t < found.trigger() && words.any(|w| w == "along" || w == "together")
        };
        let subjects = found.all("one").iter().chain(found.all("initiator"));
        let below = subjects.flat_map(|&s| line.dependents(s, &["nmod"]).collect::<Vec<_>>());
        found.all("other").iter().copied().chain(below).filter(along).collect()
    }

    fn standing(&self, line: &Line<'_>, trigger: usize, found: &Match<'_>) -> Standing {
        let mut standing = modality::of_event(line, trigger, self.lexicon);
        if let Some(told) = found.rule.with.get("status").and_then(|status| status.parse().ok()) {
            standing = Standing { status: told, open: false, ..standing };
        }
        standing
    }

    /// The entities at the captured tokens and at those joined to them by "and".
    fn side(&self, line: usize, tokens: impl Iterator<Item = usize>) -> Side {
        let mut side = Side::default();
        let mut seen = BTreeSet::new();
        let mut stack: Vec<usize> = tokens.collect();
        stack.reverse();
        while let Some(token) = stack.pop() {
            if !seen.insert(token) {
                continue;
            }
            let here = &self.document.lines[line];
            let meant = self.cast.at(At { line, token });
            let mention = self.cast.mention_at(At { line, token });
            let group = mention.is_some_and(|m| match &self.cast.mentions[m].what {
                What::Group => true,
                What::Pronoun => meant.is_empty(),
                _ => false,
            });
            side.group |= group;
            side.pair.extend(mention.and_then(|m| self.cast.pairs.get(&m)).into_iter().flatten());
            let principals: Vec<Id> = meant
                .iter()
                .copied()
                .filter(|&id| self.cast.entities[id].principal && !side.ids.contains(&id))
                .collect();
            side.ids.extend(principals);
            let mut joined: Vec<usize> = here.dependents(token, &["conj"]).collect();
            joined.retain(|&other| !self.same_bearer(line, token, other));
            joined.extend(
                here.dependents(token, &["appos"])
                    .filter(|&a| self.another(At { line, token }, At { line, token: a })),
            );
            joined.reverse();
            stack.extend(joined);
        }
        side
    }

    /// "The president and head of the department": a second office without an article of its own has the same bearer.
    fn same_bearer(&self, line: usize, first: usize, second: usize) -> bool {
        let here = &self.document.lines[line];
        let what = |token| self.cast.mention_at(At { line, token }).map(|m| &self.cast.mentions[m].what);
        let article = |token: usize| here.dependents(token, &["det"]).next().is_some();
        let bare = match what(second) {
            Some(What::Office(title)) => !title.plural && !title.counterpart && title.countries.is_empty(),
            _ => false,
        };
        let titled = matches!(what(first), Some(What::Office(_) | What::Person { .. }));
        bare && titled && article(first) && !article(second)
    }

    /// Whether an apposition is a second person and not a description of the first.
    fn another(&self, first: At, second: At) -> bool {
        let named = |at: At| {
            self.cast
                .at(at)
                .first()
                .filter(|&&id| {
                    self.cast.entities[id].kind == PartyKind::Person && self.cast.entities[id].name.is_some()
                })
                .copied()
        };
        matches!((named(first), named(second)), (Some(a), Some(b)) if a != b)
    }

    /// "A trilateral meeting", "a conference call", "spoke together", "hosted them for three-way talks": all on one occasion.
    fn joined(&self, line: &Line<'_>, trigger: usize) -> bool {
        const JOINT: [&str; 5] = ["conference", "joint", "group", "together", "jointly"];
        let mut near = line.dependents(trigger, &["amod", "compound", "advmod"]);
        near.any(|c| JOINT.contains(&line.form(c).to_lowercase().as_str())) || many_sided(line, trigger)
    }

    /// A summit of three or more, three-way talks: of several by design.
    fn is_gathering(&self, line: &Line<'_>, telling: &Telling) -> bool {
        let trigger = telling.at.token;
        telling.one.len() + telling.other.len() > 2
            && telling.together
            && (line.lemma(trigger) == "summit" || many_sided(line, trigger))
    }

    /// "Held a call with A and B": what is told in the singular is one occasion, and so is a readout that tells of it
    /// by a verb, unless they are said to have been apart.
    fn one_sitting(&self, line: &Line<'_>, trigger: usize, kind: Kind) -> bool {
        const APART: [&str; 6] =
            ["separately", "individually", "respectively", "each", "separate", "individual"];
        let spoken = matches!(kind, Kind::Call | Kind::VideoCall | Kind::Meeting | Kind::Unspecified);
        let verb = self.official && line.upos(trigger) == Upos::Verb;
        let article = |&c: &usize| matches!(line.form(c).to_lowercase().as_str(), "a" | "an");
        let single =
            line.token(trigger).xpos == "NN" && line.dependents(trigger, &["det"]).any(|c| article(&c));
        let near = line.children(trigger).iter().chain(line.children(line.clause(trigger)));
        let apart = near.copied().any(|c| APART.contains(&line.form(c).to_lowercase().as_str()));
        spoken && (verb || single) && !apart
    }

    /// "Then met", "later spoke": on the day of what was told before.
    fn comes_next(&self, line: &Line<'_>, trigger: usize) -> bool {
        let verb = line.clause(trigger);
        let mut adverbs = line.dependents(verb, &["advmod"]).chain(line.dependents(trigger, &["advmod"]));
        adverbs.any(|a| self.lexicon.statuses.next.contains(&line.form(a).to_lowercase()))
    }

    fn several(&self, line: &Line<'_>, trigger: usize) -> bool {
        const OFTEN: [&str; 12] = [
            "several",
            "many",
            "numerous",
            "repeatedly",
            "regularly",
            "often",
            "frequently",
            "times",
            "various",
            "multiple",
            "frequent",
            "regular",
        ];
        let verb = line.clause(trigger);
        let near = line.children(trigger).iter().chain(if verb == trigger {
            [].iter()
        } else {
            line.children(verb).iter()
        });
        let plural =
            line.token(trigger).xpos == "NNS" && line.dependents(trigger, &["nummod"]).next().is_some();
        plural || near.copied().any(|c| OFTEN.contains(&line.form(c).to_lowercase().as_str()))
    }

    fn place(&self, line: usize, trigger: usize) -> Option<(String, Span)> {
        let here = &self.document.lines[line];
        let local = |t: usize| {
            let verb = here.clause(t);
            let near = here
                .dependents(t, &["obl", "nmod"])
                .chain(here.dependents(verb, &["obl", "nmod"]).filter(move |_| verb != t));
            near.filter(|&c| matches!(here.case(c).as_str(), "in" | "at" | "on the sidelines of" | "outside"))
                .find(|&c| self.is_place(At { line, token: c }))
        };
        let token = local(trigger)?;
        let range = self.place_range(line, token);
        Some((here.words(range.clone()), here.span(range)))
    }

    /// "Spoke at the G7", "during the ministerial", "on the margins of the summit".
    pub fn on_the_spot(&self, at: At) -> bool {
        const EVENTS: [&str; 9] = [
            "summit",
            "ministerial",
            "assembly",
            "conference",
            "meeting",
            "margin",
            "sideline",
            "residence",
            "palace",
        ];
        let line = &self.document.lines[at.line];
        let near = line.children(at.token).iter().chain(line.children(line.clause(at.token)));
        near.copied().filter(|&t| matches!(line.relation(t), "obl" | "nmod")).any(|t| {
            let there = matches!(line.case(t).as_str(), "at" | "during" | "on" | "in");
            let body = self.cast.mention_at(At { line: at.line, token: t });
            let body = body.is_some_and(|m| matches!(self.cast.mentions[m].what, What::Body { .. }));
            there && (EVENTS.contains(&line.lemma(t).to_lowercase().as_str()) || body && line.case(t) == "at")
        })
    }

    fn is_place(&self, at: At) -> bool {
        let line = &self.document.lines[at.line];
        let mention = self.cast.mention_at(at).map(|m| &self.cast.mentions[m].what);
        let named = line
            .sentence
            .names
            .iter()
            .any(|n| n.kind == daybook_language::NameKind::Place && n.tokens.contains(&at.token));
        named || matches!(mention, Some(What::State { .. }))
    }

    fn place_range(&self, line: usize, token: usize) -> Range<usize> {
        let here = &self.document.lines[line];
        let name = here.sentence.names.iter().find(|n| n.tokens.contains(&token)).map(|n| n.tokens.clone());
        let mention = self.cast.mention_at(At { line, token }).map(|m| self.cast.mentions[m].tokens.clone());
        let mut range = name.or(mention).unwrap_or(token..token + 1);
        if range.start > 0 && here.form(range.start - 1).eq_ignore_ascii_case("the") {
            range.start -= 1;
        }
        range
    }

    fn topics(&self, number: usize, trigger: usize) -> Vec<(String, Span)> {
        let line = &self.document.lines[number];
        let about = line.dependents(trigger, &["nmod", "obl"]).filter(|&t| {
            matches!(line.case(t).as_str(), "about" | "on" | "regarding" | "concerning" | "over")
        });
        let dated = |t: usize| self.timed.iter().any(|x| x.line == number && x.tokens.contains(&t));
        let heads = about.filter(|&t| !dated(t) && matches!(line.upos(t), Upos::Noun | Upos::Propn));
        heads.take(5).map(|t| phrase(line, t)).collect()
    }

    /// "His recent visit" was this year or so.
    fn recent(&self, line: &Line<'_>, telling: &mut Telling) {
        let trigger = telling.at.token;
        let word = line.dependents(trigger, &["amod"]).find(|&a| line.form(a).eq_ignore_ascii_case("recent"));
        if let (Some(word), Some(day), None) = (word, self.document.report.published, &telling.date) {
            telling.date = Some((Edtf::Year(day.year()).about(), line.span(word..word + 1)));
        }
    }

    fn date(&self, line: &Line<'_>, telling: &mut Telling, days_only: bool) {
        for timed in phrases::of_event(line, telling.at.line, telling.at.token, self.timed, self.lexicon) {
            let resolved = &timed.resolved;
            if let (TimexKind::Duration, Some(length)) = (resolved.kind, &resolved.length) {
                telling.length.get_or_insert((length.clone(), timed.span));
            }
            if !phrases::dates(timed) {
                continue;
            }
            let edtf = resolved.edtf.clone().or_else(|| day_of(resolved));
            if let Some(edtf) = &edtf.filter(|e| !days_only || e.width() <= 7) {
                let better = telling.date.as_ref().is_none_or(|(old, _)| {
                    matches!(old, Edtf::Approximate(_)) || edtf.width() < old.width() && edtf.overlaps(old)
                });
                if better {
                    telling.date = Some((edtf.clone(), timed.span));
                }
            }
            if let Some(time) = &resolved.time {
                telling.time.get_or_insert((time.clone(), timed.span));
            }
        }
    }
}

/// "Trilateral talks", "hosted them for four-way talks".
fn many_sided(line: &Line<'_>, trigger: usize) -> bool {
    const SIDES: [&str; 3] = ["trilateral", "quadrilateral", "multilateral"];
    // "Three-way" is three words.
    let ways = |c: usize| line.lemma(c) == "way" && line.dependents(c, &["nummod"]).next().is_some();
    let told = |noun: usize| {
        let mut near = line.dependents(noun, &["amod", "compound"]);
        near.any(|c| ways(c) || SIDES.contains(&line.form(c).to_lowercase().as_str()))
    };
    told(trigger) || line.dependents(trigger, &["obl"]).any(|c| line.case(c) == "for" && told(c))
}

fn found_tokens(found: &Match<'_>) -> Vec<usize> {
    found.rule.captures().iter().flat_map(|name| found.all(name).to_vec()).collect()
}

/// "At noon" tells no day of its own; the day spoken of is in its value.
fn day_of(resolved: &daybook_calendar::Resolved) -> Option<Edtf> {
    let value = resolved.value.as_deref().filter(|_| resolved.kind == TimexKind::Time)?;
    value.get(..10)?.parse().ok().filter(|edtf| matches!(edtf, Edtf::Day(_)))
}

fn definite(line: &Line<'_>, trigger: usize) -> bool {
    line.upos(trigger) != Upos::Verb
        && line.children(trigger).iter().any(|&c| {
            matches!(
                line.form(c).to_lowercase().as_str(),
                "the" | "this" | "that" | "their" | "his" | "her" | "these" | "those"
            ) || line.token(c).relation == "nmod:poss"
        })
}

/// The clauses that an event is told to come before or after.
fn before_or_after(line: &Line<'_>, trigger: usize) -> Vec<usize> {
    const ORDER: [&str; 7] = ["before", "after", "ahead of", "prior to", "following", "since", "until"];
    let ordered = line.ancestors(trigger).filter(|&a| ORDER.contains(&line.case(a).as_str()));
    ordered.filter_map(|a| line.head(a)).map(|up| line.clause(up)).collect()
}

fn count(line: &Line<'_>, trigger: usize) -> Option<(u32, Span)> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let number = line.dependents(trigger, &["nummod"]).next()?;
    let form = line.form(number).to_lowercase();
    let value = WORDS
        .iter()
        .position(|w| *w == form)
        .and_then(|n| u32::try_from(n).ok())
        .or_else(|| form.parse().ok())?;
    (value > 1 && line.token(trigger).xpos == "NNS").then(|| (value, line.span(number..number + 1)))
}

/// "The first … since", "most recently": the words that place the contact in a row of such.
fn first_or_last(line: &Line<'_>, trigger: usize) -> Option<(String, Span)> {
    const ORDER: [&str; 5] = ["first", "last", "latest", "previous", "recently"];
    let near = line
        .dependents(trigger, &["amod", "advmod", "nsubj", "nmod"])
        .find(|&c| ORDER.contains(&line.form(c).to_lowercase().as_str()))?;
    let range = if line.relation(near) == "advmod" {
        line.subtree(near)
    } else {
        near.min(trigger)..line.subtree(trigger).end.min(near.max(trigger) + 12)
    };
    Some((line.words(range.clone()), line.span(range)))
}

/// A noun with the words that belong closely to it.
pub(crate) fn phrase(line: &Line<'_>, head: usize) -> (String, Span) {
    let whole = line.subtree(head);
    let mut start = whole.start;
    while start < head
        && matches!(line.upos(start), Upos::Adp | Upos::Det | Upos::Punct | Upos::Cconj | Upos::Sconj)
    {
        start += 1;
    }
    let stop = (head + 1..whole.end)
        .find(|&i| {
            line.upos(i) == Upos::Punct
                || matches!(line.relation(i), "acl" | "cc" | "advcl")
                || line.upos(i) == Upos::Verb
        })
        .unwrap_or(whole.end);
    let end = stop.min(start + 8).max(head + 1);
    (line.words(start..end), line.span(start..end))
}

/// At most twelve words around the trigger that hold as many of the captured tokens as they can.
pub(crate) fn evidence(line: &Line<'_>, trigger: usize, tokens: &[usize]) -> Span {
    const WORDS: usize = 12;
    let (mut low, mut high) = (trigger, trigger);
    let mut near: Vec<usize> = tokens.to_vec();
    near.sort_by_key(|&t| (t.abs_diff(trigger), t));
    for token in near {
        let range = low.min(token)..high.max(token) + 1;
        let words = range.clone().filter(|&i| line.upos(i) != Upos::Punct).count();
        if words <= WORDS {
            (low, high) = (range.start, range.end - 1);
        }
    }
    while high + 1 < line.len() && line.relation(high + 1) == "flat" && high - low < WORDS {
        high += 1;
    }
    line.span(low..high + 1)
}
