//! What is exported, field by field and format by format.

mod checks;
mod fixture;

mod entries;
/// These need Python: `./test fast` leaves them out by this name.
mod other_programs;
mod records;
mod statements;
mod tables;
