//! Chooses each value of an entry from what its accounts tell, and keeps the other versions with who tells them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use daybook_record::{
    Certainty, ClockTime, Confidence, Edtf, Entry, Evidence, Filed, Join, Kind, Length, Settled, SideReadout,
    Sourced, Status, Step, Version,
};

use crate::entry::credibility;
use crate::entry::identified::Identified;
use crate::entry::members;
use crate::entry::trust::{Rank, Trust};
use crate::identity::name_key;

/// The entry of accounts of one contact, which must be in the order of their ids.
///
/// Accounts in a version of a report that was replaced support nothing, unless there are no others.
pub(crate) fn entry(accounts: &[Identified], joined: Vec<Join>, trust: &Trust) -> Entry {
    let values = EntryValues::of(accounts, trust);
    let filed = |at: usize| &accounts[at].filed;
    let kind = values.kind();
    let status = values.status();
    let parties = members::parties(accounts, &values.current, &values.sides, trust);
    let present = members::present(accounts, &values.current, &parties);
    Entry {
        id: filed(0).id.clone(),
        certainty: values.certainty(&status),
        confidence: values.confidence(),
        date: values.date(),
        time: values.time(),
        duration: values.duration(),
        place: values.place(),
        topics: values.tally(|f| &f.account.topics),
        aggregate: accounts.iter().all(|a| a.filed.account.aggregate),
        domestic: values.sides.len() == 1 && filed(0).account.domestic,
        readouts: values.readouts(),
        withheld_by: values.tally(|f| &f.account.readout.withheld_by),
        history: values.history(),
        credibility: credibility::credibility(accounts, &values.current, &values.sides),
        withdrawn: accounts.iter().all(|a| a.filed.report.superseded_by.is_some()),
        accounts: accounts.iter().map(|a| a.filed.clone()).collect(),
        kind,
        status,
        parties,
        present,
        joined,
    }
}

/// The accounts that count, the sides of the contact, and whose word goes first.
struct EntryValues<'a> {
    accounts: &'a [Identified],
    /// The places of the accounts that count.
    current: Vec<usize>,
    sides: Vec<&'a str>,
    trust: &'a Trust,
}

/// One account's word for a value.
struct ToldValue<'a, T> {
    value: T,
    at: usize,
    rank: Rank<'a>,
}

impl<'a> EntryValues<'a> {
    fn of(accounts: &'a [Identified], trust: &'a Trust) -> EntryValues<'a> {
        let mut current: Vec<usize> =
            (0..accounts.len()).filter(|&at| accounts[at].filed.report.superseded_by.is_none()).collect();
        if current.is_empty() {
            current = (0..accounts.len()).collect();
        }
        let mut sides: Vec<&str> =
            accounts.iter().flat_map(|a| &a.parties).filter_map(|p| p.side.as_deref()).collect();
        sides.sort_unstable();
        sides.dedup();
        EntryValues { accounts, current, sides, trust }
    }

    fn filed(&self, at: usize) -> &'a Filed {
        &self.accounts[at].filed
    }

    fn rank(&self, at: usize, evidence: &Evidence) -> Rank<'a> {
        self.trust.rank(self.filed(at), evidence, &self.sides)
    }

    /// What the accounts say of a value, the most trusted first.
    fn words<T: Clone + 'a>(
        &self,
        field: impl Fn(&'a Filed) -> Option<&'a Sourced<T>>,
    ) -> Vec<ToldValue<'a, T>> {
        let word = |&at: &usize| {
            let told = field(self.filed(at))?;
            Some(ToldValue { value: told.value.clone(), at, rank: self.rank(at, &told.evidence) })
        };
        let mut words: Vec<_> = self.current.iter().filter_map(word).collect();
        words.sort_by(|x, y| x.rank.cmp(&y.rank));
        words
    }

    fn kind(&self) -> Settled<Kind> {
        let exact = |value: &Kind, than: &Kind| value.is_more_exact_than(*than);
        self.settled(self.words(|f| Some(&f.account.kind)), |a, b| a == b, either(exact), exact)
            .expect("every account tells a kind")
    }

    fn date(&self) -> Option<Settled<Edtf>> {
        // Days of a stay are told as from one to another, which is not vague.
        let within = |value: &Edtf, other: &Edtf| {
            let bounds = |e: &Edtf| e.first().zip(e.last());
            let contained = bounds(value).zip(bounds(other)).is_some_and(|(v, o)| o.0 <= v.0 && v.1 <= o.1);
            contained && (value.width(), is_vague(other)) < (other.width(), true) && is_vague(other)
        };
        self.settled(self.words(|f| f.account.date.as_ref()), |a, b| a == b, Edtf::overlaps, within)
    }

    fn time(&self) -> Option<Settled<ClockTime>> {
        let with_zone = |value: &ClockTime, other: &ClockTime| {
            (value.hour, value.minute) == (other.hour, other.minute) && other.zone.is_none()
        };
        self.settled(self.words(|f| f.account.time.as_ref()), |a, b| a == b, either(with_zone), with_zone)
    }

    fn duration(&self) -> Option<Settled<Length>> {
        let exact = |value: &Length, other: &Length| other.approximate && value.iso == other.iso;
        self.settled(self.words(|f| f.account.duration.as_ref()), |a, b| a == b, either(exact), exact)
    }

    fn place(&self) -> Option<Settled<String>> {
        let same = |a: &String, b: &String| bare(a) == bare(b);
        // "the Kremlin in Moscow" says more than "Moscow", and doesn't contradict it.
        let fuller = |value: &String, other: &String| {
            let (value, other) = (bare(value), bare(other));
            other.split('-').all(|word| value.split('-').any(|w| w == word))
        };
        // Without a map, only places in different countries are known to be different ones.
        let side = |place: &String| {
            let is_it = |a: &&Identified| a.filed.account.place.as_ref().is_some_and(|p| &p.value == place);
            self.accounts.iter().find(is_it).and_then(|a| a.place_side.as_deref())
        };
        let agree = |a: &String, b: &String| {
            fuller(a, b) || fuller(b, a) || side(a).zip(side(b)).is_none_or(|(a, b)| a == b)
        };
        self.settled(self.words(|f| f.account.place.as_ref()), same, agree, fuller)
    }

    /// The version chosen of words that are sorted by trust: the first, or of those that agree with it the most exact.
    fn settled<T: Clone>(
        &self,
        words: Vec<ToldValue<'a, T>>,
        same: impl Fn(&T, &T) -> bool,
        agree: impl Fn(&T, &T) -> bool,
        is_more_exact: impl Fn(&T, &T) -> bool,
    ) -> Option<Settled<T>> {
        let mut versions: Vec<(Version<T>, Rank<'a>)> = Vec::new();
        for word in words {
            match versions.iter_mut().find(|(version, _)| same(&version.value, &word.value)) {
                Some((version, _)) => version.accounts.push(word.at),
                None => versions.push((Version { value: word.value, accounts: vec![word.at] }, word.rank)),
            }
        }
        let mut chosen = 0;
        for at in 1..versions.len() {
            if is_more_exact(&versions[at].0.value, &versions[chosen].0.value) {
                chosen = at;
            }
        }
        if versions.is_empty() {
            return None;
        }
        let (first, rank) = versions.remove(chosen);
        let disputed = versions.iter().any(|(version, _)| !agree(&first.value, &version.value));
        let why = match (versions.first(), chosen) {
            (None, _) => None,
            (Some(_), 1..) => Some("more exact than what else is told".to_string()),
            (Some((_, next)), 0) => Some(reason(rank, *next)),
        };
        let others = versions.into_iter().map(|(version, _)| version).collect();
        Some(Settled { value: first.value, accounts: first.accounts, why, others, disputed })
    }

    /// How things stand: an outcome before a plan, of outcomes the most trusted, of plans the latest.
    fn status(&self) -> Settled<Status> {
        let mut words = self.words(|f| Some(&f.account.status));
        let published = |at: usize| self.filed(at).report.published;
        let outcome = words.iter().any(|w| is_outcome(w.value));
        // What was announced for a day that had passed when the report was published tells no plan.
        let counts = |w: &ToldValue<'_, Status>| is_outcome(w.value) || !outcome && !self.is_stale(w.at);
        let any = words.iter().any(counts);
        words.sort_by_key(|w| {
            let late = if is_outcome(w.value) { None } else { published(w.at) };
            (any && !counts(w), Reverse(late), w.rank, Reverse(published(w.at)))
        });
        let mut versions: Vec<Version<Status>> = Vec::new();
        for word in &words {
            match versions.iter_mut().find(|version| version.value == word.value) {
                Some(version) => version.accounts.push(word.at),
                None => versions.push(Version { value: word.value, accounts: vec![word.at] }),
            }
        }
        let first = versions.remove(0);
        let disputed = versions.iter().any(|v| contradicts(first.value, v.value));
        let why = (!versions.is_empty()).then(|| {
            let why = if is_outcome(first.value) {
                "what came of it goes before what was planned"
            } else {
                "told last"
            };
            if disputed { "the more trusted of accounts that contradict each other" } else { why }.to_string()
        });
        Settled { value: first.value, accounts: first.accounts, why, others: versions, disputed }
    }

    /// Whether an account tells as coming what had passed when it was published.
    fn is_stale(&self, at: usize) -> bool {
        let filed = self.filed(at);
        let last = filed.account.date.as_ref().and_then(|d| d.value.last());
        last.zip(filed.report.published).is_some_and(|(last, published)| last < published)
    }

    /// As sure as the surest who tells how things stand; where that is disputed, it is unverified.
    fn certainty(&self, status: &Settled<Status>) -> Settled<Certainty> {
        let words = self.words(|f| Some(&f.account.certainty));
        let mut words: Vec<_> = words.into_iter().filter(|w| status.accounts.contains(&w.at)).collect();
        words.sort_by_key(|w| (w.value, w.rank));
        let surest = words[0].value;
        let (agreeing, others): (Vec<_>, Vec<_>) = words.into_iter().partition(|w| w.value == surest);
        let others = others.into_iter().map(|w| Version { value: w.value, accounts: vec![w.at] }).collect();
        let accounts = agreeing.into_iter().map(|w| w.at).collect();
        let value = if status.disputed { Certainty::Unverified } else { surest };
        let why = status.disputed.then(|| "accounts contradict each other on how things stand".to_string());
        Settled { value, accounts, why, others, disputed: false }
    }

    /// As confident as the most confident account that counts.
    fn confidence(&self) -> Confidence {
        let told = self.current.iter().map(|&at| self.filed(at).account.confidence);
        told.max().unwrap_or_default()
    }

    /// The different values of a list, what most accounts tell first.
    fn tally(&self, list: impl Fn(&'a Filed) -> &'a Vec<Sourced<String>>) -> Vec<Version<String>> {
        let mut versions: BTreeMap<String, (usize, Version<String>)> = BTreeMap::new();
        for (order, (at, told)) in
            self.current.iter().flat_map(|&at| list(self.filed(at)).iter().map(move |t| (at, t))).enumerate()
        {
            let first = || (order, Version { value: told.value.clone(), accounts: Vec::new() });
            let (_, version) = versions.entry(bare(&told.value)).or_insert_with(first);
            if !version.accounts.contains(&at) {
                version.accounts.push(at);
            }
        }
        let mut versions: Vec<_> = versions.into_values().collect();
        versions.sort_by_key(|(order, version)| (Reverse(version.accounts.len()), *order));
        versions.into_iter().map(|(_, version)| version).collect()
    }

    fn readouts(&self) -> Vec<SideReadout> {
        let own = |&at: &usize| {
            let Filed { report, account, .. } = self.filed(at);
            // What a side announces is no account of what came of it.
            if !is_outcome(account.status.value) {
                return None;
            }
            let side = report.side.as_deref().filter(|side| self.sides.contains(side))?;
            Some(SideReadout { side: side.to_string(), account: at, published: report.published })
        };
        let mut readouts: Vec<SideReadout> = self.current.iter().filter_map(own).collect();
        readouts.sort_by(|x, y| (&x.side, x.published, x.account).cmp(&(&y.side, y.published, y.account)));
        readouts
    }

    /// How things stood from day to day: a step where an account says otherwise than those published before.
    fn history(&self) -> Vec<Step> {
        let mut order: Vec<usize> = self.current.clone();
        let published = |at: usize| self.filed(at).report.published;
        order.sort_by_key(|&at| {
            (published(at).is_none(), published(at), is_outcome(self.filed(at).account.status.value), at)
        });
        let mut steps: Vec<Step> = Vec::new();
        for at in order.into_iter().filter(|&at| !self.is_told_late(at)) {
            let account = &self.filed(at).account;
            let (status, date) = (account.status.value, account.date.as_ref().map(|d| d.value.clone()));
            let says_more = steps.last().is_none_or(|last| {
                let other_day = date.as_ref().zip(last.date.as_ref()).is_some_and(|(d, l)| !d.overlaps(l));
                last.status != status || other_day
            });
            if says_more {
                steps.push(Step { known: published(at), status, date, account: at });
            }
        }
        steps
    }

    /// Whether a plan is told when its day had passed: it says how things stood before, and not when that was known.
    fn is_told_late(&self, at: usize) -> bool {
        !is_outcome(self.filed(at).account.status.value) && self.is_stale(at)
    }
}

/// Whether of two values the one says more and nothing else.
fn either<T>(is_more_exact: impl Fn(&T, &T) -> bool) -> impl Fn(&T, &T) -> bool {
    move |a, b| is_more_exact(a, b) || is_more_exact(b, a)
}

/// A stay may be of so many days; what spans more is told vaguely.
const LONGEST_STAY: i32 = 10;

fn is_vague(date: &Edtf) -> bool {
    date.day().is_none() && (date.width() > LONGEST_STAY || matches!(date, Edtf::Approximate(_)))
}

fn reason(chosen: Rank<'_>, next: Rank<'_>) -> String {
    match chosen.voice() == next.voice() {
        true => format!("{}, and told first or by who weighs more", chosen.voice().described()),
        false => format!("{} goes before {}", chosen.voice().described(), next.voice().described()),
    }
}

/// Whether it says what came of a plan.
pub(crate) fn is_outcome(status: Status) -> bool {
    matches!(status, Status::Held | Status::UnderWay | Status::NotHeld | Status::Denied)
}

fn contradicts(one: Status, other: Status) -> bool {
    let took_place = |s| matches!(s, Status::Held | Status::UnderWay);
    is_outcome(one) && is_outcome(other) && took_place(one) != took_place(other)
}

/// Words without their article, folded.
fn bare(words: &str) -> String {
    let folded = name_key(words);
    folded.strip_prefix("the-").map(str::to_string).unwrap_or(folded)
}
