//! 合并, 拆分 and 并入 in the window.

use std::sync::Arc;

use egui::{Key, Modifiers, Theme, Vec2, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use jiping::{
    edit::{apply::apply, command::EditCommand},
    model::{
        document::Document,
        path::{CellPath, GoalField, IndicatorField, Place},
    },
    store::format,
    ui::{action::Action, command::UiCommand as C, merging::MergeOffer},
};

use super::{
    parts::press,
    setting::{SAMPLE, Setup, Window},
};

fn send(window: &mut Window, action: Action) {
    window.harness.state_mut().send(action);
    window.run();
}

fn typed(document: &Document, at: &CellPath, text: &str) -> Document {
    let command = EditCommand::SetCell {
        at: at.clone(),
        text: text.into(),
    };
    apply(document, &command).expect("an allowed change")
}

/// Cells of the sample: a result, the score beside it, and 实际完成情况.
fn cells(document: &Document) -> [CellPath; 3] {
    let project = document.projects.first().expect("a project");
    let row = project.rows().nth(2).expect("a third row").indicator.id;
    let goal = project.goals.first().expect("a goal").id;
    [
        project.at(Place::Indicator(row, IndicatorField::Actual)),
        project.at(Place::Indicator(row, IndicatorField::Score)),
        project.at(Place::Goal(goal, GoalField::Actual)),
    ]
}

/// A copy of the open document that came back: a score and a goal are others, and so is a result that was changed here too.
pub(super) fn offer(window: &mut Window) -> MergeOffer {
    let base = window.document();
    let [actual, score, goal] = cells(&base);
    for (at, text) in [
        (&actual, "11个"),
        (&goal, "全年完成信息系统维护，举办科技工作者活动。"),
    ] {
        send(
            window,
            Action::Edit(EditCommand::SetCell {
                at: at.clone(),
                text: text.into(),
            }),
        );
    }
    let theirs = typed(&base, &actual, "12个");
    let theirs = typed(&theirs, &score, "4.5");
    let theirs = typed(&theirs, &goal, "全年完成信息系统维护三次，群众满意。");
    MergeOffer {
        title: "自评表（财务科退回）.jiping".into(),
        base: Some(base),
        theirs: Arc::new(theirs),
        also: Vec::new(),
    }
}

fn text(document: &Document, at: &CellPath) -> String {
    let project = document.project(at.project).expect("a project");
    project.cell_text(&at.place).expect("a cell").into_owned()
}

#[test]
fn conflicts_are_decided_one_by_one_and_all_is_one_step() {
    let mut window = Window::with_sample();
    let offer = offer(&mut window);
    let before = window.document();
    let [actual, score, goal] = cells(&before);
    send(&mut window, Action::Merge(Box::new(offer)));
    assert!(window.has("需要决定（2）"));
    assert!(window.has_text("还有 2 处没有决定"));
    // The first one is shown; then the next.
    let decide = |window: &mut Window, name: &str| {
        window
            .harness
            .get_by_role_and_label(Role::RadioButton, name)
            .click();
        window.run();
    };
    decide(&mut window, "两者都要");
    assert!(window.has_text("还有 1 处没有决定"));
    press(&mut window, "下一处");
    decide(&mut window, "采用对方的");
    press(&mut window, "合并");
    let after = window.document();
    assert_eq!(text(&after, &actual), "12个");
    assert_eq!(text(&after, &score), "4.5");
    assert_eq!(
        text(&after, &goal),
        "全年完成信息系统维护，举办科技工作者活动。\n全年完成信息系统维护三次，群众满意。"
    );
    assert!(window.has("合并报告"));
    press(&mut window, "关闭");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), before);
}

#[test]
fn what_is_listed_is_decided_together_and_a_look_at_the_form_loses_nothing() {
    let mut window = Window::with_sample();
    let offer = offer(&mut window);
    let [actual, ..] = cells(&window.document());
    send(&mut window, Action::Merge(Box::new(offer)));
    press(&mut window, "采用对方的");
    assert!(window.has_text("可以撤销"));
    press(&mut window, "到表中看");
    assert!(!window.has("需要决定（2）"));
    send(&mut window, Action::Do(C::MergeFile));
    assert!(
        window.has("合并后的变化（3）"),
        "the decisions are still there"
    );
    press(&mut window, "合并");
    assert_eq!(text(&window.document(), &actual), "12个");
}

#[test]
fn a_returned_file_is_found_to_come_from_the_version_that_was_saved() {
    let mut window = Window::with_sample();
    let [actual, score, goal] = cells(&window.document());
    let text_of_goal = EditCommand::SetCell {
        at: goal,
        text: "全部完成".into(),
    };
    send(&mut window, Action::Edit(text_of_goal));
    window.keys(Modifiers::COMMAND, Key::S);
    // A colleague opens the file, changes it and saves it as another one.
    let saved = window.fs.content(SAMPLE).expect("saved");
    let mut ids = jiping::model::id::CountedIds(1 << 50);
    let opened = format::read(&saved, &mut ids).expect("a document");
    let theirs = typed(&opened.document, &score, "4.5");
    window.fs.put(
        "/docs/退回.jiping",
        format::write_version(&theirs, &opened.lineage),
    );
    send(
        &mut window,
        Action::Edit(EditCommand::SetCell {
            at: actual.clone(),
            text: "11个".into(),
        }),
    );
    window.will_choose("/docs/退回.jiping");
    send(&mut window, Action::Do(C::MergeFile));
    assert!(window.has_text("找到了双方共同的上一版"));
    assert!(window.has("合并后的变化（1）"));
    press(&mut window, "合并");
    let after = window.document();
    assert_eq!(
        (text(&after, &actual), text(&after, &score)),
        ("11个".into(), "4.5".into())
    );
}

#[test]
fn split_files_come_back_without_a_difference() {
    let mut window = Window::with_sample();
    send(&mut window, Action::Do(C::DuplicateProject));
    let before = window.document();
    window.will_choose("/docs/分发");
    send(&mut window, Action::Do(C::Split));
    press(&mut window, "选择文件夹…");
    let name = before
        .projects
        .first()
        .expect("a project")
        .shown_name()
        .to_owned();
    let file = format!("/docs/分发/1 {name}.jiping");
    assert!(window.fs.content(&file).is_some(), "{file}");
    window.will_choose(&file);
    send(&mut window, Action::Do(C::Join));
    assert!(window.has_text("不需要合并"));
    assert_eq!(window.document(), before);
}

#[test]
fn the_dialog_draws() {
    for (name, theme, size) in [
        ("light", Theme::Light, Vec2::new(1366.0, 768.0)),
        ("dark", Theme::Dark, Vec2::new(1366.0, 768.0)),
        ("1024", Theme::Light, Vec2::new(1024.0, 700.0)),
    ] {
        let mut window = Window::with(Setup {
            size,
            theme,
            pictures: true,
            ..Setup::default()
        });
        window.open(SAMPLE);
        let offer = offer(&mut window);
        send(&mut window, Action::Merge(Box::new(offer)));
        window.picture(&format!("merge-{name}"));
        press(&mut window, "下一处");
        window.picture(&format!("merge-next-{name}"));
        window.harness.get_by_label("合并后的变化（1）").click();
        window.run();
        window.picture(&format!("merge-taken-{name}"));
        press(&mut window, "合并");
        window.picture(&format!("merge-report-{name}"));
        press(&mut window, "关闭");
        send(&mut window, Action::Do(C::Split));
        window.picture(&format!("split-{name}"));
    }
}
