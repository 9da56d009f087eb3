//! Walks a sentence's dependency tree, up to heads and down to dependents.

use std::ops::Range;

use crate::analysis::{Sentence, Token};

/// A sentence's tree with the dependents of each token at hand: made once for a sentence, asked any number of times.
///
/// Tokens are given by their index in the sentence. Whatever hangs on a token that the sentence does not have counts as
/// hanging on nothing, and walks end even where the heads close a ring.
///
/// ```
/// # fn main() -> Result<(), daybook_language::Error> {
/// use daybook_language::Tree;
///
/// let language = daybook_language::Language::load()?;
/// let analysis = language.analyse("Maria Weber phoned him on Friday.");
/// let tree = Tree::new(&analysis.sentences[0]);
/// let (verb, friday) = (2, 5);
/// assert_eq!(tree.dependents(verb, &["nsubj", "obj"]).collect::<Vec<_>>(), [0, 3]);
/// assert_eq!(tree.subtree(friday), 4..6);
/// assert!(tree.is_below(friday, verb));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Tree<'a> {
    tokens: &'a [Token],
    /// The dependents of all tokens: those of one head side by side, in text order.
    dependents: Vec<usize>,
    /// Where among them the dependents of each token begin, and where the last one's end.
    starts: Vec<usize>,
}

impl<'a> Tree<'a> {
    /// The tree of a sentence.
    pub fn new(sentence: &'a Sentence) -> Tree<'a> {
        let tokens = sentence.tokens.as_slice();
        let mut starts = vec![0; tokens.len() + 1];
        for head in heads(tokens) {
            starts[head.1 + 1] += 1;
        }
        for token in 0..tokens.len() {
            starts[token + 1] += starts[token];
        }
        let mut dependents = vec![0; starts[tokens.len()]];
        let mut free = starts.clone();
        for (dependent, head) in heads(tokens) {
            dependents[free[head]] = dependent;
            free[head] += 1;
        }
        Tree { tokens, dependents, starts }
    }

    /// The sentence's tokens.
    pub fn tokens(&self) -> &'a [Token] {
        self.tokens
    }

    /// The head of a token; `None` for a root.
    pub fn head(&self, token: usize) -> Option<usize> {
        self.tokens.get(token)?.head.filter(|&head| head < self.tokens.len())
    }

    /// All dependents of a token, in text order.
    pub fn children(&self, token: usize) -> &[usize] {
        match self.starts.get(token..token.saturating_add(2)) {
            Some(&[start, end]) => &self.dependents[start..end],
            _ => &[],
        }
    }

    /// The dependents of a token by one of the relations, subtypes included, in text order.
    pub fn dependents<'s>(
        &'s self,
        token: usize,
        relations: &'s [&'s str],
    ) -> impl Iterator<Item = usize> + 's {
        let fits = move |&child: &usize| relations.contains(&self.tokens[child].base_relation());
        self.children(token).iter().copied().filter(fits)
    }

    /// The dependents of a token by one of the relations as they are written: `nsubj` is not `nsubj:pass`.
    pub fn dependents_exactly<'s>(
        &'s self,
        token: usize,
        relations: &'s [&'s str],
    ) -> impl Iterator<Item = usize> + 's {
        let fits = move |&child: &usize| relations.contains(&self.tokens[child].relation);
        self.children(token).iter().copied().filter(fits)
    }

    /// From a token to its root, the token itself first.
    pub fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        // A tree has no ring; the bound holds for whatever else a parser might return.
        std::iter::successors(Some(token), |&at| self.head(at)).take(self.tokens.len())
    }

    /// Whether a token is another or hangs below it.
    pub fn is_below(&self, token: usize, top: usize) -> bool {
        self.ancestors(token).any(|at| at == top)
    }

    /// The smallest run of tokens that holds a token and all below it.
    pub fn subtree(&self, token: usize) -> Range<usize> {
        let (mut low, mut high, mut open) = (token, token, vec![token]);
        // A tree has no ring; the bound holds for whatever else a parser might return.
        for _ in 0..self.tokens.len() {
            let Some(now) = open.pop() else { break };
            (low, high) = (low.min(now), high.max(now));
            open.extend(self.children(now));
        }
        low..high + 1
    }
}

/// Each token that has a head in the sentence, and that head.
fn heads(tokens: &[Token]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let hung = tokens.iter().enumerate().filter_map(|(dependent, token)| Some((dependent, token.head?)));
    hung.filter(|(_, head)| *head < tokens.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Upos;

    fn sentence(heads: &[Option<usize>]) -> Sentence {
        let token = |&head: &Option<usize>| Token {
            start: 0,
            end: 0,
            lemma: String::new(),
            upos: Upos::Noun,
            xpos: "NN",
            head,
            relation: "nmod:poss",
            quoted: false,
        };
        Sentence { tokens: heads.iter().map(token).collect(), ..Sentence::default() }
    }

    #[test]
    fn dependents_stand_in_text_order() {
        let sentence = sentence(&[Some(2), Some(0), None, Some(2), Some(9)]);
        let tree = Tree::new(&sentence);
        assert_eq!(tree.children(2), [0, 3]);
        assert_eq!((tree.children(0), tree.children(4), tree.children(9)), (&[1][..], &[][..], &[][..]));
        assert_eq!(tree.dependents(2, &["nmod"]).count(), 2);
        assert_eq!(tree.dependents_exactly(2, &["nmod"]).count(), 0);
        assert_eq!((tree.head(1), tree.head(2), tree.head(4)), (Some(0), None, None));
        assert_eq!((tree.subtree(0), tree.subtree(2)), (0..2, 0..4));
    }

    #[test]
    fn walks_end_in_a_ring() {
        let sentence = sentence(&[Some(1), Some(0), Some(1)]);
        let tree = Tree::new(&sentence);
        assert_eq!(tree.ancestors(2).collect::<Vec<_>>(), [2, 1, 0]);
        assert!(tree.is_below(2, 0) && !tree.is_below(0, 2));
        assert_eq!(tree.subtree(0), 0..3);
    }
}
