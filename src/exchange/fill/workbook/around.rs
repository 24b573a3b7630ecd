//! What refers to rows besides the cells of a sheet: names, formats and rules by condition, filters, links, breaks, anchors of
//! pictures, notes, tables, charts. One table says where references stand; it holds for all parts of a workbook.

use std::ops::Range;

use super::{
    formula::{self, At},
    pieces::{Copy, Piece, Pieces, Tag, escaped},
    shift::{Growth, Shift, Shifts},
};
use crate::exchange::{error::ReadError, markup::unescaped};

/// How a reference is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// Areas in this sheet, apart by blanks.
    Areas(Growth),
    /// A formula.
    Formula,
    /// The number of the row above a break between pages.
    Break,
    /// How many rows stand still above the others.
    Frozen,
}

/// The references of a part that belongs to a sheet, or to the whole workbook.
pub(super) struct Around<'a> {
    sheet: Option<&'a str>,
    shifts: &'a Shifts,
    own: Option<&'a Shift>,
    /// Whether the breaks that come are of columns.
    in_columns: bool,
    anchor: Anchor,
}

/// How a drawing keeps to cells.
#[derive(Default)]
struct Anchor {
    /// It stays where it is.
    is_fixed: bool,
    /// It moves with its first cell and keeps its size.
    keeps_size: bool,
    /// The rows by which its first cell has moved.
    moved: u32,
    /// `from` or `to`, between their tags.
    corner: Option<&'static str>,
}

impl<'a> Around<'a> {
    /// The references of a part of this sheet; of the whole workbook for `None`.
    pub fn of(sheet: Option<&'a str>, shifts: &'a Shifts) -> Self {
        Self {
            sheet,
            shifts,
            own: sheet.and_then(|sheet| shifts.of(sheet)),
            in_columns: false,
            anchor: Anchor::default(),
        }
    }

    /// A part with its references moved; `None` where none of them does.
    pub fn rewritten(mut self, text: &str) -> Result<Option<String>, ReadError> {
        let mut pieces = Pieces::of(text);
        let mut copy = Copy::of(text);
        while let Some((piece, range)) = pieces.next()? {
            self.piece(text, piece, range, &mut pieces, &mut copy)?;
        }
        let changed = copy.finish();
        Ok((changed != text).then_some(changed))
    }

    /// Moves the references of one piece, with its text where that is one.
    pub fn piece<'s>(
        &mut self,
        text: &'s str,
        piece: Piece<'s>,
        range: Range<usize>,
        pieces: &mut Pieces<'s>,
        copy: &mut Copy<'s>,
    ) -> Result<(), ReadError> {
        let tag = match piece {
            Piece::Open(tag) | Piece::Empty(tag) => tag,
            Piece::Close("from" | "to") => {
                self.anchor.corner = None;
                return Ok(());
            }
            Piece::Close(_) | Piece::Other => return Ok(()),
        };
        self.enter(tag);
        if let Some(tag) = self.tag(tag) {
            copy.replace(range.clone(), &tag);
        }
        let is_reference = matches!(
            (tag.name(), self.anchor.corner),
            ("row", Some(_)) | ("sqref" | "definedName" | "f" | "formula", _)
        ) || [
            "formula1",
            "formula2",
            "calculatedColumnFormula",
            "totalsRowFormula",
        ]
        .contains(&tag.name());
        // In data validations a formula may be wrapped once more.
        if matches!(piece, Piece::Open(_)) && is_reference {
            let begin = range.end;
            let (mut next, mut place) = pieces.inside()?;
            while matches!(next, Piece::Other) && text[place.clone()].trim().is_empty() {
                (next, place) = pieces.inside()?;
            }
            if let Piece::Open(_) | Piece::Empty(_) = next {
                return self.piece(text, next, place, pieces, copy);
            }
            let end = match next {
                Piece::Close(_) => place,
                _ => pieces.skip()?,
            };
            let words = unescaped(text.get(begin..end.start).unwrap_or_default());
            if let Some(changed) = self.text(tag.name(), &words) {
                copy.replace(begin..end.start, &escaped(&changed));
            }
        }
        Ok(())
    }

    fn enter(&mut self, tag: Tag) {
        match tag.name() {
            "rowBreaks" => self.in_columns = false,
            "colBreaks" => self.in_columns = true,
            "twoCellAnchor" | "oneCellAnchor" => {
                let edit = tag.get("editAs");
                self.anchor = Anchor {
                    is_fixed: edit.as_deref() == Some("absolute"),
                    keeps_size: edit.as_deref() == Some("oneCell"),
                    ..Anchor::default()
                };
            }
            "from" => self.anchor.corner = Some("from"),
            "to" => self.anchor.corner = Some("to"),
            _ => {}
        }
    }

    /// A tag with the references in its attributes moved; `None` where there are none that do.
    fn tag(&self, tag: Tag) -> Option<String> {
        let mut changed: Option<String> = None;
        for (attribute, value) in tag.values() {
            let Some(rule) = rule(tag.name(), attribute) else {
                continue;
            };
            let moved = match rule {
                Rule::Areas(growth) => self.own.map(|own| formula::areas(&value, own, growth)),
                Rule::Formula => self.formula(&value),
                Rule::Break if self.in_columns => None,
                Rule::Break => self.row_break(&value),
                Rule::Frozen => self.frozen(tag, &value),
            };
            if let Some(moved) = moved.filter(|moved| *moved != value) {
                let so_far = changed.as_deref().map_or(tag, Tag);
                changed = Some(so_far.with(attribute, Some(&moved)));
            }
        }
        changed
    }

    fn text(&mut self, element: &str, text: &str) -> Option<String> {
        match element {
            "row" => self.anchored(text),
            "sqref" => self
                .own
                .map(|own| formula::areas(text, own, Growth::Always)),
            _ => self.formula(text),
        }
    }

    fn formula(&self, formula: &str) -> Option<String> {
        let at = At {
            sheet: self.sheet,
            row: None,
        };
        formula::shifted(formula, at, self.shifts)
    }

    /// A break comes after the rows that belong to the one above it.
    fn row_break(&self, number: &str) -> Option<String> {
        let above = number.parse::<u32>().ok()?.checked_sub(1)?;
        Some((self.own?.grown(above) + 1).to_string())
    }

    /// Rows that stand still stay the same ones.
    fn frozen(&self, tag: Tag, count: &str) -> Option<String> {
        let is_frozen = tag
            .get("state")
            .is_some_and(|state| state.starts_with("frozen"));
        let count = count.parse::<u32>().ok().filter(|_| is_frozen)?;
        let last = count.checked_sub(1)?;
        Some((self.own?.row(last) + 1).to_string())
    }

    /// The row of a corner of a drawing.
    fn anchored(&mut self, row: &str) -> Option<String> {
        let own = self.own.filter(|_| !self.anchor.is_fixed)?;
        let row = row.trim().parse::<u32>().ok()?;
        let moved = match self.anchor.corner {
            Some("to") if self.anchor.keeps_size => row.saturating_add(self.anchor.moved),
            Some("from") => {
                self.anchor.moved = own.row(row).saturating_sub(row);
                own.row(row)
            }
            _ => own.row(row),
        };
        Some(moved.to_string())
    }
}

/// Where references stand in attributes.
fn rule(element: &str, attribute: &str) -> Option<Rule> {
    use Growth::{Always, Lists, Never};
    Some(match (element, attribute) {
        ("dimension", "ref") => Rule::Areas(Always),
        (
            "conditionalFormatting" | "dataValidation" | "protectedRange" | "ignoredError",
            "sqref",
        ) => Rule::Areas(Always),
        ("autoFilter" | "sortState" | "sortCondition" | "table", "ref") => Rule::Areas(Lists),
        ("selection", "activeCell" | "sqref") => Rule::Areas(Never),
        ("sheetView" | "customSheetView" | "pane", "topLeftCell") => Rule::Areas(Never),
        ("hyperlink" | "comment" | "threadedComment" | "location", "ref") => Rule::Areas(Never),
        ("cellWatch" | "inputCells", "r") => Rule::Areas(Never),
        ("hyperlink", "location") => Rule::Formula,
        ("formControlPr", "fmlaLink" | "fmlaRange" | "fmlaTxbx") => Rule::Formula,
        ("sp", "textlink") | ("cfvo", "val") => Rule::Formula,
        ("brk", "id") => Rule::Break,
        ("pane", "ySplit") => Rule::Frozen,
        _ => return None,
    })
}

/// The old drawing of notes and controls, which need not be well-formed: only the rows in it are changed, by their marks.
pub(super) fn old_drawing(text: &str, shift: &Shift) -> Option<String> {
    let rows = between(text, ":Row>", "</", |row| {
        let row = row.trim().parse().ok()?;
        Some(shift.row(row).to_string())
    });
    let changed = between(&rows, ":Anchor>", "</", |anchor| {
        let mut numbers: Vec<String> = anchor.split(',').map(|n| n.trim().to_owned()).collect();
        // Column, pixels, row, pixels of the upper left corner, then of the lower right one.
        let upper: u32 = numbers.get(2)?.parse().ok()?;
        let lower: u32 = numbers.get(6)?.parse().ok()?;
        let moved = shift.row(upper) - upper;
        numbers[2] = (upper + moved).to_string();
        numbers[6] = lower.saturating_add(moved).to_string();
        Some(numbers.join(", "))
    });
    (changed != text).then_some(changed)
}

/// A text with what stands between marks changed, where it can be.
fn between(text: &str, begin: &str, end: &str, change: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(begin) {
        out.push_str(before);
        out.push_str(begin);
        let Some((inner, after)) = after.split_once(end) else {
            rest = after;
            break;
        };
        out.push_str(change(inner).as_deref().unwrap_or(inner));
        out.push_str(end);
        rest = after;
    }
    out.push_str(rest);
    out
}
