//! Further tables.

use super::{
    super::{
        clean,
        found::FurtherTable,
        matching::{TableMatches, table_caption},
        telling::Trust,
    },
    Kind, Settler,
};
use crate::{
    exchange::grid::Cell,
    model::{
        edition::{TableLayout, TableRowLayout},
        id::Id,
        path::Place,
        project::{Project, TableRow},
        record::KeyMap,
        rows::Rows,
    },
};

impl Settler<'_, '_> {
    /// Fills the further tables. Rows of the edition that the form lacks stay blank.
    pub(super) fn tables(&mut self, project: &mut Project) {
        for (number, table) in self.found.tables.iter().enumerate() {
            let matched = self.matches.tables.get(number).cloned().flatten();
            let layout = matched
                .as_ref()
                .and_then(|at| self.edition.tables.get(at.table));
            match matched.as_ref().zip(layout) {
                Some((matched, layout)) => self.table(project, table, matched, layout),
                None => self.unplaced_table(table, number),
            }
        }
    }

    fn unplaced_table(&mut self, table: &FurtherTable, number: usize) {
        let why = format!("表样没有“{}”，没有导入", table_caption(table, number));
        let rows = table.rows.iter().flatten().flatten();
        for cell in table.caption.iter().chain(&table.headings).chain(rows) {
            self.teller.ignored(cell, why.as_str());
        }
    }

    fn table(
        &mut self,
        project: &mut Project,
        table: &FurtherTable,
        matched: &TableMatches,
        layout: &TableLayout,
    ) {
        if let Some(caption) = &table.caption {
            self.caption(caption, &layout.caption);
        }
        for (index, heading) in table.headings.iter().enumerate() {
            match column(matched, layout, index) {
                Some((_, caption)) => self.caption(heading, caption),
                None => self
                    .teller
                    .ignored(heading, "表样的这张表没有此列，整列没有导入"),
            }
        }
        let rows = project.tables.entry(layout.key.clone()).or_default();
        for (index, cells) in table.rows.iter().enumerate() {
            let known = matched.rows.get(index).copied().flatten();
            let known = known.and_then(|at| layout.rows.get(at));
            let at = self.row_of_table(rows, known);
            if let Some(row) = rows.get_mut(at) {
                self.table_row(row, cells, known, layout, matched);
            }
        }
    }

    /// The index of the row that fills the edition's, or of a new one.
    fn row_of_table(&mut self, rows: &mut Rows<TableRow>, known: Option<&TableRowLayout>) -> usize {
        let present = known.and_then(|known| rows.position(|row| row.key == known.key));
        present.unwrap_or_else(|| {
            rows.push(TableRow {
                id: Id::new(self.ids),
                copied_from: None,
                key: known.map(|row| row.key.clone()).unwrap_or_default(),
                cells: KeyMap::new(),
                unknown: Default::default(),
            });
            rows.len() - 1
        })
    }

    fn table_row(
        &mut self,
        row: &mut TableRow,
        cells: &[Option<Cell>],
        known: Option<&TableRowLayout>,
        layout: &TableLayout,
        matched: &TableMatches,
    ) {
        let mut cells = cells.iter();
        let caption = cells.next().and_then(Option::as_ref);
        match (caption, known) {
            (Some(caption), Some(known)) => self.caption(caption, &known.caption),
            (Some(caption), None) => self.teller.ignored(
                caption,
                "表样的这张表没有此行，行名没有导入，内容作为增加的行保留",
            ),
            (None, _) => {}
        }
        let name = caption.map_or_else(String::new, |cell| clean::caption(&cell.text).text);
        let filled = cells.enumerate();
        for (index, cell) in filled.filter_map(|(at, cell)| Some((at, cell.as_ref()?))) {
            let target = column(matched, layout, index);
            self.table_cell(row, cell, layout, target, &name);
        }
    }

    fn table_cell(
        &mut self,
        row: &mut TableRow,
        cell: &Cell,
        layout: &TableLayout,
        column: Option<(&str, &str)>,
        row_name: &str,
    ) {
        let Some((key, caption)) = column else {
            return self.teller.ignored(cell, "表样的这张表没有此列，没有导入");
        };
        let words = format!("{} · {row_name} · {caption}", layout.caption);
        let place = Place::Table(layout.key.clone(), row.id, key.to_owned());
        let text = self.take(cell, Kind::Paragraph, place, words, &Trust::FULL);
        row.cells.insert(key.to_owned(), text.into());
    }
}

/// Key and caption of a column of the form's table on the edition.
fn column<'l>(
    matched: &TableMatches,
    layout: &'l TableLayout,
    index: usize,
) -> Option<(&'l str, &'l str)> {
    let at = (*matched.columns.get(index)?)?;
    let column = layout.columns.get(at)?;
    Some((&column.key, &column.caption))
}
