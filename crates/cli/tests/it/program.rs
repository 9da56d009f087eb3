//! The program as it is run: arguments and inputs to output, messages and exit codes.
#![allow(clippy::disallowed_methods, reason = "these tests run the program on files")]

use crate::run::{Ran, daybook, example, scratch, with_input};
use expect_test::expect_file;

#[test]
fn examples_are_read_for_people() {
    for (name, golden) in [
        ("oval-office-call.txt", expect_file!["../golden/oval-office-call.txt"]),
        ("readout.txt", expect_file!["../golden/readout.txt"]),
        ("ministers.html", expect_file!["../golden/ministers.txt"]),
        ("week.jsonl", expect_file!["../golden/week.txt"]),
    ] {
        golden.assert_eq(&daybook(&["read", name]).well().output);
    }
}

#[test]
fn an_example_is_read_for_programs() {
    let ran = daybook(&["read", "--format", "json", "oval-office-call.txt"]).well();
    expect_file!["../golden/oval-office-call.json"].assert_eq(&ran.output);
}

#[test]
fn an_example_is_explained() {
    let ran = daybook(&["read", "--explain", "readout.txt"]).well();
    expect_file!["../golden/readout-explained.txt"].assert_eq(&ran.output);
}

#[test]
fn a_report_without_a_date_is_dated_with_reasons() {
    let text = "President François Hollande met President Donald Trump. They will meet again on February 20.";
    let ran = with_input(&["read", "-"], text.as_bytes()).well();
    let told = "Published: between 2017-01-20 and 2017-02-20 (inferred)\n   because  “President Donald Trump” [line 1, col 33]";
    assert!(ran.output.contains(told), "{}", ran.output);
}

#[test]
fn every_record_holds_to_the_schema() {
    let schema = serde_json::from_str(daybook_export::schema::RECORD).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a JSON Schema");
    let files = ["oval-office-call.txt", "readout.txt", "ministers.html", "week.jsonl"];
    let read =
        |more: &[&str]| daybook(&[&["read", "--format", "jsonl"], more, &files].concat()).well().output;
    let lines = [read(&[]), read(&["--explain"])].concat();
    assert_eq!(lines.lines().count(), 12);
    for line in lines.lines() {
        let record = serde_json::from_str(line).expect("JSON");
        let complaints: Vec<String> = validator.iter_errors(&record).map(|error| error.to_string()).collect();
        assert_eq!(complaints, Vec::<String>::new(), "{line}");
    }
}

#[test]
fn one_part_is_printed_alone() {
    let schema = serde_json::from_str(daybook_export::schema::RECORD).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a JSON Schema");
    let read = |only, format| {
        daybook(&["read", "--only", only, "--format", format, "oval-office-call.txt"]).well().output
    };
    for (only, keys, shown) in [
        ("contacts", &["contacts", "report"][..], "1  call · held"),
        ("statements", &["claims", "factuality", "report", "statements"], "tatement"),
        ("times", &["report", "times"], "\nTimes\n   DATE     2022-03-12 “Saturday” [line 7, col 30]"),
    ] {
        let record: serde_json::Value = serde_json::from_str(&read(only, "jsonl")).expect("JSON");
        assert!(validator.is_valid(&record), "{record}");
        let mut found: Vec<&String> = record.as_object().expect("an object").keys().collect();
        found.sort();
        assert_eq!(found, keys);
        let indented: serde_json::Value = serde_json::from_str(&read(only, "json")).expect("JSON");
        assert_eq!(indented, serde_json::json!([record]));
        let page = read(only, "text");
        assert!(page.contains(shown), "{page}");
        assert_eq!(page.contains("call · held"), only == "contacts", "{page}");
    }
}

#[test]
fn a_quote_stands_where_it_is_said_to() {
    let name = "oval-office-call.txt";
    let file = std::fs::read_to_string(example(name)).expect("an example");
    let lines: Vec<&str> = file.lines().collect();
    let page = Ran { columns: Some("2000"), ..daybook(&["read", name]) }.well().output;
    let mut quotes = 0;
    for part in page.split('“').skip(1) {
        let Some((quote, place)) = part.split_once("” [line ") else { continue };
        let (line, column) = place.split(']').next().and_then(|p| p.split_once(", col ")).expect("a place");
        let (line, column): (usize, usize) =
            (line.parse().expect("a line"), column.parse().expect("a column"));
        let there: String = lines[line - 1].chars().skip(column - 1).collect();
        // A statement is shown with the report's own marks, which may stand behind its beginning.
        let marked = there.contains(&format!("“{quote}”"));
        let stands = there.starts_with(quote.trim_end_matches('…')) || marked;
        assert!(stands, "{quote:?} is not at {line}:{column}");
        quotes += 1;
    }
    assert!(quotes > 5, "{page}");
}

#[test]
fn what_can_t_be_read_is_said_with_the_remedy() {
    let folder = scratch("unreadable");
    let missing = folder.join("missing.txt").display().to_string();
    let here = folder.display().to_string();
    let wrong = [
        (&["read", &missing][..], "", 1, format!("daybook: error: {missing}: there is no such file\n")),
        (&["read", &here], "", 1, format!("daybook: error: {here}: is a folder; name the files in it\n")),
        (&["read", "-"], "", 1, "daybook: error: stdin: there is no text to read\n".into()),
        (&["read"], " \n", 1, "daybook: error: stdin: there is no text to read\n".into()),
        (
            &["read"],
            "---\npublished: 2022-02-30\n---\nText.",
            1,
            "daybook: error: stdin:2: \"2022-02-30\" is not a date; write YYYY-MM-DD\n".into(),
        ),
        (&["parse", &missing], "", 1, format!("daybook: error: {missing}: there is no such file\n")),
        (
            &["read", "--rules", &missing, "-"],
            "a",
            2,
            format!("daybook: error: {missing}: there is no such file\n"),
        ),
        (
            &["read", "--rules", &here, "-"],
            "a",
            2,
            format!("daybook: error: {here}: holds no rules; name a folder with .toml files\n"),
        ),
        (
            &["read", "--who", &missing, "-"],
            "a",
            2,
            format!("daybook: error: {missing}: there is no such file\n"),
        ),
        (
            &["man", "wrote"],
            "",
            2,
            "daybook: error: there is no command \"wrote\"; see daybook --help\n".into(),
        ),
    ];
    for (arguments, input, code, message) in wrong {
        let ran = with_input(arguments, input.as_bytes()).done();
        assert_eq!((ran.code, ran.messages), (code, message), "{arguments:?}");
    }
}

#[test]
fn wrong_arguments_are_said_with_the_remedy() {
    for (arguments, message) in [
        (&["read", "--published", "2017-13-01", "-"][..], "\"2017-13-01\" is not a date; write YYYY-MM-DD"),
        (&["read", "--encoding", "klingon", "-"], "\"klingon\" is not an encoding; write for instance utf-8"),
        (&["read", "--format", "xml", "-"], "possible values: text, json, jsonl"),
        (&["read", "--only", "events", "-"], "possible values: contacts, statements, times"),
        (&["read", "--threads", "0", "-"], "0 is not in 1..=1024"),
        (&["wrote"], "unrecognized subcommand 'wrote'"),
    ] {
        let ran = with_input(arguments, b"").done();
        assert_eq!(ran.code, 2);
        assert!(ran.messages.contains(message), "{}", ran.messages);
    }
}

#[test]
fn what_is_broken_does_not_keep_the_rest_from_being_read() {
    let input = b"{\"text\": \"One.\", \"published\": \"2022-03-12\"}\n{\"text\": \n{\"text\": \"\xe9\"}\n{\"text\": \"Two.\"}\n";
    let ran = with_input(&["read", "--format", "jsonl"], input).done();
    assert_eq!(ran.code, 1);
    assert_eq!(ran.output.lines().count(), 2);
    let messages: Vec<&str> = ran.messages.lines().collect();
    assert!(messages[0].starts_with("daybook: error: stdin:2: not JSON"), "{}", ran.messages);
    assert!(
        messages[1].starts_with("daybook: error: stdin:3: byte e9 at offset 10 is not UTF-8"),
        "{}",
        ran.messages
    );
    assert!(
        messages[2].starts_with("daybook: note: stdin:4: no day of publication is known"),
        "{}",
        ran.messages
    );
}

#[test]
fn what_is_given_is_used() {
    let given =
        ["read", "--published", "2022-03-12", "--title", "T", "--publisher", "P", "--encoding", "latin1"];
    let arguments = [&given[..], &["--format", "jsonl", "-"]].concat();
    let ran = with_input(&arguments, b"Caf\xe9 talks.").well();
    assert!(ran.output.starts_with(
        r#"{"report":{"id":"stdin","published":"2022-03-12","published_inferred":null,"title":"T","publisher":"P","url":null},"#
    ));
    assert_eq!(ran.messages, "");
}

#[test]
fn a_report_without_a_date_says_so() {
    let ran = with_input(&["read", "-"], b"They spoke on Friday.").well();
    assert!(ran.output.contains("Note: no day of publication is known"), "{}", ran.output);
}

#[test]
fn no_report_at_all_is_still_json() {
    assert_eq!(with_input(&["read", "--format", "json", "-"], b"").done().output, "[]\n");
}

#[test]
fn any_number_of_threads_prints_the_same() {
    let week = std::fs::read(example("week.jsonl")).expect("an example").repeat(20);
    let on =
        |threads| with_input(&["read", "--format", "jsonl", "--threads", threads, "-"], &week).well().output;
    let alone = on("1");
    assert_eq!(alone.lines().count(), 60);
    assert_eq!(alone, on("2"));
    assert_eq!(alone, on("5"));
}

#[test]
fn lines_keep_to_the_width() {
    for width in [24, 40, 72] {
        let columns = width.to_string();
        let ran = Ran { columns: Some(&columns), ..daybook(&["read", "oval-office-call.txt"]) }.well();
        let widest = ran.output.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(width), "{widest:?} in {width}:\n{}", ran.output);
    }
}

#[test]
fn colours_are_for_terminals_or_those_who_ask() {
    let read = || daybook(&["read", "readout.txt"]);
    let coloured = |ran: Ran| ran.well().output.contains('\x1b');
    assert!(!coloured(read()));
    assert!(coloured(Ran { environment: &[("CLICOLOR_FORCE", "1")], ..read() }));
    assert!(!coloured(Ran { environment: &[("NO_COLOR", "1")], ..read() }));
}

#[test]
fn hostile_text_gives_the_terminal_no_commands() {
    let text = "---\ntitle: a\x1b]0;b\x07\u{202e}\n---\nPresident Joe Biden \x1b[2Jphoned\u{9b}31m President Emmanuel Macron\u{2066} on Monday.";
    for format in ["text", "json", "jsonl"] {
        let ran = with_input(&["read", "--format", format, "-"], text.as_bytes()).well();
        for output in [ran.output, ran.messages] {
            let obeyed = |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{2066}".contains(c);
            assert!(!output.contains(obeyed), "{output:?}");
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let many = "{\"text\": \"They spoke.\", \"published\": \"2013-06-03\"}\n".repeat(3000);
    let ran = with_input(&["read", "--format", "json", "-"], many.as_bytes()).cut_short();
    assert_eq!((ran.code, ran.messages.as_str()), (0, ""));
}

#[test]
fn rules_are_checked() {
    let ran = daybook(&["rules", "check"]).well();
    assert!(ran.output.contains(" rules, "), "{}", ran.output);
    let folder = scratch("rules");
    std::fs::write(folder.join("broken.toml"), "[[rule]]\nname = 7\n").expect("a scratch folder");
    let ran = daybook(&["rules", "check", &folder.display().to_string()]).done();
    assert_eq!(ran.code, 2);
    assert!(ran.messages.contains("broken.toml:"), "{}", ran.messages);
}

#[test]
fn what_was_parsed_can_be_parsed_again_by_its_tokens() {
    let conllu = daybook(&["parse", "readout.txt"]).well().output;
    let again = with_input(&["parse", "--conllu", "-"], conllu.as_bytes()).well().output;
    let forms = |conllu: &str| {
        conllu.lines().filter_map(|line| line.split('\t').nth(1).map(str::to_string)).collect::<Vec<_>>()
    };
    assert!(forms(&conllu).contains(&"Scholz".to_string()), "{conllu}");
    assert_eq!(forms(&conllu), forms(&again));
}

#[test]
fn the_program_tells_how_it_is_used() {
    for (arguments, told) in [
        (&["--help"][..], &["read", "parse", "rules", "completions", "man"][..]),
        (
            &["read", "--help"],
            &["Exit codes:", "Examples:", "--published", "NO_COLOR", "--who", "--explain", "--only"],
        ),
        (&["man"], &[".TH daybook", "completions"]),
        (&["man", "read"], &["daybook\\-read", "Exit codes", "published"]),
        (&["completions", "bash"], &["complete -F", "--publisher", "contacts statements times"]),
        (&["completions", "fish"], &["complete -c daybook"]),
    ] {
        let ran = daybook(arguments).well();
        for words in told {
            assert!(ran.output.contains(words), "{arguments:?} tells nothing of {words:?}:\n{}", ran.output);
        }
    }
}
