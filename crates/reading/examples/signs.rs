//! Prints what the screen sees of reports, one JSON line each: what the weights in `data/en/screen.toml` are fitted to.
//!
//! Usage: `cargo run --release -p daybook-reading --example signs < REPORTS.jsonl`, with `id`, `title` and `text` in each line.

#![allow(clippy::disallowed_methods, reason = "an example is a program of its own")]

use std::error::Error;
use std::io::{BufRead, Write};

use daybook_gazetteer::Gazetteer;
use daybook_language::Language;
use daybook_reading::Reader;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new(Language::load()?, Gazetteer::builtin()?, &[])?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let report: Value = serde_json::from_str(&line?)?;
        let passages = |part: &str| reader.passages(report[part].as_str().unwrap_or_default());
        writeln!(
            out,
            "{}",
            json!({"id": report["id"], "title": passages("title"), "text": passages("text")})
        )?;
    }
    Ok(())
}
