//! Unpacks a stream that may be packed by gzip or zstd, as it is read.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::ahead::Ahead;
use crate::error::{Error, Kind};

/// How often an input may be packed: once for the records of an archive and once for the archive.
const MAX_LAYERS: usize = 2;

/// The bytes that a packed input begins with (RFC 1952, 2.3.1; RFC 8878, 3.1.1 and 3.1.2, where the first skippable
/// frame of sixteen is the one in use).
const GZIP: &[u8] = b"\x1f\x8b\x08";
const ZSTD: [&[u8]; 2] = [b"\x28\xb5\x2f\xfd", b"\x50\x2a\x4d\x18"];

type Zstd<R> = zstd::Decoder<'static, R>;

/// A stream with its packing taken off. The members of gzip and the frames of zstd are read as one stream.
pub(crate) enum Unpacked<R> {
    Plain(R),
    Gzip(Box<BufReader<MultiGzDecoder<Stream<R>>>>),
    Zstd(Box<BufReader<Zstd<Stream<R>>>>),
}

/// An input with its packing taken off, which can be looked ahead in.
pub(crate) type Stream<R> = Ahead<Unpacked<R>>;

/// What is in `input`, however it is packed.
pub(crate) fn unpack<R: BufRead>(input: R) -> Result<Stream<R>, Error> {
    let mut layer = Ahead::new(Unpacked::Plain(input));
    for _ in 0..MAX_LAYERS {
        match packing(layer.peek(4)) {
            None => return Ok(layer),
            Some(Packing::Gzip) => {
                let inner = MultiGzDecoder::new(layer);
                layer = Ahead::new(Unpacked::Gzip(Box::new(BufReader::new(inner))));
            }
            Some(Packing::Zstd) => {
                let inner = Zstd::with_buffer(layer)?;
                layer = Ahead::new(Unpacked::Zstd(Box::new(BufReader::new(inner))));
            }
        }
    }
    match packing(layer.peek(4)) {
        None => Ok(layer),
        Some(_) => {
            let message = "the input is packed more than twice; unpack it first";
            Err(Error::new(Kind::Malformed, message))
        }
    }
}

/// The content of a small packed message, `most` bytes of it and one more where there are more.
pub(crate) fn content(bytes: &[u8], most: usize) -> Result<Vec<u8>, Error> {
    let mut content = Vec::new();
    unpack(bytes)?.take(most as u64 + 1).read_to_end(&mut content)?;
    Ok(content)
}

#[derive(Clone, Copy)]
enum Packing {
    Gzip,
    Zstd,
}

fn packing(head: &[u8]) -> Option<Packing> {
    if head.starts_with(GZIP) {
        return Some(Packing::Gzip);
    }
    ZSTD.iter().any(|magic| head.starts_with(magic)).then_some(Packing::Zstd)
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Unpacked::Plain(input) => input.read(into),
            Unpacked::Gzip(input) => input.read(into).map_err(|error| damaged("gzip", error)),
            Unpacked::Zstd(input) => input.read(into).map_err(|error| damaged("zstd", error)),
        }
    }
}

impl<R: BufRead> BufRead for Unpacked<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self {
            Unpacked::Plain(input) => input.fill_buf(),
            Unpacked::Gzip(input) => input.fill_buf().map_err(|error| damaged("gzip", error)),
            Unpacked::Zstd(input) => input.fill_buf().map_err(|error| damaged("zstd", error)),
        }
    }

    fn consume(&mut self, count: usize) {
        match self {
            Unpacked::Plain(input) => input.consume(count),
            Unpacked::Gzip(input) => input.consume(count),
            Unpacked::Zstd(input) => input.consume(count),
        }
    }
}

/// What a decoder says of data that it can't read on; what the operating system or a layer below says stays as it is.
fn damaged(packing: &'static str, error: io::Error) -> io::Error {
    let is_told = error.get_ref().is_some_and(|inner| inner.is::<Damaged>());
    if error.raw_os_error().is_some() || is_told || error.kind() == io::ErrorKind::Interrupted {
        return error;
    }
    io::Error::new(io::ErrorKind::InvalidData, Damaged { packing, why: error.to_string() })
}

#[derive(Debug)]
struct Damaged {
    packing: &'static str,
    why: String,
}

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Damaged { packing, why } = self;
        write!(f, "the {packing} data is damaged or cut off here ({why}); get it anew, or unpack it first")
    }
}

impl std::error::Error for Damaged {}
