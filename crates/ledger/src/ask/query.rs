//! What is asked of a book: which entries, in which order.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use daybook_record::{Entry, Kind, Status};
use jiff::civil::Date;

use crate::store::entries::{day, names, pair, together};
use crate::store::{Database, Value};

/// Which entries are asked for. All conditions must hold; what is not told is no condition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// All of these take part, each by identity or by side; see [`crate::Book::whom`].
    pub parties: Vec<String>,
    /// One of these kinds.
    pub kinds: Vec<Kind>,
    /// One of these statuses.
    pub statuses: Vec<Status>,
    /// On or after this day.
    pub since: Option<Date>,
    /// On or before this day.
    pub until: Option<Date>,
    /// Where, by words of the place.
    pub place: Option<String>,
    /// About what, by words of a topic.
    pub topic: Option<String>,
    /// This side has published its own account.
    pub side: Option<String>,
    /// Accounts contradict each other.
    pub disputed: bool,
    /// Words in title or text of one of its reports.
    pub text: Option<String>,
    /// Those, too, whose reports were all replaced by versions that don't tell of them.
    pub withdrawn: bool,
    /// As of what was published by this day.
    pub as_of: Option<Date>,
    /// The earliest first.
    pub earliest_first: bool,
    /// So many at most.
    pub limit: Option<usize>,
    /// Those that follow this one in the order asked for: the day by which an entry is sorted, and its id.
    pub after: Option<(String, String)>,
}

impl Query {
    /// Sorts entries as they are asked for.
    pub(crate) fn order(&self, entries: &mut [Entry]) {
        match self.earliest_first {
            true => entries.sort_by_cached_key(|e| (day(e), e.id.clone())),
            false => entries.sort_by_cached_key(|e| (Reverse(day(e)), e.id.clone())),
        }
    }
}

impl Query {
    /// How many of these entries, which are in order, come before those that follow that one.
    pub(crate) fn passed(&self, entries: &[Entry], (last, id): &(String, String)) -> usize {
        entries.partition_point(|entry| match day(entry).cmp(last) {
            std::cmp::Ordering::Equal => entry.id <= *id,
            order => (order == std::cmp::Ordering::Less) == self.earliest_first,
        })
    }
}

/// The query as SQL that gives those columns of `entries`, which goes by `e`.
pub(crate) fn sql(query: &Query, book: &Database, columns: &str) -> (String, Vec<Value>) {
    let mut asked = Asked::default();
    let (from, by) = match &query.parties[..] {
        [] => ("entries e", "e.day"),
        [_] => ("entry_parties p JOIN entries e ON e.account = p.entry", "p.day"),
        _ => ("entry_pairs p JOIN entries e ON e.account = p.entry", "p.day"),
    };
    match &query.parties[..] {
        [] => {}
        [one] => asked.add("p.party = ?", one),
        [one, other, rest @ ..] => {
            asked.add("p.pair = ?", pair(one, other));
            for third in rest {
                asked.add(
                    "EXISTS (SELECT 1 FROM entry_parties t WHERE t.entry = e.account AND t.party = ?)",
                    third,
                );
            }
        }
    }
    asked.one_of("e.kind", query.kinds.iter().map(Kind::to_string));
    asked.one_of("e.status", query.statuses.iter().map(Status::to_string));
    for (condition, day) in [(">= ?", query.since), ("<= ?", query.until)] {
        day.into_iter().for_each(|day| asked.add(&format!("{by} {condition}"), day));
    }
    for (column, words) in [("e.place", &query.place), ("e.topics", &query.topic)] {
        words.iter().for_each(|words| asked.add(&format!("lower({column}) LIKE ? ESCAPE '\\'"), like(words)));
    }
    query.side.iter().for_each(|side| {
        asked.add("' ' || lower(e.sides) || ' ' LIKE ?", format!("% {} %", side.to_lowercase()))
    });
    if query.disputed {
        asked.plain("e.disputed <> ''");
    }
    if !query.withdrawn {
        asked.plain("e.withdrawn = 0");
    }
    if let Some(words) = &query.text {
        let saying = book.saying("r", "?");
        let reports =
            format!("SELECT a.entry FROM accounts a JOIN reports r ON r.arrived = a.report WHERE {saying}");
        asked.values.push(Database::sought(words));
        let number = asked.values.len();
        asked.conditions.push(format!("e.account IN ({})", reports.replace('?', &format!("?{number}"))));
    }
    if let Some((day, id)) = &query.after {
        // The first condition is one for an index, the second tells those of that day apart.
        let (on, beyond) = if query.earliest_first { (">=", ">") } else { ("<=", "<") };
        asked.add(&format!("{by} {on} ?"), day);
        asked.values.extend([Value::from(day), Value::from(id)]);
        let id = asked.values.len();
        asked.plain(&format!("({by} {beyond} ?{} OR e.id > ?{id})", id - 1));
    }
    let conditions =
        if asked.conditions.is_empty() { "1 = 1".into() } else { asked.conditions.join(" AND ") };
    let order = if query.earliest_first { "ASC" } else { "DESC" };
    let limit = query.limit.map_or(String::new(), |limit| format!(" LIMIT {limit}"));
    (
        format!("SELECT {columns} FROM {from} WHERE {conditions} ORDER BY {by} {order}, e.id{limit}"),
        asked.values,
    )
}

/// Words as a pattern for LIKE: anywhere, in any case, taken as they are.
fn like(words: &str) -> String {
    let escaped = words.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

/// Conditions and their values.
#[derive(Default)]
struct Asked {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Asked {
    /// A condition in which `?` stands for a value.
    fn add(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        self.conditions.push(condition.replace('?', &format!("?{}", self.values.len())));
    }

    fn plain(&mut self, condition: &str) {
        self.conditions.push(condition.to_string());
    }

    fn one_of(&mut self, column: &str, values: impl Iterator<Item = String>) {
        let places: Vec<String> = values
            .map(|value| {
                self.values.push(value.into());
                format!("?{}", self.values.len())
            })
            .collect();
        if !places.is_empty() {
            self.conditions.push(format!("{column} IN ({})", places.join(", ")));
        }
    }
}

/// Whether an entry is asked for; `saying` are the reports that hold the words of [`Query::text`].
pub(crate) fn matches(query: &Query, entry: &Entry, saying: Option<&BTreeSet<String>>) -> bool {
    let names = names(entry);
    let day = day(entry);
    let has = |words: &Option<String>, text: String| {
        words.as_ref().is_none_or(|words| text.to_lowercase().contains(&words.to_lowercase()))
    };
    let topics: Vec<&str> = entry.topics.iter().map(|t| t.value.as_str()).collect();
    let place = entry.place.as_ref().map_or(String::new(), |p| p.value.clone());
    let together = match &query.parties[..] {
        [one, other, ..] => together(entry).contains(&pair(one, other)),
        _ => true,
    };
    together
        && query.parties.iter().all(|party| names.contains(party))
        && (query.kinds.is_empty() || query.kinds.contains(&entry.kind.value))
        && (query.statuses.is_empty() || query.statuses.contains(&entry.status.value))
        && query.since.is_none_or(|since| day >= since.to_string())
        && query.until.is_none_or(|until| day <= until.to_string())
        && has(&query.place, place)
        && has(&query.topic, topics.join("; "))
        && query.side.as_ref().is_none_or(|side| entry.readouts.iter().any(|r| &r.side == side))
        && (!query.disputed || !entry.disputed().is_empty())
        && (query.withdrawn || !entry.withdrawn)
        && saying.is_none_or(|reports| entry.accounts.iter().any(|a| reports.contains(&a.report.id)))
}
