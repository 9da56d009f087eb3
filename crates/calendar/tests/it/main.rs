//! Time phrases from outside: what is found in texts, and what holds of any text.

mod any_text;
mod phrases;
