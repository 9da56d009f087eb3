//! Finds the best tree with one root, given the score of every head for every word.
//!
//! Chu and Liu (1965), Edmonds (1967): every word takes its best head; a cycle among them is drawn together into one
//! node whose edges are those of its members, as far as they are better than what the member gives up; again until
//! there is none.

/// Scores of heads for words: node 0 is the root, node `i + 1` word `i`.
pub(crate) struct Scores {
    nodes: usize,
    values: Vec<f64>,
}

/// Every root costs this much, so that the best tree has but one: far more than any sum of scores.
const ROOT_COST: f64 = 1e6;

impl Scores {
    /// Scores for a sentence of so many words, all 0.
    pub fn new(words: usize) -> Scores {
        let nodes = words + 1;
        Scores { nodes, values: vec![0.0; nodes * nodes] }
    }

    /// Sets the score of `head` for `dependent`.
    pub fn set(&mut self, head: usize, dependent: usize, score: f64) {
        self.values[dependent * self.nodes + head] = score;
    }

    fn get(&self, head: usize, dependent: usize) -> f64 {
        self.values[dependent * self.nodes + head]
    }
}

/// A cycle drawn together, and what is needed to take it apart again.
struct Drawn {
    /// The nodes of the cycle; the first stands for all.
    cycle: Vec<usize>,
    /// The head of each node of the cycle within the cycle, in the same order.
    heads: Vec<usize>,
    /// By node outside: the node of the cycle that its edge into the cycle leads to.
    into: Vec<usize>,
    /// By node outside: the node of the cycle that its edge from the cycle comes from.
    out_of: Vec<usize>,
}

/// The head of each word in the best tree: 0 is the root, `i + 1` word `i`.
pub(crate) fn heads(mut scores: Scores) -> Vec<usize> {
    for dependent in 1..scores.nodes {
        let own = scores.get(0, dependent) - ROOT_COST;
        scores.set(0, dependent, own);
    }
    let mut alive: Vec<usize> = (0..scores.nodes).collect();
    let mut drawn = Vec::new();
    let mut best = best_heads(&scores, &alive);
    while let Some(cycle) = cycle(&best, &alive) {
        drawn.push(draw_together(&mut scores, &mut alive, cycle, &best));
        best = best_heads(&scores, &alive);
    }
    for level in drawn.iter().rev() {
        take_apart(level, &mut best);
    }
    best.split_off(1)
}

/// By node: the best of the living heads; of the root and the dead, 0.
fn best_heads(scores: &Scores, alive: &[usize]) -> Vec<usize> {
    let mut best = vec![0; scores.nodes];
    for &dependent in &alive[1..] {
        let mut top = f64::NEG_INFINITY;
        for &head in alive.iter().filter(|&&h| h != dependent) {
            let score = scores.get(head, dependent);
            if score > top {
                (top, best[dependent]) = (score, head);
            }
        }
    }
    best
}

/// A cycle among the living nodes' heads.
fn cycle(best: &[usize], alive: &[usize]) -> Option<Vec<usize>> {
    let mut seen_from = vec![0; best.len()];
    for &start in &alive[1..] {
        let mut node = start;
        while node != 0 && seen_from[node] == 0 {
            seen_from[node] = start;
            node = best[node];
        }
        if node != 0 && seen_from[node] == start {
            let around = std::iter::successors(Some(best[node]), |&n| (n != node).then(|| best[n]));
            return Some(around.collect());
        }
    }
    None
}

/// Draws a cycle together into its first node, whose scores become those of the whole.
fn draw_together(scores: &mut Scores, alive: &mut Vec<usize>, cycle: Vec<usize>, best: &[usize]) -> Drawn {
    let whole = cycle[0];
    let heads: Vec<usize> = cycle.iter().map(|&n| best[n]).collect();
    let given_up: Vec<f64> = cycle.iter().zip(&heads).map(|(&n, &h)| scores.get(h, n)).collect();
    let (mut into, mut out_of) = (vec![0; scores.nodes], vec![0; scores.nodes]);
    let mut within = vec![false; scores.nodes];
    cycle.iter().for_each(|&n| within[n] = true);
    for &node in alive.iter().filter(|&&n| !within[n]) {
        let entering = cycle.iter().zip(&given_up).map(|(&n, lost)| (n, scores.get(node, n) - lost));
        let (to, gained) = largest(entering);
        let (from, score) = largest(cycle.iter().map(|&n| (n, scores.get(n, node))));
        (into[node], out_of[node]) = (to, from);
        scores.set(node, whole, gained);
        scores.set(whole, node, score);
    }
    alive.retain(|&n| n == whole || !within[n]);
    Drawn { cycle, heads, into, out_of }
}

/// Gives the nodes of a cycle their heads back, all but the one that the edge into the cycle leads to.
fn take_apart(drawn: &Drawn, best: &mut [usize]) {
    let whole = drawn.cycle[0];
    let entry = best[whole];
    for (node, &from) in drawn.out_of.iter().enumerate() {
        // Only nodes alive when the cycle was drawn together have a way out of it on record.
        if best[node] == whole && from != 0 {
            best[node] = from;
        }
    }
    for (&node, &head) in drawn.cycle.iter().zip(&drawn.heads) {
        best[node] = head;
    }
    best[drawn.into[entry]] = entry;
}

fn largest(scored: impl Iterator<Item = (usize, f64)>) -> (usize, f64) {
    scored.fold((0, f64::NEG_INFINITY), |best, next| if next.1 > best.1 { next } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best single-root tree by trying every assignment of heads.
    fn by_trying(words: usize, score: &dyn Fn(usize, usize) -> f64) -> f64 {
        let mut top = f64::NEG_INFINITY;
        for code in 0..(words + 1).pow(words as u32) {
            let heads: Vec<usize> =
                (0..words).map(|i| code / (words + 1).pow(i as u32) % (words + 1)).collect();
            if is_tree(&heads) {
                top = top.max(total(&heads, score));
            }
        }
        top
    }

    fn is_tree(heads: &[usize]) -> bool {
        let reaches = |start: usize| {
            let mut node = start;
            for _ in 0..=heads.len() {
                if node == 0 {
                    return true;
                }
                node = heads[node - 1];
            }
            false
        };
        heads.iter().filter(|&&h| h == 0).count() == 1 && (1..=heads.len()).all(reaches)
    }

    fn total(heads: &[usize], score: &dyn Fn(usize, usize) -> f64) -> f64 {
        heads.iter().enumerate().map(|(i, &h)| score(h, i + 1)).sum()
    }

    #[test]
    fn finds_the_best_tree() {
        let mut state = 7u64;
        for round in 0..400 {
            let words = 1 + round % 5;
            let mut table = vec![0.0; 36];
            for value in &mut table {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                *value = (state >> 40) as f64 / 1e5 - 80.0;
            }
            let score = |h: usize, d: usize| table[h * 6 + d];
            let mut scores = Scores::new(words);
            (0..=words).for_each(|h| (1..=words).for_each(|d| scores.set(h, d, score(h, d))));
            let found = heads(scores);
            assert!(is_tree(&found), "{found:?}");
            assert!((total(&found, &score) - by_trying(words, &score)).abs() < 1e-9, "{found:?}");
        }
    }

    #[test]
    fn takes_any_scores() {
        for value in [0.0, f64::NAN, f64::INFINITY, -1e9] {
            let mut scores = Scores::new(4);
            (0..=4).for_each(|h| (1..=4).for_each(|d| scores.set(h, d, value)));
            assert_eq!(heads(scores).len(), 4);
        }
        assert!(heads(Scores::new(0)).is_empty());
    }
}
