//! Weights of first- and second-level indicators against what captions, cells and the edition say.

use rust_decimal::Decimal;

use crate::{
    model::{
        edition::Sense,
        numeral::plain,
        path::{BlockField, GoalField, Place},
        policy::{
            Departure, GroupMembers, NotApplicablePolicy, Severity, WeightCondition, WeightSet,
        },
        project::Goal,
    },
    rules::{
        finding::Mend,
        form::{Form, GroupOf, SectionOf},
        sink::Sink,
    },
};

use super::{
    blanks::Missing,
    group_name, has_waived, scores_nothing,
    sums::{Points, Tail, judge, tail_remark},
};

/// Points that are stated somewhere and a sum that is not the same.
pub(super) struct Mismatch {
    /// Where they are stated.
    field: BlockField,
    stated: Decimal,
    sum: Decimal,
    level: Severity,
}

/// S03
pub(super) fn sections_off(form: &Form<'_>, sink: &mut Sink<'_>) {
    for section in &form.sections {
        if let Some(found) = section_mismatch(form, section) {
            let lead = format!(
                "{}分值合计{}，标明的是{}{}",
                section.section.name(),
                plain(found.sum),
                plain(found.stated),
                tail_remark(found.level)
            );
            let place = Place::Section(section.section.id, found.field);
            let hint = "请核对该部分各项分值；分值是随预算批复的，标题套用表样的按实际分值改";
            let hit = sink.section_hit(section, place, lead, hint);
            sink.push(hit.level(found.level).mend(Mend::Approved));
        }
    }
    for (index, goal) in form.project.goals.iter().enumerate() {
        goal_off(form, goal, index, sink);
    }
}

/// By how much the weights of all sections told of by S03 exceed what is stated of them; `None` where none is.
pub(super) fn excess_of_sections(form: &Form<'_>) -> Option<Decimal> {
    form.sections
        .iter()
        .filter_map(|section| section_mismatch(form, section))
        .map(|found| found.sum.saturating_sub(found.stated))
        .reduce(Decimal::saturating_add)
}

/// What the section states of its weight against the sum. Blocks of one goal with the same name are parts of one section,
/// told of at the first.
fn section_mismatch(form: &Form<'_>, section: &SectionOf<'_>) -> Option<Mismatch> {
    let same = |other: &&SectionOf<'_>| {
        other.goal.id == section.goal.id && other.section.name() == section.section.name()
    };
    let stated = [
        (section.section.stated_points(), BlockField::Caption),
        (section.section.weight.number(), BlockField::Weight),
    ];
    if stated.iter().all(|(points, _)| points.is_none())
        || form.sections.iter().find(same)?.section.id != section.section.id
    {
        return None;
    }
    let mut sum = Decimal::ZERO;
    let mut counted = 0;
    for part in form.sections.iter().filter(same) {
        sum = sum.checked_add(part.score.weight.value)?;
        counted += part.score.weight.count;
    }
    if counted == 0 {
        return None;
    }
    let found = stated.into_iter().find_map(|(points, field)| {
        let stated = points?;
        let tail = || Tail::of_groups(form, &form.groups[section.groups.clone()], Points::Weights);
        let level = judge(sum, stated, tail)?;
        Some(Mismatch {
            field,
            stated,
            sum,
            level,
        })
    })?;
    (!is_explained(form, section, &found)).then_some(found)
}

/// Too small a sum is explained by missing weights and by 不适用 rows under 百分制折算; any sum by a caption that is the
/// edition's own while the weights are of another set that the edition allows.
fn is_explained(form: &Form<'_>, section: &SectionOf<'_>, found: &Mismatch) -> bool {
    let too_small = found.sum < found.stated;
    if too_small && (Missing::of(form).weight || (converts(form) && has_waived(form))) {
        return true;
    }
    let printed = form.edition.first_level(section.section.name());
    found.field == BlockField::Caption
        && printed.is_some_and(|level| level.caption == section.section.caption)
        && is_allowed(form)
}

fn converts(form: &Form<'_>) -> bool {
    form.edition.scoring.not_applicable == NotApplicablePolicy::PerHundred
}

fn goal_off(form: &Form<'_>, goal: &Goal, index: usize, sink: &mut Sink<'_>) {
    let (Some(stated), Some(score)) = (goal.weight.number(), form.score.goals.get(index)) else {
        return;
    };
    let counted: u32 = score
        .sections
        .iter()
        .map(|section| section.weight.count)
        .sum();
    let sum = score.sections.iter().fold(Decimal::ZERO, |sum, section| {
        sum.saturating_add(section.weight.value)
    });
    let tail = || Tail::of_form(form, Points::Weights);
    let Some(level) = judge(sum, stated, tail).filter(|_| counted > 0) else {
        return;
    };
    if sum < stated && (Missing::of(form).weight || (converts(form) && has_waived(form))) {
        return;
    }
    let lead = format!(
        "年度绩效目标{}的指标分值合计{}，标明的是{}{}",
        index + 1,
        plain(sum),
        plain(stated),
        tail_remark(level)
    );
    let place = Place::Goal(goal.id, GoalField::Weight);
    let hint = "请核对该目标下各项分值；分值是随预算批复的，确需调整的按规定办理";
    let hit = sink.hit(place, lead, hint);
    sink.push(hit.level(level).mend(Mend::Approved));
}

/// S04
pub(super) fn groups_off(form: &Form<'_>, sink: &mut Sink<'_>) {
    for section in &form.sections {
        for group in &form.groups[section.groups.clone()] {
            let Some(found) = group_mismatch(form, section, group) else {
                continue;
            };
            let lead = format!(
                "{}分值合计{}，{}{}{}",
                group_name(group.group),
                plain(found.sum),
                match found.field {
                    BlockField::Weight => "合并单元格填写",
                    BlockField::Caption | BlockField::Score => "设定的是",
                },
                plain(found.stated),
                tail_remark(found.level)
            );
            let place = Place::Group(group.group.id, found.field);
            let hint = "请核对组内各项分值；分值是随预算批复的，确需调整的按规定办理";
            let hit = sink.group_hit(group, place, lead, hint);
            sink.push(hit.level(found.level).mend(Mend::Approved));
        }
    }
}

fn group_mismatch(
    form: &Form<'_>,
    section: &SectionOf<'_>,
    group: &GroupOf<'_>,
) -> Option<Mismatch> {
    if !group.score.applicable || group.score.weight.count == 0 {
        return None;
    }
    let preset = || {
        let known = form
            .edition
            .second_level(section.section.name(), group.group.name());
        group
            .group
            .stated_points()
            .or_else(|| known.and_then(|level| level.weight))
            .filter(|_| !has_waived_sibling(form, section))
            .map(|stated| (stated, group.score.weight.value, BlockField::Caption))
    };
    // The weights of rows under a weighted mean are shares of the group, not points.
    let cell = || {
        let points = form.edition.scoring.group_members == GroupMembers::Equal;
        let stated = group.group.weight.number().filter(|_| points)?;
        let rows = || form.rows_of(group).iter().filter(|row| row.score.counts);
        let sum = rows()
            .filter_map(|row| row.score.weight)
            .reduce(|sum, weight| sum + weight)?;
        let missing = sum < stated && rows().any(|row| row.score.weight.is_none());
        (!missing).then_some((stated, sum, BlockField::Weight))
    };
    [cell(), preset()]
        .into_iter()
        .flatten()
        .find_map(|(stated, sum, field)| {
            let tail = || Tail::of_groups(form, std::slice::from_ref(group), Points::Weights);
            let level = judge(sum, stated, tail)?;
            let missing = sum < stated && Missing::of(form).weight;
            (!missing).then_some(Mismatch {
                field,
                stated,
                sum,
                level,
            })
        })
}

/// Where something in the section is 不适用, its weight went to others of the section.
fn has_waived_sibling(form: &Form<'_>, section: &SectionOf<'_>) -> bool {
    form.groups[section.groups.clone()].iter().any(|group| {
        !group.score.applicable
            || form
                .rows_of(group)
                .iter()
                .any(|row| !row.indicator().is_applicable())
    })
}

/// A part of the points that a set of weights fixes.
struct Part<'f> {
    name: &'f str,
    points: Decimal,
    wanted: Decimal,
}

impl Part<'_> {
    fn is_off(&self, form: &Form<'_>) -> bool {
        let tail = || Tail::of_form(form, Points::Weights);
        judge(self.points, self.wanted, tail) == Some(Severity::Error)
    }
}

/// The sets of weights that apply to the form.
fn allowed<'f>(form: &'f Form<'_>) -> impl Iterator<Item = &'f WeightSet> {
    form.edition
        .scoring
        .weights
        .iter()
        .filter(|set| match set.when {
            WeightCondition::Always => true,
            WeightCondition::NoSatisfaction => {
                !form.counted().any(|row| row.sense == Sense::Satisfaction)
            }
            WeightCondition::WithCost => has_cost_section(form),
            WeightCondition::WithoutCost => !has_cost_section(form),
        })
}

fn has_cost_section(form: &Form<'_>) -> bool {
    form.sections
        .iter()
        .any(|section| Sense::of_caption(section.section.name()) == Sense::Cost)
}

fn parts_of<'f>(form: &'f Form<'_>, set: &'f WeightSet) -> impl Iterator<Item = Part<'f>> {
    let execution = Part {
        name: "预算执行率",
        points: form.score.execution.weight.unwrap_or_default(),
        wanted: set.execution,
    };
    let levels = set.levels.iter().map(|(name, wanted)| Part {
        name,
        points: sections_named(form, name).fold(Decimal::ZERO, |sum, section| {
            sum.saturating_add(section.score.weight.value)
        }),
        wanted: *wanted,
    });
    std::iter::once(execution).chain(levels)
}

/// The sections that an edition's name for a first-level indicator, or one of its aliases, names.
fn sections_named<'f>(
    form: &'f Form<'_>,
    name: &'f str,
) -> impl Iterator<Item = &'f SectionOf<'f>> {
    form.sections.iter().filter(move |section| {
        let own = section.section.name();
        own == name
            || form
                .edition
                .first_level(own)
                .is_some_and(|level| level.name == name)
    })
}

/// Whether the weights are those of a set that the edition allows.
fn is_allowed(form: &Form<'_>) -> bool {
    allowed(form).any(|set| !parts_of(form, set).any(|part| part.is_off(form)))
}

/// Whether the weights are complete and add up, so that they can be compared with a set.
fn is_comparable(form: &Form<'_>) -> bool {
    let execution = u32::from(form.score.execution.weight.is_some());
    let weight = form.score.total.weight;
    let full = form.edition.scoring.total;
    let tail = || Tail::of_form(form, Points::Weights);
    weight.count > execution && judge(weight.value, full, tail) != Some(Severity::Error)
}

/// S05
pub(super) fn departs_from_sets(form: &Form<'_>, sink: &mut Sink<'_>) {
    if form.edition.checks.weights == Departure::Free
        || scores_nothing(form)
        || !is_comparable(form)
        || is_allowed(form)
    {
        return;
    }
    let nearest = allowed(form)
        .min_by_key(|set| parts_of(form, set).filter(|part| part.is_off(form)).count());
    let Some(set) = nearest else { return };
    // Costs as a first level are of another form than this one: I08 says so.
    let knows_costs = |(name, _): (&String, _)| Sense::of_caption(name) == Sense::Cost;
    if has_cost_section(form) && !set.levels.iter().any(knows_costs) {
        return;
    }
    let off: Vec<Part<'_>> = parts_of(form, set)
        .filter(|part| part.is_off(form) && !is_told_by_caption(form, part.name))
        .collect();
    let Some(first) = off.first() else { return };
    let told: Vec<String> = off
        .iter()
        .map(|part| {
            format!(
                "{}{}分（规定{}分）",
                part.name,
                plain(part.points),
                plain(part.wanted)
            )
        })
        .collect();
    let lead = format!("一级指标分值与规定权重不符：{}", told.join("、"));
    let place = sections_named(form, first.name)
        .next()
        .map_or(Place::Whole, |section| {
            Place::Section(section.section.id, BlockField::Caption)
        });
    let hint = "有特殊情况调整过权重的，请备好依据；否则下年度按规定的权重设置";
    sink.push(sink.hit(place, lead, hint).mend(Mend::Approved));
}

/// Whether S03 already tells of it.
fn is_told_by_caption(form: &Form<'_>, name: &str) -> bool {
    sections_named(form, name).any(|section| section_mismatch(form, section).is_some())
}
