//! A cell that a person types into: the text as typed beside what it reads as.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::record::FieldValue;

/// What the text of a cell reads as. An empty cell, a dash and 不适用 are three different statements, and none of them is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reading<T> {
    /// Nothing but white space.
    #[default]
    Empty,
    /// "—" and its look-alikes: deliberately no value.
    Dash,
    /// "不适用", "不涉及" or "/".
    NotApplicable,
    /// A value.
    Value(T),
    /// Text that cannot stand in this kind of cell.
    Unreadable,
}

impl<T> Reading<T> {
    /// The value, where there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// The reading of another type with the same statement; a value is mapped.
    pub fn map<U>(self, map: impl FnOnce(T) -> U) -> Reading<U> {
        match self {
            Self::Empty => Reading::Empty,
            Self::Dash => Reading::Dash,
            Self::NotApplicable => Reading::NotApplicable,
            Self::Value(value) => Reading::Value(map(value)),
            Self::Unreadable => Reading::Unreadable,
        }
    }
}

/// A kind of value that can be read from a cell.
pub trait Readable: Sized {
    /// Reads trimmed, non-empty text; `None` where it cannot be such a value.
    fn read(text: &str) -> Option<Self>;
}

/// A typed cell. Equality is that of the text: what it reads as follows from it.
#[derive(Clone)]
pub struct Typed<T> {
    text: String,
    reading: Reading<T>,
}

impl<T: Readable> Typed<T> {
    /// The cell with this text.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let reading = read(&text);
        Self { text, reading }
    }
}

impl<T> Typed<T> {
    /// The text as typed, byte for byte.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the text reads as.
    pub fn reading(&self) -> &Reading<T> {
        &self.reading
    }

    /// The value, where the text reads as one.
    pub fn value(&self) -> Option<&T> {
        self.reading.value()
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        matches!(self.reading, Reading::Empty)
    }

    /// Whether the cell says in words or by a dash that it has no value.
    pub fn is_waived(&self) -> bool {
        matches!(self.reading, Reading::Dash | Reading::NotApplicable)
    }
}

/// What `text` reads as.
pub fn read<T: Readable>(text: &str) -> Reading<T> {
    let trimmed = trim(text);
    match trimmed {
        "" => Reading::Empty,
        "不适用" | "不涉及" | "/" | "／" | "N/A" | "n/a" => Reading::NotApplicable,
        _ if trimmed.chars().all(is_dash) => Reading::Dash,
        _ => T::read(trimmed).map_or(Reading::Unreadable, Reading::Value),
    }
}

/// Text without white space and invisible characters at its ends.
pub fn trim(text: &str) -> &str {
    if begins_and_ends_plainly(text.as_bytes()) {
        return text;
    }
    text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}')
    })
}

/// Whether both ends are visible ASCII or Chinese characters, told by their bytes: nearly every cell, in every rule.
fn begins_and_ends_plainly(text: &[u8]) -> bool {
    // The first bytes of U+4000 to U+9FFF.
    const CHINESE: std::ops::RangeInclusive<u8> = 0xE4..=0xE9;
    let begins = text
        .first()
        .is_some_and(|byte| byte.is_ascii_graphic() || CHINESE.contains(byte));
    let ends = match text {
        [.., byte] if byte.is_ascii() => byte.is_ascii_graphic(),
        [.., lead, _, _] => CHINESE.contains(lead),
        _ => false,
    };
    begins && ends
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '－' | '—' | '–' | '―' | '─' | '‐' | '‑' | '﹣')
}

impl<T> Default for Typed<T> {
    fn default() -> Self {
        Self {
            text: String::new(),
            reading: Reading::Empty,
        }
    }
}

impl<T> PartialEq for Typed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
impl<T> Eq for Typed<T> {}

impl<T> fmt::Debug for Typed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl<T: Readable> From<&str> for Typed<T> {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl<T> FieldValue for Typed<T> {
    fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    fn missing() -> Option<Self> {
        Some(Self::default())
    }
}

impl<T> Serialize for Typed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, T: Readable> Deserialize<'de> for Typed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct CellText<T>(std::marker::PhantomData<fn() -> T>);
        impl<T: Readable> de::Visitor<'_> for CellText<T> {
            type Value = Typed<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("单元格文字")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Typed<T>, E> {
                Ok(Typed::new(text))
            }
        }
        deserializer.deserialize_str(CellText(std::marker::PhantomData))
    }
}

impl<T> JsonSchema for Typed<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Typed".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}
