//! The Rust half of the Python package `daybook`: converts Python values to reports, and readings and books to Python values.
//!
//! What Python code sees stands in `crates/python/daybook/`; its `_daybook.pyi` describes what is here.

mod adding;
mod answers;
mod book;
mod entries;
mod errors;
mod filter;
mod reader;
mod reading;
mod readings;
mod report;
mod reports;
mod source;
mod spark;
mod table;
mod tables;

/// The module `daybook._daybook`.
#[pyo3::pymodule]
mod _daybook {
    #[pymodule_export]
    use crate::book::Book;
    #[pymodule_export]
    use crate::reader::Reader;
    #[pymodule_export]
    use crate::reading::Reading;
    #[pymodule_export]
    use crate::readings::Readings;
    #[pymodule_export]
    use crate::source::Source;
    #[pymodule_export]
    const MAX_DAYS_APART: i32 = daybook::MAX_DAYS_APART;
    #[pymodule_export]
    use crate::spark::{spark_accounts, spark_entries, spark_links};
    #[pymodule_export]
    use crate::table::Table;
    #[pymodule_export]
    use crate::tables::tables;
}
