//! 抄录窗. In these tests it stands inside the main window, as it does where a platform gives it none of its own.

use egui::{Key, Modifiers, OutputCommand, Theme, Vec2};
use egui_kittest::kittest::Queryable as _;
use jiping::{
    edit::command::EditCommand,
    model::path::{IndicatorField, Place},
    store::simulated::SimulatedFs,
    ui::action::Action,
};

use super::{
    parts::press,
    setting::{SAMPLE, Setup, Window},
};

/// What the last frame put on the clipboard.
fn copied(window: &Window) -> Option<String> {
    let commands = &window.harness.output().platform_output.commands;
    commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

/// Clicks on a button; what came onto the clipboard.
fn copies(window: &mut Window, button: &str) -> Option<String> {
    window.harness.get_by_label(button).click();
    follow_copies(window)
}

/// Draws until the window stands still; what came onto the clipboard meanwhile.
fn follow_copies(window: &mut Window) -> Option<String> {
    let mut found = None;
    for _ in 0..4 {
        window.harness.step();
        found = copied(window).or(found);
    }
    window.run();
    found
}

/// As [`copies`] by a key. Down and up are frames of their own: the harness shows what came of the last one only.
fn key_copies(window: &mut Window, key: Key) -> Option<String> {
    window.harness.key_down(key);
    let found = follow_copies(window);
    window.harness.key_up(key);
    window.run();
    found
}

/// The sample with the window open.
fn opened() -> Window {
    let mut window = Window::with_sample();
    window.keys(Modifiers::COMMAND, Key::T);
    window
}

/// Takes an option of a choice.
fn choose(window: &mut Window, choice: &str, option: &str) {
    window.click(choice);
    window.click(&format!("{choice} {option}"));
}

#[test]
fn each_press_copies_the_next_cell_and_says_where_it_stands() {
    let mut window = opened();
    assert!(window.has("基本信息 · 项目名称"));
    assert!(window.has("还没有复制"));
    let name = "科协组织建设与事业发展";
    assert_eq!(copies(&mut window, "复制这一格").as_deref(), Some(name));
    assert!(window.has_text("已复制"));
    assert!(
        window.has("下一格：基本信息 · 年度"),
        "the blank code is passed over"
    );
    assert_eq!(copies(&mut window, "复制下一格").as_deref(), Some("2020年"));
    let department = "深圳市科学技术协会";
    assert_eq!(
        copies(&mut window, "复制下一格").as_deref(),
        Some(department)
    );
    assert!(window.has_text("第 3 格"));
    assert_eq!(copies(&mut window, "上一格").as_deref(), Some("2020年"));
    assert!(window.has("基本信息 · 年度"));
    window.click("从头开始");
    assert!(window.has_text("第 1 格"));
    assert!(window.has("还没有复制"));
}

#[test]
fn keys_copy_while_the_button_has_the_focus() {
    let mut window = opened();
    assert!(window.get("复制这一格").is_focused());
    key_copies(&mut window, Key::Space);
    assert_eq!(
        key_copies(&mut window, Key::Enter).as_deref(),
        Some("2020年")
    );
    key_copies(&mut window, Key::ArrowRight);
    assert!(window.has_text("第 3 格"));
    assert_eq!(
        key_copies(&mut window, Key::ArrowLeft).as_deref(),
        Some("2020年")
    );
    // Into the fund table, where a cell has a line more above the button.
    for _ in 0..6 {
        key_copies(&mut window, Key::ArrowRight);
    }
    assert!(window.has_text("第 8 格"));
    assert!(window.get("复制下一格").is_focused());
}

#[test]
fn another_system_has_its_own_order_and_the_place_in_each_is_kept() {
    let mut window = opened();
    copies(&mut window, "复制这一格");
    copies(&mut window, "复制下一格");
    choose(&mut window, "系统", "安徽 预算管理一体化");
    assert!(window.has("绩效指标 第1行 · 一级指标"));
    assert_eq!(
        copies(&mut window, "复制这一格").as_deref(),
        Some("产出指标")
    );
    choose(&mut window, "系统", "通用：自评表顺序");
    assert!(window.has_text("第 2 格"));
    // Closed and opened again, it goes on where it was.
    window.click("关闭");
    assert!(!window.has("系统"));
    window.keys(Modifiers::COMMAND, Key::T);
    assert!(window.has_text("第 2 格"));
}

#[test]
fn edits_are_seen_at_once() {
    let mut window = opened();
    choose(&mut window, "系统", "安徽 预算管理一体化");
    window.click("跳到…");
    window.click("绩效指标 第2行　科协六届五次常委会");
    assert!(window.has("绩效指标 第2行 · 一级指标"));
    for expected in ["产出指标", "数量指标", "科协六届五次常委会", "1"] {
        let button = if window.has("复制这一格") {
            "复制这一格"
        } else {
            "复制下一格"
        };
        assert_eq!(copies(&mut window, button).as_deref(), Some(expected));
    }
    let project = window.project();
    let row = project.rows().nth(1).expect("a row").indicator.id;
    let at = project.at(Place::Indicator(row, IndicatorField::Target));
    let text = "改成 2 次".into();
    let edit = Action::Edit(EditCommand::SetCell { at, text });
    window.harness.state_mut().send(edit);
    window.run();
    assert!(window.has("改成 2 次"));
    assert!(window.has("还没有复制"));
    assert_eq!(
        copies(&mut window, "复制这一格").as_deref(),
        Some("改成 2 次")
    );
}

#[test]
fn blank_cells_come_when_they_are_wanted() {
    let mut window = opened();
    let skipping = window.harness.get_by_label_contains("跳过空格（");
    skipping.click();
    window.run();
    copies(&mut window, "复制这一格");
    assert!(window.has("下一格：基本信息 · 项目编码"));
    assert_eq!(copies(&mut window, "复制下一格").as_deref(), Some(""));
    assert!(window.has("（空）"));
}

#[test]
fn where_there_is_nothing_to_copy_it_says_why() {
    let mut window = opened();
    press(&mut window, "关闭");
    let project = window.project().id;
    let edit = Action::Edit(EditCommand::RemoveProject { project });
    window.harness.state_mut().send(edit);
    window.run();
    window.keys(Modifiers::COMMAND, Key::T);
    assert!(window.has_text("文件里还没有项目"));
    let sample = std::str::from_utf8(include_bytes!(
        "../../../assets/samples/shenzhen-2020-filed.jiping"
    ));
    let foreign = sample
        .expect("text")
        .replace("shenzhen-2020", "nowhere-2020");
    window.fs.put("/docs/外地.jiping", foreign);
    let mut window = Window::on(window.fs.clone(), Setup::default());
    window.open("/docs/外地.jiping");
    window.keys(Modifiers::COMMAND, Key::T);
    assert!(window.has_text("缺少表样“nowhere-2020”"));
}

#[test]
fn a_map_beside_the_settings_can_be_chosen_and_a_broken_one_is_told() {
    let fs = SimulatedFs::new();
    let sample = include_bytes!("../../../assets/samples/shenzhen-2020-filed.jiping");
    fs.put(SAMPLE, sample);
    let map = serde_json::json!({
        "id": "own", "name": "本市申报系统", "source": "本单位整理", "verified": true,
        "tables": [{ "name": "自评得分", "rows": "project", "columns": [
            { "key": "score", "caption": "自评总分", "field": "total_score", "number": true },
        ]}],
    });
    fs.put("/data/systems/own.json", map.to_string());
    fs.put("/data/systems/broken.json", "{}");
    let mut window = Window::on(fs, Setup::default());
    let said = window.harness.state().said().join("\n");
    assert!(
        said.contains("字段表没有载入") && said.contains("broken.json"),
        "{said}"
    );
    window.open(SAMPLE);
    window.keys(Modifiers::COMMAND, Key::T);
    choose(&mut window, "系统", "本市申报系统");
    assert!(window.has("自评得分 · 自评总分"));
    assert_eq!(copies(&mut window, "复制这一格").as_deref(), Some("99.97"));
    assert!(window.has("已是最后一格") && window.has("都抄完了"));
}

#[test]
fn it_is_drawn_in_light_and_dark() {
    for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        let mut window = Window::with(Setup {
            size: Vec2::new(1000.0, 700.0),
            theme,
            pictures: true,
            ..Setup::default()
        });
        window.open(SAMPLE);
        window.keys(Modifiers::COMMAND, Key::T);
        window.picture(&format!("transcribing-begun-{name}"));
        for _ in 0..8 {
            window.key(Key::ArrowRight);
        }
        window.picture(&format!("transcribing-{name}"));
        window.click("跳到…");
        window.picture(&format!("transcribing-list-{name}"));
    }
}
