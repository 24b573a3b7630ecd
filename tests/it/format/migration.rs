//! The mechanism of migration, shown with an invented history: the format itself has only one version so far.

use jiping::{
    model::id::CountedIds,
    store::{
        format::{Opened, VERSION, read_with},
        format_error::FormatError,
        migrate::{History, Migration},
    },
};
use serde_json::{Value, json};

/// 1 → 2 renames a field; 2 → 3 makes a number a text, and knows what it cannot do.
const INVENTED: &[Migration] = &[
    |document| {
        let projects = document["projects"].as_array_mut().ok_or("缺少项目列表")?;
        for project in projects {
            let fields = project.as_object_mut().ok_or("项目不是对象")?;
            if let Some(header) = fields.remove("head") {
                fields.insert("header".into(), header);
            }
        }
        Ok(())
    },
    |document| {
        for project in document["projects"].as_array_mut().ok_or("缺少项目列表")? {
            let year = project["header"]["year"].as_u64().ok_or("年度不是数字")?;
            project["header"]["year"] = json!(format!("{year}年"));
        }
        Ok(())
    },
];

fn open(version: u32, project: Value, document_first: bool) -> Result<Opened, FormatError> {
    let body = json!({ "id": "0000000000000001", "projects": [project] });
    let text = if document_first {
        format!(r#"{{"document": {body}, "version": {version}, "format": "jiping"}}"#)
    } else {
        format!(r#"{{"format": "jiping", "version": {version}, "document": {body}}}"#)
    };
    read_with(
        text.as_bytes(),
        &mut CountedIds(0xF000),
        History::new(INVENTED),
    )
}

#[test]
fn every_older_version_is_brought_up_step_by_step() {
    const ID: &str = "0000000000000002";
    for document_first in [false, true] {
        for (version, project) in [
            (1, json!({ "id": ID, "head": { "year": 2020 } })),
            (2, json!({ "id": ID, "header": { "year": 2020 } })),
            (3, json!({ "id": ID, "header": { "year": "2020年" } })),
        ] {
            let opened = open(version, project, document_first).expect("a known version");
            let project = opened.document.projects.first().expect("one");
            assert_eq!(project.header("year"), "2020年");
            assert_eq!(
                opened.report.migrated_from,
                (version < 3).then_some(version)
            );
        }
    }
}

#[test]
fn an_older_file_that_does_not_hold_what_it_should_is_refused() {
    let wrong = json!({ "id": "0000000000000002", "header": { "year": "二〇二〇" } });
    let error = open(2, wrong, false).expect_err("no year");
    assert_eq!(
        error.to_string(),
        "此文件由旧版本的绩评创建（格式 2），升级时出错：年度不是数字。没有读入任何内容，文件没有改动。请打开最近的备份，或请对方重新发送。"
    );
    let no_id = json!({ "header": { "year": 2020 } });
    let error = open(2, no_id, false).expect_err("no id");
    assert!(error.to_string().contains("缺少字段 id"), "{error}");
}

#[test]
fn a_version_beyond_the_history_is_refused() {
    let error = open(4, json!({}), false).expect_err("newer");
    assert_eq!(
        error,
        FormatError::Newer {
            found: 4,
            supported: 3
        }
    );
    assert_eq!(VERSION, 1);
}

#[test]
fn the_report_says_that_older_programs_will_not_open_the_file_any_more() {
    let project = json!({ "id": "0000000000000002", "head": { "year": 2020 } });
    let report = open(1, project, false).expect("version 1").report;
    let sentence = &report.sentences()[0];
    assert!(
        sentence.starts_with("文件由旧版本的绩评创建（格式 1）"),
        "{sentence}"
    );
}
