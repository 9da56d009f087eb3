//! Runs the cases of this folder, each as a test of its own; README.md says how one is written.
//!
//! `cargo test -p daybook-reading --test cases status` runs those with "status" in their name, which is folder, file and first
//! words of the text.

mod case;
mod contacts;
mod statements;
#[path = "../it/support.rs"]
mod support;

use std::process::ExitCode;
use std::sync::Arc;

use daybook_reading::DEFAULT_MIN_CONFIDENCE;
use daybook_record::Reading;
use libtest_mimic::{Arguments, Failed, Trial};

use case::Case;
use support::{holds_together, reader};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cases: Arc<[Case]> = case::all().into();
    let numbers = 0..cases.len();
    let mut trials: Vec<Trial> = numbers.map(|number| trial(&cases, number)).collect();
    trials.push(Trial::test("whatever-was-read-before", move || same_again(&cases)));
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trial(cases: &Arc<[Case]>, number: usize) -> Trial {
    let cases = Arc::clone(cases);
    Trial::test(cases[number].name.clone(), move || check(&cases[number]))
}

/// A case is read as it expects, or says why it is not; and then it must still be wrong, so that no excuse outlives its reason.
fn check(case: &Case) -> Result<(), Failed> {
    let reading = reader().read(&case.report);
    holds_together(&case.report, &reading);
    let reading = reading.keep_confident(DEFAULT_MIN_CONFIDENCE);
    let faults = faults(case, &reading);
    match (faults.is_empty(), &case.known) {
        (false, None) => Err(format!("{}\n{}", case.report.text, faults.join("\n")).into()),
        (true, Some(known)) => Err(format!("is right now, but marked as known: {known}").into()),
        _ => Ok(()),
    }
}

/// What is not as the case expects.
fn faults(case: &Case, reading: &Reading) -> Vec<String> {
    let contacts = case.contacts.iter().filter_map(|wanted| contacts::fault(reading, wanted));
    contacts.chain(statements::faults(case, reading)).collect()
}

/// Nothing is carried over from one report to the next.
fn same_again(cases: &[Case]) -> Result<(), Failed> {
    let cases: Vec<&Case> = cases.iter().filter(|case| case.statements.is_some()).collect();
    let first: Vec<Reading> = cases.iter().map(|case| reader().read(&case.report)).collect();
    for (case, reading) in cases.iter().zip(&first).rev() {
        if reader().read(&case.report) != *reading {
            return Err(format!("{} is read otherwise the second time", case.name).into());
        }
    }
    Ok(())
}
