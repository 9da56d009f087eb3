//! Feeds are watched over HTTP: what was well served is in the book, whatever else was, and hosts are asked politely.
#![allow(clippy::disallowed_methods, reason = "these tests run the program on files, and look at the clock")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use crate::run::{Done, daybook, scratch};
use crate::server::{Answer, Asked, Manner, Server};
use daybook::{Access, Book, BookError, Gazetteer, Trust, feed_states, put_feed_state};

const HOSTS: usize = 8;
const FEEDS: usize = 64;
const ROUNDS: usize = 10;
/// As `feeds.toml` of the great run has it.
const EVERY: i64 = 60;

/// What is served in place of, or as, a version of a feed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Served {
    Well,
    Packed,
    OtherEncoding,
    Redirected,
    CutXml,
    WrongEncoding,
    Empty,
    Page,
    Status(u16),
    RetryLater,
    Loop,
    OtherScheme,
    Sent(Manner),
    Bomb,
}

impl Served {
    fn is_well(self) -> bool {
        matches!(self, Served::Well | Served::Packed | Served::OtherEncoding | Served::Redirected)
    }
}

/// How often each is served: every so many requests the list begins anew.
const SERVED: [Served; 37] = [
    Served::Well,
    Served::Packed,
    Served::Well,
    Served::CutXml,
    Served::Well,
    Served::OtherEncoding,
    Served::Redirected,
    Served::Well,
    Served::WrongEncoding,
    Served::Well,
    Served::Empty,
    Served::Packed,
    Served::Page,
    Served::Well,
    Served::Status(404),
    Served::Well,
    Served::Redirected,
    Served::Status(500),
    Served::Well,
    Served::RetryLater,
    Served::OtherEncoding,
    Served::Well,
    Served::Loop,
    Served::Well,
    Served::OtherScheme,
    Served::Well,
    Served::Sent(Manner::Dropped),
    Served::Packed,
    Served::Sent(Manner::Half),
    Served::Well,
    Served::Sent(Manner::Dripping),
    Served::Well,
    Served::Sent(Manner::Endless),
    Served::Redirected,
    Served::Bomb,
    Served::Well,
    Served::Status(503),
];

fn served(feed: usize, round: usize) -> Served {
    SERVED[(feed * 5 + round * 7) % SERVED.len()]
}

/// The version of a round: now and then a round brings nothing new.
fn version(round: usize) -> usize {
    round - round / 4
}

/// The items of a version, each with its number and its text: it grows, and some texts are changed.
fn items(feed: usize, version: usize) -> Vec<(usize, String)> {
    let text = |item: usize| {
        let changes = (version + item) / 5;
        format!(
            "The mayor of Hill {feed} telephoned the mayor of Dale {item} on Monday, the town said. Notice {changes}, café."
        )
    };
    let mut items: Vec<(usize, String)> = (version / 3..version + 3).map(|item| (item, text(item))).collect();
    if version % 2 == 1 {
        items.reverse();
    }
    items
}

fn link(feed: usize, item: usize) -> String {
    format!("https://news.example/{feed}/{item}")
}

fn written(feed: usize, version: usize) -> String {
    let items = items(feed, version);
    let all = |one: &dyn Fn(&(usize, String)) -> String| items.iter().map(one).collect::<Vec<_>>();
    match feed % 3 {
        0 => format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Hill {feed}</title>{}</channel></rss>",
            all(&|(item, text)| format!(
                "<item><title>A call</title><link>{}</link><pubDate>Mon, 03 Jun 2013 08:00:00 +0200</pubDate><description>{text}</description></item>",
                link(feed, *item)
            ))
            .concat()
        ),
        1 => format!(
            "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Hill {feed}</title>{}</feed>",
            all(&|(item, text)| format!(
                "<entry><title>A call</title><link href=\"{}\"/><id>tag:hill,{feed}:{item}</id><published>2013-06-03T08:00:00Z</published><content>{text}</content></entry>",
                link(feed, *item)
            ))
            .concat()
        ),
        _ => format!(
            "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Hill {feed}\", \"items\": [{}]}}",
            all(&|(item, text)| format!(
                "{{\"id\": \"{item}\", \"url\": \"{}\", \"title\": \"A call\", \"content_text\": \"{text}\"}}",
                link(feed, *item)
            ))
            .join(",")
        ),
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).expect("it is written to memory");
    packer.finish().expect("it is written to memory")
}

/// UTF-16, with the mark that tells it.
fn utf_16(text: &str) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// What the hosts of the great run answer.
fn answer(asked: &Asked, round: usize, bomb: &[u8]) -> Answer {
    let mut parts = asked.path.trim_start_matches('/').split('/');
    let feed = |part: Option<&str>| part.and_then(|part| part.parse().ok()).unwrap_or(0);
    match parts.next() {
        Some("robots.txt") => Answer::of(404, ""),
        Some("feed") => {
            let feed = feed(parts.next());
            told(served(feed, round), feed, version(round), asked, bomb)
        }
        Some("moved") => told(Served::Well, feed(parts.next()), version(round), asked, bomb),
        Some("loop") => Answer::of(302, "").with("Location", "/loop"),
        _ => Answer::of(404, ""),
    }
}

fn told(served: Served, feed: usize, version: usize, asked: &Asked, bomb: &[u8]) -> Answer {
    let text = written(feed, version);
    let tag = format!("\"{feed}-{version}\"");
    let well = |body: Vec<u8>| Answer::of(200, body).with("ETag", tag.clone());
    if served.is_well() && served != Served::Redirected && asked.header("if-none-match") == Some(&tag) {
        return Answer::of(304, "").with("ETag", tag.clone());
    }
    match served {
        Served::Well => well(text.into()).with("Last-Modified", "Mon, 03 Jun 2013 08:00:00 GMT"),
        Served::Packed => well(packed(text.as_bytes())).with("Content-Encoding", "gzip"),
        Served::OtherEncoding => well(utf_16(&text)),
        Served::Redirected => Answer::of(302, "").with("Location", format!("../moved/{feed}")),
        Served::CutXml => well(text.chars().take(text.chars().count() - 20).collect::<String>().into()),
        Served::WrongEncoding => well(text.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect()),
        Served::Empty => well(Vec::new()),
        Served::Page => well("<!DOCTYPE html><html><body><p>Please come back later.".into()),
        Served::Status(status) => Answer::of(status, "no"),
        Served::RetryLater => Answer::of(429, "").with("Retry-After", "7000"),
        Served::Loop => Answer::of(302, "").with("Location", "/loop"),
        Served::OtherScheme => Answer::of(302, "").with("Location", "file:///etc/hostname"),
        Served::Sent(Manner::Endless) => Answer::of(200, vec![b' '; 1 << 16]).sent(Manner::Endless),
        Served::Sent(manner) => well(text.into()).sent(manner),
        Served::Bomb => well(bomb.to_vec()).with("Content-Encoding", "gzip"),
    }
}

#[test]
fn what_was_well_served_is_in_the_book_and_nothing_else() {
    let round = Arc::new(AtomicUsize::new(0));
    let bomb = packed(&vec![b' '; 64 << 20]);
    let current = round.clone();
    let server = Server::start(HOSTS, move |asked| answer(asked, current.load(Ordering::SeqCst), &bomb));
    let folder = scratch("watch-great");
    let list: String = (0..FEEDS)
        .map(|feed| format!("[[feed]]\nurl = \"{}\"\nevery = \"{EVERY}s\"\n", url(&server, feed)))
        .collect();
    let mut expected = Expected::default();
    for number in 0..ROUNDS {
        round.store(number, Ordering::SeqCst);
        let begun = now();
        let done = watch(&folder, &list, &["--once", "--timeout", "1", "--contact", "desk@news.example"]);
        expected.take_round(number);
        assert_eq!(done.code, i32::from(expected.has_failed(number)), "{}", done.messages);
        check_requests(&server.asked(), number, &expected);
        let mut book = open(&folder);
        check_states(&mut book, &server, &expected, begun);
        assert_eq!(in_book(&mut book), expected.texts, "round {number}: {}", done.messages);
        // At once again: nobody is asked.
        if number == 3 {
            assert_eq!(watch(&folder, &list, &["--once"]).messages, "");
            assert_eq!(server.asked().len(), 0);
        }
        let_time_pass(&mut book);
    }
    assert!(
        expected.versions > 350 && expected.broken > 200,
        "{} and {}",
        expected.versions,
        expected.broken
    );
}

fn url(server: &Server, feed: usize) -> String {
    server.url(feed % HOSTS, &format!("/feed/{feed}"))
}

/// What must be true after the rounds so far.
#[derive(Default)]
struct Expected {
    /// Addresses and texts.
    texts: BTreeSet<(String, String)>,
    /// What each feed was last read as, by its version.
    known: BTreeMap<usize, usize>,
    failures: BTreeMap<usize, u32>,
    versions: usize,
    broken: usize,
}

impl Expected {
    fn take_round(&mut self, round: usize) {
        for feed in 0..FEEDS {
            let version = version(round);
            if served(feed, round).is_well() {
                self.texts
                    .extend(items(feed, version).into_iter().map(|(item, text)| (link(feed, item), text)));
                self.known.insert(feed, version);
                self.failures.insert(feed, 0);
                self.versions += 1;
            } else {
                *self.failures.entry(feed).or_default() += 1;
                self.broken += 1;
            }
        }
    }

    fn has_failed(&self, round: usize) -> bool {
        (0..FEEDS).any(|feed| !served(feed, round).is_well())
    }
}

/// Each feed is asked once, by name, and with what is known of it.
fn check_requests(asked: &[Asked], round: usize, expected: &Expected) {
    let of = |path: &str| asked.iter().filter(|asked| asked.path == path).count();
    assert_eq!(of("/robots.txt"), HOSTS);
    for asked in asked {
        let agent = concat!("Daybook/", env!("CARGO_PKG_VERSION"), " (feed reader; desk@news.example)");
        assert_eq!(asked.header("user-agent"), Some(agent), "{asked:?}");
    }
    for feed in 0..FEEDS {
        assert_eq!(of(&format!("/feed/{feed}")), 1, "round {round}");
    }
    let conditional = asked.iter().filter(|asked| asked.header("if-none-match").is_some()).count();
    assert!(round == 0 || conditional >= expected.known.len() / 2, "{conditional} in round {round}");
}

/// Failures are counted, and who fails is left alone for longer and longer.
fn check_states(book: &mut Book, server: &Server, expected: &Expected, begun: i64) {
    let states = feed_states(book.database()).expect("the book is readable");
    assert_eq!(states.len(), FEEDS);
    for feed in 0..FEEDS {
        let url = url(server, feed);
        let state = states.iter().find(|state| state.url == url).expect("it was asked");
        let failures = expected.failures[&feed];
        assert_eq!(state.failures, failures, "{state:?}");
        let tag = expected.known.get(&feed).map(|version| format!("\"{feed}-{version}\""));
        assert_eq!(state.etag, tag, "{state:?}");
        let asked_for =
            if state.said.as_deref().is_some_and(|said| said.contains("answers 429")) { 7000 } else { 0 };
        let wait = (EVERY << failures).max(asked_for).min(24 * 60 * 60);
        let waits = begun + wait..=now() + wait;
        assert!(waits.contains(&state.not_before), "{state:?}, begun {begun}");
    }
}

#[test]
fn hosts_are_left_alone_as_they_ask() {
    let server = Server::start(4, |asked| match (asked.host, asked.path.as_str()) {
        (0, "/robots.txt") => Answer::of(200, "User-agent: *\nDisallow: /private/\nCrawl-delay: 2"),
        (1, "/robots.txt") => Answer::of(503, "").with("Retry-After", "7000"),
        (2, "/robots.txt") => Answer::of(301, "").with("Location", "/robots"),
        (2, "/robots") => Answer::of(200, "User-agent: Daybook\nDisallow: /"),
        (_, "/robots.txt") => Answer::of(404, ""),
        (3, "/gone") => Answer::of(410, ""),
        (3, "/old") => Answer::of(308, "").with("Location", "/new"),
        _ => Answer::of(200, written(0, 0)).with("Last-Modified", "Mon, 03 Jun 2013 08:00:00 GMT"),
    });
    let folder = scratch("watch-polite");
    let paths = [
        (0, "/a"),
        (0, "/b"),
        (0, "/private/a"),
        (1, "/a"),
        (2, "/a"),
        (3, "/gone"),
        (3, "/old"),
        (3, "/bare"),
    ];
    let list: String = paths
        .iter()
        .map(|(host, path)| format!("[[feed]]\nurl = \"{}\"\n", server.url(*host, path)))
        .collect();
    let begun = Instant::now();
    let done = watch(&folder, &list, &["--once"]);
    assert!(begun.elapsed() >= Duration::from_secs(2), "{:?}", begun.elapsed());
    let asked = server.asked();
    let of = |host: usize| -> Vec<&str> {
        asked.iter().filter(|a| a.host == host && a.path != "/robots.txt").map(|a| a.path.as_str()).collect()
    };
    assert_eq!(of(0), ["/a", "/b"]);
    assert_eq!(of(1), Vec::<&str>::new());
    assert_eq!(of(2), ["/robots"]);
    assert_eq!(of(3), ["/gone", "/old", "/new", "/bare"]);
    let robots = asked.iter().filter(|asked| asked.path == "/robots.txt").count();
    assert_eq!((robots, done.code), (4, 1), "{}", done.messages);
    for said in [
        format!(
            "note: {}: {}/robots.txt asks programs not to fetch",
            server.url(0, "/private/a"),
            server.url(0, "")
        ),
        format!("error: {}: the host answers 503", server.url(1, "/a")),
        format!("note: {}: the host answers 410 Gone", server.url(3, "/gone")),
        format!("note: {}: has moved to {}", server.url(3, "/old"), server.url(3, "/new")),
    ] {
        assert!(done.messages.contains(&said), "{said}: {}", done.messages);
    }

    let mut book = open(&folder);
    let_time_pass(&mut book);
    let done = watch(&folder, &list, &["--once"]);
    let again = server.asked();
    assert!(again.iter().all(|asked| asked.path != "/gone"), "{again:?}");
    let since = again.iter().filter(|asked| asked.header("if-modified-since").is_some()).count();
    assert_eq!(since, 5, "{again:?}");
    assert!(!done.messages.contains("has moved"), "{}", done.messages);
}

#[test]
fn mistakes_in_the_list_are_told_before_anybody_is_asked() {
    let server = Server::start(1, |_| Answer::of(500, ""));
    let folder = scratch("watch-mistakes");
    let good = format!("[[feed]]\nurl = \"{}\"\n", server.url(0, "/a"));
    for (list, arguments, message) in [
        (format!("{good}often = true\n"), &[][..], "feeds.toml:3: unknown field `often`"),
        (good.clone(), &["--contact", "two words"], "\"two words\" can't be given as a contact"),
        (format!("contact = \"\"\n{good}"), &[], "\"\" can't be given as a contact"),
    ] {
        let done = watch(&folder, &list, arguments);
        assert_eq!(done.code, 2);
        assert!(done.messages.contains(message), "{}", done.messages);
    }
    assert_eq!(server.asked().len(), 0);
}

#[cfg(unix)]
#[test]
fn watching_goes_on_until_it_is_asked_to_end() {
    let count = AtomicUsize::new(0);
    let server = Server::start(1, move |asked| match asked.path.as_str() {
        "/feed" => Answer::of(200, written(0, count.fetch_add(1, Ordering::SeqCst))),
        _ => Answer::of(404, ""),
    });
    let folder = scratch("watch-on");
    let list =
        format!("[[feed]]\nurl = \"{}\"\nevery = \"1s\"\npublisher = \"The Hill\"\n", server.url(0, "/feed"));
    for signal in ["-TERM", "-INT"] {
        fs::write(folder.join("feeds.toml"), &list).expect("it is written");
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_daybook"))
            .args(["watch", "feeds.toml"])
            .current_dir(&folder)
            .env_clear()
            .spawn()
            .expect("the program");
        let begun = Instant::now();
        let mut polls = 0;
        while polls < 3 && begun.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(50));
            polls += server.asked().iter().filter(|asked| asked.path == "/feed").count();
        }
        assert!(begun.elapsed() >= Duration::from_secs(1), "{:?}", begun.elapsed());
        let pid = child.id().to_string();
        std::process::Command::new("kill").args([signal, &pid]).status().expect("it is sent");
        assert_eq!(child.wait().expect("an end").code(), Some(0));
    }
    let mut book = open(&folder);
    let rows = book.database().query("SELECT publisher FROM reports", &[]).expect("the book is whole");
    assert!(rows.len() >= 5, "{}", rows.len());
    assert!(rows.iter().all(|row| row.text(0).is_ok_and(|publisher| publisher == "The Hill")));
}

fn watch(folder: &Path, list: &str, arguments: &[&str]) -> Done {
    let (feeds, book) = (folder.join("feeds.toml"), folder.join("book.db"));
    fs::write(&feeds, list).expect("it is written");
    let (feeds, book) = (feeds.display().to_string(), book.display().to_string());
    daybook(&[&["watch", &feeds, "--book", &book], arguments].concat()).done()
}

fn open(folder: &Path) -> Book {
    let path = ["book.db", "daybook.db"].map(|name| folder.join(name)).into_iter().find(|path| path.exists());
    let path = path.expect("there is a book").display().to_string();
    Book::open(&path, Access::Create, Gazetteer::builtin().expect("it loads"), Trust::default())
        .expect("it opens")
}

fn in_book(book: &mut Book) -> BTreeSet<(String, String)> {
    let rows = book.database().query("SELECT url, text FROM reports", &[]).expect("the book is readable");
    let cell = |text: Result<&str, BookError>| text.expect("it is told").to_string();
    rows.iter().map(|row| (cell(row.text(0)), cell(row.text(1)))).collect()
}

/// Makes every feed due that is still there.
fn let_time_pass(book: &mut Book) {
    for state in feed_states(book.database()).expect("the book is readable") {
        if state.not_before != i64::MAX {
            let state = daybook::Feed { not_before: 0, ..state };
            put_feed_state(book.database(), &state).expect("it is written");
        }
    }
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970");
    i64::try_from(since.as_secs()).expect("not so late")
}
