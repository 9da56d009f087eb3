//! A page to a document whose elements are nested only so deep.
//!
//! The HTML standard sets no bound, and building or searching a tree takes time with the square of its depth.
//! Browsers stop at 512; so does this: the tags of deeper elements are passed over, and their text stays.

use std::cell::RefCell;

use dom_query::{Document, LocalName};
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::TokenizerResult;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use html5ever::tree_builder::{TreeBuilder, TreeSink};

const DEEPEST: usize = 512;

/// Elements that hold no others, or that the next of their kind closes. Those whose content is not markup are among
/// them: without its tag, a script would turn into text.
const NEVER_DEEP: [&str; 43] = [
    "area",
    "base",
    "br",
    "caption",
    "col",
    "colgroup",
    "dd",
    "dt",
    "embed",
    "frame",
    "head",
    "hr",
    "html",
    "iframe",
    "img",
    "input",
    "li",
    "link",
    "meta",
    "noembed",
    "noframes",
    "noscript",
    "optgroup",
    "option",
    "p",
    "param",
    "plaintext",
    "rb",
    "rp",
    "rt",
    "script",
    "source",
    "style",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "wbr",
    "xmp",
];

/// The document that `page` is.
pub(crate) fn document(page: &str) -> Document {
    let builder = TreeBuilder::new(Document::default(), Default::default());
    let tokenizer = Tokenizer::new(Bounded { builder, open: RefCell::default() }, Default::default());
    let input = BufferQueue::default();
    input.push_back(page.into());
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

/// Hands tags on to the tree builder while no more than [`DEEPEST`] elements are open.
///
/// An element counts as closed only when its end tag follows with nothing left open in between, so that however tags
/// are crossed, the tree is no deeper than the count.
struct Bounded<Builder> {
    builder: Builder,
    open: RefCell<Vec<LocalName>>,
}

impl<Builder: TokenSink> Bounded<Builder> {
    /// Whether the tag is to be handed on.
    fn admits(&self, tag: &Tag) -> bool {
        let mut open = self.open.borrow_mut();
        if tag.kind == TagKind::StartTag {
            open.push(tag.name.clone());
            return open.len() <= DEEPEST;
        }
        let closed_deep = open.len() > DEEPEST;
        let closes = open.last() == Some(&tag.name);
        if closes {
            open.pop();
        }
        !(closes && closed_deep)
    }
}

impl<Builder: TokenSink> TokenSink for Bounded<Builder> {
    type Handle = Builder::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Builder::Handle> {
        match token {
            Token::TagToken(tag) if !NEVER_DEEP.contains(&&*tag.name) => {
                if !self.admits(&tag) {
                    return TokenSinkResult::Continue;
                }
                // An element that closes itself opens nothing, whether or not HTML lets its kind do so.
                let end =
                    tag.self_closing.then(|| Tag { kind: TagKind::EndTag, attrs: vec![], ..tag.clone() });
                let result = self.builder.process_token(Token::TagToken(tag), line);
                match end.filter(|end| self.admits(end)) {
                    Some(end) => self.builder.process_token(Token::TagToken(end), line),
                    None => result,
                }
            }
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
