//! The JSON of explanations: why an account is as it is.

use std::borrow::Cow;
use std::collections::BTreeMap;

use daybook_record::{About, Confidence, Decided, Explanation, Finding};
use serde::Serialize;

use crate::places::{Places, Range};
use crate::reasons;

#[derive(Serialize)]
pub(crate) struct Explained<'a> {
    findings: Vec<Found<'a>>,
    reasons: Vec<Why<'a>>,
    signs: BTreeMap<&'a str, f64>,
}

#[derive(Serialize)]
struct Found<'a> {
    rule: Option<&'a str>,
    probability: Option<Confidence>,
    yields: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    spans: Vec<Range>,
    title_spans: Vec<Range>,
    captures: Vec<Captured<'a>>,
    joined: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
struct Captured<'a> {
    name: &'a str,
    pattern: Option<&'a str>,
    probability: Option<Confidence>,
    spans: Vec<Range>,
    title_spans: Vec<Range>,
}

#[derive(Serialize)]
struct Why<'a> {
    about: About,
    value: &'a str,
    spans: Vec<Range>,
    title_spans: Vec<Range>,
    why: Cow<'a, str>,
}

pub(crate) fn explained<'a>(explanation: &'a Explanation, places: &Places<'_>) -> Explained<'a> {
    Explained {
        findings: explanation.findings.iter().map(|f| found(f, places)).collect(),
        reasons: explanation.reasons.iter().map(|r| why(r, places)).collect(),
        signs: explanation.signs.iter().map(|s| (s.name, f64::from(s.thousandths) / 1000.0)).collect(),
    }
}

fn found<'a>(finding: &'a Finding, places: &Places<'_>) -> Found<'a> {
    let (spans, title_spans) = places.both(&[finding.words]);
    let captures = finding.captures.iter().map(|capture| {
        let (spans, title_spans) = places.both(&capture.words);
        Captured {
            name: &capture.name,
            pattern: capture.pattern.as_deref(),
            probability: capture.probability,
            spans,
            title_spans,
        }
    });
    Found {
        rule: finding.rule.as_ref().map(|rule| rule.name.as_str()),
        probability: finding.probability,
        yields: &finding.yields,
        file: finding.rule.as_ref().map(|rule| rule.file.as_str()),
        line: finding.rule.as_ref().map(|rule| rule.line),
        spans,
        title_spans,
        captures: captures.collect(),
        joined: finding.joined.map(reasons::grouping),
    }
}

fn why<'a>(decided: &'a Decided, places: &Places<'_>) -> Why<'a> {
    let (spans, title_spans) = places.both(&decided.words);
    let why = reasons::because(&decided.because);
    Why { about: decided.about, value: &decided.value, spans, title_spans, why }
}
