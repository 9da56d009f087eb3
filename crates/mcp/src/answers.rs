//! The JSON of entries for an assistant: in brief with their sources, or whole.

use daybook::{Brief, Entry};
use serde_json::{Value, json};

/// An entry in brief, with the reports that tell of it and their words.
pub(crate) fn brief(entry: &Entry) -> Value {
    let source = |filed: &daybook::Filed| {
        json!({
            "publisher": filed.report.publisher,
            "published": filed.report.published,
            "title": filed.report.title,
            "url": filed.report.url,
            "own_account_of": filed.report.side,
            "words": filed.words,
        })
    };
    let mut told = serde_json::to_value(Brief::of(entry)).unwrap_or_default();
    told["sources"] = entry.accounts.iter().map(source).collect();
    told["independent_sources"] = entry.credibility.sources.into();
    told
}

/// An entry with every version of every value, as `docs/entry.schema.json` describes it.
pub(crate) fn whole(entry: &Entry) -> Result<Value, String> {
    let mut out = Vec::new();
    daybook_export::entries_jsonl::write(&mut out, [entry]).map_err(|error| error.to_string())?;
    serde_json::from_slice(&out).map_err(|error| error.to_string())
}
