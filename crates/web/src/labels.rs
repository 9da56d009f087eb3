//! Words for people: kinds, statuses, days, parties, headings.

use daybook::{Certainty, Entry, Kind, Party, Polarity, Standing, Statement, Status};
use daybook_export::labels::name_or_office;
use jiff::civil::Date;

/// A name of the record as words: `video_call` as "video call".
pub(crate) fn plain(name: &str) -> String {
    name.replace('_', " ")
}

/// How the parties were in contact.
pub(crate) fn kind(kind: Kind) -> String {
    kind.class().label.to_lowercase()
}

/// How things stand.
pub(crate) fn status(status: Status) -> String {
    plain(&status.to_string())
}

/// How surely; nothing where it is certain.
pub(crate) fn certainty(certainty: Certainty) -> Option<String> {
    (certainty != Certainty::Certain).then(|| plain(&certainty.to_string()))
}

/// How well an entry is confirmed.
pub(crate) fn standing(standing: Standing, sources: usize) -> String {
    let told = match standing {
        Standing::BothSides => "both sides tell of it",
        Standing::SideAndOthers => "one side and others tell of it",
        Standing::OneSide => "one side tells of it",
        Standing::Several => "several sources tell of it",
        Standing::Single => "one source tells of it",
        Standing::Unconfirmed => "nobody vouches for it",
    };
    let sources =
        if sources == 1 { "1 independent source".into() } else { format!("{sources} independent sources") };
    format!("{told}; {sources}")
}

/// A day with its weekday, for headings: "Monday 23 August 2021".
pub(crate) fn long_day(day: Date) -> String {
    day.strftime("%A %-d %B %Y").to_string()
}

/// So many of something: "1 contact", "3 contacts".
pub(crate) fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// A duration in words: `PT1H30M` as "1 h 30 min"; what is no such duration stays as it is.
pub(crate) fn duration(iso: &str) -> String {
    let Some(time) = iso.strip_prefix("PT") else { return iso.to_string() };
    let spaced = time.replace('H', " h ").replace('M', " min ").replace('S', " s ");
    spaced.trim().to_string()
}

/// Somebody in words: "Angela Merkel, Chancellor (DEU)".
pub(crate) fn party(party: &Party) -> String {
    let named: Vec<&str> = party.name.as_deref().into_iter().chain(party.office.as_deref()).collect();
    match (&party.country, named.is_empty()) {
        (Some(country), true) => country.clone(),
        (Some(country), false) => format!("{} ({country})", named.join(", ")),
        (None, true) => "somebody".into(),
        (None, false) => named.join(", "),
    }
}

/// "Angela Merkel – Vladimir Putin, 2021-08-23".
pub(crate) fn heading(entry: &Entry) -> String {
    let names: Vec<String> = entry.parties.iter().map(|member| name_or_office(&member.party)).collect();
    let names = if names.is_empty() { "A contact".to_string() } else { names.join(" – ") };
    let date = entry.date.as_ref().map_or(String::new(), |date| format!(", {}", date.value));
    format!("{names}{date}")
}

/// Whose statement it is.
pub(crate) fn speaker(statement: &Statement) -> Option<String> {
    let name =
        |party: &Party| party.name.clone().or_else(|| party.office.clone()).or_else(|| party.country.clone());
    let names: Vec<String> = statement.speakers.iter().filter_map(|speaker| name(&speaker.value)).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// What was done with the words: said, denied, declined.
pub(crate) fn act(statement: &Statement) -> String {
    match statement.polarity.value {
        Polarity::Affirmed => statement.act.value.to_string(),
        polarity => polarity.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_told_in_words() {
        let check = |iso: &str, words: &str| assert_eq!(duration(iso), words);
        check("PT1H30M", "1 h 30 min");
        check("PT40M", "40 min");
        check("P3D", "P3D");
    }
}
