//! Reads JSON: one object a line, or objects of any layout, in an array or one after another.

use std::io::BufRead;

use daybook_record::Report;
use serde_json::{Map, Value};

use crate::MAX_BYTES;
use crate::error::{Error, Kind, Place};
use crate::found::Found;
use crate::input::{Encoding, too_large};
use crate::names::{self, Field};

/// Reads one object a line.
pub(crate) struct Lines<S> {
    input: S,
    line: usize,
}

impl<S: BufRead> Lines<S> {
    pub(crate) fn new(input: S) -> Lines<S> {
        Lines { input, line: 0 }
    }

    /// The next report; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Result<Found, Error>> {
        loop {
            self.line += 1;
            let line = match bounded_line(&mut self.input) {
                Ok(Some(line)) => line,
                Ok(None) => return None,
                Err(error) => return Some(Err(error.on_line(self.line))),
            };
            if !line.trim_ascii().is_empty() {
                return Some(found(&line, self.line));
            }
        }
    }
}

/// The next line without its end; `None` at the end of the input. A line that is too large is passed over whole.
fn bounded_line(stream: &mut impl BufRead) -> Result<Option<Vec<u8>>, Error> {
    let mut line = Vec::new();
    let read = std::io::Read::take(&mut *stream, MAX_BYTES as u64 + 1).read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() > MAX_BYTES {
        stream.skip_until(b'\n')?;
        return Err(too_large());
    }
    Ok(Some(line))
}

/// Reads objects wherever they begin and end: between them stand white space, commas, and the brackets of arrays.
pub(crate) struct Objects<S> {
    input: S,
    line: usize,
}

impl<S: BufRead> Objects<S> {
    pub(crate) fn new(input: S) -> Objects<S> {
        Objects { input, line: 1 }
    }

    /// The next report; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Result<Found, Error>> {
        match self.find_object() {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => return Some(Err(error.or_at(Place::Line(self.line)))),
        }
        let line = self.line;
        Some(match self.object() {
            Ok(object) => found(&object, line),
            Err(error) => Err(error.on_line(line)),
        })
    }

    /// Goes to where an object opens; whether there is one.
    fn find_object(&mut self) -> Result<bool, Error> {
        loop {
            let Some(&byte) = self.input.fill_buf()?.first() else { return Ok(false) };
            match byte {
                b'{' => return Ok(true),
                b' ' | b'\t' | b'\r' | b'\n' | b',' | b'[' | b']' => {
                    self.line += usize::from(byte == b'\n');
                    self.input.consume(1);
                }
                _ => {
                    self.input.skip_until(b'\n')?;
                    self.line += 1;
                    let message = "not a JSON object; write objects such as {\"text\": \"…\"}";
                    return Err(malformed(message.into()).on_line(self.line - 1));
                }
            }
        }
    }

    /// The bytes of the object that opens here. One that is too large is passed over whole.
    fn object(&mut self) -> Result<Vec<u8>, Error> {
        let mut object = Vec::new();
        let mut scan = Scan::default();
        while !scan.is_closed {
            let bytes = self.input.fill_buf()?;
            if bytes.is_empty() {
                return Err(malformed("the input ends within this object; get it anew".into()));
            }
            let taken = bytes.iter().position(|&byte| scan.closes(byte)).map_or(bytes.len(), |at| at + 1);
            self.line += bytes[..taken].iter().filter(|&&byte| byte == b'\n').count();
            if object.len() <= MAX_BYTES {
                object.extend_from_slice(&bytes[..taken]);
            }
            self.input.consume(taken);
        }
        if object.len() > MAX_BYTES { Err(too_large()) } else { Ok(object) }
    }
}

/// How far an object is open.
#[derive(Default)]
struct Scan {
    depth: usize,
    in_string: bool,
    escaped: bool,
    is_closed: bool,
}

impl Scan {
    /// Whether the object ends with `byte`.
    fn closes(&mut self, byte: u8) -> bool {
        if self.in_string {
            self.in_string = byte != b'"' || self.escaped;
            self.escaped = byte == b'\\' && !self.escaped;
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.is_closed = self.depth == 0;
        self.is_closed
    }
}

fn found(object: &[u8], line: usize) -> Result<Found, Error> {
    let text = Encoding::default().decode(object);
    let report = text.and_then(|text| report(&text)).map_err(|error| error.on_line(line))?;
    Ok(Found::at(Place::Line(line), report))
}

/// The report in one line, which must hold an object with a `text`; fields that are not ours are passed over.
fn report(line: &str) -> Result<Report, Error> {
    let value: Value = serde_json::from_str(line).map_err(|error| {
        malformed(format!("not JSON ({error}); write one object a line, such as {{\"text\": \"…\", \"published\": \"YYYY-MM-DD\"}}"))
    })?;
    let Value::Object(fields) = value else {
        return Err(malformed("not a JSON object; write {\"text\": \"…\"}".into()));
    };
    names::report(|field| first(&fields, field))
}

/// The text of the first of a field's names that has one. Under the first name it must be a text; what has another of
/// the names may be something else altogether.
fn first(fields: &Map<String, Value>, field: Field) -> Result<Option<String>, Error> {
    let Some((ours, others)) = names::names(field).split_first() else { return Ok(None) };
    if let (Field::Id, Some(Value::Number(number))) = (field, fields.get(*ours)) {
        return Ok(Some(number.to_string()));
    }
    let text = string(fields, ours)?;
    Ok(text.or_else(|| others.iter().find_map(|name| string(fields, name).ok().flatten())))
}

/// A field's text; `None` where it is absent, null or empty.
fn string(fields: &Map<String, Value>, key: &str) -> Result<Option<String>, Error> {
    match fields.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone()).filter(|text| !text.is_empty())),
        Some(other) => Err(malformed(format!("\"{key}\" is {}; write it as a string", named(other)))),
    }
}

fn named(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

fn malformed(message: String) -> Error {
    Error::new(Kind::Malformed, message)
}
