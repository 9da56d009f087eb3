//! One report's telling of one contact.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    Certainty, Claim, Confidence, Edtf, EventMention, Evidence, Explanation, Inferred, Kind, Party, Sourced,
    Span, Statement, Status,
};

/// A party's part in a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Who called, wrote, travelled, summoned.
    Initiator,
    /// Who was called or written to; the host of a visit.
    Recipient,
    /// The report does not tell the direction.
    Participant,
}

written_as_in_json!(Role);

/// A party with its role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participation {
    /// Who.
    pub party: Party,
    /// In which role.
    pub role: Role,
    /// The words that say so.
    pub evidence: Evidence,
}

/// A time of day as told, local unless a zone is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockTime {
    /// 0 to 23.
    pub hour: i8,
    /// 0 to 59.
    pub minute: i8,
    /// IANA name of the zone, if told.
    pub zone: Option<String>,
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)?;
        self.zone.iter().try_for_each(|zone| write!(f, " {zone}"))
    }
}

/// How long something lasted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Length {
    /// ISO 8601 duration, as told: `PT30M`.
    pub iso: String,
    /// Whether it was told as "around", "about", "more than".
    pub approximate: bool,
}

/// Which sides are said to have published, or declined to give, an account of the content.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Readout {
    /// Sides that published.
    pub released_by: Vec<Sourced<String>>,
    /// Sides that declined.
    pub withheld_by: Vec<Sourced<String>>,
}

/// One report's telling of one contact: its values, each with the words that say so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// How the parties were in contact.
    pub kind: Sourced<Kind>,
    /// The principals.
    pub parties: Vec<Participation>,
    /// Others said to be there.
    pub present: Vec<Sourced<Party>>,
    /// When, as EDTF; `None` where the report gives nothing to go by.
    pub date: Option<Sourced<Edtf>>,
    /// Time of day.
    pub time: Option<Sourced<ClockTime>>,
    /// How long.
    pub duration: Option<Sourced<Length>>,
    /// How things stand.
    pub status: Sourced<Status>,
    /// How surely.
    pub certainty: Sourced<Certainty>,
    /// On whose word; empty where it is the reporter's own voice.
    pub according_to: Vec<Sourced<String>>,
    /// Where, as told.
    pub place: Option<Sourced<String>>,
    /// Up to five short noun phrases.
    pub topics: Vec<Sourced<String>>,
    /// What is said on readouts.
    pub readout: Readout,
    /// "First since …", "most recent before …".
    pub first_or_last: Option<Sourced<String>>,
    /// Several occasions told as one ("they have spoken several times").
    pub aggregate: bool,
    /// How many, if told.
    pub count: Option<Sourced<u32>>,
    /// Whether all parties belong to one country.
    pub domestic: bool,
    /// How often accounts told with such a figure are right: that there is such a contact, of these parties and of no other day.
    /// Not to be mistaken for `certainty`, which is how sure the report is.
    #[serde(default)]
    pub confidence: Confidence,
    /// The words that tell of the contact, best first.
    pub evidence: Vec<Span>,
    /// The rules that found it.
    pub rules: Vec<String>,
    /// Why it is so; only where that was asked for.
    #[serde(skip)]
    pub explanation: Option<Box<Explanation>>,
}

/// What reading one report yields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The contacts, in the order of their first mention.
    pub accounts: Vec<Account>,
    /// What somebody is said to have said, thought or wanted, in the order of the text.
    pub statements: Vec<Statement>,
    /// What the report, or somebody in it, does not vouch for, in the order of the text.
    pub claims: Vec<Claim>,
    /// The words that tell events, in the order of the text.
    pub events: Vec<EventMention>,
    /// The time phrases, in the order of the text.
    pub times: Vec<TimePhrase>,
    /// When a report without a date was published, as far as it tells; `None` for one with a date, or that tells nothing.
    pub dating: Option<Dating>,
}

impl Reading {
    /// The reading without the accounts whose confidence is below `min`, nor the ties of statements to them. The other accounts
    /// move up, and the ties to these follow.
    pub fn keep_confident(mut self, min: Confidence) -> Reading {
        let mut kept = 0;
        let mut number = |account: &Account| {
            let new = (account.confidence >= min).then_some(kept);
            kept += usize::from(new.is_some());
            new
        };
        let numbers: Vec<Option<usize>> = self.accounts.iter().map(&mut number).collect();
        self.accounts.retain(|account| account.confidence >= min);
        for statement in &mut self.statements {
            statement.contacts.retain_mut(|tie| match numbers.get(tie.value.account).copied().flatten() {
                Some(new) => {
                    tie.value.account = new;
                    true
                }
                None => false,
            });
        }
        self
    }

    /// The statements on whose word a value stands: those in whose content its first words stand, the innermost first.
    pub fn on_whose_word(&self, evidence: &Evidence) -> Vec<&Statement> {
        let Some(&words) = evidence.spans.first() else { return Vec::new() };
        let size = |s: &Statement| s.content.iter().map(|c| c.end - c.start).sum::<usize>();
        let mut found: Vec<&Statement> = self.statements.iter().filter(|s| s.covers(words)).collect();
        found.sort_by_key(|s| size(s));
        found
    }
}

/// The interval in which a report without a date was published, inferred from what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dating {
    /// An EDTF interval; an end that nothing tells is open. Never a single day.
    pub interval: Edtf,
    /// The words from which it follows and how, those that set its ends first.
    pub reasons: Vec<Evidence>,
    /// Words that speak against it, and what they would have said; others outweighed them.
    pub set_aside: Vec<Evidence>,
}

/// A time phrase of the report's text, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimePhrase {
    /// Where it stands.
    pub span: Span,
    /// TIMEX3 type: `DATE`, `TIME`, `DURATION`, `SET`.
    pub kind: &'static str,
    /// TIMEX3 value; `None` where it can't be resolved without a date of publication.
    pub value: Option<String>,
    /// Why the value follows, where the report's date was only inferred.
    pub inferred: Option<Inferred>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Act, Bearing, Polarity, Tie};

    const WORDS: Span = Span { part: crate::Part::Text, start: 0, end: 4 };

    fn account(thousandths: u16) -> Account {
        Account {
            kind: Sourced::stated(Kind::Call, WORDS),
            parties: vec![],
            present: vec![],
            date: None,
            time: None,
            duration: None,
            status: Sourced::stated(Status::Held, WORDS),
            certainty: Sourced::stated(Certainty::Certain, WORDS),
            according_to: vec![],
            place: None,
            topics: vec![],
            readout: Readout::default(),
            first_or_last: None,
            aggregate: false,
            count: None,
            domestic: false,
            confidence: Confidence::from_thousandths(thousandths),
            evidence: vec![WORDS],
            rules: vec![],
            explanation: None,
        }
    }

    /// A statement that bears on the accounts of these numbers.
    fn statement(accounts: &[usize]) -> Statement {
        let tie = |&account: &usize| Sourced::stated(Tie { account, bearing: Bearing::About }, WORDS);
        Statement {
            content: vec![WORDS],
            cue: None,
            source: None,
            speakers: vec![],
            relayed_by: vec![],
            act: Sourced::stated(Act::Said, WORDS),
            polarity: Sourced::stated(Polarity::Affirmed, WORDS),
            quotes: vec![],
            addressee: None,
            occasions: vec![],
            place: None,
            date: None,
            contacts: accounts.iter().map(tie).collect(),
            within: None,
        }
    }

    #[test]
    fn ties_follow_the_accounts_that_are_kept() {
        let accounts = [300, 900, 500, 800].map(account).to_vec();
        let statements = vec![statement(&[0, 1, 3]), statement(&[2]), statement(&[3, 7])];
        let reading = Reading { accounts, statements, ..Reading::default() };
        let check = |min: f32, kept: &[u16], ties: [&[usize]; 3]| {
            let reading = reading.clone().keep_confident(Confidence::of(min));
            let told: Vec<u16> = reading.accounts.iter().map(|a| a.confidence.thousandths()).collect();
            assert_eq!(told, kept);
            for (statement, ties) in reading.statements.iter().zip(ties) {
                let told: Vec<usize> = statement.contacts.iter().map(|tie| tie.value.account).collect();
                assert_eq!(told, ties);
            }
        };
        check(0.0, &[300, 900, 500, 800], [&[0, 1, 3], &[2], &[3]]);
        check(0.5, &[900, 500, 800], [&[0, 2], &[1], &[2]]);
        check(0.8, &[900, 800], [&[0, 1], &[], &[1]]);
        check(1.0, &[], [&[], &[], &[]]);
    }
}
