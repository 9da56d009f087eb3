//! Fetches feeds over HTTP, heeding `robots.txt`, `Retry-After` and cache headers.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ureq::http::Response;
use ureq::http::header::{ETAG, HeaderName, LAST_MODIFIED, LOCATION, RETRY_AFTER};
use ureq::{Agent, Body};

use super::address::Address;
use super::robots::Robots;
use super::schedule::{self, Clock, DAY};

/// A feed may have so many bytes, unpacked.
const MOST_BYTES: u64 = 16 << 20;
/// So much of a `robots.txt` is read, which RFC 9309 has as the least that must be.
const MOST_OF_ROBOTS: u64 = 500 << 10;
/// So many redirects are followed, which RFC 9309 has as the least for a `robots.txt`.
const MOST_REDIRECTS: usize = 5;
/// Answers longer than this in their heads come from no usual server.
const MOST_HEAD_BYTES: usize = 64 << 10;
const ACCEPTED: &str = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, \
                        text/xml;q=0.9, application/json;q=0.8, */*;q=0.1";

/// What came of asking for a feed.
pub(super) enum Fetched {
    /// A version that may be new.
    Fresh(Box<Fresh>),
    /// The version that was read last.
    Unchanged { moved: Option<Address> },
    /// There is no such feed any more.
    Gone(String),
    /// The host asks programs not to fetch it.
    Forbidden(String),
    /// It could not be had this time; the host may ask for a while of rest.
    Failed { why: String, asked: Option<Duration> },
}

/// A version of a feed as its host gave it.
pub(super) struct Fresh {
    pub(super) bytes: Vec<u8>,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    /// Where it was found in the end.
    pub(super) found: Address,
    /// Where it is from now on, where its host said so.
    pub(super) moved: Option<Address>,
}

/// Who asks: the program's only way to the network.
pub(super) struct Fetcher {
    agent: Agent,
    clock: Clock,
    /// What each host asks for, and until when that is not asked again.
    robots: Mutex<BTreeMap<String, (Arc<Robots>, i64)>>,
}

type Answer = Response<Body>;

impl Fetcher {
    /// `user_agent` is how the program gives its name, `timeout` is for each request from its beginning to its end.
    pub(super) fn new(user_agent: &str, timeout: Duration, clock: Clock) -> Fetcher {
        let config = Agent::config_builder()
            .user_agent(user_agent)
            .accept(ACCEPTED)
            .timeout_global(Some(timeout))
            .max_response_header_size(MOST_HEAD_BYTES)
            .max_redirects(0)
            .http_status_as_error(false)
            .build();
        Fetcher { agent: config.new_agent(), clock, robots: Mutex::default() }
    }

    /// Asks for a feed, of which the version is known that `state` describes.
    pub(super) fn feed(&self, address: &Address, state: &daybook::Feed) -> Fetched {
        let known = [("If-None-Match", &state.etag), ("If-Modified-Since", &state.last_modified)];
        let headers: Vec<(&str, &str)> =
            known.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))).collect();
        let mut at = address.clone();
        let mut moved = None;
        let mut is_for_good = true;
        for _ in 0..=MOST_REDIRECTS {
            let answer = match self.allowed(&at).and_then(|()| self.ask(&at, &headers)) {
                Ok(answer) => answer,
                Err(fetched) => return fetched,
            };
            let status = answer.status().as_u16();
            if !matches!(status, 301 | 302 | 303 | 307 | 308) {
                return self.fetched(answer, at, moved);
            }
            at = match target(&at, &answer) {
                Ok(target) => target,
                Err(why) => return failure(why),
            };
            is_for_good &= matches!(status, 301 | 308);
            moved = if is_for_good { Some(at.clone()) } else { moved };
        }
        failure(format!("is redirected more than {MOST_REDIRECTS} times"))
    }

    fn fetched(&self, mut answer: Answer, found: Address, moved: Option<Address>) -> Fetched {
        let status = answer.status();
        match status.as_u16() {
            200 => match bounded(&mut answer) {
                Ok(bytes) => {
                    let (etag, last_modified) = (header(&answer, &ETAG), header(&answer, &LAST_MODIFIED));
                    Fetched::Fresh(Box::new(Fresh { bytes, etag, last_modified, found, moved }))
                }
                Err(why) => failure(why),
            },
            304 => Fetched::Unchanged { moved },
            410 => Fetched::Gone(format!("the host answers {status}")),
            _ => {
                let asked = header(&answer, &RETRY_AFTER)
                    .and_then(|retry_after| schedule::asked(&retry_after, (self.clock)()));
                Fetched::Failed { why: format!("the host answers {status}"), asked }
            }
        }
    }

    /// How long the host of an address asks to be left alone between two requests, as far as that is known.
    pub(super) fn delay(&self, site: &str) -> Option<Duration> {
        let known = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(site).and_then(|(robots, _)| robots.delay())
    }

    fn allowed(&self, address: &Address) -> Result<(), Fetched> {
        if self.robots(&address.site())?.allows(&address.path()) {
            return Ok(());
        }
        Err(Fetched::Forbidden(format!("{}/robots.txt asks programs not to fetch {address}", address.site())))
    }

    /// What a host asks for, from what is known or from the host. A host that can't say it is left alone.
    fn robots(&self, site: &str) -> Result<Arc<Robots>, Fetched> {
        let now = (self.clock)();
        let known = || self.robots.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((robots, _)) = known().get(site).filter(|(_, until)| now < *until) {
            return Ok(robots.clone());
        }
        let robots = Arc::new(self.robots_of_host(site)?);
        known().insert(site.to_string(), (robots.clone(), schedule::later(now, DAY)));
        Ok(robots)
    }

    fn robots_of_host(&self, site: &str) -> Result<Robots, Fetched> {
        let mut at = Address::parse(&format!("{site}/robots.txt")).map_err(failure)?;
        for _ in 0..=MOST_REDIRECTS {
            let mut answer = self.ask(&at, &[])?;
            match answer.status().as_u16() {
                200..=299 => {
                    return Ok(Robots::read(&beginning(&mut answer, MOST_OF_ROBOTS).map_err(failure)?));
                }
                301 | 302 | 303 | 307 | 308 => match target(&at, &answer) {
                    Ok(target) => at = target,
                    Err(_) => return Ok(Robots::default()),
                },
                429 | 500.. => {
                    let asked = header(&answer, &RETRY_AFTER)
                        .and_then(|value| schedule::asked(&value, (self.clock)()));
                    let why = format!("the host answers {} for its robots.txt", answer.status());
                    return Err(Fetched::Failed { why, asked });
                }
                _ => return Ok(Robots::default()),
            }
        }
        // RFC 9309: what is redirected on and on counts as not there.
        Ok(Robots::default())
    }

    fn ask(&self, address: &Address, headers: &[(&str, &str)]) -> Result<Answer, Fetched> {
        let request = self.agent.get(address.as_str());
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request.call().map_err(|error| failure(format!("{address} can't be fetched: {error}")))
    }
}

fn failure(why: impl Into<String>) -> Fetched {
    Fetched::Failed { why: why.into(), asked: None }
}

/// Where a redirect leads to.
fn target(from: &Address, answer: &Answer) -> Result<Address, String> {
    let location = header(answer, &LOCATION).unwrap_or_default();
    from.join(&location)
        .filter(|_| !location.is_empty())
        .ok_or_else(|| format!("is redirected to {location:?}, which is no address of the web"))
}

fn header(answer: &Answer, name: &HeaderName) -> Option<String> {
    answer.headers().get(name)?.to_str().ok().map(str::to_string)
}

/// The whole body, unpacked; never more than the limit of it is unpacked.
fn bounded(answer: &mut Answer) -> Result<Vec<u8>, String> {
    let bytes = beginning(answer, MOST_BYTES + 1)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(format!("is longer than {} MiB, which no feed should be", MOST_BYTES >> 20));
    }
    Ok(bytes)
}

fn beginning(answer: &mut Answer, most: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let reader = answer.body_mut().with_config().limit(u64::MAX).reader();
    reader.take(most).read_to_end(&mut bytes).map_err(|error| format!("breaks off: {error}"))?;
    Ok(bytes)
}
