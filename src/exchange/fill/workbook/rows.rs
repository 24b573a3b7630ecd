//! The rows of a sheet, written anew where something in them changes: values, formulas that follow, rows that come in.

use std::collections::BTreeMap;

use super::{
    super::{Value, Write},
    cells::{CellSource, FormulaSource, RowSource},
    formula::{self, At},
    heights::Text,
    merges::Merges,
    pieces::{Copy, Piece, Pieces, Tag, escaped},
    shift::{Growth, Shift, Shifts},
    survey::Survey,
    value::{self, Held, Remark},
};
use crate::exchange::{
    error::{Excess, ReadError},
    grid::Place,
    limits,
    watch::Budget,
    workbook::formats::Formats,
};

/// Why a cell keeps its formula.
pub(in crate::exchange::fill) const FORMULA: &str = "单元格是公式，保留了原表的公式";

/// Why a text has no room.
const TOO_LONG: &str = "文字超过一个单元格能容纳的 32767 字";

/// The writes of a sheet by row and column, each with the number of its plan.
pub(super) type Pending<'a> = BTreeMap<u32, BTreeMap<u32, (usize, &'a Write)>>;

/// What changes in the rows of a sheet.
pub(super) struct Rows<'a> {
    pub sheet: &'a str,
    pub survey: &'a Survey,
    pub merges: &'a Merges,
    pub shifts: &'a Shifts,
    pub own: &'a Shift,
    pub formats: &'a Formats,
    /// Whether the last results of its formulas may be wrong now.
    pub is_stale: bool,
    /// What is still to be written, by rows after the insertions.
    pub pending: Pending<'a>,
    /// What kept its own content.
    pub kept: Vec<(usize, Write, String)>,
    /// Cells with numbers that formulas do not count.
    pub uncounted: Vec<String>,
    /// Cells that show fewer decimals than their numbers have.
    pub rounded: Vec<String>,
    /// What was written, to see whether there is room for it.
    pub written: Vec<Text>,
    /// Cells with formulas that name the cells of a row one by one after which others come.
    pub one_by_one: Vec<String>,
}

impl Rows<'_> {
    /// Writes the rows up to the end of the element that holds them.
    pub fn rewrite<'s>(
        &mut self,
        text: &'s str,
        pieces: &mut Pieces<'s>,
        copy: &mut Copy<'s>,
        budget: &Budget,
    ) -> Result<(), ReadError> {
        let mut expected = 0;
        loop {
            let (piece, range) = pieces.inside()?;
            match piece {
                Piece::Open(tag) | Piece::Empty(tag) if tag.name() == "row" => {
                    budget.go_on()?;
                    let row = RowSource::read(text, pieces, (piece, range), expected)?;
                    expected = row.number + 1;
                    self.row(&row, copy, budget)?;
                }
                Piece::Open(_) => {
                    pieces.skip()?;
                }
                Piece::Close(_) => {
                    copy.until(range.start);
                    self.missing(u32::MAX, copy);
                    return Ok(());
                }
                Piece::Empty(_) | Piece::Other => {}
            }
        }
    }

    /// Adds the rows that the sheet lacks and something is written into, up to a row.
    pub fn missing(&mut self, before: u32, copy: &mut Copy) {
        while let Some(first) = self.pending.first_entry().filter(|row| *row.key() < before) {
            let (row, writes) = first.remove_entry();
            let cells = self.new_cells(row, writes, None);
            if !cells.is_empty() {
                let prefix = &self.survey.prefix;
                let number = row + 1;
                let row = format!("<{prefix}row r=\"{number}\">{cells}</{prefix}row>");
                copy.out.push_str(&row);
            }
        }
    }

    fn row<'s>(
        &mut self,
        row: &RowSource<'s>,
        copy: &mut Copy<'s>,
        budget: &Budget,
    ) -> Result<(), ReadError> {
        let to = self.own.row(row.number);
        copy.until(row.range.start);
        self.missing(to, copy);
        let writes = self.pending.remove(&to).unwrap_or_default();
        // What has no number of its own counts on the one before it.
        let changes = to != row.number
            || row.tag.get("r").is_none()
            || !writes.is_empty()
            || row.cells.iter().any(|cell| self.formula_changes(cell));
        if changes {
            let moved = self.moved(row, to, writes);
            copy.replace(row.range.clone(), &moved);
        } else {
            copy.until(row.range.end);
        }
        for down in 1..=self.own.count_after(row.number) {
            // A row that is formatted across all columns is long, and copied as often as rows come in.
            budget.go_on()?;
            if copy.out.len() as u64 > limits::ENTRY {
                return Err(ReadError::TooLarge(Excess::Entry));
            }
            let inserted = self.inserted(row, to, down);
            copy.out.push_str(&inserted);
        }
        Ok(())
    }

    /// A row at its new place, with what is written into it.
    fn moved(
        &mut self,
        row: &RowSource,
        to: u32,
        mut writes: BTreeMap<u32, (usize, &Write)>,
    ) -> String {
        let mut cells = String::new();
        for cell in &row.cells {
            let column = cell.place.column;
            let later = writes.split_off(&column);
            let before = std::mem::replace(&mut writes, later);
            cells.push_str(&self.new_cells(to, before, Some(row)));
            let formula = self.formula(cell);
            self.tell_one_by_one(cell, to);
            match writes.remove(&column) {
                Some(write) => cells.push_str(&self.written(cell, to, write, formula)),
                None => cells.push_str(&self.unwritten(cell, to, formula.as_deref(), None)),
            }
        }
        cells.push_str(&self.new_cells(to, writes, Some(row)));
        self.framed(row, to, &cells)
    }

    /// The row's own tag and end around other cells.
    fn framed(&self, row: &RowSource, to: u32, cells: &str) -> String {
        let tag = row.tag.with("r", Some(&(to + 1).to_string()));
        // Which columns a row reaches over is told for speed alone, and may not be true any more.
        let tag = Tag(&tag).with("spans", None);
        let tag = Tag(&tag);
        match (row.tail, cells) {
            ("", "") => tag.0.to_owned(),
            ("", cells) => {
                let prefix = &self.survey.prefix;
                format!("{}{cells}</{prefix}row>", tag.opened())
            }
            (tail, cells) => format!("{}{cells}{tail}", tag.0),
        }
    }

    /// A row that comes in, like the one above it.
    fn inserted(&mut self, like: &RowSource, to: u32, down: u32) -> String {
        let at = to + down;
        let mut writes = self.pending.remove(&at).unwrap_or_default();
        let mut cells = String::new();
        for cell in &like.cells {
            let place = Place {
                row: at,
                ..cell.place
            };
            let later = writes.split_off(&place.column);
            let before = std::mem::replace(&mut writes, later);
            cells.push_str(&self.new_cells(at, before, Some(like)));
            let formula = self.formula_below(cell, down);
            let style = cell.style();
            let own = writes.remove(&place.column);
            match (formula, own) {
                (Some(formula), own) => {
                    self.keep(own);
                    let result = own.and_then(|(_, write)| result(write));
                    let prefix = &self.survey.prefix;
                    let blank =
                        value::cell(prefix, &place.name(), style.as_deref(), &Held::Nothing);
                    let open = Tag(&blank).opened().into_owned();
                    let result = result.map(|number| format!("<{prefix}v>{number}</{prefix}v>"));
                    cells.push_str(&format!(
                        "{open}<{prefix}f>{}</{prefix}f>{}</{prefix}c>",
                        escaped(&formula),
                        result.unwrap_or_default()
                    ));
                }
                (None, Some(write)) => cells.push_str(&self.value(place, style.as_deref(), write)),
                (None, None) => {
                    let prefix = &self.survey.prefix;
                    let blank =
                        value::cell(prefix, &place.name(), style.as_deref(), &Held::Nothing);
                    cells.push_str(&blank);
                }
            }
        }
        cells.push_str(&self.new_cells(at, writes, Some(like)));
        let tail = match like.tail {
            "" => String::new(),
            _ => format!("</{}row>", self.survey.prefix),
        };
        let like = RowSource {
            number: like.number,
            tag: like.tag,
            range: 0..0,
            cells: Vec::new(),
            tail: &tail,
        };
        self.framed(&like, at, &cells)
    }

    /// A cell that something is written into.
    fn written(
        &mut self,
        cell: &CellSource,
        to: u32,
        write: (usize, &Write),
        formula: Option<String>,
    ) -> String {
        if cell.formula.is_some() || self.survey.is_in_array(cell.place) {
            self.keep(Some(write));
            return self.unwritten(cell, to, formula.as_deref(), result(write.1));
        }
        let place = Place {
            row: to,
            ..cell.place
        };
        let style = cell.style();
        let before = self.kept.len();
        let value = self.value(place, style.as_deref(), write);
        match self.kept.len() == before {
            true => value,
            false => self.unwritten(cell, to, formula.as_deref(), None),
        }
    }

    /// A cell that keeps its content, at its new place; beside a formula stands what it comes to, where that is known.
    fn unwritten(
        &self,
        cell: &CellSource,
        to: u32,
        formula: Option<&str>,
        result: Option<String>,
    ) -> String {
        let mut tag = cell.tag.0.to_owned();
        if to != cell.place.row || cell.tag.get("r").is_none() {
            let place = Place {
                row: to,
                ..cell.place
            };
            tag = cell.tag.with("r", Some(&place.name()));
        }
        let Some(source) = &cell.formula else {
            return format!("{tag}{}", &cell.raw[cell.tag.0.len()..]);
        };
        let formula = formula.unwrap_or(&cell.raw[source.range.clone()]);
        if self.is_stale && (source.has_result || result.is_some()) {
            let prefix = &self.survey.prefix;
            let tag = Tag(&tag).with("t", None);
            let result = result.map(|number| format!("<{prefix}v>{number}</{prefix}v>"));
            let result = result.unwrap_or_default();
            return format!("{tag}{formula}{result}</{prefix}c>");
        }
        let before = &cell.raw[cell.tag.0.len()..source.range.start];
        format!("{tag}{before}{formula}{}", &cell.raw[source.range.end..])
    }

    /// Cells that the sheet lacks, in a row that is there or is not.
    fn new_cells(
        &mut self,
        row: u32,
        writes: BTreeMap<u32, (usize, &Write)>,
        source: Option<&RowSource>,
    ) -> String {
        let mut cells = String::new();
        for (column, write) in writes {
            if matches!(&write.1.value, Value::Blank) {
                continue;
            }
            let style = self.style_of_new(column, source);
            let place = Place { row, column };
            cells.push_str(&self.value(place, style.as_deref(), write));
        }
        cells
    }

    /// The format of a cell that the sheet lacks: its row's, its column's, or that of the cell before it.
    fn style_of_new(&self, column: u32, row: Option<&RowSource>) -> Option<String> {
        let of_row = row
            .filter(|row| row.tag.get("customFormat").as_deref() == Some("1"))
            .and_then(|row| row.tag.get("s"));
        let of_column = || self.survey.column_style(column).map(str::to_owned);
        let of_neighbour = || {
            let cells = &row?.cells;
            let before = cells.iter().rev().find(|cell| cell.place.column < column);
            before.or(cells.first())?.style()
        };
        of_row.or_else(of_column).or_else(of_neighbour)
    }

    /// A cell with a value; nothing of it where no cell holds it.
    fn value(&mut self, place: Place, style: Option<&str>, write: (usize, &Write)) -> String {
        let number = style.and_then(|style| style.parse().ok()).unwrap_or(0);
        let Some(written) = value::written(&write.1.value, number, self.formats) else {
            let (plan, write) = write;
            self.kept.push((plan, write.clone(), TOO_LONG.to_owned()));
            return String::new();
        };
        let told = match written.remark {
            Some(Remark::Uncounted) => Some(&mut self.uncounted),
            Some(Remark::Rounded) => Some(&mut self.rounded),
            None => None,
        };
        if let Some(told) = told {
            told.push(format!("{}!{}", self.sheet, place.name()));
        }
        let cell = value::cell(&self.survey.prefix, &place.name(), style, &written.held);
        let text = match written.held {
            Held::Text(text) => text,
            Held::Number(_) | Held::Nothing => String::new(),
        };
        self.written.push(Text {
            place,
            format: number,
            text,
        });
        cell
    }

    fn keep(&mut self, write: Option<(usize, &Write)>) {
        // Nobody misses an example that a formula goes on showing.
        if let Some((plan, write)) = write.filter(|(_, write)| write.value != Value::Blank) {
            self.kept.push((plan, write.clone(), FORMULA.to_owned()));
        }
    }

    fn formula_changes(&self, cell: &CellSource) -> bool {
        let has_result = cell.formula.as_ref().is_some_and(|own| own.has_result);
        (self.is_stale && has_result) || self.formula(cell).is_some()
    }

    /// The formula of a cell, as its element is written at its new place; `None` where it stays as it is.
    fn formula(&self, cell: &CellSource) -> Option<String> {
        let source = cell.formula.as_ref()?;
        if self.shifts.is_empty() {
            return None;
        }
        let prefix = &self.survey.prefix;
        if matches!(source.tag.get("t").as_deref(), Some("array" | "dataTable")) {
            return self.array(source, cell.place.row);
        }
        let own = self.own_text(cell.place, source)?;
        let is_shared = source.tag.get("t").as_deref() == Some("shared");
        let shifted = self.shifted(&own, cell.place.row);
        // What cells share would have to change for each of them in its own way: they get their own.
        if is_shared {
            let apart = !self.own.is_still() || self.shifts.are_named_in(&own);
            let text = shifted.unwrap_or(own);
            return apart.then(|| format!("<{prefix}f>{}</{prefix}f>", escaped(&text)));
        }
        let text = shifted?;
        let open = source.tag.opened();
        Some(format!("{open}{}</{prefix}f>", escaped(&text)))
    }

    /// A formula that fills several cells: the area that it fills moves too.
    fn array(&self, source: &FormulaSource, row: u32) -> Option<String> {
        let mut tag = source.tag.0.to_owned();
        for attribute in ["ref", "r1", "r2"] {
            if let Some(area) = source.tag.get(attribute) {
                let moved = formula::areas(&area, self.own, Growth::Never);
                tag = Tag(&tag).with(attribute, Some(&moved));
            }
        }
        let text = self.shifted(&source.text, row);
        if tag == source.tag.0 && text.is_none() {
            return None;
        }
        let text = text.unwrap_or_else(|| source.text.clone());
        Some(match tag.ends_with("/>") {
            true => tag,
            false => format!("{tag}{}</{}f>", escaped(&text), self.survey.prefix),
        })
    }

    /// What a cell calculates, also where it shares that with others.
    fn own_text(&self, place: Place, source: &FormulaSource) -> Option<String> {
        if !source.text.is_empty() {
            return Some(source.text.clone());
        }
        let (from, text) = self.survey.shared(&source.tag.get("si")?)?;
        let rows = i64::from(place.row) - i64::from(from.row);
        let columns = i64::from(place.column) - i64::from(from.column);
        Some(formula::copied(text, rows, columns))
    }

    fn shifted(&self, formula: &str, row: u32) -> Option<String> {
        let at = At {
            sheet: Some(self.sheet),
            row: Some(row),
        };
        formula::shifted(formula, at, self.shifts)
    }

    /// The formula of a cell in a row that comes in below it. One that stands for several rows is not repeated.
    fn formula_below(&self, cell: &CellSource, down: u32) -> Option<String> {
        let source = cell.formula.as_ref()?;
        if self.merges.is_tall(cell.place) || source.tag.get("t").as_deref() == Some("array") {
            return None;
        }
        let own = self.own_text(cell.place, source)?;
        let shifted = self.shifted(&own, cell.place.row).unwrap_or(own);
        Some(formula::copied(&shifted, i64::from(down), 0))
    }

    /// Notes a formula below or above that names the cells of a row one by one.
    fn tell_one_by_one(&mut self, cell: &CellSource, to: u32) {
        let Some(source) = &cell.formula else {
            return;
        };
        let row = cell.place.row;
        let names = |after: u32| row != after && formula::lists_row(&source.text, after);
        if self.own.afters().any(names) {
            let place = Place {
                row: to,
                ..cell.place
            };
            self.one_by_one.push(place.name());
        }
    }
}

/// What a formula comes to as far as is known: the number that would have been written into its cell.
fn result(write: &Write) -> Option<String> {
    match &write.value {
        Value::Number { value, .. } => Some(value.normalize().to_string()),
        Value::Text(_) | Value::Blank => None,
    }
}
