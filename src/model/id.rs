//! Random identities. Two people who each add a row to their copy of a file must never give both rows the same id, so ids
//! are random and come from one injected source.

use std::{
    borrow::Cow,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    str::FromStr,
};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Where new ids come from. Random in the program, counted in tests.
pub trait IdSource {
    /// The next 64 bits; never twice the same within one source.
    fn next_id(&mut self) -> u64;
}

/// Ids from the operating system's random generator.
#[derive(Debug, Default, Clone, Copy)]
pub struct RandomIds;

impl IdSource for RandomIds {
    #[expect(clippy::disallowed_methods, reason = "the one source of random ids")]
    fn next_id(&mut self) -> u64 {
        getrandom::u64().expect("the operating system provides random numbers")
    }
}

/// Ids counted from a start, for tests, samples and reproducible output.
#[derive(Debug, Clone, Copy)]
pub struct CountedIds(pub u64);

impl IdSource for CountedIds {
    fn next_id(&mut self) -> u64 {
        self.0 += 1;
        self.0
    }
}

/// The identity of one `T`. Printed as 16 hexadecimal digits.
pub struct Id<T> {
    bits: u64,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// A new id from `source`.
    pub fn new(source: &mut dyn IdSource) -> Self {
        Self::from_bits(source.next_id())
    }

    /// The id with exactly these bits.
    pub const fn from_bits(bits: u64) -> Self {
        Self {
            bits,
            of: PhantomData,
        }
    }

    /// The bits of the id.
    pub const fn bits(self) -> u64 {
        self.bits
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bits == other.bits
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.bits.cmp(&other.bits)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bits.hash(state);
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.bits)
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:x}", self.bits)
    }
}

/// A text that is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("标识应为 16 位十六进制数字")]
pub struct BadId;

impl<T> FromStr for Id<T> {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        if text.len() != 16 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(BadId);
        }
        u64::from_str_radix(text, 16)
            .map(Self::from_bits)
            .map_err(|_| BadId)
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct HexDigits<T>(PhantomData<fn() -> T>);
        impl<T> de::Visitor<'_> for HexDigits<T> {
            type Value = Id<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("16 位十六进制标识")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Id<T>, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(HexDigits(PhantomData))
    }
}

impl<T> JsonSchema for Id<T> {
    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[0-9a-f]{16}$" })
    }
}
