//! The preview: the pages that are printed, the way from a printed cell to its field and back, and what is made of the pages.

use egui::{Event, Key, Modifiers, Pos2, Theme, Vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiping::{
    edit::command::EditCommand,
    model::{path::Place, project::header},
    ui::{action::Action, command::UiCommand, desk::Page},
};

use super::setting::{SAMPLE, Setup, Window};

const CTRL: Modifiers = Modifiers::COMMAND;

fn previewed() -> Window {
    let mut window = Window::with_sample();
    window.keys(CTRL, Key::Num6);
    window
}

/// What a screen reader says of the paper.
fn paper(window: &Window) -> String {
    let node = window.harness.get_by_label_contains("打印页面");
    node.accesskit_node().label().expect("a name")
}

/// The middle of the paper in sight.
fn middle(window: &Window) -> Pos2 {
    let node = window.harness.get_by_label_contains("打印页面");
    let seen = node.rect().intersect(window.harness.ctx.content_rect());
    seen.center()
}

fn point_at(window: &mut Window, at: Pos2) {
    window.harness.event(Event::PointerMoved(at));
    window.run();
}

fn click_at(window: &mut Window, at: Pos2) {
    point_at(window, at);
    for pressed in [true, false] {
        window.harness.event(Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        window.run();
    }
}

#[test]
fn the_key_of_printing_shows_the_pages() {
    let window = previewed();
    assert_eq!(window.harness.state().position().page, Page::Preview);
    assert_eq!(paper(&window), "打印页面，第 1 页，共 3 页");
}

#[test]
fn a_click_on_a_printed_cell_goes_to_its_field() {
    let mut window = previewed();
    let at = middle(&window);
    click_at(&mut window, at);
    let cell = window.cell().expect("a field under the pointer");
    let page = window.harness.state().position().page;
    assert_eq!(page, Page::of(&cell.place));
    assert_ne!(page, Page::Preview);
}

#[test]
fn the_field_where_the_person_was_is_in_sight() {
    let mut window = Window::with_sample();
    let project = window.project();
    let last = project.rows().last().expect("rows").indicator.id;
    let field = jiping::model::path::IndicatorField::Actual;
    let at = project.at(Place::Indicator(last, field));
    window.harness.state_mut().send(Action::GoTo(at.clone()));
    window.run();
    window.keys(CTRL, Key::Num6);
    assert_ne!(paper(&window), "打印页面，第 1 页，共 3 页");
    // The keyboard's way back.
    window.key(Key::Enter);
    assert_eq!(window.harness.state().position().page, Page::Indicators);
    assert_eq!(window.cell(), Some(at));
}

#[test]
fn pages_follow_an_edit() {
    let mut window = previewed();
    let project = window.project();
    let name = Place::Header(header::PROJECT_NAME.into());
    let longer = "很长的项目名称".repeat(400);
    let command = EditCommand::SetCell {
        at: project.at(name),
        text: longer,
    };
    window.harness.state_mut().send(Action::Edit(command));
    window.run();
    assert_eq!(paper(&window), "打印页面，第 1 页，共 5 页");
    window.keys(CTRL, Key::Z);
    assert_eq!(paper(&window), "打印页面，第 1 页，共 3 页");
}

#[test]
fn pages_are_turned_by_buttons_numbers_and_keys() {
    let mut window = previewed();
    window.click("单页");
    window.click("下一页");
    assert_eq!(paper(&window), "打印页面，第 2 页，共 3 页");
    window.key(Key::End);
    assert_eq!(paper(&window), "打印页面，第 3 页，共 3 页");
    window.keys(Modifiers::NONE, Key::PageUp);
    assert_eq!(paper(&window), "打印页面，第 2 页，共 3 页");
    window.click("页码");
    window.keys(CTRL, Key::A);
    window.type_text("3");
    window.key(Key::Enter);
    assert_eq!(paper(&window), "打印页面，第 3 页，共 3 页");
    window.click("连续");
    assert_eq!(paper(&window), "打印页面，第 3 页，共 3 页");
}

#[test]
fn the_wheel_with_ctrl_sizes_the_pages_and_not_the_window() {
    let mut window = previewed();
    let before = window.harness.state().settings().clone();
    let at = middle(&window);
    point_at(&mut window, at);
    window.harness.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: Vec2::new(0.0, 2.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: CTRL,
    });
    window.run();
    let after = window.harness.state().settings();
    assert_eq!(after.zoom, before.zoom);
    assert_ne!(after.preview.size, before.preview.size);
}

#[test]
fn the_review_copy_has_its_options() {
    let mut window = previewed();
    window.click("审阅稿");
    let whole = paper(&window);
    window.click("得分测算过程");
    let without = paper(&window);
    assert_ne!(without, whole);
    window.click("校验意见");
    assert_ne!(paper(&window), without);
    window.click("正式表");
    assert_eq!(paper(&window), "打印页面，第 1 页，共 3 页");
}

#[test]
fn all_projects_are_printed_on_request() {
    let mut window = previewed();
    assert!(!window.has("当前项目"));
    let duplicate = Action::Do(UiCommand::DuplicateProject);
    window.harness.state_mut().send(duplicate);
    window.run();
    window.click("全部 2 个项目");
    assert_eq!(paper(&window), "打印页面，第 1 页，共 6 页");
}

#[test]
fn a_pdf_and_pictures_are_written() {
    let mut window = previewed();
    window.will_choose("/out/表.pdf");
    window.fs.put("/out/.keep", "");
    window.click("导出 PDF…");
    let pdf = window.fs.content("/out/表.pdf").expect("a file");
    assert!(pdf.starts_with(b"%PDF-1.7"));
    window.will_choose("/out/表.png");
    window.click("导出图片…");
    for page in 1..=3 {
        let path = format!("/out/表 第{page}页.png");
        let picture = window.fs.content(&path).expect("a file");
        assert!(picture.starts_with(b"\x89PNG"));
    }
    // A second time somebody is asked.
    window.fs.put("/out/表 第2页.png", "mine");
    window.will_choose("/out/表.png");
    window.click("导出图片…");
    assert_eq!(window.fs.content("/out/表 第2页.png").expect("it"), b"mine");
    window.click("替换");
    let picture = window.fs.content("/out/表 第2页.png").expect("a file");
    assert!(picture.starts_with(b"\x89PNG"));
}

#[test]
fn the_systems_program_gets_a_pdf() {
    let mut window = previewed();
    window.click("用系统程序打开 PDF");
    let opened = window.opened_with_system();
    assert_eq!(opened.len(), 1);
    let name = opened[0].to_str().expect("a path");
    assert!(name.starts_with("/data/views/2021-03-05"), "{name}");
    let pdf = window.fs.content(name).expect("a file");
    assert!(pdf.starts_with(b"%PDF"));
}

#[test]
fn a_disk_that_refuses_is_told_in_words() {
    let mut window = previewed();
    window.will_choose("/nowhere/表.pdf");
    window.click("导出 PDF…");
    assert!(window.has("没有导出"));
    let node = window.harness.query_by_label_contains("/nowhere");
    assert!(node.is_some());
}

#[test]
fn saving_offers_a_pdf_beside_the_file() {
    let mut window = Window::with_sample();
    edit_name(&mut window, "改过的项目");
    window.keys(CTRL, Key::S);
    window.click("同时导出 PDF");
    let pdf = window.fs.content("/docs/科协2020.pdf").expect("a file");
    assert!(pdf.starts_with(b"%PDF"));
}

#[test]
fn where_it_is_set_each_save_leaves_a_pdf_but_never_over_anothers() {
    let window = Window::with(Setup::default());
    window.fs.put(
        "/data/settings.json",
        r#"{"appearance": "light", "also_export": true}"#,
    );
    let mut window = Window::on(window.fs.clone(), Setup::default());
    window.open(SAMPLE);
    window.fs.put("/docs/科协2020.pdf", "a signed scan");
    edit_name(&mut window, "改过的项目");
    window.keys(CTRL, Key::S);
    let kept = window.fs.content("/docs/科协2020.pdf").expect("it");
    assert_eq!(kept, b"a signed scan");
    let said = window.harness.state().said()[0].to_owned();
    assert!(said.contains("没有覆盖"), "{said}");
    // What the program itself wrote is renewed.
    window
        .harness
        .state_mut()
        .send(Action::Do(UiCommand::ShowPage(Page::Preview)));
    window.run();
    window.will_choose("/docs/科协2020.pdf");
    window.click("导出 PDF…");
    let first = window.fs.content("/docs/科协2020.pdf").expect("a file");
    edit_name(&mut window, "又改过的项目");
    window.keys(CTRL, Key::S);
    let second = window.fs.content("/docs/科协2020.pdf").expect("a file");
    assert_ne!(first, second);
    assert!(second.starts_with(b"%PDF"));
}

fn edit_name(window: &mut Window, name: &str) {
    let at = window
        .project()
        .at(Place::Header(header::PROJECT_NAME.into()));
    let command = EditCommand::SetCell {
        at,
        text: name.into(),
    };
    window.harness.state_mut().send(Action::Edit(command));
    window.run();
}

#[test]
fn another_document_never_shows_the_pages_of_the_one_before() {
    let mut window = previewed();
    window.harness.state_mut().open(SAMPLE.as_ref());
    window.run();
    window.keys(CTRL, Key::Num6);
    assert_eq!(paper(&window), "打印页面，第 1 页，共 3 页");
}

#[test]
fn the_page_draws_at_all_sizes() {
    for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        for (size, scale) in [
            (Vec2::new(1366.0, 768.0), 1.0),
            (Vec2::new(1366.0, 768.0), 1.5),
            (Vec2::new(1024.0, 700.0), 1.0),
        ] {
            let mut window = Window::with(Setup {
                size: size / scale,
                scale,
                theme,
                pictures: true,
            });
            window.open(SAMPLE);
            window.keys(CTRL, Key::Num6);
            let width = size.x;
            window.picture(&format!("preview-{name}-{width}-{scale}"));
        }
    }
}
