//! `editions`: the editions at hand.

use std::fmt::Write as _;

use serde::Serialize;

use super::{one_line::one_line, workspace::Workspace};
use crate::model::edition::{EditionStatus, Years};

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
            "{}  {}\n    {} · {} · 金额单位 {} · {status}\n    {}\n",
            one_line(edition.id),
            one_line(edition.name),
            one_line(edition.region),
            years(edition.years),
            edition.money_unit,
            one_line(edition.source)
        );
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
