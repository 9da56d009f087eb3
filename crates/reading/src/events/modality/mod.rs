//! How things stand with an event, how surely, and on whose word: from the words that govern it.

pub(crate) mod judge;
mod nouns;
pub(crate) mod speaking;
mod verbs;

use daybook_language::Upos;
use daybook_record::{Certainty, Status};

use self::judge::Judge;
pub(crate) use self::judge::Modality;
use crate::syntax::document::Line;
use crate::words::lexicon::Lexicon;

/// Factuality from which on a deed counts as done: below it lies less than "possibly" on the scale of -3 to 3.
const FACT: f32 = 1.0;

/// Factuality down to which a deed is merely unsaid; below it the report says that it was not done.
const DENIED: f32 = -0.75;

/// How things stand with the event at a token of a line.
pub(crate) fn of_event(line: &Line<'_>, event: usize, lexicon: &Lexicon) -> Modality {
    let judge = Judge { line, words: &lexicon.statuses, function_words: &lexicon.function_words };
    let mut standing = if line.upos(event) == Upos::Verb { judge.verb(event, 0) } else { judge.noun(event) };
    judge.apply_hedges(event, &mut standing);
    judge.check_factuality(event, &mut standing);
    standing.hypothetical |= judge.is_unaccepted(event) || judge.is_asked();
    standing
}

/// The adverbs and adjectives near an event, which may lower the certainty.
pub(crate) fn hedges(line: &Line<'_>, event: usize) -> Vec<usize> {
    let above = line.ancestors(event).take(4);
    let sources = line
        .ancestors(event)
        .skip(1)
        .take(3)
        .flat_map(|a| line.dependents(a, &["nsubj"]).collect::<Vec<_>>());
    let near = above.chain(sources);
    near.flat_map(|a| line.dependents(a, &["advmod", "amod"]).collect::<Vec<_>>()).collect()
}

impl Judge<'_> {
    /// "Was prevented from meeting him": what no word here speaks against is held only if the model sees a fact in it, too.
    fn check_factuality(&self, event: usize, standing: &mut Modality) {
        let seen = self.line.sentence.told().find(|e| e.token == event).map(|e| e.factuality);
        let Some(seen) = seen.filter(|_| standing.status == Status::Held) else { return };
        if seen <= DENIED {
            *standing = self.plain(Status::NotHeld, event);
        }
        standing.hypothetical |= DENIED < seen && seen < FACT;
    }

    /// Adverbs and adjectives that lower the certainty.
    fn apply_hedges(&self, event: usize, standing: &mut Modality) {
        let line = self.line;
        for at in hedges(line, event) {
            let word = line.form(at).to_lowercase();
            if self.words.unverified.contains(&word) {
                standing.certainty = Certainty::Unverified;
            } else if self.words.reported.contains(&word) && standing.certainty == Certainty::Certain {
                standing.certainty = Certainty::Reported;
            } else if self.words.possible.contains(&word) && standing.certainty == Certainty::Certain {
                standing.certainty = Certainty::Possible;
            }
        }
    }
}
