//! Runs the stages of an analysis one by one, as [`Language::analyse`](crate::Language::analyse) does, so that `benches/` can
//! time each alone.

use std::ops::Range;

use crate::error::Error;
use crate::language::VOCABULARY;
use crate::network::{Encoder, Framed, LONGEST, Model, WordPieces};
use crate::segment::{Splitter, Tokenizer, paragraphs};

/// What the stages need, loaded.
pub struct Stages {
    tokenizer: Tokenizer,
    splitter: Splitter,
    pieces: WordPieces,
    encoder: Encoder,
}

/// Sentences as the network takes them.
pub struct Batch(Vec<Framed>);

impl Stages {
    /// Loads the model, which is part of the program.
    ///
    /// # Errors
    /// Where the embedded files do not fit together.
    pub fn load() -> Result<Stages, Error> {
        let (tokenizer, splitter) = (Tokenizer::new(), Splitter::new());
        Ok(Stages {
            tokenizer,
            splitter,
            pieces: WordPieces::load(VOCABULARY)?,
            encoder: Encoder::load(Model::default())?,
        })
    }

    /// The sentences of a text, each by the places of its tokens in bytes.
    pub fn sentences(&self, text: &str) -> Vec<Vec<Range<usize>>> {
        let mut sentences = Vec::new();
        for stretch in paragraphs(text) {
            let tokens = self.tokenizer.tokens(text, stretch);
            sentences.extend(
                self.splitter.sentences(text, &tokens).into_iter().map(|range| tokens[range].to_vec()),
            );
        }
        sentences
    }

    /// The wordpieces of sentences of a text.
    pub fn pieces(&self, text: &str, sentences: &[Vec<Range<usize>>]) -> Batch {
        let words = |tokens: &Vec<Range<usize>>| {
            self.pieces.frame(tokens.iter().map(|range| (&text[range.clone()], false)), LONGEST)
        };
        Batch(sentences.iter().flat_map(words).collect())
    }

    /// Puts sentences through the network; returns how many it answered for.
    ///
    /// # Errors
    /// Where the network can't be run.
    pub fn encode(&self, batch: &Batch) -> Result<usize, Error> {
        let answers =
            self.encoder.read(&batch.0, &[]).map_err(|e| Error::model(Model::default().file(), e))?;
        Ok(answers.len())
    }
}
