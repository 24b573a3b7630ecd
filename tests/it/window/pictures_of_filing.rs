//! Goals item by item, notes, the find bar and the dialogs around them, as pictures to be looked at: `target/window/`.

use egui::{Key, Modifiers, Theme, Vec2};
use jiping::{
    edit::command::EditCommand,
    model::path::{GoalField, IndicatorField, Place},
    ui::{action::Action, command::UiCommand},
};

use super::{
    adjustment::list_removed,
    parts::{begin_note, enter, press},
    setting::{SAMPLE, Setup, Window},
};

fn send(window: &mut Window, action: Action) {
    window.harness.state_mut().send(action);
    window.run();
}

fn take(window: &mut Window, name: &str) {
    goals(window, name);
    notes(window, name);
    finding(window, name);
    filing(window, name);
}

fn goals(window: &mut Window, name: &str) {
    window.click("年度目标");
    press(window, "清理格式…");
    window.picture(&format!("cleanup-{name}"));
    press(window, "清理格式");
    let project = window.project();
    let goal = project.goals.get(0).expect("a goal");
    let (text, _) = goal.actual.split_once("十一、").expect("twelve items");
    let at = project.at(Place::Goal(goal.id, GoalField::Actual));
    let text = text.to_owned();
    send(window, Action::Edit(EditCommand::SetCell { at, text }));
    window.picture(&format!("goals-whole-{name}"));
    window.click("分条");
    window.picture(&format!("goals-items-{name}"));
}

fn notes(window: &mut Window, name: &str) {
    window.click("基本信息");
    for text in ["请用批复的项目全称，不要简称。", "已核对。"] {
        enter(window, "项目名称");
        begin_note(window);
        window.type_text(text);
        window.picture(&format!("note-dialog-{name}"));
        press(window, "添加意见");
    }
    window.picture(&format!("basics-noted-{name}"));
    let note = window.project().notes.get(1).expect("a note").id;
    let command = EditCommand::ResolveNote {
        project: window.project().id,
        note,
        resolved: true,
    };
    send(window, Action::Edit(command));
    window.click("审核意见");
    window.picture(&format!("notes-{name}"));
}

fn finding(window: &mut Window, name: &str) {
    window.click("年度目标");
    window.keys(Modifiers::COMMAND, Key::H);
    window.type_text("青年科技奖");
    window.key(Key::Enter);
    window.picture(&format!("find-{name}"));
    window.key(Key::Escape);
}

fn filing(window: &mut Window, name: &str) {
    send(window, Action::Do(UiCommand::ApproveTargets));
    window.picture(&format!("approve-{name}"));
    press(window, "登记批复值");
    let project = window.project();
    let row = project.rows().next().expect("a row").indicator;
    let at = project.at_indicator(row, IndicatorField::Target);
    send(window, Action::GoTo(at));
    send(window, Action::Do(UiCommand::RecordAdjustment));
    press(window, "登记调整");
    window.picture(&format!("adjustment-{name}"));
    window.key(Key::Escape);
    list_removed(window, "编印培训教材");
    send(window, Action::Do(UiCommand::MissingIndicators));
    window.picture(&format!("missing-{name}"));
    press(window, "登记调整：编印培训教材");
    window.picture(&format!("missing-adjustment-{name}"));
    window.key(Key::Escape);
    send(window, Action::Do(UiCommand::Undo));
    send(window, Action::Do(UiCommand::Undo));
    send(window, Action::Do(UiCommand::History));
    window.picture(&format!("history-{name}"));
}

fn pictures(name: &str, size: Vec2, scale: f32, theme: Theme) {
    let mut window = Window::with(Setup {
        size,
        scale,
        theme,
        pictures: true,
    });
    window.open(SAMPLE);
    take(&mut window, name);
}

#[test]
fn they_draw_in_light() {
    pictures("light", Vec2::new(1366.0, 768.0), 1.0, Theme::Light);
}

#[test]
fn they_draw_in_dark_at_150_percent() {
    pictures("dark-150", Vec2::new(1366.0, 768.0), 1.5, Theme::Dark);
}

#[test]
fn they_draw_in_a_small_window() {
    pictures("small", Vec2::new(1024.0, 700.0), 1.0, Theme::Light);
}
