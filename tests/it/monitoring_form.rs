//! 绩效运行监控表, a form without 全年执行数, 实际完成值 and 得分: it is whole without them, and no rule misses them.

use jiff::civil::date;
use jiping::{
    model::{
        edition::{Edition, IndicatorRole},
        figure::FigureCell,
        id::CountedIds,
        path::{GoalField, Place},
        project::{Project, Stage, fund},
    },
    rules::checker::check_project,
    score::score_project,
};

use crate::cases;

/// By column: the total, what was appropriated, what was carried over, other money.
const FUNDS: [(&str, [&str; 4]); 4] = [
    ("initial", ["100.00", "80.00", "20.00", "0.00"]),
    ("adjusted", ["100.00", "80.00", "20.00", "0.00"]),
    ("monitored", ["61.30", "41.30", "20.00", "0.00"]),
    ("forecast", ["100.00", "80.00", "20.00", "0.00"]),
];

/// 三级指标, 年度指标值, so far, expected by the end of the year; one for every second level.
const ROWS: [[&str; 4]; 9] = [
    ["举办业务培训班", "≥10期", "6期", "10期"],
    ["培训考核合格率", "≥95%", "97%", "97%"],
    [
        "全部培训完成时间",
        "2020年12月15日前",
        "进行中",
        "2020年12月10日",
    ],
    ["人均培训成本", "≤400元", "380元", "390元"],
    ["节约外聘师资支出", "≥5万元", "3万元", "5万元"],
    ["参训人员独立办理业务人数", "≥300人", "180人", "300人"],
    ["线上课程替代纸质教材册数", "≥800册", "500册", "800册"],
    ["骨干师资留用年限", "≥2年", "2年", "2年"],
    ["参训人员问卷调查满意度", "≥90%", "93%（问卷120份）", "93%"],
];

fn monitored_at(stage: Stage) -> (Project, Edition) {
    let edition = cases::edition("monitoring-mof");
    let mut project = Project::blank(&edition, &mut CountedIds(0));
    project.stage = stage;
    for (key, text) in [
        ("project_name", "业务培训"),
        ("year", "2020年"),
        ("department", "某市财政局"),
        ("unit", "某市财政局培训中心"),
        ("monitored_until", "2020年7月31日"),
    ] {
        project.header.insert(key.into(), text.into());
    }
    for (column, amounts) in FUNDS {
        for (index, amount) in amounts.into_iter().enumerate() {
            let row = project.funds.get_mut(index).expect("four rows");
            row.figures.insert(column.into(), FigureCell::new(amount));
        }
    }
    let goal = project.goals.get_mut(0).expect("a goal");
    goal.expected = "举办业务培训班10期，考核合格率不低于95%。".into();
    let so_far = "已举办业务培训班6期，考核合格率97%。".into();
    goal.texts.insert("monitored".into(), so_far);
    let mut rows = ROWS.iter();
    for section in 0..goal.sections.len() {
        let section = goal.sections.get_mut(section).expect("in range");
        for group in 0..section.groups.len() {
            let group = section.groups.get_mut(group).expect("in range");
            let row = group.indicators.get_mut(0).expect("a blank row");
            let [name, target, so_far, forecast] = *rows.next().expect("a row per second level");
            row.name = name.into();
            row.target = target.into();
            for (key, text) in [
                ("monitored", so_far),
                ("forecast", forecast),
                ("outlook", "确定能"),
            ] {
                row.extra.insert(key.into(), text.into());
            }
        }
    }
    assert!(rows.next().is_none());
    (project, edition)
}

#[test]
fn no_rule_misses_what_the_form_has_no_place_for() {
    for stage in [Stage::Monitoring, Stage::SelfEvaluation, Stage::Submitted] {
        let (project, edition) = monitored_at(stage);
        let found = check_project(&project, &edition, date(2021, 3, 1)).findings;
        let listing = cases::listing(&found, &project, &edition);
        assert!(found.is_empty(), "{stage:?}\n{listing}");
    }
}

/// Mid-year, results that were typed early are not judged; in 自评 they are.
#[test]
fn results_typed_before_their_time_are_not_judged() {
    let (mut project, edition) = monitored_at(Stage::Monitoring);
    let goal = project.goals.get_mut(0).expect("a goal");
    goal.actual = "完成".into();
    for section in 0..goal.sections.len() {
        let section = goal.sections.get_mut(section).expect("in range");
        for group in 0..section.groups.len() {
            let group = section.groups.get_mut(group).expect("in range");
            let row = group.indicators.get_mut(0).expect("a row");
            row.actual = "≥3次".into();
            row.score = "20".into();
        }
    }
    let today = date(2020, 8, 10);
    let found = check_project(&project, &edition, today).findings;
    let listing = cases::listing(&found, &project, &edition);
    assert!(found.is_empty(), "{listing}");
    project.stage = Stage::SelfEvaluation;
    let mof = cases::edition("mof-2020");
    let later = check_project(&project, &mof, today).findings;
    assert!(!later.is_empty());
}

/// What the form does have is looked at, too.
#[test]
fn a_target_left_blank_and_money_that_does_not_add_up_are_found() {
    let (mut project, edition) = monitored_at(Stage::Monitoring);
    let total = project.funds.get_mut(0).expect("a row");
    total
        .figures
        .insert("adjusted".into(), FigureCell::new("120.00"));
    let goal = project.goals.get_mut(0).expect("a goal");
    goal.expected = Default::default();
    let found = check_project(&project, &edition, date(2020, 8, 10)).findings;
    let codes: Vec<&str> = found.iter().map(|finding| finding.rule.code).collect();
    assert!(
        codes.contains(&"B01") && codes.contains(&"G01"),
        "{codes:?}"
    );
}

#[test]
fn the_form_states_a_rate_and_no_scores() {
    let (project, edition) = monitored_at(Stage::Monitoring);
    let columns = edition.indicators.columns.iter();
    assert!(
        columns
            .map(|column| column.role)
            .all(|role| role != IndicatorRole::Actual && role != IndicatorRole::Score)
    );
    assert!(edition.fund_column_named(fund::EXECUTED).is_none());
    let row = project.funds.first().expect("a row");
    let rate = project.fund_number(row, "monitored_rate", &edition);
    assert_eq!(rate.map(|rate| rate.to_string()), Some("61.30".into()));
    let score = score_project(&project, &edition).total;
    assert_eq!(score.computed, None);
    assert_eq!(score.rating, None);
}

/// A text in a cell that this form does not have is still named as people know it.
#[test]
fn the_missing_cell_of_the_goal_keeps_its_usual_name() {
    let (project, edition) = monitored_at(Stage::Monitoring);
    assert!(!edition.goals.has_actual());
    let goal = project.goals.first().expect("a goal").id;
    let words = project
        .at(Place::Goal(goal, GoalField::Actual))
        .in_words(&project, &edition);
    assert!(words.ends_with("实际完成情况"), "{words}");
}
