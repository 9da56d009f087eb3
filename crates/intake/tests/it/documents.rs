//! Markdown, packed inputs and what is refused to reports or errors.

use crate::said::{check, gzip, said, zstd};
use daybook_intake::{Format, Given};

#[test]
fn markdown_becomes_prose() {
    check(
        "---\ntitle: A call\ndate: 2013-06-03\ntags:\n  - calls\nauthor: me\n---\n# A *call*\n\nThe [minister](https://a.example/m) **phoned**\nher `colleague`.\n\n\
         - one\n- two\n\n> Said.\n\n![logo](x.png)\n\n| a | b |\n|---|---|\n| c | d |\n\n<p>In <b>HTML</b>.</p>\n\nEnd.[^1]\n\n[^1]: A note.\n",
        "in@1 A call|2013-06-03|-|- \"The minister phoned her colleague.\\n\\none\\n\\ntwo\\n\\nSaid.\\n\\na b\\nc d\\n\\nIn HTML.\\n\\nEnd.\\n\\nA note.\"",
    );
    check("# Head\n\nText.\n\n# Second\n\nMore.", r#"in@1 Head|-|-|- "Text.\n\nSecond\n\nMore.""#);
    check("A [link](https://a.example/).", r#"in@1 -|-|-|- "A link.""#);
    let given = Given { format: Some(Format::Markdown), ..Given::default() };
    assert_eq!(said("in", b"*Met.*", &given), r#"in@1 -|-|-|- "Met.""#);
}

#[test]
fn a_text_with_signs_is_no_markdown() {
    for text in ["#1 in the list\n\nText.", "# a remark\nof a text", "* met *\n_x_ [1] (2)", "a_b_c **"] {
        check(text, &format!("in@1 -|-|-|- {text:?}"));
    }
}

#[test]
fn packed_inputs_are_unpacked() {
    let lines = b"{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n";
    let expected = "in:1@1 -|-|-|- \"One.\"\nin:2@1 -|-|-|- \"Two.\"";
    let halves = |pack: fn(&[u8]) -> Vec<u8>| [pack(&lines[..20]), pack(&lines[20..])].concat();
    for packed in
        [gzip(lines), zstd(lines), halves(gzip), halves(zstd), gzip(&zstd(lines)), zstd(&gzip(lines))]
    {
        check(packed, expected);
    }
    check(gzip(&gzip(&gzip(lines))), "error: in: the input is packed more than twice; unpack it first");
    check(gzip(b""), "error: in: there is no text to read");
    check(gzip(b"<html><p>Met."), r#"in@1 -|-|-|- "Met.""#);
}

#[test]
fn what_is_cut_off_gives_what_came_before_and_one_error() {
    let line = |number: u32| format!("{{\"text\": \"{:x}\"}}\n", number.wrapping_mul(2_654_435_761));
    let lines: String = (0..20_000).map(line).collect();
    for (name, packed) in [("gzip", gzip(lines.as_bytes())), ("zstd", zstd(lines.as_bytes()))] {
        let said = said("in", &packed[..packed.len() / 2], &Given::default());
        let errors: Vec<&str> = said.lines().filter(|line| line.starts_with("error")).collect();
        assert!(said.lines().count() > 1_000, "{name}");
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].contains(&format!("the {name} data is damaged or cut off here")), "{}", errors[0]);
        assert!(said.ends_with(errors[0]));
    }
}

#[test]
fn what_is_not_read_is_refused_with_what_to_do() {
    for (bytes, said) in [
        (b"PK\x03\x04rest".as_slice(), "this is a zip archive, or a document in one; unpack it"),
        (b"%PDF-1.7 ", "this is a PDF document; turn it to text first"),
        (b"BZh91AY", "this is packed by bzip2; unpack it first"),
    ] {
        let got = self::said("in", bytes, &Given::default());
        assert!(got.contains(said), "{got}");
    }
}
