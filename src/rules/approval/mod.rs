//! Family P: the form against what was approved with the budget.
//!
//! Nothing is said where nothing is on record. What an adjustment on record says counts instead of the approval, and equal
//! values that are written differently are equal.

mod presence;
mod values;

use super::{
    budget,
    catalogue::{Check, FixKind, Phase, Rule},
    finding::Mend,
    form::{Form, Row, name_of},
    fund_table::{FundTable, fund_hit},
    sink::Sink,
};
use crate::model::{
    edition::IndicatorRole,
    indicator::ApprovedField,
    numeral::money,
    path::{BlockField, IndicatorField, Place},
    policy::{Rounding, Severity},
    project::fund,
    typed::trim,
};
use presence::Presence;

/// What a reviewer holds against the form first.
const BASIS: &str =
    "财预〔2015〕88号：绩效目标批复后一般不予调整，确需调整的按规定程序报批；评审实践";

/// The rules of this family.
pub const RULES: &[Rule] = &[
    Rule {
        code: "P01",
        name: "批复的指标不在表中",
        level: Severity::Error,
        summary: "登记或导入的批复中有这个指标，表中没有，也没有登记取消它的调整。",
        why: "少了批复的指标，复核人员首先会认为是把没有完成的指标去掉了。",
        basis: BASIS,
        mend: "按批复填回这一行。经批准取消的，登记调整的日期、文号和理由。",
        example: "批复的指标不在表中：“编印培训教材”（指标值 ≥5册，分值 10）",
        verified: false,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(p01),
    },
    Rule {
        code: "P02",
        name: "表中有批复以外的指标",
        level: Severity::Warning,
        summary: "其他指标登记了批复值，这一行没有。“其中”行和不适用的行不看。",
        why: "自行增加的指标多是容易完成的，会稀释没有完成的指标。",
        basis: BASIS,
        mend: "年中经批准新增的，用“登记批复值”补登记。没有批准的，请办理调整。",
        example: "表中有批复以外的指标：“编印培训教材”",
        verified: false,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(p02),
    },
    Rule {
        code: "P03",
        name: "指标名称与批复不一致",
        level: Severity::Warning,
        summary: "名称与批复的不同；或者批复的指标不在表中，而同一组里有一行名称相近、没有批复值。空格和全角半角不计。",
        why: "名称变了，考核的内容可能也变了，复核时对不上批复表。",
        basis: BASIS,
        mend: "按批复填回名称。经批准调整的，登记调整的日期、文号和理由。",
        example: "指标名称与批复不一致：批复“举办业务培训场次”，填报“举办培训场次”",
        verified: false,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(p03),
    },
    Rule {
        code: "P04",
        name: "指标值与批复不一致，没有调整记录",
        level: Severity::Error,
        summary: "指标值与批复的不同，或与最后一次登记的调整不同。写法不同而数值相等的不算。",
        why: "指标值是考核的尺子，没有批准的改动等于降低或抬高了要求。",
        basis: BASIS,
        mend: "按批复填回指标值。经批准调整的，登记调整的日期、文号和理由。",
        example: "指标值与批复不一致，没有调整记录：举办业务培训场次，批复 ≥12场，填报 ≥10场",
        verified: false,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &["V11"],
        check: Check::Form(p04),
    },
    Rule {
        code: "P05",
        name: "计量单位与批复不一致",
        level: Severity::Warning,
        summary: "单位与批复的不同，例如批复“人”、填报“人次”。元与万元等可以换算的按数值比较。",
        why: "单位变了，同一个数的意思就变了，例如人次总比人多。",
        basis: BASIS,
        mend: "按批复填回单位。经批准调整的，登记调整的日期、文号和理由。",
        example: "计量单位与批复不一致：举办业务培训场次，批复“期”，填报“场”",
        verified: false,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(p05),
    },
    Rule {
        code: "P06",
        name: "分值与批复不一致，没有调整记录",
        level: Severity::Error,
        summary: "分值与批复的不同，或与最后一次登记的调整不同。10 与 10.0 相同；组内合并填写分值的行不看。",
        why: "把分值从没有完成的指标移到完成的指标上，总分就高了。",
        basis: BASIS,
        mend: "按批复填回分值。经批准调整的，登记调整的日期、文号和理由。",
        example: "分值与批复不一致，没有调整记录：举办业务培训场次，批复 15，填报 20",
        verified: false,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &["S10"],
        check: Check::Form(p06),
    },
    Rule {
        code: "P07",
        name: "指标性质与批复不一致",
        level: Severity::Warning,
        summary: "计算符号或定性、定量与批复的不同，例如批复“≥”、填报“≤”。",
        why: "性质变了，得分的算法就变了。",
        basis: BASIS,
        mend: "按批复填回指标性质。经批准调整的，登记调整的日期、文号和理由。",
        example: "指标性质与批复不一致：举办业务培训场次，批复“≥”，填报“＝”",
        verified: false,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &["V11"],
        check: Check::Form(p07),
    },
    Rule {
        code: "P08",
        name: "预算调整较大，指标没有相应调整",
        level: Severity::Hint,
        summary: "登记了批复值，全年预算数比年初预算数增减 20% 以上（可以在复核口径中改），而没有任何指标登记过调整。",
        why: "钱变了，任务通常也变；目标不动，完成情况就不好比较。",
        basis: "财预〔2015〕88号：绩效目标的调整与预算调整一并报批；评审实践",
        mend: "核对指标值是否还与调整后的预算相称。需要调整的报批后登记，不需要的在实际完成情况中说明。",
        example: "预算调整较大，指标没有相应调整：年初预算数 100.00 万元，全年预算数 70.00 万元，减少 30%",
        verified: false,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(p08),
    },
    Rule {
        code: "P09",
        name: "调整记录没有文号",
        level: Severity::Hint,
        summary: "登记的指标调整、取消或预算调整没有写批准它的文件编号。",
        why: "没有文号，复核人员无法核实这项调整是否经过批准。",
        basis: "评审实践",
        mend: "用“记录调整”或“预算调整记录”补上批准调整的文号。",
        example: "调整记录没有文号：举办业务培训场次的年度指标值由 ≥12场 调整为 ≥10场",
        verified: false,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: Check::Form(p09),
    },
];

const ADJUST: &str = "经批准调整的，办理并登记调整（日期、文号、理由）";

fn p01(form: &Form<'_>, sink: &mut Sink<'_>) {
    let Some(presence) = Presence::of(form) else {
        return;
    };
    for removed in presence.missing {
        let group = presence::group_of(form, removed);
        let lead = "批复的指标不在表中";
        let hint = "按批复填回这一行；经批准取消的，登记调整的文号";
        let mut hit = match group {
            Some(group) => {
                let place = Place::Group(group.group.id, BlockField::Caption);
                sink.group_hit(group, place, lead, hint)
            }
            None => sink.hit(Place::Whole, lead, hint),
        };
        hit.folds = true;
        sink.push(hit.item(presence::described(removed)));
    }
}

fn p02(form: &Form<'_>, sink: &mut Sink<'_>) {
    let Some(presence) = Presence::of(form) else {
        return;
    };
    for row in presence.added {
        let hit = sink.row_hit(
            row,
            IndicatorField::Name,
            "表中有批复以外的指标",
            "年中经批准新增的，用“登记批复值”补登记；没有批准的，请办理调整",
        );
        sink.push(hit.item(format!("“{}”", name_of(row.indicator()))));
    }
}

fn p03(form: &Form<'_>, sink: &mut Sink<'_>) {
    let lead = "指标名称与批复不一致";
    let hint = format!("按批复填回名称；{ADJUST}");
    for row in &form.rows {
        let Some(told) = values::other_name(row.indicator()) else {
            continue;
        };
        let hit = sink.row_hit(row, IndicatorField::Name, lead, hint.clone());
        let told = told_in_quotes(row, ApprovedField::Name, told);
        let name = name_of(row.indicator());
        sink.push(hit.item(format!("{told}，填报“{name}”")));
    }
    let renamed = Presence::of(form).map(|presence| presence.renamed);
    for (removed, row) in renamed.into_iter().flatten() {
        let hit = sink.row_hit(row, IndicatorField::Name, lead, hint.clone());
        let told = trim(&removed.approved.name);
        let name = name_of(row.indicator());
        sink.push(hit.item(format!("批复“{told}”，填报“{name}”")));
    }
}

fn p04(form: &Form<'_>, sink: &mut Sink<'_>) {
    const FIELDS: [ApprovedField; 3] = [
        ApprovedField::Target,
        ApprovedField::Nature,
        ApprovedField::Unit,
    ];
    for row in &form.rows {
        let Some(deviation) = values::Deviation::of(row.indicator(), form.year) else {
            continue;
        };
        if !deviation.target {
            continue;
        }
        let adjusted = FIELDS.iter().find_map(|field| adjusted_by(row, *field));
        let lead = match adjusted {
            Some(_) => "指标值与登记的调整不一致",
            None => "指标值与批复不一致，没有调整记录",
        };
        let hint = format!("按批复填回指标值；{ADJUST}");
        let hit = sink.row_hit(row, IndicatorField::Target, lead, hint);
        sink.push(hit.item(format!(
            "{}，{} {}，填报 {}",
            name_of(row.indicator()),
            adjusted.unwrap_or_else(|| "批复".into()),
            values::whole_target(&deviation.told),
            values::whole_target(row.indicator()),
        )));
    }
}

fn p05(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in &form.rows {
        let Some(deviation) = values::Deviation::of(row.indicator(), form.year) else {
            continue;
        };
        let Some((told, filed)) = deviation.units(row.indicator()) else {
            continue;
        };
        let field = match form.edition.has_column(IndicatorRole::Unit) {
            true => IndicatorField::Unit,
            false => IndicatorField::Target,
        };
        let hint = format!("按批复填回单位；{ADJUST}");
        let hit = sink.row_hit(row, field, "计量单位与批复不一致", hint);
        let told = told_in_quotes(row, ApprovedField::Unit, told);
        let name = name_of(row.indicator());
        sink.push(hit.item(format!("{name}，{told}，填报“{filed}”")));
    }
}

fn p06(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in &form.rows {
        let Some((told, filed)) = values::other_weight(row.indicator()) else {
            continue;
        };
        let adjusted = adjusted_by(row, ApprovedField::Weight);
        let lead = match adjusted {
            Some(_) => "分值与登记的调整不一致",
            None => "分值与批复不一致，没有调整记录",
        };
        let hint = format!("按批复填回分值；{ADJUST}");
        let hit = sink.row_hit(row, IndicatorField::Weight, lead, hint);
        sink.push(hit.item(format!(
            "{}，{} {told}，填报 {filed}",
            name_of(row.indicator()),
            adjusted.unwrap_or_else(|| "批复".into()),
        )));
    }
}

fn p07(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in &form.rows {
        let Some(deviation) = values::Deviation::of(row.indicator(), form.year) else {
            continue;
        };
        if !deviation.nature {
            continue;
        }
        let field = match form.edition.has_column(IndicatorRole::Nature) {
            true => IndicatorField::Nature,
            false => IndicatorField::Target,
        };
        let hint = format!("按批复填回指标性质；{ADJUST}");
        let hit = sink.row_hit(row, field, "指标性质与批复不一致", hint);
        let told = values::nature_in_words(&deviation.told);
        let told = told_in_quotes(row, ApprovedField::Nature, told);
        let filed = values::nature_in_words(row.indicator());
        let name = name_of(row.indicator());
        sink.push(hit.item(format!("{name}，{told}，填报“{filed}”")));
    }
}

fn p08(form: &Form<'_>, sink: &mut Sink<'_>) {
    let table = FundTable::of(form);
    let Some((change, row)) = table.budget_change().zip(table.main) else {
        return;
    };
    let from = form.edition.checks.large_budget_change;
    let Some(percent) = change.percent().filter(|percent| *percent >= from) else {
        return;
    };
    if !form.project.has_approval() || has_adjustment(form) {
        return;
    }
    let hit = fund_hit(
        sink,
        row,
        fund::ADJUSTED,
        "预算调整较大，指标没有相应调整",
        "核对指标值是否还与预算相称；需要调整的报批后登记，不需要的在实际完成情况中说明",
    );
    let unit = form.project.money_unit;
    let item = format!(
        "{} {} {unit}，{} {} {unit}，{} {}%",
        form.edition.fund_caption(fund::INITIAL),
        money(change.initial),
        form.edition.fund_caption(fund::ADJUSTED),
        money(change.adjusted),
        change.way(),
        Rounding::default().apply(percent).normalize()
    );
    sink.push(hit.item(item).mend(Mend::Approved));
}

fn has_adjustment(form: &Form<'_>) -> bool {
    let adjusted = |row: &Row<'_>| !row.indicator().adjustments.is_empty();
    let mut removed = form.project.removed.iter();
    form.rows.iter().any(adjusted) || removed.any(|removed| removed.cancelled.is_some())
}

fn p09(form: &Form<'_>, sink: &mut Sink<'_>) {
    let lead = "调整记录没有文号";
    let hint = "用“记录调整”补上批准调整的文号";
    for row in &form.rows {
        let adjustments = &row.indicator().adjustments;
        for adjustment in adjustments
            .iter()
            .filter(|adjustment| trim(&adjustment.document_no).is_empty())
        {
            let (field, role) = place_of(adjustment.field);
            let hit = sink.row_hit(row, field, lead, hint);
            sink.push(hit.item(format!(
                "{}的{}由 {} 调整为 {}",
                name_of(row.indicator()),
                form.edition.indicator_caption(role),
                shown(&adjustment.old),
                shown(&adjustment.new)
            )));
        }
    }
    budget::without_document(form, lead, sink);
    for removed in form.project.removed.iter() {
        let open = removed.cancelled.as_ref();
        if open.is_some_and(|cancelled| trim(&cancelled.document_no).is_empty()) {
            let mut hit = sink.hit(Place::Whole, lead, hint);
            hit.folds = true;
            sink.push(hit.item(format!("取消“{}”", trim(&removed.approved.name))));
        }
    }
}

/// The cell in which an approved value is filed, and its column.
fn place_of(field: ApprovedField) -> (IndicatorField, IndicatorRole) {
    match field {
        ApprovedField::Name => (IndicatorField::Name, IndicatorRole::Name),
        ApprovedField::Nature => (IndicatorField::Nature, IndicatorRole::Nature),
        ApprovedField::Target => (IndicatorField::Target, IndicatorRole::Target),
        ApprovedField::Unit => (IndicatorField::Unit, IndicatorRole::Unit),
        ApprovedField::Weight => (IndicatorField::Weight, IndicatorRole::Weight),
    }
}

/// "调整后（财预〔2020〕15号）" where an adjustment of the value is on record.
fn adjusted_by(row: &Row<'_>, field: ApprovedField) -> Option<String> {
    let adjustment = row.indicator().last_adjustment(field)?;
    Some(match trim(&adjustment.document_no) {
        "" => "调整后".to_owned(),
        number => format!("调整后（{number}）"),
    })
}

/// "批复“期”" or "调整后（财预〔2020〕15号）“期”".
fn told_in_quotes(row: &Row<'_>, field: ApprovedField, told: &str) -> String {
    let by = adjusted_by(row, field).unwrap_or_else(|| "批复".into());
    format!("{by}“{}”", shown(told))
}

fn shown(value: &str) -> &str {
    match trim(value) {
        "" => "（空）",
        value => value,
    }
}
