//! 与其他文件比较: the open document beside another file.

use egui::{Key, Modifiers, Theme, Vec2};
use jiping::{
    edit::command::{EditCommand, Parts},
    model::{
        path::{CellPath, GoalField, IndicatorField, Place},
        project::header,
    },
    store::format,
    ui::{action::Action, command::UiCommand as C},
};

use super::{
    parts::press,
    setting::{SAMPLE, Setup, Window},
};

fn send(window: &mut Window, action: Action) {
    window.harness.state_mut().send(action);
    window.run();
}

fn set(window: &mut Window, at: CellPath, text: &str) {
    let text = text.to_owned();
    send(window, Action::Edit(EditCommand::SetCell { at, text }));
}

fn first_actual(window: &Window) -> CellPath {
    let project = window.project();
    let row = project.rows().next().expect("a row").indicator;
    project.at_indicator(row, IndicatorField::Actual)
}

/// Changes of several kinds in the open sample.
pub fn change_sample(window: &mut Window) {
    let at = first_actual(window);
    set(window, at, "99项");
    let project = window.project();
    let name = project.name().replace("学术", "学术和科普");
    let at = project.at(Place::Header(header::PROJECT_NAME.into()));
    set(window, at, &name);
    let goal = project.goals.first().expect("a goal");
    let text = goal.actual.replacen("活动", "系列活动", 2);
    let at = project.at(Place::Goal(goal.id, GoalField::Actual));
    set(window, at, &format!("{text}全部按期完成。"));
    let fund = project.funds.first().expect("a row");
    let amount = fund.figure("executed").text().to_owned();
    let at = project.at(Place::Fund(fund.id, "executed".into()));
    let exact = if amount.contains('.') { "0" } else { ".00" };
    set(window, at, &format!("{amount}{exact}"));
    let gone = project.rows().nth(3).expect("a row").indicator.id;
    let parts = Parts::Indicators(vec![gone]);
    let project = project.id;
    send(window, Action::Edit(EditCommand::Remove { project, parts }));
}

/// The changed sample beside its file.
fn compared(setup: Setup) -> Window {
    let mut window = Window::with(setup);
    window.open(SAMPLE);
    change_sample(&mut window);
    window.will_choose(SAMPLE);
    send(&mut window, Action::Do(C::Compare));
    window
}

#[test]
fn changes_are_listed_filtered_and_lead_to_their_cells() {
    let mut window = compared(Setup::default());
    assert!(window.has_text("1 个项目有改动"));
    let at = first_actual(&window);
    let row = window
        .project()
        .rows()
        .next()
        .expect("a row")
        .indicator
        .name
        .clone();
    assert!(window.has_text("→ 99项"), "what stands there now");
    assert!(window.has_text("写法不同"));
    window.type_text("99项");
    assert!(
        !window.has_text("写法不同 资金"),
        "the search narrows the list"
    );
    assert!(window.has_text(&row));
    window.key(Key::Enter);
    assert!(!window.has_text("1 个项目有改动"), "the dialog is gone");
    assert_eq!(window.cell(), Some(at));
}

#[test]
fn the_way_back_shows_the_document_as_it_is_by_now() {
    let mut window = compared(Setup::default());
    press(&mut window, "关闭");
    let project = window.project();
    let at = project.at(Place::Header(header::UNIT.into()));
    set(&mut window, at, "另一个单位");
    send(&mut window, Action::Do(C::Compare));
    assert!(window.has_text("→ 另一个单位"), "no file was asked for");
    press(&mut window, "交换新旧");
    assert!(window.has_text("另一个单位 →"));
}

#[test]
fn the_same_file_is_told_to_be_the_same_and_a_broken_one_to_be_broken() {
    let mut window = Window::with_sample();
    window.will_choose(SAMPLE);
    send(&mut window, Action::Do(C::Compare));
    assert!(window.has("两份内容相同"));
    window.fs.put("/docs/坏.jiping", &b"{"[..]);
    window.will_choose("/docs/坏.jiping");
    press(&mut window, "换一个文件…");
    assert!(window.has("没有比较"));
}

#[test]
fn lists_and_marked_copies_are_written_where_the_person_says() {
    let mut window = compared(Setup::default());
    for (button, path, begins) in [
        ("导出 Excel…", "/docs/清单.xlsx", &b"PK"[..]),
        (
            "导出 CSV…",
            "/docs/清单.csv",
            "\u{feff}序号,项目名称".as_bytes(),
        ),
        ("导出对照审阅稿…", "/docs/对照.pdf", b"%PDF"),
    ] {
        window.will_choose(path);
        press(&mut window, button);
        let written = window.fs.content(path).expect(button);
        assert!(written.starts_with(begins), "{button}");
    }
    let before = window.fs.content(SAMPLE).expect("the sample");
    assert!(format::read(&before, &mut jiping::model::id::CountedIds(0)).is_ok());
}

#[test]
fn the_comparison_draws() {
    for (theme, size, name) in [
        (Theme::Light, Vec2::new(1366.0, 768.0), "compare-light"),
        (Theme::Dark, Vec2::new(1366.0, 768.0), "compare-dark"),
        (Theme::Light, Vec2::new(1024.0, 700.0), "compare-small"),
    ] {
        let mut window = compared(Setup {
            size,
            theme,
            pictures: true,
            ..Setup::default()
        });
        window.keys(Modifiers::NONE, Key::ArrowDown);
        window.keys(Modifiers::NONE, Key::ArrowDown);
        window.picture(name);
    }
}
