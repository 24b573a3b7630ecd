//! What all tables ask of a project, worked out once.

use rust_decimal::{Decimal, RoundingStrategy};

use super::Subject;
use crate::{
    model::{
        edition::{Edition, FundRole},
        figure::{FigureCell, MoneyUnit},
        folding::folded,
        indicator::{Group, Indicator, Section},
        project::{FundRow, Goal, Project, header},
        typed::trim,
    },
    score::{
        ExecutionRate, GroupScore, IndicatorScore, ProjectScore, SectionScore, Verdict,
        execution_rate, fraction::Fraction, score_project,
    },
};

/// A computed share is given with so many decimals, a rate in percent with four.
const SHARE_DECIMALS: u32 = 6;

/// A project with its score.
pub(super) struct Facts<'a> {
    /// Whose facts they are.
    pub subject: &'a Subject,
    /// The project.
    pub project: &'a Project,
    /// Its edition.
    pub edition: &'a Edition,
    /// Its score.
    pub score: ProjectScore,
    /// The row of its total funds.
    pub total_funds: Option<&'a FundRow>,
}

impl<'a> Facts<'a> {
    /// The facts of these projects, in their order.
    pub fn of(subjects: &'a [Subject]) -> Vec<Self> {
        let facts = subjects.iter().map(|subject| {
            let (project, edition) = (&*subject.project, &*subject.edition);
            Self {
                subject,
                project,
                edition,
                score: score_project(project, edition),
                total_funds: project.total_fund_row(edition),
            }
        });
        facts.collect()
    }

    /// A field of the header as it is typed, without white space at its ends.
    pub fn header(&self, key: &str) -> &'a str {
        trim(self.project.header(key))
    }

    /// The project's name; never empty.
    pub fn name(&self) -> &'a str {
        self.project.shown_name()
    }

    /// What tells projects apart whatever year they are of: name and unit. Of a project without a name, its id.
    pub fn identity(&self) -> (String, String) {
        match folded(self.project.name()) {
            name if name.is_empty() => (self.project.id.to_string(), String::new()),
            name => (name, folded(self.project.header(header::UNIT))),
        }
    }

    /// 预算数: what the edition's execution rate divides by, usually 全年预算数, in another money unit.
    pub fn budget(&self, unit: MoneyUnit) -> Option<Decimal> {
        self.amount(&self.edition.scoring.execution.denominator, unit)
    }

    /// 执行数 in another money unit.
    pub fn executed(&self, unit: MoneyUnit) -> Option<Decimal> {
        self.amount(&self.edition.scoring.execution.numerator, unit)
    }

    fn amount(&self, column: &str, unit: MoneyUnit) -> Option<Decimal> {
        self.amount_of(self.total_funds?, column, unit)
    }

    /// An amount of a fund row in another money unit: exact, as typed or as derived by the edition.
    pub fn amount_of(&self, row: &FundRow, column: &str, unit: MoneyUnit) -> Option<Decimal> {
        let amount = self.project.fund_number(row, column, self.edition)?;
        let amount = self.project.money_unit.convert(amount, unit)?;
        Some(amount.normalize())
    }

    /// 执行率 as it comes out of the amounts.
    pub fn rate(&self) -> ExecutionRate {
        match self.total_funds {
            Some(row) => execution_rate(self.project, row, self.edition),
            None => ExecutionRate::Open("没有资金行，无法计算执行率"),
        }
    }

    /// 执行率 as the form states it.
    pub fn stated_rate(&self) -> Option<&'a FigureCell> {
        let column = self.edition.fund_column(FundRole::Rate)?;
        Some(self.total_funds?.figure(&column.key))
    }

    /// The total that stands: as stated, else of a hundred points where something is 不适用, else as the scores filed add up.
    pub fn total(&self) -> Option<Decimal> {
        let total = &self.score.total;
        let filed = (total.filed.count > 0).then_some(total.filed.value);
        let stated = self.project.stated.total_score.number();
        stated.or(total.per_hundred).or(filed)
    }
}

/// A share with a bounded number of decimals, rounded half away from zero.
pub(super) fn rounded_share(share: Decimal) -> Decimal {
    share
        .round_dp_with_strategy(SHARE_DECIMALS, RoundingStrategy::MidpointAwayFromZero)
        .normalize()
}

/// `part` ÷ `whole` as a share; `None` where the whole is not above zero.
pub(super) fn share_of(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let share = Fraction::new(part, whole)?;
    share.value().map(rounded_share)
}

/// A count as a share of another.
pub(super) fn share_of_counts(part: usize, whole: usize) -> Option<Decimal> {
    share_of(Decimal::from(part), Decimal::from(whole))
}

/// A mean or weighted mean with two decimals, rounded half away from zero.
pub(super) fn mean(sum: Decimal, of: Decimal) -> Option<Decimal> {
    let mean = Fraction::new(sum, of)?.value()?;
    let mut mean = mean.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    mean.rescale(2);
    Some(mean)
}

/// An indicator with its score and all it stands in.
#[derive(Clone, Copy)]
pub(super) struct RowFacts<'f, 'a> {
    /// The project.
    pub facts: &'f Facts<'a>,
    /// The goal block, counted from 1.
    pub goal_number: usize,
    /// The goal block.
    pub goal: &'a Goal,
    /// 一级指标
    pub section: &'a Section,
    /// 二级指标
    pub group: &'a Group,
    /// The score of the group.
    pub group_score: &'f GroupScore,
    /// Where the row stands in its group, counted from 1.
    pub number: usize,
    /// The row.
    pub indicator: &'a Indicator,
    /// Its score.
    pub score: &'f IndicatorScore,
}

/// A first-level section with its score.
#[derive(Clone, Copy)]
pub(super) struct SectionFacts<'f, 'a> {
    /// The goal block, counted from 1.
    pub goal_number: usize,
    /// The goal block.
    pub goal: &'a Goal,
    /// 一级指标
    pub section: &'a Section,
    /// Its score.
    pub score: &'f SectionScore,
}

impl<'a> Facts<'a> {
    /// The sections of all goals in the order of the form.
    pub fn sections<'f>(&'f self) -> impl Iterator<Item = SectionFacts<'f, 'a>> {
        let goals = self.project.goals.iter().zip(&self.score.goals);
        (1..).zip(goals).flat_map(|(goal_number, (goal, scores))| {
            let sections = goal.sections.iter().zip(&scores.sections);
            sections.map(move |(section, score)| SectionFacts {
                goal_number,
                goal,
                section,
                score,
            })
        })
    }

    /// All indicators in the order of the form.
    pub fn rows<'f>(&'f self) -> impl Iterator<Item = RowFacts<'f, 'a>> {
        self.sections().flat_map(move |one| {
            let groups = one.section.groups.iter().zip(&one.score.groups);
            groups.flat_map(move |(group, group_score)| {
                let rows = group.indicators.iter().zip(&group_score.members);
                (1..)
                    .zip(rows)
                    .map(move |(number, (indicator, score))| RowFacts {
                        facts: self,
                        goal_number: one.goal_number,
                        goal: one.goal,
                        section: one.section,
                        group,
                        group_score,
                        number,
                        indicator,
                        score,
                    })
            })
        })
    }
}

impl<'a> RowFacts<'_, 'a> {
    /// 偏差原因 of the row: its own, then those of cells that span it.
    pub fn reasons(&self) -> String {
        let spanning = self.goal.reasons.iter().filter(|reason| {
            reason.section == Some(self.section.id)
                || reason.group == Some(self.group.id)
                || reason.rows.contains(&self.indicator.id)
        });
        let own = [&self.indicator.deviation].into_iter();
        let texts = own.chain(spanning.map(|reason| &reason.text));
        let texts: Vec<&str> = texts
            .map(|text| trim(text))
            .filter(|text| !text.is_empty())
            .collect();
        texts.join("\n")
    }

    /// Whether the target was reached, in words; nothing where the row does not count.
    pub fn verdict(&self) -> &'static str {
        match self.score.verdict {
            Verdict::Met => "达成",
            Verdict::Missed => "未达成",
            Verdict::Open(_) => "待判断",
            Verdict::NotJudged => "",
        }
    }
}
