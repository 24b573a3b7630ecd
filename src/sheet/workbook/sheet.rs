//! The cells of a part of the booklet in their worksheet.

use std::collections::HashMap;

use rust_xlsxwriter::{
    Format, Formula, IgnoreError, Url, Worksheet, XlsxError, utility::row_col_to_cell,
};

use super::{
    WorkbookOptions,
    fill_in::Treatment,
    formula,
    look::{self, Look, Looks, Value},
    names,
    number::float,
    page,
    pictures::{self, Picture},
    plan::{Area, Plan, number},
    remarks,
};
use crate::{
    model::path::Place,
    sheet::{
        booklet::{Booklet, Part, Reference},
        office::{Behind, OfficeError},
        table::{Cell, CellAddress, FormSheet},
    },
};

/// A part of the booklet on its way into a worksheet.
pub(super) struct Sheet<'a> {
    /// What the worksheet is called.
    pub name: String,
    booklet: &'a Booklet,
    part: &'a Part,
    plan: Plan,
    pictures: Vec<Picture>,
    /// What stands behind it, for a form.
    behind: Option<&'a Behind<'a>>,
    /// Its cells that lead somewhere, and where.
    references: HashMap<CellAddress, &'a Reference>,
    /// The captions above these.
    captions: Vec<CellAddress>,
}

impl<'a> Sheet<'a> {
    /// All parts of a booklet.
    pub fn all(booklet: &'a Booklet, behind: &'a [Behind<'a>]) -> Result<Vec<Self>, OfficeError> {
        let parts = names::of(&booklet.parts).into_iter().zip(&booklet.parts);
        let sheets = parts.enumerate().map(|(index, (name, part))| {
            // Appendices name their project too, but show no fields.
            let is_form = part.sheet.cells().any(|(_, cell)| cell.at.is_some());
            let mut of_project = behind
                .iter()
                .filter(|behind| is_form && part.sheet.project == Some(behind.project.id));
            let references = booklet.references.iter();
            let references: HashMap<_, _> = references
                .filter(|reference| reference.part == index)
                .map(|reference| (reference.cell, reference))
                .collect();
            let mut plan = Plan::new(&part.sheet);
            Ok(Self {
                name,
                booklet,
                part,
                pictures: pictures::of(part, &mut plan)?,
                plan,
                behind: of_project.next(),
                captions: captions(references.keys()),
                references,
            })
        });
        sheets.collect()
    }

    /// The plan of its cells.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The form.
    pub fn form(&self) -> &'a FormSheet {
        &self.part.sheet
    }

    /// Writes the part. `all` are the sheets of the workbook, to which some cells lead; `filling` says which cells are to be
    /// filled in by others.
    pub fn write(
        &self,
        worksheet: &mut Worksheet,
        all: &[Self],
        looks: &mut Looks,
        options: WorkbookOptions,
        filling: &dyn Fn(&Cell) -> Treatment,
    ) -> Result<(), XlsxError> {
        worksheet.set_name(&self.name)?;
        for (column, width) in (0..).zip(&self.plan.widths) {
            worksheet.set_column_width_pixels(column, *width)?;
        }
        for (row, height) in (0..).zip(&self.plan.heights) {
            worksheet.set_row_height_pixels(row, *height)?;
        }
        let formulas = match self.behind {
            Some(behind) if options.formulas => {
                formula::formulas(&self.part.sheet, &self.plan, behind)
            }
            _ => HashMap::new(),
        };
        for (at, cell) in self.part.sheet.cells() {
            let treatment = filling(cell);
            self.write_cell(worksheet, (at, cell), looks, &formulas, all, &treatment)?;
        }
        pictures::write(worksheet, &self.pictures)?;
        page::set_up(worksheet, self.booklet, self.part, &self.plan)?;
        if let Some(behind) = self.behind.filter(|behind| behind.findings.is_some()) {
            let face = self.booklet.face;
            remarks::write(worksheet, &self.part.sheet, &self.plan, behind, face)?;
        }
        self.silence(worksheet)
    }

    /// Programs mark texts that look like numbers. They are meant so: codes, and numbers as people typed them.
    fn silence(&self, worksheet: &mut Worksheet) -> Result<(), XlsxError> {
        if let (Some(row), Some(column)) = (
            self.plan.end().checked_sub(1),
            self.plan.widths.len().checked_sub(1),
        ) {
            let column = u16::try_from(column).unwrap_or(u16::MAX);
            worksheet.ignore_error_range(0, 0, row, column, IgnoreError::NumberStoredAsText)?;
        }
        Ok(())
    }

    fn write_cell(
        &self,
        worksheet: &mut Worksheet,
        (at, cell): (CellAddress, &Cell),
        looks: &mut Looks,
        formulas: &HashMap<Place, String>,
        all: &[Self],
        treatment: &Treatment,
    ) -> Result<(), XlsxError> {
        let Some(area) = self.plan.area(at, cell) else {
            return Ok(());
        };
        let shown = self.behind.and_then(|_| number(cell));
        let mut look = self.look(at, cell);
        if let Some(shown) = &shown {
            look.value = Value::Number(shown.format.clone());
        }
        treatment.change(&mut look);
        let format = looks.format(&look);
        merge(worksheet, area, format)?;
        let (row, column) = (area.row, area.column);
        if let Some((url, text)) = self.link(at, all) {
            let url = Url::new(url).set_text(text);
            worksheet.write_url_with_format(row, column, url, format)?;
            return Ok(());
        }
        let Some(shown) = shown else {
            let text = if self.captions.contains(&at) {
                LINK
            } else {
                &cell.text
            };
            worksheet.write_string_with_format(row, column, text, format)?;
            return Ok(());
        };
        match cell.at.as_ref().and_then(|at| formulas.get(&at.place)) {
            Some(formula) => {
                let formula = Formula::new(formula).set_result(shown.value.to_string());
                worksheet.write_formula_with_format(row, column, formula, format)?;
            }
            None => {
                worksheet.write_number_with_format(row, column, float(shown.value), format)?;
            }
        }
        Ok(())
    }

    fn look(&self, at: CellAddress, cell: &Cell) -> Look {
        let block = &self.part.sheet.blocks[at.block];
        Look {
            style: cell.style,
            ruled: block.kind.is_ruled(),
            from_top: self.plan.is_split(at, cell),
            value: Value::of_text(&cell.text),
            part: look::Part::Plain,
        }
    }

    /// Where a cell that tells a page on paper leads to, and what it says instead.
    fn link(&self, at: CellAddress, all: &[Self]) -> Option<(String, String)> {
        let reference = self.references.get(&at)?;
        let target = all.get(reference.to_part)?;
        let place = reference.to_cell.and_then(|at| {
            let blocks = &target.part.sheet.blocks;
            let area = target
                .plan
                .area(at, &blocks[at.block].rows[at.row].cells[at.cell])?;
            Some(row_col_to_cell(area.row, area.column))
        });
        let cell = place.as_deref().unwrap_or("A1");
        let url = format!("internal:'{}'!{cell}", target.name);
        Some((url, place.unwrap_or_else(|| "转到".to_owned())))
    }
}

/// What stands above cells that lead to others, instead of 页.
const LINK: &str = "转到";

/// The captions above these cells: those of the first row of their blocks.
fn captions<'r>(references: impl Iterator<Item = &'r CellAddress>) -> Vec<CellAddress> {
    let mut captions: Vec<CellAddress> =
        references.map(|at| CellAddress { row: 0, ..*at }).collect();
    captions.sort_unstable();
    captions.dedup();
    captions
}

/// Merges an area and gives all its cells their format, so that lines are drawn all around it.
fn merge(worksheet: &mut Worksheet, area: Area, format: &Format) -> Result<(), XlsxError> {
    if (area.row, area.column) != (area.last_row, area.last_column) {
        let (row, column) = (area.row, area.column);
        worksheet.merge_range(row, column, area.last_row, area.last_column, "", format)?;
    }
    Ok(())
}
