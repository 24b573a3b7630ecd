//! 年中: adjustments of the budget on record, and figures of monitoring kept beside those of the year.

use std::sync::Arc;

use jiff::civil::date;
use jiping::{
    edit::{
        apply::apply,
        command::{EditCommand, Parts},
        next_year::next_year,
    },
    model::{
        budget::{BudgetAdjustment, BudgetMove},
        document::Document,
        edition::Edition,
        id::{CountedIds, Id},
        monitoring::{is_of_monitoring, key, stands_beside},
        path::{CellPath, GoalField, IndicatorField, Place},
        project::{Project, Stage},
    },
    rules::{
        checker::check_project,
        monitoring::{FundProgress, Period, hint, progress},
    },
    store::format,
};

use rust_decimal::Decimal;

use crate::cases;

/// The form of a case of the case files of rules.
fn form(case: &str) -> (Project, Edition) {
    let text = format!("## 报警 例\n{case}\n");
    let (project, edition, _) = cases::parse(&text).remove(0).check();
    (project, edition)
}

fn document(project: Project) -> Document {
    let mut document = Document::new(Id::from_bits(0xD0));
    document.projects.push(project);
    document
}

fn project(document: &Document) -> &Project {
    document.projects.get(0).expect("a project")
}

fn filled(document: &Document, cells: &[(CellPath, &str)]) -> Document {
    cells.iter().fold(document.clone(), |document, (at, text)| {
        let command = EditCommand::SetCell {
            at: at.clone(),
            text: (*text).to_owned(),
        };
        apply(&document, &command).expect("a cell to type into")
    })
}

/// One cell of every kind of mid-year, with what is typed there.
fn mid_year(project: &Project) -> Vec<(CellPath, &'static str)> {
    let row = project.rows().next().expect("a row").indicator;
    let extra = |key: &str| project.at_indicator(row, IndicatorField::Extra(key.to_owned()));
    let total = project.funds.get(0).expect("a fund row").id;
    let fund = |key: &str| project.at(Place::Fund(total, key.to_owned()));
    let goal = project.goals.get(0).expect("a goal").id;
    let field = GoalField::Text(key::MONITORED.to_owned());
    vec![
        (project.at(Place::Header(key::UNTIL.to_owned())), "7月31日"),
        (fund(key::MONITORED), "30.00"),
        (fund(key::FORECAST), "95.00"),
        (project.at(Place::Goal(goal, field)), "请填写 <b>XX</b>"),
        (extra(key::MONITORED), "6场"),
        (extra(key::FORECAST), "8场"),
        (extra(key::OUTLOOK), "完全不可能"),
        (extra(key::REASON), "场地没有落实**"),
        (extra(key::REMARK), "１２"),
    ]
}

#[test]
fn figures_of_mid_year_stand_beside_the_form_and_are_no_fault_of_it() {
    let (blank, edition) = form("期望: 无 错误");
    let cells = mid_year(&blank);
    let document = filled(&document(blank.clone()), &cells);
    let project = project(&document);
    assert!(project.is_monitored() && !blank.is_monitored());
    for (at, text) in &cells {
        assert_eq!(project.cell_text(&at.place).as_deref(), Some(*text));
        assert!(is_of_monitoring(&at.place) && stands_beside(&edition, &at.place));
        let words = at.in_words(project, &edition);
        let last = words.rsplit(" · ").next().expect("words");
        assert!(!last.is_ascii(), "{words} is a key");
    }
    let found = |project| check_project(project, &edition, date(2021, 3, 1)).findings;
    let codes = |project| -> Vec<_> { found(project).iter().map(|one| one.rule.code).collect() };
    assert_eq!(codes(project), codes(&blank));

    let monitoring = cases::edition("monitoring-small");
    assert!(
        cells
            .iter()
            .all(|(at, _)| !stands_beside(&monitoring, &at.place))
    );
    assert!(monitoring.is_for_monitoring() && !edition.is_for_monitoring());
    let read = format::read(&format::write(&document), &mut CountedIds(1)).expect("its own file");
    assert_eq!(read.document, document);
}

#[test]
fn progress_of_the_year_is_worked_out_from_what_is_typed() {
    let (blank, edition) = form("期望: 无 错误");
    let document = filled(&document(blank.clone()), &mid_year(&blank));
    let project = project(&document);
    let period = Period::of(project, date(2020, 9, 1));
    let share = period.share().expect("a date is stated");
    assert_eq!(share.until, date(2020, 7, 31));
    let total = project.funds.get(0).expect("a fund row");
    let funds = FundProgress::of(project, total, &edition, period);
    assert_eq!(funds.rate, Some(Decimal::from(30)));
    assert_eq!(funds.hint, "全年已过 58%，执行率 30.00%，请关注支出进度");
    let early = Period::of(&blank, date(2020, 2, 1));
    assert_eq!(FundProgress::of(project, total, &edition, early).hint, "");
    assert_eq!(Period::of(&blank, date(2021, 2, 1)), Period::Unknown);
    let mut typed = blank.clone();
    for (text, until) in [
        ("7.31", Some(date(2020, 7, 31))),
        ("6／30", Some(date(2020, 6, 30))),
        ("2.30", None),
        ("0.5", None),
    ] {
        typed.header.insert(key::UNTIL.to_owned(), text.into());
        assert_eq!(typed.monitored_until(), until, "{text}");
    }

    let row = project.rows().next().expect("a row").indicator;
    assert_eq!(row.target.text(), "≥10场");
    assert_eq!(
        progress(row).map(|percent| percent.to_string()).as_deref(),
        Some("60")
    );
    assert_eq!(hint(row), "", "there is a reason");
    let mut without = row.clone();
    without.extra.insert(key::REASON.to_owned(), " ".into());
    assert_eq!(hint(&without), "完全不可能完成的，请写明偏差原因");
    without
        .extra
        .insert(key::OUTLOOK.to_owned(), "确定能".into());
    assert_eq!(hint(&without), "全年预计达不到指标值，请核对可能性");
}

#[test]
fn stages_lock_mid_year_as_they_lock_the_form_and_the_next_year_begins_without_it() {
    let (mut blank, edition) = form("期望: 无 错误");
    blank.stage = Stage::Monitoring;
    let cells = mid_year(&blank);
    let mut document = filled(&document(blank.clone()), &cells);
    let monitored = Project::clone(project(&document));
    let next = next_year(
        &monitored,
        Some(&edition),
        "李梅",
        "",
        &mut CountedIds(9000),
    );
    assert!(!next.is_monitored());
    assert!(monitored.duplicate(&mut CountedIds(9000)).is_monitored());

    document.projects.get_mut(0).expect("a project").stage = Stage::Submitted;
    let command = EditCommand::SetCell {
        at: cells[1].0.clone(),
        text: "31.00".to_owned(),
    };
    assert!(apply(&document, &command).is_err());
}

#[test]
fn the_form_for_monitoring_shows_the_same_cells_under_its_own_title() {
    use jiping::sheet::table::FormSheet;
    let (mut blank, _) = form("期望: 无 错误");
    blank.stated.title = "2020年度自评表".into();
    blank.stated.footnotes = vec!["自评表的注".into()];
    let cells = mid_year(&blank);
    let document = filled(&document(blank), &cells);
    let project = document.projects.get(0).expect("a project");
    let edition = cases::edition("monitoring-small");
    let view = project.on_monitoring_form(&edition);
    let sheet = FormSheet::new(&view, &edition);
    let texts: Vec<&str> = sheet.cells().map(|(_, cell)| cell.text.as_str()).collect();
    for (at, text) in &cells {
        assert!(texts.contains(text), "{text}");
        assert!(sheet.cell_for(&at.place).is_some());
    }
    assert!(texts.contains(&"项目支出绩效目标执行监控表（2020年度）"));
    assert!(
        texts.contains(&"30.00%"),
        "the rate at mid-year is worked out"
    );
    assert!(!texts.iter().any(|text| text.contains("自评表")));
    let mut own = Project::clone(project);
    own.edition = edition.reference();
    let own = Arc::new(own);
    assert!(
        Arc::ptr_eq(&own.on_monitoring_form(&edition), &own),
        "its own form as it is"
    );
}

fn adjustment(id: u64, way: BudgetMove, amount: &str) -> BudgetAdjustment {
    let blank = format!(r#"{{"id": "{id:016x}", "way": "increase"}}"#);
    BudgetAdjustment {
        way,
        amount: amount.into(),
        document_no: "财预〔2020〕15号".into(),
        reason: "追加".into(),
        ..serde_json::from_str(&blank).expect("an adjustment")
    }
}

fn recorded(document: &Document, adjustment: BudgetAdjustment) -> Document {
    let command = EditCommand::RecordBudgetAdjustment {
        project: project(document).id,
        adjustment,
    };
    apply(document, &command).expect("recorded")
}

#[test]
fn the_ledger_leads_from_one_budget_to_the_other() {
    let (blank, edition) = form("期望: 无 错误");
    let part = blank.funds.get(1).expect("a part").id;
    let mut document = document(blank);
    assert_eq!(
        project(&document).budget_ledger(project(&document).funds.get(0).expect("a row"), &edition),
        None
    );
    document = recorded(&document, adjustment(1, BudgetMove::Increase, "20.00"));
    let mut named = adjustment(2, BudgetMove::Decrease, "50000元");
    named.fund = Some(part);
    document = recorded(&document, named.clone());
    let expected = |document: &Document, row: usize| {
        let project = project(document);
        let row = project.funds.get(row).expect("a row");
        let ledger = project.budget_ledger(row, &edition).expect("on record");
        ledger
            .expected()
            .map(|amount| amount.normalize().to_string())
    };
    assert_eq!(
        expected(&document, 0).as_deref(),
        Some("115"),
        "the total has both"
    );
    assert_eq!(
        expected(&document, 1).as_deref(),
        Some("95"),
        "the part its own"
    );

    named.amount = "若干".into();
    let unread = recorded(&document, named);
    assert_eq!(
        project(&unread).budget_adjustments.len(),
        2,
        "replaced, not added"
    );
    assert_eq!(expected(&unread, 0), None);

    let remove = EditCommand::Remove {
        project: project(&document).id,
        parts: Parts::Funds(vec![part]),
    };
    let without = apply(&document, &remove).expect("removed");
    assert_eq!(
        expected(&without, 0).as_deref(),
        Some("115"),
        "it stays, for the total"
    );
    let records = &project(&without).budget_adjustments;
    assert!(records.iter().all(|record| record.fund.is_none()));

    let drop = EditCommand::DropBudgetAdjustment {
        project: project(&document).id,
        adjustment: Id::from_bits(1),
    };
    let document = apply(&document, &drop).expect("dropped");
    assert_eq!(expected(&document, 0).as_deref(), Some("95"));
    assert!(apply(&document, &drop).is_err(), "it is gone");
}

#[test]
fn all_recorded_changes_stand_in_one_list() {
    let (project, edition) = form(
        "修改: 登记批复 = 全部\n\
         修改: 批复.举办业务培训场次.指标值 = ≥12场\n\
         修改: 调整.举办业务培训场次.指标值 = ≥10场\n\
         修改: 预算调整 = 调剂/-5/财预〔2020〕40号/调剂到另一项目\n\
         期望: 无 错误",
    );
    let changes = project.recorded_changes(&edition);
    let told: Vec<[&str; 3]> = changes
        .iter()
        .map(|change| [&*change.subject, &*change.change, &*change.document_no])
        .collect();
    assert_eq!(
        told,
        [
            ["预算 · 年度资金总额", "调剂 -5.00 万元", "财预〔2020〕40号"],
            [
                "指标 · 举办业务培训场次 · 年度指标值",
                "≥12场 → ≥10场",
                "财预〔2020〕15号"
            ],
        ]
    );
}
