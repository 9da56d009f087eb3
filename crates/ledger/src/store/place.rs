//! Where a book is: the name of a file, or the address of a PostgreSQL database.

use std::fmt;
use std::path::PathBuf;

/// Where a book is. Prints without its password.
///
/// ```
/// use daybook_ledger::Place;
/// assert_eq!(Place::parse("2016/book.db").to_string(), "2016/book.db");
/// assert_eq!(Place::parse("postgres://me:secret@localhost/book").to_string(), "postgres://me:…@localhost/book");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL database, as a connection URI; the book is in the first schema of its search path.
    Server(String),
}

impl Place {
    /// Takes `postgres://…` and `postgresql://…` for a server, all else for the name of a file.
    pub fn parse(text: &str) -> Place {
        if ["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme)) {
            Place::Server(text.to_string())
        } else {
            Place::File(PathBuf::from(text))
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::File(path) => path.display().fmt(f),
            Place::Server(uri) => f.write_str(&without_password(uri)),
        }
    }
}

fn without_password(uri: &str) -> String {
    let (scheme, rest) = uri.split_once("://").unwrap_or(("", uri));
    let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let authority = match authority.rsplit_once('@') {
        Some((user, host)) => {
            format!("{}@{host}", user.split_once(':').map_or(user.to_string(), |(u, _)| format!("{u}:…")))
        }
        None => authority.to_string(),
    };
    let hidden =
        |part: &str| if part.starts_with("password=") { "password=…".into() } else { part.to_string() };
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    let query = query.map(|q| format!("?{}", q.split('&').map(hidden).collect::<Vec<_>>().join("&")));
    format!("{scheme}://{authority}{path}{}", query.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        let check = |uri: &str, shown: &str| assert_eq!(Place::parse(uri).to_string(), shown);
        check("postgres://a:b@c/d", "postgres://a:…@c/d");
        check("postgres://a:b@x@c:5432/d?host=/run", "postgres://a:…@c:5432/d?host=/run");
        check("postgresql://c/d?user=a&password=b&x=y", "postgresql://c/d?user=a&password=…&x=y");
        check("postgres://", "postgres://");
        check("postgres://a@c", "postgres://a@c");
    }
}
