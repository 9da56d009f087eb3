//! The rule language: parse, check, match over an analysis.
