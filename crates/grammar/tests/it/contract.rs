//! Rules outside the contract of whoever reads their matches: what their author is told.

use std::collections::BTreeMap;

use daybook_grammar::{Contract, Grammar, Yield};
use expect_test::{Expect, expect};

use crate::notation::CLASSES;

fn contract() -> Contract {
    let words = |all: &[&str]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
    let purchase = Yield {
        name: "purchase".into(),
        roles: words(&["buyer", "seller", "goods"]),
        attributes: BTreeMap::from([("paid".to_string(), words(&["cash", "credit"]))]),
        needed: vec![words(&["buyer"]), words(&["goods", "seller"])],
        waived_by: Some(("paid".into(), "credit".into())),
    };
    Contract { yields: vec![purchase, Yield { name: "gift".into(), ..Yield::default() }] }
}

/// A rule with what stands after its name, its `match` block from line 5 on where `head` is one line.
#[track_caller]
fn check(head: &str, lines: &str, expected: Expect) {
    let text = format!(
        "[[rule]]\nname = \"r\"\n{head}\nmatch = \"\"\"\nt = VERB\n{lines}\"\"\"\nfinds = [{{ text = \"t\" }}]\n"
    );
    let found = Grammar::compile_for(&[("r.toml".to_string(), text)], &CLASSES, &contract());
    expected.assert_eq(&found.map_or_else(|error| error.to_string(), |_| "compiles".to_string()));
}

const BOTH: &str = "buyer = t >nsubj\ngoods = t >obj\n";

#[test]
fn what_the_contract_declares_compiles() {
    check("yields = \"purchase\"", BOTH, expect!["compiles"]);
    check("yields = \"purchase\"", &format!("_shop = t >obl\n{BOTH}"), expect!["compiles"]);
    check("yields = \"gift\"", "", expect!["compiles"]);
}

#[test]
fn unknown_classes_roles_attributes_and_values_are_refused() {
    check(
        "yields = \"purchas\"",
        BOTH,
        expect!["r.toml:3: rule `r`: unknown class of event `purchas`; did you mean `purchase`?"],
    );
    check(
        "yields = \"purchase\"",
        "buyer = t >nsubj\ngods = t >obj\ngoods = t >iobj\n",
        expect!["r.toml:7: rule `r`: unknown role `gods`; did you mean `goods`?"],
    );
    check(
        "yields = \"purchase\"\nwith = { paidd = \"cash\" }",
        BOTH,
        expect!["r.toml:4: rule `r`: unknown attribute `paidd`; did you mean `paid`?"],
    );
    check(
        "yields = \"purchase\"\nwith = { paid = \"cheque\" }",
        BOTH,
        expect!["r.toml:4: rule `r`: unknown value of `paid` `cheque`; known: cash, credit"],
    );
}

#[test]
fn a_rule_that_can_fill_no_side_is_refused_unless_it_waives_it() {
    check(
        "yields = \"purchase\"",
        "buyer = t >nsubj\n",
        expect![[
            r#"r.toml:1: rule `r`: `purchase` needs one of the roles `goods`, `seller`, and the rule captures none; add a line such as `goods = …`, or say `with = { paid = "credit" }` where they are told elsewhere"#
        ]],
    );
    check("yields = \"purchase\"\nwith = { paid = \"credit\" }", "", expect!["compiles"]);
}

#[test]
fn without_a_contract_anything_may_be_yielded() {
    let rule = "[[rule]]\nname = \"r\"\nyields = \"anything\"\nmatch = \"\"\"\nt = VERB\n\"\"\"\nfinds = [{ text = \"t\" }]\n";
    assert!(Grammar::compile(&[("r.toml".to_string(), rule.to_string())], &CLASSES).is_ok());
}
