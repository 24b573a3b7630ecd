//! Approved values and their adjustments.

use egui::Key;
use jiping::{
    edit::command::EditCommand,
    model::{
        id::Id,
        indicator::{Approved, Removed},
        path::{CellPath, IndicatorField},
    },
    ui::{action::Action, command::UiCommand},
};

use super::{
    findings::{findings, open},
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

/// Lists an indicator that was approved and that the form lacks.
pub fn list_removed(window: &mut Window, name: &str) {
    let project = window.project();
    let view = project.rows().next().expect("a row");
    let approved = Approved {
        name: name.into(),
        ..view.indicator.filed()
    };
    let removed = Removed {
        id: Id::from_bits(0xEE),
        ..Removed::of(&view, approved)
    };
    let command = EditCommand::ListRemoved {
        project: project.id,
        removed,
    };
    send(window, Action::Edit(command));
}

fn is_enabled(window: &Window, command: UiCommand) -> bool {
    window.harness.state().is_enabled(command)
}

/// Whether a rule finds something in the shown project.
fn finds(window: &Window, code: &str) -> bool {
    findings(window)
        .iter()
        .any(|finding| finding.rule.code == code)
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
    assert!(!is_enabled(&window, UiCommand::RecordAdjustment));
    assert!(is_enabled(&approved(), UiCommand::RecordAdjustment));
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

#[test]
fn an_approved_indicator_is_given_up_by_an_adjustment_only() {
    let mut window = approved();
    let before = window.document();
    let (project, row) = {
        let project = window.project();
        let row = project.rows().next().expect("a row").indicator.clone();
        (project.id, row)
    };
    assert!(!is_enabled(&window, UiCommand::MissingIndicators));
    send(&mut window, Action::Do(UiCommand::RecordAdjustment));
    window.click("取消指标");
    press(&mut window, "登记调整");
    assert!(window.has("没有登记：请填写文号、理由。"));
    enter(&mut window, "调整文号");
    window.type_text("深财绩〔2020〕8号");
    enter(&mut window, "调整理由");
    window.type_text("任务取消");
    press(&mut window, "登记调整");
    let rows = || {
        window
            .project()
            .rows()
            .map(|view| view.indicator.id)
            .collect::<Vec<_>>()
    };
    assert!(!rows().contains(&row.id));
    let listed = window.project().removed.first().cloned().expect("listed");
    assert_eq!(listed.approved, row.filed());
    let cancelled = listed.cancelled.as_ref().expect("on record");
    assert_eq!(cancelled.document_no, "深财绩〔2020〕8号");
    assert!(!finds(&window, "P01"), "an adjustment says why");

    send(&mut window, Action::Do(UiCommand::MissingIndicators));
    assert!(window.has_text("深财绩〔2020〕8号　任务取消"));
    window.key(Key::Escape);
    send(&mut window, Action::Do(UiCommand::Undo));
    assert_eq!(window.document(), before);
    assert_eq!(window.project().id, project);
}

#[test]
fn what_was_approved_is_filled_back_from_the_dialog() {
    let mut window = approved();
    let (project, row) = {
        let project = window.project();
        let row = project.rows().next().expect("a row").indicator.clone();
        (project.id, row)
    };
    let approved = Approved {
        target: "≥99 项".into(),
        ..row.filed()
    };
    send(
        &mut window,
        Action::Edit(EditCommand::ApproveRow {
            project,
            row: row.id,
            approved: Some(approved),
        }),
    );
    assert!(finds(&window, "P04"));
    send(&mut window, Action::Do(UiCommand::RecordAdjustment));
    press(&mut window, "填回批复值");
    assert_eq!(target_text(&window), "≥99 项");
    assert!(!finds(&window, "P04"));
}

#[test]
fn a_finding_leads_to_the_list_of_what_the_form_lacks() {
    let mut window = approved();
    list_removed(&mut window, "编印培训教材");
    let all = findings(&window);
    let finding = all.iter().find(|finding| finding.rule.code == "P01");
    open(&mut window, finding.expect("the form lacks it"));
    window.click("登记调整…");
    press(&mut window, "登记调整：编印培训教材");
    press(&mut window, "登记调整");
    assert!(window.has("没有登记：请填写文号、理由。"));
    press(&mut window, "返回");
    press(&mut window, "移出清单：编印培训教材");
    assert!(window.project().removed.is_empty());
    assert!(!window.has("表中没有的批复指标"), "nothing is left to list");
    assert!(!finds(&window, "P01"));
}
