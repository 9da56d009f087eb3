//! Work on many items at once, with its results in the items' order.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many items a thread may be ahead of what has been taken off.
const AHEAD: usize = 4;

type Job<T, U> = (T, SyncSender<U>);

/// Does `work` on each of `items` on `threads` threads, and hands the results to `done` in the order of the items,
/// until it fails. Only a few items for each thread are held at any time, however many there are.
pub(crate) fn in_order<T: Send, U: Send, E>(
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

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
}
