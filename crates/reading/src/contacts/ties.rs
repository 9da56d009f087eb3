//! Tells which statements bear on which contacts: those that tell of one, and those that speak of it.

use daybook_language::Upos;
use daybook_record::{
    Account, Act, Bearing, Claim, Doubt, Inferred, Participation, Party, Polarity, Sourced, Span, Statement,
    Tie,
};

use crate::contacts::occasion::{Occasion, alike};
use crate::events::telling::{Scene, Telling};
use crate::statements::FoundStatements;
use crate::statements::attributed::Attributed;
use crate::syntax::document::{At, Line};
use crate::words::lexicon::Lexicon;

/// So many lines back "the call" may mean a contact.
const REACH: usize = 8;
/// So many lines back "they" may mean those who met.
const REACH_BACK: usize = 2;
/// So many words up from a relative clause its noun may stand.
const REACH_UP: usize = 3;

/// A contact as ties look for it: the number of its account, and the account and occasion themselves.
pub(crate) struct TiedContact<'a> {
    pub number: usize,
    pub account: &'a Account,
    pub occasion: &'a Occasion,
}

/// Ties the statements of a report to the contacts that they bear on.
pub(crate) fn tie(
    said: &mut FoundStatements,
    scene: &Scene<'_, '_>,
    contacts: &[TiedContact<'_>],
    claims: &[Claim],
) {
    for (one, statement) in said.attributed.iter().zip(&mut said.statements) {
        if statement.speakers.is_empty() {
            statement.speakers = those_who_met(scene, contacts, one);
        }
        statement.contacts = of(scene, contacts, one, statement);
        if claims.iter().any(|claim| calls_false(statement, claim)) {
            statement.contacts.iter_mut().for_each(|tie| tie.value.bearing = Bearing::Denies);
        }
    }
    for number in 1..said.statements.len() {
        if said.statements[number].contacts.is_empty() && shares_sentence(said, number) {
            let of_before = said.statements[number - 1].contacts.iter().map(in_same_sentence);
            said.statements[number].contacts = of_before.collect();
        }
    }
}

/// Whether a statement is made by the same speakers in the same sentence as the one before.
fn shares_sentence(said: &FoundStatements, number: usize) -> bool {
    let cue = |n: usize| said.attributed[n].cue.as_ref().map(|cue| cue.line);
    let who = |n: usize| said.statements[n].speakers.iter().map(|s| &s.value);
    cue(number).is_some()
        && cue(number) == cue(number - 1)
        && who(number).next().is_some()
        && who(number).eq(who(number - 1))
}

/// "The reports that they met are false, she said": whether a statement itself calls a claim false.
fn calls_false(statement: &Statement, claim: &Claim) -> bool {
    claim.doubt.value == Doubt::False && claim.doubt.evidence.spans.iter().any(|&word| statement.covers(word))
}

/// The contacts on which a statement bears.
fn of(
    scene: &Scene<'_, '_>,
    contacts: &[TiedContact<'_>],
    one: &Attributed,
    statement: &Statement,
) -> Vec<Sourced<Tie>> {
    let mut found: Vec<Sourced<Tie>> = Vec::new();
    let mut add = |account: usize, bearing: Bearing, words: Span| {
        if found.iter().all(|tie| tie.value.account != account) {
            found.push(Sourced::stated(Tie { account, bearing }, words));
        }
    };
    for contact in contacts {
        if let Some(words) = told_in(scene, contact, one) {
            add(contact.number, bearing(scene, one, statement, Bearing::Tells), words);
        }
    }
    for contact in contacts {
        if let Some(words) = made_by(scene, contact, one) {
            add(contact.number, bearing(scene, one, statement, Bearing::About), words);
        }
    }
    for (at, words) in spoken_of(scene, one) {
        if let Some(contact) = meant(scene, contacts, at, statement) {
            add(contact.number, bearing(scene, one, statement, Bearing::About), words);
        }
    }
    found
}

/// "She met Max. They discussed the treaty": the parties of the contact told right before, whom "they" means.
fn those_who_met(
    scene: &Scene<'_, '_>,
    contacts: &[TiedContact<'_>],
    one: &Attributed,
) -> Vec<Sourced<Party>> {
    let Some(source) = &one.source else { return Vec::new() };
    let line = &scene.document.lines[source.line];
    let words = line.span(source.tokens.clone());
    if !line.words(source.tokens.clone()).eq_ignore_ascii_case("they") {
        return Vec::new();
    }
    let last = |c: &&TiedContact<'_>| {
        let lines = c.occasion.tellings.iter().map(|t| t.at.line).filter(|&l| l < source.line);
        lines.filter(|&l| scene.document.lines[l].part == line.part).max()
    };
    let near =
        |c: &&TiedContact<'_>| !c.account.aggregate && last(c).is_some_and(|l| source.line - l <= REACH_BACK);
    let Some(contact) = contacts.iter().filter(near).max_by_key(last) else { return Vec::new() };
    let why = Inferred::PronounForParties;
    let mean = |p: &Participation| {
        let spans = p.evidence.spans.iter().copied().chain([words]).collect::<Vec<_>>();
        Sourced::inferred(p.party.clone(), spans, why.clone())
    };
    contact.account.parties.iter().map(mean).collect()
}

/// What a statement is to a contact that it tells of or speaks of.
fn bearing(scene: &Scene<'_, '_>, one: &Attributed, statement: &Statement, plain: Bearing) -> Bearing {
    let confirms = one.cue.as_ref().is_some_and(|cue| {
        let line = &scene.document.lines[cue.line];
        cue.tokens.clone().any(|t| matches!(line.lemma(t), "confirm" | "acknowledge"))
    });
    match (statement.polarity.value, statement.act.value) {
        (Polarity::Denied, Act::Said) => Bearing::Denies,
        (Polarity::Declined, Act::Said) => Bearing::DeclinesComment,
        (Polarity::Affirmed, Act::Said) if confirms => Bearing::Confirms,
        (Polarity::Affirmed, Act::Said) => plain,
        _ => Bearing::About,
    }
}

/// The words of a contact's telling, parties and all, that stand in a statement's content.
fn told_in(scene: &Scene<'_, '_>, contact: &TiedContact<'_>, one: &Attributed) -> Option<Span> {
    let inside =
        |t: &&Telling| one.content.iter().any(|w| w.line == t.at.line && w.tokens.contains(&t.at.token));
    let telling = contact.occasion.tellings.iter().filter(|t| t.is_whole()).find(inside)?;
    Some(scene.document.lines[telling.at.line].span(telling.at.token..telling.at.token + 1))
}

/// "Called to congratulate her", "sent a letter wishing": the words that attribute tell the contact in which it was said.
fn made_by(scene: &Scene<'_, '_>, contact: &TiedContact<'_>, one: &Attributed) -> Option<Span> {
    let cue = one.cue.as_ref()?;
    let here = |t: &&Telling| {
        let clause = scene.document.lines[t.at.line].clause(t.at.token);
        t.at.line == cue.line && (cue.tokens.contains(&t.at.token) || cue.tokens.contains(&clause))
    };
    let telling = contact.occasion.tellings.iter().find(here)?;
    Some(scene.document.lines[cue.line].span(telling.at.token..telling.at.token + 1))
}

/// The nouns in a statement's content, or among the other words of its clause, that may mean a contact told elsewhere.
fn spoken_of(scene: &Scene<'_, '_>, one: &Attributed) -> Vec<(At, Span)> {
    let mut found = Vec::new();
    for words in one.content.iter().chain(&one.cue) {
        let line = &scene.document.lines[words.line];
        let beside = one.cue.iter().filter(|cue| cue.line == words.line).flat_map(|cue| {
            let verb = line.clause(cue.head(scene.document));
            line.dependents(verb, &["obl", "obj", "nsubj"]).collect::<Vec<_>>()
        });
        for token in words.tokens.clone().chain(beside) {
            let noun = if names_contact(line, token, scene.lexicon) {
                Some(token)
            } else {
                antecedent(line, token, scene.lexicon).filter(|_| one.cue.as_ref() == Some(words))
            };
            if let Some(noun) = noun {
                found.push((At { line: words.line, token: noun }, line.span(token..token + 1)));
            }
        }
    }
    found
}

/// "The call", "his letter", "this meeting".
fn names_contact(line: &Line<'_>, token: usize, lexicon: &Lexicon) -> bool {
    let definite = |d: usize| {
        line.token(d).relation == "nmod:poss"
            || line.relation(d) == "det"
                && lexicon.function_words.definite_contact.contains(&line.form(d).to_lowercase())
    };
    // "The call for sanctions" is none on the telephone.
    let demand =
        line.dependents(token, &["nmod", "acl"]).any(|d| matches!(line.marker(d).as_str(), "for" | "to"));
    line.upos(token) == Upos::Noun
        && !demand
        && lexicon.noun_kind(line.lemma(token)).is_some()
        && line.children(token).iter().any(|&d| definite(d))
}

/// "A letter, which he described as a kind one and thanked her for": the noun for a contact at or above the one to which
/// the relative clause of a verb belongs.
fn antecedent(line: &Line<'_>, verb: usize, lexicon: &Lexicon) -> Option<usize> {
    let joined = |&t: &usize| line.relation(t) == "conj" || line.token(t).relation == "acl:relcl";
    let clause = line.ancestors(verb).take_while(joined).find(|&t| line.token(t).relation == "acl:relcl")?;
    let above = line.ancestors(clause).skip(1).take(REACH_UP);
    above
        .into_iter()
        .find(|&noun| line.upos(noun) == Upos::Noun && lexicon.noun_kind(line.lemma(noun)).is_some())
}

/// The contact that a noun means: the one told there, else the latest of its kind told before, one of the speaker's first.
fn meant<'c, 'a>(
    scene: &Scene<'_, '_>,
    contacts: &'c [TiedContact<'a>],
    at: At,
    statement: &Statement,
) -> Option<&'c TiedContact<'a>> {
    let told_here =
        |c: &&TiedContact<'_>| !c.account.aggregate && c.occasion.tellings.iter().any(|t| t.at == at);
    if let Some(contact) = contacts.iter().find(told_here) {
        return Some(contact);
    }
    let line = &scene.document.lines[at.line];
    let kind = scene.lexicon.noun_kind(line.lemma(at.token))?;
    let last =
        |c: &TiedContact<'_>| c.occasion.tellings.iter().map(|t| t.at.line).filter(|&l| l <= at.line).max();
    let near = |c: &&TiedContact<'_>| {
        alike(c.account.kind.value, kind) && last(c).is_some_and(|l| at.line - l <= REACH)
    };
    let of_side = |c: &TiedContact<'_>| {
        let country = |p: &daybook_record::Party| p.country.clone();
        let lands = statement.speakers.iter().filter_map(|s| country(&s.value));
        let lands: Vec<String> = lands.collect();
        c.account.parties.iter().any(|p| p.party.country.as_ref().is_some_and(|own| lands.contains(own)))
    };
    let coming =
        line.dependents(at.token, &["amod"]).any(|a| scene.lexicon.statuses.coming.contains(line.lemma(a)));
    let rank = |c: &&TiedContact<'_>| {
        let recalled = c.occasion.is_recalled(scene.document.earliest) && !coming;
        (!c.account.aggregate, of_side(c), !recalled, last(c), std::cmp::Reverse(c.number))
    };
    contacts.iter().filter(near).max_by_key(rank)
}

/// The tie of a statement made in the same sentence.
fn in_same_sentence(tie: &Sourced<Tie>) -> Sourced<Tie> {
    let spans = tie.evidence.spans.clone();
    let value = Tie { bearing: Bearing::About, ..tie.value };
    Sourced::inferred(value, spans, Inferred::SaidInSameSentence)
}
