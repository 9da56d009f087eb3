//! A report as a format holds it, before what the caller knows is put in.

use daybook_record::Report;

use crate::error::Place;

/// A report that was found, and where.
pub(crate) struct Found {
    pub(crate) report: Report,
    /// Where in the input it stands, if it is not all that is there.
    pub(crate) place: Option<Place>,
    /// The line of the input on which its text begins, counted from 1.
    pub(crate) first_line: usize,
}

impl Found {
    pub(crate) fn at(place: Place, report: Report) -> Found {
        Found { report, place: Some(place), first_line: 1 }
    }

    /// The id of the report, which stands in an input called `name`: its own, or else made of its place. What comes from
    /// the web is called by its address rather than its place.
    pub(crate) fn id(&self, name: &str) -> String {
        let is_of_web = matches!(self.place, Some(Place::Item(_) | Place::Byte(_)));
        let address = self.report.url.as_ref().filter(|_| is_of_web);
        let own = Some(&self.report.id).filter(|id| !id.is_empty());
        own.or(address).cloned().unwrap_or_else(|| match self.place {
            None => name.to_string(),
            Some(place) => format!("{name}:{}", place.number()),
        })
    }
}
