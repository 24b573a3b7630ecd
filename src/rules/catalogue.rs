//! The one table of rules. A code is stable once shipped; a name states the problem, never the remedy.

use std::fmt;

use serde::Serialize;

use super::{
    account, across, amounts, approval, budget, execution, form::Form, funds, goals, indicators,
    monitoring, remains, scoring, sink::Sink, structure, values, weights,
};
use crate::model::{policy::Severity, project::Stage};

/// A rule of the catalogue.
#[derive(Serialize)]
pub struct Rule {
    /// Stable code such as "C16".
    pub code: &'static str,
    /// The problem in a few words ("组内有指标未达标却得满分").
    pub name: &'static str,
    /// The usual level; a finding may be milder or graver where the rule says so.
    pub level: Severity,
    /// One sentence on what is looked at.
    pub summary: &'static str,
    /// Why it matters to whoever reads the form.
    pub why: &'static str,
    /// 依据: the regulation or practice behind it.
    pub basis: &'static str,
    /// 怎么改: what whoever fills in the form does about it.
    pub mend: &'static str,
    /// What it says in the first case of its case file that fires; tests hold it.
    pub example: &'static str,
    /// Whether the basis was read in its source.
    pub verified: bool,
    /// Version of the program that first had it.
    pub since: &'static str,
    /// From when on it has something to say.
    pub phase: Phase,
    /// Whether the program can mend it.
    pub fix: FixKind,
    /// Codes of weaker rules that stay silent where this one has found the same cause.
    pub silences: &'static [&'static str],
    /// What is looked at.
    #[serde(skip)]
    pub check: Check,
}

/// What a rule looks at.
pub enum Check {
    /// One project.
    Form(fn(&Form<'_>, &mut Sink<'_>)),
    /// All projects of a document together; [`super::across`] looks for all such rules in one pass.
    Across,
}

impl Rule {
    /// What the rules of its family look at.
    pub fn family(&self) -> &'static str {
        match self.code.as_bytes().first() {
            Some(b'H') => "表头和文字",
            Some(b'B') => "资金",
            Some(b'S') => "分值和总分",
            Some(b'I') => "指标设置",
            Some(b'V') => "指标值",
            Some(b'C') => "得分和偏差说明",
            Some(b'G') => "年度目标",
            Some(b'P') => "与批复比对",
            Some(b'X') => "项目之间",
            _ => "其他",
        }
    }
}

/// What a form states so far, in the order in which it comes about. A rule is silent before its phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// 目标下达, 年中调整 and 执行监控: header, budget, targets and weights stand; results are still to come.
    Targets,
    /// From 自评 on: actual values, execution and scores are due as well.
    Results,
}

impl Phase {
    /// What a form of this stage states.
    pub fn of(stage: Stage) -> Self {
        match stage {
            Stage::Targets | Stage::Adjustment | Stage::Monitoring => Self::Targets,
            Stage::SelfEvaluation
            | Stage::Submitted
            | Stage::Returned
            | Stage::Final
            | Stage::Published => Self::Results,
        }
    }
}

/// Whether the program can mend what a rule finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FixKind {
    /// Only a person can.
    Never,
    /// Where the values allow it.
    Sometimes,
    /// Every time.
    Always,
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

/// Families in the order of the form.
const FAMILIES: [&[Rule]; 15] = [
    structure::RULES,
    remains::RULES,
    funds::RULES,
    amounts::RULES,
    execution::RULES,
    account::RULES,
    budget::RULES,
    weights::RULES,
    indicators::RULES,
    values::RULES,
    monitoring::RULES,
    scoring::RULES,
    goals::RULES,
    approval::RULES,
    across::RULES,
];

/// All rules, family by family.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.into_iter().flatten()
}

/// All rules as a reader looks for them: families in the order of the form, in each by code. Families of the program may hold
/// rules of another one's letter, where they look at the same thing.
pub fn sorted() -> Vec<&'static Rule> {
    const LETTERS: &str = "HBSIVCGPX";
    let place = |rule: &&Rule| (LETTERS.find(&rule.code[..1]), rule.code);
    let mut rules: Vec<_> = all().collect();
    rules.sort_by_key(place);
    rules
}

/// The rule with this code.
pub fn by_code(code: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code == code)
}
