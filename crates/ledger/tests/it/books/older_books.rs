//! Books of earlier versions are brought up to date, and settle to the same entries.

use daybook_gazetteer::Gazetteer;
use daybook_ledger::{Access, Book, Database, Place, Query, Trust};
use daybook_record::{
    Account, Certainty, Confidence, Edtf, Inferred, Kind, Participation, Party, PartyKind, Polarity, Reading,
    Readout, Report, Role, Sourced, Span, Statement, Status,
};

use crate::support::{at_both, run_on_server};

const WORDS: Span = Span { part: daybook_record::Part::Text, start: 0, end: 4 };

/// What version 1 wrote in place of codes, in its own words, the last of them a reason that no version knows any more; and
/// what it did not have.
const TO_VERSION_1: [&str; 6] = [
    "UPDATE account_sources SET inferred = 'what a report opens with and gives no day for is of the day of its publication'
        WHERE inferred = 'opening_is_of_publication_day'",
    "UPDATE account_sources SET inferred = 'an official account says \"spoke\" of a telephone call and \"met\" of a meeting'
        WHERE inferred = 'official_spoke'",
    "UPDATE statement_sources SET inferred = 'whoever spoke last goes on' WHERE inferred = 'speaker_goes_on'",
    "UPDATE statement_sources SET inferred = 'it \"seems\" so' WHERE inferred = 'told_next'",
    "ALTER TABLE accounts DROP COLUMN confidence",
    "ALTER TABLE entries DROP COLUMN confidence",
];

#[test]
fn a_book_of_version_1_settles_to_the_same_entries() {
    at_both(|place| {
        let mut new = book(place);
        new.add(vec![reported("Ledger", 28), reported("Courier", 29)]).expect("they are added");
        let wanted = entries(&mut new);
        assert_eq!(wanted.len(), 1, "neither report tells a day");
        drop(new);
        make_version_1(place);
        let mut old = book(place);
        assert_eq!(entries(&mut old), wanted);
        old.settle_anew().expect("it is settled");
        assert_eq!(entries(&mut old), wanted);
        let report = &wanted[0].accounts[0].report.id;
        let statements = daybook_ledger::statements(old.database(), report).expect("they are read");
        assert_eq!(statements[0].act.evidence.inferred, Some(Inferred::SpeakerGoesOn));
        let unknown = Some(Inferred::Sentence("it \"seems\" so".into()));
        assert_eq!(statements[0].polarity.evidence.inferred, unknown);
    });
}

fn book(place: &Place) -> Book {
    let address = match place {
        Place::File(path) => path.display().to_string(),
        Place::Server(uri) => uri.clone(),
    };
    let gazetteer = Gazetteer::builtin().expect("the tables are right");
    Book::open(&address, Access::Create, gazetteer, Trust::default()).expect("a book opens")
}

fn entries(book: &mut Book) -> Vec<daybook_record::Entry> {
    book.list(&Query::default()).expect("it is read")
}

fn make_version_1(place: &Place) {
    let mut database = Database::open(place, Access::Existing).expect("it is there");
    database
        .transaction(|book| TO_VERSION_1.iter().try_for_each(|sql| book.execute(sql, &[]).map(|_| ())))
        .expect("the SQL is right");
    drop(database);
    match place {
        Place::File(path) => {
            let sqlite = rusqlite::Connection::open(path).expect("it is a file");
            sqlite.pragma_update(None, "user_version", 1).expect("a version can be set");
        }
        Place::Server(uri) => run_on_server(uri, "UPDATE daybook_book SET version = 1"),
    }
}

/// A report that opens with a call and gives no day for it.
fn reported(publisher: &str, day: i8) -> (Report, Reading) {
    let published = jiff::civil::date(2017, 1, day);
    let report = Report {
        id: publisher.into(),
        text: format!("Weber rang Lind, {publisher} learned."),
        published: Some(published),
        publisher: Some(publisher.into()),
        ..Report::default()
    };
    let why = Inferred::OpeningIsOfPublicationDay;
    let account = Account {
        kind: Sourced::inferred(Kind::Call, [WORDS], Inferred::OfficialSpoke),
        parties: vec![party("Anna Weber", "DEU"), party("Ada Lind", "SWE")],
        present: vec![],
        date: Some(Sourced::inferred(Edtf::Day(published), [WORDS], why)),
        time: None,
        duration: None,
        status: Sourced::stated(Status::Held, WORDS),
        certainty: Sourced::stated(Certainty::Certain, WORDS),
        according_to: vec![],
        place: None,
        topics: vec![],
        readout: Readout::default(),
        first_or_last: None,
        aggregate: false,
        count: None,
        domestic: false,
        confidence: Confidence::FULL,
        evidence: vec![WORDS],
        rules: vec!["ring-active".into()],
        explanation: None,
    };
    let reading = Reading { accounts: vec![account], statements: vec![statement()], ..Reading::default() };
    (report, reading)
}

fn party(name: &str, country: &str) -> Participation {
    let party = Party {
        name: Some(name.into()),
        office: None,
        country: Some(country.into()),
        kind: PartyKind::Person,
        wikidata: None,
    };
    Participation { party, role: Role::Participant, evidence: daybook_record::Evidence::stated(WORDS) }
}

fn statement() -> Statement {
    Statement {
        content: vec![WORDS],
        cue: None,
        source: None,
        speakers: vec![],
        relayed_by: vec![],
        act: Sourced::inferred(daybook_record::Act::Said, [WORDS], Inferred::SpeakerGoesOn),
        polarity: Sourced::inferred(Polarity::Affirmed, [WORDS], Inferred::ToldNext),
        quotes: vec![],
        addressee: None,
        occasions: vec![],
        place: None,
        date: None,
        contacts: vec![],
        within: None,
    }
}
