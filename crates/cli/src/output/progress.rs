//! Shows the progress of `daybook add`: a bar on a terminal, a line every ten seconds in a log.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::sources::Sources;
use crate::terminal;

/// A log gets a line this often.
const EVERY: Duration = Duration::from_secs(10);

/// Shows on standard error how many reports were added, how many bytes of the sources were read, and how long the rest
/// will take.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    done: Arc<AtomicU64>,
    total: Option<u64>,
    begun: Instant,
    told: Instant,
}

impl Progress {
    pub(crate) fn new(sources: &Sources) -> Progress {
        let bar = terminal::is_watched().then(|| bar(sources.total));
        let now = Instant::now();
        Progress { bar, done: sources.done.clone(), total: sources.total, begun: now, told: now }
    }

    /// Shows what was done: added and known reports, and failures.
    pub(crate) fn show(&mut self, added: usize, known: usize, failed: usize) {
        let done = self.done.load(Ordering::Relaxed);
        if let Some(bar) = &self.bar {
            bar.set_position(done);
            bar.set_message(words(added, known, failed, self.rate(added)));
        } else if self.told.elapsed() >= EVERY {
            self.told = Instant::now();
            self.log(added, known, failed);
        }
    }

    pub(crate) fn finish(&mut self, added: usize, known: usize, failed: usize) {
        match &self.bar {
            Some(bar) => bar.finish_and_clear(),
            None => self.log(added, known, failed),
        }
    }

    fn log(&self, added: usize, known: usize, failed: usize) {
        let done = self.done.load(Ordering::Relaxed);
        let share = self
            .total
            .filter(|total| *total > 0)
            .map(|total| format!(", {} %", (done * 100 / total).min(100)));
        terminal::note(&format!(
            "{}{}",
            words(added, known, failed, self.rate(added)),
            share.unwrap_or_default()
        ));
    }

    /// Reports a second.
    fn rate(&self, added: usize) -> f64 {
        added as f64 / self.begun.elapsed().as_secs_f64().max(0.001)
    }
}

fn words(added: usize, known: usize, failed: usize, rate: f64) -> String {
    format!("{added} added, {known} known, {failed} failed, {rate:.1} reports/s")
}

fn bar(total: Option<u64>) -> ProgressBar {
    let (bar, template) = match total {
        Some(total) => (ProgressBar::new(total), "{wide_bar} {percent}% {msg}, {eta} left"),
        None => (ProgressBar::new_spinner(), "{spinner} {bytes} {msg}"),
    };
    bar.set_draw_target(ProgressDrawTarget::stderr());
    ProgressStyle::with_template(template).map_or(bar.clone(), |style| bar.with_style(style))
}
