//! Sentences written by hand, a token a line, to analyses: `form lemma UPOS head relation [CLASS,CLASS]`.
//!
//! Heads count from 1, and 0 is the root. A line `text: …` begins a text; a blank line ends a sentence.

use std::collections::BTreeMap;

use daybook_grammar::Classified;
use daybook_language::{Analysis, Sentence, Token, Upos};

/// The classes that the tests' rules may name.
pub const CLASSES: [&str; 4] = ["PERSON", "PLACE", "GROUP", "TIME"];

/// Analyses by text.
pub fn texts(notation: &str) -> BTreeMap<String, Classified> {
    let blocks = notation.split("text: ").filter(|block| !block.trim().is_empty());
    blocks
        .map(|block| {
            let (text, sentences) = block.split_once('\n').expect("tokens follow the text");
            (text.to_string(), analysis(text, sentences))
        })
        .collect()
}

/// The analysis of one text, whose tokens are found in it one after the other.
pub fn analysis(text: &str, notation: &str) -> Classified {
    let mut analysis = Analysis { text: text.to_string(), sentences: Vec::new() };
    let (mut classes, mut at) = (Vec::new(), 0);
    for block in notation.split("\n\n").filter(|block| !block.trim().is_empty()) {
        let lines = block.lines().filter(|line| !line.trim().is_empty());
        let (tokens, bits): (Vec<Token>, Vec<u64>) = lines.map(|line| token(text, &mut at, line)).unzip();
        let (start, end) = (tokens[0].start, at);
        analysis.sentences.push(Sentence { start, end, tokens, ..Sentence::default() });
        classes.push(bits);
    }
    (analysis, classes)
}

fn token(text: &str, at: &mut usize, line: &str) -> (Token, u64) {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let [form, lemma, upos, head, relation, rest @ ..] = &fields[..] else { panic!("five fields: {line}") };
    let start = *at + text[*at..].find(form).unwrap_or_else(|| panic!("{form} is in {text}"));
    *at = start + form.len();
    let head: usize = head.parse().expect("a head");
    let token = Token {
        start,
        end: *at,
        lemma: lemma.to_string(),
        upos: upos_of(upos),
        xpos: if *upos == "VERB" { "VBD" } else { "NN" },
        head: head.checked_sub(1),
        relation: relation.to_string().leak(),
        quoted: false,
    };
    (token, bits(rest.first().unwrap_or(&"")))
}

fn bits(names: &str) -> u64 {
    let position = |name: &str| CLASSES.iter().position(|class| *class == name).expect("a known class");
    names.split(',').filter(|name| !name.is_empty()).map(|name| 1 << position(name)).sum()
}

fn upos_of(tag: &str) -> Upos {
    match tag {
        "ADP" => Upos::Adp,
        "ADV" => Upos::Adv,
        "AUX" => Upos::Aux,
        "CCONJ" => Upos::Cconj,
        "DET" => Upos::Det,
        "NOUN" => Upos::Noun,
        "PART" => Upos::Part,
        "PRON" => Upos::Pron,
        "PROPN" => Upos::Propn,
        "PUNCT" => Upos::Punct,
        "VERB" => Upos::Verb,
        other => panic!("no test has needed {other} so far"),
    }
}
