//! Whole readings of short reports of our own: who, how, when, how things stand.

use daybook_record::{Account, Part, Reading, Report, Role, Span};
use proptest::prelude::*;

use crate::support::reader;

fn report(published: &str, text: &str) -> Report {
    Report { id: "test".into(), text: text.into(), published: published.parse().ok(), ..Report::default() }
}

/// One line an account: kind, status, date, parties by role.
fn told(account: &Account) -> String {
    let names = |wanted: &[Role]| {
        let parties = account.parties.iter().filter(|p| wanted.contains(&p.role)).map(|p| {
            let office = || format!("[{}]", p.party.office.clone().unwrap_or_default());
            format!(
                "{} {}",
                p.party.name.clone().unwrap_or_else(office),
                p.party.country.clone().unwrap_or_default()
            )
        });
        parties.collect::<Vec<_>>().join(", ")
    };
    let directed = account.parties.iter().any(|p| p.role == Role::Initiator);
    let parties = if directed {
        format!("{} → {}", names(&[Role::Initiator]), names(&[Role::Recipient]))
    } else {
        names(&[Role::Initiator, Role::Recipient, Role::Participant])
    };
    let date = account.date.as_ref().map_or("no date".to_string(), |d| d.value.to_string());
    format!("{} {} {date}: {parties}", account.kind.value, account.status.value)
}

#[track_caller]
fn check(published: &str, text: &str, expected: &[&str]) {
    let reading = reader().read(&report(published, text));
    let found: Vec<String> = reading.accounts.iter().map(told).collect();
    assert_eq!(found, expected, "in {text:?}");
}

/// As `check`, of a report that a side's own office publishes.
#[track_caller]
fn check_official(publisher: &str, text: &str, expected: &[&str]) {
    let reading = reader().read(&Report { publisher: Some(publisher.into()), ..report("2022-03-10", text) });
    let found: Vec<String> = reading.accounts.iter().map(told).collect();
    assert_eq!(found, expected, "in {text:?}");
}

#[test]
fn titles_before_and_behind_names() {
    for (text, other) in [
        (
            "Jake Sullivan met today with Ada Berg, Chief Legal Adviser to the Prime Minister of Norway.",
            "Ada Berg NOR",
        ),
        (
            "Jake Sullivan met today with Deputy Prime Minister and Energy Minister Ada Berg of Norway.",
            "Ada Berg NOR",
        ),
        (
            "Jake Sullivan met today with Coordinating Minister for Fishery and Trade Ada Berg of Norway.",
            "Ada Berg NOR",
        ),
        (
            "Jake Sullivan met today with the Secretary of the Norwegian Security Council Ada Berg.",
            "Ada Berg NOR",
        ),
        ("Jake Sullivan met today with Republic of Korea (ROK) Trade Minister Ada Han.", "Ada Han KOR"),
        ("Jake Sullivan met today with Acting Norwegian Foreign Minister Ada Berg.", "Ada Berg NOR"),
        ("Jake Sullivan met today with His Highness Sheikh Omar bin Said of Bahrain.", "Omar bin Said BHR"),
        (
            "Jake Sullivan met today with European Council President Charles Michel’s Head of Cabinet Ada Berg.",
            "Ada Berg EU",
        ),
        (
            "Jake Sullivan met today with Ada Berg, State Secretary to Prime Minister Ole Lund of Norway.",
            "Ada Berg NOR",
        ),
        ("Jake Sullivan met today with Norwegian Special Envoy on Sudan Ada Berg.", "Ada Berg NOR"),
    ] {
        check("2022-03-10", text, &[&format!("meeting held 2022-03-10: Jake Sullivan USA, {other}")]);
    }
}

#[test]
fn a_readout_tells_of_one_sitting_in_the_singular() {
    check_official(
        "white-house",
        "President Biden spoke today together with President Emmanuel Macron of France and Chancellor Olaf Scholz of Germany.",
        &["call held 2022-03-10: Biden USA, Emmanuel Macron FRA, Olaf Scholz DEU"],
    );
    check_official(
        "white-house",
        "President Biden spoke separately today with President Emmanuel Macron and Chancellor Olaf Scholz.",
        &[
            "call held 2022-03-10: Biden USA, Emmanuel Macron FRA",
            "call held 2022-03-10: Biden USA, Olaf Scholz DEU",
        ],
    );
    check(
        "2022-03-10",
        "On Monday Joe Biden held a call with Emmanuel Macron and Olaf Scholz.",
        &["call held 2022-03-07: Joe Biden USA, Emmanuel Macron FRA, Olaf Scholz DEU"],
    );
}

#[test]
fn readouts_tell_how_and_when_by_their_own_customs() {
    check_official(
        "white-house",
        "President Biden spoke with Prime Minister Mario Draghi of Italy at the G20.",
        &["meeting held 2022-03-10: Biden USA, Mario Draghi ITA"],
    );
    check_official(
        "kremlin",
        "In the course of the day Vladimir Putin had a telephone conversation with Emmanuel Macron. The treaty was signed in 2015. During the conversation they praised it.",
        &["call held 2022-03-10: Vladimir Putin RUS, Emmanuel Macron FRA"],
    );
    check_official(
        "kremlin",
        "During the conversation, Vladimir Putin and Emomali Rahmon discussed the harvest.",
        &["call held 2022-03-10: Vladimir Putin RUS, Emomali Rahmon TJK"],
    );
    check_official(
        "kremlin",
        "During the telephone conversation, Vladimir Putin thanked Xi Jinping for the gift.",
        &["call held 2022-03-10: Vladimir Putin RUS, Xi Jinping CHN"],
    );
    check_official(
        "kremlin",
        "The President of Russia received in the Kremlin President of the Republic of Finland Sauli Niinistö.",
        &["meeting held 2022-03-10: [President] RUS, Sauli Niinistö FIN"],
    );
}

#[test]
fn calls() {
    check(
        "2022-03-10",
        "Emmanuel Macron phoned Olaf Scholz on Tuesday.",
        &["call held 2022-03-08: Emmanuel Macron FRA → Olaf Scholz DEU"],
    );
    check(
        "2022-03-10",
        "Olaf Scholz will speak by phone with Emmanuel Macron on Friday.",
        &["call scheduled 2022-03-11: Olaf Scholz DEU, Emmanuel Macron FRA"],
    );
    check(
        "2022-03-10",
        "Volodymyr Zelenskyy had a telephone conversation with Prime Minister of Canada Justin Trudeau.",
        &["call held 2022-03-10: Volodymyr Zelenskyy UKR, Justin Trudeau CAN"],
    );
    check(
        "2022-03-10",
        "Joe Biden and Prime Minister Mario Draghi of Italy talked on Wednesday about the harvest.",
        &["unspecified held 2022-03-09: Joe Biden USA, Mario Draghi ITA"],
    );
}

#[test]
fn one_contact_for_each_counterpart_unless_they_were_on_it_together() {
    check(
        "2022-03-10",
        "On Monday, Joe Biden spoke with Emmanuel Macron, Olaf Scholz and Boris Johnson.",
        &[
            "unspecified held 2022-03-07: Joe Biden USA, Emmanuel Macron FRA",
            "unspecified held 2022-03-07: Joe Biden USA, Olaf Scholz DEU",
            "unspecified held 2022-03-07: Joe Biden USA, Boris Johnson GBR",
        ],
    );
    check(
        "2022-03-10",
        "Emmanuel Macron and Olaf Scholz met in Paris on Monday.",
        &["meeting held 2022-03-07: Emmanuel Macron FRA, Olaf Scholz DEU"],
    );
}

#[test]
fn mentions_of_one_occasion_are_one_account() {
    let text = "Joe Biden called Xi Jinping on Wednesday. The call lasted two hours. During their conversation the two leaders discussed trade.";
    check("2022-03-10", text, &["call held 2022-03-09: Joe Biden USA → Xi Jinping CHN"]);
    let account = &reader().read(&report("2022-03-10", text)).accounts[0];
    assert_eq!(account.duration.as_ref().map(|d| d.value.iso.as_str()), Some("PT2H"));
}

#[test]
fn plans_refusals_and_what_never_was() {
    check(
        "2022-03-10",
        "Sergey Lavrov refused to meet with Antony Blinken.",
        &["meeting declined no date: Sergey Lavrov RUS, Antony Blinken USA"],
    );
    check(
        "2022-03-10",
        "Antony Blinken will travel to Warsaw on 15 March.",
        &["visit scheduled 2022-03-15: Antony Blinken USA → Poland POL"],
    );
    check(
        "2022-03-10",
        "India and Pakistan have yet to establish contacts.",
        &["unspecified not_held no date: India IND, Pakistan PAK"],
    );
}

#[test]
fn a_day_goes_by_the_word_right_before_it() {
    check(
        "2022-03-10",
        "Olaf Scholz said Tuesday he would meet Emmanuel Macron in Berlin.",
        &["meeting scheduled no date: Olaf Scholz DEU, Emmanuel Macron FRA"],
    );
    let day = |text: &str| reader().read(&report("2022-03-10", text)).times[0].value.clone();
    assert_eq!(day("The ministry said Tuesday it would appeal.").as_deref(), Some("2022-03-08"));
    assert_eq!(day("The talks that were announced Tuesday may fail.").as_deref(), Some("2022-03-08"));
    assert_eq!(day("Officials declined to comment Tuesday.").as_deref(), Some("2022-03-08"));
    assert_eq!(day("The talks are planned Tuesday.").as_deref(), Some("2022-03-15"));
}

#[test]
fn letters() {
    check(
        "2022-03-10",
        "In February Recep Tayyip Erdogan sent Vladimir Putin a letter.",
        &["letter held 2022-02: Recep Tayyip Erdogan TUR → Vladimir Putin RUS"],
    );
}

#[test]
fn what_only_looks_like_a_contact_is_left_alone() {
    for text in [
        "Joe Biden called the law a disgrace.",
        "Emmanuel Macron told reporters that talks were hard.",
        "Olaf Scholz called for restraint.",
        "The cabinet met in Berlin.",
        "Vladimir Putin held a press conference in Moscow.",
        "The two plans met with resistance in Germany and France.",
    ] {
        check("2022-03-10", text, &[]);
    }
}

#[test]
fn a_report_without_a_date_leaves_relative_times_open() {
    let reading = reader().read(&report("", "Emmanuel Macron phoned Olaf Scholz on Tuesday."));
    assert_eq!(reading.accounts[0].date, None);
    assert_eq!(reading.times[0].value, None);
}

#[test]
fn the_built_in_rules_hold_their_own_examples() {
    let checked = reader().check_rules(&[]).expect("the built-in rules compile");
    assert_eq!(checked.failures, Vec::<String>::new());
    assert!(checked.rules > 40 && checked.finds >= checked.rules);
}

fn spans(reading: &Reading) -> Vec<Span> {
    let accounts = reading.accounts.iter().flat_map(|a| {
        let parties = a.parties.iter().flat_map(|p| p.evidence.spans.clone());
        let date = a.date.iter().flat_map(|d| d.evidence.spans.clone());
        a.evidence.iter().copied().chain(parties).chain(date).chain(a.status.evidence.spans.clone())
    });
    accounts.chain(reading.times.iter().map(|t| t.span)).collect()
}

/// Pieces that make contacts likely, so that random texts reach past the parser.
fn pieces() -> impl Strategy<Value = String> {
    let words = [
        "Joe Biden ",
        "Xi Jinping ",
        "called ",
        "met with ",
        "will ",
        "the two leaders ",
        "on Friday ",
        "“",
        "”",
        "é",
        "\n\n",
        ". ",
        "talks between ",
        "Россия ",
        "a letter to ",
        ", ",
        "’s ",
        "visit to Paris ",
    ];
    prop::collection::vec(
        prop_oneof![4 => prop::sample::select(words.to_vec()).prop_map(String::from), 1 => ".{0,6}"],
        0..40,
    )
    .prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_span_lies_on_character_boundaries(text in pieces()) {
        let report = report("2022-03-10", &text);
        for span in spans(&reader().read(&report)) {
            prop_assert_eq!(span.part, Part::Text);
            prop_assert!(span.start <= span.end && text.get(span.start..span.end).is_some());
        }
    }
}

#[test]
fn reading_is_the_same_on_any_number_of_threads() {
    let texts = [
        "Joe Biden phoned Xi Jinping on Monday.",
        "Emmanuel Macron will visit Berlin in May.",
        "Iran and France held talks in Vienna.",
    ];
    let alone: Vec<Reading> = texts.iter().map(|t| reader().read(&report("2022-03-10", t))).collect();
    let together: Vec<Reading> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            texts.iter().map(|t| scope.spawn(move || reader().read(&report("2022-03-10", t)))).collect();
        threads.into_iter().map(|t| t.join().expect("reading never panics")).collect()
    });
    assert_eq!(alone, together);
}

#[test]
fn states_under_one_name() {
    check(
        "2018-03-14",
        "North and South Korea held talks in Panmunjom on Tuesday.",
        &["meeting held 2018-03-13: South Korea KOR, North Korea PRK"],
    );
    check(
        "2018-03-14",
        "The Koreas spoke by phone on Monday.",
        &["call held 2018-03-12: North Korea PRK, South Korea KOR"],
    );
    check("2018-03-14", "North and South Carolina held a vote on Tuesday.", &[]);
}

#[test]
fn a_statement_is_its_speakers_word() {
    let sources = |text: &str| -> Vec<String> {
        let reading = reader().read(&report("2022-03-10", text));
        reading.accounts.iter().flat_map(|a| &a.according_to).map(|s| s.value.clone()).collect()
    };
    let call = "Jake Sullivan spoke today with Andriy Yermak.";
    assert_eq!(sources(call), Vec::<String>::new());
    assert_eq!(
        sources(&format!("The following is attributable to Spokesperson Jane Roe:\n\n{call}")),
        ["Jane Roe"]
    );
    assert_eq!(sources(&format!("Statement by Spokesperson Jane Roe on Ukraine\n\n{call}")), ["Jane Roe"]);
}
