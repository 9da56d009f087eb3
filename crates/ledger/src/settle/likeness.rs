//! Scores whether two accounts describe one contact.

use std::collections::BTreeMap;

use daybook_record::{Kind, Role, Status};

use crate::settle::features::{ContactDays, Features, Participant};
use crate::settle::time_zones;

/// What two accounts, looked at alone, say of being of one contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// They can't be: other people, another way, another day, or one report tells them apart.
    Against,
    /// They may be, and nothing says so.
    Open,
    /// They are, by so many hundredths.
    For(u32),
}

/// Whether two accounts that both tell their day, or both only about when, are of one contact.
///
/// The hundredths are the product of how well parties, kind and days agree; each weight is written where it is given.
pub fn likeness(a: &Features, b: &Features) -> Likeness {
    if a.aggregate || b.aggregate || a.report == b.report && !is_told_twice(a, b) {
        return Likeness::Against;
    }
    // The parties cost most to compare, and most accounts that are not of one contact are of other days.
    let (Some(days), Some(ways)) = (day_agreement(a, b), kind_agreement(a, b)) else {
        return Likeness::Against;
    };
    if are_hours_apart(a, b) {
        return Likeness::Against;
    }
    let (Some(company), Some(direction)) = (party_agreement(a, b), direction_agreement(a, b)) else {
        return Likeness::Against;
    };
    let product =
        [company, ways, days, direction].into_iter().fold(100, |product, factor| product * factor / 100);
    if product == 0 { Likeness::Open } else { Likeness::For(product) }
}

/// Whether one report may tell one contact twice: once with its day, and once with none of its own, where that of the
/// publication stands in. Other contacts that a report tells apart are two.
fn is_told_twice(a: &Features, b: &Features) -> bool {
    let days = (a.days, b.days);
    matches!(days, (ContactDays::Told { inferred, .. }, ContactDays::Told { inferred: other, .. }) if inferred != other)
}

/// Sides with the participants that stand for them.
fn by_side(participants: &[Participant]) -> BTreeMap<&str, Vec<&Participant>> {
    let mut sides: BTreeMap<&str, Vec<&Participant>> = BTreeMap::new();
    for participant in participants.iter().filter(|t| t.identity.is_known()) {
        sides.entry(participant.side()).or_default().push(participant);
    }
    sides
}

/// How well the parties agree; none where other people take part.
fn party_agreement(a: &Features, b: &Features) -> Option<u32> {
    let (mut ours, mut theirs) = (by_side(&a.participants), by_side(&b.participants));
    // An official account may leave out its own side, whose contact it is.
    restore_own_side(&mut ours, &theirs, a.side.as_deref());
    restore_own_side(&mut theirs, &ours, b.side.as_deref());
    let shared: Vec<&&str> = ours.keys().filter(|side| theirs.contains_key(**side)).collect();
    let mut somebody = 0;
    let mut sides_only = 0;
    for side in &shared {
        match shared_persons(&ours[**side], &theirs[**side])? {
            0 => sides_only += 1,
            people => somebody += people,
        }
    }
    let domestic = ours.len() == 1 && theirs.len() == 1;
    let enough = if domestic { somebody >= 2 } else { shared.len() >= 2 };
    if !enough {
        return None;
    }
    // A bilateral on the margins of a gathering is another contact; longer lists may leave out who is less known.
    let missing = ours.len().min(theirs.len()) - shared.len();
    let bilateral = ours.len() <= 2 || theirs.len() <= 2;
    if bilateral && ours.len() != theirs.len() || shared.len() <= missing {
        return None;
    }
    let people = match (somebody.min(2), sides_only) {
        (2, _) => 100,
        (1, _) => 75,
        _ => 50,
    };
    let completeness = if ours.len() == theirs.len() && missing == 0 { 100 } else { 80 };
    Some(people * completeness / 100)
}

/// Adds the publisher's own side with the persons whom the other account names for it, where they alone are missing.
fn restore_own_side<'a>(
    ours: &mut BTreeMap<&'a str, Vec<&'a Participant>>,
    theirs: &BTreeMap<&'a str, Vec<&'a Participant>>,
    own: Option<&str>,
) {
    let Some((side, participants)) = own.and_then(|side| theirs.get_key_value(side)) else { return };
    if ours.len() >= 2 && theirs.len() == ours.len() + 1 && !ours.contains_key(side) {
        ours.insert(side, participants.clone());
    }
}

/// How many persons two delegations of one side have in common; none where each is of other persons.
fn shared_persons(ours: &[&Participant], theirs: &[&Participant]) -> Option<usize> {
    let ours: Vec<_> = ours.iter().filter(|t| t.is_somebody()).collect();
    let theirs: Vec<_> = theirs.iter().filter(|t| t.is_somebody()).collect();
    let among = |some: &[&&Participant], others: &[&&Participant]| {
        some.iter().filter(|a| others.iter().any(|b| is_same_person(a, b))).count()
    };
    // One person may stand on a list twice, under two names.
    let shared = among(&ours, &theirs).min(among(&theirs, &ours));
    if shared == 0 && !ours.is_empty() && !theirs.is_empty() { None } else { Some(shared) }
}

fn is_same_person(a: &Participant, b: &Participant) -> bool {
    let (one, other) = (&a.identity.who, &b.identity.who);
    one == other || is_written_alike(one, other)
}

/// Names that the tables don't know: one is the other's surname, or has the same surname and initial.
pub(crate) fn is_written_alike(one: &str, other: &str) -> bool {
    let (Some((one, _)), Some((other, _))) = (one.split_once('@'), other.split_once('@')) else {
        return false;
    };
    if one.starts_with("office:") || other.starts_with("office:") {
        return false;
    }
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split('-').collect(), other.split('-').collect());
    let in_order = (one.len(), &one) <= (other.len(), &other);
    let (short, long) = if in_order { (&one, &other) } else { (&other, &one) };
    if short.len() > 1 && short.iter().all(|word| long.contains(word)) {
        return true;
    }
    if one.last() != other.last() {
        return false;
    }
    one.len() == 1 || other.len() == 1 || one[0].starts_with(other[0]) || other[0].starts_with(one[0])
}

/// How well the ways of being in contact agree; none where they exclude each other. Talks without a place may have been
/// by telephone.
fn kind_agreement(a: &Features, b: &Features) -> Option<u32> {
    let talks = |meeting: &Features, call: &Features| {
        meeting.kind == Kind::Meeting && meeting.place.is_none() && call.kind == Kind::Call
    };
    a.kind.agreement(b.kind).or_else(|| (talks(a, b) || talks(b, a)).then_some(55))
}

/// How well the days agree; none where they exclude each other.
fn day_agreement(a: &Features, b: &Features) -> Option<u32> {
    match (a.days, b.days) {
        (ContactDays::Told { .. }, ContactDays::Told { .. }) => told_day_agreement(a, b),
        (ContactDays::Unknown, _) | (_, ContactDays::Unknown) => Some(0),
        (one, other) => {
            let ((first, last), (from, to)) = one.range().zip(other.range())?;
            if first > to || from > last {
                return None;
            }
            let both_vague = !one.is_told() && !other.is_told();
            Some(match both_vague && (first, last) != (from, to) {
                true if is_plan(a) != is_plan(b) => 0,
                true => 60,
                false => 75,
            })
        }
    }
}

fn told_day_agreement(a: &Features, b: &Features) -> Option<u32> {
    let (ContactDays::Told { first, last, .. }, ContactDays::Told { first: from, last: to, .. }) =
        (a.days, b.days)
    else {
        return None;
    };
    if (first, last) == (from, to) {
        return Some(100);
    }
    if first <= to && from <= last {
        return Some(85);
    }
    let (earlier, later, apart) = if last < from { (a, b, from - last) } else { (b, a, first - to) };
    match apart {
        1 if is_midnight_between(earlier, later) => Some(80),
        1..=MAX_PLAN_SLIP if is_plan_beside(a, b) => Some(70 - 5 * apart.unsigned_abs()),
        _ => None,
    }
}

/// What was announced for one day may take place so many days before or after it.
const MAX_PLAN_SLIP: i32 = 3;

fn is_plan(features: &Features) -> bool {
    matches!(features.status, Status::Scheduled | Status::Proposed | Status::Postponed)
}

/// Whether one account tells a plan, and the other what came of it, or the plan for a day that the first does not tell.
fn is_plan_beside(a: &Features, b: &Features) -> bool {
    let tells_no_day = |t: &Features| matches!(t.days, ContactDays::Told { inferred: true, .. });
    is_plan(a) != is_plan(b) || is_plan(a) && tells_no_day(a) != tells_no_day(b)
}

/// Whether one contact can be on one day for one account, and on the next for the other.
fn is_midnight_between(earlier: &Features, later: &Features) -> bool {
    if earlier.publisher.is_some() && earlier.publisher == later.publisher {
        return false;
    }
    let published_late = matches!(later.days, ContactDays::Told { inferred: true, .. });
    published_late || time_zones::is_east_of(later.side.as_deref(), earlier.side.as_deref())
}

/// Two who travel to each other are two visits: none. A direction that only one tells, or tells otherwise, weighs less.
fn direction_agreement(a: &Features, b: &Features) -> Option<u32> {
    let travels = a.kind == Kind::Visit && b.kind == Kind::Visit;
    let (Some(one), Some(other)) = (initiator(a), initiator(b)) else { return Some(100) };
    let same = one.side() == other.side();
    Some(if same || !travels { 100 } else { 70 })
}

fn initiator(features: &Features) -> Option<&Participant> {
    features.participants.iter().find(|participant| participant.role == Role::Initiator)
}

/// Two times of day told in one zone, or by one publisher, more than this apart are two contacts.
const MINUTES_APART: i32 = 90;

fn are_hours_apart(a: &Features, b: &Features) -> bool {
    let (Some(one), Some(other)) = (&a.time, &b.time) else { return false };
    let same_zone = match (&one.zone, &other.zone) {
        (Some(one), Some(other)) => one == other,
        _ => a.publisher.is_some() && a.publisher == b.publisher,
    };
    let minutes = |time: &daybook_record::ClockTime| i32::from(time.hour) * 60 + i32::from(time.minute);
    same_zone && (minutes(one) - minutes(other)).abs() > MINUTES_APART
}
