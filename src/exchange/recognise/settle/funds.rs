//! 项目资金

use super::{
    super::{
        found::{FundLine, Funds},
        matching::fund_row_captions,
        telling::Trust,
    },
    Kind, Settler,
};
use crate::{
    exchange::grid::Cell,
    model::{
        edition::{FundColumn, FundRole},
        figure::FigureCell,
        id::Id,
        path::Place,
        project::FundRow,
        record::{KeyMap, Text},
        rows::Rows,
        typed::trim,
    },
};

impl<'a> Settler<'a, '_> {
    /// The rows of the fund table as the form has them; `None` where it has no such table.
    pub(super) fn funds(&mut self) -> Option<Rows<FundRow>> {
        let funds = self.found.funds.as_ref()?;
        if let Some(caption) = &funds.caption {
            self.caption(caption, &self.edition.funds.caption);
        }
        for (index, heading) in funds.columns.iter().enumerate() {
            match self.fund_column(index) {
                Some(column) => self.caption(&heading.cell, &column.caption),
                None => self
                    .teller
                    .ignored(&heading.cell, "表样的资金表没有这一列，整列没有导入"),
            }
        }
        let captions = fund_row_captions(funds);
        let rows = funds.rows.iter().zip(captions).enumerate();
        let rows = rows.map(|(index, (line, caption))| self.fund_row(funds, index, line, caption));
        Some(rows.collect())
    }

    fn fund_column(&self, index: usize) -> Option<&'a FundColumn> {
        let at = (*self.matches.fund_columns.get(index)?)?;
        self.edition.funds.columns.get(at)
    }

    fn fund_row(
        &mut self,
        funds: &Funds,
        index: usize,
        line: &FundLine,
        caption: String,
    ) -> FundRow {
        let matched = self.matches.fund_rows.get(index).copied().flatten();
        let layout = matched.and_then(|at| self.edition.funds.rows.get(at));
        let id = Id::new(self.ids);
        let mut row = FundRow {
            id,
            key: layout.map(|row| row.key.clone()).unwrap_or_default(),
            copied_from: None,
            name: caption,
            figures: KeyMap::new(),
            remark: Text::default(),
            unknown: Default::default(),
        };
        if !trim(&line.name.text).is_empty() {
            let trust = Trust {
                sure: 100,
                note: if layout.is_none() {
                    "表样没有这一行，作为自行增加的行保留"
                } else {
                    ""
                },
            };
            let words = format!("资金 · {}", row.short_name());
            let place = Place::Fund(id, "name".into());
            row.name = self.take(&line.name, Kind::Caption, place, words, &trust);
        }
        let note = if line.sure < 100 {
            "这一行的格子有错位，已按先后次序对应各列，请核对"
        } else {
            ""
        };
        let trust = Trust {
            sure: line.sure,
            note,
        };
        for (index, cell) in &line.cells {
            match self.fund_column(*index) {
                Some(column) => self.fund_cell(&mut row, cell, column, &trust),
                None => {
                    let heading = funds.columns.get(*index);
                    let caption = heading.map_or("", |heading| trim(&heading.cell.text));
                    let why = format!("表样的资金表没有“{caption}”列，没有导入");
                    self.teller.ignored(cell, why);
                }
            }
        }
        row
    }

    fn fund_cell(&mut self, row: &mut FundRow, cell: &Cell, column: &FundColumn, trust: &Trust) {
        let words = format!("资金 · {} · {}", row.short_name(), column.caption);
        let place = Place::Fund(row.id, column.key.clone());
        let kind = match column.role {
            FundRole::Remark => {
                let text = self.take(cell, Kind::Paragraph, place, words, trust);
                row.remark = text.into();
                return;
            }
            FundRole::Amount => Kind::Amount(self.unit),
            FundRole::Rate | FundRole::Weight | FundRole::Score => Kind::Figure,
        };
        let text = self.take(cell, kind, place, words, trust);
        row.figures
            .insert(column.key.clone(), FigureCell::new(text));
    }
}
