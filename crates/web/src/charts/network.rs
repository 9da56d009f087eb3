//! Draws who contacts whom: the parties around a circle, frequent partners close together, and a line for each pair. Up to
//! two hundred names fit without overlapping.

use std::collections::{BTreeMap, BTreeSet};
use std::f64::consts::TAU;

use super::bars::short;
use super::open_with_links;
use crate::escape::{escape, path_segment};

/// Two parties with their names, and in how many entries they were in contact.
pub(crate) struct Edge {
    pub(crate) one: String,
    pub(crate) other: String,
    pub(crate) names: (String, String),
    pub(crate) entries: usize,
}

/// The height of a name on the circle.
const NAME: f64 = 15.0;
/// Room for names outside the circle.
const MARGIN: f64 = 210.0;
/// The order on the circle is made better so many times.
const ROUNDS: usize = 30;

/// The picture; nothing where there are no pairs.
pub(crate) fn draw(edges: &[Edge]) -> String {
    if edges.is_empty() {
        return String::new();
    }
    let order = order(edges);
    let radius = (order.len() as f64 * NAME / TAU).max(150.0);
    let size = (radius + MARGIN) * 2.0;
    let place: BTreeMap<&str, f64> =
        order.iter().enumerate().map(|(at, party)| (*party, at as f64 / order.len() as f64 * TAU)).collect();
    let names: BTreeMap<&str, &str> = edges
        .iter()
        .flat_map(|edge| {
            [(edge.one.as_str(), edge.names.0.as_str()), (edge.other.as_str(), edge.names.1.as_str())]
        })
        .collect();
    let round = size.ceil() as usize;
    let title = format!("{} parties and {} pairs of them", order.len(), edges.len());
    let mut svg = open_with_links(round, round, "circle", &title);
    let most = edges.iter().map(|edge| edge.entries).max().unwrap_or(1);
    let centre = size / 2.0;
    // The thick lines come last, above the thin ones.
    for edge in edges.iter().rev() {
        svg.push_str(&line(
            edge,
            (place[edge.one.as_str()], place[edge.other.as_str()]),
            radius,
            centre,
            most,
        ));
    }
    for party in order {
        svg.push_str(&name(party, names[party], place[party], radius, centre));
    }
    svg.push_str("</svg>");
    svg
}

fn point(angle: f64, radius: f64, centre: f64) -> (f64, f64) {
    (centre + radius * angle.cos(), centre + radius * angle.sin())
}

fn line(edge: &Edge, (from, to): (f64, f64), radius: f64, centre: f64, most: usize) -> String {
    let ((x1, y1), (x2, y2)) = (point(from, radius, centre), point(to, radius, centre));
    let width = 0.8 + 7.0 * (edge.entries as f64 / most as f64).sqrt();
    let told = format!("{} – {}: {}", edge.names.0, edge.names.1, edge.entries);
    format!(
        "<a href=\"/pair/{}/{}\" class=\"link\" tabindex=\"-1\" aria-hidden=\"true\"><title>{}</title><path d=\"M{x1:.1} {y1:.1}Q{centre:.1} {centre:.1} {x2:.1} {y2:.1}\" stroke-width=\"{width:.1}\"/></a>",
        path_segment(&edge.one),
        path_segment(&edge.other),
        escape(&told)
    )
}

fn name(party: &str, name: &str, angle: f64, radius: f64, centre: f64) -> String {
    let (x, y) = point(angle, radius + 8.0, centre);
    let degrees = angle.to_degrees();
    let left = (90.0..270.0).contains(&degrees);
    let (turn, anchor) = if left { (degrees + 180.0, "end") } else { (degrees, "start") };
    format!(
        "<a href=\"/party/{}\" class=\"name\"><text transform=\"translate({x:.1} {y:.1}) rotate({turn:.1})\" text-anchor=\"{anchor}\" dominant-baseline=\"central\">{}</text></a>",
        path_segment(party),
        escape(&short(name))
    )
}

/// The parties in an order in which those who have much to do with each other stand close together: each is moved to where
/// its partners are on average, again and again. The same pairs give the same order.
fn order(edges: &[Edge]) -> Vec<&str> {
    let parties: BTreeSet<&str> =
        edges.iter().flat_map(|edge| [edge.one.as_str(), edge.other.as_str()]).collect();
    let mut order: Vec<&str> = parties.into_iter().collect();
    let mut partners: BTreeMap<&str, Vec<(&str, f64)>> = BTreeMap::new();
    for edge in edges {
        let weight = edge.entries as f64;
        partners.entry(&edge.one).or_default().push((&edge.other, weight));
        partners.entry(&edge.other).or_default().push((&edge.one, weight));
    }
    for _ in 0..ROUNDS {
        let angle: BTreeMap<&str, f64> = order
            .iter()
            .enumerate()
            .map(|(at, party)| (*party, at as f64 / order.len() as f64 * TAU))
            .collect();
        let mean = |party: &str| {
            let own = angle[party];
            let (x, y) =
                partners[party].iter().fold((own.cos() * 0.5, own.sin() * 0.5), |(x, y), (other, weight)| {
                    (x + weight * angle[other].cos(), y + weight * angle[other].sin())
                });
            y.atan2(x).rem_euclid(TAU)
        };
        let mut placed: Vec<(f64, &str)> = order.iter().map(|party| (mean(party), *party)).collect();
        placed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
        order = placed.into_iter().map(|(_, party)| party).collect();
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(one: &str, other: &str, entries: usize) -> Edge {
        Edge { one: one.into(), other: other.into(), names: (one.into(), other.into()), entries }
    }

    #[test]
    fn each_party_and_each_pair_is_a_link_whatever_their_order() {
        let edges = [edge("A", "B", 3), edge("C", "D", 2), edge("B", "D", 1)];
        let svg = draw(&edges);
        assert_eq!((svg.matches("href=\"/party/").count(), svg.matches("href=\"/pair/").count()), (4, 3));
        assert_eq!(draw(&edges), svg);
    }

    #[test]
    fn names_of_two_hundred_parties_do_not_touch() {
        let edges: Vec<Edge> =
            (0..199).map(|n| edge(&format!("P{n:03}"), &format!("P{:03}", n + 1), 1)).collect();
        let angles = order(&edges).len() as f64;
        let radius = (angles * NAME / TAU).max(150.0);
        assert!(radius * TAU / angles >= NAME - 0.001);
        assert_eq!(draw(&edges).matches("href=\"/party/").count(), 200);
    }
}
