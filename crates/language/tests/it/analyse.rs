//! What must hold of every analysis: offsets, trees, and the same answer whoever asks and how.

use std::sync::LazyLock;

use daybook_language::{Analysis, Language, NameKind, Tree, Upos, conllu};

static LANGUAGE: LazyLock<Language> = LazyLock::new(|| Language::load().expect("the embedded model loads"));

const REPORT: &str = "Leaders Speak\n\nVIENNA — Chancellor Maria Weber phoned President Pavel Novak on Tuesday. \
    “We spoke for an hour,” she told reporters in Vienna. They didn’t discuss gas.\n\nMr. Novak will visit Berlin on March 3.";

/// Every law of an analysis: tokens in order on character boundaries, one root each, heads that lead to it, names apart.
fn lawful(analysis: &Analysis) {
    let mut last = 0;
    for sentence in &analysis.sentences {
        assert!(!sentence.tokens.is_empty());
        assert_eq!(sentence.tokens.iter().filter(|t| t.head.is_none()).count(), 1);
        for (i, token) in sentence.tokens.iter().enumerate() {
            assert!(last <= token.start && token.start < token.end && token.end <= analysis.text.len());
            assert!(!analysis.form(token).is_empty());
            assert_eq!(token.head.is_none(), token.relation == "root");
            let up = std::iter::successors(Some(i), |&t| sentence.tokens[t].head);
            assert!(up.take(sentence.tokens.len() + 1).count() <= sentence.tokens.len(), "a circle");
            last = token.end;
        }
        assert_eq!((sentence.start, sentence.end), (sentence.tokens[0].start, last));
        assert!(sentence.names.is_sorted_by(|a, b| a.tokens.end <= b.tokens.start));
    }
}

#[test]
fn reads_a_report() {
    let analysis = LANGUAGE.analyse(REPORT);
    lawful(&analysis);
    let sentence = &analysis.sentences[2];
    let verb = sentence.tokens.iter().position(|t| t.lemma == "phone").expect("the verb is there");
    let words: Vec<&str> =
        Tree::new(sentence).children(verb).iter().map(|&i| analysis.form(&sentence.tokens[i])).collect();
    assert!(
        ["Weber", "Maria", "Chancellor"].iter().any(|w| words.contains(w)) && words.contains(&"Tuesday"),
        "{words:?}"
    );
    assert_eq!((sentence.tokens[verb].upos, sentence.tokens[verb].xpos), (Upos::Verb, "VBD"));
    let people: Vec<&str> = sentence
        .names
        .iter()
        .filter(|n| n.kind == NameKind::Person)
        .map(|n| analysis.words(sentence, n.tokens.clone()))
        .collect();
    assert!(["Maria Weber", "Pavel Novak"].iter().all(|name| people.contains(name)), "{people:?}");
    assert_eq!(analysis.sentences.iter().map(|s| s.paragraph).collect::<Vec<_>>(), [0, 1, 1, 1, 1, 2]);
}

#[test]
fn reads_anything() {
    let long_sentence = "and the ministers of many states ".repeat(400);
    let long_word = "x".repeat(100_000);
    let texts = [
        "",
        " \n",
        "?",
        "\u{0}\u{1}\u{feff}",
        "👩‍👩‍👧 🇺🇦",
        "e\u{301}\u{302}\u{303}",
        "\r\n\r\nA\u{2028}b",
        "北京会谈。",
        &long_sentence,
        &long_word,
    ];
    for text in texts {
        lawful(&LANGUAGE.analyse(text));
    }
    assert!(LANGUAGE.analyse("").sentences.is_empty());
    assert!(LANGUAGE.reannotate(&[]).sentences.is_empty());
}

#[test]
fn the_same_answer_whoever_asks() {
    let alone = conllu::write(&LANGUAGE.analyse(REPORT));
    let asked = std::thread::scope(|scope| {
        let workers: Vec<_> =
            (0..4).map(|_| scope.spawn(|| conllu::write(&LANGUAGE.analyse(REPORT)))).collect();
        workers.into_iter().map(|w| w.join().expect("a worker ends")).collect::<Vec<_>>()
    });
    assert!(asked.iter().all(|answer| *answer == alone));
    let another = Language::load().expect("the embedded model loads");
    assert_eq!(conllu::write(&another.analyse(REPORT)), alone);
}

#[test]
fn conllu_there_and_back() {
    let analysis = LANGUAGE.analyse(REPORT);
    let given = conllu::read(&conllu::write(&analysis)).expect("what was written can be read");
    let words: Vec<Vec<String>> = given.iter().map(|g| g.words.clone()).collect();
    let again = LANGUAGE.reannotate(&words);
    lawful(&again);
    let printed = conllu::rewrite(&given, &again);
    assert_eq!(conllu::read(&printed).expect("what was written can be read"), given);
}

#[test]
fn conllu_errors_name_the_line() {
    for (text, line) in [("1\tA\t_\n2 B\n", "line 2"), ("x\tA\n", "line 1"), ("1\t\n", "line 1")] {
        let error = conllu::read(text).expect_err("no CoNLL-U");
        assert!(error.is_conllu() && error.to_string().contains(line), "{error}");
    }
}
