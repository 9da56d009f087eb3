//! Writes entries as GraphML: who was in contact with whom, how often, by what means, and when.
//!
//! Only contacts that took place count: held or under way, in reports that their publishers have not replaced. A node is a
//! party, an edge a pair; those who travel or call together are no pair. The order follows from the parties' identities.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use daybook_record::{Entry, Kind, Party};
use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::labels::{party, took_place};
use crate::pairs::{Pair, pairs};
use crate::plain::one_line;

const NODE_FIELDS: [(&str, &str); 7] = [
    ("label", "string"),
    ("type", "string"),
    ("country", "string"),
    ("office", "string"),
    ("wikidata", "string"),
    ("identity", "string"),
    ("entries", "int"),
];

const EDGE_FIELDS: [(&str, &str); 6] = [
    ("entries", "int"),
    ("aggregates", "int"),
    ("from_source", "int"),
    ("from_target", "int"),
    ("first_day", "string"),
    ("last_day", "string"),
];

/// Writes the entries; an error is one of `out`. Nothing is written before the last entry is read.
pub fn write<E: Borrow<Entry>>(
    out: impl Write + Send,
    entries: impl IntoIterator<Item = E>,
) -> io::Result<()> {
    let mut graph = Graph::default();
    for entry in entries {
        graph.add(entry.borrow());
    }
    graph.write(Writer::new_with_indent(out, b' ', 2))
}

#[derive(Default)]
struct Graph {
    nodes: BTreeMap<String, Node>,
    edges: BTreeMap<(String, String), Edge>,
}

struct Node {
    party: Party,
    entries: usize,
}

#[derive(Default)]
struct Edge {
    entries: usize,
    aggregates: usize,
    from_source: usize,
    from_target: usize,
    days: Option<(Date, Date)>,
    kinds: BTreeMap<Kind, usize>,
}

impl Graph {
    fn add(&mut self, entry: &Entry) {
        if !took_place(entry) {
            return;
        }
        for member in &entry.parties {
            let node = Node { party: member.party.clone(), entries: 0 };
            let node = self.nodes.entry(member.identity.clone()).or_insert(node);
            node.entries += 1;
            if fullness(&member.party) > fullness(&node.party) {
                node.party = member.party.clone();
            }
        }
        for pair in pairs(entry) {
            self.connect(entry, pair);
        }
    }

    fn connect(&mut self, entry: &Entry, pair: Pair) {
        let identity = |number: usize| entry.parties.get(number).map(|member| member.identity.clone());
        let Some((from, to)) = identity(pair.from).zip(identity(pair.to)) else { return };
        let forth = from < to;
        let key = if forth { (from, to) } else { (to, from) };
        let edge = self.edges.entry(key).or_default();
        edge.entries += 1;
        edge.aggregates += usize::from(entry.aggregate);
        edge.from_source += usize::from(pair.directed && forth);
        edge.from_target += usize::from(pair.directed && !forth);
        *edge.kinds.entry(entry.kind.value).or_default() += 1;
        let told = entry.date.as_ref().and_then(|date| date.value.first().zip(date.value.last()));
        edge.days = match (edge.days, told) {
            (Some(days), Some(told)) => Some((days.0.min(told.0), days.1.max(told.1))),
            (days, told) => days.or(told),
        };
    }

    fn write<W: Write>(&self, mut out: Writer<W>) -> io::Result<()> {
        out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let root =
            BytesStart::new("graphml").with_attributes([("xmlns", "http://graphml.graphdrawing.org/xmlns")]);
        within(&mut out, root, |out| {
            self.write_keys(out)?;
            let graph =
                BytesStart::new("graph").with_attributes([("id", "contacts"), ("edgedefault", "undirected")]);
            within(out, graph, |out| self.write_graph(out))
        })?;
        out.get_mut().write_all(b"\n")?;
        out.get_mut().flush()
    }

    fn write_keys<W: Write>(&self, out: &mut Writer<W>) -> io::Result<()> {
        let kinds: Vec<(&str, &str)> = Kind::all().into_iter().map(|kind| (count_of(kind), "int")).collect();
        let fields = NODE_FIELDS.iter().map(|field| ("node", field));
        let fields = fields.chain(EDGE_FIELDS.iter().chain(&kinds).map(|field| ("edge", field)));
        for (of, (name, kind)) in fields {
            let id = format!("{of}_{name}");
            let key = [("id", id.as_str()), ("for", of), ("attr.name", name), ("attr.type", kind)];
            out.write_event(Event::Empty(BytesStart::new("key").with_attributes(key)))?;
        }
        Ok(())
    }

    fn write_graph<W: Write>(&self, out: &mut Writer<W>) -> io::Result<()> {
        let ids: BTreeMap<&String, String> = self
            .nodes
            .keys()
            .enumerate()
            .map(|(number, identity)| (identity, format!("n{number}")))
            .collect();
        let id = |identity: &String| ids.get(identity).map_or("", String::as_str);
        for (identity, node) in &self.nodes {
            let start = BytesStart::new("node").with_attributes([("id", id(identity))]);
            within(out, start, |out| write_data(out, "node", &node.fields(identity)))?;
        }
        for ((source, target), edge) in &self.edges {
            let ends = [("source", id(source)), ("target", id(target))];
            let start = BytesStart::new("edge").with_attributes(ends);
            within(out, start, |out| write_data(out, "edge", &edge.fields()))?;
        }
        Ok(())
    }
}

/// The fuller telling of a party goes before others; that of equals that comes first in the alphabet.
fn fullness(party: &Party) -> (usize, usize, std::cmp::Reverse<&Party>) {
    let told = [&party.name, &party.office, &party.country, &party.wikidata];
    let length = party.name.as_ref().map_or(0, String::len);
    (told.into_iter().flatten().count(), length, std::cmp::Reverse(party))
}

impl Node {
    fn fields(&self, identity: &str) -> Vec<(&'static str, String)> {
        let who = &self.party;
        let optional = [("country", &who.country), ("office", &who.office), ("wikidata", &who.wikidata)];
        let optional = optional.into_iter().filter_map(|(name, value)| Some((name, value.clone()?)));
        let mut fields = vec![("label", party(who)), ("type", who.kind.to_string())];
        fields.extend(optional);
        fields.extend([("identity", identity.to_string()), ("entries", self.entries.to_string())]);
        fields
    }
}

impl Edge {
    /// Days that nothing tells and kinds that don't occur are left out.
    fn fields(&self) -> Vec<(&'static str, String)> {
        let counts = [
            ("entries", self.entries),
            ("aggregates", self.aggregates),
            ("from_source", self.from_source),
            ("from_target", self.from_target),
        ];
        let days = self.days.map(|(first, last)| [("first_day", first), ("last_day", last)]);
        let kinds = self.kinds.iter().map(|(&kind, count)| (count_of(kind), count.to_string()));
        let counts = counts.into_iter().map(|(name, count)| (name, count.to_string()));
        let days = days.into_iter().flatten().map(|(name, day)| (name, day.to_string()));
        counts.chain(days).chain(kinds).collect()
    }
}

/// The name of the edges' field that counts contacts of a kind.
fn count_of(kind: Kind) -> &'static str {
    &kind.class().plural
}

fn within<W: Write>(
    out: &mut Writer<W>,
    start: BytesStart<'_>,
    inside: impl FnOnce(&mut Writer<W>) -> io::Result<()>,
) -> io::Result<()> {
    let end: BytesEnd<'static> = start.to_end().into_owned();
    out.write_event(Event::Start(start))?;
    inside(out)?;
    out.write_event(Event::End(end))
}

fn write_data<W: Write>(out: &mut Writer<W>, of: &str, fields: &[(&str, String)]) -> io::Result<()> {
    for (name, value) in fields {
        let key = format!("{of}_{name}");
        let start = BytesStart::new("data").with_attributes([("key", key.as_str())]);
        let value = one_line(value);
        within(out, start, |out| out.write_event(Event::Text(BytesText::new(&value))))?;
    }
    Ok(())
}
