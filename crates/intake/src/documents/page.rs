//! Reads HTML pages: the main text, and title, date, publisher and address from the page's own metadata.
//!
//! The main text is found as Mozilla's Readability finds it. Its paragraphs are lines parted by blank lines.

use daybook_record::Report;
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability, TextMode};
use serde_json::Value;

use super::nesting;
use crate::date::day_of_page;

/// Where pages tell of themselves: field, selector and attribute a line.
const PLACES: &str = include_str!("page.tsv");

/// What is never a part of an article.
const NEVER_TEXT: &str = "script, style, noscript, template, iframe, svg, link, nav, form, button, aside";

/// The report that `page` holds; its text is empty where the page has none.
pub(crate) fn report(page: &str) -> Report {
    let document = nesting::document(page);
    let own = |field: &str| told(&document, field).into_iter().next();
    let mut report = Report {
        title: own("title").or_else(|| own_title(&document)),
        published: told(&document, "published").iter().find_map(|text| day_of_page(text)),
        publisher: own("publisher"),
        url: own("url"),
        ..Report::default()
    };
    document.select(NEVER_TEXT).remove();
    remove_heading(&document, report.title.as_deref());
    // A caption is a paragraph of its own.
    document.select("figcaption").rename("p");
    report.text = main_text(document);
    report
}

/// What the page says of `field`, from the place that counts most to the one that counts least.
fn told(document: &Document, field: &str) -> Vec<String> {
    let places = PLACES.lines().filter(|line| !line.starts_with('#')).map(|line| line.splitn(3, '\t'));
    let ours =
        places.filter_map(|mut place| (place.next()? == field).then_some((place.next()?, place.next()?)));
    ours.flat_map(|(selector, attribute)| {
        document.select(selector).nodes().iter().filter_map(|node| value(node, attribute)).collect::<Vec<_>>()
    })
    .collect()
}

fn value(node: &NodeRef, attribute: &str) -> Option<String> {
    let text = match attribute {
        "" => node.text().to_string(),
        key if node.has_name("script") => linked_data(&node.text(), key)?,
        key => node.attr(key)?.to_string(),
    };
    Some(one_line(&text)).filter(|text| !text.is_empty())
}

/// The text of a piece of a page, all of it, in paragraphs parted by blank lines.
pub(crate) fn fragment(html: &str) -> String {
    let document = nesting::document(html);
    document.select(NEVER_TEXT).remove();
    document.select("figcaption").rename("p");
    document.body().map(|body| body.formatted_text().trim().to_string()).unwrap_or_default()
}

/// Text with its character references resolved (`&amp;`, `&eacute;`, `&#8217;`); it holds no tags.
pub(crate) fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_string();
    }
    nesting::document(text).body().map(|body| body.text().to_string()).unwrap_or_default()
}

pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first value of `key` in a JSON-LD script: a text, or the name of what it leads to.
fn linked_data(script: &str, key: &str) -> Option<String> {
    let root: Value = serde_json::from_str(script).ok()?;
    let mut open = vec![&root];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.iter().rev()),
            Value::Object(fields) => match fields.get(key) {
                Some(found) => return name(found),
                None => open.extend(fields.get("@graph")),
            },
            _ => {}
        }
    }
    None
}

fn name(value: &Value) -> Option<String> {
    value.as_str().or_else(|| value.get("name")?.as_str()).map(str::to_string)
}

/// The first heading where the page's title element repeats it, or else that element with the site's name taken off.
fn own_title(document: &Document) -> Option<String> {
    let heading = one_line(&document.select_single("h1").text());
    let title = one_line(&document.select_single("title").text());
    if !heading.is_empty() && title.contains(&heading) {
        return Some(heading);
    }
    let reader = Readability::with_document(document.clone(), None, None).ok()?;
    Some(one_line(&reader.get_article_title())).filter(|title| !title.is_empty())
}

/// Takes out the heading that repeats the title: what stands in both would be read twice.
fn remove_heading(document: &Document, title: Option<&str>) {
    for heading in document.select("h1").nodes() {
        if title == Some(one_line(&heading.text()).as_str()) {
            heading.remove_from_parent();
        }
    }
}

fn main_text(document: Document) -> String {
    let everything = document.body().map(|body| body.formatted_text().to_string()).unwrap_or_default();
    let config = Config { disable_json_ld: true, text_mode: TextMode::Formatted, ..Config::default() };
    let article =
        Readability::with_document(document, None, Some(config)).and_then(|mut reader| reader.parse());
    let main = article.map(|article| article.text_content.to_string()).unwrap_or_default();
    let chosen = if main.trim().is_empty() { everything } else { main };
    chosen.trim().to_string()
}
