//! The closed sets in the published JSON Schemas are those of `schema/events.toml`.

use daybook_export::schema;
use daybook_record::{Certainty, Kind, Schema, Status};
use serde_json::Value;

#[test]
fn published_schemas_list_what_can_be_told() {
    let names = |values: &[String], of: &str| {
        for text in [schema::RECORD, schema::ENTRY, schema::PLOVER] {
            let published: Value = serde_json::from_str(text).expect("a schema is JSON");
            let mut found = Vec::new();
            collect(&published, &values[0], &values[1], &mut found);
            found.into_iter().for_each(|set| assert_eq!(set, values, "an enum of {of}"));
        }
    };
    names(&Kind::all().iter().map(ToString::to_string).collect::<Vec<_>>(), "kinds");
    names(&Status::ALL.iter().map(ToString::to_string).collect::<Vec<_>>(), "statuses");
    names(&Certainty::ALL.iter().map(ToString::to_string).collect::<Vec<_>>(), "certainties");
    assert_eq!(Schema::current().contacts().count(), Kind::all().len());
}

/// All `enum`s that hold two values.
fn collect(value: &Value, one: &str, other: &str, found: &mut Vec<Vec<String>>) {
    match value {
        Value::Object(map) => {
            if let Some(set) = map.get("enum").and_then(Value::as_array) {
                let set: Vec<String> = set.iter().filter_map(Value::as_str).map(str::to_string).collect();
                if set.iter().any(|name| name == one) && set.iter().any(|name| name == other) {
                    found.push(set);
                }
            }
            map.values().for_each(|value| collect(value, one, other, found));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, one, other, found)),
        _ => {}
    }
}
