//! The form beside that of the year before: which indicators are one, and what changed.

use jiping::{
    edit::next_year::next_year,
    model::{
        document::Document,
        edition::Edition,
        figure::MoneyUnit,
        id::{CountedIds, Id},
        last_year::LastYear,
        project::{Project, header},
    },
    rules::years::{Change, Comparison, How, IndicatorLine},
};
use rust_decimal::dec;

use crate::cases;

/// Last year's form and this year's, copied from it.
fn two_years() -> (Project, Project, Edition) {
    let edition = cases::edition("mof-2020");
    let mut last = cases::clean_project(&edition);
    last.header.insert(header::YEAR.into(), "2019年".into());
    let mut ids = CountedIds(1 << 30);
    let now = next_year(&last, Some(&edition), "绩评", "2020-01-04 09:30", &mut ids);
    (last, now, edition)
}

fn change(
    project: &mut Project,
    name: &str,
    change: impl Fn(&mut jiping::model::indicator::Indicator),
) {
    for goal in 0..project.goals.len() {
        let goal = project.goals.get_mut(goal).expect("in range");
        for section in 0..goal.sections.len() {
            let section = goal.sections.get_mut(section).expect("in range");
            for group in 0..section.groups.len() {
                let rows = &mut section.groups.get_mut(group).expect("in range").indicators;
                if let Some(at) = rows.position(|row| row.name == name) {
                    return change(rows.get_mut(at).expect("just found"));
                }
            }
        }
    }
    panic!("no indicator {name}");
}

fn compared(last: &Project, now: &Project, edition: &Edition) -> Comparison {
    Comparison::of(now, edition, LastYear::of(last, Some(edition), "本文件"))
}

fn line<'c>(comparison: &'c Comparison, name: &str) -> &'c IndicatorLine {
    let mut lines = comparison.indicators.iter();
    lines.find(|line| line.name == name).expect("a line")
}

#[test]
fn targets_are_told_to_be_raised_lowered_reworded_or_in_another_unit() {
    let (mut last, mut now, edition) = two_years();
    let name = "举办业务培训场次";
    for (before, after, reached, changed, remark) in [
        ("≥10场", "≥12场", "10场", Change::Raised(false), ""),
        (
            "≥10场",
            "≥8场",
            "9场",
            Change::Lowered(false),
            "低于上年完成值 9场",
        ),
        ("≤10场", "≤8场", "9场", Change::Lowered(true), ""),
        (
            "≥10场",
            "≥10场",
            "15场",
            Change::Same,
            "上年完成 150%，今年未提高",
        ),
        ("≥10场", "≥10场", "11场", Change::Same, ""),
        ("≥10场", "=10场", "10场", Change::Reworded, ""),
        ("≥10场", "≥300人次", "10场", Change::OtherUnit, ""),
        ("≥2万元", "≥20000元", "2万元", Change::Same, ""),
        ("效果明显", "效果显著", "明显", Change::Reworded, ""),
        ("", "≥3场", "", Change::Reworded, ""),
    ] {
        change(&mut last, name, |row| {
            row.target = before.into();
            row.actual = reached.into();
        });
        change(&mut now, name, |row| row.target = after.into());
        let comparison = compared(&last, &now, &edition);
        let line = line(&comparison, name);
        assert_eq!(
            (line.change, &*line.remark),
            (changed, remark),
            "{before} {after}"
        );
        assert_eq!(line.how, Some(How::Copied));
    }
}

#[test]
fn indicators_are_paired_by_origin_then_by_name_then_by_likeness() {
    let (last, mut now, edition) = two_years();
    change(&mut now, "举办业务培训场次", |row| {
        row.name = "全新的叫法".into()
    });
    change(&mut now, "培训考核合格率", |row| {
        row.copied_from = None
    });
    change(&mut now, "培训完成时间", |row| {
        row.copied_from = None;
        row.name = "业务培训完成时间".into();
    });
    let comparison = compared(&last, &now, &edition);
    let how = |name| {
        (
            line(&comparison, name).how,
            line(&comparison, name).was.clone(),
        )
    };
    assert_eq!(
        how("全新的叫法"),
        (Some(How::Copied), Some("举办业务培训场次".into()))
    );
    assert_eq!(how("培训考核合格率"), (Some(How::SameName), None));
    assert_eq!(
        how("业务培训完成时间"),
        (Some(How::Alike), Some("培训完成时间".into()))
    );

    change(&mut now, "业务培训完成时间", |row| {
        row.name = "设备验收".into()
    });
    let comparison = compared(&last, &now, &edition);
    assert_eq!(line(&comparison, "设备验收").change, Change::New);
    let gone = line(&comparison, "培训完成时间");
    assert_eq!((gone.change, &gone.at), (Change::Gone, &None));
    let names: Vec<&str> = comparison
        .indicators
        .iter()
        .map(|line| &*line.name)
        .collect();
    let at = |name| names.iter().position(|other| *other == name);
    assert_eq!(
        at("培训完成时间"),
        at("设备验收").map(|at| at + 1),
        "in its group"
    );
}

#[test]
fn funds_stand_side_by_side_in_this_years_unit() {
    let (mut last, mut now, edition) = two_years();
    last.money_unit = MoneyUnit::Yuan;
    let set = |project: &mut Project, texts: [&str; 3]| {
        let total = project.funds.get_mut(0).expect("the total");
        for (column, text) in ["initial", "adjusted", "executed"].into_iter().zip(texts) {
            total.figures.insert(column.into(), text.into());
        }
    };
    set(&mut last, ["1000000", "80万元", "600000"]);
    set(&mut now, ["120", "", ""]);
    let comparison = compared(&last, &now, &edition);
    let total = &comparison.funds[0];
    let [initial, adjusted, _] = total.amounts;
    assert_eq!(
        (initial.last, initial.now),
        (Some(dec!(100)), Some(dec!(120)))
    );
    assert_eq!(
        (initial.difference(), initial.percent()),
        (Some(dec!(20)), Some(dec!(20.0)))
    );
    assert_eq!(
        (adjusted.last, adjusted.difference()),
        (Some(dec!(80)), None)
    );
    assert_eq!(total.rate, [Some(dec!(75)), None]);
    assert_eq!(comparison.last.unspent(), Some(dec!(200000)));
}

#[test]
fn the_form_in_the_document_stands_before_what_was_taken_from_it() {
    let (mut last, mut now, edition) = two_years();
    let mut document = Document::new(Id::from_bits(1));
    let edition = std::sync::Arc::new(edition);
    let at_hand = |_: &Project| Some(std::sync::Arc::clone(&edition));
    last.stated.total_score = "91".into();
    document.projects.push(last.clone());
    document.projects.push(now.clone());
    let told = document.last_year(&now, &at_hand).expect("last year");
    assert_eq!(told.total_score.text(), "91", "as it is now");

    // Taken from elsewhere, a record stands before a form of the same name.
    let mut other = now.last_year.clone().expect("a record");
    other.project = None;
    other.total_score = "77".into();
    now.last_year = Some(other);
    now.copied_from = None;
    let told = document.last_year(&now, &at_hand).expect("last year");
    assert_eq!(told.total_score.text(), "77");

    now.last_year = None;
    let told = document.last_year(&now, &at_hand).expect("last year");
    assert_eq!(told.total_score.text(), "91", "found by its code");
    now.header.insert(header::YEAR.into(), "2022年".into());
    assert_eq!(
        document.last_year(&now, &at_hand),
        None,
        "not the year before"
    );
}
