//! Reads reports as JSON Lines (`id`, `published`, `text`) and prints their time phrases, spans counted in code points.
//!
//! The form is the one that the TimeML scorer reads: `{"report":{"id":…},"times":[{"span":[s,e],"type":…,"value":…}]}`.

use std::io::{BufRead, Write};

use daybook_calendar::{Context, find};
use jiff::civil::Date;
use serde_json::{Value, json};

#[allow(
    clippy::disallowed_methods,
    reason = "an example is a program, and programs own their input and output"
)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let report: Value = serde_json::from_str(&line?)?;
        let text = report["text"].as_str().unwrap_or_default();
        let published = report["published"].as_str().and_then(|day| day.parse().ok());
        writeln!(out, "{}", json!({"report": {"id": report["id"]}, "times": times(text, published)}))?;
    }
    Ok(())
}

fn times(text: &str, published: Option<Date>) -> Vec<Value> {
    let mut context = Context { published, ..Context::default() };
    let point = |byte: usize| text[..byte].chars().count();
    let phrases = find(text);
    phrases.iter().map(|phrase| {
        let found = phrase.resolve(&context);
        context.previous = found.edtf.as_ref().and_then(|e| e.day()).or(context.previous);
        json!({"span": [point(phrase.start), point(phrase.end)], "type": found.kind.as_str(), "value": found.value})
    }).collect()
}
