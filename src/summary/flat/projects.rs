//! A row for each project.

use crate::{
    model::{figure::MoneyUnit::Yuan, policy::Severity, project::header},
    rules::checker::Verdict,
    summary::{
        facts::Facts,
        table::{Filled, Table, Value},
    },
};

type Row<'f, 'a> = &'f Facts<'a>;

/// The table `projects`.
pub(super) fn table(facts: &[Facts<'_>]) -> Table {
    let columns: Vec<Filled<Row<'_, '_>>> = vec![
        Filled("file", "文件", 16, |one| Value::text(&one.subject.file)),
        Filled("project_id", "项目标识", 10, |one| {
            Value::text(one.project.id.to_string())
        }),
        Filled("project_name", "项目名称", 18, |one| {
            Value::text(one.project.name())
        }),
        Filled("project_code", "项目编码", 10, |one| {
            head(one, header::PROJECT_CODE)
        }),
        Filled("year_text", "年度（原文）", 6, |one| {
            head(one, header::YEAR)
        }),
        Filled("year", "年度", 4, |one| {
            Value::number(one.project.year().map(rust_decimal::Decimal::from))
        }),
        Filled("department", "主管部门", 12, |one| {
            head(one, header::DEPARTMENT)
        }),
        Filled("unit", "实施单位", 12, |one| head(one, header::UNIT)),
        Filled("edition", "表样编号", 8, |one| {
            Value::text(&one.edition.id)
        }),
        Filled("edition_name", "表样", 12, |one| {
            Value::text(&one.edition.name)
        }),
        Filled("stage", "阶段", 4, |one| {
            Value::text(one.project.stage.to_string())
        }),
        Filled("money_unit", "金额单位", 4, |one| {
            Value::text(one.project.money_unit.to_string())
        }),
        Filled("budget", "预算数", 8, |one| {
            Value::number(one.budget(one.project.money_unit))
        }),
        Filled("executed", "执行数", 8, |one| {
            Value::number(one.executed(one.project.money_unit))
        }),
        Filled("budget_yuan", "预算数（元）", 9, |one| {
            Value::number(one.budget(Yuan))
        }),
        Filled("executed_yuan", "执行数（元）", 9, |one| {
            Value::number(one.executed(Yuan))
        }),
        Filled("rate_text", "执行率（原文）", 6, |one| {
            Value::text(one.stated_rate().map_or("", |cell| cell.text()))
        }),
        Filled("rate_stated", "执行率（填报）", 6, |one| {
            Value::percent(one.stated_rate().and_then(|cell| cell.number()))
        }),
        Filled("rate_computed", "执行率（测算）", 6, |one| {
            Value::computed(one.rate())
        }),
        Filled("weight_total", "分值合计", 5, |one| {
            let weight = &one.score.total.weight;
            Value::number((weight.count > 0).then_some(weight.value))
        }),
        Filled("score_text", "总分（原文）", 5, |one| {
            super::typed(&one.project.stated.total_score)
        }),
        Filled("score_stated", "总分（填报）", 5, |one| {
            Value::number(one.project.stated.total_score.number())
        }),
        Filled("score_sum", "得分合计", 5, |one| {
            let filed = &one.score.total.filed;
            Value::number((filed.count > 0).then_some(filed.value))
        }),
        Filled("score_per_hundred", "百分制折算", 5, |one| {
            Value::number(one.score.total.per_hundred)
        }),
        Filled("score_computed", "总分（测算）", 5, |one| {
            Value::number(one.score.total.computed)
        }),
        Filled("rating_text", "等级（原文）", 4, |one| {
            super::typed(&one.project.stated.rating)
        }),
        Filled("rating_stated", "等级（填报）", 4, |one| {
            Value::text(
                one.project
                    .stated
                    .rating
                    .value()
                    .map_or(String::new(), ToString::to_string),
            )
        }),
        Filled("rating_by_score", "等级（按总分）", 4, |one| {
            Value::text(
                one.score
                    .total
                    .rating
                    .map_or(String::new(), |rating| rating.to_string()),
            )
        }),
        Filled("is_checked", "已校验", 4, |one| {
            Value::Flag(one.subject.findings.is_checked())
        }),
        Filled("is_ready", "可以报送", 4, |one| {
            Value::Flag(Verdict::of([&*one.subject.findings]).is_ready())
        }),
        Filled("verdict", "结论", 12, |one| {
            Value::text(Verdict::of([&*one.subject.findings]).to_string())
        }),
        Filled("errors", "错误", 3, |one| level(one, Severity::Error)),
        Filled("warnings", "警告", 3, |one| level(one, Severity::Warning)),
        Filled("hints", "提示", 3, |one| level(one, Severity::Hint)),
    ];
    Table::of("projects", "项目", &columns, facts)
}

fn head(one: &Row<'_, '_>, key: &str) -> Value {
    Value::text(one.project.header(key))
}

fn level(one: &Row<'_, '_>, level: Severity) -> Value {
    Value::Count(one.subject.findings.count(level))
}
