//! Finds the source files of a crate and says which module each one is.

#![expect(clippy::disallowed_methods, reason = "this crate serves tests that read the checkout")]

use std::fs;
use std::io;
use std::path::Path;

/// A source file of a crate.
#[derive(Debug, Clone)]
pub struct File {
    /// Where it stands below `src`, with `/` between folders: `store/mod.rs`.
    pub name: String,
    /// The module that it is, from the crate's root: `["store"]`; empty for `lib.rs` and `main.rs`.
    pub module: Vec<String>,
    /// Its text.
    pub text: String,
}

/// The source files below a `src` folder, ordered by name; files called `tests.rs` hold unit tests and are left out.
///
/// # Errors
/// When a folder or file can't be read.
pub fn files(src: &Path) -> io::Result<Vec<File>> {
    let mut found = Vec::new();
    collect(src, &mut Vec::new(), &mut found)?;
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

fn collect(folder: &Path, within: &mut Vec<String>, found: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            within.push(stem);
            collect(&path, within, found)?;
            within.pop();
        } else if path.extension().is_some_and(|extension| extension == "rs") && stem != "tests" {
            let name = within.iter().map(String::as_str).chain([stem.as_str()]).collect::<Vec<_>>().join("/");
            found.push(File {
                name: name + ".rs",
                module: module(within, &stem),
                text: fs::read_to_string(&path)?,
            });
        }
    }
    Ok(())
}

fn module(within: &[String], stem: &str) -> Vec<String> {
    let is_root = within.is_empty() && matches!(stem, "lib" | "main");
    let own = (stem != "mod" && !is_root).then(|| stem.to_string());
    within.iter().cloned().chain(own).collect()
}
