//! Inputs of every kind to reports or errors.

mod said;

mod archives;
mod documents;
mod feeds;
mod formats;
mod hostile;
mod never_panics;
mod tables;
