//! How sure it must be that a contact is read rightly.

use clap::Args;
use daybook::{Confidence, DEFAULT_MIN_CONFIDENCE, Reading};

/// How sure it must be that a contact is read rightly.
#[derive(Args)]
pub(crate) struct ConfidenceOptions {
    /// Leave out contacts whose confidence is lower: a number between 0 and 1
    #[arg(long, value_name = "SHARE", default_value_t = DEFAULT_MIN_CONFIDENCE)]
    min_confidence: Confidence,
}

impl ConfidenceOptions {
    /// A reading without the contacts that are to be left out.
    pub(crate) fn kept(&self, reading: Reading) -> Reading {
        reading.keep_confident(self.min_confidence)
    }
}
