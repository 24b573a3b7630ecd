//! 进度: where every project stands in the year, and by when what is due.

use jiff::civil::Date;

use super::table::{Column, Filled, Table, Value};
use crate::model::{
    deadlines::Urgency,
    project::{Project, Stage, header},
    typed::trim,
};

/// The keys of the columns of deadlines, in the order of the stages.
const STAGE_KEYS: [&str; 8] = [
    "due_targets",
    "due_adjustment",
    "due_monitoring",
    "due_self_evaluation",
    "due_submitted",
    "due_returned",
    "due_final",
    "due_published",
];

struct Row<'a>(usize, &'a Project, Date);

/// The table: a row for each project in order, with a column for each stage that has a deadline somewhere. Dates that can be
/// read are written as 2021-03-31, others as typed.
pub fn table<'a>(projects: impl Iterator<Item = &'a Project> + Clone, today: Date) -> Table {
    let columns: Vec<Filled<Row<'a>>> = vec![
        Filled("number", "序号", 3, |one| Value::Count(one.0)),
        Filled("project_name", "项目名称", 16, |one| {
            Value::text(one.1.shown_name())
        }),
        Filled("unit", "实施单位", 10, |one| {
            Value::text(trim(one.1.header(header::UNIT)))
        }),
        Filled("year", "年度", 4, |one| {
            Value::text(trim(one.1.header(header::YEAR)))
        }),
        Filled("stage", "现阶段", 4, |one| {
            Value::text(one.1.stage.to_string())
        }),
        Filled("next", "下一期限", 5, |one| {
            let due = one.1.next_due();
            Value::text(due.map_or_else(String::new, |due| due.deadline.stage.to_string()))
        }),
        Filled("due", "到期日", 6, |one| {
            let due = one.1.next_due();
            Value::text(due.map_or_else(String::new, |due| due.day.to_string()))
        }),
        Filled("left", "剩余", 6, |one| {
            let due = one.1.next_due();
            Value::text(due.map_or_else(String::new, |due| due.in_words(one.2)))
        }),
        Filled("remark", "期限备注", 10, |one| {
            let due = one.1.next_due();
            Value::text(due.map_or("", |due| trim(&due.deadline.remark)))
        }),
    ];
    let rows = projects.clone().zip(1..);
    let mut table = Table::of(
        "progress",
        "进度",
        &columns,
        rows.map(|(project, number)| Row(number, project, today)),
    );
    for (stage, key) in Stage::ALL.into_iter().zip(STAGE_KEYS) {
        if projects.clone().all(|one| one.deadline(stage).is_none()) {
            continue;
        }
        table.columns.push(Column {
            key,
            caption: format!("{stage}期限"),
            width: 6,
        });
        for (row, project) in table.rows.iter_mut().zip(projects.clone()) {
            row.push(Value::text(day_in_words(project, stage)));
        }
    }
    table
}

/// The deadline of a stage as tables show it; empty where there is none.
pub fn day_in_words(project: &Project, stage: Stage) -> String {
    let Some(deadline) = project.deadline(stage) else {
        return String::new();
    };
    match deadline.day(project.year()) {
        Some(day) => day.to_string(),
        None => trim(&deadline.date).to_owned(),
    }
}

/// How many projects are overdue.
pub(super) fn overdue<'a>(projects: impl Iterator<Item = &'a Project>, today: Date) -> usize {
    let is_overdue = |project: &&Project| {
        let due = project.next_due();
        due.is_some_and(|due| due.urgency(today) == Urgency::Overdue)
    };
    projects.filter(is_overdue).count()
}
