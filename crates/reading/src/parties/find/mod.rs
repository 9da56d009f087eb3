//! Finds where a sentence speaks of a possible party: by name, by office, by country, by a word for a group, by a pronoun.

mod finder;
mod groups;
mod known;
mod names;
mod offices;
mod places;
mod title_runs;
mod titles;

use std::cmp::Reverse;

use daybook_gazetteer::Gazetteer;

use self::finder::MentionFinder;
pub(crate) use self::finder::country_of;
pub(crate) use self::known::known_names;
use crate::parties::mention::Mention;
use crate::syntax::document::Line;
use crate::words::lexicon::Lexicon;

/// The mentions of a line, in order; they may lie within each other ("the president of France").
pub(crate) fn find<'g>(
    line: &Line<'_>,
    number: usize,
    gazetteer: &'g Gazetteer,
    lexicon: &Lexicon,
) -> Vec<Mention<'g>> {
    let known = known::known_names(line, gazetteer);
    let mut finder = MentionFinder {
        line,
        number,
        gazetteer,
        nominals: &lexicon.nominals,
        function_words: &lexicon.function_words,
        titles: &lexicon.titles,
        known,
        found: Vec::new(),
    };
    finder.persons();
    finder.groups_and_pronouns();
    finder.offices();
    finder.agents();
    finder.places();
    finder.plural_states();
    let mut found = finder.found;
    found.sort_by_key(|m| (m.tokens.start, Reverse(m.tokens.end)));
    found
}
