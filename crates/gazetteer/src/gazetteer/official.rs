//! Tells which side an official publisher speaks for, by its address and its name.

use super::{Entry, Gazetteer};
use crate::publishers::{WordUse, host_of};

impl Gazetteer {
    /// The code of the state or body whose official publisher this is; `None` for a newspaper, an agency, and whoever is not
    /// known.
    ///
    /// The host of the address decides, since nobody else can write there; then the publisher's name, which may itself be an
    /// address or a host. Its words may be parted by blanks, hyphens or underscores. A state alone makes no name official: "China
    /// Daily" and "The Australian" speak for themselves.
    ///
    /// ```
    /// # use daybook_gazetteer::Gazetteer;
    /// let gazetteer = Gazetteer::builtin()?;
    /// assert_eq!(gazetteer.official_side(Some("white-house"), None), Some("USA"));
    /// assert_eq!(gazetteer.official_side(None, Some("https://www.state.gov/a-call")), Some("USA"));
    /// assert_eq!(gazetteer.official_side(Some("China Daily"), None), None);
    /// # Ok::<(), daybook_gazetteer::Error>(())
    /// ```
    pub fn official_side(&self, publisher: Option<&str>, url: Option<&str>) -> Option<&str> {
        let by_address = url.and_then(host_of).and_then(|host| self.publishers.side_of_host(host));
        by_address.or_else(|| self.side_of_publisher(publisher?))
    }

    fn side_of_publisher(&self, publisher: &str) -> Option<&str> {
        if publisher.contains("://") {
            return self.publishers.side_of_host(host_of(publisher)?);
        }
        let is_host = publisher.contains('.') && !publisher.contains(char::is_whitespace);
        let by_host = if is_host { self.publishers.side_of_host(publisher) } else { None };
        by_host.or_else(|| {
            let words: Vec<String> = publisher
                .split([' ', '-', '_'])
                .map(|word| title_case(word.trim_end_matches(',')))
                .filter(|word| !word.is_empty())
                .collect();
            self.side_of_official_name(&words).or_else(|| self.side_of_institution(&words))
        })
    }

    /// The side of a name whose words beside the state's are those of an office: "Russian Ministry of Foreign Affairs". A seat of
    /// power needs none beside it: "The Kremlin".
    fn side_of_official_name(&self, words: &[String]) -> Option<&str> {
        for length in (1..=words.len()).rev() {
            for start in 0..=words.len() - length {
                let others = || words[..start].iter().chain(&words[start + length..]);
                let may_be_official = |word: &String| {
                    self.publishers.is_used(word, WordUse::Office)
                        || self.publishers.is_used(word, WordUse::Beside)
                };
                if !others().all(may_be_official) {
                    continue;
                }
                let name = words[start..start + length].join(" ");
                let names_office = others().any(|word| self.publishers.is_used(word, WordUse::Office));
                let side = if names_office { self.side_named(&name) } else { self.seat_named(&name) };
                if side.is_some() {
                    return side;
                }
            }
        }
        None
    }

    /// The side that a name with a word such as "embassy" names, by the longest run of words: the first behind "embassy of", as in
    /// "Embassy of the United States in Moscow", or else the first of all, as in "US Embassy in Moscow".
    fn side_of_institution(&self, words: &[String]) -> Option<&str> {
        let first_institution =
            words.iter().position(|word| self.publishers.is_used(word, WordUse::Institution))?;
        let behind = &words[first_institution + 1..];
        let goes_on = behind.first().is_some_and(|word| self.publishers.is_used(word, WordUse::Beside));
        let by_what_follows = if goes_on { self.first_side(behind) } else { None };
        by_what_follows.or_else(|| self.first_side(words))
    }

    fn first_side(&self, words: &[String]) -> Option<&str> {
        let longest_from = |start: usize| {
            (start + 1..=words.len()).rev().find_map(|end| self.side_named(&words[start..end].join(" ")))
        };
        (0..words.len()).find_map(longest_from)
    }

    /// The code of whatever stands for a state or body; a name that is written small may be of capitals only: "us", "nato".
    fn side_named(&self, name: &str) -> Option<&str> {
        self.state_of(name).or_else(|| self.state_of(&name.to_uppercase()))
    }

    /// The code of a body, or of a seat of power or department of a state.
    fn seat_named(&self, name: &str) -> Option<&str> {
        let seat = |name: &str| {
            let entries = self.exactly(name).into_iter().map(|target| self.entry(target));
            entries.into_iter().find_map(|entry| match entry {
                Entry::Metonym(metonym) => Some(metonym.code()),
                Entry::Body(body) => Some(body.code()),
                _ => None,
            })
        };
        seat(name).or_else(|| seat(&name.to_uppercase()))
    }
}

fn title_case(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn official_publishers_are_told_from_newspapers() {
        let gazetteer = Gazetteer::builtin().expect("the built-in tables are sound");
        for (publisher, url, expected) in [
            (Some("white-house"), None, Some("USA")),
            (Some("The Kremlin"), None, Some("RUS")),
            (Some("swiss-government"), None, Some("CHE")),
            (Some("us-state-department"), None, Some("USA")),
            (Some("U.S. Department of State"), None, Some("USA")),
            (Some("Russian Ministry of Foreign Affairs"), None, Some("RUS")),
            (Some("Prime Minister's Office, Japan"), None, Some("JPN")),
            (Some("Ministry of Defence of Ukraine"), None, Some("UKR")),
            (Some("Ministry of Law, Singapore"), None, Some("SGP")),
            (Some("Embassy of Japan"), None, Some("JPN")),
            (Some("Embassy of the United States in Moscow"), None, Some("USA")),
            (Some("US Embassy in Moscow"), None, Some("USA")),
            (Some("Parliament of Australia: Embassy of Afghanistan"), None, Some("AFG")),
            (Some("NATO"), None, Some("NATO")),
            (Some("kremlin.ru"), None, Some("RUS")),
            (Some("China Daily"), None, None),
            (Some("The Australian"), None, None),
            (Some("China Press"), None, None),
            (Some("The Washington Post"), None, None),
            (Some("American Foreign Policy Council"), None, None),
            (None, Some("https://www.state.gov/a"), Some("USA")),
            (Some("Example Times"), Some("https://www.state.gov/a"), Some("USA")),
            (None, Some("https://mfa.gov.pl/b"), Some("POL")),
            (None, Some("https://www.elysee.fr"), Some("FRA")),
            (None, Some("https://gov.example.com/"), None),
            (Some("https://www.state.gov/talks-with-the-president-of-russia"), None, Some("USA")),
            (Some(""), Some("no address"), None),
            (None, None, None),
        ] {
            assert_eq!(gazetteer.official_side(publisher, url), expected, "{publisher:?} {url:?}");
        }
    }
}
