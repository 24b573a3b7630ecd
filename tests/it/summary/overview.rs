//! The 汇总表: small cases that are reckoned by hand.

use std::sync::Arc;

use jiping::{
    model::{id::Id, path::Place, project::Note, review::NoteKind},
    rules::checker::check_project,
    summary::{
        Subject,
        overview::Overview,
        table::{Table, Value},
    },
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{TIME, shown, subjects, words};
use crate::generate;

/// Three departments' projects in both money units, one without a budget.
pub const PROJECTS: &str = "
## 不报警 甲一.jiping
- 修改: 主管部门 = 甲局
- 修改: 实施单位 = 甲局一所
- 修改: 项目名称 = 道路养护
- 修改: 资金.年度资金总额.全年预算数 = 100
- 修改: 资金.年度资金总额.全年执行数 = 80.5
- 修改: 资金.年度资金总额.执行率 = 80.5%
- 修改: 总分.得分 = 95
- 修改: 评价等级 = 优

## 不报警 甲二.jiping
- 修改: 主管部门 = 甲局
- 修改: 实施单位 = 甲局二所
- 修改: 项目名称 = 桥梁检测
- 修改: 金额单位 = 元
- 修改: 资金.年度资金总额.全年预算数 = 500,000.01
- 修改: 资金.年度资金总额.全年执行数 = 500,000.01
- 修改: 总分.得分 = 85.5
- 修改: 评价等级 = 良

## 不报警 乙一.jiping
- 修改: 主管部门 = 乙局
- 修改: 实施单位 = 乙局机关
- 修改: 项目名称 = 会议
- 修改: 资金.年度资金总额.全年预算数 = 约20万
- 修改: 资金.年度资金总额.全年执行数 = 18
- 修改: 总分.得分 = 约九十分
- 修改: 评价等级 =

## 不报警 丙一.jiping
- 修改: 主管部门 =
- 修改: 实施单位 = 丙站
- 修改: 项目名称 = 巡查
- 修改: 资金.年度资金总额.全年预算数 = 0
- 修改: 资金.年度资金总额.全年执行数 = 0
- 修改: 总分.得分 = 59
- 修改: 评价等级 = 差
";

fn overview(text: &str) -> Overview {
    Overview::of(&subjects(text), TIME)
}

fn table<'o>(overview: &'o Overview, key: &str) -> &'o Table {
    overview
        .table(key)
        .unwrap_or_else(|| panic!("no table {key}"))
}

#[test]
fn every_project_has_its_row_with_amounts_in_one_unit() {
    let overview = overview(PROJECTS);
    let keys = [
        "project_name",
        "budget_wan",
        "executed_wan",
        "rate_stated",
        "rate_computed",
    ];
    assert_eq!(
        shown(table(&overview, "projects"), &keys),
        [
            "道路养护 | 100 | 80.5 | 80.5% | 80.5%",
            "桥梁检测 | 50.000001 | 50.000001 | 100% | 100%",
            "会议 | – | 18 | 100% | –",
            "巡查 | 0 | 0 | 100% | –",
            // Not every project is in both sums, so there is no rate of them.
            "– | 150.000001 | 148.500001 | – | –",
        ]
    );
    let keys = [
        "project_name",
        "score_stated",
        "rating_stated",
        "rating_by_score",
        "remark",
    ];
    assert_eq!(
        shown(table(&overview, "projects"), &keys),
        [
            "道路养护 | 95 | 优 | 优 | –",
            "桥梁检测 | 85.5 | 良 | 良 | –",
            "会议 | 约九十分 | – | 优 | 预算数或执行数写的不是数字，无法计算执行率",
            "巡查 | 59 | 差 | 差 | 预算数为 0，执行率无法计算，请按当地规定处理",
            "– | – | – | – | –",
        ]
    );
    assert!(
        overview
            .remarks
            .iter()
            .any(|remark| remark.contains("有 1 个项目没有可用的预算数"))
    );
}

#[test]
fn departments_are_added_up() {
    let overview = overview(PROJECTS);
    let keys = [
        "department",
        "units",
        "projects",
        "budget_wan",
        "executed_wan",
        "rate",
        "mean_score",
        "excellent",
        "good",
        "poor",
        "unrated",
    ];
    assert_eq!(
        shown(table(&overview, "departments"), &keys),
        [
            // (80.5 + 50.000001) ÷ (100 + 50.000001); (95 + 85.5) ÷ 2
            "甲局 | 2 | 2 | 150.000001 | 130.500001 | 87% | 90.25 | 1 | 1 | 0 | 0",
            // Its total is no number: the scores filed in the form stand for it, 100 of 100.
            "乙局 | 1 | 1 | – | 18 | – | 100.00 | 1 | 0 | 0 | 0",
            "（未填写主管部门） | 1 | 1 | 0 | 0 | – | 59.00 | 0 | 0 | 1 | 0",
            // (95 + 85.5 + 100 + 59) ÷ 4 = 84.875
            "合计 | 4 | 4 | 150.000001 | 148.500001 | 87% | 84.88 | 2 | 1 | 1 | 0",
        ]
    );
    let remarks = shown(table(&overview, "departments"), &["remark"]);
    assert_eq!(remarks[1], "1 个项目缺预算数或执行数，没有计入执行率");
}

#[test]
fn ratings_are_counted_as_stated_and_by_the_totals() {
    let overview = overview(PROJECTS);
    assert_eq!(
        shown(
            table(&overview, "ratings"),
            &[
                "rating",
                "stated_count",
                "stated_share",
                "by_score_count",
                "by_score_share"
            ]
        ),
        [
            "优 | 1 | 25% | 2 | 50%",
            "良 | 1 | 25% | 1 | 25%",
            "中 | 0 | 0% | 0 | 0%",
            "差 | 1 | 25% | 1 | 25%",
            "未评级 | 1 | 25% | 0 | 0%",
            "合计 | 4 | – | 4 | –",
        ]
    );
    let ranks = shown(
        table(&overview, "ranking"),
        &["rank", "project_name", "score", "rating"],
    );
    assert_eq!(
        ranks,
        [
            "1 | 会议 | 100 | 优",
            "2 | 道路养护 | 95 | 优",
            "3 | 桥梁检测 | 85.5 | 良",
            "4 | 巡查 | 59 | 差"
        ]
    );
}

/// Two stations with the same indicators, 300 and 100 万元.
const SAME: &str = "
## 不报警 东站.jiping
- 修改: 实施单位 = 东站
- 修改: 资金.年度资金总额.全年预算数 = 300
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 数量指标 | 培训人次 | ≥1200人次 | 1200人次 | 10 | 10 |
| | 质量指标 | 合格率 | ≥90% | 96% | 10 | 10 |
| | 时效指标 | 办理时限 | ≤3天 | 2天 | 10 | 10 |
| | 成本指标 | 总成本 | ≤300万元 | 310万元 | 10 | 8 |
| | 成本指标 | 单位成本 | ≤500元/人 | 400元/人 | 10 | 10 |
| 效益指标 | 社会效益 | 服务能力 | 有效提升 | 有效提升 | 30 | 30 |

## 不报警 西站.jiping
- 修改: 实施单位 = 西站
- 修改: 金额单位 = 元
- 修改: 资金.年度资金总额.全年预算数 = 1000000
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 数量指标 | 培训人次 | 不少于0.18万人次 | 600人次 | 20 | 7 |
| | 质量指标 | 合格率 | ≥80% | 70% | 10 | 8 |
| | 时效指标 | 办理时限 | ≤5天 | 5天 | 10 | 10 |
| | 成本指标 | 总成本 | ≤1000000元 | 900000元 | 10 | 10 |
| | 成本指标 | 单位成本 | ≤600元/人 | 约六百元 | 10 | 10 |
| 效益指标 | 社会效益 | 服务能力 | 有效提升 | 有效提升 | 30 | 30 |
";

#[test]
fn the_same_indicator_is_added_or_weighted_and_then_scored() {
    let overview = overview(SAME);
    let keys = [
        "name",
        "way",
        "target",
        "actual",
        "measure_unit",
        "completion",
        "verdict",
        "weight",
        "score_computed",
    ];
    assert_eq!(
        shown(table(&overview, "same_indicators"), &keys),
        [
            // 1200 + 1800; 1200 + 600; 15 × 1800 ÷ 3000
            "培训人次 | 直接相加 | 3000 | 1800 | 人次 | 60% | 未达成 | 15.00 | 9.00",
            // (90 × 300 + 80 × 100) ÷ 400; (96 × 300 + 70 × 100) ÷ 400
            "合格率 | 按预算数加权平均 | 87.50 | 89.50 | % | 102.2857% | 达成 | 10 | 10.00",
            "办理时限 | 不能汇总 | – | – | 天 | – | – | – | –",
            // 300 + 100; 310 + 90
            "总成本 | 直接相加 | 400 | 400 | 万元 | 100% | 达成 | 10 | 10.00",
            // Only one has a number; it weighs alone.
            "单位成本 | 按预算数加权平均 | 500.00 | 400.00 | 元/人 | 80% | 达成 | 10 | 10.00",
            "服务能力 | 不能汇总 | – | – | – | – | – | – | –",
        ]
    );
    assert_eq!(
        shown(
            table(&overview, "same_indicators"),
            &["name", "projects", "units", "taken_in", "remark"]
        ),
        [
            "培训人次 | 2 | 2 | 2 | 各项目分值不同，取平均分值",
            "合格率 | 2 | 2 | 2 | –",
            "办理时限 | 2 | 2 | 0 | 时长不能相加",
            "总成本 | 2 | 2 | 2 | –",
            "单位成本 | 2 | 2 | 1 | 1 行实际完成值不是一个数，没有计入",
            "服务能力 | 2 | 2 | 0 | 定性指标，不能累加",
        ]
    );
}

#[test]
fn sections_and_full_marks_are_told_by_project_and_together() {
    let overview = overview(SAME);
    assert_eq!(
        shown(
            table(&overview, "section_totals"),
            &[
                "section",
                "projects",
                "weight",
                "score_stated",
                "share",
                "full"
            ]
        ),
        [
            "预算执行率 | 2 | 20 | 20 | 100% | 2",
            // 48 of 50, 45 of 60
            "产出指标 | 2 | 110 | 93 | 84.5455% | 0",
            "效益指标 | 2 | 60 | 60 | 100% | 2",
        ]
    );
    assert_eq!(
        shown(
            table(&overview, "full_marks"),
            &["unit", "items", "full_items", "full_share", "is_all_full"]
        ),
        [
            "东站 | 7 | 6 | 85.7143% | 否",
            "西站 | 7 | 5 | 71.4286% | 否",
            "– | 14 | 11 | 78.5714% | –",
        ]
    );
}

#[test]
fn no_projects_and_projects_told_twice_are_told() {
    let none = Overview::of(&[], TIME);
    assert_eq!(none.remarks, ["没有可以汇总的项目。"]);
    assert!(none.charts.is_empty());
    let twice = overview(&format!("{SAME}{SAME}"));
    let told = "有 2 个项目（同名称、同单位、同年度）出现不止一次，合计中重复计入，请核对：“业务培训”、“业务培训”。";
    assert!(
        twice.remarks.iter().any(|remark| remark == told),
        "{:?}",
        twice.remarks
    );
}

#[test]
fn numbers_beyond_reckoning_leave_blanks_and_a_word() {
    let huge = SAME
        .replace("≥90%", "≥1000000000000000%")
        .replace("= 300", "= 1000000000000000")
        .replace("96%", "999999999999999.9999999999%");
    let overview = overview(&huge);
    let rates = shown(
        table(&overview, "same_indicators"),
        &["name", "target", "remark"],
    );
    assert!(
        rates.contains(&"合格率 | – | 数值过大，无法汇总".to_owned()),
        "{rates:?}"
    );
}

fn sum_of(table: &Table, key: &str) -> Decimal {
    let column = table.column(key).expect("a column");
    let numbers = table.rows.iter().filter_map(|row| match row[column] {
        Value::Number(number) => Some(number),
        Value::Count(count) => Some(count.into()),
        _ => None,
    });
    numbers.sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the forms say: nothing panics, every row is whole, and departments add up to the list of projects.
    #[test]
    fn sums_equal_sums(document in generate::document(), departments in prop::collection::vec("[甲乙丙]局|　", 3)) {
        let edition = Arc::new(generate::EDITION.clone());
        let mut subjects: Vec<Subject> = Vec::new();
        for (project, department) in document.projects.iter().zip(&departments) {
            let mut project = (**project).clone();
            project.header.insert("department".into(), department.as_str().into());
            subjects.push(Subject {
                file: "一.jiping".to_owned(),
                findings: Arc::new(check_project(&project, &edition, TIME.date())),
                project: Arc::new(project),
                edition: Arc::clone(&edition),
            });
        }
        let overview = Overview::of(&subjects, TIME);
        for table in &overview.tables {
            for row in table.rows.iter().chain(&table.totals) {
                prop_assert_eq!(row.len(), table.columns.len(), "{}", table.key);
            }
        }
        let (projects, departments) = (table(&overview, "projects"), table(&overview, "departments"));
        for key in ["budget_wan", "executed_wan"] {
            prop_assert_eq!(sum_of(projects, key), sum_of(departments, key));
        }
        prop_assert_eq!(sum_of(departments, "projects"), Decimal::from(subjects.len()));
        let ratings = table(&overview, "ratings");
        prop_assert_eq!(sum_of(ratings, "by_score_count"), Decimal::from(subjects.len()));
    }
}

#[test]
fn notes_that_must_be_followed_are_counted_where_there_are_any() {
    let mut subjects = subjects(PROJECTS);
    let before = Overview::of(&subjects, TIME);
    let table = before.table("projects").expect("a table");
    assert_eq!(table.column("open_demands"), None, "no column says nothing");
    let project = Arc::make_mut(&mut subjects[1].project);
    let kinds = NoteKind::ALL.into_iter().chain([NoteKind::MustChange; 2]);
    for (number, kind) in (1..).zip(kinds) {
        let note = Note {
            id: Id::from_bits(number),
            at: project.at(Place::Whole),
            author: "王审".into(),
            time: String::new(),
            text: "请补充依据".into(),
            kind,
            // One of the three 必须改 is dealt with.
            resolved: number == 5,
            replies: Default::default(),
            unknown: Default::default(),
        };
        project.notes.push(note);
    }
    let overview = Overview::of(&subjects, TIME);
    let table = overview.table("projects").expect("a table");
    let column = table.column("open_demands").expect("a column");
    let counts: Vec<String> = table.rows.iter().map(|row| words(&row[column])).collect();
    assert_eq!(counts, ["0", "2", "0", "0"]);
    let told = "1 个项目有 2 条“必须改”的审核意见没有处理。";
    assert!(overview.remarks.iter().any(|remark| remark == told));
}
