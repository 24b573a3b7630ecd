//! Rows and groups that do not apply, and what became of their points.

use rust_decimal::Decimal;

use super::{TOLERANCE, group_name, name_of};
use crate::{
    model::{
        edition::IndicatorRole,
        figure::FigureCell,
        numeral::plain,
        path::{BlockField, IndicatorField, Place, StatedField},
        policy::{NotApplicablePolicy, Severity},
    },
    rules::{
        finding::{CellChange, Fix, Mend},
        form::Form,
        sink::{Hit, Sink},
    },
};

/// C14
pub(super) fn numbers(form: &Form<'_>, sink: &mut Sink<'_>) {
    for group in &form.groups {
        let cells = group.group;
        if !cells.is_applicable()
            && let Some(filled) = Filled::of(&cells.weight, &cells.score)
        {
            let field = filled.field(BlockField::Weight, BlockField::Score);
            let place = Place::Group(cells.id, field);
            let lead = format!(
                "不适用指标仍有分值或得分：{}{}",
                group_name(cells),
                filled.words()
            );
            let hit = sink.group_hit(group, place, lead, HINT);
            sink.push(filled.finish(hit));
        }
        for row in form.rows_of(group) {
            let indicator = row.indicator();
            if indicator.is_applicable() {
                continue;
            }
            let Some(filled) = Filled::of(&indicator.weight, &indicator.score) else {
                continue;
            };
            let field = filled.field(IndicatorField::Weight, IndicatorField::Score);
            let hit = sink.row_hit(row, field, "不适用指标仍有分值或得分", HINT);
            let item = format!("{} {}", name_of(indicator), filled.words());
            sink.push(filled.finish(hit.item(item)));
        }
    }
}

const HINT: &str = "不适用的指标，分值和得分请填“—”；如有实际内容，请按原指标填写";

/// The numbers that stand where none should.
struct Filled {
    weight: Option<Decimal>,
    score: Option<Decimal>,
}

impl Filled {
    fn of(weight: &FigureCell, score: &FigureCell) -> Option<Self> {
        let (weight, score) = (weight.number(), score.number());
        (weight.is_some() || score.is_some()).then_some(Self { weight, score })
    }

    /// Where to go: the score can be mended now, the weight was approved.
    fn field<F>(&self, weight: F, score: F) -> F {
        if self.score.is_some() { score } else { weight }
    }

    fn words(&self) -> String {
        let part = |caption: &str, number: Option<Decimal>| {
            number.map_or_else(String::new, |number| format!("{caption}{}", plain(number)))
        };
        let join = if self.weight.is_some() && self.score.is_some() {
            "、"
        } else {
            ""
        };
        format!(
            "{}{join}{}",
            part("分值", self.weight),
            part("得分", self.score)
        )
    }

    fn finish(&self, hit: Hit) -> Hit {
        let zero = |number: Option<Decimal>| number.is_none_or(|number| number.is_zero());
        let level = if zero(self.weight) && zero(self.score) {
            Severity::Hint
        } else {
            Severity::Error
        };
        let mend = if self.score.is_some() {
            Mend::Now
        } else {
            Mend::Approved
        };
        let fix = (self.score.is_some() && self.weight.is_none()).then(|| Fix {
            title: "得分改为 —".into(),
            changes: vec![CellChange {
                at: hit.at.clone(),
                new: "—".into(),
            }],
        });
        hit.level(level).mend(mend).fix(fix)
    }
}

/// C15. A form without scores has no weights to lose.
pub(super) fn weight_lost(form: &Form<'_>, sink: &mut Sink<'_>) {
    let waived = form.rows.iter().any(|row| !row.indicator().is_applicable());
    if !waived || !form.edition.has_column(IndicatorRole::Score) {
        return;
    }
    let total = &form.score.total;
    let full = form.edition.scoring.total;
    let weight = total.weight.value;
    if !(Decimal::ZERO < weight && weight < full - TOLERANCE) || has_unweighted_rows(form) {
        return;
    }
    let filed = total.filed.value;
    let Some(converted) = filed
        .checked_mul(full)
        .and_then(|points| points.checked_div(weight))
    else {
        return;
    };
    let converted = form.edition.scoring.rounding.apply(converted);
    let stated = form.project.stated.total_score.number();
    if stated.is_some_and(|stated| (stated - converted).abs() <= TOLERANCE) {
        return;
    }
    let by_conversion = form.edition.scoring.not_applicable == NotApplicablePolicy::PerHundred;
    let lead = format!(
        "不适用指标的分值未重新分配或折算：适用指标（含预算执行率）分值合计{}，应为{}；按百分制折算得分为{}",
        plain(weight),
        plain(full),
        plain(converted)
    );
    let hit = if by_conversion {
        let hint = "请把总分按百分制折算后填写";
        let place = Place::Stated(StatedField::TotalScore);
        let change = CellChange {
            at: form.at(place.clone()),
            new: plain(converted),
        };
        let fix = Fix {
            title: format!("总分改为 {}", plain(converted)),
            changes: vec![change],
        };
        sink.hit(place, lead, hint).fix(stated.map(|_| fix))
    } else {
        let hint = "分值是随预算批复的：请按规定调整，或将总分按百分制折算";
        let place = Place::Stated(StatedField::TotalWeight);
        sink.hit(place, lead, hint).mend(Mend::Approved)
    };
    sink.push(hit);
}

/// Whether a judged row has no weight of its own or of its group: then the sum says nothing.
fn has_unweighted_rows(form: &Form<'_>) -> bool {
    form.counted()
        .any(|row| !row.as_one && row.score.weight.is_none())
}
