//! Reads plain text, with its front matter taken off.
//!
//! Front matter is a block between two lines `---` at the very beginning, with one `key: value` a line.

use daybook_record::Report;

use crate::date::day;
use crate::error::{Error, Kind};
use crate::names::{Field, NAMES};

/// The report that `text` holds, and the line of the input on which the report's own text begins.
pub(crate) fn report(text: &str) -> Result<(Report, usize), Error> {
    report_of(text, Keys::Ours)
}

/// Which keys front matter may have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keys {
    /// Those of a report alone.
    Ours,
    /// Any, as in YAML, of which those that are not ours are passed over, and ours may have other names.
    Any,
}

/// The same with `keys` in the front matter.
pub(crate) fn report_of(text: &str, keys: Keys) -> Result<(Report, usize), Error> {
    let Some(block) = front_matter(text) else {
        return Ok((Report { text: text.to_string(), ..Report::default() }, 1));
    };
    let mut report = Report::default();
    let mut at = text.find('\n').map_or(text.len(), |end| end + 1);
    for (index, line) in block.split_inclusive('\n').enumerate() {
        let number = index + 2;
        at += line.len();
        if is_fence(line) {
            report.text = text[at..].to_string();
            return Ok((report, number + 1));
        }
        set(&mut report, line.trim(), keys).map_err(|error| error.on_line(number))?;
    }
    let message = "the front matter is not closed; end it with a line ---";
    Err(Error::new(Kind::Malformed, message).on_line(1))
}

/// What stands below the front matter, as far as it is there.
pub(crate) fn body(text: &str) -> &str {
    let Some(block) = front_matter(text) else { return text };
    let mut lines = block.split_inclusive('\n');
    let length: usize = lines.by_ref().take_while(|line| !is_fence(line)).map(str::len).sum();
    block[length..].split_once('\n').map_or("", |(_, body)| body)
}

/// What follows the opening fence, if a `key:` does: a rule of dashes above an article opens no front matter.
fn front_matter(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once('\n')?;
    let (key, _) = rest.lines().find(|line| !is_remark(line))?.split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    (is_fence(first) && is_key).then_some(rest)
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

fn is_remark(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with('#')
}

fn set(report: &mut Report, line: &str, keys: Keys) -> Result<(), Error> {
    if is_remark(line) {
        return Ok(());
    }
    let malformed = |message: String| Err(Error::new(Kind::Malformed, message));
    let Some((key, value)) = line.split_once(':') else {
        return match keys {
            Keys::Any => Ok(()),
            Keys::Ours => malformed(format!("{line:?} is not front matter; write key: value")),
        };
    };
    let value = Some(unquoted(value.trim())).filter(|value| !value.is_empty());
    let key = key.trim().to_ascii_lowercase();
    match field(&key, keys) {
        Some(Field::Id) => report.id = value.unwrap_or_default().to_string(),
        Some(Field::Title) => report.title = value.map(str::to_string),
        Some(Field::Published) => report.published = value.map(day).transpose()?,
        Some(Field::Publisher) => report.publisher = value.map(str::to_string),
        Some(Field::Url) => report.url = value.map(str::to_string),
        Some(Field::Text) | None if keys == Keys::Any => {}
        Some(Field::Text) | None => {
            return malformed(format!(
                "front matter has no key {key:?}; use id, title, published, publisher or url"
            ));
        }
    }
    Ok(())
}

/// What a key tells of a report. Where any are allowed, one of our keys may go by another of its names.
fn field(key: &str, keys: Keys) -> Option<Field> {
    let is_it = |names: &[&str]| match keys {
        Keys::Ours => names.first() == Some(&key),
        Keys::Any => names.contains(&key),
    };
    NAMES.iter().find(|(_, names)| is_it(names)).map(|(field, _)| *field)
}

fn unquoted(value: &str) -> &str {
    let within = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    within('"').or_else(|| within('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let said = match report(text) {
            Ok((r, line)) => {
                let published = r.published.map(|d| d.to_string());
                let fields =
                    [r.title, published, r.publisher, r.url].map(|f| f.unwrap_or_else(|| "-".into()));
                format!("{line} {} {:?}", fields.join("|"), r.text)
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(said, expected, "{text:?}");
    }

    #[test]
    fn front_matter_is_taken_off_and_the_text_left_as_it_came() {
        check("Talks.\r\n", r#"1 -|-|-|- "Talks.\r\n""#);
        check(
            "---\ntitle: Talks: a start\npublished: 2013-06-03\n---\nText.",
            r#"5 Talks: a start|2013-06-03|-|- "Text.""#,
        );
        check(
            "---\r\nTitle: \"Q\"\r\nurl: https://a.example/b\r\n---\r\n\r\nText.\r\n",
            r#"5 Q|-|-|https://a.example/b "\r\nText.\r\n""#,
        );
        check("---\n# a remark\npublisher:\n\n# another\nid: 7\n---\n", r#"8 -|-|-|- """#);
    }

    #[test]
    fn dashes_above_an_article_are_text() {
        check("---\nThe two met.\n---\n", r#"1 -|-|-|- "---\nThe two met.\n---\n""#);
        check("---", r#"1 -|-|-|- "---""#);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        check("---\ntitle: a\nText", r#":3: "Text" is not front matter; write key: value"#);
        check("---\ntitle: a\n", ":1: the front matter is not closed; end it with a line ---");
        check("---\ntitle: a\npublished: May\n---\n", r#":3: "May" is not a date; write YYYY-MM-DD"#);
        check(
            "---\nauthor: a\n---\n",
            r#":2: front matter has no key "author"; use id, title, published, publisher or url"#,
        );
    }
}
