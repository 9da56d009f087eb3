//! Draws contacts along time: a lane for each kind, a mark for each contact, and the longest gap.

use daybook::{Brief, Kind, Status};
use jiff::civil::Date;

use super::open_with_links;
use crate::escape::escape;
use crate::{briefs, labels};

const WIDTH: usize = 1000;
const LEFT: usize = 100;
const RIGHT: usize = 20;
const LANE: usize = 26;
/// So many years have a label at most.
const LABELS: i32 = 12;

/// A contact on its day.
struct Mark<'a> {
    day: i64,
    brief: &'a Brief,
}

/// The picture; nothing where no contact has a day.
pub(crate) fn draw(briefs: &[Brief], title: &str) -> String {
    let marks = marks(briefs);
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else { return String::new() };
    let scale = Scale::new(first.day, last.day);
    let mut kinds: Vec<Kind> = marks.iter().map(|mark| mark.brief.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let height = kinds.len() * LANE + 40;
    let mut svg = open_with_links(WIDTH, height, "timeline", title);
    years(&mut svg, &scale, height);
    for (lane, kind) in kinds.iter().enumerate() {
        let y = lane * LANE + LANE / 2 + 4;
        svg.push_str(&format!(
            "<text class=\"label\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text><line class=\"lane\" x1=\"{LEFT}\" x2=\"{}\" y1=\"{y}\" y2=\"{y}\"/>",
            LEFT - 10,
            y + 4,
            labels::kind(*kind),
            WIDTH - RIGHT
        ));
        marks
            .iter()
            .filter(|mark| mark.brief.kind == *kind)
            .for_each(|mark| svg.push_str(&shape(mark, scale.x(mark.day), y)));
    }
    if let Some((from, to)) = gap(&marks) {
        let (left, right) = (scale.x(from), scale.x(to));
        let y = height - 26;
        svg.push_str(&format!("<line class=\"gap\" x1=\"{left}\" x2=\"{right}\" y1=\"{y}\" y2=\"{y}\"/>"));
    }
    svg.push_str("</svg>");
    svg
}

/// The longest time without a contact that was held, and how long the last one is ago, in words.
pub(crate) fn longest_gap(briefs: &[Brief], today: Date) -> String {
    let marks = marks(briefs);
    let gap = gap(&marks).map(|(from, to)| {
        format!("The longest time without one: {} days, from {} to {}.", to - from, shown(from), shown(to))
    });
    let last = marks.iter().rev().find(|mark| is_held(mark.brief) && mark.day <= number(today));
    let since = last.map(|mark| match number(today) - mark.day {
        0 => "The last one was today.".to_string(),
        days => format!("The last one is {} ago.", labels::count(usize::try_from(days).unwrap_or(0), "day")),
    });
    let legend = "Filled: held. Hollow: planned. Crossed: cancelled, declined, denied or not held.";
    [gap, since, Some(legend.into())].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn marks(briefs: &[Brief]) -> Vec<Mark<'_>> {
    let mark = |brief| briefs::day(brief).map(|day| Mark { day: number(day), brief });
    let mut marks: Vec<Mark> = briefs.iter().filter_map(mark).collect();
    marks.sort_by(|a, b| (a.day, &a.brief.id).cmp(&(b.day, &b.brief.id)));
    marks
}

/// The two days of contacts that were held between which there is the longest time, if it is a month or more.
fn gap(marks: &[Mark]) -> Option<(i64, i64)> {
    let held: Vec<i64> = marks.iter().filter(|mark| is_held(mark.brief)).map(|mark| mark.day).collect();
    let longest = held.windows(2).map(|two| (two[0], two[1])).max_by_key(|(from, to)| (to - from, -from));
    longest.filter(|(from, to)| to - from > 30)
}

fn is_held(brief: &Brief) -> bool {
    matches!(brief.status, Status::Held | Status::UnderWay)
}

fn shape(mark: &Mark, x: i64, y: usize) -> String {
    let brief = mark.brief;
    let told = format!(
        "{}: {}, {}",
        brief.date.as_deref().unwrap_or(&brief.day),
        labels::kind(brief.kind),
        labels::status(brief.status)
    );
    let shape = match brief.status {
        Status::Held | Status::UnderWay => format!("<circle class=\"held\" cx=\"{x}\" cy=\"{y}\" r=\"5\"/>"),
        Status::Scheduled | Status::Proposed | Status::Postponed => {
            format!("<circle class=\"planned\" cx=\"{x}\" cy=\"{y}\" r=\"5\"/>")
        }
        _ => format!(
            "<path class=\"off\" d=\"M{} {}l8 8m0 -8l-8 8\"/>",
            x - 4,
            i64::try_from(y).unwrap_or(0) - 4
        ),
    };
    format!(
        "<a href=\"/contact/{}\" aria-label=\"{told}\"><title>{told}</title>{shape}</a>",
        brief.id,
        told = escape(&told)
    )
}

/// Days to places.
struct Scale {
    first: i64,
    length: i64,
}

impl Scale {
    fn new(first: i64, last: i64) -> Scale {
        // A single day stands in the middle of a year.
        let length = (last - first).max(365);
        Scale { first: first - (length - (last - first)) / 2, length }
    }

    fn x(&self, day: i64) -> i64 {
        let room = i64::try_from(WIDTH - LEFT - RIGHT).unwrap_or(0);
        i64::try_from(LEFT).unwrap_or(0) + (day - self.first) * room / self.length
    }
}

/// A line for each year, or for some of them where there are many.
fn years(svg: &mut String, scale: &Scale, height: usize) {
    let (Some(first), Some(last)) = (day_of(scale.first), day_of(scale.first + scale.length)) else { return };
    let (first, last) = (i32::from(first.year()), i32::from(last.year()));
    let step = ((last - first) / LABELS + 1).max(1);
    for year in (first..=last).filter(|year| (year - first) % step == 0) {
        let Ok(day) = i16::try_from(year).map_or(Err(()), |year| Date::new(year, 1, 1).map_err(|_| ()))
        else {
            continue;
        };
        let x = scale.x(number(day));
        if x >= i64::try_from(LEFT).unwrap_or(0) {
            svg.push_str(&format!(
                "<line class=\"year\" x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"{}\"/><text class=\"label\" x=\"{}\" y=\"{}\">{year}</text>",
                height - 20,
                x + 3,
                height - 6
            ));
        }
    }
}

/// Days since 1970-01-01.
fn number(day: Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.until(day).map_or(0, |span| i64::from(span.get_days()))
}

fn day_of(number: i64) -> Option<Date> {
    let span = jiff::Span::new().try_days(number).ok()?;
    jiff::civil::date(1970, 1, 1).checked_add(span).ok()
}

fn shown(number: i64) -> String {
    day_of(number).map_or(String::new(), |day| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use daybook::{Certainty, Confidence, Standing};

    fn brief(id: &str, day: &str, status: Status) -> Brief {
        Brief {
            id: id.into(),
            day: day.into(),
            date: Some(day.into()),
            time: None,
            duration: None,
            kind: Kind::Call,
            status,
            certainty: Certainty::Certain,
            parties: "A – B".into(),
            place: None,
            topics: String::new(),
            disputed: Vec::new(),
            sides: Vec::new(),
            standing: Standing::Single,
            sources: 1,
            accounts: 1,
            confidence: Confidence::FULL,
        }
    }

    #[test]
    fn each_contact_is_a_link_and_the_longest_gap_is_told() {
        let briefs = [
            brief("a", "2021-01-01", Status::Held),
            brief("b", "2021-01-11", Status::Held),
            brief("c", "2021-03-01", Status::Cancelled),
            brief("d", "2021-06-01", Status::Held),
        ];
        let svg = draw(&briefs, "Contacts of A and B");
        assert_eq!(svg.matches("<a href=\"/contact/").count(), 4);
        assert_eq!((svg.matches("class=\"held\"").count(), svg.matches("class=\"off\"").count()), (3, 1));
        let told = longest_gap(&briefs, jiff::civil::date(2021, 6, 3));
        assert!(told.starts_with(
            "The longest time without one: 141 days, from 2021-01-11 to 2021-06-01. The last one is 2 days ago."
        ), "{told}");
    }

    #[test]
    fn nothing_is_drawn_of_nothing_and_a_single_day_is() {
        assert_eq!(draw(&[], "t"), "");
        assert!(draw(&[brief("a", "2021-01-01", Status::Held)], "t").contains("class=\"held\""));
    }
}
