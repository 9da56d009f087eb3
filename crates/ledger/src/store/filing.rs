//! Writes reports and what was read in them, each report once.

use std::collections::{BTreeMap, BTreeSet};

use daybook_record::{Account, Party, Reading, Sourced, Statement};

use super::database::Database;
use super::evidence::{EVIDENCE_COLUMNS, EvidenceRow, written};
use super::value::{Value, values};
use crate::error::{BookErrorKind, Error};
use crate::filing::{FiledAccount, FiledStatement, Filing};
use crate::identity::Identity;

/// What filing has changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilingOutcome {
    /// For each report, whether it was new to the book.
    pub added: Vec<bool>,
    /// The reports for which another one is the next version now, by id, in alphabetical order; new ones are among them.
    pub superseded: Vec<String>,
}

/// Files reports, all of them or none; those whose id the book has already are left alone.
///
/// # Errors
///
/// Where the book can't be written, or a filing has not one identity for each party.
pub fn file(book: &mut Database, filings: &[Filing]) -> Result<FilingOutcome, Error> {
    filings.iter().try_for_each(complete)?;
    book.transaction(|book| {
        let added = unknown(book, filings)?;
        let new = filings.iter().zip(&added).filter(|(_, added)| **added).map(|(filing, _)| filing);
        let new = numbered(new, last(book, "reports")?, last(book, "accounts")?);
        write_reports(book, &new)?;
        write_accounts(book, &new)?;
        write_statements(book, &new)?;
        Ok(FilingOutcome { added, superseded: supersede(book, &new)? })
    })
}

/// A filing with its place in the order of arrival.
struct NumberedFiling<'a> {
    filing: &'a Filing,
    /// The report's number.
    report: usize,
    /// The number of its first account; the others follow.
    first: usize,
}

/// The number of the row of a table that arrived last; 0 where there is none.
fn last(book: &mut Database, table: &str) -> Result<usize, Error> {
    let rows = book.query(&format!("SELECT coalesce(max(arrived), 0) FROM {table}"), &[])?;
    rows.first().map_or(Ok(0), |row| row.size(0))
}

/// Numbers filings in their order, after the last report and the last account of the book.
fn numbered<'a>(
    filings: impl Iterator<Item = &'a Filing>,
    reports: usize,
    accounts: usize,
) -> Vec<NumberedFiling<'a>> {
    let mut first = accounts + 1;
    let number = |(filing, report): (&'a Filing, usize)| {
        let numbered = NumberedFiling { filing, report, first };
        first += filing.accounts.len();
        numbered
    };
    filings.zip(reports + 1..).map(number).collect()
}

/// Each party, speaker and contact that a filing tells must have what is kept beside it.
fn complete(filing: &Filing) -> Result<(), Error> {
    let Reading { accounts, statements, .. } = &filing.reading;
    let fits = accounts.len() == filing.accounts.len()
        && statements.len() == filing.statements.len()
        && accounts.iter().zip(&filing.accounts).all(|(account, beside)| {
            account.parties.len() == beside.parties.len() && account.present.len() == beside.present.len()
        })
        && statements.iter().zip(&filing.statements).all(|(statement, beside)| {
            statement.speakers.len() == beside.speakers.len()
                && statement.relayed_by.len() == beside.relayed_by.len()
                && statement.contacts.iter().all(|tie| tie.value.account < accounts.len())
        });
    let message =
        || format!("the filing of {} is incomplete: this is a mistake in Daybook", filing.report.id);
    if fits { Ok(()) } else { Err(Error::new(BookErrorKind::Failed, message())) }
}

/// For each filing, whether neither the book nor a filing before it has its id.
fn unknown(book: &mut Database, filings: &[Filing]) -> Result<Vec<bool>, Error> {
    let mut known = known_reports(book, filings.iter().map(|filing| &filing.id))?;
    Ok(filings.iter().map(|filing| known.insert(filing.id.clone())).collect())
}

/// Those of the ids that are reports of the book.
pub(crate) fn known_reports<'i>(
    book: &mut Database,
    ids: impl IntoIterator<Item = &'i String>,
) -> Result<BTreeSet<String>, Error> {
    let ids: Vec<Value> = ids.into_iter().map(Value::from).collect();
    let mut known = BTreeSet::new();
    book.each_of("SELECT id FROM reports WHERE id IN (?*)", &ids, |row| {
        known.insert(row.text(0)?.to_string());
        Ok(())
    })?;
    Ok(known)
}

/// The ids of the accounts of reports.
pub(crate) fn accounts_of_reports(book: &mut Database, reports: &[String]) -> Result<Vec<String>, Error> {
    let ids: Vec<Value> = reports.iter().map(Value::from).collect();
    let mut found = Vec::new();
    let sql = "SELECT a.id FROM reports r JOIN accounts a ON a.report = r.arrived WHERE r.id IN (?*)";
    book.each_of(sql, &ids, |row| {
        found.push(row.text(0)?.to_string());
        Ok(())
    })?;
    Ok(found)
}

fn write_reports(book: &mut Database, filings: &[NumberedFiling]) -> Result<(), Error> {
    const COLUMNS: [&str; 12] = [
        "arrived",
        "id",
        "name",
        "address",
        "url",
        "title",
        "text",
        "published",
        "publisher",
        "side",
        "agency",
        "wording",
    ];
    let rows = filings.iter().map(|NumberedFiling { filing, report: arrived, .. }| {
        let report = &filing.report;
        let (url, title, publisher) = (&report.url, &report.title, &report.publisher);
        let (name, text, published) = (&report.id, &report.text, report.published);
        let (address, side, agency) = (&filing.address, &filing.side, &filing.agency);
        values![
            *arrived,
            &filing.id,
            name,
            address,
            url,
            title,
            text,
            published,
            publisher,
            side,
            agency,
            &filing.wording,
        ]
        .to_vec()
    });
    book.insert_many("reports", &COLUMNS, rows)
}

/// Runs a function over each account of the filings: its number in the book, the account, what is kept beside it.
fn over_accounts<'a>(
    filings: &'a [NumberedFiling],
    rows: impl Fn(usize, &'a Account, &'a FiledAccount) -> Vec<Vec<Value>> + Copy + 'a,
) -> impl Iterator<Item = Vec<Value>> + 'a {
    filings.iter().flat_map(move |NumberedFiling { filing, first, .. }| {
        let accounts = filing.reading.accounts.iter().zip(&filing.accounts);
        (*first..).zip(accounts).flat_map(move |(arrived, (account, beside))| rows(arrived, account, beside))
    })
}

fn write_accounts(book: &mut Database, filings: &[NumberedFiling]) -> Result<(), Error> {
    const COLUMNS: [&str; 23] = [
        "arrived",
        "id",
        "report",
        "number",
        "kind",
        "status",
        "certainty",
        "date",
        "first_day",
        "last_day",
        "time",
        "zone",
        "duration",
        "duration_approximate",
        "place",
        "place_side",
        "first_or_last",
        "aggregate",
        "count",
        "domestic",
        "words",
        "rules",
        "confidence",
    ];
    const PARTY: [&str; 11] = [
        "account", "position", "present", "name", "office", "country", "type", "wikidata", "role",
        "identity", "side",
    ];
    let accounts = filings.iter().flat_map(|NumberedFiling { filing, report, first }| {
        let accounts = filing.reading.accounts.iter().zip(&filing.accounts).enumerate();
        accounts.map(|(number, (account, beside))| {
            account_row(values![*first + number, &beside.id, *report, number], account, beside)
        })
    });
    book.insert_many("accounts", &COLUMNS, accounts)?;
    book.insert_many("account_parties", &PARTY, over_accounts(filings, party_rows))?;
    let columns: Vec<&str> = ["account"].into_iter().chain(EVIDENCE_COLUMNS).collect();
    book.insert_many(
        "account_sources",
        &columns,
        over_accounts(filings, |arrived, account, _| {
            lines_of_account(account).into_iter().map(|line| line.row(&values![arrived])).collect()
        }),
    )?;
    let columns = ["pair", "first_day", "last_day", "account"];
    book.insert_many(
        "account_pairs",
        &columns,
        over_accounts(filings, |arrived, _, beside| {
            let Some((first, last)) = beside.near else { return Vec::new() };
            beside.pairs.iter().map(|pair| values![pair, first, last, arrived].to_vec()).collect()
        }),
    )
}

/// The row of an account, after the columns that say which one it is.
fn account_row(which: [Value; 4], account: &Account, beside: &FiledAccount) -> Vec<Value> {
    let duration = account.duration.as_ref().map(|d| &d.value);
    let time = account.time.as_ref().map(|t| &t.value);
    let told = values![
        account.kind.value.to_string(),
        account.status.value.to_string(),
        account.certainty.value.to_string(),
        account.date.as_ref().map(|d| &d.value),
        beside.first_day,
        beside.last_day,
        time.map(|t| format!("{:02}:{:02}", t.hour, t.minute)),
        time.and_then(|t| t.zone.as_ref()),
        duration.map(|d| &d.iso),
        duration.map(|d| d.approximate),
        account.place.as_ref().map(|p| &p.value),
        &beside.place_side,
        account.first_or_last.as_ref().map(|f| &f.value),
        account.aggregate,
        account.count.as_ref().map(|c| c.value),
        account.domestic,
        &beside.words,
        account.rules.join(" "),
        account.confidence,
    ];
    which.into_iter().chain(told).collect()
}

fn party_rows(arrived: usize, account: &Account, beside: &FiledAccount) -> Vec<Vec<Value>> {
    let row = |present: bool, position: usize, party: &Party, role: Option<String>, identity: &Identity| {
        let mut row = values![arrived, position, present].to_vec();
        row.extend(named(party));
        row.extend(values![role, &identity.who, &identity.side]);
        row
    };
    let parties = account.parties.iter().zip(&beside.parties).enumerate();
    let parties =
        parties.map(|(i, (p, identity))| row(false, i, &p.party, Some(p.role.to_string()), identity));
    let present = account.present.iter().zip(&beside.present).enumerate();
    parties.chain(present.map(|(i, (p, identity))| row(true, i, &p.value, None, identity))).collect()
}

/// The columns `name`, `office`, `country`, `type`, `wikidata`.
fn named(party: &Party) -> [Value; 5] {
    values![&party.name, &party.office, &party.country, party.kind.to_string(), &party.wikidata]
}

fn lines_of_account(account: &Account) -> Vec<EvidenceRow<'_>> {
    let always = [
        EvidenceRow::new("kind", 0, &account.kind.evidence),
        EvidenceRow::new("status", 0, &account.status.evidence),
        EvidenceRow::new("certainty", 0, &account.certainty.evidence),
        EvidenceRow::words("contact", &account.evidence),
    ];
    let optional = [
        EvidenceRow::of("date", &account.date),
        EvidenceRow::of("time", &account.time),
        EvidenceRow::of("duration", &account.duration),
        EvidenceRow::of("place", &account.place),
        EvidenceRow::of("first_or_last", &account.first_or_last),
        EvidenceRow::of("count", &account.count),
    ];
    let parties = account.parties.iter().enumerate().map(|(i, p)| EvidenceRow::new("party", i, &p.evidence));
    let lists = EvidenceRow::each("present", &account.present)
        .chain(EvidenceRow::list("topic", &account.topics))
        .chain(EvidenceRow::list("according_to", &account.according_to))
        .chain(EvidenceRow::list("released_by", &account.readout.released_by))
        .chain(EvidenceRow::list("withheld_by", &account.readout.withheld_by));
    always.into_iter().chain(optional.into_iter().flatten()).chain(parties).chain(lists).collect()
}

/// Runs a function over each statement of the filings: filing, number, statement, what is kept beside it.
fn over_statements<'a>(
    filings: &'a [NumberedFiling],
    rows: impl Fn(&'a NumberedFiling, usize, &'a Statement, &'a FiledStatement) -> Vec<Vec<Value>> + Copy + 'a,
) -> impl Iterator<Item = Vec<Value>> + 'a {
    filings.iter().flat_map(move |numbered| {
        let filing = numbered.filing;
        let statements = filing.reading.statements.iter().zip(&filing.statements).enumerate();
        statements.flat_map(move |(number, (statement, beside))| rows(numbered, number, statement, beside))
    })
}

fn write_statements(book: &mut Database, filings: &[NumberedFiling]) -> Result<(), Error> {
    const COLUMNS: [&str; 13] = [
        "report",
        "number",
        "content",
        "spans",
        "cue",
        "source",
        "quotes",
        "act",
        "polarity",
        "addressee",
        "place",
        "date",
        "within",
    ];
    const SPEAKER: [&str; 11] = [
        "report",
        "statement",
        "position",
        "relayed",
        "name",
        "office",
        "country",
        "type",
        "wikidata",
        "identity",
        "side",
    ];
    book.insert_many(
        "statements",
        &COLUMNS,
        over_statements(filings, |filing, number, statement, _| {
            vec![statement_row(filing, number, statement)]
        }),
    )?;
    book.insert_many("statement_speakers", &SPEAKER, over_statements(filings, speaker_rows))?;
    let columns: Vec<&str> = ["report", "statement"].into_iter().chain(EVIDENCE_COLUMNS).collect();
    book.insert_many(
        "statement_sources",
        &columns,
        over_statements(filings, |filing, number, statement, _| {
            let owner = values![filing.report, number];
            lines_of_statement(statement).into_iter().map(|line| line.row(&owner)).collect()
        }),
    )?;
    let columns = ["report", "statement", "position", "account", "bearing"];
    book.insert_many(
        "statement_contacts",
        &columns,
        over_statements(filings, |filing, number, statement, _| {
            let row = |(position, tie): (usize, &Sourced<daybook_record::Tie>)| {
                let account = filing.first + tie.value.account;
                values![filing.report, number, position, account, tie.value.bearing.to_string()].to_vec()
            };
            statement.contacts.iter().enumerate().map(row).collect()
        }),
    )
}

fn statement_row(numbered: &NumberedFiling, number: usize, statement: &Statement) -> Vec<Value> {
    let report = &numbered.filing.report;
    let words: Vec<&str> = statement.content.iter().map(|span| report.words(*span)).collect();
    values![
        numbered.report,
        number,
        words.join(" … "),
        written(&statement.content),
        statement.cue.map(|span| written(&[span])),
        statement.source.map(|span| written(&[span])),
        written(&statement.quotes),
        statement.act.value.to_string(),
        statement.polarity.value.to_string(),
        statement.addressee.as_ref().map(|a| &a.value),
        statement.place.as_ref().map(|p| &p.value),
        statement.date.as_ref().map(|d| &d.value),
        statement.within,
    ]
    .to_vec()
}

fn speaker_rows(
    filing: &NumberedFiling,
    number: usize,
    statement: &Statement,
    beside: &FiledStatement,
) -> Vec<Vec<Value>> {
    let row = |relayed: bool, position: usize, party: &Party, identity: &Identity| {
        let mut row = values![filing.report, number, position, relayed].to_vec();
        row.extend(named(party));
        row.extend(values![&identity.who, &identity.side]);
        row
    };
    let rows = |relayed, parties: &[Sourced<Party>], identities: &[Identity]| {
        let parties = parties.iter().zip(identities).enumerate();
        parties.map(|(i, (party, identity))| row(relayed, i, &party.value, identity)).collect::<Vec<_>>()
    };
    let speakers = rows(false, &statement.speakers, &beside.speakers);
    [speakers, rows(true, &statement.relayed_by, &beside.relayed_by)].concat()
}

fn lines_of_statement(statement: &Statement) -> Vec<EvidenceRow<'_>> {
    let always = [
        EvidenceRow::new("act", 0, &statement.act.evidence),
        EvidenceRow::new("polarity", 0, &statement.polarity.evidence),
    ];
    let optional = [
        EvidenceRow::of("addressee", &statement.addressee),
        EvidenceRow::of("place", &statement.place),
        EvidenceRow::of("date", &statement.date),
    ];
    let lists = EvidenceRow::list("occasion", &statement.occasions)
        .chain(EvidenceRow::each("contact", &statement.contacts))
        .chain(EvidenceRow::each("speaker", &statement.speakers))
        .chain(EvidenceRow::each("relayed_by", &statement.relayed_by));
    always.into_iter().chain(optional.into_iter().flatten()).chain(lists).collect()
}

/// Says for each version of the new reports' addresses which one is the next, by publication, then by arrival.
fn supersede(book: &mut Database, filings: &[NumberedFiling]) -> Result<Vec<String>, Error> {
    let addresses: BTreeSet<&String> = filings.iter().filter_map(|f| f.filing.address.as_ref()).collect();
    let addresses: Vec<Value> = addresses.into_iter().map(Value::from).collect();
    let mut versions: BTreeMap<String, Vec<(String, Option<String>)>> = BTreeMap::new();
    let sql = "SELECT address, id, superseded_by FROM reports WHERE address IN (?*)
        ORDER BY address, published NULLS FIRST, arrived";
    book.each_of(sql, &addresses, |row| {
        let version = (row.text(1)?.to_string(), row.optional_string(2)?);
        versions.entry(row.text(0)?.to_string()).or_default().push(version);
        Ok(())
    })?;
    let mut changed = Vec::new();
    for versions in versions.values() {
        for (i, (id, before)) in versions.iter().enumerate() {
            let next = versions.get(i + 1).map(|(id, _)| id);
            if next != before.as_ref() {
                book.execute("UPDATE reports SET superseded_by = ?1 WHERE id = ?2", &values![next, id])?;
                changed.push(id.clone());
            }
        }
    }
    changed.sort();
    Ok(changed)
}
