//! Projects in the columns of a budget system (预算管理一体化): as files that it imports, and cell by cell for those who must
//! retype them. Which columns in which order is data ([`SystemMap`], `assets/systems/*.json`, users' own beside their settings).
//!
//! | module | subject |
//! |---|---|
//! | [`shelf`] | the maps at hand, and what is wrong with one that is not used |
//! | `fields` | what a column of a map names |
//! | [`cells`] | the tables of a project |
//! | `number` | the number alone of a cell |
//! | [`files()`] | the tables of projects as workbooks to be imported |
//! | [`walk`] | from cell to cell in the map's order, to be retyped |

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{edition::Edition, figure::MoneyUnit, path::CellPath, project::Project};

pub mod cells;
mod fields;
pub mod files;
mod number;
pub mod shelf;
pub mod walk;

pub use cells::tables;
pub use files::{SystemFileError, files};
pub use shelf::{SystemError, SystemShelf};
pub use walk::Walk;

/// What a system wants, in its own order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SystemMap {
    /// Its id, such as "anhui".
    pub id: String,
    /// What it is called ("安徽 预算管理一体化"). Files are named after it.
    pub name: String,
    /// Where its columns are known from.
    pub source: String,
    /// Whether they were checked against the system itself.
    #[serde(default)]
    pub verified: bool,
    /// The unit in which the system takes amounts; where none is given, that of the form. Only amounts in columns with
    /// `number` are converted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub money_unit: Option<MoneyUnit>,
    /// What stands above the columns in files.
    #[serde(default)]
    pub heading: SystemHeading,
    /// Its tables, in the order in which they are filled in.
    pub tables: Vec<SystemTable>,
}

/// What stands above the columns in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SystemHeading {
    /// One row: what the system's screen calls them.
    #[default]
    Captions,
    /// One row: what the system's import calls them.
    Keys,
    /// Captions, and keys beneath.
    Both,
}

/// A table of a system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SystemTable {
    /// What the system calls it; also the name of its worksheet.
    pub name: String,
    /// What its rows are.
    pub rows: SystemRows,
    /// Its columns, in order.
    pub columns: Vec<SystemColumn>,
}

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SystemRows {
    /// One row: the project.
    Project,
    /// The rows of the fund table.
    Funds,
    /// The goal blocks.
    Goals,
    /// The indicators.
    Indicators,
    /// The people and dates at the foot, and texts: one row.
    Foot,
}

impl SystemRows {
    /// Whether there is one row for each project.
    pub fn is_single(self) -> bool {
        matches!(self, Self::Project | Self::Foot)
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SystemColumn {
    /// What the system's import calls it ("indexval").
    pub key: String,
    /// What its screen calls it ("指标值").
    pub caption: String,
    /// The field: for indicators one of level1, level2, name, nature, sign, target, value, unit, actual, weight, score,
    /// deviation, extra:KEY; for funds name, remark or a column's key; for goals caption, weight, expected, actual,
    /// text:KEY; for a project header:KEY, total_score, total_weight, rating, money_unit; for the foot footer:KEY, text:KEY.
    pub field: String,
    /// Whether the number alone is wanted where the field holds one (no unit, no sign, no per cent).
    #[serde(default)]
    pub number: bool,
}

impl SystemMap {
    /// The JSON Schema of map files, published as `assets/schemas/system.schema.json`.
    pub fn schema() -> schemars::Schema {
        schemars::schema_for!(Self)
    }
}

/// A table filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct FlatTable {
    /// The table of the map, by its index.
    pub table: usize,
    /// Its rows, each with a cell for every column.
    pub rows: Vec<Vec<FlatCell>>,
}

/// A cell of it.
#[derive(Debug, Clone, PartialEq)]
pub struct FlatCell {
    /// What is written.
    pub text: String,
    /// The field it comes from; `None` for what is no field (a caption of a level is one).
    pub at: Option<CellPath>,
}

impl FlatCell {
    /// Whether there is nothing to write.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A project with its edition.
pub type Filed = (Arc<Project>, Arc<Edition>);
