//! 批量填资金: one pasted table of projects and their amounts, planned and shown first, then applied as one step.

mod table;

use std::{collections::HashMap, fmt, sync::Arc};

use crate::model::{
    document::Document,
    edition::{Edition, FundRole},
    figure::{Figure, FigureCell, MoneyUnit},
    folding::folded,
    id::Id,
    numeral::{leading_number, plain},
    path::Place,
    project::{FundRow, Project, fund, header},
    typed::{Readable as _, trim},
};

use super::{
    apply::refuse_locked_stage, block::Block, command::EditCommand, paste::PlannedCell,
    refusal::Refusal,
};
use table::Table;
pub use table::{Column, told_unit};

/// What filling in a pasted table would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchPlan {
    /// What the columns of the block were taken for, from left to right; `None` for a column that is not used.
    pub columns: Vec<Option<Column>>,
    /// The rows of the block below its headings; blank ones are left out.
    pub rows: Vec<BatchRow>,
    /// The projects of the document that no row names.
    pub unnamed_projects: Vec<Id<Project>>,
}

/// One row of the block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRow {
    /// Its number in the block, from 1, headings counted.
    pub line: usize,
    /// 项目编码 as pasted; empty where there is none.
    pub code: String,
    /// 项目名称 as pasted; empty where there is none.
    pub name: String,
    /// The project it is for.
    pub project: Result<Id<Project>, Unmatched>,
    /// The cells of the project that it covers. Blank cells of the block cover none.
    pub cells: Vec<PlannedCell>,
    /// Columns of the block with an amount for which the project's form has no column.
    pub without_column: Vec<Column>,
}

/// Why a row fills in nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unmatched {
    /// The row has neither code nor name.
    #[error("此行没有项目编码和名称")]
    Nameless,
    /// No project has the code or the name.
    #[error("文件中没有这个项目")]
    Unknown,
    /// Several projects have the same code or name.
    #[error("文件中有 {0} 个同名的项目，请加上项目编码")]
    Ambiguous(usize),
    /// The project of this name has another code.
    #[error("同名项目的编码是“{0}”，与此行不同")]
    OtherCode(String),
    /// An earlier row is for the same project.
    #[error("与第 {0} 行是同一个项目，以第 {0} 行为准")]
    Repeated(usize),
    /// The project's edition is not at hand.
    #[error("缺少此项目的表样，不知道填在哪里")]
    NoEdition,
    /// The project has no row for its total funds.
    #[error("此项目的资金表没有资金总额行")]
    NoFundRow,
}

/// Plans to fill in the amounts of `block`.
///
/// Rows are matched to projects by 项目编码 exactly, else by 项目名称 without regard to white space at its ends and to full or
/// half width. Amounts go into the row of the form's total funds: the one the edition scores, else its first. They are kept
/// as typed where `block_unit` is the form's unit, else converted exactly; a unit inside a cell ("12万元") goes before
/// `block_unit`. What is no amount is refused cell by cell.
pub fn plan(
    document: &Document,
    editions: &dyn Fn(&Project) -> Option<Arc<Edition>>,
    block: &Block,
    block_unit: MoneyUnit,
) -> BatchPlan {
    let index = Index::of(document);
    let table = Table::read(block, |text| (index.has_code(text), index.has_name(text)));
    let mut planner = Planner {
        document,
        editions,
        block_unit,
        index,
        named: HashMap::new(),
    };
    let rows = table
        .lines()
        .map(|(line, texts)| planner.row(line, texts, table.columns()))
        .collect();
    let unnamed_projects = document
        .projects
        .iter()
        .map(|project| project.id)
        .filter(|id| !planner.named.contains_key(id))
        .collect();
    BatchPlan {
        columns: table.columns().to_vec(),
        rows,
        unnamed_projects,
    }
}

impl BatchPlan {
    /// The rows that fill in nothing, with the reason.
    pub fn unmatched(&self) -> impl Iterator<Item = (&BatchRow, &Unmatched)> {
        self.rows
            .iter()
            .filter_map(|row| Some((row, row.project.as_ref().err()?)))
    }

    /// How many projects are given another text.
    pub fn changed_projects(&self) -> usize {
        self.rows
            .iter()
            .filter(|row| row.cells.iter().any(PlannedCell::is_written))
            .count()
    }

    /// The whole plan as one step; refused cells are left out.
    pub fn command(&self) -> EditCommand {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        let set = |cell: &PlannedCell| EditCommand::SetCell {
            at: cell.at.clone(),
            text: cell.new.clone(),
        };
        EditCommand::Many {
            label: format!("批量填资金 {} 个项目", self.changed_projects()),
            commands: cells.filter(|cell| cell.is_written()).map(set).collect(),
        }
    }
}

/// The projects by what names them.
struct Index {
    codes: HashMap<String, Vec<Id<Project>>>,
    names: HashMap<String, Vec<Id<Project>>>,
}

impl Index {
    fn of(document: &Document) -> Self {
        let mut index = Self {
            codes: HashMap::new(),
            names: HashMap::new(),
        };
        for project in document.projects.iter() {
            let code = trim(project.header(header::PROJECT_CODE));
            let name = folded(project.name());
            if !code.is_empty() {
                index
                    .codes
                    .entry(code.to_owned())
                    .or_default()
                    .push(project.id);
            }
            if !name.is_empty() {
                index.names.entry(name).or_default().push(project.id);
            }
        }
        index
    }

    fn has_code(&self, text: &str) -> bool {
        self.codes.contains_key(trim(text))
    }

    fn has_name(&self, text: &str) -> bool {
        self.names.contains_key(&folded(text))
    }

    fn find(&self, document: &Document, code: &str, name: &str) -> Result<Id<Project>, Unmatched> {
        if code.is_empty() && name.is_empty() {
            return Err(Unmatched::Nameless);
        }
        let by_code = self.codes.get(code).map_or(&[][..], Vec::as_slice);
        let by_name = self.names.get(&folded(name)).map_or(&[][..], Vec::as_slice);
        match (by_code, by_name) {
            ([id], _) => Ok(*id),
            ([_, ..], _) => {
                let both: Vec<_> = by_code.iter().filter(|id| by_name.contains(id)).collect();
                match both.as_slice() {
                    [id] => Ok(**id),
                    _ => Err(Unmatched::Ambiguous(by_code.len())),
                }
            }
            ([], [id]) => {
                let own = document.project(*id);
                let own = own.map_or("", |own| trim(own.header(header::PROJECT_CODE)));
                if code.is_empty() || own.is_empty() {
                    Ok(*id)
                } else {
                    Err(Unmatched::OtherCode(own.to_owned()))
                }
            }
            ([], []) => Err(Unmatched::Unknown),
            ([], same) => Err(Unmatched::Ambiguous(same.len())),
        }
    }
}

struct Planner<'a> {
    document: &'a Document,
    editions: &'a dyn Fn(&Project) -> Option<Arc<Edition>>,
    block_unit: MoneyUnit,
    index: Index,
    /// The line that names each project.
    named: HashMap<Id<Project>, usize>,
}

impl Planner<'_> {
    fn row(&mut self, line: usize, texts: &[String], columns: &[Option<Column>]) -> BatchRow {
        let text_of = |wanted: Column| {
            let at = columns.iter().position(|column| *column == Some(wanted));
            at.and_then(|at| texts.get(at))
                .map_or("", |text| trim(text))
        };
        let (code, name) = (text_of(Column::Code), text_of(Column::Name));
        let mut row = BatchRow {
            line,
            code: code.to_owned(),
            name: name.to_owned(),
            project: self.claim(line, code, name),
            cells: Vec::new(),
            without_column: Vec::new(),
        };
        if let Ok(id) = row.project {
            let amounts = Column::AMOUNTS
                .into_iter()
                .map(|column| (column, text_of(column)))
                .filter(|(_, text)| !text.is_empty());
            if let Err(unmatched) = self.fill(&mut row, id, amounts) {
                row.project = Err(unmatched);
            }
        }
        row
    }

    /// The project that the row is for, unless an earlier row is.
    fn claim(&mut self, line: usize, code: &str, name: &str) -> Result<Id<Project>, Unmatched> {
        let id = self.index.find(self.document, code, name)?;
        match self.named.get(&id) {
            Some(earlier) => Err(Unmatched::Repeated(*earlier)),
            None => {
                self.named.insert(id, line);
                Ok(id)
            }
        }
    }

    fn fill<'t>(
        &self,
        row: &mut BatchRow,
        id: Id<Project>,
        amounts: impl Iterator<Item = (Column, &'t str)>,
    ) -> Result<(), Unmatched> {
        let project: &Project = self.document.project(id).ok_or(Unmatched::Unknown)?;
        let edition = (self.editions)(project).ok_or(Unmatched::NoEdition)?;
        let total = total_row(project, &edition).ok_or(Unmatched::NoFundRow)?;
        let unlocked = refuse_locked_stage(project);
        for (column, text) in amounts {
            let Some(key) = column.key().filter(|key| takes_amounts(&edition, key)) else {
                row.without_column.push(column);
                continue;
            };
            let amount = amount_in(text, self.block_unit, project.money_unit);
            let (new, readable) = match amount {
                Some(amount) => (amount, Ok(())),
                None => (text.to_owned(), Err(Refusal::NotAnAmount(text.to_owned()))),
            };
            let at = project.at(Place::Fund(total.id, key.to_owned()));
            let old = total.figure(key).text();
            row.cells.push(PlannedCell::new(
                at,
                old,
                &new,
                unlocked.clone().and(readable),
            ));
        }
        Ok(())
    }
}

/// The row of the form's total funds.
fn total_row<'p>(project: &'p Project, edition: &Edition) -> Option<&'p FundRow> {
    let layout = edition
        .scored_fund_row()
        .or_else(|| edition.funds.rows.first())?;
    let row = project.funds.iter().find(|row| row.key == layout.key);
    row.map(|row| &**row)
}

/// Whether the form has a column of this key into which an amount is typed.
fn takes_amounts(edition: &Edition, key: &str) -> bool {
    edition
        .fund_column_named(key)
        .is_some_and(|column| column.role == FundRole::Amount && column.formula.is_none())
}

impl Column {
    /// The columns with amounts.
    pub const AMOUNTS: [Self; 3] = [Self::Initial, Self::Adjusted, Self::Executed];

    /// The key of the fund column it fills; `None` for code and name.
    pub fn key(self) -> Option<&'static str> {
        match self {
            Self::Code | Self::Name => None,
            Self::Initial => Some(fund::INITIAL),
            Self::Adjusted => Some(fund::ADJUSTED),
            Self::Executed => Some(fund::EXECUTED),
        }
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Code => "项目编码",
            Self::Name => "项目名称",
            Self::Initial => "年初预算数",
            Self::Adjusted => "全年预算数",
            Self::Executed => "全年执行数",
        })
    }
}

/// The text to be stored for a pasted amount; `None` where it is none. Exact: converting only shifts the decimal point.
fn amount_in(text: &str, block_unit: MoneyUnit, form_unit: MoneyUnit) -> Option<String> {
    let figure = Figure::read(text).filter(|figure| !figure.percent)?;
    let unit = figure.unit.unwrap_or(block_unit);
    let written = if unit == form_unit {
        digits_of(text).to_owned()
    } else {
        plain(unit.convert(figure.value, form_unit)?)
    };
    FigureCell::new(&*written).number().map(|_| written)
}

/// The number of an amount as typed, without the signs around it.
fn digits_of(text: &str) -> &str {
    let number = text.strip_prefix(['¥', '￥']).map_or(text, trim);
    let rest = leading_number(number).map_or("", |(_, rest)| rest);
    &number[..number.len() - rest.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const YUAN: MoneyUnit = MoneyUnit::Yuan;
    const WAN: MoneyUnit = MoneyUnit::TenThousandYuan;

    #[test]
    fn amounts_are_kept_as_typed_or_converted_exactly() {
        for (text, from, to, stored) in [
            ("1,234.00", YUAN, YUAN, Some("1,234.00")),
            ("¥1,234.00元", WAN, YUAN, Some("1,234.00")),
            ("1,234,500.00", YUAN, WAN, Some("123.45")),
            ("0.01", YUAN, WAN, Some("0.000001")),
            ("123.456789", WAN, YUAN, Some("1234567.89")),
            ("12", WAN, YUAN, Some("120000")),
            ("12万元", YUAN, YUAN, Some("120000")),
            ("-3.5", WAN, YUAN, Some("-35000")),
            ("0", YUAN, WAN, Some("0")),
            ("12%", YUAN, YUAN, None),
            ("—", YUAN, YUAN, None),
            ("约12万", YUAN, YUAN, None),
            ("1000000000000000", WAN, YUAN, None),
            ("0.0000000001", YUAN, WAN, None),
        ] {
            assert_eq!(amount_in(text, from, to).as_deref(), stored, "{text}");
        }
    }
}
