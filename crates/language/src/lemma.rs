//! Finds the dictionary forms of words with their tags, by rule and by a table of exceptions.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::analysis::Upos;

/// What is known of inflection: irregular forms by table, and which words exist, commoner ones first.
pub(crate) struct Lemmas {
    /// (class, form) to lemma.
    irregular: BTreeMap<(&'static str, &'static str), &'static str>,
    ranks: HashMap<&'static str, usize>,
}

impl Lemmas {
    /// Takes a vocabulary of one word a line, commoner ones first.
    pub fn new(vocabulary: &'static str) -> Lemmas {
        let mut irregular = BTreeMap::new();
        let lines = include_str!("../data/lemmas.txt").lines().filter(|l| !l.starts_with('#'));
        for line in lines {
            let mut words = line.split_whitespace();
            if let (Some(class), Some(lemma)) = (words.next(), words.next()) {
                irregular.extend(words.map(|form| ((class, form), lemma)));
            }
        }
        let ranks = vocabulary.lines().enumerate().map(|(rank, word)| (word, rank)).collect();
        Lemmas { irregular, ranks }
    }

    /// The dictionary form of a word: in lower case, but for proper nouns, which keep their form.
    pub fn lemma(&self, form: &str, upos: Upos, xpos: &str) -> String {
        if upos == Upos::Propn {
            return form.to_owned();
        }
        let lower = form.to_lowercase().replace('’', "'");
        let class = class_of(upos, xpos);
        if let Some(lemma) = self.irregular.get(&(class, lower.as_str())) {
            return (*lemma).to_owned();
        }
        let candidates = match (class, xpos) {
            _ if lower.starts_with(|c: char| c.is_ascii_digit()) => Vec::new(),
            ("verb", "VB" | "VBP") => Vec::new(),
            ("verb", _) => finite(&lower),
            ("noun", "NNS" | "NNPS") => singular(&lower),
            ("adjective" | "adverb", "JJR" | "RBR") => stripped(&lower, "er"),
            ("adjective" | "adverb", "JJS" | "RBS") => stripped(&lower, "est"),
            _ => Vec::new(),
        };
        self.best(candidates).unwrap_or(lower)
    }

    /// The forms in which a word may stand, in lower case: those that the rules of inflection give, whether they exist or
    /// not, and those of the table.
    pub fn forms(&self, lemma: &str) -> BTreeSet<String> {
        let lemma = lemma.to_lowercase();
        let mut forms = BTreeSet::from([lemma.clone()]);
        forms.extend(["s", "es", "ed", "ing"].map(|ending| format!("{lemma}{ending}")));
        if let Some(stem) = lemma.strip_suffix('e') {
            forms.extend(["ed", "ing"].map(|ending| format!("{stem}{ending}")));
        }
        if let Some(stem) = lemma.strip_suffix('y') {
            forms.extend(["ies", "ied"].map(|ending| format!("{stem}{ending}")));
        }
        if let Some(last) = lemma.chars().last() {
            forms.extend(["ed", "ing"].map(|ending| format!("{lemma}{last}{ending}")));
        }
        let irregular = self.irregular.iter().filter(|(_, of)| **of == lemma);
        forms.extend(irregular.map(|((_, form), _)| (*form).to_owned()));
        forms
    }

    /// The first of the candidates where it is a word, else the commonest that is one, else still the first.
    fn best(&self, candidates: Vec<String>) -> Option<String> {
        let known = candidates.iter().filter_map(|c| Some((*self.ranks.get(c.as_str())?, c)));
        match known.clone().find(|(_, word)| *word == &candidates[0]).or_else(|| known.min()) {
            Some((_, word)) => Some(word.clone()),
            None => candidates.into_iter().next(),
        }
    }
}

fn class_of(upos: Upos, xpos: &str) -> &'static str {
    match (upos, xpos) {
        (_, "MD") => "modal",
        (Upos::Verb | Upos::Aux, _) => "verb",
        (Upos::Adj, _) => "adjective",
        (Upos::Adv, _) => "adverb",
        (Upos::Noun, "NNS" | "NNPS") => "noun",
        (Upos::Pron, "PRP") => "personal",
        (Upos::Pron | Upos::Det, _) => "pronoun",
        (Upos::Part, _) => "particle",
        _ => "other",
    }
}

/// What an inflected verb may come from.
fn finite(word: &str) -> Vec<String> {
    for ending in ["ing", "ed"] {
        if word.ends_with(ending) {
            return stripped(word, ending);
        }
    }
    singular(word)
}

/// What a word may have been before an ending that takes the place of a final `e`, doubles a consonant, or turns `y`.
fn stripped(word: &str, ending: &str) -> Vec<String> {
    let Some(stem) = word.strip_suffix(ending).filter(|s| s.chars().count() > 1) else { return Vec::new() };
    let mut found = Vec::new();
    if let Some(before) = stem.strip_suffix('i') {
        found.push(format!("{before}y"));
    }
    let letters: Vec<char> = stem.chars().rev().take(3).collect();
    let doubled = letters[0] == letters[1] && !vowel(letters[0]);
    if doubled && !matches!(letters[0], 'l' | 's' | 'z' | 'f') {
        found.extend(stem.strip_suffix(letters[0]).map(str::to_owned));
    }
    let silent = format!("{stem}e");
    if wants_e(&letters) {
        found.extend([silent, stem.to_owned()])
    } else {
        found.extend([stem.to_owned(), silent])
    }
    if doubled {
        found.extend(stem.strip_suffix(letters[0]).map(str::to_owned));
    }
    found
}

/// Whether a stem, last letter first, looks as though it lost a final `e`.
fn wants_e(letters: &[char]) -> bool {
    let single = letters.len() > 2 && vowel(letters[1]) && !vowel(letters[2]);
    match letters[0] {
        'v' | 'c' | 'u' | 'z' | 's' => true,
        'g' => letters[1] != 'n' || single,
        'l' => !vowel(letters[1]) && letters[1] != 'l',
        'k' | 'm' | 'b' | 'd' | 'p' => single,
        'n' => single && matches!(letters[1], 'o' | 'i'),
        't' => single && letters[1] == 'a',
        'r' => single && letters[1] != 'e' && letters[1] != 'o',
        _ => false,
    }
}

fn vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// What a plural or third person in `s` may come from.
fn singular(word: &str) -> Vec<String> {
    let Some(stem) = word.strip_suffix('s').filter(|s| s.chars().count() > 1 && !s.ends_with('s')) else {
        return Vec::new();
    };
    if let Some(before) = stem.strip_suffix("ie").filter(|b| b.chars().count() > 1) {
        return vec![format!("{before}y"), stem.to_owned()];
    }
    let hiss = |b: &&str| b.ends_with(['s', 'x', 'z', 'o']) && !b.ends_with("iz") && !b.ends_with("is");
    let bare = stem.strip_suffix('e').filter(|b| hiss(b) || b.ends_with("ch") || b.ends_with("sh"));
    match bare {
        // What ends in a hiss takes `es`; other words keep their `e`.
        Some(bare) => vec![bare.to_owned(), stem.to_owned()],
        None => vec![stem.trim_end_matches('\'').to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(upos: Upos, xpos: &str, pairs: &[(&str, &str)]) {
        let lemmas = Lemmas::new(include_str!("../../../models/vocab.txt"));
        for (form, lemma) in pairs {
            assert_eq!(lemmas.lemma(form, upos, xpos), *lemma, "{form}");
        }
    }

    #[test]
    fn verbs() {
        check(
            Upos::Verb,
            "VBD",
            &[
                ("called", "call"),
                ("Met", "meet"),
                ("agreed", "agree"),
                ("planned", "plan"),
                ("tried", "try"),
            ],
        );
        check(
            Upos::Verb,
            "VBG",
            &[
                ("making", "make"),
                ("talking", "talk"),
                ("meeting", "meet"),
                ("sitting", "sit"),
                ("lying", "lie"),
            ],
        );
        check(
            Upos::Verb,
            "VBZ",
            &[
                ("says", "say"),
                ("goes", "go"),
                ("tries", "try"),
                ("passes", "pass"),
                ("organizes", "organize"),
            ],
        );
        check(Upos::Aux, "VBZ", &[("has", "have"), ("’s", "be"), ("is", "be")]);
        check(Upos::Aux, "MD", &[("wo", "will"), ("’ll", "will"), ("would", "would")]);
    }

    #[test]
    fn nouns_and_others() {
        check(
            Upos::Noun,
            "NNS",
            &[
                ("calls", "call"),
                ("countries", "country"),
                ("crises", "crisis"),
                ("women", "woman"),
                ("1990s", "1990s"),
            ],
        );
        check(Upos::Noun, "NN", &[("bus", "bus"), ("Data", "data")]);
        check(Upos::Propn, "NNP", &[("States", "States"), ("Putin", "Putin")]);
        check(Upos::Adj, "JJR", &[("bigger", "big"), ("closer", "close"), ("better", "good")]);
        check(Upos::Part, "RB", &[("n’t", "not")]);
        check(Upos::Pron, "PRP", &[("them", "they"), ("him", "he"), ("I", "I")]);
    }

    #[test]
    fn any_word() {
        for form in ["", "s", "’s", "éd", "ing", "ssss", "\u{130}", "北京s"] {
            for xpos in ["VBG", "VBD", "VBZ", "NNS", "JJR", "JJS"] {
                for upos in Upos::ALL {
                    let _ = Lemmas::new("s\n").lemma(form, upos, xpos);
                }
            }
        }
    }
}
