//! Web archives to reports or errors.

use crate::said::{check, gzip, said, zstd};
use daybook_intake::Given;

fn record(kind: &str, target: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {target}\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n\
         Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(target: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let block = [head.replace('\n', "\r\n").as_bytes(), b"\r\n\r\n", body].concat();
    record("response", target, "application/http; msgtype=response", &block)
}

fn page(target: &str, text: &str) -> Vec<u8> {
    response(
        target,
        "HTTP/1.1 200 OK\nContent-Type: text/html\nLast-Modified: Mon, 03 Jun 2013 08:00:00 GMT",
        format!("<html><body><p>{text}</p></body></html>").as_bytes(),
    )
}

#[test]
fn responses_and_resources_are_read_and_the_rest_is_passed_over() {
    let archive = [
        record("warcinfo", "", "application/warc-fields", b"software: own\r\n"),
        record("request", "https://a.example/1", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        page("https://a.example/1", "The two met."),
        response("https://a.example/gone", "HTTP/1.1 404 Not Found\nContent-Type: text/html", b"<p>No.</p>"),
        response("https://a.example/a.png", "HTTP/1.1 200 OK\nContent-Type: image/png", b"\x89PNG"),
        response("https://a.example/robots.txt", "HTTP/1.1 200 OK\nContent-Type: text/plain", b"User-agent: *"),
        record("resource", "<https://a.example/2.txt>", "text/plain", b"---\nTwo: lines.\n"),
        record("resource", "https://a.example/3.md", "text/markdown", b"# Head\n\n*Three* met.\n"),
        record("metadata", "https://a.example/1", "application/warc-fields", b"x: y\r\n"),
        response(
            "https://a.example/feed",
            "HTTP/1.1 200 OK\nContent-Type: application/xml",
            b"<rss version='2.0'><channel><title>W</title><item><guid>g</guid><link>https://a.example/4</link><description>Four.</description></item></channel></rss>",
        ),
    ]
    .concat();
    let expected = "https://a.example/1@1 -|-|-|https://a.example/1 \"The two met.\"\n\
        https://a.example/2.txt@1 -|-|-|https://a.example/2.txt \"---\\nTwo: lines.\\n\"\n\
        https://a.example/3.md@1 Head|-|-|https://a.example/3.md \"Three met.\"\n\
        g@1 -|-|W|https://a.example/4 \"Four.\"";
    check(&archive, expected);
    check(gzip(&archive), expected);
    check(zstd(&archive), expected);
    check(gzip(&gzip(&archive)), expected);
}

#[test]
fn members_of_gzip_are_records() {
    let archive =
        [gzip(&page("https://a.example/1", "One.")), gzip(&page("https://a.example/2", "Two."))].concat();
    check(
        &archive,
        "https://a.example/1@1 -|-|-|https://a.example/1 \"One.\"\nhttps://a.example/2@1 -|-|-|https://a.example/2 \"Two.\"",
    );
    let cut = said("in", &archive[..archive.len() - 20], &Given::default());
    let (report, error) = cut.split_once('\n').expect("two lines");
    assert!(report.ends_with("\"One.\""));
    assert!(error.contains("the gzip data is damaged or cut off here"), "{error}");
}

#[test]
fn contents_are_unpacked_and_decoded() {
    let html = b"<p>The two caf\xe9s met.</p>";
    let chunks = |body: &[u8]| [format!("{:x}\r\n", body.len()).as_bytes(), body, b"\r\n0\r\n\r\n"].concat();
    let head = |more: &str| format!("HTTP/1.1 200 OK\nContent-Type: text/html; charset=ISO-8859-1{more}");
    for (fields, body) in [
        ("", html.to_vec()),
        ("\nTransfer-Encoding: chunked", chunks(html)),
        ("\nTransfer-Encoding: chunked", html.to_vec()),
        ("\nContent-Encoding: gzip", gzip(html)),
        ("\nContent-Encoding: gzip", html.to_vec()),
        ("\nContent-Encoding: zstd\nTransfer-Encoding: chunked", chunks(&zstd(html))),
    ] {
        check(response("u:1", &head(fields), &body), "u:1@1 -|-|-|u:1 \"The two cafés met.\"");
    }
    let said =
        said("in", &response("u:1", &head("\nContent-Encoding: br"), b"\xff\x00\x80"), &Given::default());
    assert!(said.contains("packed by brotli"), "{said}");
}

#[test]
fn a_damaged_record_is_named_and_the_next_read() {
    let whole = |target: &str| page(target, "Met.");
    let long =
        String::from_utf8(whole("u:1")).expect("text").replace("Content-Length: 1", "Content-Length: 9");
    let no_length = String::from_utf8(whole("u:1")).expect("text").replace("Content-Length", "Content-Size");
    let short =
        String::from_utf8(whole("u:1")).expect("text").replace("Content-Length: 1", "Content-Length: ");
    let broken_head = record("response", "u:1", "application/http", b"<p>no head</p>");
    let undecodable = response("u:1", "HTTP/1.1 200 OK\nContent-Type: text/html", b"<p>\xff</p>");
    for (damaged, why) in [
        (long.as_bytes(), "error: in byte 0: the record is cut off"),
        (no_length.as_bytes(), "error: in byte 0: the record has no Content-Length"),
        (short.as_bytes(), "error: in byte 0: the record is not as long as it says"),
        (&broken_head, "error: in byte 0: the head of the response is broken"),
        (&undecodable, "error: in byte 0: byte ff at offset 3 is not UTF-8"),
    ] {
        let said = said("in", &[damaged, &whole("u:2")].concat(), &Given::default());
        let lines: Vec<&str> = said.lines().collect();
        assert!(lines[0].starts_with(why), "{said}");
        assert_eq!(lines[1..], ["u:2@1 -|-|-|u:2 \"Met.\""]);
    }
}

#[test]
fn what_is_no_record_is_named_once() {
    let input = [&page("u:1", "One.")[..], b"garbage\nmore garbage\n", &page("u:2", "Two.")].concat();
    let said = said("in", &input, &Given::default());
    assert_eq!(said.lines().count(), 3, "{said}");
    assert!(said.contains(": no record begins here"), "{said}");
}

#[test]
fn an_archive_that_is_cut_off_gives_what_is_whole() {
    let archive = [page("u:1", "One."), page("u:2", "Two.")].concat();
    for cut in archive.len() / 2 + 8..archive.len() - 4 {
        let said = said("in", &archive[..cut], &Given::default());
        let (report, error) = said.split_once('\n').expect("two lines");
        assert!(report.ends_with("\"One.\"") && error.contains("cut off"), "{cut}: {said}");
    }
}
