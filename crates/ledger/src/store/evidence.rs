//! Writes evidence as text columns and reads it back: the words that say a value, and why it follows.

use std::collections::BTreeMap;

use daybook_record::{Evidence, Inferred, Part, Sourced, Span};

use super::value::{Row, Value, values};
use crate::Error;

/// Spans as text: `3-9` of the text, `t:3-9` of the title, separated by spaces.
pub(super) fn written(spans: &[Span]) -> String {
    let part = |part| if part == Part::Title { "t:" } else { "" };
    let spans: Vec<String> = spans.iter().map(|s| format!("{}{}-{}", part(s.part), s.start, s.end)).collect();
    spans.join(" ")
}

/// Spans from their text.
pub(super) fn read(text: &str) -> Result<Vec<Span>, Error> {
    let wrong =
        || Error::damaged(format!("{text:?} is no list of spans; somebody else has written to the book"));
    text.split_whitespace().map(|span| read_one(span).ok_or_else(wrong)).collect()
}

fn read_one(text: &str) -> Option<Span> {
    let (part, text) = text.strip_prefix("t:").map_or((Part::Text, text), |rest| (Part::Title, rest));
    let (start, end) = text.split_once('-')?;
    Some(Span { part, start: start.parse().ok()?, end: end.parse().ok()? })
}

/// A reason as the column `inferred` holds it: its name, or JSON where it has data.
fn reason_code(why: &Inferred) -> String {
    let json = serde_json::to_value(why).expect("names and texts are always JSON");
    json.as_str().map_or_else(|| json.to_string(), str::to_string)
}

/// The reason that a column `inferred` holds.
pub(crate) fn parse_reason(code: &str) -> Result<Inferred, Error> {
    let json = if code.starts_with('{') { serde_json::from_str(code) } else { Ok(code.into()) };
    json.and_then(serde_json::from_value).map_err(|_| {
        Error::damaged(format!("{code:?} in the book is no reason; somebody else has written to the book"))
    })
}

/// A row of evidence before it is written: field, position, value where no column holds it, evidence.
pub(super) struct EvidenceRow<'a> {
    field: &'static str,
    position: usize,
    value: Option<&'a str>,
    spans: &'a [Span],
    inferred: Option<&'a Inferred>,
}

impl<'a> EvidenceRow<'a> {
    pub(super) fn new(field: &'static str, position: usize, evidence: &'a Evidence) -> EvidenceRow<'a> {
        let inferred = evidence.inferred.as_ref();
        EvidenceRow { field, position, value: None, spans: &evidence.spans, inferred }
    }

    /// Words that say more than one value.
    pub(super) fn words(field: &'static str, spans: &'a [Span]) -> EvidenceRow<'a> {
        EvidenceRow { field, position: 0, value: None, spans, inferred: None }
    }

    /// A field that is told at most once.
    pub(super) fn of<T>(field: &'static str, value: &'a Option<Sourced<T>>) -> Option<EvidenceRow<'a>> {
        value.as_ref().map(|value| EvidenceRow::new(field, 0, &value.evidence))
    }

    /// The values of a list that a table holds.
    pub(super) fn each<T>(
        field: &'static str,
        values: &'a [Sourced<T>],
    ) -> impl Iterator<Item = EvidenceRow<'a>> + use<'a, T> {
        values.iter().enumerate().map(move |(i, value)| EvidenceRow::new(field, i, &value.evidence))
    }

    /// The values of a list that has no table.
    pub(super) fn list(
        field: &'static str,
        values: &'a [Sourced<String>],
    ) -> impl Iterator<Item = EvidenceRow<'a>> + use<'a> {
        let line = move |(position, value): (usize, &'a Sourced<String>)| EvidenceRow {
            value: Some(&value.value),
            ..EvidenceRow::new(field, position, &value.evidence)
        };
        values.iter().enumerate().map(line)
    }

    /// The line as a row of a table that begins with these columns.
    pub(super) fn row(self, owner: &[Value]) -> Vec<Value> {
        let own = values![
            self.field,
            self.position,
            self.value,
            written(self.spans),
            self.inferred.map(reason_code)
        ];
        owner.iter().cloned().chain(own).collect()
    }
}

/// The columns of a line.
pub(super) const EVIDENCE_COLUMNS: [&str; 5] = ["field", "position", "value", "spans", "inferred"];

/// The lines of one account or statement, read back.
#[derive(Default)]
pub(super) struct EvidenceRows(BTreeMap<(String, usize), (Option<String>, Evidence)>);

impl EvidenceRows {
    /// Takes a line whose columns begin at that one.
    pub(super) fn take(&mut self, row: &Row, first: usize) -> Result<(), Error> {
        let key = (row.text(first)?.to_string(), row.size(first + 1)?);
        let inferred = row.optional_text(first + 4)?.map(parse_reason).transpose()?;
        let evidence = Evidence { spans: read(row.text(first + 3)?)?, inferred };
        self.0.insert(key, (row.optional_string(first + 2)?, evidence));
        Ok(())
    }

    /// The evidence for a value.
    pub(super) fn evidence(&mut self, field: &str, position: usize) -> Result<Evidence, Error> {
        let found = self.0.remove(&(field.to_string(), position)).map(|(_, evidence)| evidence);
        found.ok_or_else(|| {
            Error::damaged(format!("the words for `{field}` {position} are missing in the book"))
        })
    }

    /// A value with its evidence.
    pub(super) fn sourced<T>(&mut self, field: &str, position: usize, value: T) -> Result<Sourced<T>, Error> {
        Ok(Sourced { value, evidence: self.evidence(field, position)? })
    }

    /// A value with its evidence, where there is a value.
    pub(super) fn optional<T>(&mut self, field: &str, value: Option<T>) -> Result<Option<Sourced<T>>, Error> {
        value.map(|value| self.sourced(field, 0, value)).transpose()
    }

    /// The values of a list that has no table, in their order.
    pub(super) fn list(&mut self, field: &str) -> Vec<Sourced<String>> {
        let keys: Vec<_> = self.0.keys().filter(|(name, _)| name == field).cloned().collect();
        let lines = keys.iter().filter_map(|key| self.0.remove(key));
        lines.map(|(value, evidence)| Sourced { value: value.unwrap_or_default(), evidence }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_migration_gives_codes_that_are_reasons() {
        let sql = include_str!("../../migrations/0002-reasons.sql");
        let codes = sql.lines().filter_map(|line| line.trim_end_matches([',', ';']).strip_suffix("')"));
        let codes: Vec<&str> =
            codes.filter_map(|line| line.rsplit_once("', '")).map(|(_, code)| code).collect();
        assert_eq!(codes.len(), 23, "{codes:?}");
        for code in codes {
            assert_eq!(reason_code(&parse_reason(code).expect("it is a reason")), code);
        }
    }
}
