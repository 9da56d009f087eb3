//! Statements, claims and factuality as they are written down, and on whose word values stand.

use crate::checks::{complaints, written};
use daybook_export::json::{self, Section};
use daybook_record::{
    Account, Act, Bearing, Certainty, Claim, Confidence, Doubt, EventMention, Evidence, Factuality, Inferred,
    Kind, Length, Part, Party, PartyKind, Polarity, Reading, Readout, Report, Sourced, Span, Statement,
    Status, Tie, TimePhrase,
};
use serde_json::{Value, json};

const TITLE: &str = "Été: Kim “glad”";
const TEXT: &str = "The Élysée, according to Wire of the North, said in Paris that Kim phoned for ten minutes. \
    “Glad,” her aide told reporters in a note on Friday, “very glad.” A leaked memo of a plot, \
    put out by the Ledger, is unverified; the aide denied it. 🌍";

fn report() -> Report {
    Report {
        id: "s".into(),
        title: Some(TITLE.into()),
        text: TEXT.into(),
        published: "2013-07-12".parse().ok(),
        ..Report::default()
    }
}

fn at(words: &str) -> Span {
    let start = TEXT.find(words).expect("words of the text");
    Span::text(start, start + words.len())
}

fn in_title(words: &str) -> Span {
    let start = TITLE.find(words).expect("words of the title");
    Span { part: Part::Title, start, end: start + words.len() }
}

fn party(name: Option<&str>, office: Option<&str>, kind: PartyKind) -> Party {
    Party { name: name.map(Into::into), office: office.map(Into::into), country: None, kind, wikidata: None }
}

fn palace() -> Sourced<Party> {
    Sourced::stated(party(Some("the Élysée"), None, PartyKind::State), at("The Élysée"))
}

fn wire() -> Sourced<Party> {
    Sourced::stated(party(Some("Wire of the North"), None, PartyKind::Body), at("Wire of the North"))
}

/// An aide whom nobody names.
fn aide() -> Sourced<Party> {
    Sourced::stated(party(None, Some("Aide"), PartyKind::Person), at("her aide"))
}

fn memo() -> Sourced<Party> {
    Sourced::stated(party(Some("A leaked memo"), None, PartyKind::Document), at("A leaked memo"))
}

fn bearing(bearing: Bearing, words: &str) -> Sourced<Tie> {
    Sourced::inferred(Tie { account: 0, bearing }, [at(words)], Inferred::SaidInSameSentence)
}

/// A statement of which nothing is known but its words.
fn bare(content: Span) -> Statement {
    Statement {
        content: vec![content],
        cue: None,
        source: None,
        speakers: vec![],
        relayed_by: vec![],
        act: Sourced::inferred(Act::Wanted, [content], Inferred::NoVerbOfSaying),
        polarity: Sourced::inferred(Polarity::Declined, [content], Inferred::NoVerbOfSaying),
        quotes: vec![],
        addressee: None,
        occasions: vec![],
        place: None,
        date: None,
        contacts: vec![],
        within: None,
    }
}

fn relayed() -> Statement {
    let content = at("Kim phoned for ten minutes");
    Statement {
        cue: Some(at("said")),
        source: Some(at("The Élysée")),
        speakers: vec![palace()],
        relayed_by: vec![wire()],
        act: Sourced::stated(Act::Said, at("said")),
        polarity: Sourced::stated(Polarity::Affirmed, at("said")),
        place: Some(Sourced::stated("Paris".into(), at("Paris"))),
        contacts: vec![bearing(Bearing::Tells, "phoned")],
        ..bare(content)
    }
}

/// A quotation that is broken, with all that can be told of it.
fn broken() -> Statement {
    let said = |words: &str| Some(Sourced::stated(words.to_string(), at(words)));
    let quotes = vec![at("“Glad,”"), at("“very glad.”"), in_title("“glad”")];
    Statement {
        content: quotes.clone(),
        cue: Some(at("told")),
        source: Some(at("her aide")),
        speakers: vec![aide(), palace()],
        quotes,
        act: Sourced::stated(Act::Thought, at("told")),
        polarity: Sourced::stated(Polarity::Denied, at("told")),
        addressee: said("reporters"),
        occasions: said("a note").into_iter().chain(said("Friday")).collect(),
        date: Some(Sourced::stated("2013-07-12".parse().expect("a date"), at("Friday"))),
        contacts: vec![bearing(Bearing::About, "Glad"), bearing(Bearing::Confirms, "very glad")],
        within: Some(0),
        ..bare(at("Glad"))
    }
}

fn claim() -> Claim {
    Claim {
        content: vec![at("plot"), in_title("Été")],
        doubt: Sourced::stated(Doubt::Unverified, at("unverified")),
        published_by: vec![Sourced::stated(
            party(Some("the Ledger"), None, PartyKind::Body),
            at("the Ledger"),
        )],
        alleged_by: vec![memo()],
        denied_by: vec![aide()],
        statements: vec![1],
    }
}

/// A call that only the palace tells of.
fn account() -> Account {
    let length = Length { iso: "PT10M".into(), approximate: false };
    Account {
        kind: Sourced::stated(Kind::Call, at("phoned")),
        parties: vec![],
        present: vec![],
        date: None,
        time: None,
        duration: Some(Sourced::stated(length, at("ten minutes"))),
        status: Sourced::stated(Status::Held, at("phoned")),
        certainty: Sourced::stated(Certainty::Reported, at("said")),
        according_to: vec![Sourced::stated("The Élysée".into(), at("The Élysée"))],
        place: None,
        topics: vec![Sourced::stated("Glad".into(), at("Glad"))],
        readout: Readout::default(),
        first_or_last: None,
        aggregate: false,
        count: None,
        domestic: false,
        confidence: Confidence::FULL,
        evidence: vec![at("phoned")],
        rules: vec![],
        explanation: None,
    }
}

fn reading() -> Reading {
    let event = |span, value| EventMention { span, factuality: Factuality::new(value) };
    Reading {
        accounts: vec![account(), account()],
        statements: vec![relayed(), broken(), bare(in_title("glad"))],
        claims: vec![claim()],
        events: vec![event(in_title("Kim"), 0.0), event(at("phoned"), 2.4), event(at("plot"), -1.26)],
        times: vec![TimePhrase { span: at("Friday"), kind: "DATE", value: None, inferred: None }],
        dating: None,
    }
}

/// The words of `text` at spans of code points.
fn words(spans: &Value, text: &str) -> Vec<String> {
    let of = |span: &Value| {
        let [start, end] = [0, 1].map(|i| span[i].as_u64().expect("a number") as usize);
        text.chars().skip(start).take(end - start).collect()
    };
    spans.as_array().expect("a list").iter().map(of).collect()
}

#[test]
fn every_act_polarity_bearing_and_doubt_holds_to_the_schema() {
    assert_eq!(complaints(&written(&report(), &reading())), Vec::<String>::new());
    for act in [Act::Said, Act::Thought, Act::Wanted] {
        for polarity in [Polarity::Affirmed, Polarity::Denied, Polarity::Declined] {
            for tie in
                [Bearing::Tells, Bearing::About, Bearing::Confirms, Bearing::Denies, Bearing::DeclinesComment]
            {
                let mut reading = reading();
                reading.statements[0].act.value = act;
                reading.statements[0].polarity.value = polarity;
                reading.statements[0].contacts[0].value.bearing = tie;
                assert_eq!(complaints(&written(&report(), &reading)), Vec::<String>::new());
            }
        }
    }
    for doubt in [Doubt::Unverified, Doubt::Alleged, Doubt::Disputed, Doubt::Denied, Doubt::False] {
        let mut reading = reading();
        reading.claims[0].doubt.value = doubt;
        assert_eq!(complaints(&written(&report(), &reading)), Vec::<String>::new());
    }
}

#[test]
fn the_schema_refuses_what_is_amiss() {
    let record = written(&report(), &reading());
    for (pointer, wrong) in [
        ("/statements/0/content", json!(null)),
        ("/statements/0/cue", json!([4, 8])),
        ("/statements/0/act", json!("sang")),
        ("/statements/0/speaker/type", json!("dog")),
        ("/statements/0/contacts/0", json!(0)),
        ("/statements/0/within", json!(-1)),
        ("/statements/0/sources/act", json!(null)),
        ("/contacts/0/statements", json!([null])),
        ("/contacts/0/sources/kind/according_to", json!([])),
        ("/claims/0/doubt", json!(null)),
        ("/claims/0/sources/denied_by", json!(null)),
        ("/factuality/0/value", json!(3.1)),
        ("/factuality/0/label", json!("CT")),
    ] {
        let mut spoilt = record.clone();
        *spoilt.pointer_mut(pointer).expect(pointer) = wrong;
        assert_ne!(complaints(&spoilt), Vec::<String>::new(), "{pointer}");
    }
}

#[test]
fn words_are_those_of_their_part() {
    let record = written(&report(), &reading());
    for (pointer, text, expected) in [
        ("/statements/0/content", TEXT, &["Kim phoned for ten minutes"][..]),
        ("/statements/0/cue", TEXT, &["said"]),
        ("/statements/0/source", TEXT, &["The Élysée"]),
        ("/statements/0/quotes", TEXT, &[]),
        ("/statements/0/sources/place/spans", TEXT, &["Paris"]),
        ("/statements/0/sources/relayed_by/0/spans", TEXT, &["Wire of the North"]),
        ("/statements/1/content", TEXT, &["“Glad,”", "“very glad.”"]),
        ("/statements/1/title_content", TITLE, &["“glad”"]),
        ("/statements/1/quotes", TEXT, &["“Glad,”", "“very glad.”"]),
        ("/statements/1/title_quotes", TITLE, &["“glad”"]),
        ("/statements/1/sources/contacts/1/spans", TEXT, &["very glad"]),
        ("/statements/1/sources/occasions/0/spans", TEXT, &["a note"]),
        ("/statements/1/sources/date/spans", TEXT, &["Friday"]),
        ("/statements/2/content", TEXT, &[]),
        ("/statements/2/title_content", TITLE, &["glad"]),
        ("/statements/2/cue", TEXT, &[]),
        ("/statements/2/title_source", TITLE, &[]),
        ("/claims/0/content", TEXT, &["plot"]),
        ("/claims/0/title_content", TITLE, &["Été"]),
        ("/claims/0/sources/doubt/spans", TEXT, &["unverified"]),
    ] {
        let found = words(record.pointer(pointer).expect(pointer), text);
        assert_eq!(found, expected, "{pointer}");
    }
}

#[test]
fn values_are_written_as_they_are() {
    let record = written(&report(), &reading());
    for (pointer, expected) in [
        ("/statements/0/speaker/name", json!("the Élysée")),
        ("/statements/0/relayed_by/0/name", json!("Wire of the North")),
        ("/statements/0/act", json!("said")),
        ("/statements/0/polarity", json!("affirmed")),
        ("/statements/0/quoted", json!(false)),
        ("/statements/0/addressee", json!(null)),
        ("/statements/0/place", json!("Paris")),
        ("/statements/0/contacts", json!([{ "contact": 0, "bearing": "tells" }])),
        ("/statements/1/speaker/office", json!("Aide")),
        ("/statements/1/speakers/1/name", json!("the Élysée")),
        ("/statements/1/act", json!("thought")),
        ("/statements/1/polarity", json!("denied")),
        ("/statements/1/quoted", json!(true)),
        ("/statements/1/addressee", json!("reporters")),
        ("/statements/1/occasions", json!(["a note", "Friday"])),
        ("/statements/1/date", json!("2013-07-12")),
        ("/statements/1/within", json!(0)),
        ("/statements/2/speaker", json!(null)),
        ("/statements/2/act", json!("wanted")),
        ("/statements/2/polarity", json!("declined")),
        ("/claims/0/doubt", json!("unverified")),
        ("/claims/0/published_by/0/name", json!("the Ledger")),
        ("/claims/0/alleged_by/0/type", json!("document")),
        ("/claims/0/denied_by/0/office", json!("Aide")),
        ("/claims/0/statements", json!([1])),
        // The event in the title is left out.
        ("/factuality/0/value", json!(2.4)),
        ("/factuality/0/label", json!("PR+")),
        ("/factuality/1/value", json!(-1.3)),
        ("/contacts/0/statements", json!([0, 1])),
        ("/contacts/1/statements", json!([])),
    ] {
        assert_eq!(record.pointer(pointer).expect(pointer), &expected, "{pointer}");
    }
}

#[test]
fn a_value_stands_on_the_word_of_whoever_said_its_words() {
    let record = written(&report(), &reading());
    for (pointer, expected) in [
        ("/contacts/0/sources/duration", Some(json!(["the Élysée"]))),
        ("/contacts/0/sources/certainty", None),
        ("/contacts/0/sources/according_to/0", None),
        ("/contacts/0/sources/topics/0", Some(json!(["Aide", "the Élysée"]))),
    ] {
        let words = record.pointer(pointer).expect(pointer);
        assert_eq!(words.get("according_to"), expected.as_ref(), "{pointer}");
    }
}

#[test]
fn nobody_is_named_twice_or_where_the_speaker_is_not_known() {
    let whole = |speakers| Statement { speakers, ..bare(Span::text(0, TEXT.len())) };
    let reading = Reading { statements: vec![whole(vec![]), whole(vec![palace(), palace()])], ..reading() };
    let record = written(&report(), &reading);
    assert_eq!(record["contacts"][0]["sources"]["kind"]["according_to"], json!(["the Élysée"]));
    let inferred = Evidence::inferred([], Inferred::HostOfVisit);
    let mut reading = reading;
    reading.accounts[0].kind.evidence = inferred;
    assert_eq!(written(&report(), &reading)["contacts"][0]["sources"]["kind"].get("according_to"), None);
}

#[test]
fn a_section_alone_leaves_the_others_out() {
    for (only, expected) in [
        (None, &["claims", "contacts", "factuality", "report", "statements", "times"][..]),
        (Some(Section::Contacts), &["contacts", "report"]),
        (Some(Section::Statements), &["claims", "factuality", "report", "statements"]),
        (Some(Section::Times), &["report", "times"]),
    ] {
        let line = json::line(&report(), &reading(), only);
        let record: Value = serde_json::from_str(&line).expect("JSON");
        let mut keys: Vec<_> = record.as_object().expect("an object").keys().collect();
        keys.sort();
        assert_eq!(keys, expected);
        assert_eq!(complaints(&record), Vec::<String>::new(), "{only:?}");
    }
    let mut torn = written(&report(), &reading());
    torn.as_object_mut().expect("an object").remove("claims");
    assert_ne!(complaints(&torn), Vec::<String>::new());
}
