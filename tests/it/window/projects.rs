//! The panel of projects.

use egui::{Key, Modifiers, PointerButton};
use egui_kittest::kittest::Queryable as _;
use jiping::{
    edit::command::EditCommand,
    model::{
        path::{CellPath, Place},
        project::header,
    },
    ui::{action::Action, command::UiCommand, desk::Page},
};

use super::setting::Window;

/// The sample with further copies of its project; the projects have these names.
fn with_projects(names: &[&str]) -> Window {
    let mut window = Window::with_sample();
    for _ in 1..names.len() {
        send(&mut window, Action::Do(UiCommand::DuplicateProject));
    }
    let ids: Vec<_> = window
        .document()
        .projects
        .iter()
        .map(|project| project.id)
        .collect();
    for (project, name) in ids.into_iter().zip(names) {
        let place = Place::Header(header::PROJECT_NAME.into());
        let at = CellPath { project, place };
        let text = (*name).to_owned();
        send(&mut window, Action::Edit(EditCommand::SetCell { at, text }));
    }
    window
}

fn send(window: &mut Window, action: Action) {
    window.harness.state_mut().send(action);
    window.run();
}

fn names(window: &Window) -> Vec<String> {
    let document = window.document();
    let names = document.projects.iter().map(|project| project.name());
    names.map(str::to_owned).collect()
}

fn row<'t>(window: &'t Window, name: &str) -> egui_kittest::Node<'t> {
    let start = format!("项目 {name}，");
    window
        .harness
        .get_by(move |node| node.label().is_some_and(|label| label.starts_with(&start)))
}

fn click_row(window: &mut Window, name: &str) {
    row(window, name).click();
    window.run();
}

#[test]
fn a_row_says_name_score_and_errors() {
    let window = Window::with_sample();
    assert!(window.has("项目 科协组织建设与事业发展，得分 99.97，4 个错误，2020 · 自评"));
}

#[test]
fn arrows_go_through_the_projects() {
    let mut window = with_projects(&["甲", "乙", "丙"]);
    click_row(&mut window, "甲");
    assert!(row(&window, "甲").is_focused());
    window.key(Key::ArrowDown);
    assert_eq!(window.project().name(), "乙");
    assert!(row(&window, "乙").is_focused());
    window.key(Key::End);
    assert_eq!(window.project().name(), "丙");
    window.key(Key::ArrowDown);
    assert_eq!(window.project().name(), "丙", "there is none after it");
    window.key(Key::Home);
    assert_eq!(window.project().name(), "甲");
}

#[test]
fn alt_and_arrows_move_the_project_that_has_the_focus() {
    let mut window = with_projects(&["甲", "乙", "丙"]);
    click_row(&mut window, "丙");
    window.keys(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(names(&window), ["甲", "丙", "乙"]);
    assert!(row(&window, "丙").is_focused());
    window.keys(Modifiers::ALT, Key::ArrowUp);
    window.keys(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(names(&window), ["丙", "甲", "乙"]);
    window.keys(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(names(&window), ["甲", "丙", "乙"]);
}

#[test]
fn a_project_is_dragged_to_another_place() {
    let mut window = with_projects(&["甲", "乙", "丙"]);
    let from = row(&window, "甲").rect().center();
    let third = row(&window, "丙").rect();
    window.harness.drag_at(from);
    window.run();
    for step in 1..=4 {
        let way = third.center_bottom() - from;
        window.harness.hover_at(from + way * (step as f32 / 4.0));
        window.run();
    }
    assert_eq!(names(&window), ["甲", "乙", "丙"], "still held");
    window.harness.drop_at(third.center_bottom());
    window.run();
    assert_eq!(names(&window), ["乙", "丙", "甲"]);
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(names(&window), ["甲", "乙", "丙"]);
}

#[test]
fn a_deleted_project_comes_back_from_the_toast() {
    let mut window = with_projects(&["甲", "乙", "丙"]);
    click_row(&mut window, "乙");
    window.key(Key::Delete);
    assert_eq!(names(&window), ["甲", "丙"]);
    assert!(row(&window, "丙").is_focused(), "the next one takes over");
    // One stands in the tool bar, the other in the toast at the foot.
    let undo = window.harness.get_all_by_label("撤销");
    let toast = undo.max_by(|a, b| a.rect().top().total_cmp(&b.rect().top()));
    toast.expect("a button").click();
    window.run();
    assert_eq!(names(&window), ["甲", "乙", "丙"]);
}

#[test]
fn the_search_takes_full_and_half_width_alike() {
    let mut window = with_projects(&["科普经费Ａ１", "课题", "科普活动"]);
    window.get("搜索项目").focus();
    window.run();
    window.type_text("科普");
    assert!(
        window
            .harness
            .query_by_label_contains("项目 课题，")
            .is_none()
    );
    window.type_text("经费a1");
    assert!(
        window
            .harness
            .query_by_label_contains("项目 科普活动，")
            .is_none()
    );
    row(&window, "科普经费Ａ１");
    window.type_text("没有这样的");
    window.click("显示全部项目");
    row(&window, "课题");
}

#[test]
fn f2_goes_to_the_name() {
    let mut window = with_projects(&["甲", "乙"]);
    click_row(&mut window, "乙");
    window.key(Key::F2);
    assert_eq!(window.harness.state().position().page, Page::Basics);
}

#[test]
fn the_context_menu_is_about_the_row_that_was_clicked() {
    let mut window = with_projects(&["甲", "乙", "丙"]);
    click_row(&mut window, "甲");
    row(&window, "丙").click_button(PointerButton::Secondary);
    window.run();
    window.click("上移项目");
    assert_eq!(names(&window), ["甲", "丙", "乙"]);
}

#[test]
fn next_years_form_stands_beneath_with_its_notes() {
    let mut window = Window::with_sample();
    window.click("更多项目操作");
    window.click("复制到下一年度");
    assert_eq!(window.document().projects.len(), 2);
    let copy = window.project();
    assert_eq!(copy.year(), Some(2021));
    assert_eq!(window.harness.state().position().page, Page::Notes);
    let said = format!("已复制到 2021 年，{} 处旧年份待核对", copy.notes.len());
    assert_eq!(window.harness.state().said()[0], said);
}

#[test]
fn only_rows_in_view_are_drawn() {
    let names: Vec<String> = (0..60).map(|number| format!("第{number}个")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut window = with_projects(&names);
    let is_row = |label: String| label.starts_with("项目 第");
    let drawn = window
        .harness
        .query_all_by(|node| node.label().is_some_and(is_row))
        .count();
    assert!((4..20).contains(&drawn), "{drawn}");
    click_row(&mut window, "第59个");
    window.key(Key::Home);
    assert!(row(&window, "第0个").is_focused());
    window.key(Key::End);
    assert!(row(&window, "第59个").is_focused());
}
