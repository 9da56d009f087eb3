//! What is counted in the sources: files that are too long, and types that share a name.
#![allow(clippy::disallowed_methods, reason = "this test reads the checkout")]

use std::collections::BTreeMap;
use std::path::Path;

use daybook_architecture::{File, files};
use syn::visit::{self, Visit};
use syn::{Attribute, Ident, ItemEnum, ItemMod, ItemStruct, ItemTrait, ItemType, ItemUnion};

/// A file of reading has at most so many lines, its unit tests included.
const MOST_LINES: usize = 500;

/// The crates over which a type's name means one thing.
const ONE_MEANING: [&str; 4] = ["language", "ledger", "reading", "record"];

/// Each crate has one type of this name.
const IN_EACH: &str = "Error";

#[test]
fn files_of_reading_are_short() {
    let lengths = sources("reading").into_iter().map(|file| (file.text.lines().count(), file.name));
    let long: Vec<_> = lengths.filter(|(lines, _)| *lines > MOST_LINES).collect();
    assert!(long.is_empty(), "files of crates/reading/src with more than {MOST_LINES} lines: {long:?}");
}

#[test]
fn no_two_types_bear_one_name() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in ONE_MEANING {
        for file in sources(name) {
            for found in types(&file) {
                let key = if found == IN_EACH { format!("{found} of {name}") } else { found };
                places.entry(key).or_default().push(format!("{name}/src/{}", file.name));
            }
        }
    }
    places.retain(|_, places| places.len() > 1);
    assert!(places.is_empty(), "types that share a name: {places:#?}");
}

#[test]
fn types_are_found_wherever_they_stand() {
    let text = "struct A; enum B {} trait C { type D; } type E = A; mod f { union G { h: u8 } }
        fn i() { struct J; }
        #[cfg(test)] mod tests { struct K; }";
    let file = File { name: "a.rs".into(), module: vec![], text: text.into() };
    assert_eq!(types(&file), ["A", "B", "C", "E", "G", "J"]);
}

fn sources(name: &str) -> Vec<File> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join("crates").join(name).join("src");
    files(&src).expect("the sources are readable")
}

/// The names of the types that a file defines, outside its unit tests.
fn types(file: &File) -> Vec<String> {
    let mut names = Names::default();
    names.visit_file(&syn::parse_file(&file.text).expect("the sources are Rust"));
    names.0
}

#[derive(Default)]
struct Names(Vec<String>);

impl Names {
    fn add(&mut self, name: &Ident) {
        self.0.push(name.to_string());
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_struct(&mut self, item: &'ast ItemStruct) {
        self.add(&item.ident);
    }

    fn visit_item_enum(&mut self, item: &'ast ItemEnum) {
        self.add(&item.ident);
    }

    fn visit_item_union(&mut self, item: &'ast ItemUnion) {
        self.add(&item.ident);
    }

    fn visit_item_type(&mut self, item: &'ast ItemType) {
        self.add(&item.ident);
    }

    fn visit_item_trait(&mut self, item: &'ast ItemTrait) {
        self.add(&item.ident);
        visit::visit_item_trait(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !item.attrs.iter().any(is_of_tests) {
            visit::visit_item_mod(self, item);
        }
    }
}

/// `#[cfg(test)]`.
fn is_of_tests(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute.parse_args::<syn::Path>().is_ok_and(|condition| condition.is_ident("test"))
}
