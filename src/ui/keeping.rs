//! Recovery copies of the open document: written in the background while work goes on, so that no more than the last
//! seconds can be lost; offered and opened again after a crash; and the note that tells other windows which file is open
//! here.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use egui::Context;

use super::{
    app::{App, JobKind, JobResult},
    desk::Desk,
    dialogs::recover::Recover,
};
use crate::{
    edit::command::EditCommand,
    session::{
        jobs::{Revision, Wanted},
        recovery::{RecoveryJob, decline, offers, restore},
    },
    store::{
        StoreError,
        log::Level,
        recovery::{EntryId, Recovered},
    },
};

/// How long before its time a copy is begun, in seconds: it has to be on the disk by then.
const AHEAD: f64 = 1.0;

/// The document, and what stands in editors and dialogs and is not yet part of it.
type Work = (Revision, Option<EditCommand>);

/// What is kept and what is to be kept.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    /// What the latest copy holds, written or being written.
    kept: Option<Work>,
    /// The frame's time when the oldest work was seen that no copy holds, in seconds. Typing that goes on does not move it.
    since: Option<f64>,
    /// Whether a failure was told: the person is not to be told every five seconds.
    has_failed: bool,
    /// The file that other windows are told of.
    announced: Option<PathBuf>,
}

impl App {
    /// What it would take to keep the unsaved work now, what stands in an editor included; `None` if nothing is unsaved.
    pub fn recovery_job(&self) -> Option<RecoveryJob> {
        let session = &self.desk.as_ref()?.session;
        match self.draft() {
            Some(draft) => session.recovery_job_with(&draft),
            None => session.recovery_job(),
        }
    }

    /// Whether there is work that no file holds.
    pub fn has_unsaved(&self) -> bool {
        let is_dirty = |desk: &Desk| desk.session.is_dirty();
        self.desk.as_ref().is_some_and(is_dirty) || self.draft().is_some()
    }

    /// What stands in the grid's editor and in dialogs.
    fn draft(&self) -> Option<EditCommand> {
        let user = self.settings.user.as_deref().unwrap_or_default();
        let time = self.environment.time_in_words();
        let drafts = self.dialogs.iter().map(|dialog| dialog.draft(user, &time));
        let mut drafts = drafts.chain([self.views.grid.draft()]).flatten();
        let first = drafts.next()?;
        let commands: Vec<EditCommand> = std::iter::once(first).chain(drafts).collect();
        let label = String::new();
        Some(EditCommand::Many { label, commands })
    }

    /// Writes the copy when the oldest work without one is old enough, and has the window woken for it.
    pub(super) fn keep_copy(&mut self, ctx: &Context) {
        let Some(desk) = &self.desk else { return };
        let draft = self.draft();
        if !desk.session.is_dirty() && draft.is_none() {
            self.keeping.since = None;
            if self.keeping.kept.take().is_some() {
                // Undone back to what the file holds.
                desk.session.forget_recovery();
                self.views.copied_at = None;
            }
            return;
        }
        let work = (desk.session.revision(), draft);
        if self.keeping.kept.as_ref() == Some(&work) {
            self.keeping.since = None;
            return;
        }
        let now = ctx.input(|input| input.time);
        let since = *self.keeping.since.get_or_insert(now);
        let left = f64::from(self.settings.recovery_delay) - AHEAD - (now - since);
        if left > 0.0 {
            ctx.request_repaint_after(Duration::from_secs_f64(left));
        } else if !self.jobs.is_running(JobKind::Recovery)
            && let Some(job) = self.recovery_job()
        {
            self.keeping.kept = Some(work);
            self.keeping.since = None;
            self.start(JobKind::Recovery, "recovery", Wanted::Always, move || {
                JobResult::Recovery(job.run())
            });
        }
    }

    /// Takes note of the end of a copy.
    pub(super) fn copy_kept(&mut self, result: Result<Option<PathBuf>, StoreError>) {
        match result {
            Ok(written) => {
                if std::mem::take(&mut self.keeping.has_failed) {
                    let words = "恢复副本又能写入了，未保存的内容已留有副本。";
                    self.views.toasts.say(words.to_owned());
                }
                if written.is_some() {
                    let now = self.environment.now();
                    self.views.copied_at = Some(now.strftime("%H:%M").to_string());
                }
            }
            Err(error) => {
                // Tried again after a while, whether or not anything is changed.
                self.keeping.kept = None;
                self.environment
                    .log(Level::Warning, &format!("no recovery copy: {error}"));
                if !std::mem::replace(&mut self.keeping.has_failed, true) {
                    self.views.toasts.warn(format!(
                        "没有留下恢复副本，请及时保存。编辑不受影响。{error}"
                    ));
                }
            }
        }
    }

    /// Offers what earlier runs left behind, if anything.
    pub fn offer_recovery(&mut self) {
        let offers = offers(&self.environment);
        self.views.recoveries = offers.len();
        if !offers.is_empty() {
            self.dialogs.push(Box::new(Recover::new(offers)));
        }
    }

    /// Offers it once more when the person asks, or says that there is nothing.
    pub(super) fn show_recoveries(&mut self) {
        self.offer_recovery();
        if self.views.recoveries == 0 {
            self.views.toasts.say("没有需要恢复的内容".to_owned());
        }
    }

    /// Goes on with a recovery copy after the window broke down; `false` if there is none to go on with.
    pub fn go_on_with(&mut self, entry: EntryId) -> bool {
        let folders = self.environment.folders();
        let found =
            folders.and_then(|folders| folders.recoveries().find(self.environment.fs(), entry));
        let is_recovered = found.is_some_and(|entry| self.recover(&entry));
        if is_recovered {
            let words = "窗口出错后已重新打开，未保存的内容都在。请尽快保存。";
            self.views.toasts.say(words.to_owned());
        }
        is_recovered
    }

    /// Opens a recovery copy as unsaved work. Returns whether it could.
    pub(super) fn recover(&mut self, entry: &Recovered) -> bool {
        match restore(Arc::clone(&self.environment), entry) {
            Err(error) => {
                self.tell("没有恢复", error.to_string());
                false
            }
            Ok(session) => {
                // At once, so that the old entry, which goes with it, is not offered to another window.
                let kept = session.recovery_job().map(|job| job.run());
                self.take(session);
                self.views.recoveries = self.views.recoveries.saturating_sub(1);
                if let Some(result) = kept {
                    self.copy_kept(result);
                }
                true
            }
        }
    }

    /// Notes that a copy is not wanted.
    pub(super) fn decline_recovery(&mut self, entry: &Recovered) {
        match decline(&self.environment, entry) {
            Ok(()) => self.views.recoveries = self.views.recoveries.saturating_sub(1),
            Err(error) => self
                .environment
                .log(Level::Warning, &format!("not declined: {error}")),
        }
    }

    /// Tells other windows which file is open here, and the person if another window has it open.
    pub(super) fn follow_file(&mut self) {
        let file = self.desk.as_ref().and_then(|desk| desk.session.path());
        if file == self.keeping.announced.as_deref() {
            return;
        }
        let file = file.map(Path::to_path_buf);
        if let Some(before) = self.keeping.announced.take() {
            self.environment.withdraw(&before);
        }
        let other = file
            .as_deref()
            .and_then(|file| self.environment.announce(file));
        if let Some(other) = other {
            let since = other
                .since
                .to_zoned(self.environment.now().time_zone().clone());
            self.views.toasts.warn(format!(
                "这个文件已在另一个窗口中打开（{}起）。两处都保存时，后保存的一处会提示文件已被改动。",
                since.strftime("%H:%M")
            ));
        }
        self.keeping.announced = file;
    }

    /// Tells other windows and colleagues that the file is not open here any more.
    pub(super) fn let_go_of_file(&mut self) {
        self.let_go_of_note();
        if let Some(file) = self.keeping.announced.take() {
            self.environment.withdraw(&file);
        }
    }
}
