//! Text on standard input to CoNLL-U on standard output; with `--conllu`, given words to new annotation.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "an example is a program: terminal, clock and command line are its own"
)]

use std::io::Read;

use daybook_language::{Language, conllu};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let start = std::time::Instant::now();
    let language = Language::load()?;
    eprintln!("loaded in {:?}", start.elapsed());
    let start = std::time::Instant::now();
    let (analysis, printed) = if std::env::args().any(|a| a == "--conllu") {
        let given = conllu::read(&input)?;
        // A hundred sentences at a time are about one long article.
        let parts: Vec<_> = given.chunks(100).map(|part| (part, reannotate(&language, part))).collect();
        let printed: String =
            parts.iter().map(|(given, analysis)| conllu::rewrite(given, analysis)).collect();
        (parts.into_iter().map(|(_, analysis)| analysis).collect(), printed)
    } else {
        let analysis = language.analyse(&input);
        let printed = conllu::write(&analysis);
        (vec![analysis], printed)
    };
    let words: usize = analysis.iter().flat_map(|a| &a.sentences).map(|s| s.tokens.len()).sum();
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("{words} words in {seconds:.2} s, {:.0} a second", words as f64 / seconds);
    print!("{printed}");
    Ok(())
}

fn reannotate(language: &Language, given: &[conllu::Given]) -> daybook_language::Analysis {
    language.reannotate(&given.iter().map(|g| g.words.clone()).collect::<Vec<_>>())
}
