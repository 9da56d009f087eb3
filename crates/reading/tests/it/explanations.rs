//! Why accounts are as they are: what explanations of short reports of our own say.

use daybook_record::{About, Account, Explanation, Reading, Report};

use crate::reader;

fn report(text: &str) -> Report {
    Report { text: text.into(), published: "2021-08-18".parse().ok(), ..Report::default() }
}

fn explained(text: &str) -> Vec<Explanation> {
    let reading = reader().explain(&report(text));
    reading.accounts.into_iter().map(|a| *a.explanation.expect("it was asked for")).collect()
}

/// The reasons of the first account about one thing: `words, more words: value, why`.
#[track_caller]
fn check(text: &str, about: About, expected: &[&str]) {
    let explanation = explained(text).swap_remove(0);
    let reasons = explanation.reasons.iter().filter(|r| r.about == about).map(|r| {
        let words: Vec<&str> = r.words.iter().map(|s| &text[s.start..s.end]).collect();
        format!("{}: {}, {}", words.join(", "), r.value, r.why)
    });
    assert_eq!(reasons.collect::<Vec<_>>(), expected, "in {text:?}");
}

#[test]
fn names_are_led_to_their_full_form() {
    check(
        "Angela Merkel spoke. Merkel phoned the Russian president.",
        About::Party,
        &[
            "Merkel, Angela Merkel: Angela Merkel, a form of the name Angela Merkel; in the gazetteer as Angela Merkel, Q567",
            "Russian president: president, told by office; Vladimir Putin on 2021-08-18 by the gazetteer",
        ],
    );
}

#[test]
fn a_pronoun_is_led_to_whom_it_means() {
    check(
        "Angela Merkel was in Berlin. She phoned Vladimir Putin.",
        About::Party,
        &[
            "She, Angela Merkel: Angela Merkel, the subject of the sentence before",
            "Vladimir Putin: Vladimir Putin, by name; in the gazetteer as Vladimir Putin, Q7747",
        ],
    );
}

#[test]
fn an_office_is_told_or_looked_up() {
    check(
        "Chancellor Angela Merkel phoned Vladimir Putin.",
        About::Office,
        &[
            "Chancellor Angela Merkel: Angela Merkel: Chancellor, told so",
            "Vladimir Putin: Vladimir Putin: President, held since 2012-05-07 by the gazetteer",
        ],
    );
}

#[test]
fn a_date_is_told_or_counted_or_inferred() {
    let call = "Angela Merkel phoned Vladimir Putin";
    let counted = "Tuesday: 2021-08-17, counted from the day of publication, 2021-08-18, in the past tense";
    check(&format!("{call} on Tuesday."), About::Date, &[counted]);
    check(&format!("{call} on May 3, 2021."), About::Date, &["May 3, 2021: 2021-05-03, told in full"]);
    let inferred = "what a report opens with and gives no day for is of the day of its publication";
    let inferred = format!("{call}: 2021-08-18, inferred: {inferred}");
    check(&format!("{call}."), About::Date, &[&inferred]);
}

#[test]
fn a_status_has_the_word_that_decides() {
    check("Angela Merkel will meet Vladimir Putin.", About::Status, &["will: scheduled, the future tense"]);
    check("Angela Merkel has met Vladimir Putin.", About::Status, &["met: held, the past tense"]);
    check(
        "Angela Merkel cancelled a meeting with Vladimir Putin.",
        About::Status,
        &["cancelled: cancelled, a word for what is called off"],
    );
}

#[test]
fn a_certainty_has_its_source() {
    check(
        "Angela Merkel phoned Vladimir Putin, diplomats said.",
        About::Certainty,
        &["diplomats: reported, on the word of somebody who is no party to it"],
    );
}

#[test]
fn rules_are_named_with_what_they_took() {
    let text = "Angela Merkel phoned Vladimir Putin. The call lasted an hour.";
    let findings = explained(text).swap_remove(0).findings;
    let found: Vec<(&str, &str, bool)> = findings
        .iter()
        .map(|f| (f.rule.as_str(), &text[f.words.start..f.words.end], f.joined.is_some()))
        .collect();
    assert_eq!(found[0], ("phone-active", "Angela Merkel phoned Vladimir Putin", false));
    assert!(found.contains(&("lasted", "call lasted", true)), "{found:?}");
    let took: Vec<&str> =
        findings[0].captures.iter().map(|c| &text[c.words[0].start..c.words[0].end]).collect();
    assert_eq!(took, ["phoned", "Angela Merkel", "Vladimir Putin"]);
}

#[test]
fn what_is_explained_is_what_is_read() {
    let text = "Merkel called Putin on Monday. The two will meet in Kyiv in May, he said. France denied a call with Iran.";
    let bare = |reading: Reading| -> Vec<Account> {
        reading.accounts.into_iter().map(|a| Account { explanation: None, ..a }).collect()
    };
    let report = report(text);
    assert_eq!(bare(reader().explain(&report)), reader().read(&report).accounts);
}
