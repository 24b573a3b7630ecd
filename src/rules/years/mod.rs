//! 与上年比较: the form beside that of the year before. What a reviewer would remark is here; what is a finding is in
//! [`super::across`].

mod funds;
mod indicators;
mod pairs;
mod text;

use rust_decimal::Decimal;

pub use funds::{Amounts, FundLine, percent_of};
pub(in crate::rules) use indicators::{Against, last_actual, target_of};
pub use indicators::{Change, IndicatorLine};
pub use pairs::{How, Pair, pairs};
pub use text::AMOUNTS;

use crate::model::{
    edition::Edition, last_year::LastYear, path::CellPath, path::Place, path::StatedField,
    project::Project,
};

/// A form beside that of the year before.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The year before.
    pub last: LastYear,
    /// Funds, the rows of this year's form first.
    pub funds: Vec<FundLine>,
    /// 总分 as stated: last year's, this year's.
    pub total: [Option<Decimal>; 2],
    /// 评价等级 as stated: last year's, this year's; empty where none is.
    pub rating: [String; 2],
    /// Indicators in the order of this year's form; those given up stand after the rows of their group.
    pub indicators: Vec<IndicatorLine>,
    /// Where this year's total stands.
    pub total_at: CellPath,
}

impl Comparison {
    /// Sets `project` beside `last`.
    pub fn of(project: &Project, edition: &Edition, last: LastYear) -> Self {
        Self {
            funds: funds::lines(project, edition, &last),
            total: [
                last.total_score.number(),
                project.stated.total_score.number(),
            ],
            rating: [
                last.rating.text().trim().to_owned(),
                project.stated.rating.text().trim().to_owned(),
            ],
            indicators: indicators::lines(project, &last),
            total_at: project.at(Place::Stated(StatedField::TotalScore)),
            last,
        }
    }
}
