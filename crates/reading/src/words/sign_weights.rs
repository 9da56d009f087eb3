//! What signs weigh, as logistic regressions on annotated texts found it.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The weights of a logistic regression, in natural logarithms of odds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignWeights {
    /// What there is without any sign.
    pub intercept: f32,
    /// Each sign, times its value.
    signs: BTreeMap<String, f32>,
}

impl SignWeights {
    /// The weight of a sign; nothing where none is listed.
    pub fn of(&self, sign: &str) -> f32 {
        self.signs.get(sign).copied().unwrap_or(0.0)
    }
}
