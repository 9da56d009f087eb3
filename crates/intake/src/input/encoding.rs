//! Decodes bytes into text: by the encoding given, a byte order mark, what the page declares, or else UTF-8.

use std::str::FromStr;

use encoding_rs::{DecoderResult, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::{Error, Kind};

/// How far into a page its declaration of an encoding is looked for (HTML standard, 13.2.3.2: 1,024 bytes, where
/// pages in the wild often need more).
const DECLARED_WITHIN: usize = 4096;

/// A character encoding of the WHATWG Encoding Standard.
///
/// ```
/// let encoding: daybook_intake::Encoding = "latin1".parse()?;
/// assert_eq!(encoding.name(), "windows-1252");
/// # Ok::<(), daybook_intake::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// The name that the standard gives it.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    pub(crate) fn is_utf8(self) -> bool {
        self.0 == UTF_8
    }

    /// What a byte order mark says.
    pub(crate) fn of_mark(bytes: &[u8]) -> Option<Encoding> {
        encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| Encoding(encoding))
    }

    /// What an HTML or XML page says of itself near its beginning.
    pub(crate) fn declared(bytes: &[u8]) -> Option<Encoding> {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]).to_ascii_lowercase();
        let xml = head.strip_prefix("<?xml").and_then(|rest| label(rest.split("?>").next()?, "encoding"));
        let in_meta = || head.split("<meta").skip(1).find_map(|tag| label(tag.split('>').next()?, "charset"));
        let encoding = encoding_rs::Encoding::for_label(xml.or_else(in_meta)?.as_bytes())?;
        // A declaration that could be read as ASCII is not in UTF-16, whatever it says (HTML standard, 13.2.3.2).
        let misdeclared = encoding == UTF_16LE || encoding == UTF_16BE;
        Some(Encoding(if misdeclared { UTF_8 } else { encoding }))
    }

    /// The text of `bytes`, without its byte order mark.
    ///
    /// Fails with the first bytes that are no text in this encoding and where they stand.
    pub(crate) fn decode(self, bytes: &[u8]) -> Result<String, Error> {
        let mark = encoding_rs::Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding == self.0);
        let skipped = mark.map_or(0, |(_, length)| length);
        self.decode_unmarked(&bytes[skipped..])
            .map_err(|bad| self.refuse(bytes, skipped + bad.start..skipped + bad.end))
    }

    /// The text near the beginning of `bytes`, for telling what it is.
    pub(crate) fn glimpse(self, bytes: &[u8]) -> String {
        self.0.decode(bytes).0.into_owned()
    }

    fn decode_unmarked(self, bytes: &[u8]) -> Result<String, std::ops::Range<usize>> {
        let mut decoder = self.0.new_decoder_without_bom_handling();
        let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
        let mut text = String::with_capacity(room.unwrap_or(bytes.len()));
        let mut read = 0;
        loop {
            let (result, taken) =
                decoder.decode_to_string_without_replacement(&bytes[read..], &mut text, true);
            read += taken;
            match result {
                DecoderResult::InputEmpty => return Ok(text),
                DecoderResult::OutputFull => text.reserve(bytes.len().max(16)),
                DecoderResult::Malformed(length, after) => {
                    let end = read.saturating_sub(usize::from(after));
                    return Err(end.saturating_sub(usize::from(length))..end);
                }
            }
        }
    }

    fn refuse(self, bytes: &[u8], bad: std::ops::Range<usize>) -> Error {
        let shown: Vec<String> =
            bytes.get(bad.clone()).unwrap_or_default().iter().map(|b| format!("{b:02x}")).collect();
        let (noun, verb) = if shown.len() == 1 { ("byte", "is") } else { ("bytes", "are") };
        let message = format!(
            "{noun} {} at offset {} {verb} not {}; give the encoding that the text is in, for instance windows-1252",
            shown.join(" "),
            bad.start,
            self.name()
        );
        Error::new(Kind::Undecodable, message)
    }
}

impl Default for Encoding {
    fn default() -> Encoding {
        Encoding(UTF_8)
    }
}

impl FromStr for Encoding {
    type Err = Error;

    fn from_str(label: &str) -> Result<Encoding, Error> {
        let unknown = || {
            let message =
                format!("{label:?} is not an encoding; write for instance utf-8, windows-1252 or utf-16le");
            Error::new(Kind::Malformed, message)
        };
        encoding_rs::Encoding::for_label(label.as_bytes()).map(Encoding).ok_or_else(unknown)
    }
}

/// The value of `key = "value"` in a tag, quoted or bare.
fn label<'a>(tag: &'a str, key: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(key)?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    value.split(|c: char| c.is_whitespace() || "\"';/>".contains(c)).next().filter(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_found_in_all_their_forms() {
        for (page, name) in [
            ("<meta charset=windows-1252>", Some("windows-1252")),
            ("<html><META  CHARSET = 'koi8-r' />", Some("KOI8-R")),
            (
                r#"<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">"#,
                Some("ISO-8859-2"),
            ),
            (r#"<?xml version="1.0" encoding="shift_jis"?><html>"#, Some("Shift_JIS")),
            ("<meta charset=utf-16>", Some("UTF-8")),
            ("<meta charset=nonsense>", None),
            ("<meta charset>", None),
            ("charset=koi8-r", None),
        ] {
            assert_eq!(Encoding::declared(page.as_bytes()).map(Encoding::name), name, "{page}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_named_with_their_place() {
        for (name, bytes, said) in [
            ("utf-8", b"caf\xe9 au lait".as_slice(), "byte e9 at offset 3 is not UTF-8"),
            ("utf-8", b"\xef\xbb\xbfab\xff", "byte ff at offset 5 is not UTF-8"),
            ("utf-8", b"cut \xe2\x82", "bytes e2 82 at offset 4 are not UTF-8"),
            ("utf-16le", b"a\0\0\xd8b\0", "bytes 00 d8 at offset 2 are not UTF-16LE"),
            ("shift_jis", b"ab\xa0", "byte a0 at offset 2 is not Shift_JIS"),
        ] {
            let encoding: Encoding = name.parse().expect(name);
            let error = encoding.decode(bytes).expect_err(said);
            assert!(error.to_string().starts_with(said), "{error}");
            assert!(error.is_undecodable());
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        for (bytes, text) in
            [(b"\xef\xbb\xbfab".as_slice(), "ab"), (b"\xff\xfea\0b\0", "ab"), (b"\xfe\xff\0a\0b", "ab")]
        {
            let encoding = Encoding::of_mark(bytes).expect("a mark");
            assert_eq!(encoding.decode(bytes).expect("text"), text);
        }
    }
}
