//! The manual's section on contact rules: its tables are the schema's, its rule compiles, its errors are told.

use std::fmt::Write;

use daybook_record::{Family, Schema, Side};

use crate::support::reader;

const MANUAL: &str = include_str!("../../../../docs/rules.md");

/// The block of the manual that opens with a language, as ```` ```toml contact ````.
fn block(language: &str) -> &'static str {
    let opening = format!("```{language}\n");
    let after = MANUAL.split(opening.as_str()).nth(1).unwrap_or_else(|| panic!("no block of {language}"));
    after.split_once("```").map_or(after, |(block, _)| block)
}

#[test]
fn the_manual_shows_what_the_schema_declares() {
    let tables = tables();
    assert!(MANUAL.contains(&tables), "docs/rules.md must hold these tables:\n\n{tables}");
}

#[test]
fn the_manuals_contact_rule_does_what_it_says() {
    let files = [("rules/handover.toml".to_string(), block("toml contact").to_string())];
    let checked = reader().check_rules(&files).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((checked.rules, checked.failures), (1, Vec::<String>::new()));
}

#[test]
fn the_manuals_refusals_are_told() {
    let files = [("rules/wrong.toml".to_string(), block("toml contact wrong").to_string())];
    let error = reader().check_rules(&files).expect_err("the rules yield what nothing reads");
    assert_eq!(error.to_string(), block("text contact wrong").trim_end());
}

/// The tables of classes, roles and attributes in Markdown.
fn tables() -> String {
    let schema = Schema::current();
    let mut text = String::new();
    for family in schema.families() {
        let _ = writeln!(text, "### {}\n\n{}\n", heading(family), family.about);
        text.push_str("| `yields` | what it tells |\n|---|---|\n");
        for class in schema.classes().iter().filter(|class| class.family == family.name) {
            let _ = writeln!(text, "| `{}` | {} |", class.name, class.about);
        }
        text.push_str("\n| role | side | who |\n|---|---|---|\n");
        for role in &family.roles {
            let _ = writeln!(text, "| `{}` | {} | {} |", role.name, side(role.side), role.about);
        }
        text.push_str("\n| attribute | value | what it says |\n|---|---|---|\n");
        for attribute in family.attributes.iter().filter_map(|name| schema.attribute(name)) {
            for value in &attribute.values {
                let _ = writeln!(text, "| `{}` | `{}` | {} |", attribute.name, value.name, value.about);
            }
        }
        text.push('\n');
    }
    text.trim_end().to_string()
}

fn heading(family: &Family) -> String {
    format!("The family `{}`", family.name)
}

fn side(side: Side) -> &'static str {
    match side {
        Side::First => "first",
        Side::Second => "second",
        Side::Both => "both",
        Side::None => "–",
    }
}
