//! What a workbook consists of: its sheets in order, and where their parts are.

use super::is_on;
use crate::exchange::{
    error::{Excess, ReadError},
    guard::Package,
    limits,
    markup::{Element, Markup, Node},
    relations::Relations,
    watch::Budget,
};

/// A sheet and its part.
pub(in crate::exchange) struct SheetPart {
    pub name: String,
    pub path: String,
    pub hidden: bool,
    /// Cells, not a chart, a dialog or macros.
    pub has_cells: bool,
}

/// What a workbook consists of.
#[derive(Default)]
pub(in crate::exchange) struct Outline {
    /// The part that lists them.
    pub path: String,
    pub sheets: Vec<SheetPart>,
    /// Whether days are counted from 1904.
    pub since_1904: bool,
    /// The part of the number formats.
    pub styles: Option<String>,
    /// The part of the shared texts.
    pub strings: Option<String>,
}

/// Sheets of all kinds, hidden ones too, that are listed at most.
const SHEETS: usize = 20 * limits::SHEETS;

impl Outline {
    /// Reads it.
    pub fn read(package: &mut Package, budget: &Budget) -> Result<Self, ReadError> {
        let path = Relations::of(package, "", budget)?
            .first("officeDocument")
            .filter(|path| package.has(path))
            .unwrap_or_else(|| "xl/workbook.xml".to_owned());
        let relations = Relations::of(package, &path, budget)?;
        let mut outline = Self {
            styles: relations.first("styles"),
            strings: relations.first("sharedStrings"),
            path,
            ..Self::default()
        };
        let part = package
            .part(&outline.path)?
            .ok_or_else(|| ReadError::Broken("缺少工作簿的目录".to_owned()))?;
        let mut markup = Markup::new(part);
        while let Some(node) = markup.next()? {
            budget.go_on()?;
            let Node::Open(element) = node else {
                continue;
            };
            match element.name.as_str() {
                "workbookPr" => outline.since_1904 = is_on(element.get("date1904")),
                "sheet" => outline.add(&element, &relations)?,
                _ => {}
            }
        }
        Ok(outline)
    }

    fn add(&mut self, element: &Element, relations: &Relations) -> Result<(), ReadError> {
        let name = element.get("name").unwrap_or_default().to_owned();
        let relation = element.get("id").and_then(|id| relations.get(id));
        let Some(relation) = relation else {
            return Err(ReadError::Broken(format!("找不到工作表“{name}”")));
        };
        if self.sheets.len() >= SHEETS {
            return Err(ReadError::TooLarge(Excess::Sheets));
        }
        let state = element.get("state").unwrap_or("visible");
        self.sheets.push(SheetPart {
            name,
            path: relation.path.clone(),
            hidden: state != "visible",
            has_cells: relation.kind == "worksheet",
        });
        Ok(())
    }
}
