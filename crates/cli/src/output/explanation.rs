//! Prints the explanation of an account for people: the places that tell of it, which words played which part, and how words
//! became values.

use daybook_export::reasons;
use daybook_record::{About, Decided, Explanation, Finding};

use super::reading::{FAINT, Page};
use crate::sanitize;

impl Page<'_> {
    /// The rows that stand below an account's own.
    pub(crate) fn why(&self, explanation: &Explanation) -> Vec<String> {
        let findings = explanation.findings.iter().flat_map(|finding| self.finding(finding));
        findings.chain(explanation.reasons.iter().map(|decided| self.decided(decided))).collect()
    }

    /// A place that tells of the contact, by the model, by a rule or by both, and below it which words play which part.
    fn finding(&self, finding: &Finding) -> Vec<String> {
        let joined = finding.joined.map_or(String::new(), |why| format!("; {}", reasons::grouping(why)));
        let sure = finding.probability.map(|sure| format!("model {sure}"));
        let rule =
            finding.rule.as_ref().map(|rule| format!("rule {} at {}:{}", rule.name, rule.file, rule.line));
        let by = sanitize::line(&sure.into_iter().chain(rule).collect::<Vec<_>>().join(", "));
        let told = sanitize::line(&finding.yields.replace('_', " "));
        let quote = self.quote(finding.words);
        let mut rows = vec![self.row("told", &format!("{told} {FAINT}({by}){FAINT:#} {quote}{joined}"))];
        for capture in &finding.captures {
            let words: Vec<String> = capture.words.iter().map(|&span| self.quote(span)).collect();
            let by = match (&capture.pattern, capture.probability) {
                (Some(pattern), _) => sanitize::line(pattern),
                (None, Some(sure)) => format!("{} {sure}", sanitize::line(&capture.name)),
                (None, None) => sanitize::line(&capture.name),
            };
            rows.push(self.row("  took", &format!("{} by {FAINT}{by}{FAINT:#}", words.join(", "))));
        }
        rows
    }

    fn decided(&self, decided: &Decided) -> String {
        let quotes: Vec<String> = decided.words.iter().map(|&span| self.quote(span)).collect();
        let (first, others) =
            quotes.split_first().map_or((String::new(), &[][..]), |(f, o)| (format!("{f}: "), o));
        let from = if others.is_empty() { String::new() } else { format!(" {}", others.join(", ")) };
        let value = sanitize::line(&decided.value);
        // The label of an account's certainty would fill its column.
        let label = if decided.about == About::Certainty {
            "how sure".to_string()
        } else {
            decided.about.to_string()
        };
        self.row(
            &label,
            &format!("{first}{value} – {}{from}", sanitize::line(&reasons::because(&decided.because))),
        )
    }
}
