//! What kind of value a cell holds: a number where one is due (V01), a range that can be told (V15), target and actual value
//! of one kind (V19), nothing written as 0 (V24).

use rust_decimal::Decimal;

use super::{actual_becomes, quoted};
use crate::{
    model::{
        edition::Sense,
        measure::{Comparator, Measure, Nature, Quantity},
        numeral::{halfwidth, leading_number},
        path::IndicatorField,
        policy::Severity,
        typed::trim,
    },
    rules::{
        finding::Mend,
        form::{Form, Row, name_of},
        sink::Sink,
    },
    score::{Verdict, Why},
};

/// Words by which a target refers to a number that stands elsewhere: "不超过全年预算数", "≥上年水平".
const REFERENCES: &[&str] = &[
    "预算",
    "概算",
    "上年",
    "去年",
    "往年",
    "年初",
    "标准",
    "计划",
    "规定",
    "定额",
    "限额",
    "水平",
    "控制",
    "批复",
    "合同",
    "指标值",
    "平均",
];

fn refers(text: &str) -> bool {
    REFERENCES.iter().any(|word| text.contains(word))
}

/// Marks of a template in place of a value; that they stand there is another rule's business (H08).
fn is_unfilled(text: &str) -> bool {
    text.contains(['*', '…', 'X', '×'])
}

fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９'))
}

/// V01
pub(super) fn words_for_number(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted() {
        let indicator = row.indicator();
        let Some(aim) = row.aim.filter(|aim| aim.measure.is_qualitative()) else {
            continue;
        };
        let text = trim(indicator.target.text());
        let sign = match indicator.nature.value() {
            Some(Nature::Qualitative) => continue,
            Some(Nature::Compared(comparator)) => comparator.sign(),
            Some(Nature::Quantitative) => "定量",
            None if text.starts_with(is_sign) => aim.comparator.map_or("=", Comparator::sign),
            None => continue,
        };
        if refers(text) || is_unfilled(text) {
            continue;
        }
        let item = format!("{}，指标性质为“{sign}”", quoted(row, text));
        let hit = sink.row_hit(
            row,
            IndicatorField::Target,
            "定量指标的指标值不是数值",
            "能量化的，下年度写成数字加单位；不能量化的，性质改选定性",
        );
        sink.push(hit.item(item).mend(Mend::Approved));
    }
}

fn is_sign(c: char) -> bool {
    matches!(
        c,
        '≥' | '≤' | '≧' | '≦' | '⩾' | '⩽' | '>' | '<' | '=' | '＞' | '＜' | '＝'
    )
}

/// Why a range cannot be told.
enum Unclear {
    Reversed,
    SignAndRange(Comparator),
    SeveralBounds,
}

/// V15
pub(super) fn unclear_range(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted() {
        let text = trim(row.indicator().target.text());
        let Some(unclear) = unclear(row, text) else {
            continue;
        };
        let (lead, level, hint) = match unclear {
            Unclear::Reversed => (
                "指标值的区间前大后小，无法判定是否达标",
                Severity::Error,
                "请核对批复原文；确系写反的，办理调整或下年度改正",
            ),
            Unclear::SignAndRange(_) => (
                "指标值又写符号又写区间，无法判定以哪一端为准",
                Severity::Warning,
                "本年按批复原意判断；下年度只写区间，或只写符号和一个数",
            ),
            Unclear::SeveralBounds => (
                "指标值写了几个条件，无法按比例计分",
                Severity::Warning,
                "本年按批复原意判断；下年度一个指标只写一个数，几个条件分设指标",
            ),
        };
        let item = match unclear {
            Unclear::SignAndRange(comparator) if !text.starts_with(is_sign) => {
                format!("{}，符号为“{comparator}”", quoted(row, text))
            }
            _ => quoted(row, text),
        };
        let hit = sink.row_hit(row, IndicatorField::Target, lead, hint);
        sink.push(hit.item(item).level(level).mend(Mend::Approved));
    }
}

fn unclear(row: &Row<'_>, text: &str) -> Option<Unclear> {
    let aim = row.aim.as_ref()?;
    match (&aim.measure.quantity, aim.comparator) {
        (Quantity::Range { .. }, Some(comparator)) if comparator != Comparator::Equal => {
            Some(Unclear::SignAndRange(comparator))
        }
        (Quantity::Words, _) if has_digit(text) => {
            let half = halfwidth(text);
            let bounds = half.chars().filter(|c| is_sign(*c) && *c != '=').count();
            if bounds > 1 {
                Some(Unclear::SeveralBounds)
            } else {
                is_reversed(half.trim_start_matches(is_sign)).then_some(Unclear::Reversed)
            }
        }
        _ => None,
    }
}

/// Whether text is a range whose lower end is the greater one: "500-300人". Months and hours may well run over the end of
/// the year or day.
fn is_reversed(text: &str) -> bool {
    const CYCLES: &[char] = &['年', '月', '日', '号', '时', '点', '周', '届'];
    let parts = || {
        let (low, rest) = leading_number(trim(text))?;
        let (own, high) = ['~', '—', '–', '-', '至', '到']
            .iter()
            .find_map(|mark| rest.split_once(*mark))?;
        let (high, unit) = leading_number(trim(high))?;
        Some((low, trim(own), high, trim(unit)))
    };
    parts().is_some_and(|(low, own, high, unit)| {
        low > high
            && (own.is_empty() || own == unit)
            && unit.chars().count() <= 4
            && !has_digit(unit)
            && !unit.starts_with(CYCLES)
    })
}

/// What kind of value stands in a cell, in words.
fn kind(measure: &Measure) -> &'static str {
    match measure.quantity {
        Quantity::Number { .. } if measure.is_percent() => "百分比",
        Quantity::Number { .. } | Quantity::Range { .. } => "数",
        Quantity::Date(_) => "日期",
        Quantity::Words => "文字",
    }
}

/// V19. Words that carry a number or a date are left to whoever reads them, and so are words that refer to an amount.
pub(super) fn different_kinds(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted() {
        let indicator = row.indicator();
        let (Some(aim), Some(actual)) = (row.aim, indicator.actual.value()) else {
            continue;
        };
        let (target, reached) = (trim(indicator.target.text()), trim(indicator.actual.text()));
        let level = if aim.qualitative {
            let number = matches!(actual.quantity, Quantity::Number { .. });
            let open = row.score.verdict == Verdict::Open(Why::NoTier);
            let plain = aim.measure.is_qualitative() && aim.comparator.is_none();
            if !number || !open || !plain || row.sense == Sense::Satisfaction {
                continue;
            }
            if has_digit(target) || refers(target) {
                continue;
            }
            Severity::Hint
        } else {
            let apart = row.score.verdict == Verdict::Open(Why::DifferentKinds);
            if !apart || actual.is_qualitative() && has_digit(reached) {
                continue;
            }
            match aim.measure.quantity {
                Quantity::Date(_) if actual.is_qualitative() => Severity::Hint,
                _ => Severity::Warning,
            }
        };
        let item = format!(
            "{} 指标值“{target}”是{}，实际“{reached}”是{}",
            name_of(indicator),
            kind(aim.measure),
            kind(actual)
        );
        let hit = sink.row_hit(
            row,
            IndicatorField::Actual,
            "实际完成值与指标值不是同一类",
            "指标值是数的，实际也写同单位的数；是时限的，写实际完成的日期；是文字的，写达成情况",
        );
        sink.push(hit.item(item).level(level));
    }
}

/// V24
pub(super) fn zero_in_words(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted() {
        let text = trim(row.indicator().actual.text());
        if row.score.verdict != Verdict::Open(Why::DifferentKinds) || !says_none(text) {
            continue;
        }
        let Some((aim, target)) = row.aim.and_then(|aim| Some((aim, aim.measure.number()?))) else {
            continue;
        };
        let less_is_better = row
            .score
            .comparator
            .is_some_and(|comparator| comparator.is_upper_bound());
        if !(less_is_better || target == Decimal::ZERO) {
            continue;
        }
        // A zero without any unit would be asked for its unit, and one beside a deduction for its reason.
        let fix = (!aim.unit.is_empty() && row.has_full_marks())
            .then(|| actual_becomes(form, row, format!("0{}", aim.unit)));
        let item = format!(
            "{} 指标值“{}”，实际“{text}”",
            name_of(row.indicator()),
            trim(row.indicator().target.text())
        );
        let hit = sink.row_hit(
            row,
            IndicatorField::Actual,
            "用文字表示零，无法与指标值比较",
            "没有发生的写0和单位，情况说明写入偏差原因栏",
        );
        sink.push(hit.item(item).fix(fix));
    }
}

/// Whether a short text says that there was none.
fn says_none(text: &str) -> bool {
    const LONGEST: usize = 8;
    let none = ["无", "零", "没有", "未发生", "未出现", "未收到"]
        .iter()
        .any(|word| text.starts_with(word));
    none && text.chars().count() <= LONGEST && !has_digit(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_reversed_where_its_lower_end_is_greater() {
        for (text, reversed) in [
            ("500-300人", true),
            ("90%～80%", true),
            ("300-500人", false),
            ("11-2月", false),
            ("15%降至10%", false),
            ("2020-01-05", false),
        ] {
            assert_eq!(is_reversed(&halfwidth(text)), reversed, "{text}");
        }
    }
}
