//! What keys, menus and commands of the grid do.

use egui::Ui;

use super::{
    GridState, change,
    keys::GridKey,
    pick, reasons,
    selection::{Selection, Step},
    table::Spot,
};
use crate::{
    edit::{
        block::Block,
        command::EditCommand,
        paste::{self, PastePlan},
        refusal::Refusal,
    },
    model::path::CellPath,
    ui::{
        action::Action,
        command::UiCommand,
        dialogs::paste::PasteDialog,
        help::context,
        scene::{Scene, Shown},
    },
};

/// What menus and commands ask of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GridAction {
    /// Open the cursor's cell for editing.
    Open,
    /// Copy the selected cells.
    Copy,
    /// Copy and empty the selected cells.
    Cut,
    /// Ask the system for the clipboard, which comes as if pasted by keys.
    Paste,
    /// Fill the uppermost selected cells down.
    FillDown,
    /// Empty the selected cells.
    Clear,
    /// Insert rows; `true` below.
    InsertRows(bool),
    /// Remove the selected rows.
    RemoveRows,
    /// Move the selected rows; `true` down.
    MoveRows(bool),
    /// Make the selected rows parts, or independent.
    MakeParts(bool),
    /// Make one reason of those of the selected rows.
    JoinReasons,
    /// Split the shared reason at the cursor.
    SplitReason,
    /// Adopt the computed scores of the selected rows.
    Adopt,
    /// Adopt all computed scores.
    AdoptAll,
    /// Explain the score at the cursor's cell.
    Explain,
    /// Show how the points of the cursor's group can be divided.
    Split,
    /// Write an explanation of what deviates at the cursor's cell.
    Deviation,
    /// Look for an indicator in the library.
    Library,
    /// Write a note at the cursor's cell.
    Note,
    /// Record an adjustment of the cursor's row.
    Adjust,
    /// Open help about the cursor's cell: the rule of what was found there, or its column.
    Help,
}

impl GridAction {
    /// What a command of the program means for the grid.
    pub fn of(command: UiCommand) -> Option<Self> {
        Some(match command {
            UiCommand::InsertRow => Self::InsertRows(false),
            UiCommand::RemoveRows => Self::RemoveRows,
            UiCommand::MoveRowUp => Self::MoveRows(false),
            UiCommand::MoveRowDown => Self::MoveRows(true),
            UiCommand::UseComputed => Self::Adopt,
            UiCommand::UseAllComputed => Self::AdoptAll,
            _ => return None,
        })
    }
}

/// Takes the grid's keys and does what they ask for, then what menus and commands asked for.
pub fn take_keys(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, state: &mut GridState) {
    state.inserted_at = None;
    if state.editor.has_focus() {
        let typing = state.editor.typing();
        let page = state.page.max(1);
        let keyboard = &mut state.editor.keyboard;
        let keys = ui.input_mut(|input| keyboard.take(&mut input.events, typing, page));
        for key in keys {
            if !pick::press(scene, state, &key) {
                press(ui, shown, scene, state, key);
            }
        }
    }
    for action in std::mem::take(&mut state.asked) {
        perform(ui, shown, scene, state, action);
    }
}

fn press(ui: &Ui, shown: &Shown, scene: &mut Scene<'_>, state: &mut GridState, key: GridKey) {
    match key {
        GridKey::Step(step, extend) => {
            state.finish(scene.send);
            walk(state, |selection, table| {
                selection.step(table, step, extend)
            });
        }
        GridKey::Tab(back) => {
            state.finish(scene.send);
            walk(state, |selection, table| selection.tab(table, back));
        }
        GridKey::Enter(up) => {
            state.finish(scene.send);
            let step = if up { Step::Up } else { Step::Down };
            walk(state, |selection, table| selection.step(table, step, false));
        }
        GridKey::EnterAll => enter_all(scene, state),
        GridKey::Open => perform(ui, shown, scene, state, GridAction::Open),
        GridKey::OpenEmpty => open(shown, scene, state, Some(String::new())),
        GridKey::Escape if state.editor.is_open() => {
            state.editor.cancel();
            state.list = None;
        }
        GridKey::Escape => {
            state.selection = Selection::at(state.selection.cursor);
            state.summary = None;
        }
        GridKey::Clear => perform(ui, shown, scene, state, GridAction::Clear),
        GridKey::FillDown => perform(ui, shown, scene, state, GridAction::FillDown),
        GridKey::Copy => perform(ui, shown, scene, state, GridAction::Copy),
        GridKey::Cut => perform(ui, shown, scene, state, GridAction::Cut),
        GridKey::Paste(text) => paste(shown, scene, state, &text),
        GridKey::SelectAll => walk(state, |selection, table| {
            selection.anchor = Spot::default();
            selection.step(table, Step::Finish, true);
        }),
        GridKey::SelectRows => walk(state, |selection, table| {
            selection.anchor.column = table.first_own_column();
            selection.step(table, Step::End, true);
        }),
        GridKey::SelectColumns => walk(state, |selection, table| {
            selection.anchor.row = 0;
            selection.cursor.row = table.rows.len().saturating_sub(1);
        }),
        GridKey::Pick => pick::open(shown, scene, state),
    }
}

/// Moves the selection and brings it into sight.
fn walk(state: &mut GridState, go: impl FnOnce(&mut Selection, &super::table::GridTable)) {
    if let Some(table) = &state.table {
        go(&mut state.selection, table);
        state.shows_cursor = true;
        state.summary = None;
        state.list = None;
    }
}

fn perform(
    ui: &Ui,
    shown: &Shown,
    scene: &mut Scene<'_>,
    state: &mut GridState,
    action: GridAction,
) {
    if action == GridAction::Open {
        return open(shown, scene, state, None);
    }
    state.finish(scene.send);
    state.editor.want_focus();
    let Some(table) = &state.table else { return };
    let selection = state.selection;
    let command = match action {
        GridAction::Open => None,
        GridAction::Copy => {
            ui.ctx().copy_text(change::copied(table, selection));
            None
        }
        GridAction::Cut => {
            ui.ctx().copy_text(change::copied(table, selection));
            change::clear(table, selection)
        }
        GridAction::Paste => {
            let paste = egui::ViewportCommand::RequestPaste;
            ui.ctx().send_viewport_cmd(paste);
            None
        }
        GridAction::FillDown => change::fill_down(table, selection),
        GridAction::Clear => change::clear(table, selection),
        GridAction::InsertRows(below) => {
            let range = selection.range(table);
            state.inserted_at = Some(Spot {
                row: if below {
                    range.last.row + 1
                } else {
                    range.first.row
                },
                column: selection.cursor.column,
            });
            change::insert_rows(table, selection, below, &mut &**scene.environment)
        }
        GridAction::RemoveRows => change::remove_rows(table, selection),
        GridAction::MoveRows(down) => change::move_rows(table, selection, down),
        GridAction::MakeParts(part) => change::set_parts(table, selection, part),
        GridAction::JoinReasons => {
            let command = reasons::join(table, selection, &mut &**scene.environment);
            if command.is_none() {
                let text = "请选中同一目标下的两行以上，已合并的原因要整格选中";
                scene.send.send(Action::Say(text.to_owned()));
            }
            command
        }
        GridAction::SplitReason => {
            let command = reasons::split(table, selection);
            if command.is_none() {
                let text = "请先选中一格合并的原因".to_owned();
                scene.send.send(Action::Say(text));
            }
            command
        }
        GridAction::Adopt => adopt(shown, state, false),
        GridAction::AdoptAll => adopt(shown, state, true),
        GridAction::Explain
        | GridAction::Split
        | GridAction::Deviation
        | GridAction::Library
        | GridAction::Note
        | GridAction::Adjust => {
            scene.send.command(passed_on(action));
            None
        }
        GridAction::Help => {
            let at = context::of_cell(shown, scene.position);
            scene.send.send(Action::Help(Some(at)));
            None
        }
    };
    let Some(command) = command else { return };
    if action == GridAction::RemoveRows {
        let count = change::rows(table, selection).len();
        let said = format!("已删除 {count} 行指标");
        scene.send.send(Action::EditAndSay(command, said));
    } else {
        scene.send.edit(command);
    }
}

/// The command of the program that an action of the grid stands for.
fn passed_on(action: GridAction) -> UiCommand {
    match action {
        GridAction::Explain => UiCommand::ExplainScore,
        GridAction::Split => UiCommand::SplitGroup,
        GridAction::Deviation => UiCommand::WriteDeviation,
        GridAction::Library => UiCommand::Library,
        GridAction::Adjust => UiCommand::RecordAdjustment,
        _ => UiCommand::AddNote,
    }
}

/// Opens the cursor's cell with its own text, or with another.
fn open(shown: &Shown, scene: &mut Scene<'_>, state: &mut GridState, text: Option<String>) {
    let Some(table) = &state.table else { return };
    let Some(path) = table.path(state.selection.cursor) else {
        return;
    };
    let is_locked = table.approved_field(&path.place).is_some();
    if is_locked || scene.lock_of(shown).is_some() {
        return tell_locked(shown, scene, Some(path));
    }
    let before = table.typed(&path.place);
    let text = text.unwrap_or_else(|| before.clone());
    state.selection = Selection::at(state.selection.cursor);
    state.editor.open(path, before, text);
    state.shows_cursor = true;
}

/// Says why a cell does not open; for an approved value, with the way to change it.
pub fn tell_locked(shown: &Shown, scene: &mut Scene<'_>, path: Option<CellPath>) {
    if let Some(refusal) = scene.lock_of(shown) {
        return scene.send.send(Action::Refuse(refusal));
    }
    if path.is_some() {
        scene.position.cell = path;
        scene.send.command(UiCommand::RecordAdjustment);
    }
}

/// Puts what was typed into all selected cells.
fn enter_all(scene: &mut Scene<'_>, state: &mut GridState) {
    if !state.editor.is_open() {
        return;
    }
    let text = state.editor.text().to_owned();
    state.editor.cancel();
    let Some(table) = &state.table else { return };
    let cells = state.selection.cells(table);
    if let Some(command) = change::set(table, &cells, |_| text.clone(), "填入 {n} 个单元格") {
        scene.send.edit(command);
    }
}

fn adopt(shown: &Shown, state: &GridState, all: bool) -> Option<EditCommand> {
    let table = state.table.as_ref()?;
    let wanted: Vec<&change::Computed> = if all {
        state.computed.values().collect()
    } else {
        let range = state.selection.range(table);
        let in_rows = |place: &crate::model::path::Place| {
            table
                .find(place)
                .and_then(|spot| table.at(spot))
                .is_some_and(|cell| {
                    cell.row <= range.last.row && cell.row + cell.rows > range.first.row
                })
        };
        state
            .computed
            .values()
            .filter(|one| in_rows(&one.at))
            .collect()
    };
    change::adopt(&shown.project, &shown.edition, &wanted)
}

/// Pastes: one text into the selected cells, a block with a preview.
fn paste(shown: &Shown, scene: &mut Scene<'_>, state: &mut GridState, text: &str) {
    let Some(table) = &state.table else { return };
    let Some(path) = table.path(top_left(state, table)) else {
        return;
    };
    let block = Block::parse(text);
    if let Some(single) = block.single() {
        let cells = state.selection.cells(table);
        if let Some(command) =
            change::set(table, &cells, |_| single.to_owned(), "粘贴 {n} 个单元格")
        {
            scene.send.edit(command);
        }
        return;
    }
    let Some(desk) = scene.desk else { return };
    let document = desk.session.document();
    let plan: Result<PastePlan, Refusal> = paste::plan(
        document,
        &shown.edition,
        &path,
        &block,
        &mut &**scene.environment,
    );
    match plan {
        Ok(plan) => scene
            .send
            .send(Action::Ask(Box::new(PasteDialog::new(plan)))),
        Err(refusal) => scene.send.send(Action::Say(refusal.to_string())),
    }
}

fn top_left(state: &GridState, table: &super::table::GridTable) -> Spot {
    let cursor = state.selection.cursor;
    let anchor = state.selection.anchor;
    let spot = Spot {
        row: cursor.row.min(anchor.row),
        column: cursor.column.min(anchor.column),
    };
    table.at(spot).map_or(spot, |cell| Spot {
        row: cell.row,
        column: cell.column,
    })
}
