//! Schemas of records and entries, which `docs/` describes elsewhere.

use serde_json::{Value, json};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{Object, Schema};
use utoipa::{PartialSchema, ToSchema};

/// An entry, as `docs/entry.schema.json` describes it.
pub(crate) struct Entry;

/// A report with what was read in it, as `docs/record.schema.json` describes it.
pub(crate) struct Record;

macro_rules! described_elsewhere {
    ($($kind:ident),*) => {$(
        impl PartialSchema for $kind {
            fn schema() -> RefOr<Schema> {
                Object::new().into()
            }
        }

        impl ToSchema for $kind {}
    )*};
}

described_elsewhere!(Entry, Record);

/// Puts the schemas of records and entries in the place of what stands for them, each with its definitions.
pub(crate) fn complete(document: &mut Value) {
    for (name, text) in [("Entry", daybook_export::schema::ENTRY), ("Record", daybook_export::schema::RECORD)]
    {
        let Ok(mut schema) = serde_json::from_str::<Value>(text) else { continue };
        let definitions = schema["$defs"].take();
        if let Some(object) = schema.as_object_mut() {
            object.remove("$schema");
            object.remove("$id");
            object.remove("$defs");
        }
        let schemas = &mut document["components"]["schemas"];
        for (key, mut definition) in definitions.as_object().cloned().unwrap_or_default() {
            redirect(&mut definition, name);
            schemas[format!("{name}.{key}")] = definition;
        }
        redirect(&mut schema, name);
        schemas[name] = schema;
    }
    document["components"]["securitySchemes"] = json!({"token": {"type": "http", "scheme": "bearer", "description": "the token that the server was started with"}});
}

/// References to definitions of a schema, to where they stand in the document.
fn redirect(schema: &mut Value, name: &str) {
    match schema {
        Value::Object(object) => {
            for (key, value) in object.iter_mut() {
                match value {
                    Value::String(to) if key == "$ref" => {
                        if let Some(definition) = to.strip_prefix("#/$defs/") {
                            *to = format!("#/components/schemas/{name}.{definition}");
                        }
                    }
                    value => redirect(value, name),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| redirect(value, name)),
        _ => {}
    }
}
