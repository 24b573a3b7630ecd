//! 同名指标汇总: the same indicator over several projects. Absolute values are added up; rates, and costs of a single piece, are
//! weighted by the projects' 全年预算数; what was reached is put together first and then scored (湖北 prints this under its form).

mod gather;
mod joined;

use std::collections::BTreeSet;

use gather::{Class, Heading, Way};
use joined::Joined;

use crate::summary::{
    facts::Facts,
    table::{Filled, Table, Value},
};

struct Row<'a> {
    heading: Heading<'a>,
    class: Class<'a>,
    joined: Joined,
}

/// The table: the indicators that at least two projects have under the same captions, in the order in which they come first.
pub(super) fn table(facts: &[Facts<'_>]) -> Table {
    let columns: Vec<Filled<Row<'_>>> = vec![
        Filled("year", "年度", 4, |one| {
            Value::number(one.heading.year.map(Into::into))
        }),
        Filled("section", "一级指标", 7, |one| {
            Value::text(one.heading.section)
        }),
        Filled("group", "二级指标", 7, |one| {
            Value::text(one.heading.group)
        }),
        Filled("name", "三级指标", 16, |one| {
            Value::text(one.heading.name)
        }),
        Filled("projects", "项目数", 4, |one| {
            Value::Count(one.class.projects.len())
        }),
        Filled("units", "单位数", 4, |one| {
            Value::Count(one.class.units.len())
        }),
        Filled("way", "汇总方法", 8, |one| {
            Value::text(match one.class.way {
                Way::Added => "直接相加",
                Way::Weighted => "按预算数加权平均",
                Way::None(_) => "不能汇总",
            })
        }),
        Filled("taken_in", "计入行数", 4, |one| {
            Value::Count(one.class.members.len())
        }),
        Filled("operator", "计算符号", 4, |one| {
            Value::text(
                one.joined
                    .comparator
                    .map_or("", |comparator| comparator.sign()),
            )
        }),
        Filled("target", "指标值", 7, |one| {
            Value::number(one.joined.target)
        }),
        Filled("actual", "完成值", 7, |one| {
            Value::number(one.joined.actual)
        }),
        Filled("measure_unit", "单位", 4, |one| {
            Value::text(one.class.unit)
        }),
        Filled("completion", "完成值÷指标值", 5, |one| {
            Value::share(one.joined.completion)
        }),
        Filled("verdict", "是否达成", 5, |one| {
            Value::text(one.joined.verdict)
        }),
        Filled("weight", "分值", 4, |one| {
            Value::number(one.joined.weight)
        }),
        Filled("score_computed", "得分（测算）", 4, |one| {
            Value::number(one.joined.score)
        }),
        Filled("remark", "说明", 24, |one| Value::text(one.remark())),
    ];
    let rows = gather::classes(facts)
        .into_iter()
        .filter(|(_, class)| class.projects.len() > 1)
        .map(|(heading, class)| Row {
            joined: joined::joined(&heading, &class),
            heading,
            class,
        });
    Table::of("same_indicators", "同名指标汇总", &columns, rows)
}

impl Row<'_> {
    fn remark(&self) -> String {
        let mut said: Vec<String> = Vec::new();
        if let Way::None(why) = self.class.way {
            said.push(why.to_owned());
        }
        for (why, rows) in &self.class.left_out {
            said.push(format!("{rows} 行{why}，没有计入"));
        }
        let editions = self.class.members.iter().map(|member| &member.edition.id);
        if editions.collect::<BTreeSet<_>>().len() > 1
            && self.joined.score.is_some()
            && let Some(first) = self.class.members.first()
        {
            said.push(format!(
                "各项目表样不同，得分按“{}”测算",
                first.edition.name
            ));
        }
        said.extend(
            self.joined
                .remarks
                .iter()
                .map(|remark| (*remark).to_owned()),
        );
        said.join("；")
    }
}
