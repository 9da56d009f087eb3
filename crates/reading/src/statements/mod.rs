//! Turns what the model marks as attributed into statements: who is said to have said, thought or wanted what, how and when.

mod assemble;
mod claims;
mod manner;
mod nested;
mod speakers;
mod subjects;
mod ties;

use std::ops::Range;

use daybook_record::{Act, Bearing, Claim, Doubt, Party, Sourced, Span, Statement};

use self::assemble::{Attributed, Words};
use self::claims::Claims;
use self::manner::{Manner, Manners};
use self::speakers::Speakers;
pub(crate) use self::ties::Contact;
use crate::document::{At, Document};
use crate::tellings::Scene;

/// The statements of a report in the order of their first words, and where the words of each stand.
pub(crate) struct Said {
    pub statements: Vec<Statement>,
    attributed: Vec<Attributed>,
}

/// Finds the statements of a report.
pub(crate) fn find(scene: &Scene<'_, '_>) -> Said {
    let (attributed, within) = with_nested(scene, assemble::assemble(scene.document));
    let speakers = Speakers { scene }.of(&attributed);
    let manners = Manners { scene }.of(&attributed, &speakers);
    let each = attributed.iter().zip(speakers).zip(manners).zip(within);
    let statement = |(((one, speakers), manner), within)| Statement {
        within,
        ..statement(scene.document, one, speakers, manner)
    };
    let mut statements: Vec<Statement> = each.map(statement).collect();
    relay(&mut statements);
    Said { statements, attributed }
}

/// "The reports that they met are false, she said": whether a statement itself calls a claim false.
fn calls_false(statement: &Statement, claim: &Claim) -> bool {
    claim.doubt.value == Doubt::False && claim.doubt.evidence.spans.iter().any(|&word| statement.covers(word))
}

/// Whoever says that somebody else said something passes it on.
fn relay(statements: &mut [Statement]) {
    for number in 0..statements.len() {
        let Some(outer) = statements[number].within.map(|outer| &statements[outer]) else { continue };
        let other = |s: &&Sourced<Party>| statements[number].speakers.iter().all(|own| own.value != s.value);
        if outer.act.value == Act::Said {
            let by = outer.speakers.iter().filter(other).chain(&outer.relayed_by).cloned().collect();
            statements[number].relayed_by = by;
        }
    }
}

/// All attributions in the order of their first words, those within others behind them, with the number of the outer one.
fn with_nested(scene: &Scene<'_, '_>, outer: Vec<Attributed>) -> (Vec<Attributed>, Vec<Option<usize>>) {
    let inner = nested::find(scene.document, &outer, &scene.lexicon.speech);
    let mut all: Vec<(Attributed, Option<usize>, usize)> = Vec::new();
    all.extend(outer.into_iter().enumerate().map(|(number, one)| (one, None, number)));
    all.extend(inner.into_iter().map(|(one, holder)| (one, Some(holder), usize::MAX)));
    all.sort_by_key(|(one, holder, _)| (one.first(), holder.is_some(), one.second()));
    let place = |outer: usize| all.iter().position(|(_, _, number)| *number == outer);
    let within = all.iter().map(|(_, holder, _)| holder.and_then(place)).collect();
    (all.into_iter().map(|(one, _, _)| one).collect(), within)
}

impl Said {
    /// Ties the statements to the contacts that they bear on.
    pub fn tie(&mut self, scene: &Scene<'_, '_>, contacts: &[Contact<'_>], claims: &[Claim]) {
        for (one, statement) in self.attributed.iter().zip(&mut self.statements) {
            if statement.speakers.is_empty() {
                statement.speakers = ties::those_who_met(scene, contacts, one);
            }
            statement.contacts = ties::of(scene, contacts, one, statement);
            if claims.iter().any(|claim| calls_false(statement, claim)) {
                statement.contacts.iter_mut().for_each(|tie| tie.value.bearing = Bearing::Denies);
            }
        }
        for number in 1..self.statements.len() {
            if self.statements[number].contacts.is_empty() && self.shares_sentence(number) {
                let of_before = self.statements[number - 1].contacts.iter().map(ties::in_same_sentence);
                self.statements[number].contacts = of_before.collect();
            }
        }
    }

    /// Whether a statement is made by the same speakers in the same sentence as the one before.
    fn shares_sentence(&self, number: usize) -> bool {
        let cue = |n: usize| self.attributed[n].cue.as_ref().map(|cue| cue.line);
        let who = |n: usize| self.statements[n].speakers.iter().map(|s| &s.value);
        cue(number).is_some()
            && cue(number) == cue(number - 1)
            && who(number).next().is_some()
            && who(number).eq(who(number - 1))
    }

    /// What the report, or somebody in it, does not vouch for.
    pub fn claims(&self, scene: &Scene<'_, '_>) -> Vec<Claim> {
        Claims { scene, attributed: &self.attributed, statements: &self.statements }.gather()
    }

    /// The statements in whose content a token stands.
    pub fn over(&self, at: At) -> impl Iterator<Item = &Statement> {
        let covers = move |w: &Words| w.line == at.line && w.tokens.contains(&at.token);
        let each = self.attributed.iter().zip(&self.statements);
        each.filter(move |(one, _)| one.content.iter().any(covers)).map(|(_, statement)| statement)
    }
}

fn statement(
    document: &Document<'_>,
    one: &Attributed,
    speakers: Vec<Sourced<Party>>,
    manner: Manner,
) -> Statement {
    let span = |words: &Words| document.lines[words.line].span(words.tokens.clone());
    Statement {
        content: joined(document, one.content.iter().map(span)),
        cue: one.cue.as_ref().map(span),
        source: one.source.as_ref().map(span),
        speakers,
        relayed_by: Vec::new(),
        act: manner.act,
        polarity: manner.polarity,
        quotes: joined(document, one.content.iter().flat_map(|words| quotes(document, words))),
        addressee: manner.addressee,
        occasions: manner.occasions,
        place: manner.place,
        date: manner.date,
        contacts: Vec::new(),
        within: None,
    }
}

/// Spans in order, those joined between which nothing but white space stands.
fn joined(document: &Document<'_>, spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for span in spans {
        match found.last_mut() {
            Some(last) if last.part == span.part && is_blank(document, last.end, span) => {
                *last = last.join(span)
            }
            _ => found.push(span),
        }
    }
    found
}

fn is_blank(document: &Document<'_>, from: usize, to: Span) -> bool {
    document.report.part(to.part).get(from..to.start).is_some_and(|between| between.trim().is_empty())
}

/// The runs of quoted words among some words.
fn quotes(document: &Document<'_>, words: &Words) -> Vec<Span> {
    let line = &document.lines[words.line];
    let mut runs: Vec<Range<usize>> = Vec::new();
    for token in words.tokens.clone().filter(|&t| line.token(t).quoted) {
        match runs.last_mut() {
            Some(run) if run.end == token => run.end = token + 1,
            _ => runs.push(token..token + 1),
        }
    }
    runs.into_iter().map(|run| line.span(run)).collect()
}
