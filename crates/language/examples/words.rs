//! Texts on standard input, JSON Lines with `id`, `title` and `text`, to the words of each as the program cuts them: for each
//! of title and text the sentences, each a list of `[start, end)` in code points.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "an example is a program: terminal and command line are its own"
)]

use std::io::BufRead;

use daybook_language::stages::Stages;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let stages = Stages::load()?;
    for line in std::io::stdin().lock().lines() {
        let report: Value = serde_json::from_str(&line?)?;
        let words = |field: &str| sentences(&stages, report[field].as_str().unwrap_or_default());
        println!("{}", json!({"id": report["id"], "title": words("title"), "text": words("text")}));
    }
    Ok(())
}

/// The words of a text by sentence, in code points instead of bytes.
fn sentences(stages: &Stages, text: &str) -> Vec<Vec<[usize; 2]>> {
    let mut at = vec![0; text.len() + 1];
    for (number, (byte, c)) in text.char_indices().enumerate() {
        at[byte] = number;
        at[byte + c.len_utf8()] = number + 1;
    }
    let of_sentence =
        |words: Vec<std::ops::Range<usize>>| words.iter().map(|w| [at[w.start], at[w.end]]).collect();
    stages.sentences(text).into_iter().map(of_sentence).collect()
}
