//! What can be told at all: `schema/events.toml`, read once and asked by everything that names a class of event.
//!
//! A class is a row of that file. The program is built with the file of this repository; whoever embeds it may [install]
//! another one that has more rows, before anything is read.
//!
//! [install]: Schema::install

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::{Certainty, Error, Status};

/// The file that the program is built with.
const BUILT_IN: &str = include_str!("../../../schema/events.toml");

/// The classes of contacts that the code knows by name, as [`crate::Kind`] has them.
const KNOWN_KINDS: [&str; 8] =
    ["call", "video_call", "meeting", "visit", "gathering", "letter", "message", "unspecified"];

static CURRENT: OnceLock<Schema> = OnceLock::new();

/// All that can be told: families of classes, their classes, and the attributes of these.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    #[serde(rename = "family")]
    families: Vec<Family>,
    #[serde(rename = "attribute")]
    attributes: Vec<Attribute>,
    #[serde(rename = "class")]
    classes: Vec<Class>,
    /// Where the classes of contacts stand among the classes.
    #[serde(skip)]
    contacts: Vec<usize>,
    /// For each pair of contacts how well they agree, asked for every pair of accounts.
    #[serde(skip)]
    agreement: Vec<Option<u32>>,
}

/// What the classes of one family have in common.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// Its name: `contact`.
    pub name: String,
    /// What belongs to it, in a sentence.
    pub about: String,
    /// How many sides a rule must be able to fill.
    pub sides: Sides,
    /// The attributes that a rule may set, by name.
    pub attributes: Vec<String>,
    /// Who takes part, and as what.
    #[serde(rename = "role")]
    pub roles: Vec<EventRole>,
}

/// How many sides a rule of a family must be able to fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sides {
    /// Both, or all parties at once.
    Two,
    /// None: its classes have no sides.
    None,
}

/// A part in an event that words can fill.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventRole {
    /// Its name, as rules capture it: `initiator`.
    pub name: String,
    /// On which side whoever fills it stands.
    pub side: Side,
    /// What may fill it.
    pub filled_by: Filler,
    /// Who fills it, in a few words.
    pub about: String,
}

/// A side of an event with two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Who acts where a direction is told.
    First,
    /// Whom it is done to.
    Second,
    /// Both at once.
    Both,
    /// Neither.
    None,
}

/// What may fill a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filler {
    /// Words that stand for a party.
    Party,
    /// Words that name an event.
    Event,
}

/// Something that can be said of an event beside who takes part, with its closed set of values.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// Its name: `status`.
    pub name: String,
    /// What it tells, in a sentence.
    pub about: String,
    /// Its values.
    pub values: Vec<AttributeValue>,
}

/// A value of an attribute.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttributeValue {
    /// Its name: `held`.
    pub name: String,
    /// What it tells, in a few words.
    pub about: String,
    /// How an event of which it holds is coded.
    #[serde(default)]
    pub plover: Option<StatusCode>,
}

/// How PLOVER and CAMEO code an event of a status.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusCode {
    /// PLOVER's category.
    pub event: String,
    /// PLOVER's mode, where the status and not the class tells it.
    #[serde(default)]
    pub mode: String,
    /// CAMEO's code, where the status and not the class tells it.
    #[serde(default)]
    pub cameo: String,
    /// PLOVER's auxiliary mode.
    #[serde(default)]
    pub mark: String,
    /// Whether there is one event for each pair of parties.
    pub mutual: bool,
}

/// A class of events.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Its name, as rules yield it and records hold it: `video_call`.
    pub name: String,
    /// The name of its family.
    pub family: String,
    /// What belongs to it, in a few words.
    pub about: String,
    /// What it is called at the head of a line: "Video call".
    #[serde(default)]
    pub label: String,
    /// The name of a count of them: `video_calls`.
    #[serde(default)]
    pub plural: String,
    /// By which way the parties are in contact.
    #[serde(default)]
    pub way: Way,
    /// Of two tellings of one occasion the class with more detail is kept.
    #[serde(default)]
    pub detail: u8,
    /// The classes that it describes more nearly.
    #[serde(default)]
    pub more_exact_than: BTreeSet<String>,
    /// How well it agrees with classes above it, of 100, where two accounts are compared.
    #[serde(default)]
    pub agrees_with: BTreeMap<String, u32>,
    /// Whether one such event may last several days.
    #[serde(default)]
    pub lasts_days: bool,
    /// The class that an official publisher's account means by it.
    #[serde(default)]
    pub when_official: Option<String>,
    /// How PLOVER and CAMEO code it where it took place.
    #[serde(default)]
    pub plover: ClassCode,
}

/// By which way parties are in contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// By voice or picture from afar.
    Call,
    /// In one place.
    InPerson,
    /// By something written.
    Written,
    /// Not told.
    #[default]
    Open,
}

/// How PLOVER and CAMEO code an event of a class.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassCode {
    /// PLOVER's mode.
    #[serde(default)]
    pub mode: String,
    /// CAMEO's code.
    #[serde(default)]
    pub cameo: String,
    /// CAMEO's code of the event as the other side sees it.
    #[serde(default)]
    pub cameo_back: String,
}

impl Schema {
    /// What can be told in this program: what was installed, else what it was built with.
    pub fn current() -> &'static Schema {
        CURRENT.get_or_init(|| Schema::parse(BUILT_IN).expect("a test reads the schema that is built in"))
    }

    /// Lets the whole program use another schema, which must declare all classes of contacts of the built-in one, in the
    /// same order, before any of its own.
    ///
    /// # Errors
    /// When the text is no sound schema, or a schema is in use already.
    pub fn install(text: &str) -> Result<(), Error> {
        let schema = Schema::parse(text)?;
        CURRENT
            .set(schema)
            .map_err(|_| Error::schema("it is in use already; install another one before reading"))
    }

    /// Reads a schema.
    ///
    /// # Errors
    /// When it is not TOML, has an unknown or lacks a needed key (with the line), names a family, attribute or class
    /// that is not declared, or lacks a class or value that the program knows by name.
    pub fn parse(text: &str) -> Result<Schema, Error> {
        let mut schema: Schema = toml::from_str(text).map_err(|error| Error::schema(error.to_string()))?;
        schema.contacts =
            (0..schema.classes.len()).filter(|&number| schema.classes[number].family == "contact").collect();
        schema.agreement = schema.agreements();
        schema.check_known_names()?;
        schema.check_references()?;
        Ok(schema)
    }

    fn check_references(&self) -> Result<(), Error> {
        let lacking = |of: &str, what: &str, name: &str| {
            Err(Error::schema(format!("`{of}` names the {what} `{name}`, which is not declared")))
        };
        let mut names = BTreeSet::new();
        for class in &self.classes {
            if !names.insert(&class.name) {
                return Err(Error::schema(format!("the class `{}` is declared twice", class.name)));
            }
            if self.family(&class.family).is_none() {
                return lacking(&class.name, "family", &class.family);
            }
            let others =
                class.more_exact_than.iter().chain(class.agrees_with.keys()).chain(&class.when_official);
            if let Some(other) = others.into_iter().find(|other| self.class(other).is_none()) {
                return lacking(&class.name, "class", other);
            }
        }
        for family in &self.families {
            if let Some(name) = family.attributes.iter().find(|name| self.attribute(name).is_none()) {
                return lacking(&family.name, "attribute", name);
            }
        }
        Ok(())
    }

    /// Names on which law hangs that is code: a visit has a host, what is cancelled did not take place.
    fn check_known_names(&self) -> Result<(), Error> {
        let contacts: Vec<&str> = self.contacts().map(|class| class.name.as_str()).collect();
        if !contacts.starts_with(&KNOWN_KINDS) {
            let names = KNOWN_KINDS.join("`, `");
            return Err(Error::schema(format!(
                "its classes of contacts must begin with `{names}`, in this order"
            )));
        }
        if contacts.len() > usize::from(u8::MAX) {
            return Err(Error::schema("it declares more than 255 classes of contacts"));
        }
        let same = |name: &str, known: &[String]| {
            let declared =
                self.attribute(name).map(|attribute| attribute.values.iter().map(|value| &value.name));
            declared.is_some_and(|declared| declared.eq(known.iter()))
        };
        let statuses: Vec<String> = Status::ALL.iter().map(ToString::to_string).collect();
        let certainties: Vec<String> = Certainty::ALL.iter().map(ToString::to_string).collect();
        for (name, known) in [("status", statuses), ("certainty", certainties)] {
            if !same(name, &known) {
                let known = known.join("`, `");
                return Err(Error::schema(format!(
                    "the values of `{name}` must be `{known}`, in this order"
                )));
            }
        }
        Ok(())
    }

    /// The families, in the order of the file.
    pub fn families(&self) -> &[Family] {
        &self.families
    }

    /// The attributes, in the order of the file.
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// The classes, in the order of the file.
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// The classes of contacts, in the order of the file.
    pub fn contacts(&self) -> impl Iterator<Item = &Class> {
        self.contacts.iter().map(|&number| &self.classes[number])
    }

    /// The class of contacts of a number, from 0.
    pub(crate) fn contact(&self, number: usize) -> Option<&Class> {
        self.contacts.get(number).map(|&class| &self.classes[class])
    }

    /// How well the contacts of two numbers agree.
    pub(crate) fn agreement(&self, one: usize, other: usize) -> Option<u32> {
        self.agreement.get(one * self.contacts.len() + other).copied().flatten()
    }

    fn agreements(&self) -> Vec<Option<u32>> {
        let stated = |one: &Class, other: &Class| one.agrees_with.get(&other.name).copied();
        let agree = |one: &Class, other: &Class| match one.name == other.name {
            true => Some(100),
            false => stated(one, other).or_else(|| stated(other, one)),
        };
        let pairs = self.contacts().flat_map(|one| self.contacts().map(move |other| (one, other)));
        pairs.map(|(one, other)| agree(one, other)).collect()
    }

    /// A family by name.
    pub fn family(&self, name: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.name == name)
    }

    /// An attribute by name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// A class by name.
    pub fn class(&self, name: &str) -> Option<&Class> {
        self.classes.iter().find(|class| class.name == name)
    }
}

impl Attribute {
    /// A value by name.
    pub fn value(&self, name: &str) -> Option<&AttributeValue> {
        self.values.iter().find(|value| value.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(find: &str, replace: &str, told: &str) {
        let error = Schema::parse(&BUILT_IN.replacen(find, replace, 1)).expect_err(replace);
        assert!(error.is_schema() && error.to_string().contains(told), "{error}");
    }

    #[test]
    fn the_built_in_schema_is_sound() {
        let schema = Schema::parse(BUILT_IN).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(schema.contacts().count(), KNOWN_KINDS.len());
    }

    #[test]
    fn an_unsound_schema_is_refused_with_its_place() {
        refused("family = \"remark\"", "family = \"remarks\"", "`present` names the family `remarks`");
        refused("agrees_with = { call = 85 }", "agrees_with = { cal = 85 }", "the class `cal`");
        refused(
            "name = \"under_way\"",
            "name = \"underway\"",
            "the values of `status` must be `held`, `under_way`",
        );
        refused("name = \"call\"\nfamily", "name = \"phone\"\nfamily", "must begin with `call`");
        refused("way = \"call\"", "wey = \"call\"", "unknown field `wey`");
        refused("\"readout\"]", "\"readouts\"]", "`remark` names the attribute `readouts`");
    }
}
