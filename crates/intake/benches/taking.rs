//! How fast inputs are taken in: bytes per second of text, of lines of JSON, of a page, and of a web archive of pages.

use criterion::{Criterion, Throughput};
use daybook_intake::{Given, read};

const ARTICLE: &[u8] = include_bytes!("../../../examples/oval-office-call.txt");
const LINES: &[u8] = include_bytes!("../../../examples/week.jsonl");
const PAGE: &[u8] = include_bytes!("../../../examples/ministers.html");
/// Pages in the archive.
const RECORDS: usize = 50;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let archive = archive();
    let inputs =
        [("text", ARTICLE), ("lines of JSON", LINES), ("a page", PAGE), ("a web archive", &archive[..])];
    let mut group = criterion.benchmark_group("intake");
    for (name, bytes) in inputs {
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(name, |b| b.iter(|| taken(bytes)));
    }
    group.finish();
    criterion.final_summary();
}

/// How many reports an input holds.
fn taken(bytes: &[u8]) -> usize {
    let reports = read("input", bytes, &Given::default());
    reports.map(|report| report.expect("the input is whole").text.len()).filter(|&length| length > 0).count()
}

/// The page as a server answered with it, again and again.
fn archive() -> Vec<u8> {
    let mut answer =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n", PAGE.len())
            .into_bytes();
    answer.extend_from_slice(PAGE);
    let mut archive = Vec::new();
    for number in 0..RECORDS {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/{number}\r\n\
             WARC-Date: 2023-09-05T18:20:00Z\r\nWARC-Record-ID: <urn:example:{number}>\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
            answer.len()
        );
        archive.extend_from_slice(head.as_bytes());
        archive.extend_from_slice(&answer);
        archive.extend_from_slice(b"\r\n\r\n");
    }
    archive
}
