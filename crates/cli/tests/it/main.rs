//! The program from outside, as a user runs it. What needs a browser stands in `web`.

mod run;
mod server;

mod book;
mod documents;
mod kills;
mod program;
mod watch;
mod web;
