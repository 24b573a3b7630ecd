//! The list of steps.

use egui::Key;
use jiping::{
    edit::command::EditCommand,
    model::path::Place,
    ui::{action::Action, command::UiCommand},
};

use super::setting::Window;

fn send(window: &mut Window, action: Action) {
    window.harness.state_mut().send(action);
    window.run();
}

fn rename(window: &mut Window, name: &str) {
    let at = window.project().at(Place::Header("project_name".into()));
    let text = name.into();
    send(window, Action::Edit(EditCommand::SetCell { at, text }));
}

/// The sample with three steps, and the list of them in front.
fn listed() -> Window {
    let mut window = Window::with_sample();
    for name in ["甲", "乙", "丙"] {
        rename(&mut window, name);
    }
    send(&mut window, Action::Do(UiCommand::History));
    window
}

#[test]
fn a_click_on_a_step_goes_back_and_forth() {
    let mut window = listed();
    assert!(window.has("3 修改 项目名称，现在"));
    window.click("1 修改 项目名称");
    assert_eq!(window.project().name(), "甲");
    assert!(window.has("3 修改 项目名称，已撤销"));
    window.click("3 修改 项目名称，已撤销");
    assert_eq!(window.project().name(), "丙");
    window.click("0 最早的状态");
    assert_eq!(window.project().name(), "科协组织建设与事业发展");
}

#[test]
fn the_keys_choose_a_step_and_enter_goes_there() {
    let mut window = listed();
    window.key(Key::ArrowUp);
    window.key(Key::ArrowUp);
    assert_eq!(window.project().name(), "丙", "choosing changes nothing");
    window.key(Key::Enter);
    assert_eq!(window.project().name(), "甲");
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert_eq!(window.project().name(), "乙");
    window.key(Key::Escape);
    assert!(!window.has("1 修改 项目名称"), "the list is gone");
}
