//! Bounds how much of an input is held in memory.

use std::io::{BufRead, Read};

use crate::MAX_BYTES;
use crate::error::{Error, Kind};

/// The rest of a stream, which is one report or no larger than one may be.
pub(crate) fn read_bounded(stream: &mut impl BufRead) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    stream.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_BYTES { Err(too_large()) } else { Ok(bytes) }
}

/// Refuses a report for its size.
pub(crate) fn too_large() -> Error {
    let message = format!("a report may have {} MiB; split it or give its text alone", MAX_BYTES >> 20);
    Error::new(Kind::TooLarge, message)
}
