//! What an indicator's name says too much or too little.

use rust_decimal::Decimal;

use super::{
    fit::is_percent,
    name::{body, core},
};
use crate::{
    model::{edition::Sense, numeral::leading_number, path::IndicatorField, typed::trim},
    rules::{
        facts::Facts,
        finding::Mend,
        form::{Form, Row, name_of},
        lexicon,
        sink::Sink,
    },
};

/// I09
pub(super) fn target_in_name(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted() {
        // Nearly all names have no digit.
        if !row.name_facts.has(Facts::DIGIT) {
            continue;
        }
        let name = body(row.name);
        let Some((written, is_sure)) = written_target(name, row) else {
            continue;
        };
        // A rate may well name the amount it refers to.
        if !is_sure && lexicon::RATES.ends(core(name)).is_some() {
            continue;
        }
        let hit = sink.row_hit(
            row,
            IndicatorField::Name,
            "目标值写进了三级指标名称",
            "名称只写考核什么，数值写在指标值栏；经批准调整，或下年度填写目标时分开",
        );
        let item = format!("{}（“{written}”）", name_of(row.indicator()));
        sink.push(hit.item(item).mend(Mend::Approved));
    }
}

/// The part of a name that states what is to be reached, and whether that is beyond doubt.
///
/// Conservative: years, dates, sessions, classes, hot lines and sizes have other units or none; what is quoted is a name; and a
/// number that differs from a numeric target describes the thing.
fn written_target<'n>(name: &'n str, row: &Row<'_>) -> Option<(&'n str, bool)> {
    let target = row.aim.and_then(|aim| {
        let number = aim.measure.number()?;
        Some((number, is_percent(&aim)))
    });
    let mut from = 0;
    while let Some(digit) =
        name[from..].find(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９'))
    {
        let start = from + digit;
        let (number, rest) = leading_number(&name[start..])?;
        let end = name.len() - rest.len();
        from = end;
        let before = &name[..start];
        if is_quoted(before) || belongs_to_word(before) {
            continue;
        }
        let unit = unit_length(rest);
        if let Some(sign) = comparator_before(before) {
            return Some((&name[start - sign..end + unit], true));
        }
        if unit == 0 || describes(&rest[unit..]) {
            continue;
        }
        let equals = target.is_some_and(|(target, _)| target == number);
        if equals || is_alone(number, &rest[..unit], target) {
            return Some((&name[start..end + unit], equals));
        }
    }
    None
}

/// Whether a number in a name stands where the target's own cell has none, or only a share.
fn is_alone(number: Decimal, unit: &str, target: Option<(Decimal, bool)>) -> bool {
    let is_share = unit.ends_with(['%', '％']);
    number > Decimal::ONE && target.is_none_or(|(_, shared)| shared && !is_share)
}

/// The bytes of a unit that counts, at the beginning of `rest`.
fn unit_length(rest: &str) -> usize {
    let gap = rest.len() - rest.trim_start().len();
    lexicon::COUNTERS
        .begins(rest.trim_start())
        .map_or(0, |unit| gap + unit.len())
}

/// Behind the unit: the amount tells of what kind the thing is ("500人以上企业", "3000吨级码头").
fn describes(after: &str) -> bool {
    const WORDS: &[&str] = &[
        "以上", "以下", "以内", "及以", "或以", "级", "型", "制", "一", "每", "/",
    ];
    WORDS.iter().any(|word| after.starts_with(word))
}

/// Before the number: 第22届, 每10万, 4·15, B2, 10-20.
fn belongs_to_word(before: &str) -> bool {
    before.ends_with(|c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '第' | '每' | '·' | '.' | '-' | '—' | '/' | '+' | '号')
    })
}

fn is_quoted(before: &str) -> bool {
    let opened =
        |open: char, close: char| before.rfind(open) > before.rfind(close) && before.contains(open);
    opened('“', '”') || opened('《', '》') || opened('〔', '〕') || opened('「', '」')
}

/// The bytes of a comparison at the end of `before`.
fn comparator_before(before: &str) -> Option<usize> {
    const SIGNS: &[&str] = &[
        "≥",
        "≤",
        "≧",
        "≦",
        "＞",
        "＜",
        ">",
        "<",
        "不少于",
        "不低于",
        "不小于",
        "不超过",
        "不高于",
        "不大于",
    ];
    let kept = before.trim_end();
    let sign = SIGNS.iter().find(|sign| kept.ends_with(**sign))?;
    Some(before.len() - kept.len() + sign.len())
}

/// I20
pub(super) fn without_object(form: &Form<'_>, sink: &mut Sink<'_>) {
    // With one thing to be done, it is clear what is meant.
    let quantities = form.counted().filter(|row| row.sense == Sense::Quantity);
    if quantities.take(2).count() < 2 {
        return;
    }
    for row in form.counted() {
        let name = core(&row.indicator().name);
        if name.is_empty() || !is_bare(name) {
            continue;
        }
        let hit = sink.row_hit(
            row,
            IndicatorField::Name,
            "三级指标没有写明对象",
            "下年度在名称中写明是什么事项，如“××发放完成率”",
        );
        sink.push(hit.item(trim(&row.indicator().name)).mend(Mend::Approved));
    }
}

/// Whether a name is made of nothing but words of measure.
fn is_bare(name: &str) -> bool {
    let mut rest = name;
    while let Some(word) = lexicon::BARE.ends(rest) {
        rest = &rest[..rest.len() - word.len()];
    }
    rest.is_empty()
}
