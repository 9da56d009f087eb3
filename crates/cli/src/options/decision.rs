//! Who decides something of the book, and why.

use clap::Args;

/// Who decides, and why; both are kept in the book.
#[derive(Args)]
pub(crate) struct Reason {
    /// Who decides this
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: Option<String>,
}
