//! Puts the parts of attributions together that the model finds sentence by sentence: each cue with its source and contents,
//! quotations that run over sentences and paragraphs with the cue that they belong to.

use daybook_language::{Attribution, AttributionRole};

use super::attributed::{Attributed, Words};
use super::subjects;
use crate::syntax::document::{Document, Line};
use crate::words::lexicon::FunctionWords;

/// A run of attributed words, and the attribution that it is of, as far as that is known.
struct Piece {
    words: Words,
    owner: Option<usize>,
    /// The quotation in which its first quoted word stands.
    quotation: Option<usize>,
}

/// The attributions of a document in the order of their first words.
pub(crate) fn assemble(document: &Document<'_>, function_words: &FunctionWords) -> Vec<Attributed> {
    let (mut found, mut pieces) = linked(document);
    within_quotations(&mut pieces);
    carry_on(document, &mut found, &mut pieces);
    for piece in pieces {
        if let Some(owner) = piece.owner {
            found[owner].content.push(piece.words);
        }
    }
    let mut found = in_order(found);
    for one in &mut found {
        let subject = subjects::of(document, one, function_words);
        if one.source.is_none() || subject.as_ref().is_some_and(|s| one.is_nearer(s)) {
            one.shared = subject.is_some();
            one.source = subject.or(one.source.take());
        }
    }
    found
}

/// Each cue with its source, and all contents, led to their cues where these stand in the same sentence.
fn linked(document: &Document<'_>) -> (Vec<Attributed>, Vec<Piece>) {
    let quotations = quotations(document);
    let (mut found, mut pieces): (Vec<Attributed>, Vec<Piece>) = (Vec::new(), Vec::new());
    for (number, line) in document.lines.iter().enumerate() {
        let parts = &line.sentence.attributions;
        let mut numbers = vec![None; parts.len()];
        for (i, part) in parts.iter().enumerate().filter(|(_, p)| p.role == AttributionRole::Cue) {
            numbers[i] = Some(found.len());
            let cue = Some(Words { line: number, tokens: part.tokens.clone() });
            found.push(Attributed { cue, ..Attributed::default() });
        }
        for (i, part) in parts.iter().enumerate() {
            let owner = cue_of(document, number, i).and_then(|cue| numbers[cue]);
            let words = Words { line: number, tokens: part.tokens.clone() };
            match (part.role, owner) {
                (AttributionRole::Source, Some(owner)) => found[owner].source = Some(words),
                (AttributionRole::Content, _)
                    if !stands_for_another(line, &words) && !is_stray(line, &words) =>
                {
                    let quotation = part.tokens.clone().find_map(|t| quotations[number][t]);
                    pieces.push(Piece { words, owner, quotation });
                }
                _ => {}
            }
        }
    }
    (found, pieces)
}

/// "So said the minister": a word that takes up what was said before.
fn stands_for_another(line: &Line<'_>, words: &Words) -> bool {
    words.tokens.start == 0 && words.tokens.len() == 1 && matches!(line.lemma(0), "so" | "thus")
}

/// An adjective or article alone, whose noun is no part of the content, or an adverb: "falsely claimed".
fn is_stray(line: &Line<'_>, words: &Words) -> bool {
    let only = words.tokens.start;
    let of_manner = line.relation(only) == "advmod" && line.form(only).ends_with("ly");
    words.tokens.len() == 1
        && (of_manner || matches!(line.relation(only), "amod" | "det" | "case"))
        && !line.token(only).quoted
        && line
            .sentence
            .attributions
            .iter()
            .all(|a| a.role != AttributionRole::Content || a.tokens.start != only + 1)
}

/// The cue of a source or content: for a content the one to which the syntax ties it, if that is one alone, and else the
/// model's choice.
fn cue_of(document: &Document<'_>, number: usize, i: usize) -> Option<usize> {
    let line = &document.lines[number];
    let parts = &line.sentence.attributions;
    let part = &parts[i];
    let head = Words { line: number, tokens: part.tokens.clone() }.head(document);
    let ties = |cue: &Attribution| {
        line.head(head).is_some_and(|up| cue.tokens.contains(&up))
            || line.children(head).iter().any(|below| cue.tokens.contains(below))
    };
    let tied: Vec<usize> =
        (0..parts.len()).filter(|&c| parts[c].role == AttributionRole::Cue && ties(&parts[c])).collect();
    match tied[..] {
        [only] if part.role == AttributionRole::Content => Some(only),
        _ => part.cue,
    }
}

/// For each token the number of the quotation that it stands in: one from mark to mark, over sentences and over paragraphs
/// that each open it anew.
fn quotations(document: &Document<'_>) -> Vec<Vec<Option<usize>>> {
    let (mut count, mut open, mut before) = (0, false, None);
    let mut numbers = Vec::with_capacity(document.lines.len());
    for line in &document.lines {
        // The title's quotations end with it.
        open &= before.replace(line.part).is_none_or(|part| part == line.part);
        let mut own = vec![None; line.len()];
        for (at, number) in own.iter_mut().enumerate().filter(|(at, _)| line.token(*at).quoted) {
            if !open {
                count += 1;
            }
            open = !closes(line, at);
            *number = Some(count);
        }
        // What follows outside the marks ends a quotation that was never closed.
        open &= line.len().checked_sub(1).is_none_or(|last| line.token(last).quoted);
        numbers.push(own);
    }
    numbers
}

/// Whether a quoted token is the mark that ends its quotation.
fn closes(line: &Line<'_>, at: usize) -> bool {
    match line.form(at) {
        "”" | "''" => true,
        "\"" => {
            at > 0 && line.token(at - 1).quoted && line.token(at - 1).end == line.token(at).start
                || at + 1 == line.len()
                || !line.token(at + 1).quoted
        }
        _ => false,
    }
}

/// A piece without a cue belongs to that of the quotation in which it stands: of a later piece, or else an earlier one.
fn within_quotations(pieces: &mut [Piece]) {
    for i in 0..pieces.len() {
        let quotation = pieces[i].quotation;
        if pieces[i].owner.is_none() && quotation.is_some() {
            let same = |p: &&Piece| p.quotation == quotation && p.owner.is_some();
            let later = pieces[i + 1..].iter().find(same);
            pieces[i].owner = later.or_else(|| pieces[..i].iter().rev().find(same)).and_then(|p| p.owner);
        }
    }
}

/// What is left goes on from the attribution right before it, or is taken up by a cue without content right behind it;
/// else it stands alone.
fn carry_on(document: &Document<'_>, found: &mut Vec<Attributed>, pieces: &mut [Piece]) {
    let bare = |found: &[Attributed], pieces: &[Piece], line: usize| {
        let is_bare = |n: &usize| pieces.iter().all(|p| p.owner != Some(*n));
        let here = |n: &usize| found[*n].cue.as_ref().is_some_and(|cue| cue.line == line);
        (0..found.len()).find(|n| here(n) && is_bare(n))
    };
    for i in 0..pieces.len() {
        if pieces[i].owner.is_some() {
            continue;
        }
        let line = pieces[i].words.line;
        let before = i.checked_sub(1).filter(|&b| follows(document, &pieces[b].words, &pieces[i]));
        let owner = match before.and_then(|b| pieces[b].owner) {
            Some(owner) => Some(owner),
            // "He will come." So said the minister.
            None => bare(found, pieces, line)
                .or_else(|| bare(found, pieces, line + 1).filter(|_| pieces[i].quotation.is_some())),
        };
        // What is neither quoted nor attributed by any word is no statement.
        pieces[i].owner = owner.or_else(|| {
            pieces[i].quotation?;
            found.push(Attributed::default());
            Some(found.len() - 1)
        });
    }
}

/// Whether a piece goes on right where another ends: in the same sentence or the next, quoted text even over a paragraph.
fn follows(document: &Document<'_>, before: &Words, piece: &Piece) -> bool {
    let (line, next) = (&document.lines[before.line], &document.lines[piece.words.line]);
    let same_paragraph = line.part == next.part && line.sentence.paragraph == next.sentence.paragraph;
    let near = piece.words.line - before.line <= 1;
    near && line.part == next.part && (same_paragraph || piece.quotation.is_some())
}

/// Attributions with a content, in the order of their first words; the parts of each likewise, joined where they touch.
fn in_order(found: Vec<Attributed>) -> Vec<Attributed> {
    let mut found: Vec<Attributed> = found.into_iter().filter(|a| !a.content.is_empty()).collect();
    for attributed in &mut found {
        attributed.content.sort_by_key(|w| (w.line, w.tokens.start));
    }
    found.sort_by_key(Attributed::first);
    found
}
