//! An account with whom its words for people and states mean.

use daybook_record::Filed;
use serde::{Deserialize, Serialize};

use crate::identity::Identity;

/// An account with whom its words mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identified {
    /// The account.
    pub filed: Filed,
    /// Whom its parties mean, one for each.
    pub parties: Vec<Identity>,
    /// Whom those present mean, one for each.
    pub present: Vec<Identity>,
    /// The country in which the place is, where the tables know it.
    pub place_side: Option<String>,
}
