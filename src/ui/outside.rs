//! The file on the disk while it is open here: what others do to it, and the note that tells colleagues who has it.

use std::{path::PathBuf, sync::Arc, time::Duration};

use egui::{Context, Event};

use super::{
    action::{Action, Next},
    app::{App, JobKind, JobResult, nothing},
    dialogs::{conflict::ConflictDialog, elsewhere::OpenElsewhere},
    merging::MergeOffer,
};
use crate::{
    model::document::Document,
    session::{
        holding::{Holding, Kept, NoteJob, in_words},
        jobs::Wanted,
        outside::{Looked, Outside, Theirs},
        saving::Conflict,
        session::Access,
    },
    store::beside::{Colleague, Held},
    versions::compare::compare,
};

/// How often the file is looked at while the window has the focus, in seconds.
const PERIOD: f64 = 15.0;

/// Something about the file on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutsideAction {
    /// Join what somebody else wrote with the document.
    Merge,
    /// Say how they differ.
    Compare,
    /// Put what somebody else wrote in the place of the document, as one step.
    Take,
    /// Only look at the document, or work on it again.
    LookOnly(bool),
    /// Go on with a copy that has no file yet.
    Copy,
}

/// What is known of the file on the disk.
#[derive(Default)]
pub(super) struct Watching {
    /// The window's seconds at the latest look.
    looked_at: Option<f64>,
    /// The file whose note is kept, with the keeping itself; none for a file that needs no note.
    held: Option<(PathBuf, Option<Keeping>)>,
}

struct Keeping {
    holding: Holding,
    job: NoteJob,
    /// What the last look at the note showed.
    last: Option<Held>,
    /// Whether the file was opened just now, and not saved under a new name.
    is_opened: bool,
}

/// Looking at the file.
impl App {
    /// Looks at the file when the window gets the focus, and from time to time while it has it.
    pub(super) fn watch_file(&mut self, ctx: &Context) {
        if self
            .desk
            .as_ref()
            .is_none_or(|desk| desk.session.path().is_none())
        {
            self.watching.looked_at = None;
            return;
        }
        let (now, has_focus, gets_focus) = ctx.input(|input| {
            let gets = |event: &Event| matches!(event, Event::WindowFocused(true));
            (input.time, input.focused, input.events.iter().any(gets))
        });
        let since = *self.watching.looked_at.get_or_insert(now);
        let left = PERIOD - (now - since);
        if has_focus && left > 0.0 {
            ctx.request_repaint_after(Duration::from_secs_f64(left));
        }
        if (has_focus && left <= 0.0) || gets_focus {
            self.watching.looked_at = Some(now);
            self.look_at_file(None);
        }
    }

    /// Finds out what lies behind a conflict, then asks what is to become of it.
    pub(super) fn look_into(&mut self, conflict: Conflict, next: Option<Next>) {
        let is_changed = conflict.own && conflict.on_disk.is_some();
        if !is_changed || !self.look_at_file(Some((conflict.clone(), next.clone()))) {
            self.dialogs
                .push(Box::new(ConflictDialog::new(conflict, next)));
        }
    }

    /// Returns whether it is being looked.
    fn look_at_file(&mut self, behind: Option<(Conflict, Option<Next>)>) -> bool {
        // A look at a share that is gone takes long; one is enough.
        if behind.is_none() && self.jobs.is_running(JobKind::Look) {
            return false;
        }
        let desk = self.desk.as_ref();
        let Some(look) = desk.and_then(|desk| desk.session.look()) else {
            return false;
        };
        self.start(JobKind::Look, "look", Wanted::Always, move || {
            JobResult::Looked(Box::new(look.run()), behind)
        });
        true
    }

    /// Takes note of a look at the file.
    pub(super) fn looked(&mut self, looked: Looked, behind: Option<(Conflict, Option<Next>)>) {
        let Some(desk) = &mut self.desk else { return };
        desk.session.finish_look(looked);
        let Some((conflict, next)) = behind else {
            return;
        };
        match desk.session.outside() {
            // The same document in other bytes, or changed back: there is nothing to ask.
            Outside::Known => self.save(next),
            Outside::Changed(theirs) => {
                let dialog = ConflictDialog::new(conflict, next).about(theirs.time);
                self.dialogs.push(Box::new(dialog));
            }
            Outside::Unseen(_) | Outside::Broken(..) => {
                self.dialogs
                    .push(Box::new(ConflictDialog::new(conflict, next)));
            }
        }
    }

    /// Does something about the file on the disk.
    pub(super) fn perform_outside(&mut self, action: OutsideAction) {
        match action {
            OutsideAction::Merge => self.merge_theirs(),
            OutsideAction::Compare => self.compare_with_theirs(),
            OutsideAction::Take => self.take_theirs(),
            OutsideAction::LookOnly(only) => {
                if let Some(desk) = &mut self.desk {
                    desk.session.look_only(only);
                }
            }
            OutsideAction::Copy => {
                if let Some(desk) = &mut self.desk {
                    desk.session.become_copy();
                    let said = "这是一份副本，还没有存成文件；原文件不会改动";
                    self.views.toasts.say(said.to_owned());
                }
            }
        }
    }

    fn merge_theirs(&mut self) {
        let Some((theirs, desk)) = self.theirs().zip(self.desk.as_ref()) else {
            return;
        };
        let offer = MergeOffer {
            title: format!("磁盘上的“{}”", desk.file_name()),
            base: theirs.base.clone(),
            theirs: Arc::clone(&theirs.document),
            also: Vec::new(),
        };
        self.send.send(Action::Merge(Box::new(offer)));
    }

    /// Takes note that another state is part of the document now. Where it is what the file on the disk holds, the next save
    /// may replace that.
    pub(super) fn joined(&mut self, document: &Arc<Document>) {
        if let Some((theirs, desk)) = self.theirs().zip(self.desk.as_mut())
            && Arc::ptr_eq(&theirs.document, document)
        {
            desk.session.join_theirs(&theirs);
        }
    }

    fn theirs(&self) -> Option<Arc<Theirs>> {
        match self.desk.as_ref()?.session.outside() {
            Outside::Changed(theirs) => Some(Arc::clone(theirs)),
            _ => None,
        }
    }

    fn take_theirs(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        if desk.session.take_theirs() {
            let state = desk.session.history().state();
            let said = "已换成磁盘上的内容".to_owned();
            self.views.toasts.undoable(said, state);
        }
    }

    fn compare_with_theirs(&mut self) {
        let Some((theirs, desk)) = self.theirs().zip(self.desk.as_ref()) else {
            return;
        };
        let own = desk.session.document();
        let between = |older, newer| compare(older, newer).summary().to_string();
        let words = match &theirs.base {
            Some(base) => format!(
                "对方改了：{}\n您改了：{}",
                between(base, &theirs.document),
                between(base, own)
            ),
            None => format!("从您的内容到磁盘上的：{}", between(own, &theirs.document)),
        };
        self.tell("两份内容的差异", words);
    }
}

/// The note beside the file.
impl App {
    /// Keeps a note about the file that is open here, and about no other.
    pub(super) fn follow_note(&mut self) {
        let session = self.desk.as_ref().map(|desk| &desk.session);
        // Who only looks has nothing to tell; files that cannot be written to are nobody's.
        let is_held = |access| matches!(access, Access::Full | Access::Folder);
        let file = session
            .filter(|session| is_held(session.access()))
            .and_then(|session| session.path());
        if file == self.watching.held.as_ref().map(|(path, _)| &**path) {
            return;
        }
        let file = file.map(PathBuf::from);
        let is_opened = self.watching.held.is_none();
        self.let_go_of_note();
        self.watching.held = file.map(|file| {
            let user = self.settings.user.as_deref().unwrap_or_default();
            let begun = Holding::begin(&self.environment, &file, user);
            let keeping = begun.map(|(holding, job)| Keeping {
                holding,
                job,
                last: None,
                is_opened,
            });
            (file, keeping)
        });
        if let Some((_, Some(keeping))) = &self.watching.held {
            let job = keeping.job.clone();
            self.start_apart(JobKind::Note, move || JobResult::Note(Some(job.renew())));
        }
    }

    /// Takes the note back.
    pub(super) fn let_go_of_note(&mut self) {
        if let Some((_, Some(keeping))) = self.watching.held.take() {
            let job = keeping.job.clone();
            self.start_apart(JobKind::Note, move || {
                job.release();
                JobResult::Note(None)
            });
        }
    }

    /// Takes note of what a look at the note showed, and has it kept on.
    pub(super) fn note_kept(&mut self, kept: Kept) {
        let Some((_, Some(keeping))) = &mut self.watching.held else {
            return;
        };
        if !keeping.holding.is_of(&kept) {
            return;
        }
        let held = kept.held;
        let is_first = keeping.last.is_none();
        let before = keeping.last.replace(held.clone());
        let is_opened = keeping.is_opened && is_first;
        let job = keeping.job.clone();
        if let (Some(takes), Some(desk)) = (held.takes_files, &mut self.desk) {
            desk.session.folder_takes_files(takes);
        }
        let known = before.and_then(|before| before.other);
        if let Some(other) = held.other.clone().filter(|_| known != held.other) {
            self.tell_of(&other, is_opened);
        }
        self.start_apart(JobKind::Keep, move || JobResult::Note(job.keep(&held)));
    }

    fn tell_of(&mut self, other: &Colleague, is_opened: bool) {
        let since = self.environment.moment_in_words(other.since);
        if is_opened {
            let dialog = OpenElsewhere::new(in_words(other), since);
            return self.dialogs.push(Box::new(dialog));
        }
        let who = in_words(other);
        self.views.toasts.warn(format!(
            "{who}也打开了这个文件（{since}起）。两边都保存时，后保存的一边会先看到对方的改动。"
        ));
    }

    /// Starts a job that has nothing to do with the document.
    fn start_apart(&mut self, kind: JobKind, work: impl FnOnce() -> JobResult + Send + 'static) {
        let nothing = nothing(&self.environment);
        let work = move |_: &_, _: &_| work();
        self.jobs.start(kind, "note", Wanted::Always, nothing, work);
    }
}
