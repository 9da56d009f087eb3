//! Analyses a text: cuts it into sentences and tokens, runs the network over them, and decodes tags, trees, lemmas and names.

use std::collections::BTreeSet;
use std::ops::Range;

use rten::NodeId;

use crate::analysis::{Analysis, Event, Sentence, Token, Upos};
use crate::error::Error;
use crate::frame::{Frame, FrameLabels, TokenPlace};
use crate::lemma::Lemmas;
use crate::network::{
    Answers, Decoded, Encoder, FrameReader, FrameWeights, Framed, LONGEST, Lower, MAX_KEPT, Model, TagOrder,
    TagOrders, WordPieces, argmax, decode, names, upos_of,
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
    frames: FrameReader,
    /// The encoder's nodes on which the reader of frames stands.
    below: Vec<NodeId>,
}

/// The parts of a report as analysed, and what frames are read from.
pub struct ReadReport {
    /// The analysis of each part.
    pub parts: Vec<Analysis>,
    lower: Vec<Lower>,
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
        let frames = FrameReader::load(FrameWeights::Embedded(model.frame_weights()), model.frame_meta())?;
        let below = frames.below_in(&encoder)?;
        let language = Language { pieces, encoder, tokenizer, splitter, lemmas, orders, upos, frames, below };
        // One word through the whole network shows that its parts fit, so that later readings cannot fail.
        let framed = language.pieces.frame([("word", false)].into_iter(), LONGEST);
        let read = language.encoder.read(&framed, &[]).map_err(|e| Error::model(model.file(), e))?;
        let answers: Vec<Answers> = read.into_iter().map(|(answers, _)| answers).collect();
        language.best_relations(&answers, &[vec![0]]).map_err(|e| Error::model(model.file(), e))?;
        language.try_frames()?;
        Ok(language)
    }

    /// The same language with another reader of frames, as `training/contacts/` writes it: for measuring.
    ///
    /// # Errors
    /// Where the weights and what is said of them do not fit together, or not upon this model.
    pub fn with_frames(mut self, weights: Vec<u8>, meta: &str) -> Result<Language, Error> {
        self.frames = FrameReader::load(FrameWeights::Given(weights), meta)?;
        self.below = self.frames.below_in(&self.encoder)?;
        self.try_frames()?;
        Ok(self)
    }

    /// Reads the frames of two words, so that later readings cannot fail.
    fn try_frames(&self) -> Result<(), Error> {
        let wrong = |e| Error::model("frames.onnx", e);
        let report = self.read_report(&["", "They met"]);
        let asked = [0, 1].map(|token| TokenPlace { sentence: 0, token });
        let frames = self.frames.frames(&report.lower, 1.0, &asked).map_err(wrong)?;
        self.frames.same(&frames).map(drop).map_err(wrong)
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
        self.annotate(text.to_owned(), self.cut(text), wanted, None).0
    }

    /// Analyses the parts of a report, title first, each as [`Language::analyse`] does, and keeps what [`Language::frames`]
    /// reads from: of reports of more than some forty thousand words, of the beginning.
    ///
    /// ```
    /// # fn main() -> Result<(), daybook_language::Error> {
    /// let language = daybook_language::Language::load()?;
    /// let report = language.read_report(&["Ministers meet", "The ministers of Norway and Peru met in Vienna."]);
    /// let frames = language.frames(&report, 0.5, &[]);
    /// let told = frames.last().expect("the text tells of a meeting").trigger;
    /// assert_eq!((told.sentence, told.token), (1, 6));
    /// # Ok(())
    /// # }
    /// ```
    pub fn read_report(&self, parts: &[&str]) -> ReadReport {
        let (mut analyses, mut lower, mut left) = (Vec::new(), Vec::new(), MAX_KEPT);
        for (part, text) in parts.iter().enumerate() {
            let (analysis, kept) =
                self.annotate((*text).to_owned(), self.cut(text), |_| true, Some((part, &mut left)));
            analyses.push(analysis);
            lower.extend(kept);
        }
        ReadReport { parts: analyses, lower }
    }

    /// The frames of a report, in the order of its words: of words that are at least `min` sure to tell an event, and of the
    /// words `asked` for, however sure. Of words that stand together and tell one event, the surest is the trigger.
    pub fn frames(&self, report: &ReadReport, min: f32, asked: &[TokenPlace]) -> Vec<Frame> {
        self.frames.frames(&report.lower, min, asked).expect("the network read a report when it was loaded")
    }

    /// For each frame how surely it is of one occasion with each of those before it, by their number.
    pub fn same_occasion(&self, frames: &[Frame]) -> Vec<Vec<(usize, f32)>> {
        self.frames.same(frames).expect("the network read a report when it was loaded")
    }

    /// What the parts of frames are called.
    pub fn frame_labels(&self) -> &FrameLabels {
        self.frames.labels()
    }

    /// The sentences of a text, each with its paragraph and the places of its tokens.
    fn cut(&self, text: &str) -> Vec<(usize, Vec<Range<usize>>)> {
        let mut sentences = Vec::new();
        for (paragraph, stretch) in paragraphs(text).into_iter().enumerate() {
            let tokens = self.tokenizer.tokens(text, stretch);
            for range in self.splitter.sentences(text, &tokens) {
                sentences.push((paragraph, tokens[range].to_vec()));
            }
        }
        sentences
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
        self.annotate(text, given, |_| true, None).0
    }

    /// Reads the wanted ones of sentences of known tokens, so many at a time. Where `kept` names the part of a report and how
    /// many wordpieces may be kept, what the lower layers make of them is kept for frames.
    fn annotate(
        &self,
        text: String,
        sentences: Vec<(usize, Vec<Range<usize>>)>,
        wanted: impl Fn(Range<usize>) -> bool,
        mut kept: Option<(usize, &mut usize)>,
    ) -> (Analysis, Vec<Lower>) {
        let quoted = quoted(&text, &sentences);
        let cut = sentences.into_iter().zip(quoted);
        let cut = cut.map(|((paragraph, tokens), quoted)| Cut { paragraph, tokens, quoted });
        let (read, left): (Vec<(usize, Cut)>, Vec<_>) =
            cut.enumerate().partition(|(_, cut)| wanted(cut.range()));
        let (places, read): (Vec<usize>, Vec<Cut>) = read.into_iter().unzip();
        let (mut sentences, mut lower): (Vec<(usize, Sentence)>, Vec<Lower>) = (Vec::new(), Vec::new());
        for (places, part) in places.chunks(MAX_HELD).zip(read.chunks(MAX_HELD)) {
            let (read, states) = self.read_sentences(&text, part, kept.is_some());
            sentences.extend(places.iter().copied().zip(read));
            if let Some((number, left)) = &mut kept {
                lower.extend(states.into_iter().map(|state| state.within(*number, left)));
            }
        }
        sentences.extend(left.into_iter().map(|(place, cut)| (place, cut.into_unread(&text))));
        sentences.sort_by_key(|(place, _)| *place);
        let sentences = sentences.into_iter().map(|(_, sentence)| sentence).collect();
        (Analysis { text, sentences }, lower)
    }

    fn read_sentences(&self, text: &str, sentences: &[Cut], is_kept: bool) -> (Vec<Sentence>, Vec<Lower>) {
        let words = |cut: &Cut| {
            let words = cut.tokens.iter().map(|r| &text[r.clone()]).zip(cut.quoted.iter().copied());
            self.pieces.frame(words, LONGEST)
        };
        let framed: Vec<Vec<Framed>> = sentences.iter().map(words).collect();
        let flat: Vec<Framed> = framed.iter().flatten().cloned().collect();
        let below = if is_kept { &self.below[..] } else { &[] };
        let read = self.encoder.read(&flat, below).expect("the network read a word when it was loaded");
        let (answers, mut states): (Vec<Answers>, Vec<Vec<f32>>) = read.into_iter().unzip();
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
        let read = sentences.iter().zip(&framed).map(sentence).collect();
        let mut at = 0;
        let mut lower = Vec::new();
        for (cut, frames) in sentences.iter().zip(&framed).filter(|_| is_kept) {
            let states = std::mem::take(&mut states[at]);
            lower.push(Lower { part: 0, states, firsts: frames[0].firsts.clone(), words: cut.tokens.len() });
            at += frames.len();
        }
        (read, lower)
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
