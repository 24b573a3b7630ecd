//! The first real form, the Shenzhen form of 2020, read as a strict reviewer reads it: what must be found, each at its
//! place, and what must not be said.

use jiff::civil::date;
use jiping::{
    model::{edition::Edition, id::CountedIds, policy::Severity, project::Project},
    rules::{
        checker::{ProjectFindings, check_project},
        finding::{Finding, Mend},
    },
    score::score_project,
    store::{editions::EditionShelf, format},
};
use rust_decimal::dec;

use crate::cases;

/// A sample and its edition.
pub fn sample(name: &str) -> (Project, Edition) {
    let path = format!(
        "{}/assets/samples/{name}.jiping",
        env!("CARGO_MANIFEST_DIR")
    );
    let bytes = std::fs::read(path).expect("a sample");
    let opened = format::read(&bytes, &mut CountedIds(0)).expect("opens");
    let project = opened.document.projects.first().expect("a project");
    (Project::clone(project), cases::edition("shenzhen-2020"))
}

/// What is found in a sample, soon after its year.
pub fn check(project: &Project, edition: &Edition) -> ProjectFindings {
    check_project(project, edition, date(2021, 3, 1))
}

fn filed() -> (Project, Edition, Vec<Finding>) {
    let (project, edition) = sample("shenzhen-2020-filed");
    let findings = check(&project, &edition).findings;
    (project, edition, findings)
}

/// A finding: code, level, number of cells, where the first of them lies, and the values that its message names.
pub struct Told {
    pub code: &'static str,
    level: &'static str,
    cells: usize,
    place: &'static str,
    says: &'static [&'static str],
}

const fn told(
    code: &'static str,
    level: &'static str,
    cells: usize,
    place: &'static str,
    says: &'static [&'static str],
) -> Told {
    Told {
        code,
        level,
        cells,
        place,
        says,
    }
}

/// The reviewer's list, line by line in its order. Everything that is found on the filed form stands on it.
pub const MUST_FIND: &[Told] = &[
    // 错误
    // H07 tags in 预期目标
    told("H07", "错误", 1, "年度总体目标 · 预期目标", &["24个标记"]),
    // H07 tags in 实际完成情况 (12 pairs each, one finding per cell)
    told(
        "H07",
        "错误",
        1,
        "年度总体目标 · 实际完成情况",
        &["24个标记"],
    ),
    // I04 质量指标 · 经费使用合规性 twice
    told(
        "I04",
        "错误",
        2,
        "绩效指标 · 质量指标 第9行 经费使用合规性 · 三级指标",
        &["经费使用合规性", "第9行", "第10行"],
    ),
    // C16 数量指标 full marks although 年度课题数量 reached 7 of 10, 测算 14.70
    told(
        "C16",
        "错误",
        1,
        "绩效指标 · 数量指标 · 得分",
        &[
            "15分",
            "年度课题数量",
            "目标10",
            "实际7",
            "组内均分测算",
            "14.70",
        ],
    ),
    // 警告
    // C07 招才引智, 人才团队, 高层次活动, 专委会活动
    told(
        "C07",
        "警告",
        4,
        "绩效指标 · 数量指标 第6行 参加招才引智活动 · 偏差原因分析及改进措施",
        &[
            "2场→10场（+400%）",
            "5个→10个（+100%）",
            "4场→8场（+100%）",
            "3次→4次（+33.3%）",
        ],
    ),
    // V02 missing comparators in 23 rows, folded to one finding per group with its rows listed
    told(
        "V02",
        "警告",
        15,
        "绩效指标 · 数量指标 第1行 信息安全维护次数 · 年度指标值",
        &["15处", "年度课题数量 10", "专家联谊会各类活动 8次"],
    ),
    told(
        "V02",
        "警告",
        6,
        "绩效指标 · 质量指标 第2行 办公室会议完成率 · 年度指标值",
        &["6处", "发放完成率 100%"],
    ),
    told(
        "V02",
        "警告",
        2,
        "绩效指标 · 满意度指标 第2行 参与人员满意度 · 年度指标值",
        &["2处", "参与人员满意度 90%"],
    ),
    // V04 missing units (信息安全, 常委会, 年度课题数量, 系统运行; 座谈会 1个 against 1), folded
    told(
        "V04",
        "警告",
        5,
        "绩效指标 · 数量指标 第1行 信息安全维护次数 · 实际完成值",
        &[
            "科协六届五次常委会",
            "年度课题数量",
            "青年科技奖系统运行",
            "举办科技工作者座谈会（目标为“个”，实际没有单位）",
        ],
    ),
    // C13 the shared reason names no indicator
    told(
        "C13",
        "警告",
        1,
        "绩效指标 · 产出指标 · 偏差原因分析及改进措施",
        &["参加招才引智活动", "年度课题数量"],
    ),
    // V17 能利 (target and actual), 得意提升 (goal 三, expected), 均均 (goal 十, actual)
    told(
        "V17",
        "警告",
        1,
        "绩效指标 · 社会效益指标 第9行 科普工作能力提升 · 年度指标值",
        &["能利", "能力"],
    ),
    told(
        "V17",
        "警告",
        1,
        "绩效指标 · 社会效益指标 第9行 科普工作能力提升 · 实际完成值",
        &["能利", "能力"],
    ),
    told(
        "V17",
        "警告",
        1,
        "年度总体目标 · 预期目标",
        &["得意提升", "得以提升"],
    ),
    told("V17", "警告", 1, "年度总体目标 · 实际完成情况", &["均均"]),
    // G05 goal 三 tells of an activity not held in the planned form: 请核实
    told(
        "G05",
        "警告",
        1,
        "年度总体目标 · 实际完成情况",
        &["三、", "因疫情"],
    ),
    // goals 十 and 十二 word for word equal
    told(
        "G12",
        "警告",
        1,
        "年度总体目标 · 预期目标",
        &["第十、十二条", "8位获奖者"],
    ),
    // a goal with a number (走访慰问 ≥ 2 次) has no indicator and its completion is told once
    told(
        "I13",
        "警告",
        1,
        "年度总体目标 · 实际完成情况",
        &["走访慰问不少于2次"],
    ),
    // I14 satisfaction without survey
    told(
        "I14",
        "警告",
        2,
        "绩效指标 · 满意度指标 第2行 参与人员满意度 · 偏差原因分析及改进措施",
        &["参与人员满意度", "受众人员满意度"],
    ),
    // the 成本 target is not quantified and repeats the execution rate
    told(
        "I19",
        "警告",
        1,
        "绩效指标 · 成本指标 第1行 项目预算金额 · 年度指标值",
        &["没有量化", "预算执行率", "不超过全年预算数"],
    ),
    // all indicators at full marks (90 of 90) although one is missed
    told(
        "S14",
        "警告",
        1,
        "总分 · 得分",
        &["90/90", "年度课题数量", "未达标"],
    ),
    // 提示
    // I15 投诉次数 stands beside two real satisfaction indicators
    told(
        "I15",
        "提示",
        1,
        "绩效指标 · 满意度指标 第1行 服务对象投诉次数 · 三级指标",
        &["服务对象投诉次数"],
    ),
    // ≤1次 against 0 without unit
    told(
        "V04",
        "提示",
        1,
        "绩效指标 · 满意度指标 第1行 服务对象投诉次数 · 实际完成值",
        &["目标为“次”，实际没有单位"],
    ),
    // B08 budget adjusted without explanation (the edition has no remark column)
    told(
        "B08",
        "提示",
        1,
        "资金 · 年度资金总额 · 全年预算数",
        &["减少 511,400.00 元", "5.93%"],
    ),
    // 完成度 100 % beside 200 % quantities
    told(
        "V23",
        "提示",
        2,
        "绩效指标 · 质量指标 第6行 引进人才和团队完成度 · 实际完成值",
        &["5个→10个", "4场→8场"],
    ),
    // 及时 without a date
    told(
        "V22",
        "提示",
        13,
        "绩效指标 · 时效指标 第1行 科普后勤管理支付及时性 · 年度指标值",
        &["13处", "“及时”"],
    ),
    // 完成及时性, 当年完成, 发放完成率 name no object
    told(
        "I20",
        "提示",
        1,
        "绩效指标 · 质量指标 第13行 发放完成率 · 三级指标",
        &["发放完成率"],
    ),
    told(
        "I20",
        "提示",
        2,
        "绩效指标 · 时效指标 第11行 完成及时性 · 三级指标",
        &["完成及时性", "当年完成"],
    ),
    // 课题管理工作 under 社会效益 is an output
    told(
        "I05",
        "提示",
        1,
        "绩效指标 · 社会效益指标 第8行 课题管理工作 · 三级指标",
        &["产出", "课题管理工作"],
    ),
    // vague benefit targets (folded)
    told(
        "V11",
        "提示",
        9,
        "绩效指标 · 社会效益指标 第1行 科普活动保障情况 · 年度指标值",
        &[
            "9处",
            "节日影响力“得到提升”",
            "有效保障市青年科技奖“有效保障”",
        ],
    ),
    // many indicators (58)
    told(
        "I16",
        "提示",
        1,
        "绩效指标 · 数量指标 第1行 信息安全维护次数 · 三级指标",
        &["58条"],
    ),
];

/// What of `list` was not found, and what was found beyond it.
fn compared(
    list: &[Told],
    findings: &[Finding],
    project: &Project,
    edition: &Edition,
) -> (Vec<String>, Vec<String>) {
    let mut left: Vec<&Told> = list.iter().collect();
    let mut surplus = Vec::new();
    for finding in findings {
        let is_told = |told: &&Told| {
            told.code == finding.rule.code
                && told.level == finding.level.to_string()
                && told.cells == finding.cells.len()
                && told.place == finding.at.in_words(project, edition)
                && told.says.iter().all(|part| finding.message.contains(part))
        };
        match left.iter().position(is_told) {
            Some(index) => drop(left.remove(index)),
            None => surplus.push(cases::listing(
                std::slice::from_ref(finding),
                project,
                edition,
            )),
        }
    }
    let missing = left.iter().map(|told| {
        format!(
            "{} {} ×{} @ {} {:?}",
            told.code, told.level, told.cells, told.place, told.says
        )
    });
    (missing.collect(), surplus)
}

#[test]
fn the_filed_form_gives_exactly_the_reviewers_list() {
    let (project, edition, findings) = filed();
    let (missing, surplus) = compared(MUST_FIND, &findings, &project, &edition);
    assert!(
        missing.is_empty() && surplus.is_empty(),
        "missing: {missing:#?}\nnot on the list: {surplus:#?}"
    );
}

/// One of the five indicators lacks its unit in the actual value only: that is mended now, the others next year.
#[test]
fn a_unit_missing_in_the_actual_value_is_mended_now() {
    let (project, edition, findings) = filed();
    let units = findings
        .iter()
        .find(|finding| finding.rule.code == "V04")
        .expect("V04");
    assert_eq!((units.cells.len(), units.mend), (5, Mend::Now));
    let fix = units.fix.as_ref().expect("a fix");
    assert_eq!(fix.title, "改为“1个”（5处中的1处）");
    let [change] = fix.changes.as_slice() else {
        panic!("{fix:#?}");
    };
    let place = change.at.in_words(&project, &edition);
    assert!(place.contains("举办科技工作者座谈会"), "{place}");
}

/// What a careless checker would say of this form: the code, a part of the place it would name, and why it is wrong.
const MUST_NOT_SAY: &[(&str, &str, &str)] = &[
    ("S08", "", "52 rows have their values in the group's cell"),
    ("I11", "", "52 rows have their values in the group's cell"),
    ("C06", "", "52 rows have their values in the group's cell"),
    ("I03", "不适用", "the two 不适用 rows have no name to judge"),
    ("I04", "不适用", "the two 不适用 rows are no duplicates"),
    ("I10", "不适用", "the two 不适用 rows need no target"),
    ("V11", "不适用", "the two 不适用 rows have no vague target"),
    ("C14", "", "the two 不适用 rows have dashes, not numbers"),
    ("I01", "", "satisfaction is a second-level indicator here"),
    ("S05", "", "10/50/40 is this edition's own"),
    ("H06", "", "元 is this edition's own"),
    ("S13", "", "the total row carries no rating"),
    ("B03", "", "99.73 is 99.7 at the precision shown"),
    ("B06", "", "rows of 0.00 have no rate"),
    ("B10", "", "rows of 0.00 are not 万元"),
    ("V01", "项目预算金额", "不超过全年预算数 is qualitative"),
    ("V15", "项目预算金额", "不超过全年预算数 is qualitative"),
    (
        "G04",
        "",
        "the items are 12 and 12, nested numbers do not count",
    ),
    (
        "G06",
        "",
        "届, 类, 强 and 个 in the text are no targets; 2场 and 5个 agree",
    ),
    (
        "H05",
        "",
        "2019年 belongs to last year's topics, 2020年12月31日 is a date",
    ),
    // V17 on 能利 inside 功能利用 or 性能利用: see below.
    ("I09", "六届五次", "a session's name is not a target value"),
    ("V18", "六届五次", "a session's name holds no quantities"),
    (
        "C07",
        "服务对象投诉次数",
        "0 complaints are not an over-fulfilment",
    ),
    ("C09", "", "17 of 24 numeric rows are equal: 71 %"),
    ("I04", "青年科技奖", "…运行 and …运行质量 are two things"),
    ("C08", "", "said by C07"),
    ("C01", "", "said by C16"),
    ("C10", "", "said by C16"),
    (
        "I02",
        "",
        "all second-level indicators are there, two of them 不适用",
    ),
    ("I06", "", "no rate stands under 数量指标"),
    ("I07", "", "the captions are the edition's own"),
    ("I12", "", "the columns of the file are told apart"),
    (
        "I21",
        "",
        "those who took part are asked, not the unit's own people",
    ),
    ("V05", "", "个, 场 and 次 are usual units"),
    ("V06", "", "100% of 100% is no more than all"),
    ("V10", "服务对象投诉次数", "≤ is right for complaints"),
    ("V12", "", "no benefit is told in percent"),
    (
        "V13",
        "",
        "this edition does not ask for the words of the tiers",
    ),
    (
        "V14",
        "当年完成",
        "that is the name, its target says nothing of a state",
    ),
    ("V16", "", "all dates lie in the year"),
    ("V19", "不适用", "dashes are no values of another kind"),
    ("C11", "", "the shared reason is told of once, by C13"),
    ("C12", "", "the shared reason is told of once, by C13"),
    ("C21", "不适用", "the two 不适用 rows need no comparison"),
    ("G02", "", "the results are told item by item"),
    ("G03", "", "the results are told at length"),
    ("G07", "", "this edition has no limit"),
    ("G10", "", "no number of a person stands there"),
];

#[test]
fn the_filed_form_gives_none_of_the_false_alarms() {
    let (project, edition, findings) = filed();
    for (code, place, why) in MUST_NOT_SAY {
        let said = findings.iter().find(|finding| {
            let places = finding
                .cells
                .iter()
                .map(|cell| cell.in_words(&project, &edition));
            finding.rule.code == *code && places.into_iter().any(|words| words.contains(place))
        });
        assert!(said.is_none(), "{code} is wrong: {why}\n{said:#?}");
    }
}

/// 功能利用 and 性能利用 stand in the goals, and 能利 inside them is no typing error.
#[test]
fn a_word_inside_other_words_is_no_typing_error() {
    let (project, edition, findings) = filed();
    let goals = findings.iter().filter(|finding| {
        let place = finding.at.in_words(&project, &edition);
        finding.rule.code == "V17" && place.starts_with("年度总体目标")
    });
    for finding in goals {
        assert!(!finding.message.contains("能利"), "{}", finding.message);
    }
}

#[test]
fn the_filed_form_cannot_be_handed_in_until_four_things_are_mended() {
    let (project, edition, _) = filed();
    let findings = check(&project, &edition);
    assert_eq!(findings.blocking(), 4);
    let approved = findings
        .findings
        .iter()
        .filter(|finding| finding.mend == Mend::Approved)
        .all(|finding| finding.level < Severity::Error);
    assert!(approved, "what was approved blocks nothing");
}

#[test]
fn the_filed_form_is_scored_as_the_reviewer_scores_it() {
    let (project, edition, _) = filed();
    let score = score_project(&project, &edition);
    let groups: Vec<_> = score.goals[0]
        .sections
        .iter()
        .flat_map(|section| &section.groups)
        .map(|group| group.applicable.then_some(group.computed).flatten())
        .collect();
    let computed = [
        Some(dec!(14.70)),
        Some(dec!(15)),
        Some(dec!(10)),
        Some(dec!(10)),
        None,
        Some(dec!(30)),
        None,
        Some(dec!(10)),
    ];
    assert_eq!(groups, computed);
    assert_eq!(score.execution.shown_rate, Some(dec!(99.7)));
    assert_eq!(score.execution.score, Some(dec!(9.97)));
    assert_eq!(score.total.filed.value, dec!(99.97));
    assert_eq!(score.total.computed, Some(dec!(99.67)));
}

#[test]
fn the_sample_holds_the_whole_form() {
    let (project, _, _) = filed();
    assert_eq!(project.rows().count(), 60);
    let applicable = project.rows().filter(|view| view.indicator.is_applicable());
    assert_eq!(applicable.count(), 58);
    assert_eq!(project.groups().count(), 8);
    let waived = project.groups().filter(|view| !view.group.is_applicable());
    assert_eq!(waived.count(), 2);
}

#[test]
fn both_samples_refer_to_the_edition_as_it_is_shipped() {
    for name in ["shenzhen-2020-filed", "shenzhen-2020-corrected"] {
        let (project, _) = sample(name);
        let found = EditionShelf::built_in()
            .get(&project.edition)
            .expect("shipped");
        assert_eq!(
            project.edition,
            found.edition.reference(),
            "{name}: the edition changed, so must its hash"
        );
    }
}

/// What is left on the corrected form: what was approved cannot be mended in a self-evaluation, and what only the unit knows
/// (how satisfaction was found out, how often people were visited, why the budget was cut) no program and no sample invents.
const LEFT_CORRECTED: &[Told] = &[
    // Approved targets and names: for next year.
    told(
        "V02",
        "警告",
        15,
        "绩效指标 · 数量指标 第1行 信息安全维护次数 · 年度指标值",
        &["15处", "年度课题数量 10", "专家联谊会各类活动 8次"],
    ),
    told(
        "V02",
        "警告",
        6,
        "绩效指标 · 质量指标 第2行 办公室会议完成率 · 年度指标值",
        &["6处", "发放完成率 100%"],
    ),
    told(
        "V02",
        "警告",
        2,
        "绩效指标 · 满意度指标 第2行 参与人员满意度 · 年度指标值",
        &["2处", "参与人员满意度 90%"],
    ),
    told(
        "V17",
        "警告",
        1,
        "绩效指标 · 社会效益指标 第9行 科普工作能力提升 · 年度指标值",
        &["能利", "能力"],
    ),
    told(
        "G12",
        "警告",
        1,
        "年度总体目标 · 预期目标",
        &["第十、十二条", "8位获奖者"],
    ),
    told(
        "I19",
        "警告",
        1,
        "绩效指标 · 成本指标 第1行 项目预算金额 · 年度指标值",
        &["没有量化", "预算执行率", "不超过全年预算数"],
    ),
    told(
        "I15",
        "提示",
        1,
        "绩效指标 · 满意度指标 第1行 服务对象投诉次数 · 三级指标",
        &["服务对象投诉次数"],
    ),
    told(
        "V22",
        "提示",
        13,
        "绩效指标 · 时效指标 第1行 科普后勤管理支付及时性 · 年度指标值",
        &["13处", "“及时”"],
    ),
    told(
        "I20",
        "提示",
        1,
        "绩效指标 · 质量指标 第13行 发放完成率 · 三级指标",
        &["发放完成率"],
    ),
    told(
        "I20",
        "提示",
        2,
        "绩效指标 · 时效指标 第11行 完成及时性 · 三级指标",
        &["完成及时性", "当年完成"],
    ),
    told(
        "I05",
        "提示",
        1,
        "绩效指标 · 社会效益指标 第8行 课题管理工作 · 三级指标",
        &["产出", "课题管理工作"],
    ),
    told(
        "V11",
        "提示",
        9,
        "绩效指标 · 社会效益指标 第1行 科普活动保障情况 · 年度指标值",
        &[
            "9处",
            "节日影响力“得到提升”",
            "有效保障市青年科技奖“有效保障”",
        ],
    ),
    told(
        "I16",
        "提示",
        1,
        "绩效指标 · 数量指标 第1行 信息安全维护次数 · 三级指标",
        &["58条"],
    ),
    // Facts that only the unit has.
    told(
        "V04",
        "警告",
        5,
        "绩效指标 · 数量指标 第1行 信息安全维护次数 · 实际完成值",
        &[
            "科协六届五次常委会",
            "年度课题数量",
            "青年科技奖系统运行",
            "举办科技工作者座谈会（目标为“个”，实际没有单位）",
        ],
    ),
    told(
        "I13",
        "警告",
        1,
        "年度总体目标 · 实际完成情况",
        &["走访慰问不少于2次"],
    ),
    told(
        "I14",
        "警告",
        2,
        "绩效指标 · 满意度指标 第2行 参与人员满意度 · 偏差原因分析及改进措施",
        &["参与人员满意度", "受众人员满意度"],
    ),
    told(
        "V04",
        "提示",
        1,
        "绩效指标 · 满意度指标 第1行 服务对象投诉次数 · 实际完成值",
        &["目标为“次”，实际没有单位"],
    ),
    told(
        "B08",
        "提示",
        1,
        "资金 · 年度资金总额 · 全年预算数",
        &["减少 511,400.00 元", "5.93%"],
    ),
];

#[test]
fn the_corrected_form_has_no_error_and_keeps_every_approved_target() {
    let (before, edition, _) = filed();
    let (after, _) = sample("shenzhen-2020-corrected");
    let findings = check(&after, &edition);
    assert_eq!(findings.count(Severity::Error), 0);
    let (missing, surplus) = compared(LEFT_CORRECTED, &findings.findings, &after, &edition);
    assert!(
        missing.is_empty() && surplus.is_empty(),
        "missing: {missing:#?}\nnot on the list: {surplus:#?}"
    );
    let targets = |project: &Project| -> Vec<String> {
        project
            .rows()
            .map(|view| view.indicator.target.text().to_owned())
            .collect()
    };
    assert_eq!(targets(&before), targets(&after));
}
