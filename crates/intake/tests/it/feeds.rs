//! Feeds of every kind to reports or errors.

use crate::said::{check, said};
use daybook_intake::{Format, Given};

#[test]
fn rss_2_gives_its_items() {
    check(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet href="feed.css"?>
<!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
  <title>The Norland Gazette</title>
  <link>https://gazette.example/</link>
  <description>News &amp; more</description>
  <image><title>Logo</title><url>https://gazette.example/logo.png</url></image>
  <item>
    <title>Tea &amp;amp; talks in &lt;i&gt;Norland&lt;/i&gt;</title>
    <link>https://gazette.example/1</link>
    <guid isPermaLink="false"> gazette-1 </guid>
    <pubDate>Mon, 03 Jun 2013 23:30:00 -0500</pubDate>
    <media:title>A picture</media:title>
    <description>Short.</description>
    <content:encoded><![CDATA[<p>The ministers met.</p><p>They drank tea&nbsp;&mdash; twice.</p><script>x()</script>]]></content:encoded>
  </item>
  <item><title>A headline</title><link>https://gazette.example/2</link></item>
  <item><description>A &lt;b&gt;note&lt;/b&gt; without a headline, at caf&#233; Nord.</description><dc:date>2013-06-04</dc:date></item>
</channel></rss>"#,
        "gazette-1@1 Tea & talks in Norland|2013-06-03|The Norland Gazette|https://gazette.example/1 \
         \"The ministers met.\\n\\nThey drank tea — twice.\"\n\
         error: in item 2: the item \"A headline\" of the feed has no text: get what stands at https://gazette.example/2\n\
         in:3@1 -|2013-06-04|The Norland Gazette|- \"A note without a headline, at café Nord.\"",
    );
}

#[test]
fn older_rss_gives_its_items() {
    check(
        r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://a.example/"><title>Wire</title><items><rdf:Seq><rdf:li resource="x"/></rdf:Seq></items></channel>
<item rdf:about="https://a.example/1"><title>One</title><link>https://a.example/1</link><description>The two met.</description></item>
</rdf:RDF>"#,
        r#"https://a.example/1@1 One|-|Wire|https://a.example/1 "The two met.""#,
    );
    check(
        "<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"rss.dtd\">\n\
         <rss version=\"0.91\"><channel><title>Wire</title><item><title>One</title><description>Met & parted.</description></item></channel></rss>",
        r#"in:1@1 One|-|Wire|- "Met & parted.""#,
    );
}

#[test]
fn atom_gives_its_entries() {
    check(
        r#"<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Office of Norland</title><id>urn:feed</id>
<link href="https://office.example/" rel="alternate"/>
<entry><title type="html">Readout of a &lt;em&gt;call&lt;/em&gt;</title><id>urn:1</id>
  <link rel="enclosure" href="https://office.example/1.mp3"/><link rel="alternate" href="https://office.example/1?a=1&amp;b=2"/>
  <updated>2014-02-03T10:00:00Z</updated><published>2014-02-02T10:00:00Z</published>
  <summary>Short.</summary>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>They <b>spoke</b>.</p><p>At length.</p></div></content></entry>
<entry><title>Two &lt; three</title><id>urn:2</id><updated>2014-02-03T10:00:00Z</updated>
  <content>Plain &lt;text&gt;.
Second line.</content></entry>
</feed>"#,
        "urn:1@1 Readout of a call|2014-02-02|Office of Norland|https://office.example/1?a=1&b=2 \"They spoke.\\n\\nAt length.\"\n\
         urn:2@1 Two < three|2014-02-03|Office of Norland|- \"Plain <text>.\\nSecond line.\"",
    );
}

#[test]
fn json_feed_gives_its_items() {
    check(
        r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Norland", "items": [
  {"id": "1", "url": "https://n.example/1", "title": "One", "content_html": "<p>They met.</p>", "date_published": "2015-05-06T23:00:00-08:00"},
  {"id": 2, "content_text": "They\nparted."}, {"id": "3"}]}"#,
        "1@1 One|2015-05-06|Norland|https://n.example/1 \"They met.\"\n\
         2@1 -|-|Norland|- \"They\\nparted.\"\n\
         error: in item 3: the item \"\" of the feed has no text",
    );
}

#[test]
fn what_is_broken_is_named_and_what_came_before_is_read() {
    let whole =
        "<rss version='2.0'>\n<channel><title>W</title>\n<item><description>One.</description></item>\n";
    for (rest, why) in [
        ("<item><description>Two.</item>\n", ""),
        ("<item><title>Two</title>\n", "the feed is broken here (it is cut off)"),
        ("", "the feed is broken here (it is cut off)"),
    ] {
        let said = said("in", format!("{whole}{rest}").as_bytes(), &Given::default());
        let (report, error) = said.split_once('\n').expect("two lines");
        assert_eq!(report, "in:1@1 -|-|W|- \"One.\"");
        assert!(error.starts_with("error: in:") && error.contains(why), "{error}");
    }
    check(
        b"<rss version='2.0'><channel><title>caf\xe9</title></channel></rss>",
        "error: in: byte e9 at offset 38 is not UTF-8; give the encoding that the text is in, for instance windows-1252",
    );
    let given = Given { format: Some(Format::Feed), ..Given::default() };
    for input in ["", "text", "<html><p>a</p></html>", "{}", "<a><item>"] {
        let said = said("in", input.as_bytes(), &given);
        assert!(said.contains("neither RSS, Atom nor JSON Feed"), "{input}: {said}");
    }
}

#[test]
fn a_feed_may_declare_its_encoding() {
    check(
        b"<?xml version='1.0' encoding='windows-1252'?><rss version='2.0'><channel><title>W</title><item><guid>1</guid><description>caf\xe9</description></item></channel></rss>",
        r#"1@1 -|-|W|- "café""#,
    );
}

#[test]
fn a_program_that_fetches_feeds_gets_headlines_too() {
    let feed = b"<rss version='2.0'><channel><title>W</title><item><title>T</title><link>https://a.example/1</link></item></channel></rss>";
    let reports = daybook_intake::feed(feed).expect("a feed");
    assert_eq!((reports[0].id.as_str(), reports[0].text.as_str()), ("https://a.example/1", ""));
    assert!(daybook_intake::feed(b"nothing").is_err_and(|error| error.is_malformed()));
}
