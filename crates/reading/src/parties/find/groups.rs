//! Finds words for groups ("the two leaders") and pronouns.

use daybook_language::Upos;

use crate::parties::find::finder::MentionFinder;
use crate::parties::mention::What;

impl<'g> MentionFinder<'_, 'g> {
    pub(super) fn groups_and_pronouns(&mut self) {
        for at in 0..self.line.len() {
            if self.is_taken(at) {
                continue;
            }
            if self.is_group(at) {
                self.add_mention(at..at + 1, What::Group);
            } else if self.line.upos(at) == Upos::Pron
                && self.function_words.party_pronouns.contains(&self.line.form(at).to_lowercase())
                || self.is_one_of_two(at)
            {
                self.add_mention(at..at + 1, What::Pronoun);
            }
        }
    }

    /// "The former", "the latter": an adjective that stands for a person.
    fn is_one_of_two(&self, at: usize) -> bool {
        let line = self.line;
        matches!(line.form(at), "former" | "latter")
            && matches!(line.relation(at), "nsubj" | "obj" | "obl" | "nmod")
            && line.dependents(at, &["det"]).any(|d| line.form(d).eq_ignore_ascii_case("the"))
    }

    /// Whether a token stands for the parties spoken of: "the two", "both leaders", "the pair".
    fn is_group(&self, at: usize) -> bool {
        let line = self.line;
        let form = line.form(at).to_lowercase();
        let word = |i: usize| line.form(i).to_lowercase();
        let determined =
            line.children(at).iter().any(|&c| self.function_words.group_articles.contains(&word(c)));
        let noun = self.nominals.groups.contains(line.lemma(at)) && line.token(at).xpos.ends_with('S');
        // "The eight congressional leaders" are people of their own.
        let described = line.children(at).iter().any(|&c| match line.relation(c) {
            "amod" | "compound" => !self.titles.group_modifiers.contains(&word(c)),
            "nummod" => !self.function_words.group_numbers.contains(&word(c)),
            _ => self.country_at(c).is_some(),
        });
        if (noun && determined && !described) || (form == "pair" || form == "duo") && determined {
            return true;
        }
        let subject = matches!(line.relation(at), "nsubj" | "obj" | "obl" | "nmod");
        (form == "two" && determined || form == "both") && subject
    }
}
