//! 部门汇总: sums by department.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_decimal::Decimal;

use crate::{
    model::{
        figure::{MoneyUnit::TenThousandYuan, Rating},
        folding::folded,
        project::header,
    },
    summary::{
        facts::{Facts, mean, share_of},
        table::{Filled, Table, Value},
    },
};

/// A sum, and how many amounts it has.
#[derive(Clone, Copy)]
struct Sum {
    /// `None` once it is too large.
    value: Option<Decimal>,
    count: usize,
}

impl Sum {
    const NOTHING: Self = Self {
        value: Some(Decimal::ZERO),
        count: 0,
    };

    fn add(&mut self, amount: Option<Decimal>) {
        if let Some(amount) = amount {
            self.value = self.value.and_then(|sum| sum.checked_add(amount));
            self.count += 1;
        }
    }

    /// The sum; nothing where nothing was added.
    fn total(self) -> Option<Decimal> {
        self.value.filter(|_| self.count > 0)
    }
}

/// What the projects of a department add up to.
struct Department<'a> {
    name: &'a str,
    units: BTreeSet<String>,
    projects: usize,
    budget: Sum,
    executed: Sum,
    /// Budget and executed amount of the projects that have both.
    of_rate: (Sum, Sum),
    scores: Sum,
    ratings: BTreeMap<Rating, usize>,
    unready: usize,
}

/// The table.
pub(super) fn table(facts: &[Facts<'_>]) -> Table {
    let columns: Vec<Filled<Department<'_>>> = vec![
        Filled("department", "主管部门", 14, |one| {
            Value::text(one.name)
        }),
        Filled("units", "单位数", 4, |one| Value::Count(one.units.len())),
        Filled("projects", "项目数", 4, |one| Value::Count(one.projects)),
        Filled("budget_wan", "预算数（万元）", 8, |one| {
            Value::number(one.budget.total())
        }),
        Filled("executed_wan", "执行数（万元）", 8, |one| {
            Value::number(one.executed.total())
        }),
        Filled("rate", "执行率", 5, |one| Value::share(one.rate())),
        Filled("mean_score", "平均分", 4, |one| {
            let sum = one.scores.total();
            Value::number(sum.and_then(|sum| mean(sum, Decimal::from(one.scores.count))))
        }),
        Filled("excellent", "优", 3, |one| one.rated(Rating::Excellent)),
        Filled("good", "良", 3, |one| one.rated(Rating::Good)),
        Filled("fair", "中", 3, |one| one.rated(Rating::Fair)),
        Filled("poor", "差", 3, |one| one.rated(Rating::Poor)),
        Filled("unrated", "未评级", 4, |one| {
            Value::Count(one.projects.saturating_sub(one.ratings.values().sum()))
        }),
        Filled("unready", "还不能报送", 4, |one| {
            Value::Count(one.unready)
        }),
        Filled("remark", "说明", 16, |one| Value::text(one.remark())),
    ];
    let mut all = Department::new("合计");
    for one in facts {
        all.add(one);
    }
    let total: Vec<(&str, Value)> = columns
        .iter()
        .map(|column| (column.0, (column.3)(&all)))
        .collect();
    Table::of("departments", "部门汇总", &columns, departments(facts)).totalled(&[], total)
}

/// The departments in the order in which they come first.
fn departments<'a>(facts: &[Facts<'a>]) -> Vec<Department<'a>> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut departments: Vec<Department<'_>> = Vec::new();
    for one in facts {
        let name = one.header(header::DEPARTMENT);
        let place = *places.entry(folded(name)).or_insert_with(|| {
            departments.push(Department::new(match name {
                "" => "（未填写主管部门）",
                name => name,
            }));
            departments.len() - 1
        });
        departments[place].add(one);
    }
    departments
}

impl<'a> Department<'a> {
    fn new(name: &'a str) -> Self {
        Self {
            name,
            units: BTreeSet::new(),
            projects: 0,
            budget: Sum::NOTHING,
            executed: Sum::NOTHING,
            of_rate: (Sum::NOTHING, Sum::NOTHING),
            scores: Sum::NOTHING,
            ratings: BTreeMap::new(),
            unready: 0,
        }
    }

    fn add(&mut self, one: &Facts<'_>) {
        let (budget, executed) = (one.budget(TenThousandYuan), one.executed(TenThousandYuan));
        self.projects += 1;
        self.units.insert(folded(one.header(header::UNIT)));
        self.budget.add(budget);
        self.executed.add(executed);
        if budget.is_some() && executed.is_some() {
            self.of_rate.0.add(budget);
            self.of_rate.1.add(executed);
        }
        self.scores.add(one.total());
        if let Some(rating) = super::ratings::rating_of(one) {
            *self.ratings.entry(rating).or_default() += 1;
        }
        let verdict = crate::rules::checker::Verdict::of([&*one.subject.findings]);
        self.unready += usize::from(!verdict.is_ready());
    }

    fn rate(&self) -> Option<Decimal> {
        share_of(self.of_rate.1.total()?, self.of_rate.0.total()?)
    }

    fn rated(&self, rating: Rating) -> Value {
        Value::Count(self.ratings.get(&rating).copied().unwrap_or_default())
    }

    fn remark(&self) -> String {
        let mut said = Vec::new();
        let without_rate = self.projects - self.of_rate.0.count;
        if without_rate > 0 {
            said.push(format!(
                "{without_rate} 个项目缺预算数或执行数，没有计入执行率"
            ));
        }
        let unscored = self.projects - self.scores.count;
        if unscored > 0 {
            said.push(format!("{unscored} 个项目没有总分，没有计入平均分"));
        }
        let sums = [self.budget, self.executed, self.scores];
        if sums.iter().any(|sum| sum.value.is_none()) {
            said.push("数值过大，无法合计".to_owned());
        }
        said.join("；")
    }
}
