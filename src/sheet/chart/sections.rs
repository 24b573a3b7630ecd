//! 各部分得分与分值: where a form lost its points.

use rust_decimal::{Decimal, dec};

use super::{
    Across, Axis, Chart, Form, Kind, Lack, Mark, Series, Subject,
    words::{clipped, places, points},
};
use crate::{
    model::{
        edition::FundRole,
        indicator::Section,
        numeral::plain,
        path::{BlockField, CellPath, IndicatorField, Place, StatedField},
        project::fund,
    },
    score::SectionScore,
};

/// With more parts than this, bars lie, so that their names have room.
const MOST_UPRIGHT: usize = 5;

/// A part of the form that has points.
struct Part {
    name: String,
    weight: Option<Decimal>,
    filed: Option<Decimal>,
    at: CellPath,
}

impl Part {
    fn lost(&self) -> Option<Decimal> {
        self.weight?.checked_sub(self.filed?)
    }
}

/// The chart of a project.
pub(super) fn chart(subject: &Subject<'_>) -> Result<Chart, Lack> {
    let parts = parts(subject);
    if parts.iter().all(|part| part.filed.is_none()) {
        return Err(Lack {
            kind: Kind::Sections,
            words: "得分还没有填写。填写后，这里对比各部分的得分和分值。".to_owned(),
            at: parts.into_iter().next().map(|part| part.at),
        });
    }
    let series = |name: &str, lane: usize, points_of: fn(&Part) -> Option<Decimal>| Series {
        name: name.to_owned(),
        hue: lane,
        lane,
        marks: parts
            .iter()
            .enumerate()
            .map(|(index, part)| {
                let value = points_of(part);
                let said = value.map_or_else(|| "未填写或不是数字".to_owned(), points);
                Mark {
                    index,
                    across: None,
                    value,
                    label: value.map(plain).unwrap_or_default(),
                    words: format!("{} {name} {said}", part.name),
                    at: part.at.clone(),
                }
            })
            .collect(),
    };
    let series = vec![
        series("分值", 0, |part| part.weight),
        series("得分", 1, |part| part.filed),
    ];
    let marks = series.iter().flat_map(|series| &series.marks);
    let values = marks.filter_map(|mark| mark.value);
    let values = Axis::over("分数", "分", values, (dec!(0), dec!(10)));
    Ok(Chart {
        kind: Kind::Sections,
        title: Kind::Sections.title().to_owned(),
        whose: super::words::name_of(subject.project),
        reading: reading(subject, &parts),
        form: match parts.len() {
            0..=MOST_UPRIGHT => Form::Columns,
            parts if parts <= super::MOST_NAMED => Form::Rows,
            _ => Form::Thin,
        },
        across: Across::Names(parts.into_iter().map(|part| part.name).collect()),
        values,
        lanes: series.len(),
        series,
        limits: Vec::new(),
        corner: None,
    })
}

fn parts(subject: &Subject<'_>) -> Vec<Part> {
    let mut parts: Vec<Part> = execution(subject).into_iter().collect();
    let goals = &subject.project.goals;
    for (number, (goal, goal_score)) in (1..).zip(goals.iter().zip(&subject.score.goals)) {
        for (section, score) in goal.sections.iter().zip(&goal_score.sections) {
            let name = clipped(section.name(), usize::MAX);
            parts.push(Part {
                name: match goals.len() {
                    1 => name,
                    _ => format!("目标{number} {name}"),
                },
                weight: (score.weight.count > 0).then_some(score.weight.value),
                filed: (score.filed.count > 0).then_some(score.filed.value),
                at: subject.project.at(place_of(section, score)),
            });
        }
    }
    parts
}

fn execution(subject: &Subject<'_>) -> Option<Part> {
    let execution = &subject.score.execution;
    let row = subject.project.funds.get(execution.row?)?;
    let column = subject.edition.fund_column(FundRole::Score)?;
    let key = if column.key.is_empty() {
        fund::SCORE
    } else {
        &column.key
    };
    Some(Part {
        name: "预算执行率".to_owned(),
        weight: execution.weight,
        filed: execution.filed,
        at: subject.project.at(Place::Fund(row.id, key.to_owned())),
    })
}

/// The score in the section that most likely is to be looked at: the first that is less than its weight, else the first.
fn place_of(section: &Section, score: &SectionScore) -> Place {
    let mut first = None;
    for (group, group_score) in section.groups.iter().zip(&score.groups) {
        if group_score.as_one {
            let place = Place::Group(group.id, BlockField::Score);
            if group_score.filed.value < group_score.weight.value {
                return place;
            }
            first.get_or_insert(place);
            continue;
        }
        for (row, row_score) in group.indicators.iter().zip(&group_score.members) {
            let place = Place::Indicator(row.id, IndicatorField::Score);
            let has_lost = match (row_score.filed, row_score.weight) {
                (Some(filed), Some(weight)) => filed < weight,
                (filed, weight) => weight.is_some() && filed.is_none(),
            };
            if row_score.counts && has_lost {
                return place;
            }
            first.get_or_insert(place);
        }
    }
    first.unwrap_or(Place::Section(section.id, BlockField::Score))
}

fn reading(subject: &Subject<'_>, parts: &[Part]) -> String {
    let mut said = vec![total(subject)];
    let lost = |part: &&Part| part.lost().unwrap_or_default();
    let least = parts.iter().max_by_key(lost);
    let is_filled = parts.iter().all(|part| part.lost().is_some());
    match least.filter(|part| lost(part) > Decimal::ZERO) {
        Some(part) => said.push(format!(
            "失分最多的是{}（分值 {}，得 {}）",
            clipped(&part.name, 20),
            plain(part.weight.unwrap_or_default()),
            plain(part.filed.unwrap_or_default()),
        )),
        None if is_filled => said.push("各部分都没有失分".to_owned()),
        None => {}
    }
    let over: Vec<String> = parts
        .iter()
        .filter(|part| part.lost().is_some_and(|lost| lost < Decimal::ZERO))
        .map(|part| part.name.clone())
        .collect();
    if !over.is_empty() {
        said.push(format!("得分超过分值：{}", places(&over)));
    }
    let mut text = said.join("，");
    let missing: Vec<String> = parts
        .iter()
        .flat_map(|part| {
            let weight = part
                .weight
                .is_none()
                .then(|| format!("{}的分值", part.name));
            let filed = part.filed.is_none().then(|| format!("{}的得分", part.name));
            weight.into_iter().chain(filed)
        })
        .collect();
    if !missing.is_empty() {
        text.push_str(&format!("；未填写或不是数字：{}", places(&missing)));
    }
    text.push('。');
    text
}

/// The total as stated, else as it adds up.
fn total(subject: &Subject<'_>) -> String {
    let total = &subject.score.total;
    let weight = match total.weight.count {
        0 => String::new(),
        _ => format!("（分值合计 {}）", plain(total.weight.value)),
    };
    match (
        subject.project.stated.total_score.number(),
        total.filed.count,
    ) {
        (Some(stated), _) => format!("总分 {}{weight}", points(stated)),
        (None, 0) => format!("得分未填写{weight}"),
        (None, _) => format!("得分合计 {}{weight}", points(total.filed.value)),
    }
}

/// Where the total stands.
pub(super) fn total_place() -> Place {
    Place::Stated(StatedField::TotalScore)
}
