//! The state of resolving a report's mentions, and what all parts of it ask.

use daybook_gazetteer::{Gazetteer, Person};
use daybook_record::{Part, Span};
use jiff::civil::Date;

use crate::parties::cast::{Cast, LEADER};
use crate::parties::mention::{Mention, Title};
use crate::syntax::document::Document;
use crate::words::lexicon::Lexicon;

/// The state of resolving one report's mentions in order.
pub(super) struct Resolver<'d, 'g> {
    pub(super) document: &'d Document<'d>,
    pub(super) gazetteer: &'g Gazetteer,
    pub(super) lexicon: &'d Lexicon,
    pub(super) own: Option<String>,
    pub(super) cast: Cast<'g>,
}

impl<'g> Resolver<'_, 'g> {
    pub(super) fn published(&self) -> Option<Date> {
        self.document.as_of
    }

    pub(super) fn span(&self, mention: &Mention<'_>) -> Span {
        self.document.lines[mention.line].span(mention.tokens.clone())
    }

    pub(super) fn part(&self, mention: usize) -> Part {
        self.document.lines[self.cast.mentions[mention].line].part
    }

    pub(super) fn is_indefinite(&self, mention: &Mention<'_>) -> bool {
        let line = &self.document.lines[mention.line];
        let article =
            |d: usize| self.lexicon.function_words.indefinite_office.contains(&line.form(d).to_lowercase());
        mention.heads.iter().any(|&h| line.dependents(h, &["det"]).any(article))
    }

    /// Who holds the office on the day of publication, where one person does.
    pub(super) fn holder(&self, title: &Title<'g>, country: Option<&str>) -> Option<&'g Person> {
        let (office, day) = (title.office.filter(|_| !title.former && !title.plural)?, self.published()?);
        if office.id() == LEADER {
            self.gazetteer.leader(country?, day)
        } else {
            self.gazetteer.holder(office.id(), country?, day)
        }
    }
}
