//! `print`: forms onto paper.

use std::path::PathBuf;

use super::{
    Answer,
    arguments::PrintArguments,
    clean, content,
    one_line::one_line,
    print,
    workspace::{Workspace, tell},
};
use crate::{
    printers::{
        Job, Plan, SpoolError, Spooler, Ticket,
        plan::Copies,
        ticket::{self, Duplex},
    },
    session::{
        editions::cautions,
        export::{
            Notices,
            documents::{Gathered, Wanted},
            item::{self, Item},
            notices,
        },
        print::paper::starts,
    },
    sheet::layout::Typesetter,
};

/// Prints what the arguments ask for and says what the printer was given.
pub fn print_files(arguments: &PrintArguments) -> Answer {
    let asked = &arguments.content;
    let copy = content::copy_of(asked, "没有打印")?;
    let workspace = Workspace::new();
    let spooler = workspace.environment().spooler();
    let printer = chosen_printer(spooler, arguments.printer.as_deref())?;
    let in_force = workspace.in_force(&asked.judge)?;
    let wanted = Wanted {
        filter: asked.project.as_deref(),
        findings: asked.review || asked.working_paper,
        in_force: &in_force,
        undone: "没有打印",
    };
    let Gathered {
        items, problems, ..
    } = content::gather(&workspace, &arguments.files, wanted);
    if items.is_empty() {
        return Err(problems.join("\n"));
    }
    cautions(items.iter().map(|item| &item.edition))
        .iter()
        .for_each(|caution| tell(caution));
    let now = workspace.environment().now();
    let booklet = item::booklet(&items, copy, asked.font, now.datetime());
    let pages = Typesetter::new().lay_out(&booklet);
    let pages = pages.map_err(|error| one_line(&error.to_string()))?;
    let notices = Notices {
        lacks_face: (!pages.has_face).then_some(asked.font),
        lacking: notices::lacking(&pages, &booklet, &items),
        ..Notices::default()
    };
    notices.sentences().iter().for_each(|said| tell(said));
    let count = pages.count();
    let chosen = match &arguments.pages {
        None => (0..count).collect(),
        Some(text) => ticket::pages(text, count).map_err(|error| format!("{error}，没有打印。"))?,
    };
    let job = Job {
        title: &title(&arguments.files, &items),
        printer: &printer,
        pages: &pages,
        chosen: &chosen,
        starts: &starts(&booklet, &pages),
        ticket: &ticket_of(arguments),
    };
    let receipt = spooler.print(&job, &|_| true);
    let receipt = receipt.map_err(|error| one_line(&error.to_string()))?;
    let Plan { sheets, .. } = job.plan(Copies::ByPrinter);
    let waits = receipt.waits.map_or_else(String::new, |reason| {
        format!("；打印机{reason}，会等它恢复后印出")
    });
    let text = format!(
        "已交给打印机“{}”：{} 页，{} 份，用纸 {sheets} 张{waits}。作业：{}\n",
        one_line(&printer),
        chosen.len(),
        arguments.copies,
        one_line(&receipt.number),
    );
    if problems.is_empty() {
        return Ok(clean(text));
    }
    print(&text)?;
    Err(problems.join("\n"))
}

/// The printer that is asked for, or the default one.
fn chosen_printer(spooler: &dyn Spooler, wanted: Option<&str>) -> Result<String, String> {
    let printers = spooler.printers();
    let printers = printers.map_err(|error| one_line(&error.to_string()))?;
    let found = match wanted {
        Some(name) => printers.iter().find(|printer| printer.name == name),
        None => printers.iter().find(|printer| printer.is_default),
    };
    if let Some(printer) = found {
        return Ok(printer.name.clone());
    }
    Err(match wanted {
        _ if printers.is_empty() => {
            "这台电脑上没有打印机，没有打印。请先在系统设置中添加打印机，或用 export 命令导出 PDF。"
                .to_owned()
        }
        Some(name) => one_line(&SpoolError::Unknown(name.to_owned()).to_string()),
        None => {
            "系统没有默认打印机，没有打印。请用 --printer 写明打印机，见 printers 命令。".to_owned()
        }
    })
}

fn ticket_of(arguments: &PrintArguments) -> Ticket {
    Ticket {
        copies: arguments.copies,
        collate: !arguments.uncollated,
        duplex: arguments.duplex.unwrap_or(Duplex::Off),
        grey: arguments.grey,
    }
}

/// What the printing service calls the job: the project, or the file and how many more there are.
fn title(files: &[PathBuf], items: &[Item]) -> String {
    if let [only] = items {
        return only.project.name().trim().to_owned();
    }
    let name = files.first().and_then(|file| file.file_stem());
    let name = name.unwrap_or_default().to_string_lossy();
    format!("{name}（{} 个项目）", items.len())
}
