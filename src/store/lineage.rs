//! Which versions a file went through: what two copies have in common tells where they parted.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::model::id::{BadId, Id, IdSource};

/// How many versions a lineage holds. Copies that parted longer ago are joined without what they began with.
pub const KEPT: usize = 64;

/// Names one version of a document: what one save wrote. Saved again without a change, it is still the same version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionId(Id<VersionId>);

impl VersionId {
    /// A new one.
    pub fn new(ids: &mut dyn IdSource) -> Self {
        Self(Id::new(ids))
    }
}

impl fmt::Display for VersionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for VersionId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        text.parse().map(Self)
    }
}

/// The latest versions of a document, oldest first. Work that is not saved comes after the last of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lineage(Vec<VersionId>);

impl Lineage {
    /// Whether it was never saved, or only by programs that did not count versions.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The version that was written last.
    pub fn last(&self) -> Option<VersionId> {
        self.0.last().copied()
    }

    /// The versions, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = VersionId> {
        self.0.iter().rev().copied()
    }

    /// Whether this version is one of them.
    pub fn contains(&self, version: VersionId) -> bool {
        self.0.contains(&version)
    }

    /// With one more version. The oldest goes where there would be more than [`KEPT`].
    #[must_use]
    pub fn with(&self, version: VersionId) -> Self {
        let mut versions = self.0.clone();
        versions.push(version);
        let beyond = versions.len().saturating_sub(KEPT);
        Self(versions.split_off(beyond))
    }

    /// The versions that both have, the latest of this one first.
    pub fn common<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = VersionId> + 'a {
        self.newest_first()
            .filter(|version| other.contains(*version))
    }

    /// Reads what a file says. What names no version is left out: a lineage only helps, and no file is refused for it.
    pub(super) fn of_value(value: &Value) -> Self {
        let texts = value.as_array().map_or(&[][..], |list| list.as_slice());
        let read = |text: &Value| text.as_str()?.parse().ok();
        let versions: Vec<VersionId> = texts.iter().filter_map(read).collect();
        let beyond = versions.len().saturating_sub(KEPT);
        Self(versions[beyond..].to_vec())
    }
}

impl Serialize for Lineage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(ToString::to_string))
    }
}

impl<'de> Deserialize<'de> for Lineage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(|value| Self::of_value(&value))
    }
}

impl JsonSchema for Lineage {
    fn schema_name() -> Cow<'static, str> {
        "Lineage".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "array",
            "items": { "type": "string", "pattern": "^[0-9a-f]{16}$" },
            "maxItems": KEPT,
        })
    }
}
