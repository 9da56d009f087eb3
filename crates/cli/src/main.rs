//! The `daybook` program: arguments to a command, and its outcome to an exit code.
#![allow(clippy::disallowed_methods, reason = "terminal, environment and files are the program's own")]

mod arguments;
mod failure;
mod harmless;
mod inputs;
mod manual;
mod parse;
mod pipeline;
mod read;
mod rules;
mod said;
mod show;
mod terminal;
mod why;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command, RulesCommand};

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Read(arguments) => read::run(&arguments),
        Command::Parse(arguments) => parse::run(&arguments),
        Command::Rules { command: RulesCommand::Check { folder } } => rules::check(folder.as_deref()),
        Command::Completions { shell } => manual::completions(shell),
        Command::Man { command } => manual::page(command.as_deref()),
    };
    match outcome {
        Ok(outcome) => outcome.into(),
        Err(failure) => failure.report(),
    }
}
