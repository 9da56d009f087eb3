//! Match blocks against sentences: what is captured.

use daybook_grammar::{Grammar, Match};
use daybook_language::Tree;

use crate::notation::{CLASSES, analysis};

/// "Ada and her old friend Grace never lent Max a book together with Bob and Eve because of him." as a tree.
const LENT: &str = "
Ada Ada PROPN 8 nsubj PERSON
and and CCONJ 6 cc
her her PRON 6 nmod:poss
old old NOUN 6 amod
friend friend NOUN 6 compound
Grace Grace PROPN 1 conj PERSON
never never ADV 8 advmod
lent lend VERB 0 root
Max Max PROPN 8 iobj PERSON
a a DET 11 det
book book NOUN 8 obj
together together ADV 14 advmod
with with ADP 14 case
Bob Bob PROPN 8 obl PERSON
and and CCONJ 16 cc
Eve Eve PROPN 14 conj PERSON
because because ADP 19 case
of of ADP 17 fixed
him he PRON 8 obl:because PERSON
. . PUNCT 8 punct
";
const LENT_TEXT: &str =
    "Ada and her old friend Grace never lent Max a book together with Bob and Eve because of him.";

fn grammar(block: &str, more: &str) -> Grammar {
    let head = "[lists]\ngive = [\"lend\", \"give\"]\nwith = [\"together with\"]\n";
    let rule = format!("[[rule]]\nname = \"r\"\nyields = \"y\"\n{more}\nfinds = [{{ text = \"t\" }}]\n");
    let file = format!("{head}{rule}match = '''\n{block}\n'''\n");
    Grammar::compile(&[("test.toml".to_string(), file)], &CLASSES).unwrap_or_else(|e| panic!("{e}\n{block}"))
}

fn matched(block: &str, more: &str) -> String {
    let (text, classes) = analysis(LENT_TEXT, LENT);
    let grammar = grammar(block, more);
    let tell = |found: &Match<'_>| {
        let names = found.rule.captures().iter();
        let told = names.map(|name| {
            let tokens = found.all(name).iter().map(|i| text.form(&text.sentences[0].tokens[*i]));
            format!("{name}={}", tokens.collect::<Vec<_>>().join(","))
        });
        told.collect::<Vec<_>>().join(" ")
    };
    let found = grammar.matches(&text, &Tree::new(&text.sentences[0]), &classes[0]);
    found.iter().map(tell).collect::<Vec<_>>().join("; ")
}

/// Matches a block against the sentence above and compares what is captured.
#[track_caller]
fn check(block: &str, expected: &str) {
    assert_eq!(matched(block, ""), expected, "{block}");
}

#[test]
fn triggers_by_lemma_word_form_tag_and_class() {
    check("t = lemma:lend|give & VERB", "t=lent");
    check("t = lemma:@give", "t=lent");
    check("t = lemma:lend & NOUN", "");
    check("t = word:ADA", "t=Ada");
    check("t = form:ADA", "");
    check("t = form:Ada|Max", "t=Ada; t=Max");
    check("t = VERB|DET", "t=lent; t=a");
    check("t = xpos:VBD", "t=lent");
    check("t = rel:iobj|obj", "t=Max; t=book");
    check("t = PERSON & !PROPN", "t=him");
    check("t = lemma:lend or word:book", "t=lent; t=book");
    check("t = lemma:lend\n  or word:book", "t=lent; t=book");
    check("t = !(PERSON or rel:any & !word:because)", "t=because");
    check("t = lemma:LEND # a comment", "t=lent");
    check("t = lemma:\"lend\" | give", "t=lent");
}

#[test]
fn exactness_leaves_subtypes_out() {
    check("t = rel:obl", "t=Bob; t=him");
    check("t = rel:=obl", "t=Bob");
    check("t = VERB\na* = t >obl", "t=lent a=Bob,him");
    check("t = VERB\na* = t >=obl", "t=lent a=Bob");
    check("t = VERB\na* = t >obl:because", "t=lent a=him");
    check("t = VERB\na* = t >=obl|iobj", "t=lent a=Max,Bob");
    // `ob` begins `obl` and `obj` and is neither; no such relation is known to the compiler, hence another one.
    check("t = word:Grace\na* = t >nmod", "t=Grace a=her");
}

#[test]
fn quantities() {
    check("t = VERB\na = t >obl PERSON", "t=lent a=Bob");
    check("t = VERB\na = t >vocative", "");
    check("t = VERB\na? = t >vocative", "t=lent a=");
    check("t = VERB\na* = t >vocative", "t=lent a=");
    check("t = VERB\na+ = t >vocative", "");
    check("t = VERB\na+ = t >any PERSON", "t=lent a=Ada,Max,Bob,him");
    check("t = VERB\na? = t >vocative\nb = a >conj", "");
    check("t = VERB\na? = t >vocative\nb? = a >conj\nnot a >conj", "t=lent a= b=");
}

#[test]
fn paths() {
    check("t = VERB\na* = t >nsubj >conj*", "t=lent a=Ada,Grace");
    check("t = VERB\na* = t >nsubj >conj+", "t=lent a=Grace");
    check("t = VERB\na* = t >nsubj >conj?", "t=lent a=Ada,Grace");
    check("t = word:Eve\na = t <conj <any", "t=Eve a=lent");
    check("t = word:Eve\na = t <nmod", "");
    check("t = word:Eve\na* = t <<", "t=Eve a=lent,Bob");
    check("t = word:Grace\na* = t >>", "t=Grace a=and,her,old,friend");
    check("t = VERB\na* = t >>[PROPN] >cc", "t=lent a=and,and");
    check("t = VERB\na = t .next", "t=lent a=Max");
    check("t = VERB\na = t .prev", "t=lent a=never");
    check("t = VERB\na* = t .right{1,3}", "t=lent a=Max,a,book");
    check("t = VERB\na* = t .left{2}", "t=lent a=Grace");
    check("t = word:Ada\na? = t .prev\nb* = t .left{1,9}", "t=Ada a= b=");
    check("t = word:\".\"\na? = t .next\nb* = t .right{1,9}", "t=. a= b=");
    check("t = VERB\na* = t .sentence PERSON & rel:conj", "t=lent a=Grace,Eve");
    check("t = VERB\na* = t .prev* ADV|PROPN", "t=lent a=Ada,Grace,never");
    check("t = VERB\na* = t >obl[case:with] >conj", "t=lent a=Eve");
    check("t = VERB\na* = t >obl[case:because] >conj", "t=lent a=");
}

/// "Ada, whom Max asked Bob to write to Eve came to hold talks." as a tree.
const ASKED: &str = "
Ada Ada PROPN 11 nsubj PERSON
, , PUNCT 5 punct
whom whom PRON 5 obj
Max Max PROPN 5 nsubj PERSON
asked ask VERB 1 acl:relcl
Bob Bob PROPN 5 obj PERSON
to to PART 8 mark
write write VERB 5 xcomp
to to ADP 10 case
Eve Eve PROPN 8 obl PERSON
came come VERB 0 root
to to PART 13 mark
hold hold VERB 11 advcl
talks talk NOUN 13 obj
. . PUNCT 11 punct
";

#[track_caller]
fn check_subject(block: &str, expected: &str) {
    let (text, classes) = analysis("Ada, whom Max asked Bob to write to Eve came to hold talks.", ASKED);
    let found = grammar(block, "");
    let found = found.matches(&text, &Tree::new(&text.sentences[0]), &classes[0]);
    let told = found.iter().map(|m| text.form(&text.sentences[0].tokens[m.get("a").expect("a is captured")]));
    assert_eq!(told.collect::<Vec<_>>().join(","), expected, "{block}");
}

#[test]
fn an_unsaid_subject_is_that_of_the_clause_above_or_its_object() {
    check_subject("t = lemma:come\na = t .subject", "Ada");
    check_subject("t = lemma:hold\na = t .subject PERSON", "Ada");
    check_subject("t = lemma:talk\na = t .subject PERSON", "Ada");
    check_subject("t = lemma:write\na = t .subject PERSON", "Bob");
    check_subject("t = lemma:write\na = t .subject word:Max", "Max");
    check_subject("t = lemma:talk\na = t <obj .subject[PERSON] >acl:relcl", "asked");
    check_subject("t = lemma:talk\na = t .subject NOUN", "");
}

#[test]
fn the_nearest_is_taken_and_no_token_twice() {
    check("t = VERB\na = t >>  PERSON\nb = t >> PERSON", "t=lent a=Max b=Grace");
    check("t = VERB\na = t .sentence ADV|PROPN", "t=lent a=never");
    assert_eq!(matched("t = VERB\na = t >> PERSON\nb = t >> PERSON", "share = true"), "t=lent a=Max b=Max");
    check("t = VERB\na = t >iobj\nb = t >iobj", "");
    check("t = VERB\na* = t >any PERSON\nb* = t >> PERSON", "t=lent a=Ada,Max,Bob,him b=Grace,Eve");
}

#[test]
fn alternatives() {
    check("t = VERB\na = t >vocative or t >iobj PERSON or t >obj", "t=lent a=Max");
    check("t = VERB\na = t >obj or t >iobj", "t=lent a=book");
    check("t = VERB\na* = t >obj or t >iobj or t >any DET", "t=lent a=Max,book");
    check("t = VERB\na* = t >obj\n or t >iobj\n or t >obl", "t=lent a=Max,book,Bob,him");
}

#[test]
fn conditions() {
    check("t = VERB\nnot t >advmod lemma:never", "");
    check("t = VERB\nnot t >advmod lemma:always", "t=lent");
    check("t = VERB\nneed t >advmod lemma:never", "t=lent");
    check("t = VERB\nneed t >advmod lemma:always", "");
    check("t = VERB\nneed t >advmod lemma:always or t >obj", "t=lent");
    check("t = VERB\nneed t lemma:lend", "t=lent");
    check("t = VERB\nnot t lemma:lend", "");
    check("t = VERB\na = t >obj\nneed a has(>det)", "t=lent a=book");
    check("t = VERB\na = t >iobj\nneed a has(>det)", "");
    check("t = VERB\na* = t >obl !has(>conj PERSON)", "t=lent a=him");
}

#[test]
fn markers_and_determiners() {
    check("t = case:with", "t=Bob");
    check("t = case:\"together with\"", "t=Bob");
    check("t = case:@with", "t=Bob");
    check("t = case:\"along with\"", "");
    check("t = case:\"because of\"|without", "t=him");
    check("t = case:of|because", "");
    check("t = det:a|the", "t=book");
    check("t = det:the", "");
}

#[test]
fn a_match_says_which_line_took_what() {
    let (text, classes) = analysis(LENT_TEXT, LENT);
    let grammar = grammar("t = VERB\n\n# the giver\na = t >nsubj\n  or t >obl\nb? = t >vocative", "");
    let found = grammar.matches(&text, &Tree::new(&text.sentences[0]), &classes[0]);
    let why = found[0].why();
    let told: Vec<_> = why.iter().map(|b| (b.line, b.source, b.capture, b.tokens)).collect();
    assert_eq!(told, [(10, "t = VERB", "t", &[7][..]), (13, "a = t >nsubj or t >obl", "a", &[0][..])]);
    assert_eq!((found[0].trigger(), found[0].get("a"), found[0].get("b")), (7, Some(0), None));
    assert_eq!(found[0].get("nobody"), None);
}

#[test]
fn trees_that_are_none_are_walked_to_an_end() {
    let ring = "a a NOUN 2 conj\nb b NOUN 1 conj\nc c NOUN 9 conj\n";
    let (text, classes) = analysis("a b c", ring);
    let block = "t = NOUN\nx* = t >conj* or t <conj+ or t >> or t <<";
    let found = grammar(block, "");
    let found = found.matches(&text, &Tree::new(&text.sentences[0]), &classes[0]);
    let all: Vec<&[usize]> = found.iter().map(|found| found.all("x")).collect();
    assert_eq!(all, [&[1][..], &[0], &[]]);
}

#[test]
fn classes_that_are_missing_are_none() {
    let (text, _) = analysis(LENT_TEXT, LENT);
    assert!(grammar("t = PERSON", "").matches(&text, &Tree::new(&text.sentences[0]), &[]).is_empty());
}
