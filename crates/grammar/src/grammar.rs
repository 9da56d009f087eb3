//! Compiles rule files into a grammar, and finds what its rules match in a sentence.

use daybook_language::{Analysis, Tree};

use crate::error::{Error, Fault};
use crate::file::{self, File};
use crate::index::{Asked, Index};
use crate::site::Site;
use crate::solve::{Match, solve, triggers};
use crate::{Classified, Contract, Failure, Rule, check};

/// How many classes there may be: one a bit.
const MAX_CLASSES: usize = 64;

/// Compiled rules, found by what triggers them. Immutable, and the same from any thread.
#[derive(Debug, Clone)]
pub struct Grammar {
    rules: Vec<Rule>,
    index: Index,
}

impl Grammar {
    /// Compiles rule files, given as names and texts, against the caller's classes (upper-case names, at most 64).
    ///
    /// A file called `lists.toml` lends its lists to the files of its folder and of the folders within. The order
    /// of the rules is that of the files and of their lines.
    ///
    /// # Errors
    /// All problems of all files: text that is not TOML, unknown keys, captures, classes, relations and lists,
    /// lines that can't be parsed, rules without examples, rules of the same name.
    pub fn compile(files: &[(String, String)], classes: &[&str]) -> Result<Grammar, Error> {
        Grammar::compile_all(files, classes, None)
    }

    /// The same, for a reader that makes use only of what its contract declares: rules that yield, capture or set anything
    /// else are refused, since they would match and tell nothing.
    ///
    /// # Errors
    /// Those of [`Grammar::compile`]; classes of events, roles, attributes and values that the contract does not declare; rules
    /// that can't fill what their class needs.
    pub fn compile_for(
        files: &[(String, String)],
        classes: &[&str],
        contract: &Contract,
    ) -> Result<Grammar, Error> {
        Grammar::compile_all(files, classes, Some(contract))
    }

    fn compile_all(
        files: &[(String, String)],
        classes: &[&str],
        contract: Option<&Contract>,
    ) -> Result<Grammar, Error> {
        let mut problems = Vec::new();
        let files: Vec<File<'_>> =
            files.iter().map(|(name, text)| File::read(name, text, &mut problems)).collect();
        if classes.len() > MAX_CLASSES {
            let fault =
                Fault::unsound(format!("{} classes are given; there may be {MAX_CLASSES}", classes.len()));
            problems.extend(files.first().map(|file| file.problem(1, None, fault)));
        }
        let rules = file::compile(&files, classes, contract, &mut problems);
        if problems.is_empty() {
            let index = Index::new(&rules);
            return Ok(Grammar { rules, index });
        }
        let order = |name: &str| files.iter().position(|file| file.name == name);
        problems.sort_by_key(|problem| (order(&problem.file), problem.line));
        Err(Error { problems })
    }

    /// The rules, in the order of the files and of their lines.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What the triggers of the wanted rules ask for: where a sentence has none of it, none of them matches. None where one
    /// of them asks for neither lemma nor word, and may match anywhere.
    pub fn vocabulary(&self, wanted: impl Fn(&Rule) -> bool) -> Option<Vec<Asked<'_>>> {
        let wanted = (0..self.rules.len()).filter(|&rule| wanted(&self.rules[rule])).collect();
        self.index.vocabulary(&wanted)
    }

    /// Every match in a sentence of a text, given as its tree, in the order of the triggers and then of the rules.
    ///
    /// `classes` holds a token's classes at the token's index, bit i for the i-th class given to
    /// [`Grammar::compile`]; tokens past its end have none.
    pub fn matches(&self, text: &Analysis, tree: &Tree<'_>, classes: &[u64]) -> Vec<Match<'_>> {
        let site = Site::new(text, tree, classes);
        let (mut scratch, mut rules, mut matches) = (String::new(), Vec::new(), Vec::new());
        for (number, token) in tree.tokens().iter().enumerate() {
            self.index.candidates(token, text.form(token), &mut scratch, &mut rules);
            let candidates = rules.iter().filter_map(|rule| self.rules.get(*rule));
            let fit = candidates.filter(|rule| triggers(&rule.pattern, &site, number));
            matches.extend(fit.filter_map(|rule| solve(rule, &site, number).ok()));
        }
        matches
    }

    /// Tries every rule on its own examples and returns what went wrong.
    ///
    /// `analyse` is given an example and returns its analysis and, for each sentence, the classes of its tokens
    /// as [`Grammar::matches`] takes them.
    pub fn check(&self, analyse: &mut dyn FnMut(&str) -> Classified) -> Vec<Failure> {
        self.rules.iter().flat_map(|rule| check::check(rule, analyse)).collect()
    }
}
