//! What somebody is said to have said, thought or wanted; what is doubted of it; and how sure events are.

use serde::{Deserialize, Serialize};

use crate::{Edtf, Party, Sourced, Span};

/// What somebody is said to have said, thought or wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The words that are attributed, in the order of the text.
    pub content: Vec<Span>,
    /// The words that attribute them: "said", "according to"; `None` where a quotation stands alone.
    pub cue: Option<Span>,
    /// The words for who it is attributed to; `None` where nobody is named there.
    pub source: Option<Span>,
    /// Whom these words mean, or who goes on speaking; several for a joint statement, none where it is not known.
    pub speakers: Vec<Sourced<Party>>,
    /// By whom it was passed on, nearest to the report first: "according to Interfax".
    pub relayed_by: Vec<Sourced<Party>>,
    /// Whether it was said, thought or wanted.
    pub act: Sourced<Act>,
    /// Whether it was affirmed, denied, or left unsaid.
    pub polarity: Sourced<Polarity>,
    /// The parts of the content that stand in quotation marks, marks included.
    pub quotes: Vec<Span>,
    /// To whom, as told: "reporters".
    pub addressee: Option<Sourced<String>>,
    /// In what form and on what occasion, as told: "a statement", "Twitter", "after the summit".
    pub occasions: Vec<Sourced<String>>,
    /// Where, as told.
    pub place: Option<Sourced<String>>,
    /// When.
    pub date: Option<Sourced<Edtf>>,
    /// The contacts that it bears on, by their number in [`Reading::accounts`](crate::Reading::accounts).
    pub contacts: Vec<Sourced<Tie>>,
    /// The statement whose content this one is a part of, by its number in [`Reading::statements`](crate::Reading::statements).
    pub within: Option<usize>,
}

impl Statement {
    /// Whether any of it is quoted.
    pub fn quoted(&self) -> bool {
        !self.quotes.is_empty()
    }

    /// Whether words stand in its content.
    pub fn covers(&self, words: Span) -> bool {
        self.content.iter().any(|c| c.part == words.part && c.start <= words.start && words.end <= c.end)
    }
}

/// What somebody did with a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Said, wrote, published.
    Said,
    /// Thought, knew, felt.
    Thought,
    /// Wanted, planned, promised.
    Wanted,
}

/// Which way a statement goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// The speaker stands by the content.
    Affirmed,
    /// The speaker says that it is not so.
    Denied,
    /// The speaker is said not to have said it, or refuses to.
    Declined,
}

/// How a statement bears on a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Tie {
    /// Number of the contact's account.
    pub account: usize,
    /// What the statement is to it.
    pub bearing: Bearing,
}

/// What a statement is to a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bearing {
    /// It tells of the contact: the account stands on the speaker's word.
    Tells,
    /// It was made in the contact, or is about it.
    About,
    /// It confirms that the contact took or will take place.
    Confirms,
    /// It denies the contact.
    Denies,
    /// The speaker declines to say anything of it.
    DeclinesComment,
}

/// A content that the report, or somebody in it, does not vouch for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The words of what is claimed; those for a document that claims it, where the report tells no more.
    pub content: Vec<Span>,
    /// What is held against it.
    pub doubt: Sourced<Doubt>,
    /// Who made it public.
    pub published_by: Vec<Sourced<Party>>,
    /// Who claims it.
    pub alleged_by: Vec<Sourced<Party>>,
    /// Who denies it.
    pub denied_by: Vec<Sourced<Party>>,
    /// The statements that are part of it, by their number in [`Reading::statements`](crate::Reading::statements).
    pub statements: Vec<usize>,
}

/// What is held against a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// The report calls it unverified or unconfirmed.
    Unverified,
    /// The report calls it alleged.
    Alleged,
    /// Others contradict it.
    Disputed,
    /// Somebody named denies it.
    Denied,
    /// The report calls it false.
    False,
}

written_as_in_json!(Act, Polarity, Bearing, Doubt);

/// A word that tells an event, and how far it is a fact to those who tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventMention {
    /// The word.
    pub span: Span,
    /// How factual.
    pub factuality: Factuality,
}

/// How far an event is a fact, from -3 (certainly not) over 0 (nothing is said) to 3 (certainly), in tenths.
///
/// The scale is that of FactBank (Saurí and Pustejovsky 2009) as numbers (Stanovsky et al. 2017).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Factuality {
    tenths: i8,
}

impl Factuality {
    /// From a number of the scale; what lies beyond its ends is drawn to them.
    ///
    /// ```
    /// assert_eq!(daybook_record::Factuality::new(3.4).value(), 3.0);
    /// assert_eq!(daybook_record::Factuality::new(-1.27).value(), -1.3);
    /// ```
    #[allow(clippy::cast_possible_truncation, reason = "the number lies between -30 and 30")]
    pub fn new(value: f32) -> Factuality {
        Factuality { tenths: (value.clamp(-3.0, 3.0) * 10.0).round() as i8 }
    }

    /// The number, with one digit behind the point.
    pub fn value(self) -> f64 {
        f64::from(self.tenths) / 10.0
    }

    /// The nearest label of FactBank: `CT+`, `PR+`, `PS+`, `Uu`, `PS-`, `PR-`, `CT-`.
    ///
    /// ```
    /// assert_eq!(daybook_record::Factuality::new(1.7).label(), "PR+");
    /// assert_eq!(daybook_record::Factuality::new(-2.9).label(), "CT-");
    /// ```
    pub fn label(self) -> &'static str {
        match self.tenths {
            25.. => "CT+",
            15..=24 => "PR+",
            5..=14 => "PS+",
            -4..=4 => "Uu",
            -14..=-5 => "PS-",
            -24..=-15 => "PR-",
            _ => "CT-",
        }
    }
}
