//! The palette of commands, and the dialogs of the help menu.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use jiping::{
    store::settings::Appearance,
    ui::{action::Action, command::UiCommand, desk::Page},
};

use super::setting::Window;

fn open(window: &mut Window) {
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
}

fn run(window: &mut Window, command: UiCommand) {
    window.harness.state_mut().send(Action::Do(command));
    window.run();
}

#[test]
fn a_command_is_found_and_done_by_keyboard() {
    let mut window = Window::with_sample();
    open(&mut window);
    window.type_text("深色");
    window.key(Key::Enter);
    assert_eq!(
        window.harness.state().settings().appearance,
        Appearance::Dark
    );
    assert!(!window.has("命令面板"), "it closes");
}

#[test]
fn arrows_choose_among_what_is_found() {
    let mut window = Window::with_sample();
    open(&mut window);
    window.type_text("项目");
    window.key(Key::ArrowDown);
    window.key(Key::ArrowUp);
    window.type_text(" 复制");
    // 复制项目 stands before 复制到下一年度, whose label says nothing of a project.
    window.key(Key::Enter);
    assert_eq!(window.document().projects.len(), 2);
}

#[test]
fn projects_and_pages_are_found_too() {
    let mut window = Window::with_sample();
    run(&mut window, UiCommand::DuplicateProject);
    let second = window.project().id;
    window.key(Key::Escape);
    window.keys(Modifiers::COMMAND, Key::PageUp);
    assert_ne!(window.project().id, second);
    open(&mut window);
    window.type_text("科协组织");
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert_eq!(window.project().id, second);
    open(&mut window);
    window.type_text("审核意见");
    window.key(Key::Enter);
    assert_eq!(window.harness.state().position().page, Page::Notes);
}

#[test]
fn what_cannot_be_done_now_is_not_done() {
    let mut window = Window::new();
    window.run();
    open(&mut window);
    window.type_text("保存副本");
    window.key(Key::Enter);
    assert!(window.has("命令面板"), "it stays, and nothing happens");
    window.key(Key::Escape);
    assert!(!window.has("命令面板"));
}

#[test]
fn messages_can_be_read_again() {
    let mut window = Window::with_sample();
    run(&mut window, UiCommand::NextYearProject);
    window.click("不再显示这条提示");
    assert!(
        window
            .harness
            .query_by_label_contains("已复制到 2021 年")
            .is_none()
    );
    run(&mut window, UiCommand::Messages);
    assert!(
        window
            .harness
            .query_by_label_contains("已复制到 2021 年")
            .is_some()
    );
}

#[test]
fn about_tells_version_licences_and_folders() {
    let mut window = Window::new();
    window.run();
    run(&mut window, UiCommand::About);
    assert!(window.has(env!("CARGO_PKG_VERSION")));
    assert!(window.has("/data"));
}
