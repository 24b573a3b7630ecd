//! Recovery copies of the open document: written in the background a few seconds after the last edit, opened again after the
//! window broke down.

use std::{path::PathBuf, sync::Arc, time::Duration};

use egui::Context;

use super::app::{App, JobKind, JobResult};
use crate::{
    session::{
        jobs::{Revision, Wanted},
        recovery::{RecoveryJob, restore},
    },
    store::{StoreError, log::Level, recovery::EntryId},
};

/// How long after the last edit the copy is written.
pub const AFTER_LAST_EDIT: Duration = Duration::from_secs(5);

/// What is kept and what is to be kept.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    /// The document of the latest copy, written or being written.
    kept: Option<Revision>,
    /// The latest document, and the frame's time when it was seen first, in seconds.
    latest: Option<(Revision, f64)>,
    /// Whether a failure was told: the person is not to be told every five seconds.
    has_failed: bool,
}

impl App {
    /// What it would take to keep the unsaved work now; `None` if nothing is unsaved.
    pub fn recovery_job(&self) -> Option<RecoveryJob> {
        self.desk.as_ref()?.session.recovery_job()
    }

    /// Whether there are changes that no file holds.
    pub fn has_unsaved(&self) -> bool {
        self.desk
            .as_ref()
            .is_some_and(|desk| desk.session.is_dirty())
    }

    /// Writes the copy when the last edit is long enough ago, and has the window woken for it.
    pub(super) fn keep_copy(&mut self, ctx: &Context) {
        let Some(job) = self.recovery_job() else {
            self.keeping.latest = None;
            return;
        };
        let now = ctx.input(|input| input.time);
        let revision = job.revision();
        if self.keeping.kept == Some(revision) {
            return;
        }
        let since = match self.keeping.latest {
            Some((latest, since)) if latest == revision => since,
            _ => now,
        };
        self.keeping.latest = Some((revision, since));
        let left = AFTER_LAST_EDIT.as_secs_f64() - (now - since);
        if left > 0.0 {
            ctx.request_repaint_after(Duration::from_secs_f64(left));
        } else if !self.jobs.is_running(JobKind::Recovery) {
            self.keeping.kept = Some(revision);
            self.start(JobKind::Recovery, "recovery", Wanted::Always, move || {
                JobResult::Recovery(job.run())
            });
        }
    }

    /// Takes note of the end of a copy.
    pub(super) fn copy_kept(&mut self, result: Result<Option<PathBuf>, StoreError>) {
        match result {
            Ok(_) => self.keeping.has_failed = false,
            Err(error) => {
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

    /// Goes on with a recovery copy after the window broke down; `false` if there is none to go on with.
    pub fn go_on_with(&mut self, entry: EntryId) -> bool {
        let environment = Arc::clone(&self.environment);
        let found = environment
            .folders()
            .and_then(|folders| folders.recoveries().find(environment.fs(), entry));
        match found.map(|found| restore(environment, &found)) {
            None => false,
            Some(Err(error)) => {
                self.tell("没有恢复", error.to_string());
                false
            }
            Some(Ok(session)) => {
                // At once, so that the entry does not seem to be a crash of its own; the old one stays if this fails.
                let kept = session.recovery_job().map(|job| job.run());
                self.take(session);
                if let Some(result) = kept {
                    self.copy_kept(result);
                }
                self.views
                    .toasts
                    .say("窗口出错后已重新打开，未保存的内容都在。请尽快保存。".to_owned());
                true
            }
        }
    }
}
