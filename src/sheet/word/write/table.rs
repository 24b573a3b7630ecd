//! Tables. A cell merged over rows is written again, without text, in each of them.

use super::{
    body::Writer,
    layout::Measures,
    remarks, styles,
    text::{self, Looks},
    xml::Xml,
};
use crate::sheet::word::document::{Align, CellStyle, Side, Table, TableCell, TableRow};

/// Room above and beneath the text of a cell, and at its sides where there are lines; in twentieths of a point. Word's lines
/// of 宋体 are three tenths higher than the letters: with this, rows are as high as on paper.
const ABOVE: &str = "45";
const BESIDE: &str = "60";

/// What stands at a place of a row.
enum Piece<'t> {
    /// A cell begins.
    Cell(&'t TableCell),
    /// A cell of a row above goes on.
    Covered(CellStyle),
    /// Nothing was said of it.
    Gap,
}

impl Piece<'_> {
    fn style(&self) -> CellStyle {
        match self {
            Self::Cell(cell) => cell.style,
            Self::Covered(style) => *style,
            Self::Gap => CellStyle::default(),
        }
    }
}

/// A piece with its first column and the number of columns.
type Placed<'t> = (usize, usize, Piece<'t>);

/// A cell that reaches into rows below: its columns, rows to come, and how it is set.
struct Reaching {
    column: usize,
    columns: usize,
    rows: usize,
    style: CellStyle,
}

/// A table on its way.
pub(super) struct Drawing<'t> {
    pub table: &'t Table,
    pub measures: Measures,
    /// Whether another table touches it beneath.
    pub touched: bool,
}

impl<'t> Drawing<'t> {
    /// Writes the table.
    pub fn write(&self, xml: &mut Xml, writer: &mut Writer<'t>) {
        let columns = self.measures.columns(&self.table.widths);
        if columns.is_empty() || self.table.rows.is_empty() {
            return;
        }
        xml.within("w:tbl", &[], |xml| {
            self.properties(xml);
            xml.within("w:tblGrid", &[], |xml| {
                for width in &columns {
                    xml.leaf("w:gridCol", &[("w:w", &width.to_string())]);
                }
            });
            let mut reaching: Vec<Reaching> = Vec::new();
            for (number, row) in self.table.rows.iter().enumerate() {
                let left = self.table.rows.len() - number;
                let pieces = pieces(row, columns.len(), left, &mut reaching);
                self.row(xml, writer, number, row, (&pieces, &columns));
            }
        });
    }

    fn properties(&self, xml: &mut Xml) {
        xml.within("w:tblPr", &[], |xml| {
            let width = self.measures.text_width().to_string();
            xml.leaf("w:tblW", &[("w:w", &width), ("w:type", "dxa")]);
            xml.leaf("w:tblInd", &[("w:w", "0"), ("w:type", "dxa")]);
            if self.table.ruled {
                xml.within("w:tblBorders", &[], |xml| {
                    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
                        border(xml, side, true);
                    }
                });
            }
            xml.leaf("w:tblLayout", &[("w:type", "fixed")]);
            xml.within("w:tblCellMar", &[], |xml| {
                let beside = if self.table.ruled { BESIDE } else { "0" };
                for (side, room) in [
                    ("w:top", ABOVE),
                    ("w:left", beside),
                    ("w:bottom", ABOVE),
                    ("w:right", beside),
                ] {
                    xml.leaf(side, &[("w:w", room), ("w:type", "dxa")]);
                }
            });
        });
    }

    fn row(
        &self,
        xml: &mut Xml,
        writer: &mut Writer<'t>,
        number: usize,
        row: &'t TableRow,
        (pieces, columns): (&[Placed<'t>], &[i64]),
    ) {
        let width =
            |column: usize, count: usize| columns[column..column + count].iter().sum::<i64>();
        let is_high = pieces.iter().any(|(column, count, piece)| match piece {
            Piece::Cell(cell) => self.measures.is_high(&cell.text, width(*column, *count)),
            _ => false,
        });
        let is_last = number + 1 == self.table.rows.len();
        // The line between two tables that touch is that of the second: the last row of the first has none and goes with it.
        let touches = is_last && self.touched && !is_high;
        let kept = (row.keep_with_next && !is_last || touches) && !is_high;
        let is_header = number < self.table.header_rows;
        xml.within("w:tr", &[], |xml| {
            xml.within("w:trPr", &[], |xml| {
                xml.switch("w:cantSplit", !is_high || is_header);
                xml.switch("w:tblHeader", is_header);
            });
            for (column, count, piece) in pieces {
                let width = width(*column, *count);
                xml.within("w:tc", &[], |xml| {
                    self.place(xml, piece, (width, *count), touches);
                    self.text(xml, writer, piece, width, kept);
                });
            }
        });
    }

    /// How wide a piece is, how many columns it covers, and which lines it has.
    fn place(&self, xml: &mut Xml, piece: &Piece, (width, count): (i64, usize), touches: bool) {
        let merge = match piece {
            Piece::Cell(cell) => (cell.rows > 1).then_some("restart"),
            Piece::Covered(_) => Some("continue"),
            Piece::Gap => None,
        };
        xml.within("w:tcPr", &[], |xml| {
            xml.leaf("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
            if count > 1 {
                xml.value("w:gridSpan", &count.to_string());
            }
            if let Some(merge) = merge {
                xml.value("w:vMerge", merge);
            }
            if self.table.ruled {
                // The part of a merged cell that goes on has no upper side of its own.
                let goes_on = matches!(piece, Piece::Covered(_));
                open_sides(xml, piece.style().open.filter(|_| !goes_on), touches);
            }
            // LibreOffice cuts a text in the middle of merged rows off where a page ends among them.
            let is_text = merge.is_some() && piece.style().align == Align::Left;
            let is_top = piece.style().top || is_text;
            xml.value("w:vAlign", if is_top { "top" } else { "center" });
        });
    }

    fn text(
        &self,
        xml: &mut Xml,
        writer: &mut Writer<'t>,
        piece: &Piece<'t>,
        width: i64,
        kept: bool,
    ) {
        let style = piece.style();
        xml.within("w:p", &[], |xml| {
            self.paragraph(xml, style, kept);
            let Piece::Cell(cell) = piece else { return };
            let size = if style.number {
                Some(self.measures.number_size(&cell.text, width))
                    .filter(|size| *size < self.measures.table_size)
            } else {
                style.small.then_some(14)
            };
            let looks = Looks {
                bold: style.bold,
                open: false,
                size,
            };
            writer
                .remarks
                .around(xml, &cell.remarks, cell.target, |xml| match cell.page_of {
                    Some(target) => {
                        let instruction = format!("PAGEREF {} \\h", remarks::name_of(target));
                        text::field(xml, &instruction, &cell.text, looks);
                    }
                    None if cell.text.is_empty() => {}
                    None => text::run(xml, &cell.text, looks),
                });
        });
    }

    fn paragraph(&self, xml: &mut Xml, style: CellStyle, kept: bool) {
        xml.within("w:pPr", &[], |xml| {
            let id = if style.caption {
                styles::CAPTION
            } else {
                styles::CELL
            };
            xml.value("w:pStyle", id);
            xml.switch("w:keepNext", kept);
            if style.indent > 0 {
                let indent = i64::from(style.indent);
                let characters = (indent * 100).to_string();
                let width = (indent * self.measures.table_size * 10).to_string();
                xml.leaf("w:ind", &[("w:leftChars", &characters), ("w:left", &width)]);
            }
            let align = match style.align {
                Align::Left => "left",
                Align::Centre => "center",
                Align::Right => "right",
            };
            xml.value("w:jc", align);
        });
    }
}

/// The sides of a cell that have no line.
fn open_sides(xml: &mut Xml, open: Option<Side>, open_beneath: bool) {
    let is_beneath = open_beneath || open == Some(Side::Bottom);
    if open.is_none() && !is_beneath {
        return;
    }
    xml.within("w:tcBorders", &[], |xml| {
        if open == Some(Side::Top) {
            border(xml, "top", false);
        }
        if is_beneath {
            border(xml, "bottom", false);
        }
    });
}

fn border(xml: &mut Xml, side: &str, is_drawn: bool) {
    let name = format!("w:{side}");
    if is_drawn {
        let line = [
            ("w:val", "single"),
            ("w:sz", "4"),
            ("w:space", "0"),
            ("w:color", "000000"),
        ];
        xml.leaf(&name, &line);
    } else {
        xml.value(&name, "nil");
    }
}

/// What stands in a row, from left to right, without a hole and without overlap; `left` counts the rows from it on.
fn pieces<'t>(
    row: &'t TableRow,
    columns: usize,
    left: usize,
    reaching: &mut Vec<Reaching>,
) -> Vec<Placed<'t>> {
    let mut placed: Vec<Placed> = Vec::new();
    let mut cells: Vec<&TableCell> = row.cells.iter().collect();
    cells.sort_by_key(|cell| cell.column);
    let mut column = 0;
    while column < columns {
        if let Some(above) = reaching.iter().find(|one| one.column == column) {
            placed.push((column, above.columns, Piece::Covered(above.style)));
            column += above.columns;
            continue;
        }
        let next_above = reaching
            .iter()
            .filter(|one| one.column > column)
            .map(|one| one.column);
        let end = next_above.min().unwrap_or(columns);
        let next = cells.iter().find(|cell| cell.column >= column);
        match next {
            Some(cell) if cell.column == column => {
                let count = cell.columns.max(1).min(end - column);
                placed.push((column, count, Piece::Cell(cell)));
                column += count;
            }
            _ => {
                let until = next.map_or(end, |cell| cell.column.min(end));
                placed.push((column, until - column, Piece::Gap));
                column = until;
            }
        }
    }
    carry(reaching, &placed, left);
    placed
}

/// What reaches into the row below the one with these pieces; `left` counts the rows from that one on.
fn carry(reaching: &mut Vec<Reaching>, placed: &[Placed], left: usize) {
    for one in reaching.iter_mut() {
        one.rows = one.rows.saturating_sub(1);
    }
    reaching.retain(|one| one.rows > 0);
    for (column, columns, piece) in placed {
        if let Piece::Cell(cell) = piece
            && cell.rows.min(left) > 1
        {
            reaching.push(Reaching {
                column: *column,
                columns: *columns,
                rows: cell.rows.min(left) - 1,
                style: cell.style,
            });
        }
    }
}
