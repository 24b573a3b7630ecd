//! Every change of a document as data, so that it can be previewed, refused, undone and named.

pub mod caption;
mod counted;

use std::sync::Arc;

use crate::model::{
    budget::BudgetAdjustment,
    deadlines::Deadline,
    document::Document,
    edition::{Edition, IndicatorRole},
    figure::MoneyUnit,
    id::Id,
    indicator::{
        Approved, ApprovedField, Cancellation, Group, Indicator, Removed, Section, SharedReason,
    },
    last_year::LastYear,
    ledger::Rectification,
    method::Method,
    path::CellPath,
    project::{
        Account, EditionRef, Evidence, Explanation, FundRow, Goal, Note, Project, Stage, TableRow,
    },
    review::Withheld,
    review::{NoteKind, Reply, StageRecord},
    sending::{Return, Sending},
    working_paper::PaperSubject,
};
use caption::caption;

/// A change of a document. Indexes past the end mean the end.
#[derive(Debug, Clone, PartialEq)]
pub enum EditCommand {
    /// Types `text` into a cell. A cell kept by key that is emptied keeps its key, as a blank form has it. A footnote one
    /// past the last is appended.
    SetCell {
        /// The cell.
        at: CellPath,
        /// Its new text, kept byte for byte.
        text: String,
    },
    /// Moves the project on with a record of it (流转记录): sets the stage that the record says was reached. Allowed at every
    /// stage; a closed form (定稿, 公开) is opened again only with a reason.
    MoveOn {
        /// The project.
        project: Id<Project>,
        /// The step.
        record: StageRecord,
    },
    /// Sets the stage without a record, as joining two states of a project does. People move a project on by
    /// [`Self::MoveOn`]. Allowed at every stage.
    SetStage {
        /// The project.
        project: Id<Project>,
        /// Its new stage.
        stage: Stage,
    },
    /// Says in which unit the form's amounts are read. Amounts are not converted.
    SetMoneyUnit {
        /// The project.
        project: Id<Project>,
        /// The new unit.
        unit: MoneyUnit,
    },
    /// Puts the project on another edition of the form. No content is changed.
    SetEdition {
        /// The project.
        project: Id<Project>,
        /// The edition.
        edition: EditionRef,
    },
    /// Puts a project's form in the place of the present one, as changing the edition or the unit of money does. It is the
    /// same project still: identity and stage stay, and so does what was approved.
    ReplaceForm {
        /// What the step is called.
        label: String,
        /// The project as it is to be.
        form: Arc<Project>,
    },
    /// Puts an earlier version of the whole document in the place of the present one. It is the same document still. Allowed
    /// whatever the stage of its projects: it is a way back.
    RestoreVersion {
        /// What the step is called.
        label: String,
        /// The document as it is to be.
        document: Arc<Document>,
    },
    /// Drops a row that was put aside because the present edition has no place for it, with all that refers to it.
    DropAside {
        /// The project.
        project: Id<Project>,
        /// The row.
        row: AsideRow,
    },
    /// Makes a row part (其中) of the row it stands under, or independent again.
    SetPartOf {
        /// The project.
        project: Id<Project>,
        /// The row.
        row: Id<Indicator>,
        /// The row it is part of; `None` makes it independent.
        parent: Option<Id<Indicator>>,
    },
    /// Says how a row is scored (计分办法). Not approved content: scoring is the evaluation's business.
    SetMethod {
        /// The project.
        project: Id<Project>,
        /// The row.
        row: Id<Indicator>,
        /// The method; `None` for the edition's formulas.
        method: Option<Method>,
    },
    /// Says which rows a shared reason spans.
    SetReasonSpan {
        /// The project.
        project: Id<Project>,
        /// The reason.
        reason: Id<SharedReason>,
        /// What it spans from now on.
        span: ReasonSpan,
    },
    /// Replaces the evidence that has the same id.
    SetEvidence {
        /// The project.
        project: Id<Project>,
        /// The evidence as it is to be.
        evidence: Evidence,
    },
    /// Says where files of 佐证材料 lie now, as they are seen from another folder. Allowed at every stage: the files are the same.
    MoveEvidence {
        /// The project.
        project: Id<Project>,
        /// The files, each with where it lies.
        files: Vec<(Id<Evidence>, String)>,
    },
    /// Puts new parts, which bring their ids, before the part at `index`.
    Insert {
        /// The project.
        project: Id<Project>,
        /// The parts and where they belong.
        parts: NewParts,
        /// The place among the parts of the same kind.
        index: usize,
    },
    /// Takes parts out with all that refers to them.
    ///
    /// Parts (其中) of a removed row and notes and explanations at anything removed go with it. A shared reason no longer
    /// spans removed rows, and goes when it spans nothing any more. Evidence for a removed row stays, as evidence for the
    /// whole project.
    Remove {
        /// The project.
        project: Id<Project>,
        /// What is taken out.
        parts: Parts,
    },
    /// Moves parts, in their present order. Parts (其中) follow the row they belong to.
    Move {
        /// The project.
        project: Id<Project>,
        /// The parts and where they are to belong.
        to: Relocation,
        /// The place among the parts that stay there.
        index: usize,
    },
    /// Removes a footnote; notes at later ones keep their footnote.
    RemoveFootnote {
        /// The project.
        project: Id<Project>,
        /// Its number, counted from 0.
        index: usize,
    },
    /// Puts a new project before the one at `index`.
    InsertProject {
        /// The place in the document.
        index: usize,
        /// The project.
        project: Arc<Project>,
    },
    /// Takes a project out of the document.
    RemoveProject {
        /// The project.
        project: Id<Project>,
    },
    /// Moves a project in the document; its content is not touched, so it may be at any stage.
    MoveProject {
        /// The project.
        project: Id<Project>,
        /// The place among the other projects.
        index: usize,
    },
    /// Adds a reviewer's note. Allowed at every stage.
    AddNote {
        /// The project.
        project: Id<Project>,
        /// The note.
        note: Note,
    },
    /// Says whether a note is dealt with. Allowed at every stage.
    ResolveNote {
        /// The project.
        project: Id<Project>,
        /// The note.
        note: Id<Note>,
        /// Whether it is dealt with.
        resolved: bool,
    },
    /// Says otherwise what a note says, and how much it asks for. Allowed at every stage.
    ChangeNote {
        /// The project.
        project: Id<Project>,
        /// The note.
        note: Id<Note>,
        /// Its new text.
        text: String,
        /// Its new kind.
        kind: NoteKind,
    },
    /// Answers a note; an answer with the same id is replaced. Allowed at every stage.
    ReplyToNote {
        /// The project.
        project: Id<Project>,
        /// The note.
        note: Id<Note>,
        /// The answer.
        reply: Reply,
    },
    /// Takes an answer to a note back. Allowed at every stage.
    RemoveReply {
        /// The project.
        project: Id<Project>,
        /// The note.
        note: Id<Note>,
        /// The answer.
        reply: Id<Reply>,
    },
    /// Removes a note with its answers. Allowed at every stage.
    RemoveNote {
        /// The project.
        project: Id<Project>,
        /// The note.
        note: Id<Note>,
    },
    /// Gives a 核实说明; one for the same rule and place is replaced.
    SetExplanation {
        /// The project.
        project: Id<Project>,
        /// The explanation.
        explanation: Explanation,
    },
    /// Takes a 核实说明 back.
    RemoveExplanation {
        /// The project.
        project: Id<Project>,
        /// The explanation.
        explanation: Id<Explanation>,
    },
    /// Records what is filed now as approved (批复值), for every row that has nothing on record yet.
    ApproveTargets {
        /// The project.
        project: Id<Project>,
    },
    /// Records what was approved (批复值) for one row, or takes the record back. What is filed stays as it is.
    ApproveRow {
        /// The project.
        project: Id<Project>,
        /// The row.
        row: Id<Indicator>,
        /// The values as approved; `None` leaves nothing on record.
        approved: Option<Approved>,
    },
    /// Records the adjustment by which an approved indicator is given up. One that stands in the form is taken out of it with
    /// its parts (其中) and all that refers to them, and listed among those that the form lacks.
    RecordCancellation {
        /// The project.
        project: Id<Project>,
        /// The indicator.
        of: ApprovedIndicator,
        /// When, by which document and why.
        cancellation: Cancellation,
    },
    /// Lists an approved indicator that the form lacks. One of the same name in the same group is replaced; an adjustment
    /// that is on record for it stays.
    ListRemoved {
        /// The project.
        project: Id<Project>,
        /// The indicator.
        removed: Removed,
    },
    /// Takes an indicator off the list of those that the form lacks.
    DropRemoved {
        /// The project.
        project: Id<Project>,
        /// The indicator.
        removed: Id<Removed>,
    },
    /// Changes a value that was approved, and records why. Where nothing changes, an adjustment that is on record without a
    /// 文号 is completed.
    RecordAdjustment {
        /// The project.
        project: Id<Project>,
        /// The row.
        row: Id<Indicator>,
        /// The new value and why.
        adjustment: NewAdjustment,
    },
    /// Records what the budget or payment system says of the project's funds (账面数). The amounts of the form stay as they are.
    SetAccount {
        /// The project.
        project: Id<Project>,
        /// The amounts and where they come from; `None` leaves nothing on record.
        account: Option<Account>,
    },
    /// Records what is known of the form of the year before (上年). The form itself stays as it is. Allowed at every stage.
    SetLastYear {
        /// The project.
        project: Id<Project>,
        /// What is known; `None` leaves nothing on record.
        last: Option<Arc<LastYear>>,
    },
    /// Says by when a stage is to be done (期限). Allowed at every stage.
    SetDeadline {
        /// The project.
        project: Id<Project>,
        /// The stage.
        stage: Stage,
        /// The deadline, whose own stage does not count; `None` for none.
        deadline: Option<Deadline>,
    },
    /// Says whether the project is left out of what is made public (不公开), and why. Allowed at every stage.
    SetWithheld {
        /// The project.
        project: Id<Project>,
        /// Why; `None` where it may be made public.
        withheld: Option<Withheld>,
    },
    /// Records an adjustment of the budget; one with the same id is replaced. The amounts of the form stay as they are.
    RecordBudgetAdjustment {
        /// The project.
        project: Id<Project>,
        /// The adjustment.
        adjustment: BudgetAdjustment,
    },
    /// Takes an adjustment of the budget off the record.
    DropBudgetAdjustment {
        /// The project.
        project: Id<Project>,
        /// The adjustment.
        adjustment: Id<BudgetAdjustment>,
    },
    /// Takes back what a reviewer typed into the working paper, so that it shows again what is worked out (回到预填). Allowed at
    /// every stage.
    ClearWorkingPaper {
        /// The project.
        project: Id<Project>,
        /// The line; `None` for all lines, the fields above and beneath them staying as they are.
        line: Option<PaperSubject>,
    },
    /// Puts an edition into the document, so that it travels with it.
    EmbedEdition {
        /// The edition; one with the same id and content that is there already stays.
        edition: Arc<Edition>,
    },
    /// Notes a form that was given out to be filled in (填报表); one with the same id is replaced.
    RecordSending {
        /// The form.
        sending: Sending,
    },
    /// Notes that a form that was given out came back.
    RecordReturn {
        /// The form.
        sending: Id<Sending>,
        /// What came back.
        given: Return,
    },
    /// Takes a form that was given out off the list.
    DropSending {
        /// The form.
        sending: Id<Sending>,
    },
    /// Puts what a merge made of two states in the place of the document. A locked form is changed only by moving it on.
    TakeMerge {
        /// What the step is called.
        label: String,
        /// The state that was merged; the document must still be in it.
        over: Arc<Document>,
        /// What came of it.
        merged: Arc<Document>,
    },
    /// Puts new entries, which bring their ids, into the 整改台账, before the one at `index`.
    AddRectifications {
        /// The entries.
        entries: Vec<Rectification>,
        /// The place among the others.
        index: usize,
    },
    /// Replaces the entry of the 整改台账 that has the same id.
    SetRectification {
        /// The entry as it is to be.
        entry: Box<Rectification>,
    },
    /// Takes entries off the 整改台账.
    DropRectifications {
        /// The entries.
        entries: Vec<Id<Rectification>>,
    },
    /// Moves an entry in the 整改台账.
    MoveRectification {
        /// The entry.
        entry: Id<Rectification>,
        /// The place among the others.
        index: usize,
    },
    /// Several changes as one step: either all are made or none.
    Many {
        /// What the step is called.
        label: String,
        /// The changes, in order.
        commands: Vec<EditCommand>,
    },
}

/// New parts of a project and where they belong.
#[derive(Debug, Clone, PartialEq)]
pub enum NewParts {
    /// Rows of a group.
    Indicators(Id<Group>, Vec<Indicator>),
    /// Groups of a section.
    Groups(Id<Section>, Vec<Group>),
    /// Sections of a goal block.
    Sections(Id<Goal>, Vec<Section>),
    /// Goal blocks.
    Goals(Vec<Goal>),
    /// Rows of the fund table.
    Funds(Vec<FundRow>),
    /// Rows of a further table.
    TableRows(String, Vec<TableRow>),
    /// Shared reasons of a goal block.
    Reasons(Id<Goal>, Vec<SharedReason>),
    /// 佐证材料
    Evidence(Vec<Evidence>),
}

/// A row that was put aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsideRow {
    /// Of the fund table.
    Fund(Id<FundRow>),
    /// Of a further table.
    Table(Id<TableRow>),
}

/// Parts of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parts {
    /// Indicator rows.
    Indicators(Vec<Id<Indicator>>),
    /// Second-level groups with their rows.
    Groups(Vec<Id<Group>>),
    /// First-level sections with their groups.
    Sections(Vec<Id<Section>>),
    /// Goal blocks with their indicator tables.
    Goals(Vec<Id<Goal>>),
    /// Rows of the fund table.
    Funds(Vec<Id<FundRow>>),
    /// Rows of a further table.
    TableRows(String, Vec<Id<TableRow>>),
    /// Shared reasons.
    Reasons(Vec<Id<SharedReason>>),
    /// 佐证材料
    Evidence(Vec<Id<Evidence>>),
}

/// Parts of a project and where they are to belong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relocation {
    /// Rows into a group.
    Indicators(Vec<Id<Indicator>>, Id<Group>),
    /// Groups into a section.
    Groups(Vec<Id<Group>>, Id<Section>),
    /// Sections into a goal block.
    Sections(Vec<Id<Section>>, Id<Goal>),
    /// Goal blocks.
    Goals(Vec<Id<Goal>>),
    /// Rows of the fund table.
    Funds(Vec<Id<FundRow>>),
    /// Rows of a further table.
    TableRows(String, Vec<Id<TableRow>>),
    /// 佐证材料
    Evidence(Vec<Id<Evidence>>),
}

/// An indicator that was approved with the budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApprovedIndicator {
    /// A row of the form.
    Row(Id<Indicator>),
    /// One that the form lacks.
    Removed(Id<Removed>),
}

/// A change of an approved value. The value before is the one filed now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAdjustment {
    /// The value.
    pub field: ApprovedField,
    /// The value after the adjustment.
    pub new: String,
    /// When, as typed.
    pub date: String,
    /// 文号
    pub document_no: String,
    /// Why.
    pub reason: String,
}

/// What a shared reason spans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReasonSpan {
    /// A first-level section.
    Section(Id<Section>),
    /// A second-level group.
    Group(Id<Group>),
    /// A run of rows.
    Rows(Vec<Id<Indicator>>),
}

impl EditCommand {
    /// What the step is called in the list of steps: "修改 实际完成值", "删除 3 行指标".
    pub fn label(&self) -> String {
        match self {
            Self::SetCell { at, .. } => format!("修改 {}", caption(&at.place)),
            Self::MoveOn { record, .. } => record.called(),
            Self::SetStage { stage, .. } => format!("改为 {stage}"),
            Self::SetMoneyUnit { unit, .. } => format!("金额单位改为 {unit}"),
            Self::SetEdition { .. } => "更换表样".into(),
            Self::ReplaceForm { label, .. } | Self::RestoreVersion { label, .. } => label.clone(),
            Self::DropAside { .. } => "清除 没有位置的内容".into(),
            Self::SetPartOf { parent, .. } => match parent {
                Some(_) => "设为“其中”行".into(),
                None => "取消“其中”行".into(),
            },
            Self::SetMethod { method, .. } => match method {
                Some(_) => "修改 计分办法".into(),
                None => "取消 计分办法".into(),
            },
            Self::SetReasonSpan { .. } => "修改 合并原因的范围".into(),
            Self::SetEvidence { .. } => "修改 佐证材料".into(),
            Self::MoveEvidence { .. } => "改写 佐证材料的位置".into(),
            Self::Insert { parts, .. } => format!("插入 {}", parts.counted()),
            Self::Remove { parts, .. } => format!("删除 {}", parts.counted()),
            Self::Move { to, .. } => format!("移动 {}", to.counted()),
            Self::RemoveFootnote { .. } => "删除 表下注释".into(),
            Self::InsertProject { .. } => "插入 项目".into(),
            Self::RemoveProject { .. } => "删除 项目".into(),
            Self::MoveProject { .. } => "移动 项目".into(),
            Self::AddNote { .. } => "添加 审核意见".into(),
            Self::ResolveNote { resolved, .. } => match resolved {
                true => "审核意见标为已处理".into(),
                false => "审核意见标为未处理".into(),
            },
            Self::ChangeNote { .. } => "修改 审核意见".into(),
            Self::ReplyToNote { .. } => "回复 审核意见".into(),
            Self::RemoveReply { .. } => "删除 回复".into(),
            Self::RemoveNote { .. } => "删除 审核意见".into(),
            Self::SetExplanation { .. } => "填写 核实说明".into(),
            Self::RemoveExplanation { .. } => "删除 核实说明".into(),
            Self::ApproveTargets { .. } => "登记 批复值".into(),
            Self::ApproveRow { approved, .. } => match approved {
                Some(_) => "登记 一行批复值".into(),
                None => "取消 一行批复值".into(),
            },
            Self::RecordCancellation { .. } => "记录调整 取消指标".into(),
            Self::ListRemoved { .. } => "登记 表中没有的批复指标".into(),
            Self::DropRemoved { .. } => "移出 表中没有的批复指标".into(),
            Self::RecordAdjustment { adjustment, .. } => {
                format!("记录调整 {}", caption_of_approved(adjustment.field))
            }
            Self::SetAccount { account, .. } => match account {
                Some(_) => "登记 账面数".into(),
                None => "取消 账面数".into(),
            },
            Self::SetLastYear { last, .. } => match last {
                Some(_) => "登记 上年数据".into(),
                None => "取消 上年数据".into(),
            },
            Self::SetDeadline {
                stage, deadline, ..
            } => match deadline {
                Some(_) => format!("设定 {stage}期限"),
                None => format!("取消 {stage}期限"),
            },
            Self::SetWithheld { withheld, .. } => match withheld {
                Some(_) => "标为 不公开".into(),
                None => "取消 不公开".into(),
            },
            Self::RecordBudgetAdjustment { .. } => "登记 预算调整".into(),
            Self::DropBudgetAdjustment { .. } => "删除 预算调整".into(),
            Self::ClearWorkingPaper { line, .. } => match line {
                Some(_) => "复核底稿一行回到预填".into(),
                None => "复核底稿回到预填".into(),
            },
            Self::EmbedEdition { .. } => "随文件保存表样".into(),
            Self::RecordSending { sending } => format!("登记 发给{}的填报表", sending.to),
            Self::RecordReturn { .. } => "登记 收回填报表".into(),
            Self::DropSending { .. } => "删除 填报表的发出记录".into(),
            Self::TakeMerge { label, .. } | Self::Many { label, .. } => label.clone(),
            Self::AddRectifications { entries, .. } => {
                format!("添加 {} 条整改事项", entries.len())
            }
            Self::SetRectification { .. } => "修改 整改事项".into(),
            Self::DropRectifications { entries } => format!("删除 {} 条整改事项", entries.len()),
            Self::MoveRectification { .. } => "移动 整改事项".into(),
        }
    }
}

/// The usual caption of an approved value.
pub(super) fn caption_of_approved(field: ApprovedField) -> &'static str {
    match field {
        ApprovedField::Name => IndicatorRole::Name,
        ApprovedField::Nature => IndicatorRole::Nature,
        ApprovedField::Target => IndicatorRole::Target,
        ApprovedField::Unit => IndicatorRole::Unit,
        ApprovedField::Weight => IndicatorRole::Weight,
    }
    .usual_caption()
}
