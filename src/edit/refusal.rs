//! Why a change is not made, in words for the person: what, why, and what to do. A refused change has changed nothing.

use std::fmt;

use crate::model::{indicator::ApprovedField, measure::Tier, project::Stage};

use super::command::caption_of_approved;

/// Why a change is not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The project is not in the document.
    #[error("没有修改：这个项目已不在文件中。请在项目列表中重新选择。")]
    UnknownProject,
    /// The place, row or other part is not in the project.
    #[error("没有修改：要改的{0}已不在表中，可能已被删除。请重新选择；误删的可以撤销。")]
    UnknownPlace(Missing),
    /// The project's stage locks its content.
    #[error("没有修改：项目处于“{0}”阶段，内容已锁定。确需修改的，请先把阶段改回“自评”或“退回”。")]
    LockedByStage(Stage),
    /// The form is being reviewed: nothing of it is changed.
    #[error(
        "没有修改：正在审阅，表中内容已锁定，可以写审核意见、填复核底稿。要修改表的，请先结束审阅。"
    )]
    Reviewing,
    /// What was closed is to be opened again, and nobody says why.
    #[error("没有打开：项目已经{0}，重新打开要写明原因，原因记入流转记录。请填写后再试。")]
    OpenedWithoutReason(Stage),
    /// The cell holds an approved value.
    #[error("没有修改：“{name}”的{}已随预算批复，不能直接改。经批准调整的，请用“记录调整”登记。", caption_of_approved(*.field))]
    LockedByApproval {
        /// The row's name.
        name: String,
        /// The approved value.
        field: ApprovedField,
    },
    /// An approved row would disappear or stop being scored.
    #[error(
        "没有修改：“{0}”已随预算批复，不能删除，也不能改为“其中”行。经批准取消的，请用“记录调整”登记；未经批准、本年没有实施的，请在实际完成值和偏差原因中说明。"
    )]
    ApprovedRow(String),
    /// A row is to be given up by an adjustment, and nothing is on record of its approval.
    #[error("没有登记：“{0}”没有批复值，取消它不需要登记调整，可以直接删除。")]
    NotApproved(String),
    /// A part (其中) would no longer stand under the row it belongs to.
    #[error(
        "没有修改：“{0}”是“其中”行，须紧跟在所属指标之下。请连同所属指标一起移动，或先取消“其中”。"
    )]
    PartAway(String),
    /// A row would be part of itself or of its own part.
    #[error("没有修改：“{0}”不能成为自己或自己“其中”行的一部分。请另选所属指标。")]
    PartOfItself(String),
    /// A new part brings an id that the project already has.
    #[error("没有修改：要插入的内容与表中已有内容的标识重复。请复制后再插入，复制时会换用新标识。")]
    DuplicateId,
    /// A new part refers to something that is not in the project.
    #[error("没有修改：要插入的{0}所指的指标不在表中。请先插入指标。")]
    DanglingReference(&'static str),
    /// The text is none of the tiers.
    #[error("没有修改：“{0}”不是完成档次。请选{choices}，或留空。", choices = Tiers)]
    UnknownTier(String),
    /// The method does not hold together, or awards more than the row's points.
    #[error("没有修改：这个计分办法不能用，{0}。请改正后再确定。")]
    UnusableMethod(&'static str),
    /// The cell's key cannot be written as an address, so nothing can be filed at it.
    #[error("没有修改：此处的字段名含有“/”，不能登记意见或说明。请登记在整份表上。")]
    Unaddressable,
    /// The file was opened to look at it only.
    #[error("没有修改：文件是以只读方式打开的。要修改，请先点页面上方的“改为编辑”。")]
    OnlyLooking,
    /// The document is not in the state that was merged.
    #[error("没有合并：打开合并窗口以后内容又有改动。请再合并一次。")]
    MergeOutdated,
    /// The adjustment changes nothing.
    #[error("没有登记：调整后的{}与现值相同。请填写调整后的新值。", caption_of_approved(*.0))]
    NothingAdjusted(ApprovedField),
    /// A block of cells does not fit to the right of the start.
    #[error("没有粘贴：内容比表格右侧多出 {0} 列。请选更靠左的单元格再粘贴。")]
    PasteTooWide(usize),
    /// A block of cells does not fit below the start, and the table takes no further rows.
    #[error(
        "没有粘贴：内容比表格下方多出 {0} 行，而此表的行数是固定的。请选更靠上的单元格或减少行数。"
    )]
    PasteTooLong(usize),
    /// A block of several cells cannot be spread from here.
    #[error("没有粘贴：此处只能放一个单元格的内容。多个单元格请从指标表或资金表的某一格开始粘贴。")]
    PasteOutsideTable,
    /// There is nothing on the clipboard.
    #[error("没有粘贴：剪贴板中没有文字。请先复制单元格。")]
    PasteNothing,
    /// The row's own first- or second-level caption differs from the pasted one.
    #[error("此行属于“{here}”，粘贴内容属于“{pasted}”，行对不上，没有粘贴此行。请对齐行后再粘贴。")]
    OtherBlock {
        /// The caption in the form.
        here: String,
        /// The caption on the clipboard.
        pasted: String,
    },
    /// The pasted text is no amount of money, or one with too many digits.
    #[error("“{0}”不是可用的金额，没有填入此格。请改成数字后再粘贴，或直接在表中填写。")]
    NotAnAmount(String),
    /// The cell belongs to a merged cell that has its text further up.
    #[error("此格与上方单元格合并，只有一个值，没有粘贴。请改合并单元格的第一行。")]
    InsideMerged,
}

/// What kind of part is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// A cell.
    Cell,
    /// An indicator row.
    Indicator,
    /// A second-level group.
    Group,
    /// A first-level section.
    Section,
    /// A goal block.
    Goal,
    /// A fund row.
    Fund,
    /// A row of a further table.
    TableRow,
    /// A shared reason.
    Reason,
    /// 佐证材料
    Evidence,
    /// 审核意见
    Note,
    /// An answer to a note.
    Reply,
    /// 核实说明
    Explanation,
    /// An approved indicator that the form lacks.
    Removed,
    /// A recorded adjustment of the budget.
    BudgetAdjustment,
    /// A form that was given out.
    Sending,
    /// A footnote.
    Footnote,
    /// An entry of the 整改台账.
    Rectification,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cell => "单元格",
            Self::Indicator => "指标行",
            Self::Group => "二级指标",
            Self::Section => "一级指标",
            Self::Goal => "目标",
            Self::Fund => "资金行",
            Self::TableRow => "附表行",
            Self::Reason => "合并原因",
            Self::Evidence => "佐证材料",
            Self::Note => "审核意见",
            Self::Reply => "回复",
            Self::Explanation => "核实说明",
            Self::Removed => "批复指标",
            Self::BudgetAdjustment => "预算调整记录",
            Self::Sending => "填报表发出记录",
            Self::Footnote => "表下注释",
            Self::Rectification => "整改事项",
        })
    }
}

/// The tiers as a list of choices.
struct Tiers;

impl fmt::Display for Tiers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, tier) in Tier::ALL.into_iter().enumerate() {
            let separator = if number == 0 { "" } else { "、" };
            write!(f, "{separator}“{tier}”")?;
        }
        Ok(())
    }
}
