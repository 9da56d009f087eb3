//! Parses a page into a document of bounded depth and size.
//!
//! The HTML standard sets no bounds, and building or searching a tree takes time with the square of its depth. Browsers
//! stop at a depth of 512; so does this: the tags of deeper elements, and of those beyond the number that is searched,
//! are passed over, and their text stays.

use std::cell::{Cell, RefCell};

use dom_query::{Document, LocalName};
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::TokenizerResult;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use html5ever::tree_builder::{TreeBuilder, TreeSink};

const MAX_DEPTH: usize = 512;

/// The most tags that are handed on; articles have a few thousand.
const MAX_TAGS: usize = 100_000;

/// Elements whose content is not markup. Without its tag, a script would turn into text.
const RAW: [&str; 10] =
    ["iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp"];

/// Elements that hold no others, or that the next of their kind closes.
const FLAT: [&str; 33] = [
    "area", "base", "br", "caption", "col", "colgroup", "dd", "dt", "embed", "frame", "head", "hr", "html",
    "img", "input", "li", "link", "meta", "optgroup", "option", "p", "param", "rb", "rp", "rt", "source",
    "tbody", "td", "tfoot", "th", "thead", "tr", "wbr",
];

/// Elements that the tree builder opens again in each paragraph until they are closed, up to three that are alike.
const FORMATTING: [&str; 12] =
    ["b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"];

/// The document that `page` is.
pub(crate) fn document(page: &str) -> Document {
    let builder = TreeBuilder::new(Document::default(), Default::default());
    let tokenizer = Tokenizer::new(
        Bounded { builder, open: RefCell::default(), handed: Cell::default() },
        Default::default(),
    );
    let input = BufferQueue::default();
    input.push_back(page.into());
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

/// Hands tags on to the tree builder while no more than [`MAX_DEPTH`] elements are open, and [`MAX_TAGS`] in all.
///
/// An element counts as closed only when its end tag follows with nothing left open in between, so that however tags
/// are crossed, the tree is no deeper than the count.
struct Bounded<Builder> {
    builder: Builder,
    open: RefCell<Vec<LocalName>>,
    handed: Cell<usize>,
}

impl<Builder: TokenSink> Bounded<Builder> {
    /// Whether the tag is to be handed on.
    fn admits(&self, tag: &Tag) -> bool {
        if RAW.contains(&&*tag.name) {
            return true;
        }
        self.handed.set(self.handed.get() + 1);
        self.handed.get() <= MAX_TAGS && (FLAT.contains(&&*tag.name) || self.admits_nested(tag))
    }

    fn admits_nested(&self, tag: &Tag) -> bool {
        let mut open = self.open.borrow_mut();
        if tag.kind == TagKind::StartTag {
            open.push(tag.name.clone());
            return open.len() <= MAX_DEPTH;
        }
        let closed_deep = open.len() > MAX_DEPTH;
        let closes = open.last() == Some(&tag.name);
        if closes {
            open.pop();
        }
        !(closes && closed_deep)
    }

    fn hand_on(&self, mut tag: Tag, line: u64) -> TokenSinkResult<Builder::Handle> {
        if FORMATTING.contains(&&*tag.name) {
            // Attributes would make each unlike the others.
            tag.attrs.clear();
        }
        let nested = !RAW.contains(&&*tag.name) && !FLAT.contains(&&*tag.name);
        // An element that closes itself opens nothing, whether or not HTML lets its kind do so.
        let end =
            (nested && tag.self_closing).then(|| Tag { kind: TagKind::EndTag, attrs: vec![], ..tag.clone() });
        let result = self.builder.process_token(Token::TagToken(tag), line);
        match end.filter(|end| self.admits(end)) {
            Some(end) => self.builder.process_token(Token::TagToken(end), line),
            None => result,
        }
    }
}

impl<Builder: TokenSink> TokenSink for Bounded<Builder> {
    type Handle = Builder::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Builder::Handle> {
        match token {
            Token::TagToken(tag) if self.admits(&tag) => self.hand_on(tag, line),
            Token::TagToken(_) => TokenSinkResult::Continue,
            other => self.builder.process_token(other, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
