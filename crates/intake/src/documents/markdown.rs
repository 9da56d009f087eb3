//! Reads Markdown: its text is the prose, without the markup.

use daybook_record::Report;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::plain::Keys;
use super::{page, plain};
use crate::error::Error;

/// The report that `text` holds, its front matter taken off, of which unknown keys are passed over. The first heading
/// of the first level is the title where the front matter has none.
pub(crate) fn report(text: &str) -> Result<Report, Error> {
    let (mut report, _) = plain::report_of(text, Keys::Any)?;
    let mut prose = Prose { title: report.title.take(), ..Prose::default() };
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(&report.text, options) {
        prose.take(event);
    }
    (report.title, report.text) = (prose.title, prose.text.trim().to_string());
    Ok(report)
}

/// Whether what begins as `head` is Markdown beyond doubt: with a heading above a blank line at its very beginning,
/// several headings, or links.
pub(crate) fn is_markdown(head: &str) -> bool {
    let body = plain::body(head);
    let lines: Vec<&str> = body.trim_start().lines().collect();
    let opens = lines.first().is_some_and(|line| is_heading(line))
        && lines.get(1).is_some_and(|line| line.trim().is_empty());
    opens || body.contains("](http") || lines.iter().filter(|line| is_heading(line)).count() > 1
}

/// A heading as CommonMark has it (0.31, 4.2).
fn is_heading(line: &str) -> bool {
    let words = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - words.len())) && words.starts_with(' ') && !words.trim().is_empty()
}

#[derive(Default)]
struct Prose {
    text: String,
    title: Option<String>,
    /// Where the first heading of the first level begins.
    heading: Option<usize>,
    /// How many pictures are open; what stands in them is shown where they can't be.
    pictures: usize,
    /// Markup of a page within.
    html: String,
}

impl Prose {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) if self.pictures == 0 => self.text.push_str(&text),
            Event::Html(html) => self.html.push_str(&html),
            Event::SoftBreak | Event::InlineHtml(_) => self.space(),
            Event::HardBreak => self.text.push('\n'),
            Event::Rule => self.block(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level: HeadingLevel::H1, .. } => {
                self.block();
                self.heading.get_or_insert(self.text.len());
            }
            Tag::Image { .. } => self.pictures += 1,
            Tag::TableCell => self.space(),
            Tag::TableRow => self.text.push('\n'),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => {}
            _ => self.block(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(HeadingLevel::H1) => self.end_heading(),
            TagEnd::Image => self.pictures = self.pictures.saturating_sub(1),
            TagEnd::HtmlBlock => {
                let text = page::fragment(&std::mem::take(&mut self.html));
                self.text.push_str(&text);
            }
            _ => {}
        }
    }

    /// Takes the first heading out of the text if it is the title: what stands in both would be read twice.
    fn end_heading(&mut self) {
        let Some(start) = self.heading.filter(|&start| start < self.text.len()) else { return };
        let heading = page::one_line(&self.text[start..]);
        if self.title.as_ref().is_none_or(|title| *title == heading) {
            self.title = Some(heading);
            self.text.truncate(start);
        }
        // No heading begins behind the end of the text, so that no later one is taken.
        self.heading = Some(usize::MAX);
    }

    /// Parts what follows from what stands there by a blank line.
    fn block(&mut self) {
        self.text.truncate(self.text.trim_end().len());
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
    }
}
