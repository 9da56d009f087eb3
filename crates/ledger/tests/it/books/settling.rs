//! Whatever the order in which reports arrive, and however many at once, the same entries come out.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::support::{fresh_file, fresh_schema};
use daybook_gazetteer::Gazetteer;
use daybook_ledger::{
    Access, Among, Book, Brief, By, DetachedAccount, DetachedReport, Link, Place, Query, Row, Trust,
    settle_detached,
};
use daybook_record::{
    Account, Certainty, Confidence, Edtf, Entry, Evidence, Filed, Inferred, Kind, Participation, Party,
    PartyKind, Reading, Readout, Report, Role, Sourced, Span, Status,
};
use jiff::civil::date;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// What is computed from accounts, with ids in place of numbers, which tell the order of arrival.
const COMPUTED: [&str; 6] = [
    "SELECT id, kind, status, certainty, date, first_day, last_day, day, time, duration, place, parties, topics,
        disputed, sides, standing, sources, accounts, aggregate, domestic, withdrawn, confidence FROM entries ORDER BY id",
    "SELECT p.party, p.day, e.id FROM entry_parties p LEFT JOIN entries e ON e.account = p.entry ORDER BY 1, 2, 3",
    "SELECT p.pair, p.day, e.id FROM entry_pairs p LEFT JOIN entries e ON e.account = p.entry ORDER BY 1, 2, 3",
    "SELECT e.id, a.id, b.id, j.why FROM joins j LEFT JOIN entries e ON e.account = j.entry
        LEFT JOIN accounts a ON a.arrived = j.account LEFT JOIN accounts b ON b.arrived = j.other ORDER BY 2, 3",
    "SELECT a.id, e.id FROM accounts a LEFT JOIN entries e ON e.account = a.entry ORDER BY a.id",
    "SELECT id, superseded_by FROM reports ORDER BY id",
];

type Read = (Report, Reading);

/// Reports with an order in which they arrive, how many of them at once, and what people decide in between.
#[derive(Debug, Clone)]
struct Arrival {
    reports: Vec<Read>,
    order: Vec<u32>,
    at_once: usize,
    decisions: Vec<(bool, Index, Index)>,
}

#[test]
fn any_order_of_arrival_gives_the_same_tables() {
    check_all(160, |arrival| {
        let mut file = book(&Place::File(fresh_file()));
        file.add(arrival.reports.clone()).expect("it is added");
        let wanted = computed(&mut file);
        let mut other = book(&Place::File(fresh_file()));
        for part in arrival.in_order().chunks(arrival.at_once) {
            other.add(part.to_vec()).expect("it is added");
        }
        check_same(&computed(&mut other), &wanted)?;
        other.settle_anew().expect("it is settled");
        check_same(&computed(&mut other), &wanted)
    });
}

#[test]
fn detached_accounts_give_the_entries_of_a_book() {
    check_all(160, |arrival| {
        let mut file = book(&Place::File(fresh_file()));
        file.add(arrival.in_order()).expect("it is added");
        let sql = "SELECT id, superseded_by FROM reports WHERE superseded_by IS NOT NULL";
        let rows = file.database().query(sql, &[]).expect("it is read");
        let text = |row: &Row, column| row.text(column).expect("a text").to_string();
        let next: BTreeMap<String, String> = rows.iter().map(|row| (text(row, 0), text(row, 1))).collect();
        let detached = |(report, reading)| DetachedReport::of(report, reading, file.gazetteer(), &trust());
        let accounts = arrival.in_order().into_iter().map(detached).flat_map(|read| read.accounts);
        let accounts = accounts.map(|detached| {
            let written = serde_json::to_string(&detached).expect("it is written");
            let detached: DetachedAccount = serde_json::from_str(&written).expect("it reads back");
            let by = next.get(&detached.filed().report.id).cloned();
            detached.superseded(by)
        });
        let found = settle_detached(accounts.collect(), &trust());
        let mut wanted = file.list(&Query { withdrawn: true, ..Query::default() }).expect("it is read");
        wanted.sort_by(|a, b| a.id.cmp(&b.id));
        prop_assert_eq!(found, wanted);
        Ok(())
    });
}

#[test]
fn settling_anew_gives_what_adding_and_deciding_have_given() {
    check_all(160, |arrival| {
        let mut file = book(&Place::File(fresh_file()));
        add_and_decide(&mut file, &arrival);
        let wanted = computed(&mut file);
        file.settle_anew().expect("it is settled");
        check_same(&computed(&mut file), &wanted)
    });
}

#[test]
fn both_databases_hold_the_same_tables() {
    check_all(16, |arrival| {
        let [mut file, mut server] =
            [Place::File(fresh_file()), Place::Server(fresh_schema())].map(|place| book(&place));
        add_and_decide(&mut file, &arrival);
        add_and_decide(&mut server, &arrival);
        let wanted = computed(&mut file);
        check_same(&computed(&mut server), &wanted)?;
        check_overview(&mut file)?;
        check_overview(&mut server)?;
        server.settle_anew().expect("it is settled");
        check_same(&computed(&mut server), &wanted)
    });
}

/// Asked of the tables, and of what is settled anew as of a day.
#[test]
fn a_least_confidence_leaves_out_entries_of_which_no_account_that_counts_has_it() {
    check_all(40, |arrival| {
        let mut file = book(&Place::File(fresh_file()));
        file.add(arrival.in_order()).expect("it is added");
        for as_of in [None, Some(date(2015, 3, 12))] {
            let all = Query { as_of, withdrawn: true, ..Query::default() };
            let entries = file.list(&all).expect("it is read");
            for min in [0.0, 0.6, 0.9, 1.0].map(Confidence::of) {
                let query = Query { min_confidence: Some(min), ..all.clone() };
                let wanted: Vec<&Entry> = entries.iter().filter(|entry| has_confidence(entry, min)).collect();
                let found = file.list(&query).expect("it is read");
                prop_assert_eq!(found.iter().collect::<Vec<_>>(), wanted);
            }
        }
        Ok(())
    });
}

/// Whether an account has this confidence, of those that no later version replaces, or of all where it replaces all.
fn has_confidence(entry: &Entry, min: Confidence) -> bool {
    let counts = |filed: &&Filed| entry.withdrawn || filed.report.superseded_by.is_none();
    entry.accounts.iter().filter(counts).any(|filed| filed.account.confidence >= min)
}

/// What lists show in brief is what the entries themselves say, as a whole and page by page.
fn check_overview(book: &mut Book) -> Result<(), TestCaseError> {
    for earliest_first in [false, true] {
        let query = Query { earliest_first, withdrawn: true, ..Query::default() };
        let briefs = book.briefs(&query).expect("it is read");
        let entries = book.list(&query).expect("it is read");
        prop_assert_eq!(&briefs, &entries.iter().map(Brief::of).collect::<Vec<_>>());
        let mut paged: Vec<Brief> = Vec::new();
        loop {
            let after = paged.last().map(|last| (last.day.clone(), last.id.clone()));
            let page = Query { limit: Some(2), after, ..query.clone() };
            let part = book.briefs(&page).expect("it is read");
            prop_assert_eq!(part.len(), book.list(&page).expect("it is read").len());
            if part.is_empty() {
                break;
            }
            paged.extend(part);
        }
        prop_assert_eq!(&paged, &briefs);
        let years = book.tally(&query, By::Year).expect("it is counted");
        prop_assert_eq!(years.values().sum::<usize>(), briefs.len());
    }
    check_links(book)
}

/// Each pair of the network is as long as the list of the two, and each is the other's partner as often.
fn check_links(book: &mut Book) -> Result<(), TestCaseError> {
    for among in [Among::Persons, Among::Sides] {
        for Link { one, other, entries } in book.network(among, None, None, 20).expect("it is read") {
            let both = Query { parties: vec![one.clone(), other.clone()], ..Query::default() };
            prop_assert_eq!(book.count(&both).expect("it is counted"), entries);
            let partners = book.partners(&one, among, None, None, 50).expect("it is read");
            let met = partners.iter().find(|(party, _)| *party == other).map(|(_, entries)| *entries);
            prop_assert!(met >= Some(entries), "{one} {other}: {met:?}");
            prop_assert!(!book.name_of(&one).expect("it is read").is_empty());
        }
    }
    Ok(())
}

impl Arrival {
    fn in_order(&self) -> Vec<Read> {
        let mut reports: Vec<(u32, &Read)> = self.order.iter().copied().zip(&self.reports).collect();
        reports.sort_by_key(|(key, _)| *key);
        reports.into_iter().map(|(_, read)| read.clone()).collect()
    }
}

/// Adds reports as they arrive; after each part, a decision is made on two of the accounts that are there.
fn add_and_decide(book: &mut Book, arrival: &Arrival) {
    let mut decisions = arrival.decisions.iter();
    for part in arrival.in_order().chunks(arrival.at_once) {
        book.add(part.to_vec()).expect("it is added");
        if let Some(decision) = decisions.next() {
            decide(book, decision);
        }
    }
}

/// Merges the entries of two accounts; or, where they are of one entry, parts the one from the others.
fn decide(book: &mut Book, (undone, one, other): &(bool, Index, Index)) {
    let sql = "SELECT a.id, e.id FROM accounts a JOIN entries e ON e.account = a.entry ORDER BY a.id";
    let rows = book.database().query(sql, &[]).expect("it is read");
    if rows.is_empty() {
        return;
    }
    let text = |index: &Index, column| index.get(&rows).text(column).expect("a text").to_string();
    let number = if text(one, 1) == text(other, 1) {
        book.split(&text(one, 0), &[text(one, 0)], None, None)
    } else {
        book.merge(&text(one, 0), &text(other, 0), None, None)
    };
    if let (Ok(number), true) = (number, undone) {
        book.undo(number, None, None).expect("it is undone");
    }
}

fn trust() -> Trust {
    let trust = "[sides]\nkremlin = \"RUS\"\nelysee = \"FRA\"\n\n[weights]\nrag = -1\n";
    Trust::read("trust.toml", trust).expect("it is well written")
}

fn book(place: &Place) -> Book {
    let address = match place {
        Place::File(path) => path.display().to_string(),
        Place::Server(uri) => uri.clone(),
    };
    static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::builtin().expect("tables"));
    let mut book = Book::open(&address, Access::Create, GAZETTEER.clone(), trust()).expect("a book is made");
    if let Place::File(_) = place {
        // Nothing of this test has to outlive a power cut, so nothing waits for the disk.
        book.database().query("PRAGMA synchronous = OFF", &[]).expect("it is told");
    }
    book
}

/// Checks that two books hold the same; of what differs, the first row of each is told.
fn check_same(one: &[Vec<String>], other: &[Vec<String>]) -> Result<(), TestCaseError> {
    for (sql, (one, other)) in COMPUTED.iter().zip(one.iter().zip(other)) {
        let differs = |(a, b): &(&String, &String)| a != b;
        prop_assert_eq!(one.iter().zip(other).find(differs), None, "{}", sql);
        prop_assert_eq!(one.len(), other.len(), "{}", sql);
    }
    Ok(())
}

/// The rows of all that is computed.
fn computed(book: &mut Book) -> Vec<Vec<String>> {
    let rows = |sql: &&str| {
        let rows = book.database().query(sql, &[]).expect("it is read");
        rows.iter().map(|row| format!("{:?}", row.values())).collect()
    };
    COMPUTED.iter().map(rows).collect()
}

fn check_all(cases: u32, check: impl Fn(Arrival) -> Result<(), TestCaseError>) {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(config, rng).run(&arrival(), check).expect("all is the same");
}

fn arrival() -> impl Strategy<Value = Arrival> {
    let decision = (any::<bool>(), any::<Index>(), any::<Index>());
    let reports = prop::collection::vec(report(), 1..24);
    let order = prop::collection::vec(any::<u32>(), 24);
    (reports, order, 1..8_usize, prop::collection::vec(decision, 0..5)).prop_map(
        |(mut reports, order, at_once, decisions)| {
            // Of versions published on one day, the one that arrives later is the next.
            let version = |(report, _): &Read| (report.url.clone(), report.published);
            reports.sort_by_key(version);
            reports.dedup_by_key(|read| version(read));
            Arrival { reports, order, at_once, decisions }
        },
    )
}

/// A report of one of a few publishers in two weeks; some are versions of others, some copies.
fn report() -> impl Strategy<Value = Read> {
    let day = prop_oneof![9 => (0..14_i8).prop_map(|n| Some(date(2015, 3, 1 + n))), 1 => Just(None)];
    let publisher = select(vec![None, Some("kremlin"), Some("elysee"), Some("times"), Some("rag")]);
    (day, publisher, 0..30_u8, 0..40_u32, prop::collection::vec(account(), 0..4)).prop_map(
        |(published, publisher, address, copy, accounts)| {
            let text =
                format!("A story that was told in {copy} words, and in no fewer, by those who know it.");
            let url = format!("https://example.org/{address}");
            let report = Report {
                id: format!("{address}"),
                title: None,
                text,
                published,
                publisher: publisher.map(str::to_string),
                url: Some(url),
            };
            (report, Reading { accounts, ..Reading::default() })
        },
    )
}

/// Who meets: people by name, by a part of it and by office, people whom no table knows, and states.
fn parties() -> Vec<Party> {
    let party = |name: Option<&str>, office: Option<&str>, country: &str, kind| Party {
        name: name.map(str::to_string),
        office: office.map(str::to_string),
        country: Some(country.to_string()),
        kind,
        wikidata: None,
    };
    use PartyKind::{Person, State};
    vec![
        party(Some("Vladimir Putin"), None, "RUS", Person),
        party(Some("Putin"), Some("President"), "RUS", Person),
        party(Some("Sergey Lavrov"), None, "RUS", Person),
        party(None, None, "RUS", State),
        party(Some("François Hollande"), None, "FRA", Person),
        party(None, Some("President"), "FRA", Person),
        party(None, None, "FRA", State),
        party(Some("Anna Weber"), None, "DEU", Person),
        party(Some("Weber"), None, "DEU", Person),
        party(Some("A. Weber"), None, "DEU", Person),
    ]
}

/// When: on a day, over some days, within a month; as told, or the day of publication.
fn when() -> impl Strategy<Value = Option<Sourced<Edtf>>> {
    let span = Span::text(2, 7);
    let day = |n: i8| date(2015, 3, 1 + n);
    let told = move |date: Edtf| Some(Sourced::stated(date, span));
    let published =
        move |n| Some(Sourced::inferred(Edtf::Day(day(n)), [span], Inferred::OpeningIsOfPublicationDay));
    prop_oneof![
        4 => (0..14_i8).prop_map(move |n| told(Edtf::Day(day(n)))),
        2 => (0..14_i8).prop_map(published),
        2 => (0..14_i8, 1..6_i8).prop_map(move |(n, more)| told(Edtf::between(day(n), day(n + more)))),
        1 => Just(told(Edtf::Month(2015, 3))),
        1 => Just(told(Edtf::Year(2015))),
        2 => Just(None),
    ]
}

fn account() -> impl Strategy<Value = Account> {
    use Status::{Cancelled, Denied, Held, Proposed, Scheduled};
    let kind = select(vec![
        Kind::Call,
        Kind::VideoCall,
        Kind::Meeting,
        Kind::Visit,
        Kind::Gathering,
        Kind::Unspecified,
    ]);
    let status = select(vec![Held, Held, Held, Scheduled, Proposed, Cancelled, Denied]);
    let place = select(vec![None, Some("Paris"), Some("Moscow")]);
    (subsequence(parties(), 2..4), kind, status, when(), place, 0..12_u16).prop_map(
        |(parties, kind, status, date, place, rare)| {
            let span = Span::text(0, 5);
            let part =
                |party| Participation { party, role: Role::Participant, evidence: Evidence::stated(span) };
            Account {
                kind: Sourced::stated(kind, span),
                parties: parties.into_iter().map(part).collect(),
                present: vec![],
                date,
                time: None,
                duration: None,
                status: Sourced::stated(status, span),
                certainty: Sourced::stated(Certainty::Certain, span),
                according_to: vec![],
                place: place.map(|place| Sourced::stated(place.to_string(), span)),
                topics: vec![],
                readout: Readout::default(),
                first_or_last: None,
                aggregate: rare == 0,
                count: None,
                domestic: false,
                confidence: Confidence::from_thousandths(400 + 50 * rare),
                evidence: vec![span],
                rules: vec![],
                explanation: None,
            }
        },
    )
}
