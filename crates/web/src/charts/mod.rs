//! Pictures as SVG: they are made of numbers and escaped words, and need no script. A table stands below each.

pub(crate) mod bars;
pub(crate) mod network;
pub(crate) mod timeline;

use crate::escape::escape;

/// The beginning of a picture of that size, with what it shows in words.
fn open(width: usize, height: usize, class: &str, title: &str) -> String {
    format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}\">",
        escape(title)
    )
}

/// The same for a picture in which there are links.
fn open_with_links(width: usize, height: usize, class: &str, title: &str) -> String {
    format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"group\" aria-label=\"{}\">",
        escape(title)
    )
}
