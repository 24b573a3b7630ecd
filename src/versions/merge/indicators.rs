//! Indicators and the reasons that span several of them.

use crate::model::{
    id::Id,
    indicator::{Adjustment, Approved, ApprovedField, Group, Indicator, Section, SharedReason},
    path::{IndicatorField, Place},
    record::Text,
};

use super::{
    level::{Node, Present},
    walk::{Spot, Three, Walk},
    words::{listed, named},
};

impl Node for Indicator {
    type Key = Id<Self>;
    const PART: &'static str = "indicator";

    fn key(&self) -> Self::Key {
        self.id
    }

    fn name(&self) -> String {
        named("指标", &self.name)
    }

    fn place(&self) -> Option<Place> {
        Some(Place::Indicator(self.id, IndicatorField::Name))
    }

    fn told(&self) -> String {
        listed([
            ("指标值", self.target.text()),
            ("实际完成值", self.actual.text()),
            ("分值", self.weight.text()),
            ("得分", self.score.text()),
        ])
    }

    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        indicator(walk, three)
    }

    /// An approved row goes only with a record that says why.
    fn is_guarded(&self, removing: &Present) -> bool {
        self.approved.is_some() && !removing.given_up.contains(&self.id.bits())
    }
}

fn indicator(walk: &mut Walk<'_>, three: Three<'_, Indicator>) -> Indicator {
    let Three { ours, theirs, .. } = three;
    let id = ours.id;
    let at = |field| move || Place::Indicator(id, field);
    let spot = |key: &str, caption: &str| {
        let caption = format!("{} · {caption}", Node::name(ours));
        let address = format!("indicator/{id}/{key}");
        move || Spot {
            address,
            place: Some(Place::Indicator(id, IndicatorField::Name)),
            caption,
        }
    };
    let is_approved = ours.approved.is_some() || theirs.approved.is_some();
    let guard = |field| {
        [ours, theirs].map(|row| is_approved && row.in_force(field) != Some(row.filed_value(field)))
    };
    let parent = |row: &Option<Id<Indicator>>| match row {
        Some(_) => "“其中”行".to_owned(),
        None => "独立的行".to_owned(),
    };
    let approved = |row: &Option<Approved>| {
        row.as_ref().map_or(String::new(), |approved| {
            listed([
                ("", &*approved.name),
                ("指标值", &approved.target),
                ("分值", &approved.weight),
            ])
        })
    };
    let mut merged = Indicator {
        id,
        copied_from: walk.quiet(three.of(|row| &row.copied_from)),
        part_of: walk.whole(
            three.of(|row| &row.part_of),
            parent,
            spot("part_of", "其中"),
        ),
        name: walk.guarded(
            three.of(|row| &row.name),
            guard(ApprovedField::Name),
            at(IndicatorField::Name),
        ),
        nature: walk.guarded(
            three.of(|row| &row.nature),
            guard(ApprovedField::Nature),
            at(IndicatorField::Nature),
        ),
        target: walk.guarded(
            three.of(|row| &row.target),
            guard(ApprovedField::Target),
            at(IndicatorField::Target),
        ),
        unit: walk.guarded(
            three.of(|row| &row.unit),
            guard(ApprovedField::Unit),
            at(IndicatorField::Unit),
        ),
        actual: walk.cell(three.of(|row| &row.actual), at(IndicatorField::Actual)),
        tier: walk.cell(three.of(|row| &row.tier), at(IndicatorField::Tier)),
        method: walk.field(three.of(|row| &row.method), spot("method", "计分办法")),
        weight: walk.guarded(
            three.of(|row| &row.weight),
            guard(ApprovedField::Weight),
            at(IndicatorField::Weight),
        ),
        score: walk.cell(three.of(|row| &row.score), at(IndicatorField::Score)),
        deviation: walk.cell(
            three.of(|row| &row.deviation),
            at(IndicatorField::Deviation),
        ),
        extra: walk.keyed(three.of(|row| &row.extra), |key| {
            Place::Indicator(id, IndicatorField::Extra(key))
        }),
        approved: walk.whole(
            three.of(|row| &row.approved),
            approved,
            spot("approved", "批复值"),
        ),
        adjustments: Vec::new(),
        unknown: walk.unknown(three.of(|row| &row.unknown)),
    };
    merged.adjustments = adjustments(three, &merged);
    merged
}

/// The records of both sides, but for those of the other side whose value was not taken.
fn adjustments(three: Three<'_, Indicator>, merged: &Indicator) -> Vec<Adjustment> {
    let records = three.of(|row| &row.adjustments);
    let Three { ours, theirs, .. } = three;
    let mut all = ours.adjustments.clone();
    let is_new = |record: &&Adjustment| {
        let is_refused = merged.filed_value(record.field) != theirs.filed_value(record.field);
        let is_known = ours.adjustments.contains(record)
            || records.base.is_some_and(|base| base.contains(record));
        !is_refused && !is_known
    };
    let new: Vec<_> = theirs.adjustments.iter().filter(is_new).cloned().collect();
    if new.is_empty() {
        return all;
    }
    let known = records.base.map_or(0, |base| {
        let pairs = base.iter().zip(&all);
        pairs.take_while(|(base, own)| base == own).count()
    });
    let is_alone = all.len() == known;
    all.extend(new);
    if !is_alone {
        all[known..].sort_by(|a, b| {
            (&a.date, &a.document_no, &a.old, &a.new).cmp(&(
                &b.date,
                &b.document_no,
                &b.old,
                &b.new,
            ))
        });
    }
    all
}

impl Node for SharedReason {
    type Key = Id<Self>;
    const PART: &'static str = "reason";

    fn key(&self) -> Self::Key {
        self.id
    }

    fn name(&self) -> String {
        "合并原因".into()
    }

    fn place(&self) -> Option<Place> {
        Some(Place::Reason(self.id))
    }

    fn told(&self) -> String {
        self.text.to_string()
    }

    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        /// What a reason spans.
        type Span = (Option<Id<Section>>, Option<Id<Group>>, Vec<Id<Indicator>>);
        let id = three.ours.id;
        let span = |reason: &Self| -> Span { (reason.section, reason.group, reason.rows.clone()) };
        let base = three.base.map(span);
        let (ours, theirs) = (span(three.ours), span(three.theirs));
        let spans = Three {
            base: base.as_ref(),
            ours: &ours,
            theirs: &theirs,
        };
        let shown = |(section, group, rows): &Span| match (section, group) {
            (Some(_), _) => "整个一级指标".to_owned(),
            (None, Some(_)) => "整个二级指标".to_owned(),
            (None, None) => format!("{} 行", rows.len()),
        };
        let (section, group, rows) = walk.whole(spans, shown, || Spot {
            address: format!("reason/{id}/span"),
            place: Some(Place::Reason(id)),
            caption: "合并原因 · 范围".into(),
        });
        Self {
            id,
            copied_from: walk.quiet(three.of(|reason| &reason.copied_from)),
            section,
            group,
            rows,
            text: walk.cell::<Text>(three.of(|reason| &reason.text), || Place::Reason(id)),
            unknown: walk.unknown(three.of(|reason| &reason.unknown)),
        }
    }
}
