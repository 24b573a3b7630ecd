//! 年中监控 and 预算调整: what is typed there, what is offered, and that it goes on to the year's end.

use std::sync::Arc;

use egui::{Key, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use jiping::{
    edit::command::EditCommand,
    model::{
        budget::{BudgetAdjustment, BudgetMove},
        indicator::Indicator,
        monitoring::key,
        path::{IndicatorField, Place},
        project::{Stage, fund},
    },
    store::{format::write, simulated::SimulatedFs},
    ui::{action::Action, command::UiCommand, desk::Page},
};

use super::{
    findings::findings,
    parts::{enter, field, press},
    setting::{SAMPLE, Setup, Window},
};
use crate::cases;

const ROW: &str = "年度课题数量";

/// Two adjustments of the budget as a person records them.
pub fn adjustments() -> [BudgetAdjustment; 2] {
    let one = |id: u64, way, amount: &str, number: &str, reason: &str| BudgetAdjustment {
        way,
        amount: amount.into(),
        date: "2020-08-10".into(),
        document_no: number.into(),
        reason: reason.into(),
        ..serde_json::from_str(&format!(r#"{{"id": "{id:016x}", "way": "increase"}}"#))
            .expect("an adjustment")
    };
    [
        one(
            0xB1,
            BudgetMove::Decrease,
            "611400.00",
            "深财预〔2020〕33号",
            "压减一般性支出",
        ),
        one(0xB2, BudgetMove::Increase, "100000", "", "追加人才活动经费"),
    ]
}

fn send(window: &mut Window, action: Action) {
    window.harness.state_mut().send(action);
    window.run();
}

/// The sample at 执行监控, with a form for monitoring that travels with it.
fn at_mid_year(setup: Setup) -> Window {
    let mut document = (*Window::with_sample().document()).clone();
    let edition = Arc::new(cases::edition("monitoring-small"));
    document.editions.push(edition);
    document.projects.get_mut(0).expect("a project").stage = Stage::Monitoring;
    let fs = SimulatedFs::new();
    fs.put(SAMPLE, write(&document));
    let mut window = Window::on(fs, setup);
    window.open(SAMPLE);
    window.click("年中监控");
    window
}

fn adjusted(window: &Window) -> Vec<String> {
    let project = window.project();
    let rows = project.funds.iter();
    rows.map(|row| row.figure(fund::ADJUSTED).text().to_owned())
        .collect()
}

/// What a row says at mid-year.
fn monitored(window: &Window, name: &str, key: &str) -> String {
    let project = window.project();
    let mut rows = project.rows().map(|view| view.indicator);
    let row: &Indicator = rows.find(|row| row.name == name).expect("the row");
    row.monitoring(key).to_owned()
}

/// Goes to a cell of a row at mid-year.
fn go_to(window: &mut Window, name: &str, key: &str) {
    let project = window.project();
    let row = project.rows().find(|view| view.indicator.name == name);
    let field = IndicatorField::Extra(key.to_owned());
    let at = project.at_indicator(row.expect("the row").indicator, field);
    send(window, Action::GoTo(at));
}

fn focus(window: &mut Window, name: &str) {
    window.get(name).focus();
    window.run();
}

#[test]
fn an_adjustment_of_the_budget_is_recorded_and_the_offer_taken() {
    let mut window = Window::with_sample();
    let before = adjusted(&window);
    send(&mut window, Action::Do(UiCommand::BudgetAdjustments));
    press(&mut window, "登记");
    assert!(window.has("没有登记：请填写调整的金额，例如 20.00。"));
    window.click("调减");
    enter(&mut window, "调整金额");
    window.type_text("500000");
    enter(&mut window, "调整理由");
    window.type_text("压减一般性支出");
    press(&mut window, "登记");
    let project = window.project();
    let record = project.budget_adjustments.first().expect("on record");
    assert_eq!(
        (record.way, record.amount.text()),
        (BudgetMove::Decrease, "500000")
    );
    assert_eq!(record.date, "2021-03-05");
    assert_eq!(adjusted(&window), before, "nothing is filled in unasked");
    let codes = |window: &Window| -> Vec<&str> {
        findings(window).iter().map(|one| one.rule.code).collect()
    };
    assert!(codes(&window).contains(&"B21") && codes(&window).contains(&"P09"));

    press(&mut window, "把全年预算数填为 8,120,000.00");
    assert_eq!(adjusted(&window)[0], "8120000.00");
    assert!(!codes(&window).contains(&"B21"));
    press(&mut window, "修改：调减 500,000.00 元");
    enter(&mut window, "调整文号");
    window.type_text("深财预〔2020〕33号");
    press(&mut window, "登记");
    assert!(!codes(&window).contains(&"P09"));
    press(&mut window, "关闭");
    send(&mut window, Action::Do(UiCommand::Undo));
    send(&mut window, Action::Do(UiCommand::Undo));
    assert_eq!(adjusted(&window), before, "one step back");
    assert_eq!(window.project().budget_adjustments.len(), 1);
}

#[test]
fn figures_of_mid_year_are_typed_printed_and_kept_to_the_end_of_the_year() {
    let mut window = at_mid_year(Setup::default());
    field(&window, "监控截止日期").focus();
    window.run();
    window.type_text("7月31日");
    assert!(window.has_text("监控期：1月1日至7月31日，全年已过 58%"));
    focus(&mut window, "年度资金总额 截至监控日执行数");
    window.type_text("2000000");
    window.key(Key::Enter);
    assert!(window.get("当年财政拨款 截至监控日执行数").is_focused());
    assert!(window.has_text("请关注支出进度"), "24.66% of the budget");

    go_to(&mut window, ROW, key::MONITORED);
    let name = format!("{ROW} 截至监控日完成情况");
    let (row, height) = (window.get(&name).rect(), Setup::default().size.y);
    assert!(row.max.y < height, "it is brought into sight");
    window.type_text("8");
    window.key(Key::Enter);
    assert_eq!(monitored(&window, ROW, key::MONITORED), "8");
    let choice = format!("{ROW} 完成目标可能性");
    let choice = window
        .harness
        .get_by_role_and_label(Role::ComboBox, &choice);
    choice.click();
    window.run();
    press(&mut window, &format!("{ROW} 完成目标可能性 完全不可能"));
    assert_eq!(monitored(&window, ROW, key::OUTLOOK), "完全不可能");
    assert!(window.has_text("完全不可能完成的，请写明偏差原因"));
    focus(&mut window, &format!("{ROW} 监控偏差原因"));
    window.type_text("经费到位晚");
    window.key(Key::Enter);
    assert!(!window.has_text("完全不可能完成的，请写明偏差原因"));

    let head = Place::Header(key::UNTIL.to_owned());
    let head = window.project().at(head);
    send(&mut window, Action::GoTo(head));
    press(
        &mut window,
        &format!("{} 预览监控表", jiping::ui::icons::EYE),
    );
    assert_eq!(window.harness.state().position().page, Page::Preview);
    window.will_choose("/docs/监控.pdf");
    send(&mut window, Action::Do(UiCommand::ExportPdf));
    let asked = window.requests();
    let asked = asked.last().expect("asked where to");
    assert!(format!("{asked:?}").contains("（监控表）"), "{asked:?}");
    let pdf = window.fs.content("/docs/监控.pdf").expect("written");
    assert!(pdf.starts_with(b"%PDF-"));

    let project = window.project().id;
    let stage = Stage::SelfEvaluation;
    send(
        &mut window,
        Action::Edit(EditCommand::SetStage { project, stage }),
    );
    assert_eq!(monitored(&window, ROW, key::MONITORED), "8");
    go_to(&mut window, ROW, key::REASON);
    assert_eq!(window.harness.state().position().page, Page::Monitoring);
    assert!(field(&window, &format!("{ROW} 监控偏差原因")).is_focused());
}

#[test]
fn columns_are_pasted_from_excel_past_captions() {
    let mut window = at_mid_year(Setup::default());
    go_to(&mut window, ROW, key::MONITORED);
    window
        .harness
        .event(egui::Event::Paste("4\t8\n2\t3\n".into()));
    window.run();
    assert_eq!(monitored(&window, ROW, key::MONITORED), "4");
    assert_eq!(monitored(&window, ROW, key::FORECAST), "8");
    assert_eq!(
        monitored(&window, "常委会专门委员会活动", key::FORECAST),
        "3"
    );
    let before = window.document();
    send(&mut window, Action::Do(UiCommand::Undo));
    assert_eq!(monitored(&window, ROW, key::MONITORED), "", "one step");
    send(&mut window, Action::Do(UiCommand::Redo));
    assert_eq!(window.document(), before);
}

#[test]
fn the_page_draws_narrow_and_wide() {
    for (name, theme, size) in [
        ("light", egui::Theme::Light, [1366.0, 768.0]),
        ("dark", egui::Theme::Dark, [1366.0, 768.0]),
        ("1024", egui::Theme::Light, [1024.0, 700.0]),
        ("wide", egui::Theme::Light, [1920.0, 1040.0]),
    ] {
        let mut window = at_mid_year(Setup {
            size: size.into(),
            theme,
            pictures: true,
            ..Setup::default()
        });
        let project = window.project();
        let total = project.funds.get(0).expect("a row").id;
        let at = project.at(Place::Fund(total, key::MONITORED.to_owned()));
        let text = "2000000.00".to_owned();
        send(&mut window, Action::Edit(EditCommand::SetCell { at, text }));
        go_to(&mut window, ROW, key::MONITORED);
        window.type_text("4");
        window.key(Key::Enter);
        window.picture(&format!("monitoring-{name}"));
    }
}
