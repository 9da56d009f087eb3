//! What an input gives, as text.

use std::io::Write;

use daybook_intake::{Given, read};

/// Each report or error of an input, one a line.
pub fn said(name: &str, input: &[u8], given: &Given) -> String {
    let mut reports = read(name, input, given);
    let mut lines = Vec::new();
    while let Some(item) = reports.next() {
        lines.push(match item {
            Ok(r) => {
                let published = r.published.map(|d| d.to_string());
                let fields =
                    [r.title, published, r.publisher, r.url].map(|f| f.unwrap_or_else(|| "-".into()));
                format!("{}@{} {} {:?}", r.id, reports.first_line(), fields.join("|"), r.text)
            }
            Err(error) => format!("error: {error}"),
        });
    }
    lines.join("\n")
}

/// Holds what an input gives, told by its content alone, against what is expected.
pub fn check(input: impl AsRef<[u8]>, expected: &str) {
    assert_eq!(said("in", input.as_ref(), &Given::default()), expected);
}

/// One member of gzip.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).expect("memory takes all");
    packer.finish().expect("memory takes all")
}

/// One frame of zstd.
pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).expect("memory takes all")
}
