//! The start page and files that are dropped.

use std::path::{Path, PathBuf};

use egui::HoveredFile;
use egui_kittest::kittest::Queryable as _;
use jiping::store::simulated::SimulatedFs;

use super::setting::{SAMPLE, Setup, Window};

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the program opens files by their paths".into())
    }
}

/// Lets a file fall onto the window.
pub fn drop_file(window: &mut Window, path: &str) {
    let file = std::sync::Arc::new(Dropped(path.into()));
    window.harness.input_mut().dropped_files.push(file);
    window.run();
}

fn hover(window: &mut Window, files: usize) {
    window.harness.input_mut().hovered_files = vec![HoveredFile::default(); files];
    // egui draws on as long as a file hovers.
    window.harness.run_steps(3);
}

/// A window whose settings remember the sample and a file that is gone.
fn with_recent() -> Window {
    let fs = SimulatedFs::new();
    let sample = include_bytes!("../../../assets/samples/shenzhen-2020-filed.jiping");
    fs.put(SAMPLE, sample);
    let settings = serde_json::json!({
        "appearance": "light",
        "recent": [
            {"path": SAMPLE, "projects": 1, "score": "99.97", "time": "2021-03-04 17:20"},
            {"path": "/docs/没有了.jiping", "projects": 12, "time": "2021-03-01 09:02"},
        ],
    });
    fs.put("/data/settings.json", settings.to_string());
    Window::on(fs, Setup::default())
}

#[test]
fn a_dropped_file_opens() {
    let mut window = Window::new();
    drop_file(&mut window, SAMPLE);
    assert_eq!(window.project().name(), "科协组织建设与事业发展");
}

#[test]
fn a_file_that_hovers_is_invited() {
    let mut window = Window::new();
    window.run();
    hover(&mut window, 1);
    assert!(window.has("松开即打开"));
    assert!(!window.has("把表拖到这里"));
    hover(&mut window, 0);
    window.open(SAMPLE);
    assert!(!window.has("松开即打开"));
    hover(&mut window, 1);
    assert!(window.has("松开即打开"));
}

#[test]
fn a_table_of_another_program_is_read_to_be_imported() {
    let mut window = Window::new();
    drop_file(&mut window, "/docs/没有这张表.xlsx");
    assert!(window.has("无法读取 1"));
    window.click("取消");
    assert!(window.has("把表拖到这里"));
}

#[test]
fn recent_files_open_with_a_click() {
    let mut window = with_recent();
    window.run();
    window.click("最近的文件 科协2020，1 个项目 · 99.97 分 · 2021-03-04 17:20");
    assert_eq!(window.document().projects.len(), 1);
}

#[test]
fn a_recent_file_that_is_gone_is_told_about_and_leaves_the_list() {
    let mut window = with_recent();
    window.run();
    window.click("最近的文件 没有了，12 个项目 · 2021-03-01 09:02");
    assert!(window.has("没有打开"));
    window.click("知道了");
    assert!(
        window
            .harness
            .query_by_label_contains("最近的文件 没有了")
            .is_none()
    );
}

#[test]
fn a_recent_file_is_taken_off_the_list() {
    let mut window = with_recent();
    window.run();
    window
        .harness
        .get_by_label_contains("最近的文件 科协2020")
        .click_secondary();
    window.run();
    window.click("从列表移除");
    assert!(
        window
            .harness
            .query_by_label_contains("最近的文件 科协2020")
            .is_none()
    );
    assert!(window.fs.content(SAMPLE).is_some(), "the file itself stays");
}

#[test]
fn another_file_opens_in_a_window_of_its_own_or_here() {
    const OTHER: &str = "/docs/另一份.jiping";
    let mut window = Window::with_sample();
    let content = window.fs.content(SAMPLE).expect("the sample");
    window.fs.put(OTHER, content);

    drop_file(&mut window, OTHER);
    assert!(window.has("打开另一个文件"));
    window.click("取消");
    assert_eq!(window.opened_windows(), [""; 0].map(PathBuf::from));

    drop_file(&mut window, OTHER);
    window.key(egui::Key::Enter);
    assert_eq!(window.opened_windows(), [PathBuf::from(OTHER)]);
    let path = |window: &Window| {
        let desk = window.harness.state().desk().expect("a document");
        desk.session.path().map(Path::to_path_buf)
    };
    assert_eq!(path(&window), Some(SAMPLE.into()), "this window stays");

    window.will_choose(OTHER);
    window.keys(egui::Modifiers::COMMAND, egui::Key::O);
    window.click("在这里打开");
    assert_eq!(path(&window), Some(OTHER.into()));
}

#[test]
fn the_file_that_is_open_is_not_opened_once_more() {
    let mut window = Window::with_sample();
    drop_file(&mut window, SAMPLE);
    assert!(!window.has("打开另一个文件"));
    let said = window.harness.state().said().join(" ");
    assert!(said.contains("已在这个窗口中打开"), "{said}");
}
