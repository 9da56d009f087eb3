//! Converts a day and a time of day in a named zone to an instant, by the embedded time zone database.

use daybook_record::ClockTime;
use jiff::Zoned;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZoneDatabase;

/// The zones of the world.
pub(crate) struct Clock(TimeZoneDatabase);

impl Clock {
    pub(crate) fn new() -> Clock {
        Clock(TimeZoneDatabase::bundled())
    }

    /// The moment; `None` where no zone is told, or none that is known.
    pub(crate) fn moment(&self, day: Date, time: &ClockTime) -> Option<Zoned> {
        let zone = self.0.get(time.zone.as_deref()?).ok()?;
        local(day, time)?.to_zoned(zone).ok()
    }
}

/// The day and time as told; `None` where there is no such time.
pub(crate) fn local(day: Date, time: &ClockTime) -> Option<DateTime> {
    DateTime::new(day.year(), day.month(), day.day(), time.hour, time.minute, 0, 0).ok()
}

/// The number of seconds of an ISO 8601 duration; `None` for one of months or years, which differ, or of none at all.
pub(crate) fn seconds(duration: &str) -> Option<i64> {
    let span: jiff::Span = duration.parse().ok()?;
    if span.get_years() != 0 || span.get_months() != 0 {
        return None;
    }
    let total = span.total((jiff::Unit::Second, jiff::SpanRelativeTo::days_are_24_hours())).ok()?;
    // Within a thousand years, which a whole number of seconds holds exactly.
    (1.0..3.2e10).contains(&total).then_some(total as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_counted_where_they_are_always_the_same() {
        for (iso, expected) in [
            ("PT30M", Some(1800)),
            ("PT1H30M", Some(5400)),
            ("PT1.5H", Some(5400)),
            ("P2D", Some(172_800)),
            ("P1W", Some(604_800)),
            ("P1M", None),
            ("PT0S", None),
            ("half an hour", None),
            ("PT999999999999H", None),
        ] {
            assert_eq!(seconds(iso), expected, "{iso}");
        }
    }
}
