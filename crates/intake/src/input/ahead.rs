//! Looks ahead in a stream, and puts back what was read too far.

use std::io::{BufRead, Error, Read, Result};

/// A stream that can be looked at before it is read.
pub(crate) struct Ahead<R> {
    front: Vec<u8>,
    at: usize,
    /// What stopped a look ahead; it is told when what was seen before it has been read.
    failure: Option<Error>,
    rest: R,
}

impl<R: BufRead> Ahead<R> {
    pub(crate) fn new(rest: R) -> Ahead<R> {
        Ahead { front: Vec::new(), at: 0, failure: None, rest }
    }

    /// The next `count` bytes; fewer at the end of the stream, or before what can't be read.
    pub(crate) fn peek(&mut self, count: usize) -> &[u8] {
        let missing = count.saturating_sub(self.front.len() - self.at);
        if missing > 0 && self.failure.is_none() {
            self.front.drain(..self.at);
            self.at = 0;
            self.failure = self.rest.by_ref().take(missing as u64).read_to_end(&mut self.front).err();
        }
        &self.front[self.at..self.front.len().min(self.at.saturating_add(count))]
    }

    /// Lets `bytes` be read next.
    pub(crate) fn put_back(&mut self, mut bytes: Vec<u8>) {
        bytes.extend_from_slice(&self.front[self.at..]);
        self.front = bytes;
        self.at = 0;
    }
}

impl<R: BufRead> Read for Ahead<R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Ahead<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.at < self.front.len() {
            return Ok(&self.front[self.at..]);
        }
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => self.rest.fill_buf(),
        }
    }

    fn consume(&mut self, count: usize) {
        if self.at < self.front.len() {
            self.at += count;
            if self.at >= self.front.len() {
                self.front = Vec::new();
                self.at = 0;
            }
        } else {
            self.rest.consume(count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_or_put_back_is_read_first() {
        let mut stream = Ahead::new(&b"abcdef"[..]);
        assert_eq!(stream.peek(2), b"ab");
        assert_eq!(stream.peek(4), b"abcd");
        stream.consume(3);
        stream.put_back(b"xy".to_vec());
        assert_eq!(stream.peek(usize::MAX), b"xydef");
        let mut rest = String::new();
        stream.read_to_string(&mut rest).expect("text");
        assert_eq!(rest, "xydef");
        assert_eq!(stream.peek(3), b"");
    }
}
