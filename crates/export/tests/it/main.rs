//! What is exported, field by field and format by format. What needs programs of others stands in `formats`.

mod checks;
mod fixture;

mod entries;
mod formats;
mod records;
mod statements;
mod tables;
