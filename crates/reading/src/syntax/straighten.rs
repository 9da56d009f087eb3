//! Puts a sentence's tree right where it breaks what holds of all trees, whatever names and titles are in it.
//!
//! A parser attaches the same words now one way, now another. What follows from the definitions of the relations
//! (universaldependencies.org/u/dep) is made so here, that the rules need not know every way.

use daybook_language::{Analysis, NameKind, Sentence, Token, Tree, Upos};

use crate::words::lexicon::Lexicon;

/// Puts the trees of a text right.
pub(crate) fn straighten(analysis: &mut Analysis, lexicon: &Lexicon) {
    for sentence in &mut analysis.sentences {
        change_tree(sentence, one_subject);
        change_tree(sentence, |sentence| shared_last_word(sentence, lexicon));
        change_tree(sentence, headline);
        sent_to(sentence, lexicon);
        change_tree(sentence, |sentence| stray_subject(sentence, lexicon));
        change_tree(sentence, adjuncts_of_verbs);
        change_tree(sentence, |sentence| contact_object(sentence, lexicon));
        for change in [named_place, marked_apposition, inner_words, participle] {
            change_tree(sentence, change);
        }
    }
}

/// Changes a sentence's tree; what would close a loop is undone.
pub(crate) fn change_tree(sentence: &mut Sentence, change: impl FnOnce(&mut Sentence)) {
    let before: Vec<_> = sentence.tokens.iter().map(|t| (t.head, t.relation)).collect();
    change(sentence);
    if has_loop(sentence) {
        for (token, (head, relation)) in sentence.tokens.iter_mut().zip(before) {
            (token.head, token.relation) = (head, relation);
        }
    }
}

/// Whether some token is below itself.
fn has_loop(sentence: &Sentence) -> bool {
    // The walk up from each token on which a token was first met.
    let mut met = vec![usize::MAX; sentence.tokens.len()];
    for start in 0..sentence.tokens.len() {
        let mut at = Some(start);
        while let Some(now) = at {
            match met[now] {
                walk if walk == start => return true,
                usize::MAX => met[now] = start,
                _ => break,
            }
            at = sentence.tokens[now].head;
        }
    }
    false
}

/// Hangs a token up anew.
fn hang(sentence: &mut Sentence, at: usize, head: usize, relation: &'static str) {
    (sentence.tokens[at].head, sentence.tokens[at].relation) = (Some(head), relation);
}

/// The first dependent of a token by a relation, subtypes included.
fn child(tree: &Tree<'_>, of: usize, relation: &str) -> Option<usize> {
    tree.dependents(of, &[relation]).next()
}

/// "North and South Korea": the first word stands for a whole name, and is joined to the second name or, before a noun, beside it.
fn shared_last_word(sentence: &mut Sentence, lexicon: &Lexicon) {
    for at in 0..sentence.tokens.len().saturating_sub(3) {
        let (second, noun) = (at + 2, at + 3);
        let compass = |t: usize| lexicon.nominals.compass.contains(&sentence.tokens[t].lemma.to_lowercase());
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

/// "He then met her": he, she, they and we do something, so they are the subject of the next deed that has none.
fn stray_subject(sentence: &mut Sentence, lexicon: &Lexicon) {
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let doer = token.xpos == "PRP"
            && lexicon.function_words.subject_pronouns.contains(&token.lemma.to_lowercase());
        if !doer || !matches!(token.relation, "appos" | "dep" | "flat" | "compound" | "obl" | "nmod" | "root")
        {
            continue;
        }
        let told = |t: &usize| matches!(sentence.tokens[*t].xpos, "VBD" | "VBZ" | "VBP");
        let verb = (at + 1..sentence.tokens.len()).find(told).filter(|&v| {
            let tree = Tree::new(sentence);
            sentence.tokens[v].upos == Upos::Verb
                && child(&tree, v, "nsubj").is_none()
                && !tree.is_below(v, at)
        });
        if let Some(verb) = verb {
            hang(sentence, at, verb, "nsubj");
        }
    }
}

/// "After meeting with her": what hangs on a verb with a preposition is its oblique, never a noun's.
fn adjuncts_of_verbs(sentence: &mut Sentence) {
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let verb =
            token.head.filter(|&up| token.relation == "nmod" && sentence.tokens[up].upos == Upos::Verb);
        if verb.is_some() && child(&Tree::new(sentence), at, "case").is_some() {
            sentence.tokens[at].relation = "obl";
        }
    }
}

/// "Sent her a letter": a noun that tells a contact is no measure of time or length, so without a preposition it is an object.
fn contact_object(sentence: &mut Sentence, lexicon: &Lexicon) {
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let verb = token.head.filter(|&up| up < at && sentence.tokens[up].upos == Upos::Verb);
        let bare = token.relation == "obl:unmarked" && child(&Tree::new(sentence), at, "case").is_none();
        if bare && verb.is_some() && lexicon.noun_kind(&token.lemma).is_some() {
            sentence.tokens[at].relation = "obj";
        }
    }
}

/// "To the Polish capital Warsaw": a place named right behind a noun with a preposition, without one itself, explains the noun.
fn named_place(sentence: &mut Sentence) {
    for at in 1..sentence.tokens.len() {
        let (token, before) = (&sentence.tokens[at], at - 1);
        let place = |n: &daybook_language::Name| n.kind == NameKind::Place && n.tokens.start == at;
        let beside = token.base_relation() == "obl"
            && sentence.tokens[before].base_relation() == "obl"
            && token.head == sentence.tokens[before].head
            && sentence.tokens[before].upos == Upos::Noun;
        if !beside || !sentence.names.iter().any(place) {
            continue;
        }
        let tree = Tree::new(sentence);
        if child(&tree, at, "case").is_none() && child(&tree, before, "case").is_some() {
            hang(sentence, at, before, "appos");
        }
    }
}

/// "Ada, secretary to Max": what has a preposition explains nothing. It belongs to the noun that it was hung on or, since no name
/// goes on so, to the noun before the preposition.
fn marked_apposition(sentence: &mut Sentence) {
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let Some(head) = token.head.filter(|_| token.relation == "appos") else { continue };
        let tree = Tree::new(sentence);
        let Some(case) = child(&tree, at, "case").filter(|&c| 0 < c && c < at) else { continue };
        let nominal = matches!(sentence.tokens[case - 1].upos, Upos::Noun | Upos::Propn);
        let named = sentence.tokens[head].upos == Upos::Propn;
        let head = if named && nominal && !tree.is_below(case - 1, at) { case - 1 } else { head };
        hang(sentence, at, head, "nmod");
    }
}

/// "Talks and his coming meeting": what stands between a noun and its article or owner belongs to the noun.
fn inner_words(sentence: &mut Sentence) {
    for at in 1..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let Some(head) = token.head.filter(|&head| token.relation == "amod" && head < at) else { continue };
        let opens = |t: &Token| matches!(t.relation, "det" | "nmod:poss");
        let before = &sentence.tokens[at - 1];
        let noun = before.head.filter(|&noun| opens(before) && noun > at && noun != head);
        if let Some(noun) = noun {
            sentence.tokens[at].head = Some(noun);
        }
    }
}

/// "Called off a visit planned for May": a participle right behind an object tells of the object, not of the verb.
fn participle(sentence: &mut Sentence) {
    for at in 1..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let Some(verb) = token.head.filter(|&v| token.relation == "advcl" && v < at) else { continue };
        if !matches!(token.xpos, "VBN" | "VBD") {
            continue;
        }
        let tree = Tree::new(sentence);
        let goes_on = tree.children(at).iter().any(|&t| {
            t < at || ["nsubj", "obj", "aux", "mark"].contains(&sentence.tokens[t].base_relation())
        });
        let object = child(&tree, verb, "obj").filter(|&o| !goes_on && o < at && tree.is_below(at - 1, o));
        if let Some(object) = object {
            hang(sentence, at, object, "acl");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sentence whose tokens hang on the given ones.
    fn hung(heads: &[Option<usize>]) -> Sentence {
        let token = |&head: &Option<usize>| Token {
            start: 0,
            end: 0,
            lemma: String::new(),
            upos: Upos::Noun,
            xpos: "NN",
            head,
            relation: "dep",
            quoted: false,
        };
        Sentence { tokens: heads.iter().map(token).collect(), ..Sentence::default() }
    }

    #[test]
    fn a_change_that_closes_a_loop_is_undone() {
        let mut sentence = hung(&[Some(1), None, Some(1), Some(2)]);
        change_tree(&mut sentence, |s| s.tokens[2].head = Some(3));
        assert_eq!(sentence.tokens[2].head, Some(1));
        change_tree(&mut sentence, |s| s.tokens[3].head = Some(0));
        assert_eq!(sentence.tokens[3].head, Some(0));
    }

    #[test]
    fn loops_are_seen_wherever_they_are() {
        assert!(has_loop(&hung(&[Some(0)])));
        assert!(has_loop(&hung(&[None, Some(2), Some(3), Some(1)])));
        assert!(!has_loop(&hung(&[Some(3), Some(0), Some(0), None])));
        assert!(!has_loop(&hung(&[])));
    }
}
