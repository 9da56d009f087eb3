//! Runs the embedded network: framed wordpieces to one row of answers per word, and pairs of words to relation scores.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rten::{ModelOptions, NodeId, RunError, RunOptions, Value};
use serde::Deserialize;

use super::threads;
use super::wordpiece::Framed;
use crate::error::Error;

/// The most wordpieces, frame included, that the network reads at once.
pub(crate) const LONGEST: usize = 480;
/// Wordpieces, padding included, that go through the network together: more gains no speed and costs memory.
const MAX_BATCH: usize = 512;
/// Padding costs as much as text, and a small batch hardly more than a large one; so of what goes through the network
/// together, text fills at least so many of a hundred places.
const MIN_FILLED: usize = 92;
/// The width of what a layer makes of a piece.
pub(crate) const STATE: usize = 384;
/// Added to the attention on padding, which so vanishes.
const MASKED: f32 = -1e9;

static META: &str = include_str!("../../../../models/english.json");

/// Which network reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Model {
    /// Six layers.
    #[default]
    Full,
    /// Three layers, distilled from the six: a good deal faster, weaker at telling who said what.
    Small,
}

impl Model {
    /// The file of its weights under `models/`.
    pub(crate) fn file(self) -> &'static str {
        match self {
            Model::Full => "full.onnx",
            Model::Small => "small.onnx",
        }
    }

    /// Were they a constant or a static, or this inlined, the compiler would write them into the crate's metadata too, twice.
    #[inline(never)]
    fn weights(self) -> &'static [u8] {
        match self {
            Model::Full => include_bytes!("../../../../models/full.onnx"),
            Model::Small => include_bytes!("../../../../models/small.onnx"),
        }
    }
}

impl Model {
    /// The weights of the reader of frames that stands on this network.
    #[inline(never)]
    pub(crate) fn frame_weights(self) -> &'static [u8] {
        match self {
            Model::Full => include_bytes!("../../../../models/frames.onnx"),
            Model::Small => include_bytes!("../../../../models/frames-small.onnx"),
        }
    }

    /// What is said of them.
    pub(crate) fn frame_meta(self) -> &'static str {
        match self {
            Model::Full => include_str!("../../../../models/frames.json"),
            Model::Small => include_str!("../../../../models/frames-small.json"),
        }
    }
}

/// What the columns of the network's answers mean.
#[derive(Debug, Deserialize)]
pub(crate) struct Meta<'a> {
    #[serde(borrow)]
    columns: BTreeMap<&'a str, (usize, usize)>,
    /// The labels of each classifying head in the order of its columns.
    pub labels: Labels<'a>,
}

/// Labels by head.
#[derive(Debug, Deserialize)]
pub(crate) struct Labels<'a> {
    #[serde(borrow)]
    pub upos: Vec<&'a str>,
    #[serde(borrow)]
    pub xpos: Vec<&'a str>,
    #[serde(borrow)]
    pub name: Vec<&'a str>,
    #[serde(borrow)]
    pub relation: Vec<&'a str>,
    #[serde(borrow)]
    pub attribution: Vec<&'a str>,
    #[serde(borrow)]
    pub event: Vec<&'a str>,
}

/// The columns of each head.
#[derive(Debug, Clone)]
pub(crate) struct AnswerColumns {
    pub upos: Range<usize>,
    pub xpos: Range<usize>,
    pub name: Range<usize>,
    pub arc_dep: Range<usize>,
    pub arc_head: Range<usize>,
    pub arc_bias: Range<usize>,
    pub rel_dep: Range<usize>,
    pub rel_head: Range<usize>,
    pub attribution: Range<usize>,
    pub event: Range<usize>,
    pub link_dep: Range<usize>,
    pub link_head: Range<usize>,
}

/// The network's answers on one sentence: row 0 is the sentence's root, row `i + 1` its word `i`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answers {
    width: usize,
    values: Vec<f32>,
}

impl Answers {
    /// A row's columns of one head.
    pub fn get(&self, row: usize, columns: &Range<usize>) -> &[f32] {
        let start = row * self.width;
        &self.values[start + columns.start..start + columns.end]
    }
}

/// The network, ready to run.
pub(crate) struct Encoder {
    pub model: Model,
    network: rten::Model,
    nodes: Nodes,
    pub meta: Meta<'static>,
    pub columns: AnswerColumns,
}

struct Nodes {
    pieces: NodeId,
    cases: NodeId,
    positions: NodeId,
    mask: NodeId,
    rows: NodeId,
    answers: NodeId,
    dependents: NodeId,
    governors: NodeId,
    relations: NodeId,
}

impl Encoder {
    /// Loads an embedded network.
    pub fn load(model: Model) -> Result<Encoder, Error> {
        if threads::is_fork() {
            return Err(Error::fork());
        }
        let meta: Meta = serde_json::from_str(META).map_err(|e| Error::model("english.json", e))?;
        let columns = AnswerColumns::of(&meta)?;
        let wrong = |e: &dyn std::fmt::Display| Error::model(model.file(), e);
        let network = ModelOptions::with_all_ops()
            .prepack_weights(true)
            .load_static_slice(model.weights())
            .map_err(|e| wrong(&e))?;
        let nodes = Nodes::of(&network).map_err(|e| wrong(&e))?;
        Ok(Encoder { model, network, nodes, meta, columns })
    }

    /// The node of that name, on whose output another network may stand.
    pub fn node(&self, name: &str) -> Option<NodeId> {
        self.network.find_node(name)
    }

    /// Reads sentences of at most [`LONGEST`] pieces; answers in their order, each with what the nodes `below` make of the
    /// sentence's pieces: a row a piece, the nodes side by side.
    ///
    /// The weights' products are scaled by the largest activation of a batch, so a sentence's answers depend
    /// on the sentences read with it: what must be reproducible is read in one call.
    pub fn read(&self, sentences: &[Framed], below: &[NodeId]) -> Result<Vec<(Answers, Vec<f32>)>, RunError> {
        let mut read = vec![(Answers { width: 0, values: Vec::new() }, Vec::new()); sentences.len()];
        for batch in batches(sentences) {
            let members: Vec<&Framed> = batch.iter().map(|&i| &sentences[i]).collect();
            let (answers, states) = self.run(&members, below)?;
            let length = members.iter().map(|s| s.pieces.len()).max().unwrap_or(0);
            let mut rest = &answers.values[..];
            for (place, i) in batch.into_iter().enumerate() {
                let (own, after) = rest.split_at((sentences[i].firsts.len() + 1) * answers.width);
                let rows = place * length..place * length + sentences[i].pieces.len();
                let answers = Answers { width: answers.width, values: own.to_vec() };
                read[i] = (answers, side_by_side(&states, rows));
                rest = after;
            }
        }
        Ok(read)
    }

    /// Scores every relation for pairs of a dependent's and its head's row, given flat; answers likewise.
    pub fn relations(&self, dependents: Vec<f32>, governors: Vec<f32>) -> Result<Vec<f32>, RunError> {
        let width = self.columns.rel_dep.len();
        let pairs = dependents.len() / width;
        let shape = [pairs, width];
        let inputs = [
            (self.nodes.dependents, reals(&shape, dependents)),
            (self.nodes.governors, reals(&shape, governors)),
        ];
        let mut outputs = self.answers(inputs.into(), &[self.nodes.relations])?;
        Ok(matrix(outputs.remove(0)).1)
    }

    /// One batch through the network: its answers, and what each node `below` makes of it.
    fn run(&self, batch: &[&Framed], below: &[NodeId]) -> Result<(Answers, Vec<Vec<f32>>), RunError> {
        let length = batch.iter().map(|s| s.pieces.len()).max().unwrap_or(0);
        let shape = [batch.len(), length];
        let rows = rows(batch, length);
        let inputs = vec![
            (self.nodes.pieces, integers(&shape, padded(batch, length, |s| &s.pieces))),
            (self.nodes.cases, integers(&shape, padded(batch, length, |s| &s.cases))),
            (self.nodes.positions, integers(&[1, length], (0..length as i32).collect::<Vec<_>>())),
            (self.nodes.mask, reals(&[batch.len(), 1, 1, length], mask(batch, length))),
            (self.nodes.rows, integers(&[rows.len()], rows)),
        ];
        // A node may be asked for twice; the engine gives each output once.
        let asked: BTreeSet<NodeId> = below.iter().copied().collect();
        let outputs: Vec<NodeId> = [self.nodes.answers].into_iter().chain(asked.iter().copied()).collect();
        let mut outputs = self.answers(inputs, &outputs)?.into_iter();
        let (width, values) = matrix(outputs.next().expect("every output that is asked for comes"));
        let layer = |values: Value| {
            values.into_shape_vec::<f32, 3>().expect("a layer gives a row for each piece of each sentence").1
        };
        let states: BTreeMap<NodeId, Vec<f32>> = asked.into_iter().zip(outputs.map(layer)).collect();
        Ok((Answers { width, values }, below.iter().map(|node| states[node].clone()).collect()))
    }

    /// Runs the part of the network that leads to some outputs, on one thread.
    fn answers(&self, inputs: Vec<(NodeId, Value)>, outputs: &[NodeId]) -> Result<Vec<Value>, RunError> {
        let inputs = inputs.into_iter().map(|(node, value)| (node, value.into())).collect();
        threads::with_pool(|pool| {
            let options = RunOptions::default().with_thread_pool(Some(pool));
            self.network.run(inputs, outputs, Some(options))
        })
    }
}

impl AnswerColumns {
    fn of(meta: &Meta) -> Result<AnswerColumns, Error> {
        let range = |head: &str, labels: Option<usize>| match meta.columns.get(head) {
            Some(&(start, end)) if start < end && labels.is_none_or(|n| n == end - start) => Ok(start..end),
            Some(_) => {
                Err(Error::model("english.json", format_args!("columns of `{head}` do not fit its labels")))
            }
            None => Err(Error::model("english.json", format_args!("columns of `{head}` are missing"))),
        };
        Ok(AnswerColumns {
            upos: range("upos", Some(meta.labels.upos.len()))?,
            xpos: range("xpos", Some(meta.labels.xpos.len()))?,
            name: range("name", Some(meta.labels.name.len()))?,
            arc_dep: range("arc_dep", None)?,
            arc_head: range("arc_head", None)?,
            arc_bias: range("arc_bias", None)?,
            rel_dep: range("rel_dep", None)?,
            rel_head: range("rel_head", None)?,
            attribution: range("attribution", Some(meta.labels.attribution.len()))?,
            event: range("event", Some(meta.labels.event.len()))?,
            link_dep: range("link_dep", None)?,
            link_head: range("link_head", None)?,
        })
    }
}

impl Nodes {
    fn of(model: &rten::Model) -> Result<Nodes, RunError> {
        Ok(Nodes {
            pieces: model.node_id("pieces")?,
            cases: model.node_id("cases")?,
            positions: model.node_id("positions")?,
            mask: model.node_id("mask")?,
            rows: model.node_id("rows")?,
            answers: model.node_id("answers")?,
            dependents: model.node_id("dependents")?,
            governors: model.node_id("governors")?,
            relations: model.node_id("relations")?,
        })
    }
}

/// Sentences of like length together, so that little is padded; only the sentences given decide.
fn batches(sentences: &[Framed]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    order.sort_by_key(|&i| (sentences[i].pieces.len(), i));
    let mut batches: Vec<Vec<usize>> = Vec::new();
    let mut text = 0;
    for i in order {
        let length = sentences[i].pieces.len();
        text += length;
        match batches.last_mut() {
            Some(batch) if fits_one_batch((batch.len() + 1) * length, text) => batch.push(i),
            _ => {
                batches.push(vec![i]);
                text = length;
            }
        }
    }
    batches
}

/// Whether so many places with so many of them filled may go through the network together.
fn fits_one_batch(places: usize, filled: usize) -> bool {
    places <= MAX_BATCH && filled * 100 >= places * MIN_FILLED
}

fn padded(batch: &[&Framed], length: usize, of: fn(&Framed) -> &[i32]) -> Vec<i32> {
    batch.iter().flat_map(|s| of(s).iter().copied().chain(std::iter::repeat(0)).take(length)).collect()
}

fn mask(batch: &[&Framed], length: usize) -> Vec<f32> {
    let of = |s: &&Framed| {
        let seen = s.pieces.len();
        (0..length).map(move |i| if i < seen { 0.0 } else { MASKED })
    };
    batch.iter().flat_map(of).collect()
}

/// Where the answers are wanted: at each sentence's opening piece, which is its root, and at each word's first.
fn rows(batch: &[&Framed], length: usize) -> Vec<i32> {
    let of = |(b, s): (usize, &&Framed)| -> Vec<i32> {
        std::iter::once(0).chain(s.firsts.iter().copied()).map(|first| (b * length + first) as i32).collect()
    };
    batch.iter().enumerate().flat_map(of).collect()
}

/// Rows of several layers, those of one number side by side.
fn side_by_side(layers: &[Vec<f32>], rows: Range<usize>) -> Vec<f32> {
    rows.flat_map(|row| layers.iter().flat_map(move |layer| &layer[row * STATE..(row + 1) * STATE]))
        .copied()
        .collect()
}

/// The width of an output's rows, and all of them.
fn matrix(values: Value) -> (usize, Vec<f32>) {
    let ([_, width], values) =
        values.into_shape_vec::<f32, 2>().expect("the outputs are declared as matrices");
    (width, values)
}

fn integers(shape: &[usize], data: Vec<i32>) -> Value {
    Value::from_shape(shape, data).expect("the data was made to the shape")
}

fn reals(shape: &[usize], data: Vec<f32>) -> Value {
    Value::from_shape(shape, data).expect("the data was made to the shape")
}
