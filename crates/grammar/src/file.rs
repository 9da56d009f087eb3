//! Reads rule files in TOML: keys checked, match blocks parsed, every problem told with its line.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::contract::Contract;
use crate::draft::Draft;
use crate::error::{Fault, Problem};
use crate::parse::{self, Scope};
use crate::pattern::Pattern;
use crate::{Find, Ignore, Rule};

/// The largest file that is read; a thousand times the size of a common one.
const LARGEST: usize = 4 << 20;

/// The keys of a file.
const TOP_KEYS: [&str; 2] = ["lists", "rule"];

/// The keys of a rule.
const RULE_KEYS: [&str; 8] = ["about", "finds", "ignores", "match", "name", "share", "with", "yields"];

/// The file whose lists hold for its whole folder.
const SHARED_LISTS: &str = "lists.toml";

/// A rule file whose TOML has been read.
pub(crate) struct File<'a> {
    pub name: &'a str,
    drafts: Vec<Draft>,
    lists: BTreeMap<String, Vec<String>>,
}

impl<'a> File<'a> {
    /// Reads a file as far as its TOML is sound.
    pub fn read(name: &'a str, text: &str, problems: &mut Vec<Problem>) -> File<'a> {
        let file = File { name, drafts: Vec::new(), lists: BTreeMap::new() };
        if text.len() > LARGEST {
            let what = format!("the file has {} bytes; at most {LARGEST} are read; split it", text.len());
            problems.push(file.problem(1, None, Fault::unsound(what)));
            return file;
        }
        let newlines =
            text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
        let mut reader = Reader { text, newlines, rule: None, file, problems };
        let (table, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            reader.top(table.get_ref());
        }
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            reader.say(at, Fault::syntax(format!("not TOML: {}", error.message())));
        }
        reader.file
    }

    /// A problem in this file.
    pub fn problem(&self, line: usize, rule: Option<&str>, fault: Fault) -> Problem {
        let Fault { kind, what } = fault;
        Problem { file: self.name.to_string(), line, rule: rule.map(str::to_string), what, kind }
    }

    fn folder(&self) -> &str {
        self.name.rfind(['/', '\\']).map_or("", |end| &self.name[..=end])
    }

    /// Whether its lists hold for another file.
    fn lends_to(&self, other: &File<'_>) -> bool {
        let base = &self.name[self.folder().len()..];
        base == SHARED_LISTS && other.folder().starts_with(self.folder())
    }
}

/// Parses the match blocks of all files; the rules that are sound are returned.
pub(crate) fn compile(
    files: &[File<'_>],
    classes: &[&str],
    contract: Option<&Contract>,
    problems: &mut Vec<Problem>,
) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut places = BTreeMap::new();
    for file in files {
        let lists = lists(files, file);
        let scope = Scope { classes, lists: &lists };
        for draft in &file.drafts {
            let faults = &mut Vec::new();
            distinct(file, draft, &mut places, faults);
            let rule = rule(file, draft, &scope, faults);
            if let (Some(contract), Some(rule)) = (contract, &rule) {
                faults.extend(contract.faults(draft, &rule.pattern));
            }
            rules.extend(rule);
            let name = draft.name.as_deref();
            problems.extend(faults.drain(..).map(|(line, fault)| file.problem(line, name, fault)));
        }
    }
    rules
}

/// The lists a file may name: its own before those of its folder, and those before its parents'.
fn lists(files: &[File<'_>], file: &File<'_>) -> BTreeMap<String, Vec<String>> {
    let mut lenders: Vec<&File<'_>> = files.iter().filter(|other| other.lends_to(file)).collect();
    lenders.sort_by_key(|lender| lender.folder().len());
    let all = lenders.into_iter().chain([file]).flat_map(|file| &file.lists);
    all.map(|(name, words)| (name.clone(), words.clone())).collect()
}

fn distinct<'a>(
    file: &'a File<'_>,
    draft: &'a Draft,
    places: &mut BTreeMap<&'a str, (&'a str, usize)>,
    faults: &mut Vec<(usize, Fault)>,
) {
    let Some(name) = &draft.name else { return };
    if let Some((other, line)) = places.get(name.as_str()) {
        let what = format!("the rule at {other}:{line} has the same name; rename one of them");
        faults.push((draft.line, Fault::unsound(what)));
    } else {
        places.insert(name, (file.name, draft.line));
    }
}

fn rule(file: &File<'_>, draft: &Draft, scope: &Scope<'_>, faults: &mut Vec<(usize, Fault)>) -> Option<Rule> {
    let lines = draft.block.as_ref()?.iter().map(|(line, source)| (*line, source.as_str()));
    let pattern = match parse::pattern(lines, scope, draft.share) {
        Ok(pattern) => pattern,
        Err(found) if found.is_empty() => {
            faults.push((draft.line, Fault::unsound("its `match` is empty; begin it with `trigger = TEST`")));
            return None;
        }
        Err(found) => {
            faults.extend(found);
            return None;
        }
    };
    let finds = draft.finds.clone()?;
    faults.extend(finds.iter().filter_map(|find| Some((find.line, unfindable(find, &pattern)?))));
    Some(Rule {
        name: draft.name.clone()?,
        yields: draft.yields.clone()?.1,
        about: draft.about.clone(),
        with: draft.with.clone(),
        finds,
        ignores: draft.ignores.clone(),
        file: file.name.to_string(),
        line: draft.line,
        pattern,
    })
}

/// Why an example can never be found as it says.
fn unfindable(find: &Find, pattern: &Pattern) -> Option<Fault> {
    for (capture, words) in &find.captures {
        if !pattern.captures.contains(capture) {
            let known = pattern.captures.iter().map(String::as_str);
            return Some(Fault::unknown("capture", capture, known));
        }
        if let Some(absent) = words.iter().find(|words| words.is_empty() || !find.text.contains(*words)) {
            let what = format!("`{capture}` is to be `{absent}`, which its text does not contain");
            return Some(Fault::unsound(what));
        }
    }
    None
}

/// Reads the tables of one file.
struct Reader<'a, 't, 'p> {
    text: &'t str,
    /// Where its newlines stand.
    newlines: Vec<usize>,
    file: File<'a>,
    /// The rule being read.
    rule: Option<String>,
    problems: &'p mut Vec<Problem>,
}

type Value<'t> = Spanned<DeValue<'t>>;

impl<'t> Reader<'_, 't, '_> {
    fn line(&self, at: usize) -> usize {
        1 + self.newlines.partition_point(|newline| *newline < at)
    }

    fn say(&mut self, at: usize, fault: Fault) {
        let problem = self.file.problem(self.line(at), self.rule.as_deref(), fault);
        self.problems.push(problem);
    }

    fn mistyped(&mut self, key: &str, value: &Value<'t>, wanted: &str) {
        let found = value.get_ref().type_str();
        self.say(
            value.span().start,
            Fault::unsound(format!("`{key}` must be {wanted}, and is of type {found}")),
        );
    }

    fn top(&mut self, table: &DeTable<'t>) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "lists" => self.lists(value),
                "rule" => self.rules(value),
                other => self.say(key.span().start, Fault::unknown("key", other, TOP_KEYS.into_iter())),
            }
        }
    }

    fn lists(&mut self, value: &Value<'t>) {
        let Some(table) = value.get_ref().as_table() else { return self.mistyped("lists", value, "a table") };
        for (name, words) in table {
            let words = self.strings(name.get_ref(), words).into_iter().map(|(word, _)| word).collect();
            self.file.lists.insert(name.get_ref().to_string(), words);
        }
    }

    fn rules(&mut self, value: &Value<'t>) {
        let Some(rules) = value.get_ref().as_array() else {
            return self.mistyped("rule", value, "a list of tables, each begun by `[[rule]]`");
        };
        for rule in rules {
            match rule.get_ref().as_table() {
                Some(table) => self.one_rule(rule.span().start, table),
                None => self.mistyped("rule", rule, "a table"),
            }
            self.rule = None;
        }
    }

    fn one_rule(&mut self, at: usize, table: &DeTable<'t>) {
        self.rule = table.get("name").and_then(|name| name.get_ref().as_str()).map(str::to_string);
        let mut draft = Draft { line: self.line(at), ..Draft::default() };
        for (key, value) in table {
            let key_at = key.span().start;
            self.entry(key.get_ref(), key_at, value, &mut draft);
        }
        for required in ["finds", "match", "name", "yields"] {
            if !table.contains_key(required) {
                self.say(at, Fault::unsound(format!("the rule has no `{required}`; add one")));
            }
        }
        self.file.drafts.push(draft);
    }

    fn entry(&mut self, key: &str, at: usize, value: &Value<'t>, draft: &mut Draft) {
        match key {
            "name" => draft.name = self.string(key, value),
            "yields" => {
                let line = self.line(at);
                draft.yields = self.string(key, value).map(|name| (line, name));
            }
            "about" => draft.about = self.string(key, value),
            "with" => self.attributes(value, draft),
            "share" => draft.share = self.flag(key, value),
            "match" => draft.block = self.string(key, value).map(|block| self.block(value.span(), &block)),
            "finds" => draft.finds = self.finds(value),
            "ignores" => {
                let texts = self.strings(key, value).into_iter();
                draft.ignores = texts.map(|(text, at)| Ignore { text, line: self.line(at) }).collect();
            }
            other => self.say(at, Fault::unknown("key", other, RULE_KEYS.into_iter())),
        }
    }

    fn string(&mut self, key: &str, value: &Value<'t>) -> Option<String> {
        match value.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => return Some(text.to_string()),
            Some(_) => self.say(value.span().start, Fault::unsound(format!("`{key}` is empty"))),
            None => self.mistyped(key, value, "a string"),
        }
        None
    }

    fn flag(&mut self, key: &str, value: &Value<'t>) -> bool {
        if value.get_ref().as_bool().is_none() {
            self.mistyped(key, value, "`true` or `false`");
        }
        value.get_ref().as_bool().unwrap_or_default()
    }

    /// The strings of an array, each with its place.
    fn strings(&mut self, key: &str, value: &Value<'t>) -> Vec<(String, usize)> {
        let Some(array) = value.get_ref().as_array() else {
            self.mistyped(key, value, "an array of strings");
            return Vec::new();
        };
        array.iter().filter_map(|item| Some((self.string(key, item)?, item.span().start))).collect()
    }

    fn attributes(&mut self, value: &Value<'t>, draft: &mut Draft) {
        let Some(table) = value.get_ref().as_table() else {
            return self.mistyped("with", value, "a table of strings");
        };
        for (key, value) in table {
            let name = key.get_ref().to_string();
            draft.with_lines.insert(name.clone(), self.line(key.span().start));
            if let Some(value) = self.string(&name, value) {
                draft.with.insert(name, value);
            }
        }
    }

    fn finds(&mut self, value: &Value<'t>) -> Option<Vec<Find>> {
        let Some(array) = value.get_ref().as_array() else {
            self.mistyped("finds", value, "an array of tables");
            return None;
        };
        if array.is_empty() {
            self.say(
                value.span().start,
                Fault::unsound("`finds` is empty; give a text in which the rule matches"),
            );
        }
        array.iter().map(|item| self.find(item)).collect()
    }

    fn find(&mut self, item: &Value<'t>) -> Option<Find> {
        let Some(table) = item.get_ref().as_table() else {
            self.mistyped("finds", item, "an array of tables such as `{ text = \"…\" }`");
            return None;
        };
        let Some(text) = table.get("text") else {
            self.say(item.span().start, Fault::unsound("an example of `finds` has no `text`"));
            return None;
        };
        let text = self.string("text", text)?;
        let captures = table.iter().filter(|(key, _)| key.get_ref() != "text");
        let captures =
            captures.map(|(key, value)| (key.get_ref().to_string(), self.expected(key.get_ref(), value)));
        Some(Find { text, captures: captures.collect(), line: self.line(item.span().start) })
    }

    /// One phrase, or an array of them.
    fn expected(&mut self, key: &str, value: &Value<'t>) -> Vec<String> {
        if value.get_ref().is_str() {
            return self.string(key, value).into_iter().collect();
        }
        self.strings(key, value).into_iter().map(|(words, _)| words).collect()
    }

    /// The lines of a block with their numbers. A newline right after the opening quotes is not part of the value.
    fn block(&self, span: Range<usize>, block: &str) -> Vec<(usize, String)> {
        let raw = self.text.get(span.clone()).unwrap_or("");
        let opening = raw.strip_prefix("\"\"\"").or(raw.strip_prefix("'''")).unwrap_or("");
        let skipped = usize::from(opening.starts_with('\n') || opening.starts_with("\r\n"));
        let (first, last) = (self.line(span.start) + skipped, self.line(span.end));
        // Newlines written as escapes stand on no line of their own.
        block.lines().enumerate().map(|(i, source)| ((first + i).min(last), source.to_string())).collect()
    }
}
