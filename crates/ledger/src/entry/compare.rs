//! Compares the sides' own accounts of one contact: what both say, what one says alone, what is in conflict.

use std::collections::{BTreeMap, BTreeSet};

use daybook_record::{Entry, Filed, Part, Polarity, Report, Statement};
use serde::Serialize;

/// Two sides' own accounts of a contact, or those of more of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The sides, each with the reports in which it gives its account, by the number of the account in the entry.
    pub sides: Vec<SideAccounts>,
    /// The values, in the order of a record.
    pub values: Vec<Compared>,
    /// Topics and statements, those of both first.
    pub points: Vec<Point>,
}

/// A side and its own accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SideAccounts {
    /// The code of the country or body.
    pub side: String,
    /// Its accounts, by number.
    pub accounts: Vec<usize>,
}

/// How what the sides say of one thing compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// They say different things.
    Conflict,
    /// All of them say so.
    Both,
    /// One says so, and another says nothing.
    OneOnly,
}

/// One value as each side tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// Its name.
    pub field: &'static str,
    /// What each side tells, in the order of [`Comparison::sides`].
    pub told: Vec<Option<String>>,
    /// How they compare.
    pub agreement: Agreement,
}

/// One thing that was talked of or said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Point {
    /// The words of each side, in the order of [`Comparison::sides`]; several where it says so more than once.
    pub words: Vec<Vec<String>>,
    /// How they compare.
    pub agreement: Agreement,
}

/// A statement that bears on an entry, with the account of the entry that it is tied to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TiedStatement {
    /// The account's number in [`Entry::accounts`].
    pub account: usize,
    /// The statement.
    pub statement: Statement,
    /// The report that it stands in.
    pub report: Report,
}

/// Compares the sides' own accounts of an entry; `tied` are the statements that bear on it, `reports` those of its
/// accounts, by number. [`crate::Book::compare`] gathers them.
pub fn compare(entry: &Entry, tied: &[TiedStatement], reports: &BTreeMap<usize, Report>) -> Comparison {
    let mut accounts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for readout in &entry.readouts {
        accounts.entry(&readout.side).or_default().push(readout.account);
    }
    let sides: Vec<SideAccounts> = accounts
        .into_iter()
        .map(|(side, accounts)| SideAccounts { side: side.to_string(), accounts })
        .collect();
    Comparison { values: values(entry, &sides), points: points(entry, &sides, tied, reports), sides }
}

fn values(entry: &Entry, sides: &[SideAccounts]) -> Vec<Compared> {
    type Field = (&'static str, fn(&Filed) -> Option<String>);
    let fields: [Field; 7] = [
        ("kind", |f| Some(f.account.kind.value.to_string())),
        ("status", |f| Some(f.account.status.value.to_string())),
        ("date", |f| f.account.date.as_ref().map(|d| d.value.to_string())),
        ("time", |f| f.account.time.as_ref().map(|t| t.value.to_string())),
        ("duration", |f| f.account.duration.as_ref().map(|d| d.value.iso.clone())),
        ("place", |f| f.account.place.as_ref().map(|p| p.value.clone())),
        ("first_or_last", |f| f.account.first_or_last.as_ref().map(|v| v.value.clone())),
    ];
    let compared = |(field, value): Field| {
        let told: Vec<Option<String>> = sides.iter().map(|side| of_side(entry, side, value)).collect();
        let known: BTreeSet<&String> = told.iter().flatten().collect();
        let agreement = match (known.len(), told.iter().all(Option::is_some)) {
            (0, _) => return None,
            (2.., _) => Agreement::Conflict,
            (1, true) => Agreement::Both,
            (1, false) => Agreement::OneOnly,
        };
        Some(Compared { field, told, agreement })
    };
    fields.into_iter().filter_map(compared).collect()
}

/// What a side tells of a value: of its accounts, those of what came of it before those of plans, the first that tells.
fn of_side(entry: &Entry, side: &SideAccounts, value: fn(&Filed) -> Option<String>) -> Option<String> {
    let filed = |&at: &usize| entry.accounts.get(at);
    let mut accounts: Vec<&Filed> = side.accounts.iter().filter_map(filed).collect();
    accounts.sort_by_key(|f| !crate::entry::values::is_outcome(f.account.status.value));
    accounts.into_iter().find_map(value)
}

/// A thing said by a side, with the words by which it is recognised.
struct SidePassage {
    side: usize,
    words: String,
    stems: BTreeSet<String>,
    denied: bool,
}

/// Two things are one where so great a share of the shorter one's words is in the other.
const MIN_SHARED_SHARE: f32 = 0.5;
/// Fewer words in common than this are chance.
const MIN_SHARED_WORDS: usize = 2;

fn points(
    entry: &Entry,
    sides: &[SideAccounts],
    tied: &[TiedStatement],
    reports: &BTreeMap<usize, Report>,
) -> Vec<Point> {
    let said = passages(entry, sides, tied, reports);
    let mut groups: Vec<Vec<SidePassage>> = Vec::new();
    for one in said {
        match groups.iter_mut().find(|group| group.iter().any(|other| is_alike(&one, other))) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    let mut points: Vec<Point> = groups.into_iter().map(|group| point(group, sides.len())).collect();
    points.sort_by_key(|point| point.agreement);
    points
}

fn point(group: Vec<SidePassage>, sides: usize) -> Point {
    let mut words: Vec<Vec<String>> = vec![Vec::new(); sides];
    let told_by: BTreeSet<usize> = group.iter().map(|said| said.side).collect();
    let denials: BTreeSet<(usize, bool)> = group.iter().map(|said| (said.side, said.denied)).collect();
    let contradicted =
        denials.iter().any(|(side, denied)| *denied && denials.iter().any(|(s, d)| s != side && !d));
    for said in group {
        if !words[said.side].contains(&said.words) {
            words[said.side].push(said.words);
        }
    }
    let agreement = match (told_by.len(), contradicted) {
        (_, true) => Agreement::Conflict,
        (2.., false) => Agreement::Both,
        _ => Agreement::OneOnly,
    };
    Point { words, agreement }
}

/// Topics, contents of statements, and sentences of the sides' own accounts, longest first, so that short ones join them.
fn passages(
    entry: &Entry,
    sides: &[SideAccounts],
    tied: &[TiedStatement],
    reports: &BTreeMap<usize, Report>,
) -> Vec<SidePassage> {
    let mut all = Vec::new();
    for (side, told) in sides.iter().enumerate() {
        for &at in &told.accounts {
            let topics = entry.accounts.get(at).into_iter().flat_map(|filed| &filed.account.topics);
            all.extend(topics.map(|topic| passage(side, topic.value.clone(), false)));
            let of_text =
                |tied: &&TiedStatement| tied.statement.content.iter().all(|span| span.part == Part::Text);
            let own = tied.iter().filter(|tied| tied.account == at && tied.statement.within.is_none());
            for tied in own.filter(of_text) {
                let spans = tied.statement.content.iter();
                let words: Vec<&str> = spans.map(|&span| tied.report.words(span)).collect();
                let words = words.join(" … ").split_whitespace().collect::<Vec<_>>().join(" ");
                all.push(passage(side, words, tied.statement.polarity.value == Polarity::Denied));
            }
        }
    }
    for (side, told) in sides.iter().enumerate() {
        for &at in &told.accounts {
            let Some(report) = reports.get(&at).filter(|report| report.text.len() <= MAX_READOUT_BYTES)
            else {
                continue;
            };
            let telling = entry.accounts.get(at).map_or("", |filed| filed.words.as_str());
            // What is told of already, and the sentence that tells of the contact itself, make no point of their own.
            let is_new = |sentence: &String| {
                !telling.contains(sentence.as_str())
                    && all.iter().all(|said| said.side != side || !sentence.contains(&said.words))
            };
            let sentences: Vec<String> = sentences(&report.text).into_iter().filter(is_new).collect();
            all.extend(sentences.into_iter().map(|sentence| passage(side, sentence, false)));
        }
    }
    all.retain(|said| !said.stems.is_empty());
    all.sort_by(|x, y| (y.stems.len(), x.side, &x.words).cmp(&(x.stems.len(), y.side, &y.words)));
    all
}

/// A readout of a contact is no longer than this, in bytes; a longer report tells of other things too, and only its
/// statements are taken.
const MAX_READOUT_BYTES: usize = 6000;

/// The sentences of a readout, as far as full stops and lines tell.
fn sentences(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in text.lines() {
        let mut start = 0;
        for (at, _) in line.match_indices(". ") {
            // "Jr. spoke", "U.S. and": a full stop after one capital or a short word ends no sentence.
            let word = line[start..at].rsplit(' ').next().unwrap_or("");
            let next = line[at + 2..].chars().next();
            if word.chars().count() > 3 && next.is_some_and(char::is_uppercase) {
                found.push(line[start..=at].trim().to_string());
                start = at + 2;
            }
        }
        found.push(line[start..].trim().to_string());
    }
    found.retain(|sentence| sentence.contains(' '));
    found
}

fn passage(side: usize, words: String, denied: bool) -> SidePassage {
    SidePassage { side, stems: stems(&words), words, denied }
}

fn is_alike(one: &SidePassage, other: &SidePassage) -> bool {
    let shared = one.stems.intersection(&other.stems).count();
    let shorter = one.stems.len().min(other.stems.len());
    shared >= MIN_SHARED_WORDS.min(shorter)
        && shared > 0
        && shared as f32 >= MIN_SHARED_SHARE * shorter as f32
}

/// The beginnings of the words that carry meaning: long ones, names and numbers.
fn stems(words: &str) -> BTreeSet<String> {
    const STEM_LETTERS: usize = 6;
    let carries = |word: &&str| {
        word.chars().count() > 3 && !STOP_WORDS.contains(&word.to_lowercase().as_str())
            || word.chars().any(|c| c.is_uppercase() || c.is_ascii_digit()) && word.chars().count() > 1
    };
    let parts = words.split(|c: char| !c.is_alphanumeric());
    parts.filter(carries).map(|word| word.to_lowercase().chars().take(STEM_LETTERS).collect()).collect()
}

/// Words that stand in any readout.
const STOP_WORDS: [&str; 40] = [
    "that",
    "this",
    "with",
    "from",
    "have",
    "been",
    "were",
    "will",
    "would",
    "their",
    "they",
    "them",
    "both",
    "also",
    "about",
    "which",
    "including",
    "between",
    "into",
    "over",
    "more",
    "other",
    "such",
    "than",
    "these",
    "those",
    "when",
    "said",
    "president",
    "prime",
    "minister",
    "leaders",
    "sides",
    "discussed",
    "discuss",
    "issues",
    "country",
    "countries",
    "the",
    "and",
];
