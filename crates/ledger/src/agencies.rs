//! Finds the news agency whose copy a text is.

/// News agencies, and how they sign their copy.
const AGENCIES: &str = include_str!("../data/agencies.csv");

/// The rows of a table of two columns, without its header.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().skip(1).filter_map(|line| line.split_once(','))
}

/// How much of a text's beginning and end is looked at for an agency's mark, in bytes.
const MARGIN_BYTES: usize = 300;

/// The agency whose copy a text says it is: "(Reuters)" in its first line, or "Agence France-Presse" at its end.
pub(crate) fn agency(publisher: Option<&str>, text: &str) -> Option<String> {
    let head = &text[..text.floor_char_boundary(MARGIN_BYTES)];
    let tail = &text[text.ceil_char_boundary(text.len().saturating_sub(MARGIN_BYTES))..];
    let signs = |mark: &str| head.contains(mark) || tail.contains(mark);
    let is_it = |name: &str, marks: &str| {
        publisher.is_some_and(|p| p.eq_ignore_ascii_case(name)) || marks.split(';').any(signs)
    };
    rows(AGENCIES).filter(|(name, marks)| is_it(name, marks)).map(|(name, _)| name.to_string()).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copy_of_an_agency_says_so() {
        assert_eq!(agency(None, "PARIS (Reuters) - The two met.").as_deref(), Some("Reuters"));
        assert_eq!(agency(Some("TASS"), "The two met.").as_deref(), Some("TASS"));
        assert_eq!(agency(Some("Example Times"), "Überall ".repeat(60).as_str()), None);
    }
}
