//! Turns the record of a report into the rows of each table.

use arrow_schema::{DataType, SchemaRef};
use daybook::Edtf;
use serde_json::{Map, Value, json};

use super::words::Words;

type Row = Map<String, Value>;

/// The rows that a record gives the table of that name.
pub(super) fn of(table: &str, record: &Value, text: &Words<'_>, title: &Words<'_>) -> Vec<Value> {
    if table == "reports" {
        return vec![Value::Object(report(record))];
    }
    let items = record[table].as_array().map_or(&[][..], Vec::as_slice);
    let said = |spans: &Value, title_spans: &Value| [text.at(spans), title.at(title_spans)].concat();
    let row = |(number, item): (usize, &Value)| {
        let mut row = item.as_object().cloned().unwrap_or_default();
        let words = match table {
            "contacts" => said(&item["evidence"], &item["title_evidence"]),
            "times" => said(&json!([item["span"]]), &Value::Null),
            _ => said(&item["content"], &item["title_content"]),
        };
        if table == "contacts" {
            flatten(&mut row);
        }
        row.insert("words".into(), words.into());
        row.insert("number".into(), number.into());
        row.insert("report".into(), record["report"]["id"].clone());
        for key in ["published", "publisher"] {
            row.insert(key.into(), record["report"][key].clone());
        }
        Value::Object(row)
    };
    items.iter().enumerate().map(row).collect()
}

fn report(record: &Value) -> Row {
    let told = &record["report"];
    let count = |section: &str| Value::from(record[section].as_array().map_or(0, Vec::len));
    let mut row = Row::new();
    row.insert("report".into(), told["id"].clone());
    row.insert("published_inferred".into(), told["published_inferred"]["edtf"].clone());
    for key in ["published", "title", "publisher", "url"] {
        row.insert(key.into(), told[key].clone());
    }
    for section in ["contacts", "statements", "claims", "times"] {
        row.insert(section.into(), count(section));
    }
    row
}

/// Takes the values of a contact out of `when` and `readout`, and adds the first and the last day that the date allows.
fn flatten(row: &mut Row) {
    let when = row.remove("when").unwrap_or_default();
    let readout = row.remove("readout").unwrap_or_default();
    let date: Option<Edtf> = when["edtf"].as_str().and_then(|text| text.parse().ok());
    let day = |day: Option<_>| day.map_or(Value::Null, |day: jiff::civil::Date| day.to_string().into());
    row.insert("first_day".into(), day(date.as_ref().and_then(Edtf::first)));
    row.insert("last_day".into(), day(date.as_ref().and_then(Edtf::last)));
    for key in ["edtf", "time", "duration", "duration_approximate"] {
        row.insert(key.into(), when[key].clone());
    }
    for key in ["released_by", "withheld_by"] {
        row.insert(key.into(), if readout[key].is_null() { json!([]) } else { readout[key].clone() });
    }
}

/// The rows as the schema has them: a struct may be told as the list of its values, as spans are.
pub(super) fn shaped(rows: &mut [Value], schema: &SchemaRef) {
    for row in rows {
        for field in schema.fields() {
            shape(&mut row[field.name()], field.data_type());
        }
    }
}

fn shape(value: &mut Value, kind: &DataType) {
    match (kind, &mut *value) {
        (DataType::List(item), Value::Array(items)) => {
            items.iter_mut().for_each(|value| shape(value, item.data_type()));
        }
        (DataType::Struct(fields), Value::Array(items)) => {
            let named = fields.iter().zip(items).map(|(field, value)| (field.name().clone(), value.take()));
            *value = Value::Object(named.collect());
        }
        (DataType::Struct(fields), Value::Object(values)) => {
            for field in fields {
                if let Some(value) = values.get_mut(field.name()) {
                    shape(value, field.data_type());
                }
            }
        }
        _ => {}
    }
}
