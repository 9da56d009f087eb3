//! Offices: what they are called, how high they stand, and who in them counts as a principal.

use crate::error::{Error, Kind};
use crate::table::Row;

/// How high an office stands, the highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// President of a republic, monarch, governor-general, pope.
    HeadOfState,
    /// Prime minister, chancellor; the chief of an international organisation.
    HeadOfGovernment,
    /// Minister, and whoever sits at the cabinet's table; also one elected who has not taken office.
    Minister,
    /// Adviser, ambassador, envoy, spokesperson, commander, governor, mayor.
    Official,
    /// Member or officer of a parliament, party leader.
    Legislator,
    /// Husband or wife of a head of state or government.
    Spouse,
}

/// An office, such as "Foreign Minister".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    id: String,
    display: String,
    like: String,
    rank: Rank,
    principal: bool,
}

impl Office {
    pub(crate) fn read(row: Row<'_>) -> Result<Office, Error> {
        let id = row.need("id")?;
        let like = if row.get("like").is_empty() { id } else { row.get("like") };
        Ok(Office {
            id: id.to_owned(),
            display: row.need("display")?.to_owned(),
            like: like.to_owned(),
            rank: rank(row)?,
            principal: row.get("principal") == "yes",
        })
    }

    /// An office that no table lists, as a user's own table may name one.
    pub(crate) fn unlisted(title: &str) -> Office {
        let id = title.to_lowercase().replace(char::is_whitespace, "-");
        Office { like: id.clone(), id, display: title.to_owned(), rank: Rank::Official, principal: true }
    }

    /// The key of the office in the tables: "foreign-minister".
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The office in plain words: "Foreign Minister".
    pub fn display(&self) -> &str {
        &self.display
    }

    /// How high the office stands.
    pub fn rank(&self) -> Rank {
        self.rank
    }

    /// Whether who holds it counts as a political principal.
    pub fn is_principal(&self) -> bool {
        self.principal
    }

    /// Whether both are one office under two names: the Secretary of State is a foreign minister.
    pub fn is_like(&self, other: &Office) -> bool {
        self.like == other.like
    }
}

fn rank(row: Row<'_>) -> Result<Rank, Error> {
    match row.need("rank")? {
        "head_of_state" => Ok(Rank::HeadOfState),
        "head_of_government" => Ok(Rank::HeadOfGovernment),
        "minister" => Ok(Rank::Minister),
        "official" => Ok(Rank::Official),
        "legislator" => Ok(Rank::Legislator),
        "spouse" => Ok(Rank::Spouse),
        rank => Err(row.error(
            Kind::Unknown,
            format!("`{rank}` is no rank"),
            "write head_of_state, head_of_government, minister, official, legislator or spouse",
        )),
    }
}
