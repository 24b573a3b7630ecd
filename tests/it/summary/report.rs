//! The 绩效自评报告: what the forms say stands in it, what they do not say is asked for, and nothing else is said.

use std::{fs, path::Path, sync::Arc};

use jiff::civil::{DateTime, date};
use jiping::{
    model::{edition::Edition, figure::MoneyUnit, id::CountedIds, project::Project},
    rules::checker::check_project,
    sheet::word::{
        self,
        document::{Document, Element, Table},
    },
    store::format,
    summary::{Subject, report::report},
};
use tempfile::TempDir;

use crate::{
    cases,
    foreign::{converted, python},
};

const TIME: DateTime = date(2021, 3, 5).at(14, 32, 7, 0);
const SAMPLE: &str = "assets/samples/shenzhen-2020-filed.jiping";

fn subject(project: Project) -> Subject {
    let edition = cases::edition(&project.edition.id);
    let findings = check_project(&project, &edition, TIME.date());
    Subject {
        file: "自评表.jiping".to_owned(),
        project: Arc::new(project),
        edition: Arc::new(edition),
        findings: Arc::new(findings),
    }
}

fn project(path: &str) -> Project {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let bytes = fs::read(path).expect("a document");
    let opened = format::read(&bytes, &mut CountedIds(0)).expect("opens");
    Project::clone(opened.document.projects.first().expect("a project"))
}

fn blank(edition: &Edition) -> Project {
    Project::blank(edition, &mut CountedIds(0))
}

fn elements(document: &Document) -> impl Iterator<Item = &Element> {
    document
        .sections
        .iter()
        .flat_map(|section| &section.elements)
}

fn headings(document: &Document) -> Vec<(u8, &str)> {
    let headings = elements(document).filter_map(|element| match element {
        Element::Heading(level, text) => Some((*level, text.as_str())),
        _ => None,
    });
    headings.collect()
}

fn tables(document: &Document) -> Vec<&Table> {
    let tables = elements(document).filter_map(|element| match element {
        Element::Table(table) => Some(table),
        _ => None,
    });
    tables.collect()
}

/// The texts of paragraphs, those that are asked for or those that are said.
fn texts(document: &Document, open: bool) -> Vec<String> {
    let texts = elements(document).filter_map(|element| match element {
        Element::Paragraph(paragraph) => {
            let runs = paragraph.runs.iter().filter(|run| run.open == open);
            let text: String = runs.map(|run| run.text.as_str()).collect();
            (!text.is_empty()).then_some(text)
        }
        _ => None,
    });
    texts.collect()
}

/// The rows of a table, cells joined.
fn lines(table: &Table) -> Vec<String> {
    let rows = table.rows.iter().map(|row| {
        let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
        cells.join("|")
    });
    rows.collect()
}

#[test]
fn the_report_on_one_project_is_headed_as_such_reports_are() {
    let report = report(&[subject(project(SAMPLE))], TIME);
    assert_eq!(
        headings(&report),
        [
            (1, "一、项目概况"),
            (2, "（一）项目基本情况"),
            (2, "（二）项目绩效目标"),
            (1, "二、绩效自评工作开展情况"),
            (1, "三、绩效目标完成情况分析"),
            (2, "（一）资金投入情况分析"),
            (3, "1. 项目资金到位情况"),
            (3, "2. 项目资金执行情况"),
            (3, "3. 项目资金管理情况"),
            (2, "（二）总体绩效目标完成情况分析"),
            (2, "（三）绩效指标完成情况分析"),
            (3, "1. 产出指标完成情况"),
            (3, "2. 效益指标完成情况"),
            (1, "四、偏离绩效目标的原因和下一步改进措施"),
            (1, "五、绩效自评结果拟应用和公开情况"),
            (1, "六、其他需要说明的问题"),
        ]
    );
    assert_eq!(
        texts(&report, false)[0],
        "2020年度“科协组织建设与事业发展”项目支出绩效自评报告"
    );
}

#[test]
fn figures_are_those_of_the_form() {
    let report = report(&[subject(project(SAMPLE))], TIME);
    let said = texts(&report, false);
    for sentence in [
        "年初预算数 8620000.00 元，全年预算数 8108600.00 元。",
        "全年执行数 8086475.64 元，执行率 99.7%，该项得分 9.97 分（分值 10 分）。",
        "共 44 项三级指标，分值 50 分，自评得分 50 分，按指标值和实际完成值比较，1 项没有达到指标值。",
        "本项目自评总分 99.97 分，评价等级为优（按总分对应）。",
        "“年度课题数量”指标值 10，实际完成值 7，没有达到指标值。尚未填写原因。",
        "产出指标：按市财政要求压减会议、差旅、培训等8类一般性支出，可用经费减少。今后将合理设置绩效指标，提高目标完成程度。",
    ] {
        assert!(
            said.iter().any(|text| text == sentence),
            "{sentence}\n{}",
            said.join("\n")
        );
    }
    assert!(
        said.iter().all(|text| !text.contains("<p>")),
        "marks are cleaned"
    );
    let tables = tables(&report);
    let funds = lines(tables[1]);
    assert_eq!(
        funds[0],
        "资金来源（元）|年初预算数|全年预算数|全年执行数|执行率"
    );
    assert_eq!(funds[4], "其他资金|0.00|0.00|0.00|—");
    let output = lines(tables[2]);
    assert_eq!(output[1], "数量指标|信息安全维护次数|1|1|15|15");
    assert_eq!(
        output[2], "科协六届五次常委会|1|1",
        "points are merged over the group"
    );
    assert_eq!(output.len(), 45);
    let group = &tables[2].rows[1].cells;
    assert_eq!((group[0].rows, group[4].rows, group[5].rows), (15, 15, 15));
}

#[test]
fn of_a_blank_form_nothing_is_said() {
    for edition in ["shenzhen-2020", "mof-2020", "transfer-2019", "sichuan-2022"] {
        let edition = cases::edition(edition);
        let report = report(&[subject(blank(&edition))], TIME);
        let said = texts(&report, false).join("\n");
        for word in ["执行率", "总分", "等级", "预算数", "没有达到", "得分"] {
            assert!(!said.contains(word), "{}: {word} in\n{said}", edition.id);
        }
        let asked = texts(&report, true).join("\n");
        for what in [
            "年度",
            "绩效目标",
            "全年执行数和执行率",
            "下一步改进措施",
            "文件名称和文号",
        ] {
            assert!(
                asked.contains(what),
                "{}: {what} is not asked for in\n{asked}",
                edition.id
            );
        }
    }
}

#[test]
fn reasons_are_quoted_as_written() {
    let mut project = project(SAMPLE);
    let goal = project.goals.get_mut(0).expect("a goal");
    let section = goal.sections.get_mut(0).expect("a section");
    let group = section.groups.get_mut(0).expect("a group");
    let missed = group
        .indicators
        .position(|row| row.name == "年度课题数量")
        .expect("the row");
    let row = group.indicators.get_mut(missed).expect("the row");
    row.deviation = "年度经费压减，\n减少课题3个 <甲>".into();
    let report = report(&[subject(project)], TIME);
    let said = texts(&report, false);
    let first = "“年度课题数量”指标值 10，实际完成值 7，没有达到指标值。原因：年度经费压减，";
    let at = said.iter().position(|text| text == first).expect(first);
    assert_eq!(said[at + 1], "减少课题3个 <甲>");
    assert!(said.iter().all(|text| !text.contains("尚未填写原因")));
}

#[test]
fn sums_are_of_amounts_in_one_unit() {
    let sample = project(SAMPLE);
    let mut other = cases::clean_project(&cases::edition("mof-2020"));
    assert_eq!(
        (sample.money_unit, other.money_unit),
        (MoneyUnit::Yuan, MoneyUnit::TenThousandYuan)
    );
    other
        .header
        .insert("project_name".to_owned(), "乡村道路养护".into());
    let both = report(&[subject(sample.clone()), subject(other.clone())], TIME);
    let tables = tables(&both);
    let all = lines(tables.last().expect("the table of all"));
    assert_eq!(
        all[1],
        "1|科协组织建设与事业发展|深圳市科学技术协会本级|810.860000|808.647564|99.7%|99.97|优（按总分对应）"
    );
    assert!(
        all[2].starts_with("2|乡村道路养护|某市财政局培训中心|100.000000|100.000000|100%|"),
        "{}",
        all[2]
    );
    assert_eq!(all[3], "合计（计算）|910.860000|908.647564|—|—|—");
    let said = texts(&both, false).join("\n");
    assert!(
        said.contains("有 1 个项目的自评表以元为单位，表中金额已换算为万元"),
        "{said}"
    );
    assert!(
        said.contains("2 个项目中，评价等级为优（按总分对应）的 2 个。"),
        "{said}"
    );
    let projects: Vec<&str> = headings(&both)
        .into_iter()
        .filter(|(level, _)| *level == 2)
        .map(|(_, text)| text)
        .collect();
    assert_eq!(
        projects,
        [
            "（一）单位基本情况",
            "（二）项目概况",
            "（一）科协组织建设与事业发展",
            "（二）乡村道路养护",
            "（一）科协组织建设与事业发展",
            "（二）乡村道路养护",
        ]
    );

    // Where an amount is missing there is no sum, and the report says why.
    let row = other.funds.get_mut(0).expect("a row");
    row.figures.insert("executed".to_owned(), "".into());
    let gap = report(&[subject(sample.clone()), subject(other)], TIME);
    let table = lines(self::tables(&gap).last().expect("the table of all"));
    assert_eq!(table[3], "合计（计算）|910.860000|—|—|—|—");
    assert!(
        texts(&gap, false)
            .contains(&"注：有 1 个项目没有可以相加的全年执行数，没有合计。".to_owned())
    );

    // In one unit nothing is converted.
    let same = report(&[subject(sample.clone()), subject(sample)], TIME);
    let table = lines(self::tables(&same).last().expect("the table of all"));
    assert_eq!(table[3], "合计（计算）|16,217,200.00|16,172,951.28|—|—|—");
    assert!(
        texts(&same, false)
            .iter()
            .all(|text| !text.contains("换算"))
    );
}

#[test]
fn other_programs_read_the_report() {
    let forms = ["06", "12", "19", "31", "32", "37"];
    let mut subjects: Vec<Subject> = forms
        .iter()
        .map(|name| subject(project(&format!("tests/forms/{name}.jiping"))))
        .collect();
    subjects.push(subject(project(SAMPLE)));
    let document = report(&subjects, TIME);
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("报告.docx");
    fs::write(&path, word::write(&document).expect("is written")).expect("is written");
    let script = "import docx, sys
d = docx.Document(sys.argv[1])
print(len(d.tables), [str(s.orientation).split()[0] for s in d.sections])
print('\\n'.join(p.style.name + ' ' + p.text for p in d.paragraphs if p.style.name.startswith('Heading')))";
    let printed = python(script, &[&path]);
    let (first, headed) = printed.split_once('\n').expect("lines");
    assert_eq!(
        first,
        format!("{} ['PORTRAIT', 'LANDSCAPE']", tables(&document).len())
    );
    let expected: Vec<String> = headings(&document)
        .iter()
        .map(|(level, text)| format!("Heading {level} {text}"))
        .collect();
    assert_eq!(headed.trim_end(), expected.join("\n"));
    assert!(converted(&[&path], "pdf", folder.path())[0].exists());
}

#[test]
fn a_report_on_nothing_asks_for_everything() {
    let document = report(&[], TIME);
    assert!(texts(&document, true).len() > 8);
    assert!(tables(&document).is_empty());
    assert!(word::write(&document).is_ok());
}
