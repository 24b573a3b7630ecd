//! Headings, paragraphs and tables of the report.

use crate::sheet::word::document::{
    Align, CellStyle, Element, Paragraph, ParagraphStyle, Run, Table, TableCell, TableRow,
};

/// Elements as they are written one below the other.
#[derive(Default)]
pub(super) struct Pages(pub Vec<Element>);

impl Pages {
    /// A heading with its level from 1.
    pub fn heading(&mut self, level: u8, text: impl Into<String>) {
        self.0.push(Element::Heading(level, text.into()));
    }

    /// A paragraph of running text; none where it would be blank.
    pub fn text(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.runs(vec![Run::of(text)]);
        }
    }

    /// What a form says, a paragraph for each of its lines.
    pub fn quoted(&mut self, text: &str) {
        for line in text.lines().map(str::trim) {
            self.text(line);
        }
    }

    /// What a person still has to write.
    pub fn open(&mut self, what: &str) {
        self.runs(vec![Run::open(what)]);
    }

    /// A paragraph of several texts.
    pub fn runs(&mut self, runs: Vec<Run>) {
        self.paragraph(runs, ParagraphStyle::Body);
    }

    /// A paragraph set in another way.
    pub fn paragraph(&mut self, runs: Vec<Run>, style: ParagraphStyle) {
        self.0.push(Element::Paragraph(Paragraph {
            runs,
            style,
            ..Paragraph::default()
        }));
    }

    /// A table whose first row is repeated on every page, and a blank line behind it.
    pub fn table(&mut self, widths: &[u32], captions: &[String], rows: Vec<TableRow>) {
        let head = captions.iter().enumerate().map(|(column, text)| TableCell {
            style: CellStyle {
                caption: true,
                align: Align::Centre,
                ..CellStyle::default()
            },
            ..cell(column, text.clone(), Align::Centre)
        });
        let head = TableRow {
            cells: head.collect(),
            keep_with_next: true,
        };
        self.0.push(Element::Table(Table {
            widths: widths.to_vec(),
            header_rows: 1,
            ruled: true,
            rows: std::iter::once(head).chain(rows).collect(),
        }));
        self.paragraph(Vec::new(), ParagraphStyle::Note);
    }
}

/// A cell of one column and row.
pub(super) fn cell(column: usize, text: impl Into<String>, align: Align) -> TableCell {
    TableCell {
        column,
        columns: 1,
        rows: 1,
        text: text.into(),
        style: CellStyle {
            align,
            ..CellStyle::default()
        },
        ..TableCell::default()
    }
}

/// A cell for a figure.
pub(super) fn figure(column: usize, text: impl Into<String>, align: Align) -> TableCell {
    let mut cell = cell(column, text, align);
    cell.style.number = true;
    cell
}

/// A row of these cells.
pub(super) fn row(cells: Vec<TableCell>) -> TableRow {
    TableRow {
        cells,
        keep_with_next: false,
    }
}

/// A number in Chinese, as headings count: 一, 十, 二十一. From 1 to 9999; others in digits.
pub(super) fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    const PLACES: [(usize, &str); 4] = [(1000, "千"), (100, "百"), (10, "十"), (1, "")];
    if !(1..=9999).contains(&number) {
        return number.to_string();
    }
    let mut text = String::new();
    let mut is_gap = false;
    for (place, name) in PLACES {
        let digit = number / place % 10;
        if digit == 0 {
            is_gap = !text.is_empty();
            continue;
        }
        if is_gap {
            text.push('零');
        }
        is_gap = false;
        let is_plain_ten = place == 10 && digit == 1 && text.is_empty();
        text.push_str(if is_plain_ten { "" } else { DIGITS[digit] });
        text.push_str(name);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::chinese;

    #[test]
    fn headings_are_counted_in_chinese() {
        let counted: Vec<String> = [1, 10, 11, 20, 21, 100, 101, 110, 1001, 0, 10_000]
            .into_iter()
            .map(chinese)
            .collect();
        assert_eq!(
            counted,
            [
                "一",
                "十",
                "十一",
                "二十",
                "二十一",
                "一百",
                "一百零一",
                "一百一十",
                "一千零一",
                "0",
                "10000"
            ]
        );
    }
}
