//! S08: weights and scores that are not filled in.

use rust_decimal::Decimal;

use crate::{
    model::{
        edition::{FundRole, IndicatorRole, ScoredBy},
        figure::FigureCell,
        numeral::plain,
        path::{BlockField, IndicatorField, Place},
        policy::Severity,
        project::{FundRow, fund},
        typed::trim,
    },
    rules::{
        finding::{CellChange, Fix},
        form::{Form, GroupOf, Row},
        sink::{Hit, Sink},
    },
};

use super::{group_name, name_of, scores_nothing};

/// Where a weight and a score are expected.
#[derive(Clone, Copy)]
enum Holder<'f> {
    Row(&'f Row<'f>),
    Group(&'f GroupOf<'f>),
}

/// A place to be scored and which of its two cells lack a number.
#[derive(Clone, Copy)]
struct Slot<'f> {
    holder: Holder<'f>,
    lacks_weight: bool,
    lacks_score: bool,
}

/// Which weights and scores of a form are missing.
#[derive(Clone, Copy, Default)]
pub(super) struct Missing {
    /// Some weight of an indicator.
    pub weight: bool,
    /// Some score, the execution's included.
    pub score: bool,
}

impl Missing {
    /// What is missing in `form`.
    pub(super) fn of(form: &Form<'_>) -> Self {
        let execution = &form.score.execution;
        let mut missing = Self {
            weight: false,
            score: execution.filed.is_none() && execution.weight.is_some(),
        };
        visit(form, |slot| {
            missing.weight |= slot.lacks_weight;
            missing.score |= slot.lacks_score;
        });
        missing
    }
}

/// Calls `each` for every place where weight and score are expected.
fn visit<'f>(form: &'f Form<'f>, mut each: impl FnMut(Slot<'f>)) {
    let wants_weight = form.edition.has_column(IndicatorRole::Weight);
    let wants_score = form.edition.has_column(IndicatorRole::Score);
    let by_group = form.edition.indicators.scored_by == ScoredBy::Group;
    for section in &form.sections {
        let cells = (&section.section.weight, &section.section.score);
        let groups = &form.groups[section.groups.clone()];
        let beneath = groups
            .iter()
            .any(|group| group.score.weight.count + group.score.filed.count > 0);
        if !beneath && (cells.0.value().is_some() || cells.1.value().is_some()) {
            continue;
        }
        for group in groups.iter().filter(|group| group.score.applicable) {
            let rows = || form.rows_of(group).iter().filter(|row| is_expected(row));
            let as_one = group.score.as_one || (by_group && rows().all(is_unscored));
            let score_in_rows =
                group.group.score.value().is_none() && rows().any(|row| row.score.filed.is_some());
            if as_one && !score_in_rows {
                if rows().next().is_some() {
                    each(Slot {
                        holder: Holder::Group(group),
                        lacks_weight: wants_weight && group.score.weight.count == 0,
                        lacks_score: wants_score && group.score.filed.count == 0,
                    });
                }
                continue;
            }
            for row in rows() {
                each(Slot {
                    holder: Holder::Row(row),
                    lacks_weight: wants_weight && !as_one && row.score.weight.is_none(),
                    lacks_score: wants_score && row.score.filed.is_none(),
                });
            }
        }
    }
}

/// Whether weight and score belong into the row: it counts, is not empty, and its weight is not waived by a dash.
fn is_expected(row: &Row<'_>) -> bool {
    let indicator = row.indicator();
    let waived = indicator.weight.is_waived() && row.score.filed.is_none();
    let empty = trim(&indicator.name).is_empty()
        && indicator.target.is_empty()
        && row.score.weight.is_none()
        && row.score.filed.is_none();
    row.score.counts && !waived && !empty && !reads_as_part(row)
}

/// A row that begins with 其中 below another and has no points of its own is meant as part of that one, linked to it or not.
fn reads_as_part(row: &Row<'_>) -> bool {
    row.view.number > 1 && trim(&row.indicator().name).starts_with("其中") && is_unscored(row)
}

fn is_unscored(row: &Row<'_>) -> bool {
    row.score.weight.is_none() && row.score.filed.is_none()
}

/// S08
pub(super) fn not_filled(form: &Form<'_>, sink: &mut Sink<'_>) {
    if scores_nothing(form) {
        return;
    }
    let mut slots = 0_usize;
    let (mut weights, mut scores) = (0, 0);
    let mut first = None;
    visit(form, |slot| {
        slots += 1;
        weights += usize::from(slot.lacks_weight);
        scores += usize::from(slot.lacks_score);
        first.get_or_insert(slot);
    });
    let execution = unscored_execution(form);
    if slots == 0
        && let Some(hit) = nothing_to_add(form, sink)
    {
        sink.push(hit);
        return;
    }
    if let Some(hit) = no_execution_row(form, sink) {
        sink.push(hit);
    }
    let Some(first) = first.filter(|_| weights + scores > 0) else {
        if let Some(row) = execution {
            sink.push(no_execution_score(form, row, sink));
        }
        return;
    };
    let (no_weights, no_scores) = (weights == slots, scores == slots);
    if let Some(row) = execution.filter(|_| !no_scores) {
        sink.push(no_execution_score(form, row, sink));
    }
    if no_weights || no_scores {
        sink.push(nothing_filled(first, no_weights, no_scores, slots, sink));
    }
    visit(form, |slot| {
        let slot = Slot {
            lacks_weight: slot.lacks_weight && !no_weights,
            lacks_score: slot.lacks_score && !no_scores,
            ..slot
        };
        if slot.lacks_weight || slot.lacks_score {
            sink.push(one_blank(slot, sink));
        }
    });
}

/// A form without a single indicator to score: emptied, or never filled in.
fn nothing_to_add(form: &Form<'_>, sink: &Sink<'_>) -> Option<Hit> {
    let (total, execution) = (&form.score.total, &form.score.execution);
    let is_blank = |role, count: u32, of_execution: bool| {
        form.edition.has_column(role) && count <= u32::from(of_execution)
    };
    let no_weights = is_blank(
        IndicatorRole::Weight,
        total.weight.count,
        execution.weight.is_some(),
    );
    let no_scores = is_blank(
        IndicatorRole::Score,
        total.filed.count,
        execution.filed.is_some(),
    );
    let lead = match (no_weights, no_scores) {
        (true, true) => "绩效指标没有填写任何分值和得分",
        (true, false) => "绩效指标没有填写任何分值",
        (false, true) => "绩效指标没有填写任何得分",
        (false, false) => return None,
    };
    let hint = "请填写绩效指标及其分值、实际完成值和得分";
    Some(sink.hit(Place::Whole, lead, hint))
}

/// The fund row that the edition scores is not there at all.
fn no_execution_row(form: &Form<'_>, sink: &Sink<'_>) -> Option<Hit> {
    let wanted = form.edition.scored_fund_row()?;
    let is_missing =
        form.score.execution.row.is_none() && form.edition.scoring.execution.weight > Decimal::ZERO;
    is_missing.then(|| {
        let lead = format!(
            "资金表没有“{}”一行，预算执行率没有得分",
            trim(&wanted.caption)
        );
        let hint = "请补上这一行，填写预算数、执行数、执行率和得分";
        sink.hit(Place::Whole, lead, hint)
    })
}

/// The fund row that should carry the execution's score and has none. A dash there is a statement, not a blank.
fn unscored_execution<'f>(form: &'f Form<'_>) -> Option<&'f FundRow> {
    form.edition.fund_column(FundRole::Score)?;
    let execution = &form.score.execution;
    let row = form.project.funds.get(execution.row?)?;
    let is_blank = execution.weight.is_some() && row.figure(fund::SCORE).is_empty();
    is_blank.then_some(row)
}

fn no_execution_score(form: &Form<'_>, row: &FundRow, sink: &Sink<'_>) -> Hit {
    let execution = &form.score.execution;
    let place = Place::Fund(row.id, fund::SCORE.to_owned());
    let fix = execution.score.map(|score| Fix {
        title: format!("填写 {score}"),
        changes: vec![CellChange {
            at: form.at(place.clone()),
            new: score.to_string(),
        }],
    });
    let weight = plain(execution.weight.unwrap_or_default());
    sink.hit(place, "有分值未填得分", "请按执行率计算并填写得分")
        .item(format!("预算执行率（分值{weight}）"))
        .fix(fix)
}

fn nothing_filled(
    first: Slot<'_>,
    no_weights: bool,
    no_scores: bool,
    slots: usize,
    sink: &Sink<'_>,
) -> Hit {
    let (what, hint) = match (no_weights, no_scores) {
        (true, true) => ("分值和得分都", "请填写各项分值和得分"),
        (true, false) => ("分值都", "请按批复的绩效目标补填分值"),
        _ => (
            "得分都",
            "请对照实际完成情况填写得分，没有完成的填0并说明原因",
        ),
    };
    let place = first.holder.place(!no_scores);
    let lead = format!("{slots}项指标的{what}没有填写");
    sink.hit(place, lead, hint)
}

fn one_blank(slot: Slot<'_>, sink: &Sink<'_>) -> Hit {
    let holder = slot.holder;
    let (lead, hint, level) = match (slot.lacks_weight, slot.lacks_score) {
        (false, _) => (
            "有分值未填得分",
            "请填写得分，没有完成的填0并说明原因",
            Severity::Error,
        ),
        (_, false) => (
            "有得分无分值",
            "请按批复的绩效目标补填分值",
            Severity::Error,
        ),
        _ => (
            "分值和得分都没有填写",
            "请填写分值和得分；不考核的指标写明“不适用”",
            Severity::Warning,
        ),
    };
    let at_weight = !slot.lacks_score;
    let hit = match holder {
        Holder::Row(row) if at_weight => sink.row_hit(row, IndicatorField::Weight, lead, hint),
        Holder::Row(row) => sink.row_hit(row, IndicatorField::Score, lead, hint),
        Holder::Group(group) => sink.group_hit(group, holder.place(at_weight), lead, hint),
    };
    hit.level(level).item(holder.item())
}

impl Holder<'_> {
    fn place(self, weight: bool) -> Place {
        match (self, weight) {
            (Self::Row(row), true) => row.place(IndicatorField::Weight),
            (Self::Row(row), false) => row.place(IndicatorField::Score),
            (Self::Group(group), true) => Place::Group(group.group.id, BlockField::Weight),
            (Self::Group(group), false) => Place::Group(group.group.id, BlockField::Score),
        }
    }

    /// "举办培训（20分）"; text that is no number is quoted.
    fn item(self) -> String {
        let (name, weight, score) = match self {
            Self::Row(row) => {
                let indicator = row.indicator();
                (name_of(indicator), &indicator.weight, &indicator.score)
            }
            Self::Group(group) => (
                group_name(group.group),
                &group.group.weight,
                &group.group.score,
            ),
        };
        let said = [("分值", weight), ("得分", score)]
            .into_iter()
            .filter_map(|(caption, cell)| said(caption, cell))
            .collect::<Vec<_>>()
            .join("，");
        if said.is_empty() {
            name.to_owned()
        } else {
            format!("{name}（{said}）")
        }
    }
}

fn said(caption: &str, cell: &FigureCell) -> Option<String> {
    match cell.number() {
        Some(number) => Some(format!("{caption}{}", plain(number))),
        None if cell.is_empty() => None,
        None => Some(format!("{caption}栏写“{}”", trim(cell.text()))),
    }
}
