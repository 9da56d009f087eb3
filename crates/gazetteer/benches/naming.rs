//! How fast the tables are loaded, and names found in an article: words per second.

use criterion::{Criterion, Throughput};
use daybook_gazetteer::Gazetteer;
use jiff::civil::date;

const ARTICLE: &str = include_str!("../../../examples/oval-office-call.txt");
const NAMES: [&str; 4] = ["Merkel", "President Bush", "Mr. Putin", "Volodymyr Zelenskiy"];

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let load = || Gazetteer::builtin().expect("the tables are part of the program");
    let gazetteer = load();
    let words: Vec<&str> = ARTICLE.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let day = Some(date(2003, 3, 1));

    let mut group = criterion.benchmark_group("gazetteer");
    group.throughput(Throughput::Elements(words.len() as u64));
    group.bench_function("names in a text", |b| {
        b.iter(|| (0..words.len()).map(|at| gazetteer.at(&words[at..]).len()).sum::<usize>());
    });
    group.throughput(Throughput::Elements(NAMES.len() as u64));
    group.bench_function("whom a name means", |b| {
        b.iter(|| NAMES.map(|name| gazetteer.person_named(name, day).len()));
    });
    group.sample_size(10);
    group.throughput(Throughput::Elements(gazetteer.name_count() as u64));
    group.bench_function("loading", |b| b.iter(load));
    group.finish();
    criterion.final_summary();
}
