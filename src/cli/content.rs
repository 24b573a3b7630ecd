//! What of files is printed, on paper or into files.

use std::path::PathBuf;

use super::{
    arguments::ContentArguments,
    progress::Progress,
    workspace::{Workspace, no_project, tell},
};
use crate::{
    session::{
        export::documents::{self, Gathered, Wanted},
        one_line::one_line,
        print::Copy,
    },
    sheet::review::ReviewOptions,
};

/// What the arguments ask to be printed. `undone` says what then has not happened: "没有生成文件".
///
/// # Errors
///
/// Options that do not go together, in words.
pub fn copy_of(arguments: &ContentArguments, undone: &str) -> Result<Copy, String> {
    if arguments.monitoring {
        return match arguments.review
            || arguments.charts
            || arguments.mark.is_some()
            || arguments.working_paper
        {
            false => Ok(Copy::Monitoring),
            true => Err(format!(
                "监控表不附校验意见、图表和标记，也不是复核底稿，{undone}。请去掉 --review、--charts、--mark 和 --working-paper，或去掉 --monitoring。"
            )),
        };
    }
    if arguments.working_paper {
        return match arguments.review || arguments.charts || arguments.mark.is_some() {
            false => Ok(Copy::WorkingPaper),
            true => Err(format!(
                "复核底稿不附校验意见、图表和标记，{undone}。请去掉 --review、--charts 和 --mark；要审阅稿请去掉 --working-paper。"
            )),
        };
    }
    if arguments.charts && !arguments.review {
        return Err(format!(
            "正式打印的表后不附图表，{undone}。要打印带图表的审阅稿，请加上 --review；否则请去掉 --charts。"
        ));
    }
    match (arguments.review, arguments.mark) {
        (true, mark) => {
            let options = ReviewOptions {
                charts: arguments.charts,
                ..ReviewOptions::default()
            };
            Ok(Copy::Review(mark.unwrap_or_default(), options))
        }
        (false, None) => Ok(Copy::Official),
        (false, Some(mark)) => Err(format!(
            "正式打印的表上不印“{}”等标记，{undone}。要打印带标记的审阅稿，请加上 --review；否则请去掉 --mark。",
            mark.words()
        )),
    }
}

/// Opens the documents that paths name, folders with all in them. What cannot be read does not keep the rest from it. What a
/// person should know of the files is told on the error output.
pub fn gather(workspace: &Workspace, paths: &[PathBuf], wanted: Wanted<'_>) -> Gathered {
    let found = documents::below(workspace.environment(), paths, &|| false);
    let progress = Progress::new("读取", found.files.len());
    let mut gathered = documents::gather(workspace.shared(), &found.files, wanted, &progress);
    progress.finish();
    gathered.notes.iter().for_each(|note| tell(note));
    gathered
        .problems
        .extend(found.passed_over.iter().map(|said| one_line(said)));
    if gathered.items.is_empty() && gathered.problems.is_empty() {
        gathered.problems.push(match found.files.is_empty() {
            true => format!(
                "文件夹中没有绩评文件（*.jiping 或 *.json），{}。请核对文件夹。",
                wanted.undone
            ),
            false => no_project(wanted.filter),
        });
    }
    gathered
}
