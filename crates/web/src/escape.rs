//! Escapes text from outside for HTML and for addresses: nothing in it acts as a tag, a quotation mark, a further part of a path,
//! or a character that shows nothing and changes what is seen.

use std::fmt::{self, Write};

use askama::filters::Escaper;

/// How templates escape.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Html;

impl Escaper for Html {
    fn write_escaped_str<W: Write>(&self, mut out: W, text: &str) -> fmt::Result {
        write(&mut out, text)
    }
}

/// Text as it stands in HTML, between tags or in quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // A string takes everything.
    let _ = write(&mut out, text);
    out
}

/// A part of an address: text from outside never adds to its path.
pub(crate) fn path_segment(part: &str) -> String {
    let keep = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    part.bytes().map(|b| if keep(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

fn write(out: &mut impl Write, text: &str) -> fmt::Result {
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let Some(instead) = instead(c) else { continue };
        out.write_str(&text[start..at])?;
        out.write_str(instead)?;
        start = at + c.len_utf8();
    }
    out.write_str(&text[start..])
}

/// What stands for a character that can't stand for itself.
fn instead(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        '\n' | '\t' => None,
        c if is_hidden(c) => Some("\u{fffd}"),
        _ => None,
    }
}

/// Controls, and characters that turn the direction of writing.
fn is_hidden(c: char) -> bool {
    let turns =
        matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    c.is_control() || turns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_the_direction_of_writing_is_shown_as_such() {
        assert_eq!(escape("a\u{202e}b\u{7}\u{1b}[31m"), "a\u{fffd}b\u{fffd}\u{fffd}[31m");
    }

    #[test]
    fn nothing_is_a_tag_or_a_quotation_mark() {
        assert_eq!(escape("<a href=\"x\">'&'</a>"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
        assert_eq!(escape("plain é\n"), "plain é\n");
    }

    #[test]
    fn a_part_of_an_address_stays_a_part() {
        assert_eq!(path_segment("angela-merkel@DEU"), "angela-merkel%40DEU");
        assert_eq!(path_segment("a/../?b#c&d\"é"), "a%2F..%2F%3Fb%23c%26d%22%C3%A9");
    }
}
