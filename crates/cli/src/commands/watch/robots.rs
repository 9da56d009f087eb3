//! Reads `robots.txt` (RFC 9309, and the older `Crawl-delay`): what may be fetched from a host, and how often.

use std::time::Duration;

/// The name by which a `robots.txt` may speak of this program alone.
const OWN_NAME: &str = "daybook";

/// What a host asks of programs like this one.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Robots {
    rules: Vec<Rule>,
    delay: Option<Duration>,
}

#[derive(Debug, PartialEq)]
struct Rule {
    /// A path's beginning, in which `*` stands for anything and a last `$` for the end.
    pattern: String,
    is_allowed: bool,
}

impl Robots {
    /// Reads a `robots.txt`, whatever it holds: what is none of its lines is passed over. Groups that name this program
    /// count, or else those for all programs.
    pub(super) fn read(bytes: &[u8]) -> Robots {
        let text = String::from_utf8_lossy(bytes);
        let (mut own, mut general) = (None, None);
        let (mut is_own, mut is_general, mut has_rules) = (false, false, false);
        for (key, value) in text.trim_start_matches('\u{feff}').lines().filter_map(line) {
            if key == "user-agent" {
                if std::mem::take(&mut has_rules) {
                    (is_own, is_general) = (false, false);
                }
                is_own |= product(value).eq_ignore_ascii_case(OWN_NAME);
                is_general |= value == "*";
                // A group that says nothing allows everything, and still counts before the general one.
                own = own.or(is_own.then(Robots::default));
                continue;
            }
            has_rules = true;
            if is_own {
                own.get_or_insert_with(Robots::default).take(&key, value);
            }
            if is_general {
                general.get_or_insert_with(Robots::default).take(&key, value);
            }
        }
        own.or(general).unwrap_or_default()
    }

    fn take(&mut self, key: &str, value: &str) {
        match key {
            "allow" | "disallow" if !value.is_empty() => {
                self.rules.push(Rule { pattern: normalized(value), is_allowed: key == "allow" });
            }
            "crawl-delay" => {
                let seconds =
                    value.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
                self.delay = seconds.or(self.delay);
            }
            _ => {}
        }
    }

    /// Whether a path, with its query, may be asked for: the longest rule for it counts, and of two as long the one that
    /// allows it.
    pub(super) fn allows(&self, path: &str) -> bool {
        let path = normalized(path);
        let of_path = self.rules.iter().filter(|rule| matches(&rule.pattern, &path));
        of_path.max_by_key(|rule| (rule.pattern.len(), rule.is_allowed)).is_none_or(|rule| rule.is_allowed)
    }

    /// How long to wait between two requests.
    pub(super) fn delay(&self) -> Option<Duration> {
        self.delay
    }
}

/// The key, in lower case, and the value of a line; `None` where it has none.
fn line(line: &str) -> Option<(String, &str)> {
    let (key, value) = line.split('#').next()?.split_once(':')?;
    Some((key.trim().to_ascii_lowercase(), value.trim()))
}

/// The name that a `User-agent` line begins with.
fn product(value: &str) -> &str {
    let end = value.find(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '-' | '_')));
    value.get(..end.unwrap_or(value.len())).unwrap_or(value)
}

fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, is_whole) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut pieces: Vec<&str> = pattern.split('*').collect();
    let last = if is_whole { pieces.pop() } else { None };
    let mut rest = path;
    for (number, piece) in pieces.iter().enumerate() {
        let at = if number == 0 { rest.starts_with(piece).then_some(0) } else { rest.find(piece) };
        let Some(at) = at else { return false };
        rest = &rest[at + piece.len()..];
    }
    match last {
        None => true,
        Some(last) if pieces.is_empty() => rest == last,
        Some(last) => rest.ends_with(last),
    }
}

/// A path with every octet written in one way: plain characters as they are, others as `%XX`.
fn normalized(path: &str) -> String {
    let mut written = String::new();
    let mut bytes = path.as_bytes().iter().copied();
    while let Some(byte) = bytes.next() {
        let escaped = (byte == b'%').then(|| escaped(bytes.clone())).flatten();
        if escaped.is_some() {
            bytes.by_ref().take(2).for_each(drop);
        }
        match escaped.unwrap_or(byte) {
            plain if plain.is_ascii_alphanumeric() || b"-._~".contains(&plain) => {
                written.push(char::from(plain))
            }
            other if escaped.is_some() || !other.is_ascii_graphic() => {
                written.push_str(&format!("%{other:02X}"))
            }
            other => written.push(char::from(other)),
        }
    }
    written
}

/// The octet that the next two characters give, as hexadecimal digits.
fn escaped(mut after: impl Iterator<Item = u8>) -> Option<u8> {
    let mut digit = || char::from(after.next()?).to_digit(16);
    u8::try_from(digit()? * 16 + digit()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, allowed: &[&str], forbidden: &[&str]) {
        let robots = Robots::read(text.as_bytes());
        for path in allowed {
            assert!(robots.allows(path), "{path} is allowed by {text:?}");
        }
        for path in forbidden {
            assert!(!robots.allows(path), "{path} is forbidden by {text:?}");
        }
    }

    #[test]
    fn the_longest_rule_counts() {
        check("", &["/", "/feed"], &[]);
        check("<html>no such page</html>", &["/feed"], &[]);
        check("User-agent: *\nDisallow: /", &[], &["/", "/feed?x=1"]);
        check("User-agent: *\nDisallow:", &["/feed"], &[]);
        check("user-AGENT : *\nDISALLOW:/a # b\nallow: /a/b", &["/b", "/a/b/c"], &["/a", "/a/c", "/ab"]);
        check("User-agent: *\nDisallow: /a\nAllow: /a", &["/a"], &[]);
        check("Disallow: /\nUser-agent: *\nAllow: /", &["/a"], &[]);
    }

    #[test]
    fn patterns_have_anything_and_ends() {
        check(
            "User-agent: *\nDisallow: /*.xml$",
            &["/a.xml?b", "/a.xml/b"],
            &["/a.xml", "/a/b.xml", "/a.xml.xml"],
        );
        check("User-agent: *\nDisallow: /a*b*c", &["/acb", "/xabc"], &["/abc", "/a-b-b-c-d"]);
        check("User-agent: *\nDisallow: /$", &["/a"], &["/"]);
        check("User-agent: *\nDisallow: *private", &["/"], &["/a/private/b"]);
        check("User-agent: *\nDisallow: /a*aa$", &["/aa", "/ab"], &["/aaa", "/axaa"]);
    }

    #[test]
    fn groups_that_name_the_program_go_before_the_general_one() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: Other\nUser-agent: Daybook/1.0\nDisallow: /a\n\
                    User-agent: more\nDisallow: /b\nUser-agent: DAYBOOK\nDisallow: /c";
        check(text, &["/", "/b"], &["/a", "/c"]);
        check("User-agent: daybooks\nDisallow: /", &["/"], &[]);
        check("User-agent: *\nDisallow: /\nUser-agent: daybook\n", &["/"], &[]);
    }

    #[test]
    fn octets_are_the_same_however_they_are_written() {
        check("User-agent: *\nDisallow: /caf\u{e9}", &["/cafe"], &["/caf%C3%A9", "/caf%c3%a9"]);
        check("User-agent: *\nDisallow: /%7Ejoe", &[], &["/~joe", "/%7ejoe"]);
        check("User-agent: *\nDisallow: /a%2Fb", &["/a/b"], &["/a%2fb"]);
        check("User-agent: *\nDisallow: /100%", &["/100"], &["/100%", "/100%zz"]);
        Robots::read(b"\xff\xfe\x00:\x00\nuser-agent:*\ndisallow: /\xff").allows("/%");
    }

    #[test]
    fn delays_are_seconds() {
        let delay = |text: &str| Robots::read(text.as_bytes()).delay().map(|delay| delay.as_millis());
        assert_eq!(delay("User-agent: *\nCrawl-delay: 2.5"), Some(2500));
        assert_eq!(delay("User-agent: *\nCrawl-delay: -1"), None);
        assert_eq!(delay("User-agent: *\nCrawl-delay: soon"), None);
        assert_eq!(delay("User-agent: other\nCrawl-delay: 5"), None);
    }
}
