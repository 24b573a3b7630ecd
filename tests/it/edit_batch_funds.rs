//! 批量填资金: one pasted table for all projects.

use std::sync::{Arc, LazyLock};

use jiping::{
    edit::{
        apply::apply,
        batch_funds::{BatchPlan, Column, Unmatched, plan, told_unit},
        block::Block,
        paste::Verdict,
        refusal::Refusal,
    },
    model::{
        document::Document,
        edition::Edition,
        figure::MoneyUnit,
        id::{CountedIds, Id},
        project::{Project, Stage},
    },
};

use crate::cases;

static MOF: LazyLock<Arc<Edition>> = LazyLock::new(|| Arc::new(cases::edition("mof-2020")));
static HUBEI: LazyLock<Arc<Edition>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../assets/editions/hubei-2019.json")).expect("an edition")
});

const WAN: MoneyUnit = MoneyUnit::TenThousandYuan;
const YUAN: MoneyUnit = MoneyUnit::Yuan;

/// A document of projects with these codes and names, in 万元.
fn document(projects: &[(&str, &str)]) -> Document {
    let mut ids = CountedIds(0);
    let mut document = Document::new(Id::new(&mut ids));
    for (code, name) in projects {
        let mut project = Project::blank(&MOF, &mut ids);
        project.header.insert("project_code".into(), (*code).into());
        project.header.insert("project_name".into(), (*name).into());
        document.projects.push(project);
    }
    document
}

fn planned(document: &Document, text: &str, unit: MoneyUnit) -> BatchPlan {
    let editions = |project: &Project| match project.edition.id.as_str() {
        "mof-2020" => Some(Arc::clone(&MOF)),
        id if id == HUBEI.id => Some(Arc::clone(&HUBEI)),
        _ => None,
    };
    plan(document, &editions, &Block::parse(text), unit)
}

/// The amounts of the total row after the plan.
fn amounts(document: &Document, plan: &BatchPlan) -> Vec<[String; 3]> {
    let after = apply(document, &plan.command()).expect("applies");
    let of = |project: &Arc<Project>| {
        let total = project.funds.first().expect("a row");
        ["initial", "adjusted", "executed"].map(|key| total.figure(key).text().to_owned())
    };
    after.projects.iter().map(of).collect()
}

#[test]
fn a_table_with_headings_fills_its_projects() {
    let document = document(&[
        ("44A01", "科普"),
        ("44A02", "培训"),
        ("", "信息 化（一期）"),
        ("", "其他"),
    ]);
    let text = "2020年度预算执行表\n\
        序号\t项目编码\t项目名称\t主管部门\t年初预算数（万元）\t调整后预算数\t*全年执行数（B）\n\
        1\t44A01\t改了名\t科协\t1,234.00\t1,300\t 1,299.99 \n\
        2\t\t培训\t科协\t\t20\t15\n\
        3\t\t 信息 化(一期)\t科协\t5\t5\t待定\n\
        \t\t\t\t\t\t\n\
        4\t\t没有\t科协\t1\t1\t1\n\
        \t合计\t\t\t1\t2\t3\n";
    let plan = planned(&document, text, WAN);
    assert_eq!(
        amounts(&document, &plan),
        [
            ["1,234.00", "1,300", "1,299.99"],
            ["", "20", "15"],
            ["5", "5", ""],
            ["", "", ""],
        ]
        .map(|row| row.map(str::to_owned))
    );
    assert_eq!(plan.command().label(), "批量填资金 3 个项目");
    assert_eq!(plan.columns[1], Some(Column::Code));
    let unmatched: Vec<(usize, &Unmatched)> =
        plan.unmatched().map(|(row, why)| (row.line, why)).collect();
    assert_eq!(
        unmatched,
        [(7, &Unmatched::Unknown), (8, &Unmatched::Unknown)]
    );
    let refused = &plan.rows[2].cells[2];
    assert_eq!(
        refused.verdict,
        Verdict::Refused(Refusal::NotAnAmount("待定".into()))
    );
    let other = document.projects.last().expect("a project").id;
    assert_eq!(plan.unnamed_projects, [other]);
}

#[test]
fn without_headings_columns_are_told_by_their_content() {
    let document = document(&[("44A01", "科普"), ("44A02", "培训")]);
    for text in [
        "44A02\t培训\t10\t12\t11\n44A01\t科普\t1\t2\t3",
        "1\t培训\t10\t12\t11\n2\t科普\t1\t2\t3",
        "培训\t科协\t10\t12\t11\t说明\n科普\t科协\t1\t2\t3\t",
    ] {
        let plan = planned(&document, text, WAN);
        assert_eq!(
            amounts(&document, &plan),
            [["1", "2", "3"], ["10", "12", "11"]].map(|row| row.map(str::to_owned)),
            "{text}"
        );
    }
    let nothing = planned(&document, "甲\t1\n乙\t2", WAN);
    assert!(
        nothing
            .rows
            .iter()
            .all(|row| row.project == Err(Unmatched::Nameless))
    );
    assert_eq!(nothing.changed_projects(), 0);
    assert_eq!(planned(&document, "", WAN).unnamed_projects.len(), 2);
}

#[test]
fn a_table_in_the_other_unit_is_converted() {
    let document = document(&[("", "科普")]);
    let text = "单位：元\n项目\t年初预算\t全年预算\t支出\n科普\t1,234,500.00\t620.82万元\t0";
    let plan = planned(&document, text, YUAN);
    assert_eq!(
        amounts(&document, &plan),
        [["123.45", "620.82", "0"].map(str::to_owned)]
    );
    assert_eq!(told_unit(&Block::parse(text)), Some(YUAN));
    assert_eq!(
        told_unit(&Block::parse("项目\t执行数（万元）\n科普\t1")),
        Some(WAN)
    );
    assert_eq!(told_unit(&Block::parse("项目\t执行数\n科普\t1元")), None);
}

#[test]
fn doubtful_rows_fill_in_nothing() {
    let document = document(&[("1", "科普"), ("2", "科普"), ("3", "培训"), ("", "论坛")]);
    let text = "编码\t名称\t执行数\n\
        \t科普\t1\n\
        2\t科普\t2\n\
        9\t培训\t3\n\
        9\t论坛\t4\n\
        \t论坛\t5\n\
        \t\t6\n";
    let plan = planned(&document, text, WAN);
    let outcomes: Vec<_> = plan
        .rows
        .iter()
        .map(|row| row.project.clone().err())
        .collect();
    assert_eq!(
        outcomes,
        [
            Some(Unmatched::Ambiguous(2)),
            None,
            Some(Unmatched::OtherCode("3".into())),
            None,
            Some(Unmatched::Repeated(5)),
            Some(Unmatched::Nameless),
        ]
    );
    let executed: Vec<String> = amounts(&document, &plan)
        .into_iter()
        .map(|[_, _, executed]| executed)
        .collect();
    assert_eq!(executed, ["", "2", "", "4"]);
}

#[test]
fn locked_and_unknown_forms_stay_as_they_are() {
    let mut document = document(&[("", "甲"), ("", "乙"), ("", "丙"), ("", "丁")]);
    let change = |document: &mut Document, at: usize, change: &dyn Fn(&mut Project)| {
        change(document.projects.get_mut(at).expect("a project"));
    };
    change(&mut document, 0, &|project| {
        project.stage = Stage::Submitted
    });
    change(&mut document, 1, &|project| {
        project.edition.id = "unknown".into()
    });
    change(&mut document, 2, &|project| {
        project.funds.remove(0);
    });
    change(&mut document, 3, &|project| {
        project.edition = HUBEI.reference()
    });
    let text = "名称\t年初预算\t执行数\n甲\t1\t1\n乙\t1\t1\n丙\t1\t1\n丁\t1\t2";
    let plan = planned(&document, text, WAN);
    let locked = Verdict::Refused(Refusal::LockedByStage(Stage::Submitted));
    assert!(plan.rows[0].cells.iter().all(|cell| cell.verdict == locked));
    assert_eq!(plan.rows[1].project, Err(Unmatched::NoEdition));
    assert_eq!(plan.rows[2].project, Err(Unmatched::NoFundRow));
    assert_eq!(plan.rows[3].without_column, [Column::Initial]);
    assert_eq!(plan.rows[3].cells.len(), 1);
    assert_eq!(plan.changed_projects(), 1);
    let after = apply(&document, &plan.command()).expect("applies");
    let last = after.projects.last().expect("a project");
    assert_eq!(
        last.funds.first().expect("a row").figure("executed").text(),
        "2"
    );
}
