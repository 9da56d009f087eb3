//! Puts the tellings of one occasion in one report together: however often it is named, it is one account.
//!
//! The model says how surely two tellings are of one occasion; what the parties, the days and the kinds of both say for or
//! against it is weighed with that. Clusters grow from the surest pair on, by the mean over all pairs between them.

use std::collections::BTreeSet;

use daybook_language::Frame;
use daybook_record::{Kind, PartyKind, Span};

use crate::contacts::complete;
use crate::contacts::occasion::{Occasion, alike, is_over};
use crate::events::telling::{Scene, Telling};
use crate::parties::cast::{Cast, Id};
use crate::words::sign_weights::SignWeights;

/// How surely two frames are of one occasion, by their numbers.
pub(crate) type Same = Vec<Vec<(usize, f32)>>;

/// The most tellings of a report that are compared with each other.
const MAX_TELLINGS: usize = 600;

/// The occasions of a report, in the order of their first telling.
pub(crate) fn group(scene: &Scene<'_, '_>, tellings: Vec<Telling>, same: &Same) -> Vec<Occasion> {
    let cast = scene.cast;
    let weights = PairWeights::of(&scene.lexicon.occasions);
    let mut found: Vec<(usize, Occasion)> = Vec::new();
    let mut first = 0;
    let mut rest = tellings;
    while !rest.is_empty() {
        let later = rest.split_off(rest.len().min(MAX_TELLINGS));
        let size = rest.len();
        let mut short = Vec::new();
        for cluster in clusters(&rest, same, scene, &weights) {
            let at = first + cluster[0];
            let members: Vec<Telling> = cluster.iter().map(|&i| rest[i].clone()).collect();
            match Occasion::of(members.clone(), cast) {
                Some(occasion) => found.push((at, occasion)),
                None => short.push((at, members)),
            }
        }
        found.sort_by_key(|(at, _)| *at);
        for (at, mut members) in short {
            complete::complete(&mut members, found.iter().map(|(_, occasion)| occasion), cast);
            let Some(occasion) = Occasion::of(members, cast) else { continue };
            match found.iter_mut().find(|(_, known)| is_one(known, &occasion, cast)) {
                Some((_, known)) => known.join(occasion, cast),
                None => found.push((at, occasion)),
            }
        }
        first += size;
        rest = later;
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, occasion)| occasion).collect()
}

/// Whether what is told of sides that had to be found is what the report tells of the same sides on the same day elsewhere.
fn is_one(known: &Occasion, other: &Occasion, cast: &Cast<'_>) -> bool {
    let sides = other.members().all(|m| known.members().any(|k| k == m || cast.same_side(k, m)));
    let one_day = known.date().is_some() && known.date() == other.date();
    sides && one_day && known.kind == other.kind && known.parties.len() == other.parties.len()
}

/// Numbers of tellings by occasion, in order.
fn clusters(
    tellings: &[Telling],
    same: &Same,
    scene: &Scene<'_, '_>,
    weights: &PairWeights,
) -> Vec<Vec<usize>> {
    let count = tellings.len();
    let mut weight = vec![0.0; count * count];
    let mut pairs = Vec::new();
    for i in 0..count {
        for j in 0..i {
            let value = evidence(&tellings[i], &tellings[j], same, scene, weights);
            weight[i * count + j] = value;
            weight[j * count + i] = value;
            if value > 0.0 {
                pairs.push((value, j, i));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut cluster: Vec<usize> = (0..count).collect();
    let mut members: Vec<Vec<usize>> = (0..count).map(|i| vec![i]).collect();
    for (_, i, j) in pairs {
        let (a, b) = (cluster[i].min(cluster[j]), cluster[i].max(cluster[j]));
        if a == b {
            continue;
        }
        let between = members[a].iter().flat_map(|&x| members[b].iter().map(move |&y| (x, y)));
        let (sum, number) =
            between.fold((0.0, 0.0), |(sum, number), (x, y)| (sum + weight[x * count + y], number + 1.0));
        if sum / number > 0.0 {
            let moved = std::mem::take(&mut members[b]);
            moved.iter().for_each(|&m| cluster[m] = a);
            members[a].extend(moved);
            members[a].sort_unstable();
        }
    }
    members.retain(|m| !m.is_empty());
    members
}

/// What is seen of two tellings that may be of one occasion.
const SIGNS: [&str; 29] = [
    "by the model",
    "too far apart for the model",
    "the same parties",
    "parties of the one and more",
    "a party in common",
    "no party in common",
    "one names none",
    "one names a party of the other",
    "one names another party",
    "neither names both sides",
    "the same day",
    "days that overlap",
    "one without a day",
    "both without a day",
    "the same parties without a day",
    "the same kind",
    "kinds of one way",
    "kinds of two ways",
    "a visit and another kind",
    "statuses in common",
    "the same sentence",
    "sentences between, doubling",
    "one in the title",
    "one of several told together",
    "the same word",
    "the same word, told as known",
    "the later told as known",
    "the same place",
    "two places",
];

/// The evidence, as log odds, that two tellings are of one occasion: a logistic regression fitted by `training/contacts/occasions.py`.
/// Nothing outweighs what can't be.
fn evidence(a: &Telling, b: &Telling, same: &Same, scene: &Scene<'_, '_>, weights: &PairWeights) -> f32 {
    const NEVER: f32 = -1000.0;
    if apart(a, b, scene.cast) {
        return NEVER;
    }
    let signs = signs(a, b, same, scene);
    weights.intercept + weights.signs.iter().zip(signs).map(|(weight, sign)| weight * sign).sum::<f32>()
}

/// Two tellings that may be of one occasion, as far as laws go.
#[derive(Debug, Clone, PartialEq)]
pub struct TellingPair {
    /// The words that tell it, in the order of the text.
    pub triggers: [Span; 2],
    /// What is seen of the two, by name.
    pub signs: Vec<(&'static str, f32)>,
}

/// The pairs of a report's tellings that no law holds apart.
pub(crate) fn pairs(scene: &Scene<'_, '_>, tellings: &[Telling], same: &Same) -> Vec<TellingPair> {
    let trigger = |t: &Telling| scene.document.lines[t.at.line].span(t.at.token..t.at.token + 1);
    let mut found = Vec::new();
    for (number, b) in tellings.iter().enumerate().take(MAX_TELLINGS) {
        for a in tellings[..number].iter().filter(|a| !apart(a, b, scene.cast)) {
            let signs = SIGNS.into_iter().zip(signs(a, b, same, scene)).collect();
            found.push(TellingPair { triggers: [trigger(a), trigger(b)], signs });
        }
    }
    found
}

/// The weights of the signs in their order.
struct PairWeights {
    intercept: f32,
    signs: [f32; SIGNS.len()],
}

impl PairWeights {
    fn of(weights: &SignWeights) -> PairWeights {
        PairWeights { intercept: weights.intercept, signs: SIGNS.map(|sign| weights.of(sign)) }
    }
}

fn signs(a: &Telling, b: &Telling, same: &Same, scene: &Scene<'_, '_>) -> [f32; SIGNS.len()] {
    let cast = scene.cast;
    let is = |holds: bool| if holds { 1.0 } else { 0.0 };
    let by_model = compared(a, b, same);
    let (strange_a, strange_b) = (strangers(a, b, cast), strangers(b, a, cast));
    let whole = a.is_whole() && b.is_whole();
    let neither = !a.is_whole() && !b.is_whole();
    let common = strange_a < a.parties.len() || strange_b < b.parties.len();
    let (fewer, more) = (strange_a.min(strange_b), strange_a.max(strange_b));
    let none = a.parties.is_empty() || b.parties.is_empty();
    let (dated_a, dated_b) = (a.date.is_some(), b.date.is_some());
    let one_day = matches!((&a.date, &b.date), (Some((a, _)), Some((b, _))) if a == b);
    let (kind_a, kind_b) = (a.kind(), b.kind());
    let lines = a.at.line.abs_diff(b.at.line) as f32;
    let lemma = |t: &Telling| scene.document.lines[t.at.line].lemma(t.at.token).to_lowercase();
    let (same_word, known) = (lemma(a) == lemma(b), is_known(if a.at < b.at { b } else { a }, scene));
    let places = a.place.as_ref().zip(b.place.as_ref());
    [
        by_model.map_or(0.0, log_odds),
        is(by_model.is_none()),
        is(whole && more == 0),
        is(whole && fewer == 0 && more > 0),
        is(whole && fewer > 0 && common),
        is(whole && !common),
        is(!whole && none),
        is(!whole && !none && fewer == 0),
        is(!whole && !none && fewer > 0),
        is(neither),
        is(one_day),
        is(dated_a && dated_b && !one_day),
        is(dated_a != dated_b),
        is(!dated_a && !dated_b),
        is(whole && more == 0 && !(dated_a && dated_b)),
        is(kind_a == kind_b),
        is(kind_a != kind_b && alike(kind_a, kind_b)),
        is(!alike(kind_a, kind_b)),
        is((kind_a == Kind::Visit) != (kind_b == Kind::Visit)),
        a.statuses.iter().map(|(s, sure)| sure * share(&b.statuses, *s)).sum(),
        is(a.at.line == b.at.line),
        (1.0 + lines).log2(),
        is(a.evidence.part != b.evidence.part),
        is(a.is_split || b.is_split),
        is(same_word && !known),
        is(same_word && known),
        is(!same_word && known),
        is(places.is_some_and(|(a, b)| a.words == b.words)),
        is(places.is_some_and(|(a, b)| a.words != b.words)),
    ]
}

/// "The talks", "their meeting", "this visit": what the reader is taken to know of.
fn is_known(telling: &Telling, scene: &Scene<'_, '_>) -> bool {
    let line = &scene.document.lines[telling.at.line];
    let definite = |word: String| scene.lexicon.function_words.definite_contact.contains(&word);
    line.dependents(telling.at.token, &["det", "nmod:poss"]).any(|d| definite(line.form(d).to_lowercase()))
}

fn share<T: PartialEq>(values: &[(T, f32)], of: T) -> f32 {
    values.iter().find(|(value, _)| *value == of).map_or(0.0, |(_, sure)| *sure)
}

fn log_odds(sure: f32) -> f32 {
    let sure = sure.clamp(0.001, 0.999);
    (sure / (1.0 - sure)).ln()
}

fn compared(a: &Telling, b: &Telling, same: &Same) -> Option<f32> {
    let (a, b) = (a.frame?, b.frame?);
    let (early, late) = (a.min(b), a.max(b));
    same.get(late)?.iter().find(|(other, _)| *other == early).map(|(_, sure)| *sure)
}

/// Whether two tellings can't be of one occasion: they are of one trigger, of different days, of other sides, told
/// one after the other, or of visits to different states.
fn apart(a: &Telling, b: &Telling, cast: &Cast<'_>) -> bool {
    let of_days = matches!((&a.date, &b.date), (Some((a, _)), Some((b, _))) if !a.overlaps(b))
        || is_long_before(a, b)
        || is_long_before(b, a);
    let both_visits = a.kind() == Kind::Visit && b.kind() == Kind::Visit;
    let lands = destinations(a, cast);
    let elsewhere = |b: &Telling| {
        let others = destinations(b, cast);
        !lands.is_empty() && !others.is_empty() && lands.is_disjoint(&others)
    };
    a.at == b.at || of_days || of_sides(a, b, cast) || in_order(a, b) || both_visits && elsewhere(b)
}

/// Whether a telling is of a day long before that on which an official account opens.
fn is_long_before(telling: &Telling, opening: &Telling) -> bool {
    is_over(telling.date.as_ref().map(|(date, _)| date), opening.supposed)
}

/// Whether both name their sides, and have none in common, or two and not the same two.
fn of_sides(a: &Telling, b: &Telling, cast: &Cast<'_>) -> bool {
    let named = |t: &Telling| t.is_whole() && t.parties.iter().all(|p| p.by_name);
    let strange = |a: &Telling, b: &Telling| strangers(a, b, cast) == a.parties.len();
    named(a) && named(b) && (strange(a, b) && strange(b, a) || other_side(a, b, cast))
}

/// Whether each tells of two sides, one of them the same and the others of different countries: "phoned A", "phoned B".
fn other_side(a: &Telling, b: &Telling, cast: &Cast<'_>) -> bool {
    let odd = |one: &Telling, other: &Telling| {
        let known = |id: Id| other.ids().any(|o| cast.same_side(id, o) || cast.stands_for(id, o));
        let mut odd = one.ids().filter(|&id| !known(id));
        odd.next().filter(|_| odd.next().is_none()).and_then(|id| cast.entities[id].countries.first())
    };
    let two = |t: &Telling| t.parties.len() == 2 && t.kind() != Kind::Gathering;
    two(a) && two(b) && matches!((odd(a, b), odd(b, a)), (Some(a), Some(b)) if a != b)
}

/// Whether one is told to come before or after the other.
fn in_order(a: &Telling, b: &Telling) -> bool {
    let other = |t: &Telling, of: &Telling| t.apart_from.iter().any(|&c| c == of.at.token || c == of.clause);
    a.at.line == b.at.line && (other(a, b) || other(b, a))
}

/// The states that a visit is told to go to: where its place lies, or which its telling names as parties.
fn destinations<'t>(telling: &'t Telling, cast: &'t Cast<'_>) -> BTreeSet<&'t String> {
    let state = |id: Id| &cast.entities[id];
    let states = telling.ids().map(state).filter(|e| e.kind == PartyKind::State);
    let of_place = telling.place.as_ref().and_then(|place| place.country.as_ref());
    states.filter_map(|e| e.countries.first()).chain(of_place).collect()
}

/// How many parties of the one telling the other does not name.
fn strangers(one: &Telling, other: &Telling, cast: &Cast<'_>) -> usize {
    let known = |id: usize| other.ids().any(|o| cast.same_side(id, o) || cast.stands_for(id, o));
    one.ids().filter(|&id| !known(id)).count()
}

/// The frames that tellings may be made of.
pub(crate) fn same_occasion(language: &daybook_language::Language, frames: &[Frame]) -> Same {
    if frames.is_empty() { Vec::new() } else { language.same_occasion(frames) }
}
