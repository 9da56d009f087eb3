//! How fast time phrases are found and led to days: bytes of an article per second.

use criterion::{Criterion, Throughput};
use daybook_calendar::{Context, find};
use jiff::civil::date;

const ARTICLE: &str = include_str!("../../../examples/oval-office-call.txt");

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let context = Context { published: Some(date(2022, 3, 12)), ..Context::default() };
    let phrases = find(ARTICLE);

    let mut group = criterion.benchmark_group("calendar");
    group.throughput(Throughput::Bytes(ARTICLE.len() as u64));
    group.bench_function("finding", |b| b.iter(|| find(ARTICLE)));
    group.throughput(Throughput::Elements(phrases.len() as u64));
    group.bench_function("resolving", |b| {
        b.iter(|| phrases.iter().map(|phrase| phrase.resolve(&context)).collect::<Vec<_>>());
    });
    group.finish();
    criterion.final_summary();
}
