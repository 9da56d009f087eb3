//! How often what is told with a figure is right.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Error;

const WANTED: &str = "a number between 0 and 1";

/// A share between 0 and 1, in thousandths: of accounts with a confidence of .8, four in five are right.
///
/// ```
/// use daybook_record::Confidence;
/// let sure = Confidence::of(0.8764);
/// assert_eq!((sure.to_string().as_str(), sure.share()), ("0.876", 0.876));
/// assert!("0.5".parse::<Confidence>()? < sure && "1.5".parse::<Confidence>().is_err());
/// # Ok::<(), daybook_record::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(u16);

impl Confidence {
    /// Sure beyond doubt: what a person wrote down.
    pub const FULL: Confidence = Confidence(1000);

    /// The nearest thousandth of a share; what is no number counts as none.
    pub const fn of(share: f32) -> Confidence {
        Confidence((share.clamp(0.0, 1.0) * 1000.0).round() as u16)
    }

    /// From thousandths, as books keep it; more than a thousand count as that.
    pub fn from_thousandths(thousandths: u16) -> Confidence {
        Confidence(thousandths.min(1000))
    }

    /// In thousandths.
    pub fn thousandths(self) -> u16 {
        self.0
    }

    /// As a number between 0 and 1.
    pub fn share(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

impl Default for Confidence {
    fn default() -> Confidence {
        Confidence::FULL
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.share().fmt(f)
    }
}

impl TryFrom<f64> for Confidence {
    type Error = Error;

    fn try_from(share: f64) -> Result<Confidence, Error> {
        if (0.0..=1.0).contains(&share) {
            Ok(Confidence::of(share as f32))
        } else {
            Err(Error::new(&share.to_string(), WANTED))
        }
    }
}

impl FromStr for Confidence {
    type Err = Error;

    fn from_str(text: &str) -> Result<Confidence, Error> {
        let share = text.parse::<f64>().map_err(|_| Error::new(text, WANTED))?;
        Confidence::try_from(share).map_err(|_| Error::new(text, WANTED))
    }
}

impl Serialize for Confidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.share())
    }
}

impl<'de> Deserialize<'de> for Confidence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Confidence, D::Error> {
        Confidence::try_from(f64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
