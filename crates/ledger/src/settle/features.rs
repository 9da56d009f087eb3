//! The features of an account by which settling compares it with others: parties, kind, days, time, place.

use daybook_record::{Account, ClockTime, Inferred, Kind, Party, PartyKind, Role, Status};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::identity::Identity;

/// What settling looks at, of one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Features {
    /// The account's id.
    pub id: String,
    /// The id of the report that it stands in.
    pub report: String,
    /// Who published the report.
    pub publisher: Option<String>,
    /// The country or body whose official publisher this is.
    pub side: Option<String>,
    /// When the report was published.
    pub published: Option<Date>,
    /// How the parties were in contact.
    pub kind: Kind,
    /// How things stand.
    pub status: Status,
    /// The principals.
    pub participants: Vec<Participant>,
    /// When.
    pub days: ContactDays,
    /// Time of day, as told.
    pub time: Option<ClockTime>,
    /// Where, as told.
    pub place: Option<String>,
    /// Several occasions told as one.
    pub aggregate: bool,
}

/// A principal, as far as settling is concerned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Whom the words mean, and for which side.
    pub identity: Identity,
    /// Person, state or body.
    pub kind: PartyKind,
    /// The name as told.
    pub name: Option<String>,
    /// The part taken.
    pub role: Role,
}

impl Participant {
    /// A party of an account with whom its words mean.
    pub fn new(party: &Party, role: Role, identity: Identity) -> Participant {
        Participant { identity, kind: party.kind, name: party.name.clone(), role }
    }

    /// For whom it stands: its side, or itself where it has none.
    pub fn side(&self) -> &str {
        self.identity.side.as_deref().unwrap_or(&self.identity.who)
    }

    /// Whether it is one person that words or the office tell.
    pub fn is_somebody(&self) -> bool {
        self.kind == PartyKind::Person && self.identity.is_known()
    }
}

/// On which days the contact can have been, as days counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ContactDays {
    /// On one day, or over a few as a visit is.
    Told {
        /// The first.
        first: i32,
        /// The last.
        last: i32,
        /// The report tells no day; it was published on this one.
        inferred: bool,
    },
    /// On some day within a time.
    Within {
        /// The first.
        first: i32,
        /// The last.
        last: i32,
    },
    /// Nobody can tell, or within so long a time that it could be many contacts.
    Unknown,
}

/// A visit or gathering may go on for so many days; what is told as longer is told vaguely.
const LONGEST_STAY: i32 = 10;
/// Within so many days a contact that is told vaguely can be one that is told exactly.
const LONGEST_GUESS: i32 = 31;
/// A contact told as held without a day was so many days before its report at most; or on the next day for another
/// publisher, where it was night between them.
const MAX_DAYS_SINCE: i32 = 7;
/// A contact told as coming without a day is so many days after its report at most.
const MAX_DAYS_UNTIL: i32 = 45;
/// The same where not even the kind is told: "they will stay in touch" announces nothing in particular.
const MAX_DAYS_UNTIL_UNSPECIFIED: i32 = 10;

impl ContactDays {
    /// The days of an account: `first` and `last` as its date tells, whether that was inferred from the day of
    /// publication, and how things stood when the report was published.
    pub fn of(
        told: Option<(Date, Date)>,
        inferred: bool,
        kind: Kind,
        status: Status,
        published: Option<Date>,
    ) -> ContactDays {
        // "For the second time this year" tells no more than that it was before the report.
        let says_little = |(first, last): (Date, Date)| {
            day_number(last) - day_number(first) > LONGEST_GUESS
                && published.is_some_and(|day| first <= day && day <= last)
        };
        match told.filter(|&days| !says_little(days)) {
            Some((first, last)) => ContactDays::told(day_number(first), day_number(last), inferred, kind),
            None => published.map_or(ContactDays::Unknown, |day| {
                ContactDays::around_publication(day_number(day), kind, status)
            }),
        }
    }

    /// The days of an account in a report of that day.
    pub fn of_account(account: &Account, published: Option<Date>) -> ContactDays {
        let told = account.date.as_ref().and_then(|d| d.value.first().zip(d.value.last()));
        let why = account.date.as_ref().and_then(|d| d.evidence.inferred.as_ref());
        let inferred = why.is_some_and(Inferred::is_publication_day);
        ContactDays::of(told, inferred, account.kind.value, account.status.value, published)
    }

    fn told(first: i32, last: i32, inferred: bool, kind: Kind) -> ContactDays {
        let stays = kind.class().lasts_days;
        match last.saturating_sub(first) {
            0 => ContactDays::Told { first, last, inferred },
            1..=LONGEST_STAY if stays => ContactDays::Told { first, last, inferred },
            1..=LONGEST_GUESS => ContactDays::Within { first, last },
            _ => ContactDays::Unknown,
        }
    }

    fn around_publication(published: i32, kind: Kind, status: Status) -> ContactDays {
        let soon = if kind == Kind::Unspecified { MAX_DAYS_UNTIL_UNSPECIFIED } else { MAX_DAYS_UNTIL };
        match status {
            Status::Held | Status::UnderWay => {
                ContactDays::Within { first: published - MAX_DAYS_SINCE, last: published + 1 }
            }
            Status::Scheduled | Status::Postponed => {
                ContactDays::Within { first: published, last: published + soon }
            }
            _ => ContactDays::Unknown,
        }
    }

    /// First and last; none where nothing is known.
    pub fn range(self) -> Option<(i32, i32)> {
        match self {
            ContactDays::Told { first, last, .. } | ContactDays::Within { first, last } => {
                Some((first, last))
            }
            ContactDays::Unknown => None,
        }
    }

    /// First and last as dates.
    pub fn dates(self) -> Option<(Date, Date)> {
        let (first, last) = self.range()?;
        day_of(first).zip(day_of(last))
    }

    /// Whether the account tells on which day or days.
    pub fn is_told(self) -> bool {
        matches!(self, ContactDays::Told { .. })
    }
}

/// Days since 1970-01-01.
pub fn day_number(day: Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.until(day).map_or(i32::MAX, |span| span.get_days())
}

/// The day so many days after 1970-01-01; none where there is no such day.
fn day_of(number: i32) -> Option<Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(number).ok()?).ok()
}

impl Features {
    /// The pairs of sides that the contact brings together, each in alphabetical order: by these, accounts that may
    /// be of the same contact are found.
    pub fn pairs(&self) -> Vec<String> {
        Features::pairs_of(&self.participants)
    }

    /// The pairs of sides of those who take part; see [`Features::pairs`].
    pub fn pairs_of(participants: &[Participant]) -> Vec<String> {
        let mut sides: Vec<&str> =
            participants.iter().filter(|t| t.identity.is_known()).map(Participant::side).collect();
        sides.sort_unstable();
        let domestic = sides.windows(2).any(|two| two[0] == two[1]);
        sides.dedup();
        sides.truncate(MOST_SIDES);
        let mut pairs = Vec::new();
        for (at, one) in sides.iter().enumerate() {
            pairs.extend(sides[at + 1..].iter().map(|other| format!("{one} {other}")));
        }
        if pairs.is_empty() && domestic {
            pairs.push(format!("{0} {0}", sides[0]));
        }
        pairs
    }
}

/// A gathering is found by any two of so many sides.
const MOST_SIDES: usize = 12;
