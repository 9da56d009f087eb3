//! Charts as SVG, made of numbers and escaped words, without a script. A table with the same numbers stands below each.

pub(crate) mod bars;
pub(crate) mod network;
pub(crate) mod timeline;

use crate::escape::escape;

/// The opening tag of a chart, with what it shows in words.
fn open(width: usize, height: usize, class: &str, title: &str) -> String {
    format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}\">",
        escape(title)
    )
}

/// The same for a chart that holds links.
fn open_with_links(width: usize, height: usize, class: &str, title: &str) -> String {
    format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"group\" aria-label=\"{}\">",
        escape(title)
    )
}
