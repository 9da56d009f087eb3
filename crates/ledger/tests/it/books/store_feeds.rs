//! What the watcher writes down of a feed is there when it asks again.

use crate::support::on_both;
use daybook_ledger::{Feed, feed, feeds, put_feed};

#[test]
fn what_is_known_of_a_feed_is_kept_and_replaced() {
    let known = Feed {
        url: "https://example.org/b.xml".into(),
        etag: Some("\"x\"".into()),
        last_modified: Some("Sat, 28 Jan 2017 10:00:00 GMT".into()),
        ..Feed::default()
    };
    let failed = Feed {
        etag: None,
        failures: 3,
        not_before: 1_485_600_000,
        said: Some("no answer".into()),
        ..known.clone()
    };
    let other = Feed { url: "https://example.org/a.xml".into(), ..Feed::default() };
    on_both(|book| {
        assert_eq!(feed(book, &known.url).expect("it is read"), None);
        for state in [&known, &failed, &other] {
            put_feed(book, state).expect("it is written");
            assert_eq!(feed(book, &state.url).expect("it is read").as_ref(), Some(state));
        }
        assert_eq!(feeds(book).expect("they are read"), [other.clone(), failed.clone()]);
    });
}
