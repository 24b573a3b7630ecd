//! X01: the same indicator of one unit and year has another target here than elsewhere.
//!
//! What every project does so often is its own, and so are rates and satisfaction. But a standard (人均, 单价) is the unit's, and
//! an indicator that is named at length is one and the same.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{
    buckets::Buckets,
    digest::{Digest, Scope, Who, hashed},
    found::Found,
};
use crate::{
    model::{
        edition::Sense,
        id::Id,
        indicator::Indicator,
        measure::{Comparator, Quantity},
        numeral::plain,
        path::{IndicatorField, Place},
        project::Project,
        typed::trim,
    },
    rules::{
        alike::{letters, mixed},
        finding::Mend,
        form::{Form, Row},
        lexicon,
    },
};

/// The number aimed at, and how it is compared.
type Aimed = (Decimal, Option<Comparator>);

/// The target of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    who: Who,
    row: Id<Indicator>,
    aim: Aimed,
}

/// The target that most projects have, and the first of these.
#[derive(PartialEq)]
struct Usual {
    aim: Aimed,
    who: Who,
}

#[derive(Default)]
pub struct Targets(Buckets<Target, Usual>);

/// So many indicators are told of at most.
const TOLD: usize = 3;

/// The targets that are to be the same in all projects of the unit.
pub fn of(form: &Form<'_>, who: &Who, scope: &Scope) -> Vec<(u64, Target)> {
    let Some(scope) = scope.unit else {
        return Vec::new();
    };
    let least = form.edition.checks.same_name_length as usize;
    form.counted()
        .filter_map(|row| {
            let aim = row.aim.filter(|aim| !aim.qualitative)?;
            let Quantity::Number { value, .. } = aim.measure.quantity else {
                return None;
            };
            let rate = matches!(aim.unit, "%" | "％" | "百分比" | "‰");
            if rate || row.sense == Sense::Satisfaction || !is_common(row, least) {
                return None;
            }
            let name = mixed(scope ^ hashed(&row.indicator().name));
            let target = Target {
                who: who.clone(),
                row: row.indicator().id,
                aim: (value.normalize(), aim.comparator),
            };
            Some((mixed(name ^ hashed(aim.unit)), target))
        })
        .collect()
}

fn is_common(row: &Row<'_>, least: usize) -> bool {
    let name = &row.indicator().name;
    letters(name).nth(least.saturating_sub(1)).is_some() || lexicon::STANDARDS.is_in(name)
}

impl Targets {
    pub fn replace(&mut self, id: Id<Project>, old: Option<&Digest>, new: Option<&Digest>) {
        fn of_digest(digest: Option<&Digest>) -> &[(u64, Target)] {
            digest.map_or(&[], |digest| &digest.targets)
        }
        self.0.replace(id, of_digest(old), of_digest(new));
    }

    pub fn settle(&mut self, changed: &mut BTreeSet<Id<Project>>) {
        self.0.settle(changed, usual);
    }

    pub fn find(&self, digest: &Digest) -> Option<Found> {
        let told = self.0.told(&digest.targets);
        let mut differing: Vec<(&Target, &Usual)> =
            told.filter(|(own, usual)| own.aim != usual.aim).collect();
        if differing.is_empty() {
            return None;
        }
        let rows: Vec<&Indicator> = digest.project.rows().map(|view| view.indicator).collect();
        let place = |own: &Target| rows.iter().position(|row| row.id == own.row);
        differing.sort_by_key(|(own, _)| place(own));
        let items: Vec<String> = differing
            .iter()
            .take(TOLD)
            .filter_map(|(own, usual)| {
                let row = rows.get(place(own)?)?;
                let unit = row.aim()?.unit;
                Some(format!(
                    "{} 本项目{}，“{}”{}",
                    trim(&row.name),
                    written(own.aim, unit),
                    usual.who.name,
                    written(usual.aim, unit)
                ))
            })
            .collect();
        let more = match differing.len() {
            all if all > TOLD => format!("等{all}处"),
            _ => String::new(),
        };
        Some(Found {
            level: None,
            cells: differing
                .iter()
                .map(|(own, _)| Place::Indicator(own.row, IndicatorField::Target))
                .collect(),
            mend: Mend::Approved,
            message: format!("同名指标的指标值与其他项目不同：{}{more}", items.join("；")),
            hint: "核对哪一个符合批复和现行标准；内容不同的，下年度在名称中写明各自的对象".into(),
            fix: None,
        })
    }
}

/// A target as a sentence writes it.
fn written((number, comparator): Aimed, unit: &str) -> String {
    let sign = comparator.map_or("", Comparator::sign);
    format!("{sign}{}{unit}", plain(number))
}

/// The target that most have, of several the first project's; nothing where all have the same.
fn usual(members: &[(Id<Project>, Target)]) -> Option<Usual> {
    let (_, first) = members.first()?;
    if members.iter().all(|(_, one)| one.aim == first.aim) {
        return None;
    }
    let mut targets: Vec<&Target> = members.iter().map(|(_, target)| target).collect();
    let sign = |aim: &Aimed| aim.1.map(Comparator::sign);
    targets.sort_unstable_by(|a, b| {
        let by_aim = (a.aim.0, sign(&a.aim)).cmp(&(b.aim.0, sign(&b.aim)));
        by_aim.then_with(|| a.who.cmp(&b.who))
    });
    let alike = targets.chunk_by(|a, b| a.aim == b.aim);
    let most = alike.max_by(|a, b| {
        let by_count = a.len().cmp(&b.len());
        by_count.then_with(|| {
            b.first()
                .map(|one| &one.who)
                .cmp(&a.first().map(|one| &one.who))
        })
    })?;
    most.first().map(|one| Usual {
        aim: one.aim,
        who: one.who.clone(),
    })
}
