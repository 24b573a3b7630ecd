//! XML by its pieces, each with the bytes it stands in: what nobody changes is copied as it is.

use std::{borrow::Cow, ops::Range};

use quick_xml::{Reader, events::Event};

use crate::exchange::{
    error::{Excess, ReadError},
    limits,
    markup::{broken, unescaped},
};

/// The pieces of a part, one after another.
pub(in crate::exchange::fill) struct Pieces<'s> {
    text: &'s str,
    reader: Reader<&'s [u8]>,
    at: usize,
    depth: usize,
}

/// A piece of XML.
#[derive(Debug, Clone, Copy)]
pub(in crate::exchange::fill) enum Piece<'s> {
    /// An element begins.
    Open(Tag<'s>),
    /// An element without content.
    Empty(Tag<'s>),
    /// An element ends, by local name.
    Close(&'s str),
    /// Text, a comment, a declaration.
    Other,
}

impl<'s> Pieces<'s> {
    /// The pieces of `text`.
    pub fn of(text: &'s str) -> Self {
        Self {
            text,
            reader: Reader::from_str(text),
            at: 0,
            depth: 0,
        }
    }

    /// The next piece and where it stands; `None` at the end.
    pub fn next(&mut self) -> Result<Option<(Piece<'s>, Range<usize>)>, ReadError> {
        let from = self.at;
        let event = self.reader.read_event();
        let event = event.map_err(|_| broken(self.reader.error_position()))?;
        self.at = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        let range = from..self.at;
        let raw = self.text.get(range.clone());
        let raw = raw.ok_or_else(|| broken(self.reader.buffer_position()))?;
        let piece = match event {
            Event::Start(_) => {
                self.depth += 1;
                if self.depth > limits::DEPTH {
                    return Err(ReadError::TooLarge(Excess::Depth));
                }
                Piece::Open(Tag(raw))
            }
            Event::Empty(_) => Piece::Empty(Tag(raw)),
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                let name = raw.trim_start_matches("</").trim_end_matches('>');
                Piece::Close(local(name.trim()))
            }
            Event::Eof if self.depth > 0 => return Err(broken(self.at as u64)),
            Event::Eof => return Ok(None),
            _ => Piece::Other,
        };
        Ok(Some((piece, range)))
    }

    /// How many elements are open after the last piece.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The next piece inside of an element that has an end.
    pub fn inside(&mut self) -> Result<(Piece<'s>, Range<usize>), ReadError> {
        let position = self.at as u64;
        self.next()?.ok_or_else(|| broken(position))
    }

    /// Passes over the rest of the element that was opened last, and says where its end stands.
    pub fn skip(&mut self) -> Result<Range<usize>, ReadError> {
        let mut open = 1_usize;
        loop {
            let (piece, range) = self.inside()?;
            match piece {
                Piece::Open(_) => open += 1,
                Piece::Close(_) => open -= 1,
                Piece::Empty(_) | Piece::Other => {}
            }
            if open == 0 {
                return Ok(range);
            }
        }
    }
}

/// The local part of a name.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// A tag as it stands, from `<` to `>`.
#[derive(Debug, Clone, Copy)]
pub(in crate::exchange::fill) struct Tag<'s>(pub &'s str);

/// An attribute as it stands.
struct Attribute<'s> {
    name: &'s str,
    /// With the white space before it.
    whole: Range<usize>,
    value: Range<usize>,
}

impl<'s> Tag<'s> {
    /// The name without prefix.
    pub fn name(self) -> &'s str {
        local(self.full_name())
    }

    /// The name's prefix, with its colon.
    pub fn prefix(self) -> &'s str {
        let name = self.full_name();
        name.rfind(':').map_or("", |at| &name[..=at])
    }

    fn full_name(self) -> &'s str {
        let name = self.0.trim_start_matches('<');
        let end = name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
        &name[..end.unwrap_or(name.len())]
    }

    /// An attribute by its name as written, unescaped.
    pub fn get(self, name: &str) -> Option<String> {
        let found = self.attributes().find(|attribute| attribute.name == name)?;
        Some(unescaped(&self.0[found.value]))
    }

    /// The attributes by their names as written, unescaped.
    pub fn values(self) -> impl Iterator<Item = (&'s str, String)> {
        self.attributes()
            .map(move |attribute| (attribute.name, unescaped(&self.0[attribute.value])))
    }

    /// The tag with an attribute of this value, or without it.
    pub fn with(self, name: &str, value: Option<&str>) -> String {
        let found = self.attributes().find(|attribute| attribute.name == name);
        let mut tag = self.0.to_owned();
        match (found, value) {
            (Some(found), Some(value)) => tag.replace_range(found.value, &escaped(value)),
            (Some(found), None) => tag.replace_range(found.whole, ""),
            (None, Some(value)) => {
                let at = 1 + self.full_name().len();
                tag.insert_str(at, &format!(" {name}=\"{}\"", escaped(value)));
            }
            (None, None) => {}
        }
        tag
    }

    /// The tag as that of an element which has content.
    pub fn opened(self) -> Cow<'s, str> {
        match self.0.strip_suffix("/>") {
            Some(tag) => format!("{}>", tag.trim_end()).into(),
            None => self.0.into(),
        }
    }

    fn attributes(self) -> impl Iterator<Item = Attribute<'s>> {
        let raw = self.0;
        let mut at = 1 + self.full_name().len();
        std::iter::from_fn(move || {
            let blanks = |from: usize| {
                let rest = raw.get(from..)?;
                Some(from + rest.len() - rest.trim_ascii_start().len())
            };
            let begin = blanks(at)?;
            let equals = begin + raw.get(begin..)?.find('=')?;
            let quote = blanks(equals + 1)?;
            let mark = raw.get(quote..)?.chars().next()?;
            if !matches!(mark, '"' | '\'') {
                return None;
            }
            let value = quote + 1..quote + 1 + raw.get(quote + 1..)?.find(mark)?;
            let whole = at..value.end + 1;
            at = whole.end;
            Some(Attribute {
                name: raw[begin..equals].trim_ascii_end(),
                whole,
                value,
            })
        })
    }
}

/// A text as XML writes it, in elements and attributes alike.
pub(in crate::exchange::fill) fn escaped(text: &str) -> Cow<'_, str> {
    quick_xml::escape::escape(text)
}

/// A part while it is changed: what was not replaced is copied.
pub(in crate::exchange::fill) struct Copy<'s> {
    source: &'s str,
    copied: usize,
    /// What there is so far.
    pub out: String,
}

impl<'s> Copy<'s> {
    /// Nothing is copied yet.
    pub fn of(source: &'s str) -> Self {
        Self {
            source,
            copied: 0,
            out: String::new(),
        }
    }

    /// Copies everything up to a place.
    pub fn until(&mut self, at: usize) {
        self.out
            .push_str(self.source.get(self.copied..at).unwrap_or_default());
        self.copied = self.copied.max(at);
    }

    /// Replaces what stands in a range, which lies behind all that was copied.
    pub fn replace(&mut self, range: Range<usize>, text: &str) {
        self.until(range.start);
        self.out.push_str(text);
        self.copied = range.end;
    }

    /// The whole, with the rest copied.
    pub fn finish(mut self) -> String {
        self.until(self.source.len());
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_every_byte() {
        let text =
            "\n<?xml version='1.0'?><!-- 注 --><x:a b = \"1\"><c/>文&amp;字<![CDATA[<]]></x:a>\n";
        let mut pieces = Pieces::of(text);
        let mut seen = String::new();
        while let Some((_, range)) = pieces.next().unwrap() {
            seen.push_str(&text[range]);
        }
        assert_eq!(seen, text);
        assert!(Pieces::of("<a>").skip().is_err());
    }

    #[test]
    fn attributes_change_alone() {
        let tag = Tag("<x:c  r = 'A1'\n s=\"3\" t=\"a&lt;b\"/>");
        assert_eq!((tag.name(), tag.prefix()), ("c", "x:"));
        assert_eq!(tag.get("t").as_deref(), Some("a<b"));
        assert_eq!(
            tag.with("r", Some("B\"2")),
            "<x:c  r = 'B&quot;2'\n s=\"3\" t=\"a&lt;b\"/>"
        );
        assert_eq!(tag.with("s", None), "<x:c  r = 'A1' t=\"a&lt;b\"/>");
        assert_eq!(Tag("<row/>").with("r", Some("1")), "<row r=\"1\"/>");
        assert_eq!(Tag("<row />").opened(), "<row>");
        assert_eq!(Tag("<row a=b>").get("a"), None);
    }
}
