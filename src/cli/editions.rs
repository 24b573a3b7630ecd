//! `editions`: the editions at hand; one checked, added, or written as a file.

use std::{fmt::Write as _, path::Path, sync::Arc};

use serde::Serialize;

use super::{
    Answer, CLEAN, FINDINGS,
    arguments::{EditionsArguments, Format},
    clean, json,
    one_line::one_line,
    workspace::Workspace,
};
use crate::{
    model::{
        edition::{EditionStatus, Years},
        project::EditionRef,
    },
    session::own_editions::text_of,
    store::error::shown,
};

/// What the arguments ask for.
pub fn answer(arguments: &EditionsArguments) -> Answer {
    let workspace = Workspace::new();
    if let Some(path) = &arguments.check {
        return check(&workspace, path);
    }
    if let Some(path) = &arguments.add {
        return add(&workspace, path).map(clean);
    }
    if let (Some(id), Some(out)) = (&arguments.export, &arguments.out) {
        return export(&workspace, id, out).map(clean);
    }
    Ok(clean(match arguments.format {
        Format::Text => as_text(&workspace),
        Format::Json => json(&as_json(&workspace)),
    }))
}

/// Says what is wrong with an edition's file, or that nothing is.
fn check(workspace: &Workspace, path: &Path) -> Answer {
    match workspace.environment().read_edition(path) {
        Ok(edition) => {
            let mut text = format!("{}：没有问题\n", one_line(&edition.name));
            write_gaps(&mut text, &edition.gaps);
            Ok((text, CLEAN))
        }
        // A file that is not there is no finding about an edition.
        Err(problem) if workspace.environment().fs().info(path).is_err() => Err(problem),
        Err(problem) => Ok((format!("{problem}\n"), FINDINGS)),
    }
}

fn add(workspace: &Workspace, path: &Path) -> Result<String, String> {
    let environment = workspace.environment();
    let edition = Arc::new(environment.read_edition(path)?);
    let known = workspace.editions();
    if let Some(own) = known.user(&edition.id)
        && *own.hash != *edition.hash()
    {
        return Err(format!(
            "没有添加：本机已有编号为“{}”、内容不同的表样“{}”。请先在表样管理中删除它，或换一个编号。文件：{}",
            one_line(&edition.id),
            one_line(&own.edition.name),
            shown(path)
        ));
    }
    environment.put_edition(&edition)?;
    Ok(format!(
        "已添加表样 {}  {}\n",
        one_line(&edition.id),
        one_line(&edition.name)
    ))
}

fn export(workspace: &Workspace, id: &str, out: &Path) -> Result<String, String> {
    let reference = EditionRef {
        id: id.to_owned(),
        hash: String::new(),
        unknown: Default::default(),
    };
    let found = workspace.editions().get(&reference).ok_or_else(|| {
        let id = one_line(id);
        format!("没有编号为“{id}”的表样，没有生成文件。可用的表样见 jiping-cli editions")
    })?;
    let text = text_of(&found.edition);
    let written = workspace
        .environment()
        .saver()
        .write_new(out, text.as_bytes());
    written.map_err(|error| one_line(&error.to_string()))?;
    Ok(format!("{}\n", shown(out)))
}

/// What is not known of an edition, a line each.
fn write_gaps(text: &mut String, gaps: &[String]) {
    for gap in gaps {
        let _ = writeln!(text, "    未核对：{}", one_line(gap));
    }
}

/// An edition for programs.
#[derive(Debug, Serialize)]
pub struct EditionOutput<'a> {
    id: &'a str,
    hash: &'a str,
    name: &'a str,
    region: &'a str,
    years: Years,
    status: EditionStatus,
    money_unit: String,
    source: &'a str,
    gaps: &'a [String],
}

/// The editions for programs.
pub fn as_json(workspace: &Workspace) -> Vec<EditionOutput<'_>> {
    workspace
        .editions()
        .list()
        .iter()
        .map(|shelved| EditionOutput {
            id: &shelved.edition.id,
            hash: &shelved.hash,
            name: &shelved.edition.name,
            region: &shelved.edition.region,
            years: shelved.edition.years,
            status: shelved.edition.status,
            money_unit: shelved.edition.money_unit.to_string(),
            source: &shelved.edition.source,
            gaps: &shelved.edition.gaps,
        })
        .collect()
}

/// The editions as text for people.
pub fn as_text(workspace: &Workspace) -> String {
    let mut text = String::new();
    for edition in as_json(workspace) {
        let status = edition.status;
        let _ = writeln!(
            text,
            "{}  {}\n    {} · {} · 金额单位 {} · {status}\n    {}",
            one_line(edition.id),
            one_line(edition.name),
            one_line(edition.region),
            years(edition.years),
            edition.money_unit,
            one_line(edition.source)
        );
        write_gaps(&mut text, edition.gaps);
        text.push('\n');
    }
    text
}

fn years(years: Years) -> String {
    match (years.from, years.to) {
        (Some(from), Some(to)) if from == to => format!("{from}年"),
        (Some(from), Some(to)) => format!("{from}–{to}年"),
        (Some(from), None) => format!("{from}年起"),
        (None, Some(to)) => format!("{to}年及以前"),
        (None, None) => "年份不限".into(),
    }
}
