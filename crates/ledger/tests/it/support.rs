//! Runs one check on a book of each kind: a fresh SQLite file, and a fresh schema of a real PostgreSQL server.
#![allow(clippy::disallowed_methods, reason = "tests make files and start a server")]

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use daybook_ledger::{Access, Database, Place};

static COUNT: AtomicUsize = AtomicUsize::new(0);

/// Runs the check on a place of each kind at which there is nothing yet.
pub fn at_both(check: impl Fn(&Place)) {
    check(&Place::File(fresh_file()));
    check(&Place::Server(fresh_schema()));
}

/// Runs the check on an empty book of each kind.
pub fn on_both(check: impl Fn(&mut Database)) {
    at_both(|place| check(&mut Database::open(place, Access::Create).expect("a book can be made")));
}

/// The name of a file that is not there yet.
pub fn fresh_file() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("books-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let file = folder.join(format!("{}.db", COUNT.fetch_add(1, Ordering::Relaxed)));
    for ending in ["", "-wal", "-shm"] {
        std::fs::remove_file(format!("{}{ending}", file.display())).ok();
    }
    file
}

/// The address of a schema in which there is nothing yet.
pub fn fresh_schema() -> String {
    let schema = format!("book_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    run_on_server(server(), &format!("CREATE SCHEMA {schema}"));
    format!("{}&options=-csearch_path%3D{schema}", server())
}

/// Runs SQL on a server past the library.
pub fn run_on_server(uri: &str, sql: &str) {
    let mut client = postgres::Client::connect(uri, postgres::NoTls).expect("the server answers");
    client.batch_execute(sql).expect("the SQL is right");
}

/// The address of this test binary's own server, which ends with it.
fn server() -> &'static str {
    static SERVER: OnceLock<(String, Child)> = OnceLock::new();
    &SERVER.get_or_init(start).0
}

fn start() -> (String, Child) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/postgres.sh");
    let mut child = Command::new("sh")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell runs");
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().expect("it is a pipe"))
        .read_line(&mut line)
        .expect("it prints text");
    assert!(!line.is_empty(), "no PostgreSQL server; run ./test, which installs what the tests need");
    (line.trim().to_string(), child)
}
