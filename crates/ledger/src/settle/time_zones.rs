//! Looks up how far ahead the clocks of one country's capital are of another's.

/// The table: a side, and the hours of its standard time east of Greenwich.
const TABLE: &str = include_str!("../../data/time_zones.csv");
/// Clocks that differ by so many hours put a midnight between two accounts often enough.
const FAR: f32 = 3.0;

/// Whether the clocks of one side are so far ahead of another's that its next day has begun.
pub(crate) fn is_east_of(one: Option<&str>, other: Option<&str>) -> bool {
    match (one.and_then(hours), other.and_then(hours)) {
        (Some(one), Some(other)) => one - other >= FAR,
        _ => false,
    }
}

fn hours(side: &str) -> Option<f32> {
    let line = TABLE.lines().find_map(|line| line.strip_prefix(side)?.strip_prefix(','))?;
    line.parse().ok()
}
