//! The manual's rules compile and do on their examples what it says; its error is the one that is told.

use daybook_grammar::{Classified, Grammar};
use expect_test::{Expect, expect};

use crate::notation::{CLASSES, texts};

const MANUAL: &str = include_str!("../../../../docs/rules.md");

/// The manual's examples, analysed by hand.
const TREES: &str = include_str!("documentation.txt");

fn blocks(language: &str) -> Vec<&'static str> {
    let opening = format!("```{language}\n");
    let blocks = MANUAL.split(opening.as_str()).skip(1);
    blocks.map(|block| block.split_once("```").map_or(block, |(block, _)| block)).collect()
}

/// What the examples of a file come to.
#[track_caller]
fn check(file: &str, expected: Expect) {
    let files = [("shop.toml".to_string(), file.to_string())];
    let grammar = Grammar::compile(&files, &CLASSES).unwrap_or_else(|error| panic!("{error}"));
    let texts = texts(TREES);
    let mut analyse =
        |text: &str| -> Classified { texts.get(text).unwrap_or_else(|| panic!("{text}")).clone() };
    let failures: Vec<String> = grammar.check(&mut analyse).iter().map(ToString::to_string).collect();
    expected.assert_eq(&failures.join("\n"));
}

#[test]
fn the_manuals_rules_do_what_it_says() {
    assert_eq!(blocks("toml").len(), 2);
    for block in blocks("toml") {
        check(block, expect![""]);
    }
}

#[test]
fn the_manuals_error_is_told() {
    let files = [("shop.toml".to_string(), blocks("toml wrong")[0].to_string())];
    let error = Grammar::compile(&files, &CLASSES).expect_err("a capture is misspelt");
    assert_eq!(error.to_string(), blocks("text")[0].trim());
}

#[test]
fn an_example_that_fails_says_how() {
    let file = blocks("toml")[0];
    check(
        &file.replace("buyer = \"Eve\"", "buyer = \"tea\""),
        expect![[r#"shop.toml:18: rule `buy-active`: `buyer` is `Eve`, not `tea`, in "Eve ordered tea.""#]],
    );
    check(
        &file.replace("[\"bread\", \"milk\"]", "\"bread\""),
        expect![[
            r#"shop.toml:17: rule `buy-active`: `goods` is `bread`, `milk`, not `bread`, in "Ada bought bread and milk from Max.""#
        ]],
    );
    check(
        &file.replace("seller = \"Max\"", "seller = []"),
        expect![[
            r#"shop.toml:17: rule `buy-active`: `seller` is `Max`, not nothing, in "Ada bought bread and milk from Max.""#
        ]],
    );
    check(
        &file.replace("not trigger >advmod lemma:never", ""),
        expect![[
            r#"shop.toml:20: rule `buy-active`: matches: trigger = `bought`, buyer = `Ada`, goods = `bread`, in "Ada never bought bread.""#
        ]],
    );
    check(
        &file.replace("& case:by", "& case:from"),
        expect![[
            r#"shop.toml:31: rule `buy-passive`: `bought` triggers it, but line 29 `buyer = trigger >obl PERSON & case:from` finds nothing, in "The bread was bought by Ada.""#
        ]],
    );
    check(
        &file.replace("buyer = trigger >=nsubj PERSON", "need trigger >iobj\nbuyer = trigger >=nsubj"),
        expect![[r#"
            shop.toml:18: rule `buy-active`: `bought` triggers it, but line 11 `need trigger >iobj` finds nothing, in "Ada bought bread and milk from Max."
            shop.toml:19: rule `buy-active`: `ordered` triggers it, but line 11 `need trigger >iobj` finds nothing, in "Eve ordered tea.""#]],
    );
    check(
        &file.replace("\"order\"]", "\"get\"]"),
        expect![[
            r#"shop.toml:18: rule `buy-active`: no word passes line 10 `trigger = lemma:@buying & VERB`, in "Eve ordered tea.""#
        ]],
    );
}
