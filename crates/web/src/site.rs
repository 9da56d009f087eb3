//! What every answer is made from: the book, the reader, who may do what.

use std::sync::Arc;
use std::time::Duration;

use daybook::Reader;
use jiff::civil::Date;
use tokio::sync::Semaphore;

use crate::auth::Guard;
use crate::metrics::Metrics;
use crate::pool::{Open, Pool};

/// What a service is started with.
pub struct Settings {
    /// How a connection to the book is opened.
    pub open: Open,
    /// Who reads texts, for `Read` and for reports that are added.
    pub reader: Arc<Reader>,
    /// Who has it may write, and read where reading is not open.
    pub token: Option<String>,
    /// Whether only users of this machine reach the server.
    pub loopback: bool,
    /// Whether everybody may read, wherever they come from.
    pub public_read: bool,
    /// Today's date.
    pub today: fn() -> Date,
    /// The largest body of a request, in bytes.
    pub body_limit: usize,
    /// How long answering may take.
    pub time_limit: Duration,
    /// How many questions are answered at a time.
    pub concurrency: usize,
}

/// What every answer is made from.
#[derive(Clone)]
pub(crate) struct Site(Arc<Parts>);

pub(crate) struct Parts {
    pub(crate) books: Pool,
    pub(crate) reader: Arc<Reader>,
    pub(crate) guard: Guard,
    pub(crate) metrics: Metrics,
    pub(crate) today: fn() -> Date,
    pub(crate) time_limit: Duration,
    /// Reading takes a processor each, so few texts are read at a time.
    pub(crate) reading: Arc<Semaphore>,
}

impl std::ops::Deref for Site {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// How many texts are read at a time.
const READING: usize = 2;

impl Site {
    pub(crate) fn new(settings: Settings) -> Site {
        Site(Arc::new(Parts {
            books: Pool::new(settings.open, settings.concurrency),
            reader: settings.reader,
            guard: Guard::new(settings.token.as_deref(), settings.loopback, settings.public_read),
            metrics: Metrics::default(),
            today: settings.today,
            time_limit: settings.time_limit,
            reading: Arc::new(Semaphore::new(READING)),
        }))
    }
}
