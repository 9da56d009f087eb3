//! States, bodies, and the words that stand for them.

use crate::error::{Error, Kind};
use crate::table::Row;

/// What a state is in international law, as far as names go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StateKind {
    /// A member of the United Nations.
    Member,
    /// A state, or a claimant to statehood, that is not a member.
    State,
    /// A territory with a code of its own.
    Territory,
    /// A state that is no more.
    Former,
}

/// A state or territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    code: String,
    kind: StateKind,
    name: String,
    capital: Option<String>,
    wikidata: Option<String>,
    leader: String,
    weight: u8,
}

impl State {
    pub(crate) fn read(row: Row<'_>) -> Result<State, Error> {
        Ok(State {
            code: row.need("code")?.to_owned(),
            kind: state_kind(row)?,
            name: row.need("name")?.to_owned(),
            capital: row.list("capital").next().map(str::to_owned),
            wikidata: some(row.get("wikidata")),
            leader: row.get("leader").to_owned(),
            weight: row.get("weight").parse().unwrap_or(0),
        })
    }

    /// The ISO 3166-1 alpha-3 code; for a state that is no more the one it had.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What the state is in international law.
    pub fn kind(&self) -> StateKind {
        self.kind
    }

    /// The usual English name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The capital, the seat of government first.
    pub fn capital(&self) -> Option<&str> {
        self.capital.as_deref()
    }

    /// The Wikidata item, as in "Q142".
    pub fn wikidata(&self) -> Option<&str> {
        self.wikidata.as_deref()
    }

    /// The id of the office that leads the state, where one does.
    pub(crate) fn leader(&self) -> &str {
        &self.leader
    }

    /// How often the state is news; two for the great powers, one for other large or much reported states.
    pub(crate) fn weight(&self) -> u8 {
        self.weight
    }
}

fn state_kind(row: Row<'_>) -> Result<StateKind, Error> {
    match row.need("kind")? {
        "member" => Ok(StateKind::Member),
        "state" => Ok(StateKind::State),
        "territory" => Ok(StateKind::Territory),
        "former" => Ok(StateKind::Former),
        kind => Err(row.error(
            Kind::Unknown,
            format!("`{kind}` is no kind of state"),
            "write member, state, territory or former",
        )),
    }
}

/// An international body, an armed or political movement, or an organ of one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    code: String,
    name: String,
    wikidata: Option<String>,
}

impl Body {
    pub(crate) fn read(row: Row<'_>) -> Result<Body, Error> {
        Ok(Body {
            code: row.need("code")?.to_owned(),
            name: row.need("name")?.to_owned(),
            wikidata: some(row.get("wikidata")),
        })
    }

    /// What stands for the body where a country's code would: "EU", "UN", "NATO"; an organ has the code of its body.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The usual English name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The Wikidata item, as in "Q458".
    pub fn wikidata(&self) -> Option<&str> {
        self.wikidata.as_deref()
    }
}

/// A building, street or department whose name stands for a state or a body: the Kremlin, Downing Street.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metonym {
    name: String,
    code: String,
}

impl Metonym {
    pub(crate) fn read(row: Row<'_>) -> Result<Metonym, Error> {
        Ok(Metonym { name: row.need("name")?.to_owned(), code: row.need("code")?.to_owned() })
    }

    /// The name as usually written, without article.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The code of the state or body that it stands for.
    pub fn code(&self) -> &str {
        &self.code
    }
}

/// An organ that every state has and whose name does not tell the state: "Foreign Ministry".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Institution {
    name: String,
    head: Option<String>,
}

impl Institution {
    pub(crate) fn read(row: Row<'_>) -> Result<Institution, Error> {
        Ok(Institution { name: row.need("name")?.to_owned(), head: some(row.get("head")) })
    }

    /// The usual name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The id of the office that heads it, where one does; see [`Office::id`](crate::Office::id).
    pub fn head(&self) -> Option<&str> {
        self.head.as_deref()
    }
}

pub(crate) fn some(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}
