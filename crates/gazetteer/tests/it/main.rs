//! The gazetteer from outside: what names and offices lead to, and that the tables are sound.

mod lookup;
mod tables;
