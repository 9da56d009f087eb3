//! Inputs of every format, whole, to reports or errors.

use crate::said::{check, said};
use daybook_intake::{Encoding, Format, Given, MAX_BYTES};

#[test]
fn text_is_kept_as_it_came() {
    check("\u{feff}One.\r\n\r\nTwo — “three”.\r\n", r#"in@1 -|-|-|- "One.\r\n\r\nTwo — “three”.\r\n""#);
    check("---\nid: x\ntitle: T\npublished: 2013-06-03\n---\nOne.", r#"x@6 T|2013-06-03|-|- "One.""#);
    check(b"\xff\xfeO\0n\0e\0", r#"in@1 -|-|-|- "One""#);
    check("< b is less than c", r#"in@1 -|-|-|- "< b is less than c""#);
}

#[test]
fn lines_are_read_one_by_one_and_broken_ones_named() {
    let input = concat!(
        "{\"id\": 7, \"title\": \"\", \"published\": \"2013-06-03T10:00:00Z\", \"source\": \"Wire\", \"text\": \"One.\"}\r\n",
        "\n",
        "{\"text\": \"Two.\", \"publisher\": \"P\", \"url\": null}\n",
        "{\"text\": \"Thr\n",
        "[]\n",
        "{\"text\": 5}\n",
        "{\"text\": \" \"}\n",
        "{\"text\": \"a\", \"published\": \"soon\"}\n",
        "{\"text\": \"Last.\"}",
    );
    check(
        input,
        "7@1 -|2013-06-03|Wire|- \"One.\"\n\
         in:3@1 -|-|P|- \"Two.\"\n\
         error: in:4: not JSON (EOF while parsing a string at line 1 column 13); write one object a line, such as {\"text\": \"…\", \"published\": \"YYYY-MM-DD\"}\n\
         error: in:5: not a JSON object; write {\"text\": \"…\"}\n\
         error: in:6: \"text\" is a number; write it as a string\n\
         error: in:7: there is no text to read\n\
         error: in:8: \"soon\" is not a date; write YYYY-MM-DD\n\
         in:9@1 -|-|-|- \"Last.\"",
    );
}

#[test]
fn bytes_that_are_no_text_spoil_only_their_line() {
    check(
        b"{\"text\": \"\xe9\"}\n{\"text\": \"b\"}\n",
        "error: in:1: byte e9 at offset 10 is not UTF-8; give the encoding that the text is in, for instance windows-1252\n\
         in:2@1 -|-|-|- \"b\"",
    );
}

#[test]
fn lines_may_be_in_utf_16() {
    let utf16: Vec<u8> =
        "\u{feff}{\"text\": \"é\"}\n{\"text\": \"b\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(utf16, "in:1@1 -|-|-|- \"é\"\nin:2@1 -|-|-|- \"b\"");
}

#[test]
fn what_is_empty_says_so() {
    for input in ["", " \n", "---\ntitle: a\n---\n\n", "<html><body><script>1</script></body></html>"] {
        check(input, "error: in: there is no text to read");
    }
}

#[test]
fn what_is_given_goes_first() {
    let given = Given {
        title: Some("G".into()),
        published: "2014-01-02".parse().ok(),
        publisher: Some("H".into()),
        format: Some(Format::Text),
        encoding: "latin1".parse::<Encoding>().ok(),
    };
    assert_eq!(
        said("in", b"---\ntitle: a\n---\n{\"caf\xe9\"}", &given),
        r#"in@4 G|2014-01-02|H|- "{\"café\"}""#
    );
}

#[test]
fn a_line_that_is_too_large_is_passed_over() {
    let mut input = b"{\"text\": \"".to_vec();
    input.resize(MAX_BYTES + 10, b'a');
    input.extend_from_slice(b"\"}\n{\"text\": \"b\"}\n");
    check(
        input,
        "error: in:1: a report may have 64 MiB; split it or give its text alone\nin:2@1 -|-|-|- \"b\"",
    );
}

#[test]
fn a_text_that_is_too_large_is_refused() {
    check(vec![b'a'; MAX_BYTES + 1], "error: in: a report may have 64 MiB; split it or give its text alone");
}

const ARTICLE: &str = "<nav><a href='/'>Home</a> <a href='/world'>World</a></nav><article>\
    <h1>Minister phones her colleague</h1>\
    <p>The foreign minister of Norland telephoned her colleague in Sudland on Monday,\n  her office said &amp; confirmed, \
    to talk about the fishing grounds that both countries have claimed since the spring.</p>\
    <script>track();</script>\
    <p>It was their second call in a month, after a first one in May, and it lasted about half an hour, \
    according to people in the ministry who were not allowed to be named.</p>\
    <p>Neither side published an account of it, though both have said that another round of talks \
    would be held in the capital of Norland before the summer&rsquo;s end.</p></article>\
    <aside><p>Read more: the ten best fish dishes</p></aside><footer>Terms</footer>";

const ARTICLE_TEXT: &str = "The foreign minister of Norland telephoned her colleague in Sudland on Monday, her office said & \
    confirmed, to talk about the fishing grounds that both countries have claimed since the spring.\n\n\
    It was their second call in a month, after a first one in May, and it lasted about half an hour, according to \
    people in the ministry who were not allowed to be named.\n\n\
    Neither side published an account of it, though both have said that another round of talks would be held in the \
    capital of Norland before the summer’s end.";

#[test]
fn a_page_yields_its_main_text_and_metadata() {
    for (head, fields) in [
        (
            "<title>Minister phones her colleague | The Norland Gazette</title>",
            "Minister phones her colleague|-|-|-",
        ),
        (
            "<meta property='og:title' content='Minister phones her colleague'><meta property='article:published_time' \
             content='2013-06-03T08:00:00+02:00'><meta property='og:site_name' content='Norland Gazette'>\
             <link rel=canonical href='https://gazette.example/1'>",
            "Minister phones her colleague|2013-06-03|Norland Gazette|https://gazette.example/1",
        ),
        (
            "<script type='application/ld+json'>{\"@graph\": [{\"@type\": \"WebSite\", \"name\": \"x\"}, {\"@type\": \
             \"NewsArticle\", \"headline\": \"Minister  phones her colleague\", \"datePublished\": \"2013-06-03\", \"publisher\": \
             {\"name\": \"Gazette\"}}]}</script>",
            "Minister phones her colleague|2013-06-03|Gazette|-",
        ),
        (
            "<script type='application/ld+json'>broken</script><title>Minister phones her colleague</title>\
             <meta name=DC.date content='3 June 2013'><meta name=dc.publisher content=Gazette>",
            "Minister phones her colleague|2013-06-03|Gazette|-",
        ),
    ] {
        let page = format!("<!DOCTYPE html><html><head>{head}</head><body>{ARTICLE}</body></html>");
        check(page, &format!("in@1 {fields} {ARTICLE_TEXT:?}"));
    }
}

#[test]
fn a_short_page_is_read_whole() {
    check(
        "<p>One.</p><figure><img><figcaption>Two.</figcaption></figure><p>Three.</p>",
        r#"in@1 -|-|-|- "One.\n\nTwo.\n\nThree.""#,
    );
    check(
        "<p>Readout of the call</p><p>The two spoke on <time datetime=2013-06-03>Monday</time>.</p>",
        r#"in@1 -|2013-06-03|-|- "Readout of the call\n\nThe two spoke on Monday.""#,
    );
}

#[test]
fn a_page_may_declare_its_encoding() {
    check(b"<html><meta charset=windows-1252><p>caf\xe9 \x93talks\x94", r#"in@1 -|-|-|- "café “talks”""#);
}

#[test]
fn a_page_nested_without_end_is_read() {
    for tag in ["div", "b", "table><tr><td", "blockquote", "ul><li", "math", "font", "p"] {
        let page = format!("<html><body>{}The two met.", format!("<{tag}>").repeat(100_000));
        assert!(said("in", page.as_bytes(), &Given::default()).contains("in@1"), "{tag}");
    }
}

#[test]
fn a_page_whose_tags_multiply_is_read() {
    let reopened: String = (0..20_000).map(|i| format!("<p><b id={i}>a")).collect();
    let many = "<p>a".repeat(1_000_000);
    for page in [reopened, many] {
        assert!(said("in", format!("<html><body>{page}").as_bytes(), &Given::default()).ends_with("a\""));
    }
}
