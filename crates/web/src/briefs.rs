//! What lists and charts show of an entry in brief.

use daybook::Brief;
use jiff::civil::Date;

use crate::labels;

/// The day under which the entry is listed, if there is one.
pub(crate) fn day(brief: &Brief) -> Option<Date> {
    brief.day.parse().ok()
}

/// The date and time; without a date, the day on which the contact became known.
pub(crate) fn when(brief: &Brief) -> String {
    let date = match &brief.date {
        Some(date) => date.clone(),
        None if brief.day.is_empty() => return "no date".into(),
        None => return format!("known by {}", brief.day),
    };
    brief.time.as_ref().map_or(date.clone(), |time| format!("{date}, {time}"))
}

/// Place, duration and topics, as far as they are known.
pub(crate) fn about(brief: &Brief) -> Option<String> {
    let parts =
        [brief.place.clone(), brief.duration.as_deref().map(labels::duration), Some(brief.topics.clone())];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}
