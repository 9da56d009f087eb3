//! Turns SIGINT and SIGTERM into a flag that is checked between two steps.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::failure::Failure;

/// The flag is looked at so often while there is nothing to do.
const LOOK: Duration = Duration::from_millis(100);
/// The exit code of a program that a second interrupt ends at once.
const INTERRUPTED: i32 = 130;

/// Whether the program was asked to end.
pub(super) struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Listens from now on. A second signal ends the program at once, which no book minds.
    pub(super) fn listen() -> Result<Stop, Failure> {
        let asked = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            // In this order: the first signal finds the flag down and raises it.
            let listening = flag::register_conditional_shutdown(signal, INTERRUPTED, asked.clone())
                .and_then(|_| flag::register(signal, asked.clone()));
            listening.map_err(|error| Failure::usage(format!("signals can't be listened to: {error}")))?;
        }
        Ok(Stop(asked))
    }

    pub(super) fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Waits, or less long where the program is asked to end.
    pub(super) fn wait(&self, mut time: Duration) {
        while !time.is_zero() && !self.is_asked() {
            let step = time.min(LOOK);
            thread::sleep(step);
            time -= step;
        }
    }
}
