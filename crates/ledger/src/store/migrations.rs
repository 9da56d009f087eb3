//! Lists the SQL that makes a book's tables, version by version.

include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

/// The tables that the migrations make.
pub(super) fn book_tables() -> Vec<&'static str> {
    let lines = MIGRATIONS.iter().flat_map(|sql| sql.lines());
    lines.filter_map(|line| line.strip_prefix("CREATE TABLE ")?.split(' ').next()).collect()
}
