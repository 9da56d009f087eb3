//! Prints the explanation of an account for people: the rules that fired, what they captured, and how words became values.

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

    /// A rule with the words in which it fired, and below it what each of its lines took.
    fn finding(&self, finding: &Finding) -> Vec<String> {
        let joined = finding.joined.map_or(String::new(), |why| format!("; {}", reasons::grouping(why)));
        let rule = sanitize::line(&format!("{}: {}", finding.rule, finding.yields.replace('_', " ")));
        let place = sanitize::line(&format!("{}:{}", finding.file, finding.line));
        let quote = self.quote(finding.words);
        let mut rows = vec![self.row("rule", &format!("{rule} {FAINT}({place}){FAINT:#} {quote}{joined}"))];
        for capture in &finding.captures {
            let words: Vec<String> = capture.words.iter().map(|&span| self.quote(span)).collect();
            let pattern = sanitize::line(&capture.pattern);
            rows.push(self.row("  took", &format!("{} by {FAINT}{pattern}{FAINT:#}", words.join(", "))));
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
