//! XML as text, well-formed by the way it is built.

use std::fmt::Write as _;

use quick_xml::escape::escape;

/// Attributes of an element: names and values.
type Attributes<'a> = &'a [(&'a str, &'a str)];

/// One part of the package on its way.
#[derive(Debug, Default)]
pub(super) struct Xml(String);

impl Xml {
    /// A part whose outermost element is `name`.
    pub fn part(name: &str, attributes: Attributes, inner: impl FnOnce(&mut Self)) -> String {
        let mut xml = Self(r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#.to_owned());
        xml.0.push('\n');
        xml.within(name, attributes, inner);
        xml.0
    }

    /// An element with something inside.
    pub fn within(&mut self, name: &str, attributes: Attributes, inner: impl FnOnce(&mut Self)) {
        self.tag(name, attributes, ">");
        inner(self);
        // Writing into a text cannot fail, here and below.
        let _ = write!(self.0, "</{name}>");
    }

    /// An empty element.
    pub fn leaf(&mut self, name: &str, attributes: Attributes) {
        self.tag(name, attributes, "/>");
    }

    /// An empty element whose one attribute is `w:val`.
    pub fn value(&mut self, name: &str, value: &str) {
        self.leaf(name, &[("w:val", value)]);
    }

    /// The same with a number.
    pub fn number(&mut self, name: &str, value: i64) {
        self.value(name, &value.to_string());
    }

    /// An empty element that switches something on, where it is on.
    pub fn switch(&mut self, name: &str, is_on: bool) {
        if is_on {
            self.leaf(name, &[]);
        }
    }

    /// Text. Characters that XML does not allow are left out.
    pub fn text(&mut self, text: &str) {
        self.0.push_str(&escape(allowed(text)));
    }

    fn tag(&mut self, name: &str, attributes: Attributes, end: &str) {
        let _ = write!(self.0, "<{name}");
        for (key, value) in attributes {
            // A line break in an attribute would be read as a space anyway.
            let value = allowed(value).replace(['\n', '\t'], " ");
            let _ = write!(self.0, " {key}=\"{}\"", escape(value));
        }
        self.0.push_str(end);
    }
}

/// The text without characters that XML does not allow, and without carriage returns, which readers turn into line breaks.
fn allowed(text: &str) -> String {
    let is_allowed = |c: &char| match c {
        '\n' | '\t' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        c => *c >= ' ',
    };
    text.chars().filter(is_allowed).collect()
}
