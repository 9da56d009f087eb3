//! Why accounts are as they are: what explanations of short reports of our own say.

use daybook_record::{
    About, Account, ClauseTense, Explanation, Inferred, KnownPerson, Overruling, Reading, Reason, Report,
    Status,
};

use crate::support::reader;

fn report(text: &str) -> Report {
    Report { text: text.into(), published: "2021-08-18".parse().ok(), ..Report::default() }
}

fn explained(text: &str) -> Vec<Explanation> {
    let reading = reader().explain(&report(text));
    reading.accounts.into_iter().map(|a| *a.explanation.expect("it was asked for")).collect()
}

/// The reasons of the first account about one thing: `words, more words: value`, and why.
#[track_caller]
fn check(text: &str, about: About, expected: &[(&str, Reason)]) {
    let explanation = explained(text).swap_remove(0);
    let decided = explanation.reasons.into_iter().filter(|d| d.about == about).map(|d| {
        let words: Vec<&str> = d.words.iter().map(|s| &text[s.start..s.end]).collect();
        (format!("{}: {}", words.join(", "), d.value), d.because)
    });
    let expected = expected.iter().map(|(words, why)| (words.to_string(), why.clone()));
    assert_eq!(decided.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "in {text:?}");
}

fn in_gazetteer(name: &str, wikidata: &str) -> Option<KnownPerson> {
    Some(KnownPerson { name: name.into(), wikidata: Some(wikidata.into()) })
}

fn day(text: &str) -> jiff::civil::Date {
    text.parse().expect("a day")
}

/// The words and the value of what the model read about one thing of the first account, of which it has to be rather sure.
#[track_caller]
fn check_read(text: &str, about: About, expected: &str) {
    let explanation = explained(text).swap_remove(0);
    let decided =
        explanation.reasons.into_iter().find(|d| d.about == about).expect("the account has the value");
    let words: Vec<&str> = decided.words.iter().map(|s| &text[s.start..s.end]).collect();
    assert_eq!(format!("{}: {}", words.join(", "), decided.value), expected, "in {text:?}");
    let Reason::Read(sure) = decided.because else { panic!("{:?}", decided.because) };
    assert!(sure.share() > 0.5, "{sure:?} of {text:?}");
}

#[test]
fn names_are_led_to_their_full_form() {
    check(
        "Angela Merkel was tired. Merkel phoned the Russian president.",
        About::Party,
        &[
            (
                "Merkel, Angela Merkel: Angela Merkel",
                Reason::NameForm("Angela Merkel".into(), in_gazetteer("Angela Merkel", "Q567")),
            ),
            (
                "Russian president: president",
                Reason::OfficeAlone { holder: Some(("Vladimir Putin".into(), day("2021-08-18"))) },
            ),
        ],
    );
}

#[test]
fn a_pronoun_is_led_to_whom_it_means() {
    check(
        "Angela Merkel was in Berlin. She phoned Vladimir Putin.",
        About::Party,
        &[
            (
                "She, Angela Merkel: Angela Merkel",
                Reason::SpokenOf { is_subject: true, sentences_before: Some(1) },
            ),
            ("Vladimir Putin: Vladimir Putin", Reason::Name(in_gazetteer("Vladimir Putin", "Q7747"))),
        ],
    );
}

#[test]
fn an_office_is_told_or_looked_up() {
    check(
        "Chancellor Angela Merkel phoned Vladimir Putin.",
        About::Office,
        &[
            ("Chancellor Angela Merkel: Angela Merkel: Chancellor", Reason::OfficeTold),
            ("Vladimir Putin: Vladimir Putin: President", Reason::OfficeHeld(Some(day("2012-05-07")))),
        ],
    );
}

#[test]
fn a_date_is_told_or_counted_or_inferred() {
    let call = "Angela Merkel phoned Vladimir Putin";
    let counted =
        Reason::DateFromPublication { published: day("2021-08-18"), tense: Some(ClauseTense::Past) };
    check(&format!("{call} on Tuesday."), About::Date, &[("Tuesday: 2021-08-17", counted)]);
    let in_full = ("May 3, 2021: 2021-05-03", Reason::DateInFull);
    check(&format!("{call} on May 3, 2021."), About::Date, &[in_full]);
    let inferred = Reason::Inferred(Inferred::OpeningIsOfPublicationDay);
    check(&format!("{call}."), About::Date, &[(&format!("{call}: 2021-08-18"), inferred)]);
}

#[test]
fn a_status_has_the_word_that_decides() {
    check_read("Angela Merkel will meet Vladimir Putin in October.", About::Status, "will: scheduled");
    check_read("Angela Merkel met Vladimir Putin.", About::Status, "met: held");
    check_read(
        "Angela Merkel cancelled a meeting with Vladimir Putin.",
        About::Status,
        "cancelled: cancelled",
    );
}

#[test]
fn a_day_ahead_overrules_what_is_told_as_held() {
    let text = "Angela Merkel met Vladimir Putin on 30 August 2021.";
    let explanation = explained(text).swap_remove(0);
    let status = explanation.reasons.into_iter().find(|d| d.about == About::Status).expect("it has a status");
    assert_eq!(status.value, "scheduled");
    assert_eq!(status.because, Reason::Overruled { told: Status::Held, by: Overruling::DateAhead });
}

#[test]
fn a_certainty_is_read() {
    check_read("Angela Merkel phoned Vladimir Putin.", About::Certainty, "phoned: certain");
}

#[test]
fn rules_are_named_with_what_they_took() {
    let text = "Angela Merkel phoned Vladimir Putin. The call lasted an hour.";
    let findings = explained(text).swap_remove(0).findings;
    let found: Vec<(Option<&str>, &str, bool)> = findings
        .iter()
        .map(|f| {
            let rule = f.rule.as_ref().map(|rule| rule.name.as_str());
            (rule, &text[f.words.start..f.words.end], f.joined.is_some())
        })
        .collect();
    assert_eq!(found[0], (Some("phone-active"), "Angela Merkel phoned Vladimir Putin", false));
    assert!(found.iter().any(|f| f.0 == Some("lasted") && f.2), "{found:?}");
    let by_rule = findings[0].captures.iter().filter(|c| c.pattern.is_some());
    let took: Vec<&str> = by_rule.map(|c| &text[c.words[0].start..c.words[0].end]).collect();
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
