//! What stands where in a grid, before it is a project: texts with their places and what they were taken for.

use std::ops::Range;

use super::FormKind;
use crate::{exchange::grid::Cell, model::edition::IndicatorRole};

/// All that was found in one grid.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// The forms from top to bottom.
    pub forms: Vec<FoundForm>,
    /// Rows of budget or payment tables, headings and the unit's row included.
    pub accounts: Vec<Range<u32>>,
    /// Cells outside of all forms, with why they are left out.
    pub ignored: Vec<Remarked>,
}

/// A text with what is to be said of it.
#[derive(Debug, Clone)]
pub struct Remarked {
    /// The cell.
    pub cell: Cell,
    /// One sentence.
    pub note: String,
}

/// A form.
#[derive(Debug, Clone)]
pub struct FoundForm {
    /// Its rows.
    pub rows: Range<u32>,
    /// What it is for.
    pub what: FormKind,
    /// The title.
    pub title: Option<Cell>,
    /// 报表编号 as it stands.
    pub form_no: Option<Cell>,
    /// A year that stands outside the header fields: in the title or a line of its own ("（2022年度）"), with its cell.
    pub year: Option<(Cell, String)>,
    /// The money unit as the form writes it ("万元"), and the cell that says so.
    pub money_unit: Option<(Cell, String)>,
    /// The caption beside the money unit, where it has a cell of its own.
    pub unit_caption: Option<Cell>,
    /// Header fields.
    pub header: Vec<Field>,
    /// 项目资金
    pub funds: Option<Funds>,
    /// Goal blocks, each with its indicator table. A form without goals but with a table has one.
    pub goals: Vec<FoundGoal>,
    /// 总分
    pub total: Option<Total>,
    /// 评价等级, self-evaluated conclusion texts, people at the foot, further tables: captions with values.
    pub fields_below: Vec<Field>,
    /// Further tables (资金管理情况): headings, then rows of cells.
    pub tables: Vec<FurtherTable>,
    /// Footnotes.
    pub footnotes: Vec<Cell>,
    /// Cells that nothing was made of.
    pub ignored: Vec<Remarked>,
    /// What a person should look at (possibly missing rows at a page break), with its place.
    pub warnings: Vec<Remarked>,
}

/// A caption with its value.
#[derive(Debug, Clone)]
pub struct Field {
    /// The caption.
    pub caption: Cell,
    /// The value; `None` where the cell is blank.
    pub value: Option<Cell>,
}

/// The fund table.
#[derive(Debug, Clone, Default)]
pub struct Funds {
    /// The caption at the side.
    pub caption: Option<Cell>,
    /// Headings of its columns, from left to right.
    pub columns: Vec<FundHeading>,
    /// Its rows.
    pub rows: Vec<FundLine>,
}

/// A heading of the fund table.
#[derive(Debug, Clone)]
pub struct FundHeading {
    /// The heading.
    pub cell: Cell,
    /// The key it means (see `model::project::fund`, or "remark"); `None` for one that is not known.
    pub key: Option<&'static str>,
}

/// A row of the fund table.
#[derive(Debug, Clone)]
pub struct FundLine {
    /// Its caption; without text where the only row has none.
    pub name: Cell,
    /// Its cells, each with the index of its column in [`Funds::columns`].
    pub cells: Vec<(usize, Cell)>,
    /// How sure the columns are, in percent; 100 in an aligned grid.
    pub sure: u8,
}

/// A goal block with its indicator table.
#[derive(Debug, Clone, Default)]
pub struct FoundGoal {
    /// The caption, where there are several.
    pub caption: Option<Cell>,
    /// The caption at the side of the only goal block ("年度总体目标").
    pub side: Option<Cell>,
    /// The caption at the side of the indicator table ("绩效指标").
    pub table_caption: Option<Cell>,
    /// The weight of the block.
    pub weight: Option<Cell>,
    /// 预期目标
    pub expected: Option<Field>,
    /// 实际完成情况
    pub actual: Option<Field>,
    /// Further goal cells (调整后目标).
    pub others: Vec<Field>,
    /// Headings of the indicator table, from left to right.
    pub columns: Vec<Heading>,
    /// Its first-level blocks. A table without levels has one without caption.
    pub sections: Vec<FoundSection>,
    /// Reasons in cells that span several rows, and loose paragraphs that are probably one.
    pub reasons: Vec<FoundReason>,
}

/// A heading of the indicator table.
#[derive(Debug, Clone)]
pub struct Heading {
    /// The heading.
    pub cell: Cell,
    /// What it means.
    pub role: IndicatorRole,
}

/// A first-level block.
#[derive(Debug, Clone, Default)]
pub struct FoundSection {
    /// The caption.
    pub caption: Option<Cell>,
    /// A weight in a cell of the whole block.
    pub weight: Option<Cell>,
    /// A score in a cell of the whole block.
    pub score: Option<Cell>,
    /// Second-level groups. A table without second level has one without caption.
    pub groups: Vec<FoundGroup>,
}

/// A second-level group.
#[derive(Debug, Clone, Default)]
pub struct FoundGroup {
    /// The caption.
    pub caption: Option<Cell>,
    /// A weight in a cell of the whole group.
    pub weight: Option<Cell>,
    /// A score in a cell of the whole group.
    pub score: Option<Cell>,
    /// Its rows.
    pub rows: Vec<FoundRow>,
}

/// An indicator row.
#[derive(Debug, Clone)]
pub struct FoundRow {
    /// Its row in the grid.
    pub row: u32,
    /// Its cells, each with the index of its column in [`FoundGoal::columns`]; level captions not included.
    pub cells: Vec<(usize, Cell)>,
    /// Whether it is part (其中) of the row above.
    pub part: bool,
    /// How sure the columns are, in percent.
    pub sure: u8,
    /// What was guessed and why; empty where nothing was.
    pub note: String,
}

/// A reason of several rows.
#[derive(Debug, Clone)]
pub struct FoundReason {
    /// The text.
    pub cell: Cell,
    /// What it spans.
    pub span: FoundSpan,
    /// How sure, in percent; below 100 for a loose paragraph.
    pub sure: u8,
}

/// What a reason spans; indices into sections, groups, rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundSpan {
    /// A first-level block.
    Section(usize),
    /// A second-level group.
    Group(usize, usize),
    /// Rows of the grid.
    Rows(Range<u32>),
}

/// The total row.
#[derive(Debug, Clone)]
pub struct Total {
    /// Its caption.
    pub caption: Cell,
    /// In the weight column.
    pub weight: Option<Cell>,
    /// In the score column.
    pub score: Option<Cell>,
    /// 评价等级
    pub rating: Option<Cell>,
}

/// A further table.
#[derive(Debug, Clone)]
pub struct FurtherTable {
    /// Its caption.
    pub caption: Option<Cell>,
    /// Its headings.
    pub headings: Vec<Cell>,
    /// Its rows: caption first, then a cell for each heading.
    pub rows: Vec<Vec<Option<Cell>>>,
}
