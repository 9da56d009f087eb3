//! Finds the files of `migrations/` and lists them in the order of their numbers, so that adding one is adding a file.

#![expect(clippy::disallowed_methods, reason = "a build script has to read its folder and its environment")]

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("migrations");
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder)?.map(|f| f.map(|f| f.path())).collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == "sql"));
    files.sort();
    let mut source = "pub(super) const MIGRATIONS: &[&str] = &[\n".to_string();
    for (path, number) in files.iter().zip(1..) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        assert!(name.starts_with(&format!("{number:04}-")), "migrations are numbered without gaps: {name}");
        println!("cargo:rerun-if-changed={}", path.display());
        writeln!(source, "    include_str!({path:?}),").map_err(io::Error::other)?;
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("migrations.rs"), source + "];\n")
}
