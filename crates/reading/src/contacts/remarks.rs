//! What a report says of a contact elsewhere: who was in the room, how long it lasted, which side has told of it.

use std::collections::BTreeMap;

use daybook_grammar::Match;
use daybook_record::{Kind, PartyKind, Schema, Sourced, Span};

use crate::contacts::account::Extras;
use crate::contacts::occasion::{Occasion, alike};
use crate::events::details;
use crate::events::telling::Scene;
use crate::parties::mention::What;
use crate::syntax::document::At;

/// For each occasion what the matches of the rules that yield no contact say of it.
pub(crate) fn gather(
    scene: &Scene<'_, '_>,
    occasions: &[Occasion],
    matches: &[(usize, Match<'_>)],
) -> Vec<Extras> {
    let mut extras: BTreeMap<usize, Extras> = BTreeMap::new();
    for (number, (line, found)) in matches.iter().enumerate() {
        let told = found.rule.yields.as_str();
        if !is_remark(told) {
            continue;
        }
        let about = occasion_of(scene, occasions, *line, found);
        let Some(about) = about else { continue };
        let extras = extras.entry(about).or_default();
        extras.remarks.push(number);
        apply(scene, extras, told, *line, found);
    }
    (0..occasions.len()).map(|i| extras.remove(&i).unwrap_or_default()).collect()
}

/// Whether a rule yields a remark on a contact told elsewhere.
fn is_remark(yields: &str) -> bool {
    Schema::current().class(yields).is_some_and(|class| class.family == "remark")
}

/// The occasion that a remark is about: the one told at its anchor, else the latest that its words allow.
fn occasion_of(
    scene: &Scene<'_, '_>,
    occasions: &[Occasion],
    line: usize,
    found: &Match<'_>,
) -> Option<usize> {
    let is_present = found.rule.yields == "present";
    let who: Vec<usize> = if is_present {
        attendants(scene, line, found).into_iter().map(|(id, _)| id).collect()
    } else {
        found.all("who").iter().flat_map(|&t| scene.cast.at(At { line, token: t }).to_vec()).collect()
    };
    let about = |o: &Occasion| who.iter().any(|id| o.members().any(|m| m == *id));
    let anchor = found.get("contact").map(|token| At { line, token });
    // Whoever is only present is no party.
    let told_at = |at: At| {
        let told = |o: &Occasion| o.tellings.iter().any(|t| t.at == at);
        occasions.iter().position(|o| told(o) && !(is_present && about(o)))
    };
    if let Some(number) = anchor.and_then(told_at) {
        return Some(number);
    }
    let kind = anchor.and_then(|at| scene.lexicon.noun_kind(scene.document.lines[at.line].lemma(at.token)));
    let fits = |o: &&(usize, &Occasion)| {
        let (_, o) = o;
        kind.is_none_or(|k| alike(o.kind, k))
            && o.tellings.iter().any(|t| t.at.line <= line && line - t.at.line <= 12)
            && !(is_present && about(o))
    };
    let near: Vec<(usize, &Occasion)> = occasions.iter().enumerate().filter(|o| fits(&o)).collect();
    let last = |o: &Occasion| {
        o.tellings
            .iter()
            .filter(|t| t.at.line <= line)
            .map(|t| (t.at.line, o.kind != Kind::Unspecified))
            .max()
    };
    let published = scene.document.earliest;
    near.iter()
        .max_by_key(|(i, o)| (about(o), !o.is_recalled(published), last(o), std::cmp::Reverse(*i)))
        .map(|(i, _)| *i)
}

fn apply(scene: &Scene<'_, '_>, extras: &mut Extras, told: &str, line: usize, found: &Match<'_>) {
    let here = &scene.document.lines[line];
    let span = details::evidence(here, found.trigger(), found.all("who"));
    match told {
        "present" => extras.present.extend(attendants(scene, line, found)),
        "readout" => readout(scene, extras, line, found),
        "direction" => extras.direction = initiator(scene, line, found).map(|id| (id, span)),
        _ => {}
    }
    if told != "readout" && told != "present" {
        extras.evidence.push(span);
    }
}

/// The persons at and below the captured token: "surrounded by senior staffers: A, B and C".
fn attendants(scene: &Scene<'_, '_>, line: usize, found: &Match<'_>) -> Vec<(usize, Span)> {
    let here = &scene.document.lines[line];
    let mut found_people = Vec::new();
    for &top in found.all("who") {
        let range = here.subtree(top);
        for (mention, means) in scene.cast.mentions.iter().zip(&scene.cast.means) {
            let inside = mention.line == line
                && !matches!(mention.what, What::Pronoun)
                && mention.heads.iter().any(|h| range.contains(h) && here.ancestors(*h).any(|a| a == top));
            let person = means.first().filter(|&&id| {
                scene.cast.entities[id].kind == PartyKind::Person && scene.cast.entities[id].name.is_some()
            });
            if let Some(&id) = person.filter(|_| inside) {
                found_people.push((id, here.span(mention.tokens.clone())));
            }
        }
    }
    found_people
}

/// Who released or withheld an account of the content.
fn readout(scene: &Scene<'_, '_>, extras: &mut Extras, line: usize, found: &Match<'_>) {
    let here = &scene.document.lines[line];
    // "Have not published", "neither side has published".
    let is_negator = |c: usize| scene.lexicon.function_words.negators.contains(&here.form(c).to_lowercase());
    let is_negated = here.dependents(found.trigger(), &["advmod", "aux", "det"]).any(is_negator)
        || found.all("who").iter().any(|&who| here.children(who).iter().any(|&c| is_negator(c)));
    let declined = found.rule.with.get("readout").is_some_and(|r| r == "withheld") || is_negated;
    let mut stack: Vec<usize> = found.all("who").to_vec();
    while let Some(token) = stack.pop() {
        for &id in scene.cast.at(At { line, token }) {
            let entity = &scene.cast.entities[id];
            let Some(name) = entity.name.clone().or(entity.office.clone()) else { continue };
            let side = if name.chars().count() < 80 { with_article(scene, line, token, &name) } else { name };
            let list =
                if declined { &mut extras.readout.withheld_by } else { &mut extras.readout.released_by };
            if list.iter().all(|s: &Sourced<String>| s.value != side) {
                list.push(Sourced::stated(side, here.span(token..token + 1)));
            }
        }
        stack.extend(here.dependents(token, &["conj"]));
    }
    extras.readout.withheld_by.sort_by_key(|s| s.evidence.spans.first().copied());
    extras.readout.released_by.sort_by_key(|s| s.evidence.spans.first().copied());
}

/// "The Kremlin" keeps the article with which it stands in the text.
fn with_article(scene: &Scene<'_, '_>, line: usize, token: usize, name: &str) -> String {
    let here = &scene.document.lines[line];
    let article = here.dependents(token, &["det"]).any(|d| here.form(d).eq_ignore_ascii_case("the"));
    if article && !name.starts_with("the ") { format!("the {name}") } else { name.to_string() }
}

/// "At the French side's initiative": whoever of the parties belongs to that side called.
fn initiator(scene: &Scene<'_, '_>, line: usize, found: &Match<'_>) -> Option<usize> {
    found.all("who").iter().flat_map(|&t| scene.cast.at(At { line, token: t })).next().copied()
}
