//! Settles who received whom: joins a visit and the talks held during it, and finds the host of a visit to a place.

use daybook_gazetteer::Rank;
use daybook_record::{Edtf, Kind, PartyKind};
use jiff::civil::Date;

use crate::contacts::occasion::Occasion;
use crate::events::telling::Telling;
use crate::parties::cast::{Cast, Id};
use crate::parties::mention::What;

/// How many sentences after a visit is told the talks held during it may be told without naming the guest.
const REACH: usize = 3;

/// "The talks with the king" told after a visit to his country are the guest's.
pub(crate) fn complete(telling: Telling, occasions: &[Occasion], cast: &Cast<'_>) -> Telling {
    let met = || telling.other.iter().filter(|&&id| is_somebody(cast, id));
    if !telling.one.is_empty() || telling.kind != Kind::Meeting || met().count() == 0 {
        return telling;
    }
    let near = |o: &&Occasion| {
        o.tellings.iter().any(|t| t.at.line <= telling.at.line && telling.at.line - t.at.line <= REACH)
    };
    let hosted = |o: &&Occasion| {
        let land = o.other.first().and_then(|&id| cast.entities[id].countries.first());
        o.kind == Kind::Visit
            && land.is_some()
            && met().all(|&id| cast.entities[id].countries.first() == land)
    };
    match occasions.iter().rfind(|o| near(o) && hosted(o)) {
        Some(visit) => Telling { one: visit.one.clone(), group: false, ..telling },
        None => telling,
    }
}

/// Joins each visit to a country with the talk or visit there that the report tells of the same guest.
pub(crate) fn join(occasions: &mut Vec<Occasion>, cast: &Cast<'_>, published: Option<Date>) {
    let mut at = 0;
    while at < occasions.len() {
        let Some(talk_at) = talk_of(occasions, at, cast, published) else {
            at += 1;
            continue;
        };
        let talk = occasions.remove(talk_at);
        at -= usize::from(talk_at < at);
        take_in(&mut occasions[at], talk, cast);
    }
}

/// The host of a visit becomes whoever received the guest, where that is somebody certain.
fn take_in(visit: &mut Occasion, mut talk: Occasion, cast: &Cast<'_>) {
    if talk.kind == Kind::Gathering {
        for telling in std::mem::take(&mut visit.tellings) {
            talk.take(telling, cast);
        }
        *visit = talk;
        return;
    }
    let hosts: Vec<Id> = talk.members().filter(|m| !visit.one.contains(m)).collect();
    if hosts.iter().all(|&h| is_somebody(cast, h)) {
        visit.other = hosts;
    }
    for telling in talk.tellings {
        visit.take(telling, cast);
    }
}

fn is_somebody(cast: &Cast<'_>, id: Id) -> bool {
    let entity = &cast.entities[id];
    entity.kind == PartyKind::Person && !(entity.name.is_none() && entity.plural)
}

/// The land that a visit goes to, where it names no person as the host.
fn land<'c>(visit: &Occasion, cast: &'c Cast<'_>) -> Option<&'c String> {
    let faceless = visit.kind == Kind::Visit
        && visit.one.len() == 1
        && visit.other.len() == 1
        && cast.entities[visit.other[0]].kind != PartyKind::Person;
    cast.entities[*visit.other.first()?].countries.first().filter(|_| faceless)
}

/// The occasion that belongs to a visit whose host is only a country.
fn talk_of(occasions: &[Occasion], visit: usize, cast: &Cast<'_>, published: Option<Date>) -> Option<usize> {
    let trip = &occasions[visit];
    let land = land(trip, cast)?;
    let there = |talk: &Occasion| {
        let mut hosts = talk.members().filter(|m| *m != trip.one[0]).peekable();
        hosts.peek().is_some()
            && hosts.all(|h| {
                cast.entities[h].kind == PartyKind::Person && cast.entities[h].countries.first() == Some(land)
            })
    };
    let guest = |talk: &Occasion| talk.members().any(|m| m == trip.one[0]);
    let led = |talk: &Occasion| talk.kind != Kind::Visit || talk.one == trip.one;
    (0..occasions.len()).filter(|&i| i != visit).find(|&i| {
        let talk = &occasions[i];
        // "Will travel to Rome to lead the delegation to the summit" tells of the summit.
        if talk.kind == Kind::Gathering {
            return guest(talk) && one_breath(trip, talk);
        }
        (matches!(talk.kind, Kind::Meeting | Kind::Visit)
            || talk.kind == Kind::Unspecified && one_breath(trip, talk))
            && !talk.aggregate
            && led(talk)
            && guest(talk)
            && there(talk)
            && timely(trip, talk, published)
            && (compatible(trip, talk) || with_officials(cast, talk, trip.one[0]))
    })
}

/// Whether a sentence tells of both.
fn one_breath(a: &Occasion, b: &Occasion) -> bool {
    a.tellings.iter().any(|t| b.tellings.iter().any(|u| t.at.line == u.at.line))
}

/// The visit of an envoy and the talks with officials whom nobody names are one, even while they are still to come.
fn with_officials(cast: &Cast<'_>, talk: &Occasion, guest: Id) -> bool {
    talk.members().all(|m| m == guest || !is_somebody(cast, m))
}

/// How many days a visit may take over which its talks are told one by one.
const STAY: i32 = 3;

/// Joins a visit and another meeting of the same people a day or two before or after: both are of one stay.
pub(crate) fn join_stays(occasions: &mut Vec<Occasion>, cast: &Cast<'_>, published: Option<Date>) {
    let mut at = 0;
    while at < occasions.len() {
        let same = (at + 1..occasions.len()).find(|&i| of_one_stay(&occasions[at], &occasions[i], published));
        let Some(other) = same else {
            at += 1;
            continue;
        };
        let other = occasions.remove(other);
        let visit = &mut occasions[at];
        let days = [stay(visit), stay(&other)];
        if let [Some((a, b)), Some((c, d))] = days {
            visit.stay = Some((a.min(c), b.max(d)));
        }
        if other.kind == Kind::Visit && visit.kind != Kind::Visit {
            (visit.one, visit.other, visit.directed) = (other.one, other.other, other.directed);
        }
        visit.kind = Kind::Visit;
        for telling in other.tellings {
            visit.take(telling, cast);
        }
    }
}

fn of_one_stay(a: &Occasion, b: &Occasion, published: Option<Date>) -> bool {
    let members = |o: &Occasion| {
        let mut members: Vec<Id> = o.members().collect();
        members.sort_unstable();
        members
    };
    let near = match (stay(a), stay(b)) {
        (Some((a1, a2)), Some((b1, b2))) => {
            let gap = if a2 < b1 { a2.until(b1) } else { b2.until(a1) };
            gap.map_or(i32::MAX, |s| s.get_days()) < STAY
        }
        _ => timely(a, b, published),
    };
    let kinds = [a.kind, b.kind];
    kinds.contains(&Kind::Visit)
        && kinds.iter().all(|k| matches!(k, Kind::Visit | Kind::Meeting))
        && !a.aggregate
        && !b.aggregate
        && members(a) == members(b)
        && compatible(a, b)
        && near
}

/// The days of an occasion, where they are told as days.
fn stay(occasion: &Occasion) -> Option<(Date, Date)> {
    let told = match occasion.date()? {
        Edtf::Day(day) => Some((*day, *day)),
        edtf @ Edtf::Interval(..) => edtf.first().zip(edtf.last()),
        _ => None,
    };
    occasion.stay.or(told)
}

/// Whether two occasions may be of one time; one that the report only looks back to is not of the time of one without a date.
fn timely(a: &Occasion, b: &Occasion, published: Option<Date>) -> bool {
    match (a.date(), b.date()) {
        (Some(a), Some(b)) => a.overlaps(b),
        _ => a.is_recalled(published) == b.is_recalled(published),
    }
}

fn compatible(trip: &Occasion, talk: &Occasion) -> bool {
    trip.tellings.iter().all(|t| {
        talk.tellings
            .iter()
            .all(|u| u.standing.open || t.standing.open || u.standing.status == t.standing.status)
    })
}

/// Gives a visit of one leader to another's country its host: the leader of whom the same sentence speaks, or who receives
/// others at the same house.
pub(crate) fn find_hosts(occasions: &mut [Occasion], cast: &Cast<'_>) {
    for at in 0..occasions.len() {
        let host = spoken_of(&occasions[at], cast)
            .or_else(|| one_of_the_two(occasions, at, cast))
            .or_else(|| receives_others(occasions, at, cast));
        if let Some(host) = host {
            occasions[at].other = vec![host];
        }
    }
}

/// The leader of the visited country in the sentence that tells of a fellow leader's visit.
fn spoken_of(visit: &Occasion, cast: &Cast<'_>) -> Option<Id> {
    let land = land(visit, cast)?;
    let guest = visit.one[0];
    if !leads(cast, guest, cast.entities[guest].countries.first()?) {
        return None;
    }
    let mut persons = beside(visit, cast).flat_map(|m| cast.means[m].iter().copied());
    persons.find(|&id| id != guest && leads(cast, id, land))
}

/// The mentions in the sentences that tell of a visit.
fn beside<'c>(visit: &'c Occasion, cast: &'c Cast<'_>) -> impl Iterator<Item = usize> + 'c {
    let tells = |line: usize| visit.tellings.iter().any(|t| t.kind == Kind::Visit && t.at.line == line);
    (0..cast.mentions.len()).filter(move |&m| tells(cast.mentions[m].line))
}

/// The host where the sentence speaks of "the two leaders", who are the guest and another told to be in contact with them.
fn one_of_the_two(occasions: &[Occasion], at: usize, cast: &Cast<'_>) -> Option<Id> {
    let visit = &occasions[at];
    let land = land(visit, cast)?;
    let guest = visit.one[0];
    let grouped = beside(visit, cast).any(|m| matches!(cast.mentions[m].what, What::Group));
    let with_guest = occasions.iter().filter(|o| grouped && o.members().any(|m| m == guest));
    with_guest.flat_map(Occasion::members).find(|&id| id != guest && leads(cast, id, land))
}

/// Who receives somebody else in the house that this visit goes to, in the same report.
fn receives_others(occasions: &[Occasion], at: usize, cast: &Cast<'_>) -> Option<Id> {
    let land = land(&occasions[at], cast)?;
    let house = occasions[at].other[0];
    let known = occasions.iter().enumerate().filter(|(i, o)| *i != at && o.kind == Kind::Visit);
    let hosts = known.flat_map(|(_, o)| o.members());
    hosts.filter(|_| cast.entities[house].house).find(|&id| is_somebody(cast, id) && leads(cast, id, land))
}

/// Whether somebody is at the head of a country: by an office that the gazetteer ranks so, on the day of the report or as told.
fn leads(cast: &Cast<'_>, id: Id, land: &str) -> bool {
    let entity = &cast.entities[id];
    entity.countries.first().is_some_and(|c| c == land)
        && entity.rank.is_some_and(|rank| matches!(rank, Rank::HeadOfState | Rank::HeadOfGovernment))
}
