//! Last year's form beside this year's, what was left of it, and deadlines.

use egui::{Key, Modifiers, Theme, Vec2};
use egui_kittest::kittest::Queryable as _;
use jiping::{
    edit::command::EditCommand,
    model::{
        id::CountedIds,
        path::Place,
        project::{Stage, fund, header},
    },
    store::{Fs as _, format},
    ui::{action::Action, command::UiCommand as C},
};

use super::{
    parts::{agree, enter, press},
    setting::{SAMPLE, Setup, Window},
};

fn send(window: &mut Window, action: Action) {
    window.harness.state_mut().send(action);
    window.run();
}

fn command(window: &mut Window, command: C) {
    send(window, Action::Do(command));
}

/// The sample, of 2020, and its form of 2021, which is shown.
fn next_year() -> Window {
    let mut window = Window::with_sample();
    command(&mut window, C::NextYearProject);
    assert_eq!(window.project().year(), Some(2021));
    window
}

fn carried(window: &Window, column: &str) -> String {
    let project = window.project();
    let row = project.carried_over_row().expect("the row");
    row.figure(column).text().to_owned()
}

#[test]
fn next_years_form_stands_beside_the_one_it_was_copied_from() {
    let mut window = next_year();
    let last = window.project().last_year.clone().expect("on record");
    assert_eq!(last.year, Some(2020));
    command(&mut window, C::CompareYears);
    assert!(window.has_text("2021 年 与 2020 年"));
    assert!(window.has_text("年度资金总额"));
    let name = window
        .project()
        .rows()
        .next()
        .expect("a row")
        .indicator
        .name
        .clone();
    assert!(window.has(&name));
    press(&mut window, "复制为表格");
    press(&mut window, "关闭");

    // A target that is raised is told, and its name leads to it.
    let project = window.project();
    let row = project.rows().next().expect("a row").indicator;
    let at = project.at_indicator(row, jiping::model::path::IndicatorField::Target);
    let text = "9999".to_owned();
    send(
        &mut window,
        Action::Edit(EditCommand::SetCell {
            at: at.clone(),
            text,
        }),
    );
    command(&mut window, C::CompareYears);
    assert!(window.has("提高") || window.has("单位不同") || window.has("改写"));
    window.harness.get_by_label_contains("只看变化").click();
    window.run();
    press(&mut window, &name);
    assert!(!window.has_text("2021 年 与 2020 年"), "the dialog is gone");
    assert_eq!(window.cell(), Some(at));
}

#[test]
fn what_was_left_is_offered_and_taken_back_as_one_step() {
    let mut window = next_year();
    let left = window
        .project()
        .last_year
        .as_ref()
        .and_then(|last| last.unspent());
    let left = left.expect("known").normalize().to_string();
    window.click("资金");
    assert!(window.has_text("上年结余"));
    assert_eq!(carried(&window, fund::INITIAL), "", "never entered unasked");
    press(&mut window, "把上年结余填入上年结转的年初预算数");
    assert_eq!(carried(&window, fund::INITIAL), left);
    assert_eq!(carried(&window, fund::ADJUSTED), "");
    assert!(!window.has("把上年结余填入上年结转的年初预算数"));
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(carried(&window, fund::INITIAL), "");
    assert!(window.has("把上年结余填入上年结转的年初预算数"));
}

#[test]
fn another_carry_over_than_was_left_is_found() {
    let mut window = next_year();
    let project = window.project();
    let row = project.carried_over_row().expect("the row").id;
    let at = project.at(Place::Fund(row, fund::INITIAL.into()));
    send(
        &mut window,
        Action::Edit(EditCommand::SetCell {
            at,
            text: "1.00".into(),
        }),
    );
    let findings = super::findings::findings(&window);
    let found = findings
        .iter()
        .find(|one| one.rule.code == "X06")
        .expect("X06");
    assert!(
        found.message.contains("1.00 元，上年结余"),
        "{}",
        found.message
    );
}

#[test]
fn last_years_form_is_taken_out_of_another_file() {
    let mut window = Window::with_sample();
    let project = window.project();
    let at = project.at(Place::Header(header::YEAR.into()));
    send(
        &mut window,
        Action::Edit(EditCommand::SetCell {
            at,
            text: "2021".into(),
        }),
    );
    command(&mut window, C::CompareYears);
    assert!(window.has_text("还没有这个项目上年的数据"));
    let bytes = window.fs.content(SAMPLE).expect("the sample");
    window.fs.put("/docs/去年.jiping", &*bytes);
    window.will_choose("/docs/去年.jiping");
    press(&mut window, "从文件中选…");
    let last = window.project().last_year.clone().expect("on record");
    assert_eq!((last.year, &*last.source), (Some(2020), "去年.jiping"));
    assert!(window.has_text("2021 年 与 2020 年"));
    press(&mut window, "换一份…");
    press(&mut window, "取消登记");
    assert_eq!(window.project().last_year, None);

    // Where the file does not tell which one it is, it is asked.
    let mut other = format::read(&bytes, &mut CountedIds(0))
        .expect("opens")
        .document;
    let named = other.projects.get_mut(0).expect("a project");
    named
        .header
        .insert(header::PROJECT_NAME.into(), "改过的名称".into());
    window.fs.put("/docs/改名.jiping", format::write(&other));
    window.will_choose("/docs/改名.jiping");
    press(&mut window, "从文件中选…");
    press(&mut window, "选 改过的名称");
    let last = window.project().last_year.clone().expect("on record");
    assert_eq!(last.name, "改过的名称");
    press(&mut window, "关闭");
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.project().last_year, None);
}

#[test]
fn last_years_form_is_imported_beside_this_years() {
    let mut window = Window::with_sample();
    let text = "项目支出绩效自评表（2019年度）\n项目名称\t科协组织建设与事业发展\t主管部门\t科协\n\
        一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n\
        产出指标\t数量指标\t举办讲座\t20场\t20场\t50\t50\n";
    window.fs.put("/docs/2019.txt", text);
    window.will_choose("/docs/2019.txt");
    command(&mut window, C::CompareYears);
    press(&mut window, "从文件中选…");
    assert!(
        window.has_text("登记为上年数据") || {
            let choice = window.harness.get_by_label("第 1 份表");
            choice.value().as_deref() == Some("登记为上年数据")
        }
    );
    press(&mut window, "导入 1 个项目");
    let last = window.project().last_year.clone().expect("on record");
    assert_eq!(last.source, "2019.txt");
    assert!(last.indicators.iter().any(|row| row.name == "举办讲座"));
    assert_eq!(window.document().projects.len(), 1);
}

#[test]
fn deadlines_are_set_for_chosen_projects_and_overdue_ones_are_marked() {
    let mut window = Window::with_sample();
    command(&mut window, C::DuplicateProject);
    command(&mut window, C::Progress);
    window.click("选中列出的全部项目");
    enter(&mut window, "期限日期");
    window.type_text("下周");
    press(&mut window, "设期限");
    assert!(window.has_text("日期看不懂"));
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("3月1日");
    press(&mut window, "设期限");
    let due = |window: &Window| {
        let document = window.document();
        let projects = document.projects.iter();
        let stage = Stage::SelfEvaluation;
        projects.filter(|one| one.deadline(stage).is_some()).count()
    };
    assert_eq!(due(&window), 2);
    assert!(window.has_text("逾期 4 天"), "today is 2021-03-05");
    window.click("只看本周");
    assert!(window.has("没有这样的项目"));
    window.click("只看逾期");

    window.will_choose("/docs/进度.xlsx");
    press(&mut window, "导出 Excel…");
    let written = window.fs.read("/docs/进度.xlsx".as_ref(), 1 << 20);
    assert!(written.expect("written").starts_with(b"PK"));

    let name = window.project().name().to_owned();
    let check = format!("选中 {name}");
    let first = window.harness.get_all_by_label(&check).next();
    first.expect("a row").click();
    window.run();
    window.click("改为阶段");
    window.click("改为阶段 送审");
    press(&mut window, "改阶段");
    agree(&mut window, "送审");
    let stages: Vec<Stage> = window
        .document()
        .projects
        .iter()
        .map(|one| one.stage)
        .collect();
    assert!(stages.contains(&Stage::Submitted) && stages.contains(&Stage::SelfEvaluation));
    press(&mut window, "关闭");
    assert!(window.has_text("自评逾期 4 天"), "the project list says so");
    window.keys(Modifiers::COMMAND, Key::Z);
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(due(&window), 0, "one step for all of them");
}

#[test]
fn both_lists_draw_in_light_and_dark() {
    for (theme, width, height, name) in [
        (Theme::Light, 1366.0, 768.0, "light"),
        (Theme::Dark, 1366.0, 768.0, "dark"),
        (Theme::Light, 1024.0, 700.0, "small"),
    ] {
        let mut window = Window::with(Setup {
            size: Vec2::new(width, height),
            scale: 1.0,
            theme,
            pictures: true,
        });
        window.open(SAMPLE);
        let first = window.project().id;
        command(&mut window, C::NextYearProject);
        for (project, date) in [(first, "2021-03-01"), (window.project().id, "2022-04-10")] {
            let deadline = serde_json::json!({ "stage": "final", "date": date });
            let set = EditCommand::SetDeadline {
                project,
                stage: Stage::Final,
                deadline: serde_json::from_value(deadline).ok(),
            };
            send(&mut window, Action::Edit(set));
        }
        window.click("资金");
        window.picture(&format!("years-funds-{name}"));
        command(&mut window, C::CompareYears);
        window.picture(&format!("years-{name}"));
        press(&mut window, "关闭");
        command(&mut window, C::Progress);
        window.click("选中列出的全部项目");
        window.picture(&format!("deadlines-{name}"));
    }
}
