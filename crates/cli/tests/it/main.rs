//! The program from outside, as a user runs it.

mod run;
#[cfg(unix)]
mod server;

mod book;
/// These run scripts of a Unix shell.
#[cfg(unix)]
mod documents;
mod kills;
mod program;
/// These send signals.
#[cfg(unix)]
mod watch;
/// These need Python and a browser: `./test fast` leaves them out by this name.
mod web;
