//! What the columns of a pasted table are, told by their headings or by what stands in them.

use crate::model::{
    figure::{Figure, MoneyUnit},
    folding::folded,
    typed::{Readable as _, trim},
};

use super::super::block::Block;

/// What a column of the pasted table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// 项目编码
    Code,
    /// 项目名称
    Name,
    /// 年初预算数
    Initial,
    /// 全年预算数
    Adjusted,
    /// 全年执行数
    Executed,
}

/// Headings without white space, stars and what stands in brackets.
const HEADINGS: &[(&str, Column)] = &[
    ("项目编码", Column::Code),
    ("项目代码", Column::Code),
    ("项目编号", Column::Code),
    ("编码", Column::Code),
    ("代码", Column::Code),
    ("项目名称", Column::Name),
    ("转移支付名称", Column::Name),
    ("名称", Column::Name),
    ("项目", Column::Name),
    ("年初预算数", Column::Initial),
    ("年初预算", Column::Initial),
    ("年初预算金额", Column::Initial),
    ("年初批复数", Column::Initial),
    ("年初数", Column::Initial),
    ("年初", Column::Initial),
    ("全年预算数", Column::Adjusted),
    ("全年预算", Column::Adjusted),
    ("全年预算金额", Column::Adjusted),
    ("调整后预算数", Column::Adjusted),
    ("调整后预算", Column::Adjusted),
    ("调整预算数", Column::Adjusted),
    ("调整预算", Column::Adjusted),
    ("预算数", Column::Adjusted),
    ("全年", Column::Adjusted),
    ("全年执行数", Column::Executed),
    ("全年执行", Column::Executed),
    ("全年支出", Column::Executed),
    ("预算执行数", Column::Executed),
    ("执行数", Column::Executed),
    ("执行", Column::Executed),
    ("支出数", Column::Executed),
    ("支出", Column::Executed),
    ("决算数", Column::Executed),
    ("决算", Column::Executed),
];

/// How many rows at the top may be title, unit and headings.
const TOP: usize = 5;

/// A block with its columns made out.
pub(super) struct Table<'b> {
    block: &'b Block,
    columns: Vec<Option<Column>>,
    /// How many rows are headings or above them.
    head: usize,
}

impl<'b> Table<'b> {
    /// Makes out the columns of `block`; `names` says of a text whether it is the code and whether it is the name of a
    /// project.
    pub(super) fn read(block: &'b Block, names: impl Fn(&str) -> (bool, bool)) -> Self {
        match headings(block) {
            Some((head, columns)) => Self {
                block,
                columns,
                head,
            },
            None => Self {
                block,
                columns: columns_by_content(block, names),
                head: 0,
            },
        }
    }

    /// What each column holds.
    pub(super) fn columns(&self) -> &[Option<Column>] {
        &self.columns
    }

    /// The rows below the headings that are not blank, each with its number in the block from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &'b [String])> {
        let rows = self.block.rows().iter().enumerate().skip(self.head);
        rows.filter(|(_, texts)| texts.iter().any(|text| !trim(text).is_empty()))
            .map(|(at, texts)| (at + 1, texts.as_slice()))
    }
}

/// The money unit that headings or the rows above them state ("单位：万元"), for a first choice.
pub fn told_unit(block: &Block) -> Option<MoneyUnit> {
    let (head, _) = headings(block)?;
    let texts = block.rows()[..head].iter().flatten();
    texts
        .filter_map(|text| {
            let text = folded(text);
            let said = text.contains("单位") || text.contains('(');
            match said {
                true if text.contains("万元") => Some(MoneyUnit::TenThousandYuan),
                true if text.contains('元') => Some(MoneyUnit::Yuan),
                _ => None,
            }
        })
        .next()
}

/// How many rows the headings end after, and what they say of each column.
fn headings(block: &Block) -> Option<(usize, Vec<Option<Column>>)> {
    block
        .rows()
        .iter()
        .take(TOP)
        .enumerate()
        .find_map(|(at, texts)| {
            let mut columns: Vec<Option<Column>> = Vec::new();
            for text in texts {
                // Of two columns with the same heading the first counts.
                let column = heading(text).filter(|column| !columns.contains(&Some(*column)));
                columns.push(column);
            }
            let named = [Column::Code, Column::Name]
                .iter()
                .any(|column| columns.contains(&Some(*column)));
            let has_amounts = Column::AMOUNTS
                .iter()
                .any(|column| columns.contains(&Some(*column)));
            (named && has_amounts).then_some((at + 1, columns))
        })
}

fn heading(text: &str) -> Option<Column> {
    let mut depth = 0usize;
    let mut plain = String::new();
    for c in folded(text).chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 || c.is_whitespace() || c == '*' => {}
            _ => plain.push(c),
        }
    }
    HEADINGS
        .iter()
        .find(|(known, _)| *known == plain)
        .map(|(_, column)| *column)
}

/// The first columns in which any cell is the code or the name of a project, then the next three with amounts.
fn columns_by_content(block: &Block, names: impl Fn(&str) -> (bool, bool)) -> Vec<Option<Column>> {
    let width = block.rows().iter().map(Vec::len).max().unwrap_or_default();
    let mut columns: Vec<Option<Column>> = Vec::with_capacity(width);
    let mut amounts = Column::AMOUNTS.into_iter();
    for at in 0..width {
        let texts = || block.rows().iter().filter_map(move |row| row.get(at));
        let named = [
            (Column::Code, texts().any(|text| names(text).0)),
            (Column::Name, texts().any(|text| names(text).1)),
        ];
        let named = named
            .into_iter()
            .find(|(column, is_it)| *is_it && !columns.contains(&Some(*column)))
            .map(|(column, _)| column);
        let begun = columns.iter().any(Option::is_some);
        let is_amount = || texts().any(|text| is_amount(text));
        columns.push(match named {
            Some(column) => Some(column),
            None if begun && is_amount() => amounts.next(),
            None => None,
        });
    }
    columns
}

fn is_amount(text: &str) -> bool {
    Figure::read(trim(text)).is_some_and(|figure| !figure.percent)
}
