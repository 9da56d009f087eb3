//! Reads reports with other weights for frames, for cross-validation:
//! `read_with full|small WEIGHTS.onnx META.json readings|pairs < REPORTS.jsonl`.
//!
//! What comes out, a line a report: readings with their explanations, or the pairs of tellings that may be of one occasion.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "an example is a program: terminal, files and command line are its own"
)]

use std::io::BufRead;

use daybook::{Model, Part, Reader, Report, Span};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wanted = "wanted: full|small WEIGHTS.onnx META.json readings|pairs";
    let [model, weights, meta, what] = &arguments[..] else { return Err(wanted.into()) };
    let model = if model == "small" { Model::Small } else { Model::Full };
    let reader = Reader::with_frames(model, std::fs::read(weights)?, &std::fs::read_to_string(meta)?)?;
    for line in std::io::stdin().lock().lines() {
        let report = report(&serde_json::from_str(&line?)?);
        match what.as_str() {
            "pairs" => println!("{}", pairs(&reader, &report)),
            _ => println!("{}", daybook_export::json::line(&report, &reader.explain(&report), None)),
        }
    }
    Ok(())
}

fn report(row: &Value) -> Report {
    let text = |field: &str| row[field].as_str().map(str::to_string);
    Report {
        id: text("id").unwrap_or_default(),
        published: text("published").and_then(|day| day.parse().ok()),
        title: text("title"),
        publisher: text("publisher"),
        url: text("url"),
        text: text("text").unwrap_or_default(),
    }
}

/// Where the triggers of each pair stand, in characters, and what is seen of the two.
fn pairs(reader: &Reader, report: &Report) -> Value {
    let chars = |text: &str, byte: usize| text[..byte].chars().count();
    let place = |span: &Span| {
        let (name, text) = match span.part {
            Part::Title => ("title", report.title.as_deref().unwrap_or_default()),
            Part::Text => ("text", report.text.as_str()),
        };
        json!([name, chars(text, span.start), chars(text, span.end)])
    };
    let pair = |pair: &daybook::TellingPair| {
        let signs: serde_json::Map<String, Value> =
            pair.signs.iter().map(|(name, value)| (name.to_string(), json!(value))).collect();
        json!({"triggers": pair.triggers.iter().map(place).collect::<Vec<_>>(), "signs": signs})
    };
    json!({"id": report.id, "pairs": reader.pairs(report).iter().map(pair).collect::<Vec<_>>()})
}
