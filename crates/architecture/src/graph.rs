//! Finds the circles of a graph of names: which of them can be reached from each other.

use std::collections::{BTreeMap, BTreeSet};

/// Who imports whom, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graph(BTreeMap<String, BTreeSet<String>>);

impl Graph {
    /// Adds that one imports another; a name that imports itself is only noted.
    pub fn add(&mut self, from: &str, to: &str) {
        let targets = self.0.entry(from.to_string()).or_default();
        if from != to {
            targets.insert(to.to_string());
        }
    }

    /// Those that a name imports, by name.
    pub fn of(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.get(name).into_iter().flatten().map(String::as_str)
    }

    /// All names that import something.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The circles: each a set of names that reach one another, ordered by name.
    ///
    /// ```
    /// let mut graph = daybook_architecture::Graph::default();
    /// graph.add("a", "b");
    /// graph.add("b", "c");
    /// assert!(graph.circles().is_empty());
    /// graph.add("c", "b");
    /// assert_eq!(graph.circles(), [["b", "c"]]);
    /// ```
    pub fn circles(&self) -> Vec<Vec<String>> {
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            self.names().map(|name| (name, self.reached(name))).collect();
        let mut circles = BTreeSet::new();
        for (name, targets) in &reached {
            let back = |other: &&&str| reached.get(**other).is_some_and(|found| found.contains(name));
            let circle: BTreeSet<String> = targets.iter().filter(back).map(ToString::to_string).collect();
            if circle.contains(*name) {
                circles.insert(circle);
            }
        }
        circles.into_iter().map(|circle| circle.into_iter().collect()).collect()
    }

    fn reached(&self, from: &str) -> BTreeSet<&str> {
        let (mut reached, mut open) = (BTreeSet::new(), self.of(from).collect::<Vec<_>>());
        while let Some(next) = open.pop() {
            if reached.insert(next) {
                open.extend(self.of(next));
            }
        }
        reached
    }
}
