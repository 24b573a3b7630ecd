//! `summary` and `report`: one file over many documents.

use std::path::Path;

use super::{Order, targets::Targets};
use crate::{
    cli::{Answer, arguments::SummaryArguments, content, workspace::Workspace},
    session::export::{What, documents::Wanted},
};

/// Writes the 汇总表 over all documents: a workbook, or a PDF where the output is called so.
pub fn summarise(arguments: &SummaryArguments) -> Answer {
    let is_pdf = |out: &Path| {
        let ending = out.extension();
        ending.is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"))
    };
    let what = match is_pdf(&arguments.out) {
        true => What::SummaryPdf,
        false => What::Summary,
    };
    over_all(arguments, what, "没有汇总")
}

/// Writes the 绩效自评报告 on all documents.
pub fn report(arguments: &SummaryArguments) -> Answer {
    over_all(arguments, What::Report, "没有写入报告")
}

fn over_all(arguments: &SummaryArguments, what: What, undone: &str) -> Answer {
    let workspace = Workspace::new();
    let targets = Targets::parse(&arguments.out, &what, workspace.environment().fs())?;
    let in_force = workspace.in_force(&arguments.judge)?;
    let wanted = Wanted {
        filter: arguments.project.as_deref(),
        findings: true,
        in_force: &in_force,
        undone,
    };
    let gathered = content::gather(&workspace, &arguments.inputs, wanted);
    let order = Order {
        what,
        targets,
        face: arguments.font,
        overwrites: arguments.overwrite,
    };
    order.carry_out(&workspace, gathered)
}
