//! A list for others on paper: title, a line beside it, one ruled table, lines for names. The same cells become .xlsx and .docx.

use jiff::civil::DateTime;

use crate::{
    model::edition::Orientation,
    sheet::{
        booklet::Booklet,
        divided,
        fonts::Face,
        office::OfficeError,
        table::{Block, BlockKind, Cell, FULL_WIDTH, FormSheet, Row, Style},
        word,
        workbook::{self, WorkbookOptions},
    },
    summary::table::{Column, Table, Value},
};

/// A list, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// Its title.
    pub title: &'static str,
    /// What stands beneath the title, from left to right: unit, date, how much is done.
    pub beside: Vec<String>,
    /// Its columns: heading, relative width, how a cell is printed.
    pub columns: Vec<(&'static str, u32, Style)>,
    /// Its rows, each with a text for every column.
    pub rows: Vec<Vec<String>>,
    /// Captions of names to be signed with, beneath the table; may be empty.
    pub signatures: Vec<&'static str>,
}

impl Listing {
    /// The list as what is printed, at `time`, local time.
    pub fn booklet(&self, time: DateTime, face: Face) -> Booklet {
        let sheet = FormSheet {
            project: None,
            seal: None,
            name: self.title.to_owned(),
            page: Orientation::Landscape,
            blocks: self.blocks(),
        };
        Booklet {
            title: self.title.to_owned(),
            face,
            ..Booklet::official([sheet], time)
        }
    }

    /// The list as a workbook; what begins like a formula is text.
    ///
    /// # Errors
    ///
    /// Why there is no workbook.
    pub fn workbook(&self, time: DateTime, face: Face) -> Result<Vec<u8>, OfficeError> {
        let booklet = self.booklet(time, face);
        workbook::workbook(&booklet, &[], WorkbookOptions::default())
    }

    /// The list as a Word document.
    ///
    /// # Errors
    ///
    /// Why there is no document.
    pub fn word(&self, time: DateTime, face: Face) -> Result<Vec<u8>, OfficeError> {
        let document = word::form::document(&self.booklet(time, face), &[]);
        document.and_then(|document| word::write(&document))
    }

    /// Headings and rows as text that Excel takes as a table.
    pub fn as_cells(&self) -> String {
        let columns = self.columns.iter().map(|(caption, ..)| Column {
            key: "",
            caption: (*caption).to_owned(),
            width: 1,
        });
        let rows = self.rows.iter();
        let table = Table {
            key: "",
            name: self.title,
            columns: columns.collect(),
            rows: rows
                .map(|row| row.iter().map(Value::text).collect())
                .collect(),
            totals: None,
        };
        table.as_cells()
    }

    fn blocks(&self) -> Vec<Block> {
        let title = Row::of([Cell::new(0, FULL_WIDTH, self.title, Style::Title)]).kept();
        let mut blocks = vec![Block {
            kind: BlockKind::Title,
            header_rows: 0,
            rows: vec![title],
        }];
        if !self.beside.is_empty() {
            let line = self.beside.join("　　");
            blocks.push(Block {
                kind: BlockKind::Title,
                header_rows: 0,
                rows: vec![Row::of([Cell::new(0, FULL_WIDTH, line, Style::Aside)]).kept()],
            });
        }
        blocks.push(self.table());
        if !self.signatures.is_empty() {
            let widths = vec![1; self.signatures.len()];
            let edges = divided(0, &widths);
            let cells = self.signatures.iter().zip(edges.windows(2));
            let cells = cells.map(|(caption, edge)| {
                Cell::new(edge[0], edge[1], format!("{caption}："), Style::Signature)
            });
            blocks.push(Block {
                kind: BlockKind::Signatures,
                header_rows: 0,
                rows: vec![Row::of(cells)],
            });
        }
        blocks
    }

    fn table(&self) -> Block {
        let widths: Vec<u32> = self.columns.iter().map(|(_, width, _)| *width).collect();
        let edges = divided(0, &widths);
        let places = || edges.windows(2).zip(&self.columns);
        let captions = places()
            .map(|(edge, (caption, ..))| Cell::new(edge[0], edge[1], *caption, Style::Caption));
        let mut rows = vec![Row::of(captions)];
        for row in &self.rows {
            let cells = places()
                .zip(row)
                .map(|((edge, (.., style)), text)| Cell::new(edge[0], edge[1], text, *style));
            rows.push(Row::of(cells));
        }
        Block::table(1, rows)
    }
}
