//! Reads web archives (WARC 1.0 and 1.1, ISO 28500): the reports in the records, one after another.
//!
//! Of responses and resources, pages, texts and feeds are read, and where HTTP is spoken only what was got in full.
//! Neither when a page was fetched nor when its server changed it is when it was published, so of days only those
//! count that the page tells itself.

use std::io::{BufRead, Read};
use std::vec::IntoIter;

use super::http;
use crate::MAX_BYTES;
use crate::documents::{self, WebDocument};
use crate::error::{Error, Kind, Place};
use crate::found::Found;
use crate::input::{Ahead, Encoding, too_large};

/// The longest head of a record that is taken in, and how much of a record is looked at to tell what it is.
const MAX_HEAD_BYTES: usize = 64 << 10;

/// What a record begins with.
const START: &[u8] = b"WARC/";

/// Beginnings and ends of addresses of what crawlers fetch or write for themselves.
const FOR_CRAWLERS: [&str; 2] = ["metadata:", "dns:"];
const ROBOTS: &str = "/robots.txt";

/// Reads the records of an archive.
pub(crate) struct Warc<R> {
    input: Ahead<R>,
    /// The encoding that the caller knows.
    encoding: Option<Encoding>,
    /// How many bytes were read.
    at: u64,
    /// How far bytes were read more than once.
    reread: u64,
    /// Whether the place of the next record is sought after a damaged one.
    is_lost: bool,
    found: IntoIter<Result<Found, Error>>,
}

/// What the head of a record says that matters here.
#[derive(Default)]
struct Head {
    kind: String,
    target: String,
    content_type: String,
    length: Option<u64>,
}

impl<R: BufRead> Warc<R> {
    pub(crate) fn new(input: Ahead<R>, encoding: Option<Encoding>) -> Warc<R> {
        let found = Vec::new().into_iter();
        Warc { input, encoding, at: 0, reread: 0, is_lost: false, found }
    }

    /// The next report; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Result<Found, Error>> {
        loop {
            if let Some(found) = self.found.next() {
                return Some(found);
            }
            match self.find_record() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(error.at(Place::Byte(self.at)))),
            }
            let start = self.at;
            match self.record(start) {
                Ok(found) => self.found = found.into_iter(),
                Err(error) => {
                    self.is_lost = true;
                    return Some(Err(error.at(Place::Byte(start))));
                }
            }
        }
    }

    /// Goes to where the next record begins; whether there is one.
    fn find_record(&mut self) -> Result<bool, Error> {
        loop {
            match self.input.peek(START.len()) {
                [] => return self.is_over(),
                start if start == START => {
                    self.is_lost = false;
                    return Ok(true);
                }
                [b'\r' | b'\n', ..] => self.skip(1).map(drop)?,
                _ if self.is_lost => self.at += self.input.skip_until(b'\n')? as u64,
                _ => {
                    self.is_lost = true;
                    let message =
                        "no record begins here; reading goes on at the next: check how the archive was made";
                    return Err(malformed(message));
                }
            }
        }
    }

    /// `false` at the end of the input; what ends it too early is an error.
    fn is_over(&mut self) -> Result<bool, Error> {
        Ok(!self.input.fill_buf()?.is_empty())
    }

    /// What is in the record that begins here.
    fn record(&mut self, start: u64) -> Result<Vec<Result<Found, Error>>, Error> {
        let head = self.head()?;
        let length = head
            .length
            .ok_or_else(|| malformed("the record has no Content-Length; check how the archive was made"))?;
        match self.kind(&head, length) {
            Ok(Some(kind)) if length <= (MAX_BYTES + MAX_HEAD_BYTES) as u64 => {
                let block = self.block(length, start)?;
                self.reports(kind, &head, &block, start)
            }
            other => {
                let skipped = self.skip(length)?;
                self.check_end(skipped == length)?;
                other.and_then(|kind| if kind.is_some() { Err(too_large()) } else { Ok(Vec::new()) })
            }
        }
    }

    fn head(&mut self) -> Result<Head, Error> {
        let mut head = Head::default();
        let mut room = MAX_HEAD_BYTES;
        loop {
            let mut line = Vec::new();
            let read = self.input.by_ref().take(room as u64).read_until(b'\n', &mut line)?;
            self.at += read as u64;
            room -= read;
            if line.last() != Some(&b'\n') {
                return Err(malformed("the head of the record is cut off or too long; get the archive anew"));
            }
            if line.trim_ascii().is_empty() {
                return Ok(head);
            }
            head.set(&String::from_utf8_lossy(&line));
        }
    }

    /// What the record holds, if that is to be read.
    fn kind(&mut self, head: &Head, length: u64) -> Result<Option<WebDocument>, Error> {
        let target = head.target.as_str();
        if FOR_CRAWLERS.iter().any(|start| target.starts_with(start)) || target.ends_with(ROBOTS) {
            return Ok(None);
        }
        let seen = self.input.peek(usize::try_from(length).unwrap_or(MAX_HEAD_BYTES).min(MAX_HEAD_BYTES));
        match head.kind.as_str() {
            "response" if head.is_http() => http::kind_of_response(seen),
            "response" | "resource" => Ok(http::kind_of(&head.content_type, seen)),
            _ => Ok(None),
        }
    }

    /// The `length` bytes of the record; where the next does not follow them, reading goes on within.
    fn block(&mut self, length: u64, start: u64) -> Result<Vec<u8>, Error> {
        let mut block = Vec::new();
        let read = self.input.by_ref().take(length).read_to_end(&mut block);
        self.at += block.len() as u64;
        read?;
        match self.check_end(block.len() as u64 == length) {
            Ok(()) => Ok(block),
            Err(error) => {
                self.go_back(block, start);
                Err(error)
            }
        }
    }

    /// Whether the record ends where its length says.
    fn check_end(&mut self, is_whole: bool) -> Result<(), Error> {
        if !is_whole {
            return Err(malformed("the record is cut off; get the archive anew"));
        }
        match self.input.peek(START.len()) {
            [] | [b'\r' | b'\n', ..] => Ok(()),
            next if next == START => Ok(()),
            _ => Err(malformed("the record is not as long as it says; get the archive anew")),
        }
    }

    /// Lets the record after a damaged one be read where its bytes were taken for the damaged one's. This is done once
    /// for any byte, so that no input takes time with the square of its size.
    fn go_back(&mut self, mut block: Vec<u8>, start: u64) {
        let next = block.windows(START.len() + 1).position(|bytes| bytes[0] == b'\n' && bytes[1..] == *START);
        if let Some(at) = next.filter(|_| start >= self.reread) {
            self.reread = self.at;
            let tail = block.split_off(at + 1);
            self.at -= tail.len() as u64;
            self.input.put_back(tail);
        }
    }

    /// Passes over `count` bytes, or as many as there are; how many.
    fn skip(&mut self, count: u64) -> Result<u64, Error> {
        let skipped = std::io::copy(&mut self.input.by_ref().take(count), &mut std::io::sink())?;
        self.at += skipped;
        Ok(skipped)
    }

    /// The reports in a record's `block`.
    fn reports(
        &self,
        kind: WebDocument,
        head: &Head,
        block: &[u8],
        start: u64,
    ) -> Result<Vec<Result<Found, Error>>, Error> {
        let is_http = head.kind == "response" && head.is_http();
        let message =
            if is_http { http::message(block)? } else { http::Message::of(&head.content_type, block) };
        let encoding = self.encoding.or_else(|| Encoding::of_mark(&message.body)).or(message.encoding);
        let mut reports = documents::reports(kind, &message.body, encoding)?;
        if let ([Ok(report)], true) = (&mut reports[..], kind != WebDocument::Feed && !head.target.is_empty())
        {
            report.url = Some(head.target.clone());
        }
        let place = Place::Byte(start);
        let found = |report| Found::at(place, report);
        Ok(reports.into_iter().map(|item| item.map(found).map_err(|error| error.at(place))).collect())
    }
}

impl Head {
    fn set(&mut self, line: &str) {
        let Some((name, value)) = line.split_once(':') else { return };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => self.kind = value.to_ascii_lowercase(),
            // Some writers of WARC 1.0 put addresses into angle brackets, as its grammar has them.
            "warc-target-uri" => self.target = value.trim_matches(['<', '>']).to_string(),
            "content-type" => self.content_type = value.to_ascii_lowercase(),
            "content-length" => self.length = value.parse().ok(),
            _ => {}
        }
    }

    fn is_http(&self) -> bool {
        self.content_type.starts_with("application/http")
    }
}

fn malformed(message: &str) -> Error {
    Error::new(Kind::Malformed, message)
}
