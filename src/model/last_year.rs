//! 上年: what is known of the same project's form of the year before. It is kept beside the form, because last year's file is
//! seldom at hand when this year's targets and carry-over are questioned.

use rust_decimal::Decimal;

use super::{
    document::Document,
    edition::Edition,
    figure::{FigureCell, MoneyUnit, Rating},
    folding::squeezed,
    id::Id,
    indicator::{Aim, Indicator},
    measure::{MeasureCell, NatureCell},
    project::{FundRow, Project, fund, header},
    record::record,
    rows::Rows,
    typed::{Typed, trim},
};

record! {
    /// 上年: what is known of the form of the year before. Nothing of the form is computed from it.
    pub struct LastYear {
        /// The form it was taken from, which may be in the document and may have been changed since.
        pub project: Option<Id<Project>>,
        /// Its year, where it had a readable one.
        pub year: Option<i16>,
        /// Its project name.
        pub name: String,
        /// The name of its edition; empty where it was not at hand.
        pub edition: String,
        /// The unit of all amounts.
        pub money_unit: MoneyUnit,
        /// Its rows of funds, the total among them.
        pub funds: Rows<LastFunds>,
        /// 总分 as stated.
        pub total_score: FigureCell,
        /// 评价等级 as stated.
        pub rating: Typed<Rating>,
        /// Its indicators in the order of the form.
        pub indicators: Rows<LastIndicator>,
        /// Where it was taken from, in words ("本文件", "2020年自评表.xlsx").
        pub source: String,
    }

    /// A row of last year's funds: amounts as they counted there, in the unit of the form.
    pub struct LastFunds {
        /// The edition's key of the row; empty for a row of the person's own.
        pub key: String,
        /// The caption as it stood in the form.
        pub name: String,
        /// Whether it is the row of the total funds.
        pub is_total: bool,
        /// 年初预算数
        pub initial: FigureCell,
        /// 全年预算数
        pub adjusted: FigureCell,
        /// 全年执行数
        pub executed: FigureCell,
    }

    /// One of last year's indicators.
    pub struct LastIndicator {
        /// The row it was taken from.
        pub row: Option<Id<Indicator>>,
        /// The name of its 一级指标, without points.
        pub section: String,
        /// The name of its 二级指标, without points.
        pub group: String,
        /// 三级指标
        pub name: String,
        /// 指标性质
        pub nature: NatureCell,
        /// 度量单位
        pub unit: String,
        /// 指标值
        pub target: MeasureCell,
        /// 实际完成值
        pub actual: MeasureCell,
        /// 分值
        pub weight: FigureCell,
        /// 得分
        pub score: FigureCell,
    }
}

impl LastYear {
    /// What `project` says, to be kept beside the form of the year after. Amounts are taken as they count: derived columns are
    /// worked out and amounts with a unit of their own converted; without the edition they are taken as typed.
    pub fn of(project: &Project, edition: Option<&Edition>, source: impl Into<String>) -> Self {
        let total = match edition {
            Some(edition) => project.total_fund_row(edition),
            None => project.funds.first().map(|row| &**row),
        };
        let funds = project.funds.iter().map(|row| LastFunds {
            is_total: total.is_some_and(|total| total.id == row.id),
            ..LastFunds::of(project, row, edition)
        });
        Self {
            project: Some(project.id),
            year: project.year(),
            name: trim(project.name()).to_owned(),
            edition: edition.map_or_else(String::new, |edition| edition.name.clone()),
            money_unit: project.money_unit,
            funds: funds.collect(),
            total_score: project.stated.total_score.clone(),
            rating: project.stated.rating.clone(),
            indicators: project
                .rows()
                .map(|view| LastIndicator::of(&view))
                .collect(),
            source: source.into(),
            unknown: Default::default(),
        }
    }

    /// The row of the total funds.
    pub fn total_funds(&self) -> Option<&LastFunds> {
        self.funds.iter().find(|row| row.is_total).map(|row| &**row)
    }

    /// 上年结余: 全年预算数 less 全年执行数 of the total, in [`Self::money_unit`]; `None` where either is not known.
    pub fn unspent(&self) -> Option<Decimal> {
        let total = self.total_funds()?;
        let (adjusted, executed) = (&total.adjusted, &total.executed);
        self.amount(adjusted)?.checked_sub(self.amount(executed)?)
    }

    /// An amount of its funds in [`Self::money_unit`].
    pub fn amount(&self, cell: &FigureCell) -> Option<Decimal> {
        let figure = cell.value().filter(|figure| !figure.percent)?;
        let unit = figure.unit.unwrap_or(self.money_unit);
        unit.convert(figure.value, self.money_unit)
    }

    /// What sentences call it: "2020 年", or "上年" where the year is not known.
    pub fn called(&self) -> String {
        self.year
            .map_or_else(|| "上年".to_owned(), |year| format!("{year} 年"))
    }
}

impl LastFunds {
    fn of(project: &Project, row: &FundRow, edition: Option<&Edition>) -> Self {
        let amount = |column: &str| match edition {
            // Its scale says how exact the amount is meant to be, so it stays.
            Some(edition) => project
                .fund_number(row, column, edition)
                .map_or_else(FigureCell::default, |number| {
                    FigureCell::new(number.to_string())
                }),
            None => row.figure(column).clone(),
        };
        Self {
            key: row.key.clone(),
            name: trim(&row.name).to_owned(),
            is_total: false,
            initial: amount(fund::INITIAL),
            adjusted: amount(fund::ADJUSTED),
            executed: amount(fund::EXECUTED),
            unknown: Default::default(),
        }
    }

    /// The caption without its 其中.
    pub fn short_name(&self) -> &str {
        super::project::short_fund_name(&self.name)
    }

    /// The amount of one of the columns that the program knows.
    pub fn figure(&self, column: &str) -> Option<&FigureCell> {
        match column {
            fund::INITIAL => Some(&self.initial),
            fund::ADJUSTED => Some(&self.adjusted),
            fund::EXECUTED => Some(&self.executed),
            _ => None,
        }
    }
}

impl LastIndicator {
    fn of(view: &super::document::RowView<'_>) -> Self {
        let row = view.indicator;
        Self {
            row: Some(row.id),
            section: view.section.name().to_owned(),
            group: view.group.name().to_owned(),
            name: trim(&row.name).to_owned(),
            nature: row.nature.clone(),
            unit: trim(&row.unit).to_owned(),
            target: row.target.clone(),
            actual: row.actual.clone(),
            weight: row.weight.clone(),
            score: row.score.clone(),
            unknown: Default::default(),
        }
    }

    /// What it aimed at; `None` where the target was empty, waived or not to be read.
    pub fn aim(&self) -> Option<Aim<'_>> {
        Aim::of(&self.nature, &self.target, &self.unit)
    }

    /// What was reached, as a number in the unit of its own or of the target.
    pub fn reached(&self) -> Option<(Decimal, &str)> {
        let actual = self.actual.value()?;
        let unit = match actual.unit() {
            "" => self.aim().map_or(&*self.unit, |aim| aim.unit),
            unit => unit,
        };
        Some((actual.number()?, unit))
    }
}

/// The key by which editions know the row 上年结转资金.
pub const CARRIED_OVER: &str = "carried_over";

impl Project {
    /// 上年结转: the row of funds that came over from the year before; `None` where the form has none.
    pub fn carried_over_row(&self) -> Option<&FundRow> {
        let by_key = self.funds.iter().find(|row| row.key == CARRIED_OVER);
        let is_named = |row: &FundRow| row.short_name().starts_with("上年结转");
        by_key
            .or_else(|| self.funds.iter().find(|row| is_named(row)))
            .map(|row| &**row)
    }

    /// What forms of the same project share over the years: the code, and name with unit, years in them left out. In the order
    /// in which they tell: the code first.
    pub fn kinship(&self) -> Vec<String> {
        /// A code has so many letters and digits at least; shorter ones are running numbers.
        const SHORTEST_CODE: usize = 4;
        let code = squeezed(self.header(header::PROJECT_CODE));
        let length = code.chars().filter(|c| c.is_alphanumeric()).count();
        let is_code = length >= SHORTEST_CODE && code.chars().any(|c| c.is_ascii_digit());
        let name = without_years(&squeezed(self.name()));
        let unit = [header::UNIT, header::DEPARTMENT]
            .into_iter()
            .map(|key| squeezed(self.header(key)))
            .find(|unit| !unit.is_empty());
        let by_code = is_code.then(|| format!("code {code}"));
        let by_name =
            (!name.is_empty()).then(|| format!("name {name} {}", unit.unwrap_or_default()));
        by_code.into_iter().chain(by_name).collect()
    }
}

/// A name without the years in it: "2020年度干部培训" and "2021年度干部培训" are one project's.
fn without_years(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut kept = String::with_capacity(name.len());
    let mut at = 0;
    while at < chars.len() {
        let digits = chars[at..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .count();
        let is_year = digits == 4 && matches!(chars[at..], ['1', '9', ..] | ['2', '0', ..]);
        if is_year {
            at += 4;
            at += usize::from(chars.get(at) == Some(&'年'));
            at += usize::from(chars.get(at) == Some(&'度'));
        } else {
            kept.extend(&chars[at..at + digits.max(1)]);
            at += digits.max(1);
        }
    }
    kept
}

impl Document {
    /// The form of the year before among the projects: the one that the project's record was taken from or that it was copied
    /// from, else the only one of the same code, else of the same name and unit. A form of any other year is none.
    pub fn form_of_last_year(&self, project: &Project) -> Option<&std::sync::Arc<Project>> {
        let year = project.year()?.checked_sub(1)?;
        let is_before = |other: &Project| other.id != project.id && other.year() == Some(year);
        let recorded = project.last_year.as_ref().and_then(|last| last.project);
        let origin = [recorded, project.copied_from].into_iter().flatten();
        let mut found = origin.filter_map(|id| self.project(id));
        if let Some(found) = found.find(|other| is_before(other)) {
            return Some(found);
        }
        let candidates: Vec<_> = self
            .projects
            .iter()
            .filter(|other| is_before(other))
            .map(|other| (other, other.kinship()))
            .collect();
        project.kinship().iter().find_map(|key| {
            let mut kin = candidates.iter().filter(|(_, keys)| keys.contains(key));
            let (found, _) = kin.next()?;
            kin.next().is_none().then_some(*found)
        })
    }

    /// What is known of the year before: what its form says now where that is in the document, else what is on record. A record
    /// that was taken from elsewhere stands before a form that merely has the same name.
    ///
    /// `edition` gives the edition of a project, where it is at hand.
    pub fn last_year(
        &self,
        project: &Project,
        edition: &dyn Fn(&Project) -> Option<std::sync::Arc<Edition>>,
    ) -> Option<LastYear> {
        let record = project.last_year.as_ref();
        let form = self.form_of_last_year(project);
        let form = form.filter(|form| record.is_none_or(|record| record.project == Some(form.id)));
        match form {
            Some(form) => Some(LastYear::of(form, edition(form).as_deref(), HERE)),
            None => record.cloned(),
        }
    }
}

/// The source of what the document itself has.
pub const HERE: &str = "本文件";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_a_name_do_not_tell_projects_apart() {
        for (name, plain) in [
            ("2020年度干部培训", "干部培训"),
            ("干部培训（2021年）", "干部培训（）"),
            ("3号桥改造", "3号桥改造"),
            ("20201号楼", "20201号楼"),
            ("1800项", "1800项"),
        ] {
            assert_eq!(without_years(name), plain, "{name}");
        }
    }
}
