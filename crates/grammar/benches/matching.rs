//! How fast rules are compiled, and matched over an article that is analysed: words per second.

use criterion::{Criterion, Throughput};
use daybook_grammar::Grammar;
use daybook_language::{Analysis, Language, NameKind, Sentence, Tree};

const ARTICLE: &str = include_str!("../../../examples/oval-office-call.txt");

/// The classes that the rules ask for, in the order of their bits.
const CLASSES: [&str; 8] = ["PARTY", "PERSON", "STATE", "BODY", "GROUP", "NAMED", "TIME", "PLACE"];

macro_rules! rules {
    ($($name:literal),*) => {
        [$(($name, include_str!(concat!("../../../rules/en/contact/", $name)))),*]
    };
}

const RULES: [(&str, &str); 8] = rules!(
    "about.toml",
    "call.toml",
    "gathering.toml",
    "letter.toml",
    "lists.toml",
    "meeting.toml",
    "speak.toml",
    "visit.toml"
);

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    rules(&mut criterion);
    criterion.final_summary();
}

fn rules(criterion: &mut Criterion) {
    let files = RULES.map(|(name, text)| (name.to_string(), text.to_string()));
    let compile = || Grammar::compile(&files, &CLASSES).expect("the rules are sound");
    let grammar = compile();
    let article = Language::load().expect("the model is part of the program").analyse(ARTICLE);
    let classes: Vec<Vec<u64>> = article.sentences.iter().map(classes_of).collect();
    let words = article.sentences.iter().map(|sentence| sentence.tokens.len()).sum::<usize>();

    let mut group = criterion.benchmark_group("grammar");
    group.bench_function("compiling", |b| b.iter(compile));
    group.throughput(Throughput::Elements(words as u64));
    group.bench_function("matching", |b| b.iter(|| matches(&grammar, &article, &classes)));
    group.finish();
}

fn matches(grammar: &Grammar, article: &Analysis, classes: &[Vec<u64>]) -> usize {
    let sentences = article.sentences.iter().zip(classes);
    sentences.map(|(sentence, classes)| grammar.matches(article, &Tree::new(sentence), classes).len()).sum()
}

/// Every name as a party, persons as persons: about as many as a gazetteer finds.
fn classes_of(sentence: &Sentence) -> Vec<u64> {
    let mut classes = vec![0; sentence.tokens.len()];
    for name in &sentence.names {
        let class = if name.kind == NameKind::Person { 0b10_0011 } else { 0b10_0101 };
        name.tokens.clone().for_each(|token| classes[token] |= class);
    }
    classes
}
