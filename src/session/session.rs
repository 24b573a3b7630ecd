//! One open file: its document with history, its findings, and what is known of it on the disk.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::civil::Date;

use super::{
    editions::DocumentEditions,
    environment::Environment,
    fixing,
    jobs::{Revision, Snapshot},
    outside::Watch,
    recovery::Slot,
    reviewing::leaves_forms,
    saving::{Conflict, OnDisk, Replacing, SaveEnd, SaveError, SaveJob, SaveResult},
    versions::Line,
};
use crate::{
    edit::{
        command::EditCommand,
        history::{Grouping, History, Limits},
        refusal::Refusal,
    },
    model::{
        document::Document,
        edition::Edition,
        id::{Id, IdSource},
        project::Project,
    },
    rules::{
        catalogue,
        checker::{Checker, ProjectFindings, Verdict},
        finding::Finding,
        profile::InForce,
    },
    store::{
        self, Expected, Fingerprint, MAX_FILE_BYTES, SaveOutcome, StoreError,
        editions::Origin,
        error::shown,
        format::{self, OpenReport},
        format_error::FormatError,
    },
};

/// Why a file was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Its content is no document.
    #[error("{error}文件：{}", shown(path))]
    Format {
        /// What is wrong with it.
        error: FormatError,
        /// The file.
        path: PathBuf,
    },
}

/// Why a fix was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FixError {
    /// The program offers none for this finding.
    #[error("没有修改：这个问题不能自动修正。请按提示逐处修改。")]
    NotOffered,
    /// The form changed since, so the fix may no longer be right.
    #[error("没有修改：表中内容已经变动，这个问题不再是原来的样子。请查看最新的校验结果。")]
    Outdated,
    /// The change is not allowed.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// What may be done to an open document and its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everything.
    Full,
    /// The file is marked read-only: it can be edited, and saved under another name.
    Marked,
    /// The folder takes no files, by its rights or because its disk cannot be written to; as above.
    Folder,
    /// The person only looks at it: nothing can be changed.
    Looking,
}

impl Access {
    fn of(is_marked: bool) -> Self {
        match is_marked {
            true => Self::Marked,
            false => Self::Full,
        }
    }
}

/// One open file.
pub struct Session {
    environment: Arc<Environment>,
    history: History,
    revision: Revision,
    file: Option<OnDisk>,
    access: Access,
    report: OpenReport,
    editions: DocumentEditions,
    checker: Checker,
    findings: Vec<Arc<ProjectFindings>>,
    /// For what `findings` holds.
    checked: Option<(Revision, Date)>,
    is_saving: bool,
    copied_from: Option<PathBuf>,
    slot: Slot,
    pub(super) line: Line,
    /// Whether the forms are being reviewed.
    pub(super) reviewing: bool,
    pub(super) watch: Watch,
}

impl Session {
    /// A new document with one blank project. It has no file yet. An edition that is not built in travels with it.
    pub fn new(environment: Arc<Environment>, edition: &Arc<Edition>) -> Self {
        Self::with_project(environment, edition, true, |ids| {
            Project::blank(edition, ids)
        })
    }

    /// A new document with the project that `make` makes on `edition`. It has no file yet. Where `embeds`, an edition that is not built in travels with it.
    pub fn with_project(
        environment: Arc<Environment>,
        edition: &Arc<Edition>,
        embeds: bool,
        make: impl FnOnce(&mut dyn IdSource) -> Project,
    ) -> Self {
        let mut ids = &*environment;
        let mut document = Document::new(Id::new(&mut ids));
        document.projects.push(make(&mut ids));
        let is_built_in = environment
            .editions()
            .list()
            .iter()
            .any(|known| known.origin == Origin::BuiltIn && known.edition == *edition);
        if embeds && !is_built_in {
            document.editions.push(Arc::clone(edition));
        }
        Self::of(environment, document)
    }

    /// A new document without projects. It has no file yet.
    pub fn empty(environment: Arc<Environment>) -> Self {
        let document = Document::new(Id::new(&mut &*environment));
        Self::of(environment, document)
    }

    /// Opens a file.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is no document. Nothing on the disk was changed.
    pub fn open(environment: Arc<Environment>, path: &Path) -> Result<Self, OpenError> {
        let fs = environment.fs();
        let file = store::open(fs, path, MAX_FILE_BYTES, environment.timestamp())?;
        let mut ids = &*environment;
        let opened = format::read(&file.bytes, &mut ids).map_err(|error| OpenError::Format {
            error,
            path: path.to_path_buf(),
        })?;
        let mut session = Self::of(environment, opened.document);
        session.history.mark_saved(session.history.state());
        session.line = Line::opened(opened.lineage, session.document());
        session.report = opened.report;
        session.access = Access::of(file.info.read_only);
        session.file = Some(OnDisk {
            path: path.to_path_buf(),
            fingerprint: file.fingerprint,
        });
        Ok(session)
    }

    /// A document that comes with the program. It has no file yet.
    ///
    /// # Errors
    ///
    /// The bytes are no document.
    pub fn of_bytes(environment: Arc<Environment>, bytes: &[u8]) -> Result<Self, FormatError> {
        let mut ids = &*environment;
        let opened = format::read(bytes, &mut ids)?;
        let mut session = Self::of(environment, opened.document);
        session.history.mark_saved(session.history.state());
        session.report = opened.report;
        Ok(session)
    }

    /// A document that came from somewhere else than a file of its own, all of it unsaved.
    pub(super) fn unsaved(environment: Arc<Environment>, opened: format::Opened) -> Self {
        let mut session = Self::of(environment, opened.document);
        session.report = opened.report;
        session.line.lineage = opened.lineage;
        session
    }

    fn of(environment: Arc<Environment>, document: Document) -> Self {
        Self {
            editions: DocumentEditions::new(&environment.editions(), &document),
            history: History::new(document, Limits::default()),
            environment,
            revision: Revision::next(),
            file: None,
            access: Access::Full,
            report: OpenReport::default(),
            checker: Checker::default(),
            findings: Vec::new(),
            checked: None,
            is_saving: false,
            copied_from: None,
            slot: Slot::new(),
            line: Line::default(),
            reviewing: false,
            watch: Watch::default(),
        }
    }

    /// A session with what a recovery copy held, all of it unsaved.
    pub(super) fn recovered(
        environment: Arc<Environment>,
        opened: format::Opened,
        file: Option<OnDisk>,
    ) -> Self {
        let info = file.as_ref().map(|file| environment.fs().info(&file.path));
        let mut session = Self::of(environment, opened.document);
        session.line.lineage = opened.lineage;
        session.report = opened.report;
        session.access = Access::of(info.is_some_and(|info| info.is_ok_and(|info| info.read_only)));
        session.file = file;
        session
    }

    pub(super) fn environment(&self) -> &Arc<Environment> {
        &self.environment
    }

    pub(super) fn file(&self) -> Option<&OnDisk> {
        self.file.as_ref()
    }

    pub(super) fn slot(&self) -> &Slot {
        &self.slot
    }

    /// The document as it is now.
    pub fn document(&self) -> &Arc<Document> {
        self.history.document()
    }

    /// The revision of the document; another one after every change.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// The document as it is now, for a job.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            document: Arc::clone(self.document()),
            revision: self.revision,
        }
    }

    /// What can be undone and redone. Changed through the session only.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The editions of its projects.
    pub fn editions(&self) -> &DocumentEditions {
        &self.editions
    }

    /// Takes the editions at hand as they are now: the user's own may have changed.
    pub fn renew_editions(&mut self) {
        let at_hand = self.environment.editions();
        self.editions.renew(&at_hand, self.history.document());
        self.checked = None;
    }

    /// Puts the user's own editions that projects are on into the document, as one step, so that they travel with it.
    /// Returns whether there was one.
    ///
    /// # Errors
    ///
    /// The change is not allowed; nothing was changed.
    pub fn embed_editions(&mut self) -> Result<bool, Refusal> {
        let wanting = self.editions.to_embed(self.document());
        if wanting.is_empty() {
            return Ok(false);
        }
        let embed = |edition| EditCommand::EmbedEdition { edition };
        let commands: Vec<EditCommand> = wanting.into_iter().map(embed).collect();
        let label = "随文件保存表样".into();
        self.edit(&EditCommand::Many { label, commands })
    }

    /// The file, once there is one.
    pub fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(|file| &*file.path)
    }

    /// What the file's content was when it was last opened or saved, once there is a file.
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        self.file.as_ref().map(|file| file.fingerprint)
    }

    /// What may be done to the document and its file.
    pub fn access(&self) -> Access {
        self.access
    }

    /// Whether the file cannot be written to, so that the document can only be saved under another name.
    pub fn is_read_only(&self) -> bool {
        matches!(self.access, Access::Marked | Access::Folder)
    }

    /// Opens the document to look at it only, or for work again.
    pub fn look_only(&mut self, only: bool) {
        let marked = || {
            let info = self.environment.fs().info(self.path()?).ok()?;
            Some(info.read_only)
        };
        self.access = match only {
            true => Access::Looking,
            false => Access::of(marked().unwrap_or(false)),
        };
    }

    /// Notes whether the folder of the file takes files; without that a save is bound to fail.
    pub fn folder_takes_files(&mut self, takes: bool) {
        self.access = match (self.access, takes) {
            (Access::Full, false) => Access::Folder,
            (Access::Folder, true) => Access::Full,
            (access, _) => access,
        };
    }

    /// Goes on as a copy that has no file yet; the file stays with whoever has it.
    pub fn become_copy(&mut self) {
        self.copied_from = self.file.take().map(|file| file.path);
        self.access = Access::Full;
        self.watch = Watch::default();
    }

    /// The file that the document was opened from as a copy, until it has a file of its own: its name is a suggestion.
    pub fn copied_from(&self) -> Option<&Path> {
        let from = self.copied_from.as_deref();
        from.filter(|_| self.file.is_none())
    }

    /// Whether there are changes that the file does not hold.
    pub fn is_dirty(&self) -> bool {
        !self.history.is_saved()
    }

    /// What a person should know of the file and its editions, one sentence each.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.report.sentences();
        notes.extend(self.editions.notes(self.document()));
        notes.extend(self.broken_seals());
        notes
    }
}

/// Changing.
impl Session {
    /// Makes a change as one step of the history. Returns whether anything is different now.
    ///
    /// # Errors
    ///
    /// The change is not allowed; nothing was changed.
    pub fn edit(&mut self, command: &EditCommand) -> Result<bool, Refusal> {
        self.make(command, None)
    }

    /// As [`edit`](Self::edit); typing into one cell with the same `grouping` becomes one step.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn type_into(
        &mut self,
        command: &EditCommand,
        grouping: Grouping,
    ) -> Result<bool, Refusal> {
        self.make(command, Some(grouping))
    }

    /// Makes the change that a finding offers, as one step of the history.
    ///
    /// # Errors
    ///
    /// There is none, the finding does not stand any more, or the change is not allowed. Nothing was changed.
    pub fn apply_fix(&mut self, finding: &Finding) -> Result<bool, FixError> {
        let fix = finding.fix.as_ref().ok_or(FixError::NotOffered)?;
        let stands = |project: &Arc<ProjectFindings>| project.findings.contains(finding);
        if !self.findings().iter().any(stands) {
            return Err(FixError::Outdated);
        }
        Ok(self.edit(&fixing::command(fix))?)
    }

    /// Makes the changes that all findings of one rule offer, as one step of the history: in `project`, or in the whole
    /// document. Returns how many findings that were; what is set aside, what lies in approved content and projects whose
    /// stage locks them are left alone. Within a project one fix is made after another, so that a total has them all.
    ///
    /// # Errors
    ///
    /// A change is not allowed. Nothing was changed.
    pub fn apply_fixes(
        &mut self,
        code: &str,
        project: Option<Id<Project>>,
    ) -> Result<usize, Refusal> {
        let all = self.findings().to_vec();
        let today = self.environment.today();
        let (mut commands, mut count) = (Vec::new(), 0);
        for found in all
            .iter()
            .filter(|found| project.is_none_or(|wanted| wanted == found.project))
        {
            let is_wanted = |one: &&Finding| one.rule.code == code && fixing::is_offered(one);
            let wanted: Vec<&Finding> = found.findings.iter().filter(is_wanted).collect();
            let fixed = self.document().project(found.project);
            let fixed = fixed.filter(|project| !wanted.is_empty() && project.stage.is_editable());
            let Some((fixed, edition)) = fixed.zip(fixed.and_then(|one| self.editions.of(one)))
            else {
                continue;
            };
            let in_force = self.in_force();
            let mended = fixing::one_after_another(fixed, &wanted, &edition, in_force, today)?;
            commands.extend(mended.changes.iter().map(fixing::change_command));
            count += mended.count;
        }
        let Some(rule) = catalogue::by_code(code).filter(|_| count > 0) else {
            return Ok(0);
        };
        let label = format!("修正 {count} 处：{}", rule.name);
        self.edit(&EditCommand::Many { label, commands })?;
        Ok(count)
    }

    /// Takes the latest step back and returns its label; `None` where there is none, or where it changed a form that is being
    /// reviewed.
    pub fn undo(&mut self) -> Option<String> {
        let before = Arc::clone(self.history.document());
        let label = self.history.undo()?;
        if self.reviewing && !leaves_forms(&before, self.history.document()) {
            self.history.redo();
            return None;
        }
        self.changed();
        Some(label)
    }

    /// Makes the step that was undone last again and returns its label; `None` as for [`undo`](Self::undo).
    pub fn redo(&mut self) -> Option<String> {
        let before = Arc::clone(self.history.document());
        let label = self.history.redo()?;
        if self.reviewing && !leaves_forms(&before, self.history.document()) {
            self.history.undo();
            return None;
        }
        self.changed();
        Some(label)
    }

    fn make(&mut self, command: &EditCommand, grouping: Option<Grouping>) -> Result<bool, Refusal> {
        self.refuse_while_reviewing(command)?;
        if self.access == Access::Looking {
            return Err(Refusal::OnlyLooking);
        }
        let is_changed = self.history.edit(command, grouping)?;
        if is_changed {
            self.changed();
        }
        Ok(is_changed)
    }

    /// Puts the document of a file in the place of this one as one step.
    pub(super) fn replace(&mut self, label: &str, document: &Document) -> bool {
        let is_changed = self.history.replace(label, document);
        if is_changed {
            self.changed();
        }
        is_changed
    }

    /// Takes note that the file holds the document as it is now.
    pub(super) fn mark_saved(&mut self) {
        self.history.mark_saved(self.history.state());
        self.forget_recovery();
    }

    /// Takes note of what the file holds.
    pub(super) fn know_file(&mut self, fingerprint: Fingerprint) {
        if let Some(file) = &mut self.file {
            file.fingerprint = fingerprint;
        }
    }

    fn changed(&mut self) {
        self.revision = Revision::next();
        self.editions.follow(self.history.document());
    }
}

/// Checking.
impl Session {
    /// Checks by this profile from now on. The document is not changed by it.
    pub fn judge_by(&mut self, in_force: InForce) {
        if *self.in_force() != in_force {
            self.checker.judge_by(in_force);
            self.checked = None;
        }
    }

    /// By what is checked.
    pub fn in_force(&self) -> &InForce {
        self.checker.in_force()
    }

    /// The findings of every project in order. Only what changed since the last call is checked again.
    pub fn findings(&mut self) -> &[Arc<ProjectFindings>] {
        let today = self.environment.today();
        let wanted = Some((self.revision, today));
        if self.checked != wanted {
            let document = self.history.document();
            self.findings = self.checker.check(document, &self.editions, today);
            self.checked = wanted;
        }
        &self.findings
    }

    /// Whether the document can be handed in.
    pub fn verdict(&mut self) -> Verdict {
        Verdict::of(self.findings().iter().map(|project| &**project))
    }
}

/// Saving.
impl Session {
    /// Saves to the session's file.
    ///
    /// # Errors
    ///
    /// The document stays unsaved; the file is as it was, or complete and new.
    pub fn save(&mut self) -> Result<SaveEnd, SaveError> {
        let job = self.prepare_save()?;
        self.finish_save(job.run())
    }

    /// Saves to another file, which becomes the session's. A file that exists is not replaced.
    ///
    /// # Errors
    ///
    /// As [`save`](Self::save).
    pub fn save_as(&mut self, path: &Path) -> Result<SaveEnd, SaveError> {
        let job = self.prepare_save_as(path)?;
        self.finish_save(job.run())
    }

    /// The first half of [`save`](Self::save). The job can run on any thread while editing goes on; edits made meanwhile
    /// stay unsaved.
    ///
    /// # Errors
    ///
    /// There is no file yet, or a save is under way.
    pub fn prepare_save(&mut self) -> Result<SaveJob, SaveError> {
        let path = self.path().ok_or(SaveError::NoPath)?.to_path_buf();
        self.prepare(path, Replacing::Own(self.file.clone()))
    }

    /// The first half of [`save_as`](Self::save_as).
    ///
    /// # Errors
    ///
    /// A save is under way.
    pub fn prepare_save_as(&mut self, path: &Path) -> Result<SaveJob, SaveError> {
        self.prepare(path.to_path_buf(), Replacing::Own(self.file.clone()))
    }

    /// The first half of a save over what a conflict showed, after the person agreed to replace it. Should the file have
    /// changed once more, that is another conflict.
    ///
    /// # Errors
    ///
    /// A save is under way.
    pub fn prepare_save_over(&mut self, conflict: &Conflict) -> Result<SaveJob, SaveError> {
        self.prepare(conflict.path.clone(), Replacing::Shown(conflict.on_disk))
    }

    fn prepare(&mut self, path: PathBuf, replacing: Replacing) -> Result<SaveJob, SaveError> {
        if self.is_saving {
            return Err(SaveError::UnderWay);
        }
        self.is_saving = true;
        self.carry_evidence(self.path().map(Path::to_path_buf).as_deref(), Some(&path));
        // Typing that goes on must not melt into the step that is being written.
        self.history.close_group();
        let state = self.history.state();
        // What a file holds already stays the same version.
        let is_new = self.is_dirty() || self.file.is_none();
        let lineage = match is_new {
            true => self.line.attempt(state, &mut &*self.environment),
            false => self.line.lineage.clone(),
        };
        Ok(SaveJob {
            environment: Arc::clone(&self.environment),
            document: Arc::clone(self.document()),
            lineage,
            base: self.line.base(),
            state,
            path,
            replacing,
        })
    }

    /// Whether a save is under way: prepared, and neither finished nor abandoned.
    pub fn is_saving(&self) -> bool {
        self.is_saving
    }

    /// The second half of a save: takes note of what is on the disk now.
    ///
    /// # Errors
    ///
    /// As [`save`](Self::save).
    pub fn finish_save(&mut self, result: SaveResult) -> Result<SaveEnd, SaveError> {
        self.is_saving = false;
        let SaveResult {
            document,
            lineage,
            state,
            path,
            expected,
            outcome,
        } = result;
        match outcome {
            Ok(SaveOutcome::Saved(saved)) => {
                self.history.mark_saved(state);
                self.line.saved(lineage, document);
                self.access = Access::Full;
                self.file = Some(OnDisk {
                    path,
                    fingerprint: saved.fingerprint,
                });
                if !self.is_dirty() {
                    self.forget_recovery();
                }
                Ok(SaveEnd::Saved(saved.warnings))
            }
            Ok(SaveOutcome::Conflict { on_disk }) => {
                self.carry_evidence(Some(&path), self.path().map(Path::to_path_buf).as_deref());
                Ok(SaveEnd::Conflict(Conflict {
                    path,
                    on_disk,
                    own: expected != Expected::Absent,
                }))
            }
            Err(error) => {
                // The file holds our content although nobody could confirm it: the next save must not take it for another's.
                match error.written() {
                    Some(fingerprint) => self.file = Some(OnDisk { path, fingerprint }),
                    None => {
                        let own = self.path().map(Path::to_path_buf);
                        self.carry_evidence(Some(&path), own.as_deref());
                    }
                }
                Err(error.into())
            }
        }
    }

    /// Gives up on a save whose job ended without a result, so that saving is possible again. The document stays unsaved.
    pub fn abandon_save(&mut self) {
        self.is_saving = false;
    }
}
