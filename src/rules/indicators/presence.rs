//! What a form must have: its levels, names, targets, actual values, and a sensible number of indicators.

use rust_decimal::Decimal;

use super::levels::{level_of, same_caption};
use crate::{
    model::{
        edition::{FirstLevel, IndicatorRole, Need, SecondLevel, Sense},
        indicator::Indicator,
        path::{BlockField, IndicatorField, Place},
        policy::Severity,
        typed::trim,
    },
    rules::{
        finding::Mend,
        form::{Form, GroupOf, Row, SectionOf, name_of},
        sink::Sink,
    },
};

const MISSING_HINT: &str =
    "漏填的照批复补上；确实不适用的写明“不适用”；批复时就没有的请在说明中注明，下年度补设";

/// Whether nothing was filled in that tells of an indicator.
fn is_blank(indicator: &Indicator) -> bool {
    trim(&indicator.name).is_empty()
        && indicator.target.is_empty()
        && indicator.actual.is_empty()
        && indicator.weight.is_empty()
}

/// Whether a group says anything, if only that it does not apply.
pub(super) fn is_filled(form: &Form<'_>, group: &GroupOf<'_>) -> bool {
    !group.group.weight.is_empty()
        || form
            .rows_of(group)
            .iter()
            .any(|row| !is_blank(row.indicator()))
}

fn filled_groups<'f, 'a>(form: &'f Form<'a>) -> impl Iterator<Item = &'f GroupOf<'a>> {
    form.groups.iter().filter(|group| is_filled(form, group))
}

/// I01
pub(super) fn first_levels(form: &Form<'_>, sink: &mut Sink<'_>) {
    let layout = &form.edition.indicators;
    if layout.levels.is_empty() || layout.free_levels {
        return;
    }
    if filled_groups(form).next().is_none() {
        let hit = sink.hit(Place::Whole, "没有填写绩效指标", "请照批复的绩效目标填写");
        sink.push(hit);
        return;
    }
    let expected = layout
        .levels
        .iter()
        .filter(|level| level.need != Need::Optional);
    let missing: Vec<&FirstLevel> = expected
        .filter(|level| !has_first_level(form, level))
        .collect();
    if missing.is_empty() {
        return;
    }
    let causes: &[&str] = match lack_only(form, &missing) {
        true => &["I16", "S01"],
        false => &["I16"],
    };
    for level in missing {
        let place = section_of(form, level).map_or(Place::Whole, |section| {
            Place::Section(section.section.id, BlockField::Caption)
        });
        let severity = match only_sense(level) {
            Some(Sense::Satisfaction) => Severity::Warning,
            _ => severity(level.need),
        };
        let hit = sink.hit(place, format!("缺少{}", level.name), MISSING_HINT);
        let hit = hit.level(severity).mend(Mend::Approved);
        sink.push(hit.silences(causes));
    }
}

/// Whether just the points of the missing first levels are wanting from the total.
fn lack_only(form: &Form<'_>, missing: &[&FirstLevel]) -> bool {
    let scoring = &form.edition.scoring;
    let wanting = scoring.total.checked_sub(form.score.total.weight.value);
    scoring.weights.iter().any(|set| {
        let mut points = missing
            .iter()
            .filter_map(|level| set.levels.get(&level.name));
        let sum = points.try_fold(Decimal::ZERO, |sum, points| sum.checked_add(*points));
        wanting.is_some() && wanting == sum
    })
}

fn severity(need: Need) -> Severity {
    if need == Need::Required {
        Severity::Error
    } else {
        Severity::Warning
    }
}

/// What all indicators of a first level measure, where that is one thing (满意度, 成本).
fn only_sense(level: &FirstLevel) -> Option<Sense> {
    let first = level.children.first().map_or(level.sense, |one| one.sense);
    let alike = level.children.iter().all(|one| one.sense == first);
    (alike && first != Sense::Other).then_some(first)
}

fn section_of<'f, 'a>(form: &'f Form<'a>, level: &FirstLevel) -> Option<&'f SectionOf<'a>> {
    form.sections.iter().find(|section| {
        level_of(form.edition, section.section.name()).is_some_and(|own| std::ptr::eq(own, level))
    })
}

/// Satisfaction and cost count wherever they stand; under a caption that the form does not know, what is measured tells.
fn has_first_level(form: &Form<'_>, level: &FirstLevel) -> bool {
    let only = only_sense(level);
    filled_groups(form).any(|group| {
        let sense = group.score.sense;
        match level_of(form.edition, group.section.name()) {
            Some(own) if std::ptr::eq(own, level) => true,
            Some(_) => only == Some(sense),
            None => {
                sense != Sense::Other && level.children.iter().any(|child| child.sense == sense)
            }
        }
    })
}

/// I02
pub(super) fn second_levels(form: &Form<'_>, sink: &mut Sink<'_>) {
    let layout = &form.edition.indicators;
    if layout.free_levels {
        return;
    }
    for level in &layout.levels {
        // Where the whole first level is missing, that is the cause.
        let Some(section) = section_of(form, level) else {
            continue;
        };
        if !has_first_level(form, level) {
            continue;
        }
        let missing: Vec<&SecondLevel> = level
            .children
            .iter()
            .filter(|child| child.need != Need::Optional && !has_second_level(form, child))
            .collect();
        let Some(level_of_all) = missing.iter().map(|child| child_severity(child)).max() else {
            continue;
        };
        let names: Vec<&str> = missing.iter().map(|child| child.name.as_str()).collect();
        let place = Place::Section(section.section.id, BlockField::Caption);
        let lead = format!("{}下缺少{}", level.name, names.join("、"));
        let hit = sink.section_hit(section, place, lead, MISSING_HINT);
        sink.push(hit.level(level_of_all).mend(Mend::Approved));
    }
}

/// There are projects that serve nobody who could be asked.
fn child_severity(child: &SecondLevel) -> Severity {
    if child.sense == Sense::Satisfaction {
        Severity::Warning
    } else {
        severity(child.need)
    }
}

fn has_second_level(form: &Form<'_>, child: &SecondLevel) -> bool {
    filled_groups(form).any(|group| {
        let sense = group.score.sense;
        sense != Sense::Other && sense == child.sense
            || same_caption(group.group.name(), &child.name)
    })
}

/// I03
pub(super) fn without_name(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted() {
        let indicator = row.indicator();
        let name = trim(&indicator.name);
        if !says_nothing(name) || is_blank(indicator) && indicator.score.is_empty() {
            continue;
        }
        let values = [
            ("指标值", indicator.target.text()),
            ("实际完成值", indicator.actual.text()),
            ("分值", indicator.weight.text()),
            ("得分", indicator.score.text()),
        ];
        let told = values.into_iter().find(|(_, text)| !trim(text).is_empty());
        // A running number alone is not worth asking for a name.
        let Some((caption, text)) = told else {
            continue;
        };
        let item = format!("第{}行（{caption} {}）", row.view.number, trim(text));
        let hit = sink.row_hit(
            row,
            IndicatorField::Name,
            "三级指标名称为空",
            "照批复的绩效目标补填指标名称",
        );
        sink.push(hit.item(item));
    }
}

/// No name, dots or dashes for one, a bare number, or only the running number that the template prints.
fn says_nothing(name: &str) -> bool {
    let (rest, numbered) = match name.strip_prefix("指标") {
        Some(rest) => (rest, true),
        None => (name, false),
    };
    let is_number = |c: char| c.is_ascii_digit() || numbered && "一二三四五六七八九十".contains(c);
    !rest.chars().any(|c| c.is_alphanumeric() && !is_number(c))
}

/// I10
pub(super) fn without_target(form: &Form<'_>, sink: &mut Sink<'_>) {
    if !form.edition.has_column(IndicatorRole::Target) {
        return;
    }
    for row in form.counted() {
        let indicator = row.indicator();
        if !indicator.target.is_empty()
            || says_nothing(trim(&indicator.name))
            || has_other_target(form, indicator)
        {
            continue;
        }
        let hit = sink.row_hit(
            row,
            IndicatorField::Target,
            "指标值为空",
            "照批复补填指标值；批复时就没有的请在说明中注明，下年度填写目标时补上",
        );
        sink.push(hit.item(name_of(indicator)));
    }
}

/// Some forms have the target at the start of the year in a column of its own.
fn has_other_target(form: &Form<'_>, indicator: &Indicator) -> bool {
    indicator.extra.iter().any(|(key, text)| {
        !trim(text).is_empty() && form.edition.extra_caption(key).contains("指标值")
    })
}

/// I11
pub(super) fn without_actual(form: &Form<'_>, sink: &mut Sink<'_>) {
    if !form.edition.has_column(IndicatorRole::Actual) {
        return;
    }
    let earns = |filed: Option<Decimal>| filed.is_some_and(|filed| filed > Decimal::ZERO);
    for group in &form.groups {
        let of_group = group.score.as_one && earns(group.group.score.number());
        for row in form.rows_of(group).iter().filter(|row| row.score.counts) {
            let indicator = row.indicator();
            let has_outcome = !indicator.actual.is_empty() || indicator.tier.is_some();
            let is_unused = trim(&indicator.name).is_empty() && indicator.target.is_empty();
            let own = earns(row.score.filed);
            if has_outcome || !(own || of_group && !is_unused) {
                continue;
            }
            let hit = sink.row_hit(
                row,
                IndicatorField::Actual,
                "实际完成值为空但有得分",
                "补填实际完成值；没有完成的填0，并相应改得分、说明原因",
            );
            sink.push(hit.item(name_of(indicator)));
        }
    }
}

/// I16
pub(super) fn number_of_indicators(form: &Form<'_>, sink: &mut Sink<'_>) {
    let mut named = form
        .counted()
        .filter(|row| !trim(&row.indicator().name).is_empty());
    let Some(first) = named.next() else { return };
    let count = u32::try_from(named.count()).map_or(u32::MAX, |rest| rest.saturating_add(1));
    let policy = &form.edition.checks;
    let (lead, hint) = if count < policy.fewest_indicators {
        (
            format!(
                "三级指标只有{count}条，一般不少于{}条",
                policy.fewest_indicators
            ),
            "请核对是否漏填；批复时就偏少的，下年度补充能反映主要产出和效果的指标",
        )
    } else if count > policy.most_indicators {
        (
            format!(
                "三级指标有{count}条，一般不超过{}条",
                policy.most_indicators
            ),
            "下年度突出重点，同类的指标归并设置",
        )
    } else {
        return;
    };
    let hit = sink.hit(first_place(first), lead, hint);
    sink.push(hit.mend(Mend::Approved));
}

fn first_place(row: &Row<'_>) -> Place {
    row.place(IndicatorField::Name)
}
