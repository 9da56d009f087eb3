//! Draws counts as horizontal bars with their numbers.

use super::open;
use crate::escape::escape;

const ROW: usize = 22;
const LABEL: usize = 180;
const BAR: usize = 380;
const WIDTH: usize = LABEL + BAR + 60;
/// The longest label, in characters.
const LONGEST: usize = 26;

/// A bar for each name; nothing where there is none.
pub(crate) fn draw(rows: &[(String, usize)], title: &str) -> String {
    let Some(most) = rows.iter().map(|(_, count)| *count).max().filter(|most| *most > 0) else {
        return String::new();
    };
    let told: Vec<String> = rows.iter().map(|(name, count)| format!("{name} {count}")).collect();
    let mut svg = open(WIDTH, rows.len() * ROW + 4, "bars", &format!("{title}: {}", told.join(", ")));
    for (at, (name, count)) in rows.iter().enumerate() {
        let (top, length) = (at * ROW + 3, (count * BAR).div_ceil(most));
        let name = if name.is_empty() { "no date" } else { name };
        let middle = top + ROW / 2 + 2;
        svg.push_str(&format!(
            "<text class=\"label\" x=\"{}\" y=\"{middle}\" text-anchor=\"end\">{}</text>\
             <rect class=\"bar\" x=\"{LABEL}\" y=\"{top}\" width=\"{length}\" height=\"{}\" rx=\"2\"/>\
             <text class=\"number\" x=\"{}\" y=\"{middle}\">{count}</text>",
            LABEL - 8,
            escape(&short(name)),
            ROW - 6,
            LABEL + length + 6,
        ));
    }
    svg.push_str("</svg>");
    svg
}

/// A name that fits.
pub(super) fn short(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_string();
    }
    name.chars().take(LONGEST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_is_the_largest_number() {
        let svg = draw(&[("2020".into(), 2), ("2021".into(), 4)], "By year");
        assert!(svg.contains("width=\"190\"") && svg.contains("width=\"380\""), "{svg}");
        assert!(svg.contains("aria-label=\"By year: 2020 2, 2021 4\""), "{svg}");
        assert_eq!(draw(&[], "By year"), "");
    }

    #[test]
    fn names_are_escaped() {
        assert!(draw(&[("<b>".into(), 1)], "t").contains(">&lt;b&gt;</text>"));
    }
}
