//! Family V: how targets and actual values are written.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{
    catalogue::{FixKind, Phase, Rule},
    finding::{CellChange, Fix, Mend},
    form::{Form, GroupOf, Row},
    lexicon,
    sink::{Hit, Sink},
};
use crate::{
    model::{
        date::Deadline,
        edition::IndicatorRole,
        measure::{Measure, Quantity},
        path::{GoalField, IndicatorField, Place},
        policy::Severity,
        typed::trim,
    },
    score::{Verdict, Why, says_the_same},
};

/// The rules of this family.
pub const RULES: &[Rule] = &[
    Rule {
        code: "V02",
        name: "指标值没有比较符号",
        level: Severity::Warning,
        summary: "定量指标的指标值只有数字，没有 ≥、≤、= 等符号。",
        why: "没有符号就说不清超过和不足各算什么，无法按比例计分。",
        basis: "评审实践；一体化系统中计算符号为必选项",
        verified: true,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: v02,
    },
    Rule {
        code: "V04",
        name: "计量单位缺失或不一致",
        level: Severity::Warning,
        summary: "指标值或实际完成值的数字没有单位，或两者单位不同。",
        why: "单位不同的数不能比较，得分无从核对。",
        basis: "评审实践",
        verified: false,
        since: "0.1.0",
        phase: Phase::Results,
        fix: FixKind::Sometimes,
        silences: &[],
        check: v04,
    },
    Rule {
        code: "V17",
        name: "疑似错别字",
        level: Severity::Warning,
        summary: "文字中有常见的错别字。",
        why: "表要公开，错字会被退回。",
        basis: "评审实践（常见错别字词表）",
        verified: false,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Sometimes,
        silences: &[],
        check: v17,
    },
    Rule {
        code: "V21",
        name: "时限可作两种理解",
        level: Severity::Hint,
        summary: "完成时限写作“9月前”“2020年前”一类，完成日期正好落在两种理解之间，得分已填写。",
        why: "“9月前”可以指8月31日前，也可以指9月30日前，是否按时要看原意。",
        basis: "评审实践",
        verified: false,
        since: "0.1.0",
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: v21,
    },
];

fn v02(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted() {
        let Some(aim) = &row.aim else { continue };
        let bare_number = matches!(aim.measure.quantity, Quantity::Number { .. });
        if bare_number && !aim.qualitative && aim.comparator.is_none() {
            let hit = sink.row_hit(
                row,
                IndicatorField::Target,
                "指标值没有比较符号",
                "测算时按 ≥ 处理（成本类和投诉、事故等按 ≤）；下年度填写目标时写明符号",
            );
            let indicator = row.indicator();
            let item = format!(
                "{} {}",
                trim(&indicator.name),
                trim(indicator.target.text())
            );
            sink.push(hit.item(item).mend(Mend::Approved));
        }
    }
}

/// What is wrong with the units of a row.
struct UnitFault {
    item: String,
    in_target: bool,
    harmless: bool,
    fix: Option<Fix>,
}

fn v04(form: &Form<'_>, sink: &mut Sink<'_>) {
    let own_column = form.edition.has_column(IndicatorRole::Unit);
    for group in &form.groups {
        let hits = unit_faults(form, group, own_column, sink);
        // Rows of one level are told in one finding. It can be mended now where any of them can.
        let mendable = |level: Severity| {
            hits.iter()
                .any(|(fault, hit)| hit.level == level && !fault.in_target)
        };
        let (warning, hint) = (mendable(Severity::Warning), mendable(Severity::Hint));
        for (_, hit) in hits {
            let now = if hit.level == Severity::Hint {
                hint
            } else {
                warning
            };
            let mend = if now { Mend::Now } else { Mend::Approved };
            sink.push(hit.mend(mend));
        }
    }
}

fn unit_faults(
    form: &Form<'_>,
    group: &GroupOf<'_>,
    own_column: bool,
    sink: &Sink<'_>,
) -> Vec<(UnitFault, Hit)> {
    let rows = form.rows_of(group).iter().filter(|row| row.score.counts);
    rows.filter_map(|row| {
        let fault = unit_fault(form, row, own_column)?;
        let hit = sink
            .row_hit(
                row,
                IndicatorField::Actual,
                "计量单位缺失或不一致",
                "实际完成值写上与指标值相同的单位；指标值缺单位的，下年度填写目标时补上",
            )
            .item(fault.item.clone())
            .level(if fault.harmless {
                Severity::Hint
            } else {
                Severity::Warning
            })
            .fix(fault.fix.clone());
        Some((fault, hit))
    })
    .collect()
}

fn unit_fault(form: &Form<'_>, row: &Row<'_>, own_column: bool) -> Option<UnitFault> {
    let aim = row.aim.as_ref().filter(|aim| !aim.qualitative)?;
    let target = aim.measure.number()?;
    let actual = row.indicator().actual.value()?;
    let reached = actual.number()?;
    let wanted = unit_in_words(aim.unit);
    let given = unit_in_words(actual.unit());
    if says_the_same(wanted, given) && !wanted.is_empty()
        || own_column && given.is_empty() && !wanted.is_empty()
    {
        return None;
    }
    let harmless = target.is_zero() || reached.is_zero();
    let described = describe(wanted, given)?;
    Some(UnitFault {
        item: format!("{}（{described}）", trim(&row.indicator().name)),
        in_target: wanted.is_empty(),
        harmless,
        fix: add_unit(form, row, actual, wanted, given),
    })
}

fn describe(wanted: &str, given: &str) -> Option<String> {
    Some(match (wanted, given) {
        ("", "") => "目标和实际都没有单位".into(),
        ("", given) => format!("目标没有单位，实际为“{given}”"),
        (wanted, "") => format!("目标为“{wanted}”，实际没有单位"),
        (wanted, given) if wanted != given => format!("目标为“{wanted}”，实际为“{given}”"),
        _ => return None,
    })
}

/// Spellings of the same unit.
fn unit_in_words(unit: &str) -> &str {
    match trim(unit) {
        "百分比" | "％" => "%",
        "人民币元" => "元",
        other => other,
    }
}

/// Where only the unit of the actual value is missing, it can be added.
fn add_unit(
    form: &Form<'_>,
    row: &Row<'_>,
    actual: &Measure,
    wanted: &str,
    given: &str,
) -> Option<Fix> {
    let percent_of_share = wanted == "%" && actual.number()? <= Decimal::ONE;
    if wanted.is_empty() || !given.is_empty() || percent_of_share {
        return None;
    }
    let new = format!("{}{wanted}", trim(row.indicator().actual.text()));
    Some(Fix {
        title: format!("改为“{new}”"),
        changes: vec![CellChange {
            at: form.at(row.place(IndicatorField::Actual)),
            new,
        }],
    })
}

fn v17(form: &Form<'_>, sink: &mut Sink<'_>) {
    for goal in form.project.goals.iter() {
        for (field, text) in [
            (GoalField::Expected, &goal.expected),
            (GoalField::Actual, &goal.actual),
        ] {
            typos_at(form, Place::Goal(goal.id, field), text, sink);
        }
        for reason in goal.reasons.iter() {
            typos_at(form, Place::Reason(reason.id), &reason.text, sink);
        }
    }
    for row in &form.rows {
        let indicator = row.indicator();
        for (field, text, mend) in [
            (
                IndicatorField::Name,
                indicator.name.as_str(),
                Mend::Approved,
            ),
            (
                IndicatorField::Target,
                indicator.target.text(),
                Mend::Approved,
            ),
            (IndicatorField::Actual, indicator.actual.text(), Mend::Now),
            (IndicatorField::Deviation, &indicator.deviation, Mend::Now),
        ] {
            typos_in_row(form, row, field, text, mend, sink);
        }
    }
}

fn v21(form: &Form<'_>, sink: &mut Sink<'_>) {
    for group in &form.groups {
        let scored_as_one = group.score.as_one && group.score.filed.count > 0;
        for row in form.rows_of(group) {
            if row.score.verdict != Verdict::Open(Why::AmbiguousDate)
                || !(scored_as_one || row.score.filed.is_some())
            {
                continue;
            }
            let Some(deadline) = ambiguous_deadline(form, row) else {
                continue;
            };
            let indicator = row.indicator();
            let item = format!(
                "{} “{}”可指{}，也可指{}，实际为{}",
                trim(&indicator.name),
                trim(indicator.target.text()),
                day_in_words(deadline.strict),
                day_in_words(deadline.generous),
                trim(indicator.actual.text())
            );
            let hit = sink.row_hit(
                row,
                IndicatorField::Target,
                "时限可作两种理解",
                "请按批复原意判断是否按时；下年度写明最后一天，如“9月30日前”",
            );
            sink.push(hit.item(item).mend(Mend::Approved));
        }
    }
}

/// The deadline of a row, where its wording has two readings.
fn ambiguous_deadline(form: &Form<'_>, row: &Row<'_>) -> Option<Deadline> {
    let Quantity::Date(target) = row.aim.as_ref()?.measure.quantity else {
        return None;
    };
    let deadline = target.deadline(form.year.or(target.year)?)?;
    deadline.is_ambiguous().then_some(deadline)
}

fn day_in_words(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

fn typos_at(form: &Form<'_>, place: Place, text: &str, sink: &mut Sink<'_>) {
    if let Some(told) = told_typos(text) {
        let fix = mended(form, place.clone(), text);
        let hit = sink.hit(place, "疑似错别字", HINT).item(told);
        sink.push(hit.fix(fix));
    }
}

const HINT: &str = "请核对原意后改正";

fn typos_in_row(
    form: &Form<'_>,
    row: &Row<'_>,
    field: IndicatorField,
    text: &str,
    mend: Mend,
    sink: &mut Sink<'_>,
) {
    if let Some(told) = told_typos(text) {
        let place = row.place(field.clone());
        let fix = if mend == Mend::Now {
            mended(form, place, text)
        } else {
            None
        };
        let item = format!("{} {told}", trim(&row.indicator().name));
        let hit = sink.row_hit(row, field, "疑似错别字", HINT).item(item);
        sink.push(hit.mend(mend).fix(fix));
    }
}

/// The typos of a text with some words around each, or nothing.
fn told_typos(text: &str) -> Option<String> {
    let told: Vec<String> = lexicon::TYPOS
        .find(text)
        .map(|found| {
            let meant = found.meant.unwrap_or_default();
            format!("“{}”应为“{meant}”", found.word)
        })
        .collect();
    (!told.is_empty()).then(|| told.join("，"))
}

fn mended(form: &Form<'_>, place: Place, text: &str) -> Option<Fix> {
    let mut new = String::with_capacity(text.len());
    let mut from = 0;
    for found in lexicon::TYPOS.find(text) {
        new.push_str(&text[from..found.start]);
        new.push_str(found.meant?);
        from = found.end;
    }
    new.push_str(&text[from..]);
    Some(Fix {
        title: "改正错别字".into(),
        changes: vec![CellChange {
            at: form.at(place),
            new,
        }],
    })
}
