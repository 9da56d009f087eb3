//! `daybook serve`: serves the book as pages and as an API, over HTTP.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use daybook::Access;
use daybook_web::{Settings, app, serve};
use tokio::net::TcpListener;

use crate::failure::{Failure, Outcome};
use crate::options::book::BookOptions;
use crate::options::reader::ReaderOptions;
use crate::{log, terminal};

const EXAMPLES: &str = "\
Examples:
  daybook serve --book contacts.db
      Pages on http://127.0.0.1:8000/, for the users of this machine.
  DAYBOOK_TOKEN=… daybook serve --book contacts.db --listen 0.0.0.0:8000
      For others, who need the token: a browser asks for it as a password.
  DAYBOOK_TOKEN=… daybook serve --book contacts.db --listen 0.0.0.0:8000 --public-read
      Everybody reads; only who has the token writes.

The server speaks HTTP alone: put a server that speaks HTTPS before it where it is reached from elsewhere.

Exit codes:
  0  it was stopped, and all requests were answered
  2  wrong usage, or a book or address that can't be opened";

#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Serve {
    #[command(flatten)]
    at: BookOptions,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8000")]
    listen: SocketAddr,
    /// Who has it may write, and read where reading is not open; 16 characters or more
    #[arg(long, env = "DAYBOOK_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    token: Option<String>,
    /// Let everybody read who reaches the address
    #[arg(long)]
    public_read: bool,
    /// The largest body of a request, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=1024))]
    body_limit: u32,
    /// Answering may take so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3600))]
    time_limit: u32,
    #[command(flatten)]
    with: ReaderOptions,
}

/// The shortest token: what is shorter can be tried out.
const SHORTEST: usize = 16;
/// So many questions are answered at a time for each processor.
const FOR_EACH: usize = 2;

pub(crate) fn run(arguments: &Serve) -> Result<Outcome, Failure> {
    let loopback = arguments.listen.ip().is_loopback();
    if arguments.token.as_ref().is_some_and(|token| token.len() < SHORTEST) {
        return Err(Failure::usage(format!("the token is too short; take {SHORTEST} characters or more")));
    }
    if !loopback && !arguments.public_read && arguments.token.is_none() {
        return Err(Failure::usage(
            "others would reach this address: give a --token (or DAYBOOK_TOKEN) that readers need, or --public-read",
        ));
    }
    let reader = arguments.with.reader(&arguments.at.tables()?)?;
    // What is wrong with the book is told before anything is served.
    drop(arguments.at.open_with(Access::ReadOnly, reader.gazetteer().clone())?);
    log::start();
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let settings = Settings {
        open: arguments.at.opener(reader.gazetteer())?,
        reader: Arc::new(reader),
        token: arguments.token.clone(),
        loopback,
        public_read: arguments.public_read,
        today: || jiff::Zoned::now().date(),
        body_limit: usize::try_from(arguments.body_limit).map_err(Failure::usage)? << 20,
        time_limit: Duration::from_secs(arguments.time_limit.into()),
        concurrency: processors * FOR_EACH,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::usage)?;
    runtime.block_on(listen(arguments.listen, settings))?;
    // Questions that are still under way are not waited for.
    runtime.shutdown_background();
    Ok(Outcome::Success)
}

async fn listen(address: SocketAddr, settings: Settings) -> Result<(), Failure> {
    let taken = |error: std::io::Error| Failure::usage(format!("{address}: {error}; give another --listen"));
    let listener = TcpListener::bind(address).await.map_err(taken)?;
    let address = listener.local_addr().map_err(taken)?;
    terminal::note(&format!("http://{address}/"));
    serve(listener, app(settings), stopped()).await;
    Ok(())
}

/// Done when the program is asked to end.
async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}
