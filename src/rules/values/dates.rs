//! Dates: outside the year that is evaluated (V16), with two readings (V21), or missing (V22).

use jiff::civil::Date;

use super::quoted;
use crate::{
    model::{
        date::{Deadline, WrittenDate},
        edition::Sense,
        measure::Quantity,
        path::IndicatorField,
        policy::Severity,
        typed::trim,
    },
    rules::{
        catalogue::Phase,
        finding::Mend,
        form::{Form, Row},
        lexicon,
        sink::Sink,
    },
    score::{Verdict, Why},
};

/// How a date lies beside the year that is evaluated.
enum Outside {
    TargetAfter,
    TargetBefore,
    ActualAfterToday,
    ActualAfter,
    ActualBefore,
}

/// V16. A date later than its deadline is the scores' business (C01); here it is compared with the year and with today.
pub(super) fn outside_year(form: &Form<'_>, sink: &mut Sink<'_>) {
    // A year that is itself in doubt is told by the header's rule (H04).
    let Some(year) = form
        .year
        .filter(|year| (2000..=form.today.year()).contains(year))
    else {
        return;
    };
    let (Ok(first), Ok(last)) = (Date::new(year, 1, 1), Date::new(year, 12, 31)) else {
        return;
    };
    for row in form.counted() {
        let Some(outside) = outside(form, row, year, (first, last)) else {
            continue;
        };
        let target = |lead, hint| {
            let text = row.indicator().target.text();
            (lead, hint, IndicatorField::Target, text)
        };
        let actual = |lead, hint| {
            let text = row.indicator().actual.text();
            (lead, hint, IndicatorField::Actual, text)
        };
        let ((lead, hint, field, text), level, mend) = match outside {
            Outside::TargetAfter => (
                target(
                    "完成时限晚于评价年度",
                    "跨年项目写明本年度应完成到哪一步；下年度按年度任务设时限",
                ),
                Severity::Hint,
                Mend::Approved,
            ),
            Outside::TargetBefore => (
                target(
                    "完成时限早于评价年度，疑似沿用上年指标",
                    "请核对批复原文；确系误写的，办理调整或下年度改正",
                ),
                Severity::Hint,
                Mend::Approved,
            ),
            Outside::ActualAfterToday => (
                actual("实际完成日期还没有到", "请按实际情况填写完成日期"),
                Severity::Warning,
                Mend::Now,
            ),
            Outside::ActualAfter => (
                actual(
                    "实际完成日期晚于评价年度",
                    "年度内没有完成的，改得分并说明原因；日期误写的，请更正",
                ),
                Severity::Warning,
                Mend::Now,
            ),
            Outside::ActualBefore => (
                actual(
                    "实际完成日期早于评价年度",
                    "请核对日期；确在以前年度完成的，说明本年度做了什么",
                ),
                Severity::Hint,
                Mend::Now,
            ),
        };
        let item = format!("{}，评价年度为{year}年", quoted(row, text));
        let hit = sink.row_hit(row, field, lead, hint);
        sink.push(hit.item(item).level(level).mend(mend));
    }
}

fn outside(
    form: &Form<'_>,
    row: &Row<'_>,
    year: i16,
    (first, last): (Date, Date),
) -> Option<Outside> {
    let target = date_of(row.aim.map(|aim| &aim.measure.quantity));
    let deadline = target.and_then(|target| target.deadline(year));
    let done = date_of(
        row.indicator()
            .actual
            .value()
            .map(|actual| &actual.quantity),
    )
    .filter(|_| form.phase() == Phase::Results)
    .and_then(|date| date.days(year));
    if let Some((begin, _)) = done
        && begin > form.today
    {
        return Some(Outside::ActualAfterToday);
    }
    if let Some(deadline) = deadline {
        if deadline.strict > last {
            return Some(Outside::TargetAfter);
        }
        if deadline.generous < first.yesterday().ok()? {
            return Some(Outside::TargetBefore);
        }
    }
    let (begin, end) = done?;
    if begin > last && !row.is_missed() {
        return Some(Outside::ActualAfter);
    }
    (end < first && deadline.is_none_or(|deadline| deadline.generous >= first))
        .then_some(Outside::ActualBefore)
}

fn date_of(quantity: Option<&Quantity>) -> Option<WrittenDate> {
    match quantity {
        Some(Quantity::Date(date)) => Some(*date),
        _ => None,
    }
}

/// V21
pub(super) fn two_readings(form: &Form<'_>, sink: &mut Sink<'_>) {
    for group in &form.groups {
        let scored_as_one = group.score.as_one && group.score.filed.count > 0;
        for row in form.rows_of(group) {
            if row.score.verdict != Verdict::Open(Why::AmbiguousDate)
                || !(scored_as_one || row.score.filed.is_some())
            {
                continue;
            }
            let Some(deadline) = ambiguous_deadline(form, row) else {
                continue;
            };
            let indicator = row.indicator();
            let item = format!(
                "{} “{}”可指{}，也可指{}，实际为{}",
                trim(&indicator.name),
                trim(indicator.target.text()),
                day_in_words(deadline.strict),
                day_in_words(deadline.generous),
                trim(indicator.actual.text())
            );
            let hit = sink.row_hit(
                row,
                IndicatorField::Target,
                "时限可作两种理解",
                "请按批复原意判断是否按时；下年度写明最后一天，如“9月30日前”",
            );
            sink.push(hit.item(item).mend(Mend::Approved));
        }
    }
}

/// The deadline of a row, where its wording has two readings.
fn ambiguous_deadline(form: &Form<'_>, row: &Row<'_>) -> Option<Deadline> {
    let Quantity::Date(target) = row.aim.as_ref()?.measure.quantity else {
        return None;
    };
    let deadline = target.deadline(form.year.or(target.year)?)?;
    deadline.is_ambiguous().then_some(deadline)
}

fn day_in_words(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// V22
pub(super) fn promptness_without_date(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted().filter(|row| row.sense == Sense::Timeliness) {
        let text = trim(row.indicator().target.text());
        if row.aim.is_some_and(|aim| aim.measure.is_qualitative()) && only_prompt(text) {
            let hit = sink.row_hit(
                row,
                IndicatorField::Target,
                "时效指标没有写明日期或时限",
                "本年在说明中写明完成日期；下年度写明时限，如“12月31日前”“5个工作日内”",
            );
            sink.push(hit.item(quoted(row, text)).mend(Mend::Approved));
        }
    }
}

/// Whether a short text promises promptness without naming any date, period or frequency.
fn only_prompt(text: &str) -> bool {
    const LONGEST: usize = 12;
    let timed = |c: char| {
        c.is_numeric() || matches!(c, '年' | '月' | '季' | '周' | '日' | '天' | '时' | '度')
    };
    let words = || lexicon::PROMPTNESS.find(text);
    let mut from = 0;
    let mut timed_between = false;
    for word in words() {
        timed_between |= text[from..word.start].contains(timed);
        from = word.end;
    }
    from > 0 && !timed_between && !text[from..].contains(timed) && text.chars().count() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promptness_is_no_date() {
        for (text, prompt) in [
            ("及时", true),
            ("按时完成", true),
            ("及时支付、按期验收", true),
            ("按月及时发放", false),
            ("收到申请后3天内及时办理", false),
            ("当年及时完成", false),
            ("正常运行", false),
        ] {
            assert_eq!(only_prompt(text), prompt, "{text}");
        }
    }
}
