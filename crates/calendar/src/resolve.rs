//! Resolves a meaning to dates, given the day of publication and the tense.

use daybook_record::{ClockTime, Edtf, Length};
use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::meaning::{Anchor, Meaning, Part, Time, Unit, Which};
use crate::phrase::{Context, Resolved, Tense, TimexKind};
use crate::when::When;

impl Meaning {
    /// What this means in `context`, whose tense is final.
    pub(crate) fn resolve(&self, context: &Context) -> Resolved {
        match self {
            Meaning::Timed(day, time) => timed(day.as_deref(), *time, context),
            Meaning::Length { hundredths, unit, approximate } => length(*hundredths, *unit, *approximate),
            Meaning::Set(value) => bare(TimexKind::Set, Some(value.clone())),
            Meaning::Reference(value) => bare(TimexKind::Date, Some((*value).to_string())),
            Meaning::Lately => Resolved {
                edtf: context.published.map(|p| Edtf::Year(p.year()).about()),
                ..bare(TimexKind::Date, Some("PAST_REF".to_string()))
            },
            dated => {
                let when = dated.when(context);
                let edtf = when.as_ref().map(When::edtf);
                Resolved { edtf, ..bare(TimexKind::Date, when.map(|w| w.timex())) }
            }
        }
    }

    /// The stretch of the calendar that is meant.
    fn when(&self, context: &Context) -> Option<When> {
        let when = match self {
            Meaning::Calendar(part, which) => calendar(*part, *which, context)?,
            Meaning::Shift { anchor, count, unit } => {
                let from = anchor_day(*anchor, *unit, context)?;
                When::around(from.checked_add(span(*unit, *count)?).ok()?, *unit)?
            }
            Meaning::Span(year, Unit::Century) => When::Century(*year),
            Meaning::Span(year, _) => When::Decade(*year),
            Meaning::Within(unit, day) => When::around(day.when(context)?.first(), *unit)?,
            Meaning::Range(from, to) => range(from, to, context)?,
            Meaning::Timed(day, _) => day.as_ref()?.when(context)?,
            _ => return None,
        };
        when.writable().then_some(when)
    }
}

fn bare(kind: TimexKind, value: Option<String>) -> Resolved {
    Resolved { kind, value, edtf: None, time: None, length: None }
}

/// A time of day; where no day is told, the day last spoken of or else that of publication gives the value, but no date.
fn timed(day: Option<&Meaning>, time: Time, context: &Context) -> Resolved {
    let told = day.and_then(|d| d.when(context));
    let supposed = context.previous.or(context.published).map(When::Day).filter(|_| day.is_none());
    let written = match time {
        Time::Clock(hour, minute, _) => format!("T{hour:02}:{minute:02}"),
        Time::Part(part) => format!("T{part}"),
    };
    let clock = match time {
        Time::Clock(hour, minute, zone) => {
            let zone = Some(zone).filter(|z| !z.is_empty()).map(str::to_string);
            Some(ClockTime { hour: hour % 24, minute, zone })
        }
        Time::Part(_) => None,
    };
    let value = told.as_ref().or(supposed.as_ref()).map(|when| format!("{}{written}", when.timex()));
    Resolved { edtf: told.map(|w| w.edtf()), time: clock, ..bare(TimexKind::Time, value) }
}

fn length(hundredths: Option<i32>, unit: Unit, approximate: bool) -> Resolved {
    let iso = unit.length(hundredths);
    let length = hundredths.map(|_| Length { iso: iso.clone(), approximate });
    Resolved { length, ..bare(TimexKind::Duration, Some(iso)) }
}

/// Days are counted only from a day that is known; years also from the report's, where no other was spoken of.
fn anchor_day(anchor: Anchor, unit: Unit, context: &Context) -> Option<Date> {
    match anchor {
        Anchor::Published => context.published,
        Anchor::Previous if matches!(unit, Unit::Day | Unit::Week | Unit::Weekend) => context.previous,
        Anchor::Previous => context.previous.or(context.published),
    }
}

fn span(unit: Unit, count: i32) -> Option<Span> {
    let years = |each: i32| count.checked_mul(each).and_then(|n| Span::new().try_years(n).ok());
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Some(Span::new()),
        Unit::Day => Span::new().try_days(count).ok(),
        Unit::Week | Unit::Weekend => Span::new().try_weeks(count).ok(),
        Unit::Month => Span::new().try_months(count).ok(),
        Unit::Quarter => Span::new().try_months(count.checked_mul(3)?).ok(),
        Unit::Year => years(1),
        Unit::Decade => years(10),
        Unit::Century => years(100),
        Unit::Millennium => years(1000),
    }
}

fn range(from: &Meaning, to: &Meaning, context: &Context) -> Option<When> {
    let from = from.when(context)?;
    // What ends comes after what begins, whatever the tense.
    let published = Some(from.first());
    let to = to.when(&Context { published, tense: Tense::Future, ..*context })?;
    (from.first() <= to.last()).then(|| When::Range(Box::new(from), Box::new(to)))
}

fn calendar(part: Part, which: Which, context: &Context) -> Option<When> {
    match which {
        Which::Year(year) => When::of_year(part, year),
        Which::Shifted(anchor, by) => {
            let year = i32::from(anchor_day(anchor, Unit::Year, context)?.year());
            When::of_year(part, i16::try_from(year.checked_add(by)?).ok()?)
        }
        Which::Turn(anchor, turn) => {
            let from = anchor_day(anchor, Unit::Day, context).or(context.published)?;
            turned(part, turn, from, context.tense)
        }
        Which::Untold => {
            let tense = match (part, context.tense) {
                // Results of a quarter are still expected when it is over.
                (Part::Quarter(_), Tense::Future) => Tense::Unknown,
                // News tells mostly of days gone by.
                (Part::Weekday(_) | Part::Weekend, Tense::Unknown) => Tense::Past,
                (_, tense) => tense,
            };
            by_tense(turns(part, context.published?), context.published?, tense, reach(part))
        }
    }
}

/// The turns of a part around a day, in order.
fn turns(part: Part, around: Date) -> Vec<When> {
    if let Part::Weekday(weekday) = part {
        let to_next = i32::from((weekday - around.weekday().to_monday_one_offset()).rem_euclid(7));
        let days = [to_next - 14, to_next - 7, to_next, to_next + 7];
        return days.into_iter().filter_map(|n| around.checked_add(n.days()).ok()).map(When::Day).collect();
    }
    if part == Part::Weekend {
        let weekends = [-7, 0, 7].into_iter().filter_map(|n: i32| around.checked_add(n.days()).ok());
        return weekends.filter_map(|day| When::around(day, Unit::Weekend)).collect();
    }
    let years = around.year().saturating_sub(2)..=around.year().saturating_add(2);
    years.filter_map(|year| When::of_year(part, year)).collect()
}

fn turned(part: Part, turn: i32, from: Date, tense: Tense) -> Option<When> {
    let mut turns = turns(part, from).into_iter();
    match (turn, part) {
        (..=-1, _) => turns.rfind(|w| w.last() < from),
        (1.., _) => turns.find(|w| w.first() > from),
        (_, Part::Weekday(_)) => {
            let week = When::around(from, Unit::Week)?;
            turns.find(|w| w.first() >= week.first() && w.last() <= week.last())
        }
        (_, Part::Holiday(_)) => by_tense(turns.collect(), from, tense, reach(part)),
        _ => turns.find(|w| w.first().year() == from.year()),
    }
}

/// How many days away a turn of `part` may be that is told without its year.
fn reach(part: Part) -> i32 {
    if matches!(part, Part::Day(..)) { 240 } else { 300 }
}

/// The past takes the last turn that has begun, the future the first that is not over; else, or if that one is too far off to
/// be told without its year, the nearest counts.
fn by_tense(turns: Vec<When>, published: Date, tense: Tense, reach: i32) -> Option<When> {
    let told = match tense {
        Tense::Past => turns.iter().rfind(|w| w.first() <= published),
        // "Will meet on Friday", told on a Friday, is the next one.
        Tense::Future => turns.iter().find(|w| w.last() >= published && *w != &When::Day(published)),
        Tense::Present | Tense::Unknown => None,
    };
    let near = told.filter(|w| distance(w, published) <= reach);
    near.or_else(|| turns.iter().min_by_key(|w| distance(w, published))).cloned()
}

fn distance(when: &When, day: Date) -> i32 {
    let between = |from: Date, to: Date| from.until(to).map_or(i32::MAX, |span| span.get_days());
    between(when.last(), day).max(between(day, when.first())).max(0)
}
