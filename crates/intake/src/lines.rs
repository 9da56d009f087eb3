//! One line of JSON Lines to a report.

use daybook_record::Report;
use serde_json::{Map, Value};

use crate::date::day;
use crate::error::{Error, Kind};

/// The report in one line, which must hold an object with a `text`; fields that are not ours are passed over.
pub(crate) fn report(line: &str) -> Result<Report, Error> {
    let value: Value = serde_json::from_str(line).map_err(|error| {
        malformed(format!("not JSON ({error}); write one object a line, such as {{\"text\": \"…\", \"published\": \"YYYY-MM-DD\"}}"))
    })?;
    let Value::Object(fields) = value else {
        return Err(malformed("not a JSON object; write {\"text\": \"…\"}".into()));
    };
    let publisher = string(&fields, "publisher")?;
    Ok(Report {
        id: id(&fields)?.unwrap_or_default(),
        title: string(&fields, "title")?,
        text: string(&fields, "text")?.unwrap_or_default(),
        published: string(&fields, "published")?.as_deref().map(day).transpose()?,
        publisher: if publisher.is_some() { publisher } else { string(&fields, "source")? },
        url: string(&fields, "url")?,
    })
}

fn id(fields: &Map<String, Value>) -> Result<Option<String>, Error> {
    match fields.get("id") {
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        _ => string(fields, "id"),
    }
}

/// A field's text; `None` where it is absent, null or empty.
fn string(fields: &Map<String, Value>, key: &str) -> Result<Option<String>, Error> {
    match fields.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone()).filter(|text| !text.is_empty())),
        Some(other) => Err(malformed(format!("\"{key}\" is {}; write it as a string", sort(other)))),
    }
}

fn sort(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

fn malformed(message: String) -> Error {
    Error::new(Kind::Malformed, message)
}
