//! Reads news and official readouts into sourced diplomatic contacts and statements: what a program embeds.
//!
//! ```
//! use daybook::{Reader, Report};
//!
//! let reader = Reader::new()?;
//! let report = Report {
//!     text: "Sergey Lavrov phoned Hakan Fidan on Friday.".into(),
//!     published: Some("2024-03-09".parse()?),
//!     ..Report::default()
//! };
//! let reading = reader.read(&report);
//! let call = &reading.accounts[0];
//! assert_eq!(call.kind.value, daybook::Kind::Call);
//! assert_eq!(call.date.as_ref().map(|d| d.value.to_string()).as_deref(), Some("2024-03-08"));
//! assert_eq!(call.parties[1].party.name.as_deref(), Some("Hakan Fidan"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What people are said to have said, thought or wanted is in [`Reading::statements`]: each names its speakers, and in its ties
//! the accounts that it bears on. [`Reading::on_whose_word`] gives the statements in which the words of a value stand.

mod error;
pub mod pipeline;

pub use daybook_gazetteer::{Gazetteer, Holding};
pub use daybook_intake as intake;
pub use daybook_language::{Analysis, Model};
pub use daybook_ledger::{
    Access, Added, Agreement, Among, Book, Brief, By, Candidate, Column, Compared, Comparison,
    DetachedAccount, DetachedReport, Error as BookError, Features, Feed, Filter, Holds, Link, MAX_DAYS_APART,
    Point, Query, SideAccounts, Size, TiedStatement, Trust, UnresolvedName, contact_pairs,
    feed as feed_state, feeds as feed_states, is_side, likeness_links, put_feed as put_feed_state, report_id,
    settle_detached,
};
pub use daybook_reading::DEFAULT_MIN_CONFIDENCE;
pub use daybook_reading::{Checked as RulesChecked, TellingPair};
pub use daybook_record::{
    About, Account, Act, Bearing, Capture, Certainty, Claim, Class, ClauseTense, ClockTime, Confidence,
    ConfidenceSign, Credibility, Dating, Decided, Doubt, Edtf, Entry, EventMention, Evidence, Explanation,
    Factuality, Filed, Finding, FiredRule, Grouping, Inferred, Join, Kind, KnownPerson, Length, Member,
    Overruling, Part, Participation, Party, PartyKind, Polarity, Reading, Readout, Reason, Report, Role,
    Schema, Settled, SharedParties, SideReadout, Source, Sourced, Span, Standing, Statement, Status, Step,
    Tie, TimePhrase, Version, Way,
};
pub use error::Error;

use daybook_language::{Language, conllu};

/// Model, gazetteer and rules, loaded once; reads any number of reports, from any number of threads.
pub struct Reader(daybook_reading::Reader);

impl Reader {
    /// A reader with the built-in model, gazetteer and rules.
    ///
    /// # Errors
    /// When embedded data is broken, which Daybook's tests rule out.
    pub fn new() -> Result<Reader, Error> {
        Reader::with(&[], &[])
    }

    /// A reader with further tables of office holders (CSV or Popolo JSON) and rules (TOML), each given as file name and
    /// text.
    ///
    /// # Errors
    /// When a table or rule is broken; the message names file, line and remedy.
    ///
    /// ```
    /// let who = ("who.csv".to_string(), "person,office,country,from,to\nAda Example,Prime Minister,NZL,2031-01-01,\n".to_string());
    /// assert!(daybook::Reader::with(&[who], &[]).is_ok());
    /// let broken = ("broken.toml".to_string(), "[[rule]]\nname = 1".to_string());
    /// assert!(daybook::Reader::with(&[], &[broken]).is_err());
    /// ```
    pub fn with(who: &[(String, String)], rules: &[(String, String)]) -> Result<Reader, Error> {
        Reader::with_model(Model::default(), who, rules)
    }

    /// A reader as [`Reader::with`] makes it, with a model of your choice.
    ///
    /// # Errors
    /// As for [`Reader::with`].
    ///
    /// ```
    /// # use daybook::{Model, Reader, Report};
    /// let reader = Reader::with_model(Model::Small, &[], &[])?;
    /// let text = "Sergey Lavrov phoned Hakan Fidan on Friday.".into();
    /// assert_eq!(reader.read(&Report { text, ..Report::default() }).accounts.len(), 1);
    /// # Ok::<(), daybook::Error>(())
    /// ```
    pub fn with_model(
        model: Model,
        who: &[(String, String)],
        rules: &[(String, String)],
    ) -> Result<Reader, Error> {
        let mut gazetteer = Gazetteer::builtin()?;
        for (name, text) in who {
            gazetteer = gazetteer.with_table(name, text)?;
        }
        Ok(Reader(daybook_reading::Reader::new(Language::of(model)?, gazetteer, rules)?))
    }

    /// A reader whose frames other weights read, as `training/contacts/` writes them: for measuring what they are worth.
    ///
    /// # Errors
    /// When the weights, or what is said of them, are broken or do not fit the model.
    pub fn with_frames(model: Model, weights: Vec<u8>, meta: &str) -> Result<Reader, Error> {
        let language = Language::of(model)?.with_frames(weights, meta)?;
        Ok(Reader(daybook_reading::Reader::new(language, Gazetteer::builtin()?, &[])?))
    }

    /// The pairs of tellings of a report that may be of one occasion, each with what is seen of it: what the weights by which
    /// tellings are put together are fitted to.
    ///
    /// ```
    /// # use daybook::{Reader, Report};
    /// let text = "Sergey Lavrov met Hakan Fidan in Sochi. The two ministers met on Friday.".into();
    /// let pairs = Reader::new()?.pairs(&Report { text, ..Report::default() });
    /// assert_eq!(pairs.len(), 1);
    /// # Ok::<(), daybook::Error>(())
    /// ```
    pub fn pairs(&self, report: &Report) -> Vec<TellingPair> {
        self.0.pairs(report)
    }

    /// The gazetteer of this reader, with the tables it was given.
    pub fn gazetteer(&self) -> &Gazetteer {
        self.0.gazetteer()
    }

    /// Reads one report: its contacts, statements, claims and time phrases, each value with the words that say so. Never
    /// fails; the same report gives the same reading, to the byte.
    pub fn read(&self, report: &Report) -> Reading {
        self.0.read(report)
    }

    /// Whether a report may tell of a contact. The check costs a small part of reading the report, which pays on archives that
    /// are mostly about other things. It misses few contacts: docs/performance.md has the figures.
    ///
    /// ```
    /// # use daybook::{Reader, Report};
    /// let reader = Reader::new()?;
    /// let report = |text: &str| Report { text: text.to_string(), ..Report::default() };
    /// assert!(reader.may_contain_contact(&report("Foreign Minister Sergey Lavrov phoned Hakan Fidan on Friday.")));
    /// assert!(!reader.may_contain_contact(&report("The river rose by two metres on Friday.")));
    /// # Ok::<(), daybook::Error>(())
    /// ```
    pub fn may_contain_contact(&self, report: &Report) -> bool {
        self.0.may_contain_contact(report)
    }

    /// The same reading as [`Reader::read`], each account with its explanation: the rules that fired and what they captured, whom
    /// names and pronouns mean, against which day a date was resolved, what decided the status.
    ///
    /// ```
    /// # use daybook::{About, ClauseTense, Reader, Reason, Report};
    /// let text = "Sergey Lavrov phoned Hakan Fidan on Friday.".to_string();
    /// let report = Report { text, published: Some("2024-03-09".parse()?), ..Report::default() };
    /// let reading = Reader::new()?.explain(&report);
    /// let explanation = reading.accounts[0].explanation.as_ref().expect("it was asked for");
    /// let rule = explanation.findings[0].rule.as_ref().expect("a rule matches there, too");
    /// assert_eq!(rule.name, "phone-active");
    /// let date = explanation.reasons.iter().find(|r| r.about == About::Date).expect("a date is told");
    /// let published = "2024-03-09".parse()?;
    /// assert_eq!(date.because, Reason::DateFromPublication { published, tense: Some(ClauseTense::Past) });
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn explain(&self, report: &Report) -> Reading {
        self.0.explain(report)
    }

    /// The sentences, tokens, tags, dependencies and names of a text.
    pub fn parse(&self, text: &str) -> Analysis {
        self.0.language().analyse(text)
    }

    /// An analysis as CoNLL-U.
    ///
    /// ```
    /// let reader = daybook::Reader::new()?;
    /// let printed = reader.conllu(&reader.parse("They met."));
    /// assert!(printed.contains("2\tmet\tmeet\tVERB\tVBD"));
    /// # Ok::<(), daybook::Error>(())
    /// ```
    pub fn conllu(&self, analysis: &Analysis) -> String {
        conllu::write(analysis)
    }

    /// CoNLL-U with the given tokens, annotated anew; for measuring.
    ///
    /// # Errors
    /// When the input is not CoNLL-U; the message names the line.
    pub fn reannotate(&self, given: &str) -> Result<String, Error> {
        let given = conllu::read(given)?;
        let words: Vec<Vec<String>> = given.iter().map(|sentence| sentence.words.clone()).collect();
        Ok(conllu::rewrite(&given, &self.0.language().reannotate(&words)))
    }

    /// Checks rules, given as file names and texts, on their own examples; the built-in rules where none are given.
    ///
    /// # Errors
    /// When a rule file is broken; the message names file, line and remedy.
    pub fn check_rules(&self, rules: &[(String, String)]) -> Result<RulesChecked, Error> {
        Ok(self.0.check_rules(rules)?)
    }
}
