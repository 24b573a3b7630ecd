//! OpenDocument spreadsheets (.ods), by the texts that their cells show.

mod cell;
mod sheet;

use std::{collections::BTreeSet, io::BufRead};

use super::{
    error::ReadError,
    grid::{Content, Grid},
    guard::Package,
    limits,
    markup::{Element, Markup, Node},
    watch::Budget,
    workbook::book::Book,
};
use sheet::Sheet;

/// Reads a spreadsheet.
///
/// # Errors
///
/// Broken, or past a limit.
pub fn read(mut package: Package, budget: &mut Budget) -> Result<Content, ReadError> {
    if is_encrypted(&mut package)? {
        return Err(ReadError::Protected);
    }
    let part = package
        .part("content.xml")?
        .ok_or_else(|| ReadError::Broken("缺少 content.xml".to_owned()))?;
    let mut spreadsheet = Spreadsheet {
        budget,
        book: Book::default(),
        hiding: BTreeSet::new(),
    };
    spreadsheet.read(&mut Markup::new(part))?;
    Ok(spreadsheet.book.finish())
}

/// A spreadsheet with a password keeps its parts encrypted in an ordinary package.
fn is_encrypted(package: &mut Package) -> Result<bool, ReadError> {
    let Some(part) = package.part("META-INF/manifest.xml")? else {
        return Ok(false);
    };
    let mut markup = Markup::new(part);
    while let Some(node) = markup.next()? {
        if matches!(node, Node::Open(element) if element.name == "encryption-data") {
            return Ok(true);
        }
    }
    Ok(false)
}

struct Spreadsheet<'b, 'w> {
    budget: &'b mut Budget<'w>,
    book: Book,
    /// The names of the styles that hide a sheet.
    hiding: BTreeSet<String>,
}

impl Spreadsheet<'_, '_> {
    fn read<R: BufRead>(&mut self, markup: &mut Markup<R>) -> Result<(), ReadError> {
        // The style that was opened last.
        let mut style = String::new();
        while let Some(node) = markup.next()? {
            let Node::Open(element) = node else {
                continue;
            };
            match element.name.as_str() {
                "style" => style = element.get("name").unwrap_or_default().to_owned(),
                "table-properties" if element.get("display") == Some("false") => {
                    self.hiding.insert(style.clone());
                }
                // Earlier versions of cells.
                "tracked-changes" => markup.skip()?,
                "table" => self.sheet(markup, &element)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn sheet<R: BufRead>(
        &mut self,
        markup: &mut Markup<R>,
        table: &Element,
    ) -> Result<(), ReadError> {
        let name = table.get("name").unwrap_or_default();
        let is_hidden = table
            .get("style-name")
            .is_some_and(|style| self.hiding.contains(style));
        if !self.book.wants(name, is_hidden, true)? {
            return markup.skip();
        }
        let mut sheet = Sheet::new(self.budget);
        sheet.read(markup)?;
        self.book.left_out |= sheet.left_out;
        let clipped = sheet.clipped.then(|| {
            format!(
                "工作表“{name}”中重复填充到 {} 行或 {} 列以外的内容没有读取。",
                limits::ROWS,
                limits::COLUMNS
            )
        });
        let grid = Grid {
            name: name.to_owned(),
            cells: sheet.into_cells(),
            ..Grid::default()
        };
        self.book.add((grid, clipped.into_iter().collect()));
        Ok(())
    }
}
