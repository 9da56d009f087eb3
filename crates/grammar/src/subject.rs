//! Finds who does what a word tells: the subject of its clause, or one that it shares with a clause above.
//!
//! In "Ada came to ask Max to write to Eve" the one who writes is Max and the one who asks is Ada, though neither is the
//! subject of its verb in the tree. Which noun an unsaid subject is follows from the relation by which the clause hangs on
//! its head (de Marneffe et al., "Universal Dependencies", Computational Linguistics 47 (2021), section 3.3, on control).

use daybook_language::{Tree, Upos};

/// How many words are climbed at most.
const MAX_CLIMB: usize = 8;

/// The possible subjects of a token, the likeliest first; none for a token that the sentence does not have.
pub(crate) fn subjects(tree: &Tree<'_>, token: usize) -> Vec<usize> {
    let mut found = Vec::new();
    if token >= tree.tokens().len() {
        return found;
    }
    let clause = Clauses { tree };
    if clause.is_done_by_another(token) {
        found.extend(tree.dependents_exactly(token, &["obl:agent"]));
        return found;
    }
    let mut at = token;
    for step in 0..MAX_CLIMB {
        if clause.own(at, step > 0, &mut found) {
            break;
        }
        let Some(head) = clause.head(at) else { break };
        if clause.lends(at, head, &mut found) {
            break;
        }
        at = head;
    }
    found
}

/// The clauses of a sentence, and whose deeds they tell.
struct Clauses<'t> {
    tree: &'t Tree<'t>,
}

impl Clauses<'_> {
    fn relation(&self, at: usize) -> &'static str {
        self.tree.tokens()[at].relation
    }

    /// The head of a token, but for one that a broken tree hangs on itself.
    fn head(&self, at: usize) -> Option<usize> {
        self.tree.head(at).filter(|&head| head != at)
    }

    fn by<'s>(&'s self, at: usize, relations: &'s [&'s str]) -> impl Iterator<Item = usize> + 's {
        self.tree.dependents_exactly(at, relations)
    }

    /// The subject that a word has itself; of a passive verb its agent, or, for a clause below it, its subject.
    /// Whether the search ends here.
    fn own(&self, at: usize, for_clause_below: bool, found: &mut Vec<usize>) -> bool {
        let mut subjects: Vec<usize> = self.by(at, &["nsubj", "nsubj:outer"]).collect();
        let is_passive = self.by(at, &["nsubj:pass"]).next().is_some();
        if for_clause_below {
            subjects.extend(self.by(at, &["nsubj:pass"]));
        }
        // "The line, installed to talk with her": a clause misplaced below "which" may be about those above.
        let bare = for_clause_below && subjects.iter().all(|&s| self.tree.tokens()[s].xpos == "WDT");
        for &subject in &subjects {
            found.push(if self.is_relative(subject) {
                self.antecedent(at).unwrap_or(subject)
            } else {
                subject
            });
            found.extend(self.by(subject, &["nmod:poss"]));
        }
        if is_passive && !for_clause_below {
            found.extend(self.by(at, &["obl:agent"]));
            return true;
        }
        !subjects.is_empty() && !bare
    }

    /// "The deal negotiated by Ada": a participle that tells what was done to its noun.
    fn is_done_by_another(&self, at: usize) -> bool {
        let token = &self.tree.tokens()[at];
        token.relation == "acl" && token.xpos == "VBN" && self.by(at, &["aux", "aux:pass"]).next().is_none()
    }

    /// "Who", "which" and "that" stand for the noun that their clause belongs to.
    fn is_relative(&self, at: usize) -> bool {
        let token = &self.tree.tokens()[at];
        token.upos == Upos::Pron && matches!(token.xpos, "WP" | "WDT")
    }

    fn antecedent(&self, verb: usize) -> Option<usize> {
        let mut at = verb;
        for _ in 0..MAX_CLIMB {
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
        match self.tree.tokens()[at].base_relation() {
            "xcomp" if !self.is_copular(head) => {
                found.extend(self.by(head, &["obj", "iobj"]).filter(|&o| o != at));
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
        self.by(at, &["cop"]).next().is_some()
    }
}
