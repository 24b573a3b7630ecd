//! 审核意见

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use jiping::{model::path::Place, ui::desk::Page};

use super::{
    parts::{begin_note, enter, field, press},
    setting::Window,
};

/// The sample with a note at its project name.
fn noted() -> Window {
    let mut window = Window::with_sample();
    window.click("基本信息");
    enter(&mut window, "项目名称");
    begin_note(&mut window);
    window.type_text("请用批复的全称");
    press(&mut window, "添加意见");
    window
}

#[test]
fn a_note_is_written_at_the_selected_cell_by_keyboard() {
    let mut window = Window::with_sample();
    window.click("基本信息");
    enter(&mut window, "项目名称");
    begin_note(&mut window);
    assert!(window.has("基本信息 · 项目名称"));
    window.type_text("请用全称");
    window.keys(Modifiers::COMMAND, Key::Enter);
    let project = window.project();
    let note = project.notes.first().expect("a note");
    assert_eq!(note.at.place, Place::Header("project_name".into()));
    assert_eq!(&*note.text, "请用全称");
    assert_eq!(note.time, "2021-03-05 14:32");
    assert_eq!(note.author, "李梅");
    assert!(!note.resolved);
    assert!(window.has("1 条未处理的审核意见"), "the cell is marked");
}

#[test]
fn a_note_without_text_is_not_added() {
    let mut window = Window::with_sample();
    begin_note(&mut window);
    window.keys(Modifiers::COMMAND, Key::Enter);
    assert!(window.has("整份表"), "the dialog is still there");
    assert!(window.project().notes.is_empty());
    window.key(Key::Escape);
    assert!(!window.has("整份表"));
}

#[test]
fn notes_are_listed_resolved_removed_and_brought_back() {
    let mut window = noted();
    window.click("审核意见");
    assert!(window.has("未处理（1）"));
    press(&mut window, "标为已处理");
    assert!(window.has("已处理（1）"));
    assert!(window.project().notes.first().expect("a note").resolved);
    press(&mut window, "重新打开");
    assert!(window.has("未处理（1）"));
    let before = window.project();
    press(&mut window, "删除这条意见");
    assert!(window.project().notes.is_empty());
    assert!(window.has("还没有审核意见"));
    // The button in the toast.
    let undo = window
        .harness
        .get_all_by_role_and_label(Role::Button, "撤销");
    undo.last().expect("the way back").click();
    window.run();
    assert_eq!(window.project(), before);
}

#[test]
fn a_click_on_the_place_goes_to_the_cell() {
    let mut window = noted();
    window.click("审核意见");
    press(&mut window, "基本信息 · 项目名称");
    assert_eq!(window.harness.state().position().page, Page::Basics);
    assert!(field(&window, "项目名称").is_focused());
}

#[test]
fn search_and_filter_narrow_the_list() {
    let mut window = noted();
    window.click("审核意见");
    window.click("只看已处理");
    assert!(window.has("没有符合条件的审核意见"));
    window.click("显示全部");
    enter(&mut window, "搜索审核意见");
    window.type_text("全称");
    assert!(window.has("请用批复的全称"));
    window.type_text("不在");
    assert!(!window.has("请用批复的全称"));
}
