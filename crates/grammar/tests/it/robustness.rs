//! What holds whatever the rule file and the sentence: no panic, and the index changes nothing.

use daybook_grammar::Grammar;
use daybook_language::{Analysis, Sentence, Token, Tree, Upos};
use proptest::prelude::*;

use crate::notation::CLASSES;

/// Pieces of the language, of which random files are strung together.
const PIECES: [&str; 40] = [
    "t = ",
    "a = t ",
    "b? = a ",
    "c* = t ",
    "d+ = t ",
    "not t ",
    "need a ",
    "or ",
    "t ",
    ">nsubj",
    ">=obl|obj",
    "<any",
    "<conj",
    ">>",
    "<<",
    ".next",
    ".prev",
    ".right{1,4}",
    ".left{2}",
    ".sentence",
    "*",
    "+",
    "?",
    "[",
    "]",
    "(",
    ")",
    "!",
    " & ",
    "|",
    "lemma:",
    "go",
    "\"a b\"",
    "@list",
    "VERB",
    "PERSON",
    "any",
    "has(",
    "case:",
    "\n",
];

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..30).prop_map(|pieces| pieces.concat())
}

fn token() -> impl Strategy<Value = Token> {
    let upos = prop::sample::select(vec![Upos::Verb, Upos::Noun, Upos::Propn]);
    let relation = prop::sample::select(vec!["nsubj", "obj", "obl:agent", "conj", "case", "fixed", "root"]);
    let lemma = prop::sample::select(vec!["go", "Be", "’s"]);
    let head = prop::option::of(0..12_usize);
    (upos, relation, lemma, head, 0..30_usize, 0..30_usize).prop_map(
        |(upos, relation, lemma, head, start, end)| Token {
            start,
            end,
            lemma: lemma.to_string(),
            upos,
            xpos: "NN",
            head,
            relation,
            quoted: false,
        },
    )
}

fn file(block: &str) -> Vec<(String, String)> {
    let head =
        "[lists]\nlist = [\"go\"]\n[[rule]]\nname = \"r\"\nyields = \"y\"\nfinds = [{ text = \"t\" }]\n";
    vec![("r.toml".to_string(), format!("{head}match = '''\nt = VERB|lemma:go\n{block}\n'''\n"))]
}

#[test]
fn nesting_without_end_is_refused() {
    for deep in ["a = ".to_string() + &"[".repeat(100_000), "a = ".to_string() + &"{a=".repeat(100_000)] {
        assert!(Grammar::compile(&[("r.toml".to_string(), deep)], &CLASSES).is_err());
    }
    for deep in ["(", "!", "has(>conj ", "has(>conj["] {
        assert!(Grammar::compile(&file(&format!("a = t >obj {}", deep.repeat(100_000))), &CLASSES).is_err());
    }
}

#[test]
fn files_that_are_too_large_are_refused() {
    let large = "#\n".repeat(3 << 20);
    assert!(Grammar::compile(&[("r.toml".to_string(), large)], &CLASSES).is_err());
}

proptest! {
    #[test]
    fn any_text_compiles_or_is_refused(text in ".*") {
        let _ = Grammar::compile(&[("r.toml".to_string(), text)], &CLASSES);
    }

    #[test]
    fn any_block_compiles_or_is_refused_within_its_lines(block in prop_oneof![pieces(), "[^']*"]) {
        let files = file(&block);
        let count = files[0].1.lines().count();
        if let Err(error) = Grammar::compile(&files, &CLASSES) {
            prop_assert!(!error.problems().is_empty());
            prop_assert!(error.problems().iter().all(|problem| (1..=count).contains(&problem.line)));
        }
    }

    #[test]
    fn any_sentence_is_matched_to_its_own_tokens(
        lines in prop::collection::vec(line(), 0..4),
        tokens in prop::collection::vec(token(), 0..10),
        classes in prop::collection::vec(any::<u64>(), 0..10),
    ) {
        let block = format!("t = VERB or lemma:go|be\n{}", lines.concat());
        let files = vec![("r.toml".to_string(), file("")[0].1.replace("t = VERB|lemma:go\n", &block))];
        let Ok(grammar) = Grammar::compile(&files, &CLASSES) else { return Ok(()) };
        let sentence = Sentence { tokens, ..Sentence::default() };
        let text = Analysis { text: "Ada’s friend went home to Grace".to_string(), sentences: vec![] };
        for found in grammar.matches(&text, &Tree::new(&sentence), &classes) {
            for capture in found.rule.captures() {
                prop_assert!(found.all(capture).iter().all(|i| *i < sentence.tokens.len()));
                prop_assert!(found.all(capture).is_sorted());
            }
        }
    }

    #[test]
    fn the_index_leaves_out_no_trigger(
        test in prop::sample::select(vec!["lemma:go", "word:ada|’s", "form:Ada", "VERB|NOUN", "(lemma:be or lemma:go) & NOUN"]),
        tokens in prop::collection::vec(token(), 0..10),
    ) {
        // A doubled negation asks for the same and can't be indexed.
        let compile = |trigger: &str| {
            let text = file("")[0].1.replace("t = VERB|lemma:go", &format!("t = {trigger}"));
            Grammar::compile(&[("r.toml".to_string(), text)], &CLASSES).expect("the block is sound")
        };
        let (plain, doubled) = (compile(test), compile(&format!("!(!({test}))")));
        let sentence = Sentence { tokens, ..Sentence::default() };
        let text = Analysis { text: "Ada’s friend went home to Grace".to_string(), sentences: vec![] };
        let triggers = |grammar: &Grammar| -> Vec<usize> {
            grammar.matches(&text, &Tree::new(&sentence), &[]).iter().map(|found| found.trigger()).collect()
        };
        prop_assert_eq!(triggers(&plain), triggers(&doubled));
    }
}

/// A sound line.
fn line() -> impl Strategy<Value = String> {
    let step = prop::sample::select(vec![
        " >nsubj",
        " >obl*",
        " <any+",
        " >conj?",
        " >>",
        " <<",
        " .next",
        " .prev*",
        " .left{1,3}+",
        " .right{2}",
        " .sentence",
    ]);
    let test =
        prop::sample::select(vec!["", " any", " PERSON", " !VERB", " case:go", " has(<conj NOUN)", " det:a"]);
    let head = prop::sample::select(vec!["a = t", "b? = t", "c* = t", "d+ = t", "need t", "not t", "or t"]);
    (head, prop::collection::vec(step, 1..4), test)
        .prop_map(|(head, steps, test)| format!("{head}{}{test}\n", steps.concat()))
}
