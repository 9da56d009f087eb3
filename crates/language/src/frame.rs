//! Frames: words that tell an event, each with how surely it is one of each class, and which words play a part in it.

use serde::Deserialize;
use std::collections::BTreeMap;

/// What the network's answers on frames are called; the names come with the weights.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
pub struct FrameLabels {
    /// The classes of events.
    pub class: Vec<String>,
    /// Attributes of an event, and the values of each.
    pub attributes: BTreeMap<String, Vec<String>>,
    /// What is or is not so of an event.
    pub flags: Vec<String>,
    /// The parts that words can play in an event.
    pub parts: Vec<String>,
    /// The roles of the parts that stand for parties.
    pub roles: Vec<String>,
}

/// A word of a report: the number of its sentence, those of the title first, and its number in the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenPlace {
    /// Number of the sentence.
    pub sentence: usize,
    /// Number of the token in the sentence.
    pub token: usize,
}

/// A word that may tell an event. Probabilities are between 0 and 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// The word.
    pub trigger: TokenPlace,
    /// How surely it tells an event at all.
    pub probability: f32,
    /// How surely the event is of each class, in the order of [`FrameLabels::class`]; they sum to 1.
    pub class: Vec<f32>,
    /// For each of [`FrameLabels::attributes`], how surely it has each value; they sum to 1.
    pub attributes: Vec<Vec<f32>>,
    /// For each of [`FrameLabels::flags`], how surely it is so.
    pub flags: Vec<f32>,
    /// Words that rather play a part than not, in the order of the text, those of the trigger's sentence and of others.
    pub parts: Vec<FramePart>,
    /// What the network knows of the occasion, to be compared with that of others.
    pub(crate) occasion: Vec<f32>,
    /// The number of words before it in the report.
    pub(crate) offset: usize,
}

/// A word that plays a part in an event.
#[derive(Debug, Clone, PartialEq)]
pub struct FramePart {
    /// The word.
    pub place: TokenPlace,
    /// Which part, as an index of [`FrameLabels::parts`].
    pub part: usize,
    /// How surely.
    pub probability: f32,
    /// How surely in each of [`FrameLabels::roles`]; they sum to 1.
    pub roles: Vec<f32>,
}
