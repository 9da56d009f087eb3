//! Tables, of text and in Parquet, and JSON of any layout to reports or errors.

use std::sync::Arc;

use crate::said::{check, gzip, said, zstd};
use daybook_intake::{Format, Given};
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

#[test]
fn rows_are_read_by_the_names_of_columns() {
    check(
        "id,Headline,date,outlet,link,body,other\r\n\
         7,\"One, \"\"first\"\"\",2013-06-03T10:00:00Z,Wire,https://a.example/1,\"The two\nmet.\",x\r\n\
         \r\n\
         ,,\"June 4, 2013\",,,They parted.,\r\n",
        "7@1 One, \"first\"|2013-06-03|Wire|https://a.example/1 \"The two\\nmet.\"\n\
         in:5@1 -|2013-06-04|-|- \"They parted.\"",
    );
    check(
        "\u{feff}title;text\nA;B;\nC;D\n",
        "error: in:2: the row has 3 fields where the header has 2; put a field that has the delimiter in it into quotes\nin:3@1 C|-|-|- \"D\"",
    );
    check("text\tid\nOne, two; three.\t1\n", "1@1 -|-|-|- \"One, two; three.\"");
}

#[test]
fn a_bad_row_is_named_and_the_next_read() {
    check(
        b"id,text,published\n1,a,soon\n2,,2013-01-01\n3,caf\xe9,\n4,b\n5,c,\n6,\"open,\n",
        "error: in:2: \"soon\" is not a date; write YYYY-MM-DD\n\
         error: in:3: there is no text to read\n\
         error: in:4: byte e9 at offset 3 is not UTF-8; give the encoding that the text is in, for instance windows-1252\n\
         error: in:5: the row has 2 fields where the header has 3; put a field that has the delimiter in it into quotes\n\
         5@1 -|-|-|- \"c\"\n\
         error: in:7: a quote that opens in this row does not close; close it, or get the table anew",
    );
    let given = Given { encoding: "latin1".parse().ok(), ..Given::default() };
    assert_eq!(said("in", b"text,id\ncaf\xe9,1\n", &given), "1@1 -|-|-|- \"café\"");
}

#[test]
fn a_table_without_text_says_what_it_has() {
    check(
        "Title,date,url,x y\nA,B,C,D\n",
        "error: in:1: no column holds the text of reports; there are \"Title\", \"date\", \"url\", \"x y\"; call one text, body, \
         content, article, article_text, full_text",
    );
    let given = Given { format: Some(Format::Csv), ..Given::default() };
    assert!(said("in", b"a,b\n", &given).contains("no column holds the text"));
    assert!(said("in", b"", &given).contains("there is no text to read"));
    assert_eq!(said("in", b"text\nOne.\n", &given), "in:2@1 -|-|-|- \"One.\"");
}

#[test]
fn a_text_with_commas_is_no_table() {
    for text in ["Text, and more of it.\nSecond.", "Content\n\nThe two met.", "Title, date\nA, B"] {
        check(text, &format!("in@1 -|-|-|- {text:?}"));
    }
}

#[test]
fn json_may_be_laid_out_in_any_way() {
    for input in [
        "[{\"text\": \"One.\", \"id\": 1},\n {\"body\": \"T]w}o\\\"{.\", \"published_at\": \"2013-06-03T10:00:00Z\"}]",
        "{\n  \"text\": \"One.\",\n  \"id\": 1}\n{\"body\": \"T]w}o\\\"{.\", \"published_at\": \"2013-06-03T10:00:00Z\"}",
    ] {
        let said = said("in", input.as_bytes(), &Given::default());
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines[0], "1@1 -|-|-|- \"One.\"");
        assert!(lines[1].ends_with("@1 -|2013-06-03|-|- \"T]w}o\\\"{.\""), "{said}");
    }
    check(
        "[{\"text\": 5}, {\"text\": \"b\", \"x\": {\"y\": [1]}},\n{\"text\": \"c",
        "error: in:1: \"text\" is a number; write it as a string\nin:1@1 -|-|-|- \"b\"\n\
         error: in:2: the input ends within this object; get it anew",
    );
    let given = Given { format: Some(Format::Json), ..Given::default() };
    assert_eq!(
        said("in", b"[1, 2]\n{\"text\": \"a\"}", &given),
        "error: in:1: not a JSON object; write objects such as {\"text\": \"…\"}\nin:2@1 -|-|-|- \"a\""
    );
}

/// A file of two row groups with texts, titles (the second missing), days and points in time.
fn parquet_file(compression: Compression) -> Vec<u8> {
    let schema = "message reports { REQUIRED BYTE_ARRAY text (UTF8); OPTIONAL BYTE_ARRAY headline (UTF8); \
                  REQUIRED INT32 date (DATE); REQUIRED INT64 id; }";
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
    let mut file = SerializedFileWriter::new(Vec::new(), schema, properties).expect("a writer");
    for group in 0..2 {
        let mut rows = file.next_row_group().expect("a group");
        let texts = [ByteArray::from("They met."), ByteArray::from("They parted.")];
        let mut column = rows.next_column().expect("a column").expect("text");
        column.typed::<ByteArrayType>().write_batch(&texts, None, None).expect("written");
        column.close().expect("closed");
        let mut column = rows.next_column().expect("a column").expect("headline");
        column
            .typed::<ByteArrayType>()
            .write_batch(&[ByteArray::from("One")], Some(&[1, 0]), None)
            .expect("written");
        column.close().expect("closed");
        let mut column = rows.next_column().expect("a column").expect("date");
        column.typed::<Int32Type>().write_batch(&[15_859, -1], None, None).expect("written");
        column.close().expect("closed");
        let mut column = rows.next_column().expect("a column").expect("id");
        column.typed::<Int64Type>().write_batch(&[group * 2, group * 2 + 1], None, None).expect("written");
        column.close().expect("closed");
        rows.close().expect("closed");
    }
    file.into_inner().expect("a file")
}

#[test]
fn parquet_gives_its_rows() {
    let expected = "0@1 One|2013-06-03|-|- \"They met.\"\n1@1 -|1969-12-31|-|- \"They parted.\"\n\
        2@1 One|2013-06-03|-|- \"They met.\"\n3@1 -|1969-12-31|-|- \"They parted.\"";
    for compression in [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(Default::default()),
        Compression::ZSTD(Default::default()),
    ] {
        check(parquet_file(compression), expected);
    }
    check(gzip(&parquet_file(Compression::SNAPPY)), expected);
    check(zstd(&parquet_file(Compression::SNAPPY)), expected);
}

#[test]
fn a_damaged_parquet_file_is_an_error() {
    let file = parquet_file(Compression::SNAPPY);
    for length in [4, 8, 12, file.len() / 2, file.len() - 1] {
        let said = said("in", &file[..length], &Given::default());
        assert!(said.starts_with("error: in: the Parquet file is damaged or cut off ("), "{said}");
    }
    for at in 4..file.len() {
        let mut damaged = file.clone();
        damaged[at] ^= 0x55;
        said("in", &damaged, &Given::default());
    }
}
