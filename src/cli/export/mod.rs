//! `export`: forms on paper and as pictures.

mod naming;
mod printing;
mod targets;

use std::{
    collections::HashSet,
    fmt::Write as _,
    ops::Range,
    path::{Path, PathBuf},
};

use super::{
    Answer, CLEAN,
    arguments::{ExportArguments, To},
    content::{self, Gathered, Item, Kind, notices},
    print,
    workspace::{Workspace, tell},
};
use crate::{model::project::Project, store::Fs};
use naming::{FileName, Values};
use printing::{Printed, Printer};
use targets::{Targets, told};

/// The most old pages told by name.
const FEW: usize = 5;

/// What is printed together.
struct Output {
    name: FileName,
    items: Range<usize>,
}

/// Prints what the arguments ask for and says which files there are now.
pub fn export_files(arguments: &ExportArguments) -> Answer {
    let kind = kind_of(arguments)?;
    let workspace = Workspace::new();
    let fs = workspace.environment().fs();
    let targets = Targets::parse(&arguments.out, arguments.to, fs)?;
    let Gathered {
        items,
        mut problems,
    } = content::gather(&workspace, &arguments.files, &arguments.content, "没有导出");
    if items.is_empty() {
        return Err(problems.join("\n"));
    }
    let outputs = outputs(&targets, &items);
    let names: Vec<&FileName> = outputs.iter().map(|output| &output.name).collect();
    let sources: Vec<&Path> = arguments.files.iter().map(PathBuf::as_path).collect();
    let refused = targets.refuse_taken(&names, &sources, arguments.overwrite, fs);
    if let Err(problem) = refused {
        problems.push(problem);
        return Err(problems.join("\n"));
    }
    let printer = Printer::new(workspace.environment(), &targets, &items, kind, arguments);
    let printed = printer.print(&outputs);
    let notices = printed.iter().flatten().map(|one| &one.notices);
    notices::tell_all(notices, arguments.content.font);
    tell_stale(&stale(&targets, &outputs, &printed, fs));
    let text = written(&printed);
    problems.extend(unwritten(&targets, &outputs, &printed));
    if problems.is_empty() {
        return Ok((text, CLEAN));
    }
    print(&text)?;
    Err(problems.join("\n"))
}

/// What is to be printed.
///
/// # Errors
///
/// Options that do not go together, in words.
fn kind_of(arguments: &ExportArguments) -> Result<Kind, String> {
    if arguments.scale.is_some() && arguments.to == To::Pdf {
        return Err(
            "--scale 只用于图片，没有生成文件。PDF 放大后同样清晰，请去掉 --scale。".into(),
        );
    }
    Kind::of(&arguments.content, "没有生成文件")
}

/// All together, or each by itself.
fn outputs(targets: &Targets, items: &[Item]) -> Vec<Output> {
    if !targets.is_for_each() {
        let names = targets.names([Values::default()]);
        let all = |name| Output {
            name,
            items: 0..items.len(),
        };
        return names.into_iter().map(all).collect();
    }
    let years: Vec<String> = items.iter().map(|item| year(&item.project)).collect();
    let files: Vec<String> = items.iter().map(|item| item.source.stem()).collect();
    let values = items.iter().enumerate().map(|(index, item)| Values {
        name: item.project.name(),
        year: &years[index],
        file: &files[index],
        number: index + 1,
        of: items.len(),
    });
    let names = targets.names(values).into_iter().enumerate();
    names
        .map(|(index, name)| Output {
            name,
            items: index..index + 1,
        })
        .collect()
}

/// The year as four digits, or whatever was typed.
fn year(project: &Project) -> String {
    use crate::model::project::header::YEAR;
    let typed = || project.header(YEAR).to_owned();
    project.year().map_or_else(typed, |year| year.to_string())
}

/// Tells which pages of earlier prints are still there.
fn tell_stale(paths: &[PathBuf]) {
    if paths.is_empty() {
        return;
    }
    let shown: Vec<String> = paths.iter().take(FEW).map(|path| told(path)).collect();
    let count = match paths.len() {
        all @ 0..=FEW => format!("共 {all} 个文件"),
        all => format!("等 {all} 个文件"),
    };
    tell(&format!(
        "以下是以前输出的旧页，没有删除，请核对后自行删除（{count}）：{}",
        shown.join("、")
    ));
}

/// Pages of earlier, longer prints of what was written now.
fn stale(
    targets: &Targets,
    outputs: &[Output],
    printed: &[Option<Printed>],
    fs: &dyn Fs,
) -> Vec<PathBuf> {
    let mut names = Vec::new();
    let mut written = HashSet::new();
    for (output, printed) in outputs.iter().zip(printed) {
        let files = printed.iter().flat_map(|one| &one.written);
        let before = written.len();
        written.extend(files.map(|file| file.path.as_path()));
        if written.len() > before {
            names.push(&output.name);
        }
    }
    targets.left_over(&names, &written, fs)
}

/// The files that were written, one line each.
fn written(printed: &[Option<Printed>]) -> String {
    let mut text = String::new();
    for file in printed.iter().flatten().flat_map(|one| &one.written) {
        let _ = writeln!(text, "{}  {}", told(&file.path), file.pages);
    }
    text
}

/// What was not written, and why.
fn unwritten(targets: &Targets, outputs: &[Output], printed: &[Option<Printed>]) -> Vec<String> {
    let failed = printed.iter().flatten();
    let mut problems: Vec<String> = failed.filter_map(|one| one.problem.clone()).collect();
    let left: Vec<String> = outputs
        .iter()
        .zip(printed)
        .filter(|(_, printed)| printed.is_none())
        .map(|(output, _)| told(&targets.path(&output.name.of_page(1, 1))))
        .collect();
    if !left.is_empty() {
        problems.push(format!(
            "因此停了下来，以下 {} 个文件也没有生成；已经写出的文件完好。排除问题后请再导出一次。文件：\n{}",
            left.len(),
            left.join("\n")
        ));
    }
    problems
}
