//! Names and offices and a date to parties.
