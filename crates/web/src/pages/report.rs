//! A report: its text with everything that was read in it marked, and the reading beside it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use daybook::{Account, Bearing, Part, Report, Statement};

use crate::highlight::{self, Mark, Told};
use crate::labels;
use crate::names::shown;
use crate::problem::Problem;
use crate::render::html;
use crate::site::Site;

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    title: String,
    source: String,
    url: Option<String>,
    notices: Vec<String>,
    view: View,
}

/// A text with its reading.
pub(crate) struct View {
    /// HTML; what comes from outside is escaped.
    pub(super) text: String,
    pub(super) contacts: Vec<Contact>,
    pub(super) statements: Vec<Said>,
}

pub(super) struct Contact {
    pub(super) number: usize,
    pub(super) heading: String,
    /// The entry that it belongs to, in a book.
    pub(super) entry: Option<String>,
    pub(super) values: Vec<Told>,
}

pub(super) struct Said {
    pub(super) number: usize,
    pub(super) who: Option<String>,
    pub(super) act: String,
    pub(super) content: String,
    pub(super) about: Option<String>,
}

pub(super) async fn page(State(site): State<Site>, Path(id): Path<String>) -> Result<Response, Problem> {
    let page = site.books.ask(move |book| {
        let Some(report) = book.report(&id)? else {
            return Err(Problem::missing("the book has no report with this id"));
        };
        let told = book.accounts_in_report(&id)?;
        let source = told.first().map(|(filed, _)| filed.report.clone());
        let mut notices = Vec::new();
        if let Some(next) = source.as_ref().and_then(|source| source.superseded_by.as_ref()) {
            notices.push(format!("A later version of this report replaces it: /report/{next}"));
        }
        if let Some(side) = source.as_ref().and_then(|source| source.side.as_ref()) {
            notices.push(format!("This is the own account of {}.", shown(book, side)?));
        }
        let statements = book.statements_of(&id)?;
        let accounts: Vec<(&Account, Option<&str>)> =
            told.iter().map(|(filed, entry)| (&filed.account, Some(entry.as_str()))).collect();
        Ok(Page {
            title: report.title.clone().unwrap_or_else(|| report.id.clone()),
            source: publication(&report),
            url: report.url.clone(),
            notices,
            view: view(&report, &accounts, &statements),
        })
    });
    html(&page.await?)
}

/// Who published a report, and when.
pub(crate) fn publication(report: &Report) -> String {
    let day = report.published.map_or("without a date".into(), labels::long_day);
    report.publisher.as_ref().map_or(day.clone(), |publisher| format!("{publisher}, {day}"))
}

/// A text with its contacts, each with its entry where there is one, and its statements.
pub(crate) fn view(report: &Report, accounts: &[(&Account, Option<&str>)], statements: &[Statement]) -> View {
    let mut all: Vec<Mark> = Vec::new();
    let mut contacts = Vec::new();
    for (number, (account, entry)) in (1..).zip(accounts) {
        let values = highlight::values(number, account);
        all.extend(highlight::of_contact(number, account, &values));
        let entry = entry.map(str::to_string);
        contacts.push(Contact { number, heading: heading(number, account), entry, values });
    }
    let mut told = Vec::new();
    for (number, statement) in (1..).zip(statements) {
        let who = labels::speaker(statement);
        all.extend(highlight::of_statement(number, statement, who.as_deref()));
        told.push(said(number, report, statement, who));
    }
    let title = highlight::html(report, Part::Title, &all);
    let title = if title.is_empty() { String::new() } else { format!("<p class=\"title\">{title}</p>") };
    let text = format!("{title}<div class=\"body\">{}</div>", highlight::html(report, Part::Text, &all));
    View { text, contacts, statements: told }
}

fn heading(number: usize, account: &Account) -> String {
    let names: Vec<String> = account.parties.iter().map(|party| labels::party(&party.party)).collect();
    format!("{number}. {}: {}", labels::kind(account.kind.value), names.join(" – "))
}

fn said(number: usize, report: &Report, statement: &Statement, who: Option<String>) -> Said {
    let content: Vec<&str> = statement.content.iter().map(|span| report.words(*span)).collect();
    let ties = statement.contacts.iter().filter(|tie| tie.value.bearing != Bearing::Tells);
    let about: Vec<String> = ties
        .map(|tie| {
            format!("{} contact {}", labels::plain(&tie.value.bearing.to_string()), tie.value.account + 1)
        })
        .collect();
    let about = (!about.is_empty()).then(|| about.join(", "));
    Said { number, who, act: labels::act(statement), content: content.join(" … "), about }
}
