//! Signs of comparison: missing (V02), out of place (V03), against the sense of the indicator (V08, V09, V10) or written
//! with other characters than usual (V20).

use std::borrow::Cow;

use super::{actual_becomes, quoted};
use crate::{
    model::{
        edition::Sense,
        indicator::Aim,
        measure::{Comparator, Quantity},
        path::{IndicatorField, Place},
        policy::Severity,
        typed::trim,
    },
    rules::{
        catalogue::Phase,
        facts::Facts,
        finding::{CellChange, Fix, Mend},
        form::{Form, Row, name_of},
        lexicon,
        sink::Sink,
    },
    score::comparator::assumed,
};

/// "0起" of accidents can only mean that none is to happen.
fn is_none(row: &Row<'_>, aim: &Aim<'_>) -> bool {
    let comparator = row.score.comparator;
    aim.measure.number().is_some_and(|number| number.is_zero())
        && comparator.is_some_and(|comparator| comparator.is_upper_bound())
}

/// V02
pub(super) fn missing(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted() {
        let Some(aim) = &row.aim else { continue };
        let bare_number = matches!(aim.measure.quantity, Quantity::Number { .. });
        if bare_number && !aim.qualitative && aim.comparator.is_none() && !is_none(row, aim) {
            let hit = sink.row_hit(
                row,
                IndicatorField::Target,
                "指标值没有比较符号",
                "测算时按 ≥ 处理（成本、办理时限和投诉、事故等按 ≤）；下年度填写目标时写明符号",
            );
            let indicator = row.indicator();
            let item = format!(
                "{} {}",
                trim(&indicator.name),
                trim(indicator.target.text())
            );
            sink.push(hit.item(item).mend(Mend::Approved));
        }
    }
}

/// V03. What was reached is a number, not a bound. "=12场" says no more than "12场" and is only a hint.
pub(super) fn in_actual(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted() {
        let Some(actual) = row.indicator().actual.value() else {
            continue;
        };
        let number = matches!(
            actual.quantity,
            Quantity::Number { .. } | Quantity::Range { .. }
        );
        let Some(comparator) = actual.comparator.filter(|_| number) else {
            continue;
        };
        let text = row.indicator().actual.text();
        let level = match comparator {
            Comparator::Equal => Severity::Hint,
            // "5个工作日内" says what was kept to, if not how long it took.
            Comparator::AtMost if is_period(actual.unit()) && without_sign(text).is_none() => {
                Severity::Hint
            }
            _ => Severity::Warning,
        };
        let hit = sink.row_hit(
            row,
            IndicatorField::Actual,
            "实际完成值带有比较符号",
            "实际完成值写实际达到的数，不写范围",
        );
        let fix = without_sign(text).map(|number| actual_becomes(form, row, number.to_owned()));
        sink.push(hit.item(quoted(row, text)).level(level).fix(fix));
    }
}

fn is_period(unit: &str) -> bool {
    unit.ends_with(['日', '天', '周', '月', '时', '钟'])
}

/// The text after a sign at its beginning; `None` where words stand for the sign, which a person has to put right.
fn without_sign(text: &str) -> Option<&str> {
    const SIGNS: &[char] = &[
        '≥', '≤', '≧', '≦', '⩾', '⩽', '>', '<', '=', '＞', '＜', '＝', '═',
    ];
    let rest = trim(trim(text).trim_start_matches(SIGNS));
    (rest.starts_with(|c: char| c.is_ascii_digit()) && rest.len() < trim(text).len())
        .then_some(rest)
}

/// The comparator written for a number, and its row.
fn compared<'f, 'a>(
    form: &'f Form<'a>,
) -> impl Iterator<Item = (&'f Row<'a>, &'f Aim<'a>, Comparator)> {
    form.counted().filter_map(|row| {
        let aim = row.aim.as_ref().filter(|aim| !aim.qualitative)?;
        let number = matches!(
            aim.measure.quantity,
            Quantity::Number { .. } | Quantity::Range { .. }
        );
        Some((row, aim, aim.comparator.filter(|_| number)?))
    })
}

/// "人均成本 ≥500元", with the sign from its own column where it stands there.
fn with_sign(row: &Row<'_>, aim: &Aim<'_>, comparator: Comparator) -> String {
    let target = trim(row.indicator().target.text());
    let sign = match aim.measure.comparator {
        Some(_) => "",
        None => comparator.sign(),
    };
    format!("{} {sign}{target}", name_of(row.indicator()))
}

fn not_below(comparator: Comparator) -> bool {
    matches!(comparator, Comparator::AtLeast | Comparator::MoreThan)
}

/// V08. Rates under cost (执行率, 节约率) are not costs, and standards of payment are floors as often as ceilings.
pub(super) fn cost_from_below(form: &Form<'_>, sink: &mut Sink<'_>) {
    const STANDARDS: &[&str] = &[
        "标准", "补助", "补贴", "救助", "待遇", "工资", "薪酬", "奖励", "津贴",
    ];
    for (row, aim, comparator) in compared(form) {
        let name = row.indicator().name.as_str();
        if row.sense != Sense::Cost
            || !not_below(comparator)
            || name.contains('率')
            || aim.measure.is_percent()
            || !assumed(name, Sense::Cost).is_upper_bound()
        {
            continue;
        }
        let level = if STANDARDS.iter().any(|word| name.contains(word)) {
            Severity::Hint
        } else {
            Severity::Warning
        };
        let hit = sink.row_hit(
            row,
            IndicatorField::Target,
            "成本指标用了“≥”",
            "成本应控制在指标值以内；本年按批复原意判断，下年度填写目标时改用 ≤",
        );
        let item = with_sign(row, aim, comparator);
        sink.push(hit.item(item).level(level).mend(Mend::Approved));
    }
}

/// V09
pub(super) fn quantity_from_above(form: &Form<'_>, sink: &mut Sink<'_>) {
    for (row, aim, comparator) in compared(form) {
        let name = row.indicator().name.as_str();
        let zero = aim.measure.number().is_some_and(|target| target.is_zero());
        if row.sense != Sense::Quantity
            || !comparator.is_upper_bound()
            || zero
            || assumed(name, row.sense).is_upper_bound()
            || lexicon::LIMITED.is_in(name)
        {
            continue;
        }
        let hit = sink.row_hit(
            row,
            IndicatorField::Target,
            "数量指标用了“≤”，做得越少越好，请确认方向",
            "确属数量上限的不必改；其余本年按批复原意判断，下年度填写目标时改用 ≥",
        );
        let item = with_sign(row, aim, comparator);
        sink.push(hit.item(item).mend(Mend::Approved));
    }
}

/// V10
pub(super) fn harm_from_below(form: &Form<'_>, sink: &mut Sink<'_>) {
    for (row, aim, comparator) in compared(form) {
        if row.sense == Sense::Cost
            || !not_below(comparator)
            || !assumed(&row.indicator().name, row.sense).is_upper_bound()
        {
            continue;
        }
        let hit = sink.row_hit(
            row,
            IndicatorField::Target,
            "越少越好的指标用了“≥”",
            "投诉、事故、差错等应越少越好；本年按批复原意判断，下年度填写目标时改用 ≤",
        );
        let item = with_sign(row, aim, comparator);
        sink.push(hit.item(item).mend(Mend::Approved));
    }
}

/// Other characters for a sign. "=>" and "=<" are left out: they are arrows too.
const GLYPHS: &[(&str, &str)] = &[
    ("≧", "≥"),
    ("⩾", "≥"),
    (">=", "≥"),
    ("＞＝", "≥"),
    ("≦", "≤"),
    ("⩽", "≤"),
    ("<=", "≤"),
    ("＜＝", "≤"),
    ("═", "="),
];

/// V20. Where an actual value begins with a sign, that is V03's to say.
pub(super) fn unusual_glyphs(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted().filter(|row| row.facts.has(Facts::GLYPH)) {
        let indicator = row.indicator();
        let begins_with_sign = || without_sign(indicator.actual.text()).is_some();
        for (field, text, mend) in [
            (
                IndicatorField::Nature,
                indicator.nature.text(),
                Mend::Approved,
            ),
            (
                IndicatorField::Target,
                indicator.target.text(),
                Mend::Approved,
            ),
            (IndicatorField::Actual, indicator.actual.text(), Mend::Now),
            (IndicatorField::Deviation, &indicator.deviation, Mend::Now),
        ] {
            let early = mend == Mend::Now && form.phase() < Phase::Results;
            let Some((written, sign)) = first_glyph(text) else {
                continue;
            };
            if early || field == IndicatorField::Actual && begins_with_sign() {
                continue;
            }
            let fix = (mend == Mend::Now).then(|| respelt(form, row.place(field.clone()), text));
            let item = format!("{} “{written}”应写作“{sign}”", name_of(indicator));
            let hit = sink.row_hit(
                row,
                field,
                "比较符号的写法不规范",
                "请用 ≥、≤、= 表示；指标值中的，下年度填写目标时改正",
            );
            sink.push(hit.item(item).mend(mend).fix(fix));
        }
    }
}

fn first_glyph(text: &str) -> Option<(&'static str, &'static str)> {
    let begins = |c: char| matches!(c, '≧' | '⩾' | '>' | '＞' | '≦' | '⩽' | '<' | '＜' | '═');
    text.char_indices()
        .filter(|(_, c)| begins(*c))
        .find_map(|(at, _)| {
            let rest = &text[at..];
            let mut glyphs = GLYPHS.iter().copied();
            glyphs.find(|(written, _)| rest.starts_with(written))
        })
}

fn respelt(form: &Form<'_>, place: Place, text: &str) -> Fix {
    let mut new = Cow::Borrowed(text);
    for (written, sign) in GLYPHS {
        if new.contains(written) {
            new = new.replace(written, sign).into();
        }
    }
    Fix {
        title: "改用规范符号".into(),
        changes: vec![CellChange {
            at: form.at(place),
            new: new.into_owned(),
        }],
    }
}
