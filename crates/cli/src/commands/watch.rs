//! `daybook watch`: polls feeds and adds their new reports to a book.

mod address;
mod fetch;
mod import;
mod plan;
mod robots;
mod schedule;
mod settings;
mod signals;

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use clap::Args;
use daybook::{Access, Book, Report, feed_state, pipeline};

use self::fetch::Fetcher;
use self::import::Importer;
use self::plan::Plan;
use self::settings::{Feed, Settings};
use self::signals::Stop;
use crate::failure::{Failure, Outcome};
use crate::options::book::BookOptions;
use crate::options::confidence::ConfidenceOptions;
use crate::options::reader::ReaderOptions;
use crate::{inputs, terminal};

/// So many hosts are asked at once.
const AT_ONCE: usize = 8;

const EXAMPLES: &str = "\
Examples:
  daybook watch --book contacts.db --contact desk@example.org feeds.toml
      Asks every feed now and then, until Ctrl-C or SIGTERM.
  daybook watch --once feeds.toml
      Asks every feed whose time has come, once, and ends: for cron and the like.

feeds.toml:
  contact = \"desk@example.org\"        # whom hosts may write to; or --contact

  [[feed]]
  url = \"https://www.example.org/news.xml\"
  publisher = \"The Example Times\"     # if left out, the feed's title
  every = \"30m\"                       # if left out, 15m

A feed that fails is asked again later and later, a day later at most, and never stops the others.
robots.txt is heeded. Of feeds whose items have no text, only headlines, nothing is added.

Exit codes:
  0  all feeds that were asked answered well, or the watching was ended
  1  with --once: some feed failed; standard error says which and why
  2  wrong usage, or a book that can't be opened or written";

#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Watch {
    /// The feeds to watch (TOML)
    #[arg(value_name = "FEEDS")]
    feeds: PathBuf,
    #[command(flatten)]
    at: BookOptions,
    /// Ask every feed whose time has come once, and end
    #[arg(long)]
    once: bool,
    /// Whom hosts may write to, as the requests say: an address of mail or of a page
    #[arg(long, value_name = "ADDRESS")]
    contact: Option<String>,
    /// How long a request may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
    #[command(flatten)]
    sure: ConfidenceOptions,
    #[command(flatten)]
    with: ReaderOptions,
}

pub(crate) fn run(arguments: &Watch) -> Result<Outcome, Failure> {
    let text = inputs::whole(&arguments.feeds).map_err(Failure::Usage)?;
    let settings = settings::read(&inputs::name(&arguments.feeds), &text).map_err(Failure::Usage)?;
    let user_agent = user_agent(arguments.contact.as_deref().or(settings.contact.as_deref()))?;
    let stop = Stop::listen()?;
    let reader = arguments.with.reader(&arguments.at.tables()?)?;
    let mut book = arguments.at.open_with(Access::Create, reader.gazetteer().clone())?;
    let fetcher = Fetcher::new(&user_agent, Duration::from_secs(arguments.timeout), clock);
    let plan = Plan::new(&states(&mut book, &settings)?, clock(), arguments.once);
    let read = |report: &Report| arguments.sure.kept(reader.read(report));
    let importer = Importer::new(&mut book, &read, clock);
    Watching { settings: &settings, stop: &stop, fetcher: &fetcher, plan, importer }.run()
}

fn clock() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// The program's name, and whom to write to where it is a nuisance.
fn user_agent(contact: Option<&str>) -> Result<String, Failure> {
    let is_plain = |contact: &str| contact.bytes().all(|b| b.is_ascii_graphic() && !b"()\\".contains(&b));
    match contact {
        Some(contact) if contact.is_empty() || !is_plain(contact) => Err(Failure::usage(format!(
            "{contact:?} can't be given as a contact; write an address of mail or of a page, without spaces"
        ))),
        Some(contact) => Ok(format!("Daybook/{} (feed reader; {contact})", env!("CARGO_PKG_VERSION"))),
        None => Ok(format!("Daybook/{} (feed reader)", env!("CARGO_PKG_VERSION"))),
    }
}

/// What is known of each feed.
fn states(book: &mut Book, settings: &Settings) -> Result<Vec<(String, daybook::Feed)>, Failure> {
    let state = |feed: &Feed| {
        let url = feed.address.to_string();
        let known = feed_state(book.database(), &url).map_err(Failure::usage)?;
        Ok((feed.address.site(), known.unwrap_or_else(|| daybook::Feed { url, ..daybook::Feed::default() })))
    };
    settings.feeds.iter().map(state).collect()
}

struct Watching<'a> {
    settings: &'a Settings,
    stop: &'a Stop,
    fetcher: &'a Fetcher,
    plan: Plan,
    importer: Importer<'a>,
}

impl Watching<'_> {
    fn run(mut self) -> Result<Outcome, Failure> {
        while !self.stop.is_asked() {
            let now = clock();
            let Some(next) = self.plan.next() else { break };
            if next > now {
                self.stop.wait(Duration::from_secs(next.abs_diff(now)));
            } else {
                self.round(now)?;
            }
        }
        if !self.stop.is_asked() && self.plan.has_ended() {
            terminal::note("none of the feeds is there any more; there is nothing left to watch");
        }
        Ok(if self.importer.has_failed() && self.plan.is_once() {
            Outcome::Incomplete
        } else {
            Outcome::Success
        })
    }

    /// Asks for every feed whose time has come, of each host one, and takes what comes.
    fn round(&mut self, now: i64) -> Result<(), Failure> {
        let due = self.plan.take_due(now);
        let jobs: Vec<_> = due.iter().map(|&number| (number, self.plan.state(number).clone())).collect();
        let (settings, stop, fetcher) = (self.settings, self.stop, self.fetcher);
        let threads = jobs.len().min(AT_ONCE);
        let work = |(number, state): (usize, daybook::Feed)| {
            let feed = &settings.feeds[number];
            (number, (!stop.is_asked()).then(|| fetcher.feed(&feed.address, &state)), state)
        };
        let (plan, importer) = (&mut self.plan, &mut self.importer);
        pipeline::in_order(jobs.into_iter(), threads, work, |(number, fetched, mut state)| {
            let Some(fetched) = fetched.filter(|_| !stop.is_asked()) else { return Ok(()) };
            let feed = &settings.feeds[number];
            importer.take(feed, &mut state, fetched)?;
            plan.asked(number, state, clock(), fetcher.delay(&feed.address.site()));
            Ok(())
        })
    }
}
