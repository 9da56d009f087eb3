//! Matches rules against analysed sentences: which rule fits where, and which tokens its captures take.
//!
//! The language is described in `docs/rules.md`. It knows syntax and the classes its caller names, nothing else.
//!
//! ```
//! use daybook_grammar::Grammar;
//!
//! let file = r#"
//! [[rule]]
//! name = "buy"
//! yields = "purchase"
//! match = """
//! trigger = lemma:buy|purchase & VERB
//! buyer = trigger >=nsubj PERSON
//! goods* = trigger >obj any or trigger >obj >conj* any
//! """
//! finds = [{ text = "Ada bought bread and milk.", buyer = "Ada", goods = ["bread", "milk"] }]
//! "#;
//! let files = [("shop.toml".to_string(), file.to_string())];
//! let grammar = Grammar::compile(&files, &["PERSON"])?;
//! assert_eq!(grammar.rules()[0].yields, "purchase");
//!
//! let error = Grammar::compile(&files, &["PERSONS"]).expect_err("there is no such class");
//! assert_eq!(
//!     error.to_string(),
//!     "shop.toml:7: rule `buy`: unknown class or part of speech `PERSON`; did you mean `PERSONS`?"
//! );
//! # Ok::<(), daybook_grammar::Error>(())
//! ```

mod check;
mod contract;
mod draft;
mod error;
mod file;
mod grammar;
mod index;
mod parse;
mod pattern;
mod rule;
mod site;
mod solve;
mod subject;

pub use check::{Classified, Failure};
pub use contract::{Contract, Yield};
pub use error::{Error, Problem};
pub use grammar::Grammar;
pub use index::Asked;
pub use rule::{Find, Ignore, Rule};
pub use solve::{Binding, Match};
