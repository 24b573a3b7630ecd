//! 偏差说明: what the sentence patterns say about real rows, and that a filled-in one satisfies every rule.

use jiff::civil::date;
use jiping::{
    edit::{apply::apply, command::EditCommand},
    model::{
        document::Document,
        edition::Edition,
        id::Id,
        path::{IndicatorField, Place},
        project::{Project, fund},
    },
    rules::{
        checker::check_project,
        deviation::{
            Deviation,
            occasion::{self, Occasion, Target},
            phrases::{Pattern, patterns},
        },
        form::Form,
    },
    score::score_project,
};

use crate::cases;

const HEAD: &str = "| 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 实际完成值 | 分值 | 得分 | 偏差原因 |\n";

/// The form of a case: an edition, changes, rows.
fn form(edition: &str, changes: &str, rows: &str) -> (Project, Edition) {
    let text = format!("## 报警 一例\n表样: {edition}\n{changes}\n{HEAD}|---|\n{rows}");
    let case = cases::parse(&text).remove(0);
    let (project, edition, _) = case.check();
    (project, edition)
}

fn occasions(project: &Project, edition: &Edition, place: &Place) -> Vec<Occasion> {
    let score = score_project(project, edition);
    occasion::at(
        &Form::new(project, edition, &score, date(2021, 3, 1)),
        place,
    )
}

fn of_row(project: &Project, edition: &Edition, name: &str) -> Occasion {
    let mut rows = project.rows();
    let row = rows
        .find(|view| view.indicator.name == name)
        .expect("a row");
    let place = Place::Indicator(row.indicator.id, IndicatorField::Score);
    occasions(project, edition, &place).remove(0)
}

fn of_funds(project: &Project, edition: &Edition, column: &str) -> Occasion {
    let row = project.funds.first().expect("a row");
    let place = Place::Fund(row.id, column.to_owned());
    occasions(project, edition, &place).remove(0)
}

fn pattern(deviation: Deviation, cause: &str) -> &'static Pattern {
    let mut all = patterns(deviation);
    all.find(|pattern| pattern.cause == cause)
        .expect("a pattern")
}

/// What a person might type into a blank.
fn told(blank: &str) -> Option<String> {
    Some(if blank.contains("时间") {
        "6月底".into()
    } else if blank.contains(['金', '数']) {
        "12.5万元".into()
    } else {
        "场馆检修与排期".into()
    })
}

/// The form with a text in a cell.
fn with(project: &Project, target: &Target, text: String) -> Project {
    let mut document = Document::new(Id::from_bits(1 << 40));
    document.projects.push(project.clone());
    let command = EditCommand::SetCell {
        at: target.at.clone(),
        text,
    };
    let document = apply(&document, &command).expect("a cell that takes text");
    let project = document.projects.first().expect("the project");
    Project::clone(project)
}

/// What checking finds, by code and place.
fn found(project: &Project, edition: &Edition) -> Vec<String> {
    let findings = check_project(project, edition, date(2021, 3, 1)).findings;
    findings
        .iter()
        .map(|finding| {
            let place = finding.at.in_words(project, edition);
            format!("{} @ {place}", finding.rule.code)
        })
        .collect()
}

const ROWS: &str = "\
| 产出指标 | 数量指标 | 举办培训 | | ≥10场 | | 7场 | 20 | 14 | |
| | | 培训人数 | | ≥200人 | | 500人 | 10 | 10 | |
| | 质量指标 | 合格率 | ≥ | 95 | % | 90.5 | 10 | 9.53 | |
| | 时效指标 | 培训完成时间 | | 2020年6月30日前 | | 2020年7月12日 | 10 | 8 | |
| | 成本指标 | 人均成本 | | ≤300元 | | 360元 | 10 | 8 | |
| 效益指标 | 社会效益指标 | 业务能力 | | 有所提高 | | 部分达成年度指标并具有一定效果 | 30 | 20 | |
";

#[test]
fn a_sentence_begins_with_what_the_row_states() {
    let (project, edition) = form("mof-2020", "", ROWS);
    let begins = |name: &str| {
        let occasion = of_row(&project, &edition, name);
        let pattern = pattern(occasion.deviation, "其他");
        let sentence = occasion.sentence(pattern, &occasion.cells[0]);
        let text = sentence.written(|_| None);
        let begins = text.split('。').next().expect("a sentence").to_owned();
        (occasion.deviation.name(), begins)
    };
    for (row, deviation, expected) in [
        ("举办培训", "未达标", "目标≥10场，实际7场，少3场（完成70%）"),
        (
            "培训人数",
            "超额",
            "目标≥200人，实际500人，超出300人（为目标的250%）",
        ),
        ("合格率", "未达标", "目标≥95%，实际90.5%，低4.5个百分点"),
        (
            "培训完成时间",
            "逾期",
            "要求2020年6月30日前，实际2020年7月12日，晚12天",
        ),
        (
            "人均成本",
            "未达标",
            "目标≤300元，实际360元，超出60元（为上限的120%）",
        ),
        (
            "业务能力",
            "未达标",
            "目标“有所提高”，实际“部分达成年度指标并具有一定效果”",
        ),
    ] {
        assert_eq!(begins(row), (deviation, expected.to_owned()), "{row}");
    }
}

#[test]
fn what_the_form_does_not_state_is_a_blank_and_never_invented() {
    let rows = "| 产出指标 | 数量指标 | 举办培训 | | ≥10场 | | | 90 | 0 | |\n";
    let (project, edition) = form("mof-2020", "", rows);
    let occasion = of_row(&project, &edition, "举办培训");
    assert!(!occasion.is_stated);
    let pattern = pattern(Deviation::Missed, "招标采购进度");
    let sentence = occasion.sentence(pattern, &occasion.cells[0]);
    let text = sentence.written(|_| None);
    assert!(text.starts_with("目标≥10场，实际【实际】。因【采购事项】于【开始时间】启动"));
    assert_eq!(sentence.blanks()[..2], ["实际", "采购事项"]);
}

#[test]
fn a_merged_cell_takes_a_sentence_that_names_its_indicator() {
    let changes = "修改: 合并原因.产出指标 = 无";
    let (project, edition) = form("mof-2020", changes, ROWS);
    let occasion = of_row(&project, &edition, "举办培训");
    let target = &occasion.cells[0];
    let reason = project.goals.first().and_then(|goal| goal.reasons.first());
    let reason = reason.expect("a shared reason").id;
    assert_eq!(target.at.place, Place::Reason(reason));
    let sentence = occasion.sentence(pattern(Deviation::Missed, "其他"), target);
    let written = sentence.written(told);
    assert!(written.starts_with("举办培训：目标≥10场"), "{written}");
    let all = occasions(&project, &edition, &target.at.place);
    let names: Vec<&str> = all.iter().map(|each| each.name.as_str()).collect();
    let deviating = ["举办培训", "合格率", "培训完成时间", "人均成本", "培训人数"];
    assert_eq!(names, deviating, "all rows that the cell spans");
    let still = found(&with(&project, target, written), &edition);
    assert!(
        !still.iter().any(|code| code.starts_with("C13")),
        "{still:?}"
    );
}

/// Every pattern that fits, in every cell for it: blanks left are found, a filled one satisfies every rule.
fn try_all(project: &Project, edition: &Edition, occasion: &Occasion, asked: &[&str]) {
    let before = found(project, edition);
    for code in asked {
        assert!(before.iter().any(|found| found.starts_with(code)), "{code}");
    }
    for target in &occasion.cells {
        for pattern in patterns(occasion.deviation) {
            let sentence = occasion.sentence(pattern, target);
            let open = sentence.written(|_| None);
            let cause = pattern.cause;
            assert!(!sentence.blanks().is_empty(), "{cause}");
            assert!(open.chars().count() <= 100, "{cause}: {open}");
            let left = found(&with(project, target, open), edition);
            assert!(left.iter().any(|found| found.starts_with("H08")), "{cause}");
            let full = sentence.written(told);
            let after = found(&with(project, target, full.clone()), edition);
            let new: Vec<_> = after.iter().filter(|one| !before.contains(one)).collect();
            assert!(new.is_empty(), "{cause}: {new:?}\n{full}");
            for code in asked {
                let still = after.iter().any(|found| found.starts_with(code));
                assert!(!still, "{cause}: {code} still stands\n{full}");
            }
        }
    }
}

#[test]
fn a_filled_sentence_satisfies_the_rules_of_reasons() {
    for (row, code) in [
        (
            "| 产出指标 | 数量指标 | 举办培训 | | ≥10场 | | 7场 | 90 | 63 | |",
            "C06",
        ),
        (
            "| 产出指标 | 数量指标 | 举办培训 | | ≥10场 | | 16场 | 90 | 90 | |",
            "C07",
        ),
        (
            "| 产出指标 | 时效指标 | 举办培训 | | 2020年6月30日前 | | 2020年7月12日 | 90 | 60 | |",
            "C06",
        ),
    ] {
        let (project, edition) = form("mof-2020", "", &format!("{row}\n"));
        let occasion = of_row(&project, &edition, "举办培训");
        try_all(&project, &edition, &occasion, &[code]);
    }
}

#[test]
fn a_filled_sentence_satisfies_the_rules_of_funds() {
    for edition in ["shenzhen-2020", "mof-2020", "sichuan-2022"] {
        let (project, layout) = form(edition, "", "");
        let changed = |cells: &[(&str, &str)]| {
            let mut project = project.clone();
            for (key, text) in cells {
                // The total and the one source that makes it; points stand in the total row alone.
                let rows = if *key == fund::SCORE { 1 } else { 2 };
                for row in 0..rows {
                    let row = project.funds.get_mut(row).expect("a row");
                    row.figures.insert((*key).to_owned(), (*text).into());
                }
            }
            project
        };
        let low = changed(&[
            (fund::EXECUTED, "60"),
            (fund::RATE, "60%"),
            (fund::SCORE, "6"),
        ]);
        let occasion = of_funds(&low, &layout, fund::RATE);
        assert_eq!(occasion.deviation, Deviation::LowExecution);
        let asked = layout.checks.explain_rate_below.map(|_| "B07");
        try_all(&low, &layout, &occasion, asked.as_slice());
        let adjusted = changed(&[(fund::INITIAL, "80")]);
        let occasion = of_funds(&adjusted, &layout, fund::ADJUSTED);
        assert_eq!(occasion.deviation, Deviation::Adjusted);
        try_all(&adjusted, &layout, &occasion, &["B08"]);
    }
}
