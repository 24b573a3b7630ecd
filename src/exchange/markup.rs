//! XML of other people, read as a stream: bounded depth, no entities but the five, no DTD, names without prefixes.
//!
//! Memory is that of one tag or one run of text, and those are bounded by the bytes that were read for them.

use std::io::{self, BufRead, Read};

use quick_xml::{
    Reader,
    escape::resolve_xml_entity,
    events::{BytesRef, BytesStart, Event},
};

use super::{
    error::{Excess, ReadError},
    guard, limits,
};

/// Bytes of one tag, comment or run of text at most.
const TOKEN: u64 = 4 * limits::CELL as u64;

/// Bytes of a reference (`&#x10FFFF;`) at most: looking further takes time by the square of a hostile value's length.
const REFERENCE: usize = 16;

/// A stream of elements and texts.
pub struct Markup<R> {
    reader: Reader<Rationed<R>>,
    buffer: Vec<u8>,
    depth: usize,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// An element begins. An empty element (`<a/>`) is opened and closed.
    Open(Element),
    /// An element ends, by local name.
    Close(String),
    /// Text, unescaped; CDATA too. One text may come in several pieces: `a&amp;b` in three.
    Text(String),
}

/// An element's name and attributes, both without prefix.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Element {
    /// Local name.
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// An attribute by local name, unescaped.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }
}

impl<R: BufRead> Markup<R> {
    /// Reads from `source`.
    pub fn new(source: R) -> Self {
        let mut reader = Reader::from_reader(Rationed { source, left: 0 });
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            buffer: Vec::new(),
            depth: 0,
        }
    }

    /// How many bytes were read so far.
    pub fn position(&self) -> u64 {
        self.reader.buffer_position()
    }

    /// The next node; `None` at the end.
    ///
    /// # Errors
    ///
    /// Malformed, too deep, or what the source failed with.
    #[expect(clippy::should_implement_trait, reason = "it can fail")]
    pub fn next(&mut self) -> Result<Option<Node>, ReadError> {
        loop {
            self.buffer.clear();
            self.reader.get_mut().left = TOKEN;
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(error) => {
                    let position = self.reader.error_position();
                    return Err(failed(&error, position));
                }
            };
            match event {
                Event::Start(tag) => {
                    if self.depth >= limits::DEPTH {
                        return Err(ReadError::TooLarge(Excess::Depth));
                    }
                    self.depth += 1;
                    return element(&tag)
                        .map(|element| Some(Node::Open(element)))
                        .map_err(|error| failed(&error, self.reader.buffer_position()));
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    let name = tag.local_name().into_inner().to_owned();
                    return Ok(Some(Node::Close(name)));
                }
                Event::Text(text) => {
                    return Ok(Some(Node::Text(text.xml10_content().into_owned())));
                }
                Event::CData(text) => {
                    return Ok(Some(Node::Text(text.xml10_content().into_owned())));
                }
                Event::GeneralRef(reference) => {
                    return Ok(Some(Node::Text(resolved(&reference))));
                }
                Event::Eof if self.depth > 0 => {
                    let position = self.reader.buffer_position();
                    return Err(broken(position));
                }
                Event::Eof => return Ok(None),
                // A DTD is passed over with all the entities that it declares; empty elements come opened and closed.
                Event::Empty(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_) => {}
            }
        }
    }

    /// Passes over the rest of the element that was opened last.
    ///
    /// # Errors
    ///
    /// As of [`Self::next`].
    pub fn skip(&mut self) -> Result<(), ReadError> {
        let mut open = 1_usize;
        while open > 0 {
            match self.next()? {
                Some(Node::Open(_)) => open += 1,
                Some(Node::Close(_)) => open -= 1,
                Some(Node::Text(_)) => {}
                None => break,
            }
        }
        Ok(())
    }
}

/// Adds more to the text of a cell or paragraph, as long as it fits into a cell.
///
/// # Errors
///
/// [`Excess::Cell`] where it does not.
pub(super) fn append(text: &mut String, more: &str) -> Result<(), ReadError> {
    if text.len().saturating_add(more.len()) > limits::CELL {
        return Err(ReadError::TooLarge(Excess::Cell));
    }
    text.push_str(more);
    Ok(())
}

fn element(tag: &BytesStart) -> Result<Element, quick_xml::Error> {
    let mut attributes = Vec::new();
    // Looking for attributes that are there twice takes time by the square of their number; the first one counts.
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute?;
        let name = attribute.key.local_name().into_inner().to_owned();
        attributes.push((name, unescaped(&attribute.value)));
    }
    Ok(Element {
        name: tag.local_name().into_inner().to_owned(),
        attributes,
    })
}

/// Whether XML can hold the character; where one stands that it cannot, no program opens the file.
pub(super) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// An attribute's value; what is no reference that is known stays as it stands.
pub(super) fn unescaped(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let known = reference(after)
            .and_then(|(name, after)| Some((known_reference(&BytesRef::new(name))?, after)));
        if let Some((character, after)) = known {
            text.push_str(&character);
            rest = after;
        } else {
            text.push('&');
            rest = after;
        }
    }
    text.push_str(rest);
    text
}

/// The name before a `;` that is near, and what follows it.
fn reference(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().take(REFERENCE).position(|byte| byte == b';')?;
    Some((text.get(..end)?, text.get(end + 1..)?))
}

/// The text that a reference stands for; one that only a DTD could explain stays as it stands.
fn resolved(reference: &BytesRef) -> String {
    known_reference(reference).unwrap_or_else(|| format!("&{};", &**reference))
}

fn known_reference(reference: &BytesRef) -> Option<String> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Some(character.to_string()),
        Ok(None) => resolve_xml_entity(reference).map(str::to_owned),
        Err(_) => None,
    }
}

fn failed(error: &quick_xml::Error, position: u64) -> ReadError {
    match error {
        quick_xml::Error::Io(error) => guard::carried(error),
        _ => broken(position),
    }
}

/// Why XML is not read any further than a byte.
pub(super) fn broken(position: u64) -> ReadError {
    ReadError::Broken(format!("内容在第 {position} 字节处中断或写法有误"))
}

/// A source of which so many bytes may be taken before somebody allots more.
struct Rationed<R> {
    source: R,
    left: u64,
}

impl<R: BufRead> Read for Rationed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Rationed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other(ReadError::TooLarge(Excess::Cell)));
        }
        let available = self.source.fill_buf()?;
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        Ok(available.get(..left).unwrap_or(available))
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount as u64);
        self.source.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes(xml: &str) -> Result<Vec<Node>, ReadError> {
        let mut markup = Markup::new(xml.as_bytes());
        let mut nodes = Vec::new();
        while let Some(node) = markup.next()? {
            nodes.push(node);
        }
        Ok(nodes)
    }

    fn texts(xml: &str) -> String {
        let mut all = String::new();
        for node in nodes(xml).unwrap() {
            if let Node::Text(text) = node {
                all.push_str(&text);
            }
        }
        all
    }

    #[test]
    fn names_and_attributes_come_without_prefix() {
        let nodes = nodes(r#"<w:p xmlns:w="x" w:val="a&amp;b&#x4e2d;"/>"#).unwrap();
        let [Node::Open(element), Node::Close(name)] = nodes.as_slice() else {
            panic!("{nodes:?}");
        };
        assert_eq!(element.name, "p");
        assert_eq!(element.get("val"), Some("a&b中"));
        assert_eq!(name, "p");
    }

    #[test]
    fn the_five_entities_and_numbers_are_resolved_and_no_others() {
        assert_eq!(
            texts("<a>1&lt;2&#37;&nbsp;<![CDATA[<b>]]></a>"),
            "1<2%&nbsp;<b>"
        );
        let bomb = "<!DOCTYPE a [<!ENTITY b \"c\"><!ENTITY d \"&b;&b;\">]><a e='&d;'>&d;</a>";
        assert_eq!(texts(bomb), "&d;");
        assert_eq!(unescaped("&b;&&amp;&amp"), "&b;&&&amp");
    }

    #[test]
    fn depth_and_length_of_a_token_are_bounded() {
        let deep = "<a>".repeat(limits::DEPTH + 1);
        assert_eq!(nodes(&deep), Err(ReadError::TooLarge(Excess::Depth)));
        let long = "字".repeat(TOKEN as usize);
        for xml in [
            format!("<a>{long}</a>"),
            format!("<a b='{long}'/>"),
            format!("<!--{long}--><a/>"),
        ] {
            assert_eq!(nodes(&xml), Err(ReadError::TooLarge(Excess::Cell)));
        }
    }

    #[test]
    fn what_breaks_off_is_broken() {
        for xml in ["<a><b></b>", "<a", "<a></b>", "<a>\u{0}&#0;</a>x<"] {
            let result = nodes(xml);
            let fits = matches!(&result, Err(ReadError::Broken(_)));
            assert!(fits || xml.contains("&#0;"), "{xml}: {result:?}");
        }
    }

    #[test]
    fn a_value_full_of_ampersands_takes_no_time() {
        let xml = format!("<a b='{};'/>", "&".repeat(900_000));
        let nodes = nodes(&xml).unwrap();
        let Some(Node::Open(element)) = nodes.first() else {
            panic!("no element");
        };
        assert_eq!(element.get("b").map(str::len), Some(900_001));
    }
}
