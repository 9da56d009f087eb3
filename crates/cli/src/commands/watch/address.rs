//! Parses web addresses, allowing HTTP and HTTPS only, and resolves relative ones.

use std::fmt;

use fluent_uri::{Uri, UriRef};

/// An address that begins with `http://` or `https://`, names a host, holds no password and no fragment.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Address(Uri<String>);

impl Address {
    /// Reads an address; the error says what is wrong with it, and the remedy.
    pub(super) fn parse(text: &str) -> Result<Address, String> {
        let uri = Uri::parse(text.trim()).ok();
        uri.and_then(|uri| of_web(&uri)).ok_or_else(|| {
            format!(
                "{text:?} is no address of the web; write http:// or https://, a host and a path, other \
                 letters than plain ones as %XX, and no password"
            )
        })
    }

    /// What `reference`, which may be relative, means where it stands at this address; `None` where that is no address
    /// of the web.
    pub(super) fn join(&self, reference: &str) -> Option<Address> {
        of_web(&UriRef::parse(reference.trim()).ok()?.resolve_against(&self.0).ok()?.borrow())
    }

    /// Scheme, host and port: what a `robots.txt` is for.
    pub(super) fn site(&self) -> String {
        let authority = self.0.authority().map(|authority| authority.as_str()).unwrap_or_default();
        format!("{}://{authority}", self.0.scheme())
    }

    /// What is asked of the host: the path and the query.
    pub(super) fn path(&self) -> String {
        let query = self.0.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("{}{query}", if self.0.path().is_empty() { "/" } else { self.0.path().as_str() })
    }

    pub(super) fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

fn of_web(uri: &Uri<&str>) -> Option<Address> {
    let mut uri = uri.normalize();
    uri.set_fragment(None);
    let authority = uri.authority()?;
    let is_http = matches!(uri.scheme().as_str(), "http" | "https");
    let is_plain = !authority.has_userinfo() && !authority.host().is_empty();
    let is_of_web = is_http && is_plain && authority.port_to_u16().is_ok();
    is_of_web.then_some(Address(uri))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_made_whole() {
        let base = Address::parse("HTTP://News.Example.org:80/feeds/all.xml?x=1#y").expect("an address");
        assert_eq!(base.as_str(), "http://news.example.org/feeds/all.xml?x=1");
        assert_eq!(
            (base.site().as_str(), base.path().as_str()),
            ("http://news.example.org", "/feeds/all.xml?x=1")
        );
        let join = |reference: &str| base.join(reference).map(|address| address.to_string());
        for (reference, expected) in [
            ("/a/1", Some("http://news.example.org/a/1")),
            (" b?c#d ", Some("http://news.example.org/feeds/b?c")),
            ("//other.example", Some("http://other.example")),
            ("https://other.example/", Some("https://other.example/")),
            ("file:///etc/passwd", None),
            ("javascript:alert(1)", None),
            ("http://a b/", None),
            ("http://name:word@other.example/", None),
            ("http://other.example:99999/", None),
            ("http:///path", None),
        ] {
            assert_eq!(join(reference).as_deref(), expected, "{reference:?}");
        }
    }
}
