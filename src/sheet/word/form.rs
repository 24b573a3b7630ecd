//! A booklet as a Word document: the same tables as on paper.

use super::{
    super::{
        booklet::{Booklet, Part},
        office::{Behind, OfficeError},
        table::{Block, BlockKind, Cell, CellAddress, FormSheet, Style},
        text,
    },
    document::{
        Align, CellStyle, Document, Element, Look, Paragraph, ParagraphStyle, Section, Side, Table,
        TableCell, TableRow,
    },
    places::Places,
    remarks::Remarks,
};

/// Word knows no tables with more columns.
const MOST_COLUMNS: usize = 63;

/// The document of a booklet. In a review copy the findings and notes of `behind` are comments at the cells' texts.
///
/// Drawings are left out, and what they show is said in their place. Where a list of contents tells pages of the whole file,
/// the pages are numbered through: Word knows no other number for them.
///
/// # Errors
///
/// A table has more columns than Word knows.
pub fn document(booklet: &Booklet, behind: &[Behind<'_>]) -> Result<Document, OfficeError> {
    let places = Places::of(booklet);
    let through = booklet.references.iter().any(|one| one.through);
    let mut remarks = Remarks::of(behind);
    let sections = booklet.parts.iter().enumerate().map(|(number, part)| {
        let page = SheetWriter {
            part: number,
            sheet: &part.sheet,
            places: &places,
            remarks: remarks.at(&part.sheet),
        };
        Ok(Section {
            page: part.sheet.page,
            restarts: part.restarts && !through,
            footer: foot(booklet, part),
            elements: page.elements(part)?,
        })
    });
    Ok(Document {
        title: booklet.title.clone(),
        time: booklet.time,
        face: booklet.face,
        look: Look::Form,
        mark: booklet.mark.map(|mark| mark.words().to_owned()),
        sections: sections.collect::<Result<_, _>>()?,
    })
}

/// What stands beside the number of a page.
fn foot(booklet: &Booklet, part: &Part) -> Option<String> {
    let parts = [booklet.footer.as_deref(), part.sheet.seal.as_deref()];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("　"))
}

/// One part on its way.
struct SheetWriter<'a> {
    part: usize,
    sheet: &'a FormSheet,
    places: &'a Places,
    remarks: super::remarks::AtCells,
}

impl SheetWriter<'_> {
    fn elements(&self, part: &Part) -> Result<Vec<Element>, OfficeError> {
        let mut elements = Vec::new();
        let blocks = &self.sheet.blocks;
        let mut at = 0;
        while let Some(block) = blocks.get(at) {
            let end = if block.kind.is_ruled() {
                at + together(&blocks[at..])
            } else {
                at + 1
            };
            match block.kind {
                BlockKind::Table => elements.push(self.table(at..end)?),
                BlockKind::Title | BlockKind::Notes => self.lines(at, &mut elements)?,
                BlockKind::Signatures => {
                    elements.push(gap());
                    elements.push(self.table(at..end)?);
                }
            }
            at = end;
        }
        for drawing in &part.drawings {
            let text = format!(
                "（图表没有放进 Word 文件，需要时请导出 PDF。图中内容：{}）",
                drawing.alternative
            );
            elements.push(Element::Paragraph(Paragraph::of(
                text,
                ParagraphStyle::Note,
            )));
        }
        Ok(elements)
    }

    /// A block without lines: a paragraph for every row of one cell, else a table.
    fn lines(&self, block: usize, elements: &mut Vec<Element>) -> Result<(), OfficeError> {
        let rows = &self.sheet.blocks[block].rows;
        if rows.iter().any(|row| row.cells.len() != 1) {
            elements.push(self.table(block..block + 1)?);
            return Ok(());
        }
        for (number, row) in rows.iter().enumerate() {
            let address = CellAddress {
                block,
                row: number,
                cell: 0,
            };
            elements.extend(row.cells.iter().map(|cell| self.line(cell, address)));
        }
        Ok(())
    }

    fn line(&self, cell: &Cell, address: CellAddress) -> Element {
        let printed = text::lines(&cell.text).join("\n");
        let style = match cell.style {
            Style::Heading => return Element::Heading(2, printed),
            Style::Title => ParagraphStyle::Title,
            _ => ParagraphStyle::Note,
        };
        Element::Paragraph(Paragraph {
            remarks: self.remarks.of(address),
            target: self.places.at(self.part, address),
            ..Paragraph::of(printed, style)
        })
    }

    /// Blocks as one table.
    fn table(&self, blocks: std::ops::Range<usize>) -> Result<Element, OfficeError> {
        let content = &self.sheet.blocks[blocks.clone()];
        let mut edges: Vec<u16> = content.iter().flat_map(Block::edges).collect();
        edges.sort_unstable();
        edges.dedup();
        if edges.len() > MOST_COLUMNS + 1 {
            return Err(OfficeError::TooLarge(format!(
                "Word 表格的列数超过 {MOST_COLUMNS}"
            )));
        }
        let mut rows = Vec::new();
        for (block, content) in blocks.zip(content) {
            for number in 0..content.rows.len() {
                rows.push(self.row(content, (block, number), &edges));
            }
        }
        let [first, ..] = content else {
            return Ok(gap());
        };
        Ok(Element::Table(Table {
            widths: edges
                .windows(2)
                .map(|edge| u32::from(edge[1] - edge[0]))
                .collect(),
            header_rows: if is_list(first) { first.header_rows } else { 0 },
            ruled: first.kind.is_ruled(),
            rows,
        }))
    }

    fn row(&self, block: &Block, (at, number): (usize, usize), edges: &[u16]) -> TableRow {
        let row = &block.rows[number];
        let cells = row.cells.iter().enumerate().filter_map(|(index, cell)| {
            let address = CellAddress {
                block: at,
                row: number,
                cell: index,
            };
            let open = open_side(block, number, cell);
            if is_list(block) || open.is_none() {
                return Some(self.cell(cell, address, open, edges));
            }
            // Where nothing is repeated, the caption at the side takes the corner above it, as in the forms of offices.
            let (below, side) = side_caption(block)?;
            let below = CellAddress { block: at, ..below };
            let whole = TableCell {
                rows: side.rows + block.header_rows - number,
                ..self.cell(side, below, None, edges)
            };
            (open == Some(Side::Bottom)).then_some(whole)
        });
        TableRow {
            cells: cells.collect(),
            keep_with_next: row.keep_with_next || number < block.header_rows,
        }
    }

    fn cell(
        &self,
        cell: &Cell,
        address: CellAddress,
        open: Option<Side>,
        edges: &[u16],
    ) -> TableCell {
        let column = |edge: u16| edges.binary_search(&edge).unwrap_or_default();
        let first = column(cell.left);
        TableCell {
            column: first,
            columns: column(cell.right).saturating_sub(first),
            rows: cell.rows,
            text: text::lines(&cell.text).join("\n"),
            style: CellStyle {
                open,
                ..style_of(cell.style)
            },
            remarks: self.remarks.of(address),
            target: self.places.at(self.part, address),
            page_of: self.places.told_in(self.part, address),
        }
    }
}

/// Whether the block is a list whose captions are repeated on every page, not captions over one row of texts.
fn is_list(block: &Block) -> bool {
    block.header_rows > 0 && block.rows.len() > block.header_rows + 1
}

/// How many ruled blocks, from the first of these on, become one table. A list whose captions are repeated on every page is a
/// table of its own, since Word repeats the first rows of a table only.
fn together(blocks: &[Block]) -> usize {
    if blocks.first().is_some_and(is_list) {
        return 1;
    }
    blocks
        .iter()
        .take_while(|block| block.kind.is_ruled() && !is_list(block))
        .count()
        .max(1)
}

/// A little room above a table without lines.
fn gap() -> Element {
    Element::Paragraph(Paragraph::of("", ParagraphStyle::Note))
}

/// The caption at the side and the corner above it are one cell to the eye, as on paper: the side at which each of them has
/// no line. Both are there or none.
fn open_side(block: &Block, row: usize, cell: &Cell) -> Option<Side> {
    let header = block.header_rows;
    let (_, side) = side_caption(block)?;
    let is_beside = (cell.left, cell.right) == (side.left, side.right);
    let is_corner = cell.text.is_empty() && cell.style == Style::Caption;
    if row + 1 == header && is_beside && is_corner {
        Some(Side::Bottom)
    } else if row == header && is_beside && cell.style == Style::Span {
        Some(Side::Top)
    } else {
        None
    }
}

/// The caption at the side of the rows beneath the captions, with a blank corner above it; the address lacks the block.
fn side_caption(block: &Block) -> Option<(CellAddress, &Cell)> {
    let row = block.header_rows;
    let above = &block.rows.get(row.checked_sub(1)?)?.cells;
    let cells = block.rows.get(row)?.cells.iter().enumerate();
    let (cell, side) = cells
        .filter(|(_, cell)| cell.left == 0 && cell.style == Style::Span)
        .find(|(_, cell)| {
            above.iter().any(|corner| {
                corner.text.is_empty() && (corner.left, corner.right) == (cell.left, cell.right)
            })
        })?;
    let address = CellAddress {
        block: 0,
        row,
        cell,
    };
    Some((address, side))
}

/// How cells of a style are set, as on paper.
fn style_of(style: Style) -> CellStyle {
    let set = |align| CellStyle {
        align,
        ..CellStyle::default()
    };
    match style {
        Style::Title => CellStyle {
            bold: true,
            ..set(Align::Centre)
        },
        Style::Heading => CellStyle {
            bold: true,
            ..set(Align::Left)
        },
        Style::Caption | Style::Span => CellStyle {
            caption: true,
            ..set(Align::Centre)
        },
        Style::Short => set(Align::Centre),
        Style::Text | Style::Signature => set(Align::Left),
        Style::Passage => CellStyle {
            top: true,
            ..set(Align::Left)
        },
        Style::Part => CellStyle {
            indent: 1,
            ..set(Align::Left)
        },
        Style::Amount => CellStyle {
            number: true,
            ..set(Align::Right)
        },
        Style::Figure | Style::Total => CellStyle {
            number: true,
            ..set(Align::Centre)
        },
        Style::Aside | Style::Note => CellStyle {
            small: true,
            ..set(Align::Left)
        },
    }
}
