//! 基本信息: header, stage, money unit, footnotes, proposals.

use egui::{Key, Modifiers, Theme, Vec2};
use jiping::model::{figure::MoneyUnit, project::Stage};

use super::{
    funds::blank,
    parts::agree,
    setting::{SAMPLE, Setup, Window},
};

fn sample() -> Window {
    let mut window = Window::with_sample();
    window.click("基本信息");
    window
}

fn focus(window: &mut Window, name: &str) {
    window.get(name).focus();
    window.run();
}

#[test]
fn header_fields_are_typed_and_taken_back() {
    let mut window = sample();
    let before = window.document();
    focus(&mut window, "主管部门");
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("市科协");
    assert_eq!(window.project().header("department"), "市科协");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), before);
}

#[test]
fn the_stage_locks_and_opens_the_form() {
    let mut window = sample();
    let before = window.document();
    window.click("填报阶段");
    window.click("填报阶段 送审");
    agree(&mut window, "送审");
    assert_eq!(window.project().stage, Stage::Submitted);
    focus(&mut window, "主管部门");
    window.type_text("改");
    assert_eq!(window.project().header("department"), "深圳市科学技术协会");
    window.click("填报阶段");
    window.click("填报阶段 退回");
    agree(&mut window, "退回");
    assert_eq!(window.project().stage, Stage::Returned);
    window.keys(Modifiers::COMMAND, Key::Z);
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), before);
}

#[test]
fn the_money_unit_changes_with_or_without_the_amounts() {
    let mut window = sample();
    let before = window.document();
    let amount = |window: &Window| {
        let project = window.project();
        let row = project.funds.get(0).expect("a row");
        row.figure("adjusted").number().expect("an amount")
    };
    let yuan = amount(&window);
    window.click("金额单位 万元");
    window.click("更改单位");
    assert_eq!(window.project().money_unit, MoneyUnit::TenThousandYuan);
    assert_eq!(amount(&window) * rust_decimal::dec!(10000), yuan);
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), before);

    window.click("金额单位 万元");
    window.click("只改单位，数字不变");
    window.click("更改单位");
    assert_eq!(window.project().money_unit, MoneyUnit::TenThousandYuan);
    assert_eq!(amount(&window), yuan);
}

#[test]
fn footnotes_are_added_and_removed() {
    let mut window = sample();
    let before = window.document();
    focus(&mut window, "添加注释");
    window.type_text("附件略");
    let count = window.project().stated.footnotes.len();
    assert_eq!(
        window.project().stated.footnotes.last().expect("one"),
        "附件略"
    );
    let remove = format!("删除注释 {count}");
    window.get(&remove).scroll_to_me();
    window.run();
    window.click(&remove);
    assert_eq!(window.project().stated.footnotes.len(), count - 1);
    window.keys(Modifiers::COMMAND, Key::Z);
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), before);
}

#[test]
fn values_of_other_projects_are_proposed_and_taken_by_keys() {
    let mut window = sample();
    duplicate_project(&mut window);
    focus(&mut window, "主管部门");
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("科学");
    assert!(window.has("深圳市科学技术协会"), "a proposal");
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert_eq!(window.project().header("department"), "深圳市科学技术协会");
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("科学");
    window.key(Key::Escape);
    assert!(window.get("主管部门").is_focused());
    window.key(Key::Enter);
    assert_eq!(window.project().header("department"), "科学");
}

fn duplicate_project(window: &mut Window) {
    use jiping::ui::{action::Action, command::UiCommand};
    let app = window.harness.state_mut();
    app.send(Action::Do(UiCommand::DuplicateProject));
    window.run();
}

#[test]
fn choices_and_further_tables_are_filled_in() {
    let mut window = blank("hubei-2019", &["水利"], Setup::default());
    window.click("基本信息");
    window.click("项目属性");
    window.click("项目属性 新增性项目");
    let project = window.project();
    assert!(project.header.values().any(|text| &**text == "新增性项目"));

    let mut window = blank("transfer-2022", &["水利"], Setup::default());
    window.click("基本信息");
    let table = &window.project().tables["fund_management"];
    let key = table.first().expect("a row").key.clone();
    let edition = crate::cases::edition("transfer-2022");
    let row = edition.tables[0].rows.iter().find(|row| row.key == key);
    let caption = &row.expect("its layout").caption;
    focus(&mut window, &format!("资金管理情况 {caption} 情况说明"));
    window.type_text("按规定分配");
    let project = window.project();
    let row = project.tables["fund_management"].first().expect("a row");
    assert!(row.cells.values().any(|text| &**text == "按规定分配"));
}

#[test]
fn the_page_draws_at_all_sizes() {
    for (theme, width, height, scale, name) in [
        (Theme::Light, 1366.0, 768.0, 1.0, "light"),
        (Theme::Dark, 1366.0, 768.0, 1.0, "dark"),
        (Theme::Light, 1024.0, 700.0, 1.5, "150"),
    ] {
        let mut window = Window::with(Setup {
            size: Vec2::new(width, height),
            scale,
            theme,
            pictures: true,
        });
        window.open(SAMPLE);
        window.click("基本信息");
        window.picture(&format!("basics-{name}"));
        window.click("填报阶段");
        window.picture(&format!("basics-stage-{name}"));
    }
}
