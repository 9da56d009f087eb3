//! The columns of the tables of readings, named as in the record; spans are structs of `start` and `end`.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};

/// The schema of the table of that name; see `tables::NAMES`.
pub(super) fn of(table: &str) -> SchemaRef {
    let own = match table {
        "reports" => reports(),
        "contacts" => contacts(),
        "statements" => statements(),
        "claims" => claims(),
        _ => times(),
    };
    // Every row but a report's own says of which report it is.
    let of_report = [text("report"), day("published"), text("publisher"), number("number")];
    let fields = if table == "reports" { own } else { of_report.into_iter().chain(own).collect() };
    Arc::new(Schema::new(fields))
}

fn reports() -> Vec<Field> {
    vec![
        text("report"),
        day("published"),
        text("published_inferred"),
        text("title"),
        text("publisher"),
        text("url"),
        number("contacts"),
        number("statements"),
        number("claims"),
        number("times"),
    ]
}

fn contacts() -> Vec<Field> {
    vec![
        text("kind"),
        text("status"),
        text("certainty"),
        share("confidence"),
        list("parties", member()),
        list("present", person()),
        text("edtf"),
        day("first_day"),
        day("last_day"),
        text("time"),
        text("duration"),
        truth("duration_approximate"),
        text("place"),
        list("according_to", DataType::Utf8),
        list("topics", DataType::Utf8),
        list("released_by", DataType::Utf8),
        list("withheld_by", DataType::Utf8),
        text("first_or_last"),
        truth("aggregate"),
        number("count"),
        truth("domestic"),
        list("statements", DataType::Int32),
        list("words", DataType::Utf8),
        list("evidence", span()),
        list("title_evidence", span()),
        Field::new("sources", contact_sources(), true),
        list("rules", DataType::Utf8),
    ]
}

fn contact_sources() -> DataType {
    let one = ["kind", "status", "certainty", "date", "time", "duration", "place", "first_or_last", "count"];
    let many = ["parties", "present", "according_to", "topics", "released_by", "withheld_by"];
    sources(&one, &many)
}

fn statements() -> Vec<Field> {
    let spans = ["content", "cue", "source", "quotes"].into_iter();
    let spans = spans.flat_map(|name| [list(name, span()), list(&format!("title_{name}"), span())]);
    let values = vec![
        text("act"),
        text("polarity"),
        truth("quoted"),
        Field::new("speaker", person(), true),
        list("speakers", person()),
        list("relayed_by", person()),
        text("addressee"),
        list("occasions", DataType::Utf8),
        text("place"),
        text("date"),
        list("contacts", structure(vec![number("contact"), text("bearing")])),
        number("within"),
        list("words", DataType::Utf8),
    ];
    let one = ["act", "polarity", "addressee", "place", "date"];
    let sources = sources(&one, &["speakers", "relayed_by", "occasions", "contacts"]);
    values.into_iter().chain(spans).chain([Field::new("sources", sources, true)]).collect()
}

fn claims() -> Vec<Field> {
    vec![
        text("doubt"),
        list("published_by", person()),
        list("alleged_by", person()),
        list("denied_by", person()),
        list("statements", DataType::Int32),
        list("words", DataType::Utf8),
        list("content", span()),
        list("title_content", span()),
        Field::new("sources", sources(&["doubt"], &["published_by", "alleged_by", "denied_by"]), true),
    ]
}

fn times() -> Vec<Field> {
    vec![
        text("type"),
        text("value"),
        text("inferred"),
        list("words", DataType::Utf8),
        Field::new("span", span(), true),
    ]
}

/// The words that say single values, and those that say the values of lists.
fn sources(one: &[&str], many: &[&str]) -> DataType {
    let single = one.iter().map(|name| Field::new(*name, words(), true));
    let listed = many.iter().map(|name| list(name, words()));
    structure(single.chain(listed).collect())
}

fn words() -> DataType {
    structure(vec![
        list("spans", span()),
        list("title_spans", span()),
        text("inferred"),
        list("according_to", DataType::Utf8),
    ])
}

fn person() -> DataType {
    structure(["name", "office", "country", "type", "wikidata"].map(text).to_vec())
}

fn member() -> DataType {
    structure(["name", "office", "country", "type", "wikidata", "role"].map(text).to_vec())
}

fn span() -> DataType {
    structure(vec![number("start"), number("end")])
}

fn structure(fields: Vec<Field>) -> DataType {
    DataType::Struct(Fields::from(fields))
}

fn list(name: &str, items: DataType) -> Field {
    Field::new(name, DataType::List(Arc::new(Field::new("item", items, true))), true)
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn day(name: &str) -> Field {
    Field::new(name, DataType::Date32, true)
}

fn share(name: &str) -> Field {
    Field::new(name, DataType::Float64, true)
}

fn truth(name: &str) -> Field {
    Field::new(name, DataType::Boolean, true)
}

fn number(name: &str) -> Field {
    Field::new(name, DataType::Int32, true)
}
