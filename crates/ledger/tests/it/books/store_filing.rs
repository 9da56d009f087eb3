//! What is filed is read back as it was, on SQLite and on PostgreSQL.

use std::cell::RefCell;

use crate::support::on_both;
use daybook_ledger::{
    Database, FiledAccount, FiledStatement, Filing, Identity, Value, accounts, file, report, statements,
};
use daybook_record::{
    Account, Act, Bearing, Certainty, ClockTime, Confidence, Edtf, Evidence, Inferred, Kind, Length, Part,
    Participation, Party, PartyKind, Polarity, Reading, Readout, Report, Role, Sourced, Span, Statement,
    Status, Tie,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

#[test]
fn what_is_filed_is_read_back() {
    on_both(|book| {
        let book = RefCell::new((book, 0));
        let mut runner = TestRunner::new_with_rng(
            Config { cases: 64, failure_persistence: None, ..Config::default() },
            proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
        );
        let checked = runner.run(&vec(filing(), 0..4), |mut filings| {
            let (book, count) = &mut *book.borrow_mut();
            for filing in &mut filings {
                *count += 1;
                identify(filing, &format!("{count:06}"));
            }
            let outcome = file(book, &filings).expect("it is filed");
            assert_eq!(outcome.added, vec![true; filings.len()]);
            assert!(outcome.superseded.is_empty());
            check_read_back(book, &filings);
            assert_eq!(file(book, &filings).expect("it is known").added, vec![false; filings.len()]);
            Ok(())
        });
        checked.expect("all is read back");
    });
}

/// Gives a filing ids that no other has, as its content would.
fn identify(filing: &mut Filing, id: &str) {
    filing.id = id.to_string();
    for (number, beside) in filing.accounts.iter_mut().enumerate() {
        beside.id = format!("{id}-{number}");
    }
}

fn check_read_back(book: &mut Database, filings: &[Filing]) {
    let ids: Vec<String> = filings.iter().flat_map(|f| f.accounts.iter().map(|a| a.id.clone())).collect();
    let found = accounts(book, &ids).expect("accounts are read");
    let filed =
        filings.iter().flat_map(|f| f.reading.accounts.iter().zip(&f.accounts).map(move |(a, b)| (f, a, b)));
    assert_eq!(found.len(), ids.len());
    for (found, (filing, account, beside)) in found.iter().zip(filed) {
        assert_eq!(&found.account, account);
        assert_eq!((&found.id, &found.words), (&beside.id, &beside.words));
        let Report { id, title, published, publisher, url, .. } = &filing.report;
        let source = &found.report;
        assert_eq!((&source.id, &source.name, &source.title), (&filing.id, id, title));
        assert_eq!((&source.published, &source.publisher, &source.url), (published, publisher, url));
        assert_eq!(
            (&source.side, &source.agency, &source.wording),
            (&filing.side, &filing.agency, &filing.wording)
        );
    }
    for filing in filings {
        assert_eq!(report(book, &filing.id).expect("it is read").as_ref(), Some(&filing.report));
        assert_eq!(statements(book, &filing.id).expect("they are read"), filing.reading.statements);
    }
}

#[test]
fn a_version_is_superseded_by_the_next_one_published_whenever_it_arrives() {
    // Ids stand in the order of publication; versions without a date go first, in the order in which they came.
    let check = |order: &[&str], chain: &str| {
        on_both(|book| {
            let filings: Vec<Filing> = order.iter().map(|name| version(name)).collect();
            for filing in &filings {
                file(book, std::slice::from_ref(filing)).expect("it is filed");
            }
            let rows =
                book.query("SELECT id, superseded_by FROM reports ORDER BY id", &[]).expect("it is read");
            let next = |row: &daybook_ledger::Row| {
                format!(
                    "{}>{}",
                    row.text(0).expect("an id"),
                    row.optional_text(1).expect("an id").unwrap_or("-")
                )
            };
            assert_eq!(rows.iter().map(next).collect::<Vec<_>>().join(" "), chain, "{order:?}");
        });
    };
    check(&["1", "2", "3"], "1>2 2>3 3>-");
    check(&["3", "1", "2"], "1>2 2>3 3>-");
    check(&["2", "x", "y", "1"], "1>2 2>- x>y y>1");
}

/// A report published on that day of a month, or without a date where it is no number; all have one address.
fn version(name: &str) -> Filing {
    let published = name.parse().ok().map(|day| jiff::civil::date(2017, 1, day));
    let report = Report { id: "a".into(), text: name.into(), published, ..Report::default() };
    Filing { id: name.into(), address: Some("https://example.org/a".into()), ..empty(report) }
}

#[test]
fn which_reports_are_superseded_now_is_told() {
    on_both(|book| {
        assert_eq!(file(book, &[version("1"), version("3")]).expect("it is filed").superseded, ["1"]);
        assert_eq!(file(book, &[version("3"), version("2")]).expect("it is filed").superseded, ["1", "2"]);
    });
}

#[test]
fn the_same_report_twice_at_once_is_filed_once() {
    on_both(|book| {
        let outcome = file(book, &[version("1"), version("1")]).expect("it is filed");
        assert_eq!(outcome.added, [true, false]);
    });
}

#[test]
fn an_incomplete_filing_is_refused_whole() {
    on_both(|book| {
        let incomplete = Filing { accounts: vec![FiledAccount::default()], ..version("2") };
        assert!(file(book, &[version("1"), incomplete]).is_err());
        assert_eq!(report(book, "1").expect("it is read"), None);
    });
}

#[test]
fn people_read_values_with_their_words() {
    let text = "Ende Mai: Präsident Orlov rang Minister Kaya on Monday.";
    let at = |words: &str| {
        Span::text(text.find(words).expect("it stands there"), text.find(words).expect("it") + words.len())
    };
    let title = Span { part: Part::Title, start: 0, end: 5 };
    let orlov = Party {
        name: Some("Orlov".into()),
        office: None,
        country: None,
        kind: PartyKind::Person,
        wikidata: None,
    };
    let account = Account {
        kind: Sourced::stated(Kind::Call, at("rang")),
        parties: vec![Participation {
            party: orlov,
            role: Role::Initiator,
            evidence: Evidence::stated(at("Präsident Orlov")),
        }],
        date: Some(Sourced::inferred(
            "2017-01-30".parse().expect("a date"),
            [at("Monday")],
            Inferred::ToldNext,
        )),
        topics: vec![Sourced::stated("grain".into(), title)],
        ..bare_account()
    };
    let report = Report { title: Some("Grain".into()), text: text.into(), ..Report::default() };
    let beside = FiledAccount {
        id: "a-0".into(),
        parties: vec![Identity { who: "orlov".into(), side: None }],
        ..FiledAccount::default()
    };
    let reading = Reading { accounts: vec![account], ..Reading::default() };
    let filing = Filing { id: "a".into(), reading, accounts: vec![beside], ..empty(report) };
    on_both(|book| {
        file(book, std::slice::from_ref(&filing)).expect("it is filed");
        let sql = "SELECT field, value, words, inferred FROM account_values WHERE account = ?1 ORDER BY field, position";
        let rows = book.query(sql, &[Value::from("a-0")]).expect("it is read");
        let shown: Vec<String> = rows
            .iter()
            .map(|row| {
                let cell = |i| row.optional_text(i).expect("text").unwrap_or("-");
                format!("{}: {} / {} / {}", cell(0), cell(1), cell(2), cell(3))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "certainty: certain / - / -",
                "contact: - / - / -",
                "date: 2017-01-30 / Monday / told_next",
                "kind: call / rang / -",
                "party: Orlov / Präsident Orlov / -",
                "status: held / - / -",
                "topic: grain / Grain / -",
            ]
        );
    });
}

fn bare_account() -> Account {
    fn bare<T>(value: T) -> Sourced<T> {
        Sourced { value, evidence: Evidence::default() }
    }
    Account {
        kind: bare(Kind::Call),
        parties: vec![],
        present: vec![],
        date: None,
        time: None,
        duration: None,
        status: bare(Status::Held),
        certainty: bare(Certainty::Certain),
        according_to: vec![],
        place: None,
        topics: vec![],
        readout: Readout::default(),
        first_or_last: None,
        aggregate: false,
        count: None,
        domestic: false,
        confidence: Confidence::FULL,
        evidence: vec![],
        rules: vec![],
        explanation: None,
    }
}

/// A filing of a report in which nothing was read.
fn empty(report: Report) -> Filing {
    Filing {
        id: String::new(),
        report,
        address: None,
        side: None,
        agency: None,
        wording: String::new(),
        reading: Reading::default(),
        accounts: vec![],
        statements: vec![],
    }
}

/// Text with what databases and their text formats stumble over.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z ]{0,12}", "[\\\\\t\n\r'\"?$1;:%_*/é🕊\\-]{0,6}"]
}

fn span() -> impl Strategy<Value = Span> {
    (any::<bool>(), 0..60_usize, 0..60_usize).prop_map(|(title, start, length)| Span {
        part: if title { Part::Title } else { Part::Text },
        start,
        end: start + length,
    })
}

fn inferred() -> impl Strategy<Value = Inferred> {
    let plain = select(vec![Inferred::OpeningIsOfPublicationDay, Inferred::PronounForSpeaker]);
    let terms = vec(date(), 0..2);
    let office = (text(), text(), terms);
    prop_oneof![
        plain,
        text().prop_map(Inferred::Sentence),
        office.prop_map(|(name, office, terms)| Inferred::HeldOffice { name, office, terms }),
    ]
}

fn evidence() -> impl Strategy<Value = Evidence> {
    (vec(span(), 0..3), of(inferred())).prop_map(|(spans, inferred)| Evidence { spans, inferred })
}

fn sourced<T: std::fmt::Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Sourced<T>> {
    (value, evidence()).prop_map(|(value, evidence)| Sourced { value, evidence })
}

fn texts() -> impl Strategy<Value = Vec<Sourced<String>>> {
    vec(sourced(text()), 0..4)
}

fn date() -> impl Strategy<Value = Edtf> {
    select(vec![
        "2017-01-28",
        "2016-11",
        "2017-21",
        "2017",
        "201X",
        "2018-03-30/2018-04-02",
        "../2018-04",
        "2018~",
    ])
    .prop_map(|text| text.parse().expect("a date"))
}

fn party() -> impl Strategy<Value = Party> {
    let kind = select(vec![PartyKind::Person, PartyKind::State, PartyKind::Body, PartyKind::Document]);
    (of(text()), of(text()), of(text()), kind, of(text()))
        .prop_map(|(name, office, country, kind, wikidata)| Party { name, office, country, kind, wikidata })
}

fn participation() -> impl Strategy<Value = Participation> {
    let role = select(vec![Role::Initiator, Role::Recipient, Role::Participant]);
    (party(), role, evidence()).prop_map(|(party, role, evidence)| Participation { party, role, evidence })
}

fn clock_time() -> impl Strategy<Value = ClockTime> {
    let zone = of(Just("Europe/Moscow".to_string()));
    (0..24_i8, 0..60_i8, zone).prop_map(|(hour, minute, zone)| ClockTime { hour, minute, zone })
}

fn account() -> BoxedStrategy<Account> {
    let kind = select(vec![Kind::Call, Kind::VideoCall, Kind::Unspecified]);
    let status = select(vec![Status::Held, Status::UnderWay, Status::NotHeld]);
    let certainty = select(vec![Certainty::Certain, Certainty::Reported]);
    let length = (text(), any::<bool>()).prop_map(|(iso, approximate)| Length { iso, approximate });
    let who = (vec(participation(), 0..4), vec(sourced(party()), 0..3));
    let when =
        (of(sourced(date())), of(sourced(clock_time())), of(sourced(length)), of(sourced(any::<u32>())));
    let how = (sourced(kind), sourced(status), sourced(certainty), any::<bool>(), any::<bool>());
    let told = (texts(), texts(), texts(), texts(), of(sourced(text())), of(sourced(text())));
    let found = (vec(span(), 0..3), vec("[a-z-]{1,8}", 0..3), 0..=1000_u16);
    (who, when, how, told, found)
        .prop_map(|(who, when, how, told, found)| Account {
            kind: how.0,
            parties: who.0,
            present: who.1,
            date: when.0,
            time: when.1,
            duration: when.2,
            status: how.1,
            certainty: how.2,
            according_to: told.0,
            place: told.4,
            topics: told.1,
            readout: Readout { released_by: told.2, withheld_by: told.3 },
            first_or_last: told.5,
            aggregate: how.3,
            count: when.3,
            domestic: how.4,
            confidence: Confidence::from_thousandths(found.2),
            evidence: found.0,
            rules: found.1,
            explanation: None,
        })
        .boxed()
}

/// A statement; it bears on the first account alone, if there is one.
fn statement() -> BoxedStrategy<Statement> {
    let act = select(vec![Act::Said, Act::Thought, Act::Wanted]);
    let polarity = select(vec![Polarity::Affirmed, Polarity::Denied, Polarity::Declined]);
    let bearing = select(vec![Bearing::Tells, Bearing::DeclinesComment]);
    let tie = bearing.prop_map(|bearing| Tie { account: 0, bearing });
    let words = (vec(span(), 0..3), of(span()), of(span()), vec(span(), 0..3));
    let who = (vec(sourced(party()), 0..3), vec(sourced(party()), 0..3));
    let how = (sourced(act), sourced(polarity), of(sourced(text())), texts(), of(sourced(text())));
    let rest = (of(sourced(date())), vec(sourced(tie), 0..3), of(0..9_usize));
    (words, who, how, rest)
        .prop_map(|(words, who, how, rest)| Statement {
            content: words.0,
            cue: words.1,
            source: words.2,
            quotes: words.3,
            speakers: who.0,
            relayed_by: who.1,
            act: how.0,
            polarity: how.1,
            addressee: how.2,
            occasions: how.3,
            place: how.4,
            date: rest.0,
            contacts: rest.1,
            within: rest.2,
        })
        .boxed()
}

fn filing() -> BoxedStrategy<Filing> {
    let day =
        (0..400_i32).prop_map(|day| jiff::civil::date(2017, 1, 1).saturating_add(jiff::ToSpan::days(day)));
    let head = (text(), of(text()), text(), of(day), of(text()), of(text()));
    let report = head.prop_map(|(id, title, text, published, publisher, url)| Report {
        id,
        title,
        text,
        published,
        publisher,
        url,
    });
    let beside = (of(text()), of(text()), text());
    (report, beside, vec(account(), 0..4), vec(statement(), 0..3)).prop_map(filled).boxed()
}

type Parts = (Report, (Option<String>, Option<String>, String), Vec<Account>, Vec<Statement>);

fn filled((report, beside, accounts, mut statements): Parts) -> Filing {
    if accounts.is_empty() {
        statements.iter_mut().for_each(|statement| statement.contacts.clear());
    }
    let identities = |count: usize| vec![Identity { who: "orlov".into(), side: Some("RUS".into()) }; count];
    let account = |account: &Account| FiledAccount {
        words: "Orlov rang\n\"Kaya\"".into(),
        first_day: account.date.as_ref().and_then(|date| date.value.first()),
        pairs: vec!["RUS TUR".into(), "RUS USA".into()],
        parties: identities(account.parties.len()),
        present: identities(account.present.len()),
        ..FiledAccount::default()
    };
    let statement = |statement: &Statement| FiledStatement {
        speakers: identities(statement.speakers.len()),
        relayed_by: identities(statement.relayed_by.len()),
    };
    Filing {
        side: beside.0,
        agency: beside.1,
        wording: beside.2,
        accounts: accounts.iter().map(account).collect(),
        statements: statements.iter().map(statement).collect(),
        reading: Reading { accounts, statements, ..Reading::default() },
        ..empty(report)
    }
}
