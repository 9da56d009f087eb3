//! Statements of texts that nobody would write.

use daybook_record::Report;

use crate::support::{holds_together, reader};

/// No text brings the reader down, and its statements still hold together.
#[test]
fn odd_quotation_marks_do_no_harm() {
    let reader = reader();
    let texts = [
        String::new(),
        "”".into(),
        "“".into(),
        "\"'\"'\"".into(),
        "“”“”“”".into(),
        "“I never, Berg said. “We “never” did, ”she said”".into(),
        "Berg said: “We went. She left. They came.\n\nLund told reporters: ”No.".into(),
        "said said said said. According to. “Told told”".into(),
        "“One. Two.”\n\n“Three.”\n\n“Four. Five.”".into(),
        "“".repeat(10_000),
        "\" ".repeat(10_000),
        "“Yes.” ".repeat(2_000),
        "Berg said “no” and ".repeat(500),
        "Lund said that ".repeat(300),
        "«Да», сказала Берг. „Nein“, sagte Lund. 「はい」".into(),
    ];
    for text in texts {
        let report = Report { text, ..Report::default() };
        holds_together(&report, &reader.read(&report));
    }
}
