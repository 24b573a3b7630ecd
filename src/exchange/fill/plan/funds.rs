//! 项目资金

use super::{board::Spot, draft::Draft, value::Entry};
use crate::{
    exchange::{
        grid::{Cell, Place},
        recognise::{
            captions::{exact, fund_row, pair},
            found::{FundLine, Funds},
            matching::{Matches, fund_row_captions},
            settle::Kind,
        },
    },
    model::{
        edition::{FundColumn, FundRole},
        figure::MoneyUnit,
        path,
        project::FundRow,
        typed::trim,
    },
};

impl Draft<'_> {
    /// The rows of the fund table that the template has too.
    pub(super) fn funds(&mut self, matches: &Matches, unit: MoneyUnit) {
        let found = self.found;
        let Some(funds) = &found.funds else { return };
        let rows: Vec<&FundRow> = self.project.funds.iter().map(AsRef::as_ref).collect();
        let names: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
        let captions = fund_row_captions(funds);
        let partners = pair(&captions, &names, fund_row);
        // A row that the edition knows has its key, whatever its name.
        let keyed = |at: usize| {
            let layout = matches.fund_rows.get(at).copied().flatten()?;
            let key = &self.edition.funds.rows.get(layout)?.key;
            rows.iter().position(|row| row.key == *key)
        };
        let mut order: Vec<Option<usize>> = partners;
        for at in 0..order.len() {
            if let Some(own) = keyed(at).filter(|own| !order.contains(&Some(*own))) {
                order[at] = order[at].or(Some(own));
            }
        }
        for (at, line) in funds.rows.iter().enumerate() {
            if let Some(row) = order[at].and_then(|own| rows.get(own)) {
                self.fund_row(matches, funds, line, row, unit);
            }
        }
        for (at, row) in rows.iter().enumerate() {
            if !order.contains(&Some(at))
                && let Some(line) = self.blank_line(funds, row)
            {
                self.fund_row(matches, funds, &line, row, unit);
            }
        }
    }

    /// The line of a row that nothing but its name tells of: all its amounts are blank.
    fn blank_line(&self, funds: &Funds, row: &FundRow) -> Option<FundLine> {
        let left = funds.columns.first()?.cell.place.column;
        let is_name = |cell: &&Cell| {
            cell.place.column < left
                && !row.name.is_empty()
                && exact(&cell.text) == exact(&row.name)
        };
        let mut ignored = self.found.ignored.iter().map(|remarked| &remarked.cell);
        ignored.find(is_name).map(|cell| FundLine {
            name: cell.clone(),
            cells: Vec::new(),
            sure: 100,
        })
    }

    fn fund_row(
        &mut self,
        matches: &Matches,
        funds: &Funds,
        line: &FundLine,
        row: &FundRow,
        unit: MoneyUnit,
    ) {
        self.see(&path::Place::Fund(row.id, "name".into()));
        for (at, heading) in funds.columns.iter().enumerate() {
            let column = matches.fund_columns.get(at).copied().flatten();
            let Some(column) = column.and_then(|at| self.edition.funds.columns.get(at)) else {
                continue;
            };
            let entry = self.fund_entry(row, column, unit);
            match line.cells.iter().find(|(own, _)| *own == at) {
                Some((_, cell)) => self.put_value(cell, &entry),
                None => self.put_amount(line, &heading.cell, &entry),
            }
        }
    }

    fn fund_entry(&self, row: &FundRow, column: &FundColumn, unit: MoneyUnit) -> Entry {
        let words = format!("资金 · {} · {}", row.short_name(), column.caption);
        let place = path::Place::Fund(row.id, column.key.clone());
        let text = row.figure(&column.key).text();
        match column.role {
            FundRole::Remark => Entry::text(place, words, &row.remark),
            FundRole::Amount => Entry {
                kind: Kind::Amount(unit),
                ..Entry::figure(place, words, &self.amount(text, unit))
            },
            FundRole::Rate | FundRole::Score => Entry::figure(place, words, text),
            FundRole::Weight => Entry::figure(place, words, text).stated(),
        }
    }

    /// Puts a figure into a blank cell of the table.
    fn put_amount(&mut self, line: &FundLine, heading: &Cell, entry: &Entry) {
        let Some(spot) = self.blank_of(line, heading) else {
            return self.lacks(entry, None, "原表的这一行没有这一格");
        };
        let row = line_row(line);
        if spot.place.row == row && spot.is_blank() {
            self.put(spot.place, entry);
        } else if spot.place.row < row {
            // What is merged over several rows belongs to the first of them.
            self.lacks(entry, Some(spot.place), "原表中这一格已并入上面的单元格");
        } else {
            self.lacks(entry, Some(spot.place), "原表的这一行没有这一格");
        }
    }

    /// The cell of a line in a column: below the heading; where amounts stand beside their captions, right of those.
    fn blank_of(&self, line: &FundLine, heading: &Cell) -> Option<Spot<'_>> {
        let row = line_row(line);
        if trim(&heading.text).is_empty() {
            return self.board.right_of(&self.board.at(line.name.place));
        }
        if heading.place.row >= row {
            return self.board.right_of(&self.board.at(heading.place));
        }
        let columns = heading.place.column..heading.place.column + heading.columns.max(1);
        let under = self.board.under(row, &columns);
        // What reaches over from the names is none of this column's.
        let under = under.filter(|spot| spot.place.column >= columns.start || spot.is_blank());
        Some(under.unwrap_or_else(|| {
            self.board.at(Place {
                row,
                column: columns.start,
            })
        }))
    }
}

fn line_row(line: &FundLine) -> u32 {
    line.name.place.row
}
