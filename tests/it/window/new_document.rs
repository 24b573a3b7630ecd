//! New documents and new projects.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiping::{
    model::project::header,
    ui::{command::UiCommand, desk::Page},
};

use super::setting::Window;

#[test]
fn a_document_is_made_by_keyboard_alone() {
    let mut window = Window::new();
    window.run();
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("深圳");
    window.key(Key::Tab);
    while !window.get("项目名称（可以以后再填）").is_focused() {
        window.key(Key::Tab);
    }
    window.type_text("科普经费");
    window.key(Key::Enter);
    let project = window.project();
    assert_eq!(project.edition.id, "shenzhen-2020");
    assert_eq!(project.name(), "科普经费");
    // In March the form of the year before is filled in.
    assert_eq!(project.header(header::YEAR), "2020年");
    assert_eq!(window.harness.state().position().page, Page::Basics);
}

#[test]
fn the_chosen_edition_shows_its_blank_form() {
    let mut window = Window::new();
    window.run();
    window.click(UiCommand::New.label());
    let rows = window.harness.query_all_by_role(egui::Role::ListBoxOption);
    let mut listed: Vec<(i32, String)> = rows
        .map(|row| {
            (
                row.rect().top() as i32,
                row.accesskit_node().label().unwrap_or_default(),
            )
        })
        .collect();
    listed.sort();
    assert!(window.has(&format!("空白表：{}", listed[0].1)));
    window.key(Key::ArrowDown);
    assert!(window.has(&format!("空白表：{}", listed[1].1)));
    window.key(Key::Escape);
    assert!(window.harness.state().desk().is_none());
}

#[test]
fn a_double_click_makes_the_document() {
    let mut window = Window::new();
    window.run();
    window.click(UiCommand::New.label());
    let name = "深圳市项目支出绩效自评表（2020年）";
    let row = window
        .harness
        .get_by_role_and_label(egui::Role::ListBoxOption, name);
    let pos = row.rect().center();
    window.double_click_at(pos);
    assert_eq!(window.project().edition.id, "shenzhen-2020");
}

#[test]
fn a_further_project_takes_the_edition_of_the_shown_one() {
    let mut window = Window::with_sample();
    window.click("添加项目");
    window.click("添加");
    assert_eq!(window.document().projects.len(), 2);
    assert_eq!(window.project().edition.id, "shenzhen-2020");
    assert!(
        window
            .harness
            .query_by_label_contains("项目 （未填写项目名称），尚无得分")
            .is_some()
    );
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document().projects.len(), 1);
}
