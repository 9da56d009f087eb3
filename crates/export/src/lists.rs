//! Reads the embedded CSV tables.

/// The rows of a table below its header, each as its cells. No cell of these tables holds a comma or a quotation mark.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().skip(1).map(|line| line.split(',').collect())
}
