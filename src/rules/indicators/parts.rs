//! 其中: rows that are part of another row.

use rust_decimal::Decimal;

use super::name::body;
use crate::{
    model::{
        indicator::Indicator, measure::MeasureCell, numeral::plain, path::IndicatorField,
        policy::Severity, typed::trim,
    },
    rules::{
        catalogue::Phase,
        finding::{CellChange, Fix, Mend},
        form::{Form, Row, name_of},
        sink::Sink,
    },
};

/// Whether a row says or is recorded to be part of another.
fn is_part(row: &Row<'_>) -> bool {
    row.indicator().part_of.is_some() || body(&row.indicator().name).starts_with("其中")
}

/// A row with the rows that are parts of it.
struct Whole<'f, 'a> {
    row: &'f Row<'a>,
    parts: Vec<&'f Row<'a>>,
}

/// The rows of a form that have parts. A row that only begins with 其中 belongs to the last one above that does not.
fn wholes<'f, 'a>(form: &'f Form<'a>) -> Vec<Whole<'f, 'a>> {
    let mut wholes: Vec<Whole<'f, 'a>> = Vec::new();
    for group in &form.groups {
        let rows = form.rows_of(group);
        let mut above: Option<&Row<'a>> = None;
        for row in rows {
            if !is_part(row) {
                above = Some(row);
                continue;
            }
            let recorded = row.indicator().part_of;
            let parent = match recorded {
                Some(id) => rows.iter().find(|row| row.indicator().id == id),
                None => above,
            };
            let Some(parent) = parent else { continue };
            let known = wholes
                .iter_mut()
                .rev()
                .find(|whole| whole.row.indicator().id == parent.indicator().id);
            match known {
                Some(whole) => whole.parts.push(row),
                None => wholes.push(Whole {
                    row: parent,
                    parts: vec![row],
                }),
            }
        }
    }
    wholes
}

/// I17
pub(super) fn scored_parts(form: &Form<'_>, sink: &mut Sink<'_>) {
    const LEAD: &str = "“其中”行不应单独计分";
    const HINT: &str =
        "分值和得分只填在上级指标一行，“其中”行填“—”；分值是随预算批复的，请按规定调整";
    let counts = |number: Option<Decimal>| number.filter(|number| !number.is_zero());
    for whole in wholes(form) {
        let whole_is_scored = counts(whole.row.score.weight).is_some() || whole.row.as_one;
        for part in whole.parts {
            let indicator = part.indicator();
            let weight = counts(indicator.weight.number());
            let score = counts(indicator.score.number());
            let field = match (weight, score) {
                (_, Some(_)) => IndicatorField::Score,
                (Some(_), None) => IndicatorField::Weight,
                (None, None) => continue,
            };
            let told = [("分值", weight), ("得分", score)];
            let told: Vec<String> = told
                .into_iter()
                .filter_map(|(caption, number)| Some(format!("{caption}{}", plain(number?))))
                .collect();
            let hit = sink.row_hit(part, field, LEAD, HINT);
            // A score that the program does not count: nothing else changes without it.
            let mendable = weight.is_none() && indicator.part_of.is_some();
            let fix = mendable.then(|| Fix {
                title: "得分改为 —".into(),
                changes: vec![CellChange {
                    at: hit.at.clone(),
                    new: "—".into(),
                }],
            });
            let level = if whole_is_scored {
                Severity::Error
            } else {
                Severity::Warning
            };
            let mend = if weight.is_none() {
                Mend::Now
            } else {
                Mend::Approved
            };
            let item = format!("{} {}", name_of(indicator), told.join("、"));
            sink.push(hit.item(item).level(level).mend(mend).fix(fix));
        }
    }
}

/// I18
pub(super) fn part_sums(form: &Form<'_>, sink: &mut Sink<'_>) {
    for whole in wholes(form) {
        if let Some(off) = Sums::of(&whole, |row| &row.target) {
            off.push(&whole, IndicatorField::Target, "指标值", sink);
        }
        if form.phase() >= Phase::Results
            && let Some(off) = Sums::of(&whole, |row| &row.actual)
        {
            off.push(&whole, IndicatorField::Actual, "实际完成值", sink);
        }
    }
}

/// A number and the sum of its parts that differs from it.
struct Sums {
    whole: Decimal,
    parts: Decimal,
    count: usize,
    unit: String,
}

impl Sums {
    /// `None` where they agree, or where units or shares forbid adding.
    fn of(whole: &Whole<'_, '_>, cell: impl Fn(&Indicator) -> &MeasureCell) -> Option<Self> {
        let (total, unit) = addend(whole.row, cell(whole.row.indicator()))?;
        let mut sum = Decimal::ZERO;
        for part in &whole.parts {
            let (number, own) = addend(part, cell(part.indicator()))?;
            if own != unit {
                return None;
            }
            sum = sum.checked_add(number)?;
        }
        let count = whole.parts.len();
        // One part, or several that fall short, need not be all there is.
        let off = sum > total || sum < total && count > 1;
        off.then(|| Self {
            whole: total,
            parts: sum,
            count,
            unit: unit.to_owned(),
        })
    }

    fn push(
        &self,
        whole: &Whole<'_, '_>,
        field: IndicatorField,
        caption: &str,
        sink: &mut Sink<'_>,
    ) {
        let (level, compared) = if self.parts > self.whole {
            (Severity::Warning, "超过")
        } else {
            (Severity::Hint, "少于")
        };
        let mend = if field == IndicatorField::Actual {
            Mend::Now
        } else {
            Mend::Approved
        };
        let lead = format!("“其中”各项的{caption}合计{compared}上级指标");
        let unit = &self.unit;
        let item = format!(
            "{} {}{unit}，其中{}项合计{}{unit}",
            name_of(whole.row.indicator()),
            plain(self.whole),
            self.count,
            plain(self.parts)
        );
        let hint = "核对上级指标和“其中”各项的数；“其中”没有列全的可以保留";
        let hit = sink.row_hit(whole.row, field, lead, hint);
        sink.push(hit.item(item).level(level).mend(mend));
    }
}

/// A number that may be added up, with its unit: no percentage, no price.
fn addend<'c>(row: &'c Row<'_>, cell: &'c MeasureCell) -> Option<(Decimal, &'c str)> {
    let measure = cell.value()?;
    let number = measure.number()?;
    let unit = match trim(measure.unit()) {
        "" => trim(&row.indicator().unit),
        unit => unit,
    };
    let adds = !measure.is_percent() && !matches!(unit, "%" | "‰") && !unit.contains('/');
    adds.then_some((number, unit))
}
