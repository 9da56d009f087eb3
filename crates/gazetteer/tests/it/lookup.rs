//! Names in a text, and offices on a day, lead to the right person, state or body, or to nobody.

use daybook_gazetteer::{Entry, Gazetteer};
use jiff::civil::Date;

fn gazetteer() -> Gazetteer {
    Gazetteer::builtin().expect("the tables load")
}

fn day(text: &str) -> Date {
    text.parse().expect("a test's date is one")
}

/// The first hit at the start of the text, as "words kind value"; "-" for none.
fn first(gazetteer: &Gazetteer, text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let hits = gazetteer.at(&words);
    let Some(hit) = hits.first() else { return "-".to_owned() };
    let told = match hit.entry {
        Entry::State(state) => format!("state {}", state.code()),
        Entry::Capital(state) => format!("capital {}", state.code()),
        Entry::Demonym(state) => format!("demonym {}", state.code()),
        Entry::Body(body) => format!("body {}", body.code()),
        Entry::Metonym(metonym) => format!("metonym {}", metonym.code()),
        Entry::Institution(institution) => format!("institution {}", institution.name()),
        Entry::Office(office) => format!("office {}", office.id()),
        Entry::Person(person) => format!("person {}", person.name()),
    };
    format!("{} {told}", hit.words)
}

fn check_first(cases: &[(&str, &str)]) {
    let gazetteer = gazetteer();
    for (text, wanted) in cases {
        assert_eq!(first(&gazetteer, text), *wanted, "{text}");
    }
}

#[test]
fn a_text_names_states_bodies_and_offices() {
    check_first(&[
        ("U.S. officials", "1 state USA"),
        ("US officials", "1 state USA"),
        ("us all", "-"),
        ("Us all", "-"),
        ("turkey dinner", "-"),
        ("Turkey said", "1 state TUR"),
        ("may call", "-"),
        ("bush fires", "-"),
        ("Ivory Coast", "2 state CIV"),
        ("Côte d'Ivoire", "2 state CIV"),
        ("Cote d’Ivoire", "2 state CIV"),
        ("South Koreans", "2 demonym KOR"),
        ("Kiev", "1 capital UKR"),
        ("Kremlin spokesman", "2 office press-secretary"),
        ("White House", "2 metonym USA"),
        ("Elysee", "1 metonym FRA"),
        ("No. 10", "2 metonym GBR"),
        ("E.U. leaders", "1 body EU"),
        ("Nato", "1 body NATO"),
        ("who called", "-"),
        ("WHO called", "1 body WHO"),
        ("U.N. Security Council", "3 body UN"),
        ("foreign minister", "2 office foreign-minister"),
        ("Foreign Ministry", "2 institution Foreign Ministry"),
        ("national security adviser", "3 office national-security-advisor"),
        ("chargé d'affaires", "2 office charge-daffaires"),
    ]);
}

#[test]
fn a_text_names_persons() {
    check_first(&[
        ("Volodymyr Zelenskyy", "2 person Volodymyr Zelensky"),
        ("Volodymyr Zelenskiy", "2 person Volodymyr Zelensky"),
        ("Zelenskyi", "1 person Volodymyr Zelensky"),
        ("Erdogan", "1 person Recep Tayyip Erdoğan"),
        ("Recep Tayyip Erdogan", "3 person Recep Tayyip Erdoğan"),
        ("PUTIN", "1 person Vladimir Putin"),
        ("Kim Jong Un", "3 person Kim Jong-un"),
        ("Kim Jong - un", "4 person Kim Jong-un"),
        ("Meir Ben - Shabbat", "4 person Meir Ben-Shabbat"),
        ("Abe Shinzo", "2 person Shinzo Abe"),
        ("Antony J. Blinken", "3 person Antony Blinken"),
        ("Joseph R. Biden", "3 person Joe Biden"),
        ("Enrique Pena Nieto", "3 person Enrique Peña Nieto"),
        ("Peña Nieto", "2 person Enrique Peña Nieto"),
        ("Abdel Fattah al-Sisi", "3 person Abdel Fattah el-Sisi"),
        ("Sisi", "1 person Abdel Fattah el-Sisi"),
        ("MBS", "1 person Mohammed bin Salman"),
        ("Muhammad bin Salman", "3 person Mohammed bin Salman"),
        ("Sergey Lavrov", "2 person Sergei Lavrov"),
        ("Nguyen Phu Trong", "3 person Nguyễn Phú Trọng"),
        ("de Villepin", "2 person Dominique de Villepin"),
        ("Ursula von der Leyen", "4 person Ursula von der Leyen"),
        ("Queen Elizabeth", "2 person Elizabeth II"),
        ("Quuxington Blorp", "-"),
        ("People 's Republic of China", "5 state CHN"),
        ("Xi 's visit", "1 person Xi Jinping"),
        ("He said", "-"),
        ("He Lifeng said", "2 person He Lifeng"),
        (",", "-"),
        ("", "-"),
    ]);
}

#[test]
fn a_name_on_a_day_means() {
    let gazetteer = gazetteer();
    let cases = [
        ("Bush", "1990-08-02", "George H. W. Bush"),
        ("President Bush", "2003-03-20", "George W. Bush"),
        ("George Bush", "2005-06-01", "George W. Bush"),
        ("Clinton", "1999-05-01", "Bill Clinton"),
        ("Clinton", "2010-05-01", "Hillary Clinton"),
        ("Mr. Trump", "2017-02-01", "Donald Trump"),
        ("Mr. Putin", "2017-01-28", "Vladimir Putin"),
        ("Mr. Putin's", "2017-01-28", "Vladimir Putin"),
        ("Kim", "2018-06-12", "Kim Jong-un"),
        ("Kim Jong-il", "2018-06-12", "Kim Jong-il"),
        ("Aliyev", "1999-01-01", "Heydar Aliyev"),
        ("Aliyev", "2015-01-01", "Ilham Aliyev"),
        ("Xi", "2017-01-01", "Xi Jinping"),
        ("President Xi Jinping", "2017-01-01", "Xi Jinping"),
        ("Russian President Vladimir Putin", "2017-01-01", "Vladimir Putin"),
        ("Prime Minister Theresa May", "2017-01-01", "Theresa May"),
        ("Foreign Secretary Boris Johnson", "2017-01-01", "Boris Johnson"),
        ("Kirchner", "2005-01-01", "Néstor Kirchner"),
        ("Merkel", "2023-01-01", "Angela Merkel"),
    ];
    for (name, on, wanted) in cases {
        let found = gazetteer.person_named(name, Some(day(on)));
        assert_eq!(found.first().map(|person| person.name()), Some(wanted), "{name} on {on}");
    }
    for unknown in ["Quuxington", "President", "the", "", "Mr.", "may"] {
        assert!(gazetteer.person_named(unknown, None).is_empty(), "{unknown}");
    }
}

#[test]
fn an_office_on_a_day_is_held_by() {
    let gazetteer = gazetteer();
    let cases = [
        ("President", "USA", "2017-01-19", Some("Barack Obama")),
        ("President", "USA", "2017-01-20", Some("Donald Trump")),
        ("President", "USA", "2017-01-21", Some("Donald Trump")),
        ("President-elect", "USA", "2016-11-20", Some("Donald Trump")),
        ("President-elect", "USA", "2017-06-20", None),
        ("foreign minister", "USA", "2017-03-01", Some("Rex Tillerson")),
        ("Secretary of State", "USA", "2017-03-01", Some("Rex Tillerson")),
        ("foreign minister", "GBR", "2017-03-01", Some("Boris Johnson")),
        ("foreign minister", "DEU", "2017-01-26", Some("Frank-Walter Steinmeier")),
        ("foreign minister", "DEU", "2017-01-28", Some("Sigmar Gabriel")),
        ("prime minister", "DEU", "2017-01-28", Some("Angela Merkel")),
        ("prime minister", "IRL", "2018-01-28", Some("Leo Varadkar")),
        ("national security adviser", "USA", "2017-01-28", Some("Michael Flynn")),
        ("national security adviser", "USA", "2017-02-15", None),
        ("press secretary", "RUS", "2017-01-28", Some("Dmitry Peskov")),
        ("secretary general", "UN", "2016-12-31", Some("Ban Ki-moon")),
        ("secretary general", "UN", "2017-01-01", Some("António Guterres")),
        ("secretary general", "NATO", "2017-01-01", Some("Jens Stoltenberg")),
        ("president", "CHE", "2017-07-01", Some("Doris Leuthard")),
        ("King", "SAU", "2017-07-01", Some("Salman bin Abdulaziz")),
        ("Special Envoy", "USA", "2017-07-01", None),
        ("Grand Vizier", "USA", "2017-07-01", None),
        ("President", "Atlantis", "2017-07-01", None),
    ];
    for (office, country, on, wanted) in cases {
        let holder = gazetteer.holder(office, country, day(on));
        assert_eq!(holder.map(|person| person.name()), wanted, "{office} of {country} on {on}");
    }
}

#[test]
fn a_state_is_led_by() {
    let gazetteer = gazetteer();
    let cases = [
        ("DEU", "2017-01-28", "Angela Merkel"),
        ("RUS", "2010-01-28", "Dmitry Medvedev"),
        ("TUR", "2013-01-28", "Recep Tayyip Erdoğan"),
        ("TUR", "2017-01-28", "Recep Tayyip Erdoğan"),
        ("GBR", "2017-01-28", "Theresa May"),
        ("PRK", "2017-01-28", "Kim Jong-un"),
        ("ARM", "2020-01-28", "Nikol Pashinyan"),
        ("IND", "2020-01-28", "Narendra Modi"),
    ];
    for (country, on, wanted) in cases {
        assert_eq!(gazetteer.leader(country, day(on)).map(|p| p.name()), Some(wanted), "{country} on {on}");
    }
}

#[test]
fn a_person_on_a_day_holds() {
    let gazetteer = gazetteer();
    let cases = [
        ("Joe Biden", "2016-01-01", Some("Vice President")),
        ("Joe Biden", "2018-01-01", None),
        ("Joe Biden", "2022-01-01", Some("President")),
        ("John Kerry", "2015-07-14", Some("Secretary of State")),
        ("Hillary Clinton", "1995-01-01", Some("First Lady")),
    ];
    for (name, on, wanted) in cases {
        let person = gazetteer.person_named(name, None)[0];
        let held = gazetteer.office_of(person, Some(day(on)));
        assert_eq!(held.map(|term| term.office().display()), wanted, "{name} on {on}");
    }
    let fox = gazetteer.person_named("Vicente Fox", None)[0];
    let former = gazetteer.former_office_of(fox, Some(day("2017-01-28"))).expect("he was president");
    assert_eq!((former.office().display(), former.country()), ("President", Some("MEX")));
}

#[test]
fn words_mean_a_state_or_body() {
    let gazetteer = gazetteer();
    let cases = [
        ("the United States", "USA"),
        ("Islamic Republic of Iran", "IRN"),
        ("Dutch", "NLD"),
        ("the Netherlands", "NLD"),
        ("Moscow", "RUS"),
        ("Foggy Bottom", "USA"),
        ("Berlaymont", "EU"),
        ("Quai d’Orsay", "FRA"),
        ("the Holy See", "VAT"),
        ("The Gambia", "GMB"),
    ];
    for (words, code) in cases {
        assert_eq!(gazetteer.state_of(words), Some(code), "{words}");
    }
}

#[test]
fn a_table_of_ones_own_is_added() {
    let popolo = r#"{
        "persons": [{"id": "p1", "name": "Ada Example", "other_names": [{"name": "A. Specimen"}]}],
        "organizations": [{"id": "o1", "name": "Government", "area_id": "a1"}],
        "areas": [{"id": "a1", "name": "Portugal"}],
        "memberships": [{"person_id": "p1", "organization_id": "o1", "role": "Minister of Finance",
                         "start_date": "2019-10-26", "end_date": "2022-03-30"}]
    }"#;
    let csv = "person,office,country,from,to\nAda Example,finance minister,Portugal,2019-10-26,2022-03-30\n";
    for (name, text) in [("own.json", popolo), ("own.csv", csv)] {
        let gazetteer = gazetteer().with_table(name, text).expect("a sound table loads");
        let ada = gazetteer.person_named("Ada Example", None)[0];
        let term = gazetteer.office_of(ada, Some(day("2020-01-01"))).expect("she is in office");
        assert_eq!((term.office().id(), term.country()), ("finance-minister", Some("PRT")), "{name}");
    }
}

#[test]
fn a_broken_table_says_where() {
    let cases = [
        ("person,office\nAda Example\n", "own:2: this is not CSV"),
        ("name\nAda Example\n", "own:2: the column `person` is empty or missing"),
        ("person,office,country\nAda,mayor,Atlantis\n", "own:2: `Atlantis` is no country"),
        (
            "person,office,from\nBea,mayor,2020\nAda,mayor,2020-13-40\n",
            "own:3: `2020-13-40` under `from` is no date",
        ),
        (
            "person,office,from,to\nAda,mayor,2020-02-01,2020-01-01\n",
            "own:2: the term ends on 2020-01-01, before",
        ),
        ("{\"persons\": 3}", "own:1: this is not Popolo JSON"),
    ];
    for (text, wanted) in cases {
        let told = gazetteer().with_table("own", text).expect_err("a broken table is refused").to_string();
        assert!(told.starts_with(wanted), "{told}");
    }
}

#[test]
fn a_short_imprecise_term_is_kept() {
    let own = "person,office,from,to\nAda Example,mayor,2020-05,2020\n";
    let gazetteer = gazetteer().with_table("own", own).expect("a sound table loads");
    assert_eq!(gazetteer.person_named("Ada Example", None)[0].holdings().len(), 1);
}

#[test]
fn loading_gives_the_same_every_time() {
    assert_eq!(format!("{:?}", gazetteer()), format!("{:?}", gazetteer()));
}

#[test]
fn a_term_told_in_months_or_years_has_sure_and_possible_ends() {
    let table = "person,office,country,from,to\nAda Example,Mayor of Sampleton,GBR,2019-05,2021\n";
    let gazetteer = Gazetteer::builtin().and_then(|g| g.with_table("own.csv", table)).expect("a table");
    let term = &gazetteer.person_named("Ada Example", None)[0].holdings()[0];
    let days = [term.earliest(), term.from(), term.to(), term.latest()].map(|day| day.map(|d| d.to_string()));
    let expected = ["2019-05-01", "2019-05-31", "2021-01-01", "2021-12-31"];
    assert_eq!(days, expected.map(|day| Some(day.to_string())));
}
