//! Makes a title and the name behind it one unit of the tree, where the parser has torn them apart.
//!
//! "Had talks with Prime Minister of Armenia Nikol Pashinyan" is easily parsed as if the name belonged to the country. Titles and
//! names are known here, so the tree can be put right before rules look at it.

use std::ops::Range;

use daybook_language::{Analysis, NameKind, Sentence, Tree, Upos};

use crate::parties::mention::{Mention, What};
use crate::syntax::straighten;
use crate::words::lexicon::Lexicon;

/// Puts the trees of a text right by the mentions found in it; a mention's line is the number of the sentence plus `offset`.
pub(crate) fn repair(analysis: &mut Analysis, mentions: &[Mention<'_>], offset: usize, lexicon: &Lexicon) {
    straighten::straighten(analysis, lexicon);
    for (place, mention) in mentions.iter().enumerate() {
        let person = matches!(mention.what, What::Person { .. });
        let Some(number) = mention.line.checked_sub(offset).filter(|_| person) else { continue };
        let Some(sentence) = analysis.sentences.get_mut(number) else { continue };
        straighten::change_tree(sentence, |sentence| {
            if let Some(main) = unite(sentence, &mention.tokens) {
                no_clause(sentence, main);
                anchor(sentence, &mention.tokens, main);
                own(sentence, &mention.tokens, main, &mentions[..place], mention.line);
            }
        });
        let moved = who_is_near(analysis, &analysis.sentences[number], &mention.tokens);
        if let Some((verb, person)) = moved {
            let sentence = &mut analysis.sentences[number];
            straighten::change_tree(sentence, |sentence| sentence.tokens[verb].head = Some(person));
        }
    }
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
            "appos" | "flat" | "compound" | "nmod:desc" | "amod" | "case" | "det" | "advcl" | "acl" | "dep"
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

/// "He, along with President-elect Jane Doe": a name with a preposition is no clause, whatever its title looks like.
fn no_clause(sentence: &mut Sentence, main: usize) {
    let token = &sentence.tokens[main];
    let relation = match token.relation {
        "acl" => "nmod",
        "advcl" => "obl",
        _ => return,
    };
    let tree = Tree::new(sentence);
    let children = tree.children(main).iter().copied();
    let prepositions: Vec<usize> = children
        .filter(|&t| sentence.tokens[t].relation == "mark" && sentence.tokens[t].upos == Upos::Adp)
        .collect();
    for &at in &prepositions {
        sentence.tokens[at].relation = "case";
    }
    if !prepositions.is_empty() {
        sentence.tokens[main].relation = relation;
    }
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
    let Some(owner) = owner.filter(|m| sentence.tokens[m.tokens.end].xpos == "POS") else { return };
    let inside = |t: usize| owner.tokens.contains(&t);
    let Some(top) = owner.tokens.clone().find(|&t| sentence.tokens[t].head.is_none_or(|h| !inside(h))) else {
        return;
    };
    // A parser that sees no owner hangs both side by side.
    let beside = sentence.tokens[main].head == sentence.tokens[top].head;
    if !beside && !sentence.tokens[main].head.is_some_and(inside) {
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
