//! 佐证材料 of the open file: the register looked at, files registered and found again. All of it takes as long as the files are
//! large, so it is called in a job's thread.

use std::path::{Path, PathBuf};

use super::{environment::Environment, progress::Progress, session::Session};
use crate::{
    edit::apply::apply,
    model::{document::Document, id::Id, project::Evidence},
    sharing::evidence::{
        Line,
        check::{self, Registered, States},
        find::{self, Found},
        folder_of, lines, moved,
    },
};

/// The register as it was found on the disk.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Checked {
    /// What is registered.
    pub lines: Vec<Line>,
    /// How it is with each; those that were not reached before it was given up are missing.
    pub states: States,
}

impl Checked {
    /// How it is with what is registered, as long as it is what was looked at.
    pub fn state(&self, evidence: &Evidence) -> Option<&check::State> {
        let is_same = |line: &&Line| {
            let known = &line.evidence;
            known.id == evidence.id
                && (&known.file, &known.hash, known.length)
                    == (&evidence.file, &evidence.hash, evidence.length)
        };
        self.lines.iter().find(is_same)?;
        self.states.get(&evidence.id)
    }
}

/// Looks at all files that a document registers. `file` is the document's own.
pub fn checked(
    environment: &Environment,
    document: &Document,
    file: Option<&Path>,
    progress: &Progress,
) -> Checked {
    let fs = environment.fs();
    let lines = lines(document, folder_of(fs, file).as_deref());
    let begun = |number: usize, line: &Line| progress.begin(number, lines.len(), line.title());
    let states = check::check(fs, &lines, &begun, &|| !progress.is_stopped());
    Checked { lines, states }
}

/// Reads files that are to be registered; those that cannot be are told, one sentence each.
pub fn registered(
    environment: &Environment,
    paths: &[PathBuf],
    file: Option<&Path>,
    progress: &Progress,
) -> (Vec<Registered>, Vec<String>) {
    let fs = environment.fs();
    let folder = folder_of(fs, file);
    let (mut taken, mut problems) = (Vec::new(), Vec::new());
    for (number, path) in paths.iter().enumerate() {
        if progress.is_stopped() {
            break;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        progress.begin(number, paths.len(), &name);
        let go_on = || !progress.is_stopped();
        match check::register(fs, path, folder.as_deref(), &go_on) {
            Ok(one) => {
                problems.extend(one.problem.clone());
                taken.push(one);
            }
            Err(problem) if problem.is_empty() => {}
            Err(problem) => problems.push(problem),
        }
    }
    (taken, problems)
}

/// Looks below a folder for the files of `lines`.
pub fn found(
    environment: &Environment,
    folder: &Path,
    lines: &[Line],
    progress: &Progress,
) -> Found {
    progress.begin(0, 1, "文件夹");
    find::find(environment.fs(), folder, lines, &|| !progress.is_stopped())
}

/// Where files that were found are, as a document at `file` writes it.
pub fn places(
    environment: &Environment,
    found: &Found,
    file: Option<&Path>,
) -> Vec<(Id<Evidence>, String)> {
    let folder = folder_of(environment.fs(), file);
    let written = |(id, path): &(Id<Evidence>, PathBuf)| {
        let file = crate::sharing::evidence::place::written(path, folder.as_deref())?;
        Some((*id, file))
    };
    found.files.iter().filter_map(written).collect()
}

/// A document as a copy of it at `to` is to say where files lie.
pub fn carried(
    environment: &Environment,
    document: &Document,
    from: Option<&Path>,
    to: &Path,
) -> Option<Document> {
    let fs = environment.fs();
    let command = moved(
        document,
        folder_of(fs, from).as_deref(),
        folder_of(fs, Some(to)).as_deref(),
    )?;
    apply(document, &command).ok()
}

impl Session {
    /// Says anew where files of 佐证材料 lie when the document goes from one file to another, as a step of its own.
    pub(super) fn carry_evidence(&mut self, from: Option<&Path>, to: Option<&Path>) {
        let registers = |document: &Document| {
            let mut projects = document.projects.iter();
            projects.any(|project| !project.evidence.is_empty())
        };
        if from == to || !registers(self.document()) {
            return;
        }
        let fs = self.environment().fs();
        let (from, to) = (folder_of(fs, from), folder_of(fs, to));
        if let Some(command) = moved(self.document(), from.as_deref(), to.as_deref()) {
            // It names what the document has, and no stage locks it.
            let _made = self.edit(&command);
        }
    }
}
