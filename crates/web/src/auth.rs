//! Checks who may read and write, and sets the security headers for browsers.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::problem::Problem;

/// What a browser is told with every answer: nothing of this site comes from elsewhere, and nothing runs that is not a
/// file of it, whatever a report holds.
const HEADERS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Who may do what.
#[derive(Clone)]
pub(crate) struct Guard {
    /// The token is kept as its digest alone, which has the same length whatever is compared with it.
    token: Option<[u8; 32]>,
    /// Reading needs no token.
    open: bool,
    /// The server is reached by the machine's own users alone.
    loopback: bool,
}

impl Guard {
    /// Reading is open on a loopback address, or where everybody may read.
    pub(crate) fn new(token: Option<&str>, loopback: bool, public_read: bool) -> Guard {
        Guard { token: token.map(digest), open: loopback || public_read, loopback }
    }

    /// Whether the request brings the token, as `Authorization: Bearer …` or as the password of a browser.
    fn is_known(&self, headers: &HeaderMap) -> bool {
        credentials(headers).is_some_and(|(token, _)| self.is_token(&token))
    }

    fn is_token(&self, given: &str) -> bool {
        self.token.is_some_and(|token| bool::from(token.ct_eq(&digest(given))))
    }

    /// Whether anybody may write.
    pub(crate) fn can_write(&self) -> bool {
        self.token.is_some()
    }

    /// Lets a writer in: by `Authorization`, or by a form that holds the token.
    ///
    /// What a browser sends by itself, as a password that it was once given, counts only from pages of this site.
    pub(crate) fn writer(&self, headers: &HeaderMap, in_form: Option<&str>) -> Result<(), Problem> {
        if self.token.is_none() {
            return Err(Problem::forbidden("writing is off; start the server with a token to allow it"));
        }
        if in_form.is_some_and(|token| self.is_token(token)) {
            return Ok(());
        }
        match credentials(headers).filter(|(token, _)| self.is_token(token)) {
            Some((_, Scheme::Bearer)) => Ok(()),
            Some((_, Scheme::Basic)) if comes_from_here(headers) => Ok(()),
            Some(_) => Err(Problem::forbidden("the request comes from another site")),
            // A browser that is asked for a password shows no page.
            None if in_form.is_some() => Err(Problem::forbidden("wrong token")),
            None => Err(Problem::unauthorized("give the token, as Authorization: Bearer …")),
        }
    }

    /// A page on another site must not reach a server on the reader's own machine under a name of its own.
    fn has_own_name(&self, headers: &HeaderMap) -> bool {
        if !self.loopback {
            return true;
        }
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let name =
            host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')).map_or(host, |(name, _)| name);
        let name = name.trim_start_matches('[').trim_end_matches(']');
        name.eq_ignore_ascii_case("localhost") || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
    }
}

#[derive(Clone, Copy)]
enum Scheme {
    Bearer,
    Basic,
}

/// The token of a request.
fn credentials(headers: &HeaderMap) -> Option<(String, Scheme)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = value.split_once(' ')?;
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => Some((rest.trim().to_string(), Scheme::Bearer)),
        "basic" => {
            let bytes = data_encoding::BASE64.decode(rest.trim().as_bytes()).ok()?;
            let text = String::from_utf8(bytes).ok()?;
            Some((text.split_once(':')?.1.to_string(), Scheme::Basic))
        }
        _ => None,
    }
}

/// Whether a browser says that the request was made by a page of this site.
fn comes_from_here(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let site = text(HeaderName::from_static("sec-fetch-site"));
    let origin = text(header::ORIGIN).and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    match (site, origin) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => Some(origin) == text(header::HOST),
        (None, None) => false,
    }
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Refuses readers who may not read, and adds to each answer the headers for browsers.
pub(crate) async fn check(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let headers = request.headers();
    let refused = if !guard.has_own_name(headers) {
        Some(Problem::forbidden("this server answers to the names of this machine alone"))
    } else if !guard.open && !guard.is_known(headers) && request.uri().path() != "/healthz" {
        Some(Problem::unauthorized("give the token as password, or as Authorization: Bearer …"))
    } else {
        None
    };
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let mut response = match refused {
        Some(problem) if api => problem.as_json(),
        Some(problem) => problem.as_page(),
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let cache = if reads && guard.open { "no-cache" } else { "no-store" };
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(cache));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a header"))
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn a_token_opens_and_another_does_not() {
        let guard = Guard::new(Some("secret"), false, false);
        let check = |pairs: &[(&'static str, &str)], known: bool| {
            assert_eq!(guard.is_known(&headers(pairs)), known, "{pairs:?}");
        };
        check(&[("authorization", "Bearer secret")], true);
        check(&[("authorization", "bearer secret")], true);
        check(&[("authorization", "Basic eDpzZWNyZXQ=")], true);
        check(&[("authorization", "Bearer Secret")], false);
        check(&[("authorization", "Bearer ")], false);
        check(&[("authorization", "Basic secret")], false);
        check(&[], false);
        assert!(!Guard::new(None, false, false).is_known(&headers(&[("authorization", "Bearer ")])));
    }

    #[test]
    fn a_browser_writes_only_from_pages_of_this_site() {
        let guard = Guard::new(Some("secret"), true, false);
        let check = |pairs: &[(&'static str, &str)], status: Option<u16>| {
            let answer = guard.writer(&headers(pairs), None).err().map(|problem| problem.status().as_u16());
            assert_eq!(answer, status, "{pairs:?}");
        };
        let basic = ("authorization", "Basic eDpzZWNyZXQ=");
        check(&[basic, ("sec-fetch-site", "same-origin")], None);
        check(&[basic, ("sec-fetch-site", "cross-site")], Some(403));
        check(&[basic, ("origin", "http://localhost:8000"), ("host", "localhost:8000")], None);
        check(&[basic, ("origin", "http://elsewhere.example"), ("host", "localhost:8000")], Some(403));
        check(&[basic], Some(403));
        check(&[("authorization", "Bearer secret")], None);
        check(&[], Some(401));
        assert!(guard.writer(&headers(&[]), Some("secret")).is_ok());
        assert!(guard.writer(&headers(&[]), Some("")).is_err());
        assert_eq!(
            Guard::new(None, true, true).writer(&headers(&[]), Some("")).map_err(|p| p.status().as_u16()),
            Err(403)
        );
    }

    #[test]
    fn a_server_on_loopback_answers_to_no_other_name() {
        let guard = Guard::new(None, true, false);
        let check = |host: &str, own: bool| {
            assert_eq!(guard.has_own_name(&headers(&[("host", host)])), own, "{host}");
        };
        check("localhost:8000", true);
        check("127.0.0.1:8000", true);
        check("127.0.0.1", true);
        check("[::1]:8000", true);
        check("[::1]", true);
        check("rebound.example:8000", false);
        check("", false);
        assert!(Guard::new(None, false, true).has_own_name(&headers(&[("host", "book.example")])));
    }
}
