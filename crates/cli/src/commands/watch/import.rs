//! Adds what a feed brought to the book, and updates the state of the feed.

use daybook::{Book, Reading, Report, intake, put_feed_state};

use super::address::Address;
use super::fetch::{Fetched, Fresh};
use super::schedule::{self, Clock};
use super::settings::Feed;
use crate::failure::Failure;
use crate::{output, terminal};

/// So many reports are written at once.
const AT_ONCE: usize = 64;
/// Said of a feed where there is more to read than it holds.
const BARE: &str = "has items without a text, which are passed over";

/// Takes what feeds give into the book.
pub(super) struct Importer<'a> {
    book: &'a mut Book,
    read: &'a dyn Fn(&Report) -> Reading,
    clock: Clock,
    has_failed: bool,
}

/// What a version of a feed brought.
#[derive(Default)]
struct Brought {
    new: usize,
    changed: usize,
}

impl<'a> Importer<'a> {
    pub(super) fn new(
        book: &'a mut Book,
        read: &'a dyn Fn(&Report) -> Reading,
        clock: Clock,
    ) -> Importer<'a> {
        Importer { book, read, clock, has_failed: false }
    }

    pub(super) fn has_failed(&self) -> bool {
        self.has_failed
    }

    /// Adds what is new, says so, and writes down in `state` what is known of the feed now. Fails only where the book
    /// can't be written.
    pub(super) fn take(
        &mut self,
        feed: &Feed,
        state: &mut daybook::Feed,
        fetched: Fetched,
    ) -> Result<(), Failure> {
        let said = state.said.clone();
        let now = (self.clock)();
        match fetched {
            Fetched::Fresh(fresh) => self.fresh(feed, state, *fresh)?,
            Fetched::Unchanged { moved } => {
                let bare = said.clone().filter(|said| said == BARE);
                schedule::well(state, now, feed.every, moved.map(|to| moved_to(&to)).or(bare));
            }
            Fetched::Gone(why) => {
                schedule::gone(state, &format!("{why}; it is not asked for again, take it out of the list"))
            }
            Fetched::Forbidden(why) => schedule::well(state, now, schedule::DAY, Some(why)),
            Fetched::Failed { why, asked } => schedule::failed(state, now, feed.every, &why, asked),
        }
        // What was read is in the book before the feed's version is: a run that is cut off reads it once more.
        put_feed_state(self.book.database(), state).map_err(Failure::usage)?;
        self.tell(feed, state, said.as_deref(), now);
        Ok(())
    }

    fn fresh(&mut self, feed: &Feed, state: &mut daybook::Feed, fresh: Fresh) -> Result<(), Failure> {
        let reports = match intake::feed(&fresh.bytes) {
            Ok(reports) => reports,
            Err(error) => {
                schedule::failed(state, (self.clock)(), feed.every, &error.to_string(), None);
                return Ok(());
            }
        };
        let count = reports.len();
        let readable: Vec<Report> = reports
            .into_iter()
            .filter(|report| !report.text.trim().is_empty())
            .map(|report| of_feed(report, feed, &fresh))
            .collect();
        let bare = (readable.len() < count).then(|| BARE.to_string());
        let brought = self.add(readable)?;
        if brought.new + brought.changed > 0 {
            output::print(&format!("{}: {} new, {} changed", feed.address, brought.new, brought.changed))?;
        }
        let said = fresh.moved.map(|to| moved_to(&to)).or(bare);
        (state.etag, state.last_modified) = (fresh.etag, fresh.last_modified);
        schedule::well(state, (self.clock)(), feed.every, said);
        Ok(())
    }

    fn add(&mut self, reports: Vec<Report>) -> Result<Brought, Failure> {
        let known = self.book.has(&reports.iter().collect::<Vec<_>>()).map_err(Failure::usage)?;
        let unknown: Vec<Report> =
            reports.into_iter().zip(known).filter(|(_, known)| !known).map(|(report, _)| report).collect();
        let mut brought = Brought::default();
        for some in unknown.chunks(AT_ONCE) {
            let read = |report: &Report| (report.clone(), (self.read)(report));
            let added = self.book.add(some.iter().map(read).collect()).map_err(Failure::usage)?;
            brought.changed += added.versions;
            brought.new += added.new.iter().filter(|new| **new).count().saturating_sub(added.versions);
        }
        Ok(brought)
    }

    /// Says what went wrong every time, and what else is worth knowing when it is first known.
    fn tell(&mut self, feed: &Feed, state: &daybook::Feed, said: Option<&str>, now: i64) {
        let Some(why) = state.said.as_deref() else { return };
        if state.failures > 0 {
            self.has_failed = true;
            let wait = jiff::SignedDuration::from_secs(state.not_before.saturating_sub(now));
            terminal::complain(&format!("{}: {why}; it is asked for again in {wait:#}", feed.address));
        } else if said != Some(why) {
            terminal::note(&format!("{}: {why}", feed.address));
        }
    }
}

fn moved_to(address: &Address) -> String {
    format!("has moved to {address}; write that address into the list")
}

/// An item as it is added: with the publisher that the user gave, and with an address that stands for itself.
fn of_feed(report: Report, feed: &Feed, fresh: &Fresh) -> Report {
    let whole = |url: String| if url.contains("://") { url } else { joined(fresh, url) };
    Report { publisher: feed.publisher.clone().or(report.publisher), url: report.url.map(whole), ..report }
}

fn joined(fresh: &Fresh, url: String) -> String {
    fresh.found.join(&url).map_or(url, |address| address.to_string())
}
