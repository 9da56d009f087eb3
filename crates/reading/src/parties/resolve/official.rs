//! The state or body whose office publishes a report.

use daybook_gazetteer::Gazetteer;

/// The state or body whose office publishes, where the publisher's name tells it: "white-house", "Kremlin".
pub(crate) fn own_state(gazetteer: &Gazetteer, publisher: &str) -> Option<String> {
    let spaced = publisher.replace(['-', '_', '.'], " ");
    let words: Vec<String> = spaced.split_whitespace().map(title_case).collect();
    let official = |rest: &[String]| rest.iter().all(|w| OFFICIAL.contains(&w.to_lowercase().as_str()));
    for length in (1..=words.len()).rev() {
        for start in 0..=words.len() - length {
            let inside = words[start..start + length].join(" ");
            let outside = [&words[..start], &words[start + length..]].concat();
            let code = gazetteer.state_of(&inside).or_else(|| gazetteer.state_of(&inside.to_uppercase()));
            if let Some(code) = code.filter(|_| {
                official(&outside) && (length < words.len() || !is_plain_state(gazetteer, &inside))
            }) {
                return Some(code.to_string());
            }
        }
    }
    None
}

/// Words beside a country's name that make a publisher an official one.
const OFFICIAL: [&str; 24] = [
    "government",
    "president",
    "presidency",
    "ministry",
    "foreign",
    "affairs",
    "of",
    "the",
    "office",
    "prime",
    "minister",
    "department",
    "state",
    "embassy",
    "council",
    "gov",
    "press",
    "service",
    "mfa",
    "chancellery",
    "cabinet",
    "official",
    "federal",
    "house",
];

fn is_plain_state(gazetteer: &Gazetteer, words: &str) -> bool {
    gazetteer.states().iter().any(|s| s.name() == words || s.capital() == Some(words))
}

fn title_case(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
