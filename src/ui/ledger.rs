//! 整改台账 in the window: comments on their way into it, and the earlier version that before and after are filled in from.

use std::{collections::HashMap, path::PathBuf, sync::Arc};

use super::{
    app::{App, JobKind, JobResult},
    dialogs::ledger::{LedgerDialog, adding::AddingDialog},
    files::Purpose,
};
use crate::{
    edit::command::EditCommand,
    model::{
        document::Document, edition::Edition, id::Id, ledger::Rectification, project::Project,
    },
    session::{
        import::Source,
        jobs::Wanted,
        ledger::{self, Earlier},
        listing::ListForm,
        progress::Progress,
    },
    sharing::ledger::{changes, of_notes, sheet, taken},
    store::Backup,
};

/// What the dialogs ask for.
#[derive(Debug, Clone)]
pub enum LedgerAction {
    /// Ask for comments: pasted, or out of files.
    AskForComments,
    /// Ask for files with comments.
    ChooseComments,
    /// Read comments.
    Read(Source),
    /// Give up what is being read or was read.
    Stop,
    /// Put these entries into the ledger.
    Add(Vec<Rectification>),
    /// Put the open notes that must be dealt with into the ledger.
    TakeNotes,
    /// Find out which versions of the file were kept.
    ListVersions,
    /// Ask for an earlier file.
    ChooseEarlier,
    /// Fill before and after in against an earlier state.
    FillFrom(Earlier),
    /// Make the 整改情况反馈表.
    Make(ListForm),
}

/// What is on its way into the ledger.
#[derive(Default)]
pub struct Ledgering {
    phase: Phase,
    versions: Option<Arc<Vec<Backup>>>,
    /// Reads an earlier state.
    comparing: Option<Arc<Progress>>,
}

/// Where comments stand.
#[derive(Default)]
pub enum Phase {
    /// It is asked for them.
    #[default]
    Asking,
    /// Files are being read.
    Reading(Arc<Progress>),
    /// These may be added.
    Offered(Arc<Offer>),
}

/// Entries that may be added.
#[derive(Debug, Default)]
pub struct Offer {
    /// The entries.
    pub entries: Vec<Rectification>,
    /// What a person should know, one sentence each.
    pub notes: Vec<String>,
}

/// What a job came to.
pub enum Outcome {
    /// Comments were read.
    Read(Arc<Progress>, Offer),
    /// These versions of the file were kept.
    Versions(Vec<Backup>),
    /// An earlier state, and what it is called.
    Earlier(Arc<Progress>, Result<(Box<Document>, String), String>),
}

impl Ledgering {
    /// Where comments stand.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// The versions of the file that were kept, newest first; `None` until it is known.
    pub fn versions(&self) -> Option<&[Backup]> {
        self.versions.as_ref().map(|versions| versions.as_slice())
    }

    /// How far the reading of an earlier state is.
    pub fn comparing(&self) -> Option<&Progress> {
        self.comparing.as_deref()
    }

    /// Gives up what is being read.
    pub(super) fn stop(&self) {
        if let Phase::Reading(progress) = &self.phase {
            progress.stop();
        }
        if let Some(progress) = &self.comparing {
            progress.stop();
        }
    }

    /// Nothing comes of a job.
    pub(super) fn give_up(&mut self, kind: JobKind) {
        if kind == JobKind::Ledger {
            *self = Self::default();
        }
    }
}

impl App {
    /// Shows the 整改台账.
    pub(super) fn show_ledger(&mut self) {
        self.dialogs.push(Box::new(LedgerDialog::default()));
    }

    pub(super) fn perform_ledger(&mut self, action: LedgerAction) {
        match action {
            LedgerAction::AskForComments => {
                self.ledger.phase = Phase::Asking;
                self.dialogs.push(Box::new(AddingDialog::default()));
            }
            LedgerAction::ChooseComments => self.ask_where(Purpose::Comments, ""),
            LedgerAction::Read(source) => self.read_comments(source),
            LedgerAction::Stop => {
                self.ledger.stop();
                self.ledger.phase = Phase::Asking;
            }
            LedgerAction::Add(entries) => self.add_rectifications(entries),
            LedgerAction::TakeNotes => {
                let Some(desk) = &self.desk else { return };
                let entries = of_notes(desk.session.document(), &mut &*self.environment);
                self.add_rectifications(entries);
            }
            LedgerAction::ListVersions => self.list_earlier(),
            LedgerAction::ChooseEarlier => self.ask_where(Purpose::Earlier, ""),
            LedgerAction::FillFrom(which) => self.fill_from(which),
            LedgerAction::Make(form) => {
                let Some(desk) = &self.desk else { return };
                let editions = |project: &Project| desk.session.editions().of(project);
                let time = self.environment.now().datetime();
                let listing = sheet::listing(desk.session.document(), &editions, time);
                self.make_list(listing, form);
            }
        }
    }

    fn add_rectifications(&mut self, entries: Vec<Rectification>) {
        if entries.is_empty() {
            return;
        }
        let said = format!("已添加 {} 条整改事项", entries.len());
        let index = usize::MAX;
        let command = EditCommand::AddRectifications { entries, index };
        self.edit_and_say(&command, said);
    }

    /// Reads files with comments that the person chose.
    pub(super) fn read_comments_of(&mut self, paths: Vec<PathBuf>) {
        self.read_comments(Source::Paths(paths));
    }

    fn read_comments(&mut self, source: Source) {
        let Some(desk) = &self.desk else { return };
        let progress = Arc::new(Progress::default());
        self.ledger.stop();
        self.ledger.phase = Phase::Reading(Arc::clone(&progress));
        let environment = Arc::clone(&self.environment);
        let document = Arc::clone(desk.session.document());
        let projects = document.projects.iter();
        let editions: HashMap<Id<Project>, Arc<Edition>> = projects
            .filter_map(|project| Some((project.id, desk.session.editions().of(project)?)))
            .collect();
        self.start(JobKind::Ledger, "comments", Wanted::Always, move || {
            let comments = ledger::comments(&environment, &source, &progress);
            let editions = |project: &Project| editions.get(&project.id).cloned();
            let offer = Offer {
                entries: taken(&comments, &document, &editions, &mut &*environment),
                notes: comments.notes,
            };
            JobResult::Ledger(Box::new(Outcome::Read(progress, offer)))
        });
    }

    fn list_earlier(&mut self) {
        let path = self.desk.as_ref().and_then(|desk| desk.session.path());
        let Some(path) = path.map(PathBuf::from) else {
            self.ledger.versions = Some(Arc::default());
            return;
        };
        let environment = Arc::clone(&self.environment);
        self.start(JobKind::Ledger, "versions", Wanted::Always, move || {
            let versions = ledger::kept(&environment, &path);
            JobResult::Ledger(Box::new(Outcome::Versions(versions)))
        });
    }

    /// Fills before and after in against an earlier state.
    pub(super) fn fill_from(&mut self, which: Earlier) {
        let Some(desk) = &self.desk else { return };
        let progress = Arc::new(Progress::default());
        self.ledger.stop();
        self.ledger.comparing = Some(Arc::clone(&progress));
        let environment = Arc::clone(&self.environment);
        let document = Arc::clone(desk.session.document());
        let own = desk.session.path().map(PathBuf::from);
        self.start(JobKind::Ledger, "earlier", Wanted::Always, move || {
            let found = ledger::earlier(&environment, &document, own.as_deref(), &which, &progress);
            let found = found.map(|(earlier, called)| (Box::new(earlier), called));
            JobResult::Ledger(Box::new(Outcome::Earlier(progress, found)))
        });
    }

    /// Takes what a job came to, unless the person has given it up.
    pub(super) fn ledger_done(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Versions(versions) => self.ledger.versions = Some(Arc::new(versions)),
            Outcome::Read(of, offer) => {
                if let Phase::Reading(progress) = &self.ledger.phase
                    && Arc::ptr_eq(progress, &of)
                {
                    self.ledger.phase = Phase::Offered(Arc::new(offer));
                }
            }
            Outcome::Earlier(of, found) => {
                let is_wanted = |progress: &Arc<Progress>| Arc::ptr_eq(progress, &of);
                if !self.ledger.comparing.as_ref().is_some_and(is_wanted) {
                    return;
                }
                self.ledger.comparing = None;
                match found {
                    Ok((earlier, called)) => self.fill_in(&earlier, &called),
                    Err(problem) => self.tell("没有填写", problem),
                }
            }
        }
    }

    fn fill_in(&mut self, earlier: &Document, called: &str) {
        let Some(desk) = &self.desk else { return };
        let editions = |project: &Project| desk.session.editions().of(project);
        let filled = changes::filled(desk.session.document(), earlier, &editions);
        let said = format!("对照“{called}”：{}", filled.in_words());
        match filled.command() {
            Some(command) => self.edit_and_say(&command, said),
            None => self.views.toasts.say(said),
        }
    }
}
