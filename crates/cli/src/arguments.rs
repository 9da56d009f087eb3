//! The command line: every command with the arguments that it takes.

use clap::{Parser, Subcommand};

use crate::commands::{
    add, agenda, compare, completions, export, last, list, man, mcp, merge, parse, read, rules, serve, show,
    split, sql, stats, undo, watch, who,
};

/// Reads news and official readouts into a book of who in politics was in contact with whom: calls, meetings, visits,
/// letters; when, for how long, who sat in; and for every value, which words say so.
#[derive(Parser)]
#[command(name = "daybook", version, about, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Read reports and print the contacts and statements they tell of
    ///
    /// Reads articles, releases and readouts as plain text, HTML or JSON Lines (told apart by their content) and prints
    /// the contacts that each tells of, with the words that say so and where they stand, and who is said to have said what.
    Read(read::Read),
    /// Add reports to a book: files, folders, feeds, archives, tables
    Add(add::Add),
    /// Poll feeds, and add what is new to a book
    Watch(watch::Watch),
    /// List the contacts in a book
    List(list::List),
    /// Show one contact: every value with who tells it, other versions, history, accounts
    Show(show::Show),
    /// Show the last contact of two that was held, how it is known, and where the sides differ
    Last(last::Last),
    /// List what is coming
    Agenda(agenda::Agenda),
    /// Count contacts by pair, month, kind
    Stats(stats::Stats),
    /// Look up whom a name means, and their latest contacts
    Who(who::Who),
    /// Lay the sides' own accounts of a contact beside each other
    Compare(compare::Compare),
    /// Decide that two entries are of one contact
    Merge(merge::Merge),
    /// Decide that accounts of an entry are of another contact
    Split(split::Split),
    /// Take back a decision
    Undo(undo::Undo),
    /// Ask a book in SQL
    Sql(sql::Sql),
    /// Write contacts for other programs: JSON Lines, CSV, Parquet, iCalendar, PLOVER, FollowTheMoney, GraphML
    Export(export::Export),
    /// Show a book in a browser, and give it to programs over HTTP
    Serve(serve::Serve),
    /// Give a book to an assistant, by the Model Context Protocol
    Mcp(mcp::Mcp),
    /// Print a text's sentences, tags, dependencies and names as CoNLL-U
    Parse(parse::Parse),
    /// Work with rules
    Rules(rules::Rules),
    /// Print completions for a shell
    ///
    /// For instance: daybook completions bash > ~/.local/share/bash-completion/completions/daybook
    Completions(completions::Completions),
    /// Print a page of the manual, for man
    ///
    /// For instance: daybook man > daybook.1; daybook man read > daybook-read.1
    Man(man::Man),
}
