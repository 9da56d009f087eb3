//! The `daybook` program: arguments to a command, and its outcome to an exit code.
#![allow(clippy::disallowed_methods, reason = "terminal, environment and files are the program's own")]

mod arguments;
mod book;
mod failure;
mod harmless;
mod inputs;
mod log;
mod manual;
mod parse;
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
        Command::Add(arguments) => book::add::run(&arguments),
        Command::Watch(arguments) => book::watch::run(&arguments),
        Command::List(arguments) => book::questions::list(&arguments),
        Command::Show(arguments) => book::questions::show(&arguments),
        Command::Last(arguments) => book::questions::last(&arguments),
        Command::Agenda(arguments) => book::questions::agenda(&arguments),
        Command::Stats(arguments) => book::questions::stats(&arguments),
        Command::Who(arguments) => book::questions::who(&arguments),
        Command::Compare(arguments) => book::questions::compare(&arguments),
        Command::Merge(arguments) => book::decide::merge(&arguments),
        Command::Split(arguments) => book::decide::split(&arguments),
        Command::Undo(arguments) => book::decide::undo(&arguments),
        Command::Sql(arguments) => book::questions::sql(&arguments),
        Command::Export(arguments) => book::export::run(&arguments),
        Command::Serve(arguments) => book::serve::run(&arguments),
        Command::Mcp(arguments) => book::mcp::run(&arguments),
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
