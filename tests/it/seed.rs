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

fn sample(name: &str) -> (Project, Edition) {
    let path = format!(
        "{}/assets/samples/{name}.jiping",
        env!("CARGO_MANIFEST_DIR")
    );
    let bytes = std::fs::read(path).expect("a sample");
    let opened = format::read(&bytes, &mut CountedIds(0)).expect("opens");
    let project = opened.document.projects.first().expect("a project");
    (Project::clone(project), cases::edition("shenzhen-2020"))
}

fn check(project: &Project, edition: &Edition) -> ProjectFindings {
    check_project(project, edition, date(2021, 3, 1))
}

fn filed() -> (Project, Edition, Vec<Finding>) {
    let (project, edition) = sample("shenzhen-2020-filed");
    let findings = check(&project, &edition).findings;
    (project, edition, findings)
}

/// Code, level, number of cells, and where the first of them lies.
const MUST_FIND: &[(&str, &str, usize, &str)] = &[
    ("H07", "错误", 1, "年度总体目标 · 预期目标"),
    ("H07", "错误", 1, "年度总体目标 · 实际完成情况"),
    (
        "I04",
        "错误",
        2,
        "绩效指标 · 质量指标 第9行 经费使用合规性 · 三级指标",
    ),
    ("C16", "错误", 1, "绩效指标 · 数量指标 · 得分"),
    ("S14", "警告", 1, "总分 · 得分"),
    (
        "I14",
        "警告",
        2,
        "绩效指标 · 满意度指标 第2行 参与人员满意度 · 偏差原因分析及改进措施",
    ),
    (
        "V02",
        "警告",
        15,
        "绩效指标 · 数量指标 第1行 信息安全维护次数 · 年度指标值",
    ),
    (
        "V02",
        "警告",
        6,
        "绩效指标 · 质量指标 第2行 办公室会议完成率 · 年度指标值",
    ),
    (
        "V02",
        "警告",
        2,
        "绩效指标 · 满意度指标 第2行 参与人员满意度 · 年度指标值",
    ),
    (
        "V04",
        "警告",
        5,
        "绩效指标 · 数量指标 第1行 信息安全维护次数 · 实际完成值",
    ),
    ("V17", "警告", 1, "年度总体目标 · 预期目标"),
    ("V17", "警告", 1, "年度总体目标 · 实际完成情况"),
    (
        "V17",
        "警告",
        1,
        "绩效指标 · 社会效益指标 第9行 科普工作能力提升 · 年度指标值",
    ),
    (
        "V17",
        "警告",
        1,
        "绩效指标 · 社会效益指标 第9行 科普工作能力提升 · 实际完成值",
    ),
    (
        "C07",
        "警告",
        4,
        "绩效指标 · 数量指标 第6行 参加招才引智活动 · 偏差原因分析及改进措施",
    ),
    (
        "C13",
        "警告",
        1,
        "绩效指标 · 产出指标 · 偏差原因分析及改进措施",
    ),
    ("G05", "警告", 1, "年度总体目标 · 实际完成情况"),
    ("B08", "提示", 1, "资金 · 年度资金总额 · 全年预算数"),
    (
        "I15",
        "提示",
        1,
        "绩效指标 · 满意度指标 第1行 服务对象投诉次数 · 三级指标",
    ),
    (
        "V04",
        "提示",
        1,
        "绩效指标 · 满意度指标 第1行 服务对象投诉次数 · 实际完成值",
    ),
];

#[test]
fn the_filed_form_gives_exactly_the_reviewers_list() {
    let (project, edition, findings) = filed();
    let found: Vec<(&str, String, usize, String)> = findings
        .iter()
        .map(|finding| {
            let place = finding.at.in_words(&project, &edition);
            (
                finding.rule.code,
                finding.level.to_string(),
                finding.cells.len(),
                place,
            )
        })
        .collect();
    let wanted = |(code, level, cells, place): &(&'static str, &str, usize, &str)| {
        (*code, (*level).to_owned(), *cells, (*place).to_owned())
    };
    let mut missing: Vec<_> = MUST_FIND.iter().map(wanted).collect();
    let mut surplus = Vec::new();
    for one in found {
        match missing.iter().position(|other| *other == one) {
            Some(index) => drop(missing.remove(index)),
            None => surplus.push(one),
        }
    }
    assert!(
        missing.is_empty() && surplus.is_empty(),
        "missing: {missing:#?}\nnot on the list: {surplus:#?}"
    );
}

#[test]
fn the_messages_name_the_values() {
    let (_, _, findings) = filed();
    let message = |code: &str| {
        let of_code = findings.iter().find(|finding| finding.rule.code == code);
        of_code.map_or("", |finding| finding.message.as_str())
    };
    for part in ["年度课题数量", "10", "7", "14.70", "组内均分测算"] {
        assert!(message("C16").contains(part), "{part}: {}", message("C16"));
    }
    for part in [
        "2场→10场（+400%）",
        "5个→10个（+100%）",
        "4场→8场（+100%）",
        "3次→4次（+33.3%）",
    ] {
        assert!(message("C07").contains(part), "{part}: {}", message("C07"));
    }
    for part in ["511", "5.93%"] {
        assert!(message("B08").contains(part), "{part}: {}", message("B08"));
    }
    assert!(message("H07").contains("24个标记"), "{}", message("H07"));
    assert!(message("S14").contains("90"), "{}", message("S14"));
    assert!(message("G05").contains("三、"), "{}", message("G05"));
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
        assert!(
            found.exact && !project.edition.hash.is_empty(),
            "{name}: the edition changed, so must its hash"
        );
    }
}

#[test]
fn the_corrected_form_has_no_error_and_keeps_every_approved_target() {
    let (before, edition, _) = filed();
    let (after, _) = sample("shenzhen-2020-corrected");
    let findings = check(&after, &edition);
    assert_eq!(
        findings.count(Severity::Error),
        0,
        "{}",
        cases::listing(&findings.findings, &after, &edition)
    );
    for code in ["C07", "C13", "S14", "G05", "H07", "I04", "C16"] {
        assert!(
            findings
                .findings
                .iter()
                .all(|finding| finding.rule.code != code),
            "{code} is mended"
        );
    }
    let targets = |project: &Project| -> Vec<String> {
        project
            .rows()
            .map(|view| view.indicator.target.text().to_owned())
            .collect()
    };
    assert_eq!(targets(&before), targets(&after));
}
