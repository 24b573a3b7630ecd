//! Workbooks with binary parts (.xlsb): a package as .xlsx is one, its parts made of records as those of .xls are.

use std::io::{BufRead, Read as _};

use super::{
    bytes::{error_text, f64_at, index_at, packed, truth_text, u16_at, u32_at},
    without_workbook,
};
use crate::exchange::{
    error::ReadError,
    grid::{Content, Place},
    guard::Package,
    relations::Relations,
    watch::Budget,
    workbook::{
        book::{Book, LeftOut},
        formats::Formats,
        gathered::Gathered,
        texts::Texts,
    },
};

/// The part that lists the sheets.
const WORKBOOK: &str = "xl/workbook.bin";

/// Record types, by their names in the published specification.
mod kind {
    pub const ROW: u16 = 0;
    pub const RK: u16 = 2;
    pub const ERROR: u16 = 3;
    pub const BOOL: u16 = 4;
    pub const REAL: u16 = 5;
    pub const TEXT: u16 = 6;
    pub const SHARED_TEXT: u16 = 7;
    pub const FORMULA_TEXT: u16 = 8;
    pub const FORMULA_NUMBER: u16 = 9;
    pub const FORMULA_BOOL: u16 = 10;
    pub const FORMULA_ERROR: u16 = 11;
    pub const SST_ITEM: u16 = 19;
    pub const FORMAT: u16 = 44;
    pub const XF: u16 = 47;
    pub const COLUMNS: u16 = 60;
    pub const RICH_TEXT: u16 = 62;
    pub const WORKBOOK: u16 = 153;
    pub const SHEET: u16 = 156;
    pub const MERGE: u16 = 176;
    pub const CELL_FORMATS: u16 = 617;
    pub const CELL_FORMATS_END: u16 = 618;
}

/// Records between two questions whether to go on.
const ASK_EVERY: usize = 1024;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8], budget: &mut Budget) -> Result<Content, ReadError> {
    let mut package = Package::open(bytes)?;
    let relations = Relations::of(&mut package, WORKBOOK, budget)?;
    let mut shared = Shared::default();
    let mut sheets = Vec::new();
    for_each(&mut package, WORKBOOK, budget, |kind, data, _| {
        match kind {
            kind::WORKBOOK => {
                shared.formats.since_1904 = data.first().is_some_and(|flags| flags & 1 != 0)
            }
            kind::SHEET => sheets.extend(SheetEntry::read(data)),
            _ => {}
        }
        Ok(())
    })?
    .ok_or_else(without_workbook)?;
    shared.read(&mut package, budget)?;
    let mut book = Book::default();
    book.left_out = LeftOut::of(&package);
    for entry in sheets {
        let relation = relations
            .get(&entry.relation)
            .ok_or_else(|| ReadError::Broken(format!("找不到工作表“{}”", entry.name)))?;
        let has_cells = relation.kind == "worksheet";
        if book.wants(&entry.name, entry.hidden, has_cells)? {
            let gathered = sheet(&mut package, &relation.path, &shared, budget)?
                .ok_or_else(|| ReadError::Broken(format!("缺少工作表“{}”的内容", entry.name)))?;
            book.add(gathered.into_grid(&entry.name));
        }
    }
    Ok(book.finish())
}

/// A sheet as the workbook lists it.
struct SheetEntry {
    name: String,
    relation: String,
    hidden: bool,
}

impl SheetEntry {
    fn read(data: &[u8]) -> Option<Self> {
        let (relation, after) = wide_text(data, 8)?;
        Some(Self {
            name: wide_text(data, after)?.0,
            relation,
            hidden: u32_at(data, 0)? != 0,
        })
    }
}

/// What the sheets share.
#[derive(Default)]
struct Shared {
    texts: Texts,
    formats: Formats,
}

impl Shared {
    fn read(&mut self, package: &mut Package, budget: &mut Budget) -> Result<(), ReadError> {
        for_each(package, "xl/sharedStrings.bin", budget, |kind, data, _| {
            if kind == kind::SST_ITEM {
                let text = wide_text(data, 1);
                self.texts
                    .add(|all| all.push_str(text.as_ref().map_or("", |(text, _)| text)));
            }
            Ok(())
        })?;
        let mut of_cells = false;
        for_each(package, "xl/styles.bin", budget, |kind, data, _| {
            match kind {
                kind::CELL_FORMATS => of_cells = true,
                kind::CELL_FORMATS_END => of_cells = false,
                kind::XF if of_cells => {
                    self.formats
                        .add_cell_format(u16_at(data, 2).unwrap_or(0).into());
                }
                kind::FORMAT => {
                    if let (Some(id), Some((code, _))) = (u16_at(data, 0), wide_text(data, 2)) {
                        self.formats.add_code(id.into(), &code);
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(())
    }
}

/// Reads a sheet; `None` if it is not there.
fn sheet(
    package: &mut Package,
    path: &str,
    shared: &Shared,
    budget: &mut Budget,
) -> Result<Option<Gathered>, ReadError> {
    let mut sheet = Sheet {
        shared,
        gathered: Gathered::default(),
        row: 0,
    };
    let read = for_each(package, path, budget, |kind, data, budget| {
        sheet.take(kind, data, budget)
    })?;
    Ok(read.map(|()| sheet.gathered))
}

struct Sheet<'s> {
    shared: &'s Shared,
    gathered: Gathered,
    row: u32,
}

impl Sheet<'_> {
    fn take(&mut self, kind: u16, data: &[u8], budget: &mut Budget) -> Result<(), ReadError> {
        match kind {
            kind::ROW => self.open_row(data),
            kind::COLUMNS => self.take_columns(data),
            kind::MERGE => self.merge(data),
            _ => {
                if let Some(column) = u32_at(data, 0) {
                    let row = self.row;
                    self.take_cell(Place { row, column }, kind, data, budget)?;
                }
            }
        }
        Ok(())
    }

    /// Column and format stand before the value of a cell.
    fn take_cell(
        &mut self,
        place: Place,
        kind: u16,
        data: &[u8],
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        const VALUE: usize = 8;
        let missing = || ReadError::Broken(format!("单元格 {} 的内容缺失", place.name()));
        let format = cell_format(data);
        let formats = &self.shared.formats;
        let own_text =
            |at| wide_text(data, at).map(|(own, _)| formats.text(&own, format).into_owned());
        let byte = data.get(VALUE).copied();
        let shown = match kind {
            kind::RK | kind::REAL | kind::FORMULA_NUMBER => {
                let number = match kind {
                    kind::RK => u32_at(data, VALUE).map(packed),
                    _ => f64_at(data, VALUE),
                };
                let number = number.ok_or_else(missing)?;
                let shown = formats.float(number, format);
                self.gathered.unshown += usize::from(number != 0.0 && shown.trim().is_empty());
                return self.gathered.keep(place, &shown, budget);
            }
            kind::BOOL | kind::FORMULA_BOOL => byte.map(|value| truth_text(value).to_owned()),
            kind::ERROR | kind::FORMULA_ERROR => byte.map(|code| error_text(code).to_owned()),
            kind::TEXT | kind::FORMULA_TEXT => own_text(VALUE),
            kind::RICH_TEXT => own_text(VALUE + 1),
            kind::SHARED_TEXT => index_at(data, VALUE)
                .and_then(|index| self.shared.texts.get(index))
                .map(|text| formats.text(text, format).into_owned()),
            _ => return Ok(()),
        };
        self.gathered
            .keep(place, &shown.ok_or_else(missing)?, budget)
    }

    fn open_row(&mut self, data: &[u8]) {
        const HIDDEN: u8 = 0x10;
        self.row = u32_at(data, 0).unwrap_or(self.row);
        if data.get(11).is_some_and(|flags| flags & HIDDEN != 0) {
            self.gathered.hide_row(self.row);
        }
    }

    fn take_columns(&mut self, data: &[u8]) {
        const HIDDEN: u16 = 1;
        if let (Some(first), Some(last), Some(flags)) =
            (u32_at(data, 0), u32_at(data, 4), u16_at(data, 16))
            && flags & HIDDEN != 0
        {
            self.gathered.hide_columns(first, last);
        }
    }

    fn merge(&mut self, data: &[u8]) {
        let numbers = [0, 4, 8, 12].map(|at| u32_at(data, at));
        if let [Some(top), Some(bottom), Some(left), Some(right)] = numbers {
            let place = |row, column| Place { row, column };
            self.gathered.merge(place(top, left), place(bottom, right));
        }
    }
}

/// The number of a cell's format.
fn cell_format(data: &[u8]) -> usize {
    const FORMAT: u32 = 0x00FF_FFFF;
    let format = u32_at(data, 4).map_or(0, |format| format & FORMAT);
    usize::try_from(format).unwrap_or(0)
}

/// A text with its length in UTF-16 units before it, and the place after it.
fn wide_text(data: &[u8], at: usize) -> Option<(String, usize)> {
    const NONE: u32 = u32::MAX;
    let from = at.checked_add(4)?;
    let units = match u32_at(data, at)? {
        NONE => 0,
        units => usize::try_from(units).ok()?,
    };
    let to = from.checked_add(units.checked_mul(2)?)?;
    let units: Vec<u16> = data
        .get(from..to)?
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    Some((String::from_utf16_lossy(&units), to))
}

/// Calls a function for each record of a part; `None` if there is no such part.
fn for_each<'w>(
    package: &mut Package,
    path: &str,
    budget: &mut Budget<'w>,
    mut take: impl FnMut(u16, &[u8], &mut Budget<'w>) -> Result<(), ReadError>,
) -> Result<Option<()>, ReadError> {
    let Some(mut part) = package.part(path)? else {
        return Ok(None);
    };
    let mut data = Vec::new();
    let mut count = 0_usize;
    while let Some(kind) = next_record(&mut part, &mut data)? {
        if count.is_multiple_of(ASK_EVERY) {
            budget.go_on()?;
        }
        count += 1;
        take(kind, &data, budget)?;
    }
    Ok(Some(()))
}

/// Reads a record: its type is returned, its data put into `data`; `None` at the end of the part.
fn next_record(part: &mut impl BufRead, data: &mut Vec<u8>) -> Result<Option<u16>, ReadError> {
    if part.fill_buf()?.is_empty() {
        return Ok(None);
    }
    let kind = varying(part, 2)?;
    let length = varying(part, 4)?;
    data.clear();
    // What the record claims is no reason to make room for it.
    let read = part.take(length.into()).read_to_end(data)?;
    if u32::try_from(read) != Ok(length) {
        return Err(cut_off());
    }
    u16::try_from(kind).map(Some).map_err(|_| cut_off())
}

/// A number of seven bits per byte, the lowest first; a set eighth bit says that another byte follows.
fn varying(part: &mut impl BufRead, most: u32) -> Result<u32, ReadError> {
    let mut number = 0;
    for at in 0..most {
        let mut byte = [0];
        part.read_exact(&mut byte)?;
        number |= u32::from(byte[0] & 0x7F) << (7 * at);
        if byte[0] & 0x80 == 0 {
            break;
        }
    }
    Ok(number)
}

fn cut_off() -> ReadError {
    ReadError::Broken("有部件不完整".to_owned())
}
