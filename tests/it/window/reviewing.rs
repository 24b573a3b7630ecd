//! 审阅模式, notes by kind with answers, 送审、退回、定稿, and what a code from paper belongs to.

use egui::{Event, Key, Modifiers, Theme, Vec2, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use jiping::{
    model::{
        project::{Project, Stage},
        review::NoteKind,
    },
    ui::{action::Action, command::UiCommand as C, desk::Page},
};

use super::{
    parts::{agree, begin_note, enter, field, press, sign},
    setting::{SAMPLE, Setup, Window},
};

fn command(window: &mut Window, command: C) {
    window.harness.state_mut().send(Action::Do(command));
    window.run();
}

/// Moves the shown project on by a command, whatever stands against it.
fn go(window: &mut Window, by: C, verb: &str, reason: &str) {
    command(window, by);
    sign(window);
    if !reason.is_empty() {
        window.type_text(reason);
    }
    agree(window, verb);
}

/// The sample with a note 必须改 at its project name, on the page of its head.
fn noted() -> Window {
    let mut window = Window::with_sample();
    window.click("基本信息");
    enter(&mut window, "项目名称");
    begin_note(&mut window);
    window.keys(Modifiers::ALT, Key::Num1);
    window.type_text("请用批复的全称");
    press(&mut window, "添加意见");
    window
}

fn steps(project: &Project) -> Vec<String> {
    project.stages.iter().map(|step| step.called()).collect()
}

#[test]
fn a_note_has_a_kind_by_keys_and_is_marked_by_it() {
    let window = noted();
    let project = window.project();
    let note = project.notes.first().expect("a note");
    assert_eq!(note.kind, NoteKind::MustChange);
    assert_eq!(&*note.text, "请用批复的全称", "the digit is no text");
    assert!(window.has("1 条未处理的审核意见，必须改"));
}

#[test]
fn a_note_is_answered_changed_and_filtered() {
    let mut window = noted();
    window.click("审核意见");
    press(&mut window, "回复…");
    window.type_text("已改为全称");
    window.keys(Modifiers::COMMAND, Key::Enter);
    assert!(window.has("已改为全称"));
    press(&mut window, "修改这条意见");
    window.click("建议");
    window.keys(Modifiers::COMMAND, Key::Enter);
    let project = window.project();
    let note = project.notes.first().expect("a note");
    assert_eq!(note.kind, NoteKind::Suggestion);
    assert_eq!(note.replies.len(), 1);
    assert_eq!(note.replies.first().expect("an answer").author, "李梅");
    window.click("类别 必须改");
    assert!(window.has("没有符合条件的审核意见"));
    window.click("类别 建议");
    assert!(window.has("请用批复的全称"));
    press(&mut window, "删除这条回复");
    let project = window.project();
    assert!(project.notes.first().expect("a note").replies.is_empty());
}

#[test]
fn others_words_are_not_theirs_to_change() {
    let mut window = noted();
    window
        .harness
        .state_mut()
        .send(Action::SetUser("王审".into()));
    window.click("审核意见");
    assert!(!window.has("修改这条意见"));
    assert!(window.has("回复…"), "but to answer");
}

#[test]
fn keys_go_from_note_to_note() {
    let mut window = noted();
    window.click("资金");
    window.key(Key::F7);
    assert_eq!(window.harness.state().position().page, Page::Basics);
    assert!(field(&window, "项目名称").is_focused());
    let said = window.harness.state().said();
    assert!(
        said[0].contains("意见 1/1") && said[0].contains("请用批复的全称"),
        "{said:?}"
    );
    window.click("审核意见");
    press(&mut window, "标为已处理");
    window.keys(Modifiers::SHIFT, Key::F7);
    assert_eq!(window.harness.state().said()[0], "没有未处理的审核意见");
}

#[test]
fn while_reviewing_typing_says_why_it_is_not_taken() {
    let mut window = Window::with_sample();
    let before = window.document();
    command(&mut window, C::ReviewMode);
    assert!(window.has_text("审阅模式：表中内容已锁定"));
    window.click("基本信息");
    enter(&mut window, "项目名称");
    window.type_text("改");
    window.type_text("名");
    assert_eq!(window.document(), before);
    assert_eq!(
        field(&window, "项目名称").value().as_deref(),
        Some(before_name(&before))
    );
    let said = window.harness.state().said();
    let refused = said.iter().filter(|said| said.contains("正在审阅"));
    assert_eq!(refused.count(), 1, "said once, not for every key");
    // In the grid, too.
    window.click("绩效指标");
    window.key(Key::ArrowRight);
    window.type_text("9");
    window.key(Key::Enter);
    assert_eq!(window.document(), before);
    // Notes are open.
    begin_note(&mut window);
    window.type_text("请核对");
    press(&mut window, "添加意见");
    assert_eq!(window.project().notes.len(), 1);
    assert!(window.has("未处理 1 条"));
    // One click, and the form is open again.
    let ends = window
        .harness
        .get_all_by_role_and_label(Role::Button, "结束审阅");
    ends.last().expect("the way out").click();
    window.run();
    assert!(!window.has_text("审阅模式：表中内容已锁定"));
    window.click("基本信息");
    enter(&mut window, "项目名称");
    window.type_text("新");
    assert_ne!(window.project().name(), before_name(&before));
}

fn before_name(document: &jiping::model::document::Document) -> &str {
    document.projects.first().expect("a project").name()
}

#[test]
fn a_form_goes_from_hand_to_hand_with_a_record() {
    let mut window = noted();
    let before = window.document();
    command(&mut window, C::SendForReview);
    assert!(window.has_text("1 条“必须改”的意见没有处理"));
    press(&mut window, "仍要送审");
    assert_eq!(window.project().stage, Stage::Submitted);
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), before, "one step");
    go(&mut window, C::SendForReview, "送审", "");
    go(&mut window, C::ReturnForm, "退回", "请用全称");
    assert_eq!(window.project().stage, Stage::Returned);
    go(&mut window, C::CloseForm, "定稿", "");
    let project = window.project();
    assert_eq!(steps(&project), ["送审", "退回", "定稿"]);
    let step = project.stages.get(1).expect("a step");
    assert_eq!(
        (&*step.by, &*step.time, &*step.reason),
        ("李梅", "2021-03-05 14:32", "请用全称")
    );
    // What is closed is opened with a reason only.
    command(&mut window, C::ReopenForm);
    press(&mut window, "重新打开");
    assert!(window.has("请写明重新打开的原因。"));
    window.type_text("审计更正");
    press(&mut window, "重新打开");
    assert_eq!(window.project().stage, Stage::SelfEvaluation);
    command(&mut window, C::StageRecords);
    for said in ["流转记录", "审计更正", "重新打开", "请用全称"] {
        assert!(window.has(said), "{said}");
    }
}

#[test]
fn several_projects_are_sent_as_one_step() {
    let mut window = Window::with_sample();
    command(&mut window, C::DuplicateProject);
    let before = window.document();
    command(&mut window, C::SendForReview);
    sign(&mut window);
    window.click("全部项目");
    press(&mut window, "仍要送审 2 个项目");
    let document = window.document();
    assert!(
        document
            .projects
            .iter()
            .all(|one| one.stage == Stage::Submitted)
    );
    assert!(document.projects.iter().all(|one| one.stages.len() == 1));
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), before);
}

#[test]
fn from_one_stage_of_work_to_another_nothing_is_asked_and_it_is_on_record() {
    let mut window = Window::with_sample();
    window.click("基本信息");
    window.click("填报阶段");
    window.click("填报阶段 执行监控");
    let project = window.project();
    assert_eq!(project.stage, Stage::Monitoring);
    assert_eq!(steps(&project), ["转到执行监控"]);
}

#[test]
fn a_code_from_paper_finds_what_it_belongs_to() {
    let mut window = Window::with_sample();
    go(&mut window, C::CloseForm, "定稿", "");
    let code = window.project().content_hash().to_string();
    go(&mut window, C::ReopenForm, "重新打开", "更正");
    command(&mut window, C::VerifyCode);
    window.type_text(&code.to_lowercase().replace('-', ""));
    assert!(window.has_text("一致：是“"));
    window.key(Key::Escape);
    window.click("基本信息");
    enter(&mut window, "项目名称");
    window.type_text("新");
    command(&mut window, C::VerifyCode);
    window.type_text(&code);
    assert!(window.has_text("后来改过"));
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("0000-1111-2222-3333");
    assert!(window.has_text("文件中没有这个校验码"));
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("这里不是十六位的校验码而是别的字");
    assert!(window.has_text("这不是内容校验码"));
}

#[test]
fn a_closed_form_that_was_changed_outside_is_told_when_it_is_opened() {
    let mut window = Window::with_sample();
    go(&mut window, C::CloseForm, "定稿", "");
    window.will_choose("/docs/定稿.jiping");
    command(&mut window, C::SaveAs);
    let written = window.fs.content("/docs/定稿.jiping").expect("saved");
    let changed = String::from_utf8(written)
        .expect("UTF-8")
        .replace("99.97", "99.99");
    window.fs.put("/docs/别处.jiping", changed);
    window.open("/docs/别处.jiping");
    let said = window.harness.state().said();
    assert!(
        said.iter().any(|said| said.contains("定稿后内容有改动")),
        "{said:?}"
    );
    command(&mut window, C::StageRecords);
    assert!(window.has_text("定稿后内容有改动"));
}

#[test]
fn it_draws_in_light_and_dark() {
    for (theme, width, height, name) in [
        (Theme::Light, 1366.0, 768.0, "light"),
        (Theme::Dark, 1366.0, 768.0, "dark"),
        (Theme::Light, 1024.0, 700.0, "small"),
    ] {
        let mut window = Window::with(Setup {
            size: Vec2::new(width, height),
            scale: 1.0,
            theme,
            pictures: true,
        });
        window.open(SAMPLE);
        window.click("基本信息");
        enter(&mut window, "项目名称");
        for (key, text) in [
            (Key::Num1, "请用批复的全称"),
            (Key::Num2, "建议写明年度"),
            (Key::Num3, "与上年是否同一项目？"),
        ] {
            begin_note(&mut window);
            window.keys(Modifiers::ALT, key);
            window.harness.event(Event::Text(text.into()));
            window.run();
            if key == Key::Num3 {
                window.picture(&format!("review-note-{name}"));
            }
            press(&mut window, "添加意见");
        }
        window.click("绩效指标");
        begin_note(&mut window);
        window.keys(Modifiers::ALT, Key::Num1);
        window.type_text("请核对完成值");
        press(&mut window, "添加意见");
        command(&mut window, C::ReviewMode);
        window.picture(&format!("review-grid-{name}"));
        window.click("审核意见");
        let replies = window
            .harness
            .get_all_by_role_and_label(Role::Button, "回复…");
        replies.into_iter().next().expect("a note").click();
        window.run();
        window.type_text("已改为全称，见第 2 页");
        window.keys(Modifiers::COMMAND, Key::Enter);
        window.key(Key::F7);
        window.picture(&format!("review-notes-{name}"));
        command(&mut window, C::ReviewMode);
        command(&mut window, C::SendForReview);
        window.picture(&format!("review-send-{name}"));
        press(&mut window, "仍要送审");
        go(
            &mut window,
            C::ReturnForm,
            "退回",
            "请用批复的全称，并补充满意度的调查依据和样本数量",
        );
        command(&mut window, C::DuplicateProject);
        command(&mut window, C::CloseForm);
        window.picture(&format!("review-close-{name}"));
        window.key(Key::Escape);
        window.key(Key::Escape);
        command(&mut window, C::PreviousProject);
        go(&mut window, C::CloseForm, "定稿", "");
        command(&mut window, C::StageRecords);
        window.picture(&format!("review-records-{name}"));
        window.key(Key::Escape);
        command(&mut window, C::VerifyCode);
        let code = window.project().content_hash().to_string();
        window.type_text(&code);
        window.picture(&format!("review-verify-{name}"));
        window.key(Key::Escape);
        window.click("基本信息");
        window.picture(&format!("review-basics-{name}"));
    }
}
