//! The HTTP errors of the API, described once for each kind of question.

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

/// Kinds of questions, each with the statuses that its answers can have.
macro_rules! http_errors {
    ($($(#[$doc:meta])* $kind:ident: $($status:literal),+;)+) => {$(
        $(#[$doc])*
        pub(super) struct $kind;

        impl IntoResponses for $kind {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                [$($status),+].into_iter().map(|status: u16| (status.to_string(), told(status).into())).collect()
            }
        }
    )+};
}

http_errors! {
    /// Of questions that name nobody.
    OfQuestions: 304, 400, 503;
    /// Of questions for one thing by its id.
    OfIds: 304, 400, 404, 503;
    /// Of questions in which parties are named.
    OfNames: 304, 400, 404, 409, 503;
    /// Of texts that are sent.
    OfTexts: 400, 413, 415, 503;
    /// Of what writes.
    OfWriting: 400, 401, 403, 404, 413, 415, 503;
}

/// What a status means; all but 304 come with a problem.
fn told(status: u16) -> Response {
    let words = match status {
        304 => "Nothing has changed since the answer with this tag",
        400 => "The request can't be understood",
        401 => "A token is needed",
        403 => "Writing is off",
        404 => "There is nothing of this id, or nobody of this name",
        409 => "A name may mean several",
        413 => "The body is too large",
        415 => "The body is no JSON",
        _ => "It took too long, or another program is writing",
    };
    let response = ResponseBuilder::new().description(words);
    if status == 304 {
        return response.build();
    }
    let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    response.content("application/problem+json", problem).build()
}
