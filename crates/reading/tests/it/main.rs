//! Reading from outside: reports of our own, and what is read of them. Cases that need but a text stand in `tests/cases`.

mod support;

mod dating;
mod explanations;
mod manual;
mod readings;
mod screen;
mod statements;
