//! Where a number of the form comes from, for whoever asks: formula, what went in, how it is rounded, and what stands behind it.
//! Made only for the one number that is asked for.

use rust_decimal::Decimal;

use crate::model::{
    edition::{Edition, EditionStatus, FundRole, IndicatorRole},
    numeral::{money, plain},
    path::{BlockField, GoalField, IndicatorField, Place, StatedField},
    policy::{ExecutionMethod, ExecutionPolicy, Rounding, RoundingMode},
    project::{FundRow, Project},
};

use super::outcome::{ExecutionScore, ProjectScore};

mod rows;
mod sums;

/// How a number comes about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The formula in words: "得分＝实际完成值÷指标值×分值".
    pub formula: String,
    /// What goes into it, by name: ("指标值", "≥10个").
    pub inputs: Vec<(String, String)>,
    /// How it is rounded: "四舍五入，保留2位小数".
    pub rounding: String,
    /// The formula with its numbers, or why there is no result: "7 ÷ 10 × 15 = 10.50".
    pub result: String,
    /// The regulation or practice behind the formula.
    pub basis: String,
    /// Whether the basis was read in its source.
    pub verified: bool,
}

/// Explains the number at `place`: the score of a row, group, section or goal block, rate and score of the scored fund row,
/// the total, the rating. `None` where nothing is computed for the place. `score` is that of the project as it is.
pub fn explained(
    project: &Project,
    edition: &Edition,
    score: &ProjectScore,
    place: &Place,
) -> Option<Explained> {
    let asked = Asked {
        project,
        edition,
        score,
    };
    match place {
        Place::Indicator(id, IndicatorField::Score) => rows::row(asked, *id),
        Place::Group(id, BlockField::Score) => rows::group(asked, *id),
        Place::Section(id, BlockField::Score) => sums::section(asked, *id),
        Place::Goal(id, GoalField::Weight) => sums::goal(asked, *id),
        Place::Fund(id, column) => {
            let row = score.execution.row.and_then(|at| project.funds.get(at))?;
            if row.id != *id {
                return None;
            }
            let role = edition.fund_column_named(column).map(|column| column.role);
            match role {
                Some(FundRole::Rate) => asked.rate(row),
                Some(FundRole::Score) => asked.execution(row),
                _ => None,
            }
        }
        Place::Stated(StatedField::TotalScore) => sums::total(asked),
        Place::Stated(StatedField::Rating) => sums::rating(asked),
        _ => None,
    }
}

/// What all explanations look at.
#[derive(Clone, Copy)]
struct Asked<'a> {
    project: &'a Project,
    edition: &'a Edition,
    score: &'a ProjectScore,
}

impl Asked<'_> {
    fn rate(&self, row: &FundRow) -> Option<Explained> {
        let policy = &self.edition.scoring.execution;
        let shown = self.score.execution.shown_rate;
        let result = match shown {
            Some(rate) => format!("{} = {rate}%", self.division(row)),
            None => self.score.execution.working.to_string(),
        };
        Some(Explained {
            formula: format!("执行率＝{}", self.quotient()),
            inputs: self.amounts(row),
            rounding: rounding(policy.rate),
            result,
            basis: "表下注释：预算执行率＝执行数÷调整后预算数；分母由表样规定".into(),
            verified: true,
        })
        .filter(|explained| !explained.result.is_empty())
    }

    fn execution(&self, row: &FundRow) -> Option<Explained> {
        let policy = &self.edition.scoring.execution;
        let score = &self.score.execution;
        let result = score.working.to_string();
        if result.is_empty() {
            return None;
        }
        let mut inputs = self.amounts(row);
        inputs.extend(
            score
                .shown_rate
                .map(|rate| ("执行率".into(), format!("{rate}%"))),
        );
        inputs.extend(score.weight.map(|weight| ("分值".into(), plain(weight))));
        let (formula, basis) = self.execution_formula(policy);
        Some(Explained {
            formula,
            inputs,
            rounding: execution_rounding(score, self.edition.scoring.rounding),
            result,
            basis: basis.into(),
            verified: true,
        })
    }

    fn execution_formula(&self, policy: &ExecutionPolicy) -> (String, &'static str) {
        match &policy.method {
            ExecutionMethod::Linear => {
                let cap = if policy.capped {
                    "，最高不超过分值"
                } else {
                    ""
                };
                (
                    format!("得分＝{}×分值{cap}", self.quotient()),
                    "地方预算管理一体化系统得分公式；表下注释：执行率×该指标分值，最高不得超过分值上限",
                )
            }
            ExecutionMethod::Tiered(bands) => {
                let bands: Vec<String> = bands
                    .iter()
                    .map(|band| format!("≥{}%得{}分", plain(band.from), plain(band.score)))
                    .collect();
                (
                    format!("按执行率分档计分：{}", bands.join("，")),
                    "地方预算管理一体化系统（江西）：按执行率分档计分",
                )
            }
        }
    }

    fn columns(&self) -> [&str; 2] {
        let policy = &self.edition.scoring.execution;
        [&policy.numerator, &policy.denominator]
    }

    fn quotient(&self) -> String {
        let [executed, budget] = self.columns().map(|key| self.edition.fund_caption(key));
        format!("{executed}÷{budget}")
    }

    fn division(&self, row: &FundRow) -> String {
        let [executed, budget] = self.columns().map(|key| {
            let number = self.project.fund_number(row, key, self.edition);
            number.map_or_else(|| "—".into(), money)
        });
        format!("{executed} ÷ {budget}")
    }

    fn amounts(&self, row: &FundRow) -> Vec<(String, String)> {
        self.columns()
            .into_iter()
            .map(|key| {
                let number = self.project.fund_number(row, key, self.edition);
                let said = match row.figure(key).text() {
                    "" => "未填写".to_owned(),
                    typed => typed.to_owned(),
                };
                let caption = self.edition.fund_caption(key).to_owned();
                let unit = self.project.money_unit;
                let amount = number.map(|number| format!("{}{unit}", money(number)));
                (caption, amount.unwrap_or(said))
            })
            .collect()
    }

    fn caption(&self, role: IndicatorRole) -> String {
        self.edition.indicator_caption(role).to_owned()
    }

    /// Whether what the edition itself lays down was read in its form.
    fn edition_is_verified(&self) -> bool {
        self.edition.status == EditionStatus::Verified
    }
}

/// "四舍五入，保留2位小数".
fn rounding(rounding: Rounding) -> String {
    let mode = match rounding.mode {
        RoundingMode::HalfUp => "四舍五入",
        RoundingMode::Truncate => "截尾",
    };
    match rounding.digits {
        0 => format!("{mode}，取整数"),
        digits => format!("{mode}，保留{digits}位小数"),
    }
}

fn execution_rounding(score: &ExecutionScore, policy: Rounding) -> String {
    let mut text = format!("由未取整的执行率计算后{}", rounding(policy));
    if let Some(other) = score.score_from_shown
        && score.score != Some(other)
    {
        text.push_str(&format!("；由表中执行率计算为{other}，两者都可以"));
    }
    text
}

fn points(points: Option<Decimal>) -> String {
    points.map_or_else(|| "—".into(), plain)
}
