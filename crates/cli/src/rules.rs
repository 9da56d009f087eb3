//! `daybook rules check`: rules to whether they find what they say, and leave alone what they say.

use std::io::Write;
use std::path::Path;

use daybook::Reader;

use crate::failure::{Failure, Outcome};
use crate::{inputs, terminal};

pub(crate) fn check(folder: Option<&Path>) -> Result<Outcome, Failure> {
    let files = folder.map(inputs::rule_files).transpose().map_err(Failure::Usage)?.unwrap_or_default();
    let reader = Reader::new().map_err(Failure::usage)?;
    let checked = reader.check_rules(&files).map_err(Failure::usage)?;
    for failure in &checked.failures {
        terminal::complain(failure);
    }
    let mut output = terminal::output();
    let (rules, examples) = (checked.rules, checked.finds + checked.ignores);
    writeln!(
        output,
        "{rules} rules, {examples} examples: {} found, {} left alone",
        checked.finds, checked.ignores
    )?;
    output.flush()?;
    Ok(if checked.failures.is_empty() { Outcome::Well } else { Outcome::Lacking })
}
