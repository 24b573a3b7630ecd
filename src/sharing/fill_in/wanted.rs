//! Which cells of a form colleagues are to fill in.

use std::fmt;

use crate::model::{
    edition::{Edition, FundRole},
    id::Id,
    indicator::Indicator,
    path::{BlockField, GoalField, IndicatorField, Place, StatedField},
    project::{Project, Stage, fund, header},
};

/// What is to be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// 全年执行数, and the reasons beside it.
    pub funds: bool,
    /// 实际完成情况 of the goals.
    pub goals: bool,
    /// 实际完成值
    pub actuals: bool,
    /// 偏差原因分析及改进措施
    pub reasons: bool,
    /// 得分
    pub scores: bool,
    /// Everything else that was not approved: targets and weights of rows that were not, fields of the head and foot,
    /// further tables and texts.
    pub others: bool,
    /// How many blank rows are put under every group of indicators, for new ones.
    pub blank_rows: u8,
}

impl Wanted {
    /// The most blank rows under a group.
    pub const MOST_BLANK_ROWS: u8 = 5;

    /// 完成情况: what a department knows at the end of the year.
    pub const RESULTS: Self = Self {
        funds: true,
        goals: true,
        actuals: true,
        reasons: true,
        scores: false,
        others: false,
        blank_rows: 0,
    };

    /// All that was not approved.
    pub const ALL: Self = Self {
        scores: true,
        others: true,
        ..Self::RESULTS
    };

    /// What is usually asked for at this stage.
    pub fn at(stage: Stage) -> Self {
        match stage {
            Stage::Targets | Stage::Adjustment => Self {
                blank_rows: 2,
                ..Self::ALL
            },
            _ => Self::RESULTS,
        }
    }

    /// Whether nothing is to be filled in.
    pub fn is_nothing(&self) -> bool {
        let Self {
            funds,
            goals,
            actuals,
            reasons,
            scores,
            others,
            blank_rows,
        } = *self;
        !(funds || goals || actuals || reasons || scores || others || blank_rows > 0)
    }

    /// Whether a cell is to be filled in. What was approved never is, nor what tells one project or group from another.
    pub(super) fn wants(&self, project: &Project, edition: &Edition, place: &Place) -> bool {
        match place {
            Place::Whole | Place::Paper(_) | Place::Section(..) | Place::Group(..)
                if !is_block_score(place) =>
            {
                false
            }
            Place::Section(..) | Place::Group(..) => self.scores,
            Place::Header(key) => {
                self.others && !matches!(key.as_str(), header::PROJECT_NAME | header::YEAR)
            }
            Place::Fund(row, key) => self.wants_fund(project, edition, *row, key),
            Place::Goal(_, field) => match field {
                GoalField::Actual => self.goals,
                GoalField::Expected | GoalField::Text(_) => self.others,
                GoalField::Caption | GoalField::Weight => false,
            },
            Place::Indicator(row, field) => self.wants_cell(project, *row, field),
            Place::Reason(_) => self.reasons,
            Place::Stated(StatedField::TotalScore) => self.scores,
            Place::Table(..) | Place::Text(_) | Place::Footer(_) => self.others,
            _ => false,
        }
    }

    fn wants_fund(
        &self,
        project: &Project,
        edition: &Edition,
        row: Id<crate::model::project::FundRow>,
        key: &str,
    ) -> bool {
        match key {
            "remark" => self.funds,
            "name" => {
                let row = project.funds.iter().find(|one| one.id == row);
                self.others && row.is_some_and(|row| row.key.is_empty())
            }
            _ => {
                let column = edition.fund_column_named(key);
                let Some(column) = column.filter(|column| column.formula.is_none()) else {
                    return false;
                };
                match column.role {
                    FundRole::Amount if key == fund::EXECUTED => self.funds,
                    FundRole::Amount | FundRole::Rate => self.others,
                    FundRole::Remark => self.funds,
                    FundRole::Score => self.scores,
                    FundRole::Weight => false,
                }
            }
        }
    }

    fn wants_cell(&self, project: &Project, row: Id<Indicator>, field: &IndicatorField) -> bool {
        match field {
            IndicatorField::Actual | IndicatorField::Tier => self.actuals,
            IndicatorField::Score => self.scores,
            IndicatorField::Deviation => self.reasons,
            IndicatorField::Extra(_) => self.others,
            IndicatorField::Name
            | IndicatorField::Nature
            | IndicatorField::Target
            | IndicatorField::Unit
            | IndicatorField::Weight => {
                let mut rows = project.rows();
                let row = rows.find(|view| view.indicator.id == row);
                self.others && row.is_some_and(|view| view.indicator.approved.is_none())
            }
        }
    }
}

fn is_block_score(place: &Place) -> bool {
    matches!(
        place,
        Place::Section(_, BlockField::Score) | Place::Group(_, BlockField::Score)
    )
}

/// As colleagues are told what to fill in: "全年执行数、实际完成情况、实际完成值、偏差原因分析及改进措施".
impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            (self.funds, "全年执行数"),
            (self.goals, "目标的实际完成情况"),
            (self.actuals, "各项指标的实际完成值"),
            (self.reasons, "偏差原因分析及改进措施"),
            (self.scores, "得分"),
            (self.others, "其他没有批复的内容"),
            (self.blank_rows > 0, "新增的指标（填在空白行中）"),
        ];
        let parts: Vec<&str> = parts
            .iter()
            .filter(|(is_wanted, _)| *is_wanted)
            .map(|(_, words)| *words)
            .collect();
        f.write_str(&parts.join("、"))
    }
}
