//! 自评复核工作底稿: the form line by line beside what a reviewer makes of it. Worked out from the form, its scores and its
//! findings; what the reviewer typed ([`crate::model::working_paper`]) stands over what is worked out.

mod lines;
mod remarks;
mod totals;

use rust_decimal::Decimal;

use super::checker::ProjectFindings;
use crate::{
    model::{
        edition::Edition,
        figure::Rating,
        id::Id,
        indicator::{Group, Section},
        project::Project,
        working_paper::{PaperField, PaperSubject},
    },
    score::ProjectScore,
};

/// The working paper of a project, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Its lines in the order of the form.
    pub lines: Vec<Line>,
    /// Sums and rating.
    pub totals: Totals,
    /// How many errors and warnings stand in no line: they are about the form as a whole, funds, goals or texts.
    pub elsewhere: usize,
    /// Whether the edition has scores.
    pub is_scored: bool,
}

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is about.
    pub subject: PaperSubject,
    /// The goal block it stands in, counted from 0; `None` for the budget execution.
    pub goal: Option<usize>,
    /// 一级指标: where it stands, and its caption.
    pub section: Option<(Id<Section>, String)>,
    /// 二级指标: where it stands, and its caption.
    pub group: Option<(Id<Group>, String)>,
    /// 三级指标
    pub name: String,
    /// Whether it is part (其中) of another row.
    pub is_part: bool,
    /// 性质
    pub kind: Option<Kind>,
    /// 指标值, its unit apart where it has one of its own.
    pub target: String,
    /// 单位
    pub unit: String,
    /// 权重
    pub weight: String,
    /// 自评完成值
    pub filed_actual: String,
    /// 自评得分
    pub filed_score: String,
    /// 复核完成值
    pub actual: Value,
    /// 复核得分
    pub score: Value,
    /// 备注
    pub note: Value,
    /// 偏离度 of the 复核完成值 in percent; see [`crate::score::deviation`].
    pub deviation: Option<Decimal>,
    /// 复核得分 as a number.
    pub points: Option<Decimal>,
    /// 复核得分 − 自评得分, where the two differ.
    pub change: Option<Decimal>,
    /// Whether it has a score of its own: parts, rows of a group scored as one and 不适用 rows have none.
    pub counts: bool,
}

/// What an indicator is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 定量
    Quantitative,
    /// 定性
    Qualitative,
}

impl Kind {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Quantitative => "定量",
            Self::Qualitative => "定性",
        }
    }
}

/// A cell that a reviewer may type into.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Value {
    /// What stands there before anybody types.
    pub prefilled: String,
    /// What was typed; empty where nothing was.
    pub typed: String,
}

impl Value {
    /// What it shows.
    pub fn text(&self) -> &str {
        if self.is_typed() {
            &self.typed
        } else {
            &self.prefilled
        }
    }

    /// Whether the reviewer typed it.
    pub fn is_typed(&self) -> bool {
        !self.typed.is_empty()
    }
}

/// Sums and rating of a working paper.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Totals {
    /// Sum of the weights.
    pub weight: Option<Decimal>,
    /// 自评总分: as the form states it, else 百分制折算 or the sum of its scores.
    pub filed: Option<Decimal>,
    /// 复核总分: 百分制折算 where the edition asks for it, else the sum of the reviewed scores.
    pub reviewed: Option<Decimal>,
    /// 复核总分 − 自评总分.
    pub change: Option<Decimal>,
    /// 自评等级: as the form states it, else that of 自评总分.
    pub filed_rating: Option<Rating>,
    /// 评价等级 of 复核总分 by the edition's bands.
    pub reviewed_rating: Option<Rating>,
    /// Sum of the reviewed scores before 百分制折算, where that is made.
    pub before_folding: Option<Decimal>,
    /// How many lines that count have no reviewed score that can be read.
    pub missing: usize,
    /// How many lines have another score than the filed one.
    pub changed: usize,
    /// What was found in total, total weight and rating, in short.
    pub remark: String,
}

impl Paper {
    /// The working paper of `project`, whose scores and findings are those of `edition`.
    pub fn of(
        project: &Project,
        edition: &Edition,
        score: &ProjectScore,
        findings: &ProjectFindings,
    ) -> Self {
        let said = remarks::Said::of(project, score, findings);
        let lines = lines::lines(project, edition, score, &said);
        let totals = Totals {
            remark: said.of_totals(),
            ..totals::totals(project, edition, score, &lines)
        };
        Self {
            elsewhere: said.elsewhere(&lines),
            totals,
            is_scored: score.total.weight.count > 0 || score.total.filed.count > 0,
            lines,
        }
    }
}

impl Line {
    /// The cell in the column of `field`; `None` where the line has none to type into.
    pub fn value(&self, field: PaperField) -> Option<&Value> {
        match field {
            PaperField::Actual => {
                let is_group = matches!(self.subject, PaperSubject::Group(_));
                (!is_group).then_some(&self.actual)
            }
            PaperField::Score => self.counts.then_some(&self.score),
            PaperField::Note => Some(&self.note),
        }
    }
}
