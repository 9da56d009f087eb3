//! Writes analyses as CoNLL-U, and reads from CoNLL-U words to be analysed anew.
//!
//! The format: <https://universaldependencies.org/format.html>.

use std::fmt::Write;

use crate::analysis::{Analysis, AttributionRole, NameKind, Sentence};
use crate::error::Error;

/// A sentence of given words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Its comment lines, `#` included.
    pub comments: Vec<String>,
    /// Its words in order.
    pub words: Vec<String>,
}

/// Reads the sentences of a CoNLL-U file. Only forms and comments are kept; multiword tokens and empty nodes are passed over.
///
/// # Errors
/// A line that is neither empty nor a comment nor a row with a form; the message names its number.
///
/// ```
/// let given = daybook_language::conllu::read("# sent_id = 1\n1\tHello\t_\t_\t_\t_\t_\t_\t_\t_\n\n")?;
/// assert_eq!(given[0].words, ["Hello"]);
/// assert!(daybook_language::conllu::read("Hello there\n").is_err());
/// # Ok::<(), daybook_language::Error>(())
/// ```
pub fn read(text: &str) -> Result<Vec<Given>, Error> {
    let mut sentences = Vec::new();
    let mut current = Given::default();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            if !current.words.is_empty() {
                sentences.push(std::mem::take(&mut current));
            }
        } else if line.starts_with('#') {
            current.comments.push(line.to_owned());
        } else if let Some(word) = word(line).map_err(|wrong| Error::conllu(number + 1, wrong))? {
            current.words.push(word.to_owned());
        }
    }
    if !current.words.is_empty() {
        sentences.push(current);
    }
    Ok(sentences)
}

/// The form of a row; `None` for multiword tokens and empty nodes.
fn word(line: &str) -> Result<Option<&str>, &'static str> {
    let mut cells = line.split('\t');
    let (Some(id), Some(form)) = (cells.next(), cells.next()) else {
        return Err("a row has ten columns with tabs between them");
    };
    if id.contains(['-', '.']) {
        return Ok(None);
    }
    match id.parse::<usize>() {
        Ok(_) if form.is_empty() => Err("the second column, the form, is empty"),
        Ok(_) => Ok(Some(form)),
        Err(_) => Err("the first column of a row is its number"),
    }
}

/// Writes an analysis: paragraphs as `# newpar`, each sentence with its `# text`. In the last column stand offsets in bytes
/// as `Range=0:5`, names as `NER=B-PER`, parts of attributions as `Attribution=B-Cue`, those of sources and contents with
/// the number of their cue's first word as `Attribution=B-Source:4`, words that tell events as `Event=Yes`, and for these and
/// others that may do so how far the event is a fact as `Factuality=2.9`.
pub fn write(analysis: &Analysis) -> String {
    let mut out = String::new();
    let mut paragraph = None;
    for sentence in &analysis.sentences {
        if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
            out.push_str("# newpar\n");
        }
        let text = analysis.text.get(sentence.start..sentence.end).unwrap_or("");
        let words: Vec<&str> = text.split_whitespace().collect();
        out.extend(["# text = ", &words.join(" "), "\n"]);
        rows(&mut out, analysis, sentence);
    }
    out
}

/// Writes an analysis of given sentences under their own comments.
pub fn rewrite(given: &[Given], analysis: &Analysis) -> String {
    let mut out = String::new();
    for (given, sentence) in given.iter().zip(&analysis.sentences) {
        for comment in &given.comments {
            out.extend([comment, "\n"]);
        }
        rows(&mut out, analysis, sentence);
    }
    out
}

fn rows(out: &mut String, analysis: &Analysis, sentence: &Sentence) {
    let (names, attributions) = (name_tags(sentence), attribution_tags(sentence));
    for (i, token) in sentence.tokens.iter().enumerate() {
        let head = token.head.map_or(0, |head| head + 1);
        let (form, upos, xpos) = (analysis.form(token), token.upos.as_str(), token.xpos);
        let row = format_args!(
            "{}\t{form}\t{}\t{upos}\t{xpos}\t_\t{head}\t{}\t_\tRange={}:{}",
            i + 1,
            token.lemma,
            token.relation,
            token.start,
            token.end
        );
        // Writing to a string cannot fail.
        let _ = out.write_fmt(row);
        out.extend(names[i].iter().flat_map(|tag| ["|NER=", tag]));
        out.extend(attributions[i].iter().flat_map(|tag| ["|Attribution=", tag]));
        if let Some(event) = sentence.events.iter().find(|event| event.token == i) {
            out.push_str(if event.likely { "|Event=Yes" } else { "" });
            let _ = write!(out, "|Factuality={:.1}", event.factuality.clamp(-3.0, 3.0));
        }
        if sentence.tokens.get(i + 1).is_some_and(|next| next.start == token.end) {
            out.push_str("|SpaceAfter=No");
        }
        out.push('\n');
    }
    out.push('\n');
}

fn name_tags(sentence: &Sentence) -> Vec<Option<String>> {
    let mut tags = vec![None; sentence.tokens.len()];
    for name in &sentence.names {
        for i in name.tokens.clone() {
            let place = if i == name.tokens.start { "B" } else { "I" };
            if let Some(tag) = tags.get_mut(i) {
                *tag = Some(format!("{place}-{}", label(name.kind)));
            }
        }
    }
    tags
}

fn attribution_tags(sentence: &Sentence) -> Vec<Option<String>> {
    let mut tags = vec![None; sentence.tokens.len()];
    for part in &sentence.attributions {
        let role = match part.role {
            AttributionRole::Source => "Source",
            AttributionRole::Cue => "Cue",
            AttributionRole::Content => "Content",
        };
        let cue = part.cue.and_then(|cue| sentence.attributions.get(cue));
        let cue = cue.map_or(String::new(), |cue| format!(":{}", cue.tokens.start + 1));
        for i in part.tokens.clone() {
            let place = if i == part.tokens.start { "B" } else { "I" };
            if let Some(tag) = tags.get_mut(i) {
                *tag = Some(format!("{place}-{role}{cue}"));
            }
        }
    }
    tags
}

fn label(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "PER",
        NameKind::Organisation => "ORG",
        NameKind::Place => "LOC",
        NameKind::Nationality => "NORP",
        NameKind::Date => "DATE",
        NameKind::Time => "TIME",
        NameKind::Event => "EVENT",
    }
}
