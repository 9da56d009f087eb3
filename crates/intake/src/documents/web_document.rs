//! Reads what a web server sent: a page, a text or a feed.

use daybook_record::Report;

use super::{feed, markdown, page};
use crate::error::{Error, Kind};
use crate::input::Encoding;

/// What of the content of the web is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WebDocument {
    Page,
    Text,
    Markdown,
    Feed,
}

/// The reports in `bytes`, each or what is wrong with it.
pub(crate) fn reports(
    kind: WebDocument,
    bytes: &[u8],
    encoding: Option<Encoding>,
) -> Result<Vec<Result<Report, Error>>, Error> {
    let declared =
        || Encoding::declared(bytes).filter(|_| matches!(kind, WebDocument::Page | WebDocument::Feed));
    let text = encoding.or_else(declared).unwrap_or_default().decode(bytes)?;
    Ok(match kind {
        WebDocument::Page => vec![Ok(page::report(&text))],
        // What others wrote has no front matter of ours.
        WebDocument::Text => vec![Ok(Report { text, ..Report::default() })],
        WebDocument::Markdown => vec![markdown::report(&text)],
        WebDocument::Feed => feed_reports(&text),
    })
}

/// The items of a feed that have a text, what is wrong with the others, and what stopped the reading of more.
pub(crate) fn feed_reports(text: &str) -> Vec<Result<Report, Error>> {
    let (reports, failure) = feed::items(text);
    reports.into_iter().map(with_text).chain(failure.map(Err)).collect()
}

fn with_text(item: Report) -> Result<Report, Error> {
    if !item.text.trim().is_empty() {
        return Ok(item);
    }
    let title = item.title.unwrap_or_default();
    let place = item.url.map(|url| format!(": get what stands at {url}")).unwrap_or_default();
    Err(Error::new(Kind::Empty, format!("the item {title:?} of the feed has no text{place}")))
}
