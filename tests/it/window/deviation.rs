//! 写偏差说明: from the cell to the sentence in it.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use jiping::{
    edit::command::EditCommand,
    model::{
        path::{CellPath, GoalField, IndicatorField, Place},
        project::fund,
    },
    ui::{action::Action, command::UiCommand},
};

use super::{
    findings::findings,
    parts::{field, press},
    setting::Window,
};

pub fn send(window: &mut Window, action: Action) {
    window.harness.state_mut().send(action);
    window.run();
}

fn choose(window: &mut Window, name: &str) {
    let radio = window
        .harness
        .get_by_role_and_label(Role::RadioButton, name);
    radio.click();
    window.run();
}

/// A cell of the row with this name.
pub fn cell(window: &Window, name: &str, field: IndicatorField) -> CellPath {
    let project = window.project();
    let mut rows = project.rows();
    let row = rows
        .find(|view| view.indicator.name == name)
        .expect("a row");
    project.at_indicator(row.indicator, field)
}

fn text(window: &Window, at: &CellPath) -> String {
    let project = window.project();
    project.cell_text(&at.place).expect("a cell").into_owned()
}

/// The sample without the shared reason, with the cursor on the reason of a row.
fn at_reason(name: &str) -> (Window, CellPath) {
    let mut window = Window::with_sample();
    let project = window.project();
    let goal = project.goals.first().expect("a goal");
    let reason = goal.reasons.first().expect("a shared reason").id;
    let command = EditCommand::Remove {
        project: project.id,
        parts: jiping::edit::command::Parts::Reasons(vec![reason]),
    };
    send(&mut window, Action::Edit(command));
    let at = cell(&window, name, IndicatorField::Deviation);
    send(&mut window, Action::GoTo(at.clone()));
    (window, at)
}

#[test]
fn a_sentence_is_filled_in_by_keys_and_written_in_one_step() {
    let (mut window, at) = at_reason("年度课题数量");
    let before = window.document();
    // As a list would be opened.
    window.key(Key::F4);
    assert!(window.has("写偏差说明"));
    choose(&mut window, "人员变动");
    assert!(window.has_text("目标10，实际7，少3（完成70%）。因【岗位或科室】【变动情况】"));
    assert_eq!(window.document(), before, "nothing is written unasked");
    field(&window, "岗位或科室").focus();
    window.run();
    for told in [
        "学会部",
        "两名人员调离",
        "课题立项",
        "年度课题计划",
        "补充人员",
        "2021年6月",
    ] {
        window.type_text(told);
        window.key(Key::Tab);
    }
    let written = "目标10，实际7，少3（完成70%）。因学会部两名人员调离，课题立项推进较慢，影响年度课题计划。下一步将补充人员，2021年6月前落实。";
    assert!(window.has(written), "the sentence follows what is typed");
    press(&mut window, "写入");
    assert_eq!(text(&window, &at), written);
    assert!(window.has_text("已写入偏差说明"));
    send(&mut window, Action::Do(UiCommand::Undo));
    assert_eq!(window.document(), before);
}

#[test]
fn blanks_that_are_left_are_told_and_found() {
    let (mut window, at) = at_reason("年度课题数量");
    window.keys(Modifiers::SHIFT, Key::F9);
    choose(&mut window, "其他");
    assert!(window.has("还有 5 个空没有填"));
    field(&window, "具体原因").focus();
    window.run();
    window.type_text("选题评审推后");
    assert!(window.has("还有 4 个空没有填"));
    press(&mut window, "写入");
    assert!(window.has_text("已写入偏差说明，还有 4 个【】没有填"));
    let left = findings(&window);
    assert!(
        left.iter()
            .any(|finding| finding.rule.code == "H08" && finding.cells.contains(&at))
    );
}

#[test]
fn a_shared_reason_keeps_what_it_says_and_its_finding_leads_here() {
    let mut window = Window::with_sample();
    let project = window.project();
    let goal = project.goals.first().expect("a goal");
    let reason = goal.reasons.first().expect("a shared reason");
    let at = project.at(Place::Reason(reason.id));
    let found = findings(&window);
    let finding = found.iter().find(|finding| finding.rule.code == "C13");
    let message = finding.expect("C13").message.clone();
    window.get("查找问题").focus();
    window.run();
    window.type_text(&message);
    let mut named = window.harness.query_all_by_label_contains(&message);
    named.next().expect("it is listed").click();
    drop(named);
    window.run();
    press(&mut window, "写偏差说明…");
    choose(&mut window, "政策或任务调整");
    assert!(window.has("接在原文后面"));
    press(&mut window, "写入");
    let expected = format!("{}年度课题数量：目标10，实际7，", reason.text.as_ref());
    assert!(
        text(&window, &at).starts_with(&expected),
        "{}",
        text(&window, &at)
    );
}

#[test]
fn funds_are_explained_where_the_form_has_room_for_it() {
    let mut window = Window::with_sample();
    let project = window.project();
    let row = project.funds.first().expect("a row").id;
    let rate = project.at(Place::Fund(row, fund::RATE.into()));
    send(&mut window, Action::GoTo(rate));
    window.keys(Modifiers::SHIFT, Key::F9);
    choose(&mut window, "节约支出");
    choose(&mut window, "替换原文");
    press(&mut window, "写入");
    let goal = project.goals.first().expect("a goal").id;
    let at = project.at(Place::Goal(goal, GoalField::Actual));
    let begins = "预算执行率99.7%，全年预算8,108,600.00元，结余22,124.36元。因【节约的做法】";
    assert!(
        text(&window, &at).starts_with(begins),
        "{}",
        text(&window, &at)
    );
}
