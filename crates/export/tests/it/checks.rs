//! A record as it is written, and the schema's complaints of it.

use daybook_export::json;
use daybook_record::{Reading, Report};
use serde_json::Value;

/// The whole record, which is the same on one line and indented.
pub fn written(report: &Report, reading: &Reading) -> Value {
    let line = json::line(report, reading, None);
    assert!(!line.contains('\n'));
    let value = serde_json::from_str(&line).expect("JSON");
    let indented: Value = serde_json::from_str(&json::indented(report, reading, None)).expect("JSON");
    assert_eq!(value, indented);
    value
}

pub fn complaints(record: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(daybook_export::schema::RECORD).expect("JSON");
    jsonschema::meta::validate(&schema).expect("a JSON Schema");
    let validator = jsonschema::validator_for(&schema).expect("a JSON Schema");
    validator.iter_errors(record).map(|error| format!("{}: {error}", error.instance_path())).collect()
}
