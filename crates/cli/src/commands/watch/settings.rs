//! Reads `feeds.toml`, the list of the feeds that are watched.

use std::ops::Range;
use std::time::Duration;

use jiff::SignedDuration;
use serde::Deserialize;
use toml::Spanned;

use super::address::Address;

/// How often a feed is asked where nothing says so.
const USUAL: Duration = Duration::from_secs(15 * 60);
/// How often a feed may be asked at most, and at least.
const EVERY: std::ops::RangeInclusive<Duration> = Duration::from_secs(1)..=super::schedule::DAY;

const REMEDY: &str = "a feed is written [[feed]] with url = \"https://…\" and, if wanted, publisher = \"…\" and every = \"15m\"";

/// What is watched, and who answers for it.
pub(super) struct Settings {
    pub(super) contact: Option<String>,
    pub(super) feeds: Vec<Feed>,
}

/// A feed to be watched.
pub(super) struct Feed {
    pub(super) address: Address,
    /// In place of the feed's own title.
    pub(super) publisher: Option<String>,
    pub(super) every: Duration,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    contact: Option<String>,
    #[serde(default)]
    feed: Vec<WrittenFeed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFeed {
    url: Spanned<String>,
    publisher: Option<String>,
    every: Option<Spanned<String>>,
}

/// Reads `feeds.toml`; `name` stands in messages, which give the line and the remedy.
pub(super) fn read(name: &str, text: &str) -> Result<Settings, String> {
    let at = |span: Option<Range<usize>>, message: &str| {
        let before = text.get(..span.map_or(0, |span| span.start)).unwrap_or(text);
        format!("{name}:{}: {message}", before.matches('\n').count() + 1)
    };
    let written: Written =
        toml::from_str(text).map_err(|error| at(error.span(), &format!("{}; {REMEDY}", error.message())))?;
    if written.feed.is_empty() {
        return Err(at(None, &format!("there is no feed to watch; {REMEDY}")));
    }
    let mut feeds: Vec<Feed> = Vec::new();
    for WrittenFeed { url, publisher, every } in written.feed {
        let address = Address::parse(url.as_ref()).map_err(|why| at(Some(url.span()), &why))?;
        if feeds.iter().any(|feed| feed.address == address) {
            let message = format!("{:?} is watched already; take one of the two out", url.as_ref());
            return Err(at(Some(url.span()), &message));
        }
        let every = every.map_or(Ok(USUAL), |every| {
            interval(every.as_ref()).ok_or_else(|| at(Some(every.span()), &no_interval(every.as_ref())))
        })?;
        feeds.push(Feed { address, publisher, every });
    }
    Ok(Settings { contact: written.contact, feeds })
}

fn interval(text: &str) -> Option<Duration> {
    let span: SignedDuration = text.parse().ok()?;
    Duration::try_from(span).ok().filter(|every| EVERY.contains(every))
}

fn no_interval(text: &str) -> String {
    format!("{text:?} is no interval between a second and a day; write such as \"15m\", \"2h\" or \"1h 30m\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_read_with_what_is_said_of_them() {
        let text = "contact = 'desk@example.org'\n[[feed]]\nurl = 'https://example.org/a.xml#top'\n\
                    [[feed]]\nurl = 'http://example.org/b'\nevery = '1h 30m'\npublisher = 'B'\n";
        let settings = read("feeds.toml", text).expect("it is well written");
        let told: Vec<_> = settings
            .feeds
            .iter()
            .map(|f| (f.address.to_string(), f.every.as_secs(), f.publisher.as_deref()))
            .collect();
        let expected = [
            ("https://example.org/a.xml".to_string(), 900, None),
            ("http://example.org/b".to_string(), 5400, Some("B")),
        ];
        assert_eq!((told, settings.contact.as_deref()), (expected.to_vec(), Some("desk@example.org")));
    }

    #[test]
    fn mistakes_are_named_with_line_and_remedy() {
        let check = |text: &str, expected: &str| {
            let message = read("feeds.toml", text).err().unwrap_or_default();
            assert!(message.starts_with(expected), "{text:?}: {message}");
        };
        check("", "feeds.toml:1: there is no feed to watch; a feed is written [[feed]] with url");
        check("[[feed]]\nurl = 'https://a.example/'\nevry = '1h'\n", "feeds.toml:3: unknown field `evry`");
        check("[[feed]]\npublisher = 'A'\n", "feeds.toml:1: missing field `url`; a feed is written");
        check(
            "\n[[feed]]\nurl = 'ftp://a.example/'\n",
            "feeds.toml:3: \"ftp://a.example/\" is no address of",
        );
        check("[[feed]]\nurl = 'news'\n", "feeds.toml:2: \"news\" is no address of the web; write http");
        check("[[feed]]\nurl = 'http://me:pw@a.example/'\n", "feeds.toml:2: ");
        check(
            "[[feed]]\nurl = 'http://a.example'\nevery = 'daily'\n",
            "feeds.toml:3: \"daily\" is no interval between a second and a day; write such as",
        );
        check("[[feed]]\nurl = 'http://a.example'\nevery = '0s'\n", "feeds.toml:3: \"0s\" is no interval");
        check("[[feed]]\nurl = 'http://a.example'\nevery = '25h'\n", "feeds.toml:3: \"25h\" is no interval");
        check(
            "[[feed]]\nurl = 'http://a.example/'\n[[feed]]\nurl = 'HTTP://a.example:80/#b'\n",
            "feeds.toml:4: \"HTTP://a.example:80/#b\" is watched already",
        );
    }
}
