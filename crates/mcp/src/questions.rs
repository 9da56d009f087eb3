//! The parameters of the tools, and their answers.

use daybook::{Book, BookError, Confidence, DEFAULT_MIN_CONFIDENCE, Filter, Reader, Report, UnresolvedName};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::answers::{brief, whole};

/// So many contacts are answered where no number is given, and at most.
const FEW: usize = 20;
const MOST: usize = 100;
/// The longest text that is read, in bytes.
const LONGEST: usize = 1 << 20;

/// Conditions on contacts; what is left out is none.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Search {
    /// Those who take part: persons, holders of offices, countries, bodies. With two names, contacts between the two.
    #[serde(default)]
    with: Vec<String>,
    /// One or several of: call, video_call, meeting, visit, gathering, letter, message, unspecified.
    #[serde(default)]
    kind: OneOrMany,
    /// One or several of: held, under_way, scheduled, proposed, postponed, cancelled, declined, denied, not_held.
    #[serde(default)]
    status: OneOrMany,
    /// On or after this day, YYYY-MM-DD.
    since: Option<String>,
    /// On or before this day, YYYY-MM-DD.
    until: Option<String>,
    /// Words of the place.
    place: Option<String>,
    /// Words of a topic.
    topic: Option<String>,
    /// The country or body that has published its own account.
    side: Option<String>,
    /// Words in title or text of a report.
    text: Option<String>,
    /// Only those on which accounts contradict each other.
    #[serde(default)]
    disputed: bool,
    /// Only those of which an account has this confidence or a higher one, a number between 0 and 1: how often accounts told with
    /// such a figure are right.
    #[schemars(with = "Option<f64>", range(min = 0, max = 1))]
    min_confidence: Option<Confidence>,
    /// Also those that no report tells of any more, each replaced by a version without them.
    #[serde(default)]
    withdrawn: bool,
    /// As the book was known on this day, YYYY-MM-DD.
    as_of: Option<String>,
    /// The earliest first; else the latest is.
    #[serde(default)]
    earliest_first: bool,
    /// So many at most; 20 if left out, 100 at most.
    limit: Option<usize>,
}

/// One value, or a list of them.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl Default for OneOrMany {
    fn default() -> OneOrMany {
        OneOrMany::Many(Vec::new())
    }
}

impl OneOrMany {
    /// The values that they name.
    fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(&self) -> Result<Vec<T>, String> {
        let names = match self {
            OneOrMany::One(name) => std::slice::from_ref(name),
            OneOrMany::Many(names) => names,
        };
        names.iter().map(|name| name.parse().map_err(|error: T::Err| error.to_string())).collect()
    }
}

/// Two who were in contact.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Last {
    /// One of the two.
    a: String,
    /// The other.
    b: String,
    /// Before this day, YYYY-MM-DD.
    before: Option<String>,
    /// As the book was known on this day, YYYY-MM-DD.
    as_of: Option<String>,
}

/// A contact.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Show {
    /// Its id, as other answers give it.
    id: String,
    /// As the book was known on this day, YYYY-MM-DD.
    as_of: Option<String>,
}

/// A contact of which sides have published their own accounts.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Compare {
    /// Its id, as other answers give it.
    id: String,
}

/// A name.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Who {
    /// A name as people write it: "Merkel", "the Kremlin".
    name: String,
    /// On this day, YYYY-MM-DD.
    on: Option<String>,
}

/// A text.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Read {
    /// The text of a report.
    text: String,
    /// Its headline.
    title: Option<String>,
    /// The day of publication, YYYY-MM-DD; without it, "Saturday" is no date.
    published: Option<String>,
    /// Who published it.
    publisher: Option<String>,
    /// Leaves out contacts whose confidence is lower, a number between 0 and 1; if left out, those that `daybook read`
    /// leaves out.
    #[schemars(with = "Option<f64>", range(min = 0, max = 1))]
    min_confidence: Option<Confidence>,
}

pub(crate) fn search(book: &mut Book, search: &Search) -> Result<Value, String> {
    let limit = search.limit.unwrap_or(FEW).clamp(1, MOST);
    let filter = Filter {
        names: search.with.clone(),
        kinds: search.kind.parsed()?,
        statuses: search.status.parsed()?,
        since: day(&search.since)?,
        until: day(&search.until)?,
        place: search.place.clone(),
        topic: search.topic.clone(),
        side: search.side.clone(),
        text: search.text.clone(),
        disputed: search.disputed,
        min_confidence: search.min_confidence,
        withdrawn: search.withdrawn,
        as_of: day(&search.as_of)?,
        earliest_first: search.earliest_first,
        // One more than is answered tells whether there are more.
        limit: Some(limit + 1),
        after: None,
    };
    let query = book.query(&filter).map_err(said)?;
    let mut entries = book.list(&query).map_err(said)?;
    let more = entries.len() > limit;
    entries.truncate(limit);
    Ok(json!({ "contacts": entries.iter().map(brief).collect::<Vec<_>>(), "more": more }))
}

pub(crate) fn last(book: &mut Book, last: &Last) -> Result<Value, String> {
    let (before, as_of) = (day(&last.before)?, day(&last.as_of)?);
    let on = before.or(as_of);
    let parties = [book.party(&last.a, on).map_err(said)?, book.party(&last.b, on).map_err(said)?];
    match book.last_held(&parties, before, as_of).map_err(said)? {
        Some(entry) => whole(&entry),
        None => Err("the book has no contact of the two that was held by then".into()),
    }
}

pub(crate) fn show(book: &mut Book, show: &Show) -> Result<Value, String> {
    let entry = match day(&show.as_of)? {
        Some(day) => book.entry_as_of(&show.id, day),
        None => book.entry(&show.id),
    };
    whole(&entry.map_err(said)?)
}

pub(crate) fn compare(book: &mut Book, compare: &Compare) -> Result<Value, String> {
    let entry = book.entry(&compare.id).map_err(said)?;
    let comparison = book.compare(&entry).map_err(said)?;
    let mut answer = serde_json::to_value(&comparison).map_err(|error| error.to_string())?;
    answer["contact"] = brief(&entry);
    Ok(answer)
}

pub(crate) fn who(book: &mut Book, who: &Who) -> Result<Value, String> {
    let found = book.bearers_of(&who.name, day(&who.on)?).map_err(said)?;
    let told =
        found.into_iter().map(|c| json!({ "party": c.party, "name": c.name, "described": c.described }));
    Ok(json!({ "parties": told.collect::<Vec<_>>() }))
}

pub(crate) fn read(reader: &Reader, read: Read) -> Result<Value, String> {
    if read.text.len() > LONGEST {
        return Err(format!("the text is longer than {LONGEST} bytes; send its part that matters"));
    }
    let report = Report {
        id: "text".into(),
        text: read.text,
        title: read.title,
        published: day(&read.published)?,
        publisher: read.publisher,
        ..Report::default()
    };
    let min = read.min_confidence.unwrap_or(DEFAULT_MIN_CONFIDENCE);
    let line = daybook_export::json::line(&report, &reader.read(&report).keep_confident(min), None);
    serde_json::from_str(&line).map_err(|error| error.to_string())
}

fn day(text: &Option<String>) -> Result<Option<Date>, String> {
    let parse = |text: &String| text.parse().map_err(|_| format!("{text:?} is no day such as 2022-01-31"));
    text.as_ref().map(parse).transpose()
}

/// What is wrong, for an assistant: with the tool that helps where nobody is known by a name.
fn said(error: BookError) -> String {
    match error.unresolved_name() {
        Some(unknown @ UnresolvedName::Unknown { .. }) => format!("{unknown}; who_is looks names up"),
        _ => error.message().to_string(),
    }
}
