//! Reads back reports, accounts and statements as they were filed.

use std::collections::BTreeMap;

use daybook_record::{
    Account, ClockTime, Filed, Length, Participation, Party, Readout, Report, Role, Source, Sourced, Span,
    Statement, Tie,
};

use super::database::Database;
use super::evidence::{EvidenceRows, read};
use super::value::{Row, Value, values};
use crate::Error;

/// The columns of a report's [`Source`], in a table under the alias `r`.
const SOURCE: &str =
    "r.id, r.name, r.title, r.publisher, r.published, r.url, r.side, r.agency, r.wording, r.superseded_by";

/// The accounts of these ids, in their order, with all evidence; ids that the book does not have are left out.
pub fn accounts(book: &mut Database, ids: &[String]) -> Result<Vec<Filed>, Error> {
    let keys: Vec<Value> = ids.iter().map(Value::from).collect();
    let mut lines: BTreeMap<String, EvidenceRows> = BTreeMap::new();
    let sql = "SELECT a.id, s.field, s.position, s.value, s.spans, s.inferred
        FROM accounts a JOIN account_sources s ON s.account = a.arrived WHERE a.id IN (?*)";
    book.each_of(sql, &keys, |row| lines.entry(row.text(0)?.to_string()).or_default().take(row, 1))?;
    let mut parties: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    let sql = "SELECT a.id, p.name, p.office, p.country, p.type, p.wikidata, p.role
        FROM accounts a JOIN account_parties p ON p.account = a.arrived WHERE a.id IN (?*)
        ORDER BY p.account, p.present, p.position";
    book.each_of(sql, &keys, |row| {
        parties.entry(row.text(0)?.to_string()).or_default().push(row.clone());
        Ok(())
    })?;
    let mut found: BTreeMap<String, Filed> = BTreeMap::new();
    let sql = format!(
        "SELECT a.id, a.number, a.words, a.kind, a.status, a.certainty, a.date, a.time, a.zone, a.duration,
            a.duration_approximate, a.place, a.first_or_last, a.aggregate, a.count, a.domestic, a.rules,
            a.confidence, {SOURCE}
        FROM accounts a JOIN reports r ON r.arrived = a.report WHERE a.id IN (?*)"
    );
    book.each_of(&sql, &keys, |row| {
        let id = row.text(0)?.to_string();
        let (lines, parties) =
            (lines.remove(&id).unwrap_or_default(), parties.remove(&id).unwrap_or_default());
        let account = account(row, lines, &parties)?;
        let (number, words) = (row.size(1)?, row.text(2)?.to_string());
        found.insert(id.clone(), Filed { id, report: source(row, 18)?, number, words, account });
        Ok(())
    })?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// The report whose columns begin at that one.
fn source(row: &Row, first: usize) -> Result<Source, Error> {
    Ok(Source {
        id: row.text(first)?.to_string(),
        name: row.text(first + 1)?.to_string(),
        title: row.optional_string(first + 2)?,
        publisher: row.optional_string(first + 3)?,
        published: row.optional_parsed(first + 4)?,
        url: row.optional_string(first + 5)?,
        side: row.optional_string(first + 6)?,
        agency: row.optional_string(first + 7)?,
        wording: row.text(first + 8)?.to_string(),
        superseded_by: row.optional_string(first + 9)?,
    })
}

/// The account of a row of [`accounts`], with its rows of evidence and of parties.
fn account(row: &Row, mut lines: EvidenceRows, parties: &[Row]) -> Result<Account, Error> {
    let (principals, present) = involved(&mut lines, parties)?;
    let count = row.optional_integer(14)?.map(u32::try_from).transpose();
    let count = count.map_err(|_| Error::damaged("the book holds a number of contacts that is none"))?;
    Ok(Account {
        kind: lines.sourced("kind", 0, row.parsed(3)?)?,
        parties: principals,
        present,
        date: lines.optional("date", row.optional_parsed(6)?)?,
        time: lines.optional("time", clock_time(row)?)?,
        duration: lines.optional("duration", length(row)?)?,
        status: lines.sourced("status", 0, row.parsed(4)?)?,
        certainty: lines.sourced("certainty", 0, row.parsed(5)?)?,
        according_to: lines.list("according_to"),
        place: lines.optional("place", row.optional_string(11)?)?,
        topics: lines.list("topic"),
        readout: Readout { released_by: lines.list("released_by"), withheld_by: lines.list("withheld_by") },
        first_or_last: lines.optional("first_or_last", row.optional_string(12)?)?,
        aggregate: row.yes(13)?,
        count: lines.optional("count", count)?,
        domestic: row.yes(15)?,
        confidence: row.confidence(17)?,
        evidence: lines.evidence("contact", 0)?.spans,
        rules: row.text(16)?.split_whitespace().map(str::to_string).collect(),
        explanation: None,
    })
}

/// The principals and the others, who have no role.
fn involved(
    lines: &mut EvidenceRows,
    rows: &[Row],
) -> Result<(Vec<Participation>, Vec<Sourced<Party>>), Error> {
    let (mut principals, mut present) = (Vec::new(), Vec::new());
    for row in rows {
        let party = party(row, 1)?;
        match row.optional_parsed::<Role>(6)? {
            Some(role) => {
                let evidence = lines.evidence("party", principals.len())?;
                principals.push(Participation { party, role, evidence });
            }
            None => present.push(lines.sourced("present", present.len(), party)?),
        }
    }
    Ok((principals, present))
}

/// The party whose columns begin at that one.
fn party(row: &Row, first: usize) -> Result<Party, Error> {
    Ok(Party {
        name: row.optional_string(first)?,
        office: row.optional_string(first + 1)?,
        country: row.optional_string(first + 2)?,
        kind: row.parsed(first + 3)?,
        wikidata: row.optional_string(first + 4)?,
    })
}

fn clock_time(row: &Row) -> Result<Option<ClockTime>, Error> {
    let Some(text) = row.optional_text(7)? else { return Ok(None) };
    let parts =
        text.split_once(':').and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
    let (hour, minute) = parts.ok_or_else(|| Error::damaged(format!("{text:?} in the book is no time")))?;
    Ok(Some(ClockTime { hour, minute, zone: row.optional_string(8)? }))
}

fn length(row: &Row) -> Result<Option<Length>, Error> {
    let Some(iso) = row.optional_string(9)? else { return Ok(None) };
    Ok(Some(Length { iso, approximate: row.yes(10)? }))
}

/// The report of that id; `None` where the book does not have it.
pub fn report(book: &mut Database, id: &str) -> Result<Option<Report>, Error> {
    let sql = "SELECT name, title, text, published, publisher, url FROM reports WHERE id = ?1";
    let rows = book.query(sql, &values![id])?;
    let report = |row: &Row| {
        Ok(Report {
            id: row.text(0)?.to_string(),
            title: row.optional_string(1)?,
            text: row.text(2)?.to_string(),
            published: row.optional_parsed(3)?,
            publisher: row.optional_string(4)?,
            url: row.optional_string(5)?,
        })
    };
    rows.first().map(report).transpose()
}

/// The statements of a report, in the order of the text.
pub fn statements(book: &mut Database, report: &str) -> Result<Vec<Statement>, Error> {
    let found = book.query("SELECT arrived FROM reports WHERE id = ?1", &values![report])?;
    let Some(row) = found.first() else { return Ok(Vec::new()) };
    let key = values![row.size(0)?];
    let mut parts: BTreeMap<usize, StatementParts> = BTreeMap::new();
    let sql =
        "SELECT statement, field, position, value, spans, inferred FROM statement_sources WHERE report = ?1";
    book.each(sql, &key, |row| parts.entry(row.size(0)?).or_default().lines.take(row, 1))?;
    let sql = "SELECT statement, relayed, name, office, country, type, wikidata FROM statement_speakers
        WHERE report = ?1 ORDER BY statement, relayed, position";
    book.each(sql, &key, |row| parts.entry(row.size(0)?).or_default().take_speaker(row))?;
    let sql = "SELECT c.statement, a.number, c.bearing FROM statement_contacts c JOIN accounts a ON a.arrived = c.account
        WHERE c.report = ?1 ORDER BY c.statement, c.position";
    book.each(sql, &key, |row| parts.entry(row.size(0)?).or_default().take_tie(row))?;
    let mut found = Vec::new();
    let sql = "SELECT number, spans, cue, source, quotes, act, polarity, addressee, place, date, within
        FROM statements WHERE report = ?1 ORDER BY number";
    book.each(sql, &key, |row| {
        found.push(parts.remove(&row.size(0)?).unwrap_or_default().statement(row)?);
        Ok(())
    })?;
    Ok(found)
}

/// What other tables hold of a statement.
#[derive(Default)]
struct StatementParts {
    lines: EvidenceRows,
    speakers: Vec<Sourced<Party>>,
    relayed_by: Vec<Sourced<Party>>,
    contacts: Vec<Sourced<Tie>>,
}

impl StatementParts {
    fn take_speaker(&mut self, row: &Row) -> Result<(), Error> {
        let (field, parties) = match row.yes(1)? {
            true => ("relayed_by", &mut self.relayed_by),
            false => ("speaker", &mut self.speakers),
        };
        parties.push(self.lines.sourced(field, parties.len(), party(row, 2)?)?);
        Ok(())
    }

    fn take_tie(&mut self, row: &Row) -> Result<(), Error> {
        let tie = Tie { account: row.size(1)?, bearing: row.parsed(2)? };
        self.contacts.push(self.lines.sourced("contact", self.contacts.len(), tie)?);
        Ok(())
    }

    fn statement(mut self, row: &Row) -> Result<Statement, Error> {
        let lines = &mut self.lines;
        Ok(Statement {
            content: read(row.text(1)?)?,
            cue: one(row, 2)?,
            source: one(row, 3)?,
            quotes: read(row.text(4)?)?,
            act: lines.sourced("act", 0, row.parsed(5)?)?,
            polarity: lines.sourced("polarity", 0, row.parsed(6)?)?,
            addressee: lines.optional("addressee", row.optional_string(7)?)?,
            occasions: lines.list("occasion"),
            place: lines.optional("place", row.optional_string(8)?)?,
            date: lines.optional("date", row.optional_parsed(9)?)?,
            within: row.optional_integer(10)?.map(|_| row.size(10)).transpose()?,
            speakers: self.speakers,
            relayed_by: self.relayed_by,
            contacts: self.contacts,
        })
    }
}

/// The one span of a column.
fn one(row: &Row, column: usize) -> Result<Option<Span>, Error> {
    Ok(row.optional_text(column)?.map(read).transpose()?.and_then(|spans| spans.first().copied()))
}
