//! Groups of accounts to entries, and entries to the rows by which they are found.

use std::collections::{BTreeMap, BTreeSet};

use daybook_record::{Entry, Join};

use crate::entry::trust::Trust;
use crate::entry::values::{Identified, entry};
use crate::error::Error;
use crate::identity::Identity;
use crate::settle::features::Traits;
use crate::settle::grouping::Decisions;
use crate::settle::neighbourhood::Resettled;
use crate::settle::reasons::reasons;
use crate::store::account_store::keys;
use crate::store::{self, Database, Value, values};

/// Every party of a gathering is found by every other, up to so many of them.
const MOST_PARTIES: usize = 40;
/// So many entries are put together at a time.
const AT_ONCE: usize = 200;

/// Accounts with whom their words mean, in the order of the ids.
pub(crate) fn identified(book: &mut Database, ids: &[String]) -> Result<Vec<Identified>, Error> {
    let mut people: BTreeMap<(String, bool), Vec<Identity>> = BTreeMap::new();
    let sql = "SELECT a.id, p.present, p.identity, p.side
        FROM accounts a JOIN account_parties p ON p.account = a.arrived WHERE a.id IN (?*)
        ORDER BY p.account, p.present, p.position";
    book.each_of(sql, &keys(ids), |row| {
        let identity = Identity { who: row.text(2)?.to_string(), side: row.optional_string(3)? };
        people.entry((row.text(0)?.to_string(), row.yes(1)?)).or_default().push(identity);
        Ok(())
    })?;
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    let sql = "SELECT id, place_side FROM accounts WHERE place_side IS NOT NULL AND id IN (?*)";
    book.each_of(sql, &keys(ids), |row| {
        places.insert(row.text(0)?.to_string(), row.text(1)?.to_string());
        Ok(())
    })?;
    let filed = store::accounts(book, ids)?;
    let mut of = |id: &str, present| people.remove(&(id.to_string(), present)).unwrap_or_default();
    let with = filed.into_iter().map(|filed| {
        let (parties, present) = (of(&filed.id, false), of(&filed.id, true));
        let place_side = places.remove(&filed.id);
        Identified { filed, parties, present, place_side }
    });
    Ok(with.collect())
}

/// The entries of groups of accounts, each told by the ids of its accounts in order.
pub(crate) fn of_groups(
    book: &mut Database,
    groups: &[Vec<String>],
    trust: &Trust,
    joins: &Joins,
) -> Result<Vec<Entry>, Error> {
    of_groups_without(book, groups, trust, joins, &BTreeSet::new())
}

/// The same, as if those later reports had replaced none.
fn of_groups_without(
    book: &mut Database,
    groups: &[Vec<String>],
    trust: &Trust,
    joins: &Joins,
    later: &BTreeSet<String>,
) -> Result<Vec<Entry>, Error> {
    let ids: Vec<String> = groups.iter().flatten().cloned().collect();
    let mut accounts = identified(book, &ids)?.into_iter();
    let mut entries = Vec::new();
    for group in groups {
        let mut members: Vec<Identified> = accounts.by_ref().take(group.len()).collect();
        for member in &mut members {
            let report = &mut member.filed.report;
            report.superseded_by = report.superseded_by.take().filter(|next| !later.contains(next));
        }
        entries.push(of_group(group, &members, trust, joins));
    }
    Ok(entries)
}

/// The entry of a group of accounts, told by their ids in order.
pub(crate) fn of_group(group: &[String], members: &[Identified], trust: &Trust, joins: &Joins) -> Entry {
    let place = |id: &str| group.iter().position(|member| member == id).unwrap_or(0);
    let joined = joins
        .get(&group[0])
        .into_iter()
        .flatten()
        .map(|(one, other, why)| Join { accounts: (place(one), place(other)), why: why.clone() });
    entry(members, joined.collect(), trust)
}

/// Writes the entries of what was settled anew, in place of those that its accounts were in. Groups that are as they
/// were, and in which no account changed, are left as they are. Gives the ids of the entries written.
pub(crate) fn write(
    book: &mut Database,
    settled: &Resettled,
    changed: &BTreeSet<String>,
    decisions: &Decisions,
    trust: &Trust,
) -> Result<Vec<String>, Error> {
    let numbers = numbers(book, settled)?;
    let standing = standing(book, settled)?;
    let is_new = |group: &&Vec<String>| {
        group.iter().any(|id| changed.contains(id))
            || !standing.get(&numbers[&group[0]]).is_some_and(|members| members.iter().eq(group.iter()))
    };
    let groups: Vec<Vec<String>> = settled.groups.iter().filter(is_new).cloned().collect();
    delete(book, &groups, &standing)?;
    let joins = joins(settled, &groups, decisions);
    for part in groups.chunks(AT_ONCE) {
        let entries = of_groups(book, part, trust, &joins)?;
        write_rows(book, &entries, &numbers)?;
        for group in part {
            for id in group {
                let values = values![numbers[&group[0]], numbers[id]];
                book.execute("UPDATE accounts SET entry = ?1 WHERE arrived = ?2", &values)?;
            }
        }
    }
    let rows = joins.iter().flat_map(|(entry, list)| {
        let numbers = &numbers;
        list.iter()
            .map(move |(one, other, why)| values![numbers[entry], numbers[one], numbers[other], why].to_vec())
    });
    book.insert_many("joins", &["entry", "account", "other", "why"], rows)?;
    Ok(groups.into_iter().map(|group| group[0].clone()).collect())
}

/// Deletes the entries in which accounts of these groups are now.
fn delete(book: &mut Database, groups: &[Vec<String>], standing: &Standing) -> Result<(), Error> {
    let of: BTreeMap<&String, i64> =
        standing.iter().flat_map(|(entry, members)| members.iter().map(move |m| (m, *entry))).collect();
    let old: BTreeSet<i64> = groups.iter().flatten().filter_map(|id| of.get(id).copied()).collect();
    for rows in
        ["entries WHERE account", "entry_parties WHERE entry", "entry_pairs WHERE entry", "joins WHERE entry"]
    {
        for entry in &old {
            book.execute(&format!("DELETE FROM {rows} = ?1"), &values![*entry])?;
        }
    }
    Ok(())
}

/// The entries of what was settled, without a word written: as they were before those later reports were published, by
/// which some of the reports were replaced since.
pub(crate) fn then(
    book: &mut Database,
    settled: &Resettled,
    decisions: &Decisions,
    trust: &Trust,
    later: &BTreeSet<String>,
) -> Result<Vec<Entry>, Error> {
    let joins = joins(settled, &settled.groups, decisions);
    let mut found = Vec::new();
    for part in settled.groups.chunks(AT_ONCE) {
        found.extend(of_groups_without(book, part, trust, &joins, later)?);
    }
    Ok(found)
}

/// The number of each account, by its id.
type Numbers = BTreeMap<String, i64>;

fn numbers(book: &mut Database, settled: &Resettled) -> Result<Numbers, Error> {
    let ids: Vec<Value> = keys(settled.groups.iter().flatten());
    let mut numbers = Numbers::new();
    book.each_of("SELECT id, arrived FROM accounts WHERE id IN (?*)", &ids, |row| {
        numbers.insert(row.text(0)?.to_string(), row.integer(1)?);
        Ok(())
    })?;
    Ok(numbers)
}

/// The ids of the accounts of entries, by the number of the account whose id each entry has.
type Standing = BTreeMap<i64, BTreeSet<String>>;

/// The entries in which the accounts of these groups are now.
fn standing(book: &mut Database, settled: &Resettled) -> Result<Standing, Error> {
    let ids: Vec<Value> = keys(settled.groups.iter().flatten());
    let mut standing = Standing::new();
    let sql = "SELECT b.entry, b.id FROM accounts a JOIN accounts b ON b.entry = a.entry WHERE a.id IN (?*)";
    book.each_of(sql, &ids, |row| {
        standing.entry(row.integer(0)?).or_default().insert(row.text(1)?.to_string());
        Ok(())
    })?;
    Ok(standing)
}

/// For each group, the two accounts of each join and why, as `(account, other, why)`.
pub(crate) type Joins = BTreeMap<String, Vec<(String, String, String)>>;

pub(crate) fn joins(settled: &Resettled, groups: &[Vec<String>], decisions: &Decisions) -> Joins {
    let of: BTreeMap<&String, &String> =
        groups.iter().flat_map(|group| group.iter().map(move |id| (id, &group[0]))).collect();
    let mut joins = Joins::new();
    for (a, b, _) in &settled.joins {
        let Some(entry) = of.get(a) else { continue };
        let (one, other) = if a <= b { (a, b) } else { (b, a) };
        let why = why(&settled.known, decisions, one, other);
        joins.entry((*entry).clone()).or_default().push((one.clone(), other.clone(), why));
    }
    joins.values_mut().for_each(|list| list.sort_unstable());
    joins
}

/// Why two accounts are held to be of one contact.
pub(crate) fn why(known: &BTreeMap<String, Traits>, decisions: &Decisions, one: &str, other: &str) -> String {
    if decisions.merged.contains(&(one.to_string(), other.to_string())) {
        return "somebody decided so".into();
    }
    known.get(one).zip(known.get(other)).map_or(String::new(), |(a, b)| reasons(a, b))
}

const COLUMNS: [&str; 22] = [
    "account",
    "id",
    "kind",
    "status",
    "certainty",
    "date",
    "first_day",
    "last_day",
    "day",
    "time",
    "duration",
    "place",
    "parties",
    "topics",
    "disputed",
    "sides",
    "standing",
    "sources",
    "accounts",
    "aggregate",
    "domestic",
    "withdrawn",
];

fn write_rows(book: &mut Database, entries: &[Entry], numbers: &Numbers) -> Result<(), Error> {
    book.insert_many("entries", &COLUMNS, entries.iter().map(|entry| row(entry, numbers[&entry.id])))?;
    let mut parties = BTreeSet::new();
    let mut pairs = BTreeSet::new();
    for entry in entries {
        let (day, number) = (day(entry), numbers[&entry.id]);
        parties.extend(names(entry).into_iter().map(|name| (name, day.clone(), number)));
        pairs.extend(together(entry).into_iter().map(|pair| (pair, day.clone(), number)));
    }
    let rows = |set: BTreeSet<(String, String, i64)>| {
        set.into_iter().map(|(key, day, entry)| values![key, day, entry].to_vec())
    };
    book.insert_many("entry_parties", &["party", "day", "entry"], rows(parties))?;
    book.insert_many("entry_pairs", &["pair", "day", "entry"], rows(pairs))
}

/// Two parties as they are found in `entry_pairs`.
pub(crate) fn pair(one: &str, other: &str) -> String {
    if one <= other { format!("{one} {other}") } else { format!("{other} {one}") }
}

/// What an entry's parties are found by: whom they mean, and the sides for which they stand.
pub(crate) fn names(entry: &Entry) -> BTreeSet<String> {
    found_by(entry).into_iter().flatten().map(str::to_string).collect()
}

/// The same for each party.
fn found_by(entry: &Entry) -> Vec<BTreeSet<&str>> {
    let known = entry.parties.iter().take(MOST_PARTIES).filter(|m| m.identity != crate::NOBODY);
    known
        .map(|m| [Some(m.identity.as_str()), m.party.country.as_deref()].into_iter().flatten().collect())
        .collect()
}

/// Any two who took part, as they are found in `entry_pairs`. Nobody meets the country whose part they take, but for
/// somebody else who takes it.
pub fn together(entry: &Entry) -> BTreeSet<String> {
    let parties = found_by(entry);
    let mut pairs = BTreeSet::new();
    for (at, one) in parties.iter().enumerate() {
        for other in parties[at + 1..].iter().flatten() {
            pairs.extend(one.iter().filter(|name| *name != other).map(|name| pair(name, other)));
        }
    }
    pairs
}

/// The day by which an entry is sorted: its first, or else the day on which it became known.
pub(crate) fn day(entry: &Entry) -> String {
    let told = entry.date.as_ref().and_then(|d| d.value.first());
    let known = || entry.accounts.iter().filter_map(|a| a.report.published).min();
    told.or_else(known).map_or(String::new(), |day| day.to_string())
}

fn row(entry: &Entry, number: i64) -> Vec<Value> {
    let date = entry.date.as_ref().map(|d| &d.value);
    let mut sides: Vec<&str> = entry.readouts.iter().map(|r| r.side.as_str()).collect();
    sides.dedup();
    let topics: Vec<&str> = entry.topics.iter().map(|t| t.value.as_str()).collect();
    values![
        number,
        &entry.id,
        entry.kind.value.to_string(),
        entry.status.value.to_string(),
        entry.certainty.value.to_string(),
        date,
        date.and_then(|d| d.first()),
        date.and_then(|d| d.last()),
        day(entry),
        entry.time.as_ref().map(|t| t.value.to_string()),
        entry.duration.as_ref().map(|d| d.value.iso.clone()),
        entry.place.as_ref().map(|p| p.value.clone()),
        in_words(entry),
        topics.join("; "),
        entry.disputed().join(" "),
        sides.join(" "),
        entry.credibility.standing.to_string(),
        entry.credibility.sources,
        entry.accounts.len(),
        entry.aggregate,
        entry.domestic,
        entry.withdrawn,
    ]
    .to_vec()
}

/// The parties for people to read.
pub(crate) fn in_words(entry: &Entry) -> String {
    let words = |m: &daybook_record::Member| {
        let party = &m.party;
        let office = || match (&party.office, &party.country) {
            (Some(office), Some(country)) => format!("{office} ({country})"),
            (Some(office), None) => office.clone(),
            (None, country) => country.clone().unwrap_or_else(|| "somebody".into()),
        };
        party.name.clone().unwrap_or_else(office)
    };
    entry.parties.iter().map(words).collect::<Vec<_>>().join(" – ")
}
