//! What is exported, field by field and format by format.

mod checks;
mod fixture;

mod entries;
mod enums;
/// These need Python: `./test fast` leaves them out by this name.
mod other_programs;
mod records;
mod statements;
mod tables;
