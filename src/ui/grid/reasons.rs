//! One reason for several rows: joined from the reasons of the selected rows, and split again.

use super::{change, selection::Selection, table::GridTable};
use crate::{
    edit::command::{EditCommand, NewParts, Parts, ReasonSpan},
    model::{
        id::{Id, IdSource},
        indicator::{Indicator, SharedReason},
        path::{IndicatorField, Place},
        project::{Goal, Project},
    },
};

/// Makes one reason of those of the selected rows, which then share its cell. A reason that some of them share already is
/// extended to all. `None` where fewer than two rows are selected, rows of several goal blocks, or part of a shared cell.
pub fn join(
    table: &GridTable,
    selection: Selection,
    ids: &mut dyn IdSource,
) -> Option<EditCommand> {
    let project = table.project();
    let rows = change::rows(table, selection);
    let range = selection.range(table);
    let goal = table.rows.get(range.first.row)?.goal;
    let is_one_goal = (range.first.row..=range.last.row)
        .all(|row| table.rows.get(row).is_some_and(|row| row.goal == goal));
    if rows.len() < 2 || !is_one_goal {
        return None;
    }
    let goal = project.goals.iter().find(|known| known.id == goal)?;
    let shared = shared_by(goal, &rows)?;
    let own = rows.iter().filter_map(|id| table.row(*id));
    let mut texts: Vec<&str> = shared
        .map(|reason| reason.text.trim())
        .into_iter()
        .collect();
    for text in own.map(|row| row.indicator.deviation.trim()) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.retain(|text| !text.is_empty());
    let text = texts.join("\n");
    let mut commands = emptied(table, &rows);
    match shared {
        Some(reason) => {
            commands.push(EditCommand::SetReasonSpan {
                project: project.id,
                reason: reason.id,
                span: ReasonSpan::Rows(rows),
            });
            commands.push(EditCommand::SetCell {
                at: project.at(Place::Reason(reason.id)),
                text,
            });
        }
        None => commands.push(EditCommand::Insert {
            project: project.id,
            parts: NewParts::Reasons(goal.id, vec![new_reason(rows, text, ids)]),
            index: usize::MAX,
        }),
    }
    Some(EditCommand::Many {
        label: "合并原因".into(),
        commands,
    })
}

/// Gives the shared reason at the cursor back to the first row that it spans; the other rows have none then.
pub fn split(table: &GridTable, selection: Selection) -> Option<EditCommand> {
    let project = table.project();
    let cell = table.at(selection.cursor)?;
    let Some(Place::Reason(id)) = cell.at else {
        return None;
    };
    let row = table.rows.get(cell.row)?.indicator?;
    let text = project.reason(id)?.text.to_string();
    Some(EditCommand::Many {
        label: "拆分原因".into(),
        commands: vec![
            EditCommand::Remove {
                project: project.id,
                parts: Parts::Reasons(vec![id]),
            },
            deviation(project, row, text),
        ],
    })
}

/// The one shared reason among these rows, if any; `None` where there are several, or one that reaches beyond them.
fn shared_by<'a>(goal: &'a Goal, rows: &[Id<Indicator>]) -> Option<Option<&'a SharedReason>> {
    let mut touched = goal.reasons.iter().filter_map(|reason| {
        let spanned = spanned(goal, reason);
        let touches = spanned.iter().any(|row| rows.contains(row));
        touches.then(|| (&**reason, spanned.iter().all(|row| rows.contains(row))))
    });
    match (touched.next(), touched.next()) {
        (None, _) => Some(None),
        (Some((reason, true)), None) => Some(Some(reason)),
        _ => None,
    }
}

/// The rows that a reason spans.
fn spanned(goal: &Goal, reason: &SharedReason) -> Vec<Id<Indicator>> {
    let sections = goal.sections.iter();
    let groups = sections.flat_map(|section| {
        let is_whole = Some(section.id) == reason.section;
        section.groups.iter().map(move |group| (is_whole, group))
    });
    groups
        .flat_map(|(is_whole, group)| {
            let is_whole = is_whole || Some(group.id) == reason.group;
            let rows = group.indicators.iter().map(|row| row.id);
            rows.filter(move |row| is_whole || reason.rows.contains(row))
        })
        .collect()
}

fn emptied(table: &GridTable, rows: &[Id<Indicator>]) -> Vec<EditCommand> {
    let has_reason = |id: &&Id<Indicator>| {
        let row = table.row(**id);
        row.is_some_and(|row| !row.indicator.deviation.is_empty())
    };
    rows.iter()
        .filter(has_reason)
        .map(|row| deviation(table.project(), *row, String::new()))
        .collect()
}

fn deviation(project: &Project, row: Id<Indicator>, text: String) -> EditCommand {
    EditCommand::SetCell {
        at: project.at(Place::Indicator(row, IndicatorField::Deviation)),
        text,
    }
}

fn new_reason(rows: Vec<Id<Indicator>>, text: String, ids: &mut dyn IdSource) -> SharedReason {
    SharedReason {
        id: Id::new(ids),
        copied_from: None,
        section: None,
        group: None,
        rows,
        text: text.into(),
        unknown: Default::default(),
    }
}
