//! Prints which file of a crate imports which.
//!
//! Usage: `cargo run -p daybook-architecture --example imports -- crates/reading/src`

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "an example is a program of its own")]

use std::error::Error;
use std::path::Path;

use daybook_architecture::{files, imports};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder of a crate's sources")?;
    let files = files(Path::new(&folder))?;
    for (file, imported) in files.iter().zip(imports(&files)) {
        let names: Vec<&str> = imported.into_iter().map(|number| files[number].name.as_str()).collect();
        println!("{}: {}", file.name, names.join(" "));
    }
    Ok(())
}
