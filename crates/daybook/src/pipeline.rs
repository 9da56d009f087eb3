//! Processes items on several threads, and gives the results in the order of the items.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How many items for each thread may be under way: enough that a slow item does not stop the others.
const AHEAD: usize = 16;

type Job<T, U> = (T, SyncSender<U>);

/// Runs `work` on each of `items` on `threads` threads and passes the results to `done` in the order of the items, until
/// `done` fails. At most 16 items for each thread are held at any time, so memory does not grow with the input.
///
/// # Errors
/// Only that of `done`.
///
/// ```
/// let mut squares = Vec::new();
/// let outcome: Result<(), ()> = daybook::pipeline::in_order(0..4, 2, |n| n * n, |n| Ok(squares.push(n)));
/// assert_eq!((outcome, squares), (Ok(()), vec![0, 1, 4, 9]));
/// ```
pub fn in_order<T: Send, U: Send, E>(
    items: impl Iterator<Item = T> + Send,
    threads: usize,
    work: impl Fn(T) -> U + Sync,
    mut done: impl FnMut(U) -> Result<(), E>,
) -> Result<(), E> {
    let (jobs, open_jobs) = sync_channel::<Job<T, U>>(threads * AHEAD);
    let (promise, promised) = sync_channel::<Receiver<U>>(threads * AHEAD);
    let open_jobs = Mutex::new(open_jobs);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((item, reply)) = next(&open_jobs) {
                    // Nobody waits for the reply once `done` has failed.
                    let _ = reply.send(work(item));
                }
            });
        }
        scope.spawn(move || {
            for item in items {
                let (reply, result) = sync_channel(1);
                if promise.send(result).is_err() || jobs.send((item, reply)).is_err() {
                    break;
                }
            }
        });
        promised.into_iter().map_while(|result| result.recv().ok()).try_for_each(&mut done)
    })
}

fn next<T>(jobs: &Mutex<Receiver<T>>) -> Option<T> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// A pipeline as [`in_order`] runs it, for a caller who gives items and takes results at its own pace. Results come in the
/// order of the items; the caller asks [`Ahead::is_full`] before it gives another.
///
/// ```
/// use std::time::Duration;
/// let mut ahead = daybook::pipeline::Ahead::new(2, |n: u64| n + 1)?;
/// ahead.give(1);
/// ahead.give(2);
/// assert_eq!(ahead.take(Duration::from_secs(60)), Ok(Some(2)));
/// assert_eq!(ahead.take(Duration::from_secs(60)), Ok(Some(3)));
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Ahead<T, U> {
    items: Sender<T>,
    results: Receiver<Result<U, Lost>>,
    under_way: usize,
    most: usize,
}

/// The work on an item panicked: there is no result of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost;

impl<T: Send + 'static, U: Send + 'static> Ahead<T, U> {
    /// Starts threads that wait for items; they end when the pipeline is dropped.
    ///
    /// # Errors
    /// When the system can start no thread.
    pub fn new(threads: usize, work: impl Fn(T) -> U + Send + Sync + 'static) -> io::Result<Ahead<T, U>> {
        let (items, given) = channel();
        let (done, results) = channel();
        // A panic is caught, so that whoever waits for the result is told, and the other items are worked on.
        let caught = move |item| catch_unwind(AssertUnwindSafe(|| work(item))).map_err(|_| Lost);
        let run = move || in_order(given.into_iter(), threads, caught, |result| done.send(result));
        thread::Builder::new().spawn(run)?;
        Ok(Ahead { items, results, under_way: 0, most: threads * AHEAD })
    }

    /// Whether as many items are under way as may be.
    pub fn is_full(&self) -> bool {
        self.under_way >= self.most
    }

    /// Whether no item is under way.
    pub fn is_empty(&self) -> bool {
        self.under_way == 0
    }

    /// Hands over an item; never waits.
    pub fn give(&mut self, item: T) {
        // When the threads are gone, `take` says so.
        let _ = self.items.send(item);
        self.under_way += 1;
    }

    /// The next result; `None` when there is none after `wait`.
    ///
    /// # Errors
    /// When the work on the item panicked.
    pub fn take(&mut self, wait: Duration) -> Result<Option<U>, Lost> {
        match self.results.recv_timeout(wait) {
            Ok(result) => {
                self.under_way -= 1;
                result.map(Some)
            }
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(Lost),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for threads in [1, 2, 7] {
            let mut results = Vec::new();
            let uneven = |n: u64| {
                thread::sleep(Duration::from_micros((n * 7919) % 300));
                n * 2
            };
            let outcome: Result<(), ()> = in_order(0..200, threads, uneven, |n| {
                results.push(n);
                Ok(())
            });
            assert_eq!((outcome, results), (Ok(()), (0..200).map(|n| n * 2).collect()));
        }
    }

    #[test]
    fn a_failure_ends_the_work_on_items_without_end() {
        let outcome = in_order(0.., 3, |n: u64| n, |n| if n < 50 { Ok(()) } else { Err(n) });
        assert_eq!(outcome, Err(50));
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn what_is_taken_off_comes_in_the_order_in_which_it_was_given() {
        let mut ahead = Ahead::new(3, |n: u64| n * 2).expect("there are threads");
        let (mut items, mut results) = (0..200, Vec::new());
        loop {
            while !ahead.is_full()
                && let Some(item) = items.next()
            {
                ahead.give(item);
            }
            if ahead.is_empty() {
                break;
            }
            results.extend(ahead.take(LONG).expect("no thread ends"));
        }
        assert_eq!(results, (0..200).map(|n| n * 2).collect::<Vec<u64>>());
    }

    #[test]
    fn work_that_panics_is_told_of() {
        let mut ahead = Ahead::new(1, |n: u64| assert_ne!(n, 1)).expect("there are threads");
        (0..3).for_each(|n| ahead.give(n));
        let taken = [0; 3].map(|_| ahead.take(LONG));
        assert_eq!(taken, [Ok(Some(())), Err(Lost), Ok(Some(()))]);
        assert!(ahead.is_empty());
    }
}
