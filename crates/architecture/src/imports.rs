//! Finds which files of a crate a file imports, by its `use` lines and the paths in its code.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree, Visibility};

use crate::File;

/// For each file the numbers of the files that it imports, in the order of `files`.
///
/// # Panics
/// When a file is no Rust.
pub fn imports(files: &[File]) -> Vec<BTreeSet<usize>> {
    let parsed: Vec<Parsed> = files.iter().map(Parsed::new).collect();
    let by_module: BTreeMap<&[String], usize> =
        files.iter().enumerate().map(|(number, file)| (file.module.as_slice(), number)).collect();
    let tree = Tree { files, parsed: &parsed, by_module };
    (0..files.len()).map(|number| tree.imported(number)).collect()
}

/// What a file names: absolute paths from the crate's root.
#[derive(Default)]
struct Parsed {
    module: Vec<String>,
    /// The modules that it declares.
    children: BTreeSet<String>,
    /// Names that it passes on, and where it has them from.
    passed_on: BTreeMap<String, Vec<String>>,
    /// What it uses itself.
    used: BTreeSet<Vec<String>>,
}

impl Parsed {
    fn new(file: &File) -> Parsed {
        let mut parsed = Parsed { module: file.module.clone(), ..Parsed::default() };
        let syntax = syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.name));
        let modules = syntax.items.iter().filter_map(|item| match item {
            Item::Mod(module) if module.content.is_none() => Some(module.ident.to_string()),
            _ => None,
        });
        parsed.children = modules.collect();
        parsed.visit_file(&syntax);
        parsed
    }

    /// A path as written, from the crate's root; `None` where it leads out of the crate or to a local name.
    fn absolute(&self, path: &[String]) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        let mut base = self.module.clone();
        match first.as_str() {
            "crate" => return Some(rest.to_vec()),
            "self" => base.extend_from_slice(rest),
            "super" => {
                base.pop()?;
                let above = Parsed { module: base, ..Parsed::default() };
                return match rest.first().map(String::as_str) {
                    Some("super") => above.absolute(rest),
                    _ => Some(above.module.into_iter().chain(rest.iter().cloned()).collect()),
                };
            }
            name if self.children.contains(name) => base.extend_from_slice(path),
            _ => return None,
        }
        Some(base)
    }

    fn tree(&mut self, tree: &UseTree, prefix: &mut Vec<String>, passes_on: bool) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.tree(&path.tree, prefix, passes_on);
                prefix.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(tree, prefix, passes_on)),
            UseTree::Name(name) => {
                self.leaf(prefix, &name.ident.to_string(), &name.ident.to_string(), passes_on)
            }
            UseTree::Rename(name) => {
                self.leaf(prefix, &name.ident.to_string(), &name.rename.to_string(), passes_on)
            }
            UseTree::Glob(_) => self.leaf(prefix, "*", "*", false),
        }
    }

    fn leaf(&mut self, prefix: &[String], name: &str, alias: &str, passes_on: bool) {
        let mut path = prefix.to_vec();
        if name != "self" {
            path.push(name.to_string());
        }
        let Some(path) = self.absolute(&path) else { return };
        if passes_on {
            self.passed_on.insert(alias.to_string(), path);
        } else {
            self.used.insert(path);
        }
    }
}

impl<'ast> Visit<'ast> for Parsed {
    fn visit_item(&mut self, item: &'ast Item) {
        if !is_of_tests(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let passes_on = !matches!(item.vis, Visibility::Inherited);
        self.tree(&item.tree, &mut Vec::new(), passes_on);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if segments.len() > 1 {
            self.used.extend(self.absolute(&segments));
        }
        visit::visit_path(self, path);
    }

    fn visit_visibility(&mut self, _: &'ast Visibility) {}
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Fn(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        _ => &[],
    }
}

fn is_of_tests(attributes: &[Attribute]) -> bool {
    let is_test = |attribute: &Attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|word| word == "test")
    };
    attributes.iter().any(is_test)
}

/// All files of a crate, by module.
struct Tree<'a> {
    files: &'a [File],
    parsed: &'a [Parsed],
    by_module: BTreeMap<&'a [String], usize>,
}

impl Tree<'_> {
    fn imported(&self, number: usize) -> BTreeSet<usize> {
        let used = self.parsed[number].used.iter();
        used.filter_map(|path| self.defining(path, self.files.len())).filter(|&file| file != number).collect()
    }

    /// The file that defines what a path leads to; names passed on are followed, at most `steps` times.
    fn defining(&self, path: &[String], steps: usize) -> Option<usize> {
        let length = (0..=path.len()).rev().find(|&length| self.by_module.contains_key(&path[..length]))?;
        let file = self.by_module[&path[..length]];
        let next = path.get(length).and_then(|name| self.parsed[file].passed_on.get(name));
        match next.filter(|_| steps > 0) {
            Some(next) => {
                let rest = &path[length + 1..];
                let further: Vec<String> = next.iter().chain(rest).cloned().collect();
                self.defining(&further, steps - 1)
            }
            None => Some(file),
        }
    }
}
