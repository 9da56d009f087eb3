//! Makes a title and the name behind it one unit of the tree, where the parser has torn them apart.
//!
//! "Had talks with Prime Minister of Armenia Nikol Pashinyan" is easily parsed as if the name belonged to the country. Titles and
//! names are known here, so the tree can be put right before rules look at it.

use std::ops::Range;

use daybook_language::{Analysis, Sentence, Upos};

use crate::lexicon::Lexicon;
use crate::mentions::{Mention, What};

/// Puts the trees of a text right by the mentions found in it; a mention's line is the number of the sentence plus `offset`.
pub(crate) fn repair(analysis: &mut Analysis, mentions: &[Mention<'_>], offset: usize, lexicon: &Lexicon) {
    analysis.sentences.iter_mut().for_each(one_subject);
    analysis.sentences.iter_mut().for_each(|sentence| sent_to(sentence, lexicon));
    for mention in mentions.iter().filter(|m| matches!(m.what, What::Person { .. })) {
        let Some(number) = mention.line.checked_sub(offset) else { continue };
        let Some(sentence) = analysis.sentences.get_mut(number) else { continue };
        if mention.tokens.len() > 1 {
            unite(sentence, &mention.tokens);
        }
        let moved = who_is_near(analysis, &analysis.sentences[number], &mention.tokens);
        if let Some((verb, person)) = moved {
            analysis.sentences[number].tokens[verb].head = Some(person);
        }
    }
}

/// An active verb has one subject; a second one that stands behind it is its object ("Biden phoned Prime Minister Modi").
fn one_subject(sentence: &mut Sentence) {
    let subjects = |of: usize| {
        let tokens = sentence.tokens.iter().enumerate();
        tokens
            .filter(move |(_, t)| t.head == Some(of) && t.relation == "nsubj")
            .map(|(at, _)| at)
            .collect::<Vec<_>>()
    };
    let verbs = (0..sentence.tokens.len()).filter(|&t| sentence.tokens[t].upos == Upos::Verb);
    let second: Vec<usize> = verbs
        .filter_map(|verb| match subjects(verb)[..] {
            [before, after] if before < verb && verb < after => Some(after),
            _ => None,
        })
        .collect();
    for at in second {
        match headless_clause(sentence, at) {
            Some(clause) => {
                sentence.tokens[at].head = Some(clause);
                sentence.tokens[at].relation = "nsubj";
            }
            None => sentence.tokens[at].relation = "obj",
        }
    }
}

/// "Sent her to meet him", "invited him to visit": whoever is sent or invited does it.
fn sent_to(sentence: &mut Sentence, lexicon: &Lexicon) {
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let Some(up) = token.head.filter(|&up| token.relation == "advcl" && up < at) else { continue };
        let child = |of: usize, relation: &str| {
            sentence.tokens.iter().position(|t| t.head == Some(of) && t.relation == relation)
        };
        let infinitive = child(at, "mark").is_some_and(|m| sentence.tokens[m].lemma == "to");
        let object = child(up, "obj").is_some_and(|o| up < o && o < at);
        if infinitive && object && lexicon.statuses.sends.contains(&sentence.tokens[up].lemma) {
            sentence.tokens[at].relation = "xcomp";
        }
    }
}

/// "An official said Ada, the chief, told Max": the clause behind a second subject that has none of its own.
fn headless_clause(sentence: &Sentence, subject: usize) -> Option<usize> {
    let verb = sentence.tokens[subject].head?;
    let own = |clause: usize| {
        let of = |t: &daybook_language::Token| t.head == Some(clause) && t.relation.starts_with("nsubj");
        sentence.tokens.iter().any(of)
    };
    (subject + 1..sentence.tokens.len())
        .find(|&t| sentence.tokens[t].head == Some(verb) && sentence.tokens[t].relation == "ccomp" && !own(t))
}

/// "The line between Ada and Max, who will meet Eve": a clause with "who" behind a person's name is about that person.
fn who_is_near(analysis: &Analysis, sentence: &Sentence, run: &Range<usize>) -> Option<(usize, usize)> {
    let is = |at: usize, form: &str| {
        sentence.tokens.get(at).is_some_and(|t| analysis.form(t).eq_ignore_ascii_case(form))
    };
    let who = if is(run.end, ",") { run.end + 1 } else { run.end };
    let verb = sentence.tokens.get(who).filter(|_| is(who, "who") || is(who, "whom"))?.head?;
    let main = run.clone().find(|&t| sentence.tokens[t].head.is_none_or(|head| !run.contains(&head)))?;
    let clause = sentence.tokens.get(verb).filter(|t| t.relation.starts_with("acl"))?;
    (clause.head != Some(main) && verb > who).then_some((verb, main))
}

/// Gives a run of tokens one head, to which its preposition and whatever is joined to it belong.
fn unite(sentence: &mut Sentence, run: &Range<usize>) {
    let outside = |t: usize| sentence.tokens[t].head.is_none_or(|head| !run.contains(&head));
    let tops: Vec<usize> =
        run.clone().filter(|&t| outside(t) && sentence.tokens[t].upos != Upos::Punct).collect();
    let loose = |t: usize| {
        matches!(
            sentence.tokens[t].relation,
            "appos" | "flat" | "compound" | "nmod:desc" | "amod" | "case" | "det"
        )
    };
    let Some(&main) = tops.iter().find(|&&t| !loose(t)).or(tops.first()) else { return };
    for &top in tops.iter().filter(|&&t| t != main) {
        sentence.tokens[top].head = Some(main);
        sentence.tokens[top].relation = "flat";
    }
    let before = (0..run.start).rev().find(|&t| sentence.tokens[t].upos != Upos::Det);
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let hangs = !run.contains(&at) && token.head.is_some_and(|head| run.contains(&head) && head != main);
        if hangs
            && (token.relation == "conj"
                || Some(at) == before && token.upos == Upos::Adp
                || token.relation.starts_with("acl"))
        {
            sentence.tokens[at].head = Some(main);
        }
    }
}
