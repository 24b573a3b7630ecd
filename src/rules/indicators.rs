//! Family I: presence and classification of indicators.

use rust_decimal::Decimal;

use super::{
    catalogue::{FixKind, Phase, Rule},
    form::{Form, Row},
    lexicon,
    sink::Sink,
};
use crate::model::{
    edition::{IndicatorRole, Sense},
    id::Id,
    indicator::Group,
    path::IndicatorField,
    policy::Severity,
    typed::trim,
};

/// The rules of this family.
pub const RULES: &[Rule] = &[
    Rule {
        code: "I04",
        name: "三级指标重复",
        level: Severity::Error,
        summary: "同一二级指标下有名称相同的三级指标，或产出与效益中重复设置同一指标。",
        why: "同一件事计两次分，评审时只认其中一条。",
        basis: "第三方复核口径：产出、效益重复的指标只计其一",
        verified: true,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: i04,
    },
    Rule {
        code: "I11",
        name: "实际完成值为空但有得分",
        level: Severity::Error,
        summary: "计分指标没有填写实际完成值，本行或合并计分的组却填了得分。",
        why: "没有完成情况，得分就没有依据，一体化系统也不能保存。",
        basis: "地方预算管理一体化系统保存校验（实际完成值必录）",
        verified: true,
        since: "0.1.0",
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: i11,
    },
    Rule {
        code: "I14",
        name: "满意度没有说明调查方式",
        level: Severity::Warning,
        summary: "满意度指标的说明、佐证材料或完成情况中没有调查方式和样本。",
        why: "没有调查依据的满意度，复核时按0分处理。",
        basis: "第三方复核口径：满意度无调查依据不予认可",
        verified: true,
        since: "0.1.0",
        phase: Phase::Results,
        fix: FixKind::Never,
        silences: &[],
        check: i14,
    },
    Rule {
        code: "I15",
        name: "以投诉情况代替满意度",
        level: Severity::Warning,
        summary: "满意度指标用投诉次数或“无投诉”来衡量；另有满意度调查指标时只作提示。",
        why: "没有投诉不等于满意，复核时不认可。",
        basis: "第三方复核意见：未收到投诉不能视为满意度100%",
        verified: true,
        since: "0.1.0",
        phase: Phase::Targets,
        fix: FixKind::Never,
        silences: &[],
        check: i15,
    },
];

/// An indicator name as it is compared: without white space, marks and running numbers ("指标1：").
fn normalised(name: &str) -> impl Iterator<Item = char> {
    let name = trim(name);
    let rest = name.strip_prefix("指标").unwrap_or(name);
    let unnumbered = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let body = match unnumbered.strip_prefix(['：', ':', '、', '.']) {
        Some(body) if rest.len() != unnumbered.len() => body,
        _ => name,
    };
    // The first range is Chinese characters, for which the general question is slow.
    body.chars()
        .filter(|c| matches!(c, '一'..='鿿' | '%' | '％') || c.is_alphanumeric())
}

/// A number that equal names share, and different ones hardly ever (FNV-1a over characters); `None` for no name.
fn fingerprint(name: &str) -> Option<u64> {
    let mut characters = normalised(name).peekable();
    characters.peek()?;
    Some(characters.fold(0xcbf2_9ce4_8422_2325, |hash: u64, c| {
        (hash ^ u64::from(c)).wrapping_mul(0x0000_0100_0000_01b3)
    }))
}

fn i04(form: &Form<'_>, sink: &mut Sink<'_>) {
    let mut named: Vec<(u64, &Row<'_>)> = form
        .counted()
        .filter_map(|row| Some((fingerprint(&row.indicator().name)?, row)))
        .collect();
    // Stable: rows of one name stay in the order of the form.
    named.sort_by_key(|(fingerprint, _)| *fingerprint);
    let alike = |a: &(u64, &Row<'_>), b: &(u64, &Row<'_>)| {
        a.0 == b.0 && normalised(&a.1.indicator().name).eq(normalised(&b.1.indicator().name))
    };
    let mut repeated: Vec<_> = named
        .chunk_by(alike)
        .filter(|rows| rows.len() > 1)
        .map(|rows| rows.iter().map(|(_, row)| *row).collect::<Vec<_>>())
        .collect();
    repeated.sort_by_key(|rows| rows.first().map(|row| position(form, row)));
    for rows in repeated {
        repeated_in_groups(&rows, sink);
        repeated_across_blocks(&rows, sink);
    }
}

fn position(form: &Form<'_>, wanted: &Row<'_>) -> Option<usize> {
    form.rows
        .iter()
        .position(|row| std::ptr::eq(row.indicator(), wanted.indicator()))
}

fn repeated_in_groups(rows: &[&Row<'_>], sink: &mut Sink<'_>) {
    let mut groups: Vec<(Id<Group>, Vec<&Row<'_>>)> = Vec::new();
    for row in rows {
        match groups.iter_mut().find(|(id, _)| *id == row.view.group.id) {
            Some((_, members)) => members.push(row),
            None => groups.push((row.view.group.id, vec![row])),
        }
    }
    for (_, members) in groups.iter().filter(|(_, members)| members.len() > 1) {
        let name = trim(&members[0].indicator().name);
        let group = members[0].view.group.name();
        for row in members {
            let hit = sink.row_hit(
                row,
                IndicatorField::Name,
                format!("{group}下“{name}”重复"),
                "内容不同的，在名称中写明各自的对象；内容相同的，请在说明中注明，下年度合并",
            );
            sink.push(hit.item(format!("第{}行", row.view.number)));
        }
    }
}

/// The same name under 产出 and under 效益 measures one thing twice.
fn repeated_across_blocks(rows: &[&Row<'_>], sink: &mut Sink<'_>) {
    let output = rows.iter().find(|row| row.sense.is_output());
    let benefit = rows.iter().find(|row| row.sense.is_benefit());
    if let (Some(output), Some(benefit)) = (output, benefit) {
        let hit = sink.row_hit(
            benefit,
            IndicatorField::Name,
            format!(
                "“{}”在{}和{}中重复，复核时只计其一",
                trim(&benefit.indicator().name),
                output.view.group.name(),
                benefit.view.group.name()
            ),
            "效益指标应反映产出带来的效果，请写明与产出指标的区别",
        );
        sink.push(hit.level(Severity::Warning));
    }
}

/// Whether a row counts complaints instead of asking people.
fn counts_complaints(row: &Row<'_>) -> bool {
    let indicator = row.indicator();
    let about_complaints =
        indicator.name.contains("投诉") || indicator.actual.text().contains("投诉");
    row.sense == Sense::Satisfaction && about_complaints && !indicator.name.contains("满意")
}

fn satisfaction_rows<'f, 'a>(form: &'f Form<'a>) -> impl Iterator<Item = &'f Row<'a>> {
    form.counted()
        .filter(|row| row.sense == Sense::Satisfaction)
}

fn i11(form: &Form<'_>, sink: &mut Sink<'_>) {
    if !form.edition.has_column(IndicatorRole::Actual) {
        return;
    }
    let earns = |filed: Option<Decimal>| filed.is_some_and(|filed| filed > Decimal::ZERO);
    for group in &form.groups {
        let of_group = group.score.as_one && earns(group.group.score.number());
        for row in form.rows_of(group).iter().filter(|row| row.score.counts) {
            let indicator = row.indicator();
            let has_outcome = !indicator.actual.is_empty() || indicator.tier.is_some();
            let is_blank = trim(&indicator.name).is_empty() && indicator.target.is_empty();
            let own = earns(row.score.filed);
            if has_outcome || !(own || of_group && !is_blank) {
                continue;
            }
            let (lead, hint) = (
                "实际完成值为空但有得分",
                "补填实际完成值；没有完成的填0，并相应改得分、说明原因",
            );
            let name = match trim(&indicator.name) {
                "" => "（未命名指标）",
                name => name,
            };
            let hit = sink.row_hit(row, IndicatorField::Actual, lead, hint);
            sink.push(hit.item(name));
        }
    }
}

fn i14(form: &Form<'_>, sink: &mut Sink<'_>) {
    let told_in_goals = || {
        form.project
            .goals
            .iter()
            .any(|goal| lexicon::SURVEY.is_in(&goal.actual))
            || form
                .project
                .texts
                .values()
                .any(|text| lexicon::SURVEY.is_in(text))
    };
    let filled = |row: &&Row<'_>| !row.indicator().actual.is_empty();
    for row in satisfaction_rows(form)
        .filter(|row| !counts_complaints(row))
        .filter(filled)
    {
        if !is_surveyed(form, row) && !told_in_goals() {
            let hit = sink.row_hit(
                row,
                IndicatorField::Deviation,
                "满意度没有说明调查方式和样本",
                "在完成情况或说明中写明调查方式、发放和收回份数，并登记佐证材料",
            );
            sink.push(hit.item(trim(&row.indicator().name)));
        }
    }
}

fn is_surveyed(form: &Form<'_>, row: &Row<'_>) -> bool {
    let indicator = row.indicator();
    let told = |text: &str| lexicon::SURVEY.is_in(text);
    told(&indicator.name)
        || told(indicator.actual.text())
        || told(&indicator.deviation)
        || row.spanning_reasons().any(told)
        || indicator.extra.values().any(|text| told(text))
        || form
            .project
            .evidence
            .iter()
            .any(|evidence| evidence.indicator == Some(indicator.id) && told(&evidence.title))
}

fn i15(form: &Form<'_>, sink: &mut Sink<'_>) {
    let real = satisfaction_rows(form).any(|row| !counts_complaints(row));
    for row in satisfaction_rows(form).filter(|row| counts_complaints(row)) {
        let hit = sink.row_hit(
            row,
            IndicatorField::Name,
            "以投诉情况衡量满意度",
            "满意度宜通过问卷、回访等调查得出，下年度改设调查类指标",
        );
        let level = if real {
            Severity::Hint
        } else {
            Severity::Warning
        };
        sink.push(
            hit.item(trim(&row.indicator().name))
                .level(level)
                .mend(super::finding::Mend::Approved),
        );
    }
}
