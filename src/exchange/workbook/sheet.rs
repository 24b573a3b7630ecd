//! One sheet: its cells with text, as they are shown.

use std::io::BufRead;

use super::{
    formats::Formats, gathered::Gathered, is_on, number::Number, reference, strings, texts::Texts,
};
use crate::exchange::{
    error::ReadError,
    grid::{Grid, Place},
    markup::{self, Element, Markup, Node},
    watch::Budget,
};

/// Reads a sheet.
pub(super) struct SheetReader<'s, 'w> {
    pub name: &'s str,
    pub texts: &'s Texts,
    pub formats: &'s Formats,
    pub budget: &'s mut Budget<'w>,
}

/// The sheet so far.
#[derive(Default)]
struct Found {
    gathered: Gathered,
    /// The row that is read, and the next column in it.
    row: u32,
    column: u32,
}

/// A cell's parts as they stand in the file.
#[derive(Default)]
struct RawCell {
    kind: String,
    style: usize,
    value: String,
    inline: Option<String>,
    has_formula: bool,
}

impl SheetReader<'_, '_> {
    /// Reads it, with remarks.
    pub fn read(mut self, part: impl BufRead) -> Result<(Grid, Vec<String>), ReadError> {
        let mut markup = Markup::new(part);
        let mut found = Found::default();
        found.gathered.keeps_blanks = self.budget.keeps_blanks();
        let mut next_row = 0;
        while let Some(node) = markup.next()? {
            self.budget.go_on()?;
            let Node::Open(element) = node else {
                continue;
            };
            match element.name.as_str() {
                "row" => {
                    found.open_row(&element, next_row);
                    next_row = found.row.saturating_add(1);
                }
                "c" => self.cell(&element, &mut markup, &mut found)?,
                "col" if is_on(element.get("hidden")) => found.hide_columns(&element),
                "mergeCell" => {
                    if let Some((first, last)) = element.get("ref").and_then(reference::area) {
                        found.gathered.merge(first, last);
                    }
                }
                _ => {}
            }
        }
        Ok(found.gathered.into_grid(self.name))
    }

    fn cell<R: BufRead>(
        &mut self,
        element: &Element,
        markup: &mut Markup<R>,
        found: &mut Found,
    ) -> Result<(), ReadError> {
        let sequential = Place {
            row: found.row,
            column: found.column,
        };
        let place = element
            .get("r")
            .and_then(reference::place)
            .unwrap_or(sequential);
        found.column = place.column.saturating_add(1);
        let raw = RawCell::read(element, markup)?;
        let text = self.shown(&raw)?;
        if text.trim().is_empty() {
            found.note_blank(&raw);
        }
        found.gathered.keep(place, &text, self.budget)
    }

    /// What the cell shows.
    fn shown(&self, raw: &RawCell) -> Result<String, ReadError> {
        let text = |text: &str| self.formats.text(text, raw.style).into_owned();
        Ok(match raw.kind.as_str() {
            "s" if raw.value.trim().is_empty() => String::new(),
            "s" => {
                let number = raw.value.trim().parse().ok();
                let shared = number.and_then(|number| self.texts.get(number));
                let missing =
                    || ReadError::Broken(format!("工作表“{}”引用了不存在的文字", self.name));
                text(shared.ok_or_else(missing)?)
            }
            "str" => text(&strings::unescaped(&raw.value)),
            "inlineStr" => text(raw.inline.as_deref().unwrap_or(&raw.value)),
            "b" if raw.value.trim() == "1" => "TRUE".to_owned(),
            "b" if raw.value.trim() == "0" => "FALSE".to_owned(),
            // Errors (#DIV/0!) and dates in words (2024-12-31) stand as they are shown.
            "b" | "e" | "d" => raw.value.clone(),
            _ if raw.value.is_empty() => String::new(),
            _ => self.formats.number(&raw.value, raw.style),
        })
    }
}

impl RawCell {
    fn read<R: BufRead>(element: &Element, markup: &mut Markup<R>) -> Result<Self, ReadError> {
        let mut raw = Self {
            kind: element.get("t").unwrap_or_default().to_owned(),
            style: element
                .get("s")
                .and_then(|style| style.parse().ok())
                .unwrap_or(0),
            ..Self::default()
        };
        let mut is_value = false;
        while let Some(node) = markup.next()? {
            match node {
                Node::Open(element) => match element.name.as_str() {
                    "v" => is_value = true,
                    "f" => raw.has_formula = true,
                    "is" => raw.inline = Some(strings::text(markup, "is")?),
                    _ => {}
                },
                Node::Close(name) => match name.as_str() {
                    "v" => is_value = false,
                    "c" => break,
                    _ => {}
                },
                Node::Text(piece) if is_value => markup::append(&mut raw.value, &piece)?,
                Node::Text(_) => {}
            }
        }
        Ok(raw)
    }
}

impl Found {
    fn open_row(&mut self, element: &Element, next: u32) {
        let number = element.get("r").and_then(|row| row.parse::<u32>().ok());
        self.row = number.and_then(|row| row.checked_sub(1)).unwrap_or(next);
        self.column = 0;
        if is_on(element.get("hidden")) {
            self.gathered.hide_row(self.row);
        }
    }

    fn hide_columns(&mut self, element: &Element) {
        let number = |name| element.get(name)?.parse::<u32>().ok()?.checked_sub(1);
        if let (Some(first), Some(last)) = (number("min"), number("max")) {
            self.gathered.hide_columns(first, last);
        }
    }

    /// Counts a cell that shows nothing although it says something.
    fn note_blank(&mut self, raw: &RawCell) {
        let is_empty = raw.value.is_empty() && raw.inline.is_none();
        let is_number = matches!(raw.kind.as_str(), "" | "n");
        let number = Number::parse(&raw.value).filter(|number| !number.is_zero());
        self.gathered.uncalculated += usize::from(raw.has_formula && is_empty && raw.kind != "str");
        self.gathered.unshown += usize::from(is_number && number.is_some());
    }
}
