//! `export`, `fill`, `summary`, `report`: what leaves the program as files.

mod fill;
mod summary;
mod targets;

use std::{collections::HashSet, fmt::Write as _, path::PathBuf};

pub use fill::fill_template;
pub use summary::{report, summarise};

use super::{
    Answer, CLEAN, FINDINGS,
    arguments::{ExportArguments, To},
    content, print,
    progress::Progress,
    workspace::{Workspace, tell},
};
use crate::{
    exchange::fill::Unplaced,
    session::{
        editions::cautions,
        export::{
            End, ExportOrder, Made, Request, What,
            documents::{Gathered, Wanted},
            notices,
            order::told,
        },
        one_line::one_line,
    },
    sheet::{fonts::Face, layout::Typesetter},
};
use targets::Targets;

/// Pixels per inch, where nothing else is asked for.
const USUAL_SCALE: u16 = 150;
/// The most old pages told by name.
const FEW: usize = 5;

/// Writes what the arguments ask for and says which files there are now.
pub fn export_files(arguments: &ExportArguments) -> Answer {
    let what = what_of(arguments)?;
    let content = &arguments.content;
    let workspace = Workspace::new();
    refuse_unknown_system(&what, &workspace)?;
    let targets = Targets::parse(&arguments.out, &what, workspace.environment().fs())?;
    let in_force = workspace.in_force(&content.judge)?;
    let wanted = Wanted {
        filter: content.project.as_deref(),
        findings: what.needs_findings(),
        in_force: &in_force,
        undone: "没有导出",
    };
    let gathered = content::gather(&workspace, &arguments.files, wanted);
    let order = Order {
        what,
        targets,
        face: content.font,
        overwrites: arguments.overwrite,
    };
    order.carry_out(&workspace, gathered)
}

/// What is to be made.
///
/// # Errors
///
/// Options that do not go together, in words.
fn what_of(arguments: &ExportArguments) -> Result<What, String> {
    let only_for = |option: &str, kind: &str| {
        format!("{option} 只用于 --to {kind}，没有生成文件。请去掉 {option}，或改为 --to {kind}。")
    };
    let to = arguments.to;
    if arguments.scale.is_some() && to != To::Png {
        return Err(match to {
            To::Pdf => {
                "--scale 只用于图片，没有生成文件。PDF 放大后同样清晰，请去掉 --scale。".into()
            }
            _ => only_for("--scale", "png"),
        });
    }
    if arguments.formulas && to != To::Xlsx {
        return Err(only_for("--formulas", "xlsx"));
    }
    if arguments.system.is_some() && to != To::System {
        return Err(only_for("--system", "system"));
    }
    let is_form = matches!(to, To::Pdf | To::Png | To::Xlsx | To::Docx);
    if arguments.content.review && !is_form {
        return Err(
            "数据表没有审阅稿，没有生成文件。请去掉 --review；校验意见在 findings 表中。".into(),
        );
    }
    if arguments.content.working_paper && !is_form {
        return Err(
            "数据表中没有复核底稿，没有生成文件。请去掉 --working-paper，或改为 --to pdf、xlsx、docx、png。".into(),
        );
    }
    if arguments.content.monitoring && !is_form {
        return Err(
            "数据表中没有监控表，没有生成文件。请去掉 --monitoring，或改为 --to pdf、xlsx、docx、png。".into(),
        );
    }
    if arguments.content.monitoring && arguments.formulas {
        return Err("监控表中没有公式，没有生成文件。请去掉 --formulas。".into());
    }
    if arguments.content.working_paper && arguments.formulas {
        return Err("复核底稿中没有公式，没有生成文件。请去掉 --formulas。".into());
    }
    if arguments.content.charts && to == To::Docx {
        return Err("Word 文档中没有图表，没有生成文件。请去掉 --charts，或改为 --to pdf。".into());
    }
    let copy = content::copy_of(&arguments.content, "没有生成文件")?;
    Ok(match to {
        To::Pdf => What::Pdf(copy),
        To::Png => What::Pictures(copy, arguments.scale.unwrap_or(USUAL_SCALE)),
        To::Xlsx => What::Workbook {
            copy,
            formulas: arguments.formulas,
        },
        To::Docx => What::Word(copy),
        To::Csv => What::Csv,
        To::Jsonl => What::Lines,
        To::System => What::System(arguments.system.clone().unwrap_or_else(|| "anhui".into())),
    })
}

/// A system that nobody knows is refused before anything is read, with those that are known.
fn refuse_unknown_system(what: &What, workspace: &Workspace) -> Result<(), String> {
    let systems = workspace.environment().systems();
    match what {
        What::System(id) if systems.get(id).is_none() => {
            let known = systems.list().iter();
            let known = known.map(|map| format!("{}（{}）", map.id, map.name));
            Err(format!(
                "没有编号为“{}”的一体化字段表，没有生成文件。可用的有：{}。",
                one_line(id),
                one_line(&known.collect::<Vec<_>>().join("、"))
            ))
        }
        _ => Ok(()),
    }
}

/// What one command makes.
struct Order {
    what: What,
    targets: Targets,
    face: Face,
    overwrites: bool,
}

impl Order {
    /// Makes it of what was gathered, and says what there is now.
    fn carry_out(self, workspace: &Workspace, gathered: Gathered) -> Answer {
        let Gathered {
            items,
            mut problems,
            ..
        } = gathered;
        if items.is_empty() {
            return Err(problems.join("\n"));
        }
        let environment = workspace.environment();
        let (Targets { folder, pattern }, overwrites) = (self.targets, self.overwrites);
        let request = Request {
            projects: Vec::new(),
            what: vec![self.what],
            folder,
            pattern,
            face: self.face,
            overwrites,
        };
        cautions(items.iter().map(|item| &item.edition))
            .iter()
            .for_each(|caution| tell(caution));
        let order = ExportOrder::new(items, problems.clone(), &request, environment.now())?;
        let taken = order.taken(environment);
        if let Err(problem) = taken.and_then(|taken| refuse(&taken, overwrites)) {
            problems.push(problem);
            return Err(problems.join("\n"));
        }
        let progress = Progress::new("导出", order.planned().len());
        let made = order.run(environment, &Typesetter::new(), &progress);
        progress.finish();
        let told = made.iter().filter_map(|made| match &made.end {
            End::Written { notices, .. } => Some(notices),
            _ => None,
        });
        notices::sentences(told.clone())
            .iter()
            .for_each(|said| tell(said));
        tell_stale(&stale(&order, &made, workspace));
        problems.extend(unwritten(&made));
        let unplaced: Vec<&Unplaced> = told.flat_map(|notices| &notices.unplaced).collect();
        let text = written(&made) + &fill::listed(&unplaced);
        if problems.is_empty() {
            let code = if unplaced.is_empty() { CLEAN } else { FINDINGS };
            return Ok((text, code));
        }
        print(&text)?;
        Err(problems.join("\n"))
    }
}

/// Without being asked, nothing that is there is written over.
fn refuse(taken: &[PathBuf], overwrites: bool) -> Result<(), String> {
    if overwrites || taken.is_empty() {
        return Ok(());
    }
    let list: Vec<String> = taken.iter().map(|path| told(path)).collect();
    Err(format!(
        "同名文件已存在，没有覆盖，也没有生成任何文件。请换一个文件名或文件夹；确认要覆盖时加上 --overwrite。文件：\n{}",
        list.join("\n")
    ))
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
fn stale(order: &ExportOrder, made: &[Made], workspace: &Workspace) -> Vec<PathBuf> {
    let is_written = |made: &&Made| matches!(made.end, End::Written { .. });
    let written = made.iter().filter(is_written).map(|made| &*made.path);
    order.left_over(&written.collect::<HashSet<_>>(), workspace.environment())
}

/// The files that were written, one line each.
fn written(made: &[Made]) -> String {
    let mut text = String::new();
    for one in made {
        if let End::Written { size, .. } = &one.end {
            let _ = writeln!(text, "{}  {size}", told(&one.path));
        }
    }
    text
}

/// What was not written, and why.
fn unwritten(made: &[Made]) -> Vec<String> {
    let mut problems = Vec::new();
    let mut left = Vec::new();
    for one in made {
        match &one.end {
            End::Written { .. } => {}
            End::Failed(problem) => problems.push(problem.clone()),
            End::Taken => problems.push(one_line(&format!(
                "同名文件刚刚出现，没有覆盖它。请换一个文件名再导出一次。文件：{}",
                told(&one.path)
            ))),
            End::Cancelled | End::Stopped => left.push(told(&one.path)),
        }
    }
    if !left.is_empty() {
        problems.push(format!(
            "因此停了下来，以下 {} 个文件也没有生成；已经写出的文件完好。排除问题后请再导出一次。文件：\n{}",
            left.len(),
            left.join("\n")
        ));
    }
    problems
}
