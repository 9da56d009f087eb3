//! Puts a report's title and text together as one run of analysed sentences.

use std::ops::Range;

use daybook_language::{Analysis, Sentence, Token, Tree, Upos};
use daybook_record::{Edtf, Part, Report, Span};
use jiff::civil::Date;

/// A report with the analyses of its parts; the title's sentences come first.
pub(crate) struct Document<'a> {
    pub report: &'a Report,
    pub lines: Vec<Line<'a>>,
    /// The day of publication twice, or the first and last on which it may have been where that is only inferred.
    pub earliest: Option<Date>,
    pub latest: Option<Date>,
    /// The day on which offices are looked up; none where the day of publication is known too loosely to tell.
    pub as_of: Option<Date>,
}

/// A sentence of a report, and where its words stand.
pub(crate) struct Line<'a> {
    pub part: Part,
    pub analysis: &'a Analysis,
    pub sentence: &'a Sentence,
    pub tree: Tree<'a>,
}

/// A token of a document: number of the line, number of the token in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct At {
    pub line: usize,
    pub token: usize,
}

/// Within so many days of each other, most offices have one holder.
const YEAR: i32 = 366;

impl<'a> Document<'a> {
    pub fn new(report: &'a Report, title: &'a Analysis, text: &'a Analysis) -> Document<'a> {
        let of = |part, analysis: &'a Analysis| {
            analysis.sentences.iter().map(move |s| Line::new(part, analysis, s))
        };
        let lines = of(Part::Title, title).chain(of(Part::Text, text)).collect();
        let published = report.published;
        Document { report, lines, earliest: published, latest: published, as_of: published }
    }
}

impl Document<'_> {
    /// Takes over when a report without a date was published.
    pub fn date(&mut self, interval: &Edtf) {
        (self.earliest, self.latest) = (interval.first(), interval.last());
        self.as_of = self.earliest.filter(|_| interval.width() <= YEAR);
    }
}

impl<'a> Line<'a> {
    fn new(part: Part, analysis: &'a Analysis, sentence: &'a Sentence) -> Line<'a> {
        Line { part, analysis, sentence, tree: Tree::new(sentence) }
    }

    pub fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    pub fn token(&self, at: usize) -> &'a Token {
        &self.sentence.tokens[at]
    }

    pub fn form(&self, at: usize) -> &'a str {
        self.analysis.form(self.token(at))
    }

    pub fn lemma(&self, at: usize) -> &'a str {
        &self.token(at).lemma
    }

    pub fn upos(&self, at: usize) -> Upos {
        self.token(at).upos
    }

    pub fn head(&self, at: usize) -> Option<usize> {
        self.tree.head(at)
    }

    /// The words of a run of tokens, with line breaks and repeated blanks as one blank.
    pub fn words(&self, tokens: Range<usize>) -> String {
        let raw = self.analysis.words(self.sentence, tokens);
        raw.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub fn span(&self, tokens: Range<usize>) -> Span {
        let run = self.sentence.tokens.get(tokens).unwrap_or_default();
        let (start, end) = (
            run.first().map_or(self.sentence.start, |t| t.start),
            run.last().map_or(self.sentence.start, |t| t.end),
        );
        Span { part: self.part, start, end }
    }

    /// The tokens that lie in a span.
    pub fn tokens_at(&self, span: Span) -> Range<usize> {
        let tokens = &self.sentence.tokens;
        let start = tokens.partition_point(|t| t.end <= span.start);
        start..tokens.partition_point(|t| t.start < span.end).max(start)
    }

    pub fn children(&self, at: usize) -> &[usize] {
        self.tree.children(at)
    }

    /// The relation of a token to its head without subtype: `nsubj` for `nsubj:pass`.
    pub fn relation(&self, at: usize) -> &'static str {
        self.token(at).base_relation()
    }

    /// The dependents of a token by one of the relations, subtypes included.
    pub fn dependents<'s>(&'s self, at: usize, relations: &'s [&'s str]) -> impl Iterator<Item = usize> + 's {
        self.tree.dependents(at, relations)
    }

    /// From the token to the root, the token itself first.
    pub fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.tree.ancestors(at)
    }

    /// The smallest run of tokens that holds a token and all below it.
    pub fn subtree(&self, at: usize) -> Range<usize> {
        self.tree.subtree(at)
    }

    /// The words that lead a phrase or clause in, prepositions and conjunctions alike: `with`, `together with`, `before`; empty
    /// where there are none. The `case:` of a rule asks for prepositions alone.
    pub fn marker(&self, at: usize) -> String {
        let mut words: Vec<usize> = self.dependents(at, &["case", "mark"]).collect();
        let fixed: Vec<usize> =
            words.iter().flat_map(|&w| self.dependents(w, &["fixed"]).collect::<Vec<_>>()).collect();
        words.extend(fixed);
        words.sort_unstable();
        words.iter().map(|&w| self.form(w).to_lowercase()).collect::<Vec<_>>().join(" ")
    }

    /// The form of the token at a place, if there is one.
    pub fn form_after(&self, at: usize) -> Option<&'a str> {
        (at < self.len()).then(|| self.form(at))
    }

    /// A verb's lemma with its particle: "call off".
    pub fn with_particle(&self, verb: usize) -> String {
        let particle = self.children(verb).iter().find(|&&c| self.token(c).relation == "compound:prt");
        let alone = self.lemma(verb).to_string();
        particle.map_or(alone, |&p| format!("{} {}", self.lemma(verb), self.form(p).to_lowercase()))
    }

    /// The nearest verb at or above a token: the head of the clause that it stands in.
    pub fn clause(&self, at: usize) -> usize {
        let verbal = |t: usize| {
            self.upos(t) == Upos::Verb || self.dependents(t, &["cop", "nsubj", "csubj"]).next().is_some()
        };
        self.ancestors(at).find(|&t| verbal(t)).unwrap_or_else(|| self.ancestors(at).last().unwrap_or(at))
    }
}
