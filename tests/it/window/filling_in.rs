//! 发出填报表, 收回填报表 and 填报表收发 in the window.

use egui::Key;
use jiping::{
    edit::command::EditCommand,
    model::path::{GoalField, Place},
    sharing::fill_in::wanted::Wanted,
    ui::{action::Action, command::UiCommand as C},
};

use super::setting::Window;

fn command(window: &mut Window, command: C) {
    window.harness.state_mut().send(Action::Do(command));
    window.run();
}

/// The sample, given out; the path of the workbook.
pub fn given_out(window: &mut Window) -> String {
    command(window, C::HandOut);
    window.click("只填完成情况");
    window.click("生成 1 个文件");
    assert!(window.has_text("已生成 1 个文件"));
    let sending = window
        .document()
        .sendings
        .first()
        .expect("noted")
        .file
        .clone();
    window.key(Key::Enter);
    format!("/docs/{sending}")
}

#[test]
fn what_was_given_out_is_noted_and_comes_back() {
    let mut window = Window::with_sample();
    let before = window.document();
    let path = given_out(&mut window);
    assert!(
        window
            .fs
            .content(&path)
            .is_some_and(|content| content.starts_with(b"PK"))
    );
    let noted = window.document();
    assert_eq!(
        (noted.sendings.len(), &noted.projects),
        (1, &before.projects)
    );

    command(&mut window, C::Sendings);
    assert!(window.has_text("未收回"));
    window.click("收回填报表…");
    window.will_choose(&path);
    window.click("选择文件…");
    assert!(window.has_text("收回 1 个文件、1 个项目：填写 0 处"));
    window.click("登记收回");
    let after = window.document();
    assert_eq!(after.sendings.first().expect("noted").returns.len(), 1);
    assert_eq!(after.projects, before.projects);
    command(&mut window, C::Undo);
    assert_eq!(window.document(), noted);
}

#[test]
fn what_was_changed_since_stays() {
    let mut window = Window::with_sample();
    let path = given_out(&mut window);
    let project = window.project();
    let goal = project.goals.first().expect("a goal").id;
    let at = project.at(Place::Goal(goal, GoalField::Actual));
    let text = "发出以后改的".to_owned();
    window
        .harness
        .state_mut()
        .send(Action::Edit(EditCommand::SetCell { at, text }));
    window.run();
    let changed = window.document();
    command(&mut window, C::Collect);
    window.will_choose(&path);
    window.click("选择文件…");
    window.click("登记收回");
    // Nothing of it was filled in: what stands here stays, and the return alone is noted.
    assert_eq!(window.document().projects, changed.projects);
    assert_eq!(
        window
            .document()
            .sendings
            .first()
            .expect("noted")
            .returns
            .len(),
        1
    );
    assert!(!Wanted::RESULTS.is_nothing());
}
