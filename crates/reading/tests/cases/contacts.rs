//! The contacts of a reading as cases write them: "call held 2022-03-08: Emmanuel Macron FRA → Olaf Scholz DEU".

use daybook_record::{Account, Participation, Reading, Role};

/// What is not as the lines say; `None` where all is.
pub fn fault(reading: &Reading, wanted: &[String]) -> Option<String> {
    let found = &reading.accounts;
    let is_right = found.len() == wanted.len() && wanted.iter().all(|line| found.iter().any(|a| is(a, line)));
    let rules = found.iter().flat_map(|account| account.rules.clone()).collect::<Vec<_>>().join(", ");
    let found = found.iter().map(told).collect::<Vec<_>>().join("\n            ");
    let wanted = wanted.join("\n            ");
    (!is_right).then(|| format!("    wanted  {wanted}\n    found   {found}\n    by      {rules}"))
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
