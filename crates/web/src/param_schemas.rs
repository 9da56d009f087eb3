//! The JSON Schemas of parameters, where their types alone don't tell them.

use daybook::{Kind, Status};
use utoipa::ToSchema;
use utoipa::openapi::KnownFormat;
use utoipa::openapi::schema::{Array, ArrayBuilder, Object, ObjectBuilder, SchemaFormat, Type};

/// The highest limit that may be asked for.
pub(crate) const MOST: usize = 500;

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

/// A number between 0 and 1.
pub(crate) fn share() -> Object {
    ObjectBuilder::new().schema_type(Type::Number).minimum(Some(0)).maximum(Some(1)).build()
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
