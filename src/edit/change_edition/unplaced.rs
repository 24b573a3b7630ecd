//! 本表样没有位置的内容: what is filled in and kept, and not on the form.

use std::collections::BTreeMap;

use crate::{
    edit::command::{AsideRow, EditCommand},
    model::{
        edition::{Edition, IndicatorRole},
        id::Id,
        indicator::Indicator,
        monitoring,
        path::{BlockField, CellPath, IndicatorField, Place, StatedField},
        project::{FundRow, Project, fund, header},
    },
};

use super::told::printed_caption;

/// Something that is kept and has no place on the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplaced {
    /// What an edition that has it calls it.
    pub caption: String,
    /// What is filled in, one line for each cell.
    pub text: String,
    /// How many cells they are.
    pub count: usize,
    held: Held,
}

/// Where it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Held {
    Cells(Vec<CellPath>),
    Row(CellPath, AsideRow),
}

impl Unplaced {
    /// The one step that clears it.
    pub fn clear(&self) -> EditCommand {
        let label = format!("清除 {}", self.caption);
        let commands = match &self.held {
            Held::Cells(cells) => cells
                .iter()
                .map(|at| EditCommand::SetCell {
                    at: at.clone(),
                    text: String::new(),
                })
                .collect(),
            Held::Row(at, row) => vec![EditCommand::DropAside {
                project: at.project,
                row: *row,
            }],
        };
        EditCommand::Many { label, commands }
    }
}

/// What of `project` has no place on `edition`, in the order of the form. `editions` tell how it is called, the first that
/// has it. Captions and points that forms print themselves are not listed.
pub fn unplaced(project: &Project, edition: &Edition, editions: &[&Edition]) -> Vec<Unplaced> {
    let mut list = Listing {
        names: names(project),
        list: Vec::new(),
    };
    project.each_filled_cell(&mut |cell| {
        let place = cell.place();
        let has_place = has_place(&place, edition) || monitoring::stands_beside(edition, &place);
        if !cell.text.trim().is_empty() && !has_place {
            let caption = caption(&place, editions);
            list.add(project, caption, place, cell.text);
        }
    });
    list.list.extend(aside(project, editions));
    list.list
}

struct Listing {
    /// Rows by id, to say whose a value is.
    names: BTreeMap<Id<Indicator>, String>,
    list: Vec<Unplaced>,
}

impl Listing {
    fn add(&mut self, project: &Project, caption: String, place: Place, text: &str) {
        let line = match &place {
            Place::Indicator(id, _) => match self.names.get(id).map_or("", String::as_str) {
                "" => text.to_owned(),
                name => format!("{name}：{text}"),
            },
            Place::Fund(id, _) => {
                let name = project.fund_row(*id).map_or("", FundRow::short_name);
                format!("{name}：{text}")
            }
            _ => text.to_owned(),
        };
        let at = project.at(place);
        for known in &mut self.list {
            if known.caption == caption
                && let Held::Cells(cells) = &mut known.held
            {
                known.text.push('\n');
                known.text.push_str(&line);
                known.count += 1;
                cells.push(at);
                return;
            }
        }
        self.list.push(Unplaced {
            caption,
            text: line,
            count: 1,
            held: Held::Cells(vec![at]),
        });
    }
}

fn names(project: &Project) -> BTreeMap<Id<Indicator>, String> {
    let rows = project.rows();
    rows.map(|view| (view.indicator.id, view.indicator.name.trim().to_owned()))
        .collect()
}

/// Whether the edition prints what stands at the place, or whether it is no content of the person's.
fn has_place(place: &Place, edition: &Edition) -> bool {
    let totals = &edition.totals;
    let has_totals = !totals.caption.is_empty();
    match place {
        Place::Header(key) if key == header::YEAR => {
            edition.title.contains("{year}") || printed_caption(place, edition).is_some()
        }
        Place::Fund(_, key) => {
            matches!(key.as_str(), "name" | fund::WEIGHT)
                || edition.funds.columns.is_empty()
                || printed_caption(place, edition).is_some()
        }
        Place::Goal(_, field) => {
            use crate::model::path::GoalField::{Caption, Weight};
            matches!(field, Caption | Weight) || printed_caption(place, edition).is_some()
        }
        Place::Section(_, BlockField::Caption) | Place::Group(_, BlockField::Caption) => true,
        Place::Stated(StatedField::TotalWeight) => has_totals && totals.weight,
        Place::Stated(StatedField::TotalScore) => has_totals && totals.score,
        Place::Stated(StatedField::Rating) => totals.rating,
        Place::Stated(_) | Place::Whole | Place::Paper(_) => true,
        _ => printed_caption(place, edition).is_some(),
    }
}

fn caption(place: &Place, editions: &[&Edition]) -> String {
    let mut printed = editions.iter();
    if let Some(caption) = printed.find_map(|edition| printed_caption(place, edition)) {
        return match place {
            Place::Table(_, _, key) => {
                let mut tables = editions.iter().flat_map(|edition| &edition.tables);
                let column = tables.find_map(|table| {
                    let mut columns = table.columns.iter();
                    columns.find(|column| table.caption == caption && column.key == *key)
                });
                let column = column.map_or(key.as_str(), |column| &column.caption);
                format!("{caption} · {column}")
            }
            _ => caption.trim_start_matches(['*', '＊']).to_owned(),
        };
    }
    let usual = match place {
        Place::Header(key) | Place::Text(key) | Place::Footer(key) | Place::Table(_, _, key) => key,
        Place::Fund(_, key) => fund::usual_caption(key),
        Place::Indicator(_, IndicatorField::Extra(key)) => key,
        Place::Indicator(_, field) => IndicatorRole::of(field).usual_caption(),
        Place::Section(_, field) | Place::Group(_, field) => match field {
            BlockField::Score => IndicatorRole::Score.usual_caption(),
            _ => IndicatorRole::Weight.usual_caption(),
        },
        Place::Goal(_, crate::model::path::GoalField::Text(key)) => key,
        Place::Goal(..) => "年度总体目标",
        Place::Reason(_) => IndicatorRole::Deviation.usual_caption(),
        Place::Stated(StatedField::TotalWeight) => "总分 · 分值",
        Place::Stated(StatedField::TotalScore) => "总分 · 得分",
        Place::Stated(StatedField::Rating) => "评价等级",
        Place::Stated(_) | Place::Whole | Place::Paper(_) => "其他",
    };
    usual.to_owned()
}

/// The rows that were put aside.
fn aside(project: &Project, editions: &[&Edition]) -> Vec<Unplaced> {
    let Some(aside) = &project.aside else {
        return Vec::new();
    };
    let mut list: Vec<Unplaced> = Vec::new();
    for row in aside.funds.iter() {
        let figures = row.figures.iter().map(|(key, cell)| {
            let place = Place::Fund(row.id, key.clone());
            (caption(&place, editions), cell.text().to_owned())
        });
        let remark = Place::Fund(row.id, "remark".into());
        let remark = (caption(&remark, editions), row.remark.to_string());
        list.push(Unplaced {
            caption: format!("资金行“{}”", row.short_name()),
            text: listed(figures.chain([remark])),
            count: 1,
            held: Held::Row(project.at(Place::Whole), AsideRow::Fund(row.id)),
        });
    }
    for (key, rows) in &aside.tables {
        let layouts = || {
            let tables = editions.iter().flat_map(|edition| &edition.tables);
            tables.filter(|table| table.key == *key)
        };
        for row in rows.iter() {
            let name = layouts().find_map(|table| table.rows.iter().find(|own| own.key == row.key));
            let name = name.map_or(row.key.as_str(), |row| &row.caption);
            let cells = row.cells.iter().map(|(column, text)| {
                let mut columns = layouts().flat_map(|table| &table.columns);
                let caption = columns.find(|known| known.key == *column);
                let caption = caption.map_or(column, |known| &known.caption);
                (caption.clone(), text.to_string())
            });
            list.push(Unplaced {
                caption: format!("附表行“{name}”"),
                text: listed(cells),
                count: 1,
                held: Held::Row(project.at(Place::Whole), AsideRow::Table(row.id)),
            });
        }
    }
    list
}

fn listed(cells: impl Iterator<Item = (String, String)>) -> String {
    let filled = cells.filter(|(_, text)| !text.is_empty());
    let lines: Vec<String> = filled
        .map(|(caption, text)| format!("{caption} {text}"))
        .collect();
    lines.join("；")
}
