//! Typing into a cell, wherever it is.

use crate::model::{
    figure::FigureCell,
    indicator::{ApprovedField, Indicator},
    measure::{MeasureCell, NatureCell, Tier},
    path::{BlockField, CellPath, GoalField, IndicatorField, Place, StatedField},
    project::{FundRow, Goal, Project, Stated},
    record::{KeyMap, Text},
    typed::{Typed, trim},
    working_paper::{PaperCell, PaperSubject},
};

use super::{
    super::refusal::{Missing, Refusal},
    Draft,
    locate::{goal_mut, group_mut, section_mut},
    refuse_locked_stage,
};

/// Types `text` into the cell `at`. The text that stands there already changes nothing.
pub(super) fn set(draft: &mut Draft, at: &CellPath, text: &str) -> Result<(), Refusal> {
    if let Place::Indicator(id, field) = &at.place {
        refuse_locked_stage(draft.read(at.project)?)?;
        let address = draft.find_row(at.project, *id)?;
        let project = draft.change(at.project)?;
        let missing = Refusal::UnknownPlace(Missing::Indicator);
        let row = address.read(project).ok_or(missing.clone())?;
        if row.cell_text(field) == text {
            return Ok(());
        }
        if !is_approved_value(row, field, text) {
            refuse_locked_cell(row, field)?;
        }
        return fill_row_cell(address.change(project).ok_or(missing)?, field, text);
    }
    if let Place::Paper(cell) = at.place {
        return set_paper(draft.change(at.project)?, cell, text);
    }
    draft.content(at.project, |project| match project.cell_text(&at.place) {
        Some(present) if present == text => Ok(()),
        Some(_) => fill(project, &at.place, text),
        None if is_next_footnote(project, &at.place) => {
            project.stated.footnotes.push(text.to_owned());
            Ok(())
        }
        None => Err(Refusal::UnknownPlace(kind_of(&at.place))),
    })
}

/// Types into the working paper. It is written when the form is handed in, so no stage locks it.
fn set_paper(project: &mut Project, cell: PaperCell, text: &str) -> Result<(), Refusal> {
    match project.paper_text(cell) {
        Some(present) if present == text => {}
        Some(_) => project.set_paper_text(cell, text),
        None => return Err(Refusal::UnknownPlace(kind_of(&Place::Paper(cell)))),
    }
    Ok(())
}

fn is_next_footnote(project: &Project, place: &Place) -> bool {
    let next = project.stated.footnotes.len();
    matches!(place, Place::Stated(StatedField::Footnote(index)) if *index == next)
}

fn kind_of(place: &Place) -> Missing {
    match place {
        Place::Fund(..) => Missing::Fund,
        Place::Goal(..) => Missing::Goal,
        Place::Section(..) => Missing::Section,
        Place::Group(..) => Missing::Group,
        Place::Indicator(..) => Missing::Indicator,
        Place::Reason(_) => Missing::Reason,
        Place::Stated(StatedField::Footnote(_)) => Missing::Footnote,
        Place::Table(..) => Missing::TableRow,
        Place::Paper(PaperCell::Line(PaperSubject::Indicator(_), _)) => Missing::Indicator,
        Place::Paper(PaperCell::Line(PaperSubject::Group(_), _)) => Missing::Group,
        Place::Whole
        | Place::Header(_)
        | Place::Stated(_)
        | Place::Text(_)
        | Place::Footer(_)
        | Place::Paper(_) => Missing::Cell,
    }
}

/// Whether the text is what was approved for the cell, and no adjustment says otherwise: filling it back takes no adjustment.
fn is_approved_value(row: &Indicator, field: &IndicatorField, text: &str) -> bool {
    approved_field(field).is_some_and(|field| {
        row.in_force(field) == Some(text) && row.last_adjustment(field).is_none()
    })
}

/// Refuses a cell of a row that holds an approved value.
pub(in super::super) fn refuse_locked_cell(
    row: &Indicator,
    field: &IndicatorField,
) -> Result<(), Refusal> {
    match approved_field(field) {
        Some(field) if row.approved.is_some() => Err(Refusal::LockedByApproval {
            name: row.name.clone(),
            field,
        }),
        _ => Ok(()),
    }
}

fn approved_field(field: &IndicatorField) -> Option<ApprovedField> {
    Some(match field {
        IndicatorField::Name => ApprovedField::Name,
        IndicatorField::Nature => ApprovedField::Nature,
        IndicatorField::Target => ApprovedField::Target,
        IndicatorField::Unit => ApprovedField::Unit,
        IndicatorField::Weight => ApprovedField::Weight,
        IndicatorField::Actual
        | IndicatorField::Tier
        | IndicatorField::Score
        | IndicatorField::Deviation
        | IndicatorField::Extra(_) => return None,
    })
}

/// The cell in which an approved value is filed.
pub(super) fn filed_field(field: ApprovedField) -> IndicatorField {
    match field {
        ApprovedField::Name => IndicatorField::Name,
        ApprovedField::Nature => IndicatorField::Nature,
        ApprovedField::Target => IndicatorField::Target,
        ApprovedField::Unit => IndicatorField::Unit,
        ApprovedField::Weight => IndicatorField::Weight,
    }
}

/// Puts text into a cell of a row without asking for locks.
pub(in super::super) fn fill_row_cell(
    row: &mut Indicator,
    field: &IndicatorField,
    text: &str,
) -> Result<(), Refusal> {
    match field {
        IndicatorField::Name => row.name = text.to_owned(),
        IndicatorField::Nature => row.nature = NatureCell::new(text),
        IndicatorField::Target => row.target = MeasureCell::new(text),
        IndicatorField::Unit => row.unit = text.to_owned(),
        IndicatorField::Actual => row.actual = MeasureCell::new(text),
        IndicatorField::Tier => row.tier = read_tier(text)?,
        IndicatorField::Weight => row.weight = FigureCell::new(text),
        IndicatorField::Score => row.score = FigureCell::new(text),
        IndicatorField::Deviation => row.deviation = text.into(),
        IndicatorField::Extra(key) => fill_key(&mut row.extra, key, text),
    }
    Ok(())
}

fn read_tier(text: &str) -> Result<Option<Tier>, Refusal> {
    let named = trim(text);
    if named.is_empty() {
        return Ok(None);
    }
    Tier::ALL
        .into_iter()
        .find(|tier| tier.to_string() == named)
        .map(Some)
        .ok_or_else(|| Refusal::UnknownTier(text.to_owned()))
}

/// Puts text into a cell of a fund row.
pub(in super::super) fn fill_fund_cell(row: &mut FundRow, key: &str, text: &str) {
    match key {
        "name" => row.name = text.to_owned(),
        "remark" => row.remark = text.into(),
        _ => {
            row.figures.insert(key.to_owned(), FigureCell::new(text));
        }
    }
}

fn fill(project: &mut Project, place: &Place, text: &str) -> Result<(), Refusal> {
    let missing = Refusal::UnknownPlace(kind_of(place));
    match place {
        Place::Whole | Place::Indicator(..) | Place::Paper(_) => return Err(missing),
        Place::Header(key) => fill_key(&mut project.header, key, text),
        Place::Text(key) => fill_key(&mut project.texts, key, text),
        Place::Footer(key) => fill_key(&mut project.footer, key, text),
        Place::Stated(field) => fill_stated(&mut project.stated, *field, text),
        Place::Goal(id, field) => fill_goal(goal_mut(project, *id)?, field, text),
        Place::Section(id, field) => {
            let section = section_mut(project, *id)?;
            match field {
                BlockField::Caption => section.caption = text.to_owned(),
                BlockField::Weight => section.weight = FigureCell::new(text),
                BlockField::Score => section.score = FigureCell::new(text),
            }
        }
        Place::Group(id, field) => {
            let group = group_mut(project, *id)?;
            match field {
                BlockField::Caption => group.caption = text.to_owned(),
                BlockField::Weight => group.weight = FigureCell::new(text),
                BlockField::Score => group.score = FigureCell::new(text),
            }
        }
        Place::Fund(id, key) => {
            let at = project.funds.position(|row| row.id == *id);
            let row = at.and_then(|at| project.funds.get_mut(at));
            fill_fund_cell(row.ok_or(missing)?, key, text);
        }
        Place::Reason(id) => {
            let (goal, at) = reason_position(project, *id).ok_or(missing.clone())?;
            let goal = project.goals.get_mut(goal).ok_or(missing.clone())?;
            goal.reasons.get_mut(at).ok_or(missing)?.text = text.into();
        }
        Place::Table(table, id, key) => {
            let rows = project.tables.get_mut(table).ok_or(missing.clone())?;
            let at = rows.position(|row| row.id == *id).ok_or(missing.clone())?;
            fill_key(&mut rows.get_mut(at).ok_or(missing)?.cells, key, text);
        }
    }
    Ok(())
}

/// Where a shared reason stands: its goal block and its place there.
pub(super) fn reason_position(
    project: &Project,
    id: crate::model::id::Id<crate::model::indicator::SharedReason>,
) -> Option<(usize, usize)> {
    project.goals.iter().enumerate().find_map(|(goal, block)| {
        let at = block.reasons.position(|reason| reason.id == id)?;
        Some((goal, at))
    })
}

fn fill_goal(goal: &mut Goal, field: &GoalField, text: &str) {
    match field {
        GoalField::Caption => goal.caption = text.to_owned(),
        GoalField::Weight => goal.weight = FigureCell::new(text),
        GoalField::Expected => goal.expected = text.into(),
        GoalField::Actual => goal.actual = text.into(),
        GoalField::Text(key) => fill_key(&mut goal.texts, key, text),
    }
}

fn fill_stated(stated: &mut Stated, field: StatedField, text: &str) {
    match field {
        StatedField::Title => stated.title = text.to_owned(),
        StatedField::TotalWeight => stated.total_weight = FigureCell::new(text),
        StatedField::TotalScore => stated.total_score = FigureCell::new(text),
        StatedField::Rating => stated.rating = Typed::new(text),
        StatedField::MoneyUnit => stated.money_unit = text.to_owned(),
        StatedField::Footnote(index) => {
            if let Some(footnote) = stated.footnotes.get_mut(index) {
                text.clone_into(footnote);
            }
        }
    }
}

/// An emptied cell keeps its entry: a blank form has one for every field of its edition, and a file says the same in the
/// same number of lines before and after.
fn fill_key(map: &mut KeyMap<Text>, key: &str, text: &str) {
    map.insert(key.to_owned(), text.into());
}
