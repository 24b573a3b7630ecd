//! 资金: typing, what is computed, the switch of units, and filling in many projects from one table.

use std::sync::Arc;

use egui::{Event, Key, Modifiers, Theme, Vec2};
use jiping::{
    model::{
        document::Document,
        edition::Edition,
        id::{CountedIds, Id},
        project::Project,
    },
    store::{format::write, simulated::SimulatedFs},
    ui::{command::UiCommand, icons},
};

use super::{
    parts::agree,
    setting::{Setup, Window},
};
use crate::cases;

const TOTAL_INITIAL: &str = "资金 年度资金总额 年初预算数";

fn sample() -> Window {
    let mut window = Window::with_sample();
    window.click("资金");
    window
}

/// A document of blank projects on an edition of the tests.
pub fn blank(edition: &str, names: &[&str], setup: Setup) -> Window {
    let mut ids = CountedIds(1 << 40);
    let edition: Edition = cases::edition(edition);
    let mut document = Document::new(Id::new(&mut ids));
    for name in names {
        let mut project = Project::blank(&edition, &mut ids);
        project.header.insert("project_name".into(), (*name).into());
        document.projects.push(project);
    }
    document.editions.push(Arc::new(edition));
    let fs = SimulatedFs::new();
    fs.put("/docs/表.jiping", write(&document));
    let mut window = Window::on(fs, setup);
    window.open("/docs/表.jiping");
    window.click("资金");
    window
}

/// Puts the focus on a cell as a click does.
fn focus(window: &mut Window, name: &str) {
    window.get(name).focus();
    window.run();
}

fn value(window: &Window, name: &str) -> String {
    window.get(name).value().unwrap_or_default()
}

fn figure(window: &Window, row: usize, column: &str) -> String {
    let project = window.project();
    let row = project.funds.get(row).expect("a row");
    row.figure(column).text().to_owned()
}

fn paste(window: &mut Window, text: &str) {
    window.harness.event(Event::Paste(text.into()));
    window.run();
}

#[test]
fn typing_replaces_a_selected_amount_and_keeps_the_text_as_typed() {
    let mut window = sample();
    focus(&mut window, TOTAL_INITIAL);
    window.type_text("8,620,000");
    assert_eq!(figure(&window, 0, "initial"), "8,620,000");
    assert_eq!(value(&window, TOTAL_INITIAL), "8,620,000");
    window.key(Key::Enter);
    assert!(window.get("资金 当年财政拨款 年初预算数").is_focused());
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(figure(&window, 0, "initial"), "8620000.00");
}

#[test]
fn keys_move_between_cells_as_in_excel() {
    let mut window = sample();
    focus(&mut window, TOTAL_INITIAL);
    window.key(Key::ArrowRight);
    assert!(window.get("资金 年度资金总额 全年预算数").is_focused());
    window.key(Key::ArrowDown);
    assert!(window.get("资金 当年财政拨款 全年预算数").is_focused());
    window.key(Key::Tab);
    assert!(window.get("资金 当年财政拨款 全年执行数").is_focused());
    window.key(Key::ArrowUp);
    window.key(Key::ArrowUp);
    assert!(window.get("资金 年度资金总额 全年执行数").is_focused());
    window.keys(Modifiers::SHIFT, Key::Tab);
    window.key(Key::ArrowLeft);
    assert!(window.get(TOTAL_INITIAL).is_focused());
}

#[test]
fn f2_goes_inside_and_esc_restores() {
    let mut window = sample();
    let before = window.document();
    focus(&mut window, TOTAL_INITIAL);
    window.key(Key::F2);
    window.type_text("5");
    assert_eq!(figure(&window, 0, "initial"), "8620000.005");
    window.key(Key::ArrowLeft);
    assert!(window.get(TOTAL_INITIAL).is_focused(), "moves in the text");
    window.key(Key::Escape);
    assert_eq!(window.document(), before);
    assert!(window.get(TOTAL_INITIAL).is_focused());
}

#[test]
fn the_display_switch_leaves_the_document_as_it_is() {
    let mut window = sample();
    let before = window.document();
    assert_eq!(value(&window, TOTAL_INITIAL), "8,620,000.00");
    window.click("显示单位 万元");
    assert!(window.has("显示为万元，表内仍为元"));
    assert_eq!(value(&window, TOTAL_INITIAL), "862.00");
    focus(&mut window, TOTAL_INITIAL);
    assert_eq!(value(&window, TOTAL_INITIAL), "8620000.00");
    assert_eq!(window.document(), before);
}

#[test]
fn a_sum_is_shown_where_the_total_is_missing_and_beside_one_that_differs() {
    let mut window = blank("mof-2020", &["科普"], Setup::default());
    focus(&mut window, "资金 当年财政拨款 年初预算数");
    window.type_text("10.5");
    window.key(Key::Enter);
    window.type_text("2");
    let mark = format!("采用计算值 12.50：{TOTAL_INITIAL}");
    assert!(window.has(&mark));
    focus(&mut window, TOTAL_INITIAL);
    window.type_text("13");
    assert!(window.has(&mark), "beside the typed one");
    window.click(&mark);
    assert_eq!(figure(&window, 0, "initial"), "12.5");
    assert!(!window.has(&mark));
}

#[test]
fn a_computed_score_is_adopted_in_one_step() {
    let mut window = sample();
    focus(&mut window, "资金 年度资金总额 得分");
    window.type_text("9");
    let typed = window.document();
    window.click("查看计算过程");
    assert!(window.has("8,086,475.64 ÷ 8,108,600.00 = 99.73%，× 10 = 9.97"));
    window.click("采用计算值：执行得分");
    assert_eq!(figure(&window, 0, "score"), "9.97");
    assert!(!window.has("采用计算值：执行得分"));
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), typed);
}

#[test]
fn a_pasted_block_fills_cells_in_one_step() {
    let mut window = sample();
    let before = window.document();
    focus(&mut window, "资金 上年结转资金 年初预算数");
    paste(&mut window, "1\t2\t3\r\n4\t5\t6\r\n");
    assert_eq!(window.document(), before, "seen first");
    window.click("粘贴");
    assert_eq!(figure(&window, 2, "executed"), "3");
    assert_eq!(figure(&window, 3, "initial"), "4");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), before);
    focus(&mut window, "资金 上年结转资金 年初预算数");
    paste(&mut window, "1\n2\n3\n");
    assert_eq!(window.document(), before, "the table takes no more rows");
    paste(&mut window, "77.50\r\n");
    assert_eq!(figure(&window, 2, "initial"), "77.50");
}

#[test]
fn own_rows_are_added_and_removed_where_the_edition_has_them() {
    let mut window = blank("forestry-2024", &["林业"], Setup::default());
    let before = window.document();
    window.click(&format!("{} 添加一行资金", icons::PLUS));
    assert_eq!(
        window.project().funds.len(),
        2,
        "{:?}",
        window.harness.state().said()
    );
    window.type_text("省级补助");
    assert_eq!(
        window.project().funds.last().expect("a row").name,
        "省级补助"
    );
    window.click(&format!("{} 删除“省级补助”", icons::TRASH));
    assert_eq!(window.project().funds.len(), 1);
    for _ in 0..3 {
        window.keys(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(window.document(), before);
}

#[test]
fn columns_that_follow_from_others_are_computed() {
    let mut window = blank("shanxi-2020", &["水利"], Setup::default());
    focus(&mut window, "资金 年度资金总额 全年预算数");
    window.type_text("1000.5");
    window.key(Key::Tab);
    window.type_text("900");
    assert!(window.has("采用计算值 100.50：资金 年度资金总额 结余"));
}

#[test]
fn reasons_take_several_lines() {
    let mut window = blank("sichuan-2022", &["水利"], Setup::default());
    focus(&mut window, "资金 总额 原因");
    window.type_text("年中追加");
    window.keys(Modifiers::ALT, Key::Enter);
    window.type_text("跨年支付");
    window.key(Key::Enter);
    let project = window.project();
    assert_eq!(
        &*project.funds.get(0).expect("a row").remark,
        "年中追加\n跨年支付"
    );
    assert!(window.get("资金 财政资金 原因").is_focused());
}

#[test]
fn locked_stages_lock_the_table() {
    let mut window = sample();
    window.click("基本信息");
    window.click("填报阶段");
    window.click("填报阶段 送审");
    agree(&mut window, "送审");
    window.click("资金");
    let before = window.document();
    focus(&mut window, TOTAL_INITIAL);
    window.type_text("1");
    assert_eq!(window.document(), before);
}

#[test]
fn one_table_fills_the_projects_that_it_names() {
    let mut window = blank("mof-2020", &["科普", "培训", "其他"], Setup::default());
    let before = window.document();
    window.click(UiCommand::BatchFunds.label());
    paste(
        &mut window,
        "项目名称\t年初预算数（元）\t全年预算数\t全年执行数\n科普\t100000\t120000\t110000\n培训\t50000\t\t待定\n没有\t1\t1\t1\n",
    );
    assert!(window.has("2 个项目将改动"));
    assert!(window.has("1 行对不上"));
    assert!(window.has("1 格填不进去"));
    assert!(window.has("1 个项目没有提到"));
    window.click("填入 2 个项目");
    assert_eq!(figure(&window, 0, "initial"), "10");
    assert_eq!(figure(&window, 0, "executed"), "11");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), before);
}

#[test]
fn everything_can_be_taken_back_and_made_again() {
    let mut window = sample();
    let before = window.document();
    for (name, text) in [
        (TOTAL_INITIAL, "1"),
        ("资金 其他资金 全年执行数", "2.5"),
        ("资金 年度资金总额 执行率", "12%"),
        ("资金 上年结转资金 名称", "上年结余"),
    ] {
        focus(&mut window, name);
        window.type_text(text);
    }
    let after = window.document();
    for _ in 0..4 {
        window.keys(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(window.document(), before);
    for _ in 0..4 {
        window.keys(Modifiers::COMMAND, Key::Y);
    }
    assert_eq!(window.document(), after);
}

#[test]
fn the_page_draws_at_all_sizes() {
    for (theme, width, height, scale, name) in [
        (Theme::Light, 1366.0, 768.0, 1.0, "light"),
        (Theme::Dark, 1366.0, 768.0, 1.0, "dark"),
        (Theme::Light, 1024.0, 700.0, 1.0, "small"),
        (Theme::Light, 1024.0, 700.0, 1.5, "150"),
    ] {
        let setup = || Setup {
            size: Vec2::new(width, height),
            scale,
            theme,
            pictures: true,
        };
        let mut window = Window::with(setup());
        window.open(super::setting::SAMPLE);
        window.click("资金");
        focus(&mut window, TOTAL_INITIAL);
        window.picture(&format!("funds-{name}"));
        focus(&mut window, "资金 年度资金总额 得分");
        window.type_text("9");
        window.click("显示单位 万元");
        window.click("查看计算过程");
        window.picture(&format!("funds-wan-{name}"));
        window.click(UiCommand::BatchFunds.label());
        window.picture(&format!("batch-empty-{name}"));
        paste(
            &mut window,
            "项目名称\t年初预算数（元）\t全年预算数\t全年执行数\n科协组织建设与事业发展\t100000\t8108600.00\t待定\n没有这个项目\t1\t1\t1\n",
        );
        window.picture(&format!("batch-{name}"));
    }
    let setup = Setup {
        pictures: true,
        ..Setup::default()
    };
    let mut window = blank("chongqing-2022", &["科普"], setup);
    window.picture("funds-blank");
    window.click("基本信息");
    window.picture("basics-chongqing");
    for edition in [
        "forestry-2024",
        "sichuan-2022",
        "transfer-2022",
        "hubei-2019",
    ] {
        let setup = Setup {
            pictures: true,
            ..Setup::default()
        };
        let mut window = blank(edition, &["科普"], setup);
        window.picture(&format!("funds-{edition}"));
        window.click("基本信息");
        window.picture(&format!("basics-{edition}"));
    }
}
