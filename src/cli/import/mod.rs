//! `import`: other people's files become a document, with a report on every cell.

mod listing;
mod output;

use std::path::Path;

use super::{
    Answer, FINDINGS, UNREADABLE,
    arguments::{Format, ImportArguments},
    json,
    one_line::one_line,
    print,
    workspace::{Workspace, tell},
};
use crate::{
    exchange::{
        recognise::{Recognised, Wishes},
        report::{Entry, Report},
        step::{self},
    },
    model::project::EditionRef,
    session::{
        import::{self, Gathered, Progress, Source},
        saving::SaveEnd,
        session::Session,
    },
    store::error::shown,
};

/// What came of an import.
struct Outcome {
    gathered: Gathered,
    recognised: Recognised,
    /// What became of every cell, in the order of the files.
    report: Report,
    /// The file that was written.
    written: Option<String>,
}

/// Reads the files, writes the document if one is asked for, and reports.
pub fn import_files(arguments: &ImportArguments) -> Answer {
    let workspace = Workspace::new();
    let wishes = wishes(&workspace, arguments)?;
    let source = Source::Paths(arguments.inputs.clone());
    let environment = workspace.environment();
    let gathered = import::gather(environment, &source, &Progress::default());
    for passed_over in &gathered.passed_over {
        tell(passed_over);
    }
    if gathered.files.is_empty() {
        return Err(
            "没有找到可以导入的文件，没有生成文件。请确认文件夹中有表格、文档、PDF 或文本。".into(),
        );
    }
    let recognised = import::recognise(environment, workspace.editions(), &gathered, &wishes);
    let mut session = workspace.empty();
    let taking = step::proposed(session.document(), &recognised);
    let taken = import::take(&mut session, &gathered, &recognised, &taking, None)
        .map_err(|refusal| refusal.to_string())?;
    let mut entries: Vec<Entry> = gathered.entries(&recognised).cloned().collect();
    entries.extend(taken.entries);
    entries.sort_by(|one, other| one.source.cmp(&other.source));

    let mut problems: Vec<String> = gathered
        .refused
        .iter()
        .map(|(file, why)| {
            let name = gathered.files.get(*file).map_or("", |file| &*file.name);
            one_line(&format!("{name}：{why}"))
        })
        .collect();
    let mut written = None;
    if let Some(out) = &arguments.out {
        match write(&mut session, out) {
            Ok(name) => written = Some(name),
            Err(problem) => problems.push(problem),
        }
    }
    let outcome = Outcome {
        gathered,
        recognised,
        report: Report { entries },
        written,
    };
    let text = match arguments.format {
        Format::Text => listing::as_text(&outcome),
        Format::Json => json(&output::as_json(&outcome)),
    };
    if !problems.is_empty() {
        print(&text)?;
        return Err(problems.join("\n"));
    }
    Ok((text, outcome.exit_code()))
}

/// The edition that was asked for must be there.
fn wishes(workspace: &Workspace, arguments: &ImportArguments) -> Result<Wishes, String> {
    if let Some(id) = &arguments.edition {
        let reference = EditionRef {
            id: id.clone(),
            hash: String::new(),
            unknown: Default::default(),
        };
        if workspace.editions().get(&reference).is_none() {
            return Err(format!(
                "没有编号为“{}”的表样，没有导入任何内容。可用的表样见 jiping-cli editions",
                one_line(id)
            ));
        }
    }
    Ok(Wishes {
        edition: arguments.edition.clone(),
        ..Wishes::default()
    })
}

/// Writes the document. One without projects is not written: whoever goes on with it would find nothing.
fn write(session: &mut Session, out: &Path) -> Result<String, String> {
    if session.document().projects.is_empty() {
        return Err("没有认出自评表，没有生成文件。请确认选对了文件；表格特殊的，可以在窗口中导入并指定各列的用途。".into());
    }
    match session.save_as(out) {
        Ok(SaveEnd::Saved(warnings)) => {
            warnings
                .iter()
                .for_each(|warning| tell(&warning.to_string()));
            Ok(shown(out))
        }
        Ok(SaveEnd::Conflict(conflict)) => Err(one_line(&conflict.to_string())),
        Err(error) => Err(one_line(&error.to_string())),
    }
}

impl Outcome {
    fn exit_code(&self) -> u8 {
        let is_empty = self.recognised.forms.is_empty() && self.recognised.accounts.is_empty();
        let has_missed = is_empty || !self.gathered.passed_over.is_empty();
        let least = if has_missed { FINDINGS } else { 0 };
        self.report.exit_code().max(least).min(UNREADABLE)
    }
}
