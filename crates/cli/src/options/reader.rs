//! The model, rules and tables of office holders with which reports are read.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use daybook::Reader;

use crate::failure::Failure;
use crate::inputs;

/// With what reports are read.
#[derive(Args)]
pub(crate) struct ReaderOptions {
    /// A folder of rules (.toml) to add to the built-in ones
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Which model reads the sentences
    #[arg(long, value_enum, default_value_t = Model::Full)]
    model: Model,
}

impl ReaderOptions {
    /// A reader that also knows these tables of office holders, each by file name and text.
    pub(crate) fn reader(&self, who: &[(String, String)]) -> Result<Reader, Failure> {
        let rules = self.rules.as_deref().map(inputs::rule_files).transpose().map_err(Failure::Usage)?;
        Reader::with_model(self.model.into(), who, &rules.unwrap_or_default()).map_err(Failure::usage)
    }
}

/// The models that come with the program.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Model {
    /// 6-layer model
    Full,
    /// 3-layer model distilled from the full one: faster, weaker at attributing statements
    Small,
}

impl From<Model> for daybook::Model {
    fn from(model: Model) -> daybook::Model {
        match model {
            Model::Full => daybook::Model::Full,
            Model::Small => daybook::Model::Small,
        }
    }
}
