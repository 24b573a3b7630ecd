//! Approved values and their adjustments.

use egui::Key;
use jiping::{
    edit::command::EditCommand,
    model::path::{CellPath, IndicatorField},
    ui::{action::Action, command::UiCommand},
};

use super::{
    parts::{enter, field, press},
    setting::Window,
};

fn send(window: &mut Window, action: Action) {
    window.harness.state_mut().send(action);
    window.run();
}

/// The target of the first row.
fn target(window: &Window) -> CellPath {
    let project = window.project();
    let view = project.rows().next().expect("a row");
    project.at_indicator(view.indicator, IndicatorField::Target)
}

fn target_text(window: &Window) -> String {
    let project = window.project();
    let text = project.cell_text(&target(window).place);
    text.expect("a cell").into_owned()
}

/// The sample with everything approved, and the target of the first row selected.
fn approved() -> Window {
    let mut window = Window::with_sample();
    let project = window.project().id;
    let command = EditCommand::ApproveTargets { project };
    send(&mut window, Action::Edit(command));
    let at = target(&window);
    send(&mut window, Action::GoTo(at));
    window
}

#[test]
fn approving_is_explained_before_it_locks() {
    let mut window = Window::with_sample();
    let before = window.document();
    send(&mut window, Action::Do(UiCommand::ApproveTargets));
    assert_eq!(window.document(), before, "asked first");
    press(&mut window, "登记批复值");
    let project = window.project();
    assert!(project.rows().all(|view| view.indicator.approved.is_some()));
    send(&mut window, Action::Do(UiCommand::Undo));
    assert_eq!(window.document(), before);
}

#[test]
fn recording_is_possible_at_approved_rows_only() {
    let mut window = Window::with_sample();
    let at = target(&window);
    send(&mut window, Action::GoTo(at));
    let is_enabled = |window: &Window| {
        let state = window.harness.state();
        state.is_enabled(UiCommand::RecordAdjustment)
    };
    assert!(!is_enabled(&window));
    assert!(is_enabled(&approved()));
}

#[test]
fn an_adjustment_is_recorded_with_its_reasons() {
    let mut window = approved();
    send(&mut window, Action::Do(UiCommand::RecordAdjustment));
    let old = target_text(&window);
    assert_eq!(
        field(&window, "调整日期").value().as_deref(),
        Some("2021-03-05")
    );
    press(&mut window, "登记调整");
    assert!(window.has("没有登记：请填写文号、理由。"));
    enter(&mut window, "调整文号");
    window.type_text("深财绩〔2020〕8号");
    enter(&mut window, "调整理由");
    window.type_text("任务增加");
    press(&mut window, "登记调整");
    assert!(
        window.has("没有登记：调整后的年度指标值与现值相同。请填写调整后的新值。"),
        "told inside the dialog"
    );
    enter(&mut window, "调整后的值");
    window.key(Key::End);
    window.type_text("2");
    press(&mut window, "登记调整");
    assert_eq!(target_text(&window), format!("{old}2"));
    let project = window.project();
    let row = project.rows().next().expect("a row").indicator;
    let adjustment = row.adjustments.first().expect("recorded");
    assert_eq!(adjustment.old, old);
    assert_eq!(adjustment.document_no, "深财绩〔2020〕8号");
    assert_eq!(adjustment.reason, "任务增加");
    assert_eq!(row.approved.as_ref().expect("approved").target, old);
    send(&mut window, Action::Do(UiCommand::RecordAdjustment));
    assert!(window.has("以前的调整"));
}
