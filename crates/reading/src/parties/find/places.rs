//! Finds states, bodies and what stands for them.

use std::ops::Range;

use daybook_gazetteer::Entry;
use daybook_language::Upos;

use crate::parties::find::finder::MentionFinder;
use crate::parties::mention::{Known, What, capitalised};

impl<'g> MentionFinder<'_, 'g> {
    pub(super) fn places(&mut self) {
        let known: Vec<(Range<usize>, Entry<'g>)> =
            self.known.iter().map(|k| (k.tokens.clone(), k.entry)).collect();
        for (tokens, entry) in known {
            if self.found.iter().any(|m| m.tokens.start <= tokens.start && tokens.end <= m.tokens.end) {
                continue;
            }
            let words = self.line.words(tokens.clone());
            let what = match entry {
                Entry::State(state) => {
                    // "North", of "North and South Korea", is no name by itself.
                    let cut = tokens.len() == 1 && state.name().starts_with(&format!("{words} "));
                    let name =
                        if cut && self.shares_last_word(tokens.start) { state.name().into() } else { words };
                    What::State { code: state.code().into(), name, capital: false }
                }
                Entry::Capital(state) => {
                    What::State { code: state.code().into(), name: state.name().into(), capital: true }
                }
                Entry::Metonym(metonym) => {
                    What::State { code: metonym.code().into(), name: metonym.name().into(), capital: false }
                }
                Entry::Body(body) => What::Body { code: body.code().into(), name: words },
                Entry::Demonym(state) if self.stands_for_people(&tokens) => {
                    What::State { code: state.code().into(), name: state.name().into(), capital: false }
                }
                Entry::Institution(_) => match self.institution(&tokens) {
                    Some(what) => what,
                    None => continue,
                },
                _ => continue,
            };
            self.add_mention(tokens, what);
        }
    }

    /// Whether a word is one of two before a noun that they share: "North and South Korea".
    fn shares_last_word(&self, at: usize) -> bool {
        let next = at + 2;
        let longer = |k: &Known<'_>| k.tokens.start == next && k.tokens.len() == 2;
        self.known.iter().any(longer) && self.line.form(at + 1).eq_ignore_ascii_case("and")
    }

    pub(super) fn plural_state_at(&self, at: usize) -> Option<&Vec<String>> {
        let form = self.line.form(at);
        self.nominals.plural_states.get(&form.to_lowercase()).filter(|_| capitalised(form))
    }

    pub(super) fn plural_states(&mut self) {
        for at in 0..self.line.len() {
            if let Some(codes) = self.plural_state_at(at).filter(|_| !self.is_taken(at)).cloned() {
                self.add_mention(at..at + 1, What::States(codes));
            }
        }
    }

    /// Whether a demonym stands for the people or government itself: "the Israelis".
    fn stands_for_people(&self, tokens: &Range<usize>) -> bool {
        let last = tokens.end - 1;
        matches!(self.line.upos(last), Upos::Noun | Upos::Propn) && self.line.token(last).xpos.ends_with('S')
    }

    pub(super) fn institution(&self, tokens: &Range<usize>) -> Option<What<'g>> {
        let head = tokens.clone().find(|&t| self.line.head(t).is_none_or(|h| !tokens.contains(&h)))?;
        let code = self.title_of_noun(head).countries.first()?.clone();
        Some(What::State { code, name: self.line.words(tokens.clone()), capital: false })
    }
}
