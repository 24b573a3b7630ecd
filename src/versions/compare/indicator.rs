//! Two states of an indicator row.

use super::{
    Kind, Topic,
    pass::{Beside, Pass},
    says::field_caption,
    written,
};
use crate::model::{
    id::Id,
    indicator::{Approved, ApprovedField, Indicator},
    path::{IndicatorField, Place},
    project::Project,
    typed::trim,
};

impl<'a> Pass<'a, Project> {
    /// A row that both states have.
    pub(super) fn indicator(&mut self, before: &'a Indicator, after: &'a Indicator) {
        if std::ptr::eq(before, after) {
            return;
        }
        self.cells(before, after);
        let Indicator {
            id,
            copied_from,
            part_of,
            name: _,
            nature: _,
            target: _,
            unit: _,
            actual: _,
            tier: _,
            method,
            weight: _,
            score: _,
            deviation: _,
            extra: _,
            approved,
            adjustments,
            unknown,
        } = after;
        let at = || Place::Indicator(*id, IndicatorField::Name);
        let of = |topic, called: &str| Beside::row(topic, at(), called);
        if before.part_of != *part_of {
            let old = row_in_words(self.older, before.part_of);
            let new = row_in_words(self.newer, *part_of);
            self.beside(
                of(Topic::Indicators, "其中（属于）"),
                Kind::Changed,
                &old,
                &new,
            );
        }
        if before.method != *method {
            let kind = written::text(before.method.text(), method.text()).kind();
            let of = of(Topic::Scores, "计分办法");
            self.beside(of, kind, before.method.text(), method.text());
        }
        let of_approved = || of(Topic::Records, "批复值");
        let (old, new) = (before.approved.as_ref(), approved.as_ref());
        self.presence(of_approved, old, new, |pass, old, new| {
            pass.approved(&of_approved(), old, new);
        });
        self.anonymous(&before.adjustments, adjustments, || {
            of(Topic::Records, "调整记录")
        });
        let row = || of(Topic::Other, "指标行");
        self.origin(row, before.copied_from, *copied_from);
        self.unknown(row, &before.unknown, unknown);
    }

    fn cells(&mut self, before: &Indicator, after: &Indicator) {
        let at = |field| move || Place::Indicator(after.id, field);
        self.text(at(IndicatorField::Name), &before.name, &after.name);
        let (old, new) = (&before.nature, &after.nature);
        self.typed(at(IndicatorField::Nature), old, new, written::reading);
        let (old, new) = (&before.target, &after.target);
        self.typed(at(IndicatorField::Target), old, new, written::measure);
        self.text(at(IndicatorField::Unit), &before.unit, &after.unit);
        let (old, new) = (&before.actual, &after.actual);
        self.typed(at(IndicatorField::Actual), old, new, written::measure);
        if before.tier != after.tier {
            let tier = IndicatorField::Tier;
            let (old, new) = (before.cell_text(&tier), after.cell_text(&tier));
            self.text(at(tier.clone()), &old, &new);
        }
        let figures = [
            (IndicatorField::Weight, &before.weight, &after.weight),
            (IndicatorField::Score, &before.score, &after.score),
        ];
        for (field, old, new) in figures {
            self.typed(at(field), old, new, written::figure);
        }
        let (old, new) = (&before.deviation, &after.deviation);
        self.text(at(IndicatorField::Deviation), old, new);
        self.keyed(&before.extra, &after.extra, &[], |key| {
            at(IndicatorField::Extra(key.to_owned()))()
        });
    }

    /// Values as approved.
    pub(super) fn approved(&mut self, of: &Beside, before: &Approved, after: &Approved) {
        for field in ApprovedField::ALL {
            self.field(
                of,
                field_caption(field),
                before.value(field),
                after.value(field),
            );
        }
        let own = || of.clone();
        self.unknown(own, &before.unknown, &after.unknown);
    }
}

/// A row by its name.
pub(super) fn row_in_words(project: &Project, row: Option<Id<Indicator>>) -> String {
    let Some(id) = row else { return String::new() };
    let Some(view) = project.rows().find(|view| view.indicator.id == id) else {
        return "（已删除的行）".to_owned();
    };
    match trim(&view.indicator.name) {
        "" => format!("{} 第 {} 行", view.group.name(), view.number),
        name => name.to_owned(),
    }
}
