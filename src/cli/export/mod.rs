//! `export`: forms on paper and as pictures.

mod naming;
mod notices;
mod printing;
mod source;
mod targets;

use std::{
    collections::HashSet,
    fmt::Write as _,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Answer, CLEAN,
    arguments::{ExportArguments, To},
    print,
    progress::Progress,
    workspace::{OpenFile, Workspace, no_project},
};
use crate::{
    model::{edition::Edition, project::Project},
    rules::checker::ProjectFindings,
    sheet::review::ReviewOptions,
    store::Fs,
};
use naming::{FileName, Values};
use printing::{Kind, Printed, Printer};
use source::Source;
use targets::{Targets, told};

/// A project that can be printed.
struct Item {
    source: Arc<Source>,
    project: Arc<Project>,
    edition: Arc<Edition>,
    /// For the review copy alone.
    findings: Option<Arc<ProjectFindings>>,
}

/// What is printed together.
struct Output {
    name: FileName,
    items: Range<usize>,
}

/// What there is to be printed, and why some of it is not.
#[derive(Default)]
struct Gathered {
    items: Vec<Item>,
    problems: Vec<String>,
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
    } = gather(&workspace, arguments);
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
    notices::tell_all(&printed, arguments.font);
    notices::tell_stale(&stale(&targets, &outputs, &printed, fs));
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
    if arguments.charts && !arguments.review {
        return Err(
            "正式打印的表后不附图表，没有生成文件。要打印带图表的审阅稿，请加上 --review；否则请去掉 --charts。"
                .into(),
        );
    }
    match (arguments.review, arguments.mark) {
        (true, mark) => {
            let options = ReviewOptions {
                charts: arguments.charts,
                ..ReviewOptions::default()
            };
            Ok(Kind::Review(mark.unwrap_or_default(), options))
        }
        (false, None) => Ok(Kind::Official),
        (false, Some(mark)) => Err(format!(
            "正式打印的表上不印“{}”等标记，没有生成文件。要打印带标记的审阅稿，请加上 --review；否则请去掉 --mark。",
            mark.words()
        )),
    }
}

/// Opens the files. What cannot be printed does not keep the rest from it.
fn gather(workspace: &Workspace, arguments: &ExportArguments) -> Gathered {
    let filter = arguments.project.as_deref();
    let mut gathered = Gathered::default();
    let progress = Progress::new("读取", arguments.files.len());
    for path in &arguments.files {
        progress.step(path);
        match workspace.open(path) {
            Ok(mut file) => gathered.add(&mut file, filter, arguments.review),
            Err(problem) => gathered.problems.push(problem),
        }
    }
    progress.finish();
    if gathered.items.is_empty() && gathered.problems.is_empty() {
        gathered.problems.push(no_project(filter));
    }
    gathered
}

impl Gathered {
    fn add(&mut self, file: &mut OpenFile, filter: Option<&str>, reviewed: bool) {
        let chosen: Vec<Arc<Project>> = file.matching(filter).into_iter().cloned().collect();
        if filter.is_none() && chosen.is_empty() {
            self.problems.push(file.about(&no_project(None)));
        }
        let source = Arc::new(Source {
            path: file.path().to_path_buf(),
            fingerprint: file.fingerprint(),
        });
        let findings = if reviewed { file.findings() } else { &[] }.to_vec();
        let before = self.items.len();
        let count = chosen.len();
        for project in chosen {
            let Some(edition) = file.edition_of(&project) else {
                continue;
            };
            let found = findings.iter().find(|found| found.project == project.id);
            self.items.push(Item {
                source: Arc::clone(&source),
                findings: found.cloned(),
                project,
                edition,
            });
        }
        let missing = count - (self.items.len() - before);
        if missing > 0 {
            let problem = format!("有 {missing} 个项目缺少表样，没有导出。");
            self.problems.push(file.about(&problem));
        }
    }
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
