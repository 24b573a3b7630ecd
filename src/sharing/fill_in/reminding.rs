//! What was given out and is not back: as a table, and as a text to send.

use jiff::civil::Date;

use crate::{
    model::{
        document::Document,
        project::Project,
        sending::{Sending, SendingState},
        typed::trim,
    },
    summary::table::{Column, Table, Value},
};

/// The names of the projects that were given out, as far as they are still there.
pub fn project_names(document: &Document, sending: &Sending) -> Vec<String> {
    let projects = sending
        .projects
        .iter()
        .filter_map(|id| document.project(*id));
    projects
        .map(|project| Project::shown_name(project).to_owned())
        .collect()
}

/// Whether nobody has returned it.
pub fn is_out(sending: &Sending) -> bool {
    sending.returns.is_empty()
}

/// The text that reminds of a form that is not back.
pub fn reminder(document: &Document, sending: &Sending, today: Date) -> String {
    let names = project_names(document, sending);
    let projects = match names.as_slice() {
        [] => String::new(),
        [only] => format!("“{only}”"),
        [first, ..] => format!("“{first}”等 {} 个项目", names.len()),
    };
    let to = match trim(&sending.to) {
        "" => String::new(),
        to => format!("{to}：\n"),
    };
    let day = sending.time.get(..10).unwrap_or(&sending.time);
    let due = match (trim(&sending.due), sending.state(today)) {
        ("", _) => String::new(),
        (due, SendingState::Overdue(days)) => {
            format!("，请于 {due} 前交回，现已过期 {days} 天")
        }
        (due, _) => format!("，请于 {due} 前交回"),
    };
    format!(
        "{to}{day} 发给你单位的绩效自评填报表（{projects}，文件“{}”）{due}。目前还没有收到，请填好浅黄色的格子后发回。谢谢！",
        sending.file
    )
}

/// The list of what was given out, for a workbook.
pub fn table(document: &Document, today: Date) -> Table {
    let columns = [
        ("number", "序号", 3),
        ("to", "发给", 12),
        ("projects", "项目", 24),
        ("file", "文件", 16),
        ("sent", "发出时间", 8),
        ("due", "应交回", 6),
        ("state", "状态", 8),
        ("returned", "收回时间", 8),
        ("taken", "收回内容", 10),
    ];
    let rows = document
        .sendings
        .iter()
        .enumerate()
        .map(|(index, sending)| {
            let last = sending.returns.last();
            vec![
                Value::Count(index + 1),
                Value::Text(sending.to.clone()),
                Value::Text(project_names(document, sending).join("、")),
                Value::Text(sending.file.clone()),
                Value::Text(sending.time.clone()),
                Value::Text(sending.due.clone()),
                Value::Text(sending.state(today).to_string()),
                Value::Text(last.map_or_else(String::new, |last| last.time.clone())),
                Value::Text(last.map_or_else(String::new, |last| last.taken.to_string())),
            ]
        });
    Table {
        key: "sendings",
        name: "填报表收发",
        columns: columns
            .into_iter()
            .map(|(key, caption, width)| Column {
                key,
                caption: caption.to_owned(),
                width,
            })
            .collect(),
        rows: rows.collect(),
        totals: None,
    }
}
