//! Gathers what a report, or somebody in it, does not vouch for: the claim, what is held against it, and who published,
//! alleges and denies it.

use std::collections::BTreeSet;

use daybook_language::Upos;
use daybook_record::{Claim, Doubt, Party, Polarity, Sourced, Span, Statement};

use super::attributed::{Attributed, Words};
use super::speakers::Speakers;
use crate::events::telling::Scene;
use crate::syntax::document::{At, Line};

/// So many lines on, a denial may be of a claim.
const REACH: usize = 2;

/// What is gathered with.
pub(crate) struct Claims<'s, 'd, 'g> {
    pub scene: &'s Scene<'d, 'g>,
    pub attributed: &'s [Attributed],
    pub statements: &'s [Statement],
}

impl Claims<'_, '_, '_> {
    /// The claims of a report in the order of their words.
    pub fn gather(&self) -> Vec<Claim> {
        let mut claims: Vec<Claim> = Vec::new();
        for (number, line) in self.scene.document.lines.iter().enumerate() {
            for token in 0..line.len() {
                if let Some(claim) = self.doubted(line, number, token) {
                    add(&mut claims, claim);
                }
            }
        }
        for number in 0..self.statements.len() {
            self.denied(number, &mut claims);
        }
        for (number, line) in self.scene.document.lines.iter().enumerate() {
            let denials = (0..line.len()).filter_map(|token| self.denied_in_passing(line, number, token));
            denials.for_each(|claim| add(&mut claims, claim));
        }
        claims.retain(|claim| !claim.content.is_empty());
        claims.sort_by_key(|claim| claim.content.first().copied());
        claims
    }

    /// The claim to which a doubting word belongs: "unverified documents", "allegedly paid", "falsely claimed".
    fn doubted(&self, line: &Line<'_>, number: usize, token: usize) -> Option<Claim> {
        let words = line.span(token..token + 1);
        let doubt = Sourced::stated(self.doubt(line, token)?, words);
        let up = line.head(token);
        let speech = &self.scene.lexicon.speech;
        let noun = |&t: &usize| {
            line.upos(t) == Upos::Noun
                && (speech.claims.contains(line.lemma(t)) || speech.documents.contains(line.lemma(t)))
        };
        match line.relation(token) {
            "amod" => match up.filter(noun) {
                Some(noun) => Some(self.of_noun(line, number, noun, doubt)),
                // "The alleged bribe" itself is what is claimed.
                // A fake smile or a false step claims nothing.
                None if matches!(doubt.value, Doubt::Alleged | Doubt::Unverified) => {
                    up.map(|head| self.plain(vec![super::manner::term(line, head).1], doubt))
                }
                None => None,
            },
            "advmod" => self.of_adverb(line, number, up?, doubt),
            // "The report was false", "the claims are unverified".
            _ if line.dependents(token, &["cop"]).next().is_some() => {
                let subject = line.dependents(token, &["nsubj"]).find(noun)?;
                Some(self.of_noun(line, number, subject, doubt))
            }
            _ => None,
        }
    }

    fn doubt(&self, line: &Line<'_>, token: usize) -> Option<Doubt> {
        let speech = &self.scene.lexicon.speech;
        let in_list = |list: &BTreeSet<String>| {
            matches!(line.upos(token), Upos::Adj | Upos::Adv | Upos::Verb)
                && list.contains(&line.form(token).to_lowercase())
        };
        [
            (&speech.unverified, Doubt::Unverified),
            (&speech.untrue, Doubt::False),
            (&speech.disputed, Doubt::Disputed),
            (&speech.alleged, Doubt::Alleged),
        ]
        .into_iter()
        .find(|(list, _)| in_list(list))
        .map(|(_, doubt)| doubt)
    }

    fn plain(&self, content: Vec<Span>, doubt: Sourced<Doubt>) -> Claim {
        let (published_by, alleged_by, denied_by) = (Vec::new(), Vec::new(), Vec::new());
        Claim { content, doubt, published_by, alleged_by, denied_by, statements: Vec::new() }
    }

    /// What documents or allegations say, as far as the report tells, with who published them.
    fn of_noun(&self, line: &Line<'_>, number: usize, noun: usize, doubt: Sourced<Doubt>) -> Claim {
        let publishing = &self.scene.lexicon.speech.publishing;
        let published =
            line.head(noun).filter(|&up| line.upos(up) == Upos::Noun && publishing.contains(line.lemma(up)));
        let inside = line.subtree(published.unwrap_or(noun));
        let clause =
            |w: &&Words| w.line == number && inside.contains(&w.tokens.start) && w.tokens.start > noun;
        let document = self.scene.document;
        let says = |a: &Attributed| {
            a.source.as_ref().is_some_and(|s| {
                let below = inside.contains(&s.tokens.start) && s.tokens.start > noun;
                s.line == number && (below || s.head(document) == noun)
            })
        };
        let said: Vec<usize> = (0..self.attributed.len()).filter(|&i| says(&self.attributed[i])).collect();
        let mut claim = self.plain(Vec::new(), doubt);
        for &i in &said {
            claim.content.extend(&self.statements[i].content);
            claim.statements.push(i);
        }
        if said.is_empty() {
            let told = line.dependents(noun, &["acl", "ccomp", "csubj"]).next();
            let told = told.map(|verb| Words { line: number, tokens: line.subtree(verb) });
            let span = told.as_ref().filter(clause).map(|w| line.span(w.tokens.clone()));
            claim.content.push(span.unwrap_or_else(|| super::manner::term(line, noun).1));
        }
        claim.published_by = self.publishers(line, number, noun);
        claim.alleged_by = self.allegers(line, number, noun);
        // "The reports were false": they claim themselves, and nobody is told who made them.
        claim.alleged_by.retain(|by| by.evidence.spans != claim.content);
        claim
    }

    /// "Allegedly paid": the clause of the verb; "falsely claimed": what the statement says.
    fn of_adverb(&self, line: &Line<'_>, number: usize, up: usize, doubt: Sourced<Doubt>) -> Option<Claim> {
        let cue = |a: &Attributed| a.cue.as_ref().is_some_and(|c| c.line == number && c.tokens.contains(&up));
        if let Some(i) = self.attributed.iter().position(cue) {
            let mut claim = self.plain(self.statements[i].content.clone(), doubt);
            claim.alleged_by = self.statements[i].speakers.clone();
            claim.statements.push(i);
            return Some(claim);
        }
        // "The allegedly planned attack".
        if let Some(noun) = line.head(up).filter(|_| line.relation(up) == "amod") {
            return Some(self.plain(vec![super::manner::term(line, noun).1], doubt));
        }
        let verbal = line.upos(up) == Upos::Verb;
        let tokens = if verbal { line.subtree(up) } else { up..up + 1 };
        let ends = |&t: &usize| !matches!(line.upos(t), Upos::Punct | Upos::Cconj);
        let first = tokens.clone().find(ends)?;
        let last = tokens.rev().find(ends)?;
        Some(self.plain(vec![line.span(first..last + 1)], doubt))
    }

    /// "Published by the website", "the publication of the files by a website".
    fn publishers(&self, line: &Line<'_>, number: usize, noun: usize) -> Vec<Sourced<Party>> {
        let publishing = &self.scene.lexicon.speech.publishing;
        let publishes = |&t: &usize| publishing.contains(line.lemma(t));
        let around = line.head(noun).into_iter().chain(line.dependents(noun, &["acl"]));
        let by = |t: usize| {
            line.dependents(t, &["obl", "nmod"]).filter(|&o| line.marker(o) == "by").collect::<Vec<_>>()
        };
        let mut found = Vec::new();
        for verb in around.filter(publishes) {
            let doers = by(verb).into_iter().chain(by(noun));
            let active =
                line.dependents(verb, &["nsubj"]).filter(|&s| s != noun && line.token(s).relation == "nsubj");
            found.extend(doers.chain(active));
        }
        let mut parties: Vec<Sourced<Party>> = Vec::new();
        for party in found.iter().flat_map(|&t| self.party(line, number, t)) {
            if parties.iter().all(|p| p.value != party.value) {
                parties.push(party);
            }
        }
        parties
    }

    /// "His claims", "allegations by the opposition".
    fn allegers(&self, line: &Line<'_>, number: usize, noun: usize) -> Vec<Sourced<Party>> {
        let document = self.scene.lexicon.speech.documents.contains(line.lemma(noun));
        let own = |&t: &usize| {
            line.token(t).relation == "nmod:poss"
                || !document && line.relation(t) == "nmod" && matches!(line.marker(t).as_str(), "by" | "from")
        };
        let found: Vec<usize> = line.children(noun).iter().copied().filter(own).collect();
        if found.is_empty() && document {
            return self.party(line, number, noun);
        }
        found.iter().flat_map(|&t| self.party(line, number, t)).collect()
    }

    fn party(&self, line: &Line<'_>, number: usize, token: usize) -> Vec<Sourced<Party>> {
        let speakers = Speakers { scene: self.scene };
        let source = Words { line: number, tokens: line.subtree(token) };
        speakers.at(&source, token)
    }

    /// What somebody named denies: a claim told right before, or one of its own.
    fn denied(&self, number: usize, claims: &mut Vec<Claim>) {
        let statement = &self.statements[number];
        let named = statement.speakers.iter().any(|s| s.value.name.is_some() || s.value.office.is_some());
        if statement.polarity.value != Polarity::Denied || !named {
            return;
        }
        if let Some(claim) = self.of_denial(number, claims) {
            claim.denied_by.extend(statement.speakers.iter().cloned());
            claim.statements.push(number);
            return;
        }
        let Some(words) = statement.cue.filter(|_| self.is_refuted(number)) else { return };
        let mut claim = self.plain(statement.content.clone(), Sourced::stated(Doubt::Denied, words));
        claim.denied_by = statement.speakers.clone();
        claim.statements.push(number);
        claims.push(claim);
    }

    /// "…, a claim that the minister has denied": of what is said before it in the sentence.
    fn denied_in_passing(&self, line: &Line<'_>, number: usize, verb: usize) -> Option<Claim> {
        let speech = &self.scene.lexicon.speech;
        let denies = line.token(verb).relation == "acl:relcl" && speech.denied.contains(line.lemma(verb));
        let noun = line.head(verb).filter(|&n| denies && speech.claims.contains(line.lemma(n)))?;
        let subject = line.dependents(verb, &["nsubj"]).find(|&s| s > noun)?;
        let before = |a: &Attributed| a.content.iter().all(|w| w.line == number && w.tokens.end <= noun);
        let said = (0..self.attributed.len()).rev().find(|&i| before(&self.attributed[i]))?;
        let doubt = Sourced::stated(Doubt::Denied, line.span(verb..verb + 1));
        let mut claim = self.plain(self.statements[said].content.clone(), doubt);
        claim.alleged_by = self.statements[said].speakers.clone();
        claim.denied_by = self.party(line, number, subject);
        claim.statements.push(said);
        Some(claim).filter(|claim| !claim.denied_by.is_empty())
    }

    /// Whether what somebody denies is a claim: "denied wrongdoing", "dismissed the rumours", "did not believe that she came"; not
    /// what somebody turns down, as in "rejected the offer".
    fn is_refuted(&self, number: usize) -> bool {
        let (one, speech) = (&self.attributed[number], &self.scene.lexicon.speech);
        let Some(cue) = &one.cue else { return false };
        let line = &self.scene.document.lines[cue.line];
        let refutes = cue.tokens.clone().any(|t| speech.refuting.contains(line.lemma(t)));
        refutes || one.content.iter().any(|w| self.is_claim(w))
    }

    /// Whether some words are a clause of their own, or headed by a noun for a claim.
    fn is_claim(&self, words: &Words) -> bool {
        let line = &self.scene.document.lines[words.line];
        let head = words.head(self.scene.document);
        let clause = line.token(head).relation == "ccomp"
            && line.dependents(head, &["nsubj"]).any(|s| words.tokens.contains(&s));
        clause || self.scene.lexicon.speech.claims.contains(line.lemma(head))
    }

    /// The claim that a denial is of: "denied it", "denied the allegation" right behind it.
    fn of_denial<'c>(&self, number: usize, claims: &'c mut [Claim]) -> Option<&'c mut Claim> {
        let (one, statement) = (&self.attributed[number], &self.statements[number]);
        let at = one.first();
        let back = |w: &Words| {
            let line = &self.scene.document.lines[w.line];
            let head = w.head(self.scene.document);
            let speech = &self.scene.lexicon.speech;
            line.upos(head) == Upos::Pron || speech.claims.contains(line.lemma(head)) && w.tokens.len() <= 4
        };
        let bare = one.content.iter().all(back);
        let near = |claim: &Claim| {
            claim
                .content
                .iter()
                .any(|&c| statement.content.iter().any(|s| s.overlaps(c)) || bare && self.is_before(c, at))
        };
        claims.iter_mut().rev().find(|claim| near(claim))
    }

    fn is_before(&self, words: Span, at: At) -> bool {
        let lines = &self.scene.document.lines;
        let here = |n: usize| {
            lines[n].part == words.part
                && lines[n].sentence.start <= words.start
                && words.start < lines[n].sentence.end
        };
        (at.line.saturating_sub(REACH)..=at.line).any(here)
    }
}

/// Adds a claim, or joins it with one that shares its words.
fn add(claims: &mut Vec<Claim>, claim: Claim) {
    let same = |old: &Claim| old.content.iter().any(|a| claim.content.iter().any(|b| a.overlaps(*b)));
    match claims.iter_mut().find(|old| same(old)) {
        Some(old) => {
            for (list, more) in [
                (&mut old.published_by, claim.published_by),
                (&mut old.alleged_by, claim.alleged_by),
                (&mut old.denied_by, claim.denied_by),
            ] {
                list.extend(more);
            }
            old.statements.extend(
                claim.statements.iter().filter(|s| !old.statements.contains(s)).copied().collect::<Vec<_>>(),
            );
        }
        None => claims.push(claim),
    }
}
