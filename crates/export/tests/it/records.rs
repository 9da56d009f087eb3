//! Records hold to the published schema, and their spans to the text.

use crate::checks::{complaints, written};
use daybook_record::{
    About, Account, Capture, Certainty, ClockTime, Confidence, ConfidenceSign, Dating, Decided, Evidence,
    Explanation, Finding, FiredRule, Grouping, Inferred, Kind, Length, Part, Participation, Party, PartyKind,
    Reading, Readout, Reason, Report, Role, SharedParties, Sourced, Span, Status, TimePhrase,
};
use serde_json::json;

const TEXT: &str =
    "Le président – François Hollande – phoned “Dilma Rousseff” at noon on Friday for about ten minutes. 🌍";

fn report() -> Report {
    Report {
        id: "é1".into(),
        title: Some("Été: Hollande calls".into()),
        text: TEXT.into(),
        published: "2013-07-12".parse().ok(),
        publisher: None,
        url: Some("https://a.example/é".into()),
    }
}

fn at(words: &str) -> Span {
    let start = TEXT.find(words).expect("words of the text");
    Span::text(start, start + words.len())
}

fn person(name: &str, country: &str) -> Party {
    Party {
        name: Some(name.into()),
        office: None,
        country: Some(country.into()),
        kind: PartyKind::Person,
        wikidata: None,
    }
}

/// An account of which every field is filled.
fn account() -> Account {
    let title = Span { part: Part::Title, start: 0, end: 5 };
    let said = |words: &str| Sourced::stated(words.to_string(), at(words));
    Account {
        kind: Sourced::stated(Kind::Call, at("phoned")),
        parties: vec![
            Participation {
                party: person("François Hollande", "FRA"),
                role: Role::Initiator,
                evidence: Evidence::stated(at("François Hollande")),
            },
            Participation {
                party: Party { wikidata: Some("Q40722".into()), ..person("Dilma Rousseff", "BRA") },
                role: Role::Recipient,
                evidence: Evidence::stated(at("Dilma Rousseff")),
            },
        ],
        present: vec![Sourced::stated(person("Le président", "FRA"), at("président"))],
        date: Some(Sourced::inferred(
            "2013-07-12".parse().expect("a date"),
            [at("Friday"), title],
            Inferred::ToldNext,
        )),
        time: Some(Sourced::stated(
            ClockTime { hour: 12, minute: 0, zone: Some("Europe/Paris".into()) },
            at("noon"),
        )),
        duration: Some(Sourced::stated(
            Length { iso: "PT10M".into(), approximate: true },
            at("about ten minutes"),
        )),
        status: Sourced::stated(Status::Held, at("phoned")),
        certainty: Sourced::stated(Certainty::Certain, at("phoned")),
        according_to: vec![said("président")],
        place: Some(said("Friday")),
        topics: vec![said("noon")],
        readout: Readout { released_by: vec![said("Dilma Rousseff")], withheld_by: vec![said("président")] },
        first_or_last: Some(said("Le président")),
        aggregate: false,
        count: Some(Sourced::stated(1, at("ten"))),
        domestic: false,
        confidence: Confidence::FULL,
        evidence: vec![at("phoned “Dilma Rousseff”"), title],
        rules: vec!["call-active".into()],
        explanation: None,
    }
}

fn reading() -> Reading {
    let times = vec![TimePhrase { span: at("🌍"), kind: "DATE", value: None, inferred: None }];
    Reading { accounts: vec![account()], times, ..Reading::default() }
}

/// A reading of a report without a date.
fn dated() -> Reading {
    let held = Inferred::HeldOffice {
        name: "Dilma Rousseff".into(),
        office: "President".into(),
        terms: vec!["2011-01-01/2016-08-31".parse().expect("an interval")],
    };
    let reason = Evidence::inferred([at("Dilma Rousseff")], held);
    let interval = "2011-01-01/..".parse().expect("an interval");
    let dating = Dating { interval, reasons: vec![reason.clone()], set_aside: vec![reason] };
    let why = Some(Inferred::OnAnyPublicationDay);
    let times =
        vec![TimePhrase { span: at("Friday"), kind: "DATE", value: Some("2013".into()), inferred: why }];
    Reading { times, dating: Some(dating), ..reading() }
}

/// A reading with a reason for everything.
fn explained() -> Reading {
    let title = Span { part: Part::Title, start: 0, end: 5 };
    let capture = Capture {
        name: "trigger".into(),
        pattern: Some("trigger = lemma:phone".into()),
        probability: None,
        words: vec![at("phoned"), title],
    };
    let finding = Finding {
        rule: Some(FiredRule { name: "call-active".into(), file: "call.toml".into(), line: 3 }),
        probability: None,
        yields: "call".into(),
        words: at("phoned"),
        captures: vec![capture],
        joined: Some(Grouping::Telling { parties: SharedParties::Same, dates_agree: true }),
    };
    let abouts = [
        About::Party,
        About::Office,
        About::Date,
        About::Status,
        About::Certainty,
        About::Kind,
        About::Place,
    ];
    let decided = |about| Decided {
        about,
        value: "value".into(),
        words: vec![at("phoned")],
        because: Reason::DateInFull,
    };
    let reasons = abouts.into_iter().map(decided).collect();
    let signs = vec![ConfidenceSign { name: "tellings", thousandths: 693 }];
    let explanation = Some(Box::new(Explanation { findings: vec![finding], reasons, signs }));
    Reading { accounts: vec![Account { explanation, ..account() }], ..Reading::default() }
}

#[test]
fn records_hold_to_the_schema() {
    let bare = Account {
        present: vec![],
        date: None,
        time: None,
        duration: None,
        place: None,
        readout: Readout::default(),
        first_or_last: None,
        count: None,
        ..account()
    };
    for reading in [
        reading(),
        dated(),
        explained(),
        Reading::default(),
        Reading { accounts: vec![bare], ..Reading::default() },
    ] {
        assert_eq!(complaints(&written(&report(), &reading)), Vec::<String>::new());
    }
}

#[test]
fn the_schema_refuses_what_is_amiss() {
    let record = written(&report(), &reading());
    for (pointer, wrong) in [
        ("/report/published", json!("yesterday")),
        ("/contacts/0/kind", json!("chat")),
        ("/contacts/0/confidence", json!(1.5)),
        ("/contacts/0/parties/0/role", json!(null)),
        ("/contacts/0/evidence/0", json!([1])),
        ("/contacts/0/evidence/0", json!([1, 2, 3])),
        ("/contacts/0/sources/kind", json!(null)),
        ("/contacts/0/readout", json!({ "released_by": [] })),
        ("/times/0/type", json!("date")),
        ("/times/0", json!({})),
        ("/times/0/inferred", json!(true)),
        ("/report/published_inferred", json!({ "edtf": "2017-01-28", "reasons": [], "set_aside": [] })),
    ] {
        let mut spoilt = record.clone();
        *spoilt.pointer_mut(pointer).expect(pointer) = wrong;
        assert_ne!(complaints(&spoilt), Vec::<String>::new(), "{pointer}");
    }
}

#[test]
fn spans_count_code_points_of_their_part() {
    let record = written(&report(), &reading());
    let words = |pointer: &str, part: &str| {
        let span = record.pointer(pointer).expect(pointer);
        let [start, end] = [0, 1].map(|i| span[i].as_u64().expect("a number") as usize);
        part.chars().skip(start).take(end - start).collect::<String>()
    };
    let title = "Été: Hollande calls";
    for (pointer, part, expected) in [
        ("/contacts/0/evidence/0", TEXT, "phoned “Dilma Rousseff”"),
        ("/contacts/0/title_evidence/0", title, "Été"),
        ("/contacts/0/sources/date/spans/0", TEXT, "Friday"),
        ("/contacts/0/sources/date/title_spans/0", title, "Été"),
        ("/contacts/0/sources/parties/0/spans/0", TEXT, "François Hollande"),
        ("/times/0/span", TEXT, "🌍"),
    ] {
        assert_eq!(words(pointer, part), expected, "{pointer}");
    }
}
