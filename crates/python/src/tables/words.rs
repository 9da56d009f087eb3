//! Looks up the words at spans that are given in code points.

use serde_json::Value;

/// A text whose words are looked up.
pub(super) struct Words<'a> {
    text: &'a str,
    /// Where each character begins; empty where each is one byte.
    starts: Vec<usize>,
}

impl<'a> Words<'a> {
    pub(super) fn of(text: &'a str) -> Words<'a> {
        let starts =
            if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(at, _)| at).collect() };
        Words { text, starts }
    }

    /// The words at each of the spans; none for what is no span of the text.
    pub(super) fn at(&self, spans: &Value) -> Vec<String> {
        let spans = spans.as_array().map_or(&[][..], Vec::as_slice);
        spans.iter().filter_map(|span| self.one(span)).map(str::to_string).collect()
    }

    fn one(&self, span: &Value) -> Option<&'a str> {
        let place = |end: usize| usize::try_from(span[end].as_u64()?).ok().map(|point| self.byte(point));
        self.text.get(place(0)?..place(1)?)
    }

    fn byte(&self, point: usize) -> usize {
        if self.starts.is_empty() {
            point
        } else {
            self.starts.get(point).copied().unwrap_or(self.text.len())
        }
    }
}
