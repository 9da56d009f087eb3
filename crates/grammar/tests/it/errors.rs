//! Rule files that can't be compiled: what the author is told.

use daybook_grammar::{Error, Grammar};
use expect_test::{Expect, expect};

use crate::notation::CLASSES;

fn compile(files: &[(&str, &str)]) -> Result<Grammar, Error> {
    let files: Vec<_> = files.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
    Grammar::compile(&files, &CLASSES)
}

#[track_caller]
fn check(files: &[(&str, &str)], expected: Expect) {
    let error = compile(files).expect_err("the files are not sound");
    expected.assert_eq(&error.to_string());
}

/// A file of one rule whose block begins in line 5.
fn block(lines: &str) -> String {
    format!(
        "[[rule]]\nname = \"r\"\nyields = \"y\"\nmatch = \"\"\"\n{lines}\"\"\"\nfinds = [{{ text = \"t\" }}]\n"
    )
}

#[track_caller]
fn check_block(lines: &str, expected: Expect) {
    check(&[("r.toml", &block(lines))], expected);
}

#[test]
fn names_nothing_bears() {
    check_block(
        "trigger = VERB\nsubject = trigger >nsubj\nnot subjct >case\n",
        expect!["r.toml:7: rule `r`: unknown capture `subjct`; did you mean `subject`?"],
    );
    check_block(
        "t = VERB\na = a >nsubj\n",
        expect!["r.toml:6: rule `r`: unknown capture `a`; did you mean `t`?"],
    );
    check_block(
        "t = VERV\n",
        expect!["r.toml:5: rule `r`: unknown class or part of speech `VERV`; did you mean `VERB`?"],
    );
    check_block(
        "t = VERB\n\n# why\na = t >obj PERSN\n",
        expect!["r.toml:8: rule `r`: unknown class or part of speech `PERSN`; did you mean `PERSON`?"],
    );
    check_block("t = lemm:go\n", expect!["r.toml:5: rule `r`: unknown test `lemm`; did you mean `lemma`?"]);
    check_block(
        "t = VERB\nnot t >nsub\n",
        expect!["r.toml:6: rule `r`: unknown relation `nsub`; did you mean `nsubj`?"],
    );
    check_block(
        "t = VERB\nnot t .nxt\n",
        expect!["r.toml:6: rule `r`: unknown step `.nxt`; did you mean `.next`?"],
    );
    check_block(
        "t = lemma:@go\n",
        expect!["r.toml:5: rule `r`: unknown list `go`; there is none to name here"],
    );
}

#[test]
fn lines_that_are_none() {
    check_block("VERB\n", expect!["r.toml:5: rule `r`: the first line must be `trigger = TEST`"]);
    check_block(
        "or VERB\n",
        expect!["r.toml:5: rule `r`: `or` continues a line, and there is none before it"],
    );
    check_block("t VERB\n", expect!["r.toml:5: rule `r`: expected `=`, found `VERB`"]);
    check_block("t* = VERB\n", expect!["r.toml:5: rule `r`: `t` is the trigger and takes exactly one token"]);
    check_block(
        "t =\n",
        expect![
            "r.toml:5: rule `r`: expected a test such as `lemma:go`, `VERB` or `any`, found the end of the line"
        ],
    );
    check_block(
        "t = VERB NOUN\n",
        expect!["r.toml:5: rule `r`: expected `&`, `or` or the end of the line, found `NOUN`"],
    );
    check_block("t = (VERB\n", expect!["r.toml:5: rule `r`: expected `)`, found the end of the line"]);
    check_block("t = lemma:\n", expect!["r.toml:5: rule `r`: expected a word, found the end of the line"]);
    check_block("t = lemma:\"a\n", expect!["r.toml:5: rule `r`: expected `\"`, found the end of the line"]);
    check_block(
        "t = VERB\na = t PERSON\n",
        expect!["r.toml:6: rule `r`: the line leads nowhere; add a path such as `>nsubj` after the anchor"],
    );
    check_block(
        "t = VERB\na = t >\n",
        expect!["r.toml:6: rule `r`: expected a dependency relation, found the end of the line"],
    );
    check_block(
        "t = VERB\nnot = t >obj\n",
        expect!["r.toml:6: rule `r`: expected an earlier capture, found `= t >obj`"],
    );
    check_block(
        "text = VERB\n",
        expect!["r.toml:5: rule `r`: `text` is a word of the language and can't name a capture"],
    );
    check_block(
        "t = has(VERB)\n",
        expect!["r.toml:5: rule `r`: `has` needs a path, as in `has(>conj PROPN)`"],
    );
    let deep = format!("t = {}VERB\n", "!".repeat(2000));
    check_block(&deep, expect!["r.toml:5: rule `r`: tests are nested more than 12 deep"]);
}

#[test]
fn lines_that_make_no_sense() {
    check_block("", expect!["r.toml:4: rule `r`: `match` is empty"]);
    check_block(
        "# go\n",
        expect!["r.toml:1: rule `r`: its `match` is empty; begin it with `trigger = TEST`"],
    );
    check_block(
        "t = lemma:\"go out\"\n",
        expect!["r.toml:5: rule `r`: `lemma:` looks at one token, which is never `go out`"],
    );
    check_block(
        "t = VERB\na = t >obj\na = t >obl\n",
        expect![
            "r.toml:7: rule `r`: `a` is already captured; write one line with `or` between its alternatives"
        ],
    );
    check_block(
        "t = VERB\na = t .right{3,2}\n",
        expect!["r.toml:6: rule `r`: `{3,2}` must begin at 1 and not end before it"],
    );
    check_block(
        "t = VERB\na = t .right{99999}\n",
        expect!["r.toml:6: rule `r`: expected a number of tokens up to 65535, found `99999`"],
    );
}

#[test]
fn all_problems_are_told_in_the_order_of_the_lines() {
    let second = "[[rule]]\nname = \"r\"\nyield = \"y\"\nmatch = 'x'\nfinds = []\nlink = 1\n";
    check(
        &[("r.toml", &block("t = lema:go\na = t >obbj\n  or t >iobbj\nb = a >obj\n")), ("s.toml", second)],
        expect![[r#"
            r.toml:5: rule `r`: unknown test `lema`; did you mean `lemma`?
            r.toml:6: rule `r`: unknown relation `obbj`; did you mean `obj`?
            r.toml:7: rule `r`: unknown relation `iobbj`; did you mean `iobj`?
            s.toml:1: rule `r`: the rule has no `yields`; add one
            s.toml:1: rule `r`: the rule at r.toml:1 has the same name; rename one of them
            s.toml:3: rule `r`: unknown key `yield`; did you mean `yields`?
            s.toml:4: rule `r`: expected `=`, found the end of the line
            s.toml:5: rule `r`: `finds` is empty; give a text in which the rule matches
            s.toml:6: rule `r`: unknown key `link`; known: about, finds, ignores, match, name, share, with, yields"#]],
    );
}

#[test]
fn files_that_are_not_rule_files() {
    check(&[("r.toml", "\n\nrule = [\n")], expect!["r.toml:3: not TOML: unclosed array, expected `]`"]);
    check(&[("r.toml", "rules = 1\n")], expect!["r.toml:1: unknown key `rules`; did you mean `rule`?"]);
    check(
        &[("r.toml", "rule = 1\n")],
        expect![
            "r.toml:1: `rule` must be a list of tables, each begun by `[[rule]]`, and is of type integer"
        ],
    );
    check(
        &[("r.toml", "rule = [1]\nlists = 2\n")],
        expect![[r#"
        r.toml:1: `rule` must be a table, and is of type integer
        r.toml:2: `lists` must be a table, and is of type integer"#]],
    );
    check(
        &[("r.toml", "[lists]\na = 1\nb = [\"\"]\n")],
        expect![[r#"
        r.toml:2: `a` must be an array of strings, and is of type integer
        r.toml:3: `b` is empty"#]],
    );
    check(
        &[("r.toml", "[[rule]]\n")],
        expect![[r#"
        r.toml:1: the rule has no `finds`; add one
        r.toml:1: the rule has no `match`; add one
        r.toml:1: the rule has no `name`; add one
        r.toml:1: the rule has no `yields`; add one"#]],
    );
    let types = "[[rule]]\nname = 1\nyields = \"\"\nwith = { a = 1 }\nshare = 1\nmatch = []\nfinds = 1\nignores = 1\n";
    check(
        &[("r.toml", types)],
        expect![[r#"
        r.toml:2: `name` must be a string, and is of type integer
        r.toml:3: `yields` is empty
        r.toml:4: `a` must be a string, and is of type integer
        r.toml:5: `share` must be `true` or `false`, and is of type integer
        r.toml:6: `match` must be a string, and is of type array
        r.toml:7: `finds` must be an array of tables, and is of type integer
        r.toml:8: `ignores` must be an array of strings, and is of type integer"#]],
    );
}

#[test]
fn examples_that_can_never_hold() {
    let file = |finds: &str| block("t = VERB\na = t >nsubj\n").replace("{ text = \"t\" }", finds);
    check(
        &[("r.toml", &file("{ text = \"Ada ran.\", b = \"Ada\" }"))],
        expect!["r.toml:8: rule `r`: unknown capture `b`; did you mean `a`?"],
    );
    check(
        &[("r.toml", &file("\n{ text = \"Ada ran.\", a = \"Eve\" }"))],
        expect!["r.toml:9: rule `r`: `a` is to be `Eve`, which its text does not contain"],
    );
    check(
        &[("r.toml", &file("{ a = \"Eve\" }"))],
        expect!["r.toml:8: rule `r`: an example of `finds` has no `text`"],
    );
    check(
        &[("r.toml", &file("\"Ada ran.\""))],
        expect![[
            r#"r.toml:8: rule `r`: `finds` must be an array of tables such as `{ text = "…" }`, and is of type string"#
        ]],
    );
}

#[test]
fn lists_hold_for_their_folder_and_those_within() {
    let user = block("t = lemma:@go\n");
    let lists = "[lists]\ngo = [\"go\"]\n";
    assert!(compile(&[("rules/en/r.toml", &user), ("rules/lists.toml", lists)]).is_ok());
    assert!(compile(&[("rules/lists.toml", lists), ("rules/r.toml", &user)]).is_ok());
    assert!(compile(&[("lists.toml", lists), ("rules/r.toml", &user)]).is_ok());
    let foreign = compile(&[("rules/de/lists.toml", lists), ("rules/r.toml", &user)]);
    assert!(foreign.expect_err("a folder's lists stay within it").is_unknown_name());
    let other = compile(&[("rules/words.toml", lists), ("rules/r.toml", &user)]);
    assert!(other.expect_err("only lists.toml is shared").is_unknown_name());
}

#[test]
fn the_kind_of_a_problem_can_be_asked_for() {
    let unknown = compile(&[("r.toml", &block("t = VERV\n"))]).expect_err("no such tag");
    assert!(unknown.is_unknown_name() && !unknown.is_syntax());
    let syntax = compile(&[("r.toml", "rule = [\n")]).expect_err("not TOML");
    assert!(syntax.is_syntax() && !syntax.is_unknown_name());
    assert_eq!((syntax.problems()[0].file.as_str(), syntax.problems()[0].rule.as_deref()), ("r.toml", None));
}

#[test]
fn there_are_no_more_classes_than_bits() {
    let names: Vec<String> = (0..65).map(|i| format!("C{i}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let files = [("r.toml".to_string(), block("t = C63\n"))];
    assert!(Grammar::compile(&files, &names[..64]).is_ok());
    assert!(Grammar::compile(&files, &names).is_err());
}
