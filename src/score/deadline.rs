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
    judgement::{Earned, Judgement},
    outcome::{Verdict, Why},
    qualitative,
};

const TOO_LATE: &str = "未按时完成，不得分";
const TIER_NEEDED: &str = "未按时完成，需判定完成档次后判分";

/// Judges a date against a deadline. Words such as 及时 say nothing about a date unless a person has picked a tier.
pub(super) fn judge(
    indicator: &Indicator,
    target: WrittenDate,
    comparator: Option<Comparator>,
    actual: &Measure,
    form_year: Option<i16>,
    policy: &ScoringPolicy,
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
        Timing::Late { deadline, done } => Judgement::missed(match policy.missed_date {
            MissedDate::Tier => match indicator.effective_tier() {
                Some(tier) => {
                    return Judgement {
                        verdict: Verdict::Missed,
                        ..qualitative::judge_tier(tier, policy)
                    };
                }
                None => Earned::Open(TIER_NEEDED),
            },
            MissedDate::Nothing => Earned::Nothing(TOO_LATE),
            MissedDate::PerMonth(each) => Earned::Less {
                steps: Decimal::from(months_begun(deadline, done)),
                each,
                per: "个月",
            },
        }),
    }
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
