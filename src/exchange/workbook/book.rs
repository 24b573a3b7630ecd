//! What is read of the sheets of a workbook of any kind, and what is told of the rest.

use std::ops::BitOrAssign;

use crate::exchange::{
    error::{Excess, ReadError},
    grid::{Content, Grid, MARK, OWN_SHEET, RowMark},
    guard::Package,
    limits,
};

/// The sheets of a workbook so far.
#[derive(Default)]
pub(in crate::exchange) struct Book {
    content: Content,
    hidden: Vec<String>,
    without_cells: Vec<String>,
    /// What the sheets that were read hold besides cells.
    pub left_out: LeftOut,
    read: usize,
}

impl Book {
    /// Whether a sheet is to be read; it is told at the end where it is not.
    pub fn wants(&mut self, name: &str, hidden: bool, has_cells: bool) -> Result<bool, ReadError> {
        let is_own = name == OWN_SHEET && self.content.own.sheet.is_none();
        let passed_over = match (has_cells, hidden && !is_own) {
            (true, false) => {
                self.read += 1;
                return match self.read > limits::SHEETS {
                    true => Err(ReadError::TooLarge(Excess::Sheets)),
                    false => Ok(true),
                };
            }
            (true, true) => &mut self.hidden,
            (false, _) => &mut self.without_cells,
        };
        if passed_over.len() < limits::SHEETS {
            passed_over.push(format!("“{name}”"));
        }
        Ok(false)
    }

    /// Adds a sheet, with what a person should know of it. Says whether it has become a grid: one without text does not.
    pub fn add(&mut self, (mut grid, remarks): (Grid, Vec<String>)) -> bool {
        if grid.name == OWN_SHEET && self.content.own.sheet.is_none() {
            self.content.own.sheet = Some(grid);
            return false;
        }
        self.part_marks(&mut grid);
        let has_text = !grid.cells.is_empty();
        if has_text {
            self.content.grids.push(grid);
        }
        self.content.remarks.extend(remarks);
        has_text
    }

    /// Takes what the program noted beside rows out of the cells of the grid that comes next.
    fn part_marks(&mut self, grid: &mut Grid) {
        let number = self.content.grids.len();
        let marks = &mut self.content.own.marks;
        grid.cells.retain(|cell| {
            let mark = cell.text.strip_prefix(MARK);
            marks.extend(mark.map(|mark| RowMark {
                grid: number,
                row: cell.place.row,
                text: mark.to_owned(),
            }));
            mark.is_none()
        });
    }

    /// All sheets, with what was not read.
    pub fn finish(self) -> Content {
        let mut content = self.content;
        let remarks = &mut content.remarks;
        if !self.hidden.is_empty() {
            remarks.push(format!(
                "隐藏的工作表{}没有读取；需要时请在 WPS 中取消隐藏，保存后再导入。",
                self.hidden.join("、")
            ));
        }
        if !self.without_cells.is_empty() {
            let names = self.without_cells.join("、");
            remarks.push(format!("{names}是图表或宏，没有读取。"));
        }
        remarks.extend(self.left_out.words());
        content
    }
}

/// What a workbook may hold besides cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::exchange) struct LeftOut {
    /// Notes at cells.
    pub comments: bool,
    /// Pictures, shapes and text boxes.
    pub drawings: bool,
}

impl LeftOut {
    /// As the names of the parts of a package tell.
    pub fn of(package: &Package) -> Self {
        let has = |folder: &str| {
            let mut names = package.names();
            names.any(|name| name.to_ascii_lowercase().starts_with(folder))
        };
        Self {
            comments: has("xl/comments") || has("xl/threadedcomments/"),
            drawings: has("xl/drawings/drawing"),
        }
    }

    /// In words, where there is any.
    fn words(self) -> Option<String> {
        let what = match (self.comments, self.drawings) {
            (false, false) => return None,
            (true, false) => "批注",
            (false, true) => "图片、图形和文本框",
            (true, true) => "批注和图片、图形、文本框",
        };
        Some(format!("只读取了单元格，{what}没有读取。"))
    }
}

impl BitOrAssign for LeftOut {
    fn bitor_assign(&mut self, other: Self) {
        self.comments |= other.comments;
        self.drawings |= other.drawings;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_that_are_passed_over_are_told() {
        let mut book = Book::default();
        for (name, hidden, has_cells) in [
            ("表", false, true),
            ("底稿", true, true),
            ("图", false, false),
        ] {
            let wanted = book.wants(name, hidden, has_cells);
            assert_eq!(wanted, Ok(name == "表"));
        }
        book.left_out |= LeftOut {
            comments: true,
            drawings: true,
        };
        assert_eq!(
            book.finish().remarks,
            [
                "隐藏的工作表“底稿”没有读取；需要时请在 WPS 中取消隐藏，保存后再导入。",
                "“图”是图表或宏，没有读取。",
                "只读取了单元格，批注和图片、图形、文本框没有读取。",
            ]
        );
    }

    #[test]
    fn sheets_are_counted() {
        let mut book = Book::default();
        for _ in 0..limits::SHEETS {
            assert_eq!(book.wants("表", false, true), Ok(true));
        }
        let excess = Err(ReadError::TooLarge(Excess::Sheets));
        assert_eq!(book.wants("表", false, true), excess);
    }
}
