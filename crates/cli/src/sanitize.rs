//! Strips control sequences from untrusted text before it is printed.

/// The text on one line: white space as single spaces, and control characters, escape sequences' first bytes and marks
/// that turn the direction of writing as `�`.
pub(crate) fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace(is_unsafe, "\u{fffd}")
}

/// Lines of text as they are, such characters in them as `�`.
pub(crate) fn lines(text: &str) -> String {
    text.replace(|c: char| is_unsafe(c) && !matches!(c, '\n' | '\r' | '\t'), "\u{fffd}")
}

/// JSON with the same meaning, such characters escaped.
pub(crate) fn json(written: &str) -> String {
    // Outside its strings, JSON has none of them but the ends of lines.
    let harmful = |c: char| c != '\n' && is_unsafe(c);
    if !written.contains(harmful) {
        return written.to_string();
    }
    written
        .chars()
        .map(|c| if harmful(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() })
        .collect()
}

fn is_unsafe(c: char) -> bool {
    let turns_direction =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns_direction || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_to_obey() {
        assert_eq!(line("a\x1b[31mb\r\n\tc\u{202e}d\u{9b}e\0"), "a�[31mb c�d�e�");
        assert_eq!(line("Erdoğan — “هاتف” 🌍"), "Erdoğan — “هاتف” 🌍");
    }

    #[test]
    fn json_means_the_same() {
        assert_eq!(json("{\n\"a\": \"b\u{202e}\u{9b}é\"}"), "{\n\"a\": \"b\\u202e\\u009bé\"}");
    }
}
