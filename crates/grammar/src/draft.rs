//! A rule as its file states it, before its match block is understood.

use std::collections::BTreeMap;

use crate::{Find, Ignore};

/// A rule whose match block has not been parsed.
#[derive(Default)]
pub(crate) struct Draft {
    pub line: usize,
    pub name: Option<String>,
    /// What it yields, and where it says so.
    pub yields: Option<(usize, String)>,
    pub about: Option<String>,
    pub with: BTreeMap<String, String>,
    /// Where each key of `with` stands.
    pub with_lines: BTreeMap<String, usize>,
    pub share: bool,
    pub block: Option<Vec<(usize, String)>>,
    pub finds: Option<Vec<Find>>,
    pub ignores: Vec<Ignore>,
}
