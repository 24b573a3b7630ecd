//! Which commands can be called when.

use crate::{
    model::{path::Place, project::Stage},
    session::session::Access,
    ui::{
        command::UiCommand as C,
        desk::{Desk, Page, Position},
        dialogs, widgets,
    },
};

/// Whether a command can be called now.
pub fn is_enabled(command: C, desk: Option<&Desk>, position: &Position) -> bool {
    if is_always(command) {
        return true;
    }
    let Some(desk) = desk else { return false };
    let projects = &desk.session.document().projects;
    let index = projects.position(|project| project.id == position.project);
    let is_editable = || {
        let project = index.and_then(|index| projects.get(index));
        desk.session.access() != Access::Looking
            && project.is_some_and(|project| project.stage.is_editable())
    };
    match command {
        C::Undo => desk.session.history().can_undo(),
        C::Redo => desk.session.history().can_redo(),
        C::History => desk.session.history().can_undo() || desk.session.history().can_redo(),
        C::MoveProjectUp | C::PreviousProject => index.is_some_and(|index| index > 0),
        C::MoveProjectDown | C::NextProject => {
            index.is_some_and(|index| index + 1 < projects.len())
        }
        C::DuplicateProject
        | C::NextYearProject
        | C::DeleteProject
        | C::Withhold
        | C::CompareYears
        | C::Evidence
        | C::BudgetAdjustments => index.is_some(),
        C::InsertRow
        | C::RemoveRows
        | C::MoveRowUp
        | C::MoveRowDown
        | C::UseComputed
        | C::UseAllComputed => position.page == Page::Indicators && is_editable(),
        C::ApproveTargets => is_editable(),
        C::StageRecords => index.is_some(),
        C::SendForReview => can_move_on(desk, Stage::Submitted),
        C::ReturnForm => can_move_on(desk, Stage::Returned),
        C::CloseForm => can_move_on(desk, Stage::Final),
        C::ReopenForm => can_move_on(desk, Stage::SelfEvaluation),
        C::ChangeEdition | C::Split | C::HandOut => index.is_some(),
        C::MissingIndicators => {
            let project = index.and_then(|index| projects.get(index));
            project.is_some_and(|project| !project.removed.is_empty())
        }
        C::RecordAdjustment => {
            let project = index.and_then(|index| projects.get(index));
            let is_possible = |project: &_| dialogs::adjustment::is_possible(project, position);
            is_editable() && project.is_some_and(|project| is_possible(project))
        }
        C::ExplainScore => is_at(position, widgets::explained::is_possible),
        C::SplitGroup => is_at(position, |place| {
            matches!(place, Place::Indicator(..) | Place::Group(..))
        }),
        C::WriteDeviation => is_at(position, dialogs::deviation::is_possible) && is_editable(),
        _ => true,
    }
}

/// Whether a project of the document can move on to this stage by a command.
fn can_move_on(desk: &Desk, to: Stage) -> bool {
    let mut projects = desk.session.document().projects.iter();
    projects.any(|project| dialogs::stage::is_offered(project.stage, to))
}

/// Whether the selected cell is in the shown project, and one of those meant.
fn is_at(position: &Position, is_meant: impl Fn(&Place) -> bool) -> bool {
    let cell = position.cell.as_ref();
    cell.is_some_and(|cell| cell.project == position.project && is_meant(&cell.place))
}

fn is_always(command: C) -> bool {
    matches!(
        command,
        C::New
            | C::Open
            | C::OpenSample
            | C::Import
            | C::SumUp
            | C::Editions
            | C::Library
            | C::Recover
            | C::Settings
            | C::Quit
            | C::MenuBar
            | C::ZoomIn
            | C::ZoomOut
            | C::ZoomReset
            | C::AppearanceSystem
            | C::AppearanceLight
            | C::AppearanceDark
            | C::Help
            | C::Palette
            | C::Keys
            | C::Messages
            | C::ChangeName
            | C::About
    )
}
