//! Text, HTML and JSON Lines to reports.
