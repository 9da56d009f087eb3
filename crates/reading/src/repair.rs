//! Makes a title and the name behind it one unit of the tree, where the parser has torn them apart.
//!
//! "Had talks with Prime Minister of Armenia Nikol Pashinyan" is easily parsed as if the name belonged to the country. Titles and
//! names are known here, so the tree can be put right before rules look at it.

use std::ops::Range;

use daybook_language::{Analysis, NameKind, Sentence, Upos};

use crate::lexicon::Lexicon;
use crate::mentions::{Mention, What};

/// Puts the trees of a text right by the mentions found in it; a mention's line is the number of the sentence plus `offset`.
pub(crate) fn repair(analysis: &mut Analysis, mentions: &[Mention<'_>], offset: usize, lexicon: &Lexicon) {
    analysis.sentences.iter_mut().for_each(one_subject);
    analysis.sentences.iter_mut().for_each(shared_last_word);
    analysis.sentences.iter_mut().for_each(headline);
    analysis.sentences.iter_mut().for_each(|sentence| sent_to(sentence, lexicon));
    for (place, mention) in mentions.iter().enumerate() {
        let person = matches!(mention.what, What::Person { .. });
        let Some(number) = mention.line.checked_sub(offset).filter(|_| person) else { continue };
        let Some(sentence) = analysis.sentences.get_mut(number) else { continue };
        if let Some(main) = unite(sentence, &mention.tokens) {
            anchor(sentence, &mention.tokens, main);
            own(sentence, &mention.tokens, main, &mentions[..place], mention.line);
        }
        let moved = who_is_near(analysis, &analysis.sentences[number], &mention.tokens);
        if let Some((verb, person)) = moved {
            analysis.sentences[number].tokens[verb].head = Some(person);
        }
    }
}

/// "North and South Korea": the first word stands for a whole name, and is joined to the second name or, before a noun, beside it.
fn shared_last_word(sentence: &mut Sentence) {
    for at in 0..sentence.tokens.len().saturating_sub(3) {
        let (second, noun) = (at + 2, at + 3);
        let compass = |t: usize| {
            matches!(sentence.tokens[t].lemma.to_lowercase().as_str(), "north" | "south" | "east" | "west")
        };
        let below = |t: usize, heads: [usize; 2]| sentence.tokens[t].head.is_some_and(|h| heads.contains(&h));
        let pair = compass(at) && compass(second) && sentence.tokens[at + 1].upos == Upos::Cconj;
        if !pair || !below(at, [second, noun]) || below(noun, [at, second]) {
            continue;
        }
        let (head, relation) = (sentence.tokens[noun].head, sentence.tokens[noun].relation);
        let before_noun = matches!(relation, "amod" | "compound");
        sentence.tokens[at].head = if before_noun { head } else { Some(noun) };
        sentence.tokens[at].relation = if before_noun { relation } else { "conj" };
        sentence.tokens[second].head = Some(noun);
        sentence.tokens[second].relation = "compound";
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

/// "Macron to meet Scholz": a headline's name is the subject of its infinitive, where nothing else tells of a deed.
fn headline(sentence: &mut Sentence) {
    let told = |t: &daybook_language::Token| matches!(t.xpos, "VBD" | "VBZ" | "VBP" | "MD");
    let name = sentence.tokens.iter().position(|t| t.head.is_none() && t.upos == Upos::Propn);
    let Some(name) = name.filter(|_| !sentence.tokens.iter().any(told)) else { return };
    let deed = |at: usize| {
        let token = &sentence.tokens[at];
        let to = |t: &daybook_language::Token| t.head == Some(at) && t.relation == "mark" && t.lemma == "to";
        token.head == Some(name) && token.xpos == "VB" && sentence.tokens.iter().any(to)
    };
    let Some(verb) = (name + 1..sentence.tokens.len()).find(|&at| deed(at)) else { return };
    (sentence.tokens[verb].head, sentence.tokens[verb].relation) = (None, "root");
    (sentence.tokens[name].head, sentence.tokens[name].relation) = (Some(verb), "nsubj");
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
fn unite(sentence: &mut Sentence, run: &Range<usize>) -> Option<usize> {
    let outside = |t: usize| sentence.tokens[t].head.is_none_or(|head| !run.contains(&head));
    let tops: Vec<usize> =
        run.clone().filter(|&t| outside(t) && sentence.tokens[t].upos != Upos::Punct).collect();
    let loose = |t: usize| {
        matches!(
            sentence.tokens[t].relation,
            "appos" | "flat" | "compound" | "nmod:desc" | "amod" | "case" | "det"
        )
    };
    let &main = tops.iter().find(|&&t| !loose(t)).or(tops.first())?;
    for &top in tops.iter().filter(|&&t| t != main) {
        sentence.tokens[top].head = Some(main);
        sentence.tokens[top].relation = "flat";
    }
    let before = preposition(sentence, run);
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let hangs = !run.contains(&at) && token.head.is_some_and(|head| run.contains(&head) && head != main);
        if hangs && (token.relation == "conj" || Some(at) == before || token.relation.starts_with("acl")) {
            sentence.tokens[at].head = Some(main);
        }
    }
    if let Some(at) = before.filter(|&at| sentence.tokens[at].head == Some(main)) {
        sentence.tokens[at].relation = "case";
    }
    Some(main)
}

/// The preposition before a run, an article and whatever else describes the run passed over.
fn preposition(sentence: &Sentence, run: &Range<usize>) -> Option<usize> {
    let describes = |t: usize| {
        let token = &sentence.tokens[t];
        let below = token.head.is_some_and(|head| run.contains(&head));
        token.upos == Upos::Det || below && matches!(token.upos, Upos::Adj | Upos::Num | Upos::Noun)
    };
    let before = (0..run.start).rev().find(|&t| !describes(t))?;
    matches!(sentence.tokens[before].upos, Upos::Adp | Upos::Sconj).then_some(before)
}

/// Hangs a person up anew whom the parser took for a part of something else: before the verb as its subject, behind a
/// preposition as its oblique, right behind the verb as its object, behind "and" or a comma as one more of a list.
fn anchor(sentence: &mut Sentence, run: &Range<usize>, main: usize) {
    let token = |at: usize| &sentence.tokens[at];
    let case = preposition(sentence, run);
    let Some(head) =
        token(main).head.filter(|head| !run.contains(head) && is_lost(sentence, run, main, case))
    else {
        return;
    };
    let verb = |at: &usize| token(*at).upos == Upos::Verb && matches!(token(*at).xpos, "VBD" | "VBZ" | "VBP");
    let opens = run.start == 0 || run.start == 2 && token(1).upos == Upos::Punct;
    let next = Some(run.end).filter(|&t| opens && t < sentence.tokens.len() && verb(&t));
    let object = |verb: usize| sentence.tokens.iter().any(|t| t.head == Some(verb) && t.relation == "obj");
    let governor = (0..case.unwrap_or(run.start)).rev().find(verb);
    let listed = run.start > 0 && matches!(token(run.start - 1).upos, Upos::Cconj | Upos::Punct);
    let (head, relation) = match (next, governor) {
        (Some(verb), _) => (verb, "nsubj"),
        (None, Some(verb)) if case.is_some() => (verb, "obl"),
        (None, _) if listed && head < run.start => (head, "conj"),
        (None, Some(verb)) if !listed && !object(verb) => (verb, "obj"),
        _ => return,
    };
    if let Some(at) = case.filter(|_| relation == "obl") {
        (sentence.tokens[at].head, sentence.tokens[at].relation) = (Some(main), "case");
    }
    (sentence.tokens[main].head, sentence.tokens[main].relation) = (Some(head), relation);
}

/// Whether a person hangs where none can: inside another's name, as a clause, on a place, before what it explains.
fn is_lost(sentence: &Sentence, run: &Range<usize>, main: usize, case: Option<usize>) -> bool {
    let token = &sentence.tokens[main];
    let Some(head) = token.head else { return false };
    let place =
        |at: usize| sentence.names.iter().any(|n| n.kind == NameKind::Place && n.tokens.contains(&at));
    match token.relation {
        // "The Doe residence" is a house.
        "compound" | "amod" => head < main || sentence.tokens[head].upos == Upos::Propn,
        "flat" | "nmod:desc" | "dep" => true,
        "advcl" | "ccomp" | "acl" => case.is_some(),
        "appos" => head > main,
        "nmod" => case.is_some() && place(head),
        // "Received in the palace President Doe": the preposition is another's.
        "obl" => case.is_none() && run.start > 0 && sentence.tokens[run.start - 1].upos == Upos::Propn,
        _ => false,
    }
}

/// "The chancellor's adviser Jane Doe": whoever works for another person takes that person's place in the sentence.
fn own(sentence: &mut Sentence, run: &Range<usize>, main: usize, before: &[Mention<'_>], line: usize) {
    let owner = before
        .iter()
        .rev()
        .find(|m| m.line == line && m.tokens.end + 1 == run.start && matches!(m.what, What::Person { .. }));
    let Some(owner) = owner.filter(|m| sentence.tokens[m.tokens.end].relation == "case") else { return };
    let inside = |t: usize| owner.tokens.contains(&t);
    let Some(top) = owner.tokens.clone().find(|&t| sentence.tokens[t].head.is_none_or(|h| !inside(h))) else {
        return;
    };
    if !sentence.tokens[main].head.is_some_and(inside) {
        return;
    }
    (sentence.tokens[main].head, sentence.tokens[main].relation) =
        (sentence.tokens[top].head, sentence.tokens[top].relation);
    (sentence.tokens[top].head, sentence.tokens[top].relation) = (Some(main), "nmod:poss");
    for token in &mut sentence.tokens[..owner.tokens.start] {
        if token.upos == Upos::Adp && token.head == Some(top) {
            token.head = Some(main);
        }
    }
}
