//! What a merge tells of: one entry for everything that the other side changed, with what was decided about it.

use std::fmt;

use crate::model::{id::Id, path::CellPath, project::Project};

/// Whose text stands after the merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Choice {
    /// What this document has.
    Mine,
    /// What the other one has.
    Theirs,
    /// Both texts, this document's first; only where [`Item::allows_both`].
    Both,
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mine => "保留我的",
            Self::Theirs => "采用对方的",
            Self::Both => "两者都要",
        })
    }
}

/// Names an entry of one merge, the same however the others are decided. For a cell it is the cell's address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub(super) String);

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What sort of change an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    /// The text of a cell, or of a field of a record.
    Text,
    /// A row, a record or a project that the other side has and this one has not.
    Added,
    /// One that the other side has no more.
    Removed,
    /// A row that stands under another group, or a group under another section.
    Moved,
    /// The order of rows.
    Order,
    /// Where a project stands in the year.
    Stage,
    /// The form as a whole: its edition or its unit of money.
    Form,
    /// Told only: the form is locked here, so what the other side changed in it is left out.
    Locked,
    /// Told only: a note whose row is gone stands at the form as a whole now.
    NoteKept,
}

impl Matter {
    /// Its name, as a list groups by it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "内容",
            Self::Added => "新增",
            Self::Removed => "删除",
            Self::Moved => "移动",
            Self::Order => "顺序",
            Self::Stage => "阶段",
            Self::Form => "整份表",
            Self::Locked => "已锁定，未合并",
            Self::NoteKept => "审核意见改记在整份表上",
        }
    }

    /// Its name in the report for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Order => "order",
            Self::Stage => "stage",
            Self::Form => "form",
            Self::Locked => "locked",
            Self::NoteKept => "note_kept",
        }
    }
}

/// Why a person has to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clash {
    /// Both sides changed it, or they differ and nobody knows who changed it.
    BothChanged,
    /// It was changed here and removed there.
    RemovedThere,
    /// It was removed here and changed there.
    RemovedHere,
    /// Both moved it, each elsewhere.
    BothMoved,
    /// The project stands at different stages.
    Stage,
    /// The form is on different editions or in different units of money, and both sides changed it.
    Form,
    /// It was approved with the budget, and no adjustment is on record for the change.
    Approved,
}

impl Clash {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::BothChanged,
        Self::RemovedThere,
        Self::RemovedHere,
        Self::BothMoved,
        Self::Stage,
        Self::Form,
        Self::Approved,
    ];

    /// What is told of it.
    pub fn words(self) -> &'static str {
        match self {
            Self::BothChanged => "双方填写不同",
            Self::RemovedThere => "我改过，对方已删除",
            Self::RemovedHere => "我已删除，对方改过",
            Self::BothMoved => "双方调整的位置不同",
            Self::Stage => "所处阶段不同",
            Self::Form => "表样或金额单位不同",
            Self::Approved => "批复内容，没有调整记录",
        }
    }

    /// Its name in the report for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::BothChanged => "both_changed",
            Self::RemovedThere => "removed_there",
            Self::RemovedHere => "removed_here",
            Self::BothMoved => "both_moved",
            Self::Stage => "stage",
            Self::Form => "form",
            Self::Approved => "approved",
        }
    }
}

/// Something that the other side has otherwise, and what was decided about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name within the merge.
    pub key: Key,
    /// The project it lies in; `None` for what belongs to the document.
    pub project: Option<Id<Project>>,
    /// The cell it is about, where there is one.
    pub at: Option<CellPath>,
    /// What it is about, in words, where no cell says so.
    pub caption: String,
    /// What sort of change it is.
    pub matter: Matter,
    /// What stood there before both changed it; `None` where that is not known.
    pub base: Option<String>,
    /// What this document has.
    pub mine: String,
    /// What the other one has.
    pub theirs: String,
    /// Why a person has to decide; `None` where the other side's change is simply taken.
    pub clash: Option<Clash>,
    /// What is done. Where nobody decided: theirs, and mine where there is a clash.
    pub choice: Choice,
    /// Whether a person decided.
    pub is_decided: bool,
    /// Whether both texts can stand.
    pub allows_both: bool,
}

impl Item {
    /// Whether it is only told: nothing can be chosen.
    pub fn is_told_only(&self) -> bool {
        matches!(self.matter, Matter::Locked | Matter::NoteKept)
    }

    /// Whether a person has to decide.
    pub fn is_conflict(&self) -> bool {
        self.clash.is_some()
    }

    /// Whether this document is another one for it.
    pub fn is_taken(&self) -> bool {
        !self.is_told_only() && self.choice != Choice::Mine
    }
}
