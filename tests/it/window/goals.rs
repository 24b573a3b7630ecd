//! 年度目标

use std::sync::Arc;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use jiping::{
    edit::command::EditCommand,
    model::{
        document::Document,
        id::{CountedIds, Id},
        path::{GoalField, Place},
        project::{Goal, Project},
    },
    store::format,
    ui::{action::Action, command::UiCommand},
};

use super::{
    parts::{enter, field, press},
    setting::Window,
};
use crate::cases;

fn goal(window: &Window) -> Arc<Goal> {
    Arc::clone(window.project().goals.get(0).expect("a goal"))
}

fn set(window: &mut Window, field: GoalField, text: &str) {
    let project = window.project();
    let at = project.at(Place::Goal(goal(window).id, field));
    let text = text.into();
    let command = EditCommand::SetCell { at, text };
    window.harness.state_mut().send(Action::Edit(command));
    window.run();
}

/// The goals of the sample, with its texts as in the form.
fn goals() -> Window {
    let mut window = Window::with_sample();
    window.click("年度目标");
    window
}

#[test]
fn pasted_markup_is_cleaned_after_a_preview_and_comes_back_with_undo() {
    let mut window = goals();
    let before = window.document();
    assert!(goal(&window).expected.contains("<p>"));
    press(&mut window, "清理格式…");
    assert_eq!(window.harness.query_all_by_label("清理后").count(), 2);
    assert_eq!(window.document(), before, "a preview changes nothing");
    press(&mut window, "清理格式");
    assert!(!goal(&window).expected.contains('<'));
    assert!(!goal(&window).actual.contains('<'));
    assert!(!window.has("清理格式…"), "nothing is left to clean");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), before);
}

#[test]
fn an_item_is_changed_inside_the_whole_text() {
    let mut window = goals();
    set(
        &mut window,
        GoalField::Expected,
        "总述。\n一、甲：办。 \n二、乙：评。",
    );
    set(
        &mut window,
        GoalField::Actual,
        "一、甲：办了。二、乙：评了。",
    );
    window.click("分条");
    enter(&mut window, "预期目标 第一条");
    window.keys(Modifiers::COMMAND, Key::End);
    window.type_text("并");
    window.type_text(" ");
    window.type_text("验收。");
    assert_eq!(
        &*goal(&window).expected,
        "总述。\n一、甲：办。并 验收。 \n二、乙：评。"
    );
    assert_eq!(&*goal(&window).actual, "一、甲：办了。二、乙：评了。");
    // The burst is one step.
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(
        &*goal(&window).expected,
        "总述。\n一、甲：办。 \n二、乙：评。"
    );
}

#[test]
fn what_is_lacking_is_told_and_written_in_the_next_place() {
    let mut window = goals();
    set(
        &mut window,
        GoalField::Expected,
        "一、甲：办。\n二、乙：评。\n三、丙：聚。\n四、丁：印。",
    );
    set(
        &mut window,
        GoalField::Actual,
        "一、甲：办了。\n二、乙：评了。",
    );
    assert!(window.has("实际完成情况缺第三、四条"));
    window.click("分条");
    assert!(!window.has("补写第四条"), "the third comes first");
    window.click("补写第三条");
    assert_eq!(
        &*goal(&window).actual,
        "一、甲：办了。\n二、乙：评了。\n三、丙："
    );
    assert!(window.has("实际完成情况缺第四条"));
    window.click("补写第四条");
    assert!(!window.has("实际完成情况缺第四条"));
    assert!(field(&window, "实际完成情况 第四条").is_focused());
}

#[test]
fn a_text_is_found_in_the_whole_view_even_from_the_items() {
    let mut window = goals();
    set(
        &mut window,
        GoalField::Expected,
        "一、甲：办。\n二、乙：评。",
    );
    window.click("分条");
    let at = window
        .project()
        .at(Place::Goal(goal(&window).id, GoalField::Expected));
    window.harness.state_mut().send(Action::GoTo(at));
    window.run();
    assert!(field(&window, "预期目标").is_focused());
}

#[test]
fn goal_blocks_are_added_and_removed_where_the_edition_has_several() {
    let edition = cases::edition("hubei-2019");
    let mut ids = CountedIds(100);
    let mut project = Project::blank(&edition, &mut ids);
    project.header.insert("project_name".into(), "粮食".into());
    let mut document = Document::new(Id::new(&mut ids));
    document.editions.push(Arc::new(edition));
    document.projects.push(project);
    let mut window = Window::new();
    window
        .fs
        .put("/docs/hubei.jiping", format::write(&document));
    window.open("/docs/hubei.jiping");
    window.click("年度目标");
    let before = window.project().goals.len();
    window.click("添加目标");
    let goals = window.project().goals.clone();
    assert_eq!(goals.len(), before + 1);
    let last = goals.last().expect("a goal");
    assert_eq!(last.caption, format!("年度绩效目标{}", before + 1));
    assert!(!last.sections.is_empty(), "with its own indicator table");
    window.click(&format!("删除目标{}", before + 1));
    assert_eq!(window.project().goals.len(), before);
    window.harness.state_mut().send(Action::Do(UiCommand::Undo));
    window.run();
    assert_eq!(window.project().goals, goals);
}
