//! References in formulas: they follow the cells that move. All else in a formula stays as it is written.

use super::shift::{Growth, Shift, Shifts};
use crate::exchange::workbook::reference;

/// Columns of a sheet at most.
const COLUMNS: i64 = 1 << 14;

/// Rows of a sheet at most.
const ROWS: i64 = 1 << 20;

/// A number of a row or a column, and whether it is fixed (`$`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Line {
    fixed: bool,
    /// From 0.
    at: u32,
}

/// A cell, a whole row or a whole column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Corner {
    column: Option<Line>,
    row: Option<Line>,
}

/// What a formula refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reference {
    first: Corner,
    last: Option<Corner>,
}

/// The sheet in which a reference stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sheet {
    /// The formula's own.
    Own,
    /// The one of this name.
    Named(String),
    /// Another workbook, or several sheets at once.
    Elsewhere,
}

/// Where a formula stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct At<'s> {
    /// The name of its sheet; `None` where its references all name one.
    pub sheet: Option<&'s str>,
    /// Its row, where it is a cell's.
    pub row: Option<u32>,
}

/// The formula once rows are inserted; `None` where nothing of it changes.
///
/// An area of several rows takes in the rows that come after its last: they are of the same kind. One that ends in the
/// formula's own row does not, since each row has its own.
pub(super) fn shifted(formula: &str, at: At, shifts: &Shifts) -> Option<String> {
    if shifts.is_empty() {
        return None;
    }
    let own = at.sheet.and_then(|sheet| shifts.of(sheet));
    let result = rewritten(formula, |sheet, reference| {
        let shift = match sheet {
            Sheet::Own => own?,
            Sheet::Named(name) => shifts.of(name)?,
            Sheet::Elsewhere => return None,
        };
        let row = match sheet {
            Sheet::Named(name) if !at.sheet.is_some_and(|own| own.eq_ignore_ascii_case(name)) => {
                None
            }
            _ => at.row,
        };
        Some(reference.shifted(shift, reference.growth(row)).written())
    });
    (result != formula).then_some(result)
}

/// The formula as it is where it is copied so many rows and columns away.
pub(super) fn copied(formula: &str, rows: i64, columns: i64) -> String {
    rewritten(formula, |_, reference| {
        let moved = reference.moved(rows, columns);
        Some(moved.map_or_else(|| "#REF!".to_owned(), Reference::written))
    })
}

/// The areas of a list (`A1:B2 C3`) once rows are inserted. What is no area stays as it is written.
pub(super) fn areas(list: &str, shift: &Shift, growth: Growth) -> String {
    let areas = list.split_ascii_whitespace().map(|area| {
        let token = Token::first(area).filter(|token| token.length == area.len());
        match token.map(|token| token.kind) {
            Some(TokenKind::Reference(reference)) => reference.shifted(shift, growth).written(),
            _ => area.to_owned(),
        }
    });
    areas.collect::<Vec<_>>().join(" ")
}

/// Whether the formula names the cells of a row one by one, outside of areas: rows that are inserted after it are not in it.
pub(super) fn lists_row(formula: &str, row: u32) -> bool {
    let mut found = false;
    rewritten(formula, |sheet, reference| {
        let first = reference.first;
        found |= *sheet == Sheet::Own
            && reference.last.is_none()
            && first.row.is_some_and(|line| line.at == row && !line.fixed);
        None
    });
    found
}

impl Line {
    fn moved(self, by: i64, most: i64) -> Option<Self> {
        if self.fixed {
            return Some(self);
        }
        let at = i64::from(self.at) + by;
        let at = u32::try_from(at).ok().filter(|at| i64::from(*at) < most)?;
        Some(Self { at, ..self })
    }
}

impl Corner {
    /// A cell's name, the name of a column, or the number of a row.
    fn parse(word: &str) -> Option<Self> {
        let (fixed, rest) = dollar(word);
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (letters, rest) = rest.split_at_checked(letters)?;
        if letters.is_empty() {
            let row = Some(row(rest, fixed)?);
            return Some(Self { column: None, row });
        }
        let column = Some(column(letters, fixed)?);
        let (fixed, digits) = dollar(rest);
        if digits.is_empty() && !fixed {
            return Some(Self { column, row: None });
        }
        let row = Some(row(digits, fixed)?);
        Some(Self { column, row })
    }

    fn is_cell(self) -> bool {
        self.column.is_some() && self.row.is_some()
    }

    fn is_like(self, other: Self) -> bool {
        self.column.is_some() == other.column.is_some() && self.row.is_some() == other.row.is_some()
    }

    fn at_row(self, at: u32) -> Self {
        let row = self.row.map(|row| Line { at, ..row });
        Self { row, ..self }
    }

    fn moved(self, rows: i64, columns: i64) -> Option<Self> {
        let moved = |line: Option<Line>, by, most| match line {
            None => Some(None),
            Some(line) => line.moved(by, most).map(Some),
        };
        Some(Self {
            column: moved(self.column, columns, COLUMNS)?,
            row: moved(self.row, rows, ROWS)?,
        })
    }

    fn written(self) -> String {
        let mut name = String::new();
        let dollar = |fixed| if fixed { "$" } else { "" };
        if let Some(Line { fixed, at }) = self.column {
            let place = crate::exchange::grid::Place { row: 0, column: at };
            name.push_str(dollar(fixed));
            name.push_str(&place.column_name());
        }
        if let Some(Line { fixed, at }) = self.row {
            name.push_str(dollar(fixed));
            name.push_str(&(at + 1).to_string());
        }
        name
    }
}

fn dollar(text: &str) -> (bool, &str) {
    match text.strip_prefix('$') {
        Some(rest) => (true, rest),
        None => (false, text),
    }
}

fn row(digits: &str, fixed: bool) -> Option<Line> {
    let is_number = (1..=7).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let number: u32 = is_number.then(|| digits.parse().ok())??;
    let at = number.checked_sub(1).filter(|row| i64::from(*row) < ROWS)?;
    Some(Line { fixed, at })
}

fn column(letters: &str, fixed: bool) -> Option<Line> {
    let at = reference::column(letters).filter(|at| i64::from(*at) < COLUMNS)?;
    Some(Line { fixed, at })
}

impl Reference {
    fn shifted(self, shift: &Shift, growth: Growth) -> Self {
        let Some(first) = self.first.row.map(|line| line.at) else {
            return self;
        };
        let corner = self.last.unwrap_or(self.first);
        let last = corner.row.map_or(first, |line| line.at);
        let (upper, lower) = shift.rows(first.min(last), first.max(last), growth);
        let (begin, end) = match first <= last {
            true => (upper, lower),
            false => (lower, upper),
        };
        let is_area = self.last.is_some() || begin != end;
        Self {
            first: self.first.at_row(begin),
            last: is_area.then(|| corner.at_row(end)),
        }
    }

    /// How it grows in a formula of a row.
    fn growth(self, own_row: Option<u32>) -> Growth {
        let last = self.last.and_then(|corner| corner.row);
        let row = |line: Line| line.at;
        let lower = self.first.row.map(row).max(last.map(row));
        match self.first.is_cell() && (own_row.is_none() || own_row != lower) {
            true => Growth::Lists,
            false => Growth::Never,
        }
    }

    fn moved(self, rows: i64, columns: i64) -> Option<Self> {
        let last = match self.last {
            None => None,
            Some(last) => Some(last.moved(rows, columns)?),
        };
        Some(Self {
            first: self.first.moved(rows, columns)?,
            last,
        })
    }

    fn written(self) -> String {
        match self.last {
            None => self.first.written(),
            Some(last) => format!("{}:{}", self.first.written(), last.written()),
        }
    }
}

/// The formula with its references changed; those for which there is nothing else stay as they are written.
fn rewritten(formula: &str, mut change: impl FnMut(&Sheet, Reference) -> Option<String>) -> String {
    let mut out = String::with_capacity(formula.len());
    let mut rest = formula;
    let mut sheet = Sheet::Own;
    let mut is_outside = false;
    while let Some(token) = Token::first(rest) {
        let (raw, after) = rest.split_at(token.length);
        rest = after;
        match token.kind {
            TokenKind::Sheet(name) => {
                sheet = match name {
                    Some(name) if !is_outside => Sheet::Named(name),
                    _ => Sheet::Elsewhere,
                };
                is_outside = false;
                out.push_str(raw);
                continue;
            }
            TokenKind::Reference(reference) => {
                let changed = change(&sheet, reference);
                out.push_str(changed.as_deref().unwrap_or(raw));
            }
            TokenKind::Brackets | TokenKind::Other => out.push_str(raw),
        }
        is_outside = matches!(token.kind, TokenKind::Brackets);
        sheet = Sheet::Own;
    }
    out
}

/// The next piece of a formula.
struct Token {
    length: usize,
    kind: TokenKind,
}

enum TokenKind {
    /// A sheet and its `!`; `None` for several at once or one of another workbook.
    Sheet(Option<String>),
    Reference(Reference),
    /// `[1]`, `[Column]`
    Brackets,
    Other,
}

impl Token {
    fn first(text: &str) -> Option<Self> {
        let character = text.chars().next()?;
        let other = |length| Self {
            length,
            kind: TokenKind::Other,
        };
        Some(match character {
            '"' => other(quoted(text, '"')),
            '\'' => Self::quoted_sheet(text),
            '[' => Self {
                length: brackets(text),
                kind: TokenKind::Brackets,
            },
            // An error value: its letters are no reference.
            '#' => other(1 + word(&text[1..]).len()),
            _ if is_word(character) => Self::word(text),
            _ => other(character.len_utf8()),
        })
    }

    fn quoted_sheet(text: &str) -> Self {
        let length = quoted(text, '\'');
        let kind = match text[length..].starts_with('!') {
            false => {
                return Self {
                    length,
                    kind: TokenKind::Other,
                };
            }
            true => {
                let name = text[..length].trim_start_matches('\'');
                let name = name.strip_suffix('\'').unwrap_or(name).replace("''", "'");
                let is_one = !name.contains(['[', ']', ':']);
                TokenKind::Sheet(is_one.then_some(name))
            }
        };
        Self {
            length: length + 1,
            kind,
        }
    }

    fn word(text: &str) -> Self {
        let first = word(text);
        let rest = &text[first.len()..];
        if rest.starts_with('!') {
            return Self {
                length: first.len() + 1,
                kind: TokenKind::Sheet(Some(first.to_owned())),
            };
        }
        let other = Self {
            length: first.len(),
            kind: TokenKind::Other,
        };
        let second = rest.strip_prefix(':').map(word).unwrap_or_default();
        let behind = rest.get(1 + second.len()..).unwrap_or_default();
        if !second.is_empty() && behind.starts_with('!') {
            return Self {
                length: first.len() + 1 + second.len() + 1,
                kind: TokenKind::Sheet(None),
            };
        }
        if rest.starts_with(['(', '[']) {
            return other;
        }
        let Some(corner) = Corner::parse(first) else {
            return other;
        };
        let last = Corner::parse(second)
            .filter(|last| corner.is_like(*last) && !behind.starts_with(['(', '[']));
        match last {
            Some(_) => Self {
                length: first.len() + 1 + second.len(),
                kind: TokenKind::Reference(Reference {
                    first: corner,
                    last,
                }),
            },
            None if corner.is_cell() => Self {
                length: first.len(),
                kind: TokenKind::Reference(Reference {
                    first: corner,
                    last: None,
                }),
            },
            None => other,
        }
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric()
        || matches!(character, '_' | '.' | '$' | '\\' | '?')
        || (!character.is_ascii() && !character.is_whitespace())
}

/// The name, number or reference at the beginning.
fn word(text: &str) -> &str {
    let end = text.find(|character| !is_word(character));
    &text[..end.unwrap_or(text.len())]
}

/// How long the quoted piece at the beginning is; a mark that stands twice does not end it.
fn quoted(text: &str, mark: char) -> usize {
    let mut at = 1;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(mark)) {
        at += found + 1;
        if !text[at..].starts_with(mark) {
            return at;
        }
        at += 1;
    }
    text.len()
}

/// How long the brackets at the beginning are, with those inside.
fn brackets(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shifts() -> Shifts {
        let mut shifts = Shifts::default();
        shifts.add("自评表", Shift::by([(6, 2)]));
        shifts
    }

    fn in_sheet(formula: &str) -> String {
        let at = At {
            sheet: Some("自评表"),
            row: Some(20),
        };
        shifted(formula, at, &shifts()).unwrap_or_else(|| formula.to_owned())
    }

    #[test]
    fn references_follow_their_cells() {
        for (formula, expected) in [
            ("A7+A8", "A7+A10"),
            ("$A$8*$B7-C$8", "$A$10*$B7-C$10"),
            ("SUM(F3:F7)", "SUM(F3:F9)"),
            ("SUM(F7:F3)", "SUM(F9:F3)"),
            ("SUM(F3:F12)", "SUM(F3:F14)"),
            ("SUM(B7:E7)", "SUM(B7:E7)"),
            ("SUM(8:9)", "SUM(10:11)"),
            ("SUM(A:C)", "SUM(A:C)"),
            (
                "IF(A8=\"A8\"\"A8\",'A8'!A8,0)",
                "IF(A10=\"A8\"\"A8\",'A8'!A8,0)",
            ),
            ("LOG10(A8)+ATAN2(A8,1E8)", "LOG10(A10)+ATAN2(A10,1E8)"),
            (
                "自评表!A8+'自评表'!B8+底稿!A8",
                "自评表!A10+'自评表'!B10+底稿!A8",
            ),
            (
                "[1]自评表!A8+'[b.xlsx]自评表'!A8",
                "[1]自评表!A8+'[b.xlsx]自评表'!A8",
            ),
            ("SUM(一:三!A8)+A8", "SUM(一:三!A8)+A10"),
            (
                "Table1[[#This Row],[A8]]+A8",
                "Table1[[#This Row],[A8]]+A10",
            ),
            ("A8:INDEX(B:B,8)", "A10:INDEX(B:B,8)"),
            ("#REF!+A8", "#REF!+A10"),
            ("A_8+A8.x+ABCD8+A0+_A8", "A_8+A8.x+ABCD8+A0+_A8"),
            ("A1048576", "A1048576"),
        ] {
            assert_eq!(in_sheet(formula), expected, "{formula}");
        }
    }

    #[test]
    fn a_row_that_counts_up_to_itself_stays_so() {
        let at = At {
            sheet: Some("自评表"),
            row: Some(6),
        };
        assert_eq!(shifted("SUM(F$3:F7)", at, &shifts()), None);
    }

    #[test]
    fn other_sheets_and_names_follow_too() {
        let other = At {
            sheet: Some("底稿"),
            row: Some(6),
        };
        let changed = |formula, at| shifted(formula, at, &shifts());
        assert_eq!(changed("A8", other), None);
        assert_eq!(
            changed("SUM(自评表!F3:F7)+A8", other).as_deref(),
            Some("SUM(自评表!F3:F9)+A8")
        );
        assert_eq!(
            changed("自评表!$A$1:$N$30,自评表!$8:$9", At::default()).as_deref(),
            Some("自评表!$A$1:$N$32,自评表!$10:$11")
        );
        assert!(shifts().are_named_in("自评表!A1") && !shifts().are_named_in("A1"));
    }

    #[test]
    fn a_copy_moves_what_is_not_fixed() {
        for (formula, expected) in [
            ("E7/D7*$C7", "E9/D9*$C9"),
            ("E$7+SUM(E7:G7)", "E$7+SUM(E9:G9)"),
            ("自评表!A1", "自评表!A3"),
            ("A1048575", "#REF!"),
            ("\"A7\"&A7", "\"A7\"&A9"),
        ] {
            assert_eq!(copied(formula, 2, 0), expected, "{formula}");
        }
        assert_eq!(copied("B2+$B2", 0, 1), "C2+$B2");
    }

    #[test]
    fn lists_of_areas_follow_and_grow() {
        let shift = Shift::by([(6, 2)]);
        let list = "A1 B7 C3:C7 D8:E9 F:F";
        let grown = areas(list, &shift, Growth::Always);
        assert_eq!(grown, "A1 B7:B9 C3:C9 D10:E11 F:F");
        let same = areas(list, &shift, Growth::Never);
        assert_eq!(same, "A1 B7 C3:C7 D10:E11 F:F");
    }

    #[test]
    fn rows_that_are_named_one_by_one_are_told() {
        assert!(lists_row("F5+F6+F7", 6));
        assert!(!lists_row("SUM(F5:F7)", 6) && !lists_row("F5/F$7", 6));
    }
}
