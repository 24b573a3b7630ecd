//! After a crash the work is offered, and nothing else is lost; a file open in two windows is noticed.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use jiping::{
    model::project::header,
    store::simulated::{Damage, Fault, Operation, SimulatedFs, Survival},
    ui::{action::Action, command::UiCommand},
};

use super::setting::{FRAMES_PER_SECOND, SAMPLE, Setup, Window};

const COPIES: &str = "/data/recovery";

/// A window with unsaved work whose copy is written.
fn crashed() -> SimulatedFs {
    let mut window = Window::with_sample();
    change_name(&mut window, "崩溃前的名称");
    wait_for_copy(&mut window);
    let fs = window.fs.clone();
    // Nothing is tidied up when a process is killed.
    std::mem::forget(window);
    fs.restart(Survival::Everything);
    fs
}

fn change_name(window: &mut Window, name: &str) {
    window.click("基本信息");
    let field = window
        .harness
        .get_by_role_and_label(Role::TextInput, "项目名称");
    field.focus();
    window.run();
    window.keys(egui::Modifiers::COMMAND, egui::Key::A);
    window.type_text(name);
    assert_eq!(window.project().header(header::PROJECT_NAME), name);
}

/// Lets more than five seconds pass.
fn wait_for_copy(window: &mut Window) {
    for _ in 0..6 * FRAMES_PER_SECOND {
        window.harness.step();
    }
    window.run();
}

fn restarted(fs: SimulatedFs) -> Window {
    let mut window = Window::on(fs, Setup::default());
    window.harness.state_mut().offer_recovery();
    window.run();
    window
}

#[test]
fn unsaved_work_is_kept_offered_recovered_and_saved() {
    let fs = crashed();
    assert_eq!(fs.names(COPIES).len(), 2);
    let mut window = restarted(fs);
    assert!(window.has("2021-03-05 14:32，1 个项目有改动，共 1 处"));
    window.click("恢复 科协2020.jiping");
    assert_eq!(window.project().name(), "崩溃前的名称");
    assert!(window.harness.state().has_unsaved());
    window.keys(egui::Modifiers::COMMAND, egui::Key::S);
    assert!(!window.harness.state().has_unsaved());
    assert_eq!(window.fs.names(COPIES), [""; 0]);
    let saved = window.fs.content(SAMPLE).expect("the file");
    assert!(String::from_utf8_lossy(&saved).contains("崩溃前的名称"));
}

#[test]
fn what_is_declined_is_not_offered_again() {
    let fs = crashed();
    let mut window = restarted(fs.clone());
    window.click("不恢复 科协2020.jiping");
    assert!(
        !window.has("恢复上次未保存的内容"),
        "nothing is left to ask"
    );
    drop(window);
    fs.restart(Survival::Everything);
    assert!(!restarted(fs).has("恢复上次未保存的内容"));
}

#[test]
fn what_is_put_off_is_offered_again() {
    let fs = crashed();
    let mut window = restarted(fs.clone());
    window.click("以后再说");
    drop(window);
    fs.restart(Survival::Everything);
    assert!(restarted(fs).has("恢复 科协2020.jiping"));
}

#[test]
fn saving_undoing_and_giving_up_remove_the_copy() {
    let mut window = Window::with_sample();
    change_name(&mut window, "甲");
    wait_for_copy(&mut window);
    assert_eq!(window.fs.names(COPIES).len(), 2);
    window.keys(egui::Modifiers::COMMAND, egui::Key::S);
    assert_eq!(window.fs.names(COPIES), [""; 0], "saved");

    change_name(&mut window, "乙");
    wait_for_copy(&mut window);
    assert_eq!(window.fs.names(COPIES).len(), 2);
    window.keys(egui::Modifiers::COMMAND, egui::Key::W);
    window.click("不保存");
    assert_eq!(window.fs.names(COPIES), [""; 0], "given up");
}

#[test]
fn a_clean_document_leaves_no_copy_and_asks_for_no_repaint() {
    let mut window = Window::with_sample();
    wait_for_copy(&mut window);
    assert_eq!(window.fs.names(COPIES), [""; 0]);
}

#[test]
fn a_file_open_in_another_window_is_noticed() {
    let first = Window::with_sample();
    let mut second = Window::beside(&first);
    second.open(SAMPLE);
    let warnings = |window: &Window| {
        let said = window.harness.state().said();
        said.iter()
            .filter(|text| text.contains("另一个窗口"))
            .count()
    };
    assert_eq!((warnings(&first), warnings(&second)), (0, 1));
}

#[test]
fn what_still_stands_in_a_cell_is_kept_too() {
    let mut window = Window::with_sample();
    window.type_text("还没有确认的字");
    assert_eq!(window.document(), Window::with_sample().document());
    assert!(window.harness.state().has_unsaved());
    wait_for_copy(&mut window);
    let fs = window.fs.clone();
    let at = window.cell();
    let at = at.expect("the cell");
    std::mem::forget(window);
    fs.restart(Survival::Everything);
    let mut window = restarted(fs);
    window.click("恢复 科协2020.jiping");
    let text = window
        .project()
        .cell_text(&at.place)
        .map(|text| text.into_owned());
    assert_eq!(text.as_deref(), Some("还没有确认的字"));
}

#[test]
fn typing_that_goes_on_does_not_put_the_copy_off() {
    let mut window = Window::with_sample();
    window.click("基本信息");
    let field = window
        .harness
        .get_by_role_and_label(Role::TextInput, "项目名称");
    field.focus();
    window.run();
    let mut typed = 0;
    // A key every half second for twelve seconds.
    for frame in 0..12 * FRAMES_PER_SECOND {
        if frame % (FRAMES_PER_SECOND / 2) == 0 {
            window.harness.event(egui::Event::Text("字".into()));
            typed += 1;
        }
        window.harness.step();
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    let fs = window.fs.clone();
    std::mem::forget(window);
    fs.restart(Survival::Everything);
    let mut window = restarted(fs);
    window.click("恢复 科协2020.jiping");
    let kept = window.project().name().matches('字').count();
    assert!(
        kept + 10 >= typed,
        "{kept} of {typed}: more than 5 s are lost"
    );
}

#[test]
fn what_is_written_in_a_dialog_is_kept_too() {
    let mut window = Window::with_sample();
    let action = Action::Do(UiCommand::ChangeName);
    window.harness.state_mut().send(action);
    window.run();
    window.key(egui::Key::Enter);
    window
        .harness
        .state_mut()
        .send(Action::Do(UiCommand::AddNote));
    window.run();
    window.type_text("请补充上年同期数");
    assert_eq!(window.project().notes.len(), 0);
    wait_for_copy(&mut window);
    let fs = window.fs.clone();
    std::mem::forget(window);
    fs.restart(Survival::Everything);
    let mut window = restarted(fs);
    window.click("恢复 科协2020.jiping");
    let notes = window.project().notes.clone();
    let note = notes.first().expect("the note");
    assert_eq!(&*note.text, "请补充上年同期数");
    assert_eq!(note.author, "测试员");
}

#[test]
fn a_full_disk_stops_nobody_and_is_told_once_and_when_it_is_over() {
    let mut window = Window::with_sample();
    window.fs.inject(Fault {
        on: Some(Operation::CreateNew),
        from: 1,
        times: u64::MAX,
        damage: Damage::NoSpace,
    });
    change_name(&mut window, "甲");
    for _ in 0..3 {
        wait_for_copy(&mut window);
    }
    let said = |window: &Window, words: &str| {
        let said = window.harness.state().said();
        said.iter().filter(|text| text.contains(words)).count()
    };
    assert_eq!(said(&window, "没有留下恢复副本"), 1);
    change_name(&mut window, "乙");
    assert_eq!(window.project().name(), "乙", "editing goes on");
    window.fs.heal();
    wait_for_copy(&mut window);
    assert_eq!(said(&window, "恢复副本又能写入了"), 1);
    assert_eq!(window.fs.names(COPIES).len(), 2);
}
