//! 自评复核工作底稿: worked examples that a finance officer can read, and what a reviewer types over them.

use jiff::civil::date;
use jiping::{
    edit::{
        apply::apply,
        command::{EditCommand, Parts},
        history::{History, Limits},
    },
    model::{
        document::Document,
        edition::Edition,
        id::{CountedIds, Id},
        path::Place,
        project::{Evidence, Explanation, Project, Stage},
        working_paper::{PaperCell, PaperField, PaperSubject},
    },
    rules::{
        checker::check_project,
        working_paper::{Line, Paper, Value},
    },
    score::score_project,
    store::format,
};
use rust_decimal::Decimal;

use crate::cases;

/// The form of a case: edition, changes and table as in the case files of rules.
fn form(case: &str) -> (Project, Edition) {
    let text = format!("## 报警 例\n{case}\n");
    let case = cases::parse(&text).remove(0);
    let (project, edition, _) = case.check();
    (project, edition)
}

fn paper(project: &Project, edition: &Edition) -> Paper {
    let findings = check_project(project, edition, date(2021, 3, 1));
    let score = score_project(project, edition);
    Paper::of(project, edition, &score, &findings)
}

fn value(value: &Value) -> String {
    let mark = if value.is_typed() { "*" } else { "" };
    format!("{}{mark}", value.text())
}

fn number(number: Option<Decimal>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

/// 三级指标 | 性质 | 指标值 | 单位 | 权重 | 自评完成值 | 自评得分 | 复核完成值 | 复核得分 | 偏离度
fn shown(line: &Line) -> String {
    let kind = line.kind.map_or("", |kind| kind.word());
    [
        line.name.clone(),
        kind.to_owned(),
        line.target.clone(),
        line.unit.clone(),
        line.weight.clone(),
        line.filed_actual.clone(),
        line.filed_score.clone(),
        value(&line.actual),
        value(&line.score),
        number(line.deviation),
    ]
    .join(" | ")
}

fn totals(paper: &Paper) -> String {
    let totals = &paper.totals;
    let rating = |rating: Option<_>| rating.map_or_else(String::new, |rating| format!("{rating}"));
    format!(
        "自评{}{} 复核{}{} 相差{}",
        number(totals.filed),
        rating(totals.filed_rating),
        number(totals.reviewed),
        rating(totals.reviewed_rating),
        number(totals.change),
    )
}

fn typed(project: &Project, typed: &[(PaperCell, &str)]) -> Project {
    let mut document = Document::new(Id::from_bits(9));
    document.projects.push(project.clone());
    for (cell, text) in typed {
        let command = EditCommand::SetCell {
            at: project.at(Place::Paper(*cell)),
            text: (*text).to_owned(),
        };
        document = apply(&document, &command).expect("no stage locks the working paper");
    }
    Project::clone(document.projects.first().expect("a project"))
}

fn row(project: &Project, name: &str) -> PaperSubject {
    let mut rows = project.rows();
    let view = rows.find(|view| view.indicator.name == name);
    PaperSubject::Indicator(view.expect("a row of this name").indicator.id)
}

fn line(paper: &Paper, subject: PaperSubject) -> &Line {
    let mut lines = paper.lines.iter();
    lines.find(|line| line.subject == subject).expect("a line")
}

const ROWS: &str = "
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 度量单位 | 实际完成值 | 分值 | 得分 | 偏差原因 |
|---|---|---|---|---|---|---|---|---|
| 产出指标 | 数量指标 | 举办培训 | ≥10 | 场 | 7 | 10 | 10 | |
| | | 培训人数 | 不少于0.5万人次 | | 6250人次 | 10 | 10 | |
| | | 编印手册 | 3000册 | | 共印制3,000册 | 10 | 10 | |
| | 质量指标 | 资料保存 | 完整 | | 完整 | 5 | 5 | |
| | 时效指标 | 完成时间 | 2020年12月底前 | | 2020年11月 | 5 | 5 | |
| | 成本指标 | 每场费用 | ≤2万元 | | 1.85万元 | 10 | 10 | |
| 效益指标 | 社会效益指标 | 安全事故 | 0起 | | 0起 | 30 | 30 | |
| 满意度指标 | 服务对象满意度指标 | 学员满意度 | ≥95% | | 93.5% | 10 | 9.84 | 食堂排队；已增设窗口。 |
";

#[test]
fn every_line_stands_beside_what_the_catalogue_and_the_formulas_make_of_it() {
    let (project, edition) = form(ROWS);
    let paper = paper(&project, &edition);
    let lines: Vec<String> = paper.lines.iter().map(shown).collect();
    assert_eq!(
        lines,
        [
            "预算执行率 |  |  |  | 10 | 100% | 10 | 100% | 10 | ",
            "举办培训 | 定量 | ≥10 | 场 | 10 | 7 | 10 | 7 | 7.00 | -30.00",
            "培训人数 | 定量 | ≥0.5 | 万人次 | 10 | 6250人次 | 10 | 6250人次 | 10 | 25.00",
            "编印手册 | 定量 | 3000 | 册 | 10 | 共印制3,000册 | 10 | 共印制3,000册 | 10 | 0.00",
            "资料保存 | 定性 | 完整 |  | 5 | 完整 | 5 | 完整 | 5 | ",
            "完成时间 | 定量 | 2020年12月底前 |  | 5 | 2020年11月 | 5 | 2020年11月 | 5 | ",
            "每场费用 | 定量 | ≤2 | 万元 | 10 | 1.85万元 | 10 | 1.85万元 | 10 | -7.50",
            "安全事故 | 定量 | 0 | 起 | 30 | 0起 | 30 | 0起 | 30 | ",
            "学员满意度 | 定量 | ≥95 | % | 10 | 93.5% | 9.84 | 93.5% | 9.84 | -1.58",
        ]
    );
    assert_eq!(totals(&paper), "自评99.84优 复核96.84优 相差-3.00");
    assert_eq!((paper.totals.changed, paper.totals.missing), (1, 0));
    let training = line(&paper, row(&project, "举办培训"));
    assert_eq!(number(training.change), "-3.00");
    assert!(training.note.prefilled.starts_with("未达目标却得满分"));
}

#[test]
fn what_a_reviewer_types_stands_over_it_and_an_emptied_cell_goes_back() {
    let (mut project, edition) = form(ROWS);
    project.stage = Stage::Submitted;
    let training = row(&project, "举办培训");
    let costs = row(&project, "每场费用");
    let reviewed = typed(
        &project,
        &[
            (PaperCell::Line(training, PaperField::Actual), "6场"),
            (PaperCell::Line(training, PaperField::Score), "6"),
            (PaperCell::Line(costs, PaperField::Actual), "23000元"),
            (PaperCell::Line(costs, PaperField::Score), "待定"),
            (PaperCell::Line(costs, PaperField::Note), "发票2.3万元"),
            (PaperCell::Reviewer, "赵敏"),
        ],
    );
    let shown_paper = paper(&reviewed, &edition);
    assert_eq!(
        shown(line(&shown_paper, training)),
        "举办培训 | 定量 | ≥10 | 场 | 10 | 7 | 10 | 6场* | 6* | -40.00"
    );
    assert_eq!(
        shown(line(&shown_paper, costs)),
        "每场费用 | 定量 | ≤2 | 万元 | 10 | 1.85万元 | 10 | 23000元* | 待定* | 15.00"
    );
    // A score that cannot be read is told, not guessed.
    assert_eq!(shown_paper.totals.missing, 1);
    assert_eq!(totals(&shown_paper), "自评99.84优 复核85.84良 相差-14.00");

    let emptied = typed(
        &reviewed,
        &[
            (PaperCell::Line(training, PaperField::Actual), ""),
            (PaperCell::Line(training, PaperField::Score), ""),
        ],
    );
    let again = paper(&emptied, &edition);
    assert_eq!(
        line(&again, training),
        line(&paper(&project, &edition), training)
    );

    let mut document = Document::new(Id::from_bits(9));
    document.projects.push(reviewed);
    let command = EditCommand::ClearWorkingPaper {
        project: project.id,
        line: None,
    };
    assert_eq!(command.label(), "复核底稿回到预填");
    let cleared = apply(&document, &command).expect("no stage locks it");
    let cleared = cleared.projects.first().expect("a project");
    assert_eq!(cleared.paper_text(PaperCell::Reviewer), Some("赵敏"));
    assert_eq!(
        paper(cleared, &edition).lines,
        paper(&project, &edition).lines
    );
}

#[test]
fn a_group_scored_as_one_has_one_score_and_is_counted_once() {
    let (project, edition) = form(
        "表样: shenzhen-2020
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
|---|---|---|---|---|---|---|
| 产出指标 | 数量指标 | 〔组〕 | | | 50 | 50 |
| | | 课题数量 | 10个 | 7个 | | |
| | | 培训场次 | 5场 | 5场 | | |
| 效益指标 | 社会效益指标 | 〔组〕 | | | 30 | 30 |
| | | 受益企业 | 20家 | 25家 | | |
| 满意度指标 | 服务对象满意度指标 | 〔组〕 | | | 10 | 10 |
| | | 企业满意度 | ≥90% | 92% | | |",
    );
    let shown_paper = paper(&project, &edition);
    let lines: Vec<String> = shown_paper.lines.iter().skip(1).map(shown).collect();
    assert_eq!(
        lines,
        [
            "（全组合并计分） |  |  |  | 50 |  | 50 |  | 42.50 | ",
            "课题数量 | 定量 | 10 | 个 |  | 7个 |  | 7个 |  | -30.00",
            "培训场次 | 定量 | 5 | 场 |  | 5场 |  | 5场 |  | 0.00",
            "（全组合并计分） |  |  |  | 30 |  | 30 |  | 30 | ",
            "受益企业 | 定量 | 20 | 家 |  | 25家 |  | 25家 |  | 25.00",
            "（全组合并计分） |  |  |  | 10 |  | 10 |  | 10 | ",
            "企业满意度 | 定量 | ≥90 | % |  | 92% |  | 92% |  | 2.22",
        ]
    );
    assert_eq!(totals(&shown_paper), "自评100优 复核92.50优 相差-7.50");

    let group = shown_paper.lines[1].subject;
    let reviewed = typed(
        &project,
        &[(PaperCell::Line(group, PaperField::Score), "38")],
    );
    assert_eq!(
        totals(&paper(&reviewed, &edition)),
        "自评100优 复核88良 相差-12"
    );
}

#[test]
fn totals_are_folded_to_a_hundred_where_the_edition_asks_for_it() {
    let (project, mut edition) = form(
        "修改: 总分.得分 = 97.78
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 | 偏差原因 |
|---|---|---|---|---|---|---|---|
| 产出指标 | 数量指标 | 举办培训 | ≥10场 | 9场 | 20 | 18 | 一场因大雨取消；今后预备室内场地。 |
| | | 编印手册 | 3000册 | 3000册 | 30 | 30 | |
| 效益指标 | 社会效益指标 | 受益企业 | ≥20家 | 25家 | 30 | 30 | |
| 满意度指标 | 服务对象满意度指标 | 企业满意度 | 不适用 | | | | |",
    );
    edition.scoring.not_applicable = jiping::model::policy::NotApplicablePolicy::PerHundred;
    let training = row(&project, "举办培训");
    let reviewed = typed(
        &project,
        &[(PaperCell::Line(training, PaperField::Score), "9")],
    );
    let shown_paper = paper(&reviewed, &edition);
    // (10 + 9 + 30 + 30) ÷ 90 × 100
    assert_eq!(totals(&shown_paper), "自评97.78优 复核87.78良 相差-10.00");
    assert_eq!(number(shown_paper.totals.before_folding), "79");
    let waived = line(&shown_paper, row(&project, "企业满意度"));
    assert!(
        waived.value(PaperField::Score).is_none(),
        "nothing to score"
    );
}

#[test]
fn remarks_name_findings_without_codes_and_what_proves_a_result() {
    let (mut project, edition) = form(ROWS);
    let PaperSubject::Indicator(proved) = row(&project, "编印手册") else {
        panic!("an indicator");
    };
    project.evidence.push(Evidence {
        id: Id::from_bits(77),
        indicator: Some(proved),
        title: "验收单".into(),
        file: "佐证/验收单.pdf".into(),
        hash: String::new(),
        length: 0,
        unknown: Default::default(),
    });
    let findings = check_project(&project, &edition, date(2021, 3, 1));
    let mut standing = findings.findings.iter();
    let found = standing.find(|finding| finding.rule.code == "C01");
    let found = found.expect("full marks for a missed target");
    project.explanations.push(Explanation {
        id: Id::from_bits(78),
        rule: "C01".into(),
        at: found.at.clone(),
        text: "三场改为线上举办".into(),
        fingerprint: found.fingerprint(),
        author: "填报人".into(),
        time: "2021-03-05 14:32".into(),
        unknown: Default::default(),
    });
    let shown_paper = paper(&project, &edition);
    let note = |name: &str| {
        line(&shown_paper, row(&project, name))
            .note
            .prefilled
            .clone()
    };
    assert!(
        note("举办培训").starts_with("未达目标却得满分（单位说明：三场改为线上举办）"),
        "{}",
        note("举办培训")
    );
    // What the unit explained is the reviewer's to judge: the filed score stands.
    assert_eq!(
        line(&shown_paper, row(&project, "举办培训")).score.text(),
        "10"
    );
    assert!(note("编印手册").ends_with("佐证材料1份"));
    assert!(note("安全事故").ends_with("未附佐证材料"));
    let codes = |text: &str| text.chars().any(|c| c.is_ascii_uppercase());
    assert!(!shown_paper.lines.iter().any(|line| codes(line.note.text())));
}

#[test]
fn the_file_keeps_what_was_typed_and_nothing_that_is_worked_out() {
    let (project, _) = form(ROWS);
    let mut document = Document::new(Id::from_bits(9));
    document.projects.push(project.clone());
    let plain = String::from_utf8(format::write(&document)).expect("text");
    assert!(!plain.contains("working_paper"));

    let training = row(&project, "举办培训");
    let reviewed = typed(
        &project,
        &[
            (PaperCell::Opinion, "培训场次不实，核减4分。"),
            (PaperCell::Line(training, PaperField::Score), "6"),
            (
                PaperCell::Line(PaperSubject::Execution, PaperField::Actual),
                "98%",
            ),
        ],
    );
    document.projects = [reviewed.clone()].into_iter().collect();
    let text = String::from_utf8(format::write(&document)).expect("text");
    let newer = text.replacen("\"opinion\"", "\"panel\": [\"赵敏\"],\n\"opinion\"", 1);
    for text in [text, newer] {
        let opened = format::read(text.as_bytes(), &mut CountedIds(0)).expect("opens");
        let read = opened.document.projects.first().expect("a project");
        let score = PaperCell::Line(training, PaperField::Score);
        assert_eq!(read.paper_text(score), Some("6"));
        let again = String::from_utf8(format::write(&opened.document)).expect("text");
        assert_eq!(again.contains("\"panel\""), text.contains("\"panel\""));
    }
    let copy = reviewed.duplicate(&mut CountedIds(5000));
    assert!(
        copy.working_paper.is_none(),
        "a reviewer wrote about the other project"
    );
}

#[test]
fn a_line_goes_with_its_row_and_comes_back_with_it() {
    let (project, _) = form(ROWS);
    let training = row(&project, "举办培训");
    let PaperSubject::Indicator(id) = training else {
        panic!("an indicator");
    };
    let score = PaperCell::Line(training, PaperField::Score);
    let reviewed = typed(&project, &[(score, "6")]);
    let mut document = Document::new(Id::from_bits(9));
    document.projects.push(reviewed);
    let mut history = History::new(document, Limits::default());
    let remove = EditCommand::Remove {
        project: project.id,
        parts: Parts::Indicators(vec![id]),
    };
    history.edit(&remove, None).expect("removes");
    let now = history.document().projects.first().expect("one").clone();
    assert_eq!(now.paper_text(score), None);
    assert!(now.working_paper.is_none());
    history.undo();
    let now = history.document().projects.first().expect("one").clone();
    assert_eq!(now.paper_text(score), Some("6"));
}
