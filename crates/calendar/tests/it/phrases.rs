//! What is found in a text and what it means, as tables: text, day of publication, and a line for each phrase.

use daybook_calendar::{Context, Resolved, Tense, find};
use jiff::civil::Date;

/// The phrases of `text` against `published`, each as `words = TYPE value`, with EDTF, time and length where there are any.
fn read(text: &str, published: Option<Date>, tense: Tense) -> Vec<String> {
    let mut context = Context { published, tense, previous: None };
    let lines = find(text).into_iter().map(|phrase| {
        let found = phrase.resolve(&context);
        context.previous = found.edtf.as_ref().and_then(|e| e.day()).or(context.previous);
        format!("{} = {}", &text[phrase.start..phrase.end], line(&found))
    });
    lines.collect()
}

fn line(found: &Resolved) -> String {
    let mut line = format!("{} {}", found.kind.as_str(), found.value.as_deref().unwrap_or("?"));
    if let Some(edtf) =
        found.edtf.as_ref().map(ToString::to_string).filter(|e| Some(e) != found.value.as_ref())
    {
        line += &format!(" edtf {edtf}");
    }
    if let Some(time) = &found.time {
        line += &format!(" at {time}");
    }
    if found.length.as_ref().is_some_and(|l| l.approximate) {
        line += " approximate";
    }
    line
}

fn check_on(published: &str, text: &str, expected: &[&str]) {
    assert_eq!(read(text, published.parse().ok(), Tense::Unknown), expected, "{text}");
}

/// Against Saturday 28 January 2017.
fn check(text: &str, expected: &[&str]) {
    check_on("2017-01-28", text, expected);
}

#[test]
fn weekdays_go_by_the_tense_of_the_words_near_them() {
    check("They met on Saturday.", &["Saturday = DATE 2017-01-28"]);
    check("They met on Sunday.", &["Sunday = DATE 2017-01-22"]);
    check("They will meet on Sunday.", &["Sunday = DATE 2017-01-29"]);
    check("The envoy is scheduled to arrive on Tuesday.", &["Tuesday = DATE 2017-01-31"]);
    check("He gave them until Tuesday.", &["Tuesday = DATE 2017-01-31"]);
    assert_eq!(
        read("He has given them until Tuesday.", "2017-01-28".parse().ok(), Tense::Past),
        ["Tuesday = DATE 2017-01-31"]
    );
    assert_eq!(
        read("It was not until Tuesday that he rang.", "2017-01-28".parse().ok(), Tense::Past),
        ["Tuesday = DATE 2017-01-24"]
    );
    check("The truce had been due to expire on Tuesday.", &["Tuesday = DATE 2017-01-24"]);
    check("He asked about the scheduled call on Friday.", &["Friday = DATE 2017-01-27"]);
    check("A statement of Thursday.", &["Thursday = DATE 2017-01-26"]);
    check("He flies out next Tuesday.", &["next Tuesday = DATE 2017-01-31"]);
    check("He arrived last Saturday.", &["last Saturday = DATE 2017-01-21"]);
    check("He rested this Monday.", &["this Monday = DATE 2017-01-23"]);
    check(
        "Monday through Wednesday they talked.",
        &["Monday through Wednesday = DATE 2017-01-23/2017-01-25"],
    );
}

#[test]
fn a_tense_that_the_caller_tells_comes_first() {
    let published = "2017-01-28".parse().ok();
    let check = |tense, expected: &str| assert_eq!(read("talks on Monday", published, tense), [expected]);
    check(Tense::Past, "Monday = DATE 2017-01-23");
    check(Tense::Future, "Monday = DATE 2017-01-30");
    check(Tense::Unknown, "Monday = DATE 2017-01-23");
}

#[test]
fn days_near_the_report_and_their_parts() {
    check(
        "today, yesterday and tomorrow",
        &["today = DATE 2017-01-28", "yesterday = DATE 2017-01-27", "tomorrow = DATE 2017-01-29"],
    );
    check("She phoned him this morning.", &["this morning = TIME 2017-01-28TMO edtf 2017-01-28"]);
    check("He dined with her last night.", &["last night = TIME 2017-01-27TNI edtf 2017-01-27"]);
    check("The call is tonight.", &["tonight = TIME 2017-01-28TNI edtf 2017-01-28"]);
    check("The talks ended Friday night.", &["Friday night = TIME 2017-01-27TNI edtf 2017-01-27"]);
    check("The talks resumed Tuesday morning.", &["Tuesday morning = TIME 2017-01-24TMO edtf 2017-01-24"]);
    check("the day after tomorrow", &["the day after tomorrow = DATE 2017-01-30"]);
}

#[test]
fn weeks_months_and_years_from_the_report() {
    check("They spoke earlier this week.", &["earlier this week = DATE 2017-W04 edtf 2017-01-23/2017-01-29"]);
    check("They spoke last week.", &["last week = DATE 2017-W03 edtf 2017-01-16/2017-01-22"]);
    check("They talked over the weekend.", &["the weekend = DATE 2017-W04-WE edtf 2017-01-28/2017-01-29"]);
    check("They met last month.", &["last month = DATE 2016-12"]);
    check("They meet next year.", &["next year = DATE 2018"]);
    check("He called a week ago.", &["a week ago = DATE 2017-W03 edtf 2017-01-16/2017-01-22"]);
    check("He called three months ago.", &["three months ago = DATE 2016-10"]);
    check("He called three days ago.", &["three days ago = DATE 2017-01-25"]);
    check("He resigned a year and a half ago.", &["a year and a half ago = DATE 2015-07"]);
    check("in two weeks' time", &["in two weeks' time = DATE 2017-W06 edtf 2017-02-06/2017-02-12"]);
    check("the week of March 6", &["the week of March 6 = DATE 2017-W10 edtf 2017-03-06/2017-03-12"]);
}

#[test]
fn months_seasons_and_holidays_come_round() {
    check("They had met in November.", &["November = DATE 2016-11"]);
    check("It was signed in late November.", &["late November = DATE 2016-11"]);
    check("It will be signed in November.", &["November = DATE 2017-11"]);
    check("They will meet in May or early June.", &["May or early June = DATE 2017-05/2017-06"]);
    check("He was there last summer.", &["last summer = DATE 2016-SU edtf 2016-22"]);
    check("The spring of 2018", &["The spring of 2018 = DATE 2018-SP edtf 2018-21"]);
    check("He called on Christmas Day.", &["Christmas Day = DATE 2016-12-25"]);
    check("He rested on Good Friday 2018.", &["Good Friday 2018 = DATE 2018-03-30"]);
    check("He spoke on New Year's Eve.", &["New Year's Eve = DATE 2016-12-31"]);
    check("They will march on Victory Day.", &["Victory Day = DATE 2017-05-09"]);
    check("the third quarter of 2016", &["the third quarter of 2016 = DATE 2016-Q3 edtf 2016-07/2016-09"]);
    check("the first half of 2016", &["the first half of 2016 = DATE 2016-H1 edtf 2016-01/2016-06"]);
}

#[test]
fn dates_in_every_order() {
    for date in [
        "February 10",
        "Feb. 10",
        "10 February 2017",
        "February 10, 2017",
        "the 10th of February",
        "10th February",
    ] {
        check(&format!("He visits on {date}."), &[&format!("{date} = DATE 2017-02-10")]);
    }
    for date in ["2017-02-10", "2/10/2017", "10.2.2017", "02-10-17", "20170210", "Friday, Feb. 10"] {
        check(&format!("Due: {date}."), &[&format!("{date} = DATE 2017-02-10")]);
    }
    check("a draft of February 30", &["February = DATE 2017-02"]);
    check("On Oct. 26th he left.", &["Oct. 26th = DATE 2016-10-26"]);
    check("June last year", &["June last year = DATE 2016-06"]);
    check("He was born in nineteen ninety-six.", &["nineteen ninety-six = DATE 1996"]);
}

#[test]
fn from_one_day_to_another() {
    check("July 28-30, 2021", &["July 28-30, 2021 = DATE 2021-07-28/2021-07-30"]);
    check("The forum runs from 3 to 5 May.", &["from 3 to 5 May = DATE 2017-05-03/2017-05-05"]);
    check(
        "He rests between March 3 and March 7.",
        &["between March 3 and March 7 = DATE 2017-03-03/2017-03-07"],
    );
    check("He stays from May 25 to June 4.", &["from May 25 to June 4 = DATE 2017-05-25/2017-06-04"]);
    check("from Dec. 30 to Jan. 2", &["from Dec. 30 to Jan. 2 = DATE 2016-12-30/2017-01-02"]);
    check("the war of 1950-53", &["1950-53 = DATE 1950/1953"]);
    check("on 8 and 9 June 2021", &["on 8 and 9 June 2021 = DATE 2021-06-08/2021-06-09"]);
    check("the 2016–17 session", &["2016–17 = DATE 2016/2017"]);
    check("7–8 July", &["7–8 July = DATE 2017-07-07/2017-07-08"]);
}

#[test]
fn years_decades_centuries() {
    check("in 2015", &["2015 = DATE 2015"]);
    check("mid-2016", &["mid-2016 = DATE 2016"]);
    check("in the late 1990s", &["the late 1990s = DATE 199 edtf 199X"]);
    check(
        "the nineties and the '80s",
        &["the nineties = DATE 199 edtf 199X", "the '80s = DATE 198 edtf 198X"],
    );
    check("the 19th century", &["the 19th century = DATE 18 edtf 1801/1900"]);
    check("fiscal 2018", &["fiscal 2018 = DATE 2018"]);
}

#[test]
fn how_long() {
    let check_length = |text: &str, value: &str| {
        check(&format!("It took {text}."), &[&format!("{text} = DURATION {value}")])
    };
    check_length("an hour and a half", "PT1H30M");
    check_length("two-and-a-half hours", "PT2H30M");
    check_length("half an hour", "PT30M");
    check_length("three quarters of an hour", "PT45M");
    check_length("5 1/2 hours", "PT5H30M");
    check_length("half a day", "PT12H");
    check_length("1.5 hours", "PT1H30M");
    check_length("3 hours and 20 minutes", "PT3H20M");
    check_length("1 hour 5 minutes", "PT1H5M");
    check_length("a couple of days", "P2D");
    check_length("twenty-four months", "P24M");
    check_length("two decades", "P20Y");
    check_length("a year and a half", "P1Y6M");
    check_length("several hours", "PTXH");
    check_length("the past three years", "P3Y");
    check_length("a fortnight", "P2W");
    for about in ["around", "about", "nearly", "more than", "roughly", "at least"] {
        check_length(&format!("{about} 30 minutes"), "PT30M approximate");
    }
    check("a 45-minute call", &["45-minute = DURATION PT45M"]);
    check("the hour-long call", &["hour-long = DURATION PT1H"]);
    check("He has known her for years.", &["years = DURATION PXY"]);
}

#[test]
fn how_often() {
    let check_set =
        |text: &str, value: &str| check(&format!("They talk {text}."), &[&format!("{text} = SET {value}")]);
    check_set("every day", "P1D");
    check_set("every two weeks", "P2W");
    check_set("weekly", "P1W");
    check_set("twice a week", "P1W");
    check_set("each Tuesday", "XXXX-WXX-2");
    check_set("every November", "XXXX-11");
}

#[test]
fn clock_times_with_their_zones() {
    check("at 5:05 pm Eastern", &["5:05 pm Eastern = TIME 2017-01-28T17:05 at 17:05 America/New_York"]);
    check("at 5 p.m. EST", &["5 p.m. EST = TIME 2017-01-28T17:00 at 17:00 America/New_York"]);
    check("at 20:00 Moscow time", &["20:00 Moscow time = TIME 2017-01-28T20:00 at 20:00 Europe/Moscow"]);
    check("at 10.30am", &["10.30am = TIME 2017-01-28T10:30 at 10:30"]);
    check("at 1:40 P.M. EDT", &["1:40 P.M. EDT = TIME 2017-01-28T13:40 at 13:40 America/New_York"]);
    check("at 1430 GMT", &["1430 GMT = TIME 2017-01-28T14:30 at 14:30 UTC"]);
    check("at 12 a.m.", &["12 a.m. = TIME 2017-01-28T00:00 at 00:00"]);
    check("at 17 p.m.", &[]);
    check("at three o'clock", &["three o'clock = TIME 2017-01-28T03:00 at 03:00"]);
    check("at half past five", &["half past five = TIME 2017-01-28T05:30 at 05:30"]);
    check("He called at noon.", &["noon = TIME 2017-01-28T12:00 at 12:00"]);
    check("He called at noon Thursday.", &["noon Thursday = TIME 2017-01-26T12:00 edtf 2017-01-26 at 12:00"]);
    check(
        "He will call on Monday at 9 a.m.",
        &["Monday at 9 a.m. = TIME 2017-01-30T09:00 edtf 2017-01-30 at 09:00"],
    );
    check("at 10 p.m. last night", &["10 p.m. last night = TIME 2017-01-27T22:00 edtf 2017-01-27 at 22:00"]);
    check(
        "the call Thursday evening at 9pm Moscow time",
        &[
            "Thursday evening at 9pm Moscow time = TIME 2017-01-26T21:00 edtf 2017-01-26 at 21:00 Europe/Moscow",
        ],
    );
    check("2016-12-29T18:30", &["2016-12-29T18:30 = TIME 2016-12-29T18:30 edtf 2016-12-29 at 18:30"]);
}

#[test]
fn what_counts_from_the_day_last_spoken_of() {
    check(
        "They met on January 10; two days later they spoke.",
        &["January 10 = DATE 2017-01-10", "two days later = DATE 2017-01-12"],
    );
    check(
        "She won on Nov. 8 and conceded the next day.",
        &["Nov. 8 = DATE 2016-11-08", "the next day = DATE 2016-11-09"],
    );
    check("The day before, they had quarrelled.", &["The day before = DATE ?"]);
    check(
        "On Jan. 10 he left; the following month he was back.",
        &["Jan. 10 = DATE 2017-01-10", "the following month = DATE 2017-02"],
    );
    check(
        "He came on Jan. 5 and called at noon.",
        &["Jan. 5 = DATE 2017-01-05", "noon = TIME 2017-01-05T12:00 at 12:00"],
    );
}

#[test]
fn now_and_some_day() {
    check("He recently called.", &["recently = DATE PAST_REF edtf 2017~"]);
    check("He is now in office.", &["now = DATE PRESENT_REF"]);
    check("They will speak soon.", &["soon = DATE FUTURE_REF"]);
    check("They spoke several weeks ago.", &["several weeks ago = DATE PAST_REF"]);
    check("the near future", &["the near future = DATE FUTURE_REF"]);
}

#[test]
fn in_a_text_on_results_a_year_earlier_is_the_same_quarter() {
    check_on(
        "1995-10-20",
        "Third-quarter profit rose. A year earlier, the firm lost money. The quarter was its best.",
        &[
            "Third-quarter = DATE 1995-Q3 edtf 1995-07/1995-09",
            "A year earlier = DATE 1994-Q3 edtf 1994-07/1994-09",
            "The quarter = DATE 1995-Q3 edtf 1995-07/1995-09",
        ],
    );
}

#[test]
fn what_only_looks_like_a_time() {
    for text in [
        "He may go, and they march on.",
        "The second man asked for a second chance.",
        "The Sunday Times and the Financial Times wrote about it.",
        "Since the Second World War nobody has.",
        "Some 2000 people came; he paid $1995 for page 1999.",
        "Wait a minute, he said at the last minute.",
        "They watched Friday Night Lights.",
        "Theresa May and April Jones fall out.",
        "The 30-year-old envoy sat in the sun.",
        "About three-quarters of them spring to mind.",
        "UN Resolution 1973 was read.",
        "The fall of the wall, a quarter of the votes.",
        "No. 1990 is 1,998 long.",
        "See example.org/releases/2021/05/24/statement and file P20220120AS.",
        "The Good Friday Agreement holds.",
        "Clause 3.2.18 and the 60th page.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn without_a_date_of_publication_only_what_is_complete_has_a_value() {
    let check =
        |text: &str, expected: &[&str]| assert_eq!(read(text, None, Tense::Unknown), expected, "{text}");
    check("They met yesterday.", &["yesterday = DATE ?"]);
    check("They met on Friday night.", &["Friday night = TIME ?"]);
    check("They met in November.", &["November = DATE ?"]);
    check(
        "They met on Nov. 9, 2016, for two hours.",
        &["Nov. 9, 2016 = DATE 2016-11-09", "two hours = DURATION PT2H"],
    );
}

#[test]
fn so_much_in_each_is_no_time() {
    check("It costs $2 million a year.", &[]);
    check("There are four flights a week and guards 24 hours a day.", &[]);
    check("Exports grew 5% a month.", &[]);
    check("Net was $3 a year ago.", &["a year ago = DATE 2016"]);
}
