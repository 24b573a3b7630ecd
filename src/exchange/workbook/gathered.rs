//! The cells and merged areas of a sheet as they come, and the grid that they make.

use std::collections::BTreeSet;

use super::spans;
use crate::exchange::{
    error::{Excess, ReadError},
    grid::{Cell, Columns, Grid, MARK, Place},
    limits,
    watch::Budget,
};

/// Merged areas of a sheet that are kept at most: no sheet has more of them than cells.
const MERGED: usize = limits::CELLS;

/// What was gathered of a sheet.
#[derive(Default)]
pub(in crate::exchange) struct Gathered {
    cells: Vec<Cell>,
    merged: Vec<(Place, Place)>,
    hidden_rows: BTreeSet<u32>,
    hidden_columns: BTreeSet<u32>,
    /// Whether merged areas without text are kept as blank cells.
    pub keeps_blanks: bool,
    /// Numbers other than zero that their format does not show.
    pub unshown: usize,
    /// Formulas that nobody calculated before the file was saved.
    pub uncalculated: usize,
}

impl Gathered {
    /// Keeps a cell with text.
    pub fn keep(&mut self, place: Place, text: &str, budget: &mut Budget) -> Result<(), ReadError> {
        if text.trim().is_empty() {
            return Ok(());
        }
        if place.row >= limits::ROWS {
            return Err(ReadError::TooLarge(Excess::Rows));
        }
        if place.column >= limits::COLUMNS {
            return Err(ReadError::TooLarge(Excess::Columns));
        }
        budget.take_cell(text)?;
        self.cells.push(Cell::new(place.row, place.column, text));
        Ok(())
    }

    /// Keeps a merged area from its first cell to its last.
    pub fn merge(&mut self, first: Place, last: Place) {
        if first.row <= last.row && first.column <= last.column && self.merged.len() < MERGED {
            self.merged.push((first, last));
        }
    }

    /// Notes a row that is hidden, counted from 0.
    pub fn hide_row(&mut self, row: u32) {
        if row < limits::ROWS {
            self.hidden_rows.insert(row);
        }
    }

    /// Notes columns that are hidden, from the first to the last, counted from 0.
    pub fn hide_columns(&mut self, first: u32, last: u32) {
        self.hidden_columns
            .extend(first..=last.min(limits::COLUMNS - 1));
    }

    /// The grid, and what a person should know of it.
    pub fn into_grid(mut self, name: &str) -> (Grid, Vec<String>) {
        if self.keeps_blanks {
            self.add_blanks();
        }
        // A file in disorder may name a place twice: the first counts.
        self.cells.sort_by_key(|cell| cell.place);
        self.cells.dedup_by_key(|cell| cell.place);
        let covered = spans::apply(&mut self.cells, &self.merged);
        let remarks = self.remarks(name, covered);
        let grid = Grid {
            name: name.to_owned(),
            columns: Columns::Aligned,
            cells: self.cells,
        };
        (grid, remarks)
    }

    /// A blank cell at the beginning of every merged area; where there is a cell, that one counts.
    fn add_blanks(&mut self) {
        let within = |place: &Place| place.row < limits::ROWS && place.column < limits::COLUMNS;
        let places = self.merged.iter().map(|(first, _)| *first).filter(within);
        self.cells
            .extend(places.map(|place| Cell::new(place.row, place.column, "")));
    }

    fn remarks(&self, name: &str, covered: usize) -> Vec<String> {
        let mut remarks = Vec::new();
        if let Some(hidden) = self.hidden() {
            remarks.push(format!("工作表“{name}”的{hidden}是隐藏的，也已读取。"));
        }
        if covered > 0 {
            remarks.push(format!(
                "工作表“{name}”有 {covered} 个单元格的内容被合并单元格盖住，表中看不见，没有读取。"
            ));
        }
        if self.uncalculated > 0 {
            remarks.push(format!(
                "工作表“{name}”有 {} 个公式没有计算结果，按空白读取；请用 WPS 打开，保存后再导入。",
                self.uncalculated
            ));
        }
        if self.unshown > 0 {
            remarks.push(format!(
                "工作表“{name}”有 {} 个数字被单元格格式设为不显示，按空白读取。",
                self.unshown
            ));
        }
        remarks
    }

    /// The hidden rows and columns that hold text, in words.
    fn hidden(&self) -> Option<String> {
        let is_shown = |cell: &&Cell| !cell.text.starts_with(MARK);
        let places = || self.cells.iter().filter(is_shown).map(|cell| cell.place);
        let rows: BTreeSet<u32> = places().map(|place| place.row).collect();
        let columns: BTreeSet<u32> = places().map(|place| place.column).collect();
        let rows = ranges(self.hidden_rows.intersection(&rows), |row| {
            (row + 1).to_string()
        });
        let columns = ranges(self.hidden_columns.intersection(&columns), |column| {
            let first = Place { row: 0, column };
            first.column_name()
        });
        let parts: Vec<String> = [
            rows.map(|rows| format!("第 {rows} 行")),
            columns.map(|columns| format!("第 {columns} 列")),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!parts.is_empty()).then(|| parts.join("和"))
    }
}

/// Ranges of numbers in order, in words: "3–5、8"; of many, the first.
fn ranges<'n>(
    numbers: impl Iterator<Item = &'n u32>,
    name: impl Fn(u32) -> String,
) -> Option<String> {
    const SHOWN: usize = 8;
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let mut words: Vec<String> = runs
        .iter()
        .take(SHOWN)
        .map(|(first, last)| {
            if first == last {
                name(*first)
            } else {
                format!("{}–{}", name(*first), name(*last))
            }
        })
        .collect();
    if runs.len() > SHOWN {
        words.push("…".to_owned());
    }
    (!words.is_empty()).then(|| words.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::watch::Unwatched;

    fn place(row: u32, column: u32) -> Place {
        Place { row, column }
    }

    fn gathered(texts: &[(u32, u32, &str)]) -> Gathered {
        let mut gathered = Gathered::default();
        let mut budget = Budget::new(&Unwatched);
        for (row, column, text) in texts {
            let kept = gathered.keep(place(*row, *column), text, &mut budget);
            assert_eq!(kept, Ok(()));
        }
        gathered
    }

    #[test]
    fn a_merged_cell_spans_and_what_lies_below_is_told() {
        let mut sheet = gathered(&[
            (1, 0, "甲"),
            (0, 0, "题"),
            (2, 1, "下"),
            (2, 0, "乙"),
            (3, 3, "末"),
            (4, 0, " "),
        ]);
        sheet.merge(place(1, 0), place(2, 1));
        let (grid, remarks) = sheet.into_grid("表");
        assert_eq!(
            grid.cells,
            [
                Cell::new(0, 0, "题"),
                Cell::new(1, 0, "甲").spanning(2, 2),
                Cell::new(3, 3, "末"),
            ]
        );
        assert_eq!(
            remarks,
            ["工作表“表”有 2 个单元格的内容被合并单元格盖住，表中看不见，没有读取。"]
        );
    }

    #[test]
    fn the_first_of_two_cells_at_a_place_counts() {
        let (grid, _) = gathered(&[(0, 0, "先"), (0, 1, "旁"), (0, 0, "后")]).into_grid("表");
        assert_eq!(grid.cells, [Cell::new(0, 0, "先"), Cell::new(0, 1, "旁")]);
    }

    #[test]
    fn hidden_rows_and_columns_are_read_and_told() {
        let mut sheet = gathered(&[(0, 0, "甲"), (1, 0, "乙"), (0, 5, "丙")]);
        sheet.hide_row(1);
        sheet.hide_row(9);
        sheet.hide_columns(4, u32::MAX);
        let (grid, remarks) = sheet.into_grid("表");
        assert_eq!(grid.cells.len(), 3);
        assert_eq!(
            remarks,
            ["工作表“表”的第 2 行和第 F 列是隐藏的，也已读取。"]
        );
    }

    #[test]
    fn what_a_sheet_does_not_show_is_counted() {
        let sheet = Gathered {
            unshown: 1,
            uncalculated: 2,
            ..Gathered::default()
        };
        assert_eq!(
            sheet.into_grid("表").1,
            [
                "工作表“表”有 2 个公式没有计算结果，按空白读取；请用 WPS 打开，保存后再导入。",
                "工作表“表”有 1 个数字被单元格格式设为不显示，按空白读取。"
            ]
        );
    }

    #[test]
    fn ranges_are_told_in_few_words() {
        let of = |numbers: Vec<u32>| ranges(numbers.iter(), |number| number.to_string());
        assert_eq!(of(vec![]), None);
        assert_eq!(of(vec![3, 4, 5, 8]).as_deref(), Some("3–5、8"));
        let many = of((0..40).step_by(2).collect()).unwrap();
        assert_eq!(many, "0、2、4、6、8、10、12、14、…");
    }

    #[test]
    fn a_cell_far_away_is_too_much() {
        let mut sheet = Gathered::default();
        let mut budget = Budget::new(&Unwatched);
        for (row, column, excess) in [
            (limits::ROWS, 0, Excess::Rows),
            (0, limits::COLUMNS, Excess::Columns),
        ] {
            let kept = sheet.keep(place(row, column), "远", &mut budget);
            assert_eq!(kept, Err(ReadError::TooLarge(excess)));
            assert_eq!(sheet.keep(place(row, column), " ", &mut budget), Ok(()));
        }
    }
}
