//! Both sides' own accounts of a contact beside each other.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use daybook::{Agreement, Book, Comparison, Entry};

use super::entry::place;
use crate::labels;
use crate::names::shown;
use crate::problem::Problem;
use crate::render::html;
use crate::site::Site;

#[derive(Template)]
#[template(path = "compare.html")]
struct Page {
    id: String,
    heading: String,
    sides: Vec<Side>,
    values: Vec<Row<String>>,
    points: Vec<Row<Vec<String>>>,
}

struct Side {
    name: String,
    reports: Vec<String>,
}

/// One thing as each side tells it.
struct Row<T> {
    field: String,
    told: Vec<T>,
    /// A class of the style sheet.
    agreement: &'static str,
    words: &'static str,
}

pub(super) async fn page(State(site): State<Site>, Path(id): Path<String>) -> Result<Response, Problem> {
    let page = site.books.ask(move |book| {
        let entry = book.entry(&id).map_err(Problem::of_entry)?;
        let comparison = book.compare(&entry)?;
        page_of(book, &entry, comparison)
    });
    html(&page.await?)
}

fn page_of(book: &mut Book, entry: &Entry, comparison: Comparison) -> Result<Page, Problem> {
    let mut sides = Vec::new();
    for told in &comparison.sides {
        let reports = told.accounts.iter().filter_map(|&at| entry.accounts.get(at));
        let reports = reports.map(|filed| place(&filed.report, filed.number)).collect();
        sides.push(Side { name: shown(book, &told.side)?, reports });
    }
    let values = comparison.values.into_iter().map(|value| Row {
        field: labels::plain(value.field),
        told: value
            .told
            .into_iter()
            .map(|told| told.map_or("–".into(), |told| labels::plain(&told)))
            .collect(),
        agreement: class(value.agreement),
        words: agreement(value.agreement),
    });
    let points = comparison.points.into_iter().map(|point| Row {
        field: "said".into(),
        told: point.words,
        agreement: class(point.agreement),
        words: agreement(point.agreement),
    });
    Ok(Page {
        id: entry.id.clone(),
        heading: labels::heading(entry),
        sides,
        values: values.collect(),
        points: points.collect(),
    })
}

fn class(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Conflict => "conflict",
        Agreement::Both => "both",
        Agreement::OneOnly => "one-only",
    }
}

fn agreement(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Conflict => "in conflict",
        Agreement::Both => "said by both",
        Agreement::OneOnly => "said by one only",
    }
}
