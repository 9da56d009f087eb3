//! Error answers: RFC 9457 problem details for programs, a page for people.

use askama::Template;
use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use daybook::{BookError, Candidate, UnresolvedName};
use serde::Serialize;
use utoipa::ToSchema;

/// The kinds of problems, as the page on the API tells them.
pub(crate) const KINDS: [(&str, &str); 10] = [
    ("request", "The request can't be understood; `detail` says what to mend."),
    ("missing", "There is nothing at this address, or nobody is known by a name."),
    ("ambiguous", "A name may mean several; `candidates` are whom."),
    ("token", "A token is needed, as `Authorization: Bearer …`."),
    ("forbidden", "Writing is off, or the request comes from elsewhere."),
    ("method", "The address does not take this method."),
    ("too-large", "The body is larger than allowed."),
    ("media-type", "The body is of a kind that is not read here."),
    ("too-slow", "Answering took longer than allowed, or another program is writing."),
    ("failed", "A mistake of the program's own, or a damaged book."),
];

/// Why a request could not be answered.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// What kind of problem it is: a path below the API's description.
    #[serde(rename = "type")]
    #[schema(rename = "type")]
    kind: String,
    /// The same in words.
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// What is wrong with this request, and the remedy.
    detail: String,
    /// Whom a name may mean, where it may mean several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) candidates: Vec<Named>,
}

/// Somebody, or a country or body, whom a name may mean.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Named {
    /// By this it can be asked for without doubt.
    pub(crate) party: String,
    /// The name.
    pub(crate) name: String,
    /// The office, or what else there is to tell.
    pub(crate) described: String,
}

impl From<Candidate> for Named {
    fn from(candidate: Candidate) -> Named {
        Named { party: candidate.party, name: candidate.name, described: candidate.described }
    }
}

impl Problem {
    fn new(status: StatusCode, kind: &str, title: &'static str, detail: impl Into<String>) -> Problem {
        Problem {
            kind: format!("/api#{kind}"),
            title,
            status: status.as_u16(),
            detail: detail.into(),
            candidates: Vec::new(),
        }
    }

    /// A request that can't be understood.
    pub(crate) fn request(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "request", "The request can't be understood", detail)
    }

    /// Nothing is there.
    pub(crate) fn missing(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "missing", "There is nothing here", detail)
    }

    /// An entry that is not there, or an id that means none.
    pub(crate) fn of_entry(error: BookError) -> Problem {
        if error.is_usage() { Problem::missing(error.message()) } else { error.into() }
    }

    /// A name that means nobody, or may mean several.
    fn unresolved(name: &UnresolvedName) -> Problem {
        match name {
            UnresolvedName::Unknown { name: unknown, .. } => {
                Problem::missing(format!("nobody is known as “{unknown}”{}", name.did_you_mean()))
            }
            UnresolvedName::Ambiguous { name, candidates } => {
                let detail = format!("“{name}” may be several; take one of the candidates");
                let problem =
                    Problem::new(StatusCode::CONFLICT, "ambiguous", "A name may mean several", detail);
                Problem { candidates: candidates.iter().cloned().map(Named::from).collect(), ..problem }
            }
        }
    }

    /// No token, or a wrong one.
    pub(crate) fn unauthorized(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "token", "A token is needed", detail)
    }

    /// A way in that is shut.
    pub(crate) fn forbidden(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::FORBIDDEN, "forbidden", "This is not allowed", detail)
    }

    /// Answering took too long.
    pub(crate) fn too_slow(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too-slow", "It took too long", detail)
    }

    /// The body of a request is larger than allowed.
    pub(crate) fn too_large(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The request is too large", detail)
    }

    /// A body of a kind that is not read.
    pub(crate) fn unsupported(detail: impl Into<String>) -> Problem {
        Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "media-type",
            "The body is of a kind that is not read here",
            detail,
        )
    }

    /// A method that the address does not know.
    pub(crate) fn method() -> Problem {
        Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method",
            "This can't be done here",
            "the address does not take this method",
        )
    }

    /// The server is on its way down.
    pub(crate) fn stopping() -> Problem {
        Problem::too_slow("the server is stopping")
    }

    /// A mistake of the program's own, of which nothing is told outside.
    pub(crate) fn failed() -> Problem {
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "failed",
            "Answering failed",
            "this is a mistake in Daybook, or the book is damaged; the log says more",
        )
    }

    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The answer for a program.
    pub(crate) fn as_json(&self) -> Response {
        let mut response = (self.status(), Json(self)).into_response();
        let kind = header::HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        challenge(self.status(), response.headers_mut());
        response
    }

    /// The answer for a person.
    pub(crate) fn as_page(&self) -> Response {
        let page = ProblemPage { problem: self };
        let Ok(text) = page.render() else { return self.status().into_response() };
        let mut response = (self.status(), Html(text)).into_response();
        challenge(self.status(), response.headers_mut());
        response
    }
}

/// A browser asks its user for the token, and sends it as the password.
fn challenge(status: StatusCode, headers: &mut HeaderMap) {
    if status == StatusCode::UNAUTHORIZED {
        let value = header::HeaderValue::from_static("Basic realm=\"daybook\", charset=\"UTF-8\"");
        headers.insert(header::WWW_AUTHENTICATE, value);
    }
}

/// Pages are the rule; the API says [`Problem::as_json`] itself.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.as_page()
    }
}

impl From<BookError> for Problem {
    fn from(error: BookError) -> Problem {
        if let Some(name) = error.unresolved_name() {
            return Problem::unresolved(name);
        }
        if error.is_usage() || error.is_refused() {
            return Problem::request(error.message());
        }
        if error.is_too_slow() || error.is_busy() {
            return Problem::too_slow(error.message());
        }
        log::error!("{error}");
        Problem::failed()
    }
}

impl From<askama::Error> for Problem {
    fn from(error: askama::Error) -> Problem {
        log::error!("{error}");
        Problem::failed()
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    problem: &'a Problem,
}
