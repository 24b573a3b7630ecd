//! 计分说明 and 合并计分助手.

use egui::{Key, OutputCommand, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use jiping::{
    model::{
        path::{BlockField, IndicatorField, Place, StatedField},
        project::fund,
    },
    ui::{action::Action, command::UiCommand},
};

use super::{
    deviation::{cell, send},
    parts::{enter, press},
    setting::Window,
};

/// The sample with the cursor on a row of the first group, which is scored as one.
fn at_group() -> Window {
    let mut window = Window::with_sample();
    let at = cell(&window, "年度课题数量", IndicatorField::Actual);
    send(&mut window, Action::GoTo(at));
    window
}

fn group_cells(window: &Window) -> [String; 2] {
    let project = window.project();
    let group = project.groups().next().expect("a group").group;
    [group.weight.text(), group.score.text()].map(str::to_owned)
}

#[test]
fn a_score_is_explained_by_keys_and_copied_as_text() {
    let mut window = at_group();
    window.key(Key::F9);
    assert!(window.has("计分说明"));
    for words in ["公式", "取整", "结果", "依据"] {
        assert!(window.has(words), "{words}");
    }
    assert!(window.has_text("(14 + 7 ÷ 10) ÷ 15 × 15 = 14.70"));
    let copy = window
        .harness
        .get_by_role_and_label(Role::Button, "复制说明");
    copy.click();
    let copied = (0..4).find_map(|_| {
        window.harness.step();
        let commands = &window.harness.output().platform_output.commands;
        commands.iter().find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    });
    let copied = copied.expect("a text on the clipboard");
    assert!(copied.starts_with("绩效指标 · 数量指标"), "{copied}");
    assert!(
        copied.contains("结果：(14 + 7 ÷ 10) ÷ 15 × 15 = 14.70\n依据："),
        "{copied}"
    );
    window.run();
    window.key(Key::Escape);
    assert!(!window.has("复制说明"));
}

#[test]
fn every_kind_of_computed_number_is_explained() {
    let mut window = Window::with_sample();
    let project = window.project();
    let row = project.funds.first().expect("a row").id;
    for (place, says) in [
        (Place::Fund(row, fund::RATE.into()), "99.7%"),
        (Place::Fund(row, fund::SCORE.into()), "= 9.97"),
        (Place::Stated(StatedField::TotalScore), "99.97"),
    ] {
        let at = project.at(place);
        send(&mut window, Action::GoTo(at.clone()));
        send(&mut window, Action::Do(UiCommand::ExplainScore));
        assert!(window.has("计分说明"), "{at:?}");
        assert!(window.has_text(says), "{says}");
        press(&mut window, "关闭");
    }
}

#[test]
fn a_hovered_score_shows_how_it_comes_about() {
    let mut window = at_group();
    let project = window.project();
    let group = project.groups().next().expect("a group").group.id;
    let at = project.at(Place::Group(group, BlockField::Score));
    send(&mut window, Action::GoTo(at));
    window.get("绩效指标 第1行 得分 15").hover();
    for _ in 0..super::setting::FRAMES_PER_SECOND {
        window.harness.step();
    }
    assert!(window.has_text("(14 + 7 ÷ 10) ÷ 15 × 15 = 14.70"));
}

#[test]
fn the_assistant_shows_each_convention_and_changes_the_score_alone() {
    let mut window = at_group();
    let before = window.document();
    assert_eq!(group_cells(&window), ["15", "15"]);
    send(&mut window, Action::Do(UiCommand::SplitGroup));
    assert!(window.has("组内均分，合计后取整"));
    assert!(window.has("组内均分，逐项取整"));
    assert!(window.has("年度课题数量，10 → 7　完成 70%，0.70 / 1.00，0.70 / 1.00"));
    assert!(window.has("组得分，14.70，14.70"));
    assert!(window.has("与填报相差，-0.30，-0.30"));
    assert!(window.has("全表得分合计，99.67，99.67"));
    press(&mut window, "采用组内测算得分 14.70");
    assert_eq!(group_cells(&window), ["15", "14.70"]);
    send(&mut window, Action::Do(UiCommand::Undo));
    assert_eq!(window.document(), before);
}

#[test]
fn a_method_is_typed_as_a_sentence_and_read_back() {
    let mut window = at_group();
    let before = window.document();
    window.key(Key::F9);
    enter(&mut window, "计分办法");
    window.type_text("多做多得");
    assert!(window.has_text("没有读懂"));
    press(&mut window, "是否");
    assert!(window.has("读作：达到得满分，未达到不得分"));
    press(&mut window, "改用这个办法");
    let project = window.project();
    let mut rows = project.rows();
    let row = rows.find(|view| view.indicator.name == "年度课题数量");
    let method = row.expect("a row").indicator.method.text().to_owned();
    assert_eq!(method, "达到得满分，未达到不得分");
    window.key(Key::F9);
    assert!(window.has_text("14 ÷ 15 × 15 = 14.00"), "scored by it");
    press(&mut window, "按表样公式");
    press(&mut window, "改用这个办法");
    assert_eq!(window.document(), before);
}

#[test]
fn a_cell_without_a_number_says_so() {
    let mut window = Window::with_sample();
    let at = cell(&window, "不适用", IndicatorField::Name);
    send(&mut window, Action::GoTo(at));
    send(&mut window, Action::Do(UiCommand::SplitGroup));
    assert!(window.has_text("请选中合并计分的一组"));
}
