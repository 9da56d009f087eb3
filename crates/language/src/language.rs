//! Analyses a text: cuts it into sentences and tokens, runs the network over them, and decodes tags, trees, lemmas and names.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::analysis::{Analysis, Event, Sentence, Token, Upos};
use crate::error::Error;
use crate::lemma::Lemmas;
use crate::network::{
    Answers, Decoded, Encoder, Framed, LONGEST, Model, TagOrder, TagOrders, WordPieces, argmax, decode,
    names, upos_of,
};
use crate::segment::{Splitter, Tokenizer, paragraphs, quoted};

pub(crate) static VOCABULARY: &str = include_str!("../../../models/vocab.txt");

/// Sentences whose answers are held at once: more than most reports have, and few enough to bound the memory.
const MAX_HELD: usize = 128;

/// The language model and what is known of English beside it. One can serve any number of threads at once.
pub struct Language {
    pieces: WordPieces,
    encoder: Encoder,
    tokenizer: Tokenizer,
    splitter: Splitter,
    lemmas: Lemmas,
    orders: TagOrders,
    upos: Vec<Upos>,
}

/// A sentence before it is read.
struct Cut {
    paragraph: usize,
    tokens: Vec<Range<usize>>,
    /// Whether each token stands in quotation marks.
    quoted: Vec<bool>,
}

impl Cut {
    /// The bytes of the text from the first token to the last.
    fn range(&self) -> Range<usize> {
        self.tokens.first().map_or(0, |t| t.start)..self.tokens.last().map_or(0, |t| t.end)
    }

    /// The sentence with its tokens, and nothing known of them.
    fn into_unread(self, text: &str) -> Sentence {
        let Range { start, end } = self.range();
        let token = |(range, quoted): (Range<usize>, bool)| Token {
            start: range.start,
            end: range.end,
            lemma: text[range].to_lowercase(),
            upos: Upos::X,
            xpos: "XX",
            head: None,
            relation: "dep",
            quoted,
        };
        let tokens = self.tokens.into_iter().zip(self.quoted).map(token).collect();
        let paragraph = self.paragraph;
        Sentence {
            start,
            end,
            paragraph,
            tokens,
            names: Vec::new(),
            attributions: Vec::new(),
            events: Vec::new(),
        }
    }
}

impl Language {
    /// Loads the model that reads where no other is asked for.
    ///
    /// # Errors
    /// Where the embedded files do not fit together; the message names the file and the remedy.
    pub fn load() -> Result<Language, Error> {
        Language::of(Model::default())
    }

    /// Loads a model, all of which are part of the program.
    ///
    /// # Errors
    /// Where the embedded files do not fit together; the message names the file and the remedy. In a fork of a process that has
    /// loaded a model already: what is loaded before the fork can be used in it.
    pub fn of(model: Model) -> Result<Language, Error> {
        let encoder = Encoder::load(model)?;
        let labels = &encoder.meta.labels;
        let orders = TagOrders {
            names: TagOrder::new(&labels.name),
            attributions: TagOrder::new(&labels.attribution),
        };
        let upos = encoder.meta.labels.upos.iter().map(|label| upos_of(label)).collect();
        let (tokenizer, splitter, lemmas) = (Tokenizer::new(), Splitter::new(), Lemmas::new(VOCABULARY));
        let pieces = WordPieces::load(VOCABULARY)?;
        let language = Language { pieces, encoder, tokenizer, splitter, lemmas, orders, upos };
        // One word through the whole network shows that its parts fit, so that later readings cannot fail.
        let framed = language.pieces.frame([("word", false)].into_iter(), LONGEST);
        let answers = language.encoder.read(&framed).map_err(|e| Error::model(model.file(), e))?;
        language.best_relations(&answers, &[vec![0]]).map_err(|e| Error::model(model.file(), e))?;
        Ok(language)
    }

    /// The model that it was loaded with.
    pub fn model(&self) -> Model {
        self.encoder.model
    }

    /// Analyses a text. The answer depends on the text alone, to the byte.
    ///
    /// ```
    /// # fn main() -> Result<(), daybook_language::Error> {
    /// let language = daybook_language::Language::load()?;
    /// let analysis = language.analyse("The ministers met in Vienna. They agreed.");
    /// assert_eq!(analysis.sentences.len(), 2);
    /// assert_eq!(analysis.sentences[0].tokens[2].lemma, "meet");
    /// # Ok(())
    /// # }
    /// ```
    pub fn analyse(&self, text: &str) -> Analysis {
        self.analyse_where(text, |_| true)
    }

    /// Analyses a text, but leaves the sentences that are not `wanted` (asked with their bytes in the text) at their tokens:
    /// without tags, tree, names, attributions and events. They cost next to nothing so.
    ///
    /// ```
    /// # fn main() -> Result<(), daybook_language::Error> {
    /// let language = daybook_language::Language::load()?;
    /// let analysis = language.analyse_where("It rained. The ministers met.", |sentence| sentence.start > 0);
    /// assert_eq!(analysis.sentences[0].tokens[1].head, None);
    /// assert_eq!(analysis.sentences[1].tokens[1].head, Some(2));
    /// # Ok(())
    /// # }
    /// ```
    pub fn analyse_where(&self, text: &str, wanted: impl Fn(Range<usize>) -> bool) -> Analysis {
        let mut sentences = Vec::new();
        for (paragraph, stretch) in paragraphs(text).into_iter().enumerate() {
            let tokens = self.tokenizer.tokens(text, stretch);
            for range in self.splitter.sentences(text, &tokens) {
                sentences.push((paragraph, tokens[range].to_vec()));
            }
        }
        self.annotate(text.to_owned(), sentences, wanted)
    }

    /// The forms in which a word may stand in a text, in lower case: regular ones by rule, whether they exist or not, and
    /// irregular ones by table.
    pub fn forms(&self, lemma: &str) -> BTreeSet<String> {
        self.lemmas.forms(lemma)
    }

    /// Analyses given sentences of given words. The text of the analysis is the words with spaces between, a sentence
    /// a line; each sentence is a paragraph.
    pub fn reannotate(&self, sentences: &[Vec<String>]) -> Analysis {
        let mut text = String::new();
        let mut given = Vec::new();
        for (paragraph, words) in sentences.iter().enumerate() {
            let mut tokens = Vec::new();
            for (i, word) in words.iter().enumerate() {
                if i > 0 {
                    text.push(' ');
                }
                tokens.push(text.len()..text.len() + word.len());
                text.push_str(word);
            }
            text.push('\n');
            given.push((paragraph, tokens));
        }
        self.annotate(text, given, |_| true)
    }

    /// Reads the wanted ones of sentences of known tokens, so many at a time.
    fn annotate(
        &self,
        text: String,
        sentences: Vec<(usize, Vec<Range<usize>>)>,
        wanted: impl Fn(Range<usize>) -> bool,
    ) -> Analysis {
        let quoted = quoted(&text, &sentences);
        let cut = sentences.into_iter().zip(quoted);
        let cut = cut.map(|((paragraph, tokens), quoted)| Cut { paragraph, tokens, quoted });
        let (read, left): (Vec<(usize, Cut)>, Vec<_>) =
            cut.enumerate().partition(|(_, cut)| wanted(cut.range()));
        let (places, read): (Vec<usize>, Vec<Cut>) = read.into_iter().unzip();
        let read = read.chunks(MAX_HELD).flat_map(|part| self.read_sentences(&text, part));
        let mut sentences: Vec<(usize, Sentence)> = places.into_iter().zip(read).collect();
        sentences.extend(left.into_iter().map(|(place, cut)| (place, cut.into_unread(&text))));
        sentences.sort_by_key(|(place, _)| *place);
        let sentences = sentences.into_iter().map(|(_, sentence)| sentence).collect();
        Analysis { text, sentences }
    }

    fn read_sentences(&self, text: &str, sentences: &[Cut]) -> Vec<Sentence> {
        let words = |cut: &Cut| {
            let words = cut.tokens.iter().map(|r| &text[r.clone()]).zip(cut.quoted.iter().copied());
            self.pieces.frame(words, LONGEST)
        };
        let framed: Vec<Vec<Framed>> = sentences.iter().map(words).collect();
        let flat: Vec<Framed> = framed.iter().flatten().cloned().collect();
        let answers = self.encoder.read(&flat).expect("the network read a word when it was loaded");
        let words = flat.iter().map(|f| f.firsts.len());
        let decoded: Vec<Decoded> = answers
            .iter()
            .zip(words)
            .map(|(a, n)| decode(a, &self.encoder.columns, n, &self.orders))
            .collect();
        let heads: Vec<Vec<usize>> = decoded.iter().map(|d| d.heads.clone()).collect();
        let relations =
            self.best_relations(&answers, &heads).expect("the network scored a pair when it was loaded");
        let mut runs = decoded.iter().zip(&relations);
        let sentence = |(cut, frames): (&Cut, &Vec<Framed>)| {
            let runs: Vec<_> = runs.by_ref().take(frames.len()).collect();
            self.put_together(text, cut, &runs)
        };
        sentences.iter().zip(&framed).map(sentence).collect()
    }

    /// The best relation of each word to its head, by sentence.
    fn best_relations(
        &self,
        answers: &[Answers],
        heads: &[Vec<usize>],
    ) -> Result<Vec<Vec<usize>>, rten::RunError> {
        let columns = &self.encoder.columns;
        let (mut dependents, mut governors) = (Vec::new(), Vec::new());
        for (answers, heads) in answers.iter().zip(heads) {
            for (i, &head) in heads.iter().enumerate() {
                dependents.extend_from_slice(answers.get(i + 1, &columns.rel_dep));
                governors.extend_from_slice(answers.get(head, &columns.rel_head));
            }
        }
        if dependents.is_empty() {
            return Ok(vec![Vec::new(); heads.len()]);
        }
        let labels = &self.encoder.meta.labels.relation;
        let mut scores = self.encoder.relations(dependents, governors)?;
        let mut rows = scores.chunks_mut(labels.len());
        let root = labels.iter().position(|&l| l == "root");
        let mut best = |head: &usize| {
            let Some(row) = rows.next() else { return 0 };
            match root {
                Some(root) if *head == 0 => root,
                Some(root) => {
                    row[root] = f32::NEG_INFINITY;
                    argmax(row)
                }
                None => argmax(row),
            }
        };
        Ok(heads.iter().map(|heads| heads.iter().map(&mut best).collect()).collect())
    }

    /// Puts a sentence together from the runs of words that the network read.
    fn put_together(&self, text: &str, cut: &Cut, runs: &[(&Decoded, &Vec<usize>)]) -> Sentence {
        let (labels, ranges) = (&self.encoder.meta.labels, &cut.tokens);
        let (mut attributions, mut events) = (Vec::new(), Vec::new());
        let (mut tokens, mut tags) = (Vec::with_capacity(ranges.len()), Vec::with_capacity(ranges.len()));
        let mut first_root = None;
        for (run, relations) in runs {
            let base = tokens.len();
            for (i, &head) in run.heads.iter().enumerate() {
                let range = &ranges[base + i];
                let (upos, xpos) = (self.upos[run.upos[i]], labels.xpos[run.xpos[i]]);
                let lemma = self.lemmas.lemma(&text[range.clone()], upos, xpos);
                let (head, relation) = match (head, first_root) {
                    (0, None) => (None, "root"),
                    // The later runs of an overlong sentence hang on the first.
                    (0, Some(_)) => (first_root, "parataxis"),
                    _ => (Some(base + head - 1), labels.relation[relations[i]]),
                };
                let quoted = cut.quoted[base + i];
                let (start, end) = (range.start, range.end);
                tokens.push(Token { start, end, lemma, upos, xpos, head, relation, quoted });
            }
            let before = attributions.len();
            attributions.extend(run.attributions.iter().map(|part| part.shifted(base, before)));
            events.extend(run.events.iter().map(|event| Event { token: base + event.token, ..*event }));
            first_root = first_root.or(tokens.iter().position(|t| t.head.is_none()));
            tags.extend_from_slice(&run.names);
        }
        let Range { start, end } = cut.range();
        let names = names(&self.orders.names, &tags);
        Sentence { start, end, paragraph: cut.paragraph, tokens, names, attributions, events }
    }
}
