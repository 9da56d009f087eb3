//! Any bytes behind the signature of each format: reports with a text and an id, or errors that can be shown.

use crate::said::{gzip, zstd};
use daybook_intake::{Given, read};
use proptest::prelude::*;

/// What inputs of each format begin with.
const STARTS: [&[u8]; 16] = [
    b"PAR1",
    b"WARC/1.0\r\n",
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 60\r\n\r\nHTTP/1.1 200 OK\r\n",
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"<rss version='2.0'><channel><item>",
    b"<feed><entry><content type='xhtml'>",
    b"{\"version\": \"https://jsonfeed.org/version/1\", ",
    b"[{",
    b"{\n",
    b"{\"",
    b"text,id\n",
    b"text;title\n\"",
    b"# Head\n\n",
    b"---\ntitle: a\n",
    b"<html><p>",
];

/// Bytes of any kind, or pieces that mean something to one of the readers.
fn rest() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(vec![
        "\n",
        "\r\n\r\n",
        ",",
        ";",
        "\"",
        "{",
        "}",
        "[",
        "]",
        ":",
        "<item>",
        "</item>",
        "<![CDATA[",
        "]]>",
        "&amp;",
        "&#0;",
        "<link href='",
        "'/>",
        "<p>",
        "text",
        "WARC/1.0\r\n",
        "Content-Length: 5\r\n",
        "WARC-Type: resource\r\n",
        "Content-Type: text/html\r\n",
        "2013-06-03",
        "é",
        "a",
        " ",
        "# ",
        "](http",
        "|",
        "---\n",
        "PAR1",
        "1f\r\n",
    ]);
    let pieces = prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat().into_bytes());
    prop_oneof![prop::collection::vec(any::<u8>(), 0..300), pieces]
}

fn hold(input: &[u8]) {
    for item in read("in", input, &Given::default()) {
        match item {
            Ok(report) => assert!(!report.text.trim().is_empty() && !report.id.is_empty()),
            Err(error) => assert!(error.to_string().starts_with("in")),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn any_bytes_can_be_read(start in prop::sample::select(STARTS.to_vec()), rest in rest()) {
        let input = [start, &rest].concat();
        hold(&input);
        hold(&gzip(&input));
        hold(&zstd(&input));
    }
}
