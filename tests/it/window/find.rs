//! Find and replace.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use jiping::{
    edit::command::EditCommand,
    model::path::Place,
    ui::{action::Action, desk::Page},
};

use super::{
    parts::{enter, field, press},
    setting::Window,
};

fn header(window: &mut Window, key: &str, text: &str) {
    let at = window.project().at(Place::Header(key.into()));
    let text = text.into();
    let command = EditCommand::SetCell { at, text };
    window.harness.state_mut().send(Action::Edit(command));
    window.run();
}

/// The sample, in whose header the query stands twice and in two cells.
fn searched(query: &str) -> Window {
    let mut window = Window::with_sample();
    header(&mut window, "project_name", "金桥工程与金桥论坛");
    header(&mut window, "unit", "金桥办");
    window.keys(Modifiers::COMMAND, Key::F);
    window.type_text(query);
    window
}

#[test]
fn enter_goes_from_place_to_place_and_the_bar_keeps_the_focus() {
    let mut window = searched("金桥");
    assert!(window.has("3 处"));
    window.key(Key::Enter);
    assert!(window.has("1/3"));
    assert_eq!(window.harness.state().position().page, Page::Basics);
    assert!(field(&window, "查找内容").is_focused());
    window.key(Key::Enter);
    window.key(Key::Enter);
    assert!(window.has("3/3"));
    let at = window.cell();
    assert_eq!(at.expect("a cell").place, Place::Header("unit".into()));
    window.key(Key::Enter);
    assert!(window.has("1/3"), "round the end");
    window.keys(Modifiers::SHIFT, Key::Enter);
    assert!(window.has("3/3"));
    window.key(Key::Escape);
    assert!(!window.has("查找内容"));
    assert!(
        field(&window, "实施单位").is_focused(),
        "back where one was"
    );
}

#[test]
fn what_is_not_there_is_said() {
    let window = searched("没有这样的字");
    assert!(window.has("没有找到"));
}

#[test]
fn undo_in_the_bar_is_the_bars_own() {
    let mut window = searched("金");
    let before = window.document();
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), before);
}

#[test]
fn one_place_is_replaced_and_the_next_one_shown() {
    let mut window = searched("金桥");
    window.keys(Modifiers::COMMAND, Key::H);
    enter(&mut window, "替换为");
    window.type_text("新金桥");
    press(&mut window, "替换");
    assert!(
        window.has("1/3"),
        "the first is shown before it is replaced"
    );
    press(&mut window, "替换");
    assert_eq!(window.project().name(), "新金桥工程与金桥论坛");
    assert!(window.has("2/3"), "what was put in is passed over");
    enter(&mut window, "替换为");
    window.key(Key::Enter);
    assert_eq!(window.project().name(), "新金桥工程与新金桥论坛");
    assert!(window.has("3/3"));
}

#[test]
fn all_places_are_replaced_as_one_step() {
    let mut window = searched("金桥");
    let before = window.document();
    window.keys(Modifiers::COMMAND, Key::H);
    enter(&mut window, "替换为");
    window.type_text("银桥");
    press(&mut window, "全部替换（3 处）");
    assert_eq!(window.project().name(), "银桥工程与银桥论坛");
    assert_eq!(window.project().header("unit"), "银桥办");
    let undo = window
        .harness
        .get_all_by_role_and_label(Role::Button, "撤销");
    undo.last().expect("the way back").click();
    window.run();
    assert_eq!(window.document(), before);
}

#[test]
fn approved_cells_are_left_and_listed() {
    let mut window = Window::with_sample();
    let project = window.project().id;
    let command = EditCommand::ApproveTargets { project };
    window.harness.state_mut().send(Action::Edit(command));
    window.run();
    let before = window.project();
    window.keys(Modifiers::COMMAND, Key::H);
    window.type_text("信息安全维护次数");
    window.click("整格匹配");
    assert!(window.has("另有 1 格不能替换"));
    press(&mut window, "全部替换（0 处）");
    assert!(window.has("有的格没有替换"));
    assert_eq!(window.project(), before);
}
