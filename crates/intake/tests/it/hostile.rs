//! Inputs made to exhaust memory or patience: each ends in an error or in what there is, in bounded memory.

use std::io::{BufRead, BufReader, Read};

use crate::said::{gzip, said, zstd};
use daybook_intake::{Format, Given, read};

/// What is read in the tests below in all; far more than a report may have.
const GIGABYTE: u64 = 1 << 30;

/// `start`, so many bytes `filler`, then `end`: an input that is nowhere whole.
fn endless(start: &'static [u8], filler: u8, end: &'static [u8]) -> impl BufRead {
    BufReader::with_capacity(1 << 16, start.chain(std::io::repeat(filler).take(GIGABYTE)).chain(end))
}

/// The same packed, by parts of a megabyte, which unpack to a gigabyte.
fn bomb(pack: fn(&[u8]) -> Vec<u8>, start: &[u8], end: &[u8]) -> Vec<u8> {
    let part = pack(&vec![b'a'; 1 << 20]);
    [pack(start), part.repeat(1 << 10), pack(end)].concat()
}

fn lines(input: impl BufRead, format: Option<Format>) -> Vec<String> {
    let given = Given { format, ..Given::default() };
    let said = |item: Result<daybook_record::Report, daybook_intake::Error>| match item {
        Ok(report) => report.text,
        Err(error) => format!("error: {error}"),
    };
    read("in", input, &given).map(said).collect()
}

const TOO_LARGE: &str = "a report may have 64 MiB; split it or give its text alone";

#[test]
fn what_is_too_large_is_passed_over_in_a_stream() {
    let cases: [(&[u8], u8, &[u8], &str); 5] = [
        (b"{\"text\": \"", b'a', b"\"}\n{\"text\": \"b\"}\n", "in:1"),
        (b"[{\"text\": \"", b'a', b"\"},\n{\"text\": \"b\"}]", "in:1"),
        (b"text,id\n\"", b'a', b"\",1\nb,2\n", "in:2"),
        (b"text,id\na,1\n", b',', b"\nb,2\n", "in:3"),
        (
            b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 1073741824\r\n\r\n",
            b'a',
            b"\r\n\r\nWARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\nb\r\n\r\n",
            "in byte 0",
        ),
    ];
    for (start, filler, end, place) in cases {
        let mut lines = lines(endless(start, filler, end), None);
        lines.retain(|line| line != "a");
        assert_eq!(lines, [format!("error: {place}: {TOO_LARGE}"), "b".to_string()]);
    }
}

#[test]
fn what_must_be_read_whole_is_refused() {
    for (start, format) in [
        (b"a".as_slice(), None),
        (b"# Head\n\n", None),
        (b"<html>", None),
        (b"<rss version='2.0'>", None),
        (b"\0", Some(Format::Text)),
    ] {
        assert_eq!(lines(endless(start, 0, b""), format), [format!("error: in: {TOO_LARGE}")]);
    }
}

#[test]
fn what_unpacks_without_end_is_bounded() {
    for pack in [gzip, zstd] {
        assert_eq!(lines(&bomb(pack, b"", b"")[..], None), [format!("error: in: {TOO_LARGE}")]);
        let packed = bomb(pack, b"{\"text\": \"", b"\"}\n{\"text\": \"b\"}\n");
        assert_eq!(lines(&packed[..], None), [format!("error: in:1: {TOO_LARGE}"), "b".to_string()]);
    }
}

#[test]
fn a_response_that_unpacks_without_end_is_refused() {
    let body = bomb(gzip, b"<html>", b"");
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n";
    let length = head.len() + body.len();
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {length}\r\n\r\n{head}"
    );
    let input = [record.as_bytes(), &body, b"\r\n\r\n"].concat();
    assert_eq!(lines(&input[..], None), [format!("error: in byte 0: {TOO_LARGE}")]);
}

#[test]
fn what_is_nested_without_end_is_read() {
    const DEEP: usize = 100_000;
    let feed = |content: &str| {
        format!(
            "<rss version='2.0'><channel><item><description>{content}</description></item></channel></rss>"
        )
    };
    for (input, end) in [
        (feed(&format!("{}a{}", "<b>".repeat(DEEP), "</b>".repeat(DEEP))), "\"a\""),
        (feed(&format!("<![CDATA[{}a]]>", "<div>".repeat(DEEP))), "\"a\""),
        (format!("<feed>{}", "<x>".repeat(DEEP)), "get it anew"),
        (format!("# Head\n\n{}a", "> ".repeat(DEEP)), "a\""),
        (format!("# Head\n\n{}a", "[".repeat(DEEP)), "a\""),
        (format!("# Head\n\n{}a", "*_".repeat(DEEP)), "a\""),
        (format!("# Head\n\n{}a", "<div>\n\n".repeat(DEEP)), "a\""),
        (format!("[{{\"text\": {}", "[".repeat(DEEP)), "get it anew"),
        (format!("{{\"text\": {}{}}}", "[".repeat(DEEP), "]".repeat(DEEP)), "\"YYYY-MM-DD\"}"),
    ] {
        let said = said("in", input.as_bytes(), &Given::default());
        assert!(said.ends_with(end), "{}: {}", &input[..60], &said[said.len().saturating_sub(200)..]);
    }
}

#[test]
fn records_that_claim_too_much_take_no_more_time_than_their_bytes() {
    let claims = "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 60000000\r\n\r\nmore\r\n";
    let said = said("in", claims.repeat(20_000).as_bytes(), &Given::default());
    assert!(said.lines().all(|line| line.starts_with("error: in byte ")), "{}", &said[..200]);
}
