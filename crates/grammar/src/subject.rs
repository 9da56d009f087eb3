//! Who does what a word tells: the subject of its clause, or the one that it shares with a clause above.
//!
//! In "Ada came to ask Max to write to Eve" the one who writes is Max and the one who asks is Ada, though neither is the
//! subject of its verb in the tree. Which noun an unsaid subject is follows from the relation by which the clause hangs on
//! its head (de Marneffe et al., "Universal Dependencies", Computational Linguistics 47 (2021), section 3.3, on control).

use daybook_language::{Sentence, Upos};

/// How many words are climbed at most.
const REACH: usize = 8;

/// The possible subjects of a word, the likeliest first. `dependents` lists the dependents of a token in text order.
pub(crate) fn subjects(
    sentence: &Sentence,
    dependents: &impl Fn(usize) -> Vec<usize>,
    token: usize,
) -> Vec<usize> {
    let climb = Climb { sentence, dependents };
    if climb.is_done_by_another(token) {
        return climb.by(token, &["obl:agent"]);
    }
    let mut found = Vec::new();
    let mut at = token;
    for step in 0..REACH {
        if climb.own(at, step > 0, &mut found) {
            break;
        }
        let Some(head) = climb.head(at) else { break };
        if climb.lends(at, head, &mut found) {
            break;
        }
        at = head;
    }
    found
}

struct Climb<'s, F> {
    sentence: &'s Sentence,
    dependents: &'s F,
}

impl<F: Fn(usize) -> Vec<usize>> Climb<'_, F> {
    fn relation(&self, at: usize) -> &'static str {
        self.sentence.tokens[at].relation
    }

    fn head(&self, at: usize) -> Option<usize> {
        self.sentence.tokens[at].head.filter(|&head| head < self.sentence.tokens.len() && head != at)
    }

    fn by(&self, at: usize, relations: &[&str]) -> Vec<usize> {
        let fits = |&d: &usize| relations.contains(&self.relation(d));
        (self.dependents)(at).into_iter().filter(fits).collect()
    }

    /// The subject that a word has itself; of a passive verb its agent, or, for a clause below it, its subject.
    /// Whether the search ends here.
    fn own(&self, at: usize, for_clause_below: bool, found: &mut Vec<usize>) -> bool {
        let mut subjects = self.by(at, &["nsubj", "nsubj:outer"]);
        let passive = self.by(at, &["nsubj:pass"]);
        if for_clause_below {
            subjects.extend(&passive);
        }
        // "The line, installed to talk with her": a clause misplaced below "which" may be about those above.
        let bare = for_clause_below && subjects.iter().all(|&s| self.sentence.tokens[s].xpos == "WDT");
        for &subject in &subjects {
            found.push(if self.is_relative(subject) {
                self.antecedent(at).unwrap_or(subject)
            } else {
                subject
            });
            found.extend(self.by(subject, &["nmod:poss"]));
        }
        if !passive.is_empty() && !for_clause_below {
            found.extend(self.by(at, &["obl:agent"]));
            return true;
        }
        !subjects.is_empty() && !bare
    }

    /// "The deal negotiated by Ada": a participle that tells what was done to its noun.
    fn is_done_by_another(&self, at: usize) -> bool {
        let token = &self.sentence.tokens[at];
        token.relation == "acl" && token.xpos == "VBN" && self.by(at, &["aux", "aux:pass"]).is_empty()
    }

    /// "Who", "which" and "that" stand for the noun that their clause belongs to.
    fn is_relative(&self, at: usize) -> bool {
        let token = &self.sentence.tokens[at];
        token.upos == Upos::Pron && matches!(token.xpos, "WP" | "WDT")
    }

    fn antecedent(&self, verb: usize) -> Option<usize> {
        let mut at = verb;
        for _ in 0..REACH {
            let relation = self.relation(at);
            let head = self.head(at)?;
            if relation.starts_with("acl") {
                return Some(head);
            }
            if !matches!(relation, "conj" | "xcomp") {
                return None;
            }
            at = head;
        }
        None
    }

    /// What the head lends to a word without a subject: the object of "ask", the noun of "the one to ask".
    /// Whether the search ends here.
    fn lends(&self, at: usize, head: usize, found: &mut Vec<usize>) -> bool {
        let relation = self.relation(at).split(':').next().unwrap_or_default();
        match relation {
            "xcomp" if !self.is_copular(head) => {
                found.extend(self.by(head, &["obj", "iobj"]).into_iter().filter(|&o| o != at));
            }
            "acl" => {
                found.push(head);
                found.extend(self.by(head, &["nmod:poss"]));
            }
            "nsubj" | "csubj" | "vocative" | "appos" => return true,
            "nmod" | "obl" | "obj" | "compound" => found.extend(self.by(head, &["nmod:poss"])),
            _ => {}
        }
        false
    }

    fn is_copular(&self, at: usize) -> bool {
        !self.by(at, &["cop"]).is_empty()
    }
}
