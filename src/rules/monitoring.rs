//! 年中监控: what follows from the figures of mid-year ([`crate::model::monitoring`]), and how the year ended beside them.

use jiff::civil::Date;
use rust_decimal::{Decimal, dec};

use super::{
    catalogue::{Check, FixKind, Phase, Rule},
    form::{Form, name_of},
    sink::Sink,
};
use crate::{
    model::{
        edition::{Edition, Sense},
        indicator::Indicator,
        measure::{Comparator, MeasureCell},
        monitoring::{Outlook, YearShare, key},
        path::IndicatorField,
        policy::{Rounding, Severity},
        project::{FundRow, Project, fund},
        typed::trim,
    },
    score::deviation,
};

/// The rules of this family.
pub const RULES: &[Rule] = &[Rule {
    code: "V25",
    name: "全年完成值小于年中监控时的完成值",
    level: Severity::Hint,
    summary: "目标是“≥”或“＞”一个数量的数量指标，实际完成值比年中监控时填的完成值还小；百分比不比较，没有填年中监控的不比较。",
    why: "累计的数量不会变少，两次填写至少有一次不对。",
    basis: "评审实践",
    mend: "核对两次的统计口径和数据：全年填错的改正；年中填错的，在“年中监控”页改正。",
    example: "全年完成值小于年中监控时的完成值：举办业务培训场次年中已完成 11场，全年填写 10场",
    verified: false,
    since: "0.1.0",
    phase: Phase::Results,
    fix: FixKind::Never,
    silences: &[],
    check: Check::Form(v25),
}];

fn v25(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in &form.rows {
        let indicator = row.indicator();
        if row.sense != Sense::Quantity || !is_behind_mid_year(indicator) {
            continue;
        }
        let hit = sink.row_hit(
            row,
            IndicatorField::Actual,
            "全年完成值小于年中监控时的完成值",
            "核对两次的统计口径和数据，填错的改正",
        );
        sink.push(hit.item(format!(
            "{}年中已完成 {}，全年填写 {}",
            name_of(indicator),
            trim(indicator.monitoring(key::MONITORED)),
            trim(indicator.actual.text())
        )));
    }
}

/// Whether less of a counted quantity was reached in the year than at mid-year.
fn is_behind_mid_year(indicator: &Indicator) -> bool {
    if indicator.monitoring(key::MONITORED).is_empty() {
        return false;
    }
    let Some(aim) = indicator.aim() else {
        return false;
    };
    let counts_up = matches!(
        aim.comparator,
        Some(Comparator::AtLeast | Comparator::MoreThan)
    );
    if !counts_up || aim.unit.contains(['%', '％']) || aim.measure.is_percent() {
        return false;
    }
    let reached = |cell: &MeasureCell| deviation(indicator, cell);
    let (year, mid_year) = (reached(&indicator.actual), reached(&indicator.monitored()));
    year.zip(mid_year)
        .is_some_and(|(year, mid_year)| year < mid_year)
}

/// How far an indicator has come: the value of mid-year as a share of its target, in percent, rounded half up to whole
/// percents. `None` for what is judged by words, for dates, for what is not to be exceeded, and where the two cannot be
/// compared.
pub fn progress(indicator: &Indicator) -> Option<Decimal> {
    let aim = indicator.aim()?;
    if aim.comparator.is_some_and(Comparator::is_upper_bound) {
        return None;
    }
    let off = deviation(indicator, &indicator.monitored())?;
    let rounding = Rounding {
        digits: 0,
        ..Rounding::default()
    };
    Some(rounding.apply(off.checked_add(Decimal::ONE_HUNDRED)?))
}

/// Until when the figures of mid-year count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// As the form says.
    Stated(YearShare),
    /// Nothing is stated; today lies in the form's year.
    Today(YearShare),
    /// Not known.
    Unknown,
}

impl Period {
    /// That of a project.
    pub fn of(project: &Project, today: Date) -> Self {
        if let Some(until) = project.monitored_until() {
            return Self::Stated(YearShare::at(until));
        }
        match project.year() == Some(today.year()) {
            true => Self::Today(YearShare::at(today)),
            false => Self::Unknown,
        }
    }

    /// How much of the year is over.
    pub fn share(self) -> Option<YearShare> {
        match self {
            Self::Stated(share) | Self::Today(share) => Some(share),
            Self::Unknown => None,
        }
    }
}

/// What is worked out for a fund row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FundProgress {
    /// What the amounts are compared with: 全年预算数, else 年初预算数.
    pub budget: Option<Decimal>,
    /// 执行率 at mid-year in percent, rounded half up to two decimals.
    pub rate: Option<Decimal>,
    /// What a person should think about, in words; empty where nothing is odd.
    pub hint: String,
}

/// By how many percents the execution may lie behind the time of the year before anything is said: payments come late in
/// the year.
const MARGIN: Decimal = dec!(20);
/// Before so much of the year is over nothing is said of it.
const EARLY: Decimal = dec!(25);

impl FundProgress {
    /// That of a row of the fund table.
    pub fn of(project: &Project, row: &FundRow, edition: &Edition, period: Period) -> Self {
        let number = |column| project.fund_number(row, column, edition);
        let budget = number(fund::ADJUSTED).or_else(|| number(fund::INITIAL));
        let (monitored, forecast) = (number(key::MONITORED), number(key::FORECAST));
        let hundredfold = monitored.and_then(|paid| paid.checked_mul(Decimal::ONE_HUNDRED));
        let rate = hundredfold
            .zip(budget)
            .and_then(|(paid, budget)| paid.checked_div(budget));
        let rate = rate.map(|rate| Rounding::default().apply(rate));
        let is_total = project
            .total_fund_row(edition)
            .is_some_and(|total| total.id == row.id);
        let more = |left: Option<Decimal>, right: Option<Decimal>| {
            left.zip(right).is_some_and(|(left, right)| left > right)
        };
        let hint = if more(monitored, forecast) {
            "全年预计执行数小于截至监控日执行数，请核对".to_owned()
        } else if more(forecast, budget) {
            "全年预计执行数超过全年预算数，请核对".to_owned()
        } else {
            let share = period.share().filter(|_| is_total);
            share.zip(rate).map_or_else(String::new, behind)
        };
        Self { budget, rate, hint }
    }
}

fn behind((share, rate): (YearShare, Decimal)) -> String {
    let passed = share.percent;
    if passed < EARLY || rate >= passed - MARGIN {
        return String::new();
    }
    format!("全年已过 {passed}%，执行率 {rate:.2}%，请关注支出进度")
}

/// What a person should think about in an indicator's figures of mid-year, in words; empty where nothing is odd.
pub fn hint(indicator: &Indicator) -> &'static str {
    let outlook = Outlook::read(indicator.monitoring(key::OUTLOOK));
    let has_reason = !trim(indicator.monitoring(key::REASON)).is_empty();
    let forecast = MeasureCell::new(indicator.monitoring(key::FORECAST));
    let is_upward = indicator
        .aim()
        .is_some_and(|aim| !aim.comparator.is_some_and(Comparator::is_upper_bound));
    let falls_short =
        is_upward && deviation(indicator, &forecast).is_some_and(|off| off < Decimal::ZERO);
    match outlook {
        Some(Outlook::Impossible) if !has_reason => "完全不可能完成的，请写明偏差原因",
        Some(Outlook::Certain) if falls_short => "全年预计达不到指标值，请核对可能性",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn execution_is_behind_only_where_it_lies_far_behind_the_time_of_the_year() {
        let told = |until, rate| !behind((YearShare::at(until), rate)).is_empty();
        assert!(told(date(2020, 7, 31), dec!(30)), "58 percent are over");
        assert!(!told(date(2020, 7, 31), dec!(38)), "within the margin");
        assert!(!told(date(2020, 3, 1), dec!(0)), "early in the year");
        assert!(told(date(2020, 12, 31), dec!(79.99)));
        assert!(!told(date(2020, 12, 31), dec!(100)));
    }
}
