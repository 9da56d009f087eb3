//! Tells which tokens of a text stand in quotation marks.
//!
//! `training/encode.py` does the same for training. A quotation may run over sentences, and ends with its paragraph: one
//! that goes on in the next opens anew there.

use std::ops::Range;

/// For each sentence, given with its paragraph, whether each of its tokens is quoted, the marks included.
///
/// A straight mark opens before a word and closes after one; where its blanks do not tell, it turns what was.
pub(crate) fn quoted(text: &str, sentences: &[(usize, Vec<Range<usize>>)]) -> Vec<Vec<bool>> {
    let (mut inside, mut paragraph) = (false, None);
    let of_sentence = |(number, tokens): &(usize, Vec<Range<usize>>)| {
        inside &= paragraph.replace(*number) == Some(*number);
        let mut of_token = |at: usize| {
            let was = inside;
            inside = after(text, tokens, at, was);
            was || inside
        };
        (0..tokens.len()).map(&mut of_token).collect()
    };
    sentences.iter().map(of_sentence).collect()
}

/// Whether a quotation is open after a token.
fn after(text: &str, tokens: &[Range<usize>], at: usize, inside: bool) -> bool {
    let glued = |left: usize| tokens.get(left + 1).is_some_and(|next| next.start == tokens[left].end);
    match text.get(tokens[at].clone()) {
        Some("“" | "``") => true,
        Some("”" | "''") => false,
        Some("\"") => {
            let (before, behind) = (at > 0 && glued(at - 1), glued(at));
            if before == behind { !inside } else { behind }
        }
        _ => inside,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The quoted words of paragraphs of sentences of words with blanks between; `_` glues two words.
    fn check(paragraphs: &[&[&str]], quoted_words: &str) {
        let (mut text, mut sentences) = (String::new(), Vec::new());
        for (number, paragraph) in paragraphs.iter().enumerate() {
            for sentence in *paragraph {
                let mut tokens = Vec::new();
                for word in sentence.split(' ') {
                    let glued = word.starts_with('_');
                    let word = word.trim_start_matches('_');
                    if !glued {
                        text.push(' ');
                    }
                    tokens.push(text.len()..text.len() + word.len());
                    text.push_str(word);
                }
                sentences.push((number, tokens));
            }
        }
        let flags = quoted(&text, &sentences);
        let words = sentences.iter().zip(&flags).flat_map(|((_, tokens), flags)| tokens.iter().zip(flags));
        let found: Vec<&str> = words.filter(|(_, quoted)| **quoted).map(|(r, _)| &text[r.clone()]).collect();
        assert_eq!(found.join(" "), quoted_words);
    }

    #[test]
    fn marks_run_over_sentences() {
        check(&[&["He said “ yes _.", "And no _. ” She left _."]], "“ yes . And no . ”");
    }

    #[test]
    fn straight_marks_open_before_words_and_close_after_them() {
        check(&[&["\" _Yes _, _\" he said _, \" _and no _. _\""]], "\" Yes , \" \" and no . \"");
        check(&[&["\" Yes \" he said"]], "\" Yes \"");
    }

    #[test]
    fn a_paragraph_ends_what_was_left_open() {
        check(&[&["“ First _."], &["“ Second _. ”"], &["He left _."]], "“ First . “ Second . ”");
        check(&[&["“ Never closed"], &["Another paragraph"]], "“ Never closed");
    }
}
