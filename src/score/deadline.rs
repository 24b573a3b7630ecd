//! Dates: met or missed, never divided.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::{
    date::WrittenDate,
    indicator::Indicator,
    measure::{Comparator, Measure, Quantity},
    policy::{MissedDate, ScoringPolicy},
};

use super::{
    judgement::{Earned, Judgement, TOO_LARGE},
    outcome::{Verdict, Why},
    qualitative,
};

const TOO_LATE: &str = "未按时完成，不得分";
const TIER_NEEDED: &str = "未按时完成，需判定完成档次后判分";

/// What a missed date costs.
#[derive(Clone, Copy)]
pub(super) enum Late<'a> {
    /// As the edition says.
    By(&'a MissedDate),
    /// So many points for every so many days.
    Days {
        every: Decimal,
        each: Decimal,
        begun: bool,
    },
    /// So many points for every so many months begun.
    Months { every: Decimal, each: Decimal },
}

/// Judges a date against a deadline. Words such as 及时 say nothing about a date unless a person has picked a tier.
pub(super) fn judge(
    indicator: &Indicator,
    target: WrittenDate,
    comparator: Option<Comparator>,
    actual: &Measure,
    form_year: Option<i16>,
    (late, policy): (Late<'_>, &ScoringPolicy),
) -> Judgement {
    let Quantity::Date(actual) = actual.quantity else {
        return indicator
            .effective_tier()
            .filter(|_| actual.is_qualitative())
            .map_or(Judgement::open(Why::DifferentKinds), |tier| {
                qualitative::judge_tier(tier, policy)
            });
    };
    match compare(target, comparator, actual, form_year) {
        Timing::InTime => Judgement::met(),
        Timing::Unclear => Judgement::open(Why::AmbiguousDate),
        Timing::Late { deadline, done } => match (late, indicator.effective_tier()) {
            (Late::By(MissedDate::Tier), Some(tier)) => Judgement {
                verdict: Verdict::Missed,
                ..qualitative::judge_tier(tier, policy)
            },
            _ => Judgement::missed(cost(late, deadline, done)),
        },
    }
}

/// What is earned in spite of a missed date.
fn cost(late: Late<'_>, deadline: Date, done: Date) -> Earned {
    match late {
        Late::By(MissedDate::Tier) => Earned::Open(TIER_NEEDED),
        Late::By(MissedDate::Nothing) => Earned::Nothing(TOO_LATE),
        Late::By(MissedDate::PerMonth(each)) => Earned::Less {
            steps: Decimal::from(months_begun(deadline, done)),
            each: *each,
            per: "个月",
        },
        Late::Months { every, each } => steps(months_begun(deadline, done).into(), every, true)
            .map_or(Earned::Open(TOO_LARGE), |steps| Earned::Less {
                steps,
                each,
                per: "档",
            }),
        Late::Days { every, each, begun } => {
            let days = (done - deadline).get_days();
            steps(days.into(), every, begun).map_or(Earned::Open(TOO_LARGE), |steps| Earned::Less {
                steps,
                each,
                per: "档",
            })
        }
    }
}

/// How many steps of a size lie in a gap: those that are begun, or whole ones only.
pub(super) fn steps(gap: Decimal, every: Decimal, begun: bool) -> Option<Decimal> {
    let steps = gap.checked_div(every)?;
    Some(if begun { steps.ceil() } else { steps.floor() })
}

enum Timing {
    InTime,
    Late { deadline: Date, done: Date },
    Unclear,
}

fn compare(
    target: WrittenDate,
    comparator: Option<Comparator>,
    actual: WrittenDate,
    form_year: Option<i16>,
) -> Timing {
    if target == actual {
        return Timing::InTime;
    }
    // Without any year on the form two dates can still be compared where neither writes one.
    let year = match (form_year, target.year, actual.year) {
        (Some(year), ..) => year,
        (None, Some(_), Some(_)) | (None, None, None) => 2000,
        (None, ..) => return Timing::Unclear,
    };
    let (Some(deadline), Some((first, last))) = (target.deadline(year), actual.days(year)) else {
        return Timing::Unclear;
    };
    if matches!(comparator, Some(Comparator::AtLeast | Comparator::MoreThan)) {
        return not_before(deadline.strict, first, last);
    }
    let (first, last) = match actual.deadline(year) {
        Some(by) if actual.before => (Date::MIN, by.generous),
        _ => (first, last),
    };
    if last <= deadline.strict {
        Timing::InTime
    } else if first > deadline.generous {
        Timing::Late {
            deadline: deadline.generous,
            done: first,
        }
    } else {
        Timing::Unclear
    }
}

/// "≥ 2025年12月": something is to last until then.
fn not_before(until: Date, first: Date, last: Date) -> Timing {
    if first >= until {
        Timing::InTime
    } else if last < until {
        Timing::Late {
            deadline: last,
            done: until,
        }
    } else {
        Timing::Unclear
    }
}

/// How many months are begun after `deadline` until `done`. After a month's end months are those of the calendar.
fn months_begun(deadline: Date, done: Date) -> i64 {
    let months = (i64::from(done.year()) - i64::from(deadline.year())) * 12
        + i64::from(done.month())
        - i64::from(deadline.month());
    let whole = deadline == deadline.last_of_month();
    if !whole && done.day() > deadline.day() {
        months + 1
    } else {
        months.max(1)
    }
}
