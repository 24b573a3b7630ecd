//! Which sheets hold formulas whose last results are not true any more once something is written.
//!
//! Not every program calculates a file that it opens, even where the file asks for it, and some show nothing but the last
//! results: one that is missing is calculated by all, one that is wrong is believed. So those that may be wrong are taken out.
//! It is told by sheets, not by cells: a formula of a sheet that has changed, or of one that names such a sheet.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;

use super::pieces::{Piece, Pieces};
use crate::exchange::{error::ReadError, markup::unescaped};

/// Bytes of all names together that are looked for: those of a workbook full of forgotten ones, not more than that.
const NAMES: usize = 4 << 20;

/// Finds the sheets that formulas name, by their own names or by those defined for places in them.
pub(super) struct Mentions {
    /// `None` where there are too many names to look for: then every formula may name every sheet.
    finder: Option<AhoCorasick>,
    /// For each name that is looked for, its sheets.
    sheets: Vec<BTreeSet<usize>>,
}

impl Mentions {
    /// Looks for these sheets; `book` is the part of the workbook, which defines names.
    pub fn of(sheets: &[&str], book: &str) -> Result<Self, ReadError> {
        let mut names: Vec<String> = sheets.iter().map(|name| name.replace('\'', "''")).collect();
        let by_name = Self {
            finder: finder(&names),
            sheets: (0..sheets.len()).map(|at| BTreeSet::from([at])).collect(),
        };
        let mut meant = by_name.sheets.clone();
        for (name, formula) in defined(book)? {
            let sheets = by_name.within(&formula);
            if !sheets.is_empty() && !name.starts_with("_xlnm.") {
                names.push(name);
                meant.push(sheets);
            }
        }
        let finder = finder(&names);
        if finder.is_none() {
            meant = vec![(0..sheets.len()).collect()];
        }
        Ok(Self {
            finder,
            sheets: meant,
        })
    }

    /// The sheets that a formula names. One whose name is part of another counts too.
    pub fn within(&self, formula: &str) -> BTreeSet<usize> {
        let Some(finder) = &self.finder else {
            return self.sheets.iter().flatten().copied().collect();
        };
        finder
            .find_overlapping_iter(formula)
            .filter_map(|found| self.sheets.get(found.pattern().as_usize()))
            .flatten()
            .copied()
            .collect()
    }
}

fn finder(names: &[String]) -> Option<AhoCorasick> {
    if names.iter().map(String::len).sum::<usize>() > NAMES {
        return None;
    }
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true).build(names).ok()
}

/// The names that a workbook defines, with what they stand for.
fn defined(book: &str) -> Result<Vec<(String, String)>, ReadError> {
    let mut found = Vec::new();
    let mut pieces = Pieces::of(book);
    while let Some((piece, range)) = pieces.next()? {
        if let Piece::Open(tag) = piece
            && tag.name() == "definedName"
            && let Some(name) = tag.get("name").filter(|name| !name.is_empty())
        {
            let end = pieces.skip()?;
            let formula = book.get(range.end..end.start).unwrap_or_default();
            found.push((name, unescaped(formula)));
        }
    }
    Ok(found)
}

/// The sheets that have changed, with all that name one of these. `named` are the sheets that each names.
pub(super) fn sheets(changed: BTreeSet<usize>, named: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut stale = changed;
    loop {
        let more: BTreeSet<usize> = (0..named.len())
            .filter(|sheet| !stale.contains(sheet) && !named[*sheet].is_disjoint(&stale))
            .collect();
        if more.is_empty() {
            return stale;
        }
        stale.extend(more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_depends_on_a_changed_sheet_is_found_by_names() {
        let book = "<workbook><definedNames><definedName name=\"合计\">Sheet1!$A$1</definedName></definedNames></workbook>";
        let mentions = Mentions::of(&["Sheet1", "汇总", "附注", "说明"], book).unwrap();
        let named: Vec<_> = ["", "SHEET1!A1+1", "汇总!B1", "A1+1"]
            .iter()
            .map(|formula| mentions.within(formula))
            .collect();
        assert_eq!(
            sheets(BTreeSet::from([0]), &named),
            BTreeSet::from([0, 1, 2])
        );
        assert_eq!(mentions.within("合计*2"), BTreeSet::from([0]));
        assert_eq!(
            Mentions::of(&[], "<workbook/>").unwrap().within("A1"),
            BTreeSet::new()
        );
        let name = format!(
            "<definedName name=\"{}\">Sheet1!A1</definedName>",
            "名".repeat(NAMES / 2)
        );
        let book = format!("<workbook>{name}</workbook>");
        let mentions = Mentions::of(&["Sheet1", "汇总"], &book).unwrap();
        assert_eq!(mentions.within("1+1"), BTreeSet::from([0, 1]));
    }
}
