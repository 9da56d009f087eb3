//! Rule files that can't be compiled: what the author is told.
