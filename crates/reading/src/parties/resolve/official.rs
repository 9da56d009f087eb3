//! The state or body whose official publisher a report is of.

use daybook_gazetteer::Gazetteer;
use daybook_record::Report;

/// The side that a report's publisher speaks for, if it is an official one.
pub(crate) fn official_side<'g>(gazetteer: &'g Gazetteer, report: &Report) -> Option<&'g str> {
    gazetteer.official_side(report.publisher.as_deref(), report.url.as_deref())
}
