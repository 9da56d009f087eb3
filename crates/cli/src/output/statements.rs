//! Prints statements and claims for people, below the contacts that they bear on or by themselves.

use daybook_record::{Act, Bearing, Claim, Evidence, Polarity, Sourced, Span, Statement};

use super::reading::{FAINT, LONGEST_QUOTE, Page, named, party, plain, shortened};
use crate::sanitize;

impl Page<'_> {
    /// The rows of the statements that bear on a contact, which is told by its number.
    pub(crate) fn tied(&self, contact: usize) -> Vec<String> {
        let bearing = |s: &Statement| bearings(s).find(|&(account, _)| account == contact).map(|(_, b)| b);
        self.said(|s| bearing(s).is_some(), bearing)
    }

    /// The rows of those that bear on none.
    pub(crate) fn untied(&self) -> Vec<String> {
        self.said(|s| s.contacts.is_empty(), |_| None)
    }

    /// The rows of all statements.
    pub(crate) fn statements(&self) -> Vec<String> {
        let telling = |b: &Bearing| !matches!(b, Bearing::Tells | Bearing::About);
        self.said(|_| true, |s| bearings(s).map(|(_, b)| b).find(telling))
    }

    /// The rows of the chosen statements, but for those that are read in another of them as the same speaker's.
    fn said(
        &self,
        chosen: impl Fn(&Statement) -> bool,
        bearing: impl Fn(&Statement) -> Option<Bearing>,
    ) -> Vec<String> {
        let all = &self.reading.statements;
        let read = |s: &Statement| {
            let outer = s.within.and_then(|number| all.get(number)).filter(|outer| chosen(outer));
            outer.is_some_and(|outer| same_speakers(outer, s) && self.is_whole(outer))
        };
        all.iter().filter(|s| chosen(s) && !read(s)).map(|s| self.statement(s, bearing(s))).collect()
    }

    /// One row: who, to whom, on what occasion, where and when; then what.
    fn statement(&self, statement: &Statement, bearing: Option<Bearing>) -> String {
        let label = match statement.act.value {
            Act::Said => "said",
            Act::Thought => "thinks",
            Act::Wanted => "wants",
        };
        let mut told =
            vec![format!("{}{}", self.speakers(statement), way(statement.polarity.value, bearing))];
        let addressee = statement.addressee.iter().map(|who| format!("to {}", sanitize::line(&who.value)));
        told.extend(addressee);
        told.extend(statement.occasions.iter().chain(&statement.place).map(|t| sanitize::line(&t.value)));
        told.extend(statement.date.as_ref().map(|date| date.value.to_string()));
        told.extend(statement.relayed_by.iter().map(|by| format!("according to {}", named(&by.value))));
        self.row(label, &format!("{}: {}", told.join(", "), self.content(statement)))
    }

    /// The speakers by name; where none is known, the words that stand for one.
    fn speakers(&self, statement: &Statement) -> String {
        let known: Vec<String> = statement.speakers.iter().map(|speaker| named(&speaker.value)).collect();
        match statement.source {
            _ if !known.is_empty() => known.join(", "),
            Some(source) => format!("not named (“{}”)", shortened(&self.words(source))),
            None => "not named".to_string(),
        }
    }

    /// The content as it stands in the report, whose own marks tell what of it is quoted.
    fn content(&self, statement: &Statement) -> String {
        self.excerpt(&with_marks(statement))
    }

    fn excerpt(&self, spans: &[Span]) -> String {
        let Some(&first) = spans.first() else { return String::new() };
        let shown = shortened(&self.joined(spans));
        // A quotation that is cut short still ends.
        let open = shown.ends_with('…') && shown.rfind('“') > shown.rfind('”');
        let end = if open { "”" } else { "" };
        format!("{shown}{end} {FAINT}[{}]{FAINT:#}", self.place(first))
    }

    fn joined(&self, spans: &[Span]) -> String {
        spans.iter().map(|&span| self.words(span)).collect::<Vec<_>>().join(" … ")
    }

    /// Whether the content is short enough to be shown in full.
    fn is_whole(&self, statement: &Statement) -> bool {
        self.joined(&with_marks(statement)).chars().count() <= LONGEST_QUOTE
    }

    /// What is doubted, how, and who published, alleges and denies it, for each claim.
    pub(crate) fn claims(&self) -> Vec<String> {
        self.reading.claims.iter().map(|claim| self.claim(claim)).collect()
    }

    fn claim(&self, claim: &Claim) -> String {
        let doubt = self.each(&[], [&claim.doubt], plain);
        let mut told = vec![format!("{doubt}: {}", self.excerpt(&claim.content))];
        let chain = [
            ("published", &claim.published_by),
            ("alleged", &claim.alleged_by),
            ("denied", &claim.denied_by),
        ];
        for (done, by) in chain.into_iter().filter(|(_, by)| !by.is_empty()) {
            told.push(format!("{done} by {}", self.each(&[], by, party)));
        }
        self.wrapped("   ", "      ", &told.join(" · "))
    }

    /// Whose statement the words of a value stand in, where it is not the word on which all stands: ` (says Ada Example)`.
    pub(crate) fn says(&self, evidence: &Evidence, own: &[Sourced<String>]) -> String {
        let known = |statement: &&Statement| !names(statement).is_empty();
        let Some(statement) = self.reading.on_whose_word(evidence).into_iter().find(known) else {
            return String::new();
        };
        let verb = match (statement.polarity.value, statement.act.value) {
            (Polarity::Denied, _) => "denied by",
            (Polarity::Declined, _) => return String::new(),
            (_, Act::Said) => "says",
            (_, Act::Thought) => "thinks",
            (_, Act::Wanted) => "wants",
        };
        if own.iter().any(|own| is_of(statement, own)) {
            return String::new();
        }
        format!(" ({verb} {})", sanitize::line(&names(statement).join(", ")))
    }
}

/// The contacts that a statement bears on, by their numbers, and how.
fn bearings(statement: &Statement) -> impl Iterator<Item = (usize, Bearing)> + '_ {
    statement.contacts.iter().map(|tie| (tie.value.account, tie.value.bearing))
}

/// What a speaker does other than to stand by the content.
fn way(polarity: Polarity, bearing: Option<Bearing>) -> &'static str {
    match (bearing, polarity) {
        (Some(Bearing::Confirms), _) => " confirms",
        (Some(Bearing::DeclinesComment), _) => " declines to comment",
        (Some(Bearing::Denies), _) | (_, Polarity::Denied) => " denies",
        (_, Polarity::Declined) => " declines",
        (_, Polarity::Affirmed) => "",
    }
}

/// The content's spans, with the quotation marks around them.
fn with_marks(statement: &Statement) -> Vec<Span> {
    let quotes = |span: Span| statement.quotes.iter().filter(move |quote| quote.overlaps(span));
    let mut spans: Vec<Span> = statement
        .content
        .iter()
        .map(|&span| quotes(span).fold(span, |whole, &quote| whole.join(quote)))
        .collect();
    spans.dedup();
    spans
}

fn same_speakers(one: &Statement, other: &Statement) -> bool {
    one.speakers.iter().map(|s| &s.value).eq(other.speakers.iter().map(|s| &s.value))
}

/// Whether a statement is that of a source that an account names, by the source's words or its name.
fn is_of(statement: &Statement, source: &Sourced<String>) -> bool {
    let words = statement.source.is_some_and(|words| source.evidence.spans.iter().any(|s| s.overlaps(words)));
    let named = |name: &str| name.contains(&source.value) || source.value.contains(name);
    words || names(statement).into_iter().any(named)
}

/// The speakers whose name or office is known.
fn names(statement: &Statement) -> Vec<&str> {
    let parties = statement.speakers.iter().map(|speaker| &speaker.value);
    parties.filter_map(|party| party.name.as_deref().or(party.office.as_deref())).collect()
}

#[cfg(test)]
mod tests {
    use daybook_export::json::Section;
    use daybook_record::*;
    use expect_test::{Expect, expect};

    use crate::output::reading;

    const TEXT: &str = "\
President Ada Lind phoned President Bo Marsh on Friday. “A good talk,” her spokesman, Cy Hale, told reporters \
in Oslo on Saturday, “and a long one.”
The Ledger reported that it lasted about 50 minutes and that Marsh denied any quarrel. Marsh’s office would not say a word.
“We shall see.” Hale said that Lind believed that Marsh meant well, which Hale called “brave”.
A leaked memo of a plot, put out by the Ledger, could not be verified; Lind denied it.";

    fn at(words: &str) -> Span {
        let start = TEXT.find(words).expect("words of the text");
        Span::text(start, start + words.len())
    }

    fn told(words: &str) -> Sourced<String> {
        Sourced::stated(words.to_string(), at(words))
    }

    fn who(name: &str, office: Option<&str>, words: &str) -> Sourced<Party> {
        let kind = PartyKind::Person;
        let party = Party {
            name: Some(name.into()),
            office: office.map(Into::into),
            country: None,
            kind,
            wikidata: None,
        };
        Sourced::stated(party, at(words))
    }

    fn hale() -> Sourced<Party> {
        who("Cy Hale", Some("Spokesman"), "Cy Hale")
    }

    fn ledger() -> Sourced<Party> {
        who("The Ledger", None, "The Ledger")
    }

    fn statement(content: &[&str], speakers: Vec<Sourced<Party>>) -> Statement {
        let content: Vec<Span> = content.iter().map(|words| at(words)).collect();
        let first = content[0];
        Statement {
            content,
            cue: None,
            source: None,
            speakers,
            relayed_by: vec![],
            act: Sourced::stated(Act::Said, first),
            polarity: Sourced::stated(Polarity::Affirmed, first),
            quotes: vec![],
            addressee: None,
            occasions: vec![],
            place: None,
            date: None,
            contacts: vec![],
            within: None,
        }
    }

    fn bears(account: usize, bearing: Bearing) -> Vec<Sourced<Tie>> {
        vec![Sourced::stated(Tie { account, bearing }, at("phoned"))]
    }

    fn account() -> Account {
        let lind = Participation {
            party: who("Ada Lind", Some("President"), "Ada Lind").value,
            role: Role::Initiator,
            evidence: Evidence::stated(at("Ada Lind")),
        };
        let length = Length { iso: "PT50M".into(), approximate: true };
        Account {
            kind: Sourced::stated(Kind::Call, at("phoned")),
            parties: vec![lind],
            present: vec![],
            date: None,
            time: None,
            duration: Some(Sourced::stated(length, at("about 50 minutes"))),
            status: Sourced::stated(Status::Held, at("phoned")),
            certainty: Sourced::stated(Certainty::Certain, at("phoned")),
            according_to: vec![told("Hale")],
            place: None,
            topics: vec![told("quarrel"), told("a long one")],
            readout: Readout::default(),
            first_or_last: None,
            aggregate: false,
            count: None,
            domestic: false,
            confidence: Confidence::FULL,
            evidence: vec![at("phoned President Bo Marsh")],
            rules: vec![],
            explanation: None,
        }
    }

    fn quoted() -> Statement {
        Statement {
            quotes: vec![at("“A good talk,”"), at("“and a long one.”")],
            addressee: Some(told("reporters")),
            place: Some(told("Oslo")),
            date: Some(Sourced::stated("2031-03-08".parse().expect("a date"), at("Saturday"))),
            contacts: bears(0, Bearing::About),
            ..statement(&["A good talk", "and a long one"], vec![hale()])
        }
    }

    /// Each statement of the text, those within others after them.
    fn statements() -> Vec<Statement> {
        let speaker = |name| vec![who(name, None, name)];
        let report = "it lasted about 50 minutes and that Marsh denied any quarrel";
        let denial = Statement {
            polarity: Sourced::stated(Polarity::Denied, at("denied")),
            within: Some(1),
            contacts: bears(0, Bearing::Denies),
            ..statement(&["any quarrel"], speaker("Marsh"))
        };
        let belief = "Lind believed that Marsh meant well, which Hale called “brave”";
        vec![
            quoted(),
            Statement { contacts: bears(0, Bearing::Tells), ..statement(&[report], vec![ledger()]) },
            denial,
            Statement {
                source: Some(at("Marsh’s office")),
                contacts: bears(0, Bearing::DeclinesComment),
                ..statement(&["a word"], vec![])
            },
            statement(&["“We shall see.”"], vec![]),
            Statement {
                relayed_by: vec![ledger()],
                occasions: vec![told("Saturday")],
                ..statement(&[belief], vec![hale()])
            },
            Statement {
                act: Sourced::stated(Act::Thought, at("believed")),
                within: Some(5),
                ..statement(&["Marsh meant well"], speaker("Lind"))
            },
            Statement { within: Some(5), ..statement(&["“brave”"], vec![hale()]) },
        ]
    }

    fn reading() -> Reading {
        let claim = Claim {
            content: vec![at("A leaked memo of a plot")],
            doubt: Sourced::stated(Doubt::Unverified, at("could not be verified")),
            published_by: vec![who("The Ledger", None, "the Ledger,")],
            alleged_by: vec![],
            denied_by: vec![who("Ada Lind", None, "Lind denied it")],
            statements: vec![],
        };
        let times = [("Friday", Some("2031-03-07")), ("Saturday", None)].map(|(words, value)| TimePhrase {
            span: at(words),
            kind: "DATE",
            value: value.map(Into::into),
            inferred: value.map(|_| Inferred::OnAnyPublicationDay),
        });
        Reading {
            accounts: vec![account()],
            statements: statements(),
            claims: vec![claim],
            times: times.into(),
            ..Reading::default()
        }
    }

    /// The page with its colours.
    fn page(text: &str, reading: &Reading, only: Option<Section>) -> String {
        let published = "2031-03-08".parse().ok();
        let report = Report { id: "a".into(), text: text.into(), published, ..Report::default() };
        reading::report(&report, reading, 1, 80, only)
    }

    fn plain(text: &str, reading: &Reading, only: Option<Section>) -> String {
        anstream::adapter::strip_str(&page(text, reading, only)).to_string()
    }

    fn check(reading: &Reading, only: Option<Section>, expected: Expect) {
        expected.assert_eq(&plain(TEXT, reading, only));
    }

    #[test]
    fn statements_stand_under_their_contacts_and_the_others_below() {
        check(
            &reading(),
            None,
            expect![[r#"
            a · 2031-03-08

            1  call · held · confidence 1.00
               Ada Lind (President) →
               for      about 50 minutes [line 2, col 36] (says The Ledger)
               said by  Hale [line 1, col 90]
               about    quarrel [line 2, col 79] (denied by Marsh), a long one
                        [line 1, col 137]
               “phoned President Bo Marsh” [line 1, col 20]
               said     Cy Hale (Spokesman), to reporters, Oslo, 2031-03-08: “A good talk,”
                        … “and a long one.” [line 1, col 57]
               said     The Ledger: it lasted about 50 minutes and that Marsh denied any
                        quarrel [line 2, col 26]
               said     Marsh denies: any quarrel [line 2, col 75]
               said     not named (“Marsh’s office”) declines to comment: a word
                        [line 2, col 117]

            Statements
               said     not named: “We shall see.” [line 3, col 1]
               said     Cy Hale (Spokesman), Saturday, according to The Ledger: Lind
                        believed that Marsh meant well, which Hale called “brave”
                        [line 3, col 32]
               thinks   Lind: Marsh meant well [line 3, col 51]

            Claims
               unverified “could not be verified” [line 4, col 49]: A leaked memo of a plot
                  [line 4, col 1] · published by The Ledger “the Ledger,” [line 4, col 37] ·
                  denied by Ada Lind “Lind denied it” [line 4, col 72]"#]],
        );
    }

    #[test]
    fn one_section_is_shown_alone() {
        check(
            &reading(),
            Some(Section::Contacts),
            expect![[r#"
            a · 2031-03-08

            1  call · held · confidence 1.00
               Ada Lind (President) →
               for      about 50 minutes [line 2, col 36] (says The Ledger)
               said by  Hale [line 1, col 90]
               about    quarrel [line 2, col 79] (denied by Marsh), a long one
                        [line 1, col 137]
               “phoned President Bo Marsh” [line 1, col 20]"#]],
        );
        check(
            &reading(),
            Some(Section::Statements),
            expect![[r#"
            a · 2031-03-08

            Statements
               said     Cy Hale (Spokesman), to reporters, Oslo, 2031-03-08: “A good talk,”
                        … “and a long one.” [line 1, col 57]
               said     The Ledger: it lasted about 50 minutes and that Marsh denied any
                        quarrel [line 2, col 26]
               said     Marsh denies: any quarrel [line 2, col 75]
               said     not named (“Marsh’s office”) declines to comment: a word
                        [line 2, col 117]
               said     not named: “We shall see.” [line 3, col 1]
               said     Cy Hale (Spokesman), Saturday, according to The Ledger: Lind
                        believed that Marsh meant well, which Hale called “brave”
                        [line 3, col 32]
               thinks   Lind: Marsh meant well [line 3, col 51]

            Claims
               unverified “could not be verified” [line 4, col 49]: A leaked memo of a plot
                  [line 4, col 1] · published by The Ledger “the Ledger,” [line 4, col 37] ·
                  denied by Ada Lind “Lind denied it” [line 4, col 72]"#]],
        );
        check(
            &reading(),
            Some(Section::Times),
            expect![[r#"
            a · 2031-03-08

            Times
               DATE     2031-03-07 “Friday” [line 1, col 49] – it means this on any day on
                        which the report may have been published
               DATE     not resolved “Saturday” [line 1, col 122]"#]],
        );
    }

    #[test]
    fn a_section_without_anything_says_so() {
        for (only, told) in [
            (None, "No contact is told of."),
            (Some(Section::Contacts), "No contact is told of."),
            (Some(Section::Statements), "No statement is told of."),
            (Some(Section::Times), "No time is told of."),
        ] {
            assert_eq!(plain("", &Reading::default(), only), format!("a · 2031-03-08\n\n{told}"));
        }
    }

    #[test]
    fn a_long_quotation_is_cut_and_what_stands_in_it_is_shown() {
        let text = format!("“{}.”", "We talked and talked ".repeat(20).trim_end());
        let whole = Span::text(0, text.len());
        let part = Span::text(3, 12);
        let outer = Statement { content: vec![whole], quotes: vec![whole], ..quoted() };
        let inner = Statement { content: vec![part], quotes: vec![], within: Some(0), ..quoted() };
        let reading = Reading { statements: vec![outer, inner], ..Reading::default() };
        let shown = plain(&text, &reading, Some(Section::Statements));
        let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        for told in ["We talked …” [line 1, col 1]", ": We talked [line 1, col 2]"] {
            assert!(shown.contains(told), "{shown}");
        }
    }

    #[test]
    fn hostile_words_give_the_terminal_no_commands() {
        let text = "\x1b[2Ja\u{202e}b\u{9b}";
        let words = Span::text(0, text.len());
        let hostile = || Sourced::stated(text.to_string(), words);
        let party = Party { name: Some(text.into()), office: Some(text.into()), ..hale().value };
        let speaker = Sourced::stated(party, words);
        let people = vec![speaker];
        let said = Statement {
            content: vec![words],
            addressee: Some(hostile()),
            occasions: vec![hostile()],
            place: Some(hostile()),
            relayed_by: people.clone(),
            ..statement(&["phoned"], people.clone())
        };
        let unnamed = Statement { source: Some(words), speakers: vec![], ..said.clone() };
        let claim = Claim { published_by: people, content: vec![words], ..reading().claims.remove(0) };
        let topics = vec![hostile()];
        let reading = Reading {
            accounts: vec![Account { topics, ..account() }],
            statements: vec![said, unnamed],
            claims: vec![claim],
            ..Reading::default()
        };
        let shown = page(text, &reading, None);
        assert!(shown.contains("�[2Ja�b�"), "{shown:?}");
        for command in ["\x1b[2J", "\u{202e}", "\u{9b}"] {
            assert!(!shown.contains(command), "{shown:?}");
        }
    }
}
