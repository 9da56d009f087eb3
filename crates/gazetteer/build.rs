//! Finds the tables of `gazetteer/` and lists them, so that adding a table is adding a file.

#![expect(clippy::disallowed_methods, reason = "a build script has to read its folder and its environment")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let tables = fs::canonicalize(root.join("../../gazetteer"))?;
    let holders = list(&tables.join("holders"), "HOLDERS")?;
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("tables.rs"), list(&tables, "TABLES")? + &holders)
}

/// The source of a constant that holds name and text of every CSV file directly in `folder`, in order of name.
fn list(folder: &Path, constant: &str) -> io::Result<String> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|f| f.map(|f| f.path())).collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == "csv"));
    files.sort();
    let mut source = format!("pub(crate) const {constant}: &[(&str, &str)] = &[\n");
    for path in files {
        println!("cargo:rerun-if-changed={}", path.display());
        let name = path.file_name().unwrap_or_default();
        writeln!(source, "    ({name:?}, include_str!({path:?})),").map_err(io::Error::other)?;
    }
    Ok(source + "];\n")
}
