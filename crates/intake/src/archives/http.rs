//! Reads a response of a web server as it was sent: what its content is, and the content unpacked.

use std::io::Read;

use httparse::{EMPTY_HEADER, Response, Status};

use crate::documents::WebDocument;
use crate::error::{Error, Kind};
use crate::input::{Encoding, content, too_large};
use crate::recognise::{self, GLIMPSE};
use crate::{Format, MAX_BYTES};

/// The most header fields that a response may have; servers send some thirty.
const MAX_FIELDS: usize = 256;

/// What a content of this type is, which begins as `seen`, if it is to be read.
pub(crate) fn kind_of(content_type: &str, seen: &[u8]) -> Option<WebDocument> {
    let mime = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match mime.as_str() {
        "text/html" | "application/xhtml+xml" => Some(WebDocument::Page),
        "text/plain" => Some(WebDocument::Text),
        "text/markdown" | "text/x-markdown" => Some(WebDocument::Markdown),
        "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" | "application/feed+json" => {
            Some(WebDocument::Feed)
        }
        "application/xml" | "text/xml" | "application/json" | "" => kind_seen(seen),
        _ => None,
    }
}

/// What a content is whose type tells nothing.
fn kind_seen(seen: &[u8]) -> Option<WebDocument> {
    let seen = &seen[..seen.len().min(GLIMPSE)];
    match recognise::format(&Encoding::of_mark(seen).unwrap_or_default().glimpse(seen)) {
        Format::Html => Some(WebDocument::Page),
        Format::Feed => Some(WebDocument::Feed),
        _ => None,
    }
}

/// A content and the encoding that the server says it is in.
pub(crate) struct Message {
    pub(crate) encoding: Option<Encoding>,
    pub(crate) body: Vec<u8>,
}

impl Message {
    pub(crate) fn of(content_type: &str, body: &[u8]) -> Message {
        Message { encoding: charset(content_type), body: body.to_vec() }
    }
}

/// What a response holds that begins as `seen`, if it is to be read: if it is what was asked for, and in full.
pub(crate) fn kind_of_response(seen: &[u8]) -> Result<Option<WebDocument>, Error> {
    let head = Head::of(seen)?;
    let is_got = (200..300).contains(&head.status) && head.status != 206;
    Ok(kind_of(&head.content_type, &seen[head.length..]).filter(|_| is_got))
}

/// The content of a response, unpacked.
pub(crate) fn message(block: &[u8]) -> Result<Message, Error> {
    let head = Head::of(block)?;
    let sent = &block[head.length..];
    // Many archives keep the field although they hold the content in one piece.
    let whole = Some(sent).filter(|_| head.is_chunked).and_then(joined);
    let body = unpacked(&head.packing, whole.as_deref().unwrap_or(sent))?;
    if body.len() > MAX_BYTES {
        return Err(too_large());
    }
    Ok(Message { encoding: charset(&head.content_type), body })
}

struct Head {
    status: u16,
    content_type: String,
    packing: String,
    is_chunked: bool,
    /// In bytes, with the blank line below it.
    length: usize,
}

impl Head {
    fn of(bytes: &[u8]) -> Result<Head, Error> {
        let mut fields = [EMPTY_HEADER; MAX_FIELDS];
        let mut response = Response::new(&mut fields);
        let broken = |why: &str| {
            Error::new(
                Kind::Malformed,
                format!("the head of the response is broken ({why}); fetch the page anew"),
            )
        };
        let mut config = httparse::ParserConfig::default();
        config.allow_spaces_after_header_name_in_responses(true);
        config.allow_obsolete_multiline_headers_in_responses(true);
        config.ignore_invalid_headers_in_responses(true);
        let length = match config.parse_response(&mut response, bytes) {
            Ok(Status::Complete(length)) => length,
            Ok(Status::Partial) => return Err(broken("it does not end")),
            Err(error) => return Err(broken(&error.to_string())),
        };
        let field = |name: &str| {
            let found = response.headers.iter().find(|field| field.name.eq_ignore_ascii_case(name));
            found
                .map(|field| String::from_utf8_lossy(field.value).trim().to_ascii_lowercase())
                .unwrap_or_default()
        };
        Ok(Head {
            status: response.code.unwrap_or_default(),
            content_type: field("content-type"),
            packing: field("content-encoding"),
            is_chunked: field("transfer-encoding").contains("chunked"),
            length,
        })
    }
}

fn charset(content_type: &str) -> Option<Encoding> {
    let (_, value) = content_type.split_once("charset=")?;
    value.trim_matches(['"', '\'', ' ']).split([';', '"', '\'', ' ']).next()?.parse().ok()
}

/// The content of chunks put together (RFC 9112, 7.1), as far as there are any; `None` for what is not in chunks.
fn joined(mut chunks: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    let mut is_first = true;
    loop {
        let size = match httparse::parse_chunk_size(chunks) {
            Ok(Status::Complete((start, size))) => {
                chunks = &chunks[start..];
                size
            }
            _ => return (!is_first).then_some(content),
        };
        let size = usize::try_from(size).unwrap_or(usize::MAX).min(chunks.len());
        if size == 0 {
            return Some(content);
        }
        content.extend_from_slice(&chunks[..size]);
        chunks = chunks[size..].strip_prefix(b"\r\n").unwrap_or(&chunks[size..]);
        is_first = false;
    }
}

/// A content with its packing taken off, which many archives have done already.
fn unpacked(packing: &str, sent: &[u8]) -> Result<Vec<u8>, Error> {
    let bounded = |reader: &mut dyn Read| {
        let mut bytes = Vec::new();
        reader.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map(|_| bytes)
    };
    match packing {
        "gzip" | "x-gzip" | "zstd" => content(sent, MAX_BYTES),
        // Some servers leave out the frame around the data, and some archives unpack it.
        "deflate" => Ok(bounded(&mut flate2::bufread::ZlibDecoder::new(sent))
            .or_else(|_| bounded(&mut flate2::bufread::DeflateDecoder::new(sent)))
            .unwrap_or_else(|_| sent.to_vec())),
        "br" if std::str::from_utf8(sent).is_err() => {
            let message =
                "the page is packed by brotli, which is not read; fetch it with Accept-Encoding: gzip";
            Err(Error::new(Kind::Malformed, message))
        }
        _ => Ok(sent.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_and_what_has_none_is_left() {
        for (sent, whole) in [
            ("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", Some("abcde")),
            ("3\r\nabc\r\nff\r\nde", Some("abcde")),
            ("3\r\nabc\r\n", Some("abc")),
            ("<html>", None),
            ("0\r\n\r\n", Some("")),
        ] {
            assert_eq!(joined(sent.as_bytes()).as_deref(), whole.map(str::as_bytes), "{sent}");
        }
    }
}
