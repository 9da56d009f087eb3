//! The rule language from outside: what rules match, what their errors say, that its manual tells the truth.

mod notation;

mod contract;
mod documentation;
mod errors;
mod matching;
mod robustness;
