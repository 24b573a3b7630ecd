//! 一级指标 and 二级指标: whether they are named as the form names them and stand where the form has them.

use super::presence::is_filled;
use crate::{
    model::{
        edition::{Edition, FirstLevel, Sense},
        path::{BlockField, Place},
        policy::Severity,
    },
    rules::{
        finding::Mend,
        form::{Form, GroupOf, SectionOf},
        lexicon,
        sink::Sink,
    },
};

/// Whether two captions say the same, white space and a final 指标 set aside.
pub(super) fn same_caption(one: &str, other: &str) -> bool {
    fn letters(caption: &str) -> impl Iterator<Item = char> {
        let caption = caption.trim_end();
        let body = caption.strip_suffix("指标").unwrap_or(caption);
        body.chars().filter(|c| !c.is_whitespace())
    }
    letters(one).eq(letters(other))
}

/// The first level that a caption names.
pub(super) fn level_of<'e>(edition: &'e Edition, caption: &str) -> Option<&'e FirstLevel> {
    let levels = &edition.indicators.levels;
    levels.iter().find(|level| names_level(level, caption))
}

fn names_level(level: &FirstLevel, caption: &str) -> bool {
    same_caption(&level.name, caption)
        || level
            .aliases
            .iter()
            .any(|alias| same_caption(alias, caption))
}

/// Whether a caption names a second level of this first one.
fn has_child(level: &FirstLevel, caption: &str) -> bool {
    level.children.iter().any(|child| {
        same_caption(&child.name, caption)
            || child
                .aliases
                .iter()
                .any(|alias| same_caption(alias, caption))
    })
}

/// Whether the form prescribes its second levels.
fn prescribes(edition: &Edition) -> bool {
    let layout = &edition.indicators;
    !layout.free_levels && layout.levels.iter().any(|level| !level.children.is_empty())
}

/// I07
pub(super) fn odd_captions(form: &Form<'_>, sink: &mut Sink<'_>) {
    if !prescribes(form.edition) {
        return;
    }
    let any_named = form
        .groups
        .iter()
        .any(|group| !group.group.name().is_empty());
    for group in form.groups.iter().filter(|group| is_filled(form, group)) {
        match group.group.name() {
            "" if any_named => unnamed(group, sink),
            "" => {}
            name if !is_usual(form.edition, name) => odd(form, group, name, sink),
            _ => {}
        }
    }
}

fn is_usual(edition: &Edition, caption: &str) -> bool {
    let levels = &edition.indicators.levels;
    levels
        .iter()
        .any(|level| names_level(level, caption) || has_child(level, caption))
        || lexicon::CAPTIONS
            .words()
            .any(|word| same_caption(word, caption))
}

fn unnamed(group: &GroupOf<'_>, sink: &mut Sink<'_>) {
    let place = Place::Group(group.group.id, BlockField::Caption);
    let lead = match group.section.name() {
        "" => "二级指标名称为空".to_owned(),
        section => format!("{section}下有二级指标名称为空"),
    };
    let hit = sink.group_hit(group, place, lead, "照表样和批复补填二级指标名称");
    sink.push(hit);
}

fn odd(form: &Form<'_>, group: &GroupOf<'_>, caption: &str, sink: &mut Sink<'_>) {
    let place = Place::Group(group.group.id, BlockField::Caption);
    let usual = usual_name(form.edition, group);
    let (lead, level) = match usual {
        Some(usual) => (
            format!("二级指标名称不规范：“{caption}”，表样为“{usual}”"),
            Severity::Warning,
        ),
        None => (
            format!("二级指标“{caption}”不在表样所列之内"),
            Severity::Hint,
        ),
    };
    let hint = "当地另有规定的可以保留；否则下年度按表样的名称填写";
    let hit = sink.group_hit(group, place, lead, hint);
    sink.push(hit.level(level).mend(Mend::Approved));
}

/// What the form calls the second level that measures the same; its own first level is asked first.
fn usual_name<'e>(edition: &'e Edition, group: &GroupOf<'_>) -> Option<&'e str> {
    let sense = group.score.sense;
    let own = level_of(edition, group.section.name());
    let levels = own.into_iter().chain(&edition.indicators.levels);
    levels
        .flat_map(|level| &level.children)
        .find(|child| child.sense == sense && sense != Sense::Other)
        .map(|child| child.name.as_str())
}

/// I08
pub(super) fn wrong_parents(form: &Form<'_>, sink: &mut Sink<'_>) {
    if !prescribes(form.edition) {
        return;
    }
    for section in &form.sections {
        let caption = section.section.name();
        match level_of(form.edition, caption) {
            Some(own) => {
                for group in &form.groups[section.groups.clone()] {
                    if is_filled(form, group) {
                        wrong_parent(form.edition, own, group, sink);
                    }
                }
            }
            None => second_as_first(form, section, caption, sink),
        }
    }
}

const HINT: &str = "填错栏的照批复改正；批复如此的，下年度按表样的层级设置";

fn wrong_parent(edition: &Edition, own: &FirstLevel, group: &GroupOf<'_>, sink: &mut Sink<'_>) {
    let caption = group.group.name();
    if caption.is_empty() || names_level(own, caption) || has_child(own, caption) {
        return;
    }
    let levels = edition.indicators.levels.iter();
    let mut others = levels.filter(|level| !std::ptr::eq(*level, own));
    let Some(right) = others.find(|level| has_child(level, caption) || names_level(level, caption))
    else {
        return;
    };
    // Many places set satisfaction inside 效益指标.
    let level = if group.score.sense == Sense::Satisfaction {
        Severity::Hint
    } else {
        Severity::Error
    };
    let lead = if names_level(right, caption) {
        format!("“{caption}”在表样中是一级指标，填在了“{}”下", own.name)
    } else {
        format!("“{caption}”应属“{}”，填在了“{}”下", right.name, own.name)
    };
    let place = Place::Group(group.group.id, BlockField::Caption);
    let hit = sink.group_hit(group, place, lead, HINT);
    sink.push(hit.level(level).mend(Mend::Approved));
}

/// Whether the section has second levels of its own, as 成本指标 has in forms from 2022 on: 经济成本, 社会成本, 生态环境成本.
fn has_second_levels(form: &Form<'_>, section: &SectionOf<'_>) -> bool {
    let groups = form.groups[section.groups.clone()].iter();
    let mut named = groups.map(|group| group.group.name());
    named.any(|name| !name.is_empty() && !same_caption(name, section.section.name()))
}

fn second_as_first(form: &Form<'_>, section: &SectionOf<'_>, caption: &str, sink: &mut Sink<'_>) {
    let levels = &form.edition.indicators.levels;
    let Some(right) = levels.iter().find(|level| has_child(level, caption)) else {
        return;
    };
    let place = Place::Section(section.section.id, BlockField::Caption);
    if has_second_levels(form, section) {
        let lead = format!("“{caption}”不是本表样的一级指标");
        let hint = "当地表样把它列为一级指标的，换用那份表样；否则下年度按本表样设置";
        let hit = sink.section_hit(section, place, lead, hint);
        sink.push(hit.level(Severity::Hint).mend(Mend::Approved));
        return;
    }
    let lead = format!(
        "“{caption}”是“{}”下的二级指标，填在了一级指标栏",
        right.name
    );
    let hit = sink.section_hit(section, place, lead, HINT);
    sink.push(hit.mend(Mend::Approved));
}
