//! The words near a phrase to a guess at its clause's tense, for when no parser tells.

use crate::lexicon::{Lexicon, Value};
use crate::phrase::Tense;
use crate::token::Token;

/// How many tokens on either side are asked.
const REACH: usize = 12;

/// The tense of the clause around the tokens `from..to`: that of the nearest verb, words before it counting as nearer.
pub(crate) fn guess(lexicon: &Lexicon, tokens: &[Token], from: usize, to: usize) -> Tense {
    let before = tokens[..from].iter().enumerate().rev().take(REACH);
    let before = before.take_while(|(i, _)| !ends_sentence(tokens, *i) && !tokens[i + 1].apart);
    let after = tokens
        .iter()
        .enumerate()
        .skip(to)
        .take(REACH)
        .take_while(|(i, t)| !ends_sentence(tokens, *i) && !t.apart);
    let near = before.map(|(i, _)| (from - i, i));
    let far = after.map(|(i, _)| (2 * (i + 1 - to) + 1, i));
    let cues = near.chain(far).filter_map(|(distance, i)| Some((distance, cue(lexicon, tokens, i)?)));
    cues.min_by_key(|(distance, _)| *distance).map_or(Tense::Unknown, |(_, tense)| tense)
}

fn ends_sentence(tokens: &[Token], at: usize) -> bool {
    let next_capital = tokens.get(at + 1).is_none_or(|t| t.capital || !t.glued);
    match tokens[at].word.as_str() {
        "?" | "!" | ";" => true,
        "." => next_capital && tokens.get(at.wrapping_sub(1)).is_none_or(|t| t.word.len() > 4 || !t.capital),
        _ => false,
    }
}

fn cue(lexicon: &Lexicon, tokens: &[Token], at: usize) -> Option<Tense> {
    if let Some((_, Value::Text(tense))) = lexicon.matches("TENSE", tokens, at) {
        return Some(if tense == "future" { Tense::Future } else { Tense::Past });
    }
    let word = &tokens[at].word;
    // In "will be signed" and "to be signed" the tense is told by what comes before.
    let passive = at > 0 && matches!(tokens[at - 1].word.as_str(), "be" | "being");
    (!passive && word.len() > 4 && word.ends_with("ed") && !tokens[at].capital).then_some(Tense::Past)
}
