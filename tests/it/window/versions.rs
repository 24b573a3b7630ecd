//! 历史版本: listed, compared, restored, opened beside; and the way on from a file that cannot be opened.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::{ToSpan as _, civil::date};
use jiping::{
    edit::command::EditCommand,
    model::{path::Place, project::header},
    store::{Folders, Saver},
    ui::{action::Action, command::UiCommand},
};

use super::setting::{SAMPLE, Setup, Window};

/// Saves the sample under these names of its project, one after another.
fn saved_as(names: &[&str]) -> Window {
    let mut window = Window::with_sample();
    for name in names {
        rename(&mut window, name);
        window.keys(Modifiers::COMMAND, Key::S);
        assert!(!window.harness.state().has_unsaved());
    }
    window
}

fn rename(window: &mut Window, name: &str) {
    let at = window
        .project()
        .at(Place::Header(header::PROJECT_NAME.into()));
    let text = name.into();
    let command = EditCommand::SetCell { at, text };
    window.harness.state_mut().send(Action::Edit(command));
    window.run();
}

fn show(window: &mut Window) {
    let action = Action::Do(UiCommand::Versions);
    window.harness.state_mut().send(action);
    window.run();
}

fn lines(window: &Window) -> Vec<String> {
    let rows = window.harness.query_all_by_role(Role::ListBoxOption);
    rows.filter_map(|row| row.accesskit_node().label())
        .filter(|label| label.contains("之前"))
        .collect()
}

#[test]
fn a_version_is_chosen_by_keys_restored_and_undone() {
    let mut window = saved_as(&["甲", "乙"]);
    rename(&mut window, "丙");
    show(&mut window);
    let found = lines(&window);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].starts_with("2021-03-05 14:32 之前，此后：1 个项目有改动，共 1 处"),
        "{found:?}"
    );
    window.key(Key::ArrowDown);
    window.key(Key::ArrowUp);
    window.key(Key::Enter);
    assert!(!window.has("历史版本"), "the dialog is gone");
    assert_eq!(window.project().name(), "甲");
    assert!(window.harness.state().has_unsaved());
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.project().name(), "丙");
}

#[test]
fn a_copy_is_opened_beside_the_file_after_unsaved_work_was_asked_about() {
    let mut window = saved_as(&["甲", "乙"]);
    rename(&mut window, "丙");
    show(&mut window);
    window.click("打开副本");
    window.click("不保存");
    assert_eq!(window.project().name(), "甲");
    let desk = window.harness.state().desk().expect("open");
    assert_eq!(desk.session.path(), None);
    let saved = window.fs.content(SAMPLE).expect("the file");
    assert!(String::from_utf8_lossy(&saved).contains("乙"));
}

#[test]
fn a_version_is_written_to_a_file_of_its_own() {
    let mut window = saved_as(&["甲"]);
    show(&mut window);
    window.will_choose("/docs/取出.jiping");
    window.click("另存…");
    let sample = include_bytes!("../../../assets/samples/shenzhen-2020-filed.jiping");
    assert_eq!(
        window.fs.content("/docs/取出.jiping").as_deref(),
        Some(sample.as_slice())
    );
    assert!(window.has("恢复此版本"), "the dialog stays");
}

#[test]
fn a_file_without_versions_says_so() {
    let mut window = Window::with_sample();
    show(&mut window);
    assert!(window.has_text("还没有历史版本"));
    window.key(Key::Escape);
    assert!(!window.has("历史版本"));
}

#[test]
fn a_damaged_file_offers_its_backups() {
    let mut window = saved_as(&["甲", "乙"]);
    let whole = window.fs.content(SAMPLE).expect("the file");
    window.keys(Modifiers::COMMAND, Key::W);
    window.fs.put(SAMPLE, &whole[..whole.len() / 2]);
    window.open(SAMPLE);
    window.click("最近备份…");
    assert_eq!(lines(&window).len(), 2);
    window.click("打开此版本");
    assert_eq!(window.project().name(), "甲");
    assert!(window.harness.state().has_unsaved());
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(!window.harness.state().has_unsaved());
    let saved = window.fs.content(SAMPLE).expect("the file");
    assert!(String::from_utf8_lossy(&saved).contains("甲"));
}

#[test]
fn a_damaged_backup_is_told_and_cannot_be_used() {
    let mut window = saved_as(&["甲"]);
    let folder = window.fs.names("/data/backups");
    assert!(folder.is_empty(), "only folders: {folder:?}");
    let desk = window.harness.state().desk().expect("open");
    let list = desk.session.versions().list().expect("lists");
    window
        .fs
        .put(&list[0].backup.path, b"not any more".as_slice());
    show(&mut window);
    assert!(window.has_text("这个版本的备份已损坏，不能使用"));
    window.click("恢复此版本");
    assert_eq!(window.project().name(), "甲");
    assert!(window.has("恢复此版本"), "nothing happened");
}

#[test]
fn many_versions_scroll_and_the_keys_reach_the_last() {
    let mut window = Window::with(Setup {
        theme: egui::Theme::Dark,
        pictures: true,
        ..Setup::default()
    });
    window.open(SAMPLE);
    rename(&mut window, "甲");
    let sleeper = jiping::store::RealSleeper;
    let saver = Saver {
        fs: &window.fs,
        sleeper: &sleeper,
    };
    let sample = include_str!("../../../assets/samples/shenzhen-2020-filed.jiping");
    let noon = date(2020, 1, 1)
        .at(12, 0, 0, 0)
        .in_tz("UTC")
        .expect("a time");
    for day in 0..60 {
        let now = noon.checked_add(day.days()).expect("a time");
        let content = sample.replace("\"1.1\"", &format!("\"{day}\"")) + &" ".repeat(day as usize);
        let backups = Folders::at("/data").backups();
        saver
            .back_up(&backups, SAMPLE.as_ref(), content.as_bytes(), &now)
            .expect("kept");
    }
    show(&mut window);
    let first = lines(&window);
    assert!(first[0].starts_with("2020-02-29"), "{first:?}");
    window.picture("versions-dark");
    window.key(Key::End);
    let last = lines(&window);
    let last = last.last().expect("a line");
    assert!(last.starts_with("2020-01-31"), "{last}");
    window.key(Key::Home);
    assert_eq!(lines(&window), first);
}
