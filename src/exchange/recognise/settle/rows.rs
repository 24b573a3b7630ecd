//! Indicator rows.

use super::{
    super::{found::FoundRow, telling::Trust},
    Kind, Settler,
    indicators::Block,
};
use crate::{
    exchange::grid::Cell,
    model::{
        edition::{IndicatorColumn, IndicatorRole},
        figure::FigureCell,
        id::Id,
        indicator::{Approved, Indicator},
        measure::{Measure, MeasureCell, Nature, Quantity},
        path::{IndicatorField, Place},
        typed::{Readable, Typed, trim},
    },
};

impl<'a> Settler<'a, '_> {
    /// The edition's column for a heading of a goal block.
    pub(super) fn column(&self, goal: usize, heading: usize) -> Option<&'a IndicatorColumn> {
        let at = (*self.matches.goals.get(goal)?.columns.get(heading)?)?;
        self.edition.indicators.columns.get(at)
    }

    /// A row of the table. `whole` is the row that 其中 rows are part of.
    pub(super) fn row(
        &mut self,
        block: &mut Block,
        found: &FoundRow,
        group: &str,
        whole: &mut Option<Id<Indicator>>,
    ) -> Indicator {
        let mut row = Indicator::blank(self.ids);
        block.rows.push((found.row, row.id));
        if found.part {
            row.part_of = *whole;
        } else {
            *whole = Some(row.id);
        }
        let name = self.name_of(block, found);
        let area = format!("绩效指标 · {group} · {name}");
        let note = match (found.part && row.part_of.is_none(), found.note.as_str()) {
            (true, "") => "“其中”行前面没有可归属的指标，按单独一行保留",
            (_, note) => note,
        };
        let trust = Trust {
            sure: found.sure,
            note,
        };
        let mut homeless: Vec<(usize, &Cell)> = Vec::new();
        for (at, cell) in &found.cells {
            let Some(column) = self.column(block.index, *at) else {
                homeless.push((*at, cell));
                continue;
            };
            self.row_cell(&mut row, cell, column, &area, &trust);
        }
        for (at, cell) in homeless {
            self.homeless_cell(&mut row, block, at, cell, &area);
        }
        if self.is_targets() {
            row.approved = Some(Approved {
                name: row.name.clone(),
                nature: row.nature.text().to_owned(),
                target: row.target.text().to_owned(),
                unit: row.unit.clone(),
                weight: row.weight.text().to_owned(),
                unknown: Default::default(),
            });
        }
        row
    }

    /// The name of a row, for words.
    fn name_of(&self, block: &Block, found: &FoundRow) -> String {
        let is_name = |at: usize| {
            let column = self.column(block.index, at);
            column.is_some_and(|column| column.role == IndicatorRole::Name)
        };
        let cell = found.cells.iter().find(|(at, _)| is_name(*at));
        let name = cell.map_or("", |(_, cell)| trim(&cell.text));
        match name {
            "" => "（未命名）".to_owned(),
            name => super::super::telling::shortened(name),
        }
    }

    fn row_cell(
        &mut self,
        row: &mut Indicator,
        cell: &Cell,
        column: &IndicatorColumn,
        area: &str,
        trust: &Trust,
    ) {
        use IndicatorField as Field;
        let (field, kind) = match column.role {
            IndicatorRole::Name => (Field::Name, Kind::Line),
            IndicatorRole::Nature => (Field::Nature, Kind::Line),
            IndicatorRole::Target => (Field::Target, Kind::Line),
            IndicatorRole::Unit => (Field::Unit, Kind::Line),
            IndicatorRole::Actual => (Field::Actual, Kind::Line),
            IndicatorRole::Weight => (Field::Weight, Kind::Figure),
            IndicatorRole::Score => (Field::Score, Kind::Figure),
            IndicatorRole::Deviation => (Field::Deviation, Kind::Paragraph),
            IndicatorRole::Extra => (Field::Extra(column.key.clone()), Kind::Paragraph),
            IndicatorRole::Level1 | IndicatorRole::Level2 => {
                let why = "级别列中的这一格不是指标名称，没有导入";
                return self.teller.ignored(cell, why);
            }
        };
        let words = format!(
            "{area} · {}",
            column.caption.trim_start_matches(['*', '＊'])
        );
        let place = Place::Indicator(row.id, field.clone());
        let text = self.take(cell, kind, place, words, trust);
        // What a second cell brings to a field joins the first.
        let text = match row.cell_text(&field).as_ref() {
            "" => text,
            first => format!("{first}\n{text}"),
        };
        fill(row, field, text);
    }

    /// A cell whose column the edition does not have. Sign and unit can stand in the target itself.
    fn homeless_cell(
        &mut self,
        row: &mut Indicator,
        block: &Block,
        at: usize,
        cell: &Cell,
        area: &str,
    ) {
        let heading = block.found.columns.get(at);
        let text = trim(&cell.text);
        let joined = match heading.map(|heading| heading.role) {
            Some(IndicatorRole::Nature) => with_sign(&row.target, text),
            Some(IndicatorRole::Unit) => with_unit(&row.target, text),
            _ => None,
        };
        let Some(joined) = joined else {
            let caption = heading.map_or("", |heading| trim(&heading.cell.text));
            let why = format!("表样的指标表没有“{caption}”列，没有导入");
            return self.teller.ignored(cell, why);
        };
        let caption = self.edition.indicator_caption(IndicatorRole::Target);
        let trust = Trust {
            sure: 90,
            note: "表样没有这一列，已并入指标值",
        };
        let place = Place::Indicator(row.id, IndicatorField::Target);
        let words = format!("{area} · {caption}");
        self.take(cell, Kind::Line, place, words, &trust);
        row.target = MeasureCell::new(joined);
    }
}

fn fill(row: &mut Indicator, field: IndicatorField, text: String) {
    match field {
        IndicatorField::Name => row.name = text,
        IndicatorField::Nature => row.nature = Typed::new(text),
        IndicatorField::Target => row.target = Typed::new(text),
        IndicatorField::Unit => row.unit = text,
        IndicatorField::Actual => row.actual = Typed::new(text),
        IndicatorField::Weight => row.weight = FigureCell::new(text),
        IndicatorField::Score => row.score = FigureCell::new(text),
        IndicatorField::Deviation => row.deviation = text.into(),
        IndicatorField::Extra(key) => {
            row.extra.insert(key, text.into());
        }
        // No column of a form holds it.
        IndicatorField::Tier => {}
    }
}

/// The target with the sign of its own column before it; `None` where it says how to compare itself, or is no number.
fn with_sign(target: &MeasureCell, sign: &str) -> Option<String> {
    let measure = target.value()?;
    let compared = matches!(Nature::read(sign)?, Nature::Compared(_));
    let open = compared && measure.comparator.is_none() && is_counted(measure);
    open.then(|| format!("{sign}{}", trim(target.text())))
}

/// The target with the unit of its own column behind it; `None` where it has one, or is no number.
fn with_unit(target: &MeasureCell, unit: &str) -> Option<String> {
    let measure = target.value()?;
    let open = measure.unit().is_empty() && is_counted(measure) && !unit.is_empty();
    open.then(|| format!("{}{unit}", trim(target.text())))
}

fn is_counted(measure: &Measure) -> bool {
    matches!(
        measure.quantity,
        Quantity::Number { .. } | Quantity::Range { .. }
    )
}
