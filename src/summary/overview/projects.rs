//! 项目一览: a row for each project.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{figure::MoneyUnit::TenThousandYuan, policy::Severity, project::header},
    rules::checker::Verdict,
    score::ExecutionRate,
    summary::{
        facts::{Facts, share_of},
        table::{Column, Filled, Table, Value},
    },
};

type Row<'f, 'a> = (usize, &'f Facts<'a>);

/// The table.
pub(super) fn table(facts: &[Facts<'_>]) -> Table {
    let columns: Vec<Filled<Row<'_, '_>>> = vec![
        Filled("number", "序号", 3, |one| Value::Count(one.0)),
        Filled("department", "主管部门", 8, |one| {
            Value::text(one.1.header(header::DEPARTMENT))
        }),
        Filled("unit", "实施单位", 8, |one| {
            Value::text(one.1.header(header::UNIT))
        }),
        Filled("project_name", "项目名称", 14, |one| {
            Value::text(one.1.name())
        }),
        Filled("year", "年度", 4, |one| {
            Value::text(one.1.header(header::YEAR))
        }),
        Filled("budget_wan", "预算数（万元）", 6, |one| {
            Value::number(one.1.budget(TenThousandYuan))
        }),
        Filled("executed_wan", "执行数（万元）", 6, |one| {
            Value::number(one.1.executed(TenThousandYuan))
        }),
        Filled("rate_stated", "执行率（填报）", 4, stated_rate),
        Filled("rate_computed", "执行率（测算）", 4, |one| {
            Value::computed(one.1.rate())
        }),
        Filled("weight_total", "分值合计", 4, |one| {
            let weight = &one.1.score.total.weight;
            Value::number((weight.count > 0).then_some(weight.value))
        }),
        Filled("score_stated", "总分（填报）", 4, |one| {
            let cell = &one.1.project.stated.total_score;
            cell.number()
                .map_or(Value::text(cell.text().trim()), Value::Number)
        }),
        Filled("score_sum", "得分合计", 4, |one| {
            let filed = &one.1.score.total.filed;
            Value::number((filed.count > 0).then_some(filed.value))
        }),
        Filled("score_computed", "总分（测算）", 4, |one| {
            Value::number(one.1.score.total.computed)
        }),
        Filled("rating_stated", "等级（填报）", 4, |one| {
            Value::text(one.1.project.stated.rating.text().trim())
        }),
        Filled("rating_by_score", "等级（按总分）", 4, |one| {
            Value::text(
                one.1
                    .score
                    .total
                    .rating
                    .map_or(String::new(), |rating| rating.to_string()),
            )
        }),
        Filled("verdict", "校验结论", 8, |one| {
            Value::text(Verdict::of([&*one.1.subject.findings]).to_string())
        }),
        Filled("errors", "错误", 3, |one| level(one.1, Severity::Error)),
        Filled("warnings", "警告", 3, |one| {
            level(one.1, Severity::Warning)
        }),
        Filled("hints", "提示", 3, |one| level(one.1, Severity::Hint)),
        Filled("remark", "说明", 8, |one| Value::text(remark(one.1))),
        Filled("project_code", "项目编码", 8, |one| {
            Value::text(one.1.header(header::PROJECT_CODE))
        }),
        Filled("edition", "表样", 16, |one| {
            Value::text(&one.1.edition.name)
        }),
        Filled("file", "文件", 14, |one| Value::text(&one.1.subject.file)),
    ];
    let mut table = Table::of("projects", "项目一览", &columns, (1..).zip(facts));
    add_demands(&mut table, facts);
    let sums = ["budget_wan", "executed_wan", "errors", "warnings", "hints"];
    let rate = rate_of_sums(&table, facts);
    table.totalled(&sums, vec![("rate_computed", rate)])
}

/// A column of notes 必须改 that nobody dealt with, where there are any.
fn add_demands(table: &mut Table, facts: &[Facts<'_>]) {
    if facts.iter().all(|one| one.project.open_demands() == 0) {
        return;
    }
    table.columns.push(Column {
        key: "open_demands",
        caption: "必须改的意见（未处理）".to_owned(),
        width: 5,
    });
    for (row, one) in table.rows.iter_mut().zip(facts) {
        row.push(Value::Count(one.project.open_demands()));
    }
}

/// The rate of the sums, where every project is in both of them.
fn rate_of_sums(table: &Table, facts: &[Facts<'_>]) -> Value {
    let has_both = |one: &Facts<'_>| {
        one.budget(TenThousandYuan).is_some() && one.executed(TenThousandYuan).is_some()
    };
    let sum = |key| table.column(key).map(|column| table.sum(column));
    match (sum("budget_wan"), sum("executed_wan")) {
        (Some(Value::Number(budget)), Some(Value::Number(executed)))
            if facts.iter().all(has_both) =>
        {
            Value::share(share_of(executed, budget))
        }
        _ => Value::Blank,
    }
}

fn stated_rate(one: &Row<'_, '_>) -> Value {
    let Some(cell) = one.1.stated_rate() else {
        return Value::Blank;
    };
    match cell.number() {
        Some(percent) => Value::percent(percent),
        None => Value::text(cell.text().trim()),
    }
}

fn level(one: &Facts<'_>, level: Severity) -> Value {
    let findings = &one.subject.findings;
    match findings.is_checked() {
        true => Value::Count(findings.count(level)),
        false => Value::Blank,
    }
}

/// Why something of a project is blank.
fn remark(one: &Facts<'_>) -> String {
    let mut said = Vec::new();
    if let ExecutionRate::Open(why) = one.rate() {
        said.push(why.to_owned());
    }
    if !one.subject.findings.is_checked() {
        said.push("本机没有它的表样，没有校验".to_owned());
    }
    said.join("；")
}

/// What is to be known of the projects as a whole.
pub(super) fn remarks(facts: &[Facts<'_>]) -> Vec<String> {
    if facts.is_empty() {
        return vec!["没有可以汇总的项目。".to_owned()];
    }
    let mut remarks = vec![
        "金额统一换算为万元，只移动小数点，没有四舍五入；“填报”是表上写的，“测算”是程序算的。"
            .to_owned(),
    ];
    let lacking = |amount: fn(&Facts<'_>) -> bool| facts.iter().filter(|one| amount(one)).count();
    let demands: usize = facts.iter().map(|one| one.project.open_demands()).sum();
    if demands > 0 {
        let count = lacking(|one| one.project.open_demands() > 0);
        remarks.push(format!(
            "{count} 个项目有 {demands} 条“必须改”的审核意见没有处理。"
        ));
    }
    let no_budget = lacking(|one| one.budget(TenThousandYuan).is_none());
    let no_executed = lacking(|one| one.executed(TenThousandYuan).is_none());
    for (count, amount) in [(no_budget, "预算数"), (no_executed, "执行数")] {
        if count > 0 {
            remarks.push(format!(
                "有 {count} 个项目没有可用的{amount}，没有计入{amount}合计。"
            ));
        }
    }
    let unchecked = lacking(|one| !one.subject.findings.is_checked());
    if unchecked > 0 {
        remarks.push(format!("有 {unchecked} 个项目缺少表样，没有校验。"));
    }
    remarks.extend(judged_by(facts));
    remarks.extend(repeated(facts));
    remarks
}

/// By which profiles projects were checked, each named once; nothing where it is the program's own.
fn judged_by(facts: &[Facts<'_>]) -> impl Iterator<Item = String> {
    let named: BTreeSet<&str> = facts
        .iter()
        .filter_map(|one| one.subject.findings.judged_by.in_words())
        .collect();
    named.into_iter().map(|words| format!("{words}。"))
}

/// Projects that stand in more than one place, and therefore twice in every sum.
fn repeated(facts: &[Facts<'_>]) -> Option<String> {
    /// So many are named.
    const NAMED: usize = 3;
    let mut counts = BTreeMap::new();
    for one in facts {
        let (_, count) = counts
            .entry((one.identity(), one.project.year()))
            .or_insert((one.name(), 0usize));
        *count += 1;
    }
    let names: Vec<&str> = counts
        .values()
        .filter(|(_, count)| *count > 1)
        .map(|(name, _)| *name)
        .collect();
    let named: Vec<String> = names
        .iter()
        .take(NAMED)
        .map(|name| format!("“{name}”"))
        .collect();
    (!names.is_empty()).then(|| {
        format!(
            "有 {} 个项目（同名称、同单位、同年度）出现不止一次，合计中重复计入，请核对：{}{}。",
            names.len(),
            named.join("、"),
            if names.len() > NAMED { "等" } else { "" }
        )
    })
}
