//! A project with what the chapters tell of it.

use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;

use crate::{
    model::{
        edition::{Edition, FundColumn, FundRole},
        figure::MoneyUnit,
        numeral::plain,
        policy::Severity,
        project::{FundRow, Project, fund, header},
        typed::trim,
    },
    rules::form::Form,
    score::{ProjectScore, score_project},
    summary::Subject,
};

/// What stands where a form says nothing.
pub(super) const NOTHING: &str = "—";

/// A project with its scores.
pub(super) struct Told<'a> {
    pub subject: &'a Subject,
    pub project: &'a Project,
    pub edition: &'a Edition,
    pub score: ProjectScore,
    today: Date,
}

impl<'a> Told<'a> {
    pub fn new(subject: &'a Subject, time: DateTime) -> Self {
        Self {
            subject,
            project: &subject.project,
            edition: &subject.edition,
            score: score_project(&subject.project, &subject.edition),
            today: time.date(),
        }
    }

    /// The form with what rules work out of it.
    pub fn form(&self) -> Form<'_> {
        Form::new(self.project, self.edition, &self.score, self.today)
    }

    /// The project's name, or that there is none.
    pub fn name(&self) -> &'a str {
        self.project.shown_name()
    }

    /// A header field without white space around it; `None` where it is blank.
    pub fn header(&self, key: &str) -> Option<&'a str> {
        Some(trim(self.project.header(key))).filter(|text| !text.is_empty())
    }

    /// The unit that fills in the form, else the department.
    pub fn unit(&self) -> Option<&'a str> {
        self.header(header::UNIT)
            .or_else(|| self.header(header::DEPARTMENT))
    }

    /// The row that stands for all funds: the one that is scored, else the first.
    pub fn total_funds(&self) -> Option<&'a FundRow> {
        let funds = &self.project.funds;
        let key = self.edition.scored_fund_row().map(|row| &row.key);
        let scored = funds.iter().find(|row| Some(&row.key) == key);
        scored.or_else(|| funds.first()).map(|row| &**row)
    }

    /// What a fund column says in a row, as the printed form has it; `None` where it says nothing.
    pub fn fund_text(&self, row: &FundRow, column: &FundColumn) -> Option<String> {
        let typed = row.figure(&column.key);
        if !typed.is_empty() {
            return Some(trim(typed.text()).to_owned());
        }
        column.formula.as_ref()?;
        let number = self.project.fund_number(row, &column.key, self.edition)?;
        Some(column.written(number))
    }

    /// An amount of all funds with its unit ("8108600.00 元"); `None` where the form states none.
    pub fn amount(&self, key: &str) -> Option<String> {
        let row = self.total_funds()?;
        let column = self.edition.fund_column_named(key)?;
        let cell = row.figure(key);
        if cell.is_waived() {
            return None;
        }
        let text = self.fund_text(row, column)?;
        let has_unit = cell.value().is_some_and(|figure| figure.unit.is_some());
        let is_number = cell.is_empty() || cell.value().is_some();
        Some(if has_unit || !is_number {
            text
        } else {
            format!("{text} {}", self.project.money_unit)
        })
    }

    /// An amount of all funds as a number in this unit.
    pub fn amount_in(&self, key: &str, unit: MoneyUnit) -> Option<Decimal> {
        let row = self.total_funds()?;
        let number = self.project.fund_number(row, key, self.edition)?;
        self.project.money_unit.convert(number, unit)
    }

    /// What a fund column is called in sentences: its caption without what stands in brackets behind it.
    pub fn fund_name(&self, key: &'a str) -> &'a str {
        let caption = self.edition.fund_caption(key);
        let end = caption.find(['（', '(']).unwrap_or(caption.len());
        trim(&caption[..end])
    }

    /// The keys of what was budgeted at last and of what was spent.
    pub fn budget_keys(&self) -> [&'a str; 2] {
        let policy = &self.edition.scoring.execution;
        let or = |key: &'a str, usual: &'static str| if key.is_empty() { usual } else { key };
        [
            or(&policy.denominator, fund::ADJUSTED),
            or(&policy.numerator, fund::EXECUTED),
        ]
    }

    /// 执行率 as stated; where none is stated, as computed, marked so.
    pub fn rate(&self) -> Option<String> {
        let stated = self.total_funds().and_then(|row| {
            let column = self.edition.fund_column(FundRole::Rate)?;
            let cell = row.figure(&column.key);
            let text = trim(cell.text());
            (!cell.is_empty() && !cell.is_waived()).then(|| text.to_owned())
        });
        stated.or_else(|| {
            let rate = self.score.execution.shown_rate?;
            Some(format!("{rate}%（计算）"))
        })
    }

    /// 总分 as stated; where none is stated but all scores are, their sum, marked so.
    pub fn total(&self) -> Option<String> {
        let stated = &self.project.stated.total_score;
        if !stated.is_empty() {
            return Some(trim(stated.text()).to_owned());
        }
        let total = &self.score.total;
        let is_whole = total.filed.count > 0 && total.filed.count >= total.weight.count;
        is_whole.then(|| format!("{}（填报得分合计）", plain(total.filed.value)))
    }

    /// 评价等级 as stated; where none is stated, that of the stated total by the edition's bands, marked so.
    pub fn rating(&self) -> Option<String> {
        let stated = &self.project.stated.rating;
        if !stated.is_empty() {
            return Some(trim(stated.text()).to_owned());
        }
        self.project.stated.total_score.number()?;
        let rating = self.score.total.rating?;
        Some(format!("{rating}（按总分对应）"))
    }

    /// How many errors and warnings of the check still count.
    pub fn left(&self) -> usize {
        let findings = &self.subject.findings;
        findings.count(Severity::Error) + findings.count(Severity::Warning)
    }
}
