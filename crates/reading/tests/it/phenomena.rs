//! Short reports of our own, each about one phenomenon of news, against the contacts that an annotator would write down.

use std::collections::BTreeMap;

use daybook_reading::Reader;
use daybook_record::{Account, Participation, Report, Role};

use crate::reader;

const CASES: &str = include_str!("../cases/phenomena.toml");

#[derive(serde::Deserialize)]
struct Case {
    class: String,
    published: String,
    title: Option<String>,
    text: String,
    contacts: Vec<String>,
    /// Why its reading is still wrong.
    known: Option<String>,
}

/// Every case is read rightly but for those that say why they are not; and those must still be wrong, so that no excuse outlives
/// its reason.
#[test]
fn phenomena_are_read_as_an_annotator_would() {
    let mut file: BTreeMap<String, Vec<Case>> = toml::from_str(CASES).expect("the cases are TOML");
    let cases = file.remove("case").expect("there are cases");
    let reader = reader();
    let faults: Vec<String> = cases.iter().filter_map(|case| fault(reader, case)).collect();
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), cases.len(), faults.join("\n"));
}

/// What is not as the case says; `None` where all is.
fn fault(reader: &Reader, case: &Case) -> Option<String> {
    let found = reader.read(&report(case)).accounts;
    let wrong =
        found.len() != case.contacts.len() || !case.contacts.iter().all(|c| found.iter().any(|a| is(a, c)));
    let told: Vec<String> = found.iter().map(told).collect();
    match (wrong, &case.known) {
        (true, None) => Some(format!(
            "{}: {}\n    wanted {}\n    found  {}",
            case.class,
            case.text,
            case.contacts.join("; "),
            told.join("; ")
        )),
        (false, Some(known)) => {
            Some(format!("{}: {}\n    is right now, but marked: {known}", case.class, case.text))
        }
        _ => None,
    }
}

fn report(case: &Case) -> Report {
    Report {
        id: "case".into(),
        title: case.title.clone(),
        text: case.text.clone(),
        published: Some(case.published.parse().expect("a date")),
        ..Report::default()
    }
}

/// Whether an account is what the line says; certainty, time of day and direction count where the line tells them.
fn is(account: &Account, line: &str) -> bool {
    let (head, parties) = line.split_once(": ").expect("a colon before the parties");
    let words: Vec<&str> = head.split(' ').collect();
    let (status, certainty) = words[1].split_once('/').unwrap_or((words[1], ""));
    let (date, time) = words[words.len() - 1].split_once('@').unwrap_or((words[words.len() - 1], ""));
    account.kind.value.to_string() == words[0]
        && account.status.value.to_string() == status
        && (certainty.is_empty() || account.certainty.value.to_string() == certainty)
        && account.aggregate == words.contains(&"many")
        && dated(account) == date
        && (time.is_empty() || account.time.as_ref().is_some_and(|t| t.value.to_string().starts_with(time)))
        && sides(account, parties)
}

fn dated(account: &Account) -> String {
    account.date.as_ref().map_or("-".to_string(), |date| date.value.to_string())
}

fn sides(account: &Account, line: &str) -> bool {
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    let named = |text: &str| sorted(text.split(", ").map(|name| name.to_lowercase()).collect());
    let with = |roles: &[Role]| {
        let of = account.parties.iter().filter(|p| roles.contains(&p.role));
        sorted(of.map(|p| party(p).to_lowercase()).collect())
    };
    match line.split_once(" → ") {
        Some((one, other)) => {
            with(&[Role::Initiator]) == named(one) && with(&[Role::Recipient]) == named(other)
        }
        None => with(&[Role::Initiator, Role::Recipient, Role::Participant]) == named(line),
    }
}

/// "Angela Merkel DEU", "[Foreign Minister] TUR".
fn party(participation: &Participation) -> String {
    let party = &participation.party;
    let office = || format!("[{}]", party.office.clone().unwrap_or_default());
    let name = party.name.as_deref().map_or_else(office, |name| name.trim_start_matches("the ").to_string());
    format!("{name} {}", party.country.as_deref().unwrap_or("-"))
}

/// An account as a case writes it.
fn told(account: &Account) -> String {
    let by = |role: Role| {
        let of = account.parties.iter().filter(|p| p.role == role);
        of.map(party).collect::<Vec<_>>().join(", ")
    };
    let parties = match by(Role::Participant) {
        none if none.is_empty() => format!("{} → {}", by(Role::Initiator), by(Role::Recipient)),
        all => all,
    };
    let many = if account.aggregate { " many" } else { "" };
    let time = account.time.as_ref().map_or(String::new(), |t| format!("@{}", t.value));
    let (status, certainty) = (account.status.value, account.certainty.value);
    format!("{} {status}/{certainty}{many} {}{time}: {parties}", account.kind.value, dated(account))
}
