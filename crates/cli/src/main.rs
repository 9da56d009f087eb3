//! The `daybook` program: runs the command that the arguments name, and exits with its outcome.
#![allow(clippy::disallowed_methods, reason = "terminal, environment and files are the program's own")]

mod arguments;
mod commands;
mod failure;
mod inputs;
mod log;
mod options;
mod output;
mod sanitize;
mod sources;
mod terminal;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command};
use commands::{
    add, agenda, compare, completions, export, last, list, man, mcp, merge, parse, read, rules, serve, show,
    split, sql, stats, undo, watch, who,
};

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Read(arguments) => read::run(&arguments),
        Command::Add(arguments) => add::run(&arguments),
        Command::Watch(arguments) => watch::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Last(arguments) => last::run(&arguments),
        Command::Agenda(arguments) => agenda::run(&arguments),
        Command::Stats(arguments) => stats::run(&arguments),
        Command::Who(arguments) => who::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Merge(arguments) => merge::run(&arguments),
        Command::Split(arguments) => split::run(&arguments),
        Command::Undo(arguments) => undo::run(&arguments),
        Command::Sql(arguments) => sql::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Mcp(arguments) => mcp::run(&arguments),
        Command::Parse(arguments) => parse::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments, Arguments::command()),
        Command::Man(arguments) => man::run(&arguments, Arguments::command()),
    };
    match outcome {
        Ok(outcome) => outcome.into(),
        Err(failure) => failure.report(),
    }
}
