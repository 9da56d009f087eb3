//! Parses the text of a match block into a pattern; every fault has its line.

use std::collections::BTreeMap;

use crate::error::Fault;
use crate::pattern::{
    Clause, Hop, Path, Pattern, Purpose, Quantity, Relations, Repeat, Step, Test, Trigger, UPOS, Way,
    comparable,
};

/// The universal relations (universaldependencies.org/u/dep), one a line.
const RELATIONS: &str = include_str!("relations.txt");

/// Words of the language that can't name a capture; `text` is the example's key in `finds`.
const RESERVED: [&str; 6] = ["any", "has", "need", "not", "or", "text"];

/// The tests that take words after a colon.
const KEYS: [&str; 7] = ["case", "det", "form", "lemma", "rel", "word", "xpos"];

/// The steps that begin with a dot.
const PLACES: [&str; 6] = [".left", ".next", ".prev", ".right", ".sentence", ".subject"];

/// How deep parentheses, `!` and `has` may be nested.
const DEPTH: usize = 12;

/// The names a match block may use beside its own captures.
pub(crate) struct Scope<'a> {
    pub classes: &'a [&'a str],
    pub lists: &'a BTreeMap<String, Vec<String>>,
}

/// Parses a block given as lines with their numbers in the file.
pub(crate) fn pattern<'a>(
    lines: impl Iterator<Item = (usize, &'a str)>,
    scope: &Scope<'_>,
    share: bool,
) -> Result<Pattern, Vec<(usize, Fault)>> {
    let mut block = Block { scope, captures: Vec::new(), trigger: None, clauses: Vec::new() };
    let mut faults = Vec::new();
    for (line, source) in lines {
        if let Err(fault) = block.line(line, source) {
            faults.push((line, fault));
        }
    }
    match block.trigger {
        Some(trigger) if faults.is_empty() => {
            Ok(Pattern { captures: block.captures, trigger, clauses: block.clauses, share })
        }
        _ => Err(faults),
    }
}

/// The part of a block that has been read.
struct Block<'a> {
    scope: &'a Scope<'a>,
    captures: Vec<String>,
    trigger: Option<Trigger>,
    clauses: Vec<Clause>,
}

impl Block<'_> {
    fn line(&mut self, line: usize, source: &str) -> Result<(), Fault> {
        let source = source.trim();
        let mut cursor = Cursor { rest: source, scope: self.scope };
        if cursor.at_end() {
            return Ok(());
        }
        if cursor.keyword("or") {
            return self.continuation(source, cursor);
        }
        if self.trigger.is_none() {
            return self.trigger(line, source, cursor);
        }
        let purpose = self.purpose(&mut cursor)?;
        self.clauses.push(Clause { line, source: source.to_string(), purpose, ways: Vec::new() });
        self.ways(cursor)
    }

    /// A line that begins with `or` goes on with the alternatives of the line before it.
    fn continuation(&mut self, source: &str, mut cursor: Cursor<'_>) -> Result<(), Fault> {
        if let Some(clause) = self.clauses.last_mut() {
            clause.source = format!("{} {source}", clause.source);
            return self.ways(cursor);
        }
        let Some(trigger) = &mut self.trigger else {
            return Err(Fault::syntax("`or` continues a line, and there is none before it"));
        };
        trigger.source = format!("{} {source}", trigger.source);
        trigger.tests.extend(cursor.tests(0)?);
        cursor.end()
    }

    fn trigger(&mut self, line: usize, source: &str, mut cursor: Cursor<'_>) -> Result<(), Fault> {
        let name = match cursor.name() {
            Some("not" | "need") | None => {
                return Err(Fault::syntax("the first line must be `trigger = TEST`"));
            }
            Some(name) => free_name(name)?,
        };
        self.captures.push(name.to_string());
        // Later lines are read as if this one were sound, lest its fault be told of them again.
        self.trigger = Some(Trigger { line, source: source.to_string(), tests: Vec::new() });
        cursor.space();
        if cursor.rest.starts_with(['?', '*', '+']) {
            return Err(Fault::unsound(format!("`{name}` is the trigger and takes exactly one token")));
        }
        cursor.expect("=")?;
        let tests = cursor.tests(0)?;
        cursor.end()?;
        self.trigger = Some(Trigger { line, source: source.to_string(), tests });
        Ok(())
    }

    fn purpose(&mut self, cursor: &mut Cursor<'_>) -> Result<Purpose, Fault> {
        let name = match cursor.name() {
            Some("not") => return Ok(Purpose::Not),
            Some("need") => return Ok(Purpose::Need),
            Some(name) => free_name(name)?,
            None => return Err(cursor.expected("`name = …`, `not …` or `need …`")),
        };
        if self.captures.iter().any(|known| known == name) {
            return Err(Fault::unsound(format!(
                "`{name}` is already captured; write one line with `or` between its alternatives"
            )));
        }
        self.captures.push(name.to_string());
        let quantity = cursor.quantity();
        cursor.expect("=")?;
        Ok(Purpose::Capture { slot: self.captures.len() - 1, quantity })
    }

    fn ways(&mut self, mut cursor: Cursor<'_>) -> Result<(), Fault> {
        let Some(clause) = self.clauses.last_mut() else { return Ok(()) };
        // A capture's own name is no anchor for it.
        let known = match clause.purpose {
            Purpose::Capture { slot, .. } => self.captures.get(..slot).unwrap_or_default(),
            _ => &self.captures,
        };
        loop {
            let way = cursor.way(known)?;
            if way.path.steps.is_empty() && matches!(clause.purpose, Purpose::Capture { .. }) {
                return Err(Fault::syntax(
                    "the line leads nowhere; add a path such as `>nsubj` after the anchor",
                ));
            }
            clause.ways.push(way);
            if !cursor.keyword("or") {
                return cursor.end();
            }
        }
    }
}

fn free_name(name: &str) -> Result<&str, Fault> {
    if RESERVED.contains(&name) {
        return Err(Fault::syntax(format!("`{name}` is a word of the language and can't name a capture")));
    }
    Ok(name)
}

/// What is left of a line.
struct Cursor<'a> {
    rest: &'a str,
    scope: &'a Scope<'a>,
}

impl<'a> Cursor<'a> {
    /// Skips blanks, and a comment.
    fn space(&mut self) {
        self.rest = self.rest.trim_start();
        if self.rest.starts_with('#') {
            self.rest = "";
        }
    }

    fn at_end(&mut self) -> bool {
        self.space();
        self.rest.is_empty()
    }

    fn end(&mut self) -> Result<(), Fault> {
        if self.at_end() { Ok(()) } else { Err(self.expected("`&`, `or` or the end of the line")) }
    }

    fn eat(&mut self, text: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(text) else { return false };
        self.rest = rest;
        true
    }

    fn expect(&mut self, text: &str) -> Result<(), Fault> {
        self.space();
        if self.eat(text) { Ok(()) } else { Err(self.expected(&format!("`{text}`"))) }
    }

    fn expected(&self, what: &str) -> Fault {
        let found: String = self.rest.trim_start().chars().take(20).collect();
        let found = if found.is_empty() { "the end of the line".to_string() } else { format!("`{found}`") };
        Fault::syntax(format!("expected {what}, found {found}"))
    }

    /// The longest run from here on whose characters are fit; nothing where there is none.
    fn run(&mut self, fit: impl Fn(char) -> bool) -> Option<&'a str> {
        let end = self.rest.find(|c| !fit(c)).unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!run.is_empty()).then_some(run)
    }

    fn name(&mut self) -> Option<&'a str> {
        self.space();
        if !self.rest.starts_with(|c: char| c.is_ascii_lowercase() || c == '_') {
            return None;
        }
        self.run(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'))
    }

    fn keyword(&mut self, word: &str) -> bool {
        let before = self.rest;
        let found = self.name() == Some(word);
        if !found {
            self.rest = before;
        }
        found
    }

    fn quantity(&mut self) -> Quantity {
        match self.repeat() {
            Repeat::Once => Quantity::One,
            Repeat::Optional => Quantity::Optional,
            Repeat::Star => Quantity::Any,
            Repeat::Plus => Quantity::Several,
        }
    }

    fn repeat(&mut self) -> Repeat {
        for (sign, repeat) in [("?", Repeat::Optional), ("*", Repeat::Star), ("+", Repeat::Plus)] {
            if self.eat(sign) {
                return repeat;
            }
        }
        Repeat::Once
    }

    fn way(&mut self, captures: &[String]) -> Result<Way, Fault> {
        let Some(name) = self.name() else { return Err(self.expected("an earlier capture")) };
        let known = || captures.iter().map(String::as_str);
        let Some(anchor) = known().position(|capture| capture == name) else {
            return Err(Fault::unknown("capture", name, known()));
        };
        Ok(Way { anchor, path: self.path(0)? })
    }

    fn path(&mut self, depth: usize) -> Result<Path, Fault> {
        let mut steps = Vec::new();
        while !self.at_end() && self.rest.starts_with(['>', '<', '.']) {
            steps.push(self.step(depth)?);
        }
        Ok(Path { steps, test: self.closing_test(depth)? })
    }

    /// A path's last test; where there is none, every token passes.
    fn closing_test(&mut self, depth: usize) -> Result<Test, Fault> {
        let before = self.rest;
        let none = self.at_end() || self.rest.starts_with(')') || self.keyword("or");
        if none {
            self.rest = before;
            return Ok(Test::Any);
        }
        self.test(depth)
    }

    fn step(&mut self, depth: usize) -> Result<Step, Fault> {
        let (hop, repeat) = self.hop()?;
        let test = if self.eat("[") {
            let tests = self.tests(depth)?;
            self.expect("]")?;
            Test::Either(tests)
        } else {
            Test::Any
        };
        Ok(Step { hop, repeat, test })
    }

    fn hop(&mut self) -> Result<(Hop, Repeat), Fault> {
        if self.eat(">>") {
            return Ok((Hop::Down(Relations::any()), Repeat::Plus));
        }
        if self.eat("<<") {
            return Ok((Hop::Up(Relations::any()), Repeat::Plus));
        }
        let hop = if self.eat(">") {
            Hop::Down(self.relations()?)
        } else if self.eat("<") {
            Hop::Up(self.relations()?)
        } else {
            self.expect(".")?;
            self.place()?
        };
        Ok((hop, self.repeat()))
    }

    fn place(&mut self) -> Result<Hop, Fault> {
        let name = self.run(|c| c.is_ascii_lowercase()).unwrap_or("");
        match name {
            "next" => Ok(Hop::Right { least: 1, most: 1 }),
            "prev" => Ok(Hop::Left { least: 1, most: 1 }),
            "right" => self.range().map(|(least, most)| Hop::Right { least, most }),
            "left" => self.range().map(|(least, most)| Hop::Left { least, most }),
            "sentence" => Ok(Hop::Sentence),
            "subject" => Ok(Hop::Subject),
            _ => Err(Fault::unknown("step", &format!(".{name}"), PLACES.into_iter())),
        }
    }

    /// `{1,4}`, or `{2}` for exactly two places.
    fn range(&mut self) -> Result<(usize, usize), Fault> {
        self.expect("{")?;
        let least = self.number()?;
        self.space();
        let most = if self.eat(",") { self.number()? } else { least };
        self.expect("}")?;
        if least == 0 || least > most {
            return Err(Fault::unsound(format!(
                "`{{{least},{most}}}` must begin at 1 and not end before it"
            )));
        }
        Ok((least, most))
    }

    fn number(&mut self) -> Result<usize, Fault> {
        self.space();
        let digits = self.run(|c| c.is_ascii_digit()).unwrap_or("");
        let wanted = || Fault::syntax(format!("expected a number of tokens up to 65535, found `{digits}`"));
        let number: u16 = digits.parse().map_err(|_| wanted())?;
        Ok(usize::from(number))
    }

    fn relations(&mut self) -> Result<Relations, Fault> {
        let exact = self.eat("=");
        let mut names = Vec::new();
        loop {
            let Some(name) = self.run(|c| c.is_ascii_lowercase() || c == ':') else {
                return Err(self.expected("a dependency relation"));
            };
            names.push(known_relation(name)?.to_string());
            if !self.eat("|") {
                break;
            }
        }
        if names.iter().any(|name| name == "any") {
            Ok(Relations::any())
        } else {
            Ok(Relations { names, exact })
        }
    }

    /// Tests with `or` between them.
    fn tests(&mut self, depth: usize) -> Result<Vec<Test>, Fault> {
        let mut tests = vec![self.test(depth)?];
        while self.keyword("or") {
            tests.push(self.test(depth)?);
        }
        Ok(tests)
    }

    /// Atoms with `&` between them.
    fn test(&mut self, depth: usize) -> Result<Test, Fault> {
        let first = self.atom(depth)?;
        let mut all = vec![first];
        self.space();
        while self.eat("&") {
            all.push(self.atom(depth)?);
            self.space();
        }
        Ok(Test::All(all))
    }

    fn atom(&mut self, depth: usize) -> Result<Test, Fault> {
        if depth >= DEPTH {
            return Err(Fault::syntax(format!("tests are nested more than {DEPTH} deep")));
        }
        self.space();
        if self.eat("!") {
            return Ok(Test::Not(Box::new(self.atom(depth + 1)?)));
        }
        if self.eat("(") {
            let tests = self.tests(depth + 1)?;
            self.expect(")")?;
            return Ok(Test::Either(tests));
        }
        if self.rest.starts_with(|c: char| c.is_ascii_uppercase()) {
            return self.kinds();
        }
        match self.name() {
            Some("any") => Ok(Test::Any),
            Some("has") => self.has(depth + 1),
            Some(key) => self.keyed(key),
            None => Err(self.expected("a test such as `lemma:go`, `VERB` or `any`")),
        }
    }

    /// `VERB|AUX|PERSON`: parts of speech and classes, any of them.
    fn kinds(&mut self) -> Result<Test, Fault> {
        let mut tests = Vec::new();
        loop {
            tests.push(self.kind()?);
            if !self.eat("|") {
                return Ok(Test::Either(tests));
            }
        }
    }

    fn kind(&mut self) -> Result<Test, Fault> {
        let fit = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
        let Some(name) = self.run(fit) else { return Err(self.expected("a class or part of speech")) };
        if let Some((_, upos)) = UPOS.iter().find(|(tag, _)| *tag == name) {
            return Ok(Test::Upos(*upos));
        }
        let classes = self.scope.classes;
        match classes.iter().position(|class| *class == name).map(u32::try_from) {
            Some(Ok(class)) => Ok(Test::Class(class)),
            _ => {
                let known = classes.iter().copied().chain(UPOS.iter().map(|(tag, _)| *tag));
                Err(Fault::unknown("class or part of speech", name, known))
            }
        }
    }

    fn has(&mut self, depth: usize) -> Result<Test, Fault> {
        self.expect("(")?;
        let path = self.path(depth)?;
        if path.steps.is_empty() {
            return Err(Fault::syntax("`has` needs a path, as in `has(>conj PROPN)`"));
        }
        self.expect(")")?;
        Ok(Test::Has(Box::new(path)))
    }

    fn keyed(&mut self, key: &str) -> Result<Test, Fault> {
        if !KEYS.contains(&key) {
            return Err(Fault::unknown("test", key, KEYS.into_iter().chain(["any", "has"])));
        }
        self.expect(":")?;
        match key {
            "rel" => Ok(Test::Relation(self.relations()?)),
            "case" => Ok(Test::Case(self.words()?.iter().map(|words| split(words)).collect())),
            "det" => {
                Ok(Test::Determiner(self.single_words(key)?.iter().map(|w| comparable_word(w)).collect()))
            }
            "lemma" => Ok(Test::Lemma(self.single_words(key)?.iter().map(|w| comparable_word(w)).collect())),
            "word" => Ok(Test::Word(self.single_words(key)?.iter().map(|w| comparable_word(w)).collect())),
            "xpos" => Ok(Test::Xpos(self.single_words(key)?)),
            _ => Ok(Test::Form(self.single_words(key)?)),
        }
    }

    fn single_words(&mut self, key: &str) -> Result<Vec<String>, Fault> {
        let words = self.words()?;
        match words.iter().find(|word| word.contains(char::is_whitespace)) {
            Some(several) => {
                Err(Fault::unsound(format!("`{key}:` looks at one token, which is never `{several}`")))
            }
            None => Ok(words),
        }
    }

    /// Words, quoted words and lists with `|` between them.
    fn words(&mut self) -> Result<Vec<String>, Fault> {
        let mut words = Vec::new();
        loop {
            self.space();
            self.word(&mut words)?;
            self.space();
            if !self.eat("|") {
                return Ok(words);
            }
        }
    }

    fn word(&mut self, words: &mut Vec<String>) -> Result<(), Fault> {
        if self.eat("@") {
            words.extend(self.list()?.iter().cloned());
            return Ok(());
        }
        let quoted = self.eat("\"");
        let end = |c: char| c.is_whitespace() || matches!(c, '&' | '|' | '(' | ')' | '[' | ']' | '"');
        let word = if quoted { self.run(|c| c != '"') } else { self.run(|c| !end(c)) };
        if quoted {
            self.expect("\"")?;
        }
        match word.map(str::trim) {
            Some("") | None => Err(self.expected("a word")),
            Some(word) => {
                words.push(word.to_string());
                Ok(())
            }
        }
    }

    fn list(&mut self) -> Result<&'a [String], Fault> {
        let name = self.name().unwrap_or("");
        match self.scope.lists.get(name) {
            Some(words) => Ok(words),
            None => Err(Fault::unknown("list", name, self.scope.lists.keys().map(String::as_str))),
        }
    }
}

fn known_relation(name: &str) -> Result<&str, Fault> {
    let universal = name.split_once(':').map_or(name, |(universal, _)| universal);
    if universal == "any" || RELATIONS.lines().any(|relation| relation == universal) {
        return Ok(name);
    }
    Err(Fault::unknown("relation", name, RELATIONS.lines().chain(["any"])))
}

fn comparable_word(word: &str) -> String {
    comparable(word).collect()
}

fn split(words: &str) -> Vec<String> {
    words.split_whitespace().map(comparable_word).collect()
}
