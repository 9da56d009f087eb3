//! One report to its accounts.
