//! Computes when a feed is fetched next from the outcome of the last attempt.

use std::time::Duration;

use daybook::Feed;
use jiff::fmt::rfc2822;

/// Tells the time, in seconds since 1970.
pub(super) type Clock = fn() -> i64;

/// No feed that is still there waits for longer.
pub(super) const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// When a feed is asked again that is gone for good.
const NEVER: i64 = i64::MAX;

/// Seconds since 1970 at which a feed may be asked; `None` where it is gone. What a clock that was wrong has written
/// down counts for a day at most.
pub(super) fn due(feed: &Feed, now: i64) -> Option<i64> {
    (feed.not_before != NEVER).then(|| feed.not_before.min(later(now, DAY)))
}

/// After a try that went well, or that `said` something worth noting.
pub(super) fn well(feed: &mut Feed, now: i64, every: Duration, said: Option<String>) {
    feed.failures = 0;
    feed.not_before = later(now, every);
    feed.said = said;
}

/// After a try that failed: twice as long as the last time, and as long as the host asks for; a day at most.
pub(super) fn failed(feed: &mut Feed, now: i64, every: Duration, why: &str, asked: Option<Duration>) {
    feed.failures = feed.failures.saturating_add(1);
    let doubled = every.saturating_mul(2_u32.saturating_pow(feed.failures));
    feed.not_before = later(now, doubled.max(asked.unwrap_or_default()).min(DAY));
    feed.said = Some(why.to_string());
}

/// After the host said that the feed is gone for good.
pub(super) fn gone(feed: &mut Feed, why: &str) {
    feed.not_before = NEVER;
    feed.said = Some(why.to_string());
}

/// How long a `Retry-After` asks to wait: a number of seconds, or a date.
pub(super) fn asked(retry_after: &str, now: i64) -> Option<Duration> {
    let value = retry_after.trim();
    let date =
        || rfc2822::parse(value).ok().map(|date| date.timestamp().as_second().saturating_sub(now).max(0));
    let seconds = value.parse().ok().or_else(|| date().and_then(|seconds| u64::try_from(seconds).ok()));
    seconds.map(Duration::from_secs)
}

/// A moment so much later, in full seconds.
pub(super) fn later(now: i64, wait: Duration) -> i64 {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    now.saturating_add(i64::try_from(seconds).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_400_000_000;

    #[test]
    fn waits_double_up_to_a_day() {
        let mut feed = Feed::default();
        let every = Duration::from_secs(900);
        let mut waits = Vec::new();
        for _ in 0..9 {
            failed(&mut feed, NOW, every, "500", None);
            waits.push(feed.not_before - NOW);
        }
        assert_eq!(waits, [1800, 3600, 7200, 14_400, 28_800, 57_600, 86_400, 86_400, 86_400]);
        feed.failures = u32::MAX;
        failed(&mut feed, NOW, every, "500", Some(Duration::MAX));
        assert_eq!((feed.failures, feed.not_before - NOW), (u32::MAX, 86_400));
        well(&mut feed, NOW, every, None);
        assert_eq!((feed.failures, feed.not_before - NOW, feed.said), (0, 900, None));
    }

    #[test]
    fn a_host_may_ask_for_longer_and_not_for_shorter() {
        let wait = |retry_after: &str| {
            let mut feed = Feed::default();
            failed(&mut feed, NOW, Duration::from_secs(60), "503", asked(retry_after, NOW));
            feed.not_before - NOW
        };
        // 1,400,000,000 is 13 May 2014, 16:53:20 UTC.
        for (retry_after, expected) in [
            ("1000", 1000),
            ("5", 120),
            ("Tue, 13 May 2014 17:53:20 GMT", 3600),
            ("Mon, 12 May 2014 17:53:20 GMT", 120),
            ("9999999999999999", 86_400),
            ("in a while", 120),
            ("-5", 120),
        ] {
            assert_eq!(wait(retry_after), expected, "{retry_after:?}");
        }
    }

    #[test]
    fn what_is_gone_is_never_due_and_a_wrong_clock_does_not_matter_for_long() {
        let mut feed = Feed { not_before: NOW + 10_000_000, ..Feed::default() };
        assert_eq!(due(&feed, NOW), Some(NOW + 86_400));
        gone(&mut feed, "410 Gone");
        assert_eq!(due(&feed, NOW), None);
    }
}
