//! How fast the steps of an analysis are, each alone and all together: words per second of an article.

use criterion::{Criterion, Throughput};
use daybook_language::Language;
use daybook_language::stages::Stages;

const ARTICLE: &str = include_str!("../../../examples/oval-office-call.txt");

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    steps(&mut criterion);
    criterion.final_summary();
}

fn steps(criterion: &mut Criterion) {
    let stages = Stages::load().expect("the model is part of the program");
    let language = Language::load().expect("the model is part of the program");
    let sentences = stages.sentences(ARTICLE);
    let batch = stages.pieces(ARTICLE, &sentences);
    let words = sentences.iter().map(Vec::len).sum::<usize>();

    let mut group = criterion.benchmark_group("language");
    group.bench_function("loading", |b| b.iter(|| Language::load().expect("it loads")));
    group.throughput(Throughput::Elements(words as u64));
    group.bench_function("tokens and sentences", |b| b.iter(|| stages.sentences(ARTICLE)));
    group.bench_function("wordpieces", |b| b.iter(|| stages.pieces(ARTICLE, &sentences)));
    group.sample_size(20);
    group.bench_function("the network", |b| {
        b.iter(|| stages.encode(&batch).expect("it can be run"));
    });
    group.bench_function("a whole analysis", |b| b.iter(|| language.analyse(ARTICLE)));
    group.finish();
}
