//! The JSON of when a contact was: its date as EDTF, its time and its duration.

use daybook_record::{ClockTime, Edtf, Length};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct When<'a> {
    edtf: Option<&'a Edtf>,
    time: Option<String>,
    duration: Option<&'a str>,
    duration_approximate: Option<bool>,
}

impl<'a> When<'a> {
    pub(crate) fn new(
        date: Option<&'a Edtf>,
        time: Option<&ClockTime>,
        duration: Option<&'a Length>,
    ) -> When<'a> {
        When {
            edtf: date,
            time: time.map(ToString::to_string),
            duration: duration.map(|length| length.iso.as_str()),
            duration_approximate: duration.map(|length| length.approximate),
        }
    }
}
