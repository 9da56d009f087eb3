//! The word lists under `data/en/`, read once.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use daybook_record::Kind;

use crate::Error;
use crate::words::screen_weights::Weights;
use crate::words::sign_weights::SignWeights;

/// The nouns by which news call parties without naming them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nominals {
    pub agents: BTreeSet<String>,
    pub governments: BTreeSet<String>,
    pub leaders: BTreeSet<String>,
    pub functions: BTreeSet<String>,
    pub groups: BTreeSet<String>,
    pub counterparts: BTreeSet<String>,
    pub title_words: BTreeSet<String>,
    pub honorifics: BTreeSet<String>,
    pub outsiders: BTreeSet<String>,
    pub speeches: BTreeSet<String>,
    pub collectives: BTreeSet<String>,
    pub unpolitical: BTreeSet<String>,
    pub concerns: BTreeSet<String>,
    pub lands: BTreeSet<String>,
    pub own_state: BTreeSet<String>,
    pub compass: BTreeSet<String>,
    pub plural_states: BTreeMap<String, Vec<String>>,
    pub contact_nouns: BTreeMap<String, Kind>,
}

/// Which words tell how things stand with a contact.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Statuses {
    pub scheduled: BTreeSet<String>,
    pub proposed: BTreeSet<String>,
    pub expected: BTreeSet<String>,
    pub cancelled: BTreeSet<String>,
    pub postponed: BTreeSet<String>,
    pub declined: BTreeSet<String>,
    pub denied: BTreeSet<String>,
    pub failed: BTreeSet<String>,
    pub coming: BTreeSet<String>,
    pub say: BTreeSet<String>,
    pub ahead: BTreeSet<String>,
    pub sends: BTreeSet<String>,
    pub next: BTreeSet<String>,
}

/// Auxiliaries, negators, articles, pronouns, prepositions and conjunctions, by what is asked of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FunctionWords {
    pub negators: BTreeSet<String>,
    pub event_order: BTreeSet<String>,
    pub at_events: BTreeSet<String>,
    pub event_topics: BTreeSet<String>,
    pub located: BTreeSet<String>,
    pub party_to: BTreeSet<String>,
    pub sets_times_ahead: BTreeSet<String>,
    pub time_is_over: BTreeSet<String>,
    pub other_times: BTreeSet<String>,
    pub put_to: BTreeSet<String>,
    pub told_of: BTreeSet<String>,
    pub topics: BTreeSet<String>,
    pub definite_contact: BTreeSet<String>,
    pub counted_from: BTreeSet<String>,
    pub group_articles: BTreeSet<String>,
    pub group_numbers: BTreeSet<String>,
    pub party_pronouns: BTreeSet<String>,
    pub office_of: BTreeSet<String>,
    pub definite_office: BTreeSet<String>,
    pub title_owners: BTreeSet<String>,
    pub complement_articles: BTreeSet<String>,
    pub office_links: BTreeSet<String>,
    pub deals_with: BTreeSet<String>,
    pub whereabouts: BTreeSet<String>,
    pub title_joins: BTreeSet<String>,
    pub title_ends: BTreeSet<String>,
    pub ends_name: BTreeSet<String>,
    pub term_begins: BTreeSet<String>,
    pub unspecific: BTreeSet<String>,
    pub time_to_come: BTreeSet<String>,
    pub time_past: BTreeSet<String>,
    pub negating_adverbs: BTreeSet<String>,
    pub negating_cues: BTreeSet<String>,
    pub statement_forms: BTreeSet<String>,
    pub statement_order: BTreeSet<String>,
    pub statement_places: BTreeSet<String>,
    pub document_of: BTreeSet<String>,
    pub relatives: BTreeSet<String>,
    pub expletives: BTreeSet<String>,
    pub speaker_pronouns: BTreeSet<String>,
    pub unresolved_pronouns: BTreeSet<String>,
    pub plural_pronouns: BTreeSet<String>,
    pub female_pronouns: BTreeSet<String>,
    pub indefinite_office: BTreeSet<String>,
    pub subject_pronouns: BTreeSet<String>,
    pub first_person: BTreeSet<String>,
    /// In order, from zero.
    pub numbers: Vec<String>,
}

/// Words of titles and offices.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TitleWords {
    pub own_standing: BTreeSet<String>,
    pub former: BTreeSet<String>,
    pub exalted: BTreeSet<String>,
    pub group_modifiers: BTreeSet<String>,
    pub open_particles: BTreeSet<String>,
    pub inner_particles: BTreeSet<String>,
    pub name_endings: BTreeSet<String>,
    pub hyphenated: BTreeSet<String>,
    pub often_held: BTreeSet<String>,
    pub governments: BTreeSet<String>,
    pub not_held: BTreeSet<String>,
    pub held_then: BTreeSet<String>,
    pub taking_office: BTreeSet<String>,
    pub offices_taken: BTreeSet<String>,
    pub female_titles: BTreeSet<String>,
    pub male_titles: BTreeSet<String>,
    pub spouse_nouns: BTreeSet<String>,
}

/// Words around an event that tell how often, with whom at once, where and in which order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventWords {
    pub joint: BTreeSet<String>,
    pub separate: BTreeSet<String>,
    pub many_sided: BTreeSet<String>,
    pub first_or_last: BTreeSet<String>,
    pub venues: BTreeSet<String>,
    pub takes_place: BTreeSet<String>,
    pub beside: BTreeSet<String>,
}

/// Which words tell how somebody says, thinks or wants something.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Speech {
    pub thought: BTreeSet<String>,
    pub wanted: BTreeSet<String>,
    pub said: BTreeSet<String>,
    pub denied: BTreeSet<String>,
    pub declined: BTreeSet<String>,
    pub comment: BTreeSet<String>,
    pub tells: BTreeSet<String>,
    pub listeners: BTreeSet<String>,
    pub occasions: BTreeSet<String>,
    pub documents: BTreeSet<String>,
    pub unverified: BTreeSet<String>,
    pub alleged: BTreeSet<String>,
    pub disputed: BTreeSet<String>,
    pub untrue: BTreeSet<String>,
    pub publishing: BTreeSet<String>,
    pub speaking: BTreeSet<String>,
    pub refuting: BTreeSet<String>,
    pub claims: BTreeSet<String>,
    pub own_subjects: BTreeSet<String>,
}

/// All lists.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub speech: Speech,
    pub nominals: Nominals,
    pub statuses: Statuses,
    pub function_words: FunctionWords,
    pub events: EventWords,
    pub titles: TitleWords,
    pub female: BTreeSet<String>,
    pub screen: Weights,
    /// How surely an account is right.
    pub confidence: SignWeights,
    /// How surely two tellings are of one occasion.
    pub occasions: SignWeights,
}

impl Lexicon {
    /// The kind of contact that a noun speaks of.
    pub fn noun_kind(&self, lemma: &str) -> Option<Kind> {
        self.nominals.contact_nouns.get(lemma).copied()
    }

    pub fn builtin() -> Result<Lexicon, Error> {
        let female =
            include_str!("../../data/en/female_names.txt").split_whitespace().map(str::to_string).collect();
        Ok(Lexicon {
            speech: read("speech.toml", include_str!("../../data/en/speech.toml"))?,
            nominals: read("nominals.toml", include_str!("../../data/en/nominals.toml"))?,
            statuses: read("status.toml", include_str!("../../data/en/status.toml"))?,
            function_words: read("function_words.toml", include_str!("../../data/en/function_words.toml"))?,
            events: read("events.toml", include_str!("../../data/en/events.toml"))?,
            titles: read("titles.toml", include_str!("../../data/en/titles.toml"))?,
            female,
            screen: read("screen.toml", include_str!("../../data/en/screen.toml"))?,
            confidence: read("confidence.toml", include_str!("../../data/en/confidence.toml"))?,
            occasions: read("occasions.toml", include_str!("../../data/en/occasions.toml"))?,
        })
    }
}

fn read<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|error| Error::list(name, &error.to_string()))
}
