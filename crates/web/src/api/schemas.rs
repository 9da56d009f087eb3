//! Schemas of what is asked and answered, where types alone don't tell them.

use daybook::{Kind, Status};
use serde_json::{Value, json};
use utoipa::openapi::schema::{Array, ArrayBuilder, Object, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::{KnownFormat, RefOr};
use utoipa::{PartialSchema, ToSchema};

use crate::params::MOST;

fn one_of<T: ToString>(values: &[T]) -> Object {
    let values = values.iter().map(T::to_string);
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(values)).build()
}

/// Kinds of contacts.
pub(crate) fn kinds() -> Array {
    ArrayBuilder::new().items(one_of(&Kind::all())).build()
}

/// How things can stand.
pub(crate) fn statuses() -> Array {
    ArrayBuilder::new().items(one_of(&Status::ALL)).build()
}

/// A day.
pub(crate) fn day() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
        .build()
}

/// `true` or `false`.
pub(crate) fn yes_or_no() -> Object {
    ObjectBuilder::new().schema_type(Type::Boolean).build()
}

/// How many.
pub(crate) fn limit() -> Object {
    let most = f64::from(u32::try_from(MOST).unwrap_or(u32::MAX));
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(most as u32)).build()
}

/// Between whom.
pub(crate) fn among() -> Object {
    one_of(&["sides", "persons"])
}

/// Where a page ended.
pub(crate) fn cursor() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?_[0-9a-f]{16}$"))
        .build()
}

/// The id of an entry or account.
pub(crate) fn id() -> Object {
    ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[0-9a-f]{4,16}$")).build()
}

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

/// By what contacts are counted, as a part of an address.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[allow(dead_code, reason = "the description alone names them")]
pub(crate) enum Count {
    /// The year.
    Year,
    /// The month.
    Month,
    /// The kind.
    Kind,
    /// The status.
    Status,
}
