//! Turns what the model marks as attributed into statements: who is said to have said, thought or wanted what, how and when.

mod assemble;
pub(crate) mod attributed;
mod claims;
mod manner;
mod nested;
mod speakers;
mod subjects;

use std::ops::Range;

use daybook_record::{Act, Claim, Party, Sourced, Span, Statement};

use self::attributed::{Attributed, Words};
use self::claims::Claims;
use self::manner::{Manner, Manners};
use self::speakers::Speakers;
use crate::events::telling::Scene;
use crate::syntax::document::{At, Document};

/// The statements of a report in the order of their first words, and where the words of each stand.
pub(crate) struct FoundStatements {
    pub statements: Vec<Statement>,
    pub attributed: Vec<Attributed>,
}

/// Finds the statements of a report.
pub(crate) fn find(scene: &Scene<'_, '_>) -> FoundStatements {
    let (attributed, within) =
        with_nested(scene, assemble::assemble(scene.document, &scene.lexicon.function_words));
    let speakers = Speakers { scene }.of(&attributed);
    let manners = Manners { scene }.of(&attributed, &speakers);
    let each = attributed.iter().zip(speakers).zip(manners).zip(within);
    let statement = |(((one, speakers), manner), within)| Statement {
        within,
        ..statement(scene.document, one, speakers, manner)
    };
    let mut statements: Vec<Statement> = each.map(statement).collect();
    relay(&mut statements);
    FoundStatements { statements, attributed }
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

impl FoundStatements {
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
