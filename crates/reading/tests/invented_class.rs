//! A new class of contacts: one row of the schema and one rule, and nothing else.
//!
//! A test binary of its own, since the schema holds for a whole process.

use daybook_gazetteer::Gazetteer;
use daybook_language::Language;
use daybook_reading::Reader;
use daybook_record::{Kind, Report, Schema, Way};
use jiff::civil::date;

const ROW: &str = r#"
[[class]]
name = "stroll"
family = "contact"
about = "A walk together."
label = "Stroll"
plural = "strolls"
way = "in_person"
detail = 2
more_exact_than = ["meeting"]
agrees_with = { meeting = 90 }
plover = { cameo = "040", cameo_back = "040" }
"#;

const RULE: &str = r#"
[[rule]]
name = "stroll-with"
yields = "stroll"
match = """
trigger = lemma:stroll & VERB
one = trigger .subject PARTY
other+ = trigger >obl PARTY & case:with
"""
finds = [{ text = "Angela Merkel strolled with Emmanuel Macron.", one = "Angela Merkel", other = "Emmanuel Macron" }]
"#;

#[test]
fn a_row_and_a_rule_are_a_new_class() {
    let built_in = include_str!("../../../schema/events.toml");
    Schema::install(&format!("{built_in}{ROW}")).expect("nothing has asked for the schema yet");
    let stroll = Kind::named("stroll").expect("the row declares it");
    assert_eq!((stroll.to_string().as_str(), stroll.way()), ("stroll", Way::InPerson));
    assert_eq!(serde_json::from_str::<Kind>("\"stroll\"").expect("it is written by its name"), stroll);
    assert!(stroll.is_more_exact_than(Kind::Meeting) && !Kind::Meeting.is_more_exact_than(stroll));
    assert_eq!(Kind::Meeting.agreement(stroll), Some(90));
    assert_eq!(Kind::Call.agreement(stroll), None);

    let rules = [("stroll.toml".to_string(), RULE.to_string())];
    let language = Language::load().expect("the built-in model loads");
    let gazetteer = Gazetteer::builtin().expect("the built-in tables are sound");
    let reader = Reader::new(language, gazetteer, &rules).expect("the schema declares what the rule yields");
    let report = Report {
        text: "Angela Merkel met Emmanuel Macron in Berlin on Monday. Merkel strolled with Macron.".into(),
        published: Some(date(2020, 7, 1)),
        ..Report::default()
    };
    let accounts = reader.read(&report).accounts;
    let kinds: Vec<String> = accounts.iter().map(|account| account.kind.value.to_string()).collect();
    assert_eq!(kinds, ["stroll"], "the stroll tells of the meeting more nearly");
    assert_eq!(accounts[0].parties.len(), 2);
    assert!(Schema::install(built_in).is_err(), "a schema in use can't be replaced");
}
