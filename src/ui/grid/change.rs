//! What keys and menus of the grid change: commands for the document, made from what is selected.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{
    selection::Selection,
    table::{GridCell, GridTable, Spot},
};
use crate::{
    edit::{
        block::Block,
        command::{EditCommand, NewParts, Parts, Relocation},
    },
    model::{
        edition::Edition,
        id::{Id, IdSource},
        indicator::{Group, Indicator},
        path::{BlockField, IndicatorField, Place},
        project::Project,
    },
    score::ProjectScore,
};

/// Types one text into cells, as one step; approved cells among several are left out. `None` where nothing changes.
pub fn set(
    table: &GridTable,
    cells: &[usize],
    text: impl Fn(&GridCell) -> String,
    label: &str,
) -> Option<EditCommand> {
    let project = table.project();
    let commands: Vec<EditCommand> = cells
        .iter()
        .filter_map(|index| {
            let cell = &table.cells[*index];
            let place = cell.at.clone()?;
            let is_locked = cells.len() > 1 && table.approved_field(&place).is_some();
            let new = text(cell);
            (!is_locked && table.typed(&place) != new).then(|| EditCommand::SetCell {
                at: project.at(place),
                text: new,
            })
        })
        .collect();
    let label = label.replace("{n}", &commands.len().to_string());
    match commands.len() {
        0 => None,
        1 => commands.into_iter().next(),
        _ => Some(EditCommand::Many { label, commands }),
    }
}

/// Empties the selected cells.
pub fn clear(table: &GridTable, selection: Selection) -> Option<EditCommand> {
    let cells = selection.cells(table);
    set(table, &cells, |_| String::new(), "清除 {n} 个单元格")
}

/// Fills the uppermost selected cell of each column down.
pub fn fill_down(table: &GridTable, selection: Selection) -> Option<EditCommand> {
    let range = selection.range(table);
    let source = |column: usize| {
        let spot = Spot {
            row: range.first.row,
            column,
        };
        // One row selected means: from the row above, as in Excel.
        let row = if range.first.row == range.last.row {
            spot.row.checked_sub(1)?
        } else {
            spot.row
        };
        let cell = table.at(Spot { row, column })?;
        Some((cell.row, table.typed(cell.at.as_ref()?)))
    };
    let cells: Vec<usize> = selection
        .cells(table)
        .into_iter()
        .filter(|index| {
            let cell = &table.cells[*index];
            source(cell.column).is_some_and(|(row, _)| row != cell.row)
        })
        .collect();
    let text = |cell: &GridCell| source(cell.column).map_or_else(String::new, |(_, text)| text);
    set(table, &cells, text, "向下填充 {n} 个单元格")
}

/// The selected cells as the clipboard's text: below a merged cell there is nothing.
pub fn copied(table: &GridTable, selection: Selection) -> String {
    let range = selection.range(table);
    let rows = (range.first.row..=range.last.row).map(|row| {
        (range.first.column..=range.last.column)
            .map(|column| {
                let cell = table.at(Spot { row, column });
                let begins = |cell: &&GridCell| (cell.row, cell.column) == (row, column);
                let place = cell.filter(begins).and_then(|cell| cell.at.as_ref());
                place.map_or_else(String::new, |place| table.typed(place))
            })
            .collect()
    });
    let block = Block::new(rows.collect());
    match block.single() {
        // One cell is a text, not a row.
        Some(text) => text.to_owned(),
        None => block.to_string(),
    }
}

/// The indicators of the selected rows, in order.
pub fn rows(table: &GridTable, selection: Selection) -> Vec<Id<Indicator>> {
    let range = selection.range(table);
    (range.first.row..=range.last.row)
        .filter_map(|row| table.rows.get(row)?.indicator)
        .collect()
}

/// As many new rows as are selected, above the first of them or below the last.
pub fn insert_rows(
    table: &GridTable,
    selection: Selection,
    below: bool,
    ids: &mut dyn IdSource,
) -> Option<EditCommand> {
    let project = table.project();
    let range = selection.range(table);
    let edge = if below {
        range.last.row
    } else {
        range.first.row
    };
    let row = table.rows.get(edge)?;
    let (group, index) = match row.indicator {
        Some(id) => place_of(table, id)?,
        None => (row.group?, 0),
    };
    // Of a merged caption the whole block is selected, but one row is wanted.
    let own = selection.cursor.row.abs_diff(selection.anchor.row) + 1;
    let new: Vec<Indicator> = (0..own).map(|_| Indicator::blank(ids)).collect();
    Some(EditCommand::Insert {
        project: project.id,
        parts: NewParts::Indicators(group, new),
        index: index + usize::from(below),
    })
}

/// Takes the selected rows out.
pub fn remove_rows(table: &GridTable, selection: Selection) -> Option<EditCommand> {
    let rows = rows(table, selection);
    (!rows.is_empty()).then(|| EditCommand::Remove {
        project: table.project().id,
        parts: Parts::Indicators(rows),
    })
}

/// Where an indicator stands: its group, and its place there.
fn place_of(table: &GridTable, id: Id<Indicator>) -> Option<(Id<Group>, usize)> {
    table.row(id).map(|row| (row.group.id, row.index))
}

/// Moves the selected rows by one; at the edge of a group into the next one. Rows of several groups stay where they are: they
/// would end up in one.
pub fn move_rows(table: &GridTable, selection: Selection, down: bool) -> Option<EditCommand> {
    let project = table.project();
    let rows = rows(table, selection);
    let edge = if down { *rows.last()? } else { *rows.first()? };
    let (group, index) = place_of(table, edge)?;
    if rows
        .iter()
        .any(|row| place_of(table, *row).is_none_or(|(own, _)| own != group))
    {
        return None;
    }
    let groups: Vec<&Group> = project.groups().map(|view| view.group).collect();
    let at = groups.iter().position(|known| known.id == group)?;
    // Among the rows that stay, the place is that of the row before or after, less the rows that leave.
    let (group, index) = if down {
        if index + 1 < groups[at].indicators.len() {
            (group, (index + 2).checked_sub(rows.len())?)
        } else {
            (groups.get(at + 1)?.id, 0)
        }
    } else if index > 0 {
        (group, index - 1)
    } else {
        (groups.get(at.checked_sub(1)?)?.id, usize::MAX)
    };
    Some(EditCommand::Move {
        project: project.id,
        to: Relocation::Indicators(rows, group),
        index,
    })
}

/// Moves rows to where they were dropped: before the row at `target`, or to the end of its group.
pub fn drop_rows(
    table: &GridTable,
    rows: Vec<Id<Indicator>>,
    target: usize,
) -> Option<EditCommand> {
    let project = table.project();
    let (group, index) = match table.rows.get(target) {
        Some(row) => match row.indicator {
            Some(id) => place_of(table, id)?,
            None => (row.group?, 0),
        },
        None => (table.rows.last()?.group?, usize::MAX),
    };
    let leaving_before = project
        .rows()
        .filter(|view| view.group.id == group && view.number <= index)
        .filter(|view| rows.contains(&view.indicator.id))
        .count();
    Some(EditCommand::Move {
        project: project.id,
        to: Relocation::Indicators(rows, group),
        index: index.saturating_sub(leaving_before),
    })
}

/// A computed score and the cell it belongs into.
#[derive(Debug, Clone, PartialEq)]
pub struct Computed {
    /// The score cell.
    pub at: Place,
    /// The score.
    pub score: Decimal,
}

/// The computed scores of a form by their cells: of rows, and of groups that are scored as one.
pub fn computed(project: &Arc<Project>, score: &ProjectScore) -> Vec<Computed> {
    let mut all = Vec::new();
    for (goal, goal_score) in project.goals.iter().zip(&score.goals) {
        for (section, section_score) in goal.sections.iter().zip(&goal_score.sections) {
            for (group, group_score) in section.groups.iter().zip(&section_score.groups) {
                if let Some(score) = group_score.computed {
                    all.push(Computed {
                        at: Place::Group(group.id, BlockField::Score),
                        score,
                    });
                }
                let members = group.indicators.iter().zip(&group_score.members);
                all.extend(members.filter_map(|(row, member)| {
                    Some(Computed {
                        at: Place::Indicator(row.id, IndicatorField::Score),
                        score: member.computed?,
                    })
                }));
            }
        }
    }
    all
}

/// A computed score as it is written into the form, with the decimals the edition keeps.
pub fn written(score: Decimal, edition: &Edition) -> String {
    let mut score = score;
    score.rescale(edition.scoring.rounding.digits);
    score.to_string()
}

/// Writes computed scores into their cells.
pub fn adopt(project: &Project, edition: &Edition, computed: &[&Computed]) -> Option<EditCommand> {
    let commands: Vec<EditCommand> = computed
        .iter()
        .filter_map(|one| {
            let new = written(one.score, edition);
            let old = project.cell_text(&one.at)?;
            (old != new).then(|| EditCommand::SetCell {
                at: project.at(one.at.clone()),
                text: new,
            })
        })
        .collect();
    let label = format!("采用计算值 {} 处", commands.len());
    (!commands.is_empty()).then_some(EditCommand::Many { label, commands })
}

/// Makes the selected rows parts (其中) of the row above them, or independent again.
pub fn set_parts(table: &GridTable, selection: Selection, part: bool) -> Option<EditCommand> {
    let project = table.project();
    let rows = rows(table, selection);
    let first = *rows.first()?;
    let parent = if part {
        Some(parent_above(table, first)?)
    } else {
        None
    };
    let commands: Vec<EditCommand> = rows
        .into_iter()
        .map(|row| EditCommand::SetPartOf {
            project: project.id,
            row,
            parent,
        })
        .collect();
    let label = if part {
        "设为“其中”行"
    } else {
        "取消“其中”行"
    };
    Some(EditCommand::Many {
        label: label.into(),
        commands,
    })
}

/// The independent row above an indicator in its group.
fn parent_above(table: &GridTable, id: Id<Indicator>) -> Option<Id<Indicator>> {
    let row = table.row(id)?;
    let above = row.group.indicators.iter().take(row.index);
    let independent: Vec<_> = above.filter(|row| row.part_of.is_none()).collect();
    independent.last().map(|row| row.id)
}
