//! Decides which feeds are fetched next, and when, from the state of all feeds.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use daybook::Feed;

use super::schedule;

/// When which feed is asked.
pub(super) struct Plan {
    is_once: bool,
    feeds: Vec<Planned>,
    /// Until when, in seconds since 1970, hosts asked to be left alone.
    resting: BTreeMap<String, i64>,
}

struct Planned {
    site: String,
    state: Feed,
    /// When it is asked next, in seconds since 1970; `None` for never.
    due: Option<i64>,
}

impl Plan {
    /// For feeds, each with its host and what is known of it. Where they are asked but once, those are whose time has
    /// come `now`.
    pub(super) fn new(feeds: &[(String, Feed)], now: i64, is_once: bool) -> Plan {
        let planned = |(site, state): &(String, Feed)| {
            let due = schedule::due(state, now).filter(|&due| !is_once || due <= now);
            Planned { site: site.clone(), state: state.clone(), due }
        };
        Plan { is_once, feeds: feeds.iter().map(planned).collect(), resting: BTreeMap::new() }
    }

    /// When there is something to ask; `None` where there never is again.
    pub(super) fn next(&self) -> Option<i64> {
        self.feeds.iter().filter_map(|feed| self.due(feed)).min()
    }

    fn due(&self, feed: &Planned) -> Option<i64> {
        Some(feed.due?.max(self.resting.get(&feed.site).copied().unwrap_or(i64::MIN)))
    }

    /// The feeds, by number, that are to be asked now: of each host one.
    pub(super) fn take_due(&self, now: i64) -> Vec<usize> {
        let mut sites = BTreeSet::new();
        let is_due = |feed: &Planned| self.due(feed).is_some_and(|due| due <= now);
        let all = self.feeds.iter().enumerate().filter(|(_, feed)| is_due(feed));
        let mut due: Vec<(usize, &Planned)> = all.collect();
        // The one that has waited longest goes first, so that none waits for ever.
        due.sort_by_key(|(number, feed)| (feed.due, *number));
        due.into_iter().filter(|(_, feed)| sites.insert(&feed.site)).map(|(number, _)| number).collect()
    }

    pub(super) fn state(&self, number: usize) -> &Feed {
        &self.feeds[number].state
    }

    /// A feed was asked, and its host wants to be left alone for `delay`.
    pub(super) fn asked(&mut self, number: usize, state: Feed, now: i64, delay: Option<Duration>) {
        let feed = &mut self.feeds[number];
        feed.due = schedule::due(&state, now).filter(|_| !self.is_once);
        feed.state = state;
        if let Some(delay) = delay {
            self.resting.insert(feed.site.clone(), schedule::later(now, delay));
        }
    }

    pub(super) fn is_once(&self) -> bool {
        self.is_once
    }

    /// Whether no feed is there any more.
    pub(super) fn has_ended(&self) -> bool {
        !self.is_once && self.next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(is_once: bool) -> Plan {
        let feed = |site: &str, not_before| (site.to_string(), Feed { not_before, ..Feed::default() });
        let feeds = [feed("a", 0), feed("a", 0), feed("b", 50), feed("c", 200), feed("d", i64::MAX)];
        Plan::new(&feeds, 100, is_once)
    }

    #[test]
    fn of_each_host_one_feed_is_asked_at_a_time() {
        let mut plan = plan(false);
        assert_eq!(plan.take_due(100), [0, 2]);
        plan.asked(0, Feed { not_before: 150, ..Feed::default() }, 100, Some(Duration::from_secs(30)));
        assert_eq!(plan.take_due(100), [2]);
        plan.asked(2, Feed { not_before: 300, ..Feed::default() }, 100, None);
        assert_eq!((plan.next(), plan.take_due(130)), (Some(130), vec![1]));
        plan.asked(1, Feed { not_before: i64::MAX, ..Feed::default() }, 130, None);
        assert_eq!((plan.next(), plan.take_due(250)), (Some(150), vec![0, 3]));
    }

    #[test]
    fn once_is_once() {
        let mut plan = plan(true);
        for number in [0, 2, 1] {
            assert!(plan.take_due(100).contains(&number));
            plan.asked(number, Feed { not_before: 100, ..Feed::default() }, 100, None);
        }
        assert_eq!((plan.next(), plan.has_ended()), (None, false));
    }
}
