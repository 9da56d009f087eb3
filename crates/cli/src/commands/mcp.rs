//! `daybook mcp`: serves the book to an assistant, by the Model Context Protocol on standard input and output.

use std::sync::Arc;

use clap::Args;
use daybook::{Access, Reader};
use daybook_mcp::Server;

use crate::failure::{Failure, Outcome};
use crate::log;
use crate::options::book::BookOptions;

const EXAMPLES: &str = "\
Example, for the settings of an assistant:
  {\"mcpServers\": {\"daybook\": {\"command\": \"daybook\", \"args\": [\"mcp\", \"--book\", \"/home/me/contacts.db\"]}}}";

#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Mcp {
    #[command(flatten)]
    at: BookOptions,
}

pub(crate) fn run(arguments: &Mcp) -> Result<Outcome, Failure> {
    let reader = Reader::with(&arguments.at.tables()?, &[]).map_err(Failure::usage)?;
    let book = arguments.at.open_with(Access::ReadOnly, reader.gazetteer().clone())?;
    log::start();
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::usage)?;
    let server = Server::new(book, Arc::new(reader));
    runtime.block_on(server.serve(tokio::io::stdin(), tokio::io::stdout())).map_err(Failure::usage)?;
    // Standard input may still be waited for by a thread of its own.
    runtime.shutdown_background();
    Ok(Outcome::Success)
}
