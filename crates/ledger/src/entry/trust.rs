//! Ranks accounts by whose word is trusted more, where they differ.
//!
//! The order, for one value of an entry:
//! 1. a publisher whom the user distrusts comes after all others;
//! 2. what words state, before what was inferred;
//! 3. a side's own account of its own acts; then officials who are named; then the reporter's own voice; then sources
//!    that are not named;
//! 4. a publisher to whom the user gives more weight;
//! 5. what was published earlier, and then the smaller id, so that the order never depends on chance.
//!
//! [`crate::entry::values`] adds to it that of two dates, places or lengths that agree the more exact one is chosen, and that
//! how things stand is told by the latest.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use daybook_record::{Evidence, Filed};
use jiff::civil::Date;
use serde::Deserialize;

use crate::error::Error;

/// What a user holds of publishers.
///
/// ```
/// use daybook_ledger::Trust;
/// let trust = Trust::read("trust.toml", "[weights]\n\"The Example Times\" = 2\n[sides]\n\"press.example.org\" = \"GBR\"\n")?;
/// assert_eq!(trust.weight(Some("the example times")), 2);
/// assert_eq!(trust.side(None, Some("https://press.example.org/a")), Some("GBR"));
/// assert!(Trust::read("trust.toml", "[weight]").is_err());
/// # Ok::<(), daybook_ledger::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    /// How much a publisher's word weighs: 0 if not told, more goes before less, below 0 is distrusted.
    #[serde(default)]
    weights: BTreeMap<String, i64>,
    /// Publishers, by name or by the host of their addresses, that are official ones of a country or body.
    #[serde(default)]
    sides: BTreeMap<String, String>,
}

impl Trust {
    /// Reads `trust.toml`; `name` stands in messages.
    ///
    /// # Errors
    /// What the file holds that it should not, with the line.
    pub fn read(name: &str, text: &str) -> Result<Trust, Error> {
        let lower =
            |map: BTreeMap<String, _>| map.into_iter().map(|(key, v)| (key.to_lowercase(), v)).collect();
        let trust: Trust = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].lines().count().max(1));
            Error::usage(format!(
                "{name}:{line}: {}; write [weights] with \"publisher\" = number, and [sides] with \"publisher or host\" = \"country code\"",
                error.message()
            ))
        })?;
        let sides = trust.sides.into_iter().map(|(key, side)| (key.to_lowercase(), side)).collect();
        Ok(Trust { weights: lower(trust.weights), sides })
    }

    /// How much a publisher's word weighs.
    pub fn weight(&self, publisher: Option<&str>) -> i64 {
        publisher.and_then(|p| self.weights.get(&p.to_lowercase())).copied().unwrap_or(0)
    }

    /// The side whose official publisher the user says this is, by name or by the host of its address.
    pub fn side(&self, publisher: Option<&str>, url: Option<&str>) -> Option<&str> {
        let by_name = publisher.and_then(|p| self.sides.get(&p.to_lowercase()));
        by_name.or_else(|| self.sides.get(daybook_gazetteer::host_of(url?)?)).map(String::as_str)
    }

    /// Where an account's word for a value stands among others; the smallest goes first.
    pub(crate) fn rank<'a>(&self, filed: &'a Filed, evidence: &Evidence, sides: &[&str]) -> Rank<'a> {
        let weight = self.weight(filed.report.publisher.as_deref());
        let inferred = evidence.inferred.is_some();
        Rank(
            (weight < 0, inferred, voice(filed, sides), Reverse(weight)),
            (filed.report.published.is_none(), filed.report.published, &filed.id),
        )
    }
}

/// Where a word stands among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank<'a>((bool, bool, Voice, Reverse<i64>), (bool, Option<Date>, &'a str));

impl Rank<'_> {
    pub(crate) fn voice(self) -> Voice {
        self.0.2
    }
}

/// On whose word an account stands, the most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Voice {
    /// A side on its own acts.
    OwnSide,
    /// An official or office that is named.
    Named,
    /// The reporter.
    Reporter,
    /// "A senior official", "people familiar with the matter".
    Unnamed,
}

impl Voice {
    /// As it is given for a reason.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Voice::OwnSide => "a side's own account",
            Voice::Named => "on the word of a named official",
            Voice::Reporter => "the reporter's own voice",
            Voice::Unnamed => "on the word of sources that are not named",
        }
    }
}

/// On whose word an account stands, of a contact of those sides.
fn voice(filed: &Filed, sides: &[&str]) -> Voice {
    let own = filed.report.side.as_deref().is_some_and(|side| sides.contains(&side));
    let on_the_word_of = &filed.account.according_to;
    match (own, filed.report.side.is_some(), on_the_word_of.is_empty()) {
        (true, ..) => Voice::OwnSide,
        (_, true, _) => Voice::Named,
        (_, _, true) => Voice::Reporter,
        _ if on_the_word_of.iter().any(|s| is_named(&s.value)) => Voice::Named,
        _ => Voice::Unnamed,
    }
}

/// Whether words name somebody: there is a name in them, which English writes with a capital.
fn is_named(words: &str) -> bool {
    words.split_whitespace().any(|word| word != "A" && word != "The" && word.starts_with(char::is_uppercase))
}
