//! Reads feeds, RSS of any version, Atom and JSON Feed: each item is a report.
//!
//! Elements are told by their names, and the modules that feeds are extended by (`content:encoded`, `dc:date`) by the
//! prefixes that their specifications write, as most readers of feeds do. What feeds say of audio and pictures is
//! passed over.

use daybook_record::Report;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

use super::page::{decoded, fragment, one_line};
use crate::date::day_of_page;
use crate::error::{Error, Kind};
use crate::input::Encoding;

/// The reports that the items of a feed are, for a program that fetches feeds itself: `bytes` are what it got.
///
/// A report's id is what the feed identifies the item by (`guid`, `id`), or else its address, and empty where it has
/// neither; its publisher is the feed's title, and its text the fullest that the feed has, with markup taken off. An
/// item that is but a headline has an empty text: what there is to read stands at its address.
///
/// # Errors
/// Bytes that are no text in the encoding they declare, and what is no well-formed feed.
///
/// ```
/// let bytes = b"<rss version='2.0'><channel><title>The Norland Gazette</title><item><title>A call</title>\
///     <guid>gazette-7</guid><pubDate>Mon, 03 Jun 2013 08:00:00 +0200</pubDate>\
///     <description>&lt;p&gt;The two &lt;b&gt;spoke&lt;/b&gt; by telephone.&lt;/p&gt;</description></item></channel></rss>";
/// let reports = daybook_intake::feed(bytes)?;
/// assert_eq!(reports[0].id, "gazette-7");
/// assert_eq!(reports[0].text, "The two spoke by telephone.");
/// assert_eq!(reports[0].publisher.as_deref(), Some("The Norland Gazette"));
/// # Ok::<(), daybook_intake::Error>(())
/// ```
pub fn feed(bytes: &[u8]) -> Result<Vec<Report>, Error> {
    let encoding = Encoding::of_mark(bytes).or_else(|| Encoding::declared(bytes)).unwrap_or_default();
    let (mut reports, failure) = items(&encoding.decode(bytes)?);
    for report in &mut reports {
        if report.id.is_empty() {
            report.id = report.url.clone().unwrap_or_default();
        }
    }
    failure.map_or(Ok(reports), Err)
}

/// The items of the feed in `text`, and what stopped the reading of further ones.
pub(crate) fn items(text: &str) -> (Vec<Report>, Option<Error>) {
    if text.trim_start().starts_with('{') {
        return json_items(text).map_or_else(|error| (Vec::new(), Some(error)), |reports| (reports, None));
    }
    let mut walk = Walk::default();
    let failure = walk.through(text).err();
    if failure.is_some() && walk.open.contains(&Open::Item) {
        // What was read of the item that is still open may lack its text.
        walk.drafts.pop();
    }
    let publisher = walk.publisher.filter(|title| !title.is_empty());
    let finished = |draft: Draft| Report { publisher: publisher.clone(), ..draft.report };
    (walk.drafts.into_iter().map(finished).collect(), failure)
}

/// Which part of an item an element holds. Of several texts or days the one of the lowest rank counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Id,
    Title,
    Url,
    Text(u8),
    Published(u8),
}

/// Elements of items by name, as RSS 0.9 to 2.0, its modules, and Atom 0.3 and 1.0 have them. When an item was changed
/// counts only where nothing says when it was published, which Atom does not ask for.
const PARTS: [(&str, Part); 15] = [
    ("guid", Part::Id),
    ("id", Part::Id),
    ("title", Part::Title),
    ("link", Part::Url),
    ("content:encoded", Part::Text(0)),
    ("content", Part::Text(0)),
    ("description", Part::Text(1)),
    ("summary", Part::Text(2)),
    ("dc:description", Part::Text(3)),
    ("pubDate", Part::Published(0)),
    ("published", Part::Published(0)),
    ("issued", Part::Published(0)),
    ("dc:date", Part::Published(1)),
    ("updated", Part::Published(2)),
    ("modified", Part::Published(2)),
];

/// Prefixes for names that feeds may also write without one.
const OWN: [&str; 4] = ["atom:", "a10:", "rss:", "rdf:"];

/// An item as far as it was read.
#[derive(Default)]
struct Draft {
    report: Report,
    text_rank: Option<u8>,
    day_rank: Option<u8>,
}

/// What an open element is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Head,
    Item,
    Other,
}

#[derive(Default)]
struct Walk {
    open: Vec<Open>,
    has_root: bool,
    publisher: Option<String>,
    drafts: Vec<Draft>,
}

impl Walk {
    fn through(&mut self, text: &str) -> Result<(), Error> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        loop {
            let event = reader.read_event();
            let result = match event {
                Ok(Event::Eof) => return self.end(text),
                Ok(Event::Start(tag)) => self.start(&tag, &mut reader),
                Ok(Event::End(_)) => {
                    self.open.pop();
                    Ok(())
                }
                Ok(_) => Ok(()),
                Err(error) => Err(error),
            };
            result.map_err(|error| broken(text, reader.error_position(), &error.to_string()))?;
            if self.open.first() == Some(&Open::Other) {
                return Err(no_feed());
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, reader: &mut Reader<&[u8]>) -> Result<(), quick_xml::Error> {
        let name = own_name(tag.name().0);
        let part = PARTS.iter().find(|(known, _)| *known == name).map(|(_, part)| *part);
        match (self.open.last(), part) {
            (Some(Open::Item), Some(part)) => {
                let raw = reader.read_text(tag.name())?;
                self.set(part, tag, &raw);
            }
            (Some(Open::Head), Some(Part::Title)) => {
                let title = one_line(&content(&reader.read_text(tag.name())?, true));
                self.publisher.get_or_insert(title);
            }
            (above, _) => {
                let open = opened(above.copied(), name);
                self.open.push(open);
                self.has_root = true;
                self.drafts.extend((open == Open::Item).then(Draft::default));
            }
        }
        Ok(())
    }

    /// Puts what an element of an item holds into the item that is open.
    fn set(&mut self, part: Part, tag: &BytesStart<'_>, raw: &str) {
        let Some(draft) = self.drafts.last_mut() else { return };
        let report = &mut draft.report;
        let text = || Some(content(raw, is_html(tag))).filter(|text| !text.is_empty());
        match part {
            Part::Id => report.id = one_line(&content(raw, false)),
            Part::Title => report.title = text().map(|title| one_line(&title)),
            Part::Url if report.url.is_none() => report.url = address(tag, raw),
            Part::Url => {}
            Part::Text(rank) if draft.text_rank.is_none_or(|known| rank < known) => {
                if let Some(text) = text() {
                    report.text = text;
                    draft.text_rank = Some(rank);
                }
            }
            Part::Published(rank) if draft.day_rank.is_none_or(|known| rank < known) => {
                if let Some(day) = day_of_page(&content(raw, false)) {
                    report.published = Some(day);
                    draft.day_rank = Some(rank);
                }
            }
            Part::Text(_) | Part::Published(_) => {}
        }
    }

    fn end(&mut self, text: &str) -> Result<(), Error> {
        if self.open.is_empty() {
            return if self.has_root { Ok(()) } else { Err(no_feed()) };
        }
        Err(broken(text, text.len() as u64, "it is cut off"))
    }
}

/// What an element called `name` is, below what `above` is.
fn opened(above: Option<Open>, name: &str) -> Open {
    match (above, name) {
        (None, "rss" | "RDF" | "feed") | (Some(Open::Head), "channel") => Open::Head,
        (None, "entry") | (Some(Open::Head), "item" | "entry") => Open::Item,
        _ => Open::Other,
    }
}

/// The name without a prefix that only says which feed's it is.
fn own_name(name: &str) -> &str {
    OWN.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name)
}

/// The text of an element's content: with entities resolved, and, where that is a page's markup, this taken off.
fn content(raw: &str, is_html: bool) -> String {
    let (mut text, mut rest, mut has_elements) = (String::new(), raw, false);
    while !rest.is_empty() {
        let (outside, quoted) = rest.split_once("<![CDATA[").unwrap_or((rest, ""));
        has_elements |= outside.contains('<');
        text.push_str(&decoded(outside));
        let (inside, after) = quoted.split_once("]]>").unwrap_or((quoted, ""));
        text.push_str(inside);
        rest = after;
    }
    if has_elements {
        return fragment(raw);
    }
    if is_html { fragment(&text) } else { text.trim().to_string() }
}

/// Whether an element's text is markup, which it is in RSS and where Atom says so.
fn is_html(tag: &BytesStart<'_>) -> bool {
    let atom = matches!(own_name(tag.name().0), "content" | "summary");
    match tag.try_get_attribute("type") {
        Ok(Some(sort)) => !matches!(&*sort.value, "text" | "text/plain"),
        _ => !atom,
    }
}

/// Where a link leads, unless it leads to something else than the item.
fn address(tag: &BytesStart<'_>, raw: &str) -> Option<String> {
    let attribute = |key| tag.try_get_attribute(key).ok().flatten().map(|found| decoded(&found.value));
    if attribute("rel").is_some_and(|rel| rel != "alternate") {
        return None;
    }
    let address = attribute("href").unwrap_or_else(|| content(raw, false));
    Some(one_line(&address)).filter(|address| !address.is_empty())
}

fn json_items(text: &str) -> Result<Vec<Report>, Error> {
    let feed: Value = serde_json::from_str(text)
        .map_err(|error| Error::new(Kind::Malformed, format!("not a JSON Feed ({error}); get it anew")))?;
    let Some(items) = feed.get("items").and_then(Value::as_array) else { return Err(no_feed()) };
    let publisher = string(&feed, "title");
    Ok(items.iter().map(|item| Report { publisher: publisher.clone(), ..json_item(item) }).collect())
}

fn json_item(item: &Value) -> Report {
    let own = |key: &'static str| string(item, key);
    let day = |key| own(key).and_then(|text| day_of_page(&text));
    let id = own("id").or_else(|| item.get("id").filter(|id| id.is_number()).map(Value::to_string));
    let html = own("content_html").map(|html| fragment(&html)).filter(|text| !text.is_empty());
    Report {
        id: id.unwrap_or_default(),
        title: own("title").map(|title| one_line(&title)),
        text: html.or_else(|| own("content_text")).or_else(|| own("summary")).unwrap_or_default(),
        published: day("date_published").or_else(|| day("date_modified")),
        publisher: None,
        url: own("url").or_else(|| own("external_url")),
    }
}

fn string(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::to_string).filter(|text| !text.trim().is_empty())
}

fn no_feed() -> Error {
    Error::new(Kind::Malformed, "neither RSS, Atom nor JSON Feed; get the feed's own address from its site")
}

/// What is wrong with XML at `at`, with its line.
fn broken(text: &str, at: u64, why: &str) -> Error {
    let before = text.as_bytes().iter().take(usize::try_from(at).unwrap_or(usize::MAX));
    let line = 1 + before.filter(|&&byte| byte == b'\n').count();
    let message = format!("the feed is broken here ({why}); items from here on are not read: get it anew");
    Error::new(Kind::Malformed, message).on_line(line)
}
