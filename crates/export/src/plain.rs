//! Strips control characters from untrusted text, so that every format can hold it.

/// The text with each character that is not for reading as `�`: control characters but tab and line feed, marks that turn
/// the direction of writing, and what XML can't hold. Ends of lines become line feeds.
pub(crate) fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    text.replace(not_for_reading, "\u{fffd}")
}

/// The same on one line, white space as single spaces.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    plain(&words.join(" "))
}

fn not_for_reading(c: char) -> bool {
    let turns_direction =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let control = c.is_control() && !matches!(c, '\t' | '\n');
    control || turns_direction || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_for_reading_is_replaced() {
        assert_eq!(plain("a\u{1b}[31m\tb\r\nc\u{202e}d\u{ffff}\u{2028}e"), "a�[31m\tb\nc�d�\ne");
        assert_eq!(one_line(" Erdoğan\n —\t“هاتف”  🌍 \0"), "Erdoğan — “هاتف” 🌍 �");
    }
}
