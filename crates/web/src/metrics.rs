//! Counts requests and how long they took, and writes the numbers in the form of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The upper bounds of how long answers took, in seconds.
const BOUNDS: [f64; 8] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0];

/// How many requests there were of each route, method and status, and how long they took.
#[derive(Default)]
pub(crate) struct Metrics {
    counts: Mutex<BTreeMap<(String, String, u16), u64>>,
    times: Mutex<Times>,
}

#[derive(Default)]
struct Times {
    buckets: [u64; BOUNDS.len()],
    count: u64,
    sum: f64,
}

impl Metrics {
    /// Counts a request.
    pub(crate) fn add(&self, route: String, method: String, status: u16, took: Duration) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry((route, method, status)).or_default() += 1;
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let seconds = took.as_secs_f64();
        times.count += 1;
        times.sum += seconds;
        let fits = BOUNDS.iter().position(|bound| seconds <= *bound);
        fits.into_iter().for_each(|at| times.buckets[at] += 1);
    }

    /// All numbers, as Prometheus reads them.
    pub(crate) fn written(&self) -> String {
        let mut out = String::from(
            "# HELP daybook_requests_total Requests answered.\n# TYPE daybook_requests_total counter\n",
        );
        for ((route, method, status), count) in
            self.counts.lock().unwrap_or_else(PoisonError::into_inner).iter()
        {
            let _ = writeln!(
                out,
                "daybook_requests_total{{route=\"{route}\",method=\"{method}\",status=\"{status}\"}} {count}"
            );
        }
        let times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        out.push_str("# HELP daybook_request_seconds How long answering took.\n# TYPE daybook_request_seconds histogram\n");
        let mut sum = 0;
        for (bound, count) in BOUNDS.iter().zip(times.buckets) {
            sum += count;
            let _ = writeln!(out, "daybook_request_seconds_bucket{{le=\"{bound}\"}} {sum}");
        }
        let _ = writeln!(
            out,
            "daybook_request_seconds_bucket{{le=\"+Inf\"}} {0}\ndaybook_request_seconds_sum {1}\ndaybook_request_seconds_count {0}",
            times.count, times.sum
        );
        out
    }
}
