//! Says in words why two accounts were joined.

use crate::settle::features::{ContactDays, Features};

/// Why: who is the same, how the days lie, what the ways of being in contact are called.
pub(crate) fn reasons(a: &Features, b: &Features) -> String {
    [people(a, b), days(a, b), kinds(a, b)].join("; ")
}

fn people(a: &Features, b: &Features) -> String {
    let known = |t: &&crate::settle::features::Participant| t.identity.is_known();
    let shared = a
        .participants
        .iter()
        .filter(known)
        .filter(|x| b.participants.iter().any(|y| x.identity.who == y.identity.who));
    let names: Vec<&str> = shared.map(|t| t.name.as_deref().unwrap_or(&t.identity.who)).collect();
    match names.len() {
        0 => "the same sides".into(),
        1 => format!("{} in both, and the same sides", names[0]),
        _ => format!("{} in both", names.join(" and ")),
    }
}

fn days(a: &Features, b: &Features) -> String {
    match (a.days, b.days) {
        (ContactDays::Told { first, last, .. }, ContactDays::Told { first: from, last: to, .. }) => {
            match (first == from && last == to, first <= to && from <= last) {
                (true, _) => "the same day",
                (_, true) => "days that overlap",
                _ if a.status == b.status => {
                    "days that follow each other, with a midnight or a publication between"
                }
                _ => "planned for a day beside",
            }
        }
        (ContactDays::Unknown, _) | (_, ContactDays::Unknown) => "no day told",
        (one, other) if one.is_told() != other.is_told() => {
            "the only contact of theirs that fits the time told"
        }
        _ => "about the same time",
    }
    .to_string()
}

fn kinds(a: &Features, b: &Features) -> String {
    if a.kind == b.kind {
        format!("{} for both", a.kind)
    } else {
        format!("{} for one, {} for the other", a.kind, b.kind)
    }
}
