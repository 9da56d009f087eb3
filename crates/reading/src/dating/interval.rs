//! Clues to the day on which a report was published, put together to the interval on which most of them agree.

use std::collections::BTreeMap;

use daybook_record::{Dating, Edtf, Evidence, Inferred, Span};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Days from one to another, both included; [`Date::MIN`] and [`Date::MAX`] stand for an end that is open.
pub(crate) type Stretch = (Date, Date);

/// All days.
pub(crate) const ALWAYS: Stretch = (Date::MIN, Date::MAX);

/// Words that tell something of the day of publication.
#[derive(Debug, Clone)]
pub(crate) struct Clue {
    /// The days that they allow.
    pub days: Days,
    /// How much they count against others.
    pub weight: i64,
    pub spans: Vec<Span>,
    pub why: Inferred,
}

/// The days that a clue allows.
#[derive(Debug, Clone)]
pub(crate) enum Days {
    /// In order, none touching another.
    Fixed(Vec<Stretch>),
    /// Every year, from so many days before a day of the year to so many after it; on that weekday only, if one is told.
    Yearly { month: i8, day: i8, weekday: Option<Weekday>, before: i32, after: i32 },
}

/// Days come round every year, so they tell something only within an interval of no more years than this.
const YEARS: i16 = 60;

/// The interval in which a report was published; `None` where no clue bounds it.
///
/// Each clue allows some days and has a weight. The days with the largest sum of weights are those that the largest
/// consistent part of the clues allows: a clue that contradicts the others is outvoted and set aside. Fixed days are
/// asked first, and those that come round every year only within what is left.
pub(crate) fn infer(clues: &[Clue]) -> Option<Dating> {
    let fixed = best(&[ALWAYS], &weighed(clues, None));
    let (first, last) = hull(&fixed)?;
    let bounded = first > Date::MIN && last < Date::MAX && last.year() - first.year() <= YEARS;
    let days = if bounded { best(&fixed, &weighed(clues, Some((first, last)))) } else { fixed };
    let (first, last) = hull(&days).filter(|&ends| ends != ALWAYS)?;
    let end = |day: Date, open: Date| (day != open).then(|| Box::new(Edtf::Day(day)));
    let interval = Edtf::Interval(end(first, Date::MIN), end(last, Date::MAX));
    let allowed: Vec<(&Clue, Vec<Stretch>)> =
        clues.iter().map(|c| (c, c.days.within((first, last)))).collect();
    let (kept, against): (Vec<_>, Vec<_>) = allowed.into_iter().partition(|(_, a)| overlap(a, &days));
    Some(Dating { interval, reasons: reasons(kept, (first, last)), set_aside: set_aside(&against) })
}

/// The fixed clues, or, given the interval to ask in, those that come round every year.
fn weighed(clues: &[Clue], within: Option<Stretch>) -> Vec<(Vec<Stretch>, i64)> {
    let wanted = |clue: &&Clue| matches!(clue.days, Days::Fixed(_)) == within.is_none();
    clues.iter().filter(wanted).map(|c| (c.days.within(within.unwrap_or(ALWAYS)), c.weight)).collect()
}

impl Days {
    /// The stretches of days allowed, those that come round only for the years of an interval.
    fn within(&self, (first, last): Stretch) -> Vec<Stretch> {
        match *self {
            Days::Fixed(ref stretches) => stretches.clone(),
            Days::Yearly { .. } if last.year() - first.year() > YEARS => Vec::new(),
            Days::Yearly { month, day, weekday, before, after } => {
                let years = first.year().saturating_sub(1)..=last.year().saturating_add(1);
                let days = years.filter_map(|year| Date::new(year, month, day).ok());
                let days = days.filter(|d| weekday.is_none_or(|w| d.weekday() == w));
                joined(days.map(|d| (shifted(d, -before), shifted(d, after))).collect())
            }
        }
    }
}

/// The day so many days later, or the calendar's last.
pub(crate) fn shifted(day: Date, days: i32) -> Date {
    day.checked_add(days.days()).unwrap_or(if days < 0 { Date::MIN } else { Date::MAX })
}

/// Stretches in order, those that overlap or touch put together.
pub(crate) fn joined(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    let mut joined: Vec<Stretch> = Vec::new();
    for (from, to) in stretches {
        match joined.last_mut() {
            Some(last) if from <= shifted(last.1, 1) => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// The days of `within` that have the largest sum of weights.
fn best(within: &[Stretch], clues: &[(Vec<Stretch>, i64)]) -> Vec<Stretch> {
    // To lie within counts more than all clues together.
    let all: i64 = clues.iter().map(|(_, weight)| weight).sum::<i64>() + 1;
    let mut changes: BTreeMap<Date, i64> = BTreeMap::from([(Date::MIN, 0)]);
    let all_clues = clues.iter().flat_map(|(days, weight)| days.iter().map(move |&s| (s, *weight)));
    for ((from, to), weight) in within.iter().map(|&s| (s, all)).chain(all_clues) {
        *changes.entry(from).or_default() += weight;
        if to < Date::MAX {
            *changes.entry(shifted(to, 1)).or_default() -= weight;
        }
    }
    let mut sum = 0;
    let sums: Vec<(Date, i64)> = changes
        .into_iter()
        .map(|(from, change)| {
            sum += change;
            (from, sum)
        })
        .collect();
    let top = sums.iter().map(|&(_, sum)| sum).max().unwrap_or(0);
    let ends = sums.iter().skip(1).map(|&(next, _)| shifted(next, -1)).chain([Date::MAX]);
    let chosen = sums.iter().zip(ends).filter(|((_, sum), _)| *sum == top);
    joined(chosen.map(|(&(from, _), to)| (from, to)).collect())
}

fn hull(days: &[Stretch]) -> Option<Stretch> {
    Some((days.first()?.0, days.last()?.1))
}

fn overlap(a: &[Stretch], b: &[Stretch]) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.0 <= y.1 && y.0 <= x.1))
}

/// The clues that narrow the interval down, those that set one of its ends first.
fn reasons(kept: Vec<(&Clue, Vec<Stretch>)>, (first, last): Stretch) -> Vec<Evidence> {
    // What rules out nothing in the years around explains nothing.
    let around = (shifted(first, -1000), shifted(last, 1000));
    let silent = |days: &[Stretch]| days.iter().any(|d| d.0 <= around.0 && around.1 <= d.1);
    let sets = |days: &[Stretch]| {
        days.iter().any(|d| d.0 == first && first > Date::MIN || d.1 == last && last < Date::MAX)
    };
    let mut told: Vec<(bool, &Clue)> =
        kept.iter().filter(|(_, days)| !silent(days)).map(|(clue, days)| (!sets(days), *clue)).collect();
    told.sort_by_key(|(rest, _)| *rest);
    let mut reasons: Vec<Evidence> = Vec::new();
    for (rest, clue) in told {
        // That somebody had taken an office by then goes without saying beside when it was held.
        let said = reasons.iter().any(|r| r.spans.first() == clue.spans.first());
        let floor = matches!(&clue.days, Days::Fixed(days) if days.last().is_some_and(|d| d.1 == Date::MAX));
        if !(said || rest && floor && days_open_behind(clue)) {
            reasons.push(evidence(clue));
        }
    }
    reasons
}

/// Whether a clue is no more than "not before that day".
fn days_open_behind(clue: &Clue) -> bool {
    matches!(&clue.days, Days::Fixed(days) if days.len() == 1)
}

fn set_aside(against: &[(&Clue, Vec<Stretch>)]) -> Vec<Evidence> {
    against.iter().filter(|(_, days)| !days.is_empty()).map(|(clue, _)| evidence(clue)).collect()
}

fn evidence(clue: &Clue) -> Evidence {
    Evidence::inferred(clue.spans.clone(), clue.why.clone())
}
