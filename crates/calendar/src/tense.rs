//! Guesses the tense of a phrase's clause by the words near it, for when no parser tells.

use crate::lexicon::{Lexicon, Value};
use crate::phrase::Tense;
use crate::token::Token;

/// How many tokens on either side are asked.
const MAX_DISTANCE: usize = 12;

/// The tense of the clause around the tokens `from..to`: future after "until" and the like, else that of the nearest verb,
/// words before it counting as nearer.
pub(crate) fn guess(lexicon: &Lexicon, tokens: &[Token], from: usize, to: usize) -> Tense {
    let towards = |class| is_after(lexicon, tokens, class, from, to);
    if towards("AHEAD") || towards("TOWARDS") {
        return Tense::Future;
    }
    let before =
        (0..from).rev().take(MAX_DISTANCE).take_while(|i| !ends_sentence(tokens, *i) && !tokens[i + 1].apart);
    let after =
        (to..tokens.len()).take(MAX_DISTANCE).take_while(|i| !ends_sentence(tokens, *i) && !tokens[*i].apart);
    let near = before.filter_map(|i| cue(lexicon, tokens, i)).filter(|c| c.end <= from);
    let near = near.map(|c| (from + 1 - c.end, c.start, c.tense));
    let far =
        after.filter_map(|i| cue(lexicon, tokens, i)).map(|c| (2 * (c.start + 1 - to) + 1, c.start, c.tense));
    // Of words that end at one place the longest row counts: "had been due to" is past, "due to" is not.
    near.chain(far)
        .min_by_key(|(distance, start, _)| (*distance, *start))
        .map_or(Tense::Unknown, |(_, _, tense)| tense)
}

/// Whether a word such as "until" says that the tokens `from..to` lie ahead: "has until Friday", but not "not until Friday".
pub(crate) fn is_ahead(lexicon: &Lexicon, tokens: &[Token], from: usize, to: usize) -> bool {
    let before = from.checked_sub(2).and_then(|at| tokens.get(at));
    is_after(lexicon, tokens, "AHEAD", from, to)
        && before.is_some_and(|t| !matches!(t.word.as_str(), "." | "," | "not" | "up" | "n't"))
}

/// Whether words of a class stand right before or at the beginning of the tokens `from..to`.
fn is_after(lexicon: &Lexicon, tokens: &[Token], class: &'static str, from: usize, to: usize) -> bool {
    let begins =
        |at: usize| lexicon.matches(class, tokens, at).is_some_and(|(next, _)| (from..to).contains(&next));
    begins(from) || from.checked_sub(1).is_some_and(begins)
}

fn ends_sentence(tokens: &[Token], at: usize) -> bool {
    let next_capital = tokens.get(at + 1).is_none_or(|t| t.capital || !t.glued);
    match tokens[at].word.as_str() {
        "?" | "!" | ";" => true,
        "." => next_capital && tokens.get(at.wrapping_sub(1)).is_none_or(|t| t.word.len() > 4 || !t.capital),
        _ => false,
    }
}

/// A row of tokens that tells a tense.
struct Cue {
    start: usize,
    end: usize,
    tense: Tense,
}

fn cue(lexicon: &Lexicon, tokens: &[Token], start: usize) -> Option<Cue> {
    if let Some((end, Value::Text(tense))) = lexicon.matches("TENSE", tokens, start) {
        let tense = if tense == "future" { Tense::Future } else { Tense::Past };
        return Some(Cue { start, end, tense });
    }
    let Token { word, capital, .. } = &tokens[start];
    // In "will be signed" and "to be signed" the tense is told by what comes before.
    let passive = start > 0 && matches!(tokens[start - 1].word.as_str(), "be" | "being");
    let past = !passive && word.len() > 4 && word.ends_with("ed") && !capital;
    past.then_some(Cue { start, end: start + 1, tense: Tense::Past })
}
