//! Puts the tellings of one occasion in one report together: however often it is named, it is one account.

use daybook_record::Status;

use jiff::civil::Date;

use crate::contacts::occasion::{Occasion, alike, is_over};
use crate::contacts::principals;
use crate::contacts::visits;
use crate::events::telling::Telling;
use crate::parties::cast::{Cast, Id};

/// How many lines back a bare "the call" may reach.
const REACH: usize = 12;

/// The occasions of a report, in the order of their first telling.
pub(crate) fn group(tellings: Vec<Telling>, cast: &Cast<'_>, published: Option<Date>) -> Vec<Occasion> {
    let mut occasions: Vec<Occasion> = Vec::new();
    for telling in tellings {
        let parties = telling.one.len() + telling.other.len();
        let telling = visits::complete(telling, &occasions, cast);
        let sided = !telling.one.is_empty() && !telling.other.is_empty();
        if !sided && (telling.group || parties < 2) {
            attach(telling, &mut occasions, cast, published);
        } else {
            for single in singles(telling, cast) {
                place(single, &mut occasions, cast, published);
            }
        }
    }
    visits::join(&mut occasions, cast, published);
    visits::find_hosts(&mut occasions, cast);
    visits::join_stays(&mut occasions, cast, published);
    occasions
}

/// One telling for each contact: "spoke to A, B and C" tells of three, unless they were on it together.
fn singles(telling: Telling, cast: &Cast<'_>) -> Vec<Telling> {
    let spouses = principals::spouses(cast, telling.one.iter().chain(&telling.other).copied());
    let (beside, others): (Vec<Id>, Vec<Id>) = telling.other.iter().partition(|id| spouses.contains(id));
    if telling.together || others.len() < 2 {
        return vec![telling];
    }
    let single = |&id: &Id| {
        let own = beside.iter().copied().filter(|&s| cast.same_land(s, id));
        Telling { other: std::iter::once(id).chain(own).collect(), ..telling.clone() }
    };
    others.iter().map(single).collect()
}

/// A telling that names not all parties belongs to an occasion told before, or to none.
fn attach(telling: Telling, occasions: &mut Vec<Occasion>, cast: &Cast<'_>, published: Option<Date>) {
    let named: Vec<Id> = telling.one.iter().chain(&telling.other).copied().collect();
    if !telling.definite && !telling.group && (named.is_empty() || telling.nominal) {
        return;
    }
    let near = |o: &Occasion| {
        o.tellings
            .last()
            .is_some_and(|t| t.at.line <= telling.at.line && telling.at.line - t.at.line <= REACH)
    };
    let fits = |o: &Occasion| {
        near(o)
            && named.iter().all(|&n| o.members().any(|m| cast.same_side(m, n)))
            && alike(o.kind, telling.kind)
            && in_time(o, &telling)
            && in_standing(o, &telling)
            && !apart(o, &telling)
            && (!telling.several || o.aggregate)
            && !o.tellings.iter().all(|t| t.standing.status == Status::NotHeld)
    };
    let fresh = |o: &Occasion| !o.is_recalled(published);
    let latest = (0..occasions.len())
        .filter(|&i| fits(&occasions[i]))
        .max_by_key(|&i| (fresh(&occasions[i]), occasions[i].last_line(), std::cmp::Reverse(i)));
    if let Some(i) = latest {
        // "The call" after three calls told in one breath is none of them in particular.
        let rivals =
            occasions.iter().filter(|o| fits(o) && o.last_line() == occasions[i].last_line()).count();
        if rivals == 1 || !named.is_empty() {
            occasions[i].add(telling, cast);
        }
    } else if telling.pair.len() > 1 && named.is_empty() && telling.date.is_some() {
        place(Telling { one: telling.pair.clone(), together: true, ..telling }, occasions, cast, published);
    } else if let (true, Some(pair)) =
        (telling.group && telling.date.is_some(), pair_spoken_of(occasions, &telling, &named))
    {
        // "The two had spoken in November": the parties are known, the occasion is another.
        let (one, other) = (pair.one.clone(), pair.other.clone());
        let aggregate = telling.several;
        occasions.push(Occasion {
            kind: telling.kind,
            one,
            other,
            directed: false,
            aggregate,
            stay: None,
            tellings: vec![telling],
        });
    }
}

/// The last occasion told whose parties a word such as "the two" can mean.
fn pair_spoken_of<'o>(occasions: &'o [Occasion], telling: &Telling, named: &[Id]) -> Option<&'o Occasion> {
    let two = |o: &&Occasion| {
        o.members().count() == 2 && !o.aggregate && named.iter().all(|n| o.members().any(|m| m == *n))
    };
    let near = |o: &&Occasion| telling.at.line.saturating_sub(o.last_line()) <= 2;
    occasions.iter().filter(|o| two(o) && near(o)).max_by_key(|o| o.last_line())
}

fn place(telling: Telling, occasions: &mut Vec<Occasion>, cast: &Cast<'_>, published: Option<Date>) {
    let best = (0..occasions.len())
        .filter(|&i| same(&occasions[i], &telling, cast, published))
        .max_by_key(|&i| closeness(&occasions[i], &telling, published));
    match best {
        Some(i) => occasions[i].add(telling, cast),
        None => occasions.push(Occasion {
            kind: telling.kind,
            one: telling.one.clone(),
            other: telling.other.clone(),
            directed: telling.directed,
            aggregate: telling.several
                || telling.count.is_some()
                || telling
                    .one
                    .iter()
                    .chain(&telling.other)
                    .any(|&id| cast.entities[id].plural && cast.entities[id].countries.is_empty()),
            stay: None,
            tellings: vec![telling],
        }),
    }
}

/// Whether a telling may be of the occasion: the same parties, alike in kind, not apart in time, not both done and to come.
fn same(occasion: &Occasion, telling: &Telling, cast: &Cast<'_>, published: Option<Date>) -> bool {
    let several = telling.several || telling.count.is_some();
    alike(occasion.kind, telling.kind)
        && occasion.aggregate == several
        && (same_parties(occasion, telling, cast)
            || same_but_for_leader(occasion, telling, cast) && of_one_time(occasion, telling, published))
        && in_time(occasion, telling)
        && in_standing(occasion, telling)
        && !apart(occasion, telling)
}

fn same_parties(occasion: &Occasion, telling: &Telling, cast: &Cast<'_>) -> bool {
    let ours: Vec<Id> = occasion.members().collect();
    let theirs: Vec<Id> = telling.one.iter().chain(&telling.other).copied().collect();
    let (few, many) = if ours.len() <= theirs.len() { (&ours, &theirs) } else { (&theirs, &ours) };
    let mut free = many.clone();
    for &a in few {
        match free.iter().position(|&b| cast.same_side(a, b)) {
            Some(at) => free.remove(at),
            None => return false,
        };
    }
    true
}

/// "His talks with Russia" are those with its president.
fn same_but_for_leader(occasion: &Occasion, telling: &Telling, cast: &Cast<'_>) -> bool {
    let ours: Vec<Id> = occasion.members().collect();
    let theirs: Vec<Id> = telling.one.iter().chain(&telling.other).copied().collect();
    let ([a, b], [c, d]) = (&ours[..], &theirs[..]) else { return false };
    let stands = |x: &Id, y: &Id, v: &Id, w: &Id| x == y && cast.stands_for(*v, *w);
    stands(a, c, b, d) || stands(a, d, b, c) || stands(b, d, a, c) || stands(b, c, a, d)
}

/// Whether both are dated or neither is of a time that the report only looks back to.
fn of_one_time(occasion: &Occasion, telling: &Telling, published: Option<Date>) -> bool {
    let told = telling.date.as_ref().map(|(date, _)| date);
    match (occasion.date(), told) {
        (Some(_), Some(_)) => true,
        (ours, theirs) => !is_over(ours, published) && !is_over(theirs, published),
    }
}

/// Whether the same sentence puts the one before or after the other.
fn apart(occasion: &Occasion, telling: &Telling) -> bool {
    occasion.tellings.iter().filter(|t| t.at.line == telling.at.line).any(|t| {
        let puts =
            |a: &Telling, b: &Telling| a.apart_from.contains(&b.clause) && !b.apart_from.contains(&b.clause);
        puts(t, telling) || puts(telling, t)
    })
}

fn in_time(occasion: &Occasion, telling: &Telling) -> bool {
    match (occasion.date(), &telling.date) {
        (Some(a), Some((b, _))) => a.overlaps(b),
        _ => true,
    }
}

fn in_standing(occasion: &Occasion, telling: &Telling) -> bool {
    let ahead = |status| {
        matches!(
            status,
            Status::Scheduled | Status::Proposed | Status::Postponed | Status::Cancelled | Status::Declined
        )
    };
    let done = |status| matches!(status, Status::Held | Status::UnderWay);
    let dated_alike = matches!((occasion.date(), &telling.date), (Some(a), Some((b, _))) if a.overlaps(b));
    let firm = occasion.tellings.iter().filter(|t| !t.standing.open).all(|t| {
        let (a, b) = (t.standing.status, telling.standing.status);
        !(ahead(a) && done(b) || done(a) && ahead(b))
    });
    let never = |status| status == Status::NotHeld;
    let absent = occasion.tellings.iter().all(|t| never(t.standing.status) == never(telling.standing.status));
    (telling.standing.open || firm || dated_alike) && (absent || telling.standing.open)
}

fn closeness(occasion: &Occasion, telling: &Telling, published: Option<Date>) -> (bool, bool, bool, usize) {
    let dated = matches!((occasion.date(), &telling.date), (Some(a), Some((b, _))) if a.overlaps(b));
    (dated, !occasion.is_recalled(published), occasion.kind == telling.kind, occasion.last_line())
}
