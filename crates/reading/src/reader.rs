//! The reader: everything loaded once, any number of reports read, from any number of threads.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use daybook_gazetteer::Gazetteer;
use daybook_grammar::{Grammar, Match};
use daybook_language::{Analysis, Event, Frame, Language, Model, ReadReport, TokenPlace, at_work};
use daybook_record::{Account, Dating, EventMention, Factuality, Kind, Reading, Report};

use crate::contacts::account;
use crate::contacts::explain::Explainer;
use crate::contacts::group::{self, TellingPair};
use crate::contacts::infer;
use crate::contacts::occasion::Occasion;
use crate::contacts::remarks;
use crate::contacts::ties::{self, TiedContact};
use crate::dating::clues;
use crate::dating::interval;
use crate::events::classes::{self, CLASSES};
use crate::events::contract::contract;
use crate::events::from_frame;
use crate::events::labels::SchemaLabels;
use crate::events::parts;
use crate::events::telling::Scene;
use crate::parties::cast::Cast;
use crate::parties::cast::official_side;
use crate::parties::find;
use crate::parties::mention::Mention;
use crate::parties::reattach;
use crate::parties::resolve;
use crate::parties::told::ToldWords;
use crate::screen::look::{Concern, Passage, Screen};
use crate::statements::FoundStatements;
use crate::syntax::document::{At, Document, Line};
use crate::times::phrases::{self, Timed};
use crate::words::lexicon::Lexicon;
use crate::{Error, statements};

include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// Reads reports into accounts. Making one loads model, gazetteer and rules; after that reading never fails.
pub struct Reader {
    language: Language,
    gazetteer: Gazetteer,
    grammar: Grammar,
    lexicon: Lexicon,
    labels: SchemaLabels,
    /// Made when it is first asked for; none where the rules let nothing be passed over.
    screen: OnceLock<Option<Screen>>,
    /// The model that reads passages of which only a contact is asked; none where it is the reader's own.
    screening_model: OnceLock<Option<Language>>,
}

/// The outcome of checking rules on their own examples.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// How many rules were checked.
    pub rules: usize,
    /// How many examples that must match.
    pub finds: usize,
    /// How many examples that must not match.
    pub ignores: usize,
    /// What went wrong, a line each.
    pub failures: Vec<String>,
}

impl Reader {
    /// A reader with the built-in rules, and `rules` (file names and texts) added to them.
    ///
    /// # Errors
    /// When a rule file is broken; the message names file, line and remedy.
    pub fn new(
        language: Language,
        gazetteer: Gazetteer,
        rules: &[(String, String)],
    ) -> Result<Reader, Error> {
        let built_in = RULES.iter().map(|(name, text)| (name.to_string(), text.to_string()));
        let files: Vec<(String, String)> = built_in.chain(rules.iter().cloned()).collect();
        let grammar = Grammar::compile_for(&files, &CLASSES, &contract())?;
        Ok(Reader {
            labels: SchemaLabels::new(language.frame_labels()),
            language,
            gazetteer,
            grammar,
            lexicon: Lexicon::builtin()?,
            screen: OnceLock::new(),
            screening_model: OnceLock::new(),
        })
    }

    /// Who is who.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// The language model, for parsing alone.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// Reads one report: its contacts and time phrases, each value with the words that say so.
    pub fn read(&self, report: &Report) -> Reading {
        self.reading(report, false)
    }

    /// Reads one report, and says of each account why it is as it is.
    pub fn explain(&self, report: &Report) -> Reading {
        self.reading(report, true)
    }

    /// Whether a report may be of concern, that is tell of a contact. It is looked at for words of the rules and names; where
    /// these leave a doubt, the passages with them are read, and nothing else. So a report that tells of contacts only between
    /// the lines of several passages may be missed.
    pub fn may_contain_contact(&self, report: &Report) -> bool {
        let Some(screen) = self.screen() else { return true };
        let title = report.title.as_deref().unwrap_or_default();
        match screen.look(title, &report.text, &self.lexicon.screen) {
            Concern::None => false,
            Concern::Sure => true,
            Concern::Passages { title: of_title, text: of_text, is_likely } => {
                let screening_model = self.screening_model();
                let some = |whole: &str, passages: &[Range<usize>]| {
                    screening_model.analyse_where(whole, |sentence| meets(passages, &sentence))
                };
                at_work(|| {
                    let (title, text) = (some(title, &of_title), some(&report.text, &of_text));
                    self.may_tell(report, title, text, is_likely)
                })
            }
        }
    }

    /// Whether what was analysed of a report tells of a contact; where that is likely, it need only match a rule of one, since
    /// who takes part may stand elsewhere.
    fn may_tell(&self, report: &Report, mut title: Analysis, mut text: Analysis, is_likely: bool) -> bool {
        self.repair(report, &mut title, &mut text);
        let document = Document::new(report, &title, &text);
        let cast = self.cast(&document);
        let timed = phrases::find(&document, &self.lexicon);
        let matches = self.matches(&document, &cast, &timed);
        let mut of_contact = matches.iter().filter(|(_, found)| Kind::named(&found.rule.yields).is_some());
        // Who takes part may stand elsewhere.
        let names_two = |(line, found): &(usize, Match<'_>)| {
            let captured = found.why().into_iter().flat_map(|binding| binding.tokens.to_vec());
            let means = captured.flat_map(|token| cast.at(At { line: *line, token }).to_vec());
            means.collect::<BTreeSet<_>>().len() > 1
        };
        of_contact.any(|found| is_likely || names_two(found))
    }

    /// The signs by which [`Reader::may_contain_contact`] weighs the passages of a text; none where a rule may be triggered by any word.
    pub fn passages(&self, text: &str) -> Vec<Passage> {
        self.screen().map_or_else(Vec::new, |screen| screen.passages(text))
    }

    /// The fastest model, loaded when it is first needed; in a fork, where it can no longer be, the reader's own.
    fn screening_model(&self) -> &Language {
        let load = || Language::of(Model::Small).ok().filter(|_| self.language.model() != Model::Small);
        self.screening_model.get_or_init(load).as_ref().unwrap_or(&self.language)
    }

    fn screen(&self) -> Option<&Screen> {
        let make = || {
            Screen::new(
                &self.grammar,
                &self.gazetteer,
                &self.language,
                &self.lexicon.function_words.first_person,
            )
        };
        // Names too many for an automaton would be a reason to read everything, too.
        self.screen.get_or_init(|| make().and_then(Result::ok)).as_ref()
    }

    fn reading(&self, report: &Report, explained: bool) -> Reading {
        self.with_scene(report, |scene, matches, dating| self.told(scene, matches, dating, explained))
    }

    /// The pairs of tellings that may be of one occasion, each with what is seen of it: what weights in
    /// `data/en/occasions.toml` are fitted to.
    pub fn pairs(&self, report: &Report) -> Vec<TellingPair> {
        self.with_scene(report, |scene, matches, _| {
            let same = group::same_occasion(&self.language, scene.frames);
            group::pairs(scene, &scene.tellings(matches), &same)
        })
    }

    /// Analyses a report, and gives on what its words mean: names, times, rules' matches and frames.
    fn with_scene<R: Send>(
        &self,
        report: &Report,
        then: impl FnOnce(&Scene<'_, '_>, &[(usize, Match<'_>)], Option<Dating>) -> R + Send,
    ) -> R {
        at_work(|| {
            let read =
                self.language.read_report(&[report.title.as_deref().unwrap_or_default(), &report.text]);
            self.set_scene(report, read, then)
        })
    }

    fn set_scene<R>(
        &self,
        report: &Report,
        mut read: ReadReport,
        then: impl FnOnce(&Scene<'_, '_>, &[(usize, Match<'_>)], Option<Dating>) -> R,
    ) -> R {
        let (mut title, mut text) = (std::mem::take(&mut read.parts[0]), std::mem::take(&mut read.parts[1]));
        self.repair(report, &mut title, &mut text);
        let mut document = Document::new(report, &title, &text);
        let mut cast = self.cast(&document);
        let mut timed = phrases::find(&document, &self.lexicon);
        let dating = self.dating(&document, &cast, &mut timed);
        if let Some(dating) = &dating {
            document.date(&dating.interval);
            cast = self.cast(&document);
        }
        let official = official_side(&self.gazetteer, report).is_some();
        let matches = self.matches(&document, &cast, &timed);
        let frames = self.frames(&read, &matches);
        for (line, run, sure) in parts::party_runs(&frames, &self.labels) {
            let words = ToldWords { line, run: &run, sure };
            cast.admit(&document, &words, &self.gazetteer, &self.lexicon);
        }
        let scene = Scene {
            document: &document,
            cast: &cast,
            timed: &timed,
            lexicon: &self.lexicon,
            frames: &frames,
            labels: &self.labels,
            official,
        };
        then(&scene, &matches, dating)
    }

    fn told(
        &self,
        scene: &Scene<'_, '_>,
        matches: &[(usize, Match<'_>)],
        dating: Option<Dating>,
        explained: bool,
    ) -> Reading {
        let mut said = statements::find(scene);
        let claims = said.claims(scene);
        let (mut accounts, occasions) = self.accounts(scene, matches, &said, explained);
        account::doubt(scene, &mut accounts, &occasions, &claims);
        let each = accounts.iter().zip(&occasions).enumerate();
        let contacts: Vec<TiedContact<'_>> =
            each.map(|(number, (account, occasion))| TiedContact { number, account, occasion }).collect();
        ties::tie(&mut said, scene, &contacts, &claims);
        let events = events(scene.document);
        let statements = said.statements;
        Reading { accounts, statements, claims, events, times: phrases::phrases(scene.timed), dating }
    }

    /// Puts the trees right by what is known of titles and names.
    fn repair(&self, report: &Report, title: &mut Analysis, text: &mut Analysis) {
        let mentions = self.mentions(&Document::new(report, title, text));
        reattach::repair(title, &mentions, 0, &self.lexicon);
        reattach::repair(text, &mentions, title.sentences.len(), &self.lexicon);
    }

    fn mentions<'g>(&'g self, document: &Document<'_>) -> Vec<Mention<'g>> {
        let of_line = |(number, line)| find::find(line, number, &self.gazetteer, &self.lexicon);
        document.lines.iter().enumerate().flat_map(of_line).collect()
    }

    fn cast<'g>(&'g self, document: &Document<'_>) -> Cast<'g> {
        resolve::resolve(document, self.mentions(document), &self.gazetteer, &self.lexicon)
    }

    /// When a report without a date was published; its time phrases are then resolved as far as that allows.
    fn dating(&self, document: &Document<'_>, cast: &Cast<'_>, timed: &mut [Timed]) -> Option<Dating> {
        if document.report.published.is_some() {
            return None;
        }
        let clues = clues::gather(document, cast, timed, &self.gazetteer, &self.lexicon);
        let dating = interval::infer(&clues)?;
        if let (Some(first), Some(last)) = (dating.interval.first(), dating.interval.last()) {
            phrases::suppose(document, &self.lexicon, timed, first, last);
        }
        Some(dating)
    }

    fn matches(&self, document: &Document<'_>, cast: &Cast<'_>, timed: &[Timed]) -> Vec<(usize, Match<'_>)> {
        let classes = classes::of(document, cast, timed, &self.lexicon.function_words);
        let of_line = |number: usize| {
            let line = &document.lines[number];
            self.grammar
                .matches(line.analysis, &line.tree, &classes[number])
                .into_iter()
                .map(move |m| (number, m))
        };
        (0..document.lines.len()).flat_map(of_line).collect()
    }

    /// The frames of a report: of words that the model takes to tell of a contact, and of those at which a rule of one matches.
    fn frames(&self, read: &ReadReport, matches: &[(usize, Match<'_>)]) -> Vec<Frame> {
        let of_contact = matches.iter().filter(|(_, found)| Kind::named(&found.rule.yields).is_some());
        let place =
            |(line, found): &(usize, Match<'_>)| TokenPlace { sentence: *line, token: found.trigger() };
        let asked: Vec<TokenPlace> = of_contact.map(place).collect();
        self.language.frames(read, from_frame::MIN_TOLD, &asked)
    }

    /// The accounts of a report, and the occasion of each.
    fn accounts(
        &self,
        scene: &Scene<'_, '_>,
        matches: &[(usize, Match<'_>)],
        said: &FoundStatements,
        explained: bool,
    ) -> (Vec<Account>, Vec<Occasion>) {
        let same = group::same_occasion(&self.language, scene.frames);
        let occasions = group::group(scene, scene.tellings(matches), &same);
        let mut extras = remarks::gather(scene, &occasions, matches);
        infer::infer(scene, &occasions, &mut extras);
        let accounts = occasions.iter().zip(extras).filter_map(|(occasion, mut extras)| {
            let remarks = std::mem::take(&mut extras.remarks);
            let mut account = account::account(scene, occasion, extras, said)?;
            if explained {
                let why = Explainer { scene, matches, occasion, remarks: &remarks };
                account.explanation = Some(Box::new(why.explanation(&account)));
            }
            Some((account, occasion.clone()))
        });
        accounts.unzip()
    }

    /// Checks rule files on their own examples, the built-in ones included where `rules` is empty.
    ///
    /// # Errors
    /// When a rule file is broken; the message names file, line and remedy.
    pub fn check_rules(&self, rules: &[(String, String)]) -> Result<Checked, Error> {
        let own;
        let grammar = if rules.is_empty() {
            &self.grammar
        } else {
            own = Grammar::compile_for(rules, &CLASSES, &contract())?;
            &own
        };
        let failures = grammar.check(&mut |text| self.example(text));
        let failures = failures.iter().map(ToString::to_string).collect();
        let count = |of: fn(&daybook_grammar::Rule) -> usize| grammar.rules().iter().map(of).sum();
        Ok(Checked {
            rules: grammar.rules().len(),
            finds: count(|r| r.finds.len()),
            ignores: count(|r| r.ignores.len()),
            failures,
        })
    }

    /// An example text with the classes of its tokens.
    fn example(&self, text: &str) -> (Analysis, Vec<Vec<u64>>) {
        let report = Report { text: text.to_string(), ..Report::default() };
        let (mut title, mut analysis) = (Analysis::default(), self.language.analyse(text));
        self.repair(&report, &mut title, &mut analysis);
        let document = Document::new(&report, &title, &analysis);
        let cast = self.cast(&document);
        let timed = phrases::find(&document, &self.lexicon);
        let classes = classes::of(&document, &cast, &timed, &self.lexicon.function_words);
        (analysis, classes)
    }
}

/// Whether a sentence shares a byte with one of the passages.
fn meets(passages: &[Range<usize>], sentence: &Range<usize>) -> bool {
    passages.iter().any(|passage| passage.start < sentence.end && sentence.start < passage.end)
}

/// The words that tell events, each with how far it is a fact.
fn events(document: &Document<'_>) -> Vec<EventMention> {
    let of_line = |line: &Line<'_>| -> Vec<EventMention> {
        let mention = |event: &Event| EventMention {
            span: line.span(event.token..event.token + 1),
            factuality: Factuality::new(event.factuality),
        };
        line.sentence.told().map(mention).collect()
    };
    document.lines.iter().flat_map(of_line).collect()
}
