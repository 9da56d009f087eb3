//! Publishers and addresses to the side whose official publisher they are; texts to the agency whose copy they are.

use daybook_gazetteer::Gazetteer;

/// Hosts of governments and bodies, and whose they are.
const HOSTS: &str = include_str!("../data/hosts.csv");
/// The domains of countries.
const DOMAINS: &str = include_str!("../data/domains.csv");
/// What stands before a country's domain in the addresses of its government: gov.pl, gouv.fr, go.jp.
const GOVERNMENTAL: [&str; 9] = ["gov", "gob", "gouv", "go", "govt", "gv", "government", "mfa", "president"];
/// News agencies, and how they sign their copy.
const AGENCIES: &str = include_str!("../data/agencies.csv");
/// Words that make "Swiss government" the name of a government's publisher and leave "China Daily" a newspaper's.
const OFFICIAL: [&str; 9] = [
    "government",
    "president",
    "presidency",
    "presidential",
    "ministry",
    "embassy",
    "chancellery",
    "cabinet",
    "council",
];

/// The side whose official publisher this is: by the host of its address, or by its name.
pub(crate) fn side(gazetteer: &Gazetteer, publisher: Option<&str>, url: Option<&str>) -> Option<String> {
    let told = |url: &str| host(url).and_then(side_of_host);
    let by_name = |name: &str| if name.contains("://") { told(name) } else { side_of_name(gazetteer, name) };
    url.and_then(told).or_else(|| by_name(publisher?))
}

/// The host of an address, without `www.`.
pub(crate) fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

fn side_of_host(host: &str) -> Option<String> {
    let host = host.to_ascii_lowercase();
    let is_of = |name: &str| host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
    let listed = rows(HOSTS).filter(|(name, _)| is_of(name)).max_by_key(|(name, _)| name.len());
    let governmental = || {
        let mut labels = host.rsplit('.');
        let domain = labels.next()?;
        let official = labels.next().is_some_and(|label| GOVERNMENTAL.contains(&label));
        rows(DOMAINS).find(|(name, _)| official && *name == domain)
    };
    listed.or_else(governmental).map(|(_, side)| side.to_string())
}

/// The rows of a table of two columns, without its header.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().skip(1).filter_map(|line| line.split_once(','))
}

fn side_of_name(gazetteer: &Gazetteer, publisher: &str) -> Option<String> {
    let words: Vec<String> = publisher.split([' ', '-', '_']).map(capitalised).collect();
    let whole = words.join(" ");
    if let Some(side) = seat(gazetteer, &whole) {
        return Some(side.to_string());
    }
    let official = words.iter().any(|word| OFFICIAL.contains(&word.to_lowercase().as_str()));
    let side = || words.iter().find_map(|word| gazetteer.state_of(word)).map(str::to_string);
    official.then(side).flatten()
}

/// The code of a body, or of the seat of power or department of a state.
fn seat<'a>(gazetteer: &'a Gazetteer, name: &str) -> Option<&'a str> {
    use daybook_gazetteer::Entry;
    let words: Vec<&str> = name.split(' ').filter(|word| *word != "The").collect();
    gazetteer.at(&words).into_iter().filter(|hit| hit.words == words.len()).find_map(|hit| match hit.entry {
        Entry::Metonym(metonym) => Some(metonym.code()),
        Entry::Body(body) => Some(body.code()),
        _ => None,
    })
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// How much of a text's beginning and end is looked at for an agency's mark, in bytes.
const MARGIN: usize = 300;

/// The agency whose copy a text says it is: "(Reuters)" in its first line, or "Agence France-Presse" at its end.
pub(crate) fn agency(publisher: Option<&str>, text: &str) -> Option<String> {
    let head = &text[..text.floor_char_boundary(MARGIN)];
    let tail = &text[text.ceil_char_boundary(text.len().saturating_sub(MARGIN))..];
    let signs = |mark: &str| head.contains(mark) || tail.contains(mark);
    let is_it = |name: &str, marks: &str| {
        publisher.is_some_and(|p| p.eq_ignore_ascii_case(name)) || marks.split(';').any(signs)
    };
    rows(AGENCIES).filter(|(name, marks)| is_it(name, marks)).map(|(name, _)| name.to_string()).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn officials_are_told_from_newspapers() {
        let gazetteer = Gazetteer::builtin().expect("the built-in tables are sound");
        for (publisher, url, expected) in [
            (Some("white-house"), None, Some("USA")),
            (Some("The Kremlin"), None, Some("RUS")),
            (Some("swiss-government"), None, Some("CHE")),
            (Some("Embassy of Japan"), None, Some("JPN")),
            (Some("NATO"), None, Some("NATO")),
            (Some("China Daily"), None, None),
            (Some("The Washington Post"), None, None),
            (None, Some("https://www.state.gov/a"), Some("USA")),
            (None, Some("https://mfa.gov.pl/b"), Some("POL")),
            (None, Some("https://www.elysee.fr"), Some("FRA")),
            (None, Some("https://gov.example.com/"), None),
            (Some("https://www.state.gov/talks-with-the-president-of-russia"), None, Some("USA")),
            (None, None, None),
        ] {
            assert_eq!(side(&gazetteer, publisher, url).as_deref(), expected, "{publisher:?} {url:?}");
        }
    }

    #[test]
    fn copy_of_an_agency_says_so() {
        assert_eq!(agency(None, "PARIS (Reuters) - The two met.").as_deref(), Some("Reuters"));
        assert_eq!(agency(Some("TASS"), "The two met.").as_deref(), Some("TASS"));
        assert_eq!(agency(Some("Example Times"), "Überall ".repeat(60).as_str()), None);
    }
}
