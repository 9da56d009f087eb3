//! Prepares a report and its reading for filing: ids, sides, identities, fingerprints.

use daybook_gazetteer::Gazetteer;
use daybook_record::{Account, Party, Reading, Report, Sourced, Span, Statement};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::entry::trust::Trust;
use crate::identity::{Identity, identify};
use crate::settle::features::{ContactDays, Features, Participant};
use crate::{agencies, fingerprints};

/// A report with what was read in it, ready to be filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// Follows from the content: the same text of the same source has the same id.
    pub id: String,
    /// The report.
    pub report: Report,
    /// What its versions share: the url, or the identifier that its source gave it.
    pub address: Option<String>,
    /// The country or body whose official publisher this is.
    pub side: Option<String>,
    /// The news agency whose copy it says it is.
    pub agency: Option<String>,
    /// Fingerprints of its word sequences, by which copies are told.
    pub wording: String,
    /// What was read in it.
    pub reading: Reading,
    /// What is to be kept beside each account of the reading.
    pub accounts: Vec<FiledAccount>,
    /// What is to be kept beside each statement of the reading.
    pub statements: Vec<FiledStatement>,
}

/// What is kept beside an account, for settling it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FiledAccount {
    /// Follows from the report's id and the account's number.
    pub id: String,
    /// The words that tell of the contact best.
    pub words: String,
    /// The first day that the date can mean.
    pub first_day: Option<Date>,
    /// The last day that the date can mean.
    pub last_day: Option<Date>,
    /// The first and last day on which accounts of the same contact can be, also where the account tells no date.
    pub near: Option<(Date, Date)>,
    /// The country in which the place is.
    pub place_side: Option<String>,
    /// Pairs of sides that it brings together, each once: two in alphabetical order, `RUS USA`.
    pub pairs: Vec<String>,
    /// Whom the words for the parties mean, one for each.
    pub parties: Vec<Identity>,
    /// Whom the words for those present mean, one for each.
    pub present: Vec<Identity>,
}

/// What is kept beside a statement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FiledStatement {
    /// Whom the words for the speakers mean, one for each.
    pub speakers: Vec<Identity>,
    /// Whom the words for those mean who passed it on, one for each.
    pub relayed_by: Vec<Identity>,
}

/// What is to be filed of a report. Ids follow from the report's content alone.
pub(crate) fn prepare_filing(
    report: Report,
    reading: Reading,
    gazetteer: &Gazetteer,
    trust: &Trust,
) -> Filing {
    let id = report_id(&report);
    let (publisher, url) = (report.publisher.as_deref(), report.url.as_deref());
    let side = trust.side(publisher, url).map(str::to_string);
    let accounts = reading
        .accounts
        .iter()
        .enumerate()
        .map(|(number, account)| filed_account(&report, account, account_id(&id, number), gazetteer));
    Filing {
        accounts: accounts.collect(),
        statements: reading
            .statements
            .iter()
            .map(|s| filed_statement(s, gazetteer, report.published))
            .collect(),
        side: side.or_else(|| gazetteer.official_side(publisher, url).map(str::to_string)),
        agency: agencies::agency(publisher, &report.text),
        wording: fingerprints::fingerprints(&report.text),
        address: report.url.clone(),
        id,
        report,
        reading,
    }
}

/// The id under which a book files a report: 32 hexadecimal digits of a hash of its address, publisher, day, title and text.
pub fn report_id(report: &Report) -> String {
    let published = report.published.map(|day| day.to_string());
    let parts = [&report.url, &report.publisher, &published, &report.title, &Some(report.text.clone())];
    let mut hash = Sha256::new();
    for part in parts {
        // The length before each part keeps two parts from being taken for one.
        hash.update(part.as_ref().map_or(u64::MAX, |part| part.len() as u64).to_le_bytes());
        hash.update(part.as_deref().unwrap_or("").as_bytes());
    }
    hexadecimal(&hash.finalize()[..16])
}

/// The id of an account: 16 hexadecimal digits, the first 14 of its report's and its number there, so that the accounts
/// of a report lie side by side.
fn account_id(report: &str, number: usize) -> String {
    format!("{}{number:02x}", &report[..14])
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn filed_account(report: &Report, account: &Account, id: String, gazetteer: &Gazetteer) -> FiledAccount {
    let told = account.date.as_ref().map(|d| &d.value);
    let on = told.and_then(|d| d.first()).or(report.published);
    let who = |party: &Party| identify(gazetteer, party, on);
    let parties: Vec<Identity> = account.parties.iter().map(|p| who(&p.party)).collect();
    let participants: Vec<Participant> = account
        .parties
        .iter()
        .zip(&parties)
        .map(|(p, i)| Participant::new(&p.party, p.role, i.clone()))
        .collect();
    FiledAccount {
        id,
        words: account.evidence.first().map_or(String::new(), |&span| sentence_around(report, span)),
        first_day: told.and_then(|d| d.first()),
        last_day: told.and_then(|d| d.last()),
        place_side: account.place.as_ref().and_then(|p| gazetteer.state_of(&p.value)).map(str::to_string),
        near: ContactDays::of_account(account, report.published).dates(),
        pairs: if account.aggregate { Vec::new() } else { Features::pairs_of(&participants) },
        parties,
        present: account.present.iter().map(|p| who(&p.value)).collect(),
    }
}

fn filed_statement(statement: &Statement, gazetteer: &Gazetteer, on: Option<Date>) -> FiledStatement {
    let who = |list: &[Sourced<Party>]| list.iter().map(|p| identify(gazetteer, &p.value, on)).collect();
    FiledStatement { speakers: who(&statement.speakers), relayed_by: who(&statement.relayed_by) }
}

/// The words around a span are looked for so far, in bytes.
const SENTENCE_WINDOW: usize = 240;

/// The words at a span with those around it, up to where a sentence or line ends.
fn sentence_around(report: &Report, span: Span) -> String {
    let part = report.part(span.part);
    let (start, end) = (span.start.min(part.len()), span.end.min(part.len()));
    let from = part.ceil_char_boundary(start.saturating_sub(SENTENCE_WINDOW));
    let to = part.floor_char_boundary((end + SENTENCE_WINDOW).min(part.len()));
    let (Some(before), Some(after)) = (part.get(from..start), part.get(end..to)) else {
        return String::new();
    };
    let is_end =
        |(_, pair): &(usize, &[u8])| pair[0] == b'\n' || (b".!?".contains(&pair[0]) && pair[1] == b' ');
    let begins = before.as_bytes().windows(2).enumerate().rfind(is_end).map_or(0, |(at, _)| at + 1);
    let ends = after.as_bytes().windows(2).enumerate().find(is_end).map_or(after.len(), |(at, _)| at + 1);
    part[from + begins..end + ends].split_whitespace().collect::<Vec<_>>().join(" ")
}
