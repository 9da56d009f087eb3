//! What the words around an event tell of it: where, of what, how often, in which order.

use daybook_calendar::TimexKind;
use daybook_language::Upos;
use daybook_record::{Edtf, Span};

use crate::events::telling::Scene;
use crate::parties::mention::What;
use crate::syntax::document::{At, Line};
use crate::words::lexicon::Lexicon;

impl Scene<'_, '_> {
    /// "Spoke at the G7", "during the ministerial", "on the margins of the summit".
    pub fn on_the_spot(&self, at: At) -> bool {
        let line = &self.document.lines[at.line];
        let near = line.children(at.token).iter().chain(line.children(line.clause(at.token)));
        near.copied().filter(|&t| matches!(line.relation(t), "obl" | "nmod")).any(|t| {
            let there = self.lexicon.function_words.at_events.contains(&line.marker(t));
            let body = self.cast.mention_at(At { line: at.line, token: t });
            let body = body.is_some_and(|m| matches!(self.cast.mentions[m].what, What::Body { .. }));
            there
                && (self.lexicon.events.venues.contains(&line.lemma(t).to_lowercase())
                    || body && line.marker(t) == "at")
        })
    }

    pub(super) fn topics(&self, number: usize, trigger: usize) -> Vec<(String, Span)> {
        let line = &self.document.lines[number];
        let about = line
            .dependents(trigger, &["nmod", "obl"])
            .filter(|&t| self.lexicon.function_words.event_topics.contains(&line.marker(t)));
        let dated = |t: usize| self.timed.iter().any(|x| x.line == number && x.tokens.contains(&t));
        let heads = about.filter(|&t| !dated(t) && matches!(line.upos(t), Upos::Noun | Upos::Propn));
        heads.take(5).map(|t| phrase(line, t)).collect()
    }
}

/// "Trilateral talks", "hosted them for four-way talks".
pub(super) fn many_sided(line: &Line<'_>, trigger: usize, lexicon: &Lexicon) -> bool {
    // "Three-way" is three words.
    let ways = |c: usize| line.lemma(c) == "way" && line.dependents(c, &["nummod"]).next().is_some();
    let told = |noun: usize| {
        let mut near = line.dependents(noun, &["amod", "compound"]);
        near.any(|c| ways(c) || lexicon.events.many_sided.contains(&line.form(c).to_lowercase()))
    };
    told(trigger) || line.dependents(trigger, &["obl"]).any(|c| line.marker(c) == "for" && told(c))
}

/// "At noon" tells no day of its own; the day spoken of is in its value.
pub(super) fn day_of(resolved: &daybook_calendar::Resolved) -> Option<Edtf> {
    let value = resolved.value.as_deref().filter(|_| resolved.kind == TimexKind::Time)?;
    value.get(..10)?.parse().ok().filter(|edtf| matches!(edtf, Edtf::Day(_)))
}

/// The clauses that an event is told to come before or after.
pub(super) fn before_or_after(line: &Line<'_>, trigger: usize, lexicon: &Lexicon) -> Vec<usize> {
    let ordered =
        line.ancestors(trigger).filter(|&a| lexicon.function_words.event_order.contains(&line.marker(a)));
    ordered.filter_map(|a| line.head(a)).map(|up| line.clause(up)).collect()
}

pub(super) fn count(line: &Line<'_>, trigger: usize, lexicon: &Lexicon) -> Option<(u32, Span)> {
    let number = line.dependents(trigger, &["nummod"]).next()?;
    let form = line.form(number).to_lowercase();
    let value = lexicon
        .function_words
        .numbers
        .iter()
        .position(|w| *w == form)
        .and_then(|n| u32::try_from(n).ok())
        .or_else(|| form.parse().ok())?;
    (value > 1 && line.token(trigger).xpos == "NNS").then(|| (value, line.span(number..number + 1)))
}

/// "The first … since", "most recently": the words that place the contact in a row of such.
pub(super) fn first_or_last(line: &Line<'_>, trigger: usize, lexicon: &Lexicon) -> Option<(String, Span)> {
    let near = line
        .dependents(trigger, &["amod", "advmod", "nsubj", "nmod"])
        .find(|&c| lexicon.events.first_or_last.contains(&line.form(c).to_lowercase()))?;
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
