//! Tells by its beginning what an input is.

use crate::Format;
use crate::documents::is_markdown;
use crate::error::{Error, Kind};
use crate::tables::is_table;

/// How much of an input is looked at to tell what it is, in bytes.
pub(crate) const GLIMPSE: usize = 4096;

/// What is not read, by the bytes it begins with: the bytes, what it is, what to do.
const REFUSED: [(&[u8], &str, &str); 9] = [
    (
        b"PK\x03\x04",
        "a zip archive, or a document in one",
        "unpack it, or save the document as HTML or plain text",
    ),
    (b"%PDF-", "a PDF document", "turn it to text first, for instance by pdftotext"),
    (b"BZh", "packed by bzip2", "unpack it first, or pack it by gzip or zstd"),
    (b"\xfd7zXZ\0", "packed by xz", "unpack it first, or pack it by gzip or zstd"),
    (b"\x5d\x2a\x4d\x18", "packed by zstd with a dictionary before it", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (b"{\\rtf", "a document in RTF", "save it as HTML or plain text"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an old Office", "save it as HTML or plain text"),
];

/// Pages, by the signatures of the MIME Sniffing Standard, 7.1.
const PAGES: [&str; 19] = [
    "<!doctype html",
    "<html",
    "<head",
    "<script",
    "<iframe",
    "<h1",
    "<div",
    "<font",
    "<table",
    "<a",
    "<style",
    "<title",
    "<b",
    "<body",
    "<br",
    "<p",
    "<meta",
    "<article",
    "<section",
];

/// The elements that feeds are in.
const FEEDS: [&str; 5] = ["<rss", "<feed", "<rdf:rdf", "<atom:feed", "<rdf"];

/// What JSON Feed names as its version.
const JSON_FEED: &str = "jsonfeed.org/version/";

/// What an input is that begins with these bytes, if that is told by bytes and not by text.
///
/// Fails for what is recognised and not read.
pub(crate) fn binary(head: &[u8]) -> Result<Option<Format>, Error> {
    if head.starts_with(b"PAR1") {
        return Ok(Some(Format::Parquet));
    }
    if head.starts_with(b"WARC/1.") || head.starts_with(b"WARC/0.") {
        return Ok(Some(Format::Warc));
    }
    match REFUSED.iter().find(|(magic, _, _)| head.starts_with(magic)) {
        Some((_, what, remedy)) => Err(Error::new(Kind::Malformed, format!("this is {what}; {remedy}"))),
        None => Ok(None),
    }
}

/// What a text that begins so is.
pub(crate) fn format(head: &str) -> Format {
    let head = head.trim_start_matches('\u{feff}');
    let lower = head.trim_start().to_ascii_lowercase();
    let marked = without_prolog(&lower);
    if is_any(&FEEDS, marked) {
        return Format::Feed;
    }
    if is_any(&PAGES, marked) || lower.starts_with("<?xml") && lower.contains("<html") {
        return Format::Html;
    }
    json(&lower).unwrap_or_else(|| match head {
        _ if is_table(head) => Format::Csv,
        _ if is_markdown(head) => Format::Markdown,
        _ => Format::Text,
    })
}

fn is_any(tags: &[&str], head: &str) -> bool {
    let ends = |rest: &str| rest.starts_with(|c: char| c.is_whitespace() || c == '>');
    tags.iter().any(|tag| head.strip_prefix(tag).is_some_and(ends))
}

/// JSON by an object that opens with a key: one object a line, unless its beginning is spread over lines.
fn json(head: &str) -> Option<Format> {
    let list = head.strip_prefix('[').map(str::trim_start);
    let object = list.unwrap_or(head).strip_prefix('{')?;
    if !object.trim_start().starts_with(['"', '}']) {
        return None;
    }
    if list.is_none() && head.contains(JSON_FEED) {
        return Some(Format::Feed);
    }
    let opens_alone = object.starts_with(['\r', '\n']);
    Some(if list.is_some() || opens_alone { Format::Json } else { Format::JsonLines })
}

/// What follows the declarations, instructions, comments and document types that XML may begin with.
fn without_prolog(mut head: &str) -> &str {
    loop {
        let ended = |start: &str, end: &str| head.strip_prefix(start)?.split_once(end).map(|(_, rest)| rest);
        let rest = ended("<!--", "-->").or_else(|| ended("<?", "?>")).or_else(|| ended("<!doctype rss", ">"));
        match rest {
            Some(rest) => head = rest.trim_start(),
            None => return head,
        }
    }
}
