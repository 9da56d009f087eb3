//! Reads frames: further layers over windows of sentences, upon what layers of the encoder make of each sentence.
//!
//! `training/contacts/` makes the weights, and cuts windows as this does.

use rten::{ModelOptions, NodeId, RunError, RunOptions, Value};
use serde::Deserialize;

use super::encoder::{Encoder, STATE};
use super::scores::dot;
use super::threads;
use crate::error::Error;
use crate::frame::{Frame, FrameLabels, FramePart, TokenPlace};

/// The orders of sentences in a window that the network tells apart.
const ORDERS: usize = 16;
/// How many frames before one its occasion is compared with.
const COMPARED: usize = 64;
/// Words less sure than this play no part.
const MIN_PART: f32 = 0.3;
/// How many of the encoder's layers the network stands on.
const BELOW: usize = 2;
/// The width of what these make of a piece.
const WIDTH: usize = BELOW * STATE;
/// The most wordpieces of a report that are kept for its frames: some twenty-five thousand words.
pub(crate) const MAX_KEPT: usize = 40_000;

/// What the encoder makes of a sentence's wordpieces, and which of these open its words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lower {
    /// Number of the part of the report that the sentence stands in.
    pub part: usize,
    /// One row of `WIDTH` numbers a wordpiece.
    pub states: Vec<f32>,
    /// The first wordpiece of each word.
    pub firsts: Vec<usize>,
    /// How many words the sentence has, those without a kept wordpiece included.
    pub words: usize,
}

impl Lower {
    /// The same in a part of a report, without its states where no more wordpieces may be kept.
    pub fn within(mut self, part: usize, left: &mut usize) -> Lower {
        self.part = part;
        match left.checked_sub(self.pieces()) {
            Some(after) => *left = after,
            None => {
                (*left, self.states) = (0, Vec::new());
            }
        }
        self
    }

    fn pieces(&self) -> usize {
        self.states.len() / WIDTH
    }
}

#[derive(Debug, Deserialize)]
struct FramesMeta {
    below: [String; BELOW],
    columns: Columns,
    labels: FrameLabels,
    near: Vec<f32>,
    gaps: Vec<usize>,
    window: WindowSizes,
    gate: Option<Gate>,
}

#[derive(Debug, Deserialize)]
struct Columns {
    trigger: (usize, usize),
    kind: (usize, usize),
    status: (usize, usize),
    certainty: (usize, usize),
    aggregate: (usize, usize),
    several: (usize, usize),
    of_trigger: (usize, usize),
    of_word: (usize, usize),
    occasion: (usize, usize),
}

/// Sizes in wordpieces.
#[derive(Debug, Deserialize)]
struct WindowSizes {
    longest: usize,
    own: usize,
    before: usize,
    title: usize,
}

/// Which windows may hold a trigger: those in which some word scores enough.
#[derive(Debug, Deserialize)]
struct Gate {
    weights: Vec<f32>,
    bias: f32,
    threshold: f32,
}

/// The network that reads frames.
pub(crate) struct FrameReader {
    network: rten::Model,
    nodes: FrameNodes,
    meta: FramesMeta,
}

struct FrameNodes {
    lower: NodeId,
    orders: NodeId,
    mask: NodeId,
    rows: NodeId,
    answers: NodeId,
    triggers: NodeId,
    words: NodeId,
    nears: NodeId,
    parts: NodeId,
    ones: NodeId,
    others: NodeId,
    gaps: NodeId,
    same: NodeId,
}

/// A window: its sentences, and how many of these only stand before those that it is read for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Window {
    sentences: Vec<usize>,
    context: usize,
}

/// The answers on a window: one row a word.
struct Read<'w> {
    window: &'w Window,
    places: Vec<TokenPlace>,
    width: usize,
    values: Vec<f32>,
}

impl Read<'_> {
    fn get(&self, row: usize, (start, end): (usize, usize)) -> &[f32] {
        &self.values[row * self.width + start..row * self.width + end]
    }
}

impl FrameReader {
    /// Loads weights and what is said of them.
    pub fn load(weights: FrameWeights, meta: &str) -> Result<FrameReader, Error> {
        let meta: FramesMeta = serde_json::from_str(meta).map_err(|e| Error::model("frames.json", e))?;
        let wrong = |e: &dyn std::fmt::Display| Error::model("frames.onnx", e);
        let options = || {
            let mut options = ModelOptions::with_all_ops();
            options.prepack_weights(true);
            options
        };
        let network = match weights {
            FrameWeights::Embedded(bytes) => options().load_static_slice(bytes),
            FrameWeights::Given(bytes) => options().load(bytes),
        };
        let network = network.map_err(|e| wrong(&e))?;
        let nodes = FrameNodes::of(&network).map_err(|e| wrong(&e))?;
        if meta.columns.occasion.1 <= meta.columns.occasion.0 || meta.near.is_empty() {
            return Err(Error::model("frames.json", "its columns do not fit the weights"));
        }
        Ok(FrameReader { network, nodes, meta })
    }

    /// The nodes of an encoder on whose output this network stands.
    pub fn below_in(&self, encoder: &Encoder) -> Result<Vec<NodeId>, Error> {
        let missing =
            |name: &String| Error::model("frames.json", format_args!("the encoder has no node `{name}`"));
        self.meta.below.iter().map(|name| encoder.node(name).ok_or_else(|| missing(name))).collect()
    }

    pub fn labels(&self) -> &FrameLabels {
        &self.meta.labels
    }

    /// The frames of a report in the order of its words: words that are at least `min` sure to tell an event, and those asked for.
    pub fn frames(&self, lower: &[Lower], min: f32, asked: &[TokenPlace]) -> Result<Vec<Frame>, RunError> {
        let mut before = vec![0; lower.len() + 1];
        for (number, sentence) in lower.iter().enumerate() {
            before[number + 1] = before[number] + sentence.words;
        }
        let mut frames = Vec::new();
        for window in self.windows(lower) {
            let own = &window.sentences[window.context..];
            let is_asked = asked.iter().any(|place| own.contains(&place.sentence));
            if !is_asked && !own.iter().any(|&s| self.may_tell(&lower[s])) {
                continue;
            }
            let read = self.read(&window, lower)?;
            let triggers = self.triggers(&read, min, asked);
            let parts = self.parts(&read, &triggers)?;
            for (&row, parts) in triggers.iter().zip(parts) {
                let place = read.places[row];
                frames.push(self.frame(&read, row, parts, before[place.sentence] + place.token));
            }
        }
        Ok(frames)
    }

    /// How surely each frame is of one occasion with those before it: for each, the number of an earlier one and a probability.
    pub fn same(&self, frames: &[Frame]) -> Result<Vec<Vec<(usize, f32)>>, RunError> {
        let pairs: Vec<(usize, usize)> =
            (0..frames.len()).flat_map(|i| (i.saturating_sub(COMPARED)..i).map(move |j| (i, j))).collect();
        let mut found = vec![Vec::new(); frames.len()];
        // So many pairs at once take some megabytes.
        for part in pairs.chunks(4096) {
            let flat = |of: fn(&(usize, usize)) -> usize| -> Vec<f32> {
                part.iter().flat_map(|pair| frames[of(pair)].occasion.iter().copied()).collect()
            };
            let gap = |&(i, j): &(usize, usize)| self.gap(frames[i].offset.abs_diff(frames[j].offset));
            let width = frames[0].occasion.len();
            let inputs = vec![
                (self.nodes.ones, reals(&[part.len(), width], flat(|p| p.1))),
                (self.nodes.others, reals(&[part.len(), width], flat(|p| p.0))),
                (self.nodes.gaps, integers(&[part.len()], part.iter().map(gap).collect())),
            ];
            let scores = self.answer(inputs, self.nodes.same)?.1;
            for (&(i, j), score) in part.iter().zip(scores) {
                found[i].push((j, sigmoid(score)));
            }
        }
        Ok(found)
    }

    fn gap(&self, words: usize) -> i32 {
        self.meta.gaps.iter().filter(|&&gap| words > gap).count() as i32
    }

    fn may_tell(&self, sentence: &Lower) -> bool {
        let Some(gate) = &self.meta.gate else { return true };
        let row = |&first: &usize| sentence.states.get(first * WIDTH..(first + 1) * WIDTH);
        let rows = sentence.firsts.iter().filter_map(row);
        rows.into_iter().any(|row| dot(row, &gate.weights) + gate.bias > gate.threshold)
    }

    /// Cuts the sentences of a report into windows, each with the title and what stands before it.
    fn windows(&self, lower: &[Lower]) -> Vec<Window> {
        let sizes = &self.meta.window;
        let size = |n: usize| lower[n].pieces().min(sizes.longest);
        let titles: Vec<usize> = (0..lower.len()).filter(|&n| lower[n].part == 0).collect();
        let title_fits = titles.iter().map(|&n| size(n)).sum::<usize>() <= sizes.title;
        let mut windows = Vec::new();
        let mut n = 0;
        while n < lower.len() {
            let (mut own, mut total) = (vec![n], size(n));
            while n + 1 < lower.len()
                && lower[n + 1].part == lower[n].part
                && total + size(n + 1) <= sizes.own
            {
                n += 1;
                own.push(n);
                total += size(n);
            }
            let (mut before, mut left) = (Vec::new(), sizes.before);
            for p in (0..own[0]).rev() {
                if size(p) > left || lower[p].part != lower[own[0]].part || before.len() == 2 {
                    break;
                }
                before.insert(0, p);
                left -= size(p);
            }
            let mut sentences =
                if lower[own[0]].part != 0 && title_fits { titles.clone() } else { Vec::new() };
            sentences.append(&mut before);
            let context = sentences.len();
            sentences.append(&mut own);
            windows.push(Window { sentences, context });
            n += 1;
        }
        windows
    }

    /// Runs the network over a window.
    fn read<'w>(&self, window: &'w Window, lower: &[Lower]) -> Result<Read<'w>, RunError> {
        let (mut states, mut orders, mut rows, mut places) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (order, &number) in window.sentences.iter().enumerate() {
            let sentence = &lower[number];
            let pieces = sentence.pieces().min(self.meta.window.longest);
            let base = orders.len();
            states.extend_from_slice(&sentence.states[..pieces * WIDTH]);
            orders.extend(std::iter::repeat_n(order.min(ORDERS - 1) as i32, pieces));
            for (token, &first) in
                sentence.firsts.iter().enumerate().filter(|(_, first)| **first + 1 < pieces)
            {
                rows.push((base + first) as i32);
                places.push(TokenPlace { sentence: number, token });
            }
        }
        let length = orders.len();
        if rows.is_empty() {
            return Ok(Read { window, places, width: 1, values: Vec::new() });
        }
        let inputs = vec![
            (self.nodes.lower, reals(&[1, length, WIDTH], states)),
            (self.nodes.orders, integers(&[1, length], orders)),
            (self.nodes.mask, reals(&[1, 1, 1, length], vec![0.0; length])),
            (self.nodes.rows, integers(&[rows.len()], rows)),
        ];
        let (width, values) = self.answer(inputs, self.nodes.answers)?;
        Ok(Read { window, places, width, values })
    }

    /// The rows of words that tell an event: of several that stand together the surest, and those that are asked for.
    fn triggers(&self, read: &Read<'_>, min: f32, asked: &[TokenPlace]) -> Vec<usize> {
        let sure: Vec<f32> =
            (0..read.places.len()).map(|row| sigmoid(read.get(row, self.meta.columns.trigger)[0])).collect();
        let own =
            |row: usize| read.window.sentences[read.window.context..].contains(&read.places[row].sentence);
        let beside = |a: usize, b: usize| {
            read.places.get(b).is_some_and(|p| p.sentence == read.places[a].sentence) && sure[b] >= min
        };
        let is_best = |row: usize| {
            let before = row > 0 && beside(row, row - 1) && sure[row - 1] >= sure[row];
            let after = beside(row, row + 1) && sure[row + 1] > sure[row];
            sure[row] >= min && !before && !after
        };
        (0..read.places.len())
            .filter(|&row| own(row) && (is_best(row) || asked.contains(&read.places[row])))
            .collect()
    }

    /// For each trigger the words of the window that play a part in its event.
    fn parts(&self, read: &Read<'_>, triggers: &[usize]) -> Result<Vec<Vec<FramePart>>, RunError> {
        let columns = &self.meta.columns;
        let words = read.places.len();
        let mut found = Vec::with_capacity(triggers.len());
        for &trigger in triggers {
            let width = columns.of_trigger.1 - columns.of_trigger.0;
            let own: Vec<f32> = std::iter::repeat_n(read.get(trigger, columns.of_trigger), words)
                .flatten()
                .copied()
                .collect();
            let others: Vec<f32> =
                (0..words).flat_map(|row| read.get(row, columns.of_word).to_vec()).collect();
            let nears: Vec<i32> = (0..words).map(|row| self.near(row as f32 - trigger as f32)).collect();
            let inputs = vec![
                (self.nodes.triggers, reals(&[words, width], own)),
                (self.nodes.words, reals(&[words, width], others)),
                (self.nodes.nears, integers(&[words], nears)),
            ];
            let (width, scores) = self.answer(inputs, self.nodes.parts)?;
            let own_sentence = read.places[trigger].sentence;
            let mut parts = Vec::new();
            for (row, scores) in scores.chunks(width).enumerate() {
                let place = read.places[row];
                parts.extend(self.parts_of(place, place.sentence == own_sentence, scores));
            }
            found.push(parts);
        }
        Ok(found)
    }

    /// The parts that a word plays. The last part is the one of words in other sentences; only it is played there, and nowhere else.
    fn parts_of(&self, place: TokenPlace, inside: bool, scores: &[f32]) -> Vec<FramePart> {
        let parts = self.meta.labels.parts.len();
        let roles = || softmax(&scores[parts..]);
        let own = |part: &usize| inside == (*part + 1 < parts);
        let sure =
            |part: usize| FramePart { place, part, probability: sigmoid(scores[part]), roles: roles() };
        (0..parts).filter(own).map(sure).filter(|part| part.probability >= MIN_PART).collect()
    }

    fn near(&self, distance: f32) -> i32 {
        self.meta.near.iter().filter(|&&bound| bound < distance).count() as i32
    }

    fn frame(&self, read: &Read<'_>, row: usize, parts: Vec<FramePart>, offset: usize) -> Frame {
        let columns = &self.meta.columns;
        let flag = |columns| sigmoid(read.get(row, columns)[0]);
        let attributes = self.meta.labels.attributes.keys().map(|name| match name.as_str() {
            "status" => softmax(read.get(row, columns.status)),
            _ => softmax(read.get(row, columns.certainty)),
        });
        Frame {
            trigger: read.places[row],
            probability: flag(columns.trigger),
            class: softmax(read.get(row, columns.kind)),
            attributes: attributes.collect(),
            flags: vec![flag(columns.aggregate), flag(columns.several)],
            parts,
            occasion: read.get(row, columns.occasion).to_vec(),
            offset,
        }
    }

    /// Runs the part of the network that leads to one output, on one thread.
    fn answer(&self, inputs: Vec<(NodeId, Value)>, output: NodeId) -> Result<(usize, Vec<f32>), RunError> {
        let inputs = inputs.into_iter().map(|(node, value)| (node, value.into())).collect();
        let [values] = threads::with_pool(|pool| {
            let options = RunOptions::default().with_thread_pool(Some(pool));
            self.network.run_n(inputs, [output], Some(options))
        })?;
        let ([_, width], values) =
            values.into_shape_vec::<f32, 2>().expect("all outputs are declared as matrices");
        Ok((width, values))
    }
}

/// Where weights come from.
pub(crate) enum FrameWeights {
    Embedded(&'static [u8]),
    Given(Vec<u8>),
}

impl FrameNodes {
    fn of(model: &rten::Model) -> Result<FrameNodes, RunError> {
        Ok(FrameNodes {
            lower: model.node_id("lower")?,
            orders: model.node_id("orders")?,
            mask: model.node_id("mask")?,
            rows: model.node_id("rows")?,
            answers: model.node_id("answers")?,
            triggers: model.node_id("triggers")?,
            words: model.node_id("words")?,
            nears: model.node_id("nears")?,
            parts: model.node_id("parts")?,
            ones: model.node_id("ones")?,
            others: model.node_id("others")?,
            gaps: model.node_id("gaps")?,
            same: model.node_id("same")?,
        })
    }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

fn softmax(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let grown: Vec<f32> = scores.iter().map(|s| (s - most).exp()).collect();
    let sum: f32 = grown.iter().sum();
    grown.into_iter().map(|g| g / sum).collect()
}

fn integers(shape: &[usize], data: Vec<i32>) -> Value {
    Value::from_shape(shape, data).expect("the data was made to the shape")
}

fn reals(shape: &[usize], data: Vec<f32>) -> Value {
    Value::from_shape(shape, data).expect("the data was made to the shape")
}
