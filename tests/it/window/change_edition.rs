//! Changing the edition of the open document's projects.

use std::collections::BTreeSet;

use egui::{Key, Modifiers};
use jiping::{
    edit::command::EditCommand,
    model::{figure::MoneyUnit, project::Stage},
    ui::{action::Action, command::UiCommand, desk::Page},
};

use super::{parts::press, setting::Window};

fn send(window: &mut Window, action: Action) {
    window.harness.state_mut().send(action);
    window.run();
}

/// Opens the dialog and chooses the first edition that the search finds.
fn choose(window: &mut Window, edition: &str) {
    send(window, Action::Do(UiCommand::ChangeEdition));
    window.type_text(edition);
}

/// What was typed: names, targets, results and scores of all rows, goals, and amounts in yuan.
fn content(window: &Window) -> BTreeSet<String> {
    let project = window.project();
    let mut content: BTreeSet<String> = project
        .rows()
        .flat_map(|view| {
            let row = view.indicator;
            let aim = format!("{}{}{}", row.nature.text(), row.target.text(), row.unit);
            let texts = [&row.name, &aim, row.actual.text(), row.score.text()];
            texts.map(str::to_owned)
        })
        .collect();
    for row in project.funds.iter() {
        for key in ["initial", "adjusted", "executed"] {
            let amount = row.figure(key).number().unwrap_or_default();
            let yuan = project.money_unit.convert(amount, MoneyUnit::Yuan);
            let yuan = yuan.expect("few digits").normalize();
            content.insert(format!("{} {key} {yuan}", row.key));
        }
    }
    let goal = project.goals.get(0).expect("a goal");
    content.extend([goal.expected.to_string(), goal.actual.to_string()]);
    content
}

#[test]
fn a_project_changes_there_and_back_and_nothing_is_lost() {
    let mut window = Window::with_sample();
    let (before, filed) = (window.document(), content(&window));
    choose(&mut window, "四川");
    assert!(window.has_text("没有位置，留在文件中"));
    assert!(window.has_text("新表样的金额以万元为单位"));
    window.click("更换");
    let project = window.project();
    assert_eq!(project.edition.id, "sichuan-2022");
    assert_eq!(project.money_unit, MoneyUnit::TenThousandYuan);
    assert!(project.aside.is_some(), "Sichuan has other rows of funds");

    choose(&mut window, "深圳市项目支出绩效自评表");
    window.click("更换");
    assert_eq!(window.project().edition.id, "shenzhen-2020");
    assert_eq!(content(&window), filed);
    assert!(window.project().aside.is_none());

    window.keys(Modifiers::COMMAND, Key::Z);
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), before);
}

#[test]
fn all_projects_change_in_one_step_but_locked_ones() {
    let mut window = Window::with_sample();
    send(&mut window, Action::Do(UiCommand::DuplicateProject));
    let first = window.document().projects.get(0).expect("a project").id;
    let stage = EditCommand::SetStage {
        project: first,
        stage: Stage::Final,
    };
    send(&mut window, Action::Edit(stage));
    let before = window.document();
    choose(&mut window, "四川");
    window.click("全部 2 个项目");
    assert!(window.has_text("已锁定，不换（1）"));
    window.click("更换");
    let document = window.document();
    let editions = document.projects.iter();
    let editions: Vec<&str> = editions.map(|project| &*project.edition.id).collect();
    assert_eq!(editions, ["shenzhen-2020", "sichuan-2022"]);
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.document(), before);
}

#[test]
fn what_has_no_place_is_seen_and_cleared() {
    let mut window = Window::with_sample();
    choose(&mut window, "四川");
    window.click("更换");
    send(&mut window, Action::ShowPage(Page::Basics));
    press(&mut window, "没有位置的内容…");
    let aside = window.project().aside.clone().expect("rows");
    let name = aside.funds.get(0).expect("a row").short_name().to_owned();
    window.click(&format!("清除 资金行“{name}”"));
    let project = window.project();
    let left = project.aside.as_ref().map_or(0, |aside| aside.funds.len());
    assert_eq!(left, aside.funds.len() - 1);
    window.click("关闭");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.project().aside.as_ref(), Some(&aside));
}
