//! Builds a meaning from what a pattern caught.

use crate::lexicon::Value;
use crate::meaning::{Anchor, Meaning, Part, Time, Unit, Which};
use crate::pattern::{Action, Slot};
use crate::shapes::full_year;

/// The actions that a line of `data/patterns.txt` may name, and the number of arguments each takes.
const ACTIONS: [(&str, usize, Builder); 25] = [
    ("none", 0, |_, _| None),
    ("date", 0, |caught, _| date(caught)),
    ("range", 0, |caught, _| range(caught)),
    ("years", 0, |caught, _| years(caught)),
    ("past", 1, |caught, given| past(caught, given[0].parse().ok()?)),
    ("within", 1, |caught, given| Some(Meaning::Within(Unit::read(given[0])?, Box::new(date(caught)?)))),
    ("quarter", 0, |caught, _| {
        Some(Meaning::Calendar(Part::Quarter(caught.small("ORDINAL")?), caught.which()))
    }),
    ("half", 0, |caught, _| Some(Meaning::Calendar(Part::Half(caught.small("ORDINAL")?), caught.which()))),
    ("quarter-before", 0, |caught, _| quarter_before(caught)),
    ("part", 2, |caught, given| part_of_day(caught, given)),
    ("turn", 0, |caught, _| turn(caught)),
    ("yearly", 1, |_, given| Some(Meaning::Shift { anchor: anchor(given[0]), count: -1, unit: Unit::Year })),
    ("weekend", 0, |caught, _| Some(Meaning::Calendar(Part::Weekend, caught.which()))),
    ("same-quarter", 1, |_, _| {
        Some(Meaning::Shift { anchor: Anchor::Published, count: 0, unit: Unit::Quarter })
    }),
    ("shift", 3, |_, given| shift(given)),
    ("count", 2, |caught, given| count(caught, anchor(given[0]), given[1].parse().ok()?, 0)),
    ("count-half", 2, |caught, given| count(caught, anchor(given[0]), given[1].parse().ok()?, 50)),
    ("length", 0, |caught, _| length(caught, 0)),
    ("length-half", 0, |caught, _| length(caught, 50)),
    ("length-of", 2, |caught, given| length_of(caught, given)),
    ("hours-minutes", 0, |caught, _| hours_and_minutes(caught)),
    ("span", 1, |caught, given| span(caught, Unit::read(given[0])?)),
    ("set", 0, |caught, _| set(caught)),
    ("value", 2, |_, given| value(given[0], given[1])),
    ("lately", 0, |_, _| Some(Meaning::Lately)),
];

type Builder = fn(&Caught<'_>, &[&'static str]) -> Option<Meaning>;

/// Whether an action is known and has the arguments that it takes.
pub(crate) fn known(action: &Action) -> bool {
    ACTIONS.iter().any(|(name, arguments, _)| *name == action.name && *arguments == action.arguments.len())
}

/// The meaning of a match; `None` where it turns out to be no time: "February 30", or a phrase that only looks like one.
pub(crate) fn build(action: &Action, slots: &[Slot]) -> Option<Meaning> {
    let (_, _, builder) = ACTIONS.iter().find(|(name, _, _)| *name == action.name)?;
    builder(&Caught { slots }, &action.arguments)
}

/// The catch of a match, by class.
struct Caught<'a> {
    slots: &'a [Slot],
}

impl Caught<'_> {
    fn value(&self, class: &str) -> Option<&Value> {
        self.slots.iter().find(|(c, _)| *c == class).map(|(_, value)| value)
    }

    fn has(&self, class: &str) -> bool {
        self.value(class).is_some()
    }

    fn number(&self, class: &str) -> Option<i32> {
        match self.value(class)? {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    fn small(&self, class: &str) -> Option<i8> {
        i8::try_from(self.number(class)?).ok()
    }

    fn text(&self, class: &str) -> Option<&'static str> {
        match self.value(class)? {
            Value::Text(text) => Some(*text),
            _ => None,
        }
    }

    fn unit(&self) -> Option<Unit> {
        Unit::read(self.text("UNIT")?)
    }

    /// Hundredths; `None` for "several".
    fn amount(&self) -> Option<i32> {
        ["COUNT", "NUM"].iter().find_map(|class| match self.value(class)? {
            Value::Amount(amount) => *amount,
            _ => None,
        })
    }

    fn clock(&self) -> Option<(i32, i32)> {
        ["CLOCK", "DOTCLOCK", "CLOCKFOUR", "HOUR"].iter().find_map(|class| match self.value(class)? {
            Value::Clock(hour, minute) => Some((*hour, *minute)),
            _ => None,
        })
    }

    fn year(&self) -> Option<i16> {
        let told = ["YEAR", "LONEYEAR"].iter().find_map(|class| self.number(class));
        told.or_else(|| self.number("SHORTYEAR").map(full_year)).and_then(|y| i16::try_from(y).ok())
    }

    /// Which turn the words beside a month, season, weekday, … tell.
    fn which(&self) -> Which {
        if let Some(year) = self.year() {
            return Which::Year(year);
        }
        let turned = |class, anchor| Some(Which::Turn(anchor, self.number(class)?));
        let year = self.number("YEARTURN").map(|by| Which::Shifted(Anchor::Published, by));
        let year = year.or_else(|| self.number("YEARSTEP").map(|by| Which::Shifted(Anchor::Previous, by)));
        let turn = || turned("TURN", Anchor::Published).or_else(|| turned("STEP", Anchor::Previous));
        year.or_else(turn).unwrap_or(Which::Untold)
    }
}

fn anchor(name: &str) -> Anchor {
    if name == "previous" { Anchor::Previous } else { Anchor::Published }
}

/// A date with what may be told of its time of day.
fn date(caught: &Caught<'_>) -> Option<Meaning> {
    let day = day(caught);
    match time(caught) {
        Some(Err(NoTime)) => None,
        Some(Ok(time)) => Some(Meaning::Timed(day.map(Box::new), time)),
        None => day,
    }
}

fn day(caught: &Caught<'_>) -> Option<Meaning> {
    if let Some(Value::Date(year, month, day)) = caught.value("FULLDATE") {
        let part = Part::Day(i8::try_from(*month).ok()?, i8::try_from(*day).ok()?);
        return Some(Meaning::Calendar(part, Which::Year(i16::try_from(*year).ok()?)));
    }
    if let Some(count) = caught.number("NEAR") {
        return Some(Meaning::Shift { anchor: Anchor::Published, count, unit: Unit::Day });
    }
    if let Some(count) = caught.number("NEXTDAY") {
        return Some(Meaning::Shift { anchor: Anchor::Previous, count, unit: Unit::Day });
    }
    Some(Meaning::Calendar(part(caught)?, caught.which()))
}

fn part(caught: &Caught<'_>) -> Option<Part> {
    let month = ["MONTH", "CLEARMONTH"].iter().find_map(|class| caught.small(class));
    match (month, caught.small("DAY")) {
        (Some(month), Some(day)) => return (day <= longest(month)).then_some(Part::Day(month, day)),
        (Some(month), None) => return Some(Part::Month(month)),
        _ => {}
    }
    let holiday = caught.text("HOLIDAY").map(Part::Holiday);
    let season = || caught.small("SEASON").map(Part::Season);
    let weekday = || ["WEEKDAY", "CLEARDAY"].iter().find_map(|class| caught.small(class)).map(Part::Weekday);
    holiday.or_else(season).or_else(weekday).or_else(|| caught.year().map(|_| Part::Year))
}

fn longest(month: i8) -> i8 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Says that something only looked like a time of day: "17 p.m.".
struct NoTime;

fn time(caught: &Caught<'_>) -> Option<Result<Time, NoTime>> {
    let zone = caught.text("ZONE").unwrap_or_default();
    if let Some(hour) = caught.small("NOON") {
        return Some(Ok(Time::Clock(hour, 0, zone)));
    }
    let Some((hour, minute)) = caught.clock() else {
        return caught.text("PART").map(|part| Ok(Time::Part(part)));
    };
    let hour = match caught.number("MERIDIEM") {
        Some(_) if !(1..=12).contains(&hour) => return Some(Err(NoTime)),
        Some(half) => hour % 12 + half,
        None => hour,
    };
    let read = i8::try_from(hour).ok().zip(i8::try_from(minute).ok());
    Some(read.map(|(hour, minute)| Time::Clock(hour, minute, zone)).ok_or(NoTime))
}

/// From the first of each class to the second; the first takes over what only the second tells ("from 3 to 5 May 2017").
fn range(caught: &Caught<'_>) -> Option<Meaning> {
    let (mut from, mut to): (Vec<Slot>, Vec<Slot>) = (Vec::new(), Vec::new());
    for (class, value) in caught.slots {
        let slots = if from.iter().any(|(c, _)| c == class) { &mut to } else { &mut from };
        slots.push((*class, value.clone()));
    }
    for (class, value) in &from {
        if !to.iter().any(|(c, _)| c == class) {
            to.push((*class, value.clone()));
        }
    }
    let ends = [&from, &to].map(|slots| day(&Caught { slots }).map(Box::new));
    let [Some(from), Some(to)] = ends else { return None };
    Some(Meaning::Range(from, to))
}

fn quarter_before(caught: &Caught<'_>) -> Option<Meaning> {
    Some(Meaning::Calendar(Part::Quarter(caught.small("ORDINAL")?), Which::Shifted(Anchor::Published, -1)))
}

/// A part of a day so many days from that of publication, or next to the day last spoken of: "last night", "the next morning".
fn part_of_day(caught: &Caught<'_>, given: &[&'static str]) -> Option<Meaning> {
    let (anchor, count) = match given[0] {
        "next" => (Anchor::Previous, 1),
        "previous" => (Anchor::Previous, -1),
        count => (Anchor::Published, count.parse().ok()?),
    };
    let part = if given[1] == "-" { caught.text("PART")? } else { given[1] };
    let day = Meaning::Shift { anchor, count, unit: Unit::Day };
    Some(Meaning::Timed(Some(Box::new(day)), Time::Part(part)))
}

/// "2016-17": the second belongs to the century of the first.
fn years(caught: &Caught<'_>) -> Option<Meaning> {
    let from = i16::try_from(caught.number("YEAR")?).ok()?;
    let second =
        caught.slots.iter().rfind(|(class, _)| *class == "YEAR").and_then(|(_, value)| match value {
            Value::Number(year) => i16::try_from(*year).ok(),
            _ => None,
        })?;
    let to = caught.small("SHORTYEAR").map_or(second, |short| from / 100 * 100 + i16::from(short));
    let year = |year| Box::new(Meaning::Calendar(Part::Year, Which::Year(year)));
    (from < to).then(|| Meaning::Range(year(from), year(to)))
}

/// "half past five".
fn past(caught: &Caught<'_>, minutes: i32) -> Option<Meaning> {
    let (hour, _) = caught.clock().filter(|(hour, _)| (1..=12).contains(hour))?;
    let hour = caught.number("MERIDIEM").map_or(hour, |half| hour % 12 + half);
    let minutes = (hour * 60 + minutes).rem_euclid(24 * 60);
    let time = Time::Clock(i8::try_from(minutes / 60).ok()?, i8::try_from(minutes % 60).ok()?, "");
    Some(Meaning::Timed(None, time))
}

/// "last week", "the following month".
fn turn(caught: &Caught<'_>) -> Option<Meaning> {
    let unit = caught.unit()?;
    let published = caught.number("TURN").map(|count| (Anchor::Published, count));
    let (anchor, count) = published.or_else(|| Some((Anchor::Previous, caught.number("STEP")?)))?;
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Millennium => None,
        unit => Some(Meaning::Shift { anchor, count, unit }),
    }
}

fn shift(given: &[&'static str]) -> Option<Meaning> {
    Some(Meaning::Shift {
        anchor: anchor(given[0]),
        count: given[1].parse().ok()?,
        unit: Unit::read(given[2])?,
    })
}

/// "two weeks ago": back (-1) or on (1) from a day; "several weeks ago" is no more than past.
fn count(caught: &Caught<'_>, anchor: Anchor, sign: i32, more: i32) -> Option<Meaning> {
    let unit = caught.unit()?;
    let Some(hundredths) = caught.amount().and_then(|h| h.checked_add(more)) else {
        return value("date", if sign < 0 { "PAST_REF" } else { "FUTURE_REF" });
    };
    let (unit, count) = match unit {
        Unit::Year if hundredths % 100 != 0 => (Unit::Month, hundredths.checked_mul(12)? / 100),
        Unit::Decade => (Unit::Year, hundredths / 10),
        Unit::Century => (Unit::Year, hundredths),
        unit => (unit, hundredths / 100),
    };
    Some(Meaning::Shift { anchor, count: sign * count, unit })
}

/// A length with so many hundredths more: "a year and a half".
fn length(caught: &Caught<'_>, more: i32) -> Option<Meaning> {
    let unit = caught.unit().or_else(|| Unit::read(caught.text("UNITS")?))?;
    let told = caught.amount();
    // A single unit without a number is one: "hour-long"; many without a number are several: "for years".
    let one = (!caught.has("SOME") && !caught.has("UNITS")).then_some(100);
    let hundredths = told.or(one).map(|h| h.saturating_add(more));
    Some(Meaning::Length { hundredths, unit, approximate: caught.has("APPROX") })
}

/// "3 hours and 20 minutes".
fn hours_and_minutes(caught: &Caught<'_>) -> Option<Meaning> {
    let mut amounts = caught.slots.iter().filter_map(|(_, value)| match value {
        Value::Amount(amount) => *amount,
        _ => None,
    });
    let (hours, minutes) = (amounts.next()?, amounts.next().filter(|m| *m < 6000)?);
    let hundredths = Some(hours.checked_add((minutes + 30) / 60)?);
    Some(Meaning::Length { hundredths, unit: Unit::Hour, approximate: caught.has("APPROX") })
}

fn length_of(caught: &Caught<'_>, given: &[&'static str]) -> Option<Meaning> {
    let hundredths = Some(given[0].parse().ok()?);
    Some(Meaning::Length { hundredths, unit: Unit::read(given[1])?, approximate: caught.has("APPROX") })
}

/// "the 1990s", "the 19th century".
fn span(caught: &Caught<'_>, unit: Unit) -> Option<Meaning> {
    let start = match unit {
        Unit::Century => (caught.number("ORDINAL")? - 1) * 100 + 1,
        _ => caught.number("DECADE")?,
    };
    Some(Meaning::Span(i16::try_from(start).ok()?, unit))
}

/// How often, as TIMEX3 writes it: every two days `P2D`, every Tuesday `XXXX-WXX-2`.
fn set(caught: &Caught<'_>) -> Option<Meaning> {
    let part =
        caught.text("PART").or_else(|| caught.text("PARTS")).map(|p| format!("T{p}")).unwrap_or_default();
    let weekday = ["WEEKDAY", "CLEARDAY", "WEEKDAYS"].iter().find_map(|class| caught.number(class));
    let value = match (weekday, caught.number("MONTH"), caught.number("SEASON"), caught.unit()) {
        (Some(weekday), ..) => format!("XXXX-WXX-{weekday}{part}"),
        (_, Some(month), ..) => format!("XXXX-{month:02}"),
        (_, _, Some(season), _) => {
            format!("XXXX-{}", ["SP", "SU", "FA", "WI"][usize::try_from(season - 21).ok()? % 4])
        }
        (.., Some(unit)) => unit.length(Some(caught.amount().unwrap_or(100))),
        _ => format!("XXXX-XX-XX{part}"),
    };
    Some(Meaning::Set(value))
}

fn value(kind: &str, value: &'static str) -> Option<Meaning> {
    Some(match kind {
        "set" => Meaning::Set(value.to_string()),
        _ => Meaning::Reference(value),
    })
}
