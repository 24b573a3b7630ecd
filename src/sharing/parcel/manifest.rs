//! 清单.json: what is in a parcel.

use serde::{Deserialize, Serialize};

use crate::model::{
    id::Id,
    project::{Evidence, Project},
};

/// The value of `format` in every manifest.
pub const FORMAT: &str = "jiping-parcel";
/// The version of manifests that this program writes, and the latest that it reads.
pub const VERSION: u32 = 1;
/// The name of the manifest in the parcel.
pub const NAME: &str = "清单.json";

/// What is in a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// When it was made, as "2021-03-05 14:32".
    pub made: String,
    /// The projects in it.
    pub projects: Vec<Entry>,
    /// Everything in it but the manifest.
    pub members: Vec<Member>,
}

/// A project in a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its id.
    pub id: Id<Project>,
    /// Its name.
    pub name: String,
}

/// A file in a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its name, with `/` between folders.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256 as 64 hexadecimal digits.
    pub sha256: String,
    /// Of a file of evidence: which one it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Id<Evidence>>,
}

/// What a file in a parcel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The projects as a document of this program.
    Document,
    /// 复核口径
    Profile,
    /// Forms as PDF.
    Print,
    /// 问题清单
    Findings,
    /// 佐证材料登记表
    Register,
    /// A file of evidence.
    Evidence,
    /// 说明.txt
    Readme,
}

impl Kind {
    /// What it is called in lists.
    pub fn words(self) -> &'static str {
        match self {
            Self::Document => "绩评文件",
            Self::Profile => "复核口径",
            Self::Print => "自评表 PDF",
            Self::Findings => "问题清单",
            Self::Register => "佐证材料登记表",
            Self::Evidence => "佐证材料",
            Self::Readme => "说明",
        }
    }
}
