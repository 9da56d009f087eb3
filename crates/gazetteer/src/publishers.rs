//! Tells by tables whose official host an address is of, and which words make a publisher's name an official one.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Error, Kind};
use crate::table::{Row, Table};

/// What a word beside the name of a state tells of a publisher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum WordUse {
    /// The publisher is official, whatever other words there are: "Embassy of Japan in Vienna".
    Institution,
    /// It is official if all other words may stand in such a name: "German Foreign Office".
    Office,
    /// Nothing, but it may stand in such a name: "Foreign".
    Beside,
    /// Before the domain of a country it makes a host official: gov.pl, gouv.fr, go.jp.
    Label,
}

/// Official hosts, and the words of official names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Publishers {
    /// Hosts of governments and bodies, and whose they are.
    hosts: Vec<(String, String)>,
    /// The domains of countries.
    domains: BTreeMap<String, String>,
    words: BTreeMap<String, BTreeSet<WordUse>>,
}

impl Publishers {
    /// Reads `hosts.csv`, `domains.csv` and `official_words.csv`.
    pub(crate) fn read(hosts: &Table, domains: &Table, words: &Table) -> Result<Publishers, Error> {
        let mut publishers = Publishers::default();
        for row in hosts.rows() {
            publishers.hosts.push((row.need("host")?.to_owned(), row.need("side")?.to_owned()));
        }
        for row in domains.rows() {
            publishers.domains.insert(row.need("domain")?.to_owned(), row.need("side")?.to_owned());
        }
        for row in words.rows() {
            publishers.words.insert(row.need("word")?.to_owned(), uses(row)?);
        }
        Ok(publishers)
    }

    /// The side whose official host this is: by the longest host of the table that it is or is below, or else by a label such as
    /// "gov" before the domain of a country.
    pub(crate) fn side_of_host(&self, host: &str) -> Option<&str> {
        let host = host.to_ascii_lowercase();
        let is_of =
            |name: &str| host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
        let listed = self.hosts.iter().filter(|(name, _)| is_of(name)).max_by_key(|(name, _)| name.len());
        listed.map(|(_, side)| side).or_else(|| self.side_of_domain(&host)).map(String::as_str)
    }

    fn side_of_domain(&self, host: &str) -> Option<&String> {
        let mut labels = host.rsplit('.');
        let domain = labels.next()?;
        labels.next().filter(|label| self.is_used(label, WordUse::Label))?;
        self.domains.get(domain)
    }

    /// Whether a word has a use, in any letter case, with or without the genitive.
    pub(crate) fn is_used(&self, word: &str, wanted: WordUse) -> bool {
        let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        self.words.get(&bare.to_lowercase()).is_some_and(|uses| uses.contains(&wanted))
    }
}

/// The host of an address, without `www.`; `None` where there is no `://`.
///
/// ```
/// assert_eq!(daybook_gazetteer::host_of("https://www.state.gov/a-call"), Some("state.gov"));
/// assert_eq!(daybook_gazetteer::host_of("state.gov"), None);
/// ```
pub fn host_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

fn uses(row: Row<'_>) -> Result<BTreeSet<WordUse>, Error> {
    let one = |word: &str| match word {
        "institution" => Ok(WordUse::Institution),
        "office" => Ok(WordUse::Office),
        "beside" => Ok(WordUse::Beside),
        "label" => Ok(WordUse::Label),
        _ => {
            let wrong = format!("`{word}` is no use of a word");
            Err(row.error(Kind::Unknown, wrong, "write institution, office, beside or label"))
        }
    };
    row.list("use").map(one).collect()
}
